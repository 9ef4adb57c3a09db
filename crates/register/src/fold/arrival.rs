//! Rows of arrivals with what they are to receive, what they received, and, apart, what only some
//! nodes may read of them.

use domain::{
    Arrival, CardCode, Entries, Event, Order, PersonId, Priority, Recorded, Registration,
    ScreenedBefore, Screening, says_again,
};
use domain::{ArrivalId, LineId, Moment, MovementId, SiteId, UserId};
use rusqlite::params;
use uuid::Uuid;

use super::across::Touched;
use super::giving;
use super::shelf::Aggregate;
use super::store::{Place, Store};
use crate::columns::{Columns, cbor, one, only};
use crate::packed::{ASSISTED, LEFT, MET, REGISTERED, SCREENED};
use crate::{RegisterError, Result};

/// An arrival and the events that make it count.
#[derive(Clone, PartialEq)]
pub(crate) struct ArrivalState {
    pub(crate) arrival: Arrival,
    met: Place,
    first_screened: Option<(Moment, Place)>,
    left: Option<Place>,
    /// A bit for each moment of which no more than the day is known; what was given has its own.
    rough: u8,
}

/// The bit of a moment in `rough`.
const fn bit(moment: usize) -> u8 {
    1 << moment
}

impl Aggregate for ArrivalState {
    const KIND: i64 = 3;

    fn begin(recorded: &Recorded) -> Option<Self> {
        Some(Self {
            arrival: Arrival::from_event(recorded)?,
            met: recorded.order.into(),
            first_screened: None,
            left: None,
            rough: if recorded.occurred.precision.is_rough() {
                bit(MET)
            } else {
                0
            },
        })
    }

    fn apply(&mut self, recorded: &Recorded) {
        let registered_before = self.arrival.registration.is_some();
        self.arrival.apply(recorded);
        match &recorded.event {
            Event::ArrivalScreened(_) if self.first_screened.is_none() => {
                self.first_screened = Some((recorded.occurred.at, recorded.order.into()));
                self.set_rough(SCREENED, recorded);
            }
            Event::ArrivalLeft(_) => {
                self.left = Some(recorded.order.into());
                self.set_rough(LEFT, recorded);
            }
            _ => {}
        }
        if !registered_before && self.arrival.registration.is_some() {
            self.set_rough(REGISTERED, recorded);
        }
    }

    /// The first of each is no edit of anything, and there are many of them.
    fn is_edited_by(&self, recorded: &Recorded) -> bool {
        match &recorded.event {
            Event::ArrivalScreened(_) => self.arrival.screened_at.is_some(),
            Event::ArrivalFlagged(_) => self.arrival.flagged,
            Event::ArrivalRegistered(_) => {
                self.arrival.registration.is_some() || self.arrival.withdrawn_at.is_some()
            }
            // What a withdrawal took back and what brings it back stand in the history alone.
            Event::ArrivalWithdrawn(_) => true,
            Event::EntitlementRedeemed(_) => self.arrival.withdrawn_at.is_some(),
            _ => says_again(&recorded.event),
        }
    }

    fn settle(&mut self, entries: &Entries, history: &[Recorded]) {
        self.arrival.settle(entries, history);
        let Some(registration) = &self.arrival.registration else {
            return;
        };
        // Another than the first may be shown, or one that was withdrawn is again.
        let stands = |recorded: &&Recorded| recorded.order == registration.order;
        if let Some(recorded) = history.iter().find(stands) {
            self.set_rough(REGISTERED, recorded);
        }
    }

    fn scrub(&mut self, store: &Store<'_>) -> Result<()> {
        let arrival = &mut self.arrival;
        if arrival.priority.is_none() && arrival.screening.is_none() {
            return Ok(());
        }
        if store.erased(arrival.id.0)? {
            arrival.priority = None;
            arrival.screening = None;
        } else if let Some(PersonId(person)) = arrival.person()
            && store.erased(person)?
        {
            arrival.screening = None;
        }
        Ok(())
    }

    fn load(store: &Store<'_>, id: Uuid) -> Result<Option<(Self, Order)>> {
        let sql = "SELECT a.no, a.met_at, a.registered_at, a.first_screened_at, a.left_at,
                a.withdrawn_at, a.withdrawn_from, a.declined, a.flagged, a.rough, a.site, a.movement, a.id, a.queue, a.card, a.person, a.line,
                a.informed, a.registered_by, a.screened_at, a.protection_notes, p.code, s.body,
                a.met_node, a.met_position, a.first_screened_node, a.first_screened_position,
                a.left_node, a.left_position, a.last_wall, a.last_counter, a.last_node,
                a.last_position, a.registered_wall, a.registered_counter, a.registered_node,
                a.registered_position
            FROM r_arrival a
            LEFT JOIN r_priority p ON p.arrival = a.no
            LEFT JOIN r_screening s ON s.arrival = a.no
            WHERE a.id = ?1";
        let read = |columns: &mut Columns<'_, '_>| read(columns, store);
        let Some((no, mut state, last)) = one(store.connection, sql, [id.as_bytes()], read)? else {
            return Ok(None);
        };
        state.arrival.entitlements = giving::load(no, store)?;
        Ok(Some((state, last)))
    }

