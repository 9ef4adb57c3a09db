//! What stands in a field, in the words of the reader. Whoever shows it has made sure that they may see
//! it.

use domain::{Field, Particulars, Value, When};
use maud::{Markup, html};

use crate::catalogue::say;
use crate::failure::Failure;
use crate::particulars;
use crate::visit::Visit;

/// A value in words.
#[allow(clippy::too_many_lines, reason = "one arm for each kind of value")]
pub(super) fn value(visit: &Visit, field: Field, value: &Value) -> Result<Markup, Failure> {
    let t = visit.t();
    let nothing = || say!(t, "conflict-empty");
    let yes_no = |yes: bool| {
        if yes {
            say!(t, "conflict-active")
        } else {
            say!(t, "conflict-inactive")
        }
    };
    Ok(match value {
        Value::Text(text) if text.is_empty() => html! { (nothing()) },
        Value::Text(text) => html! { (text) },
        Value::Number(number) => {
            let number = number.map(|number| t.number(i64::try_from(number).unwrap_or(i64::MAX)));
            html! { (number.unwrap_or_else(nothing)) }
        }
        Value::Flag(true) => html! { (say!(t, "conflict-takes-place")) },
        Value::Flag(false) => html! { (say!(t, "conflict-cancelled")) },
        Value::Moment(at) => html! { (visit.clock.full(*at)) },
        Value::Sex(None) => html! { (nothing()) },
        Value::Birth(_) | Value::Documents(_) | Value::Sex(_) | Value::Countries(_) => {
            let mut only = Particulars::default();
            only.set(field, value);
            let today = visit.clock.day(visit.now);
            if only == Particulars::default() {
                html! { (nothing()) }
            } else {
                particulars::facts(t, &visit.clock, &only, today)
            }
        }
        Value::Country(country) => {
            html! { (country.map_or_else(nothing, |country| t.of(&country))) }
        }
        Value::Area(area) => {
            html! { (area.as_ref().map_or_else(nothing, |area| t.of(area))) }
        }
        Value::Particulars(known) => {
            let today = visit.clock.day(visit.now);
            html! { (known.full_name()) (particulars::facts(t, &visit.clock, known, today)) }
        }
        Value::Person(person) => {
            let name = visit.read(|register| Ok(register.named(&[*person])?.pop()))?;
            let name = name.and_then(|named| named.name);
            let name = name.unwrap_or_else(|| say!(t, "not-readable-here"));
            html! { a href={ "/people/" (person) } { (name) } }
        }
        Value::SiteKind(kind) => html! { (t.of(kind)) },
        Value::Destination { site, expected } => {
            html! { (visit.site_name(*site)) " · " (visit.clock.full(*expected)) }
        }
        Value::Screened(counts) => html! {
            dl { @for (name, number) in counts.each() { @if let Some(number) = number {
                dt { (t.word("screening-count", name)) } dd { (t.number(number)) }
            } } }
        },
        Value::Screening(answers) => html! {
            ul {
                @if answers.declined { li { (say!(t, "conflict-declined")) } }
                @for found in &answers.vulnerabilities { li { (t.of(found)) } }
                @if let Some(separation) = &answers.separation { li { (t.of(separation)) } }
                @if answers.protection_concern { li { (say!(t, "conflict-protection")) } }
                @if let Some(before) = &answers.before { li { (t.of(before)) } }
                @if **answers == domain::Screening::default() { li { (nothing()) } }
            }
        },
        Value::Priority(reason) => html! { (t.of(reason)) },
        Value::Access { roles, active } => {
            let roles: Vec<_> = roles.iter().map(|role| t.of(role)).collect();
            html! { (roles.join(", ")) " · " (yes_no(*active)) }
        }
        Value::Item(item) => html! {
            (t.of(&item.code))
            @if let Some(limit) = &item.limit { " · " (say!(t, "conflict-limit", times = limit.times, days = limit.days)) }
            @else { " · " (say!(t, "conflict-no-limit")) }
            @if item.stocked { " · " (say!(t, "conflict-stocked")) }
            @if let Some(money) = &item.money { " · " (money.minor_units / 100) "." (format!("{:02}", money.minor_units % 100)) " " (money.currency) }
        },
        Value::Package(package) => html! {
            ul { @for grant in &package.grants { li {
                (t.number(grant.quantity)) " × " (t.of(&grant.item)) " · " (when(visit, &grant.when))
            } } }
        },
        Value::LegalBasis(basis) => html! {
            (basis.name(t.language().tag()).unwrap_or(basis.code.as_str())) " · " (yes_no(basis.active))
        },
        Value::Office {
            name,
            members,
            active,
        } => {
            let members = visit.read(|register| {
                let members = members.iter();
                members
                    .map(|member| visit.staff_name(register, *member))
                    .collect::<Result<Vec<_>, _>>()
            })?;
            html! { (name) " · " (members.join(", ")) " · " (yes_no(*active)) }
        }
        Value::Listing {
            name,
            kind,
            languages,
            active,
            ..
        } => html! {
            (name) " · " (t.of(kind)) " · " (languages.join(", ")) " · " (yes_no(*active))
        },
        Value::Contact(contact) => {
            html! { (contact.place) " · " (contact.reach) " · " (contact.capacity) }
        }
        Value::Availability {
            places,
            places_of,
            reachable,
            until,
            ..
        } => html! {
            (t.of(reachable))
            @if let Some(places) = places { " · " (t.number(*places)) " " (t.of(places_of)) }
            @if let Some(until) = until { " · " (say!(t, "conflict-until", at = visit.clock.full(*until))) }
        },
        Value::Outcome { outcome, .. } => html! { (t.word("referral", outcome.as_str())) },
        Value::Harm { harm, credibility } => {
            html! { (t.of(harm)) " · " (t.of(credibility)) }
        }
        Value::Status { status, until, .. } => html! {
            (t.of(status)) " · " (say!(t, "conflict-until", at = visit.clock.full(*until)))
        },
        Value::PathwayEnd { outcome, .. } => html! { (t.of(outcome)) },
    })
}

fn when(visit: &Visit, when: &When) -> String {
    let t = visit.t();
    match when {
        When::Met => say!(t, "when-met"),
        When::Registered => say!(t, "when-registered"),
        When::AgeFrom(age) => format!("{age} · {}", say!(t, "when-age-from")),
        When::AgeUnder(age) => format!("{age} · {}", say!(t, "when-age-under")),
        When::Vulnerable(code) => t.of(code),
    }
}
