//! What is published. The plan is fixed: tables asked for one by one could be chosen so that their
//! difference is one person. Every table has at most two dimensions, the day and one trait.

use domain::{EditionRow, EditionTable};

use crate::compute::number;
use crate::figure::Measure;
use crate::sitrep::{Dimension, Sitrep};

/// The plan's number; another plan would be another number, and could not be mixed with this one.
pub const PLAN: u16 = 1;

/// What is counted of everybody. Who did not come is not: those announced less those who landed would
/// tell it, hidden or not.
pub(crate) const TOTALS: [Measure; 8] = [
    Measure::Movements,
    Measure::Announced,
    Measure::Returned,
    Measure::Met,
    Measure::Registered,
    Measure::Screened,
    Measure::Assisted,
    Measure::Left,
];

/// Of whom it is told who they are, and by what.
pub(crate) const BREAKDOWNS: [(Measure, Dimension); 11] = [
    (Measure::Registered, Dimension::AgeGroup),
    (Measure::Assisted, Dimension::AgeGroup),
    (Measure::Registered, Dimension::Destination),
    (Measure::Registered, Dimension::Origin),
    (Measure::Registered, Dimension::LastResidence),
    (Measure::Screened, Dimension::Vulnerability),
    (Measure::Registered, Dimension::Waited),
    (Measure::Assisted, Dimension::Waited),
    (Measure::Returned, Dimension::DepartedFrom),
    (Measure::Returned, Dimension::LegalBasis),
    (Measure::Returned, Dimension::ScreenedBefore),
];

/// The table of the movements of a day, in the word that stands for a dimension there.
pub(crate) const BY_MOVEMENT: &str = "movement";

/// The table of what was received.
pub(crate) const BY_ITEM: &str = "item";

/// What a report counts as the tables of the plan; every number is in them, small ones too.
pub(crate) fn tables_of(sitrep: &Sitrep) -> Vec<EditionTable> {
    let totals = TOTALS.map(|of| {
        // The people of the movements named, so that the movements sum to it.
        let counts = match of {
            Measure::Movements | Measure::Returned => &sitrep.landed,
            _ => &sitrep.totals,
        };
        table(of, None, [(String::new(), number(counts.of(of)))])
    });
    let breakdowns = BREAKDOWNS.iter().filter_map(|(of, by)| {
        let rows = &sitrep.breakdown(*by, *of)?.rows;
        let rows = rows
            .iter()
            .map(|row| (row.code.clone(), number(&row.figure)));
        Some(table(*of, Some(by.code()), rows))
    });
    let movements = sitrep.movements.iter().map(|row| {
        let returned = number(row.counts.of(Measure::Returned));
        (row.movement.to_string(), returned)
    });
    let items = sitrep.items.iter();
    let items = items.map(|row| (row.item.as_str().to_owned(), number(&row.people)));
    totals
        .into_iter()
        .chain(breakdowns)
        .chain([
            table(Measure::Returned, Some(BY_MOVEMENT), movements),
            table(Measure::Assisted, Some(BY_ITEM), items),
        ])
        .collect()
}

fn table(
    of: Measure,
    by: Option<&str>,
    rows: impl IntoIterator<Item = (String, i64)>,
) -> EditionTable {
    let row = |(code, number): (String, i64)| EditionRow {
        code,
        count: Some(u64::try_from(number).unwrap_or_default()),
    };
    let mut rows: Vec<_> = rows.into_iter().map(row).collect();
    // By code and nothing else: an order by size would tell of hidden numbers which is the larger.
    rows.sort_by(|one, other| one.code.cmp(&other.code));
    EditionTable {
        of: of.code().to_owned(),
        by: by.map(str::to_owned),
        rows,
    }
}

/// Whether a month sums this table over its days. Movements are named day by day only.
pub(crate) fn is_summed(by: Option<&str>) -> bool {
    by != Some(BY_MOVEMENT)
}

/// Whether the rows of a table sum to the total of what it counts.
pub(crate) fn sums_to_total(by: &str) -> bool {
    match by {
        BY_MOVEMENT => true,
        BY_ITEM => false,
        code => Dimension::from_code(code).is_some_and(Dimension::parts_are_the_whole),
    }
}

/// Whether a row of a table can be no more than the total of what it counts, though rows overlap.
pub(crate) fn is_within_total(by: &str) -> bool {
    Dimension::from_code(by).is_some_and(|by| !by.parts_are_the_whole())
}

/// Whether numbers of this measure are people.
pub(crate) fn counts_people(of: &str) -> bool {
    of != Measure::Movements.code()
}
