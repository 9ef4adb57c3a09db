//! The queue of tonight, and how many desks the days ahead take.

use domain::Moment;
use forecast::Band;
use forecast::queue::Course;
use maud::{Markup, html};
use report::outlook::{Desks, Needed};

use crate::catalogue::say;
use crate::component::{Tone, notice};
use crate::form::Typed;
use crate::visit::Visit;

const MINUTE_MS: i64 = 60_000;
const HOUR_MIN: u32 = 60;
/// Who types no end wants nobody to wait at this hour.
const NIGHTFALL: &str = "18:00";

/// What somebody asks of the queue.
struct Asked {
    desks: u32,
    service_ms: Band,
    extra: u64,
    by: jiff::civil::Time,
}

impl Asked {
    /// What was typed, and what was seen lately where nothing was; nothing where neither says how long
    /// one person takes and how many desks there are, an error where it cannot be meant.
    fn read(typed: &Typed, seen: &Desks) -> Option<Result<Self, ()>> {
        let is_typed = ["desks", "minutes", "extra", "by"]
            .iter()
            .any(|name| typed.some(name).is_some());
        if !is_typed && (seen.desks == 0 || seen.service_ms.is_none()) {
            return None;
        }
        let read = || {
            let number = |name: &str, max: u64| {
                let number = typed.get(name).parse::<u64>().ok();
                number.filter(|number| *number <= max)
            };
            let extra = typed
                .some("extra")
                .map_or(Some(0), |_| number("extra", 1_000_000))?;
            let desks = typed
                .some("desks")
                .map_or(Some(u64::from(seen.desks)), |_| number("desks", 10_000))?;
            Some(Self {
                desks: u32::try_from(desks).ok()?,
                service_ms: match typed.some("minutes") {
                    Some(minutes) => Band::exact(milliseconds(minutes)?),
                    None => seen.service_ms?,
                },
                extra,
                by: typed.some("by").unwrap_or(NIGHTFALL).parse().ok()?,
            })
        };
        Some(read().ok_or(()))
    }
}

