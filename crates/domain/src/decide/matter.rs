//! Accounts of one matter. Nobody's words are changed: an editor may only point at them, and a
//! quotation that is not word for word is refused.

use super::figures::latest_day;
use super::{Context, NewEvent, name, text};
use crate::event::body;
use crate::refusal::{Refusal, Rejected};
use crate::{
    AccountWithdrawal, Command, Known, LanguageCode, Matter, MatterId, Point, Told, is_quoted,
};

/// Longest account, in characters: a statement or an article, not a book.
const WORDS_LENGTH_MAX: usize = 40_000;
/// Points one editor marks at once.
const POINTS_MAX: usize = 50;

pub(super) fn decide(
    command: Command,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    match command {
        Command::OpenMatter { matter, title, day } => {
            if known.matter(matter)?.is_some() {
                return Err(Refusal::RequestReused.into());
            }
            if day.is_some_and(|day| day > latest_day(context.now)) {
                return Err(Refusal::InFuture.into());
            }
            let title = name("title", &title)?;
            let body = body::MatterOpened { matter, title, day };
            Ok(vec![NewEvent::new(matter.0, body)])
        }
        Command::RecordAccount {
            matter,
            account,
            told,
        } => {
            if found(matter, known)?.account(account).is_some() {
                return Err(Refusal::RequestReused.into());
            }
            let told = sayable(told, context)?;
            let body = body::AccountRecorded {
                matter,
                account,
                told,
            };
            Ok(vec![NewEvent::new(matter.0, body)])
        }
        Command::WithdrawAccount {
            matter,
            account,
            reason,
        } => {
            let matter = found(matter, known)?;
            let standing = matter.account(account).ok_or(Refusal::UnknownAccount)?;
            if standing.withdrawn.is_some() {
                return Err(Refusal::AccountWithdrawn.into());
            }
            let reason = AccountWithdrawal::known(reason.as_str());
            let body = body::AccountWithdrawn {
                matter: matter.id,
                account,
                reason: reason.ok_or(Refusal::UnknownCode { field: "reason" })?,
            };
            Ok(vec![NewEvent::new(matter.id.0, body)])
        }
        Command::MarkMatter { matter, points } => {
            let matter = found(matter, known)?;
            if points.is_empty() || points.len() > POINTS_MAX {
                return Err(Refusal::NoPoint { max: POINTS_MAX }.into());
            }
            let points = points.into_iter().map(|point| quoted(point, &matter));
            let mut points = points.collect::<Result<Vec<_>, _>>()?;
            points.sort_by_key(|point| !point.agree);
            let body = body::MatterMarked {
                matter: matter.id,
                points,
            };
            Ok(vec![NewEvent::new(matter.id.0, body)])
        }
        _ => unreachable!("decide() sends only matters here"),
    }
}

fn found(id: MatterId, known: &dyn Known) -> Result<Matter, Rejected> {
    Ok(known.matter(id)?.ok_or(Refusal::UnknownMatter)?)
}

fn sayable(told: Told, context: &Context<'_>) -> Result<Told, Rejected> {
    if told.said_on > latest_day(context.now) {
        return Err(Refusal::InFuture.into());
    }
    let language = LanguageCode::known(told.language.as_str());
    let url = told.source_url.trim();
    if !url.is_empty() && !url.starts_with("https://") && !url.starts_with("http://") {
        return Err(Refusal::NoAddress.into());
    }
    // The words stay as they were said, line breaks too.
    text("words", &told.words, WORDS_LENGTH_MAX)?;
    Ok(Told {
        author: name("author", &told.author)?,
        language: language.ok_or(Refusal::UnknownCode { field: "language" })?,
        published_by: match told.published_by.trim() {
            "" => String::new(),
            some => name("published_by", some)?,
        },
        source_url: url.to_owned(),
        ..told
    })
}

/// A point whose quotations stand in accounts that stand: at least two where they are said to differ.
fn quoted(point: Point, matter: &Matter) -> Result<Point, Rejected> {
    let about = name("about", &point.about)?;
    let mut speaking = Vec::new();
    for quotation in &point.quotations {
        let mut accounts = matter.accounts.iter();
        let place = accounts.position(|account| account.id == quotation.account);
        let place = place.ok_or(Refusal::UnknownAccount)?;
        let account = &matter.accounts[place];
        if account.withdrawn.is_some() {
            return Err(Refusal::AccountWithdrawn.into());
        }
        if !is_quoted(&quotation.words, &account.told.words) {
            return Err(Refusal::Misquoted { account: place + 1 }.into());
        }
        speaking.push(quotation.account);
    }
    speaking.sort_unstable();
    speaking.dedup();
    if speaking.len() < 2 {
        return Err(Refusal::TooFewQuoted.into());
    }
    Ok(Point { about, ..point })
}
