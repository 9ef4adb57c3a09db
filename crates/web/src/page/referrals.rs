//! Referrals: who is to be asked after, the longest overdue first; one referral and what became of
//! it; and the directory of services. Each role sees the referrals of the kinds of service it may
//! know of, and does not learn that there are others.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::{
    About, CallResult, Command, Consent, Contact, Day, Known, Permission as P, PersonId, PlacesOf,
    Reachability, Referral, ReferralId, ReferralOutcome, ReferralTerms, Referring, Service,
    ServiceId, ServiceKind, next_call,
};
use maud::{Markup, html};
use register::Register;

use crate::catalogue::{Texts, say};
use crate::component::{Filled, Tone, card, notice, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::layout::{self, Place};
use crate::page::conflicts;
use crate::visit::{Guest, Said, Trouble, Visit, id};

type Posted = Form<Vec<(String, String)>>;

/// Longest list on one page.
const LIST_MAX: u32 = 500;
/// In how many days one asks, unless somebody says otherwise.
const DUE_DAYS: i64 = 7;

/// A referral with what may be known of it.
pub(crate) struct Seen {
    pub referral: Referral,
    terms: Option<ReferralTerms>,
    service: Option<Service>,
    pub who: Option<String>,
}

/// The referral, if this visitor may know of it.
pub(crate) fn seen(
    visit: &Visit,
    register: &Register<'_>,
    referral: Referral,
) -> Result<Option<Seen>, Failure> {
    let session = &visit.seat.session;
    let terms = if referral.guarded {
        if !visit.may(P::Protect) {
            return Ok(None);
        }
        if session.opens_notes() {
            visit.guest.app.node.open_referral(session, referral.id)?
        } else {
            None
        }
    } else {
        referral.terms.clone()
    };
    let service = match &terms {
        Some(terms) => register.service(terms.service)?,
        None => None,
    };
    let guard = service
        .as_ref()
        .map_or(P::Refer, |service| service.kind.guarded_by());
    if !referral.guarded && !visit.may(guard) {
        return Ok(None);
    }
    let who = if visit.may(P::SeePeople) {
        register.named(&[referral.person])?.pop()
    } else {
        None
    };
    Ok(Some(Seen {
        referral,
        terms,
        service,
        who: who.and_then(|who| who.name),
    }))
}

pub(crate) async fn show(guest: Guest) -> Response {
    guest
        .visit(|visit| page(visit, &Typed::default(), None))
        .await
}

fn page(visit: &Visit, typed: &Typed, complaint: Option<&Complaint>) -> Result<Response, Failure> {
    visit.need(&[P::Refer, P::KeepDirectory])?;
    let t = visit.t();
    let site = visit.here()?.id;
    let (open, services) = visit.read(|register| {
        let mut open = Vec::new();
        if visit.may(P::Refer) {
            for referral in register.open_referrals(site, |needed| visit.may(needed), LIST_MAX)? {
                open.extend(seen(visit, register, referral)?);
            }
        }
        Ok((open, register.services()?))
    })?;
    let nothing = Typed::default();
    let asked = typed.get("service");
    let content = html! {
        h1 { (say!(t, "referrals-title")) }
        (conflicts::among(visit, &[About::Service, About::Referral])?)
        @if visit.may(P::Refer) {
            p.actions.no-print {
                a.button.primary href="/calls" { (say!(t, "calls-title")) }
                a.button href="/pathways" { (say!(t, "pathways-title")) }
            }
            section.card #due { h2 { (say!(t, "referrals-due", count = i64::try_from(open.len()).unwrap_or(0))) }
                @if open.is_empty() { p.muted { (say!(t, "referrals-none")) } }
                ul.rows { @for seen in &open { li { (row(visit, seen)) } } }
            }
        }
        section.card #directory { h2 { (say!(t, "directory-title")) }
            @if services.is_empty() { p.muted { (say!(t, "directory-empty")) } }
            ul.rows { @for service in &services { li {
                div.grow { (entry(visit, service)?) }
                @if !service.active { (tag(Tone::Wait, say!(t, "service-closed"))) }
                @if visit.may(P::KeepDirectory) {
                    @let own = asked == service.id.to_string();
                    // Only one of the two forms has a name in it.
                    @let says = own && typed.some("name").is_none();
                    @let lists = own && !says;
                    details.more open[says] { summary { (say!(t, "service-state")) }
                        (room_form(visit, service, if says { Filled::new(t, typed, complaint) } else { Filled::new(t, &nothing, None) }))
                    }
                    details.more open[lists] { summary { (say!(t, "service-change")) }
                        (service_form(visit, Some(service), if lists { Filled::new(t, typed, complaint) } else { Filled::new(t, &nothing, None) }))
                    }
                }
            } } }
            @if visit.may(P::KeepDirectory) {
                @let own = complaint.is_some() && asked.is_empty();
                details.more open[own] { summary { (say!(t, "service-new")) }
                    (service_form(visit, None, if own { Filled::new(t, typed, complaint) } else { Filled::new(t, &nothing, None) }))
                }
            }
            p.small.muted { (say!(t, "directory-source")) }
        }
    };
    Ok(layout::refused(
        layout::page(
            visit,
            Place::Referrals,
            &say!(t, "referrals-title"),
            content,
        ),
        complaint,
    ))
}

