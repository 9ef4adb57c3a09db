//! Who asked to be told: asking, confirming, choosing, leaving. Nothing here answers whether an
//! address is known. Leaving deletes the row, and what it was on the disk is overwritten.

use rusqlite::{OptionalExtension as _, Transaction, named_params, params};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

use crate::address::Address;
use crate::error::Result;
use crate::key::Token;
use crate::letter::Letter;
use crate::limit::{Asked, network};
use crate::store::{Updates, held};

/// How long the mail that asks for confirmation is good for: 48 hours.
pub const ASKED_LASTS_MS: i64 = 48 * 3_600_000;
/// How long an address whose mail came back is kept before it is deleted: 30 days.
pub const SUSPENDED_KEPT_MS: i64 = 30 * 24 * 3_600_000;
/// Mails that came back for a while before no more are sent.
const SOFT_MAX: i64 = 5;

/// What somebody asked for.
#[derive(Clone, Debug)]
pub struct Asking<'a> {
    /// Where mail is to go.
    pub address: Address,
    /// In which language.
    pub language: &'a str,
    /// Which topics, as a set of bits.
    pub topics: u32,
    /// Which version of the terms was shown and agreed to.
    pub terms: &'a str,
    /// On which page.
    pub page: &'a str,
    /// From where it was asked, to limit how often; never stored.
    pub from: Option<IpAddr>,
}

/// What whoever asked is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// To look into the mail: the same whether the address was known, new, or asked too often.
    LookIntoMail,
    /// To come back later: too much was asked from there.
    Later,
}

/// What somebody chose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preferences {
    /// The language of their mail.
    pub language: String,
    /// Their topics, as a set of bits.
    pub topics: u32,
    /// When they agreed to the terms, in milliseconds since 1970.
    pub consent_at_ms: i64,
    /// To which version of them.
    pub terms: String,
}

/// How many, and never who.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Who confirmed and is sent mail.
    pub confirmed: u64,
    /// Who asked and has not confirmed yet.
    pub pending: u64,
    /// Whose mail came back: nothing more is sent.
    pub suspended: u64,
    /// Mails that wait to be sent.
    pub queued: u64,
    /// Mails sent so far.
    pub sent: u64,
    /// Mails given up.
    pub failed: u64,
}

impl Updates {
    /// Somebody asks to be told. They are sent one mail: the first letter, which asks them to confirm,
    /// or, where they confirmed before, the second, which says so and lets them change or leave. What
    /// is answered is the same.
    ///
    /// # Errors
    /// When the store fails.
    pub fn ask(&self, asking: &Asking<'_>, confirm: &Letter, known: &Letter) -> Result<Answer> {
        let now = self.now_ms();
        let folded = asking.address.folded();
        let from = asking.from.map(|ip| self.shared.keys.limited(&network(ip)));
        let mark = self.shared.keys.limited(&folded);
        match held(&self.shared.limits).ask(now, mark, from) {
            Asked::TooOften => return Ok(Answer::Later),
            Asked::AddressOften => return Ok(Answer::LookIntoMail),
            Asked::Freely => {}
        }
        self.write(|transaction| {
            let sql = "SELECT id, state FROM subscriber WHERE folded = ?1";
            let found: Option<(i64, String)> = transaction
                .query_row(sql, [&folded], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            match found {
                Some((id, state)) if state == "confirmed" => {
                    enqueue_one(transaction, id, asking.language, known, now)
                }
                found => {
                    // Asked again, or suspended and back: everything begins anew.
                    if let Some((id, _)) = found {
                        transaction.execute("DELETE FROM subscriber WHERE id = ?1", [id])?;
                    }
                    let id = self.begin(transaction, asking, &folded, now)?;
                    enqueue_one(transaction, id, asking.language, confirm, now)
                }
            }
        })?;
        Ok(Answer::LookIntoMail)
    }

    fn begin(
        &self,
        transaction: &Transaction<'_>,
        asking: &Asking<'_>,
        folded: &str,
        now: i64,
    ) -> Result<i64> {
        // Random, so that a return path does not say how many there are; never 0.
        let id = (self.shared.environment.chance() >> 1).cast_signed().max(1);
        let keys = &self.shared.keys;
        transaction.execute(
            "INSERT INTO subscriber (
                id, address, folded, language, topics, state, terms, consent_at, consent_page,
                asked_at, confirm_hash, leave_hash
            ) VALUES (
                :id, :address, :folded, :language, :topics, 'pending', :terms, :now, :page, :now,
                :confirm, :leave
            )",
            named_params! {
                ":id": id,
                ":address": asking.address.expose(),
                ":folded": folded,
                ":language": asking.language,
                ":topics": asking.topics,
                ":terms": asking.terms,
                ":page": asking.page,
                ":now": now,
                ":confirm": keys.confirm(id, now).hash(),
                ":leave": keys.leave(id).hash(),
            },
        )?;
        Ok(id)
    }

