//! A zone for what is known of somebody and their document: for cards of our own, and for testing the
//! reader by what it must give back.

use jiff::civil::Date;

use super::form::Form;
use super::{check, name};

/// What stands in a zone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written<'a> {
    /// Which form.
    pub form: Form,
    /// One or two letters: `P`, `I`, `V` …
    pub code: &'a str,
    /// Who issued the document.
    pub issuer: &'a str,
    /// Family name.
    pub family: &'a str,
    /// Given names.
    pub given: &'a str,
    /// The number: letters A to Z and digits.
    pub number: &'a str,
    /// The nationality of the holder.
    pub nationality: &'a str,
    /// When the holder was born; nothing where that is not known.
    pub birth: Option<Date>,
    /// F or M; anything else is unspecified.
    pub sex: char,
    /// Until when the document is valid.
    pub expiry: Date,
    /// What the issuer adds.
    pub optional: &'a str,
}

/// Why a zone cannot be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum WriteError {
    /// A field with characters that a zone does not have, or too many of them.
    #[error(
        "the {field} does not fit into the zone: use A to Z and digits, and no more than there is room for"
    )]
    DoesNotFit {
        /// Which field.
        field: &'static str,
    },
}

/// Writes the lines of a zone with all its check digits.
///
/// # Errors
///
/// Where a field other than the names does not fit; names are shortened as the standard says.
pub fn write(what: &Written<'_>) -> Result<Vec<String>, WriteError> {
    let form = what.form;
    let begin = field("code", what.code, 2)? + &field("issuer", what.issuer, 3)?;
    let names = name::write(what.family, what.given, form.names().columns.len());
    let nationality = field("nationality", what.nationality, 3)?;
    let birth = checked(what.birth.map_or_else(|| "<<<<<<".into(), six_digits));
    let sex = if matches!(what.sex, 'F' | 'M') {
        what.sex
    } else {
        '<'
    };
    let expiry = checked(six_digits(what.expiry));
    let room = form.optional().columns.len();
    let (number, optional) = number(what, room)?;
    let mut lines = if form == Form::Td1 {
        let upper = format!("{begin}{number}{optional}");
        vec![
            upper,
            format!("{birth}{sex}{expiry}{nationality}<<<<<<<<<<<<"),
            names,
        ]
    } else {
        let lower = format!("{number}{nationality}{birth}{sex}{expiry}{optional}");
        vec![format!("{begin}{names}"), lower]
    };
    if form == Form::Td3 {
        // An empty field has the digit of its fillers.
        let digit = check::digit(optional.bytes());
        lines[1].push(char::from(digit));
    }
    if let Some((place, over)) = form.composite() {
        let bytes: Vec<u8> = over
            .into_iter()
            .flat_map(|stretch| lines[stretch.line].as_bytes()[stretch.columns].to_vec())
            .collect();
        let digit = char::from(check::digit(bytes)).to_string();
        let line = &mut lines[place.line];
        line.truncate(place.columns.start);
        line.push_str(&digit);
    }
    debug_assert!(lines.iter().all(|line| line.len() == form.width()));
    Ok(lines)
}

/// The number with its check digit, and the optional field with what of it did not fit.
fn number(what: &Written<'_>, room: usize) -> Result<(String, String), WriteError> {
    let number = field("number", what.number, what.number.len())?;
    if number.len() <= 9 {
        let optional = field("optional", what.optional, room)?;
        return Ok((checked(format!("{number:<<9}")), optional));
    }
    if !what.form.continues() {
        return Err(WriteError::DoesNotFit { field: "number" });
    }
    let (begin, more) = number.split_at(9);
    let digit = char::from(check::digit(begin.bytes().chain(more.bytes())));
    let optional = format!("{more}{digit}<{}", what.optional);
    let optional = field("number", optional.trim_end_matches('<'), room)?;
    Ok((format!("{begin}<"), optional))
}

fn six_digits(date: Date) -> String {
    date.strftime("%y%m%d").to_string()
}

fn checked(mut field: String) -> String {
    let digit = check::digit(field.bytes());
    field.push(char::from(digit));
    field
}

fn field(name: &'static str, text: &str, width: usize) -> Result<String, WriteError> {
    let fits = text.len() <= width
        && text
            .bytes()
            .all(|byte| byte == b'<' || byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if fits {
        Ok(format!("{text:<<width$}"))
    } else {
        Err(WriteError::DoesNotFit { field: name })
    }
}
