//! Making editions: count, hide, prove.

use std::collections::{BTreeMap, BTreeSet};

use disclosure::{Unprotected, protect};
use domain::{
    Day, Edition, EditionId, EditionRow, EditionTable, Known as _, Moment, Movement, MovementId,
    NewEdition, Period, SiteId,
};
use register::Register;

use super::plan::{BY_MOVEMENT, PLAN, is_summed, tables_of};
use super::system::{CameBy, Known, Numbers, System};
use crate::error::ReportError;
use crate::sitrep::{Dimension, Scope, Sitrep, Stamp, UNKNOWN};
use crate::window::Places;

/// What is to be published.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Asked {
    /// A day, or a month; with a month go those of its days that are not published yet.
    pub period: Period,
    /// When it is published: what happened later is not counted.
    pub cut_off: Moment,
}

/// Editions ready to be recorded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Prepared {
    /// Each with its tables, decided and proved.
    pub drafts: Vec<Draft>,
    /// The sites they count.
    pub sites: Vec<SiteId>,
    /// What happened at this moment or later is not counted.
    pub cut_off: Moment,
    /// How many editions were known; when there are more by now, it has to be done again.
    pub known: u32,
    /// How many of the numbers of people are hidden.
    pub hidden: usize,
    /// How many numbers of people there are.
    pub numbers: usize,
}

impl Prepared {
    /// The editions as they are to be recorded: with ids, and the leaf hash of the last event they
    /// were counted from.
    pub fn editions(self, log_end: &str, mut id: impl FnMut() -> EditionId) -> Vec<NewEdition> {
        let Self {
            drafts,
            sites,
            cut_off,
            ..
        } = self;
        let edition = |draft: Draft| NewEdition {
            id: id(),
            period: draft.period,
            sites: sites.clone(),
            cut_off,
            plan: PLAN,
            log_end: log_end.to_owned(),
            tables: draft.tables,
            basis: draft.basis,
        };
        drafts.into_iter().map(edition).collect()
    }
}

/// One edition, not recorded yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// Of when.
    pub period: Period,
    /// What is shown.
    pub tables: Vec<EditionTable>,
    /// Every number, in the order of the rows.
    pub basis: Vec<u64>,
}

/// Nothing can be published yet, or not by this node.
#[derive(Debug, thiserror::Error)]
pub enum Undecided {
    /// It could not be counted.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// A site still works on the last of these days.
    #[error("the last of these days is not over yet at every site: publish when it is")]
    NotOver,
    /// It was published before.
    #[error("this is published already and stays as it is")]
    Published,
    /// An edition before cannot be taken into account here.
    #[error(
        "an edition before was published by another node, and what it hides cannot be read here: \
        publish there"
    )]
    NotReadable,
    /// An edition before follows another plan.
    #[error("an edition before follows plan {plan}, which this version does not know: update it")]
    OtherPlan {
        /// The plan.
        plan: u16,
    },
    /// Whatever is hidden, it would give away what was hidden before.
    #[error(transparent)]
    Unprotected(#[from] Unprotected),
}

/// Counts what is asked, and hides of it what would tell too much together with what is published.
///
/// # Errors
/// [`Undecided`] says why nothing can be published.
pub fn prepare(register: &Register<'_>, asked: Asked) -> Result<Prepared, Undecided> {
    let places = Places::of(register, &[])?;
    let Asked { period, cut_off } = asked;
    if places
        .covered()
        .iter()
        .any(|site| site.span_of(period.to()).1 > cut_off)
    {
        return Err(Undecided::NotOver);
    }
    let editions = register.editions().map_err(ReportError::from)?;
    let count = u32::try_from(editions.len()).unwrap_or(u32::MAX);
    let published = of_the_month(editions, period)?;
    if published.contains_key(&key(period)) {
        return Err(Undecided::Published);
    }
    let mut drafts = Vec::new();
    for day in days_of(period) {
        if !published.contains_key(&key(Period::Day(day))) {
            drafts.push(draft(register, day, cut_off)?);
        }
    }
    if let Period::Month(_) = period {
        let days = published
            .values()
            .map(|(edition, basis)| (&edition.tables, basis));
        let days = days.chain(drafts.iter().map(|draft| (&draft.tables, &draft.basis)));
        drafts.push(month(period, days));
    }
    let (hidden, numbers) = decide(register, &places, &published, &mut drafts)?;
    Ok(Prepared {
        drafts,
        sites: places.covered().iter().map(|site| site.id).collect(),
        cut_off,
        known: count,
        hidden,
        numbers,
    })
}

type Published = BTreeMap<(Day, Day), (Edition, Vec<u64>)>;

fn key(period: Period) -> (Day, Day) {
    (period.from(), period.to())
}

fn days_of(period: Period) -> Vec<Day> {
    match period {
        Period::Day(day) => vec![day],
        Period::Month(_) => crate::window::days(period.from(), period.to()).unwrap_or_default(),
    }
}

/// What is published of the month that a period lies in. Should two nodes have published the same,
/// the one that stands first.
fn of_the_month(editions: Vec<Edition>, period: Period) -> Result<Published, Undecided> {
    let month = (
        period.from().0.first_of_month(),
        period.from().0.last_of_month(),
    );
    let mut published = Published::new();
    for edition in editions {
        let at = key(edition.period);
        if at.1.0 < month.0 || month.1 < at.0.0 || published.contains_key(&at) {
            continue;
        }
        if edition.plan != PLAN {
            return Err(Undecided::OtherPlan { plan: edition.plan });
        }
        let basis = edition.basis.clone().ok_or(Undecided::NotReadable)?;
        published.insert(at, (edition, basis));
    }
    Ok(published)
}