    /// Whether this token still confirms something, without confirming it.
    pub fn may_confirm(&self, token: &Token) -> Result<bool> {
        let since = self.now_ms() - ASKED_LASTS_MS;
        self.read(|connection| {
            let sql = "SELECT 1 FROM subscriber WHERE confirm_hash = ?1
                AND (state = 'confirmed' OR asked_at > ?2)";
            let found = connection.query_row(sql, (token.hash(), since), |_| Ok(()));
            Ok(found.optional()?.is_some())
        })
    }

    /// Confirms what was asked for. Gives the token with which it can be changed and ended; none where
    /// there is nothing to confirm any more. Confirming twice is confirming once.
    pub fn confirm(&self, token: &Token) -> Result<Option<Token>> {
        let now = self.now_ms();
        self.write(|transaction| {
            let sql = "UPDATE subscriber SET state = 'confirmed', confirmed_at = coalesce(confirmed_at, ?2)
                WHERE confirm_hash = ?1 AND (state = 'confirmed' OR (state = 'pending' AND asked_at > ?3))
                RETURNING id";
            let since = now - ASKED_LASTS_MS;
            let found: Option<i64> = transaction
                .query_row(sql, (token.hash(), now, since), |row| row.get(0))
                .optional()?;
            Ok(found.map(|id| self.shared.keys.leave(id)))
        })
    }

    /// What somebody chose, by the token of their mails.
    pub fn preferences(&self, token: &Token) -> Result<Option<Preferences>> {
        self.read(|connection| {
            let sql = "SELECT language, topics, consent_at, terms FROM subscriber
                WHERE leave_hash = ?1 AND state = 'confirmed'";
            let found = connection.query_row(sql, [token.hash()], |row| {
                Ok(Preferences {
                    language: row.get(0)?,
                    topics: row.get(1)?,
                    consent_at_ms: row.get(2)?,
                    terms: row.get(3)?,
                })
            });
            Ok(found.optional()?)
        })
    }

    /// Changes what somebody chose; false where nobody has this token.
    pub fn choose(&self, token: &Token, language: &str, topics: u32) -> Result<bool> {
        self.write(|transaction| {
            let sql = "UPDATE subscriber SET language = ?2, topics = ?3
                WHERE leave_hash = ?1 AND state = 'confirmed'";
            Ok(transaction.execute(sql, (token.hash(), language, topics))? > 0)
        })
    }

    /// Ends it and deletes everything about whoever has this token. Again, or with a token that was
    /// never given, it does nothing, and nobody can tell the difference.
    pub fn leave(&self, token: &Token) -> Result<()> {
        let gone = self.write(|transaction| {
            let sql = "DELETE FROM subscriber WHERE leave_hash = ?1";
            Ok(transaction.execute(sql, [token.hash()])?)
        })?;
        if gone > 0 { self.empty_log() } else { Ok(()) }
    }

