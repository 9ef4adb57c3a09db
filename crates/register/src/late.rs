//! Who was met or registered for a movement at one node while another closed it: their entries are kept
//! and counted like all others, and listed as made after closing, for somebody to look at.

use domain::{ArrivalId, MovementId, Order};

use crate::columns::{all, one};
use crate::{Register, Result};

/// An entry that whoever closed the movement did not know.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AfterClosing {
    /// Whose.
    pub arrival: ArrivalId,
    /// Number in the queue of the day.
    pub queue: u32,
    /// They were met after closing; else met before, and registered after.
    pub met: bool,
}

impl Register<'_> {
    /// What was entered for a closed movement without whoever closed it knowing, in the order of the
    /// queue. Of closings from before they could say what they knew, nothing is listed.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn after_closing(&self, movement: MovementId) -> Result<Vec<AfterClosing>> {
        let id = movement.0.as_bytes();
        let sql = "SELECT closed_upon FROM r_movement WHERE id = ?1 AND stage = 'closed'";
        let ends = one(self.connection(), sql, [id], |columns| {
            columns.cbor_if_any::<Vec<Order>>()
        })?;
        let Some(ends) = ends.flatten() else {
            return Ok(Vec::new());
        };
        let sql = "SELECT id, queue, met_node, met_position, registered_node, registered_position
            FROM r_present WHERE movement = ?1 ORDER BY queue, id";
        let rows = all(self.connection(), sql, [id], |columns| {
            let arrival = ArrivalId(columns.uuid()?);
            let queue = columns.count()?;
            let met = self.store.read_place(columns)?;
            Ok((arrival, queue, met, self.store.read_place(columns)?))
        })?;
        let mut late = Vec::new();
        for (arrival, queue, met, registered) in rows {
            let is_known = |place: &crate::fold::Place| {
                ends.iter()
                    .any(|end| end.node == place.node && place.position <= end.position)
            };
            let is_late =
                |place: Option<crate::fold::Place>| place.is_some_and(|it| !is_known(&it));
            if is_late(met) || is_late(registered) {
                late.push(AfterClosing {
                    arrival,
                    queue,
                    met: is_late(met),
                });
            }
        }
        Ok(late)
    }
}
