//! Who is this? Picked from the manifest, known from before, new by name alone, or nobody's
//! business: each is an ordinary answer. Nothing is asked before the person was told what is kept.

use domain::{
    ArrivalId, Command, Known, LineId, Particulars, Permission as P, PersonId, Registering, Whose,
};
use maud::{Markup, html};
use register::people::{Because, Expected, Found, Search};

use super::AtDesk;
use super::alike::{self, MAY_BE_KNOWN};
use super::zone::{self, Scanned};
use crate::catalogue::say;
use crate::component::{Filled, Tone, card, notice, tag};
use crate::failure::Failure;
use crate::form::{Typed, made_by};
use crate::layout;
use crate::particulars;
use crate::visit::{Said, Trouble, Visit, id};

/// Longest lists of people to choose from.
const FOUND_MAX: u32 = 8;

pub(super) fn register(
    visit: &Visit,
    arrival: ArrivalId,
    action: &str,
    typed: &Typed,
) -> Result<Said, Trouble> {
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let new = PersonId(made_by(request, 1));
    let whose = match action {
        "known" => Whose::Known(id(typed.get("person"), PersonId).map_err(Trouble::Failed)?),
        "decline" => Whose::Declined { person: new },
        _ => {
            let today = visit.clock.day(visit.now);
            let particulars =
                particulars::read(visit.t(), typed, today).map_err(Trouble::Refused)?;
            alike::look_first(visit, arrival, &particulars, typed)?;
            Whose::New {
                person: new,
                particulars: Box::new(particulars),
            }
        }
    };
    let movement = visit
        .read(|register| register.arrival(arrival)?.ok_or(Failure::NotFound))
        .map_err(Trouble::Failed)?
        .movement;
    visit.execute(
        typed,
        Command::Register(Box::new(Registering {
            arrival,
            movement,
            whose,
            line: typed.some("line").and_then(|line| id(line, LineId).ok()),
            informed: typed.ticked("informed"),
            document_shared: typed.ticked("document_shared"),
        })),
    )
}

pub(super) fn correct_line(
    visit: &Visit,
    arrival: ArrivalId,
    typed: &Typed,
) -> Result<Said, Trouble> {
    let line = typed.some("line").and_then(|line| id(line, LineId).ok());
    visit.execute(typed, Command::CorrectRegistration { arrival, line })
}

/// The form of somebody not registered yet.
pub(super) fn form(visit: &Visit, desk: &AtDesk, filled: Filled<'_>) -> Result<Markup, Failure> {
    let t = visit.t();
    if !desk.landed() {
        return Ok(notice(Tone::Wait, say!(t, "who-not-landed")));
    }
    let line = chosen_line(visit, desk, filled.typed);
    let picked = match line {
        Some(line) => visit.read(|register| Ok(register.line(line)?))?,
        None => None,
    };
    let from_list = picked.as_ref().and_then(|line| line.particulars.as_ref());
    let today = visit.clock.day(visit.now);
    let scanned = Scanned::of(desk);
    let of_document = scanned.zone().map(|zone| zone.particulars(today));
    let prefilled = from_list
        .or(of_document.as_ref())
        .map(particulars::filled_from)
        .unwrap_or_default();
    let shown = if filled.typed.is_empty() {
        Filled {
            typed: &prefilled,
            ..filled
        }
    } else {
        filled
    };
    let words = scanned.searched();
    let expected = expected(visit, desk, &words, of_document.as_ref())?;
    let path = format!("/arrivals/{}", desk.arrival.id);
    Ok(html! {
        section.card.nextstep #who {
            h2 { (say!(t, "who-title")) }
            (layout::form(visit, &desk.path("find"), html! {
                div.tight {
                    @if let Scanned::Begun(begun) = &scanned {
                        input type="hidden" name="begun" value=(begun);
                        (notice(Tone::Calm, say!(t, "zone-next-line")))
                    }
                    label for="find" { (say!(t, "who-find")) }
                    div.scan {
                        div { input id="find" name="find" value=(words) autocomplete="off" maxlength=(formats::mrz::TYPED_BYTES_MAX) autofocus[filled.complaint.is_none() && from_list.is_none()]; }
                        button { (say!(t, "who-find-do")) }
                    }
                }
            }))
            @if let Some(zone) = scanned.zone() { (zone::said(visit, desk, zone)) }
            @if !words.is_empty() {
                h3 { (say!(t, "who-on-list")) }
                @if expected.is_empty() { p.muted { (say!(t, "who-on-list-none")) } }
                ul.rows { @for person in &expected {
                    li {
                        span.grow { b { (person.particulars.full_name()) } " " span.muted { (particulars::short(t, &person.particulars, today)) }
                            @if person.movement != desk.arrival.movement { " " (tag(Tone::Wait, say!(t, "who-other-movement"))) } }
                        @if person.movement == desk.arrival.movement {
                            a.button href={ (path) "?line=" (person.line) "#form" } { (say!(t, "who-this-one")) }
                        }
                    }
                } }
            }
        }
        section.card #form {
            h2 { @if from_list.is_some() { (say!(t, "who-check")) } @else { (say!(t, "who-new")) } }
            (layout::form(visit, &desk.path("register"), html! {
                div.stack {
                    (filled.summary())
                    @if let Some(line) = line { input type="hidden" name="line" value=(line); }
                    @if from_list.is_some() { (notice(Tone::Calm, say!(t, "who-from-list"))) }
                    @else if of_document.is_some() { (notice(Tone::Calm, say!(t, "zone-filled"))) }
                    @if filled.complaint.is_some_and(|complaint| complaint.code == MAY_BE_KNOWN) {
                        (notice(Tone::Wait, filled.check("somebody_else", say!(t, "alike-somebody-else"))))
                    }
                    (told(visit, shown))
                    (particulars::fields(shown))
                    (crate::page::movement::earlier(visit, filled))
                    button.primary { (say!(t, "who-register")) }
                }
            }))
        }
        section.card {
            details.more {
                summary { (say!(t, "who-decline")) }
                (layout::form(visit, &desk.path("decline"), html! {
                    div.stack {
                        p { (say!(t, "who-decline-text")) }
                        (told(visit, shown))
                        button { (say!(t, "who-decline-do")) }
                    }
                }))
            }
        }
    })
}