fn row(visit: &Visit, seen: &Seen) -> Markup {
    let t = visit.t();
    let referral = &seen.referral;
    let overdue = referral.due.is_some_and(|due| due < visit.now);
    html! {
        div.grow {
            a.strong href={ "/referrals/" (referral.id) } { (seen.who.clone().unwrap_or_else(|| say!(t, "person-unnamed"))) }
            p.small { (service_name(visit, seen)) }
            p.small.muted { (say!(t, "referral-made-at", at = visit.clock.full(referral.made_at))) }
        }
        (tag(Tone::Plain, t.of(&referral.state)))
        @if let Some(due) = referral.due {
            @if overdue { (tag(Tone::Risk, say!(t, "referral-overdue", at = visit.clock.date(visit.clock.day(due))))) }
            @else { (tag(Tone::Calm, say!(t, "referral-due", at = visit.clock.date(visit.clock.day(due))))) }
        }
    }
}

pub(crate) fn service_name(visit: &Visit, seen: &Seen) -> String {
    let t = visit.t();
    seen.service.as_ref().map_or_else(
        || say!(t, "not-readable-here"),
        |service| format!("{} · {}", service.name, t.of(&service.kind)),
    )
}

/// What a service said of its room: how much of it is left, and whether it can be reached. Shown and
/// warned of; nobody is kept from referring all the same.
struct Room {
    /// Places left and places said; what is left is not known where referrals are sealed.
    places: Option<(Option<u32>, u32)>,
    reachable: Option<Reachability>,
}

impl Room {
    fn of(visit: &Visit, service: &Service) -> Result<Option<Self>, Failure> {
        let Some(available) = &service.available else {
            return Ok(None);
        };
        // Places that went would tell of referrals that this visitor may not know of.
        let guard = service.kind.guarded_by();
        let sealed = guard == P::Protect || !visit.may_any(&[guard, P::SeeReports]);
        let left = if sealed || available.places.is_none() {
            None
        } else {
            let now = visit.now;
            let taken =
                visit.read(|register| Ok(register.places_taken(service.id, available, now)?))?;
            available.free(taken)
        };
        Ok(Some(Self {
            places: available
                .places
                .filter(|_| available.holds(visit.now))
                .map(|places| (left, places)),
            reachable: available.reachable_now(visit.now).cloned(),
        }))
    }

    fn full(&self) -> bool {
        matches!(self.places, Some((Some(0) | None, 0) | (Some(0), _)))
    }

    fn unreachable(&self) -> bool {
        self.reachable == Some(Reachability::UNREACHABLE)
    }

