//! Giving: each entitlement once (G3), within the limits per person (G4), out of what is here (G5).

use super::at_site::{met, open_here};
use super::holding::{Right, in_store, right};
use super::{Context, NewEvent, remark};
use crate::event::{Entitled, body};
use crate::refusal::{Refusal, Rejected};
use crate::stock::QUANTITY_MAX;
use crate::{
    Arrival, ArrivalId, Command, Entitlement, EntitlementId, Grant, Item, ItemCode, Known, Moment,
    Permission, Quantity, VoidReason,
};

pub(super) fn decide(
    command: Command,
    known: &dyn Known,
    context: &mut Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    match command {
        Command::Grant {
            arrival,
            item,
            quantity,
            reason,
        } => grant(arrival, item, quantity, &reason, known, context),
        Command::WaiveLimit {
            arrival,
            entitlement,
            reason,
        } => waive(arrival, entitlement, &reason, known, context),
        Command::Redeem {
            arrival,
            entitlement,
            card_checked,
        } => redeem(arrival, entitlement, card_checked, known, context),
        Command::Void {
            arrival,
            entitlement,
            reason,
        } => void(arrival, entitlement, &reason, known, context),
        _ => unreachable!("only commands about giving are sent here"),
    }
}

/// The event that grants these items, without those the arrival has already.
pub(super) fn entitle<'a>(
    arrival: ArrivalId,
    grants: impl Iterator<Item = &'a Grant>,
    held: &[Entitlement],
    context: &mut Context<'_>,
) -> Option<NewEvent> {
    let mut entitlements: Vec<Entitled> = Vec::new();
    for grant in grants {
        let has = held
            .iter()
            .any(|entitlement| entitlement.item == grant.item)
            || entitlements
                .iter()
                .any(|granted| granted.item == grant.item);
        if !has {
            entitlements.push(Entitled {
                entitlement: EntitlementId(context.ids.id()),
                item: grant.item.clone(),
                quantity: grant.quantity,
            });
        }
    }
    (!entitlements.is_empty()).then(|| {
        NewEvent::new(
            arrival.0,
            body::ArrivalEntitled {
                arrival,
                entitlements,
            },
        )
    })
}

fn grant(
    arrival: ArrivalId,
    item: ItemCode,
    quantity: Quantity,
    reason: &str,
    known: &dyn Known,
    context: &mut Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    open_here(arrival, known, context)?;
    defined(&item, known)?;
    if !(1..=QUANTITY_MAX).contains(&quantity) {
        return Err(Refusal::QuantityOutOfRange { max: QUANTITY_MAX }.into());
    }
    let reason = remark("reason", reason)?;
    let entitlement = EntitlementId(context.ids.id());
    let entitlements = vec![Entitled {
        entitlement,
        item,
        quantity,
    }];
    let granted = NewEvent::new(
        arrival.0,
        body::ArrivalEntitled {
            arrival,
            entitlements,
        },
    );
    Ok(vec![granted.with(arrival, reason)])
}

fn waive(
    arrival: ArrivalId,
    id: EntitlementId,
    reason: &str,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    let found = open_here(arrival, known, context)?;
    let entitlement = found.entitlement(id).ok_or(Refusal::UnknownEntitlement)?;
    let item = defined(&entitlement.item, known)?;
    if entitlement.limit_waived || limit_reached(&found, &item, known, context)?.is_none() {
        return Err(Refusal::NothingToWaive.into());
    }
    let waived = NewEvent::new(
        arrival.0,
        body::LimitWaived {
            arrival,
            entitlement: id,
        },
    );
    Ok(vec![waived.with(arrival, remark("reason", reason)?)])
}

