//! To give, once: each item with its button; what was given shows when and by whom; what stands in
//! the way says so, and who can decide about it.

use domain::{
    Arrival, ArrivalId, Command, Entitlement, EntitlementId, Item, ItemCode, Known, Moment,
    Permission as P, VoidReason,
};
use maud::{Markup, html};
use register::Register;

use super::AtDesk;
use crate::catalogue::say;
use crate::component::{Filled, Tone, tag};
use crate::failure::Failure;
use crate::form::Typed;
use crate::layout;
use crate::refusal;
use crate::visit::{Said, Trouble, Visit, id};

pub(super) fn act(
    visit: &Visit,
    arrival: ArrivalId,
    action: &str,
    typed: &Typed,
) -> Result<Said, Trouble> {
    let t = visit.t();
    let reason = || typed.get("reason").to_owned();
    let entitlement = || id(typed.get("entitlement"), EntitlementId).map_err(Trouble::Failed);
    let command = match action {
        "give" => Command::Redeem {
            arrival,
            entitlement: entitlement()?,
            card_checked: typed.ticked("card_checked"),
        },
        "void" => Command::Void {
            arrival,
            entitlement: entitlement()?,
            reason: VoidReason::any(typed.get("void_reason")),
        },
        "waive" => Command::WaiveLimit {
            arrival,
            entitlement: entitlement()?,
            reason: reason(),
        },
        _ => Command::Grant {
            arrival,
            item: ItemCode::any(typed.get("item")),
            quantity: typed.read("quantity").ok_or_else(|| {
                Trouble::Refused(visit.complain(
                    "quantity",
                    "wrong-number",
                    say!(t, "wrong-number"),
                ))
            })?,
            reason: reason(),
        },
    };
    visit.execute(typed, command)
}

/// What a button of one item knows.
struct Ready {
    entitlement: Entitlement,
    item: Option<Item>,
    given_by: Option<String>,
    limit: Option<(Moment, u32)>,
    here: i64,
    /// Why this node may not give it, where another holds the right.
    elsewhere: Option<String>,
}

pub(super) fn section(visit: &Visit, desk: &AtDesk, filled: Filled<'_>) -> Result<Markup, Failure> {
    let t = visit.t();
    let (ready, items) = visit.read(|register| {
        let ready = desk
            .arrival
            .entitlements
            .iter()
            .map(|entitlement| ready(visit, register, &desk.arrival, entitlement))
            .collect::<Result<Vec<_>, _>>()?;
        Ok((
            ready,
            if visit.may(P::DecideExceptions) {
                register.items()?
            } else {
                Vec::new()
            },
        ))
    })?;
    Ok(html! {
        section.card #give {
            h2 { (say!(t, "give-title")) }
            (filled.summary())
            @if ready.is_empty() { p.muted { (say!(t, "give-none")) } }
            ul.items { @for ready in &ready { (item(visit, desk, ready, filled)) } }
            @if visit.may(P::DecideExceptions) && desk.is_here(visit) { (grant(visit, desk, &items, filled)) }
        }
    })
}

fn ready(
    visit: &Visit,
    register: &Register<'_>,
    arrival: &Arrival,
    entitlement: &Entitlement,
) -> Result<Ready, Failure> {
    let item = register.item(&entitlement.item)?;
    let given_by = match &entitlement.redeemed {
        Some(redemption) => Some(visit.staff_name(register, redemption.by)?),
        None => None,
    };
    let limit = match (&item, arrival.person()) {
        (
            Some(Item {
                limit: Some(limit), ..
            }),
            Some(person),
        ) if entitlement.redeemed.is_none() && !entitlement.limit_waived => {
            let same = register.same_person(person)?;
            let past =
                register.received(&same, &entitlement.item, visit.now.minus_days(limit.days))?;
            let reached = u32::try_from(past.len()).unwrap_or(u32::MAX) >= limit.times;
            past.last()
                .filter(|_| reached)
                .map(|past| (past.at, limit.days))
        }
        _ => None,
    };
    let site = entitlement.given_at(arrival.site);
    let here = register.to_give(site, visit.guest.app.node.key(), &entitlement.item)?;
    let node = visit.guest.app.node.key();
    let elsewhere = match domain::right_to_give(entitlement, node, register) {
        Err(domain::Rejected::Refused(refusal)) => Some(refusal::complaint(visit, &refusal).text),
        Err(domain::Rejected::Lookup(error)) => return Err(error.into()),
        Ok(()) => None,
    };
    Ok(Ready {
        entitlement: entitlement.clone(),
        item,
        given_by,
        limit,
        here,
        elsewhere,
    })
}

/// Whether this is the site where it is to be given: where the person was met, unless the right moved.
fn is_given_here(visit: &Visit, desk: &AtDesk, entitlement: &Entitlement) -> bool {
    let site = entitlement.given_at(desk.arrival.site);
    visit.site.as_ref().is_some_and(|here| here.id == site)
}

