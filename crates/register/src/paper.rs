//! Booklets of cards printed ahead, who wrote what was entered later, and counts that two signed.

use domain::{
    Answer, ArrivalId, Booklet, CardState, Known, Moment, MovementId, SiteId, StocktakeId, UserId,
};
use rusqlite::params;
use uuid::Uuid;

use crate::columns::{all, one};
use crate::fold::Aggregate;
use crate::{Register, Result};

/// A count that two people signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SignedCount {
    /// The count.
    pub stocktake: StocktakeId,
    /// When.
    pub at: Moment,
    /// Who recorded it.
    pub first: UserId,
    /// Who signed with them.
    pub second: UserId,
}

impl Register<'_> {
    /// The booklets of a site, the newest first.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn booklets(&self, site: SiteId) -> Result<Vec<Booklet>> {
        let sql = "SELECT id FROM r_booklet WHERE site = ?1 ORDER BY number DESC, id";
        let ids = all(self.connection(), sql, [site.0.as_bytes()], |columns| {
            columns.uuid()
        })?;
        let mut booklets = Vec::with_capacity(ids.len());
        for id in ids {
            booklets.extend(Booklet::load(&self.store, id)?.map(|(booklet, _)| booklet));
        }
        Ok(booklets)
    }

    /// What each card of a booklet has come to, in their order.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn card_states(&self, booklet: &Booklet) -> Answer<Vec<CardState>> {
        let mut entered = std::collections::BTreeSet::new();
        for card in &booklet.cards {
            if self.card_held(card)? {
                entered.insert(*card);
            }
        }
        Ok(booklet.states(|card| entered.contains(card)))
    }

    /// Who wrote on paper what is known of an arrival, if it was.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn written_by(&self, arrival: ArrivalId) -> Result<Option<UserId>> {
        let sql = "SELECT written_by FROM r_from_paper WHERE arrival = ?1
            ORDER BY wall, counter, position LIMIT 1";
        one(self.connection(), sql, [arrival.0.as_bytes()], |columns| {
            Ok(UserId(columns.uuid()?))
        })
    }

    /// Everybody met of a movement, in the order in which they were met.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn met_of(&self, movement: MovementId) -> Result<Vec<ArrivalId>> {
        let sql = "SELECT id FROM r_arrival WHERE movement = ?1 ORDER BY met_at, queue, id";
        all(self.connection(), sql, [movement.0.as_bytes()], |columns| {
            Ok(ArrivalId(columns.uuid()?))
        })
    }

    /// The counts of a site that two people signed, the newest first.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn signed_counts(&self, site: SiteId, limit: u32) -> Result<Vec<SignedCount>> {
        let sql = "SELECT stocktake, at, author, second FROM r_count_signed
            WHERE site = ?1 ORDER BY at DESC, stocktake LIMIT ?2";
        let values = params![site.0.as_bytes(), limit];
        all(self.connection(), sql, values, |columns| {
            Ok(SignedCount {
                stocktake: StocktakeId(columns.uuid()?),
                at: columns.moment()?,
                first: UserId(columns.uuid()?),
                second: UserId(columns.uuid()?),
            })
        })
    }

    pub(crate) fn booklet_of_card(&self, card: &str) -> Result<Option<Uuid>> {
        let sql = "SELECT booklet FROM r_booklet_card WHERE card = ?1 ORDER BY booklet LIMIT 1";
        one(self.connection(), sql, [card], |columns| columns.uuid())
    }
}
