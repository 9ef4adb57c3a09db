//! `akey outlook`: what runs short when, and `akey outlook queue`: when a queue of a file is served.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use forecast::Band;
use forecast::queue::{Course, Queue, Shift, Wave};
use serde_json::{Value, json};

use crate::cli::{self, Common};
use crate::control;
use crate::failure::Failure;
use crate::minutes::minute_of;
use crate::output;
use crate::place::Place;
use crate::work::{Answer, Work};

/// More people in one row than this are a slip of the finger.
const PEOPLE_MAX: u64 = 1_000_000;
/// More rows than this are no day.
const ROWS_MAX: usize = 10_000;

/// Says what runs short, where and when, and what could be moved.
pub fn run(common: &Common, asked: cli::Outlook) -> Result<(), Failure> {
    if let Some(cli::OutlookOf::Queue(asked)) = asked.of {
        return queue(common, &asked);
    }
    let place = Place::of(common)?;
    let work = Work::Outlook {
        site: asked.site,
        days: asked.days,
    };
    let Answer::Outlook { outlook } = control::run(&place, work, &[], "Counting")? else {
        unreachable!("work is answered in kind")
    };
    output::answer(common.json, &outlook, || words(&outlook))
}

fn words(outlook: &Value) -> String {
    let mut text = String::new();
    goods(&mut text, outlook);
    for row in list(&outlook["places"]) {
        let _ = writeln!(
            text,
            "{}: {} places, {} to {} people there; full at the earliest {}, likely {}, at the latest {}",
            word(&row["site_name"]),
            row["capacity"],
            row["here"]["low"],
            row["here"]["high"],
            day(row, "short_earliest"),
            day(row, "short_likely"),
            day(row, "short_latest"),
        );
    }
    for site in list(&outlook["desks"]) {
        let busy = list(&site["days"]).iter();
        for one in busy.filter(|day| day["people"]["high"] != 0) {
            let desks = one["desks"]["likely"].as_u64();
            let desks = desks.map_or_else(|| "not known".to_owned(), |desks| desks.to_string());
            let _ = writeln!(
                text,
                "{}, {}: {} people; desks needed: {desks}",
                word(&site["site_name"]),
                word(&one["day"]),
                one["people"]["likely"],
            );
        }
    }
    text.trim_end().to_owned()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or("?")
}

fn day<'v>(row: &'v Value, name: &str) -> &'v str {
    row[name].as_str().unwrap_or("not seen")
}

/// What runs short; of the rest, how much there is of it.
fn goods(text: &mut String, outlook: &Value) {
    let rows = list(&outlook["rows"]);
    let is_short = |row: &&Value| row["short_earliest"].is_string();
    for row in rows.iter().filter(is_short) {
        let _ = writeln!(
            text,
            "{}, {}: {} here; short at the earliest {}, likely {}, at the latest {}",
            word(&row["site_name"]),
            word(&row["item"]),
            row["here"],
            day(row, "short_earliest"),
            day(row, "short_likely"),
            day(row, "short_latest"),
        );
    }
    let lasting = rows.iter().filter(|row| !is_short(row)).count();
    let _ = match (rows.len(), lasting) {
        (0, _) => writeln!(text, "Nothing is kept in stock anywhere."),
        (_, 0) => Ok(()),
        _ => writeln!(text, "Lasts through these days: {lasting} (see --json)."),
    };
    for one in list(&outlook["moves"]) {
        let danger = match one["onward"].as_str() {
            Some("stay") => " Nobody is to travel there tonight: see `akey incidents`.",
            Some("careful") => " With care: see `akey incidents`.",
            _ => "",
        };
        let _ = writeln!(
            text,
            "Move {} {} from {} to {}.{danger}",
            one["amount"],
            word(&one["item"]),
            word(&one["from_name"]),
            word(&one["to_name"])
        );
    }
    for one in list(&outlook["unweighed"]) {
        let _ = writeln!(text, "{}: {}.", word(&one[0]), word(&one[1]));
    }
}

fn queue(common: &Common, asked: &cli::OutlookQueue) -> Result<(), Failure> {
    let file = &asked.arrivals;
    let bytes = fs::read(file).map_err(Failure::file(file, "read the arrivals"))?;
    let waves = read(&bytes).map_err(|why| Failure::Wrong(format!("{}: {why}", file.display())))?;
    let first = waves.iter().map(|wave| wave.at_min).min().unwrap_or(0);
    let opens = asked.opens.unwrap_or(first);
    let queue = Queue {
        waves,
        shifts: vec![Shift {
            from_min: opens,
            desks: asked.desks,
        }],
        service_ms: Band::exact(asked.minutes),
    };
    let courses = [
        ("easy", Course::Easy),
        ("likely", Course::Likely),
        ("hard", Course::Hard),
    ];
    let ends: BTreeMap<_, _> = courses
        .iter()
        .map(|(name, course)| (*name, queue.last_served(*course).map(clock)))
        .collect();
    let last = courses.iter().map(|(_, course)| queue.last_served(*course));
    let last = last
        .max()
        .flatten()
        .unwrap_or(24 * 60)
        .max(asked.by.unwrap_or(0));
    let minutes: Vec<u32> = (opens / 60..=last.div_ceil(60))
        .map(|hour| hour * 60)
        .collect();
    let [easy, likely, hard] = courses.map(|(_, course)| queue.standings(course, &minutes));
    let hours: Vec<_> = minutes
        .iter()
        .zip(easy.iter().zip(&likely).zip(&hard))
        .map(|(minute, ((easy, likely), hard))| {
            json!({ "at": clock(*minute), "arrived": likely.arrived, "served": likely.served,
                "waiting": { "low": easy.waiting, "likely": likely.waiting, "high": hard.waiting } })
        })
        .collect();
    let needed = asked.by.map(|by| {
        // Desks count from the opening, so the day is told from there; who came before waits at it.
        let from = |minute: u32| minute.saturating_sub(opens);
        let waves = queue.waves.iter().map(|wave| Wave {
            at_min: from(wave.at_min),
            ..*wave
        });
        let day = Queue {
            waves: waves.collect(),
            ..queue.clone()
        };
        let needed = courses.map(|(name, course)| (name, day.desks_by(course, from(by))));
        json!({ "by": clock(by), "desks": BTreeMap::from(needed) })
    });
    let answer = json!({
        "opens": clock(opens), "desks": asked.desks, "service_ms": asked.minutes,
        "last_served": ends, "needed": needed, "hours": hours,
    });
    output::answer(common.json, &answer, || queue_words(&answer))
}

