//! Sites and what goes between them: a balance for each, the flows of the operation with the part not
//! accounted for drawn, and one site with every headcount against its capacity.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use domain::{LegalBasis, Permission as P, ScreenedBefore, Site, SiteId};
use figures::Options;
use jiff::civil::Date;
use maud::{Markup, html};
use report::balance::{Balances, Flow, Headcount, SiteBalance, Span, balances};
use report::population::{Level, Mark, Population};
use report::sankey::{Band, Node, Sankey};
use report::stated::statement;

use crate::catalogue::say;
use crate::component::{Tone, card, tag, wide};
use crate::failure::Failure;
use crate::layout::{self, Place};
use crate::page::figures::finding::said;
use crate::page::peers;
use crate::visit::{Guest, Visit, id};

const READ: &[P] = &[P::SeeReports, P::KeepFigures, P::ManageMovements];

pub(crate) async fn list(guest: Guest) -> Response {
    guest.visit(list_page).await
}

pub(crate) async fn show(guest: Guest, Path(text): Path<String>) -> Response {
    guest
        .visit(move |visit| site_page(visit, id(&text, SiteId)?))
        .await
}

/// The balances, for programs.
pub(crate) async fn api(guest: Guest) -> Response {
    guest
        .visit(|visit| {
            visit.need(READ)?;
            Ok(axum::Json(balanced(visit)?).into_response())
        })
        .await
}

fn balanced(visit: &Visit) -> Result<Balances, Failure> {
    visit.read(|register| Ok(balances(register, Options::default())?))
}

fn list_page(visit: &Visit) -> Result<Response, Failure> {
    visit.need(READ)?;
    let t = visit.t();
    let balances = balanced(visit)?;
    let title = say!(t, "sites-title");
    let content = html! {
        div.title {
            div { h1 { (title) } p.muted { (say!(t, "sites-lead")) } }
            @if peers::may_read(visit) { a.button href="/peers" { (say!(t, "peers-title")) } }
        }
        (card(say!(t, "sites-flows"), html! {
            @if balances.flows.is_empty() { p.muted { (say!(t, "sites-no-flows")) } }
            @else { (drawn(visit, &balances)) }
        }))
        (card(say!(t, "sites-balance"), table(visit, &balances.sites)))
        @if !balances.flows.is_empty() { (card(say!(t, "sites-by-basis"), flows(visit, &balances.flows)?)) }
    };
    Ok(layout::page(visit, Place::Sites, &title, content))
}

/// Whether what is not accounted for can be nought.
fn tone(unaccounted: Span) -> Tone {
    if unaccounted.low <= 0 && unaccounted.high >= 0 {
        Tone::Wait
    } else {
        Tone::Risk
    }
}

fn span(visit: &Visit, span: Span) -> String {
    let t = visit.t();
    if span.low == span.high {
        t.number(span.low)
    } else {
        say!(
            t,
            "figure-between",
            low = t.number(span.low),
            high = t.number(span.high)
        )
    }
}

fn counted(visit: &Visit, headcount: &Headcount) -> String {
    let t = visit.t();
    let low = t.number(headcount.low);
    match headcount.high {
        None => say!(t, "figure-or-more", number = low),
        Some(high) if high == headcount.low => low,
        Some(high) => say!(t, "figure-between", low = low, high = t.number(high)),
    }
}

