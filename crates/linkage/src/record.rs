//! Records as they come, and packed: fifty bytes and four for each token of a name, so that millions fit into
//! the memory of a laptop.

use crate::birth::Birth;
use crate::lexicon::{Keep, Lexicon, hash, mixed};
use crate::normal::digits;
use crate::number::Number;
use crate::place;

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
    /// What those who travelled together have in common, and nobody else has.
    pub party: &'a str,
}

/// How `f` is held.
pub(crate) const WOMAN: u8 = 1;

/// A record, packed. Numbers stand for texts; 0 for none.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) struct Record {
    /// Where its tokens begin: given, family, mother.
    tokens: u32,
    given: u8,
    family: u8,
    mother: u8,
    pub sex: u8,
    pub birth: Birth,
    /// How the names sound as wholes.
    pub given_whole: u32,
    pub family_whole: u32,
    pub mother_whole: u32,
    /// Given and family names together, whichever is which.
    pub names_whole: u32,
    pub place: u32,
    pub phone: u32,
    pub party: u32,
    pub document: Number,
}

/// A record with the tokens of its names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'a> {
    pub record: &'a Record,
    pub given: &'a [u32],
    pub family: &'a [u32],
    pub mother: &'a [u32],
}

/// Records, in their order.
#[derive(Debug, Default)]
pub(crate) struct Records {
    pub lexicon: Lexicon,
    packed: Vec<Record>,
    tokens: Vec<u32>,
}

impl Records {
    /// Packs a record, puts it behind the others, and gives its place.
    pub(crate) fn push(&mut self, fields: &Fields<'_>) -> u32 {
        let place = u32::try_from(self.packed.len()).expect("fewer records than 2^32");
        let record = self.pack(fields, Keep::Always);
        self.packed.push(record);
        place
    }

    /// Looks at records with one more behind them, and takes that out again.
    pub(crate) fn with<T>(&mut self, fields: &Fields<'_>, look: impl FnOnce(&Self, u32) -> T) -> T {
        let (mark, tokens) = (self.lexicon.mark(), self.tokens.len());
        let record = self.pack(fields, Keep::ForNow);
        let place = u32::try_from(self.packed.len()).expect("fewer records than 2^32");
        self.packed.push(record);
        let seen = look(self, place);
        self.packed.pop();
        self.tokens.truncate(tokens);
        self.lexicon.forget(mark);
        seen
    }

    /// Leaves nothing of a record but its place.
    pub(crate) fn clear(&mut self, place: u32) {
        let record = &mut self.packed[place as usize];
        *record = Record {
            tokens: record.tokens,
            ..Record::default()
        };
    }

    /// Makes room for exactly so many.
    pub(crate) fn reserve(&mut self, records: usize) {
        self.packed.reserve_exact(records);
    }

    fn pack(&mut self, fields: &Fields<'_>, keep: Keep) -> Record {
        let begin = self.tokens.len();
        let mut name = |text| self.lexicon.read(text, &mut self.tokens, keep);
        let (given, family, mother) = (
            name(fields.given_names),
            name(fields.family_name),
            name(fields.mother_name),
        );
        let read = &self.tokens[begin..];
        let names = usize::from(given) + usize::from(family);
        let whole = |from: usize, to: usize| self.lexicon.whole(&read[from..to]);
        Record {
            tokens: u32::try_from(begin).expect("fewer tokens than 2^32"),
            given,
            family,
            mother,
            sex: match fields.sex.trim() {
                "f" | "F" => WOMAN,
                "m" | "M" => 2,
                _ => 0,
            },
            birth: Birth::read(fields.birth_date),
            given_whole: whole(0, usize::from(given)),
            family_whole: whole(usize::from(given), names),
            mother_whole: whole(names, read.len()),
            names_whole: whole(0, names),
            place: place::read(fields.birthplace),
            phone: digits(fields.phone),
            party: Self::party(fields.party),
            document: Number::read(fields.document),
        }
    }

    /// A party as a number; 0 for none.
    pub(crate) fn party(text: &str) -> u32 {
        let text = text.trim();
        if text.is_empty() { 0 } else { hash(text) }
    }

    pub(crate) fn len(&self) -> usize {
        self.packed.len()
    }

    pub(crate) fn record(&self, place: u32) -> &Record {
        &self.packed[place as usize]
    }

    pub(crate) fn all(&self) -> &[Record] {
        &self.packed
    }

    pub(crate) fn view(&self, place: u32) -> View<'_> {
        let record = self.record(place);
        let from = record.tokens as usize;
        let family = from + usize::from(record.given);
        let mother = family + usize::from(record.family);
        View {
            record,
            given: &self.tokens[from..family],
            family: &self.tokens[family..mother],
            mother: &self.tokens[mother..mother + usize::from(record.mother)],
        }
    }

    /// All that a record says, as one number: the same for rows that are the same.
    pub(crate) fn content(&self, place: u32) -> u64 {
        let View {
            record,
            given,
            family,
            mother,
        } = self.view(place);
        let document = record.document.quarters();
        let names = [given, family, mother].map(|tokens| mixed(tokens.iter().copied()));
        let rest = [
            record.sex.into(),
            record.birth.number(),
            record.place,
            record.phone,
        ];
        let rest = mixed(rest.into_iter().chain(document).chain([record.party]));
        u64::from(mixed(names)) << 32 | u64::from(rest)
    }

    /// Bytes held, nearly.
    pub(crate) fn bytes(&self) -> usize {
        self.packed.capacity() * size_of::<Record>()
            + self.tokens.capacity() * 4
            + self.lexicon.bytes()
    }
}
