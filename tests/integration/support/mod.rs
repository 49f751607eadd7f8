//! Runs the command in a folder of its own, as a user would.

pub(crate) mod browser;

use std::path::Path;

use assert_cmd::Command;

/// What a hook that runs the tests may have set.
const GIT_VARIABLES: [&str; 3] = ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"];

/// A folder with some files.
pub(crate) struct Project {
    folder: tempfile::TempDir,
}

/// What a run said.
pub(crate) struct Said {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Project {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let project = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        for (name, text) in files {
            project.write(name, text.as_bytes());
        }
        project
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("can create folders");
        std::fs::write(path, bytes).expect("can write");
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path().join(name)).unwrap_or_default()
    }

    /// Runs git with arguments split at blanks.
    pub(crate) fn git(&self, arguments: &str) {
        self.git_with(arguments, &[]);
    }

    pub(crate) fn git_with(&self, arguments: &str, environment: &[(&str, &str)]) {
        let mut command = Command::new("git");
        for name in GIT_VARIABLES {
            command.env_remove(name);
        }
        let said = said(
            command
                .args(["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgSign=false"])
                .args(arguments.split_whitespace())
                .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
                .envs(environment.iter().copied())
                .current_dir(self.path()),
        );
        assert_eq!(said.status, 0, "git {arguments}: {}", said.err);
    }

    /// Commits everything there is.
    pub(crate) fn commit(&self) {
        self.git("add --all");
        self.git("commit --quiet --message Change");
    }

    /// Runs `policy-lint` with arguments split at blanks.
    pub(crate) fn run(&self, arguments: &str) -> Said {
        self.run_with(arguments, "", &[])
    }

    /// Runs it in a folder below.
    pub(crate) fn run_in(&self, folder: &str, arguments: &str) -> Said {
        said(self.command(arguments, "", &[]).current_dir(self.path().join(folder)))
    }

    pub(crate) fn run_with(&self, arguments: &str, stdin: &str, environment: &[(&str, &str)]) -> Said {
        said(&mut self.command(arguments, stdin, environment))
    }

    /// Runs it with bytes on standard input.
    pub(crate) fn pipe(&self, arguments: &str, stdin: &[u8]) -> Said {
        said(self.command(arguments, "", &[]).write_stdin(stdin))
    }

    fn command(&self, arguments: &str, stdin: &str, environment: &[(&str, &str)]) -> Command {
        let mut command = self.std_command(arguments);
        command.envs(environment.iter().copied());
        let mut command = Command::from_std(command);
        command.write_stdin(stdin);
        command
    }

    /// To be run with arguments split at blanks.
    pub(crate) fn std_command(&self, arguments: &str) -> std::process::Command {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_policy-lint"));
        // What the tests see must not hang on who runs them.
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI", "COLUMNS", "TERM", "RUST_BACKTRACE"] {
            command.env_remove(name);
        }
        for name in GIT_VARIABLES {
            command.env_remove(name);
        }
        command.current_dir(self.path()).args(arguments.split_whitespace());
        command
    }
}

fn said(command: &mut Command) -> Said {
    let output = command.output().expect("the command runs");
    Said {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}
