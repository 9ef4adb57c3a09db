//! What commands ask of a node about mail to those who asked to be told: numbers, never who.

use node::Node;
use serde::{Deserialize, Serialize};
use updates::{BounceRead, Counts, Round, Shown, Trouble, send_due};

use crate::failure::Failure;

/// How it stands.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Standing {
    /// How many.
    pub counts: Counts,
    /// Through which server mail is sent, where one is set.
    pub server: Option<Shown>,
    /// What stopped sending last.
    pub trouble: Option<Trouble>,
}

/// Looks how it stands.
pub fn standing(node: &Node) -> Result<Standing, Failure> {
    let updates = web::open_updates(node)?;
    Ok(Standing {
        counts: updates.counts()?,
        server: updates.postbox()?.map(|postbox| postbox.shown()),
        trouble: updates.trouble()?,
    })
}

/// Takes in one message that came back.
pub fn bounced(node: &Node, message: &[u8]) -> Result<BounceRead, Failure> {
    Ok(web::open_updates(node)?.bounced(message)?)
}

/// Announces what is new and sends what waits.
pub fn send(node: &Node) -> Result<Round, Failure> {
    let updates = web::open_updates(node)?;
    web::announce(node, &updates);
    Ok(send_due(&updates)?)
}
