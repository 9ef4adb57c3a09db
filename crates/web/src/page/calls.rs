//! The list of people to call: who was referred and is to be asked today how it went, the longest overdue
//! first, each with their number and a button for every way a call can end. It can be printed and taken
//! to a telephone. A number stands on this page only: never in an address, a log or a message.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::{
    CallResult, Command, Day, EARLY_DAYS, Known, Moment, Permission as P, Referral, ReferralId,
    call_days, next_call,
};
use jiff::ToSpan;
use maud::{Markup, html};

use crate::catalogue::say;
use crate::component::{Filled, Tone, notice, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed};
use crate::layout::{self, Place};
use crate::page::referrals::{Seen, seen, service_name};
use crate::visit::{Guest, Said, Trouble, Visit, id};

type Posted = Form<Vec<(String, String)>>;

/// Longest list.
const LIST_MAX: u32 = 500;
const DAY_MS: i64 = 86_400_000;
/// After so many calls in a row that reached nobody, whoever calls is asked whether the person is lost.
const UNREACHED_MANY: u32 = 3;
/// How a call can end, as the buttons stand. Pressing Enter in the field before them means the first.
const RESULTS: [CallResult; 4] = [
    CallResult::REACHED,
    CallResult::NO_ANSWER,
    CallResult::WRONG_NUMBER,
    CallResult::NO_CALLS,
];

struct Call {
    seen: Seen,
    phone: Option<String>,
}

/// The list.
pub(crate) async fn show(guest: Guest) -> Response {
    guest
        .visit(|visit| page(visit, &Typed::default(), None))
        .await
}

/// How a call went.
pub(crate) async fn act(guest: Guest, Path(text): Path<String>, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), move |visit, typed| {
            visit.need(&[P::Refer])?;
            let referral = id(&text, ReferralId)?;
            match called(visit, referral, typed) {
                Ok(said) => Ok(visit.go(after(typed, &format!("/referrals/{referral}")), said)),
                Err(Trouble::Refused(complaint)) => page(visit, typed, Some(&complaint)),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

/// Calls are recorded from the list; that calls are welcome again, from the page of the referral.
fn after<'a>(typed: &Typed, referral: &'a str) -> &'a str {
    if typed.get("reached") == CallResult::CALLS_AGAIN.as_str() {
        referral
    } else {
        "/calls"
    }
}

fn called(visit: &Visit, referral: ReferralId, typed: &Typed) -> Result<Said, Trouble> {
    let found = visit
        .read(|register| {
            let found = register.referral(referral)?.ok_or(Failure::NotFound)?;
            seen(visit, register, found)?.ok_or(Failure::NotFound)
        })
        .map_err(Trouble::Failed)?;
    let result = CallResult::any(typed.get("reached"));
    let command = Command::FollowUpReferral {
        referral,
        due: next(visit, &found.referral, &result),
        note: typed.some("reason").map(str::to_owned),
        reached: Some(result),
    };
    visit.execute(typed, command)
}

/// When to ask next: by the days of the schedule where somebody was spoken to, a week on after the last
/// of them; tomorrow where nobody was.
fn next(visit: &Visit, referral: &Referral, result: &CallResult) -> Moment {
    let day = |moment| Day(visit.clock.day(moment));
    if [CallResult::NO_ANSWER, CallResult::WRONG_NUMBER].contains(result) {
        return visit.now.plus_ms(DAY_MS);
    }
    let due = next_call(day(referral.made_at), day(visit.now));
    // In the course of that day, as on the page of the referral.
    due.and_then(|due| visit.clock.read(&format!("{due}T18:00")))
        .unwrap_or_else(|| visit.now.plus_ms(7 * DAY_MS))
}

/// Those to call today, with what may be known of them, and how many more are to be asked after but
/// asked not to be called.
fn calls(visit: &Visit) -> Result<(Vec<Call>, usize), Failure> {
    let site = visit.here()?.id;
    let today = visit.clock.day(visit.now);
    visit.read(|register| {
        let open = register.open_referrals(site, |needed| visit.may(needed), LIST_MAX)?;
        let due = open.into_iter().filter(|referral| {
            let due = referral.due.map(|due| visit.clock.day(due));
            due.is_some_and(|due| due <= today)
        });
        let mut calls = Vec::new();
        let mut declined = 0;
        for referral in due {
            let person = referral.person;
            let Some(seen) = seen(visit, register, referral)? else {
                continue;
            };
            if register.declines_calls(person)? {
                declined += 1;
                continue;
            }
            let phone = if visit.may(P::SeePeople) {
                let person = register.person(person)?;
                person.and_then(|person| person.particulars?.phone)
            } else {
                None
            };
            calls.push(Call { seen, phone });
        }
        Ok((calls, declined))
    })
}