    /// Deletes who never confirmed and whose mail came back long ago. Gives how many.
    pub fn sweep(&self) -> Result<usize> {
        let now = self.now_ms();
        let gone = self.write(|transaction| {
            let gone = transaction.execute(
                "DELETE FROM subscriber WHERE (state = 'pending' AND asked_at <= ?1)
                    OR (state = 'suspended' AND suspended_at <= ?2)",
                (now - ASKED_LASTS_MS, now - SUSPENDED_KEPT_MS),
            )?;
            Ok(gone)
        })?;
        if gone > 0 {
            self.empty_log()?;
        }
        Ok(gone)
    }

    /// Sends nothing more to whoever's mail came back for good.
    pub(crate) fn suspend(&self, subscriber: i64) -> Result<()> {
        let now = self.now_ms();
        self.write(|transaction| suspend(transaction, subscriber, now))
    }

    /// Counts a mail that came back for a while, each mail once; too many suspend.
    pub(crate) fn count_soft(&self, subscriber: i64, mail: i64) -> Result<()> {
        let now = self.now_ms();
        self.write(|transaction| {
            let sql = "UPDATE subscriber SET soft = soft + 1, soft_mail = ?2
                WHERE id = ?1 AND state = 'confirmed' AND soft_mail IS NOT ?2 RETURNING soft";
            let soft: Option<i64> = transaction
                .query_row(sql, (subscriber, mail), |row| row.get(0))
                .optional()?;
            if soft.is_some_and(|soft| soft >= SOFT_MAX) {
                suspend(transaction, subscriber, now)?;
            }
            Ok(())
        })
    }

    /// How many, and never who.
    pub fn counts(&self) -> Result<Counts> {
        self.read(|connection| {
            let sql = "SELECT
                (SELECT count(*) FROM subscriber WHERE state = 'confirmed'),
                (SELECT count(*) FROM subscriber WHERE state = 'pending'),
                (SELECT count(*) FROM subscriber WHERE state = 'suspended'),
                (SELECT count(*) FROM delivery),
                (SELECT coalesce(sum(sent), 0) FROM mail),
                (SELECT coalesce(sum(failed), 0) FROM mail)";
            let counts = connection.query_row(sql, [], |row| {
                let number = |at| row.get::<_, i64>(at).map(i64::cast_unsigned);
                Ok(Counts {
                    confirmed: number(0)?,
                    pending: number(1)?,
                    suspended: number(2)?,
                    queued: number(3)?,
                    sent: number(4)?,
                    failed: number(5)?,
                })
            })?;
            Ok(counts)
        })
    }
}

/// Enqueues a letter that one person asked for.
fn enqueue_one(
    transaction: &Transaction<'_>,
    subscriber: i64,
    language: &str,
    letter: &Letter,
    now: i64,
) -> Result<()> {
    // The same letter is one row for everybody: it holds nobody's link.
    let sql = "INSERT INTO mail (language, subject, body, made_at)
        SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (
            SELECT 1 FROM mail WHERE item IS NULL AND language = ?1 AND subject = ?2 AND body = ?3)";
    transaction.execute(sql, (language, &letter.subject, &letter.body, now))?;
    let sql = "INSERT OR REPLACE INTO delivery (mail, subscriber, due_at)
        SELECT id, ?1, ?2 FROM mail
        WHERE item IS NULL AND language = ?3 AND subject = ?4 AND body = ?5";
    let row = params![subscriber, now, language, letter.subject, letter.body];
    transaction.execute(sql, row)?;
    Ok(())
}

pub(crate) fn suspend(transaction: &Transaction<'_>, subscriber: i64, now: i64) -> Result<()> {
    let sql = "UPDATE subscriber SET state = 'suspended', suspended_at = ?2
        WHERE id = ?1 AND state <> 'suspended'";
    transaction.execute(sql, (subscriber, now))?;
    transaction.execute("DELETE FROM delivery WHERE subscriber = ?1", [subscriber])?;
    Ok(())
}

#[cfg(test)]
mod tests;
