//! Who it may be, of everybody registered before: each with how likely it is and why, as a waterfall that a clerk
//! can read. Looked up from what stands in the form, while it is typed. Nobody is linked by it.

use axum::response::{IntoResponse, Response};
use domain::{ArrivalId, LineId, Particulars, Permission as P};
use jiff::civil::Date;
use maud::{Markup, html};
use node::{Acquaintance, Asked, ComparedField, Explanation, Reason, compared_document};
use register::people::Found;

use super::AtDesk;
use super::who;
use crate::catalogue::{Texts, say};
use crate::component::{Tone, notice, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed};
use crate::particulars;
use crate::visit::{Trouble, Visit, id};

/// Longest list.
const SHOWN_MAX: usize = 5;
/// Less likely is not shown.
const SHOWN_LEAST: f64 = 0.05;
/// From here on nobody is registered a second time without a look.
const WARNED_LEAST: f64 = 0.6;
/// So little of a bit is not said.
const WEIGHT_LEAST: f64 = 0.05;

/// The code of the complaint that somebody may be on record already.
pub(super) const MAY_BE_KNOWN: &str = "may-be-known";

/// Somebody who may be the one, and what is known of them.
struct Candidate {
    acquaintance: Acquaintance,
    found: Found,
}

/// Who it may be.
fn candidates(
    visit: &Visit,
    desk: &AtDesk,
    told: &Particulars,
    least: f64,
) -> Result<Vec<Candidate>, Failure> {
    let movement = desk.arrival.movement;
    let (families, among) = visit.read(|register| {
        Ok((
            register.families_come_again(movement)?,
            register.came_by(movement)?,
        ))
    })?;
    let asked = Asked {
        particulars: told,
        families: &families,
        among,
        most: SHOWN_MAX,
        least,
    };
    let acquaintances = visit.guest.app.node.is_this_somebody_known(&asked)?;
    visit.read(|register| {
        let mut candidates = Vec::with_capacity(acquaintances.len());
        for acquaintance in acquaintances {
            if let Some(found) = register.found(acquaintance.person)? {
                candidates.push(Candidate {
                    acquaintance,
                    found,
                });
            }
        }
        Ok(candidates)
    })
}

/// What stands in the form, as far as it can be read: a date half typed is no date yet.
fn as_typed(visit: &Visit, typed: &Typed) -> Particulars {
    let today = visit.clock.day(visit.now);
    let birth = ["birth_day", "birth_month", "birth_year", "age"];
    let countries = [
        "nationality_other",
        "country_of_birth_other",
        "last_residence_other",
    ];
    particulars::read(visit.t(), &typed.without(&countries), today)
        .or_else(|_| {
            particulars::read(
                visit.t(),
                &typed.without(&[&birth[..], &countries].concat()),
                today,
            )
        })
        .unwrap_or_default()
}

/// Who stands in a form that was sent; none where nothing does.
pub(super) fn told(visit: &Visit, typed: &Typed) -> Option<Particulars> {
    Some(as_typed(visit, typed)).filter(|told| *told != Particulars::default())
}

/// Refuses to register somebody new who is likely on record, until the clerk has looked.
pub(super) fn look_first(
    visit: &Visit,
    arrival: ArrivalId,
    told: &Particulars,
    typed: &Typed,
) -> Result<(), Trouble> {
    if typed.ticked("somebody_else") || !visit.may(P::SeePeople) {
        return Ok(());
    }
    let desk = AtDesk::read(visit, arrival, Typed::default()).map_err(Trouble::Failed)?;
    // A form sent twice: the person on record is the one of the form.
    if desk.arrival.registration.is_some() {
        return Ok(());
    }
    // Nobody waits, and nobody is turned away, because everybody is still being read.
    if !matches!(visit.guest.app.node.is_acquainted(), Ok(true)) {
        return Ok(());
    }
    // Who has the same document is asked about by a rule of its own.
    let by_document = |candidate: &Candidate| {
        let on_record = candidate.found.particulars.as_ref();
        let numbers = on_record.map_or(&[][..], |record| &record.documents).iter();
        let numbers: Vec<&str> = numbers.map(|document| document.number.as_str()).collect();
        told.documents
            .iter()
            .any(|document| numbers.contains(&document.number.as_str()))
    };
    let likely = match candidates(visit, &desk, told, WARNED_LEAST) {
        Ok(likely) => likely.iter().any(|candidate| !by_document(candidate)),
        Err(failure) => {
            // Nobody is turned away because a lookup failed.
            tracing::error!(%failure, "who is known was not looked up");
            return Ok(());
        }
    };
    if !likely {
        return Ok(());
    }
    Err(Trouble::Refused(Complaint {
        field: None,
        text: say!(visit.t(), "alike-warning"),
        code: MAY_BE_KNOWN,
    }))
}