/// Who of the manifest is looked for: by the words or the number; a list can have another number
/// than the document, or none, and then the name on the document finds the line.
fn expected(
    visit: &Visit,
    desk: &AtDesk,
    words: &str,
    of_document: Option<&Particulars>,
) -> Result<Vec<Expected>, Failure> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    visit.read(|register| {
        let search = |text: &str| register.search_expected(desk.arrival.site, text, FOUND_MAX);
        let by_words = search(words)?;
        match of_document {
            Some(who) if by_words.is_empty() => Ok(search(&who.full_name())?),
            _ => Ok(by_words),
        }
    })
}

/// What is read aloud before anything is written down, and the box that says it was.
fn told(visit: &Visit, filled: Filled<'_>) -> Markup {
    let t = visit.t();
    html! {
        div.aloud {
            p.small.strong { (say!(t, "told-title")) }
            blockquote { (say!(t, "told-text")) }
            (filled.check("informed", say!(t, "told-done")))
        }
    }
}

/// The line of the manifest somebody picked.
fn chosen_line(visit: &Visit, desk: &AtDesk, typed: &Typed) -> Option<LineId> {
    let line = typed
        .some("line")
        .or_else(|| desk.asked.some("line"))
        .or_else(|| visit.guest.query.some("line"))?;
    id(line, LineId).ok()
}

/// Is this someone we know? Looked up by what stands on the manifest, on the document, or in the form
/// while it is typed; and searched for by a card or a name.
pub(super) fn known(
    visit: &Visit,
    desk: &AtDesk,
    filled: Filled<'_>,
    of_form: &Typed,
) -> Result<Markup, Failure> {
    let t = visit.t();
    let site = visit.here()?;
    let line = chosen_line(visit, desk, filled.typed);
    let scanned = Scanned::of(desk);
    let today = visit.clock.day(visit.now);
    let listed = match line {
        Some(line) => visit.read(|register| Ok(register.line(line)?))?,
        None => None,
    };
    let listed = listed.and_then(|line| line.particulars);
    let of_document = scanned.zone().map(|zone| zone.particulars(today));
    let told = alike::told(visit, of_form)
        .or(listed)
        .or(of_document)
        .unwrap_or_default();
    let (text, found) = visit.read(|register| {
        let text = desk
            .asked
            .some("known")
            .map(str::to_owned)
            .or_else(|| Some(scanned.searched()).filter(|words| !words.is_empty()))
            .unwrap_or_default();
        if text.is_empty() {
            return Ok((text, Vec::new()));
        }
        let since = site.span_of(site.day_of(visit.now)).0;
        let search = Search {
            text: &text,
            site: site.id,
            since,
            limit: FOUND_MAX,
        };
        let mut found = register.search(&search)?.found;
        if let (true, Scanned::Zone(zone)) = (found.is_empty(), &scanned) {
            let names = zone.names();
            let name = format!("{} {}", names.given, names.family);
            let by_name = Search {
                text: &name,
                ..search
            };
            found = register.search(&by_name)?.found;
        }
        Ok((text, found))
    })?;
    let holders = found
        .iter()
        .filter(|found| found.because == Because::Document)
        .count();
    let people: Vec<&Found> = found
        .iter()
        .filter(|found| found.person.is_some())
        .collect();
    Ok(html! {
        aside.stack { (card(say!(t, "known-title"), html! {
            (filled.summary())
            div #alike aria-live="polite" data-alike=(desk.path("alike")) { (alike::list(visit, desk, &told, line)?) }
            hr;
            (layout::form(visit, &desk.path("find"), html! {
                div.tight {
                    @if let Some(line) = line { input type="hidden" name="line" value=(line); }
                    label for="known" { (say!(t, "known-search")) }
                    div.scan { div { input id="known" name="known" value=(text) autocomplete="off"; } button { (say!(t, "who-find-do")) } }
                }
            }))
            @if text.is_empty() {}
            @else if people.is_empty() { p.muted { (say!(t, "known-none")) } }
            @else {
                @if holders > 1 { (notice(Tone::Wait, say!(t, "known-document-of-several", count = i64::try_from(holders).unwrap_or(0)))) }
                ul.rows { @for found in people { li { (candidate(visit, desk, found, line, today)) } } }
            }
            p.small.muted { (say!(t, "known-undo")) }
        })) }
    })
}

