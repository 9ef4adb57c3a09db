//! Machine readable zones of travel documents (ICAO 9303, eighth edition, parts 3 to 7): passports,
//! cards and visas, as a scanner types them or a person does.
//!
//! Nothing is corrected in silence. A check digit that does not hold is told with its place, and what
//! the zone could say instead is offered; whoever holds the document decides. A wrong check digit
//! never keeps anybody from being registered.
//!
//! ```
//! # use akey_formats as formats;
//! use formats::mrz;
//!
//! let today = jiff::civil::date(2021, 9, 24);
//! let zone = mrz::read("p<utoeriksson<<anna<maria<<<<<<<<<<<<<<<<<<<\nl898902c36uto7408122f1204159ze184226b<<<<<10").unwrap();
//! assert!(zone.holds());
//! let who = zone.particulars(today);
//! assert_eq!(who.full_name(), "ANNA MARIA ERIKSSON");
//! assert_eq!(who.documents[0].number, "L898902C3");
//! ```

mod check;
mod form;
mod name;
mod repair;
mod typed;
mod write;

use domain::{Birth, Country, Day, Document, DocumentKind, Particulars, Sex};
use jiff::civil::Date;

pub use form::{Form, Stretch};
pub use name::Names;
pub use repair::Correction;
pub use typed::TYPED_BYTES_MAX;
pub use write::{WriteError, Written, write};

use typed::Shaped;

/// What a check digit is over.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Checked {
    /// The number of the document.
    Number,
    /// The date of birth.
    Birth,
    /// The date of expiry.
    Expiry,
    /// What the issuer of a passport adds, often a personal number.
    Optional,
    /// The others and their fields together.
    Composite,
}

impl Checked {
    /// The word of the field in catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Birth => "birth",
            Self::Expiry => "expiry",
            Self::Optional => "optional",
            Self::Composite => "composite",
        }
    }

    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Number,
        Self::Birth,
        Self::Expiry,
        Self::Optional,
        Self::Composite,
    ];
}

/// A check digit and whether it holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Check {
    /// What it is over.
    pub over: Checked,
    /// Where it stands: the line and the column, from 1, as people count.
    pub place: (usize, usize),
    /// What stands there.
    pub stands: char,
    /// What should.
    pub expected: char,
    /// Where its field is.
    field: Vec<Stretch>,
}

impl Check {
    /// Whether it holds. An empty optional field may have a filler in the place of its digit (part 4,
    /// 4.2.2.2).
    pub fn holds(&self) -> bool {
        let empty = self.over == Checked::Optional && self.stands == '<' && self.expected == '0';
        self.stands == self.expected || empty
    }
}

/// A zone as it was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Zone {
    /// Which form.
    pub form: Form,
    /// Its lines, each of its width.
    pub lines: Vec<String>,
    /// Fillers that were missing were put in.
    pub filled: bool,
    /// Signs of another keyboard layout were read as what they stand for.
    pub layout: bool,
}

/// Reads a text as a zone. Nothing where it does not have the shape of one; a wrong check digit is
/// no reason.
pub fn read(text: &str) -> Option<Zone> {
    let Shaped {
        form,
        lines,
        filled,
        layout,
    } = typed::shape(text)?;
    Some(Zone {
        form,
        lines,
        filled,
        layout,
    })
}

/// Whether a text is the beginning of a zone whose other lines are still to come, as when a scanner
/// ends each line with Enter and the form is sent after the first.
pub fn begins(text: &str) -> bool {
    let text = text.trim();
    let length = text.chars().count();
    let mut letters = text.chars().map(|c| c.to_ascii_uppercase());
    let first = letters.next().is_some_and(|c| "PIACV".contains(c));
    let issuer = letters
        .skip(1)
        .take(3)
        .all(|c| c.is_ascii_alphanumeric() || !c.is_alphanumeric());
    // Names and data end with fillers, or have two between them, in every first line.
    let fillers = text.as_bytes().windows(2).any(|pair| {
        pair[0] == pair[1] && !pair[0].is_ascii_alphanumeric() && !pair[0].is_ascii_whitespace()
    });
    first && issuer && fillers && (25..=74).contains(&length) && read(text).is_none()
}

impl Zone {
    fn field(&self, stretch: &Stretch) -> &str {
        &self.lines[stretch.line][stretch.columns.clone()]
    }

    fn byte(&self, line: usize, column: usize) -> u8 {
        self.lines[line].as_bytes()[column]
    }

    /// The kind of document as it states it: `P`, `I`, `V` …
    pub fn code(&self) -> &str {
        self.lines[0][..2].trim_end_matches('<')
    }

    /// The state or organisation that issued it.
    pub fn issuer(&self) -> &str {
        self.lines[0][2..5].trim_end_matches('<')
    }

    /// The nationality of its holder.
    pub fn nationality(&self) -> &str {
        self.field(&self.form.nationality()).trim_end_matches('<')
    }

    /// Where a number that is too long goes on, and the column of its check digit there.
    fn continuation(&self) -> Option<(Stretch, usize)> {
        let number = self.form.number();
        let optional = self.form.optional();
        if !self.form.continues() || self.byte(number.line, number.columns.end) != b'<' {
            return None;
        }
        let more = self.field(&optional);
        let end = more.find('<').unwrap_or(more.len());
        // At least one character more and the check digit.
        let last = end.checked_sub(1).filter(|last| *last > 0)?;
        let from = optional.columns.start;
        let stretch = Stretch {
            line: optional.line,
            columns: from..from + last,
        };
        Some((stretch, from + last))
    }

    /// The number of the document.
    pub fn number(&self) -> String {
        let mut number = self.field(&self.form.number()).to_owned();
        if let Some((more, _)) = self.continuation() {
            number.push_str(self.field(&more));
        }
        number.replace('<', "")
    }

