//! The words of the pages' catalogues, read from their files, as the pages would speak them.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

use akey_report::{Arg, MESSAGE_IDS, WORD_FAMILIES, Words};
use domain::Moment;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

pub const LANGUAGES: [&str; 4] = ["ht", "fr", "en", "es"];

pub struct Speaker {
    tag: &'static str,
    bundle: FluentBundle<FluentResource>,
    /// Every id that was asked for.
    pub said: RefCell<BTreeSet<String>>,
}

pub fn catalogue(tag: &str, file: &str) -> String {
    // Tests of a crate below this one speak as well.
    let locales = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("web/locales"))
        .find(|folder| folder.is_dir());
    let path = locales.expect("the catalogues lie beside us");
    std::fs::read_to_string(path.join(tag).join(file)).unwrap()
}

/// The ids of a catalogue, in its order.
#[allow(dead_code, reason = "not every test that speaks looks at them")]
pub fn ids(source: &str) -> Vec<&str> {
    source
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once('=').map(|(id, _)| id.trim()))
        .collect()
}

fn whole(value: &FluentValue<'_>, separator: &str) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(grouped(
            format!("{:.0}", number.value).parse().unwrap(),
            separator,
        )),
        _ => None,
    }
}

fn grouped(number: i64, separator: &str) -> String {
    let digits = number.unsigned_abs().to_string();
    let groups: Vec<_> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|group| std::str::from_utf8(group).unwrap())
        .collect();
    let sign = if number < 0 { "−" } else { "" };
    format!("{sign}{}", groups.join(separator))
}

impl Speaker {
    pub fn of(tag: &'static str) -> Self {
        let mut bundle = FluentBundle::new(vec![tag.parse().unwrap()]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match tag {
            "en" => |value, _| whole(value, ","),
            _ => |value, _| whole(value, "\u{202f}"),
        }));
        for file in ["sitrep.ftl", "words.ftl", "cases.ftl", "shell.ftl"] {
            let resource = FluentResource::try_new(catalogue(tag, file))
                .unwrap_or_else(|(_, errors)| panic!("{tag}/{file}: {errors:?}"));
            bundle.add_resource(resource).unwrap();
        }
        Self {
            tag,
            bundle,
            said: RefCell::default(),
        }
    }

    fn format(&self, id: &str, args: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(args), &mut errors);
        assert!(errors.is_empty(), "{}: {id}: {errors:?}", self.tag);
        Some(text.into_owned())
    }
}

impl Words for Speaker {
    fn language(&self) -> &str {
        self.tag
    }

    fn say(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        assert!(MESSAGE_IDS.contains(&id), "{id} is not in MESSAGE_IDS");
        self.said.borrow_mut().insert(id.to_owned());
        let mut named = FluentArgs::new();
        for (name, value) in args {
            match value {
                Arg::Number(number) => named.set((*name).to_owned(), *number),
                Arg::Text(text) => named.set((*name).to_owned(), (*text).to_owned()),
            }
        }
        self.format(id, &named)
            .unwrap_or_else(|| panic!("{} has no {id}", self.tag))
    }

    fn word(&self, family: &str, code: &str) -> String {
        assert!(WORD_FAMILIES.contains(&family), "{family} is no family");
        let id = format!("{family}-{}", code.to_lowercase().replace('_', "-"));
        self.format(&id, &FluentArgs::new())
            .unwrap_or_else(|| code.to_owned())
    }

    fn number(&self, number: i64) -> String {
        grouped(number, if self.tag == "en" { "," } else { "\u{202f}" })
    }

    fn date(&self, date: Date) -> String {
        let mut args = FluentArgs::new();
        args.set("day", date.day().to_string());
        args.set("month", self.word("month", &date.month().to_string()));
        args.set("year", date.year().to_string());
        self.format("date-long", &args).unwrap()
    }

    fn local(&self, moment: Moment) -> DateTime {
        let zone = TimeZone::get("America/Port-au-Prince").unwrap();
        moment.timestamp().to_zoned_datetime(zone).datetime()
    }

    fn moment(&self, moment: Moment) -> String {
        let local = self.local(moment);
        let time = local.time();
        format!(
            "{}, {:02}:{:02}",
            self.date(local.date()),
            time.hour(),
            time.minute()
        )
    }
}
