//! Finding people by what is typed or scanned: a card, a document, a number in the queue, words of
//! a name.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use domain::{ArrivalId, CardCode, Document, DocumentKind, LineId, MovementId, PersonId, SiteId};
use rusqlite::types::Value;
use rusqlite::{params, params_from_iter};

use super::{Because, Expected, Found, NEWEST_PARTICULARS, Search, SearchResult};
use crate::columns::{Columns, all, one, only};
use crate::fold::words;
use crate::movements::named_like;
use crate::{Register, Result};

/// How many people with a word of a name are counted to find the rarest word. Beyond that, a word is
/// simply common.
const COMMON: u32 = 500;
/// The last letter there is: after every word that begins with what is before it.
const AFTER_ALL: char = char::MAX;

impl Register<'_> {
    /// Finds people by name, card, document or queue number. Words of a name are found by how they
    /// begin, in any order, without accents and case; a word that is meant whole comes first.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn search(&self, search: &Search<'_>) -> Result<SearchResult> {
        let mut result = Gathered::new(search.limit);
        if let Ok(card) = search.text.parse::<CardCode>() {
            for arrival in self.arrivals_with_card(&card)? {
                result.add(Because::Card, self.found_arrival(arrival)?);
            }
        }
        let number = Document::new(DocumentKind::Other, search.text, None).number;
        if number.chars().any(|c| c.is_ascii_digit()) {
            for person in self.with_document(&number, search.limit)? {
                result.add(Because::Document, self.found_person(person)?);
            }
        }
        if let Some(numbers) = queue_numbers(search.text) {
            for arrival in self.in_queue(search, &numbers)? {
                result.add(Because::Queue, self.found_arrival(arrival)?);
            }
        }
        let words = words(search.text);
        for (because, exact) in [
            (Because::Name, Match::Whole),
            (Because::NameBegins, Match::Begins),
        ] {
            for person in self.with_words(&words, exact, result.room())? {
                result.add(because, self.found_person(person)?);
            }
        }
        Ok(result.done())
    }

    /// Finds people who are listed, not registered, on movements being received at a site.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn search_expected(&self, site: SiteId, text: &str, limit: u32) -> Result<Vec<Expected>> {
        let Some((condition, patterns)) = named_like(text, 2) else {
            return Ok(Vec::new());
        };
        let sql = format!(
            "SELECT l.id, l.movement, p.body FROM r_movement m
            JOIN r_line l ON l.movement = m.id JOIN r_line_particulars p ON p.line = l.id
            LEFT JOIN r_arrival a ON a.line = l.id AND a.listed = 1
            WHERE m.destination = ?1 AND m.stage = 'landed' AND l.removed = 0 AND a.no IS NULL
            AND p.body IS NOT NULL AND {condition} ORDER BY p.folded, l.id LIMIT {limit}"
        );
        let mut values = vec![Value::Blob(site.0.as_bytes().to_vec())];
        values.extend(patterns.into_iter().map(Value::Text));
        all(
            self.connection(),
            &sql,
            params_from_iter(values),
            |columns| {
                Ok(Expected {
                    line: LineId(columns.uuid()?),
                    movement: MovementId(columns.uuid()?),
                    particulars: columns.cbor()?,
                })
            },
        )
    }

    /// Somebody as a search finds them, with their newest arrival.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn found(&self, person: PersonId) -> Result<Option<Found>> {
        let sql = "SELECT no FROM r_person WHERE id = ?1";
        let id = person.0.as_bytes();
        match one(self.connection(), sql, [id], |columns| columns.value())? {
            Some(no) => self.found_person(no),
            None => Ok(None),
        }
    }

    fn with_document(&self, number: &str, limit: u32) -> Result<Vec<i64>> {
        let sql = "SELECT person FROM r_document WHERE number = ?1 ORDER BY person LIMIT ?2";
        let values = params![number, i64::from(limit) + 1];
        all(self.connection(), sql, values, |columns| columns.value())
    }

    fn in_queue(&self, search: &Search<'_>, numbers: &[u32]) -> Result<Vec<ArrivalId>> {
        let sql = "SELECT id FROM r_arrival WHERE site = ?1 AND met_at >= ?2 AND queue = ?3
            ORDER BY met_at DESC, id";
        let mut found = Vec::new();
        for number in numbers {
            let values = params![search.site.0.as_bytes(), search.since.0, number];
            found.extend(all(self.connection(), sql, values, |columns| {
                Ok(ArrivalId(columns.uuid()?))
            })?);
        }
        Ok(found)
    }

    /// People to whose name every word belongs, one more than asked for. The rarest word leads: it
    /// leaves the fewest people to look at.
    fn with_words(&self, words: &BTreeSet<String>, how: Match, limit: u32) -> Result<Vec<i64>> {
        let mut counted = Vec::with_capacity(words.len());
        for word in words {
            counted.push((self.bearers(word, how)?, word));
        }
        counted.sort();
        let Some(((_, rarest), others)) = counted.split_first() else {
            return Ok(Vec::new());
        };
        let mut values = vec![Value::Text((*rarest).clone()), Value::Text(how.end(rarest))];
        let mut conditions = String::new();
        for (_, word) in others {
            let place = values.len() + 1;
            values.push(Value::Text((*word).clone()));
            values.push(Value::Text(how.end(word)));
            let end = place + 1;
            conditions += " AND EXISTS (SELECT 1 FROM r_name_token o WHERE o.person = t.person";
            write!(
                conditions,
                " AND o.token >= ?{place} AND o.token <= ?{end})"
            )
            .expect("writing to a text cannot fail");
        }
        let limit = i64::from(limit) + 1;
        let sql = format!(
            "SELECT DISTINCT t.person FROM r_name_token t
            WHERE t.token >= ?1 AND t.token <= ?2{conditions} LIMIT {limit}"
        );
        all(
            self.connection(),
            &sql,
            params_from_iter(values),
            |columns| columns.value(),
        )
    }

    /// How many names have a word, as far as it is worth counting.
    fn bearers(&self, word: &str, how: Match) -> Result<u32> {
        let sql = "SELECT count(*) FROM (
            SELECT 1 FROM r_name_token WHERE token >= ?1 AND token <= ?2 LIMIT ?3)";
        let values = params![word, how.end(word), COMMON];
        only(self.connection(), sql, values, |columns| columns.count())
    }

    fn found_arrival(&self, arrival: ArrivalId) -> Result<Option<Found>> {
        let sql = format!(
            "SELECT a.person, a.id, a.movement, a.card, a.queue, a.met_at, {NEWEST_PARTICULARS}
            FROM r_arrival a LEFT JOIN r_person p ON p.id = a.person WHERE a.id = ?1"
        );
        one(self.connection(), &sql, [arrival.0.as_bytes()], read_found)
    }

    fn found_person(&self, no: i64) -> Result<Option<Found>> {
        let sql = format!(
            "SELECT p.id, a.id, a.movement, a.card, a.queue, a.met_at, {NEWEST_PARTICULARS}
            FROM r_person p LEFT JOIN r_arrival a ON a.person = p.id
            WHERE p.no = ?1 ORDER BY a.met_at DESC LIMIT 1"
        );
        one(self.connection(), &sql, [no], read_found)
    }
}

