//! Where the data lies, and what lies beside it in clear: the door's socket, and in a demo the note
//! that says so. Nothing written here is personal.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use ledger::shared::SharedStore;
use ledger_postgres::PostgresStore;
use node::{Node, NodeOptions, OffsetClock};
use serde::{Deserialize, Serialize};

use crate::cli::{Common, StoreAddress};
use crate::failure::Failure;
use crate::secret;

/// Name of the door's socket in the data folder.
const DOOR: &str = "akey.sock";
/// Name of the note in the folder of a demo.
const DEMO_NOTE: &str = "demo.json";

/// The data folder of a command, and how to open it.
#[derive(Debug, Clone)]
pub struct Place {
    /// The folder.
    pub dir: PathBuf,
    /// The note of a demo, where this is one.
    pub demo: Option<DemoNote>,
    passphrase_file: Option<PathBuf>,
    /// The database of a hub; it may hold a password.
    store: Option<StoreAddress>,
}

/// What a demo's folder says of itself. Its secrets protect invented people only.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct DemoNote {
    /// Up to which day it was played.
    pub until: Date,
    /// The demo's clock is shifted by so many milliseconds.
    pub clock_offset_ms: i64,
    /// What unlocks it.
    pub passphrase: String,
    /// What every user of it types.
    pub password: String,
    /// The program that made it: another version makes it anew.
    pub made_by: String,
}

impl Place {
    /// The folder a command means: the one given, else the usual one.
    pub fn of(common: &Common) -> Result<Self, Failure> {
        let dir = common.data.clone().unwrap_or_else(usual_folder);
        Self::at(dir, common)
    }

    /// The folder of the demo: the one given, else one in the user's cache.
    pub fn of_demo(common: &Common) -> Result<Self, Failure> {
        let dir = common
            .data
            .clone()
            .unwrap_or_else(|| cache_folder().join("akey-demo"));
        let mut place = Self::at(dir, common)?;
        // A demo is a node by itself, whatever the environment says of a hub.
        place.store = None;
        Ok(place)
    }

    fn at(dir: PathBuf, common: &Common) -> Result<Self, Failure> {
        let demo = read_note(&dir)?;
        Ok(Self {
            dir,
            demo,
            passphrase_file: common.passphrase_file.clone(),
            store: common.store.clone(),
        })
    }

    /// Whether a database of a hub was named.
    pub const fn names_store(&self) -> bool {
        self.store.is_some()
    }

    /// The database of the hub, where one was named: connected.
    pub fn store(&self) -> Result<Option<Box<dyn SharedStore>>, Failure> {
        let Some(StoreAddress(address)) = &self.store else {
            return Ok(None);
        };
        let address = address.parse()?;
        let store = PostgresStore::connect(&address, ledger_postgres::Settings::default())?;
        Ok(Some(Box::new(store)))
    }

    /// The passphrase of this folder: given, or the demo's own, or asked for.
    pub fn passphrase(&self) -> Result<String, Failure> {
        let given = self.passphrase_file.is_some()
            || std::env::var_os(secret::PASSPHRASE.variable).is_some();
        match &self.demo {
            Some(demo) if !given => Ok(demo.passphrase.clone()),
            _ => secret::PASSPHRASE.get(self.passphrase_file.as_deref()),
        }
    }

    /// The passphrase for a folder that is about to be made.
    pub fn new_passphrase(&self) -> Result<String, Failure> {
        secret::PASSPHRASE.choose(self.passphrase_file.as_deref())
    }

    /// What the node stands on here: the machine's clock, or the demo's.
    pub fn options(&self) -> NodeOptions {
        let mut options = NodeOptions::default();
        if let Some(demo) = &self.demo {
            options.clock = Arc::new(OffsetClock::shifted(demo.clock_offset_ms));
        }
        options
    }

    /// Opens the node.
    pub fn open(&self, passphrase: &str) -> Result<Node, Failure> {
        let passphrase = secret::passphrase(passphrase);
        Ok(match self.store()? {
            Some(store) => Node::open_at_hub(&self.dir, &passphrase, self.options(), store)?,
            None => Node::open(&self.dir, &passphrase, self.options())?,
        })
    }

    /// The door's socket.
    pub fn door(&self) -> PathBuf {
        self.dir.join(DOOR)
    }

    /// Writes the note that makes this folder a demo.
    pub fn write_note(&mut self, note: DemoNote) -> Result<(), Failure> {
        let path = self.dir.join(DEMO_NOTE);
        let text = serde_json::to_string_pretty(&note).expect("plain values become JSON");
        fs::write(&path, text).map_err(Failure::file(&path, "write the demo's note"))?;
        self.demo = Some(note);
        Ok(())
    }
}

fn read_note(dir: &Path) -> Result<Option<DemoNote>, Failure> {
    let path = dir.join(DEMO_NOTE);
    match fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str(&text).map(Some).map_err(|error| {
            Failure::Wrong(format!(
                "{}: this is not the note of a demo ({error}): make a new one with akey demo --fresh",
                path.display()
            ))
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::file(&path, "read the demo's note")(error)),
    }
}

/// Where data lies on this system for this user (XDG Base Directory Specification).
fn usual_folder() -> PathBuf {
    let home = std::env::var_os("HOME").map(PathBuf::from);
    std::env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .or_else(|| home.map(|home| home.join(".local/share")))
        .map_or_else(|| PathBuf::from("akey-data"), |share| share.join("akey"))
}

fn cache_folder() -> PathBuf {
    let home = std::env::var_os("HOME").map(PathBuf::from);
    std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| home.map(|home| home.join(".cache")))
        .unwrap_or_else(std::env::temp_dir)
}
