//! Rows of manifest lines. Who is registered for a line is not here: it is a fact of the arrivals.

use std::collections::BTreeSet;

use domain::{
    Entries, Event, Line, LineId, Moment, MovementId, Order, Particulars, Recorded, fold_name,
};
use rusqlite::params;
use uuid::Uuid;

use super::across::Touched;
use super::shelf::Aggregate;
use super::store::{Place, Store};
use crate::columns::{cbor, one};
use crate::{RegisterError, Result};

/// A line and the events that make it count.
#[derive(Clone, PartialEq)]
pub(crate) struct LineState {
    pub(crate) line: Line,
    listed_at: Moment,
    listed: Place,
    no_show: Option<(Moment, Place)>,
}

impl Aggregate for LineState {
    const KIND: i64 = 2;

    fn begin(recorded: &Recorded) -> Option<Self> {
        Some(Self {
            line: Line::from_event(recorded)?,
            listed_at: recorded.occurred.at,
            listed: recorded.order.into(),
            no_show: None,
        })
    }

    fn apply(&mut self, recorded: &Recorded) {
        self.line.apply(recorded);
        match &recorded.event {
            Event::NoShow(_) => self.no_show = Some((recorded.occurred.at, recorded.order.into())),
            Event::NoShowWithdrawn(_) => self.no_show = None,
            _ => {}
        }
    }

    fn settle(&mut self, entries: &Entries, _: &[Recorded]) {
        self.line.settle(entries);
    }

    fn scrub(&mut self, store: &Store<'_>) -> Result<()> {
        let line = &mut self.line;
        if store.erased(line.id.0)? {
            line.erased = true;
            line.particulars = None;
            line.row = None;
        }
        Ok(())
    }

    fn load(store: &Store<'_>, id: Uuid) -> Result<Option<(Self, Order)>> {
        let sql = "SELECT l.movement, l.removed, p.row, p.body, l.listed_at, l.listed_node,
                l.listed_position, l.no_show_at, l.no_show_node, l.no_show_position,
                l.last_wall, l.last_counter, l.last_node, l.last_position,
                EXISTS (SELECT 1 FROM r_erased e WHERE e.owner = l.id)
            FROM r_line l LEFT JOIN r_line_particulars p ON p.line = l.id WHERE l.id = ?1";
        one(store.connection, sql, [id.as_bytes()], |columns| {
            let mut line = Line {
                id: LineId(id),
                movement: MovementId(columns.uuid()?),
                removed: columns.flag()?,
                row: columns.value()?,
                particulars: columns.cbor_if_any::<Particulars>()?,
                no_show: false,
                erased: false,
                taken_by: None,
            };
            let listed_at = columns.moment()?;
            let listed = store.read_place(columns)?.ok_or(RegisterError::Row)?;
            let no_show_at = columns.moment_if_any()?;
            let no_show = no_show_at.zip(store.read_place(columns)?);
            line.no_show = no_show.is_some();
            let last = store.read_order(columns)?;
            line.erased = columns.flag()?;
            let state = Self {
                line,
                listed_at,
                listed,
                no_show,
            };
            Ok((state, last))
        })
    }

    fn save(
        &self,
        before: Option<&Self>,
        last: &Order,
        store: &Store<'_>,
        touched: &mut Touched,
    ) -> Result<()> {
        let line = &self.line;
        let listed = store.place_columns(Some(self.listed))?;
        let no_show = store.place_columns(self.no_show.map(|(_, place)| place))?;
        let last = store.written(last)?;
        if before.is_none_or(|before| before.line.movement != line.movement) {
            touched.line(line.id);
        }
        store.run(
            "INSERT OR REPLACE INTO r_line (
                id, movement, removed, listed_at, listed_node, listed_position, no_show_at,
                no_show_node, no_show_position, last_wall, last_counter, last_node, last_position
            ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            params![
                line.id.0.as_bytes(),
                line.movement.0.as_bytes(),
                line.removed,
                self.listed_at.0,
                listed.0,
                listed.1,
                self.no_show.map(|(at, _)| at.0),
                no_show.0,
                no_show.1,
                last.wall,
                last.counter,
                last.node,
                last.position,
            ],
        )?;
        write_particulars(before.map(|before| &before.line), line, store)
    }
}

fn write_particulars(before: Option<&Line>, line: &Line, store: &Store<'_>) -> Result<()> {
    let sealed = |line: &Line| (line.row, line.particulars.clone());
    let (old, now) = (before.map(sealed).unwrap_or_default(), sealed(line));
    if old == now {
        return Ok(());
    }
    let id = line.id.0.as_bytes();
    if now == (None, None) {
        store.run("DELETE FROM r_line_particulars WHERE line = ?1", [id])?;
    } else {
        let folded = now.1.as_ref().map(|known| fold_name(&known.full_name()));
        store.run(
            "INSERT OR REPLACE INTO r_line_particulars (line, row, folded, body)
            VALUES (?1, ?2, ?3, ?4)",
            params![id, now.0, folded, now.1.as_ref().map(cbor)],
        )?;
    }
    let numbers = |particulars: Option<Particulars>| -> BTreeSet<String> {
        let documents = particulars.map(|known| known.documents).unwrap_or_default();
        let numbers = documents.into_iter().map(|document| document.number);
        numbers.collect()
    };
    let (old, now) = (numbers(old.1), numbers(now.1));
    for number in old.difference(&now) {
        store.run(
            "DELETE FROM r_line_document WHERE number = ?1 AND line = ?2",
            params![number, id],
        )?;
    }
    for number in now.difference(&old) {
        store.run(
            "INSERT INTO r_line_document (number, line) VALUES (?1, ?2)",
            params![number, id],
        )?;
    }
    Ok(())
}