fn redeem(
    arrival: ArrivalId,
    id: EntitlementId,
    card_checked: bool,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    let found = met(arrival, known, context)?;
    let entitlement = found.entitlement(id).ok_or(Refusal::UnknownEntitlement)?;
    given_here(entitlement, &found, known, context)?;
    let item = defined(&entitlement.item, known)?;
    may_give(&item, known, context)?;
    if let Some(redemption) = &entitlement.redeemed
        && !planted::mistake!("give twice")
    {
        return Err(Refusal::AlreadyGiven { at: redemption.at }.into());
    }
    let recovered = match right(entitlement, known, context)? {
        Right::Own => None,
        Right::TakenOver(_) if !card_checked => return Err(Refusal::CheckCard.into()),
        Right::TakenOver(_) if planted::mistake!("forget that it was recovered") => None,
        Right::TakenOver(node) => Some(node),
    };
    if item.limit.is_some() && found.person().is_none() {
        return Err(Refusal::NotRegistered.into());
    }
    if !entitlement.limit_waived
        && !planted::mistake!("forget the limit")
        && let Some((last, days)) = limit_reached(&found, &item, known, context)?
    {
        return Err(Refusal::LimitReached { last, days }.into());
    }
    if item.stocked && !planted::mistake!("give from an empty shelf") {
        let available = in_store(&item.code, known, context)?;
        if available < i64::from(entitlement.quantity) {
            return Err(Refusal::StockShort {
                item: item.code,
                available,
            }
            .into());
        }
    }
    let redeemed = body::EntitlementRedeemed {
        arrival,
        entitlement: id,
        item: item.code,
        quantity: entitlement.quantity,
        site: context.site,
        card_checked,
        from_stock: item.stocked,
        recovered,
    };
    Ok(vec![NewEvent::new(arrival.0, redeemed)])
}

/// It is given at the site of this context. Where it was released from there, it is said to whom.
fn given_here(
    entitlement: &Entitlement,
    arrival: &Arrival,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<(), Rejected> {
    if entitlement.given_at(arrival.site) == context.site {
        return Ok(());
    }
    if entitlement.passing.is_some() {
        right(entitlement, known, context)?;
    }
    Err(Refusal::OtherSite.into())
}

/// Money is given by those who may give money, goods by those who may give goods.
fn may_give(item: &Item, known: &dyn Known, context: &Context<'_>) -> Result<(), Rejected> {
    let permission = if item.money.is_some() {
        Permission::GiveCash
    } else {
        Permission::Give
    };
    let user = known
        .user(context.actor.id())?
        .ok_or(Refusal::UnknownUser)?;
    if user.may(permission) {
        Ok(())
    } else {
        Err(Refusal::NotAllowed { permission }.into())
    }
}

/// The last time the person received the item, when that was so recent that the limit is reached.
fn limit_reached(
    arrival: &Arrival,
    item: &Item,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Option<(Moment, u32)>, Rejected> {
    let (Some(limit), Some(person)) = (item.limit, arrival.person()) else {
        return Ok(None);
    };
    let same = known.same_person(person)?;
    let since = context.occurred.at.minus_days(limit.days);
    let past = known.received(&same, &item.code, since)?;
    let times = u32::try_from(past.len()).unwrap_or(u32::MAX);
    let last = past.last().map(|past| past.at);
    Ok(last
        .filter(|_| times >= limit.times)
        .map(|last| (last, limit.days)))
}

fn void(
    arrival: ArrivalId,
    id: EntitlementId,
    reason: &VoidReason,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    let found = met(arrival, known, context)?;
    let entitlement = found.entitlement(id).ok_or(Refusal::UnknownEntitlement)?;
    given_here(entitlement, &found, known, context)?;
    let redemption = entitlement.redeemed.as_ref().ok_or(Refusal::NotGiven)?;
    // Voided elsewhere, it could be given again there while its holder gives it again too.
    right(entitlement, known, context)?;
    if VoidReason::known(reason.as_str()).is_none() {
        return Err(Refusal::UnknownCode { field: "reason" }.into());
    }
    let voided = body::RedemptionVoided {
        arrival,
        entitlement: id,
        item: entitlement.item.clone(),
        quantity: entitlement.quantity,
        site: redemption.site,
        reason: reason.clone(),
        // What somebody else walked away with is not on the shelf again.
        back_in_stock: redemption.from_stock && *reason != VoidReason::WRONG_PERSON,
    };
    let voided = NewEvent::new(arrival.0, voided);
    Ok(vec![voided.upon(vec![redemption.order])])
}

fn defined(code: &ItemCode, known: &dyn Known) -> Result<Item, Rejected> {
    Ok(known
        .item(code)?
        .ok_or_else(|| Refusal::UnknownItem { item: code.clone() })?)
}