/// The list alone, for the form that is being typed.
pub(super) fn fragment(
    visit: &Visit,
    arrival: ArrivalId,
    typed: &Typed,
) -> Result<Response, Failure> {
    visit.need(&[P::Register])?;
    visit.need(&[P::SeePeople])?;
    let desk = AtDesk::read(visit, arrival, Typed::default())?;
    let line = typed.some("line").and_then(|line| id(line, LineId).ok());
    Ok(list(visit, &desk, &as_typed(visit, typed), line)?.into_response())
}

/// Who it may be, as the page shows it; nothing where nothing is known yet.
pub(super) fn list(
    visit: &Visit,
    desk: &AtDesk,
    told: &Particulars,
    line: Option<LineId>,
) -> Result<Markup, Failure> {
    let t = visit.t();
    if told.full_name().is_empty() && told.documents.is_empty() && told.phone.is_none() {
        return Ok(html! { p.small.muted { (say!(t, "alike-hint")) } });
    }
    if !visit.guest.app.node.is_acquainted()? {
        return Ok(notice(Tone::Calm, say!(t, "alike-not-ready")));
    }
    let candidates = match candidates(visit, desk, told, SHOWN_LEAST) {
        Ok(candidates) => candidates,
        Err(failure) => {
            // The desk goes on without.
            tracing::error!(%failure, "who is known was not looked up");
            return Ok(notice(Tone::Wait, say!(t, "alike-not-ready")));
        }
    };
    let today = visit.clock.day(visit.now);
    Ok(html! {
        @if candidates.is_empty() { p.muted { (say!(t, "alike-nobody")) } }
        @else { a.jump href="#alike" { (say!(t, "alike-jump", count = i64::try_from(candidates.len()).unwrap_or(0))) } }
        ul.rows { @for candidate in &candidates { li { (shown(visit, desk, candidate, told, line, today)) } } }
    })
}

fn shown(
    visit: &Visit,
    desk: &AtDesk,
    candidate: &Candidate,
    told: &Particulars,
    line: Option<LineId>,
    today: Date,
) -> Markup {
    let t = visit.t();
    let probability = candidate.acquaintance.probability;
    let (tone, word) = if probability >= 0.9 {
        (Tone::Good, say!(t, "alike-very-likely"))
    } else if probability >= 0.5 {
        (Tone::Good, say!(t, "alike-likely"))
    } else {
        (Tone::Plain, say!(t, "alike-perhaps"))
    };
    html! {
        div.tight.grow {
            p { (tag(tone, word)) " " span.small.muted { (percent(probability)) } }
            (who::candidate(visit, desk, &candidate.found, line, today))
            details.more.fall-of { summary { (say!(t, "alike-why")) }
                (waterfall(visit, &candidate.acquaintance.because, told, candidate.found.particulars.as_ref(), today))
            }
        }
    }
}

/// Never 100: nothing here is certain.
fn percent(probability: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "0 to 100")]
    let percent = (100.0 * probability).round() as i64;
    match percent {
        0 => "< 1 %".to_owned(),
        100.. => "> 99 %".to_owned(),
        _ => format!("{percent} %"),
    }
}

/// A step of the waterfall.
struct Step {
    words: String,
    /// What was told now, and what stands on record.
    values: Option<(String, String)>,
    bits: f64,
}

