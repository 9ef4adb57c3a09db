//! What the pages say: the Fluent catalogues, built into the program. A message that is missing in
//! one language is a failed test, not a hole in a page; should one be missing all the same, its id
//! is shown, never another language.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::language::Language;
use crate::number::grouped;

macro_rules! catalogues {
    ($($file:literal),* $(,)?) => {
        /// The files of one language, by name.
        pub(crate) const fn files(language: Language) -> &'static [(&'static str, &'static str)] {
            match language {
                Language::Kreyol => &[$(($file, include_str!(concat!("../locales/ht/", $file))),)*],
                Language::French => &[$(($file, include_str!(concat!("../locales/fr/", $file))),)*],
                Language::English => &[$(($file, include_str!(concat!("../locales/en/", $file))),)*],
                Language::Spanish => &[$(($file, include_str!(concat!("../locales/es/", $file))),)*],
            }
        }
    };
}

catalogues!(
    "shell.ftl",
    "words.ftl",
    "refusal.ftl",
    "movement.ftl",
    "desk.ftl",
    "alike.ftl",
    "office.ftl",
    "formats.ftl",
    "sitrep.ftl",
    "cases.ftl",
    "stated.ftl",
    "advice.ftl",
    "danger.ftl",
    "pathways.ftl",
    "outlook.ftl",
    "rights.ftl",
    "updates.ftl",
    "conflicts.ftl",
    "peers.ftl",
);

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<[Bundle; 4]> = LazyLock::new(|| Language::ALL.map(bundle));

fn bundle(language: Language) -> Bundle {
    let tag: LanguageIdentifier = language.tag().parse().expect("our tags are BCP 47");
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    // The scripts of our languages all run from left to right: isolation marks would only confuse
    // people who copy text into other programs.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::English => |value, _| whole(value, ','),
        _ => |value, _| whole(value, '\u{202f}'),
    }));
    for (name, source) in files(language) {
        let resource =
            FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(_, errors)| {
                panic!("{}/{name} is not Fluent: {errors:?}", language.tag())
            });
        if let Err(errors) = bundle.add_resource(resource) {
            panic!("{}/{name} says a message twice: {errors:?}", language.tag());
        }
    }
    bundle
}

/// Whole numbers in groups of three; everything else as Fluent writes it.
fn whole(value: &FluentValue<'_>, separator: char) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.value.fract() == 0.0 => {
            #[allow(
                clippy::cast_possible_truncation,
                reason = "whole, and counts of people are small"
            )]
            let count = number.value as i64;
            Some(grouped(count, separator))
        }
        _ => None,
    }
}

/// The catalogue in one language.
#[derive(Clone, Copy, Debug)]
pub struct Texts {
    language: Language,
}

impl Texts {
    /// The catalogue of a language.
    pub const fn new(language: Language) -> Self {
        Self { language }
    }

    /// The language.
    pub const fn language(self) -> Language {
        self.language
    }

    /// A message without arguments.
    pub fn say(self, id: &str) -> String {
        self.format(id, None)
    }

    /// A message with arguments.
    pub fn say_with(self, id: &str, args: &FluentArgs<'_>) -> String {
        self.format(id, Some(args))
    }

    /// The word for a code in one of the catalogue's families, for instance `item` and `hot_meal`.
    /// A code this version has no word for is shown as it is (G10).
    pub fn word(self, family: &str, code: &str) -> String {
        let id = format!("{family}-{}", code.to_lowercase().replace('_', "-"));
        if self.bundle().has_message(&id) {
            self.say(&id)
        } else {
            code.to_owned()
        }
    }

    /// A whole number as the language writes it.
    pub fn number(self, number: impl Into<i64>) -> String {
        grouped(number.into(), self.separator())
    }

    /// What stands between whole and part of a number.
    pub const fn decimal(self) -> char {
        match self.language {
            Language::English => '.',
            _ => ',',
        }
    }

    const fn separator(self) -> char {
        match self.language {
            Language::English => ',',
            _ => '\u{202f}',
        }
    }

    fn bundle(self) -> &'static Bundle {
        &BUNDLES[self.language as usize]
    }

    fn format(self, id: &str, args: Option<&FluentArgs<'_>>) -> String {
        let bundle = self.bundle();
        let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
            tracing::error!(id, language = self.language.tag(), "a message is missing");
            return id.to_owned();
        };
        let mut errors = Vec::new();
        let text: Cow<'_, str> = bundle.format_pattern(pattern, args, &mut errors);
        if !errors.is_empty() {
            tracing::error!(
                id,
                language = self.language.tag(),
                "a message lacks an argument"
            );
        }
        text.into_owned()
    }
}

/// Says a message: `say!(t, "id")`, or with arguments `say!(t, "id", count = 3, name = &name)`.
macro_rules! say {
    ($texts:expr, $id:literal) => { $texts.say($id) };
    ($texts:expr, $id:literal, $($name:ident = $value:expr),+ $(,)?) => {{
        let mut args = fluent_bundle::FluentArgs::new();
        $(args.set(stringify!($name), $value);)+
        $texts.say_with($id, &args)
    }};
}
pub(crate) use say;

#[cfg(test)]
mod tests;
