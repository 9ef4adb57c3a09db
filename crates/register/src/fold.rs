//! From events to rows.

use domain::{NodeKey, Recorded};
use uuid::Uuid;

use crate::{EventSource, Register, Result};

impl Register<'_> {
    /// Folds one event into the rows, in whatever order it comes and however often. Events of one
    /// node's log are handed over in the order of the log; [`Register::position`] then says up to
    /// where it is folded.
    pub fn apply(&self, recorded: &Recorded, source: &dyn EventSource) -> Result<()> {
        todo!()
    }

    /// Folds many events, as a rebuild does; the same as applying each. Returns how many.
    pub fn fold(
        &self,
        events: impl IntoIterator<Item = Result<Recorded>>,
        source: &dyn EventSource,
    ) -> Result<u64> {
        todo!()
    }

    /// Folds one aggregate anew, as when parts of it became readable.
    pub fn refold(&self, aggregate: Uuid, source: &dyn EventSource) -> Result<()> {
        todo!()
    }

    /// Up to which position the log of a node is folded.
    pub fn position(&self, node: NodeKey) -> Result<Option<u64>> {
        todo!()
    }

    /// Up to which position each node's log is folded.
    pub fn positions(&self) -> Result<Vec<(NodeKey, u64)>> {
        todo!()
    }

    /// Forgets every row, before everything is folded again.
    pub fn clear(&self) -> Result<()> {
        todo!()
    }
}
