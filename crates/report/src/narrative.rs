//! Words of a report with its numbers by reference. `[returned]` becomes the published number; a number
//! typed before a reference, as in `1,401 [=returned]`, is held against it; words in quotation marks
//! before `[quote 9a85e35c]` are held against the statement they are quoted from. What disagrees is
//! named with its place, and a report with such a fault is not published.

use std::collections::BTreeMap;

use domain::{Day, Period, StatedFigure};
use register::Register;
use serde::Serialize;

use crate::discreet::{discreet, named};
use crate::error::ReportError;
use crate::figure::Measure;

/// Shortest reference to a statement: the beginning of its leaf hash.
const LEAF_DIGITS_MIN: usize = 8;

/// What a reference stands for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Number {
    /// A number that is published.
    Known(i64),
    /// A number that is not shown to the public.
    Hidden,
    /// A figure that somebody stated, as it was said.
    Said(String),
}

/// What references can stand for, by their words.
#[derive(Clone, Default, Debug)]
pub struct Sources {
    /// Numbers and stated figures.
    pub numbers: BTreeMap<String, Number>,
    /// Texts that can be quoted, by the leaf hash of their statement.
    pub texts: BTreeMap<String, String>,
    /// Names that must not stand in public.
    pub discreet: Vec<String>,
    /// Dates as they are written: their numbers count nobody.
    pub dates: Vec<String>,
    /// Whether every day of the report is published, so that its numbers can be referred to.
    pub is_published: bool,
}

/// Something about a narrative that a reader has to know before it is signed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    /// Nothing has this name.
    UnknownReference {
        /// The line, from 1.
        line: usize,
        /// The name.
        name: String,
    },
    /// The number is not shown to the public.
    Hidden {
        /// The line, from 1.
        line: usize,
        /// Its name.
        name: String,
    },
    /// A number was typed, and its reference says another.
    Disagrees {
        /// The line, from 1.
        line: usize,
        /// What was typed.
        typed: i64,
        /// The name.
        name: String,
        /// What it says.
        value: i64,
    },
    /// The words are not those of the statement.
    Altered {
        /// The line, from 1.
        line: usize,
        /// What is said to be quoted.
        words: String,
    },
    /// A road of which danger is known, a store or a shelter: nothing below a department is said in public.
    BelowDepartment {
        /// The line, from 1.
        line: usize,
        /// What is named.
        name: String,
    },
    /// A number without a reference: nobody can trace it, and a small one can point at people. It may be
    /// a date, so that somebody has to look.
    Untraced {
        /// The line, from 1.
        line: usize,
        /// The number.
        typed: i64,
    },
}

impl Fault {
    /// Whether nothing can be published with it.
    pub const fn stops(&self) -> bool {
        !matches!(self, Self::Untraced { .. })
    }
}

/// Words with their numbers filled in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Narrative {
    /// The words as they would be signed.
    pub text: String,
    /// What is wrong with them.
    pub faults: Vec<Fault>,
    /// What was filled in, each with its name, in order.
    pub used: Vec<String>,
}

/// Fills the references in; `written` is how a number is written.
pub fn resolve(draft: &str, sources: &Sources, written: &dyn Fn(i64) -> String) -> Narrative {
    let mut narrative = Narrative {
        text: String::with_capacity(draft.len()),
        faults: Vec::new(),
        used: Vec::new(),
    };
    // A name may be broken by the end of a line.
    if let Some(name) = named(draft, &sources.discreet) {
        let line = line_of(draft, name);
        let name = name.to_owned();
        narrative.faults.push(Fault::BelowDepartment { line, name });
    }
    for (line, words) in (1..).zip(draft.split('\n')) {
        if line > 1 {
            narrative.text.push('\n');
        }
        narrative.line(line, words, sources, written);
    }
    narrative
}

/// The line on which a name begins.
fn line_of(draft: &str, name: &str) -> usize {
    let first = name.split(' ').next().unwrap_or_default().to_lowercase();
    let mut lines = draft.split('\n');
    let place = lines.position(|line| line.to_lowercase().contains(&first));
    place.map_or(1, |place| place + 1)
}

impl Narrative {
    fn line(
        &mut self,
        line: usize,
        words: &str,
        sources: &Sources,
        written: &dyn Fn(i64) -> String,
    ) {
        let mut rest = words;
        while let Some((before, reference, after)) = reference(rest) {
            let is_check = reference.starts_with('=') || reference.starts_with("quote ");
            let undated = undated(before, &sources.dates);
            let typed = is_check.then(|| last_number(&undated)).flatten();
            self.plain(line, before, typed.is_some(), &sources.dates);
            match reference.strip_prefix("quote ") {
                Some(leaf) => self.quote(line, before, leaf.trim(), sources),
                None => self.fill(line, reference, typed, sources, written),
            }
            rest = after;
        }
        self.plain(line, rest, false, &sources.dates);
    }