fn table(visit: &Visit, sites: &[SiteBalance]) -> Markup {
    let t = visit.t();
    let (mut came, mut left) = (0, 0);
    for site in sites {
        came += site.came;
        left += site.left;
    }
    let at = |site: &SiteBalance, place: Option<usize>| {
        let headcount = place.map(|place| &site.headcounts[place]);
        headcount.map(|headcount| counted(visit, headcount))
    };
    // On a telephone a cell stands on a line of its own: what is not known takes none.
    let cell = |label: String, value: Option<Markup>| {
        html! {
            td.n data-label=[value.is_some().then_some(label)] { @if let Some(value) = value { (value) } }
        }
    };
    html! {
        div.scroll { table.cards {
            thead { tr {
                th { (say!(t, "sites-site")) } th.n { (say!(t, "sites-opening")) } th.n { (say!(t, "sites-came")) }
                th.n { (say!(t, "sites-left")) } th.n { (say!(t, "sites-expected")) } th.n { (say!(t, "sites-counted")) }
                th.n { (say!(t, "figures-unaccounted")) }
            } }
            tbody { @for site in sites { tr {
                th scope="row" { a href={ "/sites/" (site.site) } { (visit.site_name(site.site)) } }
                (cell(say!(t, "sites-opening"), at(site, site.opening).map(|text| html! { (text) })))
                td.n data-label=(say!(t, "sites-came")) { (t.number(site.came)) }
                td.n data-label=(say!(t, "sites-left")) { (t.number(site.left)) }
                (cell(say!(t, "sites-expected"), site.expected.map(|expected| html! { (span(visit, expected)) })))
                (cell(say!(t, "sites-counted"), at(site, site.closing).map(|text| html! { (text) })))
                (cell(say!(t, "figures-unaccounted"), site.unaccounted.map(|unaccounted| tag(tone(unaccounted), span(visit, unaccounted)))))
            } } }
            tfoot { tr {
                th scope="row" { (say!(t, "sites-operation")) } td {}
                td.n data-label=(say!(t, "sites-came")) { (t.number(came)) }
                td.n data-label=(say!(t, "sites-left")) { (t.number(left)) }
                td {} td {} td {}
            } }
        } }
        p.small.muted { (say!(t, "sites-balance-how")) }
    }
}

/// What went between the sites; first and last counts are bands too, so that every site adds up, and
/// so is what does not.
fn drawn(visit: &Visit, balances: &Balances) -> Markup {
    let t = visit.t();
    let mut diagram = Diagram::default();
    for flow in &balances.flows {
        let (from, to) = (diagram.site(visit, flow.from), diagram.site(visit, flow.to));
        diagram.add(from, to, flow.people);
    }
    let unaccounted_name = say!(t, "figures-unaccounted");
    let mut gaps = Vec::new();
    for site in &balances.sites {
        let Some(said) = site.unaccounted_said else {
            continue;
        };
        let number =
            |place: usize| i64::try_from(site.headcounts[place].stated.low).unwrap_or(i64::MAX);
        let day = |place: usize| short_day(visit, site.headcounts[place].stated.as_of.0);
        let here = diagram.site(visit, site.site);
        if let Some(opening) = site.opening {
            let first = diagram.node(say!(t, "sites-there", day = day(opening)), false);
            diagram.add(first, here, number(opening));
        }
        if let Some(closing) = site.closing {
            let last = diagram.node(say!(t, "sites-there", day = day(closing)), false);
            diagram.add(here, last, number(closing));
        }
        let name = visit.site_name(site.site);
        gaps.push(format!("{name}: {}", t.number(said)));
        if said >= 0 {
            let gap = diagram.node(unaccounted_name.clone(), true);
            diagram.add(here, gap, said);
        } else {
            // More were counted than had come: they came from somewhere nobody stated.
            let gap = diagram.node(say!(t, "sites-came-unaccounted"), true);
            diagram.add(gap, here, -said);
        }
    }
    let title = say!(t, "sites-flows");
    let drawn = Sankey {
        name: "operation",
        title: title.clone(),
        text: format!("{unaccounted_name}: {}", gaps.join("; ")),
        nodes: &diagram.nodes,
        bands: &diagram.bands(),
        number: &|number| t.number(number),
    };
    wide(&title, drawn.svg())
}

/// `18 Sep`: for where there is little room.
fn short_day(visit: &Visit, date: Date) -> String {
    let month = visit.t().word("month-short", &date.month().to_string());
    format!("{} {month}", date.day())
}

#[derive(Default)]
struct Diagram {
    nodes: Vec<Node>,
    sites: BTreeMap<SiteId, usize>,
    people: BTreeMap<(usize, usize), i64>,
}

impl Diagram {
    fn node(&mut self, name: String, unaccounted: bool) -> usize {
        self.nodes.push(Node { name, unaccounted });
        self.nodes.len() - 1
    }

    fn site(&mut self, visit: &Visit, site: SiteId) -> usize {
        if let Some(node) = self.sites.get(&site) {
            return *node;
        }
        let node = self.node(visit.site_name(site), false);
        self.sites.insert(site, node);
        node
    }

