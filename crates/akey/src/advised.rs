//! What commands ask of a node about recommendations and their receipts.

use domain::{
    Advice, Day, Known as _, Quoted, Registered, StatementId, StatementKind, Written, quoted_from,
};
use node::statement::{leaf_of, words_of};
use node::{Node, NodeError};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;

/// A recommendation in a list.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Advised {
    /// Its id.
    pub id: String,
    /// Its title, in the newest version.
    pub title: String,
    /// The offices asked.
    pub offices: Vec<String>,
    /// By when.
    pub due: Option<String>,
    /// How it stands: overdue, open, rejected, partly, accepted, withdrawn.
    pub standing: String,
    /// Its statements: versions and answers.
    pub statements: Vec<Stated>,
}

/// A statement of it.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Stated {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: StatementKind,
    /// When it was registered (RFC 3339, UTC).
    pub at: String,
    /// What an office decided.
    pub outcome: Option<String>,
    /// Its leaf hash.
    pub leaf: String,
    /// What it says the recommendation said, between quotation marks, and is not what was written.
    pub altered: Vec<String>,
}

/// Every recommendation, what waits longest first.
pub fn list(node: &Node) -> Result<Vec<Advised>, Failure> {
    let now = node.now();
    let home = node.home_site()?;
    let (mut all, site) =
        node.read::<_, NodeError>(|register| Ok((register.all_advice()?, register.site(home)?)))?;
    let today = site.map_or_else(|| domain::latest_day(now), |site| Day(site.date_of(now)));
    all.retain(|advice| advice.kind == StatementKind::Recommendation);
    all.sort_by_key(|advice| (advice.standing(today), advice.due, advice.id));
    let listed = all.iter().map(|advice| {
        let words = advice.newest().and_then(|newest| words_of(&newest.bytes.0));
        let (title, offices) = words
            .map(|words| (words.title, words.offices))
            .unwrap_or_default();
        Advised {
            id: advice.id.to_string(),
            title,
            offices,
            due: advice.due.map(|due| due.to_string()),
            standing: advice.standing(today).code().to_owned(),
            statements: advice
                .statements
                .iter()
                .map(|statement| Stated {
                    id: statement.id.to_string(),
                    kind: statement.kind,
                    at: statement.at.to_string(),
                    outcome: statement.outcome.as_ref().map(ToString::to_string),
                    leaf: leaf_of(statement),
                    altered: altered(advice, statement),
                })
                .collect(),
        }
    });
    Ok(listed.collect())
}

/// What a statement quotes from a recommendation otherwise than it was written.
fn altered(advice: &Advice, statement: &Registered) -> Vec<String> {
    let words = |statement: &Registered| words_of(&statement.bytes.0).map(|words| words.text);
    let texts = advice.versions().filter_map(words);
    let versions: Vec<_> = texts.map(|text| Written::of(&text)).collect();
    let said = words(statement).unwrap_or_default();
    let quoted = quoted_from(&said, &versions).into_iter();
    let altered = quoted.filter(|(_, how, _)| *how == Quoted::Altered);
    altered.map(|(words, ..)| words.to_owned()).collect()
}

/// A statement with its receipt.
pub fn receipt(node: &Node, statement: &str) -> Result<Vec<u8>, Failure> {
    let unknown = || {
        Failure::Wrong(
            "no statement registered at this node has this id: look it up with akey recommendations".into(),
        )
    };
    let id = statement.parse().map_err(|_| unknown())?;
    node.transparent_statement(StatementId(id))?
        .ok_or_else(unknown)
}