    /// Words between references, and the numbers in them that have none. The last of them belongs to the
    /// reference behind it where that holds it against something.
    fn plain(&mut self, line: usize, words: &str, last_is_checked: bool, dates: &[String]) {
        let mut numbers = numbers(&undated(words, dates));
        if last_is_checked {
            numbers.pop();
        }
        let untraced = numbers.into_iter().filter(|typed| !is_year(*typed));
        self.faults
            .extend(untraced.map(|typed| Fault::Untraced { line, typed }));
        self.text.push_str(words);
    }

    fn fill(
        &mut self,
        line: usize,
        reference: &str,
        typed: Option<i64>,
        sources: &Sources,
        written: &dyn Fn(i64) -> String,
    ) {
        let name = reference.trim_start_matches('=').trim();
        let checked = reference.starts_with('=');
        let named = || name.to_owned();
        match (sources.numbers.get(name), typed) {
            (None, _) => self.faults.push(Fault::UnknownReference {
                line,
                name: named(),
            }),
            (Some(Number::Hidden), _) => self.faults.push(Fault::Hidden {
                line,
                name: named(),
            }),
            (Some(Number::Known(value)), Some(typed)) if *value != typed => {
                self.faults.push(Fault::Disagrees {
                    line,
                    typed,
                    name: named(),
                    value: *value,
                });
            }
            (Some(Number::Known(value)), _) if !checked => self.text.push_str(&written(*value)),
            (Some(Number::Said(said)), _) if !checked => self.text.push_str(said),
            _ => {}
        }
        if checked {
            // The typed number stands; the mark behind it does not.
            self.text.truncate(self.text.trim_end_matches(' ').len());
        }
        let value = match sources.numbers.get(name) {
            Some(Number::Known(value)) => value.to_string(),
            Some(Number::Said(said)) => said.clone(),
            _ => return,
        };
        self.used.push(format!("{name} = {value}"));
    }

    fn quote(&mut self, line: usize, before: &str, leaf: &str, sources: &Sources) {
        let words = quoted(before).unwrap_or_default();
        let mut found = sources.texts.range(leaf.to_owned()..);
        let text = found
            .next()
            .filter(|(hash, _)| leaf.len() >= LEAF_DIGITS_MIN && hash.starts_with(leaf));
        match text {
            None => self.faults.push(Fault::UnknownReference {
                line,
                name: format!("quote {leaf}"),
            }),
            Some((_, text)) if !domain::is_quoted(words, text) => {
                self.faults.push(Fault::Altered {
                    line,
                    words: words.to_owned(),
                });
            }
            Some((hash, _)) => self.text.push_str(&format_quote(hash)),
        }
        self.used.push(format!("quote {leaf}"));
    }
}

/// Words without the dates in them.
fn undated(words: &str, dates: &[String]) -> String {
    let mut kept = words.to_owned();
    for date in dates.iter().filter(|date| !date.is_empty()) {
        let mut from = 0;
        while let Some(at) = kept[from..].find(date.as_str()).map(|at| from + at) {
            // The second of a month is not the end of the twenty-second.
            let is_whole = !kept[..at].ends_with(|letter: char| letter.is_ascii_digit());
            if is_whole {
                kept.replace_range(at..at + date.len(), "");
            }
            from = at + if is_whole { 0 } else { date.len() };
        }
    }
    kept
}

/// How a published quotation names its statement.
fn format_quote(hash: &str) -> String {
    let short: String = hash.chars().take(16).collect();
    format!("({short})")
}

/// The next reference: what is before it, its words, what is behind it.
fn reference(words: &str) -> Option<(&str, &str, &str)> {
    let begins = words.find('[')?;
    let length = words[begins..].find(']')?;
    let inside = &words[begins + 1..begins + length];
    Some((
        &words[..begins],
        inside.trim(),
        &words[begins + length + 1..],
    ))
}

/// The words between the last pair of quotation marks.
fn quoted(before: &str) -> Option<&str> {
    let before = before.trim_end();
    let marks = [('“', '”'), ('«', '»'), ('"', '"')];
    marks.iter().find_map(|(open, close)| {
        let inside = before.strip_suffix(*close)?;
        let begins = inside.rfind(*open)? + open.len_utf8();
        Some(inside[begins..].trim())
    })
}

