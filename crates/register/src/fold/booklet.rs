//! Rows of booklets and of the cards in them.

use std::collections::BTreeMap;

use domain::{
    Booklet, BookletId, CardCode, CardVoidReason, Entries, Order, Recorded, SiteId, UserId,
};
use rusqlite::params;
use uuid::Uuid;

use super::across::Touched;
use super::shelf::Aggregate;
use super::store::Store;
use crate::columns::{all, one};
use crate::{RegisterError, Result};

impl Aggregate for Booklet {
    const KIND: i64 = 12;

    fn begin(recorded: &Recorded) -> Option<Self> {
        Self::from_event(recorded)
    }

    fn apply(&mut self, recorded: &Recorded) {
        Self::apply(self, recorded);
    }

    fn settle(&mut self, entries: &Entries, _: &[Recorded]) {
        Self::settle(self, entries);
    }

    fn load(store: &Store<'_>, id: Uuid) -> Result<Option<(Self, Order)>> {
        let sql = "SELECT site, number, printed_at, printed_by, torn_out,
                last_wall, last_counter, last_node, last_position
            FROM r_booklet WHERE id = ?1";
        let found = one(store.connection, sql, [id.as_bytes()], |columns| {
            let booklet = Self {
                id: BookletId(id),
                site: SiteId(columns.uuid()?),
                number: columns.count()?,
                cards: Vec::new(),
                printed_at: columns.moment()?,
                printed_by: UserId(columns.uuid()?),
                voided: BTreeMap::new(),
                torn_out: columns.value()?,
            };
            Ok((booklet, store.read_order(columns)?))
        })?;
        let Some((mut booklet, last)) = found else {
            return Ok(None);
        };
        let sql = "SELECT card, void FROM r_booklet_card WHERE booklet = ?1 ORDER BY place";
        let cards = all(store.connection, sql, [id.as_bytes()], |columns| {
            let card: CardCode = columns.text()?.parse().map_err(|_| RegisterError::Row)?;
            Ok((card, columns.value::<Option<String>>()?))
        })?;
        for (card, void) in cards {
            booklet.cards.push(card);
            if let Some(reason) = void {
                booklet.voided.insert(card, CardVoidReason::any(reason));
            }
        }
        Ok(Some((booklet, last)))
    }

    fn save(
        &self,
        _: Option<&Self>,
        last: &Order,
        store: &Store<'_>,
        _: &mut Touched,
    ) -> Result<()> {
        let last = store.written(last)?;
        let id = self.id.0.as_bytes();
        store.run(
            "INSERT OR REPLACE INTO r_booklet (
                id, site, number, printed_at, printed_by, torn_out, last_wall, last_counter,
                last_node, last_position
            ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                id,
                self.site.0.as_bytes(),
                self.number,
                self.printed_at.0,
                self.printed_by.0.as_bytes(),
                self.torn_out,
                last.wall,
                last.counter,
                last.node,
                last.position,
            ],
        )?;
        store.run("DELETE FROM r_booklet_card WHERE booklet = ?1", [id])?;
        for (place, card) in (0_i64..).zip(&self.cards) {
            store.run(
                "INSERT INTO r_booklet_card (booklet, place, card, void) VALUES (?1, ?2, ?3, ?4)",
                params![
                    id,
                    place,
                    card.as_str(),
                    self.voided.get(card).map(CardVoidReason::as_str),
                ],
            )?;
        }
        Ok(())
    }
}
