//! Records as they come, and made ready to be compared: names as numbers of tokens and of sounds.

use std::collections::HashMap;

use crate::birth::Birth;
use crate::normal::{number, tokens};
use crate::sound::key;

/// What is known of somebody. Whatever is empty is not known, and speaks neither for nor against.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fields<'a> {
    /// Given names.
    pub given_names: &'a str,
    /// Family name.
    pub family_name: &'a str,
    /// `f` or `m`.
    pub sex: &'a str,
    /// A day or a year.
    pub birth_date: &'a str,
    /// The mother's name.
    pub mother_name: &'a str,
    /// Commune of birth.
    pub birthplace: &'a str,
    /// A telephone number.
    pub phone: &'a str,
    /// The number of a document.
    pub document: &'a str,
}

/// A name made ready: its tokens, how each sounds, and how it sounds as a whole, whatever the order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Name {
    pub tokens: Vec<u32>,
    pub sounds: Vec<u32>,
    /// 0 where there is no name.
    pub whole: u32,
}

/// A record made ready.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ready {
    pub given: Name,
    pub family: Name,
    pub mother: Name,
    pub place: u32,
    pub sex: u8,
    pub birth: Birth,
    pub phone: u32,
    pub document: u32,
}

/// Texts by number, from 1 on, with how often each was met.
#[derive(Debug, Default)]
pub(crate) struct Words {
    numbers: HashMap<String, u32>,
    texts: Vec<String>,
    times: Vec<u32>,
}

impl Words {
    fn number(&mut self, text: String) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let next = u32::try_from(self.texts.len() + 1).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(text).or_insert_with_key(|text| {
            self.texts.push(text.clone());
            self.times.push(0);
            next
        });
        self.times[number as usize - 1] += 1;
        number
    }

    pub(crate) fn text(&self, number: u32) -> &str {
        match number.checked_sub(1) {
            Some(place) => &self.texts[place as usize],
            None => "",
        }
    }

    pub(crate) fn times(&self, number: u32) -> u32 {
        number
            .checked_sub(1)
            .map_or(0, |place| self.times[place as usize])
    }
}

/// Makes records ready.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    pub words: Words,
    /// Of whole names as they sound: family names and given names apart.
    pub families: Words,
    pub givens: Words,
    mothers: Words,
    places: Words,
    phones: Words,
    pub documents: Words,
}

impl Reader {
    pub(crate) fn read(&mut self, fields: &Fields<'_>) -> Ready {
        let name = |words: &mut Words, wholes: &mut Words, text: &str| {
            let tokens = tokens(text);
            let mut keys: Vec<String> = tokens.iter().map(|token| key(token)).collect();
            let sounds = keys
                .iter()
                .map(|key| words.number(format!("~{key}")))
                .collect();
            keys.sort_unstable();
            Name {
                tokens: tokens
                    .into_iter()
                    .map(|token| words.number(token))
                    .collect(),
                sounds,
                whole: wholes.number(keys.join(" ")),
            }
        };
        let place: String = tokens(fields.birthplace)
            .iter()
            .map(|token| key(token))
            .collect();
        Ready {
            given: name(&mut self.words, &mut self.givens, fields.given_names),
            family: name(&mut self.words, &mut self.families, fields.family_name),
            mother: name(&mut self.words, &mut self.mothers, fields.mother_name),
            place: self.places.number(place),
            sex: match fields.sex.trim() {
                "f" | "F" => 1,
                "m" | "M" => 2,
                _ => 0,
            },
            birth: Birth::read(fields.birth_date),
            phone: self.phones.number(number(fields.phone)),
            document: self.documents.number(number(fields.document)),
        }
    }
}