fn draft(register: &Register<'_>, day: Day, cut_off: Moment) -> Result<Draft, ReportError> {
    let tables = tables_of(&counted(register, day, cut_off)?);
    let rows = tables.iter().flat_map(|table| &table.rows);
    Ok(Draft {
        period: Period::Day(day),
        basis: rows.map(|row| row.count.unwrap_or_default()).collect(),
        tables,
    })
}

/// A day, counted.
pub(crate) fn counted(
    register: &Register<'_>,
    day: Day,
    cut_off: Moment,
) -> Result<Sitrep, ReportError> {
    let scope = Scope {
        sites: Vec::new(),
        from: day,
        to: day,
        cut_off,
    };
    let stamp = Stamp {
        operation: String::new(),
        log_end: String::new(),
        computed_at: cut_off,
        computed_by: String::new(),
    };
    Sitrep::compute(register, &scope, stamp)
}

/// Days summed table by table.
fn month<'a>(
    period: Period,
    days: impl Iterator<Item = (&'a Vec<EditionTable>, &'a Vec<u64>)>,
) -> Draft {
    let (tables, basis) = summed(days);
    Draft {
        period,
        tables,
        basis,
    }
}

/// Sums tables row by row, in the order of the plan.
pub(crate) fn summed<'a>(
    days: impl Iterator<Item = (&'a Vec<EditionTable>, &'a Vec<u64>)>,
) -> (Vec<EditionTable>, Vec<u64>) {
    let mut order: Vec<(String, Option<String>)> = Vec::new();
    let mut sums: BTreeMap<(String, Option<String>), BTreeMap<String, u64>> = BTreeMap::new();
    for (tables, numbers) in days {
        let mut numbers = numbers.iter();
        for table in tables {
            let name = (table.of.clone(), table.by.clone());
            if is_summed(table.by.as_deref()) && !sums.contains_key(&name) {
                order.push(name.clone());
                sums.insert(name.clone(), BTreeMap::new());
            }
            for row in &table.rows {
                let number = numbers.next().copied().unwrap_or_default();
                if let Some(sum) = sums.get_mut(&name) {
                    *sum.entry(row.code.clone()).or_default() += number;
                }
            }
        }
    }
    let mut basis = Vec::new();
    let tables = order.into_iter().map(|name| {
        let rows = sums.remove(&name).unwrap_or_default().into_iter();
        let rows = rows.map(|(code, sum)| {
            basis.push(sum);
            let count = Some(sum);
            EditionRow { code, count }
        });
        EditionTable {
            rows: rows.collect(),
            of: name.0,
            by: name.1,
        }
    });
    (tables.collect(), basis)
}

/// Hides what has to be hidden. Says how many numbers of people that is, of how many.
fn decide(
    register: &Register<'_>,
    places: &Places,
    published: &Published,
    drafts: &mut [Draft],
) -> Result<(usize, usize), Undecided> {
    let known = |period, tables, numbers, is_published| Known {
        period,
        tables,
        numbers: Numbers::All(numbers),
        is_published,
    };
    let before = published
        .values()
        .map(|(edition, basis)| known(edition.period, &edition.tables[..], &basis[..], true));
    let new = drafts
        .iter()
        .map(|draft| known(draft.period, &draft.tables[..], &draft.basis[..], false));
    let all: Vec<_> = before.chain(new).collect();
    let came_by = came_by(register, places, &all)?;
    let system = System::of(&all, &came_by);
    let (hidden, _) = protect(&system.tables)?;
    let (mut count, mut numbers) = (0, 0);
    for (draft, cells) in drafts.iter_mut().zip(&system.cells[published.len()..]) {
        let rows = draft.tables.iter_mut().flat_map(|table| &mut table.rows);
        for (row, cell) in rows.zip(cells) {
            let Some(cell) = cell else { continue };
            numbers += 1;
            if hidden[*cell] {
                count += 1;
                row.count = None;
            }
        }
    }
    Ok((count, numbers))
}

/// How the movements came that are named.
fn came_by(
    register: &Register<'_>,
    places: &Places,
    editions: &[Known<'_>],
) -> Result<CameBy, ReportError> {
    let tables = editions.iter().flat_map(|edition| edition.tables);
    let named: BTreeSet<&str> = tables
        .filter(|table| table.by.as_deref() == Some(BY_MOVEMENT))
        .flat_map(|table| table.rows.iter().map(|row| &*row.code))
        .collect();
    let mut came_by = CameBy::new();
    for code in named {
        let Ok(id) = code.parse::<MovementId>() else {
            continue;
        };
        if let Some(movement) = register.movement(id)? {
            came_by.insert(code.to_owned(), ways(&movement, places));
        }
    }
    Ok(came_by)
}

fn ways(movement: &Movement, places: &Places) -> Vec<(&'static str, String)> {
    let country = places.country(movement.origin);
    vec![
        (
            Dimension::DepartedFrom.code(),
            country.map_or_else(|| UNKNOWN.to_owned(), |country| country.to_string()),
        ),
        (
            Dimension::LegalBasis.code(),
            movement.legal_basis.to_string(),
        ),
        (
            Dimension::ScreenedBefore.code(),
            movement.screened_before.code().to_owned(),
        ),
    ]
}
