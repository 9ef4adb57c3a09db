//! What commands ask of a node about what is published: the work behind `akey report publish` and its
//! neighbours.

use std::fmt::Write as _;

use domain::{Command, Edition, EditionId, Period, Permission, Refusal};
use node::{Node, NodeError, Request};
use report::Sitrep;
use report::publication::{self, Asked};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::fresh::fresh_id;

/// Editions to be published.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct PublishAsked {
    /// A day, `2021-09-19`, or a month, `2021-09`.
    pub period: String,
    /// Who publishes it.
    pub login: String,
    /// How they prove it.
    pub password: String,
    /// Who looked at it too, and how they prove it; nobody where it is only to be said what would be
    /// hidden.
    pub second: Option<(String, String)>,
}

/// What was published, or would be.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Published {
    /// Nothing was recorded.
    pub dry_run: bool,
    /// The days and months, as [`PublishAsked::period`].
    pub periods: Vec<String>,
    /// How many numbers of people they hold.
    pub numbers: usize,
    /// How many of these are hidden.
    pub hidden: usize,
}

/// An edition in a list.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// Its day or month.
    pub period: String,
    /// When it was published (RFC 3339, UTC).
    pub published_at: String,
    /// How many numbers it holds, and how many of them are hidden.
    pub numbers: usize,
    /// How many are hidden.
    pub hidden: usize,
    /// What is counted otherwise by now, where that was asked: [`publication::Comparison`].
    pub since: Option<serde_json::Value>,
}

/// Publishes a day or a month.
pub fn publish(node: &Node, asked: &PublishAsked) -> Result<Published, Failure> {
    let session = node.sign_in(&asked.login, &asked.password)?;
    let permission = Permission::Publish;
    if !session.may(permission) {
        return Err(NodeError::from(Refusal::NotAllowed { permission }).into());
    }
    let period = period(&asked.period)?;
    let log_end = node.log_end()?;
    let cut_off = node.now();
    let prepared = node.read::<_, Failure>(|register| {
        let asked = Asked { period, cut_off };
        publication::prepare(register, asked).map_err(|why| Failure::Wrong(why.to_string()))
    })?;
    let published = Published {
        dry_run: asked.second.is_none(),
        periods: prepared
            .drafts
            .iter()
            .map(|draft| draft.period.to_string())
            .collect(),
        numbers: prepared.numbers,
        hidden: prepared.hidden,
    };
    if let Some((login, password)) = &asked.second {
        let second = node.sign_in(login, password)?;
        let known = prepared.known;
        let fresh = || EditionId(fresh_id());
        let editions = prepared.editions(&log_end.leaf, fresh);
        let request = Request {
            id: fresh_id(),
            site: node.home_site()?,
            occurred: None,
            command: Command::PublishEditions {
                editions,
                known,
                second: second.user(),
            },
        };
        node.execute_with(&session, &second, request)?;
    }
    Ok(published)
}

/// What is published; with `since`, what is counted otherwise by now.
pub fn list(node: &Node, since: bool) -> Result<Vec<Listed>, Failure> {
    let now = node.now();
    node.read::<_, Failure>(|register| {
        let editions = register.editions().map_err(NodeError::from)?;
        let listed = editions.iter().map(|edition| {
            let compared = if since {
                let compared = publication::compare(register, edition, now)?;
                Some(serde_json::to_value(compared).expect("plain values become JSON"))
            } else {
                None
            };
            Ok(listed(edition, compared))
        });
        listed.collect()
    })
}

fn listed(edition: &Edition, since: Option<serde_json::Value>) -> Listed {
    let rows = || edition.tables.iter().flat_map(|table| &table.rows);
    Listed {
        id: edition.id.to_string(),
        period: edition.period.to_string(),
        published_at: edition.published_at.to_string(),
        numbers: rows().count(),
        hidden: rows().filter(|row| row.count.is_none()).count(),
        since,
    }
}

/// The published report of some days.
pub fn sitrep(
    register: &register::Register<'_>,
    from: domain::Day,
    to: domain::Day,
) -> Result<Sitrep, Failure> {
    let editions = register.editions().map_err(NodeError::from)?;
    let found = editions
        .iter()
        .find(|edition| (edition.period.from(), edition.period.to()) == (from, to));
    let Some(edition) = found else {
        return Err(Failure::Wrong(not_published(&editions)));
    };
    Ok(Sitrep::published(register, edition)?)
}

fn not_published(editions: &[Edition]) -> String {
    let mut text = String::from(
        "these days are not published: only single days and whole months are, once each \
        (akey report publish)",
    );
    match editions {
        [] => text.push_str("; nothing is published yet"),
        some => {
            let first = some
                .iter()
                .rev()
                .take(5)
                .map(|edition| edition.period.to_string());
            let first = first.collect::<Vec<_>>().join(", ");
            let _ = write!(text, "; published are, among {}, {first}", some.len());
        }
    }
    text
}

/// A day or a month, as it is typed.
fn period(text: &str) -> Result<Period, Failure> {
    text.parse().map_err(|_| {
        Failure::Usage(format!(
            "{text} is neither a day nor a month: write 2021-09-19 or 2021-09"
        ))
    })
}

/// What has changed since an edition, in words.
pub fn words_since(listed: &Listed) -> Option<String> {
    let since = listed.since.as_ref()?;
    let changes = since["changes"].as_array().map_or(0, Vec::len);
    let erased = since["erased"].as_u64().unwrap_or_default();
    Some(format!(
        "{changes} of {} numbers are counted otherwise by now, {erased} people erased since",
        since["numbers"]
    ))
}
