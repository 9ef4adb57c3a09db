//! What people tell us about our work: recorded, answered, closed. And, apart from it, what is said
//! about people who work here: everybody may write it down, only the focal point learns of it. No
//! list, count or address of the one says anything of the other.

mod erasure;

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::{
    About, Command, Feedback, FeedbackChannel, FeedbackId, FeedbackKind, FeedbackStage, Misconduct,
    MisconductKind, Permission as P, Voice,
};
use maud::{Markup, html};
use node::Heard;

use crate::catalogue::say;
use crate::component::{Filled, Tone, card, notice, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::layout::{self, Place};
use crate::page::conflicts;
use crate::visit::{Guest, Said, Trouble, Visit, id};
use erasure::{erase, reference};
pub(crate) use erasure::{erasing, referred};

type Posted = Form<Vec<(String, String)>>;

const LIST_MAX: u32 = 200;

pub(crate) async fn show(guest: Guest) -> Response {
    guest
        .visit(|visit| page(visit, &Typed::default(), None, ""))
        .await
}

pub(crate) async fn act(guest: Guest, Path(action): Path<String>, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), move |visit, typed| {
            visit.need(&[P::SpeakUp])?;
            match act_on(visit, &action, typed) {
                Ok(said) => Ok(visit.go("/feedback", said)),
                Err(Trouble::Refused(complaint)) => page(visit, typed, Some(&complaint), &action),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn act_on(visit: &Visit, action: &str, typed: &Typed) -> Result<Said, Trouble> {
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    if action == "record" {
        let voice = Voice {
            channel: FeedbackChannel::any(typed.get("channel")),
            kind: FeedbackKind::any(typed.get("kind")),
            text: typed.get("text").to_owned(),
            contact: contact(typed),
            sensitive: typed.ticked("sensitive"),
        };
        let feedback = FeedbackId(made_by(request, 1));
        return visit.execute(typed, Command::RecordFeedback { feedback, voice });
    }
    let needed = match action {
        "erase" => P::Erase,
        _ => P::AnswerFeedback,
    };
    if !visit.may(needed) {
        return Err(Trouble::Failed(Failure::NotAllowed));
    }
    visit.execute(typed, follow(visit, action, typed)?)
}

/// An answer, the end or the erasure of one: the same forms for both kinds; the rules tell them apart.
fn follow(visit: &Visit, action: &str, typed: &Typed) -> Result<Command, Trouble> {
    let feedback = id(typed.get("feedback"), FeedbackId).map_err(Trouble::Failed)?;
    match action {
        "erase" => erasing(visit, feedback, typed),
        "answer" => Ok(Command::AnswerFeedback {
            feedback,
            text: typed.get("text").to_owned(),
        }),
        "close" => Ok(Command::CloseFeedback { feedback }),
        _ => Err(Trouble::Failed(Failure::NotFound)),
    }
}

/// How to reach who said it; nobody's business for somebody who stays unknown.
fn contact(typed: &Typed) -> Option<String> {
    let known = !typed.ticked("anonymous");
    typed.some("contact").filter(|_| known).map(str::to_owned)
}

fn channels(visit: &Visit) -> Vec<(String, String)> {
    FeedbackChannel::KNOWN
        .iter()
        .map(|channel| (channel.as_str().to_owned(), visit.t().of(channel)))
        .collect()
}

fn page(
    visit: &Visit,
    typed: &Typed,
    complaint: Option<&Complaint>,
    action: &str,
) -> Result<Response, Failure> {
    visit.need(&[P::SpeakUp])?;
    let t = visit.t();
    let site = visit.here()?.id;
    let list = if visit.may(P::AnswerFeedback) {
        visit.read(|register| Ok(register.feedback_at(site, LIST_MAX)?))?
    } else {
        Vec::new()
    };
    let kinds = FeedbackKind::KNOWN
        .iter()
        .map(|kind| (kind.as_str().to_owned(), t.of(kind)))
        .collect();
    let nothing = Typed::default();
    let (own, other) = if action == "record" {
        (Filled::new(t, typed, complaint), None)
    } else {
        (Filled::new(t, &nothing, None), complaint)
    };
    let refused = Refused::of(action, typed, complaint).filter(|refused| refused.among(&list));
    let above = refused.map_or(other, |_| None);
    let content = html! {
        h1 { (say!(t, "feedback-title")) }
        (conflicts::among(visit, &[About::Feedback])?)
        (Filled::new(t, &nothing, above).summary())
        section.card { h2 { (say!(t, "feedback-new")) }
            (layout::form(visit, "/feedback/record", html! {
                div.stack {
                    (own.summary())
                    div.form {
                        (own.select("kind", say!(t, "feedback-kind"), kinds))
                        (own.select("channel", say!(t, "feedback-channel"), channels(visit)))
                    }
                    (own.area("text", say!(t, "feedback-text")).required())
                    (own.text("contact", say!(t, "feedback-contact")).hint(say!(t, "feedback-contact-hint")))
                    (own.check("anonymous", say!(t, "feedback-anonymous")))
                    (own.check("sensitive", say!(t, "feedback-sensitive")))
                    button.primary { (say!(t, "save")) }
                }
            }))
            (notice(Tone::Calm, html! { (say!(t, "feedback-about-staff")) " " a href="/speak-up" { (say!(t, "speak-up-title")) } }))
        }
        @if visit.may(P::AnswerFeedback) {
            section.card #list { h2 { (say!(t, "feedback-list", count = i64::try_from(list.len()).unwrap_or(0))) }
                @if list.is_empty() { p.muted { (say!(t, "feedback-none")) } }
                ul.rows { @for feedback in &list { li { (row(visit, feedback, refused)) } } }
            }
        }
    };
    Ok(layout::refused(
        layout::page(visit, Place::Feedback, &say!(t, "feedback-title"), content),
        complaint,
    ))
}

fn stage(visit: &Visit, stage: FeedbackStage) -> Markup {
    let tone = match stage {
        FeedbackStage::Open => Tone::Wait,
        FeedbackStage::Answered => Tone::Calm,
        FeedbackStage::Closed => Tone::Good,
    };
    tag(tone, visit.t().of(&stage))
}

fn row(visit: &Visit, feedback: &Feedback, refused: Option<Refused<'_>>) -> Markup {
    let t = visit.t();
    // What is sensitive is read by who runs the site; for figures it is enough that it was said.
    let readable = |voice: &&Voice| !voice.sensitive || visit.may(P::DecideExceptions);
    html! {
        div.grow {
            @match feedback.voice.as_ref() {
                Some(voice) => {
                    p { b { (t.of(&voice.kind)) } " · " (t.of(&voice.channel)) @if voice.sensitive { " " (tag(Tone::Risk, say!(t, "feedback-is-sensitive"))) } }
                    @match Some(voice).filter(readable) {
                        Some(voice) => {
                            p { (voice.text) }
                            p.small.muted { (voice.contact.clone().unwrap_or_else(|| say!(t, "feedback-unknown"))) }
                            @if let Some(answer) = &feedback.answer { p.small { (say!(t, "feedback-answer")) ": " (answer) } }
                        }
                        None => p.muted { (say!(t, "not-readable-here")) },
                    }
                }
                None if feedback.erased => p.muted { (say!(t, "feedback-erased")) },
                None => p.muted { (say!(t, "not-readable-here")) },
            }
            p.small.muted {
                (visit.clock.full(feedback.at))
                @if !feedback.erased { " · " (say!(t, "feedback-reference", code = reference(feedback.id))) }
            }
        }
        (stage(visit, feedback.stage))
        (steps(visit, feedback, "/feedback", refused))
        @if visit.may(P::Erase) { (erase(visit, feedback, "/feedback", refused)) }
    }
}

/// An answer or an erasure that was refused: it comes back in the form in which it was written, and in
/// no other.
#[derive(Clone, Copy)]
struct Refused<'a> {
    action: &'a str,
    typed: &'a Typed,
    complaint: &'a Complaint,
}

impl<'a> Refused<'a> {
    fn of(action: &'a str, typed: &'a Typed, complaint: Option<&'a Complaint>) -> Option<Self> {
        let complaint = complaint.filter(|_| ["answer", "erase"].contains(&action))?;
        Some(Self {
            action,
            typed,
            complaint,
        })
    }

    /// Whether it stands in a form that this feedback has.
    fn is_of(&self, feedback: &Feedback) -> bool {
        let has_form = match self.action {
            "answer" => feedback.stage != FeedbackStage::Closed,
            _ => !feedback.erased,
        };
        has_form && self.typed.get("feedback") == feedback.id.to_string()
    }

    fn among(&self, list: &[Feedback]) -> bool {
        list.iter().any(|feedback| self.is_of(feedback))
    }

    /// This, where it is of one action on one feedback.
    fn only(self, action: &str, feedback: &Feedback) -> Option<Self> {
        (self.action == action && self.is_of(feedback)).then_some(self)
    }
}

fn steps(visit: &Visit, feedback: &Feedback, path: &str, refused: Option<Refused<'_>>) -> Markup {
    let t = visit.t();
    let nothing = Typed::default();
    let prefix = format!("{}-", feedback.id);
    let refused = refused.and_then(|refused| refused.only("answer", feedback));
    let filled = match refused {
        Some(Refused {
            typed, complaint, ..
        }) => Filled::new(t, typed, Some(complaint)),
        None => Filled::new(t, &nothing, None),
    };
    let filled = filled.prefixed(&prefix);
    html! {
        @if feedback.stage != FeedbackStage::Closed {
            details.more open[refused.is_some()] { summary { (say!(t, "feedback-answer-do")) }
                (layout::form(visit, &format!("{path}/answer"), html! {
                    input type="hidden" name="feedback" value=(feedback.id);
                    div.stack { (filled.summary()) (filled.area("text", say!(t, "feedback-answer")).required()) button { (say!(t, "save")) } }
                }))
            }
            @if feedback.stage == FeedbackStage::Answered {
                (layout::form(visit, &format!("{path}/close"), html! {
                    input type="hidden" name="feedback" value=(feedback.id);
                    button { (say!(t, "feedback-close")) }
                }))
            }
        }
    }
}

pub(crate) async fn speak_up(guest: Guest) -> Response {
    guest
        .visit(|visit| speak_up_page(visit, &Typed::default(), None, ""))
        .await
}

pub(crate) async fn speak(
    guest: Guest,
    Path(action): Path<String>,
    Form(pairs): Posted,
) -> Response {
    guest
        .post(Typed::new(pairs), move |visit, typed| {
            visit.need(&[P::SpeakUp])?;
            match speak_on(visit, &action, typed) {
                Ok(said) => Ok(visit.go("/speak-up", said)),
                Err(Trouble::Refused(complaint)) => {
                    speak_up_page(visit, typed, Some(&complaint), &action)
                }
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn speak_on(visit: &Visit, action: &str, typed: &Typed) -> Result<Said, Trouble> {
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    if action == "report" {
        let misconduct = Misconduct {
            kind: Some(MisconductKind::any(typed.get("kind"))),
            channel: Some(FeedbackChannel::any(typed.get("channel"))),
            text: typed.get("text").to_owned(),
            contact: contact(typed),
        };
        let feedback = FeedbackId(made_by(request, 1));
        let command = Command::ReportMisconduct {
            feedback,
            misconduct,
        };
        return visit.execute(typed, command);
    }
    if !visit.may(P::HearMisconduct) {
        return Err(Trouble::Failed(Failure::NotAllowed));
    }
    visit.execute(typed, follow(visit, action, typed)?)
}

fn speak_up_page(
    visit: &Visit,
    typed: &Typed,
    complaint: Option<&Complaint>,
    action: &str,
) -> Result<Response, Failure> {
    visit.need(&[P::SpeakUp])?;
    let t = visit.t();
    let kinds = MisconductKind::KNOWN
        .iter()
        .map(|kind| (kind.as_str().to_owned(), t.of(kind)))
        .collect();
    let nothing = Typed::default();
    let (filled, other) = if action == "report" {
        (Filled::new(t, typed, complaint), None)
    } else {
        (Filled::new(t, &nothing, None), complaint)
    };
    let reports = reports(visit)?;
    let refused = Refused::of(action, typed, complaint).filter(|refused| {
        let mut reports = reports.iter().flatten();
        reports.any(|(report, _)| refused.is_of(report))
    });
    let above = refused.map_or(other, |_| None);
    let content = html! {
        h1 { (say!(t, "speak-up-title")) }
        (Filled::new(t, &nothing, above).summary())
        section.card {
            p { (say!(t, "speak-up-text")) }
            (layout::form(visit, "/speak-up/report", html! {
                div.stack {
                    (filled.summary())
                    div.form {
                        (filled.select("kind", say!(t, "speak-up-kind"), kinds))
                        (filled.select("channel", say!(t, "feedback-channel"), channels(visit)))
                    }
                    (filled.area("text", say!(t, "speak-up-what")).required().hint(say!(t, "speak-up-hint")))
                    (filled.text("contact", say!(t, "feedback-contact")).hint(say!(t, "feedback-contact-hint")))
                    (filled.check("anonymous", say!(t, "feedback-anonymous")))
                    button.primary { (say!(t, "speak-up-do")) }
                }
            }))
        }
        @if visit.may(P::HearMisconduct) { (heard(visit, reports.as_deref(), refused)) }
    };
    Ok(layout::refused(
        layout::page(visit, Place::Elsewhere, &say!(t, "speak-up-title"), content),
        complaint,
    ))
}

/// A report of misconduct, opened: what was said, and what was answered.
type Opened = (Feedback, Vec<Heard>);

/// What the focal point reads, with the key open in this session alone; none where it is not.
fn reports(visit: &Visit) -> Result<Option<Vec<Opened>>, Failure> {
    let session = &visit.seat.session;
    if !visit.may(P::HearMisconduct) || !session.opens(domain::Role::FocalPoint) {
        return Ok(None);
    }
    let site = visit.here()?.id;
    let reports = visit.read(|register| Ok(register.misconduct_at(site, LIST_MAX)?))?;
    let opened = reports.into_iter().map(|report| {
        let heard = visit.guest.app.node.open_misconduct(session, report.id)?;
        Ok((report, heard))
    });
    opened.collect::<Result<Vec<_>, Failure>>().map(Some)
}

fn heard(visit: &Visit, opened: Option<&[Opened]>, refused: Option<Refused<'_>>) -> Markup {
    let t = visit.t();
    let Some(opened) = opened else {
        return notice(Tone::Wait, say!(t, "speak-up-locked"));
    };
    card(
        say!(
            t,
            "speak-up-list",
            count = i64::try_from(opened.len()).unwrap_or(0)
        ),
        html! {
            @if opened.is_empty() { p.muted { (say!(t, "feedback-none")) } }
            ul.rows { @for (report, heard) in opened { li {
                div.grow { @for Heard { at, said } in heard {
                    @if let Some(kind) = &said.kind { p { b { (t.of(kind)) } } }
                    p { (said.text) }
                    @if said.kind.is_some() { p.small.muted { (said.contact.clone().unwrap_or_else(|| say!(t, "feedback-unknown"))) } }
                    p.small.muted { (visit.clock.full(*at)) }
                }
                    @if report.erased { p.muted { (say!(t, "feedback-erased")) } p.small.muted { (visit.clock.full(report.at)) } }
                }
                (stage(visit, report.stage))
                (steps(visit, report, "/speak-up", refused))
                (erase(visit, report, "/speak-up", refused))
            } } }
        },
    )
}
