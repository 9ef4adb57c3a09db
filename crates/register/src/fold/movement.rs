//! Rows of movements.

use domain::{
    Entries, Event, Field, LegalBasis, Movement, MovementId, MovementKind, Order, Recorded,
    Screened, SiteId, Stage,
};
use rusqlite::named_params;
use uuid::Uuid;

use super::across::Touched;
use super::shelf::Aggregate;
use super::store::{Place, Store};
use crate::columns::{Columns, cbor, name_key, one};
use crate::{RegisterError, Result};

/// A movement and the events behind its numbers.
#[derive(Clone, PartialEq)]
pub(crate) struct MovementState {
    pub(crate) movement: Movement,
    announced: Place,
    counted: Option<Place>,
    /// While it is closed: where the logs ended that whoever closed it knew of.
    closed_upon: Option<Vec<Order>>,
}

impl MovementState {
    /// Closed at two places apart, it was closed with all that either knew.
    fn note_closing(&mut self, recorded: &Recorded) {
        let mut ends = recorded.upon.clone().unwrap_or_default();
        if self.movement.stage == Stage::Closed {
            for end in self.closed_upon.iter().flatten() {
                let known = ends.iter().position(|other| other.node == end.node);
                match known {
                    Some(place) if ends[place].position < end.position => ends[place] = *end,
                    Some(_) => {}
                    None => ends.push(*end),
                }
            }
            ends.sort_unstable();
        }
        self.closed_upon = recorded.upon.is_some().then_some(ends);
    }
}

/// The columns that [`read_movement`] reads, of a table called `m`.
pub(crate) const MOVEMENT_COLUMNS: &str = "m.id, m.kind, m.designator, m.origin, m.destination, \
    m.diverted_from, m.expected, m.legal_basis, m.announced, m.screened_before, m.stage, \
    m.departed_at, m.landed_at, m.headcount, m.closed_at, m.screening";

/// A movement out of [`MOVEMENT_COLUMNS`].
pub(crate) fn read_movement(columns: &mut Columns<'_, '_>) -> Result<Movement> {
    Ok(Movement {
        id: MovementId(columns.uuid()?),
        kind: MovementKind::any(columns.text()?),
        designator: columns.text()?,
        origin: SiteId(columns.uuid()?),
        destination: SiteId(columns.uuid()?),
        diverted_from: columns.uuid_if_any()?.map(SiteId),
        expected: columns.moment()?,
        legal_basis: LegalBasis::any(columns.text()?),
        announced: columns.count()?,
        screened_before: columns.code(Screened::from_code)?,
        stage: columns.code(Stage::from_code)?,
        departed_at: columns.moment_if_any()?,
        landed_at: columns.moment_if_any()?,
        headcount: columns.value()?,
        closed_at: columns.moment_if_any()?,
        screening: columns.cbor_if_any()?,
    })
}

impl Aggregate for MovementState {
    const KIND: i64 = 1;

    fn begin(recorded: &Recorded) -> Option<Self> {
        Some(Self {
            movement: Movement::from_event(recorded)?,
            announced: recorded.order.into(),
            counted: None,
            closed_upon: None,
        })
    }

    fn apply(&mut self, recorded: &Recorded) {
        let before = (self.movement.headcount, self.movement.landed_at);
        match &recorded.event {
            Event::MovementClosed(_) => self.note_closing(recorded),
            Event::MovementReopened(_) => self.closed_upon = None,
            _ => {}
        }
        self.movement.apply(recorded);
        if before != (self.movement.headcount, self.movement.landed_at) {
            self.counted = Some(recorded.order.into());
        }
    }

    fn settle(&mut self, entries: &Entries, _: &[Recorded]) {
        self.movement.settle(entries);
        let counted = entries.standing(Field::MovementHeadcount).next_back();
        if let Some(counted) = counted {
            self.counted = Some(counted.order.into());
        }
    }

    fn load(store: &Store<'_>, id: Uuid) -> Result<Option<(Self, Order)>> {
        let sql = format!(
            "SELECT {MOVEMENT_COLUMNS}, m.announced_node, m.announced_position, m.counted_node,
                m.counted_position, m.closed_upon, m.last_wall, m.last_counter, m.last_node, m.last_position
             FROM r_movement m WHERE m.id = ?1"
        );
        one(store.connection, &sql, [id.as_bytes()], |columns| {
            let movement = read_movement(columns)?;
            let announced = store.read_place(columns)?.ok_or(RegisterError::Row)?;
            let counted = store.read_place(columns)?;
            let state = Self {
                movement,
                announced,
                counted,
                closed_upon: columns.cbor_if_any()?,
            };
            Ok((state, store.read_order(columns)?))
        })
    }

    fn save(
        &self,
        _: Option<&Self>,
        last: &Order,
        store: &Store<'_>,
        _: &mut Touched,
    ) -> Result<()> {
        let movement = &self.movement;
        let announced = store.place_columns(Some(self.announced))?;
        let counted = store.place_columns(self.counted)?;
        let last = store.written(last)?;
        store.run(
            "INSERT OR REPLACE INTO r_movement (
                id, kind, designator, name_key, origin, destination, diverted_from, expected,
                legal_basis, announced, screened_before, stage, departed_at, landed_at, headcount,
                closed_at, screening, announced_node, announced_position, counted_node, counted_position,
                closed_upon, last_wall, last_counter, last_node, last_position
            ) VALUES (
                :id, :kind, :designator, :name_key, :origin, :destination, :diverted_from,
                :expected, :legal_basis, :announced, :screened_before, :stage, :departed_at,
                :landed_at, :headcount, :closed_at, :screening, :announced_node, :announced_position,
                :counted_node, :counted_position, :closed_upon, :wall, :counter, :node, :position
            )",
            named_params! {
                ":id": movement.id.0.as_bytes(),
                ":screening": movement.screening.as_ref().map(cbor),
                ":kind": movement.kind.as_str(),
                ":designator": movement.designator,
                ":name_key": name_key(&movement.designator),
                ":origin": movement.origin.0.as_bytes(),
                ":destination": movement.destination.0.as_bytes(),
                ":diverted_from": movement.diverted_from.map(|site| site.0.into_bytes()),
                ":expected": movement.expected.0,
                ":legal_basis": movement.legal_basis.as_str(),
                ":announced": movement.announced,
                ":screened_before": movement.screened_before.code(),
                ":stage": movement.stage.code(),
                ":departed_at": movement.departed_at.map(|at| at.0),
                ":landed_at": movement.landed_at.map(|at| at.0),
                ":headcount": movement.headcount,
                ":closed_at": movement.closed_at.map(|at| at.0),
                ":announced_node": announced.0,
                ":announced_position": announced.1,
                ":counted_node": counted.0,
                ":counted_position": counted.1,
                ":closed_upon": self.closed_upon.as_ref().map(cbor),
                ":wall": last.wall,
                ":counter": last.counter,
                ":node": last.node,
                ":position": last.position,
            },
        )?;
        Ok(())
    }
}