    /// The same in a few words each, with how they are meant.
    fn said(&self, t: Texts) -> Vec<(Tone, String)> {
        let mut said = Vec::new();
        if let Some((left, places)) = self.places {
            let places = i64::from(places);
            said.push(match left {
                _ if self.full() => (Tone::Risk, say!(t, "service-full", places = places)),
                Some(left) => {
                    let left = i64::from(left);
                    (
                        Tone::Good,
                        say!(t, "service-room", left = left, places = places),
                    )
                }
                None => (Tone::Plain, say!(t, "service-places-said", places = places)),
            });
        }
        said.push(match &self.reachable {
            None => (Tone::Plain, say!(t, "service-reachable-unknown")),
            Some(code) if *code == Reachability::REACHABLE => (Tone::Good, t.of(code)),
            Some(code) if *code == Reachability::UNREACHABLE => (Tone::Risk, t.of(code)),
            Some(code) => (Tone::Wait, t.of(code)),
        });
        said
    }
}

fn availability(visit: &Visit, service: &Service) -> Result<Markup, Failure> {
    let t = visit.t();
    let Some(available) = &service.available else {
        return Ok(Markup::default());
    };
    let said = Room::of(visit, service)?.map(|room| room.said(t));
    let days = available.open_days.iter();
    let days: Vec<_> = days
        .map(|day| t.word("weekday", &day.to_string()))
        .collect();
    Ok(html! {
        p.tags { @for (tone, text) in said.unwrap_or_default() { (tag(tone, text)) } }
        p.small.muted {
            @if available.places.is_some() { (t.of(&available.places_of)) " · " }
            @if !days.is_empty() { (say!(t, "service-open-on", days = days.join(", "))) " · " }
            @if let Some(until) = available.until { (say!(t, "service-holds-until", at = visit.clock.full(until))) " · " }
            (say!(t, "service-said-at", at = visit.clock.full(available.as_of)))
        }
    })
}

fn entry(visit: &Visit, service: &Service) -> Result<Markup, Failure> {
    let t = visit.t();
    Ok(html! {
        b { (service.name) } " " (tag(Tone::Plain, t.of(&service.kind)))
        @if !service.languages.is_empty() { p.small { (say!(t, "service-languages")) ": " (service.languages.join(", ")) } }
        // Where a service of the protection kinds is, is for those who send people there.
        @if visit.may_any(&[service.kind.guarded_by(), P::KeepDirectory]) {
            @if let Some(contact) = &service.contact {
                @for line in [&contact.place, &contact.reach, &contact.capacity] { @if !line.is_empty() { p.small.muted { (line) } } }
            }
        }
        (availability(visit, service)?)
        p.small.muted { (say!(t, "service-as-of", at = visit.clock.full(service.as_of))) }
    })
}

fn service_form(visit: &Visit, service: Option<&Service>, filled: Filled<'_>) -> Markup {
    let t = visit.t();
    let kinds = ServiceKind::KNOWN
        .iter()
        .map(|kind| (kind.as_str().to_owned(), t.of(kind)))
        .collect();
    let before = service.map(|service| {
        let contact = service.contact.clone().unwrap_or_default();
        let typed = Typed::default()
            .with("name", &service.name)
            .with("kind", service.kind.as_str())
            .with("languages", service.languages.join(", "))
            .with("place", contact.place)
            .with("reach", contact.reach)
            .with("capacity", contact.capacity);
        if service.active {
            typed.with("active", "yes")
        } else {
            typed
        }
    });
    let typed = match before {
        Some(before) if filled.typed.is_empty() => before,
        None if filled.typed.is_empty() => Typed::default().with("active", "yes"),
        _ => filled.typed.clone(),
    };
    let prefix = service.map_or_else(|| "new-".to_owned(), |service| format!("{}-", service.id));
    let filled = Filled {
        typed: &typed,
        ..filled
    };
    let filled = filled.prefixed(&prefix);
    layout::form(
        visit,
        "/referrals/service",
        html! {
            @if let Some(service) = service { input type="hidden" name="service" value=(service.id); }
            div.stack {
                (filled.summary())
                div.form {
                    (filled.text("name", say!(t, "service-name")).required())
                    (filled.select("kind", say!(t, "service-kind"), kinds))
                    (filled.text("languages", say!(t, "service-languages")).placeholder("ht, fr, en, es".into()))
                    (filled.text("place", say!(t, "service-place")).hint(say!(t, "service-place-hint")))
                    (filled.text("reach", say!(t, "service-reach")))
                    (filled.text("capacity", say!(t, "service-capacity")))
                }
                (filled.check("active", say!(t, "service-active")))
                button.primary { (say!(t, "save")) }
            }
        },
    )
}

