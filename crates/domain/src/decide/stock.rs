//! Goods by waybill and by count (G5): what is not here cannot be sent, what differs is explained.

use std::collections::BTreeSet;

use super::holding::{in_store, not_superseded, stands_for};
use super::right::takes_part;
use super::second::second_signs;
use super::{Context, NewEvent, name};
use crate::event::body;
use crate::refusal::{Refusal, Rejected};
use crate::stock::QUANTITY_MAX;
use crate::{
    Command, DifferenceReason, Known, NodeKey, Permission, Quantity, SiteId, StockChange,
    StocktakeId, WaybillId, WaybillLine,
};

/// How long ago a shelf may have been counted, in milliseconds: the book has moved on since.
const COUNT_LATE_MS: i64 = 3_600_000;

pub(super) fn decide(
    command: Command,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    match command {
        Command::SendWaybill {
            waybill,
            number,
            origin,
            destination,
            to,
            lines,
        } => {
            let way = Way {
                origin,
                destination,
                to,
            };
            send(waybill, &number, &way, lines, known, context)
        }
        Command::ReceiveWaybill {
            waybill,
            lines,
            difference,
        } => receive(waybill, lines, difference, known, context),
        Command::CountStock {
            stocktake,
            site,
            counts,
            difference,
        } => count(stocktake, site, &counts, difference, known, context),
        Command::CountTogether {
            stocktake,
            site,
            counts,
            difference,
            second,
        } => {
            let mut events = count(stocktake, site, &counts, difference, known, context)?;
            second_signs(second, Permission::SeeStock, known, context)?;
            let signed = body::CountSigned {
                stocktake,
                site,
                second,
            };
            events.push(NewEvent::new(stocktake.0, signed));
            Ok(events)
        }
        _ => unreachable!("only commands about stock are sent here"),
    }
}

/// From where to where goods go.
struct Way {
    origin: Option<SiteId>,
    destination: SiteId,
    to: Option<NodeKey>,
}

fn send(
    waybill: WaybillId,
    number: &str,
    way: &Way,
    lines: Vec<WaybillLine>,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    let number = name("number", number)?;
    if known.waybill(waybill)?.is_some() || known.waybill_numbered(&number)?.is_some() {
        return Err(Refusal::WaybillNumberTaken.into());
    }
    let Way {
        origin,
        destination,
        to,
    } = *way;
    known.site(destination)?.ok_or(Refusal::UnknownSite)?;
    // Within a site goods go from the store of one node to that of another.
    if origin == Some(destination) && to.is_none_or(|to| to == context.node) {
        return Err(Refusal::SamePlace.into());
    }
    match to {
        Some(to) if to != context.node => takes_part(to, known)?,
        _ => {}
    }
    check_lines(&lines, 1, known)?;
    if let Some(origin) = origin {
        if origin != context.site {
            return Err(Refusal::OtherSite.into());
        }
        not_frozen(known, context)?;
        for WaybillLine { item, quantity } in &lines {
            let available = in_store(item, known, context)?;
            if available < i64::from(*quantity) && !planted::mistake!("send what is not there") {
                return Err(Refusal::StockShort {
                    item: item.clone(),
                    available,
                }
                .into());
            }
        }
    }
    let sent = body::WaybillSent {
        waybill,
        number,
        origin,
        destination,
        lines,
        to,
    };
    Ok(vec![NewEvent::new(waybill.0, sent)])
}

fn receive(
    waybill: WaybillId,
    lines: Vec<WaybillLine>,
    difference: Option<DifferenceReason>,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    let found = known.waybill(waybill)?.ok_or(Refusal::UnknownWaybill)?;
    if found.destination != context.site {
        return Err(Refusal::OtherSite.into());
    }
    if let Some(to) = found.to
        && !stands_for(to, known, context)?
    {
        return Err(Refusal::WaybillForOther { to }.into());
    }
    if found.received.is_some() && !planted::mistake!("receive goods twice") {
        return Err(Refusal::AlreadyReceived.into());
    }
    check_lines(&lines, 0, known)?;
    let differs = goods(&lines) != goods(&found.sent);
    let difference = explained(differs, difference)?;
    let destination = found.destination;
    let received = body::WaybillReceived {
        waybill,
        destination,
        lines,
        difference,
    };
    Ok(vec![NewEvent::new(waybill.0, received)])
}

/// The goods of a paper, whatever the order of its lines; nothing of an item is no line.
fn goods(lines: &[WaybillLine]) -> BTreeSet<&WaybillLine> {
    lines.iter().filter(|line| line.quantity > 0).collect()
}

fn count(
    stocktake: StocktakeId,
    site: SiteId,
    counts: &[WaybillLine],
    difference: Option<DifferenceReason>,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    if site != context.site {
        return Err(Refusal::OtherSite.into());
    }
    not_superseded(known, context)?;
    if context.occurred.at < context.now.plus_ms(-COUNT_LATE_MS) {
        return Err(Refusal::CountLate.into());
    }
    check_lines(counts, 0, known)?;
    let mut changes = Vec::with_capacity(counts.len());
    for WaybillLine { item, quantity } in counts {
        let book = in_store(item, known, context)?;
        changes.push(StockChange {
            item: item.clone(),
            book,
            counted: *quantity,
        });
    }
    let differs = changes
        .iter()
        .any(|change| change.book != i64::from(change.counted));
    let difference = explained(differs, difference)?;
    let counted = body::StockCounted {
        stocktake,
        site,
        counts: changes,
        difference,
    };
    Ok(vec![NewEvent::new(stocktake.0, counted)])
}

/// A node made from a backup must not send what the node of the backup may have given since; its
/// shelves it may count, and give from for what it granted itself (G9).
fn not_frozen(known: &dyn Known, context: &Context<'_>) -> Result<(), Rejected> {
    not_superseded(known, context)?;
    if let Some((ancestor, _)) = known.restored_from(context.node)?.last()
        && known.claimants(*ancestor)?.first() != Some(&context.node)
    {
        return Err(Refusal::RightsFrozen.into());
    }
    Ok(())
}

fn explained(
    differs: bool,
    reason: Option<DifferenceReason>,
) -> Result<Option<DifferenceReason>, Refusal> {
    match reason {
        _ if !differs => Ok(None),
        None => Err(Refusal::DifferenceUnexplained),
        Some(reason) if DifferenceReason::known(reason.as_str()).is_none() => {
            Err(Refusal::UnknownCode {
                field: "difference",
            })
        }
        Some(reason) => Ok(Some(reason)),
    }
}

fn check_lines(lines: &[WaybillLine], min: Quantity, known: &dyn Known) -> Result<(), Rejected> {
    if lines.is_empty() {
        return Err(Refusal::NoLines.into());
    }
    let mut seen = BTreeSet::new();
    for WaybillLine { item, quantity } in lines {
        let found = known.item(item)?;
        let found = found.ok_or_else(|| Refusal::UnknownItem { item: item.clone() })?;
        if !found.stocked {
            return Err(Refusal::NotStocked { item: found.code }.into());
        }
        if !(min..=QUANTITY_MAX).contains(quantity) {
            return Err(Refusal::QuantityOutOfRange { max: QUANTITY_MAX }.into());
        }
        if !seen.insert(item) {
            return Err(Refusal::ItemTwice { item: item.clone() }.into());
        }
    }
    Ok(())
}