/// Whole numbers as people write them, in groups or not. A part of a word is none, and groups belong
/// together when the separator between them has three digits behind it.
fn numbers(words: &str) -> Vec<i64> {
    let letters: Vec<char> = words.chars().collect();
    let mut found = Vec::new();
    let mut place = 0;
    while place < letters.len() {
        let is_inside =
            place > 0 && (letters[place - 1].is_alphanumeric() || letters[place - 1] == '-');
        if !letters[place].is_ascii_digit() || is_inside {
            place += 1;
            continue;
        }
        let mut digits = String::new();
        while place < letters.len() && letters[place].is_ascii_digit() {
            digits.push(letters[place]);
            place += 1;
            let group = letters.get(place + 1..place + 4);
            let is_separated = matches!(
                letters.get(place),
                Some(',' | '.' | ' ' | '\u{202f}' | '\u{a0}')
            );
            let is_group = group.is_some_and(|group| group.iter().all(char::is_ascii_digit))
                && !letters.get(place + 4).is_some_and(char::is_ascii_digit);
            if is_separated && is_group && digits.len() <= 12 {
                place += 1;
            }
        }
        let is_part = letters
            .get(place)
            .is_some_and(|letter| letter.is_alphanumeric() || *letter == '-');
        if let (false, Ok(number)) = (is_part, digits.parse()) {
            found.push(number);
        }
    }
    found
}

fn last_number(words: &str) -> Option<i64> {
    let ends_with_number = words
        .trim_end()
        .ends_with(|letter: char| letter.is_ascii_digit());
    ends_with_number.then(|| numbers(words).pop()).flatten()
}

const fn is_year(number: i64) -> bool {
    number >= 1_900 && number < 2_200
}

/// What a report of some days can refer to: the sums of what was published of each of them, and the
/// figures that others stated.
///
/// # Errors
/// [`ReportError`] when the register cannot be read.
pub fn sources(register: &Register<'_>, from: Day, to: Day) -> Result<Sources, ReportError> {
    let editions = register.editions()?;
    let days = from
        .0
        .series(jiff::Span::new().days(1))
        .take_while(|day| *day <= to.0);
    let mut numbers: BTreeMap<String, Number> = BTreeMap::new();
    let mut is_whole = true;
    for day in days {
        let period = Period::Day(Day(day));
        let Some(edition) = editions.iter().find(|edition| edition.period == period) else {
            is_whole = false;
            break;
        };
        for measure in Measure::ALL {
            let mut tables = edition.tables.iter();
            let table = tables.find(|table| table.of == measure.code() && table.by.is_none());
            let Some(row) = table.and_then(|table| table.rows.first()) else {
                continue;
            };
            let count = row
                .count
                .map(|count| i64::try_from(count).unwrap_or(i64::MAX));
            let sum = numbers
                .entry(measure.code().to_owned())
                .or_insert(Number::Known(0));
            *sum = match (&*sum, count) {
                (Number::Known(sum), Some(count)) => Number::Known(sum.saturating_add(count)),
                _ => Number::Hidden,
            };
        }
    }
    if !is_whole {
        numbers.clear();
    }
    for figure in register.stated_figures()? {
        if figure.withdrawn.is_none() {
            let said = said(&figure.stated);
            numbers.insert(figure.stated.code.clone(), Number::Said(said));
        }
    }
    Ok(Sources {
        numbers,
        texts: BTreeMap::new(),
        discreet: discreet(register)?,
        dates: Vec::new(),
        is_published: is_whole,
    })
}