    fn save(
        &self,
        before: Option<&Self>,
        last: &Order,
        store: &Store<'_>,
        touched: &mut Touched,
    ) -> Result<()> {
        let no = self.write(last, store)?;
        touched.counted(no);
        let arrival = &self.arrival;
        let before = before.map(|before| &before.arrival);
        giving::save(no, before, arrival, store)?;
        if before.and_then(|before| before.priority) != arrival.priority {
            write_priority(no, arrival.priority, store)?;
        }
        let screening_before = before.and_then(|before| before.screening.as_ref());
        if screening_before != arrival.screening.as_ref() {
            write_screening(no, arrival.screening.as_ref(), store)?;
        }
        let line = |arrival: &Arrival| arrival.registration.as_ref().and_then(|how| how.line);
        let claims = (before.and_then(line), line(arrival));
        if claims.0 != claims.1 || before.is_none_or(|before| before.movement != arrival.movement) {
            touched.lines(claims.0.into_iter().chain(claims.1));
        }
        let traits_of = |arrival: &Arrival| (arrival.site, arrival.met_at, arrival.person());
        if arrival.person().is_some() && before.map(traits_of) != Some(traits_of(arrival)) {
            touched.arrival(no);
        }
        if arrival.person().is_none() && before.is_some_and(|before| before.person().is_some()) {
            // Withdrawn: the traits were those of the person who was registered.
            store.run("DELETE FROM r_arrival_traits WHERE arrival = ?1", [no])?;
        }
        Ok(())
    }
}

/// One row, with everything but what is to be received.
fn read(columns: &mut Columns<'_, '_>, store: &Store<'_>) -> Result<(i64, ArrivalState, Order)> {
    let no = columns.value()?;
    let met_at = columns.moment()?;
    let registered_at = columns.moment_if_any()?;
    let first_screened_at = columns.moment_if_any()?;
    let left_at = columns.moment_if_any()?;
    let withdrawn_at = columns.moment_if_any()?;
    let withdrawn_from = columns.uuid_if_any()?.map(PersonId);
    let declined = columns.flag()?;
    let flagged = columns.flag()?;
    let rough = columns.value::<u8>()? & !bit(ASSISTED);
    let site = SiteId(columns.uuid()?);
    let movement = MovementId(columns.uuid()?);
    let id = ArrivalId(columns.uuid()?);
    let queue = columns.count()?;
    let card = columns.code(|code| code.parse::<CardCode>().ok())?;
    let person = columns.uuid_if_any()?;
    let line = columns.uuid_if_any()?;
    let informed = columns.flag()?;
    let registered_by = columns.uuid_if_any()?;
    let mut arrival = Arrival {
        id,
        movement,
        site,
        queue,
        card,
        met_at,
        flagged,
        registration: None,
        screened_at: columns.moment_if_any()?,
        protection_notes: columns.count()?,
        priority: priority(columns)?,
        screening: columns.cbor_if_any::<Screening>()?,
        entitlements: Vec::new(),
        left_at,
        withdrawn_at,
        withdrawn_from,
    };
    let met = store.read_place(columns)?.ok_or(RegisterError::Row)?;
    let first_screened = first_screened_at.zip(store.read_place(columns)?);
    let left = store.read_place(columns)?;
    let last = store.read_order(columns)?;
    if let (Some(at), Some(person), Some(by)) = (registered_at, person, registered_by) {
        arrival.registration = Some(Registration {
            person: PersonId(person),
            line: line.map(LineId),
            declined,
            informed,
            at,
            by: UserId(by),
            order: store.read_order(columns)?,
        });
    }
    let state = ArrivalState {
        arrival,
        met,
        first_screened,
        left,
        rough,
    };
    Ok((no, state, last))
}

/// The reason to be called first, where there is one to be read.
pub(crate) fn priority(columns: &mut Columns<'_, '_>) -> Result<Option<Priority>> {
    let code: Option<String> = columns.value()?;
    code.map(|code| Priority::from_code(&code).ok_or(RegisterError::Row))
        .transpose()
}

impl ArrivalState {
    fn set_rough(&mut self, moment: usize, recorded: &Recorded) {
        self.rough &= !bit(moment);
        if recorded.occurred.precision.is_rough() {
            self.rough |= bit(moment);
        }
    }