/// Minutes of one person, such as `4.5`; with a comma where that is how one writes.
fn milliseconds(typed: &str) -> Option<u64> {
    let typed = typed.replace(',', ".");
    let (whole, part) = typed.split_once('.').unwrap_or((&typed, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_empty = whole.is_empty() && part.is_empty();
    if is_empty || whole.len() > 4 || !is_number(whole) || !is_number(part) {
        return None;
    }
    let whole: u64 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let thousandths: u64 = format!("{part:0<3}").get(..3)?.parse().ok()?;
    let milliseconds = (whole * 1_000 + thousandths) * 60;
    (600..=86_400_000)
        .contains(&milliseconds)
        .then_some(milliseconds)
}

/// The card of the queue: what is seen, what follows, and a form for what if.
pub(super) fn queue(visit: &Visit, seen: &Desks) -> Markup {
    let t = visit.t();
    let coming: u64 = seen.coming.iter().map(|wave| wave.people.likely).sum();
    let people = seen.waiting.saturating_add(coming);
    let typed = &visit.guest.query;
    let field = |name: &str, label: String, kind: &str, value: &str| {
        html! { div { label for={ "outlook-" (name) } { (label) }
        input id={ "outlook-" (name) } name=(name) type=(kind) min=[(kind == "number").then_some("0")] step=[(name == "minutes").then_some("any")] value=(value); } }
    };
    let or_seen = |name: &str, seen: Option<String>| match typed.some(name) {
        Some(typed) => typed.to_owned(),
        None => seen.unwrap_or_default(),
    };
    let by = typed.some("by").unwrap_or(NIGHTFALL);
    let minutes = seen.service_ms.map(|service| minutes(service.likely));
    html! {
        p { (say!(t, "outlook-queue-waiting", people = i64::try_from(people).unwrap_or(i64::MAX))) }
        @match (seen.service_ms, seen.desks) {
            (Some(service), desks) => { p.muted { (say!(t, "outlook-queue-seen", desks = desks, seen = seen.seen,
                minutes = minutes_of(service.likely), low = minutes_of(service.low), high = minutes_of(service.high))) } }
            (None, _) => { p.muted { (say!(t, "outlook-queue-unseen")) } }
        }
        @match Asked::read(typed, seen) {
            None => {}
            Some(Err(())) => { (notice(Tone::Risk, say!(t, "outlook-wrong"))) }
            Some(Ok(asked)) => { (answer(visit, seen, &asked)) }
        }
        form method="get" action="/outlook" { div.stack {
            div.form {
                (field("desks", say!(t, "outlook-desks"), "number", &or_seen("desks", (seen.desks > 0).then(|| seen.desks.to_string()))))
                (field("minutes", say!(t, "outlook-minutes"), "number", &or_seen("minutes", minutes)))
                (field("extra", say!(t, "outlook-extra"), "number", typed.get("extra")))
                (field("by", say!(t, "outlook-by"), "time", by))
            }
            div { button.primary { (say!(t, "outlook-compute")) } }
        } }
    }
}

/// Minutes with one decimal, as a form takes them.
fn minutes(milliseconds: u64) -> String {
    let tenths = (milliseconds + 3_000) / 6_000;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// The same as it is read.
fn minutes_of(milliseconds: u64) -> String {
    let text = minutes(milliseconds.max(6_000));
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

fn answer(visit: &Visit, seen: &Desks, asked: &Asked) -> Markup {
    let t = visit.t();
    let queue = seen.queue(asked.desks, asked.service_ms, asked.extra);
    let near = |at: Moment| visit.clock.near(at, visit.now);
    let ends = seen.ends(&queue);
    let ends = ends.likely.zip(ends.easy).zip(ends.hard);
    let now = visit.clock.local(visit.now).time();
    let minute_of = |time: jiff::civil::Time| {
        u32::try_from(time.hour()).unwrap_or(0) * HOUR_MIN
            + u32::try_from(time.minute()).unwrap_or(0)
    };
    // An hour that is past is that of tomorrow.
    let day = 24 * HOUR_MIN;
    let left = (minute_of(asked.by) + day - minute_of(now)) % day;
    let by = near(visit.now.plus_ms(i64::from(left) * MINUTE_MS));
    html! {
        @match ends {
            Some(((likely, easy), hard)) => { p.strong { (say!(t, "outlook-last", likely = near(likely), easy = near(easy), hard = near(hard))) } }
            None => { p.strong { (say!(t, "outlook-last-never")) } }
        }
        @match queue.desks_by(Course::Likely, left) {
            Some(desks) => { p { (say!(t, "outlook-needed", desks = desks, by = by)) } }
            None => { p { (say!(t, "outlook-needed-none")) } }
        }
    }
}

/// How many desks each day takes.
pub(super) fn days(visit: &Visit, all: &[Desks]) -> Markup {
    let t = visit.t();
    let desks = |needed: Option<Needed>| match needed {
        None => say!(t, "outlook-not-known"),
        Some(needed) => match (needed.easy, needed.likely, needed.hard) {
            (Some(easy), Some(likely), Some(hard)) if easy == hard => t.number(likely),
            (Some(easy), Some(likely), Some(hard)) => {
                say!(
                    t,
                    "outlook-desks-between",
                    likely = likely,
                    easy = easy,
                    hard = hard
                )
            }
            _ => say!(t, "outlook-desks-none"),
        },
    };
    let rows = all.iter().flat_map(|site| {
        let busy = site.days.iter().filter(|day| day.people.high > 0);
        busy.map(move |day| (site, day))
    });
    html! {
        div.scroll { table.cards {
            thead { tr { th { (say!(t, "outlook-site")) } th { (say!(t, "outlook-day")) } th.n { (say!(t, "people")) } th { (say!(t, "outlook-by")) } th { (say!(t, "outlook-desks-needed")) } } }
            tbody { @for (site, day) in rows { tr {
                th scope="row" { (site.site_name) }
                td data-label=(say!(t, "outlook-day")) { (visit.clock.weekday_date(day.day.0)) }
                td.n data-label=(say!(t, "people")) { (t.number(i64::try_from(day.people.likely).unwrap_or(i64::MAX))) }
                td data-label=(say!(t, "outlook-by")) { (visit.clock.near(day.by, visit.now)) }
                td data-label=(say!(t, "outlook-desks-needed")) { (desks(day.desks)) }
            } } }
        } }
        details.more.small { summary { (say!(t, "how-computed")) } div { p { (say!(t, "outlook-desks-how")) } } }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn minutes_are_read_with_point_or_comma_and_nothing_absurd() {
        assert_eq!(milliseconds("5"), Some(300_000));
        assert_eq!(milliseconds("4.9359"), Some(296_100));
        assert_eq!(milliseconds("0,5"), Some(30_000));
        for wrong in ["", ".", "0", "-1", "1441", "99999", "x", "1.2.3", "１"] {
            assert_eq!(milliseconds(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_stops_the_page(typed in ".{0,12}") {
            let _ = milliseconds(&typed);
        }
    }
}
