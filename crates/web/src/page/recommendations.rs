//! Recommendations: written, submitted with one's own key, answered or not, each version and each
//! answer with its receipt. What became of all advice is the first thing the page says.

pub(crate) mod form;
pub(crate) mod receipt;
pub(crate) mod words;

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::{
    Advice, AdviceId, AdviceOutcome, Command, Day, Known, Permission as P, Registered, Standing,
    StatementId, StatementKind, SubjectId,
};
use maud::{Markup, html};
use node::statement::{Submission, words_of};

use crate::catalogue::say;
use crate::component::{Filled, Tone, card, notice, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::layout::{self, Place};
use crate::visit::{Guest, Said, Trouble, Visit, id};
use words::{Compared, compared, differences, quoted_in};

type Posted = Form<Vec<(String, String)>>;

pub(crate) async fn list(guest: Guest) -> Response {
    guest.visit(list_page).await
}

pub(crate) async fn show(guest: Guest, Path(text): Path<String>) -> Response {
    guest
        .visit(move |visit| one_page(visit, id(&text, AdviceId)?, &Typed::default(), None, None))
        .await
}

/// What is done with one recommendation.
pub(crate) async fn act(
    guest: Guest,
    Path((text, action)): Path<(String, String)>,
    Form(pairs): Posted,
) -> Response {
    guest
        .post(Typed::new(pairs), move |visit, typed| {
            visit.need(&[P::Advise])?;
            let advice = id(&text, AdviceId)?;
            if action == "quote" {
                let quoted = quoted(visit, advice, typed)?;
                return one_page(visit, advice, typed, None, Some(&quoted));
            }
            match done(visit, advice, &action, typed) {
                Ok(said) => Ok(visit.go(&format!("/recommendations/{advice}"), said)),
                Err(Trouble::Refused(complaint)) => {
                    one_page(visit, advice, typed, Some(&complaint), None)
                }
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn done(visit: &Visit, advice: AdviceId, action: &str, typed: &Typed) -> Result<Said, Trouble> {
    match action {
        "withdraw" => visit.execute(typed, Command::WithdrawAdvice { advice }),
        "respond" => {
            let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
            let newest = found(visit, advice).map_err(Trouble::Failed)?;
            let submission = Submission {
                advice,
                statement: StatementId(made_by(request, 1)),
                kind: StatementKind::Response,
                title: String::new(),
                text: typed.raw("text").to_owned(),
                language: visit.t().language().tag().to_owned(),
                about: None,
                offices: Vec::new(),
                due: None,
                office: typed.read("office").map(domain::OfficeId),
                outcome: Some(AdviceOutcome::any(typed.get("outcome"))),
                refers_to: newest.newest().map(|newest| newest.id),
                references: Vec::new(),
            };
            visit.submit(typed, submission)
        }
        _ => Err(Trouble::Failed(Failure::NotFound)),
    }
}

fn found(visit: &Visit, id: AdviceId) -> Result<Advice, Failure> {
    visit.read(|register| register.advice(id)?.ok_or(Failure::NotFound))
}

/// Whether words stand in the newest version, or the one that is named.
fn quoted(visit: &Visit, id: AdviceId, typed: &Typed) -> Result<Compared, Failure> {
    let advice = found(visit, id)?;
    let version: usize = typed.read("version").unwrap_or(0);
    let statement = advice.versions().nth(version.saturating_sub(1));
    let statement = statement.or(advice.newest()).ok_or(Failure::NotFound)?;
    let text = words_of(&statement.bytes.0)
        .map(|words| words.text)
        .unwrap_or_default();
    Ok(compared(typed.raw("quotation"), &text))
}

fn tone(standing: Standing) -> Tone {
    match standing {
        Standing::Overdue => Tone::Risk,
        Standing::Open => Tone::Wait,
        Standing::Partly => Tone::Calm,
        Standing::Accepted => Tone::Good,
        Standing::Rejected | Standing::Withdrawn => Tone::Plain,
    }
}

fn today(visit: &Visit) -> Day {
    Day(visit.clock.day(visit.now))
}

fn list_page(visit: &Visit) -> Result<Response, Failure> {
    visit.need(&[P::Advise])?;
    let t = visit.t();
    let today = today(visit);
    let mut all = visit.read(|register| Ok(register.all_advice()?))?;
    all.retain(|advice| advice.kind == StatementKind::Recommendation);
    all.sort_by_key(|advice| (advice.standing(today), advice.due, advice.id));
    let count = |standing: Standing| {
        all.iter()
            .filter(|advice| advice.standing(today) == standing)
            .count()
    };
    let title = say!(t, "advice-title");
    let mut rows = Vec::new();
    for advice in &all {
        rows.push(row(visit, advice, today)?);
    }
    let content = html! {
        div.title {
            div { h1 { (title) } p.muted { (say!(t, "advice-lead")) } }
            div.actions {
                a.button.primary href="/recommendations/new" { (say!(t, "advice-write")) }
                a.button.quiet href="/verify" { (say!(t, "verify-title")) }
            }
        }
        section.card {
            h2 { (say!(t, "advice-became")) }
            ol.steps { @for standing in Standing::ALL {
                li class=(if count(standing) > 0 { "w-7" } else { "w-3" }) { b { (count(standing)) } span { (t.word("standing", standing.code())) } }
            } }
        }
        section.card {
            @if rows.is_empty() { p.muted { (say!(t, "advice-none")) } }
            ul.rows { @for row in &rows { (row) } }
        }
    };
    Ok(layout::page(visit, Place::Recommendations, &title, content))
}

fn row(visit: &Visit, advice: &Advice, today: Day) -> Result<Markup, Failure> {
    let t = visit.t();
    let standing = advice.standing(today);
    let words = advice.newest().and_then(|newest| words_of(&newest.bytes.0));
    let author = visit.read(|register| visit.staff_name(register, advice.author))?;
    Ok(html! { li {
        div.grow {
            a href={ "/recommendations/" (advice.id) } { strong { (words.as_ref().map_or_else(|| say!(t, "advice-unreadable"), |words| words.title.clone())) } }
            p.small.muted {
                (author)
                @if let Some(words) = &words { " → " (words.offices.join(", ")) }
                @if let Some(due) = advice.due { " · " (say!(t, "advice-due", day = visit.clock.date(due.0))) }
            }
        }
        (tag(tone(standing), t.word("standing", standing.code())))
    } })
}

fn one_page(
    visit: &Visit,
    id: AdviceId,
    typed: &Typed,
    complaint: Option<&Complaint>,
    quoted: Option<&Compared>,
) -> Result<Response, Failure> {
    visit.need(&[P::Advise])?;
    let t = visit.t();
    let advice = found(visit, id)?;
    let standing = advice.standing(today(visit));
    let newest = advice.newest().ok_or(Failure::NotFound)?;
    let words = words_of(&newest.bytes.0);
    let title = words
        .as_ref()
        .map_or_else(|| say!(t, "advice-unreadable"), |words| words.title.clone());
    let (author, dissents) = visit.read(|register| {
        let mut dissents = register.all_advice()?;
        dissents.retain(|other| other.about == Some(SubjectId(id.0)));
        Ok((visit.staff_name(register, advice.author)?, dissents))
    })?;
    let filled = Filled::new(t, typed, complaint);
    let is_author = visit.user.id == advice.author;
    let content = html! {
        div.title {
            div {
                h1 { (title) }
                p.muted {
                    (author)
                    @if let Some(words) = &words { @if !words.offices.is_empty() { " → " (words.offices.join(", ")) } }
                    @if let Some(due) = advice.due { " · " (say!(t, "advice-due", day = visit.clock.date(due.0))) }
                }
            }
            @if advice.kind == StatementKind::Recommendation { p { (tag(tone(standing), t.word("standing", standing.code()))) } }
        }
        (filled.summary())
        @if let Some(at) = advice.withdrawn_at { (notice(Tone::Wait, say!(t, "advice-withdrawn", moment = visit.clock.full(at)))) }
        (versions(visit, &advice)?)
        (responses(visit, &advice)?)
        @for dissent in &dissents { (dissenting(visit, &advice, dissent)?) }
        @if advice.withdrawn_at.is_none() && advice.kind == StatementKind::Recommendation {
            (answering(visit, &advice, filled)?)
        }
        (card(say!(t, "quote-title"), quoting(visit, &advice, typed, quoted)))
        div.actions {
            @if is_author && advice.withdrawn_at.is_none() && advice.kind == StatementKind::Recommendation {
                a.button href={ "/recommendations/new?revises=" (advice.id) } { (say!(t, "advice-revise")) }
                (layout::form(visit, &format!("/recommendations/{id}/withdraw"), html! { button.danger { (say!(t, "advice-withdraw")) } }))
            }
            a.button.quiet href={ "/recommendations/new?about=" (advice.id) } { (say!(t, "advice-dissent")) }
        }
    };
    let page = layout::page(visit, Place::Recommendations, &title, content);
    Ok(layout::refused(page, complaint))
}

/// The newest version whole; the ones before it with what changed from each to the next.
fn versions(visit: &Visit, advice: &Advice) -> Result<Markup, Failure> {
    let t = visit.t();
    let versions: Vec<_> = advice.versions().collect();
    let text = |statement: &Registered| {
        words_of(&statement.bytes.0)
            .map(|words| words.text)
            .unwrap_or_default()
    };
    let mut shown = Vec::new();
    for (place, statement) in versions.iter().enumerate().rev() {
        let before = place.checked_sub(1).map(|before| text(versions[before]));
        shown.push((place + 1, *statement, before));
    }
    let many = versions.len() > 1;
    let receipts = shown
        .iter()
        .map(|(_, statement, _)| receipt::card(visit, statement))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(html! {
        @for ((number, statement, before), receipt) in shown.iter().zip(receipts) {
            section.card id={ "version-" (number) } {
                @if many { h2 { (say!(t, "advice-version", number = *number)) } }
                p.small.muted { (visit.clock.full(statement.at)) }
                @let words = words_of(&statement.bytes.0);
                blockquote.words lang=(words.as_ref().map_or("", |words| words.language.as_str())) { (text(statement)) }
                @if let Some(before) = before {
                    details.more { summary { (say!(t, "advice-changed")) } div { (differences(before, &text(statement))) } }
                }
                (receipt)
            }
        }
    })
}

fn responses(visit: &Visit, advice: &Advice) -> Result<Markup, Failure> {
    let t = visit.t();
    let texts = texts(advice);
    let mut shown = Vec::new();
    for response in advice.responses() {
        let name = visit.read(|register| visit.staff_name(register, response.by))?;
        shown.push((response, name, receipt::card(visit, response)?));
    }
    Ok(html! { @for (response, name, receipt) in shown {
        @let words = words_of(&response.bytes.0);
        section.card {
            h2 {
                (words.as_ref().map_or_else(String::new, |words| words.offices.join(", ")))
                @if let Some(outcome) = &response.outcome { " " (tag(Tone::Calm, t.word("outcome", outcome.as_str()))) }
            }
            p.small.muted { (name) " · " (visit.clock.full(response.at)) }
            @if let Some(words) = &words {
                blockquote.words lang=(words.language) { (words.text) }
                (quoted_in(t, &words.text, advice.id, &texts))
            }
            (receipt)
        }
    } })
}

/// The words of each version, the first first.
fn texts(advice: &Advice) -> Vec<String> {
    let words = |version: &Registered| words_of(&version.bytes.0).map(|words| words.text);
    advice
        .versions()
        .map(|version| words(version).unwrap_or_default())
        .collect()
}

fn dissenting(visit: &Visit, advice: &Advice, dissent: &Advice) -> Result<Markup, Failure> {
    let t = visit.t();
    let name = visit.read(|register| visit.staff_name(register, dissent.author))?;
    let Some(newest) = dissent.newest() else {
        return Ok(Markup::default());
    };
    let words = words_of(&newest.bytes.0);
    let receipt = receipt::card(visit, newest)?;
    Ok(html! { section.card {
        h2 { (tag(Tone::Risk, say!(t, "advice-dissent-tag"))) " " (words.as_ref().map_or_else(String::new, |words| words.title.clone())) }
        p.small.muted { (name) " · " (visit.clock.full(newest.at)) }
        @if let Some(words) = &words {
            blockquote.words lang=(words.language) { (words.text) }
            (quoted_in(t, &words.text, advice.id, &texts(advice)))
        }
        (receipt)
    } })
}

/// For those who answer for an office that was asked.
fn answering(visit: &Visit, advice: &Advice, filled: Filled<'_>) -> Result<Markup, Failure> {
    let t = visit.t();
    let mut offices = visit.read(|register| Ok(register.offices()?))?;
    offices.retain(|office| {
        advice.offices.contains(&office.id) && office.members.contains(&visit.user.id)
    });
    if offices.is_empty() {
        return Ok(Markup::default());
    }
    let choices = offices
        .iter()
        .map(|office| (office.id.to_string(), office.name.clone()))
        .collect();
    let outcomes = AdviceOutcome::KNOWN
        .iter()
        .map(|outcome| {
            (
                outcome.as_str().to_owned(),
                t.word("outcome", outcome.as_str()),
            )
        })
        .collect();
    Ok(card(
        say!(t, "advice-answer"),
        layout::form(
            visit,
            &format!("/recommendations/{}/respond", advice.id),
            html! { div.stack {
                div.form {
                    (filled.select("office", say!(t, "advice-office"), choices))
                    (filled.select("outcome", say!(t, "advice-outcome"), outcomes))
                }
                (filled.area("text", say!(t, "advice-answer-text")).required())
                (filled.text("password", say!(t, "advice-password")).kind("password").required().autocomplete("current-password").hint(say!(t, "advice-password-hint")))
                button.primary { (say!(t, "advice-sign")) }
            } },
        ),
    ))
}

fn quoting(visit: &Visit, advice: &Advice, typed: &Typed, quoted: Option<&Compared>) -> Markup {
    let t = visit.t();
    let versions = advice.versions().count();
    html! {
        p.muted { (say!(t, "quote-lead")) }
        @match quoted {
            Some(Compared::Same) => { (notice(Tone::Good, say!(t, "quote-same"))) }
            Some(Compared::Altered { shown }) => { (notice(Tone::Risk, html! { strong { (say!(t, "quote-altered")) } p { (shown) } })) }
            None => {}
        }
        (layout::form(visit, &format!("/recommendations/{}/quote", advice.id), html! { div.stack {
            div {
                label for="quotation" { (say!(t, "quote-words")) }
                textarea id="quotation" name="quotation" required maxlength="4000" { (typed.raw("quotation")) }
            }
            @if versions > 1 {
                div {
                    label for="version" { (say!(t, "quote-version")) }
                    select id="version" name="version" {
                        @for number in (1..=versions).rev() { option value=(number) selected[typed.read("version") == Some(number)] { (number) } }
                    }
                }
            }
            button { (say!(t, "quote-check")) }
        } }))
    }
}
