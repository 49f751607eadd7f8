//! What a config may make the linter read: a repository that nobody checked must not lead out of itself.

use std::path::Path;

use super::paths::without_dots;

/// The project of a config in the folder `root`: the repository it lies in, else that folder.
fn of(root: &Path) -> &Path {
    root.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(root)
}

/// Whether `text`, a path or glob in a config in the folder `root` (absolute), names something outside its
/// project, by `..`, as an absolute path or through a link.
pub(super) fn leads_out(root: &Path, text: &str) -> bool {
    let project = of(root);
    let path = without_dots(&root.join(text));
    let real = |path: &Path| path.canonicalize().ok();
    match (path.starts_with(project), real(&path), real(project)) {
        (true, Some(path), Some(project)) => !path.starts_with(project),
        // What is not there cannot be read either.
        (inside, ..) => !inside,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_and_absolute_paths_lead_out() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("repo/legal");
        std::fs::create_dir_all(&root).unwrap();
        for (text, out) in [
            ("rules.yaml", false),
            ("./a/../rules.yaml", false),
            ("..rules/a.yaml", false),
            ("../rules.yaml", true),
            ("a/../../../x", true),
            ("/etc/passwd", true),
            ("../*.md", true),
        ] {
            assert_eq!(leads_out(&root, text), out, "{text}");
        }
        std::fs::create_dir(folder.path().join("repo/.git")).unwrap();
        assert!(!leads_out(&root, "../rules.yaml"), "the repository is one project");
        assert!(leads_out(&root, "../../rules.yaml"));
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_out() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("repo");
        std::fs::create_dir(&root).unwrap();
        std::fs::write(folder.path().join("secret"), "").unwrap();
        std::os::unix::fs::symlink(folder.path().join("secret"), root.join("rules.yaml")).unwrap();
        assert!(leads_out(&root, "rules.yaml"));
    }
}