    fn add(&mut self, from: usize, to: usize, people: i64) {
        *self.people.entry((from, to)).or_default() += people;
    }

    fn bands(&self) -> Vec<Band> {
        let band = |((from, to), people): (&(usize, usize), &i64)| Band {
            from: *from,
            to: *to,
            people: *people,
        };
        self.people.iter().map(band).collect()
    }
}

/// Names of legal bases, those of the operation's own list too.
pub(crate) fn basis_name(visit: &Visit, basis: &LegalBasis) -> Result<String, Failure> {
    if LegalBasis::known(basis.as_str()).is_some() {
        return Ok(visit.t().of(basis));
    }
    let defined = visit.read(|register| Ok(domain::Known::legal_basis(register, basis)?))?;
    let name = defined
        .as_ref()
        .and_then(|defined| defined.name(visit.t().language().tag()));
    Ok(name.unwrap_or(basis.as_str()).to_owned())
}

fn flows(visit: &Visit, flows: &[Flow]) -> Result<Markup, Failure> {
    let t = visit.t();
    let mut rows = Vec::new();
    for flow in flows {
        rows.push((flow, basis_name(visit, &flow.legal_basis)?));
    }
    Ok(html! {
        div.scroll { table.cards {
            thead { tr {
                th { (say!(t, "sites-from-to")) } th { (say!(t, "movement-legal")) } th.n { (say!(t, "sites-movements")) }
                th.n { (say!(t, "sites-people")) } th { (say!(t, "sites-screened")) }
            } }
            tbody { @for (flow, basis) in &rows { tr {
                th.row scope="row" { (visit.site_name(flow.from)) " → " (visit.site_name(flow.to)) }
                td.row { (basis) }
                td.n data-label=(say!(t, "sites-movements")) { (t.number(i64::try_from(flow.movements.len()).unwrap_or(i64::MAX))) }
                td.n data-label=(say!(t, "sites-people")) {
                    (t.number(flow.people))
                    @if flow.under_way > 0 { " " (tag(Tone::Wait, say!(t, "sites-under-way", count = flow.under_way))) }
                }
                td.row { (screened(visit, flow)) }
            } } }
        } }
    })
}

/// Whether people were screened before: numbers where they were said, else of how many movements what is
/// said.
fn screened(visit: &Visit, flow: &Flow) -> Markup {
    let t = visit.t();
    let numbers = flow.screening.each();
    html! {
        @for (word, number) in numbers { @if let Some(number) = number {
            div { (t.word("screening-count", word)) ": " b { (t.number(number)) } }
        } }
        (told_before(visit, &flow.told))
        @for (word, movements) in &flow.said { @if *word != "counted" {
            div.small.muted { (t.word("screened", word)) ": " (say!(t, "sites-of-movements", count = *movements)) }
        } }
    }
}

/// What people themselves said at the desk.
pub(crate) fn told_before(visit: &Visit, told: &BTreeMap<ScreenedBefore, u32>) -> Markup {
    let t = visit.t();
    html! {
        @if !told.is_empty() {
            div { (say!(t, "screened-told")) ": "
                @for (place, (answer, people)) in told.iter().enumerate() {
                    @if place > 0 { " · " }
                    (t.of(answer)) " " b { (t.number(i64::from(*people))) }
                }
            }
        }
    }
}

fn site_page(visit: &Visit, id: SiteId) -> Result<Response, Failure> {
    visit.need(READ)?;
    let t = visit.t();
    let site = visit
        .sites
        .iter()
        .find(|site| site.id == id)
        .ok_or(Failure::NotFound)?;
    let balances = balanced(visit)?;
    let balance = balances.sites.iter().find(|balance| balance.site == id);
    let content = html! {
        div.title {
            div {
                h1 { (site.name) }
                p.muted {
                    (t.of(&site.kind)) " · " (t.of(&site.country))
                    @if let Some(area) = &site.area { " · " (t.of(area)) }
                    @if let Some(capacity) = site.capacity { " · " (say!(t, "sites-capacity", count = capacity)) }
                }
            }
            div.actions {
                @if visit.may(P::KeepFigures) { a.button.primary href={ "/figures/new?site=" (site.id) } { (say!(t, "sites-count")) } }
                a.button.quiet href="/sites" { (say!(t, "sites-title")) }
            }
        }
        (crate::page::conflicts::of(visit, site.id.0)?)
        @match balance {
            None => { section.card { p.muted { (say!(t, "sites-nothing")) } } }
            Some(balance) => {
                (card(say!(t, "sites-chart"), chart(visit, site, balance)))
                (card(say!(t, "sites-balance"), table(visit, std::slice::from_ref(balance))))
                (card(say!(t, "sites-movements"), movements(visit, balance)?))
            }
        }
    };
    Ok(layout::page(visit, Place::Sites, &site.name, content))
}