fn waterfall(
    visit: &Visit,
    because: &Explanation,
    told: &Particulars,
    on_record: Option<&Particulars>,
    today: Date,
) -> Markup {
    let t = visit.t();
    let plain = |words: String, bits: f64| Step {
        words,
        values: None,
        bits,
    };
    let value = |who: &Particulars, field| value(visit, who, field, today);
    let fields = because.reasons.iter().map(|reason| Step {
        words: words(t, reason),
        values: on_record
            .and_then(|record| value(told, reason.field).zip(value(record, reason.field))),
        bits: reason.bits,
    });
    let steps: Vec<Step> = std::iter::once(plain(say!(t, "why-before"), because.before))
        .chain(fields.filter(|step| step.bits.abs() >= WEIGHT_LEAST))
        .chain(
            [
                plain(say!(t, "why-family"), because.family),
                plain(say!(t, "why-together"), because.together),
            ]
            .into_iter()
            .filter(|step| step.bits.abs() >= WEIGHT_LEAST),
        )
        .collect();
    let levels = levels(&steps);
    html! {
        ol.fall {
            @for (step, (from, to)) in steps.iter().zip(levels) {
                li {
                    span.what { (step.words) @if let Some((now, before)) = &step.values { span.small.muted { (now) " / " (before) } } }
                    b { (weight(t, step.bits)) }
                    svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" {
                        rect class=(if step.bits < 0.0 { "against" } else { "for" }) x=(from.min(to)) y="0" width=((to - from).abs().max(0.5)) height="4" {}
                    }
                }
            }
        }
        p.small.muted { (say!(t, "alike-read")) }
    }
}

/// Where each step begins and ends, in hundredths of the width.
fn levels(steps: &[Step]) -> Vec<(f64, f64)> {
    let mut ends = vec![0.0];
    for step in steps {
        ends.push(ends.last().copied().unwrap_or(0.0) + step.bits);
    }
    let low = ends.iter().copied().fold(0.0, f64::min);
    let high = ends.iter().copied().fold(0.0, f64::max);
    let wide = (high - low).max(1.0);
    let place = |bits: f64| ((bits - low) / wide * 1_000.0).round() / 10.0;
    ends.windows(2)
        .map(|step| (place(step[0]), place(step[1])))
        .collect()
}

/// `+5.2`, with the language's decimal sign.
fn weight(t: Texts, bits: f64) -> String {
    format!("{bits:+.1}")
        .replace('.', &t.decimal().to_string())
        .replace('-', "\u{2212}")
}

fn words(t: Texts, reason: &Reason) -> String {
    let level = reason.level;
    if reason.field == ComparedField::BirthDate {
        return t.word("why-birth", level);
    }
    let what = format!("{}: {}", label(t, reason.field), t.word("why", level));
    match reason.borne_by {
        Some(share) if share >= 0.01 => format!("{what} {}", say!(t, "why-very-common")),
        Some(share) if share >= 0.001 => format!("{what} {}", say!(t, "why-common")),
        Some(_) => format!("{what} {}", say!(t, "why-rare")),
        None => what,
    }
}

fn label(t: Texts, field: ComparedField) -> String {
    match field {
        ComparedField::GivenNames => say!(t, "who-given-names"),
        ComparedField::FamilyName => say!(t, "who-family-name"),
        ComparedField::Sex => say!(t, "who-sex"),
        ComparedField::BirthDate => say!(t, "who-birth"),
        ComparedField::MotherName => say!(t, "who-mother"),
        ComparedField::Birthplace => say!(t, "who-birthplace"),
        ComparedField::Phone => say!(t, "who-phone"),
        ComparedField::Document => say!(t, "zone-field-number"),
        ComparedField::Party => say!(t, "family-title"),
    }
}

/// What is known of a field, as people read it.
fn value(visit: &Visit, who: &Particulars, field: ComparedField, today: Date) -> Option<String> {
    let t = visit.t();
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    match field {
        // Where they are exchanged, one of them says nothing.
        ComparedField::GivenNames => some(&who.full_name()),
        ComparedField::FamilyName => some(&who.family_name),
        ComparedField::BirthDate => who
            .birth
            .map(|birth| particulars::birth_words(t, &visit.clock, Some(birth), today)),
        ComparedField::MotherName => who.mother_name.clone(),
        ComparedField::Birthplace => who.birthplace.clone(),
        ComparedField::Phone => who.phone.clone(),
        ComparedField::Document => compared_document(who).map(|document| document.number.clone()),
        ComparedField::Sex | ComparedField::Party => None,
    }
}
