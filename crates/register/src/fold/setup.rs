//! Rows of what is set up: sites, items, the package, legal bases of the operation's own list. They
//! change seldom and are few, so each is folded with its whole history whenever something is said of it.

use std::collections::BTreeMap;

use domain::{DefinedBasis, Entries, Event, Field, Item, Order, Package, Recorded, Site, Value};
use rusqlite::params;
use uuid::Uuid;

use super::across::Touched;
use super::conflict;
use super::store::Store;
use crate::columns::{cbor, one};
use crate::{EventSource, Result};

/// What was said of things that are set up, since it was last written.
#[derive(Default)]
pub(super) struct Setup {
    said: BTreeMap<Uuid, Vec<Recorded>>,
}

/// Whether an event says something of what is set up.
fn sets_up(recorded: &Recorded) -> bool {
    match &recorded.event {
        Event::SiteOpened(body) => body.site.0 == recorded.aggregate,
        Event::ItemDefined(_) | Event::PackageDefined(_) | Event::LegalBasisDefined(_) => true,
        Event::ValueChosen(chosen) => Field::from_code(&chosen.field).is_some_and(is_set_up),
        _ => false,
    }
}

const fn is_set_up(field: Field) -> bool {
    use domain::About;
    matches!(
        field.about(),
        About::Site | About::Item | About::Package | About::LegalBasis
    )
}

impl Setup {
    pub(super) fn take(&mut self, recorded: &Recorded) {
        if sets_up(recorded) {
            let said = self.said.entry(recorded.aggregate).or_default();
            said.push(recorded.clone());
        }
    }

    pub(super) fn flush(
        &mut self,
        store: &Store<'_>,
        source: &dyn EventSource,
        touched: &mut Touched,
    ) -> Result<()> {
        for (id, mut said) in std::mem::take(&mut self.said) {
            let mut history = source.of_aggregate(id)?;
            history.append(&mut said);
            history.retain(sets_up);
            history.sort_by_key(|recorded| recorded.order);
            history.dedup_by_key(|recorded| recorded.order);
            write(id, &history, store, touched)?;
        }
        Ok(())
    }
}

fn write(id: Uuid, history: &[Recorded], store: &Store<'_>, touched: &mut Touched) -> Result<()> {
    let Some(last) = history.last().map(|recorded| recorded.order) else {
        return Ok(());
    };
    let entries = Entries::of(history);
    conflict::write(id, &entries, store)?;
    if let Some(mut opened) = history.iter().rev().find_map(Site::from_event) {
        opened.settle(&entries);
        site(&opened, &last, store, touched)?;
    }
    if let Some(Value::Item(defined)) = entries.shown(Field::ItemDefinition) {
        item(defined, &last, store)?;
    }
    if let Some(Value::Package(defined)) = entries.shown(Field::PackageGrants) {
        package(defined, &last, store)?;
    }
    if let Some(Value::LegalBasis(defined)) = entries.shown(Field::LegalBasisDefinition) {
        legal_basis(defined, &last, store)?;
    }
    Ok(())
}

fn site(site: &Site, order: &Order, store: &Store<'_>, touched: &mut Touched) -> Result<()> {
    let sql = "SELECT time_zone FROM r_site WHERE id = ?1";
    let zone = one(store.connection, sql, [site.id.0.as_bytes()], |columns| {
        columns.text()
    })?;
    if zone.as_ref() != Some(&site.time_zone) {
        touched.site(site.id);
    }
    let order = store.written(order)?;
    store.run(
        "INSERT OR REPLACE INTO r_site (
            id, name, kind, country, area, port_code, capacity, time_zone, day_closes_min,
            wall, counter, node, position
        ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        params![
            site.id.0.as_bytes(),
            site.name,
            site.kind.as_str(),
            site.country.as_str(),
            site.area.as_ref().map(domain::PCode::as_str),
            site.port_code,
            site.capacity,
            site.time_zone,
            site.day_closes_min,
            order.wall,
            order.counter,
            order.node,
            order.position,
        ],
    )?;
    Ok(())
}

fn item(item: &Item, order: &Order, store: &Store<'_>) -> Result<()> {
    let order = store.written(order)?;
    store.run(
        "INSERT OR REPLACE INTO r_item (
            code, stocked, limited, body, wall, counter, node, position
        ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            item.code.as_str(),
            item.stocked,
            item.limit.is_some(),
            cbor(item),
            order.wall,
            order.counter,
            order.node,
            order.position,
        ],
    )?;
    Ok(())
}

fn package(package: &Package, order: &Order, store: &Store<'_>) -> Result<()> {
    let order = store.written(order)?;
    store.run(
        "INSERT OR REPLACE INTO r_package (only, body, wall, counter, node, position)
        VALUES (1, ?1, ?2, ?3, ?4, ?5)",
        params![
            cbor(package),
            order.wall,
            order.counter,
            order.node,
            order.position,
        ],
    )?;
    Ok(())
}

fn legal_basis(basis: &DefinedBasis, order: &Order, store: &Store<'_>) -> Result<()> {
    let order = store.written(order)?;
    store.run(
        "INSERT OR REPLACE INTO r_legal_basis (code, body, wall, counter, node, position)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            basis.code.as_str(),
            cbor(basis),
            order.wall,
            order.counter,
            order.node,
            order.position,
        ],
    )?;
    Ok(())
}
