//! The board of the day: what is on the ground, what comes, whether the goods last, and what only
//! people can decide.

use domain::{
    ArrivalId, EntitlementId, ItemCode, LineId, Moment, Movement, MovementId, NodeKey, SiteId,
    WaybillId,
};

use crate::{Register, Result};

/// A movement being received.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ground {
    /// The movement; announced and headcount stand in it.
    pub movement: Movement,
    /// Name of the site it came from, where known here.
    pub origin: Option<String>,
    /// People on its manifest now.
    pub listed: u32,
    /// People given a number.
    pub met: u32,
    /// People registered.
    pub registered: u32,
    /// People screened.
    pub screened: u32,
    /// People who received at least one item.
    pub assisted: u32,
    /// People who left.
    pub left: u32,
    /// People to be called first who are not registered yet.
    pub flagged_waiting: u32,
    /// Children without an adult, as far as this node may read it.
    pub children_alone: u32,
}

/// A movement on its way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arriving {
    /// The movement.
    pub movement: Movement,
    /// Name of the site it comes from, where known here.
    pub origin: Option<String>,
    /// People on its manifest.
    pub listed: u32,
}

/// Stock of one item against what will be needed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cover {
    /// The item.
    pub item: ItemCode,
    /// On the shelves by the book.
    pub here: i64,
    /// Granted to people who are here, and not given yet.
    pub open: u64,
    /// For people announced or landed and not met yet: the package's grants to everybody.
    pub expected: u64,
    /// Given in the seven days before, net of what was voided: the pace.
    pub given_in_7_days: u64,
}

/// What only people can decide.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Decision {
    /// As many people were counted as are not on the manifest, or fewer.
    HeadcountDiffers {
        /// The movement.
        movement: MovementId,
        /// Its name.
        designator: String,
        /// People counted.
        headcount: u32,
        /// People on the manifest.
        listed: u32,
    },
    /// One entitlement was redeemed more than once.
    RedemptionDisputed {
        /// The arrival.
        arrival: ArrivalId,
        /// The entitlement.
        entitlement: EntitlementId,
        /// The item.
        item: ItemCode,
        /// How many redemptions are on record.
        times: u32,
    },
    /// Two arrivals claim one line of a manifest.
    LineDisputed {
        /// The line.
        line: LineId,
        /// Its movement.
        movement: MovementId,
        /// How many arrivals claim it.
        claims: u32,
    },
    /// A limit stands between a person who is here and an item granted.
    LimitReached {
        /// The arrival.
        arrival: ArrivalId,
        /// The entitlement.
        entitlement: EntitlementId,
        /// The item.
        item: ItemCode,
        /// When the person received it last.
        last: Moment,
    },
    /// Goods were sent here and not received.
    WaybillOpen {
        /// The waybill.
        waybill: WaybillId,
        /// Number printed on it.
        number: String,
        /// When it was sent.
        sent_at: Moment,
    },
    /// Items that may have been given after the backup this node was made from.
    CheckCards {
        /// The node of the backup.
        old_node: NodeKey,
        /// Entitlements granted there, not redeemed as far as is known here.
        entitlements: u64,
    },
}

impl Register<'_> {
    /// Movements that landed at a site and are not closed, the newest first.
    pub fn on_the_ground(&self, site: SiteId) -> Result<Vec<Ground>> {
        todo!()
    }

    /// Movements announced or under way to a site, expected before an instant, the next first.
    pub fn arriving(&self, site: SiteId, before: Moment) -> Result<Vec<Arriving>> {
        todo!()
    }

    /// Each stocked item at a site against what is open and expected until an instant.
    pub fn cover(&self, site: SiteId, now: Moment, before: Moment) -> Result<Vec<Cover>> {
        todo!()
    }

    /// What waits for somebody's decision at a site.
    pub fn decisions(&self, site: SiteId, node: NodeKey, now: Moment) -> Result<Vec<Decision>> {
        todo!()
    }
}
