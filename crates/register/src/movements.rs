//! Movements, their manifests line by line, and the balance that has to add up.

use std::collections::BTreeMap;

use domain::{
    ArrivalId, CardCode, Document, DocumentKind, ImportId, Line, LineId, LineState, Moment,
    Movement, MovementId, PersonId, ScreenedBefore, SiteId, Stage, UserId,
};
use rusqlite::types::Value;
use rusqlite::{params, params_from_iter};

use crate::columns::{all, only};
use crate::fold::{MOVEMENT_COLUMNS, read_movement, words};
use crate::{Page, Paged, Register, Result};

/// Which movements.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MovementFilter {
    /// To this site.
    pub destination: Option<SiteId>,
    /// At one of these stages; at any where none is named.
    pub stages: Vec<Stage>,
    /// Landed, or else expected, from this instant on …
    pub from: Option<Moment>,
    /// … and before this one.
    pub to: Option<Moment>,
}

/// A movement in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MovementRow {
    /// The movement.
    pub movement: Movement,
    /// Name of the site it comes from, where known here.
    pub origin: Option<String>,
    /// Name of the site it goes to, where known here.
    pub destination: Option<String>,
    /// People on its manifest now.
    pub listed: u32,
    /// People given a number.
    pub met: u32,
    /// People registered.
    pub registered: u32,
}

/// How the people of a movement add up: `listed + unlisted = registered + no_show + waiting`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Balance {
    /// People on the manifest now, or registered from it.
    pub listed: u32,
    /// People registered without a line of their own. Who claims a line somebody else registered
    /// for earlier counts here.
    pub unlisted: u32,
    /// People registered.
    pub registered: u32,
    /// People on the manifest who did not come.
    pub no_show: u32,
    /// People on the manifest of whom nothing is known yet.
    pub waiting: u32,
    /// Lines a corrected manifest no longer names; not in the balance.
    pub removed: u32,
    /// People given a number.
    pub met: u32,
}

impl Balance {
    /// Whether it adds up.
    pub const fn adds_up(&self) -> bool {
        self.listed + self.unlisted == self.registered + self.no_show + self.waiting
    }
}

/// Which lines of a manifest.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LineFilter {
    /// In this state.
    pub state: Option<LineState>,
    /// Whose name has words that begin so, in any order, or whose document number begins so.
    pub search: Option<String>,
}

/// A line in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineRow {
    /// The line.
    pub line: Line,
    /// The person registered for it.
    pub person: Option<PersonId>,
    /// Their number in the queue.
    pub queue: Option<u32>,
    /// Their card.
    pub card: Option<CardCode>,
    /// Later arrivals that claim the line as well.
    pub disputed: Vec<ArrivalId>,
}

/// One import of a manifest file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportRow {
    /// The import.
    pub import: ImportId,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: UserId,
    /// Rows that could be read.
    pub read: u32,
    /// People new on the list.
    pub listed: u32,
    /// People whose particulars changed.
    pub changed: u32,
    /// People no longer on the list.
    pub removed: u32,
    /// Rows that could not be read.
    pub refused: u32,
}

/// Whether a line is in a state, as [`Line::state`] says it; `a` is the arrival that holds it.
const fn state_condition(state: LineState) -> &'static str {
    match state {
        LineState::Registered => "a.no IS NOT NULL",
        LineState::Removed => "a.no IS NULL AND l.removed = 1",
        LineState::NoShow => "a.no IS NULL AND l.removed = 0 AND l.no_show_at IS NOT NULL",
        LineState::Waiting => "a.no IS NULL AND l.removed = 0 AND l.no_show_at IS NULL",
    }
}

/// What the people of each movement say of a screening before they were sent, in numbers.
pub type ToldBefore = BTreeMap<MovementId, BTreeMap<ScreenedBefore, u32>>;

