//! The nodes of the operation as this one knows them: which has what, when word of each came last and by
//! which road, forks, clocks, what waits and why, and whether this node may still record. It shows
//! computers and counts, never people, and changes nothing: that takes the root key, at the machine.

use std::collections::BTreeMap;

use axum::response::Response;
use domain::{Permission as P, SiteId};
use maud::{Markup, html};
use node::{Aside, Fork, HaltReason, NodeId, Parked, Peer, Road, Scope, Standing, Waiting};

use crate::catalogue::say;
use crate::component::{Tone, card, notice, tag};
use crate::failure::Failure;
use crate::layout::{self, Place};
use crate::visit::{Guest, Visit};

/// Whoever runs the site, or its computers. It says where other nodes answer: not for visitors.
const READ: &[P] = &[P::Administer, P::ManageMovements];
/// So many digits name a node well enough.
const DIGITS_SHOWN: usize = 8;

pub(crate) async fn show(guest: Guest) -> Response {
    guest.visit(page).await
}

/// Whether this page is for somebody.
pub(crate) fn may_read(visit: &Visit) -> bool {
    visit.may_any(READ)
}

fn page(visit: &Visit) -> Result<Response, Failure> {
    visit.need(READ)?;
    let t = visit.t();
    let node = &visit.guest.app.node;
    let standing = node.standing()?;
    let title = say!(t, "peers-title");
    let content = html! {
        div.title { div { h1 { (title) } p.muted { (say!(t, "peers-lead")) } } }
        @if let Some(halt) = standing.halted { (halted(visit, halt.why)) }
        @for fork in standing.forks().iter().filter(|fork| !fork.revoked) { (forked(visit, *fork)) }
        (card(say!(t, "peers-others"), html! {
            @if standing.peers.is_empty() { p { (say!(t, "peers-alone")) } }
            @else { (others(visit, &standing.peers)) }
        }))
        div.cols {
            (card(say!(t, "peers-waiting"), waiting(visit, &standing)))
            (card(say!(t, "peers-here"), here(visit, &standing, &node.log_ends()?)))
        }
        p.small.muted { (say!(t, "peers-how")) }
    };
    Ok(layout::page(visit, Place::Elsewhere, &title, content))
}

fn digits(node: NodeId) -> String {
    let mut digits = node.hex();
    digits.truncate(DIGITS_SHOWN);
    digits
}

fn halted(visit: &Visit, why: HaltReason) -> Markup {
    let t = visit.t();
    let why = match why {
        HaltReason::Overtaken => say!(t, "peers-halted-overtaken"),
        HaltReason::Forked => say!(t, "peers-halted-forked"),
        HaltReason::Revoked => say!(t, "peers-halted-revoked"),
        HaltReason::StoreLost => say!(t, "peers-halted-store-lost"),
    };
    notice(
        Tone::Risk,
        html! { h2 { (say!(t, "peers-halted")) } p { (why) } p { (say!(t, "peers-halted-do")) } },
    )
}

fn forked(visit: &Visit, fork: Fork) -> Markup {
    let t = visit.t();
    let said = say!(
        t,
        "peers-fork",
        node = digits(fork.node),
        lines = fork.lines,
        position = counted(fork.after)
    );
    notice(
        Tone::Risk,
        html! { h2 { (said) } p { (say!(t, "peers-fork-do")) } },
    )
}

