//! Editions: what the public is told about a day or a month, frozen once it is told. A number that
//! is not shown stays out of the public body for ever; it rides beside it, sealed, because later
//! editions have to be held against every number that this one was made of.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use minicbor::{Decode, Encode};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use crate::event::{Event, Personal, Recorded};
use crate::{Day, EditionId, Moment, SiteId, Slot, UserId};

/// The smallest number of anything but movements that is published, apart from nought: counts from
/// 1 up to it could point at somebody.
pub const SMALLEST_PUBLISHED: u64 = 5;

/// The measure that counts vehicles and not people: its small numbers point at nobody.
const OF_NOBODY: &str = "movements";

/// What an edition is about: a working day, or the working days of a calendar month. Periods are
/// compared by their days, so that a month is one month by whichever of its days it is named.
#[derive(Clone, Copy, Debug)]
pub enum Period {
    /// One day.
    Day(Day),
    /// A month, by its first day.
    Month(Day),
}

impl PartialEq for Period {
    fn eq(&self, other: &Self) -> bool {
        self.days() == other.days()
    }
}

impl Eq for Period {}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> Ordering {
        self.days().cmp(&other.days())
    }
}

impl Hash for Period {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.days().hash(state);
    }
}

impl Period {
    /// The period of these days, both inclusive: one day, or exactly a calendar month. A month has
    /// at least 28 days, so that no days are both.
    pub fn of(from: Day, to: Day) -> Option<Self> {
        if from == to {
            return Some(Self::Day(from));
        }
        let month = from.0.day() == 1 && from.0.last_of_month() == to.0;
        month.then_some(Self::Month(from))
    }

    fn days(self) -> (Day, Day) {
        (self.from(), self.to())
    }

    /// Its first day.
    pub fn from(self) -> Day {
        match self {
            Self::Day(day) => day,
            Self::Month(day) => Day(day.0.first_of_month()),
        }
    }

    /// Its last day.
    pub fn to(self) -> Day {
        match self {
            Self::Day(day) => day,
            Self::Month(day) => Day(day.0.last_of_month()),
        }
    }
}

/// A day as `2021-09-19`, a month as `2021-09` (ISO 8601).
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Month(day) => write!(f, "{:04}-{:02}", day.0.year(), day.0.month()),
        }
    }
}

/// What is written is neither a day nor a month.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("neither a day (2021-09-19) nor a month (2021-09)")]
pub struct NotAPeriod;

/// The same, read.
impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        if let Ok(date) = text.parse() {
            return Ok(Self::Day(Day(date)));
        }
        let first = match text.len() {
            7 => format!("{text}-01").parse(),
            _ => return Err(NotAPeriod),
        };
        first
            .map(|date| Self::Month(Day(date)))
            .map_err(|_| NotAPeriod)
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut days = serializer.serialize_struct("Period", 2)?;
        days.serialize_field("from", &self.from())?;
        days.serialize_field("to", &self.to())?;
        days.end()
    }
}

/// One table of an edition.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct EditionTable {
    /// What is counted: the word of a measure, for instance `registered`.
    #[n(0)]
    pub of: String,
    /// By what: the word of a dimension; none for the total.
    #[n(1)]
    pub by: Option<String>,
    /// The numbers.
    #[n(2)]
    pub rows: Vec<EditionRow>,
}

/// One number of an edition.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct EditionRow {
    /// The value of the dimension; empty for a total.
    #[n(0)]
    pub code: String,
    /// How many; none where that is not shown.
    #[n(1)]
    pub count: Option<u64>,
}

impl EditionTable {
    /// Whether its numbers may be small: they count no people and nothing people received.
    pub fn counts_nobody(&self) -> bool {
        self.of == OF_NOBODY
    }
}

/// Whether tables may go out with the numbers they were made of, in the order of the rows: there is
/// a number for each row, what is shown is that number, and no count of people below
/// [`SMALLEST_PUBLISHED`] is shown but nought.
pub(crate) fn publishable(tables: &[EditionTable], basis: &[u64]) -> bool {
    let may_show = |table: &EditionTable, shown: u64, number: u64| {
        let pointing = (1..SMALLEST_PUBLISHED).contains(&shown) && !table.counts_nobody();
        shown == number && !pointing
    };
    let rows = |table: &'_ EditionTable| table.rows.len();
    let each = tables
        .iter()
        .flat_map(|table| table.rows.iter().map(move |row| (table, row)));
    tables.iter().map(rows).sum::<usize>() == basis.len()
        && each.zip(basis).all(|((table, row), number)| {
            row.count
                .is_none_or(|shown| may_show(table, shown, *number))
        })
}

/// An edition as it was published.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Edition {
    /// Its id.
    pub id: EditionId,
    /// What it is about.
    pub period: Period,
    /// The sites it counts.
    pub sites: Vec<SiteId>,
    /// Up to when what was recorded is in it.
    pub cut_off: Moment,
    /// Which plan of tables it follows.
    pub plan: u16,
    /// Where the log ended that it was counted from.
    pub log_end: String,
    /// What it shows.
    pub tables: Vec<EditionTable>,
    /// When it was published.
    pub published_at: Moment,
    /// By whom.
    pub by: UserId,
    /// Who looked at it too, and approved.
    pub approved_by: UserId,
    /// Every number, those not shown included, in the order of the rows of all tables; none where
    /// this node cannot read it. Never written where the public reads.
    #[serde(skip)]
    pub basis: Option<Vec<u64>>,
}

impl Edition {
    /// The edition that an event publishes.
    pub fn from_event(recorded: &Recorded) -> Option<Self> {
        let Event::EditionPublished(published) = &recorded.event else {
            return None;
        };
        let rows = published.tables.iter().map(|table| table.rows.len());
        let rows: usize = rows.sum();
        Some(Self {
            id: published.edition,
            period: Period::of(published.from, published.to)?,
            sites: published.sites.clone(),
            cut_off: published.cut_off,
            plan: published.plan,
            log_end: published.log_end.clone(),
            tables: published.tables.clone(),
            published_at: recorded.occurred.at,
            by: recorded.author,
            approved_by: published.approved_by,
            basis: match recorded.part(Slot::Basis) {
                Some(Personal::Basis(basis)) if basis.len() == rows => Some(basis.clone()),
                _ => None,
            },
        })
    }
}
