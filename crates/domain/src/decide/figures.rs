//! Figures that somebody stated. The rules see to it that a figure can be used, not that it is true:
//! figures that contradict each other are what the register is for.

use std::collections::BTreeSet;

use super::{Context, NewEvent, maybe, text};
use crate::event::body;
use crate::refusal::{Refusal, Rejected};
use crate::{
    Command, Day, FIGURE_MAX, Figure, FigureId, FigureWithdrawal, Known, Moment, NewFigure,
    Sharpness, StatedFigure,
};

/// Longest code, indicator, unit or route, in characters.
const WORD_LENGTH_MAX: usize = 80;
/// Longest place, source or breakdown, in characters.
const SOURCE_LENGTH_MAX: usize = 400;
/// Most figures put on record at once.
const FIGURES_MAX: usize = 5_000;
/// Parts one figure may name.
const PARTS_MAX: usize = 40;
/// Somewhere it is this much later than in Greenwich: the last time zone is UTC+14.
const LATEST_ZONE_MS: i64 = 14 * 3_600_000;

pub(super) fn decide(
    command: Command,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    match command {
        Command::StateFigures { figures } => state(figures, known, context),
        Command::WithdrawFigure { figure, reason } => {
            standing(figure, known)?;
            let reason = FigureWithdrawal::known(reason.as_str());
            let reason = reason.ok_or(Refusal::UnknownCode { field: "reason" })?;
            Ok(vec![withdrawn(figure, reason, None)])
        }
        _ => unreachable!("decide() sends only figures here"),
    }
}

fn state(
    figures: Vec<NewFigure>,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<Vec<NewEvent>, Rejected> {
    if figures.is_empty() {
        return Err(Refusal::NoFigure.into());
    }
    if figures.len() > FIGURES_MAX {
        return Err(Refusal::TooManyFigures { max: FIGURES_MAX }.into());
    }
    let mut codes: BTreeSet<String> = BTreeSet::new();
    for new in &figures {
        let code = new.stated.code.trim();
        if !codes.insert(code.to_owned()) {
            return Err(taken(code));
        }
    }
    let mut events = Vec::with_capacity(figures.len());
    for new in figures {
        if known.figure(new.id)?.is_some() {
            return Err(Refusal::RequestReused.into());
        }
        let stated = usable(new.stated, &codes, known, context)?;
        let holder = known.figure_coded(&stated.code)?;
        match new.replaces {
            Some(old) => {
                standing(old, known)?;
                if holder.is_some_and(|holder| holder != old) {
                    return Err(taken(&stated.code));
                }
                events.push(withdrawn(old, FigureWithdrawal::MISTYPED, Some(new.id)));
            }
            None if holder.is_some() => return Err(taken(&stated.code)),
            None => {}
        }
        let body = body::FigureStated {
            figure: new.id,
            stated,
        };
        events.push(NewEvent::new(new.id.0, body));
    }
    Ok(events)
}

fn taken(code: &str) -> Rejected {
    let code = code.to_owned();
    Refusal::FigureCodeTaken { code }.into()
}

fn withdrawn(
    figure: FigureId,
    reason: FigureWithdrawal,
    replaced_by: Option<FigureId>,
) -> NewEvent {
    let body = body::FigureWithdrawn {
        figure,
        reason,
        replaced_by,
    };
    NewEvent::new(figure.0, body)
}

fn standing(id: FigureId, known: &dyn Known) -> Result<Figure, Rejected> {
    let figure = known.figure(id)?.ok_or(Refusal::UnknownFigure)?;
    match figure.withdrawn {
        None => Ok(figure),
        Some(_) => Err(Refusal::FigureWithdrawn.into()),
    }
}

/// The figure with its texts trimmed, if it can be used. `codes` are those that come with it.
fn usable(
    stated: StatedFigure,
    codes: &BTreeSet<String>,
    known: &dyn Known,
    context: &Context<'_>,
) -> Result<StatedFigure, Rejected> {
    let word = |field, value: &str| text(field, value, WORD_LENGTH_MAX);
    let source = |field, value: &str| match value.trim() {
        "" => Ok(String::new()),
        some => text(field, some, SOURCE_LENGTH_MAX),
    };
    let high = stated.high.unwrap_or(stated.low);
    if stated.low > FIGURE_MAX || high > FIGURE_MAX {
        return Err(Refusal::FigureAbsurd.into());
    }
    if high < stated.low {
        return Err(Refusal::FigureBounds.into());
    }
    if stated.from.is_some_and(|from| from > stated.as_of) {
        return Err(Refusal::PeriodBackwards.into());
    }
    let today = latest_day(context.now);
    let is_ahead = stated.as_of > today && stated.sharpness != Sharpness::Planned;
    if is_ahead || stated.published_on > today {
        return Err(Refusal::InFuture.into());
    }
    if stated.minute.is_some_and(|minute| minute >= 24 * 60) {
        return Err(Refusal::UnknownCode { field: "minute" }.into());
    }
    if let Some(site) = stated.site {
        known.site(site)?.ok_or(Refusal::UnknownSite)?;
    }
    let url = source("source_url", &stated.source_url)?;
    if !url.is_empty() && !url.starts_with("https://") && !url.starts_with("http://") {
        return Err(Refusal::NoAddress.into());
    }
    if stated.parts.len() > PARTS_MAX {
        return Err(Refusal::TextTooLong { field: "parts" }.into());
    }
    for part in &stated.parts {
        let is_itself = *part == stated.code.trim();
        let is_known = codes.contains(part) || known.figure_coded(part)?.is_some();
        if is_itself || !is_known {
            let code = part.clone();
            return Err(Refusal::UnknownPart { code }.into());
        }
    }
    Ok(StatedFigure {
        code: word("code", &stated.code)?,
        indicator: word("indicator", &stated.indicator)?,
        unit: word("unit", &stated.unit)?,
        place: text("place", &stated.place, SOURCE_LENGTH_MAX)?,
        route: source("route", &stated.route)?,
        breakdown: source("breakdown", &stated.breakdown)?,
        stated_by: text("stated_by", &stated.stated_by, SOURCE_LENGTH_MAX)?,
        published_by: source("published_by", &stated.published_by)?,
        source_url: url,
        note: maybe("note", Some(&stated.note))?.unwrap_or_default(),
        ..stated
    })
}

/// The day that it is by now somewhere: what is said of a later one is said too early.
pub fn latest_day(now: Moment) -> Day {
    let latest = now.plus_ms(LATEST_ZONE_MS).timestamp();
    Day(jiff::tz::Offset::UTC.to_datetime(latest).date())
}