fn service_command(typed: &Typed) -> Result<Command, Trouble> {
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let service = match typed.some("service") {
        Some(text) => id(text, ServiceId).map_err(Trouble::Failed)?,
        None => ServiceId(made_by(request, 1)),
    };
    let languages = typed.get("languages").split([',', ' ', ';']);
    Ok(Command::ListService {
        service,
        name: typed.get("name").to_owned(),
        kind: ServiceKind::any(typed.get("kind")),
        languages: languages
            .filter(|tag| !tag.is_empty())
            .map(str::to_lowercase)
            .collect(),
        active: typed.ticked("active"),
        contact: Contact {
            place: typed.get("place").to_owned(),
            reach: typed.get("reach").to_owned(),
            capacity: typed.get("capacity").to_owned(),
        },
    })
}

/// What a service says of its room today; who asks it by telephone records it here.
fn room_form(visit: &Visit, service: &Service, filled: Filled<'_>) -> Markup {
    let t = visit.t();
    let coded = |code: &str, word: String| (code.to_owned(), word);
    let reachable = Reachability::KNOWN.iter();
    let reachable = reachable.map(|code| coded(code.as_str(), t.of(code)));
    let places_of = PlacesOf::KNOWN.iter();
    let places_of = places_of.map(|code| coded(code.as_str(), t.of(code)));
    let days: Vec<_> = (1..=7)
        .map(|day: u8| coded(&day.to_string(), t.word("weekday", &day.to_string())))
        .collect();
    let mut before = Typed::default();
    if let Some(available) = &service.available {
        let places = available.places.map(|places| places.to_string());
        before = before
            .with("places", places.unwrap_or_default())
            .with("places_of", available.places_of.as_str())
            .with("reachable", available.reachable.as_str());
        for day in &available.open_days {
            before = before.with("open_days", day.to_string());
        }
    }
    let typed = if filled.typed.is_empty() {
        &before
    } else {
        filled.typed
    };
    let prefix = format!("room-{}-", service.id);
    let filled = Filled { typed, ..filled };
    let filled = filled.prefixed(&prefix);
    layout::form(
        visit,
        "/referrals/stated",
        html! {
            input type="hidden" name="service" value=(service.id);
            div.stack {
                (filled.summary())
                div.form {
                    (filled.number("places", say!(t, "service-places"), (0, 100_000)).hint(say!(t, "service-places-hint")))
                    (filled.select("places_of", say!(t, "service-places-of"), places_of.collect()))
                    (filled.select("reachable", say!(t, "service-reachable"), reachable.collect()))
                    (filled.text("until", say!(t, "service-until")).kind("datetime-local").hint(say!(t, "service-until-hint")))
                }
                fieldset { legend { (say!(t, "service-open-days")) } (filled.checks("open_days", &days)) }
                button.primary { (say!(t, "save")) }
            }
        },
    )
}

fn room_command(visit: &Visit, typed: &Typed) -> Result<Command, Trouble> {
    let wrong = |field, code, text| Trouble::Refused(visit.complain(field, code, text));
    let t = visit.t();
    let places = typed.read("places");
    if places.is_none() && typed.some("places").is_some() {
        return Err(wrong("places", "wrong-number", say!(t, "wrong-number")));
    }
    let until = match typed.some("until") {
        None => None,
        Some(text) => {
            let until = visit.clock.read(text);
            Some(until.ok_or_else(|| wrong("until", "wrong-time", say!(t, "wrong-time")))?)
        }
    };
    Ok(Command::StateService {
        service: id(typed.get("service"), ServiceId).map_err(Trouble::Failed)?,
        places,
        places_of: PlacesOf::any(typed.get("places_of")),
        reachable: Reachability::any(typed.get("reachable")),
        until,
        open_days: typed
            .all("open_days")
            .filter_map(|day| day.parse().ok())
            .collect(),
    })
}

