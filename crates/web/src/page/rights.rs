//! Items between nodes: what was released to this node and waits for an answer, what it may still give
//! and to whom that can be released, and the nodes that are said to be lost.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::{
    Command, Known, LossReason, MovementId, NodeKey, Permission as P, Recovery, RecoveryId,
    RecoveryStage, Released, TransferId,
};
use maud::{Markup, html};
use node::NodeAt;
use register::rights::{Holding, UnderWay};

use crate::catalogue::say;
use crate::component::{Filled, Tone, card, notice, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::layout::{self, Place};
use crate::page::stock::node_named;
use crate::visit::{Guest, Said, Trouble, Visit, id};

type Posted = Form<Vec<(String, String)>>;

/// Who sees how rights lie.
const READ: &[P] = &[
    P::ManageMovements,
    P::DecideExceptions,
    P::Administer,
    P::Give,
    P::GiveCash,
];
/// Who may say that a node is lost.
const LOSS: &[P] = &[P::Administer, P::DecideExceptions];
/// Longest waiting period a form offers, in days.
const DAYS_MAX: i64 = domain::WAITING_DAYS_MAX as i64;

pub(crate) async fn show(guest: Guest) -> Response {
    guest
        .visit(|visit| page(visit, &Typed::default(), None))
        .await
}

pub(crate) async fn release(guest: Guest, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), |visit, typed| {
            visit.need(&[P::ManageMovements])?;
            answer(visit, typed, released(visit, typed))
        })
        .await
}

/// A release answered, or an announcement of a loss carried on; the last part of the address says how.
pub(crate) async fn act(
    guest: Guest,
    Path((text, action)): Path<(String, String)>,
    Form(pairs): Posted,
) -> Response {
    guest
        .post(Typed::new(pairs), move |visit, typed| {
            let transfer = || id(&text, TransferId);
            let recovery = || id(&text, RecoveryId);
            let command = match action.as_str() {
                "accept" => Command::AcceptRights {
                    transfer: transfer()?,
                },
                "decline" => Command::DeclineRights {
                    transfer: transfer()?,
                },
                "recover" => Command::ConfirmRecovery {
                    recovery: recovery()?,
                },
                "call-off" => Command::CallOffRecovery {
                    recovery: recovery()?,
                },
                _ => return Err(Failure::NotFound),
            };
            visit.need(READ)?;
            answer(visit, typed, visit.execute(typed, command))
        })
        .await
}

pub(crate) async fn announce_lost(guest: Guest, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), |visit, typed| {
            visit.need(LOSS)?;
            answer(visit, typed, lost(visit, typed))
        })
        .await
}

fn answer(visit: &Visit, typed: &Typed, said: Result<Said, Trouble>) -> Result<Response, Failure> {
    match said {
        Ok(said) => Ok(visit.go("/rights", said)),
        Err(Trouble::Refused(complaint)) => page(visit, typed, Some(&complaint)),
        Err(Trouble::Failed(failure)) => Err(failure),
    }
}

fn released(visit: &Visit, typed: &Typed) -> Result<Said, Trouble> {
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let movement = id(typed.get("movement"), MovementId).map_err(Trouble::Failed)?;
    let to = chosen(visit, typed.get("to"))?;
    let of = match typed.read::<u32>("people") {
        Some(people) => Released::Share { movement, people },
        None => Released::Movement(movement),
    };
    let command = Command::ReleaseRights {
        transfer: TransferId(made_by(request, 1)),
        of,
        to: to.key,
        site: to.site,
    };
    visit.execute(typed, command)
}

fn lost(visit: &Visit, typed: &Typed) -> Result<Said, Trouble> {
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let why = LossReason::from_code(typed.get("why")).ok_or(Trouble::Failed(Failure::NotFound))?;
    let command = Command::AnnounceLost {
        recovery: RecoveryId(made_by(request, 1)),
        node: chosen(visit, typed.get("node"))?.key,
        heir: chosen(visit, typed.get("heir"))?.key,
        waiting_days: typed.read("days"),
        why,
    };
    visit.execute(typed, command)
}

/// The node that a form names.
fn chosen(visit: &Visit, text: &str) -> Result<NodeAt, Trouble> {
    let key = node_named(visit, text)?.ok_or(Trouble::Failed(Failure::NotFound))?;
    let nodes = visit.guest.app.node.nodes().map_err(Failure::from);
    let mut nodes = nodes.map_err(Trouble::Failed)?.into_iter();
    let found = nodes.find(|node| node.key == key);
    found.ok_or(Trouble::Failed(Failure::NotFound))
}

/// A node as people know it: its site, and enough of its key to tell two of one site apart.
pub(crate) fn label(visit: &Visit, key: NodeKey) -> String {
    let nodes = visit.guest.app.node.nodes().unwrap_or_default();
    let found = nodes.iter().find(|node| node.key == key);
    found.map_or_else(|| key.to_string(), NodeAt::label)
}

