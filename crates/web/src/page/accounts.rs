//! Accounts of one matter beside each other, each in its author's own words. What they agree on and
//! where they differ is marked by an editor who is named; a quotation that is not word for word is
//! refused.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use domain::{
    Account, AccountId, AccountWithdrawal, Command, Day, Known, LanguageCode, Marked, Matter,
    MatterId, Permission as P, Point, Quotation, Told,
};
use jiff::civil::Date;
use maud::{Markup, html};

use crate::catalogue::say;
use crate::component::{Filled, Tone, card, notice, tag};
use crate::failure::Failure;
use crate::form::{Complaint, Typed, made_by};
use crate::language::Language;
use crate::layout::{self, Place};
use crate::page::figures::READ;
use crate::visit::{Guest, Said, Trouble, Visit, id};

type Posted = Form<Vec<(String, String)>>;

pub(crate) async fn list(guest: Guest) -> Response {
    guest
        .visit(|visit| list_page(visit, &Typed::default(), None))
        .await
}

pub(crate) async fn open(guest: Guest, Form(pairs): Posted) -> Response {
    guest
        .post(Typed::new(pairs), |visit, typed| {
            visit.need(&[P::KeepFigures])?;
            match opened(visit, typed) {
                Ok((matter, said)) => Ok(visit.go(&format!("/accounts/{matter}"), said)),
                Err(Trouble::Refused(complaint)) => list_page(visit, typed, Some(&complaint)),
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

pub(crate) async fn show(guest: Guest, Path(text): Path<String>) -> Response {
    guest
        .visit(move |visit| matter_page(visit, id(&text, MatterId)?, &Typed::default(), None))
        .await
}

pub(crate) async fn act(
    guest: Guest,
    Path((text, action)): Path<(String, String)>,
    Form(pairs): Posted,
) -> Response {
    guest
        .post(Typed::new(pairs), move |visit, typed| {
            visit.need(&[P::KeepFigures])?;
            let matter = id(&text, MatterId)?;
            match done(visit, matter, &action, typed) {
                Ok(said) => Ok(visit.go(&format!("/accounts/{matter}"), said)),
                Err(Trouble::Refused(complaint)) => {
                    matter_page(visit, matter, typed, Some(&complaint))
                }
                Err(Trouble::Failed(failure)) => Err(failure),
            }
        })
        .await
}

fn day(visit: &Visit, typed: &Typed, field: &'static str) -> Result<Option<Day>, Trouble> {
    let wrong =
        |_| Trouble::Refused(visit.complain(field, "wrong-time", say!(visit.t(), "wrong-time")));
    let parsed = typed.some(field).map(str::parse::<Date>).transpose();
    Ok(parsed.map_err(wrong)?.map(Day))
}

fn opened(visit: &Visit, typed: &Typed) -> Result<(MatterId, Said), Trouble> {
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let matter = MatterId(made_by(request, 1));
    let command = Command::OpenMatter {
        matter,
        title: typed.get("title").to_owned(),
        day: day(visit, typed, "day")?,
    };
    Ok((matter, visit.execute(typed, command)?))
}

fn done(visit: &Visit, matter: MatterId, action: &str, typed: &Typed) -> Result<Said, Trouble> {
    let request = typed.request().ok_or(Trouble::Failed(Failure::Stale))?;
    let account = |field| id(typed.get(field), AccountId).map_err(Trouble::Failed);
    let command = match action {
        "tell" => Command::RecordAccount {
            matter,
            account: AccountId(made_by(request, 1)),
            told: Told {
                author: typed.get("author").to_owned(),
                words: typed.raw("words").to_owned(),
                language: LanguageCode::any(typed.get("language")),
                said_on: day(visit, typed, "said_on")?.ok_or_else(|| {
                    let text = say!(visit.t(), "wrong-time");
                    Trouble::Refused(visit.complain("said_on", "wrong-time", text))
                })?,
                published_by: typed.get("published_by").to_owned(),
                source_url: typed.get("source_url").to_owned(),
            },
        },
        "withdraw" => Command::WithdrawAccount {
            matter,
            account: account("account")?,
            reason: AccountWithdrawal::any(typed.get("reason")),
        },
        "mark" => {
            let found = found(visit, matter).map_err(Trouble::Failed)?;
            // The points that stand are marked again together with the new one.
            let mut points = found
                .marked
                .last()
                .map(|marked| marked.points.clone())
                .unwrap_or_default();
            let quoted = |account: &Account| {
                let words = typed.some(&format!("quote-{}", account.id))?;
                Some(Quotation {
                    account: account.id,
                    words: words.to_owned(),
                })
            };
            points.push(Point {
                about: typed.get("about").to_owned(),
                agree: typed.get("agree") == "yes",
                quotations: found.accounts.iter().filter_map(quoted).collect(),
            });
            // What is quoted out of an account withdrawn since is left out.
            for point in &mut points {
                let stands = |quotation: &Quotation| {
                    let account = found.account(quotation.account);
                    account.is_some_and(|account| account.withdrawn.is_none())
                };
                point.quotations.retain(stands);
            }
            let last = points.len() - 1;
            let mut place = 0;
            points.retain(|point| {
                place += 1;
                place - 1 == last || point.quotations.len() > 1
            });
            Command::MarkMatter { matter, points }
        }
        _ => return Err(Trouble::Failed(Failure::NotFound)),
    };
    visit.execute(typed, command)
}

fn found(visit: &Visit, id: MatterId) -> Result<Matter, Failure> {
    visit.read(|register| register.matter(id)?.ok_or(Failure::NotFound))
}

fn list_page(
    visit: &Visit,
    typed: &Typed,
    complaint: Option<&Complaint>,
) -> Result<Response, Failure> {
    visit.need(READ)?;
    let t = visit.t();
    let matters = visit.read(|register| Ok(register.matters()?))?;
    let title = say!(t, "accounts-title");
    let filled = Filled::new(t, typed, complaint);
    let content = html! {
        div.title { div { h1 { (title) } p.muted { (say!(t, "accounts-lead")) } } }
        section.card {
            @if matters.is_empty() { p.muted { (say!(t, "accounts-none")) } }
            ul.rows { @for matter in &matters { li {
                a.grow href={ "/accounts/" (matter.id) } { strong { (matter.title) } }
                span.small.muted {
                    @if let Some(day) = matter.day { (visit.clock.date(day.0)) " · " }
                    (say!(t, "accounts-count", count = standing(matter).count()))
                }
            } } }
        }
        @if visit.may(P::KeepFigures) {
            (card(say!(t, "accounts-open"), layout::form(visit, "/accounts", html! { div.stack {
                (filled.summary())
                div.form {
                    (filled.text("title", say!(t, "accounts-matter")).required().hint(say!(t, "accounts-matter-hint")))
                    (filled.text("day", say!(t, "accounts-day")).kind("date"))
                }
                button.primary { (say!(t, "accounts-open")) }
            } })))
        }
    };
    let page = layout::page(visit, Place::Figures, &title, content);
    Ok(layout::refused(page, complaint))
}

fn standing(matter: &Matter) -> impl Iterator<Item = &Account> {
    matter
        .accounts
        .iter()
        .filter(|account| account.withdrawn.is_none())
}

fn matter_page(
    visit: &Visit,
    id: MatterId,
    typed: &Typed,
    complaint: Option<&Complaint>,
) -> Result<Response, Failure> {
    visit.need(READ)?;
    let t = visit.t();
    let matter = found(visit, id)?;
    let filled = Filled::new(t, typed, complaint);
    let may_keep = visit.may(P::KeepFigures);
    let content = html! {
        div.title { div {
            h1 { (matter.title) }
            p.muted { @if let Some(day) = matter.day { (visit.clock.date(day.0)) " · " } (say!(t, "accounts-own-words")) }
        } }
        (filled.summary())
        @if let Some(marked) = matter.marked.last() { (points(visit, &matter, marked)?) }
        div.cols {
            @for (place, account) in matter.accounts.iter().enumerate() { (one(visit, &matter, place, account)) }
        }
        @if may_keep {
            @if standing(&matter).count() > 1 {
                details.more { summary { (say!(t, "accounts-mark")) } (mark_form(visit, &matter, filled)) }
            }
            details.more open[matter.accounts.is_empty()] { summary { (say!(t, "accounts-tell")) } (tell_form(visit, &matter, filled)) }
        }
    };
    let page = layout::page(visit, Place::Figures, &matter.title, content);
    Ok(layout::refused(page, complaint))
}

fn points(visit: &Visit, matter: &Matter, marked: &Marked) -> Result<Markup, Failure> {
    let t = visit.t();
    let editor = visit.read(|register| visit.staff_name(register, marked.by))?;
    let author = |quotation: &Quotation| {
        let place = matter
            .accounts
            .iter()
            .position(|account| account.id == quotation.account);
        place.map_or_else(String::new, |place| {
            format!("{}. {}", place + 1, matter.accounts[place].told.author)
        })
    };
    Ok(card(
        say!(t, "accounts-points"),
        html! {
            @for point in &marked.points {
                div.finding {
                    h3 { (point.about) " " (tag(if point.agree { Tone::Good } else { Tone::Risk }, if point.agree { say!(t, "accounts-agree") } else { say!(t, "accounts-differ") })) }
                    ul.bare { @for quotation in &point.quotations { li {
                        span.muted { (author(quotation)) ": " } q { (quotation.words) }
                    } } }
                }
            }
            p.small.muted { (say!(t, "accounts-marked-by", name = editor.as_str(), moment = visit.clock.full(marked.at))) }
        },
    ))
}

fn one(visit: &Visit, matter: &Matter, place: usize, account: &Account) -> Markup {
    let t = visit.t();
    let told = &account.told;
    html! {
        article.card id={ "account-" (account.id) } {
            h2 { (place + 1) ". " (told.author) }
            p.small.muted {
                (visit.clock.date(told.said_on.0))
                @if !told.published_by.is_empty() { " · " (told.published_by) }
                @if !told.source_url.is_empty() { " · " (told.source_url) }
            }
            @match &account.withdrawn {
                Some(reason) => { (notice(Tone::Wait, say!(t, "accounts-withdrawn", reason = t.word("account-withdrawal", reason.as_str())))) }
                None => {
                    blockquote.words lang=(told.language.as_str()) { (told.words) }
                    @if visit.may(P::KeepFigures) {
                        details.more { summary { (say!(t, "figure-wrong")) } (withdraw_form(visit, matter.id, account.id)) }
                    }
                }
            }
        }
    }
}

fn withdraw_form(visit: &Visit, matter: MatterId, account: AccountId) -> Markup {
    let t = visit.t();
    let typed = Typed::default();
    let id = account.to_string();
    let filled = Filled::new(t, &typed, None).prefixed(&id);
    let reasons = AccountWithdrawal::KNOWN
        .iter()
        .map(|reason| {
            (
                reason.as_str().to_owned(),
                t.word("account-withdrawal", reason.as_str()),
            )
        })
        .collect();
    layout::form(
        visit,
        &format!("/accounts/{matter}/withdraw"),
        html! { div.form.inline {
            input type="hidden" name="account" value=(account);
            (filled.select("reason", say!(t, "figure-why"), reasons))
            button.danger { (say!(t, "accounts-withdraw")) }
        } },
    )
}

fn tell_form(visit: &Visit, matter: &Matter, filled: Filled<'_>) -> Markup {
    let t = visit.t();
    let languages = Language::ALL
        .iter()
        .map(|language| (language.tag().to_owned(), language.own_name().to_owned()))
        .collect();
    layout::form(
        visit,
        &format!("/accounts/{}/tell", matter.id),
        html! { div.stack {
            div.form {
                (filled.text("author", say!(t, "accounts-author")).required())
                (filled.text("said_on", say!(t, "accounts-said-on")).kind("date").required())
                (filled.select("language", say!(t, "accounts-language"), languages))
                (filled.text("published_by", say!(t, "figure-published-by")))
                (filled.text("source_url", say!(t, "figure-url")).kind("url"))
            }
            div {
                label for="words" { (say!(t, "accounts-words")) }
                textarea id="words" name="words" required maxlength="40000" rows="10" { (filled.typed.raw("words")) }
                p.hint { (say!(t, "accounts-words-hint")) }
            }
            button.primary { (say!(t, "save")) }
        } },
    )
}

fn mark_form(visit: &Visit, matter: &Matter, filled: Filled<'_>) -> Markup {
    let t = visit.t();
    let answers = vec![
        ("no".to_owned(), say!(t, "accounts-differ")),
        ("yes".to_owned(), say!(t, "accounts-agree")),
    ];
    layout::form(
        visit,
        &format!("/accounts/{}/mark", matter.id),
        html! { div.stack {
            div.form {
                (filled.text("about", say!(t, "accounts-about")).required())
                (filled.select("agree", say!(t, "accounts-agree-or"), answers))
            }
            p.hint { (say!(t, "accounts-quote-hint")) }
            @for account in standing(matter) {
                @let name = format!("quote-{}", account.id);
                div {
                    label for=(name) { (account.told.author) }
                    textarea id=(name) name=(name) maxlength="4000" { (filled.typed.raw(&name)) }
                }
            }
            button.primary { (say!(t, "accounts-mark")) }
        } },
    )
}
