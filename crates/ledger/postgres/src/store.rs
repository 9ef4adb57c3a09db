//! The shared order in PostgreSQL.
//!
//! An entry is placed by one statement, which is one transaction: it inserts the entry at the next
//! version if the one that it follows stands there with its digest, and with it, or not at all, the
//! parts, keys and erasures that belong to it. The primary key is the compare-and-set: of two that
//! insert one version, one inserts nothing. A statement whose answer was lost is sent again as it is:
//! whichever of the two comes through, the entry stands once.

use std::fmt;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use ledger::shared::{
    Addition, HubName, Name, Notice, Place, Placed, SharedStore, StoredEntry, StoredRow,
};
use ledger::{Error, Hash, Result};
use tokio::runtime::Runtime;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio_postgres::{Client, Statement};

use crate::link::Connector;
use crate::trouble::Trouble;
use crate::{Address, Hearing, Settings, listening, schema};

const PLACE: &str = "
WITH placed AS (
    INSERT INTO akey_entry (version, digest, bytes)
    SELECT $1::bigint, $2::bytea, $3::bytea
    WHERE EXISTS (SELECT 1 FROM akey_entry WHERE version = $4::bigint AND digest = $5::bytea)
    ON CONFLICT DO NOTHING
    RETURNING version
), parts AS (
    INSERT INTO akey_part (name, owner, bytes)
    SELECT part.name, part.owner, part.bytes
    FROM unnest($6::bytea[], $7::bytea[], $8::bytea[]) AS part (name, owner, bytes)
    WHERE EXISTS (SELECT 1 FROM placed)
    ON CONFLICT DO NOTHING
    RETURNING 1
), keys AS (
    INSERT INTO akey_key (name, owner, bytes)
    SELECT key.name, key.owner, key.bytes
    FROM unnest($9::bytea[], $10::bytea[], $11::bytea[]) AS key (name, owner, bytes)
    WHERE EXISTS (SELECT 1 FROM placed)
    ON CONFLICT DO NOTHING
    RETURNING 1
), erased_parts AS (
    DELETE FROM akey_part
    WHERE owner = ANY($12::bytea[]) AND EXISTS (SELECT 1 FROM placed)
    RETURNING 1
), erased_keys AS (
    DELETE FROM akey_key
    WHERE owner = ANY($12::bytea[]) AND EXISTS (SELECT 1 FROM placed)
    RETURNING 1
)
SELECT count(*) FROM placed";

/// Entries from a version on, as many as fit into some megabytes: at least the first two, so that
/// whoever follows gets on.
const FROM: &str = "
SELECT version, digest, bytes FROM (
    SELECT version, digest, bytes,
        sum(length(bytes)) OVER (ORDER BY version) - length(bytes) AS before
    FROM akey_entry WHERE version BETWEEN $1 AND $1 + 999
) AS entry
WHERE before < 4000000 OR version <= $1 + 1
ORDER BY version";

/// Names asked for at once.
const NAMES_MAX: usize = 256;
const AGAIN_AFTER: Duration = Duration::from_millis(100);

/// The order of a hub in PostgreSQL, as one of its servers reaches it.
pub struct PostgresStore {
    connector: Connector,
    settings: Settings,
    /// Taken out when it is dropped, which may be where waiting is not allowed.
    runtime: Option<Runtime>,
    client: Option<Arc<Client>>,
    place: Option<Statement>,
    /// Whether the tables were looked at since this began.
    migrated: bool,
    /// The last time it was asked, it did not answer: it is tried once, not waited for.
    is_away: bool,
    announcing: Option<UnboundedSender<()>>,
}

impl fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PostgresStore({})", self.connector.address)
    }
}

