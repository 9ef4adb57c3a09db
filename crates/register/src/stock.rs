//! Goods at sites: balances, the journal behind them, waybills under way, counts of the shelves.

use domain::{DifferenceReason, ItemCode, Moment, NodeKey, SiteId, StocktakeId, UserId, Waybill};
use rusqlite::params;
use uuid::Uuid;

use crate::columns::{Columns, all, one, only};
use crate::fold::{WAYBILL_COLUMNS, read_waybill};
use crate::{Page, Paged, Register, RegisterError, Result};

mod pace;
mod sums;

pub use pace::{Pace, PaceDays};
pub use sums::{Goods, GoodsAsked};

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

impl Cause {
    const ALL: [Self; 5] = [
        Self::Sent,
        Self::Received,
        Self::Given,
        Self::Voided,
        Self::Counted,
    ];

    /// The number under which rows keep it: its place in the list above.
    pub(crate) const fn number(self) -> i64 {
        match self {
            Self::Sent => 0,
            Self::Received => 1,
            Self::Given => 2,
            Self::Voided => 3,
            Self::Counted => 4,
        }
    }

    fn from_number(number: i64) -> Result<Self> {
        let cause = Self::ALL.into_iter().find(|cause| cause.number() == number);
        cause.ok_or(RegisterError::Row)
    }
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
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn balances(&self, site: Option<SiteId>) -> Result<Vec<OnShelf>> {
        let read = |columns: &mut Columns<'_, '_>| {
            Ok(OnShelf {
                site: SiteId(columns.uuid()?),
                item: ItemCode::any(columns.text()?),
                here: columns.value()?,
            })
        };
        let Some(site) = site else {
            let sql = "SELECT site, item, sum(change) FROM r_stock_change
                GROUP BY site, item ORDER BY site, item";
            return all(self.connection(), sql, [], read);
        };
        let sql = "SELECT site, item, sum(change) FROM r_stock_change WHERE site = ?1
            GROUP BY site, item ORDER BY item";
        all(self.connection(), sql, [site.0.as_bytes()], read)
    }

    /// The changes of one item, or of all, at a site, the newest first.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn journal(
        &self,
        site: SiteId,
        item: Option<&ItemCode>,
        page: Page,
    ) -> Result<Paged<Change>> {
        let id = site.0.as_bytes();
        let item = item.map(ItemCode::as_str);
        let sql = "SELECT count(*) FROM r_stock_change WHERE site = ?1
            AND (?2 IS NULL OR item = ?2)";
        let total = only(self.connection(), sql, params![id, item], |columns| {
            columns.position()
        })?;
        let sql = "SELECT c.at, c.author, c.item, c.change, c.cause, c.aggregate, n.key, c.position
            FROM r_stock_change c JOIN r_node n ON n.no = c.node
            WHERE c.site = ?1 AND (?2 IS NULL OR c.item = ?2)
            ORDER BY c.at DESC, n.key DESC, c.position DESC, c.place DESC LIMIT ?3 OFFSET ?4";
        let values = params![id, item, page.limit(), page.offset()];
        let rows = all(self.connection(), sql, values, |columns| {
            Ok(Change {
                at: columns.moment()?,
                by: UserId(columns.uuid()?),
                item: ItemCode::any(columns.text()?),
                change: columns.value()?,
                cause: Cause::from_number(columns.value()?)?,
                aggregate: columns.uuid()?,
                node: columns.key()?,
                position: columns.position()?,
            })
        })?;
        Ok(Paged { rows, total })
    }

    /// Waybills sent to a site (or anywhere) and not received, the oldest first.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn open_waybills(&self, destination: Option<SiteId>) -> Result<Vec<Waybill>> {
        let sql = format!(
            "SELECT {WAYBILL_COLUMNS} FROM r_waybill
            WHERE received IS NULL AND (?1 IS NULL OR destination = ?1) ORDER BY sent_at, id"
        );
        let destination = destination.map(|site| site.0.into_bytes());
        all(self.connection(), &sql, [destination], read_waybill)
    }

    /// Waybills to or from a site, the newest first.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn waybills(&self, site: SiteId, page: Page) -> Result<Paged<Waybill>> {
        let id = site.0.as_bytes();
        let sql = "SELECT count(*) FROM r_waybill WHERE destination = ?1 OR origin = ?1";
        let total = only(self.connection(), sql, [id], |columns| columns.position())?;
        let sql = format!(
            "SELECT {WAYBILL_COLUMNS} FROM r_waybill WHERE destination = ?1 OR origin = ?1
            ORDER BY sent_at DESC, id LIMIT ?2 OFFSET ?3"
        );
        let values = params![id, page.limit(), page.offset()];
        let rows = all(self.connection(), &sql, values, read_waybill)?;
        Ok(Paged { rows, total })
    }

    /// The newest count of a site's shelves.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn last_stocktake(&self, site: SiteId) -> Result<Option<Stocktake>> {
        let sql = "SELECT id, at, author, items, difference FROM r_stocktake WHERE site = ?1
            ORDER BY at DESC, id LIMIT 1";
        one(self.connection(), sql, [site.0.as_bytes()], |columns| {
            Ok(Stocktake {
                id: StocktakeId(columns.uuid()?),
                at: columns.moment()?,
                by: UserId(columns.uuid()?),
                items: columns.count()?,
                difference: columns
                    .value::<Option<String>>()?
                    .map(DifferenceReason::any),
            })
        })
    }

    /// How much of each stocked item a site gave in a span, net of what came back in it.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn given(&self, site: SiteId, from: Moment, to: Moment) -> Result<Vec<(ItemCode, u64)>> {
        let sql = "SELECT item, max(0, -sum(change)) FROM r_stock_change
            WHERE site = ?1 AND at >= ?2 AND at < ?3 AND cause IN (?4, ?5)
            GROUP BY item ORDER BY item";
        let values = params![
            site.0.as_bytes(),
            from.0,
            to.0,
            Cause::Given.number(),
            Cause::Voided.number()
        ];
        all(self.connection(), sql, values, |columns| {
            let item = ItemCode::any(columns.text()?);
            Ok((item, columns.position()?))
        })
    }
}
