//! Goods at sites: balances, the journal behind them, waybills under way, counts of the shelves.

use domain::{DifferenceReason, ItemCode, Moment, NodeKey, SiteId, StocktakeId, UserId, Waybill};
use uuid::Uuid;

use crate::{Page, Paged, Register, Result};

/// How much of an item is at a site, by the book.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OnShelf {
    /// The site.
    pub site: SiteId,
    /// The item.
    pub item: ItemCode,
    /// How much.
    pub here: i64,
}

/// Why stock changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    /// A waybill took goods away.
    Sent,
    /// A waybill brought goods.
    Received,
    /// Goods were given to somebody.
    Given,
    /// Goods recorded as given are back.
    Voided,
    /// The shelf was counted.
    Counted,
}

/// One change of the stock of one item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// When.
    pub at: Moment,
    /// Who recorded it.
    pub by: UserId,
    /// The item.
    pub item: ItemCode,
    /// By how much.
    pub change: i64,
    /// Why.
    pub cause: Cause,
    /// The waybill, arrival or count it came from.
    pub aggregate: Uuid,
    /// The node whose log holds the event …
    pub node: NodeKey,
    /// … and where.
    pub position: u64,
}

/// A count of the shelves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stocktake {
    /// The count.
    pub id: StocktakeId,
    /// When.
    pub at: Moment,
    /// Who recorded it.
    pub by: UserId,
    /// How many items were counted.
    pub items: u32,
    /// Why the shelf differed from the book.
    pub difference: Option<DifferenceReason>,
}

impl Register<'_> {
    /// The balance of every item that ever moved at a site, or at every site.
    pub fn balances(&self, site: Option<SiteId>) -> Result<Vec<OnShelf>> {
        todo!()
    }

    /// The changes of one item, or of all, at a site, the newest first.
    pub fn journal(
        &self,
        site: SiteId,
        item: Option<&ItemCode>,
        page: Page,
    ) -> Result<Paged<Change>> {
        todo!()
    }

    /// Waybills sent to a site (or anywhere) and not received, the oldest first.
    pub fn open_waybills(&self, destination: Option<SiteId>) -> Result<Vec<Waybill>> {
        todo!()
    }

    /// Waybills to or from a site, the newest first.
    pub fn waybills(&self, site: SiteId, page: Page) -> Result<Paged<Waybill>> {
        todo!()
    }

    /// The newest count of a site's shelves.
    pub fn last_stocktake(&self, site: SiteId) -> Result<Option<Stocktake>> {
        todo!()
    }

    /// How much of each item a site gave in a span, net of what was voided.
    pub fn given(&self, site: SiteId, from: Moment, to: Moment) -> Result<Vec<(ItemCode, u64)>> {
        todo!()
    }
}