pub(super) fn candidate(
    visit: &Visit,
    desk: &AtDesk,
    found: &Found,
    line: Option<LineId>,
    today: jiff::civil::Date,
) -> Markup {
    let t = visit.t();
    let person = found
        .person
        .map(|person| person.to_string())
        .unwrap_or_default();
    let here_already = found.movement == Some(desk.arrival.movement);
    html! {
        div.tight.grow {
            p { b { (found.particulars.as_ref().map_or_else(|| say!(t, "not-readable-here"), Particulars::full_name)) } " "
                @if let Some(who) = &found.particulars { span.muted { (particulars::short(t, who, today)) } } }
            p.small.muted {
                @if let Some(who) = &found.particulars { @if let Some(mother) = &who.mother_name { (say!(t, "known-mother", name = mother.clone())) " " } }
                @if let Some(at) = found.met_at { (say!(t, "known-met", at = visit.clock.full(at))) }
            }
            @if here_already { p { (tag(Tone::Wait, say!(t, "known-on-this-movement"))) } }
            @else {
                (layout::form(visit, &desk.path("known"), html! {
                    input type="hidden" name="person" value=(person);
                    @if let Some(line) = line { input type="hidden" name="line" value=(line); }
                    label.check { input type="checkbox" name="informed" value="yes"; span { (say!(t, "told-done")) } }
                    p.actions {
                        button { (say!(t, "known-yes")) }
                        a.button.quiet href={ "/people/" (person) } { (say!(t, "known-look")) }
                    }
                }))
            }
        }
    }
}

/// Who somebody registered is, in short, and the way to all of it.
pub(super) fn registered(visit: &Visit, desk: &AtDesk) -> Markup {
    let t = visit.t();
    let Some(detail) = &desk.person else {
        return Markup::default();
    };
    let today = visit.clock.day(visit.now);
    let informed = desk
        .arrival
        .registration
        .as_ref()
        .is_some_and(|registration| registration.informed);
    card(
        say!(t, "who-registered-title"),
        html! {
            @match &detail.person.particulars {
                Some(who) => (particulars::facts(t, &visit.clock, who, today)),
                None if detail.person.erased => p.muted { (say!(t, "person-erased")) },
                None => p.muted { (say!(t, "who-nothing")) },
            }
            p.small.muted { @if informed { (say!(t, "told-was")) } @else { (say!(t, "told-was-not")) } }
            p.actions {
                a.button href={ "/people/" (detail.person.id) } { (say!(t, "who-open-person")) }
                @if visit.may(P::Register) && !detail.person.erased { a.button.quiet href={ "/people/" (detail.person.id) "/correct" } { (say!(t, "person-correct")) } }
            }
            @if visit.may(P::Register) && desk.arrival.registration.as_ref().is_some_and(|registration| registration.line.is_some()) {
                details.more { summary { (say!(t, "line-wrong")) }
                    (layout::form(visit, &desk.path("line"), html! { p { (say!(t, "line-wrong-text")) } p.actions { button { (say!(t, "line-wrong-do")) } } }))
                }
            }
        },
    )
}