struct Seen {
    nodes: Vec<NodeAt>,
    under_way: Vec<(UnderWay, String)>,
    held: Vec<(MovementId, String, Holding)>,
    /// What may be given here by the rights of lost nodes.
    taken_over: Vec<(NodeKey, Holding)>,
    recoveries: Vec<(Recovery, String, bool)>,
    shortest: u32,
    by_recovery: u32,
    open: usize,
}

fn look(visit: &Visit) -> Result<Seen, Failure> {
    let app = &visit.guest.app;
    let nodes = app.node.nodes()?;
    let me = app.node.key();
    visit.read(|register| {
        let named = |movement: MovementId| -> Result<String, Failure> {
            let movement = register.movement(movement)?;
            Ok(movement.map_or_else(String::new, |movement| movement.designator))
        };
        let mut under_way = Vec::new();
        for way in register.rights_under_way()? {
            let movement = named(way.movement)?;
            under_way.push((way, movement));
        }
        let mut held = Vec::new();
        for (movement, holding) in register.held_by(me)? {
            held.push((movement, named(movement)?, holding));
        }
        let mut recoveries = Vec::new();
        for recovery in register.recoveries()? {
            let who = visit.staff_name(register, recovery.announced_by)?;
            let heard = recovery.is_open() && register.heard_since(&recovery)?;
            recoveries.push((recovery, who, heard));
        }
        let given = register.given_by_recovery(None, None)?;
        let open = if visit.may(P::DecideExceptions) {
            let overlaps = register.overlaps()?;
            let open = overlaps.iter().filter(|overlap| overlap.decided.is_empty());
            open.count()
        } else {
            0
        };
        Ok(Seen {
            nodes,
            under_way,
            held,
            taken_over: register.taken_over_by(me)?,
            recoveries,
            shortest: register.waiting_days_min()?,
            by_recovery: given.iter().map(|given| given.times).sum(),
            open,
        })
    })
}

fn page(visit: &Visit, typed: &Typed, complaint: Option<&Complaint>) -> Result<Response, Failure> {
    visit.need(READ)?;
    let t = visit.t();
    let seen = look(visit)?;
    let me = visit.guest.app.node.key();
    let filled = Filled::new(t, typed, complaint);
    let title = say!(t, "rights-title");
    let offered = seen.under_way.iter().filter(|(way, _)| way.to == me);
    let offered: Vec<_> = offered.collect();
    let sent = seen.under_way.iter().filter(|(way, _)| way.to != me);
    let sent: Vec<_> = sent.collect();
    let content = html! {
        div.title { div { h1 { (title) } p.muted { (say!(t, "rights-lead")) } } }
        (filled.summary())
        (card(say!(t, "rights-offered"), html! {
            @if offered.is_empty() { p.muted { (say!(t, "rights-offered-none")) } }
            @else { ul.rows { @for (way, movement) in offered { (offer(visit, way, movement)) } } }
        }))
        @if !sent.is_empty() {
            (card(say!(t, "rights-sent"), html! { ul.rows { @for (way, movement) in sent {
                li { span.grow { b { (movement) } " "
                    (say!(t, "rights-sent-line", items = way.items, people = way.people,
                        from = label(visit, way.from), to = label(visit, way.to),
                        since = visit.clock.near(way.released_at, visit.now)))
                } }
            } } }))
        }
        (card(say!(t, "rights-held"), html! {
            @if seen.held.is_empty() && seen.taken_over.is_empty() { p.muted { (say!(t, "rights-held-none")) } }
            @else { ul.rows {
                @for (lost, holding) in &seen.taken_over {
                    li { (say!(t, "rights-taken-over-line", items = holding.items, people = holding.people, node = label(visit, *lost))) }
                }
                @for (movement, name, holding) in &seen.held {
                li { div.grow.stack {
                    p { b { (name) } " " (say!(t, "rights-held-line", items = holding.items, people = holding.people)) }
                    @if visit.may(P::ManageMovements) { (release_form(visit, &seen.nodes, *movement, filled)) }
                } }
            } } }
        }))
        @if visit.may(P::DecideExceptions) {
            (card(say!(t, "overlap-title"), html! {
                p { (say!(t, "rights-overlaps-open", count = i64::try_from(seen.open).unwrap_or(i64::MAX))) }
                @if seen.by_recovery > 0 { (notice(Tone::Wait, say!(t, "rights-recovered", count = seen.by_recovery))) }
                p.actions { a.button href="/overlaps" { (say!(t, "overlap-look")) } }
            }))
        }
        @if visit.may_any(LOSS) { (losses(visit, &seen, filled)) }
    };
    let page = layout::page(visit, Place::Elsewhere, &title, content);
    Ok(layout::refused(page, complaint))
}