/// A service is listed or says how much room it has, or something is done about a referral; `what` is
/// `service`, `stated` or an id.
pub(crate) async fn act(guest: Guest, Path(what): Path<String>, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), move |visit, typed| {
            if what == "service" || what == "stated" {
                visit.need(&[P::KeepDirectory])?;
                let command = if what == "service" {
                    service_command(typed)
                } else {
                    room_command(visit, typed)
                };
                let done = command.and_then(|command| visit.execute(typed, command));
                return match done {
                    Ok(said) => Ok(visit.go("/referrals", said)),
                    Err(Trouble::Refused(complaint)) => page(visit, typed, Some(&complaint)),
                    Err(Trouble::Failed(failure)) => Err(failure),
                };
            }
            visit.need(&[P::Refer])?;
            let referral = id(&what, ReferralId)?;
            match answer(visit, referral, typed) {
                Ok(said) => Ok(visit.go(&format!("/referrals/{referral}"), said)),
                Err(Trouble::Refused(complaint)) => {
                    one_page(visit, referral, typed, Some(&complaint))
                }
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn due(visit: &Visit, typed: &Typed) -> Result<Option<domain::Moment>, Trouble> {
    let t = visit.t();
    let Some(text) = typed.some("due") else {
        return Ok(None);
    };
    // To be asked in the course of that day: overdue from the evening on.
    let due = visit.clock.read(&format!("{text}T18:00"));
    due.map(Some)
        .ok_or_else(|| Trouble::Refused(visit.complain("due", "wrong-date", say!(t, "wrong-time"))))
}

fn answer(visit: &Visit, referral: ReferralId, typed: &Typed) -> Result<Said, Trouble> {
    let note = typed.some("reason").map(str::to_owned);
    let due = due(visit, typed)?;
    let command = match typed.get("outcome") {
        "asked" => Command::FollowUpReferral {
            referral,
            due: due.unwrap_or_else(|| visit.now.plus_ms(DUE_DAYS * 86_400_000)),
            note,
            reached: None,
        },
        outcome => Command::AnswerReferral {
            referral,
            outcome: ReferralOutcome::any(outcome),
            due,
            note,
        },
    };
    visit.execute(typed, command)
}

pub(crate) async fn one(guest: Guest, Path(text): Path<String>) -> Response {
    guest
        .visit(move |visit| one_page(visit, id(&text, ReferralId)?, &Typed::default(), None))
        .await
}

fn next_week(visit: &Visit) -> String {
    let then = visit.now.plus_ms(DUE_DAYS * 86_400_000);
    visit.clock.day(then).to_string()
}

/// The day the schedule proposes; next week, once its last call was made.
fn next_ask(visit: &Visit, referral: &Referral) -> String {
    let day = |moment| Day(visit.clock.day(moment));
    next_call(day(referral.made_at), day(visit.now))
        .map_or_else(|| next_week(visit), |day| day.to_string())
}

fn one_page(
    visit: &Visit,
    referral: ReferralId,
    typed: &Typed,
    complaint: Option<&Complaint>,
) -> Result<Response, Failure> {
    visit.need(&[P::Refer])?;
    let t = visit.t();
    let seen = visit.read(|register| {
        let found = register.referral(referral)?.ok_or(Failure::NotFound)?;
        seen(visit, register, found)?.ok_or(Failure::NotFound)
    })?;
    let state = seen.referral.state;
    let notes = if seen.referral.guarded && visit.seat.session.opens_notes() {
        visit
            .guest
            .app
            .node
            .open_referral_notes(&visit.seat.session, referral)?
    } else {
        Vec::new()
    };
    let typed = if typed.is_empty() {
        Typed::default().with("due", next_ask(visit, &seen.referral))
    } else {
        typed.clone()
    };
    let person = seen.referral.person;
    let declined = visit.read(|register| Ok(register.declines_calls(person)?))?;
    let filled = Filled::new(t, &typed, complaint);
    let mut outcomes = vec![("asked".to_owned(), say!(t, "referral-asked"))];
    outcomes.extend(
        ReferralOutcome::KNOWN
            .iter()
            .filter(|outcome| state.may_become(outcome))
            .map(|outcome| {
                (
                    outcome.as_str().to_owned(),
                    t.word("referral", outcome.as_str()),
                )
            }),
    );
    let content = html! {
        div.title { div {
            h1 { a href={ "/people/" (seen.referral.person) } { (seen.who.clone().unwrap_or_else(|| say!(t, "person-unnamed"))) } }
            p.muted { (service_name(visit, &seen)) }
        } (tag(Tone::Plain, t.of(&state))) }
        @if seen.referral.guarded && !visit.seat.session.opens_notes() { (notice(Tone::Wait, say!(t, "referral-locked"))) }
        section.card {
            dl {
                dt { (say!(t, "referral-since")) } dd { (visit.clock.full(seen.referral.made_at)) }
                @if let Some(due) = seen.referral.due { dt { (say!(t, "referral-ask")) } dd { (visit.clock.date(visit.clock.day(due))) } }
                @if let Some(terms) = &seen.terms {
                    dt { (say!(t, "consent-title")) } dd { (t.of(&terms.consent)) @if let Some(reason) = &terms.reason { ": " (reason) } }
                    @if let Some(need) = &terms.need { dt { (say!(t, "referral-need")) } dd { (need) } }
                }
            }
            @if let Some(service) = &seen.service { (entry(visit, service)?) }
            @for note in &notes { p.small { (visit.clock.full(note.at)) ": " (note.text) } }
        }
        @if declined { (notice(Tone::Wait, html! {
            p { (say!(t, "calls-declined")) }
            (layout::form(visit, &format!("/calls/{referral}"), html! {
                button name="reached" value=(CallResult::CALLS_AGAIN.as_str()) { (say!(t, "calls-again")) }
            }))
        })) }
        @if !state.is_over() {
            section.card.nextstep { h2 { (say!(t, "referral-what")) }
                (layout::form(visit, &format!("/referrals/{referral}"), html! {
                    div.stack {
                        (filled.summary())
                        div.form {
                            (filled.select("outcome", say!(t, "referral-outcome"), outcomes))
                            (filled.text("due", say!(t, "referral-ask")).kind("date"))
                            (filled.text("reason", say!(t, "referral-note")))
                        }
                        button.primary { (say!(t, "save")) }
                    }
                }))
            }
        }
        p { a href="/referrals" { (say!(t, "back")) } }
    };
    Ok(layout::refused(
        layout::page(visit, Place::Referrals, &say!(t, "referral-title"), content),
        complaint,
    ))
}

pub(crate) async fn refer(guest: Guest, Path(text): Path<String>) -> Response {
    guest
        .visit(move |visit| refer_page(visit, id(&text, PersonId)?, &Typed::default(), None))
        .await
}

pub(crate) async fn make(guest: Guest, Path(text): Path<String>, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), move |visit, typed| {
            visit.need(&[P::Refer])?;
            let person = id(&text, PersonId)?;
            match made(visit, person, typed) {
                Ok(said) => Ok(visit.go(&format!("/refer/{person}"), said)),
                Err(Trouble::Refused(complaint)) => {
                    refer_page(visit, person, typed, Some(&complaint))
                }
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn made(visit: &Visit, person: PersonId, typed: &Typed) -> Result<Said, Trouble> {
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let t = visit.t();
    let consent = Consent::from_code(typed.get("consent")).ok_or_else(|| {
        Trouble::Refused(visit.complain("consent", "no-consent", say!(t, "refusal-no-consent")))
    })?;
    let referring = Referring {
        referral: ReferralId(made_by(request, 1)),
        person,
        service: id(typed.get("service"), ServiceId).map_err(Trouble::Failed)?,
        consent,
        reason: typed.some("reason").map(str::to_owned),
        need: typed.some("need").map(str::to_owned),
        due: due(visit, typed)?.unwrap_or_else(|| visit.now.plus_ms(DUE_DAYS * 86_400_000)),
    };
    visit.execute(typed, Command::Refer(Box::new(referring)))
}

fn refer_page(
    visit: &Visit,
    person: PersonId,
    typed: &Typed,
    complaint: Option<&Complaint>,
) -> Result<Response, Failure> {
    visit.need(&[P::Refer])?;
    let t = visit.t();
    let (who, before, services) = visit.read(|register| {
        register.person(person)?.ok_or(Failure::NotFound)?;
        let who = register.named(&[person])?.pop();
        let mut before = Vec::new();
        for referral in register.referrals_of(person)? {
            before.extend(seen(visit, register, referral)?);
        }
        Ok((who.and_then(|who| who.name), before, register.services()?))
    })?;
    let mut options = Vec::new();
    let mut warned = Vec::new();
    let offered = services
        .iter()
        .filter(|service| service.active && visit.may(service.kind.guarded_by()));
    for service in offered {
        let mut label = format!("{} · {}", t.of(&service.kind), service.name);
        if let Some(room) = Room::of(visit, service)? {
            for (_, word) in room.said(t) {
                label.push_str(" · ");
                label.push_str(&word);
            }
            if room.full() || room.unreachable() {
                warned.push(label.clone());
            }
        }
        options.push((service.id.to_string(), label));
    }
    let typed = if typed.is_empty() {
        Typed::default().with("due", next_week(visit))
    } else {
        typed.clone()
    };
    let filled = Filled::new(t, &typed, complaint);
    let consents: Vec<Consent> = Consent::ALL
        .into_iter()
        .filter(|consent| *consent != Consent::Nobody || visit.may(P::Protect))
        .collect();
    let content = html! {
        h1 { (say!(t, "refer-title")) }
        p.muted { a href={ "/people/" (person) } { (who.unwrap_or_else(|| say!(t, "person-unnamed"))) } }
        @if !before.is_empty() {
            (card(say!(t, "refer-before"), html! { ul.rows { @for seen in &before { li { (row(visit, seen)) } } } }))
        }
        @if options.is_empty() { (notice(Tone::Wait, say!(t, "refer-no-service"))) }
        @else {
            section.card.nextstep { (layout::form(visit, &format!("/refer/{person}"), html! {
                div.stack {
                    (filled.summary())
                    p.aloud { (say!(t, "refer-aloud")) }
                    (filled.select("service", say!(t, "refer-to"), options))
                    @if !warned.is_empty() { (notice(Tone::Wait, html! {
                        p { (say!(t, "refer-no-room")) }
                        ul { @for service in &warned { li { (service) } } }
                    })) }
                    fieldset { legend { (say!(t, "consent-title")) }
                        div.checks { @for consent in consents {
                            label.check { input type="radio" name="consent" value=(consent.code()) checked[typed.get("consent") == consent.code()]; span { (t.of(&consent)) } }
                        } }
                        (filled.error("consent"))
                    }
                    @if visit.may(P::Protect) { (filled.text("reason", say!(t, "consent-reason")).hint(say!(t, "consent-reason-hint"))) }
                    (filled.text("need", say!(t, "referral-need")).hint(say!(t, "referral-need-hint")))
                    (filled.text("due", say!(t, "referral-ask")).kind("date"))
                    button.primary { (say!(t, "refer-do")) }
                }
            })) }
        }
    };
    Ok(layout::refused(
        layout::page(visit, Place::Referrals, &say!(t, "refer-title"), content),
        complaint,
    ))
}