    /// What the issuer added, without a number that goes on there; twice on small cards.
    pub fn optional(&self) -> [String; 2] {
        let field = self.field(&self.form.optional());
        let used = self
            .continuation()
            .map_or(0, |(more, _)| more.columns.len() + 1);
        let words = |text: &str| text.trim_matches('<').replace('<', " ");
        let more = self.form.optional_more();
        [
            words(&field[used..]),
            more.map_or_else(String::new, |more| words(self.field(&more))),
        ]
    }

    /// Names.
    pub fn names(&self) -> Names {
        name::read(self.field(&self.form.names()))
    }

    /// The sex: F, M or, for a filler, unspecified.
    pub fn sex(&self) -> Option<Sex> {
        match self.field(&self.form.sex()) {
            "F" => Some(Sex::F),
            "M" => Some(Sex::M),
            "X" | "<" => Some(Sex::X),
            _ => None,
        }
    }

    /// When its holder was born. Fillers stand for what is not known (part 3, 4.8).
    pub fn birth(&self, today: Date) -> Option<Birth> {
        let field = self.field(&self.form.birth());
        let year: i16 = field[..2].parse().ok()?;
        let this_century = today.year() - today.year() % 100 + year;
        if field[2..].contains('<') {
            let year = if this_century > today.year() {
                this_century - 100
            } else {
                this_century
            };
            return Some(Birth::Year(year));
        }
        let (month, day) = (field[2..4].parse().ok()?, field[4..].parse().ok()?);
        let date = Date::new(this_century, month, day)
            .ok()
            .filter(|date| *date <= today);
        let date = date.or_else(|| Date::new(this_century - 100, month, day).ok());
        date.map(|date| Birth::On(Day(date)))
    }

    /// Until when it is valid: the year within fifty of today.
    pub fn expiry(&self, today: Date) -> Option<Date> {
        let field = self.field(&self.form.expiry());
        let year: i16 = field[..2].parse().ok()?;
        let century = today.year() - today.year() % 100;
        let year = [century + year, century + year - 100, century + year + 100]
            .into_iter()
            .min_by_key(|year| (year - today.year()).abs())?;
        Date::new(year, field[2..4].parse().ok()?, field[4..].parse().ok()?).ok()
    }

    /// Every check digit of the zone.
    pub fn checks(&self) -> Vec<Check> {
        let mut checks = Vec::with_capacity(5);
        let number = self.form.number();
        let (number, place) = if let Some((more, column)) = self.continuation() {
            let place = (more.line, column);
            // Whether the filler between the two halves counts among the weights the standard leaves
            // open: where it makes the digit right, it was counted.
            let through = Stretch {
                columns: number.columns.start..number.columns.end + 1,
                ..number.clone()
            };
            let counted = self.check(Checked::Number, vec![through, more.clone()], place);
            if counted.holds() {
                (counted.field, place)
            } else {
                (vec![number, more], place)
            }
        } else {
            let place = (number.line, number.columns.end);
            (vec![number], place)
        };
        checks.push(self.check(Checked::Number, number, place));
        for (over, field) in [
            (Checked::Birth, self.form.birth()),
            (Checked::Expiry, self.form.expiry()),
        ] {
            let place = (field.line, field.columns.end);
            checks.push(self.check(over, vec![field], place));
        }
        if self.form == Form::Td3 {
            let field = self.form.optional();
            let place = (field.line, field.columns.end);
            checks.push(self.check(Checked::Optional, vec![field], place));
        }
        if let Some((place, over)) = self.form.composite() {
            let place = (place.line, place.columns.start);
            checks.push(self.check(Checked::Composite, over, place));
        }
        checks
    }

    fn check(&self, over: Checked, field: Vec<Stretch>, place: (usize, usize)) -> Check {
        let bytes = field.iter().flat_map(|stretch| self.field(stretch).bytes());
        Check {
            over,
            expected: char::from(check::digit(bytes)),
            stands: char::from(self.byte(place.0, place.1)),
            place: (place.0 + 1, place.1 + 1),
            field,
        }
    }

    /// Whether every check digit holds.
    pub fn holds(&self) -> bool {
        self.checks().iter().all(Check::holds)
    }

    /// What the zone could say where a check digit does not hold, the likeliest first; empty where all
    /// hold, or nothing near by does.
    pub fn corrections(&self) -> Vec<Correction> {
        repair::corrections(self)
    }

    /// The zone as one text, a line a line.
    pub fn text(&self) -> String {
        self.lines.join("\n")
    }

    /// The document.
    pub fn document(&self) -> Option<Document> {
        let kind = match self.form {
            Form::Td3 => DocumentKind::Passport,
            Form::MrvA | Form::MrvB => DocumentKind::Other,
            // A passport can be a card (part 5).
            Form::Td1 | Form::Td2 if self.code().starts_with('P') => DocumentKind::Passport,
            Form::Td1 | Form::Td2 => DocumentKind::IdentityCard,
        };
        let document = Document::new(kind, &self.number(), country(self.issuer()));
        (!document.number.is_empty()).then_some(document)
    }

    /// What the zone says of its holder.
    pub fn particulars(&self, today: Date) -> Particulars {
        let names = self.names();
        Particulars {
            given_names: names.given,
            family_name: names.family,
            sex: self.sex(),
            birth: self.birth(today),
            nationalities: country(self.nationality()).into_iter().collect(),
            documents: self.document().into_iter().collect(),
            ..Particulars::default()
        }
    }
}

/// A code of part 3, section 5: three letters, and D for Germany.
fn country(code: &str) -> Option<Country> {
    match code {
        "D" => "DEU".parse().ok(),
        code => code.parse().ok(),
    }
}

#[cfg(test)]
mod tests;