fn offer(visit: &Visit, way: &UnderWay, movement: &str) -> Markup {
    let t = visit.t();
    let path = |action: &str| format!("/rights/{}/{action}", way.transfer);
    html! {
        li { div.grow.stack {
            p { b { (movement) } " "
                (say!(t, "rights-offered-line", items = way.items, people = way.people,
                    from = label(visit, way.from), since = visit.clock.near(way.released_at, visit.now)))
            }
            @if visit.may_any(&[P::Give, P::GiveCash]) {
                div.actions {
                    (layout::form(visit, &path("accept"), html! { button.primary { (say!(t, "rights-accept")) } }))
                    (layout::form(visit, &path("decline"), html! { button { (say!(t, "rights-decline")) } }))
                }
            }
        } }
    }
}

/// Nodes to choose from, without this one and those that are gone.
fn others(nodes: &[NodeAt]) -> Vec<(String, String)> {
    let others = nodes.iter().filter(|node| !node.here && node.takes_part());
    others
        .map(|node| (node.key.to_string(), node.label()))
        .collect()
}

fn release_form(
    visit: &Visit,
    nodes: &[NodeAt],
    movement: MovementId,
    filled: Filled<'_>,
) -> Markup {
    let t = visit.t();
    let options = others(nodes);
    let prefix = format!("{movement}-");
    let filled = filled.prefixed(&prefix);
    html! {
        @if options.is_empty() { p.small.muted { (say!(t, "rights-no-other")) } }
        @else {
            details.more { summary { (say!(t, "rights-release")) }
                (layout::form(visit, "/rights/release", html! { div.stack {
                    input type="hidden" name="movement" value=(movement);
                    (filled.select("to", say!(t, "rights-to"), options))
                    (filled.number("people", say!(t, "rights-people"), (1, 2_000)))
                    p.small.muted { (say!(t, "rights-release-how")) }
                    button { (say!(t, "rights-release")) }
                } }))
            }
        }
    }
}

fn losses(visit: &Visit, seen: &Seen, filled: Filled<'_>) -> Markup {
    let t = visit.t();
    let every = |wanted: fn(&NodeAt) -> bool| -> Vec<(String, String)> {
        let nodes = seen.nodes.iter().filter(|node| wanted(node));
        nodes
            .map(|node| (node.key.to_string(), node.label()))
            .collect()
    };
    let whys = LossReason::ALL
        .iter()
        .map(|why| (why.code().to_owned(), t.of(why)))
        .collect();
    let filled = filled.prefixed("lost-");
    html! {
        (card(say!(t, "rights-lost"), html! {
            @if seen.recoveries.is_empty() { p.muted { (say!(t, "rights-lost-none")) } }
            @else { ul.rows { @for (recovery, who, heard) in &seen.recoveries {
                (one_loss(visit, recovery, who, *heard))
            } } }
            @let nodes = every(|node| !node.here && !node.replaced);
            @if !nodes.is_empty() {
                details.more { summary { (say!(t, "rights-lost-announce")) }
                    (notice(Tone::Risk, say!(t, "rights-lost-risk")))
                    (layout::form(visit, "/rights/lost", html! { div.stack {
                        (filled.select("node", say!(t, "rights-lost-node"), nodes))
                        (filled.select("heir", say!(t, "rights-lost-heir"), every(NodeAt::takes_part)))
                        (filled.select("why", say!(t, "reason"), whys))
                        (filled.number("days", say!(t, "rights-lost-days", days = seen.shortest), (seen.shortest.into(), DAYS_MAX)))
                        button.danger { (say!(t, "rights-lost-announce")) }
                    } }))
                }
            }
        }))
    }
}

fn one_loss(visit: &Visit, recovery: &Recovery, who: &str, heard: bool) -> Markup {
    let t = visit.t();
    let stage = recovery.stage(visit.now);
    let here = recovery.heir == visit.guest.app.node.key();
    let path = |action: &str| format!("/rights/{}/{action}", recovery.id);
    let tone = match stage {
        RecoveryStage::Recovered => Tone::Risk,
        RecoveryStage::CalledOff => Tone::Plain,
        RecoveryStage::Waiting | RecoveryStage::Due => Tone::Wait,
    };
    html! {
        li { div.grow.stack {
            p { (tag(tone, t.of(&stage))) " "
                (say!(t, "rights-lost-line", node = label(visit, recovery.node), why = t.of(&recovery.why),
                    heir = label(visit, recovery.heir), who = who.to_owned(),
                    at = visit.clock.full(recovery.announced_at)))
            }
            @if recovery.is_open() {
                @if heard { (notice(Tone::Risk, say!(t, "rights-lost-heard"))) }
                p.small {
                    @match recovery.due() {
                        Some(due) => (say!(t, "rights-lost-due", due = visit.clock.full(due))),
                        None => (say!(t, "rights-lost-unheard", heir = label(visit, recovery.heir), days = recovery.waiting_days)),
                    }
                }
                div.actions {
                    (layout::form(visit, &path("call-off"), html! { button { (say!(t, "rights-lost-call-off")) } }))
                    @if here && stage == RecoveryStage::Due && !heard {
                        (layout::form(visit, &path("recover"), html! { button.danger { (say!(t, "rights-lost-confirm")) } }))
                    }
                }
            }
        } }
    }
}
