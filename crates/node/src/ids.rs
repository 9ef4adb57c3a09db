//! Fresh ids and card codes, from the ledger's source of randomness.

use std::sync::Arc;

use domain::{CardCode, Ids};
use ledger::Entropy;
use uuid::Uuid;

/// Random ids (RFC 9562, version 4): they say nothing, not even when they were made.
#[derive(Debug, Clone)]
pub struct SystemIds {
    entropy: Arc<dyn Entropy>,
}

impl SystemIds {
    /// Ids from this source of randomness.
    pub const fn new(entropy: Arc<dyn Entropy>) -> Self {
        Self { entropy }
    }
}

impl Ids for SystemIds {
    fn id(&mut self) -> Uuid {
        let mut bytes = [0; 16];
        self.entropy.fill(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    fn card(&mut self) -> CardCode {
        let mut bytes = [0; 8];
        self.entropy.fill(&mut bytes);
        CardCode::from_random(bytes)
    }
}