    /// Writes the public row and returns its number.
    fn write(&self, last: &Order, store: &Store<'_>) -> Result<i64> {
        let arrival = &self.arrival;
        let how = arrival.registration.as_ref();
        let met = store.place_columns(Some(self.met))?;
        let registered = how.map(|how| store.written(&how.order));
        let registered = registered.transpose()?;
        let screened = store.place_columns(self.first_screened.map(|(_, place)| place))?;
        let assisted = giving::first(arrival);
        let assisted_place = store.place_columns(assisted.map(|first| first.order.into()))?;
        let left = store.place_columns(self.left)?;
        let given_roughly = assisted.is_some_and(|first| first.rough);
        let rough = self.rough | if given_roughly { bit(ASSISTED) } else { 0 };
        let last = store.written(last)?;
        let sql = "INSERT INTO r_arrival (
                met_at, registered_at, first_screened_at, assisted_at, left_at, listed, declined,
                flagged, site, movement, id, queue, card, person, line, informed, registered_by,
                screened_at, protection_notes, met_node, met_position, registered_wall,
                registered_counter, registered_node, registered_position, first_screened_node,
                first_screened_position, assisted_node, assisted_position, left_node,
                left_position, last_wall, last_counter, last_node, last_position, withdrawn_at, withdrawn_from,
                rough
            ) VALUES (
                ?1, ?2, ?3, ?4, ?5, 0, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
                ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36,
                ?37
            ) ON CONFLICT (id) DO UPDATE SET
                met_at = ?1, registered_at = ?2, first_screened_at = ?3, assisted_at = ?4,
                left_at = ?5, listed = listed AND line IS ?14 AND movement IS ?9, declined = ?6, flagged = ?7, site = ?8, movement = ?9, queue = ?11,
                card = ?12, person = ?13, line = ?14, informed = ?15, registered_by = ?16,
                screened_at = ?17, protection_notes = ?18, met_node = ?19, met_position = ?20,
                registered_wall = ?21, registered_counter = ?22, registered_node = ?23,
                registered_position = ?24, first_screened_node = ?25,
                first_screened_position = ?26, assisted_node = ?27, assisted_position = ?28,
                left_node = ?29, left_position = ?30, last_wall = ?31, last_counter = ?32,
                last_node = ?33, last_position = ?34, withdrawn_at = ?35, withdrawn_from = ?36,
                rough = ?37
            RETURNING no";
        let values = params![
            arrival.met_at.0,
            how.map(|how| how.at.0),
            self.first_screened.map(|(at, _)| at.0),
            assisted.map(|first| first.at.0),
            arrival.left_at.map(|at| at.0),
            how.is_some_and(|how| how.declined),
            arrival.flagged,
            arrival.site.0.as_bytes(),
            arrival.movement.0.as_bytes(),
            arrival.id.0.as_bytes(),
            arrival.queue,
            arrival.card.as_str(),
            how.map(|how| how.person.0.into_bytes()),
            how.and_then(|how| how.line).map(|line| line.0.into_bytes()),
            how.is_some_and(|how| how.informed),
            how.map(|how| how.by.0.into_bytes()),
            arrival.screened_at.map(|at| at.0),
            arrival.protection_notes,
            met.0,
            met.1,
            registered.map(|order| order.wall),
            registered.map(|order| order.counter),
            registered.map(|order| order.node),
            registered.map(|order| order.position),
            screened.0,
            screened.1,
            assisted_place.0,
            assisted_place.1,
            left.0,
            left.1,
            last.wall,
            last.counter,
            last.node,
            last.position,
            arrival.withdrawn_at.map(|at| at.0),
            arrival.withdrawn_from.map(|person| person.0.into_bytes()),
            rough,
        ];
        only(store.connection, sql, values, |columns| columns.value())
    }
}

fn write_priority(no: i64, priority: Option<Priority>, store: &Store<'_>) -> Result<()> {
    match priority {
        Some(priority) => store.run(
            "INSERT OR REPLACE INTO r_priority (arrival, code) VALUES (?1, ?2)",
            params![no, priority.code()],
        )?,
        None => store.run("DELETE FROM r_priority WHERE arrival = ?1", [no])?,
    };
    Ok(())
}

fn write_screening(no: i64, screening: Option<&Screening>, store: &Store<'_>) -> Result<()> {
    store.run("DELETE FROM r_vulnerability WHERE arrival = ?1", [no])?;
    let Some(screening) = screening else {
        store.run("DELETE FROM r_screening WHERE arrival = ?1", [no])?;
        return Ok(());
    };
    store.run(
        "INSERT OR REPLACE INTO r_screening (arrival, body, before) VALUES (?1, ?2, ?3)",
        params![
            no,
            cbor(screening),
            screening.before.map(ScreenedBefore::code)
        ],
    )?;
    for vulnerability in &screening.vulnerabilities {
        store.run(
            "INSERT OR IGNORE INTO r_vulnerability (arrival, code) VALUES (?1, ?2)",
            params![no, vulnerability.as_str()],
        )?;
    }
    Ok(())
}