impl Register<'_> {
    /// What people said at the desk of a screening before they were sent, by movement; of one movement
    /// where one is named. Who did not come, was not asked or was erased is in no number.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn told_before(&self, movement: Option<MovementId>) -> Result<ToldBefore> {
        let which = if movement.is_some() {
            "a.movement = ?1"
        } else {
            "?1 IS NULL"
        };
        let sql = format!(
            "SELECT a.movement, s.before, count(*) FROM r_screening s
            JOIN r_arrival a ON a.no = s.arrival
            WHERE s.before IS NOT NULL AND a.withdrawn_at IS NULL AND {which}
            GROUP BY a.movement, s.before"
        );
        let movement = movement.map(|movement| movement.0.as_bytes().to_vec());
        let rows = all(self.connection(), &sql, [movement], |columns| {
            let movement = MovementId(columns.uuid()?);
            let answer: String = columns.value()?;
            Ok((movement, answer, columns.value::<u32>()?))
        })?;
        let mut told = ToldBefore::new();
        for (movement, answer, people) in rows {
            if let Some(answer) = ScreenedBefore::from_code(&answer) {
                told.entry(movement).or_default().insert(answer, people);
            }
        }
        Ok(told)
    }

    /// The names of the other movements that are open: announced, under way or landed.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn other_open_names(&self, than: MovementId) -> Result<Vec<String>> {
        let sql = "SELECT designator FROM r_movement
            WHERE stage IN ('announced', 'departed', 'landed') AND id <> ?1 ORDER BY designator";
        all(self.connection(), sql, [than.0.as_bytes()], |columns| {
            columns.text()
        })
    }

    /// Movements, the newest first.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn movements(&self, filter: &MovementFilter, page: Page) -> Result<Paged<MovementRow>> {
        let conditions = "(?1 IS NULL OR m.destination = ?1)
            AND (?2 IS NULL OR instr(?2, ' ' || m.stage || ' ') > 0)
            AND (?3 IS NULL OR coalesce(m.landed_at, m.expected) >= ?3)
            AND (?4 IS NULL OR coalesce(m.landed_at, m.expected) < ?4)";
        let destination = filter.destination.map(|site| site.0.into_bytes());
        let stages: Vec<_> = filter.stages.iter().map(|stage| stage.code()).collect();
        let stage = (!stages.is_empty()).then(|| format!(" {} ", stages.join(" ")));
        let from = filter.from.map(|at| at.0);
        let to = filter.to.map(|at| at.0);
        let sql = format!("SELECT count(*) FROM r_movement m WHERE {conditions}");
        let total = only(
            self.connection(),
            &sql,
            params![destination, stage, from, to],
            |columns| columns.position(),
        )?;
        let sql = format!(
            "SELECT {MOVEMENT_COLUMNS}, o.name, d.name,
                (SELECT count(*) FROM r_line l
                    LEFT JOIN r_present a ON a.line = l.id AND a.listed = 1
                    WHERE l.movement = m.id AND (l.removed = 0 OR a.no IS NOT NULL)),
                (SELECT count(*) FROM r_present a WHERE a.movement = m.id),
                (SELECT count(registered_at) FROM r_present a WHERE a.movement = m.id)
            FROM r_movement m LEFT JOIN r_site o ON o.id = m.origin
            LEFT JOIN r_site d ON d.id = m.destination
            WHERE {conditions}
            ORDER BY coalesce(m.landed_at, m.expected) DESC, m.id LIMIT ?5 OFFSET ?6"
        );
        let values = params![destination, stage, from, to, page.limit(), page.offset()];
        let rows = all(self.connection(), &sql, values, |columns| {
            Ok(MovementRow {
                movement: read_movement(columns)?,
                origin: columns.value()?,
                destination: columns.value()?,
                listed: columns.count()?,
                met: columns.count()?,
                registered: columns.count()?,
            })
        })?;
        Ok(Paged { rows, total })
    }

    /// Movements being received at a site, the newest first.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn being_received(&self, site: SiteId) -> Result<Vec<Movement>> {
        let sql = format!(
            "SELECT {MOVEMENT_COLUMNS} FROM r_movement m
            WHERE m.destination = ?1 AND m.stage = ?2 ORDER BY m.landed_at DESC, m.id"
        );
        let values = params![site.0.as_bytes(), Stage::Landed.code()];
        all(self.connection(), &sql, values, read_movement)
    }

    /// Movements that landed in a span, at one site or at any, in the order in which they landed.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn landed(
        &self,
        destination: Option<SiteId>,
        from: Moment,
        to: Moment,
    ) -> Result<Vec<Movement>> {
        let sql = format!(
            "SELECT {MOVEMENT_COLUMNS} FROM r_movement m
            WHERE m.stage IN (?1, ?2) AND m.landed_at >= ?3 AND m.landed_at < ?4
                AND (?5 IS NULL OR m.destination = ?5)
            ORDER BY m.landed_at, m.id"
        );
        let values = params![
            Stage::Landed.code(),
            Stage::Closed.code(),
            from.0,
            to.0,
            destination.map(|site| site.0.into_bytes()),
        ];
        all(self.connection(), &sql, values, read_movement)
    }

    /// How the people of a movement add up.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn balance(&self, movement: MovementId) -> Result<Balance> {
        let id = movement.0.as_bytes();
        let sql = format!(
            "SELECT count(*) FILTER (WHERE {}), count(*) FILTER (WHERE {}),
                count(*) FILTER (WHERE {}), count(*) FILTER (WHERE {})
            FROM r_line l LEFT JOIN r_present a ON a.line = l.id AND a.listed = 1
            WHERE l.movement = ?1",
            state_condition(LineState::Registered),
            state_condition(LineState::NoShow),
            state_condition(LineState::Waiting),
            state_condition(LineState::Removed),
        );
        let (held, no_show, waiting, removed) = only(self.connection(), &sql, [id], |columns| {
            let held = columns.count()?;
            Ok((held, columns.count()?, columns.count()?, columns.count()?))
        })?;
        let sql = "SELECT count(*), count(registered_at),
                count(*) FILTER (WHERE registered_at IS NOT NULL AND listed = 0)
            FROM r_present WHERE movement = ?1";
        only(self.connection(), sql, [id], |columns| {
            Ok(Balance {
                listed: held + no_show + waiting,
                met: columns.count()?,
                registered: columns.count()?,
                unlisted: columns.count()?,
                no_show,
                waiting,
                removed,
            })
        })
    }

    /// The movements closed last that had a manifest, the newest first.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn closed_with_manifest(&self, most: u32) -> Result<Vec<MovementId>> {
        let sql = "SELECT m.id FROM r_movement m WHERE m.stage = 'closed'
                AND EXISTS (SELECT 1 FROM r_line l WHERE l.movement = m.id AND l.removed = 0)
            ORDER BY m.closed_at DESC, m.id LIMIT ?1";
        all(self.connection(), sql, [most], |columns| {
            columns.uuid().map(MovementId)
        })
    }

    /// The manifest of a movement, in the order of the rows of its newest file.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn manifest(
        &self,
        movement: MovementId,
        filter: &LineFilter,
        page: Page,
    ) -> Result<Paged<LineRow>> {
        let mut conditions = vec!["l.movement = ?1".to_owned()];
        let mut values = vec![Value::Blob(movement.0.as_bytes().to_vec())];
        conditions.extend(filter.state.map(|state| state_condition(state).to_owned()));
        if let Some((condition, patterns)) = filter
            .search
            .as_deref()
            .and_then(|typed| named_like(typed, 2))
        {
            conditions.push(condition);
            values.extend(patterns.into_iter().map(Value::Text));
        }
        let conditions = conditions.join(" AND ");
        let from = "r_line l LEFT JOIN r_line_particulars p ON p.line = l.id
            LEFT JOIN r_present a ON a.line = l.id AND a.listed = 1";
        let sql = format!("SELECT count(*) FROM {from} WHERE {conditions}");
        let total = only(
            self.connection(),
            &sql,
            params_from_iter(&values),
            |columns| columns.position(),
        )?;
        let (limit, offset) = (page.limit(), page.offset());
        let sql = format!(
            "SELECT l.id, p.row, l.removed, l.no_show_at IS NOT NULL,
                EXISTS (SELECT 1 FROM r_erased e WHERE e.owner = l.id), p.body, a.id, a.person,
                a.queue, a.card
            FROM {from} WHERE {conditions}
            ORDER BY p.row IS NULL, p.row, l.id LIMIT {limit} OFFSET {offset}"
        );
        let mut rows = all(
            self.connection(),
            &sql,
            params_from_iter(&values),
            |columns| {
                let line = Line {
                    id: LineId(columns.uuid()?),
                    movement,
                    row: columns.value()?,
                    removed: columns.flag()?,
                    no_show: columns.flag()?,
                    erased: columns.flag()?,
                    particulars: columns.cbor_if_any()?,
                    taken_by: columns.uuid_if_any()?.map(ArrivalId),
                };
                Ok(LineRow {
                    line,
                    person: columns.uuid_if_any()?.map(PersonId),
                    queue: columns.value()?,
                    card: columns
                        .value::<Option<String>>()?
                        .and_then(|code| code.parse().ok()),
                    disputed: Vec::new(),
                })
            },
        )?;
        for row in &mut rows {
            row.disputed = self.later_claims(row.line.id)?;
        }
        Ok(Paged { rows, total })
    }

    /// Arrivals that claim a line and do not hold it.
    fn later_claims(&self, line: LineId) -> Result<Vec<ArrivalId>> {
        let sql = "SELECT id FROM r_present WHERE line = ?1 AND listed = 0 ORDER BY id";
        all(self.connection(), sql, [line.0.as_bytes()], |columns| {
            Ok(ArrivalId(columns.uuid()?))
        })
    }

    /// The imports of a movement's manifest, the newest first.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn imports(&self, movement: MovementId) -> Result<Vec<ImportRow>> {
        let sql = "SELECT import, at, author, read, listed, changed, removed, refused
            FROM r_import WHERE movement = ?1 ORDER BY at DESC, position DESC";
        all(self.connection(), sql, [movement.0.as_bytes()], |columns| {
            Ok(ImportRow {
                import: ImportId(columns.uuid()?),
                at: columns.moment()?,
                by: UserId(columns.uuid()?),
                read: columns.count()?,
                listed: columns.count()?,
                changed: columns.count()?,
                removed: columns.count()?,
                refused: columns.count()?,
            })
        })
    }
}

/// Whether a line (`l` with its particulars `p`) is what somebody typed: every word begins a word of
/// the name, or the whole begins the number of a document. The patterns are the values of the
/// condition, the first of them numbered so. Nothing typed, no condition.
pub(crate) fn named_like(typed: &str, first: usize) -> Option<(String, Vec<String>)> {
    if typed.trim().is_empty() {
        return None;
    }
    // Folded words and document numbers are letters and digits: nothing in them is a wild card.
    let mut patterns: Vec<_> = words(typed)
        .iter()
        .map(|word| format!("* {word}*"))
        .collect();
    let names: Vec<_> = (first..)
        .zip(&patterns)
        .map(|(place, _)| format!("' ' || p.folded GLOB ?{place}"))
        .collect();
    let number = Document::new(DocumentKind::Other, typed, None).number;
    if names.is_empty() || number.is_empty() {
        return Some(("0".to_owned(), Vec::new()));
    }
    let place = first + patterns.len();
    patterns.push(format!("{number}*"));
    let condition = format!(
        "({} OR EXISTS (SELECT 1 FROM r_line_document d
            WHERE d.line = l.id AND d.number GLOB ?{place}))",
        names.join(" AND ")
    );
    Some((condition, patterns))
}