/// Every headcount as a mark, numbered as in the list below; and our own balance.
fn chart(visit: &Visit, site: &Site, balance: &SiteBalance) -> Markup {
    let t = visit.t();
    let epoch = jiff::civil::date(1970, 1, 1);
    let minutes = |at: domain::Moment| {
        let local = at.timestamp().to_zoned_datetime(site.zone()).datetime();
        let days = i64::from((local.date() - epoch).get_days());
        days * 1_440 + i64::from(local.hour()) * 60 + i64::from(local.minute())
    };
    let mark = |(place, headcount): (usize, &Headcount)| Mark {
        number: place + 1,
        at: i64::midpoint(minutes(headcount.from), minutes(headcount.until)),
        low: headcount.low,
        high: headcount.high,
        counted: headcount.stated.method == domain::Method::Count,
    };
    let marks: Vec<_> = balance.headcounts.iter().enumerate().map(mark).collect();
    let level = |held: &report::balance::Held| Level {
        at: minutes(held.at),
        low: held.people.low,
        high: held.people.high,
    };
    let levels: Vec<_> = balance.held.iter().map(level).collect();
    let date = |day: i64| -> Option<Date> {
        epoch
            .checked_add(jiff::Span::new().try_days(day).ok()?)
            .ok()
    };
    let day = |number: i64| {
        let date = date(number);
        date.map_or_else(String::new, |date| short_day(visit, date))
    };
    let text = say!(t, "sites-chart-text", count = marks.len());
    html! {
        (Population {
            title: say!(t, "sites-chart"),
            text,
            marks: &marks,
            levels: &levels,
            capacity: site.capacity.map(i64::from),
            number: &|number| t.number(number),
            day: &day,
        }.svg())
        ul.bare.small.key {
            @if site.capacity.is_some() { li { span.key-capacity {} (say!(t, "sites-key-capacity")) } }
            @if levels.len() > 1 { li { span.key-own {} (say!(t, "sites-key-own")) } }
        }
        ol.said { @for headcount in &balance.headcounts { li {
            b { (said(t, &statement(&headcount.stated))) } " "
            (tag(Tone::Plain, t.word("method", headcount.stated.method.code())))
            " " (headcount.stated.stated_by) ", " (visit.clock.date(headcount.stated.as_of.0))
            @if let Some(minute) = headcount.stated.minute { " " (format!("{:02}:{:02}", minute / 60, minute % 60)) }
            @if !headcount.stated.published_by.is_empty() { " · " span.muted { (headcount.stated.published_by) ", " (visit.clock.date(headcount.stated.published_on.0)) } }
            " " span.small.muted { (headcount.stated.code) }
        } } }
    }
}

fn movements(visit: &Visit, balance: &SiteBalance) -> Result<Markup, Failure> {
    let t = visit.t();
    let mut rows = Vec::new();
    for step in balance.steps.iter().rev() {
        let movement =
            visit.read(|register| Ok(domain::Known::movement(register, step.movement)?))?;
        rows.extend(movement.map(|movement| (step, movement)));
    }
    Ok(html! {
        div.scroll { table.cards {
            thead { tr { th { (say!(t, "sites-when")) } th { (say!(t, "movement-name")) } th { (say!(t, "sites-from-to")) } th.n { (say!(t, "sites-people")) } } }
            tbody { @for (step, movement) in &rows { tr {
                td { (visit.clock.full(step.at)) }
                th scope="row" { a href={ "/movements/" (movement.id) } { (movement.designator) } }
                td { (visit.site_name(movement.origin)) " → " (visit.site_name(movement.destination)) }
                td.n data-label=(say!(t, "sites-people")) { @if step.change > 0 { "+" } (t.number(step.change)) }
            } } }
        } }
    })
}
