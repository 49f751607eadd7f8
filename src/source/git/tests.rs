use std::process::Command;

use super::*;

struct Scratch(tempfile::TempDir);

impl Scratch {
    /// A repository without a commit.
    fn new() -> Self {
        let scratch = Self(tempfile::tempdir().unwrap());
        scratch.git(&["init", "--quiet", "--initial-branch=main"]);
        scratch
    }

    fn git(&self, arguments: &[&str]) {
        let output = Command::new("git")
            .args(["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgSign=false"])
            .args(arguments)
            .current_dir(self.0.path())
            .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn commit(&self, name: &str, text: &str) {
        self.write(name, text);
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "Change"]);
    }

    fn repository(&self) -> Repository {
        Repository::find(self.0.path()).unwrap()
    }
}

#[test]
fn a_file_is_shown_as_it_was() {
    let scratch = Scratch::new();
    scratch.commit("文档/隐私 政策.md", "旧\n");
    scratch.commit("文档/隐私 政策.md", "新\n");
    let path = scratch.0.path().join("文档/隐私 政策.md");
    let repository = Repository::find(path.parent().unwrap()).unwrap();
    assert_eq!(repository.show("HEAD~1", &path).unwrap().unwrap(), "旧\n".as_bytes());
    assert_eq!(repository.show("main", &path).unwrap().unwrap(), "新\n".as_bytes());
    assert_eq!(repository.show("main", &scratch.0.path().join("none/none.md")).unwrap(), None);
}

#[cfg(unix)]
#[test]
fn names_may_hold_line_ends_quotes_and_patterns() {
    let scratch = Scratch::new();
    let names = ["a\nb.md", "\"c\".md", "[d]*.md", ":(top)e.md", "-f.md"];
    for name in names {
        scratch.commit(name, name);
    }
    let repository = scratch.repository();
    for name in names {
        let shown = repository.show("HEAD", &scratch.0.path().join(name)).unwrap();
        assert_eq!(shown.as_deref(), Some(name.as_bytes()), "{name}");
    }
}

#[test]
fn what_is_staged_and_what_was_renamed() {
    let scratch = Scratch::new();
    let text = "我们重视您的隐私。\n".repeat(9);
    scratch.write("first.md", "");
    scratch.git(&["add", "first.md"]);
    // Before the first commit, everything is new.
    assert_eq!(scratch.repository().staged().unwrap(), [PathBuf::from("first.md")]);
    scratch.commit("old.md", &text);
    scratch.git(&["mv", "old.md", "新.md"]);
    scratch.write("新.md", &format!("{text}又一句。\n"));
    scratch.git(&["add", "新.md"]);
    scratch.write("新.md", "not staged");
    let repository = scratch.repository();
    assert_eq!(repository.staged().unwrap(), [PathBuf::from("新.md")]);
    let head = repository.revision("HEAD").unwrap();
    assert_eq!(repository.renames(&head).unwrap()[Path::new("新.md")], Path::new("old.md"));
    let index = repository.all_files(&Snapshot::Index).unwrap();
    assert_eq!(index.keys().collect::<Vec<_>>(), [Path::new("first.md"), Path::new("新.md")]);
    assert!(repository.read(&index[Path::new("新.md")]).unwrap().ends_with("又一句。\n".as_bytes()));
}

#[test]
fn work_starts_where_its_branch_left_the_other() {
    let scratch = Scratch::new();
    scratch.commit("a.md", "1");
    scratch.git(&["switch", "--quiet", "--create", "work"]);
    scratch.commit("b.md", "2");
    scratch.git(&["switch", "--quiet", "main"]);
    scratch.commit("a.md", "3");
    scratch.git(&["switch", "--quiet", "work"]);
    let repository = scratch.repository();
    let read = |at: &Snapshot| {
        let files = repository.all_files(at).unwrap();
        repository.read(&files[Path::new("a.md")]).unwrap()
    };
    assert_eq!(read(&repository.start("main").unwrap()), b"1");
    assert_eq!(read(&repository.revision("main").unwrap()), b"3");
    assert_eq!(read(&repository.start("main^{tree}").unwrap()), b"3");
}

#[test]
fn what_is_no_revision_is_told() {
    let scratch = Scratch::new();
    scratch.commit("a.md", "1");
    let repository = scratch.repository();
    for odd in ["", "--output=x", "main..main", "a\nb"] {
        assert!(matches!(repository.revision(odd), Err(GitError::NotARevision { .. })), "{odd:?}");
    }
    let missing = repository.revision("no-such-branch").unwrap_err();
    assert_eq!(missing.to_string(), "there is no revision `no-such-branch` in this repository");
    scratch.git(&["switch", "--quiet", "--orphan", "other"]);
    scratch.commit("b.md", "2");
    assert!(matches!(repository.start("main"), Err(GitError::NoMergeBase { .. })));
    let outside = tempfile::tempdir().unwrap();
    assert!(matches!(Repository::find(outside.path()), Err(GitError::NoRepository { .. })));
}

#[test]
fn a_shallow_clone_is_told() {
    let scratch = Scratch::new();
    scratch.commit("a.md", "1");
    scratch.commit("a.md", "2");
    let url = format!("file://{}", scratch.0.path().display());
    scratch.git(&["clone", "--quiet", "--depth=1", &url, "clone"]);
    let error = Repository::find(&scratch.0.path().join("clone")).unwrap().revision("HEAD~1").unwrap_err();
    assert!(error.help().unwrap().contains("shallow"), "{error}");
}

#[cfg(unix)]
#[test]
fn nothing_that_the_repository_defines_is_run() {
    let scratch = Scratch::new();
    let touch = |name: &str| format!("touch {}", scratch.0.path().join(name).display());
    scratch.write(".gitattributes", "*.md diff=evil filter=evil\n");
    scratch.commit("a.md", &"一行。\n".repeat(9));
    scratch.git(&["mv", "a.md", "b.md"]);
    for (key, file) in [
        ("core.fsmonitor", "ran-monitor"),
        ("diff.external", "ran-external"),
        ("diff.evil.textconv", "ran-textconv"),
        ("diff.evil.command", "ran-command"),
        ("filter.evil.clean", "ran-clean"),
        ("filter.evil.smudge", "ran-smudge"),
        ("core.pager", "ran-pager"),
    ] {
        scratch.git(&["config", key, &touch(file)]);
    }
    let repository = scratch.repository();
    let head = repository.start("HEAD").unwrap();
    assert_eq!(repository.renames(&head).unwrap().len(), 1);
    assert_eq!(repository.staged().unwrap().len(), 1);
    assert!(repository.show("HEAD", &scratch.0.path().join("a.md")).unwrap().is_some());
    let ran = std::fs::read_dir(scratch.0.path()).unwrap().flatten();
    let ran: Vec<_> = ran
        .map(|entry| entry.file_name())
        .filter(|name| name.to_string_lossy().starts_with("ran-"))
        .collect();
    assert!(ran.is_empty(), "{ran:?}");
}
