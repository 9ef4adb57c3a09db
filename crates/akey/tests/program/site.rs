//! A folder with a site in it, and the program run on it.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// What unlocks the sites of these tests.
pub const PASSPHRASE: &str = "zoranj chadek sitwon";
/// What opens their root key.
pub const ROOT_PASSPHRASE: &str = "kenep siwel mango";
/// The password of their administrator.
pub const ADMIN_PASSWORD: &str = "pale-ak-mwen";
/// The password of the demo's staff.
pub const PASSWORD: &str = "demo-2021";

/// A folder that is removed with the test.
pub struct Folder {
    temporary: TempDir,
    /// The database, where it is a server of a hub.
    store: Option<String>,
}

impl Folder {
    pub fn new() -> Self {
        Self {
            temporary: tempfile::tempdir().expect("a temporary folder"),
            store: None,
        }
    }

    /// Becomes the first server of a hub on this database.
    pub fn move_to(&mut self, store: String) {
        self.store = Some(store);
        done(self.akey(&["hub", "move"]));
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.temporary.path().join(name)
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// The program, with nothing of the tester's own environment.
    pub fn akey(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_akey"));
        command
            .args(args)
            .env_clear()
            .env("HOME", self.temporary.path())
            .env("AKEY_DATA", self.data())
            .envs(self.store.iter().map(|store| ("AKEY_STORE", store)))
            .stdin(Stdio::null());
        command
    }

    /// A demo played up to a day. It is played once for each build of the program, whichever test comes
    /// first; the others copy it.
    pub fn with_demo(until: &str) -> Self {
        let program = std::fs::metadata(env!("CARGO_BIN_EXE_akey")).expect("the program");
        let built = program.modified().expect("a time");
        let built = built.duration_since(std::time::UNIX_EPOCH).expect("later");
        let all = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let played = all.join(format!("demo-{until}-{}", built.as_nanos()));
        std::fs::create_dir_all(all).expect("a folder");
        let lock = std::fs::File::create(all.join(format!("demo-{until}.lock"))).expect("a lock");
        lock.lock().expect("the lock");
        if !played.exists() {
            for entry in std::fs::read_dir(all).expect("a folder").flatten() {
                let name = entry.file_name();
                let of_older = name.to_str().is_some_and(|name| {
                    name.starts_with(&format!("demo-{until}-")) && entry.path().is_dir()
                });
                if of_older {
                    let _ = std::fs::remove_dir_all(entry.path());
                }
            }
            let folder = Self::new();
            done(folder.akey(&["demo", "--no-serve", "--until", until]));
            copy_files(&folder.data(), &played.with_extension("part"));
            std::fs::rename(played.with_extension("part"), &played).expect("a new name");
        }
        let folder = Self::new();
        copy_files(&played, &folder.data());
        folder
    }

    /// Another folder with the same data.
    pub fn copy(&self) -> Self {
        let copy = Self::new();
        copy_files(&self.data(), &copy.data());
        copy
    }

    /// Starts the pages and the door.
    pub fn serve(&self) -> Serving {
        Serving::start(self.akey(&["serve", "--listen", "127.0.0.1:0"]))
    }

    /// What `akey verify` says; it must find nothing wrong.
    pub fn verified(&self) -> Value {
        let checked = json(self.akey(&["verify", "--json"]));
        assert_eq!(checked["clean"], true, "{checked}");
        checked
    }

    /// A situation report.
    pub fn sitrep(&self, from: &str, to: &str) -> Value {
        let args = [
            "report", "sitrep", "--from", from, "--to", to, "--format", "json", "--out", "-",
        ];
        json(self.akey(&args))
    }
}

fn copy_files(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a data folder") {
        let from = entry.expect("an entry").path();
        let name = from.file_name().expect("a name");
        std::fs::copy(&from, to.join(name)).expect("space for a copy");
    }
}

/// `akey init` with everything it would ask for.
pub fn init(folder: &Folder) -> Command {
    let mut command = folder.akey(&[
        "init",
        "--json",
        "--operation",
        "Test",
        "--site",
        "Gate",
        "--site-kind",
        "airport",
        "--area",
        "HT01",
        "--time-zone",
        "America/Port-au-Prince",
        "--admin-login",
        "admin",
        "--admin-name",
        "Demo Admin",
    ]);
    command
        .env("AKEY_PASSPHRASE", PASSPHRASE)
        .env("AKEY_ROOT_PASSPHRASE", ROOT_PASSPHRASE)
        .env("AKEY_PASSWORD", ADMIN_PASSWORD);
    command
}

/// Runs a command that must end well; gives what it printed.
pub fn done(mut command: Command) -> String {
    let output = command.output().expect("the program starts");
    assert!(output.status.success(), "{command:?}\n{}", errors(&output));
    String::from_utf8(output.stdout).expect("the program prints UTF-8")
}

/// Runs a command that must end well and prints JSON.
pub fn json(command: Command) -> Value {
    let text = done(command);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Runs a command that must be refused with this status; gives what it said about it.
pub fn refused(mut command: Command, status: i32) -> String {
    let output = command.output().expect("the program starts");
    let errors = errors(&output);
    assert_eq!(output.status.code(), Some(status), "{command:?}\n{errors}");
    assert!(
        !errors.contains("panicked") && !errors.contains("backtrace"),
        "{errors}"
    );
    errors
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A running site. It is killed when dropped, as when the power goes.
pub struct Serving {
    child: Child,
    /// Host and port of its pages.
    pub address: String,
}

impl Serving {
    /// Starts `akey serve` as the command says.
    pub fn start(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let output = child.stdout.take().expect("standard output is piped");
        BufReader::new(output)
            .read_line(&mut line)
            .expect("it says where it listens");
        let address = line
            .split_whitespace()
            .find_map(|word| word.strip_prefix("http://"))
            .unwrap_or_else(|| panic!("no address in {line:?}"));
        Self {
            address: address.trim_end_matches('/').to_owned(),
            child,
        }
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A manifest with so many invented people.
pub fn manifest(folder: &Folder, name: &str, people: u32) -> PathBuf {
    let path = folder.path(name);
    let mut file = std::fs::File::create(&path).expect("a file in a temporary folder");
    writeln!(
        file,
        "Last name,First name,Sex,Date of birth,Document number"
    )
    .expect("space");
    for number in 0..people {
        let day = 1 + number % 28;
        writeln!(
            file,
            "Demo-Test {number},Given {number},F,1990-01-{day:02},DEMO9{number:06}"
        )
        .expect("space");
    }
    path
}

/// A path as an argument.
pub fn text(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}
