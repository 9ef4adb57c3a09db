//! The short questions, in the person's language, and what they found. Answers are shown to those
//! who work with them; notes for the protection role open only for it, with its key unlocked.

use domain::{
    ArrivalId, Command, Permission as P, ScreenedBefore, Screening, Separation, Vulnerability,
};
use maud::{Markup, html};

use super::AtDesk;
use crate::catalogue::{Texts, say};
use crate::component::{Filled, Tone, card, notice, tag};
use crate::failure::Failure;
use crate::form::Typed;
use crate::language::Language;
use crate::layout;
use crate::visit::{Said, Trouble, Visit};

pub(super) fn act(
    visit: &Visit,
    arrival: ArrivalId,
    action: &str,
    typed: &Typed,
) -> Result<Said, Trouble> {
    if action == "note" {
        let note = typed.get("note").to_owned();
        return visit.execute(typed, Command::NoteProtection { arrival, note });
    }
    let declined = typed.ticked("declined");
    let screening = Screening {
        vulnerabilities: typed
            .all("vulnerability")
            .filter_map(Vulnerability::known)
            .collect(),
        separation: match typed.get("separation") {
            "unaccompanied" => Some(Separation::Unaccompanied),
            "separated" => Some(Separation::Separated),
            _ => None,
        },
        protection_concern: typed.ticked("concern"),
        declined,
        before: ScreenedBefore::from_code(typed.get("before")),
    };
    let note = typed.some("note").map(str::to_owned);
    visit.execute(
        typed,
        Command::Screen {
            arrival,
            screening,
            note,
        },
    )
}

pub(super) fn section(visit: &Visit, desk: &AtDesk, filled: Filled<'_>) -> Result<Markup, Failure> {
    let t = visit.t();
    let screening = desk.arrival.screening.as_ref();
    if !visit.may_any(&[P::Screen, P::SeeScreening, P::Protect]) {
        return Ok(Markup::default());
    }
    let again = desk.arrival.screened_at.is_some();
    Ok(html! {
        section.card #screening {
            h2 { (say!(t, "screening-title")) }
            @if let Some(at) = desk.arrival.screened_at {
                p.small.muted { (say!(t, "screening-at", at = visit.clock.near(at, visit.now))) }
                @if visit.may(P::SeeScreening) { (answers(t, screening)) }
            }
            @if visit.may(P::Screen) {
                @if again {
                    details.more open[filled.complaint.is_some() || visit.guest.query.some("say").is_some()] {
                        summary { (say!(t, "screening-again")) } div { (questions(visit, desk, filled)) }
                    }
                } @else { (questions(visit, desk, filled)) }
            }
            (notes(visit, desk, filled)?)
        }
    })
}

fn answers(t: Texts, screening: Option<&Screening>) -> Markup {
    html! {
        @match screening {
            None => p.muted { (say!(t, "not-readable-here")) },
            Some(screening) => {
                p.tags {
                    @if screening.declined { (tag(Tone::Plain, say!(t, "screening-declined"))) }
                    @if screening.protection_concern { (tag(Tone::Risk, say!(t, "arrival-concern"))) }
                    @if let Some(separation) = &screening.separation { (tag(Tone::Risk, t.of(separation))) }
                    @for vulnerability in &screening.vulnerabilities { (tag(Tone::Wait, t.of(vulnerability))) }
                    @if let Some(before) = &screening.before { (tag(Tone::Plain, t.of(before))) }
                    @if found_nothing(screening) { (tag(Tone::Good, say!(t, "screening-nothing"))) }
                }
            }
        }
    }
}

/// Whether nothing was found that somebody has to act on.
fn found_nothing(screening: &Screening) -> bool {
    let answered = Screening {
        before: screening.before,
        ..Screening::default()
    };
    *screening == answered
}