fn said(stated: &StatedFigure) -> String {
    crate::stated::statement(stated).said()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sources() -> Sources {
        let known = [
            ("returned", Number::Known(1_401)),
            ("movements", Number::Known(12)),
            ("declined", Number::Hidden),
        ];
        Sources {
            numbers: known
                .into_iter()
                .map(|(name, number)| (name.to_owned(), number))
                .collect(),
            texts: BTreeMap::from([(
                "9a85e35c499d1f67".to_owned(),
                "Hold further return flights today.".to_owned(),
            )]),
            discreet: vec!["RN2".to_owned(), "Martissant".to_owned()],
            dates: vec![
                "3 September 2021".to_owned(),
                "23 September 2021".to_owned(),
            ],
            is_published: true,
        }
    }

    fn faults(draft: &str) -> Vec<Fault> {
        resolve(draft, &sources(), &|number| number.to_string()).faults
    }

    #[test]
    fn numbers_are_filled_in_by_reference() {
        let narrative = resolve(
            "[movements] flights brought\n[returned] people.",
            &sources(),
            &|number| number.to_string(),
        );
        assert_eq!(narrative.text, "12 flights brought\n1401 people.");
        assert!(narrative.faults.is_empty());
        assert_eq!(narrative.used, ["movements = 12", "returned = 1401"]);
    }

    #[test]
    fn a_date_as_it_is_written_needs_no_reference() {
        assert_eq!(faults("On 23 September 2021 all were met."), []);
        let line = 1;
        let untraced = |typed| Fault::Untraced { line, typed };
        assert_eq!(
            faults("On 24 September 23 people."),
            [untraced(24), untraced(23)]
        );
    }

    #[test]
    fn a_date_before_a_reference_does_not_stand_for_the_number() {
        let faults = faults("5 were met on 23 September 2021 [=returned]");
        assert!(
            matches!(
                faults.as_slice(),
                [Fault::Untraced { typed: 5, .. } | Fault::Disagrees { typed: 5, .. }]
            ),
            "{faults:?}"
        );
    }

    #[test]
    fn a_road_of_which_danger_is_known_is_named_with_its_line_and_stops() {
        let faults = faults("Nobody travels south.\nThe road by Martissant is shut.");
        let [fault] = faults.as_slice() else {
            panic!("{faults:?}")
        };
        let name = "Martissant".to_owned();
        assert_eq!(*fault, Fault::BelowDepartment { line: 2, name });
        assert!(fault.stops());
    }

    #[test]
    fn a_typed_number_that_disagrees_with_its_reference_is_named_with_its_line() {
        let narrative = resolve("So far 1,401 [=returned] people.", &sources(), &|number| {
            number.to_string()
        });
        assert_eq!(
            (narrative.text.as_str(), narrative.faults.len()),
            ("So far 1,401 people.", 0)
        );
        assert_eq!(
            faults("Good news.\nSo far 2 000 [=returned] people."),
            [Fault::Disagrees {
                line: 2,
                typed: 2_000,
                name: "returned".into(),
                value: 1_401
            }]
        );
    }

    #[test]
    fn what_is_hidden_or_unknown_stops_a_report() {
        let found = faults("[declined] of [nobody]");
        assert_eq!(
            found,
            [
                Fault::Hidden {
                    line: 1,
                    name: "declined".into()
                },
                Fault::UnknownReference {
                    line: 1,
                    name: "nobody".into()
                },
            ]
        );
        assert!(found.iter().all(Fault::stops));
    }

    #[test]
    fn a_typed_number_without_a_reference_is_told() {
        let found =
            faults("On 24 September 2021, 500 people and 3 children came; DR-12 landed at T1.");
        let typed: Vec<_> = found
            .iter()
            .map(|fault| match fault {
                Fault::Untraced { typed, .. } => *typed,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(typed, [24, 500, 3]);
    }

    #[test]
    fn an_altered_quotation_is_caught() {
        let draft = |words: &str| format!("He wrote “{words}” [quote 9a85e35c].");
        let good = resolve(
            &draft("Hold further return flights"),
            &sources(),
            &|number| number.to_string(),
        );
        assert!(good.faults.is_empty(), "{:?}", good.faults);
        assert!(good.text.contains("(9a85e35c499d1f67)"), "{}", good.text);
        let altered = "Hold some return flights".to_owned();
        assert_eq!(
            faults(&draft(&altered)),
            [Fault::Altered {
                line: 1,
                words: altered
            }]
        );
        assert!(matches!(
            faults("“x” [quote 00000000]")[..],
            [Fault::UnknownReference { .. }]
        ));
        assert!(
            matches!(
                faults("“x” [quote 9a]")[..],
                [Fault::UnknownReference { .. }]
            ),
            "too short to be one statement"
        );
    }

    proptest! {
        #[test]
        fn any_words_are_resolved_without_a_panic(draft in "(\\PC|\\[|\\]|\n|[0-9,. ]|“|”|quote )*") {
            let narrative = resolve(&draft, &sources(), &|number| number.to_string());
            prop_assert!(narrative.text.len() <= draft.len() * 8 + 64);
        }

        #[test]
        fn a_number_is_read_as_it_is_grouped(number in 0_i64..10_000_000_000, separator in prop::sample::select(vec![',', ' ', '\u{202f}', '.'])) {
            let digits = number.to_string();
            let mut written = String::new();
            for (place, digit) in digits.chars().enumerate() {
                if place > 0 && (digits.len() - place).is_multiple_of(3) {
                    written.push(separator);
                }
                written.push(digit);
            }
            prop_assert_eq!(numbers(&format!("of {written} people")), vec![number]);
        }
    }
}
