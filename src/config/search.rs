use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::project::leads_out;
use super::{Config, FILE_NAME, from_working_folder};
use crate::knowledge::problem::Problem;

/// Finds the config of any file: the nearest `policy-lint.yaml` in its folder or one above.
#[derive(Debug)]
pub struct Configs {
    fixed: Option<Arc<Config>>,
    /// By folder, so that each is looked at once.
    known: HashMap<PathBuf, Arc<Config>>,
    /// Of configs that are not valid.
    pub problems: Vec<Problem>,
}

impl Configs {
    /// Looks for configs beside the files.
    pub fn nearest() -> Self {
        Self { fixed: None, known: HashMap::new(), problems: Vec::new() }
    }

    /// Uses one config for all files.
    pub fn fixed(config: Config) -> Self {
        Self { fixed: Some(Arc::new(config)), ..Self::nearest() }
    }

    /// The config for what lies in `folder`.
    pub fn of(&mut self, folder: &Path) -> Arc<Config> {
        if let Some(fixed) = &self.fixed {
            return Arc::clone(fixed);
        }
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        if let Some(known) = self.known.get(&folder) {
            return Arc::clone(known);
        }
        let mut config = None;
        for above in folder.ancestors() {
            if let Some(known) = self.known.get(above) {
                config = Some(Arc::clone(known));
                break;
            }
            let path = above.join(FILE_NAME);
            if path.is_file() {
                config = Some(self.load(&path, above));
                break;
            }
        }
        let config = config.unwrap_or_else(|| {
            let top = folder.ancestors().last().unwrap_or(&folder).to_owned();
            Arc::clone(self.known.entry(top.clone()).or_insert_with(|| Arc::new(Config::without_file(&top))))
        });
        self.known.insert(folder, Arc::clone(&config));
        config
    }

    fn load(&mut self, path: &Path, folder: &Path) -> Arc<Config> {
        let name = from_working_folder(path);
        let loaded = if leads_out(folder, FILE_NAME) {
            let problem = Problem::new(name.display().to_string(), "this link leads out of the project");
            Err(vec![problem.help("name the config it leads to with `--config`")])
        } else {
            Config::load(&name)
        };
        let config = loaded.unwrap_or_else(|problems| {
            self.problems.extend(problems);
            Config::without_file(folder)
        });
        let config = Arc::new(config);
        self.known.insert(folder.to_owned(), Arc::clone(&config));
        config
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Profile;

    #[test]
    fn the_nearest_config_wins() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path();
        std::fs::create_dir_all(top.join("kids/deep")).unwrap();
        std::fs::write(top.join(FILE_NAME), "profile: default\n").unwrap();
        std::fs::write(top.join("kids").join(FILE_NAME), "profile: strict\n").unwrap();
        let mut configs = Configs::nearest();
        assert_eq!(configs.of(&top.join("kids/deep")).file.profile, Some(Profile::Strict));
        assert_eq!(configs.of(top).file.profile, Some(Profile::Default));
        assert_eq!(configs.of(&top.join("kids")).file.profile, Some(Profile::Strict));
        assert!(configs.problems.is_empty());
    }
}