fn item(visit: &Visit, desk: &AtDesk, ready: &Ready, filled: Filled<'_>) -> Markup {
    let t = visit.t();
    let entitlement = &ready.entitlement;
    let times = if entitlement.quantity > 1 {
        format!(" ×{}", entitlement.quantity)
    } else {
        String::new()
    };
    let title = html! { b { (t.of(&entitlement.item)) (times) } };
    if let Some(redemption) = &entitlement.redeemed {
        return html! {
            li.item.done {
                (title)
                @if !entitlement.disputed.is_empty() { (tag(Tone::Risk, say!(t, "give-disputed", count = i64::try_from(entitlement.disputed.len() + 1).unwrap_or(0)))) }
                span.small { "✓ " (say!(t, "given-at", at = visit.clock.near(redemption.at, visit.now), by = ready.given_by.clone().unwrap_or_default())) }
                @if visit.may(P::DecideExceptions) && ready.elsewhere.is_none() && is_given_here(visit, desk, entitlement) { (void(visit, desk, entitlement)) }
            }
        };
    }
    if let Some(why) = &ready.elsewhere {
        return html! { li.item.other { (title) span.small { (why) } } };
    }
    let is_here = is_given_here(visit, desk, entitlement);
    let money = ready.item.as_ref().is_some_and(|item| item.money.is_some());
    let stocked = ready.item.as_ref().is_some_and(|item| item.stocked);
    let may = visit.may(if money { P::GiveCash } else { P::Give }) && is_here;
    if let Some((last, days)) = ready.limit {
        return html! {
            li.item.no {
                (title)
                span.small { (say!(t, "give-limit", last = visit.clock.full(last), days = days)) }
                @if visit.may(P::DecideExceptions) && desk.is_here(visit) { (waive(visit, desk, entitlement, filled)) }
                @else { span.small.strong { (say!(t, "give-ask-coordinator")) } }
            }
        };
    }
    if !may {
        let text = if money {
            say!(t, "give-cash-desk")
        } else {
            say!(t, "give-other-desk")
        };
        return html! { li.item.other { (title) span.small.muted { (text) } } };
    }
    if stocked && ready.here < i64::from(entitlement.quantity) {
        return html! { li.item.no { (title) span.small { (say!(t, "give-short", count = ready.here)) } } };
    }
    let check = filled
        .complaint
        .is_some_and(|complaint| complaint.code == "check-card")
        && filled.typed.get("entitlement") == entitlement.id.to_string();
    html! {
        li.item {
            (title)
            @if entitlement.limit_waived { (tag(Tone::Calm, say!(t, "give-waived"))) }
            (layout::form(visit, &desk.path("give"), html! {
                input type="hidden" name="entitlement" value=(entitlement.id);
                @if check { label.check { input type="checkbox" name="card_checked" value="yes" required; span { (say!(t, "give-card-checked")) } } }
                button.primary { (say!(t, "give")) span.hidden { " " (t.of(&entitlement.item)) } }
            }))
        }
    }
}

fn void(visit: &Visit, desk: &AtDesk, entitlement: &Entitlement) -> Markup {
    let t = visit.t();
    html! {
        details.more.small { summary { (say!(t, "void-title")) }
            (layout::form(visit, &desk.path("void"), html! {
                input type="hidden" name="entitlement" value=(entitlement.id);
                label { (say!(t, "reason"))
                    select name="void_reason" { @for reason in VoidReason::KNOWN { option value=(reason.as_str()) { (t.of(reason)) } } } }
                button.danger { (say!(t, "void-do")) }
            }))
        }
    }
}

fn waive(visit: &Visit, desk: &AtDesk, entitlement: &Entitlement, filled: Filled<'_>) -> Markup {
    let t = visit.t();
    html! {
        details.more.small { summary { (say!(t, "waive-title")) }
            (layout::form(visit, &desk.path("waive"), html! {
                input type="hidden" name="entitlement" value=(entitlement.id);
                (filled.prefixed("waive-").text("reason", say!(t, "reason")).required())
                button { (say!(t, "waive-do")) }
            }))
        }
    }
}

fn grant(visit: &Visit, desk: &AtDesk, items: &[Item], filled: Filled<'_>) -> Markup {
    let t = visit.t();
    let options = items
        .iter()
        .map(|item| (item.code.to_string(), t.of(&item.code)))
        .collect();
    html! {
        details.more { summary { (say!(t, "grant-title")) }
            (layout::form(visit, &desk.path("grant"), html! {
                div.form {
                    (filled.prefixed("grant-").select("item", say!(t, "item"), options))
                    (filled.prefixed("grant-").number("quantity", say!(t, "quantity"), (1, 1_000)).required())
                    (filled.prefixed("grant-").text("reason", say!(t, "reason")).required())
                }
                p.actions { button { (say!(t, "grant-do")) } }
            }))
        }
    }
}
