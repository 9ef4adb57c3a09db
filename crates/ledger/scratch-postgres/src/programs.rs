//! Where PostgreSQL's programs are, and as whom they run: its server refuses to run as root, so there
//! it runs as the user that the package made, or as nobody.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

const VERSION_MIN: u32 = 15;

#[derive(Debug)]
pub(crate) struct Programs {
    bin: PathBuf,
    version: u32,
    /// As whom they run when we are root.
    user: Option<(u32, u32)>,
}

impl Programs {
    /// The newest that are installed.
    pub(crate) fn find() -> Self {
        let (version, bin) = installed().unwrap_or_else(|| {
            panic!(
                "PostgreSQL {VERSION_MIN} or newer is not installed: apt-get install postgresql, or name \
                 the folder of its programs in AKEY_TEST_POSTGRES"
            )
        });
        let user = (own_user() == 0).then(|| {
            user_named("postgres")
                .or_else(|| user_named("nobody"))
                .expect("a system has the user nobody")
        });
        Self { bin, version, user }
    }

    pub(crate) fn path(&self, program: &str) -> PathBuf {
        self.bin.join(program)
    }

    /// One of its programs, run as it may be.
    pub(crate) fn command(&self, program: &str) -> Command {
        self.as_user(self.path(program))
    }

    /// Any program, run as its programs run.
    pub(crate) fn as_user(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        command.env("LC_ALL", "C");
        command
    }

    /// A temporary folder that they can use.
    pub(crate) fn folder(&self) -> tempfile::TempDir {
        let dir = tempfile::Builder::new()
            .prefix("akey-postgres")
            .tempdir()
            .expect("a temporary folder can be made");
        self.give(dir.path());
        dir
    }

    fn give(&self, dir: &Path) {
        fs::set_permissions(dir, fs::Permissions::from_mode(0o700)).expect("it is ours");
        if let Some((user, group)) = self.user {
            chown(dir, Some(user), Some(group)).expect("root may give it away");
        }
    }

    /// A new cluster in `data`. Making one takes seconds, so it is made once and copied.
    pub(crate) fn copy_template(&self, data: &Path) {
        let owner = self.user.map_or_else(own_user, |(user, _)| user);
        let name = format!("akey-scratch-postgres-{}-{owner}", self.version);
        let template = std::env::temp_dir().join(name);
        let is_ours = || fs::metadata(&template).is_ok_and(|found| found.uid() == owner);
        if !is_ours() {
            let made = self.folder();
            let cluster = made.path().join("data");
            Self::done(
                self.command("initdb")
                    .arg("-D")
                    .arg(&cluster)
                    .args(["-U", "akey", "-A", "trust", "-E", "UTF8", "--locale=C"])
                    .args(["--no-sync", "--no-instructions"]),
            );
            // Another test may have been quicker: then its template is as good.
            let _ = fs::rename(&cluster, &template);
            assert!(is_ours(), "{} belongs to somebody else", template.display());
        }
        Self::done(self.as_user("cp").arg("-a").arg(&template).arg(data));
    }

    fn done(command: &mut Command) {
        let dir = std::env::temp_dir();
        let done = command.current_dir(dir).output().expect("it starts");
        assert!(
            done.status.success(),
            "{}\n{}",
            String::from_utf8_lossy(&done.stdout),
            String::from_utf8_lossy(&done.stderr)
        );
    }
}

/// The newest version and the folder of its programs.
fn installed() -> Option<(u32, PathBuf)> {
    let named = std::env::var_os("AKEY_TEST_POSTGRES").map(PathBuf::from);
    let packaged = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let packaged = packaged.flatten().map(|version| version.path().join("bin"));
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    // A link on the path leads to where the others are.
    let on_path: Vec<PathBuf> = std::env::split_paths(&on_path)
        .filter_map(|folder| fs::canonicalize(folder.join("initdb")).ok())
        .filter_map(|program| program.parent().map(Path::to_owned))
        .collect();
    if let Some(named) = named {
        return version_of(&named).map(|version| (version, named));
    }
    packaged
        .chain(on_path)
        .filter_map(|bin| Some((version_of(&bin)?, bin)))
        .filter(|(version, _)| *version >= VERSION_MIN)
        .max_by_key(|(version, _)| *version)
}

/// `postgres --version` says "postgres (PostgreSQL) 15.18 (Debian …)".
fn version_of(bin: &Path) -> Option<u32> {
    let all = ["postgres", "initdb", "pg_isready", "psql"];
    if !all.iter().all(|program| bin.join(program).exists()) {
        return None;
    }
    let said = Command::new(bin.join("postgres"))
        .arg("--version")
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let version = said.split_whitespace().nth(2)?;
    let major: String = version.chars().take_while(char::is_ascii_digit).collect();
    major.parse().ok()
}

fn own_user() -> u32 {
    fs::metadata("/proc/self").map_or(1, |me| me.uid())
}

fn user_named(name: &str) -> Option<(u32, u32)> {
    let users = fs::read_to_string("/etc/passwd").ok()?;
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        (fields.next()? == name).then_some(())?;
        let user = fields.nth(1)?.parse().ok()?;
        Some((user, fields.next()?.parse().ok()?))
    })
}