fn questions(visit: &Visit, desk: &AtDesk, filled: Filled<'_>) -> Markup {
    // The questions are asked in the person's language, whatever the clerk reads.
    let spoken = visit
        .guest
        .query
        .some("say")
        .and_then(Language::from_tag)
        .unwrap_or(visit.t().language());
    let (t, q) = (visit.t(), Texts::new(spoken));
    let options: Vec<_> = Vulnerability::KNOWN
        .iter()
        .filter(|code| **code != Vulnerability::CHILD_ALONE)
        .map(|code| (code.as_str().to_owned(), q.of(code)))
        .collect();
    let before = desk
        .arrival
        .screening
        .as_ref()
        .filter(|_| visit.may(P::SeeScreening));
    let typed = match before {
        Some(screening) if filled.typed.is_empty() => before_typed(screening),
        _ => filled.typed.clone(),
    };
    let filled = Filled {
        typed: &typed,
        ..filled
    };
    html! {
        p.tags.no-print { span.small.muted { (say!(t, "screening-language")) }
            @for language in Language::ALL {
                a.tag.plain href={ "/arrivals/" (desk.arrival.id) "?say=" (language.tag()) "#screening" } lang=(language.tag())
                    aria-current=[(language == spoken).then_some("true")] { (language.own_name()) }
            }
        }
        (layout::form(visit, &desk.path("screen"), html! {
            div.stack {
                (filled.summary())
                div.stack lang=(spoken.tag()) {
                    p.aloud { (say!(q, "screening-aloud")) }
                    fieldset { legend { (say!(q, "screening-child")) }
                        div.checks {
                            @for (value, label) in [("", say!(q, "screening-with-parents")), ("unaccompanied", q.of(&Separation::Unaccompanied)), ("separated", q.of(&Separation::Separated))] {
                                label.check { input type="radio" name="separation" value=(value) checked[filled.typed.get("separation") == value]; span { (label) } }
                            }
                        }
                    }
                    fieldset { legend { (say!(q, "screening-which")) } (filled.checks("vulnerability", &options)) }
                    fieldset { legend { (say!(q, "screening-before")) }
                        div.checks {
                            @for (value, label) in before_answers(q) {
                                label.check { input type="radio" name="before" value=(value) checked[filled.typed.get("before") == value]; span { (label) } }
                            }
                        }
                    }
                    (filled.check("declined", say!(q, "screening-decline")))
                }
                hr;
                (filled.check("concern", say!(t, "screening-concern")))
                (filled.area("note", say!(t, "note-new")).hint(say!(t, "note-sealed")))
                button.primary { (say!(t, "screening-save")) }
            }
        }))
    }
}

/// The answers to whether they were screened before they were sent; the first one says nothing.
fn before_answers(q: Texts) -> Vec<(&'static str, String)> {
    let answers = ScreenedBefore::ALL.iter();
    let answers = answers.map(|answer| (answer.code(), q.of(answer)));
    std::iter::once(("", say!(q, "screening-before-no-answer")))
        .chain(answers)
        .collect()
}

fn before_typed(screening: &Screening) -> Typed {
    let mut typed = Typed::default();
    for vulnerability in &screening.vulnerabilities {
        typed = typed.with("vulnerability", vulnerability.as_str());
    }
    if let Some(separation) = screening.separation {
        typed = typed.with(
            "separation",
            match separation {
                Separation::Unaccompanied => "unaccompanied",
                Separation::Separated => "separated",
            },
        );
    }
    if screening.protection_concern {
        typed = typed.with("concern", "yes");
    }
    if let Some(before) = screening.before {
        typed = typed.with("before", before.code());
    }
    if screening.declined {
        typed = typed.with("declined", "yes");
    }
    typed
}

fn notes(visit: &Visit, desk: &AtDesk, filled: Filled<'_>) -> Result<Markup, Failure> {
    let t = visit.t();
    let count = desk.arrival.protection_notes;
    if !visit.may(P::Protect) {
        let seen = visit.may(P::SeeScreening) && count > 0;
        return Ok(html! { @if seen { p.small.muted { (say!(t, "note-exist", count = count)) } } });
    }
    if !visit.seat.session.opens_notes() {
        return Ok(notice(Tone::Wait, say!(t, "note-locked", count = count)));
    }
    let notes = visit
        .guest
        .app
        .node
        .open_notes(&visit.seat.session, desk.arrival.id)?;
    let notes = visit.read(|register| {
        notes
            .into_iter()
            .map(|note| Ok((visit.staff_name(register, note.by)?, note)))
            .collect::<Result<Vec<_>, Failure>>()
    })?;
    Ok(card(
        say!(t, "note-title"),
        html! {
            @if notes.is_empty() { p.muted { (say!(t, "note-none")) } }
            ul.rows { @for (by, note) in &notes { li { div.grow { p.small.muted { (visit.clock.full(note.at)) " · " (by) } p { (note.text) } } } } }
            (layout::form(visit, &desk.path("note"), html! {
                div.stack { (filled.prefixed("more-").area("note", say!(t, "note-new")).required()) button { (say!(t, "note-save")) } }
            }))
        },
    ))
}