fn read_found(columns: &mut Columns<'_, '_>) -> Result<Found> {
    Ok(Found {
        because: Because::NameBegins,
        person: columns.uuid_if_any()?.map(PersonId),
        arrival: columns.uuid_if_any()?.map(ArrivalId),
        movement: columns.uuid_if_any()?.map(MovementId),
        card: columns
            .value::<Option<String>>()?
            .and_then(|code| code.parse().ok()),
        queue: columns.value()?,
        met_at: columns.moment_if_any()?,
        particulars: columns.cbor_if_any()?,
    })
}

/// How a typed word and a word of a name compare.
#[derive(Clone, Copy)]
enum Match {
    Whole,
    Begins,
}

impl Match {
    /// The last word of a name that still compares.
    fn end(self, word: &str) -> String {
        match self {
            Self::Whole => word.to_owned(),
            Self::Begins => format!("{word}{AFTER_ALL}"),
        }
    }
}

/// People found so far, each once, the surest reason first.
struct Gathered {
    limit: usize,
    found: Vec<Found>,
}

impl Gathered {
    fn new(limit: u32) -> Self {
        Self {
            limit: limit as usize,
            found: Vec::new(),
        }
    }

    fn add(&mut self, because: Because, found: Option<Found>) {
        let Some(found) = found else { return };
        let known = self.found.iter().any(|other| match found.person {
            Some(person) => other.person == Some(person),
            None => other.arrival == found.arrival,
        });
        if !known {
            self.found.push(Found { because, ..found });
        }
    }

    /// How many people can be found again or anew before it is sure that there are more than asked.
    fn room(&self) -> u32 {
        u32::try_from(self.limit + self.found.len()).unwrap_or(u32::MAX)
    }

    fn done(mut self) -> SearchResult {
        let more = self.found.len() > self.limit;
        self.found.truncate(self.limit);
        SearchResult {
            found: self.found,
            more,
        }
    }
}

/// The queue numbers that are called out as what was typed: `A042`, `a42`, or the number alone.
/// After `Z999` the letters begin again, so that one label is several numbers on a very long day.
fn queue_numbers(typed: &str) -> Option<Vec<u32>> {
    let typed = typed.trim();
    if typed.len() > 4 {
        return None;
    }
    let (letter, digits) = match typed.chars().next() {
        Some(c) if c.is_ascii_alphabetic() => (Some(c.to_ascii_uppercase()), &typed[1..]),
        _ => (None, typed),
    };
    let number = digits
        .parse::<u32>()
        .ok()
        .filter(|n| (1..=999).contains(n))?;
    let first = letter.map_or(0, |letter| u32::from(letter) - u32::from('A'));
    let round = letter.map_or(1, |_| 26);
    Some(
        (0..4)
            .map(|turn| (first + turn * round) * 999 + number)
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_label_called_out_finds_its_number(number in 1_u32..=4 * 26 * 999) {
            let label = domain::queue_label(number);
            prop_assert!(queue_numbers(&label).unwrap().contains(&number));
            prop_assert!(queue_numbers(&label.to_lowercase()).unwrap().contains(&number));
        }

        #[test]
        fn whatever_is_typed_is_a_label_or_not(typed in ".*") {
            let _ = queue_numbers(&typed);
        }
    }
}
