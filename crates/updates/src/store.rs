//! The file `updates.db`: encrypted with a key of its own, beside the ledger and never in it. What is
//! deleted is overwritten (`secure_delete`), and the write-ahead log is emptied after each deletion.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior};
use zeroize::Zeroizing;

use crate::environment::Environment;
use crate::error::{Error, Result};
use crate::key::Keys;
use crate::limit::Limits;
use crate::postbox::Postbox;

/// Name of the file in the data folder.
pub const FILE_NAME: &str = "updates.db";

const VERSION: i64 = 1;

/// `topics` is a set of bits whose meaning is the caller's. `mail.item` names what is told, once for
/// each language; mails that one person asked for have none. A delivery is gone once it is sent: who
/// was sent what is kept nowhere.
const TABLES: &str = "
    CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE subscriber (
        id INTEGER PRIMARY KEY, address TEXT NOT NULL, folded TEXT NOT NULL UNIQUE,
        language TEXT NOT NULL, topics INTEGER NOT NULL, state TEXT NOT NULL,
        terms TEXT NOT NULL, consent_at INTEGER NOT NULL, consent_page TEXT NOT NULL,
        asked_at INTEGER NOT NULL, confirmed_at INTEGER, suspended_at INTEGER,
        confirm_hash BLOB UNIQUE, leave_hash BLOB NOT NULL UNIQUE,
        soft INTEGER NOT NULL DEFAULT 0, soft_mail INTEGER
    ) STRICT;
    CREATE INDEX subscriber_state ON subscriber (state, language);
    CREATE TABLE mail (
        id INTEGER PRIMARY KEY, item TEXT, language TEXT NOT NULL, subject TEXT NOT NULL,
        body TEXT NOT NULL, made_at INTEGER NOT NULL, cancelled INTEGER NOT NULL DEFAULT 0,
        sent INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
        UNIQUE (item, language)
    ) STRICT;
    CREATE TABLE delivery (
        mail INTEGER NOT NULL, subscriber INTEGER NOT NULL REFERENCES subscriber ON DELETE CASCADE,
        due_at INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (subscriber, mail)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX delivery_due ON delivery (due_at);
    PRAGMA user_version = 1;
";

/// The updates of one node. Clones share it.
#[derive(Clone)]
pub struct Updates {
    pub(crate) shared: Arc<Shared>,
}

impl fmt::Debug for Updates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Updates(..)")
    }
}

pub(crate) struct Shared {
    connection: Mutex<Connection>,
    pub keys: Keys,
    pub limits: Mutex<Limits>,
    pub environment: Arc<dyn Environment>,
}

impl Updates {
    /// Opens the store in a data folder, made if it is not there. The key is one made for this
    /// purpose from what the passphrase opens.
    ///
    /// # Errors
    /// When the file does not open with this key, is of a newer program, or the disk fails.
    pub fn open(dir: &Path, master: &[u8; 32], environment: Arc<dyn Environment>) -> Result<Self> {
        let keys = Keys::of(master);
        let connection = Connection::open(dir.join(FILE_NAME))?;
        connection.execute_batch("PRAGMA cipher_log_level = NONE;")?;
        let key = keys.file();
        let pragma = Zeroizing::new(format!("PRAGMA key = \"x'{}'\";", key.as_str()));
        connection.execute_batch(&pragma)?;
        Self::prepare(connection, keys, environment)
    }

    /// The same without encryption, so that a test can look for what must not be in the file.
    #[cfg(test)]
    pub(crate) fn open_in_clear(dir: &Path, environment: Arc<dyn Environment>) -> Result<Self> {
        let connection = Connection::open(dir.join(FILE_NAME))?;
        Self::prepare(connection, Keys::of(&[7; 32]), environment)
    }

    fn prepare(
        mut connection: Connection,
        keys: Keys,
        environment: Arc<dyn Environment>,
    ) -> Result<Self> {
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        connection.execute_batch(
            "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;
            PRAGMA trusted_schema = OFF; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;",
        )?;
        let making = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        match making.pragma_query_value(None, "user_version", |row| row.get(0))? {
            0 => making.execute_batch(TABLES)?,
            VERSION => {}
            found => {
                return Err(Error::Newer {
                    found,
                    known: VERSION,
                });
            }
        }
        making.commit()?;
        Ok(Self {
            shared: Arc::new(Shared {
                connection: Mutex::new(connection),
                keys,
                limits: Mutex::default(),
                environment,
            }),
        })
    }

    /// What time it is here, in milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        self.shared.environment.now_ms()
    }

    pub(crate) fn read<T>(&self, look: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        look(&held(&self.shared.connection))
    }

    /// One transaction. A panic elsewhere while the lock was held rolled its transaction back.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let mut connection = held(&self.shared.connection);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// Brings the write-ahead log into the file and cuts it to nothing: no deleted page stays in it.
    pub(crate) fn empty_log(&self) -> Result<()> {
        self.read(|connection| {
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            Ok(())
        })
    }

    /// Through which server mail is sent, if somebody said so.
    pub fn postbox(&self) -> Result<Option<Postbox>> {
        let bytes: Option<Vec<u8>> = self.setting("postbox")?;
        bytes
            .map(|bytes| serde_json::from_slice(&bytes).map_err(|_| Error::Settings))
            .transpose()
    }

    /// Says through which server mail is sent. Without a new password the one before is kept, as long
    /// as server and user stay the same. What was published before the first time is not sent.
    ///
    /// # Errors
    /// When nobody could send with it.
    pub fn set_postbox(&self, mut postbox: Postbox) -> Result<()> {
        postbox.check()?;
        if let Some(before) = self
            .postbox()?
            .filter(|before| before.same_account(&postbox))
        {
            postbox.keep_password_of(&before);
        }
        let bytes = Zeroizing::new(serde_json::to_vec(&postbox).map_err(|_| Error::Settings)?);
        self.set("postbox", &bytes)?;
        if self.since_ms()?.is_none() {
            self.set("since", self.now_ms().to_string().as_bytes())?;
        }
        self.empty_log()
    }

    /// From when on what is published is sent; none before a server was set.
    pub fn since_ms(&self) -> Result<Option<i64>> {
        let bytes = self.setting("since")?;
        Ok(bytes.and_then(|bytes| std::str::from_utf8(&bytes).ok()?.parse().ok()))
    }

    pub(crate) fn setting(&self, name: &str) -> Result<Option<Vec<u8>>> {
        self.read(|connection| {
            let sql = "SELECT value FROM setting WHERE name = ?1";
            Ok(connection
                .query_row(sql, [name], |row| row.get(0))
                .optional()?)
        })
    }

    pub(crate) fn set(&self, name: &str, value: &[u8]) -> Result<()> {
        self.write(|transaction| {
            let sql = "INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)";
            transaction.execute(sql, (name, value))?;
            Ok(())
        })
    }
}

pub(crate) fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