impl Drop for PostgresStore {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl PostgresStore {
    /// Connects, and makes the tables where there are none.
    ///
    /// # Errors
    /// When the database does not answer within the time that is set, or will not be used.
    pub fn connect(address: &Address, settings: Settings) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("akey-postgres")
            .enable_all()
            .build()
            .map_err(|error| Error::StoreRefused {
                why: format!("the program could not start its threads: {error}"),
            })?;
        let mut store = Self {
            connector: Connector::new(address.clone())?,
            settings,
            runtime: Some(runtime),
            client: None,
            place: None,
            migrated: false,
            is_away: false,
            announcing: None,
        };
        store.patiently(|store| store.client().map(drop))?;
        Ok(store)
    }

    /// Waits for something that runs on the store's own threads: callers may be anywhere.
    fn wait<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, Trouble>> + Send + 'static,
    ) -> Result<T, Trouble> {
        let gone = || Trouble::Away("the program is stopping".to_owned());
        let runtime = self.runtime.as_ref().ok_or_else(gone)?;
        let within = self.settings.answered_within;
        let (answer, answered) = mpsc::sync_channel(1);
        runtime.spawn(async move {
            let done = tokio::time::timeout(within, work).await;
            let hangs = || Trouble::Away("it hangs".to_owned());
            // Whoever asked waits for it.
            let _ = answer.send(done.unwrap_or_else(|_| Err(hangs())));
        });
        answered.recv().map_err(|_| gone())?
    }

    /// A connection that works, as far as is known.
    fn client(&mut self) -> Result<Arc<Client>, Trouble> {
        if let Some(client) = &self.client
            && !client.is_closed()
        {
            return Ok(Arc::clone(client));
        }
        self.forget_client();
        let (connector, migrated) = (self.connector.clone(), self.migrated);
        let (client, place) = self.wait(async move {
            let client = connector.connect(None).await?;
            if !migrated {
                schema::migrate(&client).await?;
            }
            let place = client.prepare(PLACE).await?;
            Ok((client, place))
        })?;
        self.migrated = true;
        self.place = Some(place);
        self.client = Some(Arc::clone(&client));
        Ok(client)
    }

    fn forget_client(&mut self) {
        self.client = None;
        self.place = None;
    }

    /// Does something that can be repeated, until it works or patience is at its end.
    fn patiently<T>(
        &mut self,
        mut work: impl FnMut(&mut Self) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let until = self.until();
        loop {
            match work(self) {
                Ok(done) => {
                    self.is_away = false;
                    return Ok(done);
                }
                Err(Trouble::Again(_)) if Instant::now() < until => {}
                Err(Trouble::Away(why)) => {
                    self.forget_client();
                    if Instant::now() >= until {
                        self.is_away = true;
                        return Err(Trouble::Away(why));
                    }
                    std::thread::sleep(AGAIN_AFTER);
                }
                Err(trouble) => return Err(trouble),
            }
        }
    }

    fn until(&self) -> Instant {
        if self.is_away {
            Instant::now()
        } else {
            Instant::now() + self.settings.patience
        }
    }

    /// Sends an entry once. Gives the digest of what stands in its place when it is not placed by this.
    fn try_place(&mut self, addition: &Addition, sent: &mut u32) -> Result<Placed, Trouble> {
        let client = self.client()?;
        let statement = self.place.clone().ok_or_else(|| {
            // They are made and forgotten together.
            Trouble::Away("the connection was lost".to_owned())
        })?;
        *sent += 1;
        let rows = Rows::of(addition);
        let place = addition.entry.place;
        let placed = self.wait(async move { rows.place(&client, &statement).await })?;
        if placed {
            return Ok(Placed::Here);
        }
        // An earlier try of the same may have come through.
        let client = self.client()?;
        let there = self.wait(async move { digest_at(&client, place.version).await })?;
        Ok(match there {
            Some(digest) if digest == place.digest => Placed::Here,
            _ => Placed::Overtaken,
        })
    }

    fn rows(&mut self, sql: &'static str, names: &[Name]) -> Result<Vec<StoredRow>> {
        let mut found = Vec::with_capacity(names.len());
        for names in names.chunks(NAMES_MAX) {
            let rows = self.patiently(|store| {
                let client = store.client()?;
                let names: Vec<Vec<u8>> = names.iter().map(|name| name.to_vec()).collect();
                store.wait(async move { Ok(client.query(sql, &[&names]).await?) })
            })?;
            for row in rows {
                found.push(StoredRow {
                    name: array(row.get(0))?,
                    owner: array(row.get(1))?,
                    bytes: row.get(2),
                });
            }
        }
        Ok(found)
    }
}

