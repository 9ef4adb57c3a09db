//! What was written differently at two places, as commands ask about it: which field, whose values and
//! when; never what they say, which is read on the page by those who may.

use node::Node;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;

/// A field in which more than one value stands.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Waiting {
    /// What it is a field of.
    pub about: String,
    /// Which field.
    pub field: String,
    /// Whose values stand in it.
    pub stand: Vec<Stands>,
}

/// One of the values.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Stands {
    /// Who wrote it: the id of a user.
    pub by: String,
    /// When it was recorded.
    pub recorded_at: String,
    /// At which node.
    pub node: String,
    /// Where in its log.
    pub position: u64,
}

/// What waits at this node.
pub fn waiting(node: &Node) -> Result<Vec<Waiting>, Failure> {
    let found = node.read::<_, node::NodeError>(|register| Ok(register.conflicts()?))?;
    let stands = |stands: &register::conflicts::Stands| Stands {
        by: stands.by.to_string(),
        recorded_at: stands.order.recorded_at().to_string(),
        node: stands.order.node.to_string(),
        position: stands.order.position,
    };
    Ok(found
        .iter()
        .map(|conflict| Waiting {
            about: conflict.about.as_simple().to_string(),
            field: conflict.field.code().to_owned(),
            stand: conflict.stand.iter().map(stands).collect(),
        })
        .collect())
}