fn queue_words(answer: &Value) -> String {
    let said = |value: &Value| value.as_str().unwrap_or("not within a week").to_owned();
    let ends = &answer["last_served"];
    let mut text = format!(
        "Last person served: {} (between {} and {}).\n",
        said(&ends["likely"]),
        said(&ends["easy"]),
        said(&ends["hard"])
    );
    if let Some(needed) = answer["needed"].as_object() {
        let desks = |course: &str| match needed["desks"][course].as_u64() {
            Some(desks) => desks.to_string(),
            None => "no number of".to_owned(),
        };
        let _ = writeln!(
            text,
            "Nobody waits at {} with {} desks from the opening on (between {} and {}).",
            said(&needed["by"]),
            desks("likely"),
            desks("easy"),
            desks("hard")
        );
    }
    for hour in answer["hours"].as_array().into_iter().flatten() {
        let waiting = &hour["waiting"];
        let _ = writeln!(
            text,
            "  {}  {} came, {} served, {} wait ({} to {})",
            said(&hour["at"]),
            hour["arrived"],
            hour["served"],
            waiting["likely"],
            waiting["low"],
            waiting["high"]
        );
    }
    text.trim_end().to_owned()
}

/// Arrivals: `time,people` and, where it is not sure, `low,high`.
fn read(bytes: &[u8]) -> Result<Vec<Wave>, String> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(bytes);
    let unreadable = |error: csv::Error| format!("it is no CSV: {error}; save it as CSV in UTF-8");
    let headers = reader.headers().map_err(unreadable)?.clone();
    let place = |name: &str| headers.iter().position(|header| header == name);
    let column = |name: &str| {
        place(name).ok_or_else(|| {
            format!("row 1: there is no column \"{name}\"; the columns are time,people and, if wanted, low,high")
        })
    };
    let (time, people) = (column("time")?, column("people")?);
    let (low, high) = (place("low"), place("high"));
    let mut waves = Vec::new();
    for (number, record) in reader.records().enumerate() {
        let row = number + 2;
        if number >= ROWS_MAX {
            return Err(format!(
                "row {row}: more than {ROWS_MAX} rows are no day; leave some out"
            ));
        }
        let record = record.map_err(unreadable)?;
        let cell = |place: usize| record.get(place).unwrap_or_default();
        let count = |name: &str, text: &str| {
            text.parse::<u64>()
                .ok()
                .filter(|people| *people <= PEOPLE_MAX)
                .ok_or_else(|| {
                    format!("row {row}, column {name}: \"{text}\" is no number of people from 0 to {PEOPLE_MAX}; correct it")
                })
        };
        let likely = count("people", cell(people))?;
        let bound = |name: &str, place: Option<usize>| match place.map(cell) {
            None | Some("") => Ok(likely),
            Some(text) => count(name, text),
        };
        let people = Band {
            low: bound("low", low)?,
            likely,
            high: bound("high", high)?,
        };
        if !people.is_ordered() {
            return Err(format!(
                "row {row}: low, people and high do not go upwards; correct one of them"
            ));
        }
        let at_min =
            minute_of(cell(time)).map_err(|why| format!("row {row}, column time: {why}"))?;
        waves.push(Wave { at_min, people });
    }
    if waves.is_empty() {
        return Err("row 2: nobody arrives; give one row for each time".to_owned());
    }
    Ok(waves)
}

fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_arrivals_is_said_with_row_and_column() {
        let wrong = |text: &str| read(text.as_bytes()).expect_err("it is wrong");
        assert!(wrong("when,people\n08:00,3\n").contains("no column \"time\""));
        assert!(wrong("time,people\n08:00,3\n09:00,-4\n").contains("row 3, column people"));
        assert!(wrong("time,people\n25:61,3\n").contains("row 2, column time"));
        assert!(wrong("time,people\n08:00,99999999\n").contains("row 2, column people"));
        assert!(wrong("time,people,low,high\n08:00,3,4,5\n").contains("row 2: low"));
        assert!(wrong("time,people,low\n08:00,3,few\n").contains("row 2, column low"));
        assert!(wrong("time,people\n").contains("nobody arrives"));
        assert!(wrong("time,people\n08:00\n").contains("it is no CSV"));
    }
}
