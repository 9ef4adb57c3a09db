//! Where the register gets the earlier events of an aggregate from when it has to fold it anew.

use domain::Recorded;
use ledger::{AggregateId, View};
use register::{EventSource, RegisterError};
use uuid::Uuid;

use crate::translation;

/// The ledger as seen through one connection.
pub(crate) struct LedgerSource<'c>(pub(crate) View<'c>);

impl LedgerSource<'_> {
    /// The events of one aggregate in total order.
    pub(crate) fn events(&self, aggregate: Uuid) -> ledger::Result<Vec<Recorded>> {
        self.0
            .events_of(AggregateId(*aggregate.as_bytes()))?
            .iter()
            .map(|event| self.open(event))
            .collect()
    }

    /// One event with its parts opened.
    pub(crate) fn open(&self, event: &ledger::Event) -> ledger::Result<Recorded> {
        translation::recorded(event, |attachment| self.0.content(attachment))
    }
}

impl EventSource for LedgerSource<'_> {
    fn of_aggregate(&self, aggregate: Uuid) -> Result<Vec<Recorded>, RegisterError> {
        self.events(aggregate)
            .map_err(|error| RegisterError::Source(error.to_string()))
    }
}
