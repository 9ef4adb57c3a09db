//! What commands ask of a node about danger. What exactly happened, and to whom, is not among it.

use domain::{Onward, PCode};
use node::{Node, NodeError};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::failure::Failure;

/// What is known of danger.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Warned {
    /// Departments to which people travel with care, or not tonight, with every reason.
    pub onward: Vec<Value>,
    /// Incidents, the newest first.
    pub incidents: Vec<Value>,
    /// Roads and sites.
    pub access: Vec<Value>,
    /// Teams that cannot leave.
    pub confined: Vec<Value>,
}

/// Reads it.
pub fn of(node: &Node) -> Result<Warned, Failure> {
    let now = node.now();
    let danger = node.read::<_, NodeError>(|register| Ok(register.danger()?))?;
    let onward = PCode::KNOWN.iter().filter_map(|area| {
        let (onward, reasons) = danger.onward(area, now);
        (onward != Onward::Go)
            .then(|| json!({ "area": area, "onward": onward, "reasons": reasons }))
    });
    let incidents = danger.incidents.iter().map(|incident| {
        json!({
            "id": incident.id, "kind": incident.kind, "area": incident.area, "at": incident.at.to_string(),
            "harm": incident.harm, "source": incident.source, "credibility": incident.credibility,
            "closed_at": incident.closed_at.map(|at| at.to_string()),
        })
    });
    let access = danger.access.iter().map(|access| {
        json!({
            "id": access.id, "road": access.road, "site": access.site, "area": access.area,
            "status": access.now(now), "last_said": access.status, "until": access.until.to_string(),
        })
    });
    let teams = danger.teams.iter().filter(|team| team.freed_at.is_none());
    let confined = teams.map(|team| {
        json!({ "id": team.id, "people": team.people, "area": team.area, "since": team.since.to_string() })
    });
    Ok(Warned {
        onward: onward.collect(),
        incidents: incidents.collect(),
        access: access.collect(),
        confined: confined.collect(),
    })
}
