//! Family kept together, also when it came by two flights: joined by finding anybody of it.

use domain::{ArrivalId, Command, FamilyId, Known, Permission as P, PersonId, RelationCode};
use maud::{Markup, html};
use register::people::{NamedPerson, Search};

use super::AtDesk;
use crate::catalogue::say;
use crate::component::{Filled, Tone, card, tag};
use crate::failure::Failure;
use crate::form::{Typed, made_by};
use crate::layout;
use crate::visit::{Said, Trouble, Visit, id};

const FOUND_MAX: u32 = 8;

pub(super) fn act(
    visit: &Visit,
    arrival: ArrivalId,
    action: &str,
    typed: &Typed,
) -> Result<Said, Trouble> {
    let person = visit
        .read(|register| {
            register
                .arrival(arrival)?
                .and_then(|arrival| arrival.person())
                .ok_or(Failure::NotFound)
        })
        .map_err(Trouble::Failed)?;
    if action == "leave-family" {
        let family = id(typed.get("family"), FamilyId).map_err(Trouble::Failed)?;
        let member = id(typed.get("person"), PersonId).map_err(Trouble::Failed)?;
        return visit.execute(
            typed,
            Command::LeaveFamily {
                family,
                person: member,
            },
        );
    }
    let with = id(typed.get("with"), PersonId).map_err(Trouble::Failed)?;
    let relation = RelationCode::any(typed.get("relation"));
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let known = visit
        .read(|register| Ok(register.family_of(with)?))
        .map_err(Trouble::Failed)?;
    let family = if let Some(family) = known {
        family
    } else {
        // The person found first stands at its head until somebody says otherwise.
        let family = FamilyId(made_by(request, 2));
        let head = Command::JoinFamily {
            family,
            person: with,
            relation: RelationCode::HEAD,
        };
        visit.execute_part(typed, 3, head)?;
        family
    };
    visit.execute(
        typed,
        Command::JoinFamily {
            family,
            person,
            relation,
        },
    )
}

pub(super) fn aside(visit: &Visit, desk: &AtDesk, filled: Filled<'_>) -> Result<Markup, Failure> {
    let t = visit.t();
    let Some(detail) = &desk.person else {
        return Ok(Markup::default());
    };
    let me = detail.person.id;
    let members = detail
        .family
        .as_ref()
        .map(|family| family.members.clone())
        .unwrap_or_default();
    let ids: Vec<PersonId> = members.iter().map(|member| member.person).collect();
    let text = desk.asked.get("family").to_owned();
    let site = visit.here()?;
    let (named, found) = visit.read(|register| {
        let named = register.named(&ids)?;
        let since = site.span_of(site.day_of(visit.now)).0;
        let found = if text.is_empty() {
            Vec::new()
        } else {
            register
                .search(&Search {
                    text: &text,
                    site: site.id,
                    since,
                    limit: FOUND_MAX,
                })?
                .found
        };
        Ok((named, found))
    })?;
    let today = visit.clock.day(visit.now);
    let may = visit.may(P::Register);
    let relations: Vec<_> = RelationCode::KNOWN
        .iter()
        .map(|code| (code.as_str().to_owned(), t.of(code)))
        .collect();
    Ok(html! {
        aside.stack { (card(say!(t, "family-title"), html! {
            (filled.summary())
            @if members.is_empty() { p.muted { (say!(t, "family-none")) } }
            ul.rows { @for member in &members {
                li {
                    span.grow {
                        @let person = named.iter().find(|named| named.person == member.person);
                        @if member.person == me { b { (name_of(visit, person)) } } @else { a href={ "/people/" (member.person) } { (name_of(visit, person)) } }
                        " " span.muted { (person.map(|person| short(visit, person, today)).unwrap_or_default()) }
                    }
                    @if let Some(relation) = &member.relation { (tag(Tone::Plain, t.of(relation))) }
                    @if let Some(family) = detail.family.as_ref().filter(|_| may) {
                        (layout::form(visit, &desk.path("leave-family"), html! {
                            input type="hidden" name="family" value=(family.id);
                            input type="hidden" name="person" value=(member.person);
                            button.quiet { (say!(t, "family-take-out")) }
                        }))
                    }
                }
            } }
            @if may && detail.family.is_none() {
                hr;
                (layout::form(visit, &desk.path("find"), html! {
                    div.tight {
                        label for="family" { (say!(t, "family-find")) }
                        div.scan { div { input id="family" name="family" value=(text) autocomplete="off"; } button { (say!(t, "who-find-do")) } }
                    }
                }))
                @if !text.is_empty() && !found.iter().any(|found| found.person.is_some_and(|person| person != me)) { p.muted { (say!(t, "family-nobody")) } }
                ul.rows { @for found in found.iter().filter(|found| found.person.is_some_and(|person| person != me)) {
                    li {
                        (layout::form(visit, &desk.path("join"), html! {
                            div.tight {
                                p { b { (found.particulars.as_ref().map_or_else(|| say!(t, "not-readable-here"), domain::Particulars::full_name)) } }
                                input type="hidden" name="with" value=(found.person.map(|person| person.to_string()).unwrap_or_default());
                                label { (say!(t, "family-relation")) " " select name="relation" { @for (code, word) in &relations { option value=(code) selected[code == "child"] { (word) } } } }
                                button { (say!(t, "family-join")) }
                            }
                        }))
                    }
                } }
                p.small.muted { (say!(t, "family-hint")) }
            }
        })) }
    })
}

fn name_of(visit: &Visit, person: Option<&NamedPerson>) -> String {
    let t = visit.t();
    person
        .and_then(|person| person.name.clone())
        .unwrap_or_else(|| say!(t, "not-readable-here"))
}

fn short(visit: &Visit, person: &NamedPerson, today: jiff::civil::Date) -> String {
    let sex = person.sex.map(|sex| visit.t().of(&sex));
    let age = person.birth.map(|birth| birth.age_on(today).to_string());
    sex.into_iter().chain(age).collect::<Vec<_>>().join(" · ")
}