fn page(visit: &Visit, typed: &Typed, complaint: Option<&Complaint>) -> Result<Response, Failure> {
    visit.need(&[P::Refer])?;
    let t = visit.t();
    let (calls, declined) = calls(visit)?;
    let count = i64::try_from(calls.len()).unwrap_or(i64::MAX);
    let title = say!(t, "calls-title");
    let today = visit.clock.weekday_date(visit.clock.day(visit.now));
    let content = html! {
        div.title {
            div { h1 { (title) } p.muted { (today) " · " (say!(t, "calls-lead", count = count)) } }
            p.actions { button type="button" data-print hidden { (say!(t, "report-print")) } }
        }
        (Filled::new(t, typed, complaint).summary())
        section.card {
            @if calls.is_empty() { p.muted { (say!(t, "calls-none")) } }
            ol.rows.calls { @for call in &calls { li { (row(visit, call)) } } }
        }
        @if declined > 0 { p.small.muted { (say!(t, "calls-not-called", count = i64::try_from(declined).unwrap_or(i64::MAX))) } }
        p.small.muted { (say!(t, "calls-how")) }
        p.actions {
            a.button.quiet href="/referrals" { (say!(t, "referrals-title")) }
            a.button.quiet href="/pathways" { (say!(t, "pathways-title")) }
        }
    };
    let page = layout::page(visit, Place::Referrals, &title, content);
    Ok(layout::refused(page, complaint))
}

/// Which of the three calls of the schedule it is; none where somebody chose another day, before the
/// first.
fn which(visit: &Visit, referral: &Referral) -> Option<String> {
    let t = visit.t();
    let made = Day(visit.clock.day(referral.made_at));
    let reached = Day(visit.clock.day(visit.now).saturating_add(EARLY_DAYS.days()));
    let names = [
        say!(t, "calls-week"),
        say!(t, "calls-month"),
        say!(t, "calls-quarter"),
    ];
    let fallen = call_days(made).zip(names);
    fallen
        .filter(|(day, _)| *day <= reached)
        .last()
        .map(|(_, name)| name)
}

fn row(visit: &Visit, call: &Call) -> Markup {
    let t = visit.t();
    let referral = &call.seen.referral;
    let action = format!("/calls/{}", referral.id);
    let who = call.seen.who.clone();
    let who = who.unwrap_or_else(|| say!(t, "person-unnamed"));
    let due = referral.due.map(|due| visit.clock.day(due));
    let late = due.filter(|due| *due < visit.clock.day(visit.now));
    let field = format!("reason-{}", referral.id);
    html! {
        div.grow {
            a.strong href={ "/referrals/" (referral.id) } { (who) }
            p.phone {
                @match &call.phone {
                    Some(phone) => a href={ "tel:" (dialled(phone)) } { (phone) },
                    None => span.muted { (say!(t, "calls-no-number")) " " a.no-print href={ "/people/" (referral.person) "/correct" } { (say!(t, "calls-add-number")) } },
                }
            }
            p.small { (service_name(visit, &call.seen)) }
            p.tags {
                @if let Some(which) = which(visit, referral) { (tag(Tone::Plain, which)) }
                @match late {
                    Some(due) => (tag(Tone::Risk, say!(t, "referral-overdue", at = visit.clock.date(due)))),
                    None => (tag(Tone::Calm, say!(t, "calls-today"))),
                }
                @if referral.last_call == Some(CallResult::WRONG_NUMBER) { (tag(Tone::Wait, t.of(&CallResult::WRONG_NUMBER))) }
                @if referral.unreached > 0 { (tag(Tone::Wait, say!(t, "calls-unreached", count = i64::from(referral.unreached)))) }
            }
            p.small.muted { (say!(t, "referral-made-at", at = visit.clock.full(referral.made_at))) }
            @if referral.unreached >= UNREACHED_MANY { (notice(Tone::Wait, say!(t, "calls-perhaps-lost"))) }
            p.paper-only { (say!(t, "calls-on-paper")) }
        }
        (layout::form(visit, &action, html! { div.stack {
            div {
                label for=(field) { (say!(t, "calls-went")) }
                input id=(field) name="reason" type="text" autocomplete="off" maxlength="4000";
            }
            p.actions { @for (number, result) in RESULTS.iter().enumerate() {
                button.primary[number == 0] name="reached" value=(result.as_str()) { (t.of(result)) }
            } }
        } }))
    }
}

/// The number as a telephone dials it.
fn dialled(phone: &str) -> String {
    let dials = |c: &char| c.is_ascii_digit() || *c == '+';
    phone.chars().filter(dials).collect()
}