/// An addition as the columns of a statement.
struct Rows {
    after: (i64, Vec<u8>),
    entry: (i64, Vec<u8>, Vec<u8>),
    parts: [Vec<Vec<u8>>; 3],
    keys: [Vec<Vec<u8>>; 3],
    erased: Vec<Vec<u8>>,
}

impl Rows {
    fn of(addition: &Addition) -> Self {
        let number = |place: Place| (place.version.cast_signed(), place.digest.0.to_vec());
        let (version, digest) = number(addition.entry.place);
        let column =
            |rows: &[StoredRow], of: fn(&StoredRow) -> Vec<u8>| rows.iter().map(of).collect();
        Self {
            after: number(addition.after),
            entry: (version, digest, addition.entry.bytes.clone()),
            parts: [
                column(&addition.parts, |row| row.name.to_vec()),
                column(&addition.parts, |row| row.owner.to_vec()),
                column(&addition.parts, |row| row.bytes.clone()),
            ],
            keys: [
                column(&addition.keys, |row| row.name.to_vec()),
                column(&addition.keys, |row| row.owner.to_vec()),
                column(&addition.keys, |row| row.bytes.clone()),
            ],
            erased: addition.erased.iter().map(|name| name.to_vec()).collect(),
        }
    }

    async fn place(&self, client: &Client, statement: &Statement) -> Result<bool, Trouble> {
        let [names, owners, parts] = &self.parts;
        let [key_names, key_owners, keys] = &self.keys;
        let row = client
            .query_one(
                statement,
                &[
                    &self.entry.0,
                    &self.entry.1,
                    &self.entry.2,
                    &self.after.0,
                    &self.after.1,
                    names,
                    owners,
                    parts,
                    key_names,
                    key_owners,
                    keys,
                    &self.erased,
                ],
            )
            .await?;
        Ok(row.get::<_, i64>(0) > 0)
    }
}

async fn digest_at(client: &Client, version: u64) -> Result<Option<Hash>, Trouble> {
    let row = client
        .query_opt(
            "SELECT digest FROM akey_entry WHERE version = $1",
            &[&version.cast_signed()],
        )
        .await?;
    let digest = row.map(|row| array(row.get(0)).map(Hash));
    digest
        .transpose()
        .map_err(|error| Trouble::Refused(error.to_string()))
}

fn array(bytes: &[u8]) -> Result<[u8; 32]> {
    bytes.try_into().map_err(|_| Error::StoreRefused {
        why: "a row in it is not by akey: look at the address".to_owned(),
    })
}

impl SharedStore for PostgresStore {
    fn hub(&mut self) -> Result<Option<HubName>> {
        let row = self.patiently(|store| {
            let client = store.client()?;
            store.wait(async move {
                let sql = "SELECT name, digest FROM akey_hub, akey_entry WHERE version = 0";
                Ok(client.query_opt(sql, &[]).await?)
            })
        })?;
        row.map(|row| {
            Ok(HubName {
                name: array(row.get(0))?,
                begins: Place {
                    version: 0,
                    digest: Hash(array(row.get(1))?),
                },
            })
        })
        .transpose()
    }

