//! The queue: what is to be told is enqueued for everybody in one transaction, taken out a few at a
//! time under a lease, and tried again later and later. A crash between sending and noting it sends
//! that one mail twice; none is lost.

use rusqlite::Transaction;

use crate::error::Result;
use crate::letter::Letter;
use crate::store::Updates;
use crate::subscriber::suspend;
use crate::trouble::Outcome;

/// How long somebody who took mails out has to send them before others may.
const LEASE_MS: i64 = 15 * 60_000;
/// After how many attempts a mail is given up: about two days.
const ATTEMPTS_MAX: u32 = 14;
/// Waiting after the first attempt.
const WAIT_FIRST_MS: i64 = 2 * 60_000;
/// Longest waiting between two.
const WAIT_MAX_MS: i64 = 6 * 3_600_000;

/// Something to be told.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    /// What names it: told once, however often it is announced.
    pub key: &'a str,
    /// Its topics, as a set of bits.
    pub topics: u32,
    /// What to write, by language.
    pub letters: Vec<(&'a str, Letter)>,
}

/// What came of announcing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Announced {
    /// So many mails wait now.
    Queued(usize),
    /// It was announced before.
    Before,
}

/// One mail to one person, taken out to be sent.
#[derive(Clone)]
pub(crate) struct Due {
    pub mail: i64,
    pub subscriber: i64,
    pub attempts: u32,
    pub address: String,
    pub asked_at: i64,
    pub subject: String,
    pub body: String,
}

impl std::fmt::Debug for Due {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Due")
            .field("mail", &self.mail)
            .finish_non_exhaustive()
    }
}

impl Updates {
    /// Enqueues an item for everybody who confirmed and chose one of its topics, each in their
    /// language: one transaction, one statement.
    ///
    /// # Errors
    /// When the store fails; then nothing is enqueued.
    pub fn announce(&self, item: &Item<'_>) -> Result<Announced> {
        let now = self.now_ms();
        self.write(|transaction| {
            for (language, letter) in &item.letters {
                let sql = "INSERT OR IGNORE INTO mail (item, language, subject, body, made_at)
                    VALUES (?1, ?2, ?3, ?4, ?5)";
                let row = (item.key, language, &letter.subject, &letter.body, now);
                if transaction.execute(sql, row)? == 0 {
                    return Ok(Announced::Before);
                }
            }
            let sql = "INSERT INTO delivery (mail, subscriber, due_at)
                SELECT m.id, s.id, ?2 FROM subscriber s
                JOIN mail m ON m.item = ?1 AND m.language = s.language
                WHERE s.state = 'confirmed' AND s.topics & ?3 <> 0 ORDER BY s.id";
            let queued = transaction.execute(sql, (item.key, now, item.topics))?;
            Ok(Announced::Queued(queued))
        })
    }

    /// Whether an item was announced.
    pub fn announced(&self, key: &str) -> Result<bool> {
        self.read(|connection| {
            let sql = "SELECT EXISTS (SELECT 1 FROM mail WHERE item = ?1)";
            Ok(connection.query_row(sql, [key], |row| row.get(0))?)
        })
    }

    /// Takes an item that was withdrawn out of the queue. Gives how many mails were not sent.
    pub fn cancel(&self, key: &str) -> Result<usize> {
        self.write(|transaction| {
            let sql = "DELETE FROM delivery WHERE mail IN (SELECT id FROM mail WHERE item = ?1)";
            let taken = transaction.execute(sql, [key])?;
            transaction.execute("UPDATE mail SET cancelled = 1 WHERE item = ?1", [key])?;
            Ok(taken)
        })
    }

    /// Has everything that waits tried now.
    pub fn hurry(&self) -> Result<usize> {
        let now = self.now_ms();
        self.write(|transaction| {
            let sql = "UPDATE delivery SET due_at = ?1 WHERE due_at > ?1";
            Ok(transaction.execute(sql, [now])?)
        })
    }

