//! Rows of entitlements and of every act of giving on record, disputed ones too.

use std::collections::BTreeMap;

use domain::{Arrival, Entitlement, EntitlementId, ItemCode, Redemption, SiteId, UserId};
use rusqlite::params;

use super::right::{MOVED_COLUMNS, read_moved, save_moved, standing, standing_number};
use super::store::Store;
use crate::Result;
use crate::columns::all;

/// The first act of giving on record, of any item.
pub(super) fn first(arrival: &Arrival) -> Option<&Redemption> {
    arrival
        .entitlements
        .iter()
        .flat_map(redemptions)
        .min_by_key(|redemption| (redemption.at, redemption.order))
}

fn redemptions(entitlement: &Entitlement) -> impl Iterator<Item = &Redemption> {
    entitlement.redeemed.iter().chain(&entitlement.disputed)
}

/// What an arrival is to receive, and received.
pub(super) fn load(no: i64, store: &Store<'_>) -> Result<Vec<Entitlement>> {
    let sql = format!(
        "SELECT e.id, e.item, e.quantity, e.waived, e.voided, e.granted_wall, e.granted_counter,
            e.granted_node, e.granted_position, {MOVED_COLUMNS}
        FROM r_entitlement e LEFT JOIN r_right m ON m.arrival = e.arrival AND m.place = e.place
        WHERE e.arrival = ?1 ORDER BY e.place"
    );
    let mut entitlements = all(store.connection, &sql, [no], |columns| {
        let id = EntitlementId(columns.uuid()?);
        let item = ItemCode::any(columns.text()?);
        let quantity = columns.count()?;
        let limit_waived = columns.flag()?;
        let voided = columns.count()?;
        let granted = store.read_order(columns)?;
        let moved = read_moved(columns, store)?;
        Ok(Entitlement {
            id,
            item,
            quantity,
            holder: moved.as_ref().map_or(granted.node, |moved| moved.holder),
            passing: moved.as_ref().and_then(|moved| moved.passing),
            moved_to: moved.and_then(|moved| moved.given_at),
            granted,
            limit_waived,
            redeemed: None,
            voided,
            disputed: Vec::new(),
        })
    })?;
    let sql =
        "SELECT entitlement, at, rough, author, site, from_stock, wall, counter, node, position,
            standing
        FROM r_redemption WHERE arrival = ?1 ORDER BY entitlement, place";
    let given = all(store.connection, sql, [no], |columns| {
        let place: u32 = columns.count()?;
        let at = columns.moment()?;
        let rough = columns.flag()?;
        let by = UserId(columns.uuid()?);
        let site = SiteId(columns.uuid()?);
        let from_stock = columns.flag()?;
        let order = store.read_order(columns)?;
        let standing = standing(columns.value()?)?;
        let redemption = Redemption {
            at,
            rough,
            by,
            site,
            from_stock,
            order,
            standing,
        };
        Ok((place, redemption))
    })?;
    for (place, redemption) in given {
        let Some(entitlement) = entitlements.get_mut(place as usize) else {
            continue;
        };
        if entitlement.redeemed.is_none() {
            entitlement.redeemed = Some(redemption);
        } else {
            entitlement.disputed.push(redemption);
        }
    }
    Ok(entitlements)
}

/// Writes what differs from the rows of `before`.
pub(super) fn save(
    no: i64,
    before: Option<&Arrival>,
    arrival: &Arrival,
    store: &Store<'_>,
) -> Result<()> {
    let old = before.map_or(&[][..], |before| &before.entitlements);
    if old == arrival.entitlements {
        return Ok(());
    }
    let mut standing = old.iter();
    for (place, entitlement) in (0..).zip(&arrival.entitlements) {
        let stood = standing.next();
        if stood != Some(entitlement) {
            write_entitlement(no, place, entitlement, store)?;
            save_moved(no, place, stood, entitlement, store)?;
        }
    }
    if standing.next().is_some() {
        let first = number(arrival.entitlements.len());
        store.run(
            "DELETE FROM r_entitlement WHERE arrival = ?1 AND place >= ?2",
            params![no, first],
        )?;
        store.run(
            "DELETE FROM r_right WHERE arrival = ?1 AND place >= ?2",
            params![no, first],
        )?;
    }
    let stands = acts(old);
    let now = acts(&arrival.entitlements);
    for (place, act) in &now {
        if stands.get(place) != Some(act) {
            write_act(no, *place, *act, store)?;
        }
    }
    for (entitlement, place) in stands.keys().filter(|place| !now.contains_key(place)) {
        store.run(
            "DELETE FROM r_redemption WHERE arrival = ?1 AND entitlement = ?2 AND place = ?3",
            params![no, entitlement, place],
        )?;
    }
    Ok(())
}

fn number(of: usize) -> u32 {
    u32::try_from(of).expect("an arrival has fewer entitlements than fit in memory")
}

fn write_entitlement(
    no: i64,
    place: u32,
    entitlement: &Entitlement,
    store: &Store<'_>,
) -> Result<()> {
    let granted = store.written(&entitlement.granted)?;
    store.run(
        "INSERT OR REPLACE INTO r_entitlement (
            arrival, place, id, item, quantity, granted_wall, granted_counter, granted_node,
            granted_position, waived, voided, given
        ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            no,
            place,
            entitlement.id.0.as_bytes(),
            entitlement.item.as_str(),
            entitlement.quantity,
            granted.wall,
            granted.counter,
            granted.node,
            granted.position,
            entitlement.limit_waived,
            entitlement.voided,
            number(redemptions(entitlement).count()),
        ],
    )?;
    Ok(())
}

/// An act of giving as it is written: what, whether it is the first of its item for this arrival,
/// and the act itself.
type Act<'a> = (&'a ItemCode, bool, &'a Redemption);

/// Every act of giving by entitlement and place among its acts.
fn acts(entitlements: &[Entitlement]) -> BTreeMap<(u32, u32), Act<'_>> {
    let mut firsts: BTreeMap<&ItemCode, &Redemption> = BTreeMap::new();
    for entitlement in entitlements {
        for redemption in redemptions(entitlement) {
            let first = firsts.entry(&entitlement.item).or_insert(redemption);
            if (redemption.at, redemption.order) < (first.at, first.order) {
                *first = redemption;
            }
        }
    }
    let mut acts = BTreeMap::new();
    for (number, entitlement) in (0..).zip(entitlements) {
        for (place, redemption) in (0..).zip(redemptions(entitlement)) {
            let first = firsts[&entitlement.item].order == redemption.order;
            acts.insert((number, place), (&entitlement.item, first, redemption));
        }
    }
    acts
}

fn write_act(
    no: i64,
    (entitlement, place): (u32, u32),
    (item, first, redemption): Act<'_>,
    store: &Store<'_>,
) -> Result<()> {
    let order = store.written(&redemption.order)?;
    store.run(
        "INSERT OR REPLACE INTO r_redemption (
            arrival, entitlement, place, item, first, from_stock, rough, at, author, site, wall,
            counter, node, position, standing
        ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        params![
            no,
            entitlement,
            place,
            item.as_str(),
            first,
            redemption.from_stock,
            redemption.rough,
            redemption.at.0,
            redemption.by.0.as_bytes(),
            redemption.site.0.as_bytes(),
            order.wall,
            order.counter,
            order.node,
            order.position,
            standing_number(redemption.standing),
        ],
    )?;
    Ok(())
}
