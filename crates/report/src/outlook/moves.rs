//! What could be moved between sites, so that less runs short.

use std::collections::BTreeMap;

use domain::{Danger, ItemCode, Moment, Onward, Site, SiteId, SiteKind};
use forecast::moving::{Site as Shelf, suggest};
use serde::Serialize;

use super::goods::Row;

/// Something to move.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Suggestion {
    /// What.
    pub item: ItemCode,
    /// How much.
    pub amount: u32,
    /// From where.
    pub from: SiteId,
    /// Its name.
    pub from_name: String,
    /// To where.
    pub to: SiteId,
    /// Its name.
    pub to_name: String,
    /// Whether anybody is to travel tonight between the two, by what is known of danger at either end.
    pub onward: Onward,
}

/// What could be moved, and whether that could be weighed at all.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Suggestions {
    /// What.
    pub moves: Vec<Suggestion>,
    /// Items of which nothing can be suggested, each with why; people have to look.
    pub unweighed: Vec<(ItemCode, String)>,
}

/// What could be moved: from what is left over even in the hard course, to what is short as it looks.
/// No lane crosses a border; how far sites are apart is not on record, so every lane counts the same,
/// but that warehouses give first.
pub(super) fn moves(sites: &[Site], rows: &[Row], danger: &Danger, now: Moment) -> Suggestions {
    let mut by_item: BTreeMap<&ItemCode, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        by_item.entry(&row.item).or_default().push(row);
    }
    let known = |id: SiteId| sites.iter().find(|site| site.id == id);
    let onward = |id: SiteId| {
        let area = known(id).and_then(|site| site.area.as_ref());
        area.map_or(Onward::Go, |area| danger.onward(area, now).0)
    };
    let mut found = Suggestions::default();
    for (item, rows) in by_item {
        let shelf = |row: &&Row| {
            let least = row.left.iter().map(|left| left.low).min().unwrap_or(0);
            Shelf {
                spare: u32::try_from(least.max(0)).unwrap_or(u32::MAX),
                short: u32::try_from(row.short_by).unwrap_or(u32::MAX),
            }
        };
        let shelves: Vec<_> = rows.iter().map(shelf).collect();
        let lane = |from: &Row, to: &Row| {
            let (from, to) = (known(from.site)?, known(to.site)?);
            // A warehouse is there to give; what lies where people arrive is better left there.
            let cost = if from.kind == SiteKind::WAREHOUSE {
                1
            } else {
                2
            };
            (from.country == to.country).then_some(cost)
        };
        let costs: Vec<Vec<_>> = rows
            .iter()
            .map(|from| rows.iter().map(|to| lane(from, to)).collect())
            .collect();
        let moves = match suggest(&shelves, &costs) {
            Ok(moves) => moves,
            Err(why) => {
                found.unweighed.push((item.clone(), why.to_string()));
                continue;
            }
        };
        found.moves.extend(moves.into_iter().map(|one| {
            let (from, to) = (rows[one.from], rows[one.to]);
            Suggestion {
                item: item.clone(),
                amount: one.amount,
                from: from.site,
                from_name: from.site_name.clone(),
                to: to.site,
                to_name: to.site_name.clone(),
                onward: onward(from.site).max(onward(to.site)),
            }
        }));
    }
    found
}