    /// Takes out what is due, under a lease.
    pub(crate) fn take(&self, at_most: u32) -> Result<Vec<Due>> {
        let now = self.now_ms();
        self.write(|transaction| {
            let mut statement = transaction.prepare(
                "SELECT d.mail, d.subscriber, d.attempts, s.address, s.asked_at, m.subject, m.body
                FROM delivery d JOIN subscriber s ON s.id = d.subscriber JOIN mail m ON m.id = d.mail
                WHERE d.due_at <= ?1 ORDER BY d.due_at, d.subscriber LIMIT ?2",
            )?;
            let due = statement
                .query_map((now, at_most), |row| {
                    Ok(Due {
                        mail: row.get(0)?,
                        subscriber: row.get(1)?,
                        attempts: row.get(2)?,
                        address: row.get(3)?,
                        asked_at: row.get(4)?,
                        subject: row.get(5)?,
                        body: row.get(6)?,
                    })
                })?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            let mut lease = transaction.prepare(
                "UPDATE delivery SET due_at = ?3 WHERE subscriber = ?1 AND mail = ?2",
            )?;
            for one in &due {
                lease.execute((one.subscriber, one.mail, now + LEASE_MS))?;
            }
            Ok(due)
        })
    }

    /// Puts back what was taken out and not tried.
    pub(crate) fn put_back(&self, due: &[Due]) -> Result<()> {
        let now = self.now_ms();
        self.write(|transaction| {
            let sql = "UPDATE delivery SET due_at = ?3 WHERE subscriber = ?1 AND mail = ?2";
            for one in due {
                transaction.execute(sql, (one.subscriber, one.mail, now))?;
            }
            Ok(())
        })
    }

    /// Notes what came of one mail.
    pub(crate) fn note(&self, due: &Due, outcome: Outcome) -> Result<()> {
        let now = self.now_ms();
        let chance = self.shared.environment.chance();
        self.write(|transaction| {
            let attempts = due.attempts + 1;
            match outcome {
                Outcome::Sent => {
                    finish(transaction, due, "sent")?;
                    Ok(())
                }
                Outcome::Later if attempts < ATTEMPTS_MAX => {
                    let due_at = now + backoff_ms(attempts, chance);
                    let sql = "UPDATE delivery SET due_at = ?3, attempts = ?4
                        WHERE subscriber = ?1 AND mail = ?2";
                    transaction.execute(sql, (due.subscriber, due.mail, due_at, attempts))?;
                    Ok(())
                }
                Outcome::Later | Outcome::GivenUp => finish(transaction, due, "failed"),
                Outcome::NoSuchRecipient => {
                    finish(transaction, due, "failed")?;
                    suspend(transaction, due.subscriber, now)
                }
            }
        })
    }
}

fn finish(transaction: &Transaction<'_>, due: &Due, how: &'static str) -> Result<()> {
    let sql = "DELETE FROM delivery WHERE subscriber = ?1 AND mail = ?2";
    if transaction.execute(sql, (due.subscriber, due.mail))? > 0 {
        let sql = format!("UPDATE mail SET {how} = {how} + 1 WHERE id = ?1");
        transaction.execute(&sql, [due.mail])?;
    }
    Ok(())
}

/// How long to wait after so many attempts: doubling, with up to half of it left to chance, so that
/// what failed together does not come back together.
pub fn backoff_ms(attempts: u32, chance: u64) -> i64 {
    let doublings = attempts.saturating_sub(1).min(16);
    let whole = (WAIT_FIRST_MS << doublings).min(WAIT_MAX_MS);
    let half = whole / 2;
    let part = chance % half.cast_unsigned();
    half + part.cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_doubles_never_passes_its_bounds_and_is_spread() {
        for attempts in 1..ATTEMPTS_MAX {
            let whole = (WAIT_FIRST_MS << (attempts - 1)).min(WAIT_MAX_MS);
            let waits: Vec<_> = (0..1_000)
                .map(|n| backoff_ms(attempts, n * 7_919_317))
                .collect();
            assert!(
                waits.iter().all(|wait| (whole / 2..whole).contains(wait)),
                "{attempts}"
            );
            assert!(waits.iter().max() > waits.iter().min());
        }
        assert!(backoff_ms(u32::MAX, u64::MAX) < WAIT_MAX_MS);
        let all: i64 = (1..ATTEMPTS_MAX).map(|n| backoff_ms(n, 0)).sum();
        assert!(
            all > 15 * 3_600_000,
            "a server that is down for a night loses nothing"
        );
    }
}