/// A count as the catalogue takes it.
fn counted(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn others(visit: &Visit, peers: &[Peer]) -> Markup {
    let t = visit.t();
    html! {
        div.scroll { table.cards {
            thead { tr {
                th { (say!(t, "peers-site")) } th { (say!(t, "peers-node")) } th { (say!(t, "peers-contact")) }
                th.n { (say!(t, "peers-behind")) } th.n { (say!(t, "peers-ahead")) }
            } }
            tbody { @for peer in peers { (row(visit, peer)) } }
        } }
    }
}

fn row(visit: &Visit, peer: &Peer) -> Markup {
    let t = visit.t();
    let member = peer.member.as_ref();
    let revoked = member.and_then(|member| member.revoked_after);
    let everything = member.is_some_and(|member| member.scope == Scope::Everything);
    let number = |number: u64| t.number(counted(number));
    html! {
        tr {
            th scope="row" {
                (peer.site_name.clone().unwrap_or_else(|| say!(t, "peers-site-unknown")))
                @if everything { " " (tag(Tone::Plain, say!(t, "peers-everything"))) }
                @if revoked.is_some() { " " (tag(Tone::Risk, say!(t, "peers-revoked"))) }
            }
            td data-label=(say!(t, "peers-node")) { code { (digits(peer.node)) } }
            td data-label=(say!(t, "peers-contact")) { div { (contact(visit, peer)) (remarks(visit, peer, revoked)) } }
            @if peer.met_at.is_some() {
                td.n data-label=(say!(t, "peers-behind")) { (number(peer.ahead.theirs)) }
                td.n data-label=(say!(t, "peers-ahead")) { (number(peer.ahead.ours)) }
            } @else { td.n {} td.n {} }
        }
    }
}

fn contact(visit: &Visit, peer: &Peer) -> Markup {
    let t = visit.t();
    let (clock, now) = (&visit.clock, visit.now);
    let Some(at) = peer.met_at else {
        return tag(Tone::Wait, say!(t, "peers-never"));
    };
    let road = match peer.met_by {
        Some(Road::Stick) => say!(t, "peers-road-stick"),
        _ => say!(t, "peers-road-network"),
    };
    let older = peer.known_at.filter(|known| *known != at);
    html! {
        (clock.near(at, now)) " " (tag(Tone::Plain, road))
        @if let Some(known) = older { div.small.muted { (say!(t, "peers-as-of", time = clock.near(known, now))) } }
    }
}

/// What is to be looked at.
fn remarks(visit: &Visit, peer: &Peer, revoked: Option<u64>) -> Markup {
    let t = visit.t();
    html! {
        @if let Some(position) = revoked {
            div.small { (say!(t, "peers-revoked-after", position = counted(position))) }
        }
        @if let Some(minutes) = peer.clock_ahead_min() {
            div { (tag(Tone::Wait, if minutes > 0 {
                say!(t, "peers-clock-ahead", minutes = minutes)
            } else {
                say!(t, "peers-clock-behind", minutes = -minutes)
            })) }
        }
        @if let Some(trouble) = &peer.trouble {
            details.more { summary { (say!(t, "peers-trouble")) } p.small lang="en" { (trouble) } }
        }
    }
}

fn waiting(visit: &Visit, standing: &Standing) -> Markup {
    let t = visit.t();
    let (wanted, waiting) = (standing.parts_wanted, standing.waiting);
    let nothing = standing.parked.is_empty() && wanted == 0 && waiting == Waiting::default();
    html! {
        @if nothing { p.muted { (say!(t, "peers-waiting-none")) } }
        ul.rows {
            @for parked in &standing.parked { li { (aside(visit, parked)) } }
            @if wanted > 0 { li { (say!(t, "peers-parts-wanted", parts = counted(wanted))) } }
            @if waiting.own > 0 { li { (say!(t, "peers-parts-waiting", parts = counted(waiting.own))) } }
            @if waiting.carried > 0 { li { (say!(t, "peers-parts-carried", parts = counted(waiting.carried))) } }
        }
    }
}

fn aside(visit: &Visit, parked: &Parked) -> Markup {
    let t = visit.t();
    let why = match parked.why {
        Aside::Gap => say!(t, "peers-aside-gap"),
        Aside::Stranger => say!(t, "peers-aside-stranger"),
        Aside::Clock => say!(t, "peers-aside-clock"),
        _ => say!(t, "peers-aside-many"),
    };
    let said = say!(
        t,
        "peers-aside",
        events = counted(parked.events),
        node = digits(parked.node),
        position = counted(parked.first.0)
    );
    html! { div.grow { (said) div.small { (why) } } }
}

/// How many events of whom are here.
fn here(visit: &Visit, standing: &Standing, ends: &[(NodeId, u64)]) -> Markup {
    let t = visit.t();
    let me = NodeId(visit.guest.app.node.key().0);
    let home = |site: SiteId| visit.sites.iter().find(|known| known.id == site);
    let names: BTreeMap<NodeId, &str> = standing
        .peers
        .iter()
        .filter_map(|peer| Some((peer.node, peer.site_name.as_deref()?)))
        .collect();
    let own = visit.guest.app.node.home_site().ok().and_then(home);
    html! {
        table {
            thead { tr { th { (say!(t, "peers-node")) } th.n { (say!(t, "peers-events")) } } }
            tbody { @for (log, size) in ends.iter().filter(|(_, size)| *size > 0) { tr {
                th scope="row" {
                    code { (digits(*log)) } " "
                    @if *log == me { (own.map_or("", |site| &site.name)) " " (tag(Tone::Calm, say!(t, "peers-this"))) }
                    @else if let Some(branch) = standing.branches.iter().find(|branch| branch.log == *log) {
                        (say!(t, "peers-line-of", node = digits(branch.node), position = counted(branch.after)))
                    }
                    @else { (names.get(log).copied().unwrap_or_default()) }
                }
                td.n { (t.number(counted(*size))) }
            } } }
        }
    }
}