    fn begin(&mut self, hub: &HubName) -> Result<()> {
        let (name, digest) = (hub.name.to_vec(), hub.begins.digest.0.to_vec());
        let begun = self.patiently(|store| {
            let client = store.client()?;
            let (name, digest) = (name.clone(), digest.clone());
            store.wait(async move {
                let row = client
                    .query_one(
                        "WITH hub AS (
                            INSERT INTO akey_hub (one, name)
                            SELECT 1, $1::bytea
                            WHERE NOT EXISTS (SELECT 1 FROM akey_entry WHERE version > 0)
                            ON CONFLICT (one) DO UPDATE SET name = excluded.name
                                WHERE akey_hub.name = excluded.name
                                    AND NOT EXISTS (SELECT 1 FROM akey_entry WHERE version > 0)
                            RETURNING one
                        ), begins AS (
                            INSERT INTO akey_entry (version, digest, bytes)
                            SELECT 0, $2::bytea, ''::bytea WHERE EXISTS (SELECT 1 FROM hub)
                            ON CONFLICT (version) DO UPDATE SET digest = excluded.digest
                            RETURNING version
                        )
                        SELECT count(*) FROM begins",
                        &[&name, &digest],
                    )
                    .await?;
                Ok(row.get::<_, i64>(0) > 0)
            })
        })?;
        if begun {
            Ok(())
        } else {
            Err(Error::StoreTaken)
        }
    }

    fn place(&mut self, addition: &Addition) -> Result<Placed> {
        let mut sent = 0;
        let placed = self.patiently(|store| store.try_place(addition, &mut sent));
        match placed {
            Ok(placed) => {
                if let (Placed::Here, Some(announcing)) = (placed, &self.announcing) {
                    // Whoever is not told asks.
                    let _ = announcing.send(());
                }
                Ok(placed)
            }
            // Never sent, or the server said that nothing was done and no earlier try is under way.
            Err(trouble) if sent == 0 => Err(trouble.into()),
            Err(Trouble::Refused(why)) if sent == 1 => Err(Error::StoreRefused { why }),
            Err(trouble) => Err(Error::StoreUnsure {
                why: trouble.why().to_owned(),
            }),
        }
    }

    fn last(&mut self) -> Result<u64> {
        let last = self.patiently(|store| {
            let client = store.client()?;
            store.wait(async move {
                let sql = "SELECT version FROM akey_entry ORDER BY version DESC LIMIT 1";
                let row = client.query_opt(sql, &[]).await?;
                Ok(row.map_or(0, |row| row.get::<_, i64>(0)))
            })
        })?;
        Ok(last.cast_unsigned())
    }

    fn from(&mut self, version: u64) -> Result<Vec<StoredEntry>> {
        let rows = self.patiently(|store| {
            let client = store.client()?;
            let version = version.cast_signed();
            store.wait(async move { Ok(client.query(FROM, &[&version]).await?) })
        })?;
        rows.iter()
            .map(|row| {
                Ok(StoredEntry {
                    place: Place {
                        version: row.get::<_, i64>(0).cast_unsigned(),
                        digest: Hash(array(row.get(1))?),
                    },
                    bytes: row.get(2),
                })
            })
            .collect()
    }

    fn parts(&mut self, names: &[Name]) -> Result<Vec<StoredRow>> {
        self.rows(
            "SELECT name, owner, bytes FROM akey_part WHERE name = ANY($1::bytea[])",
            names,
        )
    }

    fn keys(&mut self, names: &[Name]) -> Result<Vec<StoredRow>> {
        self.rows(
            "SELECT name, owner, bytes FROM akey_key WHERE name = ANY($1::bytea[])",
            names,
        )
    }

    fn tell(&mut self, notice: Notice) {
        if self.settings.hearing == Hearing::Asking {
            return;
        }
        let (announcing, announced) = unbounded_channel();
        self.announcing = Some(announcing);
        if let Some(runtime) = &self.runtime {
            runtime.spawn(listening::run(self.connector.clone(), announced, notice));
        }
    }
}
