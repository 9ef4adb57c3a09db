//! Goods: they move by waybill, leave by distribution, and are counted. Each node has a store of its own
//! at its site, and what is under way is nobody's (G5). The balance of an item in a store is the sum of
//! its changes, never a number somebody keeps.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::event::{Event, Recorded};
use crate::{DifferenceReason, ItemCode, Moment, NodeKey, SiteId, WaybillId};

/// Largest quantity of one item in one line of a paper: more is a slip of the finger.
pub const QUANTITY_MAX: Quantity = 10_000_000;

/// How many of an item.
pub type Quantity = u32;

/// One item on a waybill.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct WaybillLine {
    /// The item.
    #[n(0)]
    pub item: ItemCode,
    /// How many.
    #[n(1)]
    pub quantity: Quantity,
}

/// One item of a stocktake: what the book said and what was on the shelf.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct StockChange {
    /// The item.
    #[n(0)]
    pub item: ItemCode,
    /// What the book said at that moment. The rules never let it fall below zero, a merge of two
    /// histories may.
    #[n(1)]
    pub book: i64,
    /// What was counted.
    #[n(2)]
    pub counted: Quantity,
}

/// A waybill as it is known now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Waybill {
    /// Its id.
    pub id: WaybillId,
    /// Number printed on it.
    pub number: String,
    /// From which of our sites; none for a supplier.
    pub origin: Option<SiteId>,
    /// To which site.
    pub destination: SiteId,
    /// To which node of that site; none where any of its nodes may take it.
    pub to: Option<NodeKey>,
    /// The node that recorded it as sent.
    pub sent_by: NodeKey,
    /// What was sent.
    pub sent: Vec<WaybillLine>,
    /// When it was sent.
    pub sent_at: Moment,
    /// What was received, once it was.
    pub received: Option<Vec<WaybillLine>>,
    /// When it was received.
    pub received_at: Option<Moment>,
    /// Why the two differ.
    pub difference: Option<DifferenceReason>,
}

impl Waybill {
    /// The waybill that an event sends.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::WaybillSent(sent) = &recorded.event else {
            return None;
        };
        Some(Self {
            id: sent.waybill,
            number: sent.number.clone(),
            origin: sent.origin,
            destination: sent.destination,
            to: sent.to,
            sent_by: recorded.order.node,
            sent: sent.lines.clone(),
            sent_at: recorded.occurred.at,
            received: None,
            received_at: None,
            difference: None,
        })
    }

    /// Takes in one later event of this waybill, in total order.
    pub fn apply(&mut self, recorded: &Recorded) {
        if let Event::WaybillReceived(received) = &recorded.event {
            self.received.get_or_insert_with(|| received.lines.clone());
            self.received_at.get_or_insert(recorded.occurred.at);
            self.difference = self
                .difference
                .take()
                .or_else(|| received.difference.clone());
        }
    }
}

/// What an event adds to (or takes from) the store of the node that recorded it, at a site: site, item,
/// change.
pub fn stock_changes(event: &Event) -> Vec<(SiteId, ItemCode, i64)> {
    match event {
        Event::WaybillSent(sent) => sent.origin.map_or_else(Vec::new, |origin| {
            sent.lines
                .iter()
                .map(|line| (origin, line.item.clone(), -i64::from(line.quantity)))
                .collect()
        }),
        Event::WaybillReceived(received) => received
            .lines
            .iter()
            .map(|line| {
                (
                    received.destination,
                    line.item.clone(),
                    i64::from(line.quantity),
                )
            })
            .collect(),
        Event::EntitlementRedeemed(redeemed) if redeemed.from_stock => {
            vec![(
                redeemed.site,
                redeemed.item.clone(),
                -i64::from(redeemed.quantity),
            )]
        }
        Event::RedemptionVoided(voided) if voided.back_in_stock => {
            vec![(voided.site, voided.item.clone(), i64::from(voided.quantity))]
        }
        Event::StockCounted(counted) => counted
            .counts
            .iter()
            .map(|count| {
                let change = i64::from(count.counted) - count.book;
                (counted.site, count.item.clone(), change)
            })
            .collect(),
        _ => Vec::new(),
    }
}
