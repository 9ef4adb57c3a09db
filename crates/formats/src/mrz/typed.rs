//! What arrives at the desk, as lines of a zone: typed by hand, or by a scanner that types like a
//! keyboard. Lines come joined, in small letters, with spaces, without their last fillers, and
//! through the wrong keyboard layout.

use super::check;
use super::form::Form;

/// Longest text that is looked at, in bytes: three lines, and room for noise.
pub const TYPED_BYTES_MAX: usize = 400;
/// Signs that stand where a filler should: what the key of `<` types under other layouts, and what
/// people write for it.
const FILLERS: &str = "<;?\\|>«»‹›.,:_*=~^-–—/!§";

/// Lines that have the shape of a zone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shaped {
    /// Which form.
    pub form: Form,
    /// Its lines, each of its width.
    pub lines: Vec<String>,
    /// Fillers were put in where they were missing.
    pub filled: bool,
    /// Signs of another keyboard layout were read as what they stand for.
    pub layout: bool,
}

/// Finds the form and lines of a text. Nothing where it is no zone.
pub fn shape(text: &str) -> Option<Shaped> {
    if text.len() > TYPED_BYTES_MAX || text.len() < 25 {
        return None;
    }
    let azerty = is_azerty(text);
    let mut layout = azerty;
    let mut rows: Vec<Vec<u8>> = Vec::with_capacity(3);
    for row in text.split(['\n', '\r', '\t']) {
        let row = signs(row, azerty, &mut layout)?;
        if !row.is_empty() {
            rows.push(row);
        }
    }
    let shaped = of_rows(&rows).or_else(|| {
        let joined: Vec<u8> = rows.concat();
        of_joined(&joined)
    });
    shaped.map(|shaped| Shaped { layout, ..shaped })
}

/// Letters a French keyboard types for digits, which no other layout types for anything in a zone.
fn is_azerty(text: &str) -> bool {
    let digits = text
        .chars()
        .filter(|c| matches!(c, 'é' | 'è' | 'ç' | 'à' | '&' | '"'))
        .count();
    digits >= 2
}

/// The signs of a row; nothing where one of them is none of a zone under any layout.
fn signs(row: &str, azerty: bool, layout: &mut bool) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(row.len());
    for c in row.trim().chars() {
        if azerty {
            let digit = "à&é\"'(-è_ç".chars().position(|digit| digit == c);
            if let Some(digit) = digit.and_then(|digit| u8::try_from(digit).ok()) {
                out.push(b'0' + digit);
                continue;
            }
            // Keys of the first letters of either layout are exchanged; M is where the comma is.
            let exchanged = match c.to_ascii_uppercase() {
                'A' => b'Q',
                'Q' => b'A',
                'Z' => b'W',
                'W' => b'Z',
                '?' | ',' => b'M',
                _ => 0,
            };
            if exchanged != 0 {
                out.push(exchanged);
                continue;
            }
        }
        match c {
            '<' => out.push(b'<'),
            _ if c.is_ascii_alphanumeric() => out.push(c.to_ascii_uppercase() as u8),
            _ if c.is_whitespace() => {}
            _ if FILLERS.contains(c) => {
                *layout = true;
                out.push(b'<');
            }
            _ => return None,
        }
    }
    Some(out)
}

/// Lines as they are, short ones filled up.
fn of_rows(rows: &[Vec<u8>]) -> Option<Shaped> {
    let widest = rows.iter().map(Vec::len).max()?;
    let first = *rows.first()?.first()?;
    let width = [30, 36, 44].into_iter().find(|width| *width >= widest)?;
    // Where all lines lost fillers, the next larger form may be meant: the checks decide.
    let widths = [30, 36, 44].into_iter().filter(|other| *other >= width);
    let shapes = widths.filter_map(|width| {
        let form = Form::of(rows.len(), width, first)?;
        let lines = rows
            .iter()
            .enumerate()
            .map(|(line, row)| filled_up(form, line, row));
        Some(Shaped {
            form,
            lines: lines.collect::<Option<_>>()?,
            filled: rows.iter().any(|row| row.len() < width),
            layout: false,
        })
    });
    best(shapes)
}

/// Lines joined to one: of a whole length they are cut; else the place where the second line begins
/// is the one at which most checks hold.
fn of_joined(joined: &[u8]) -> Option<Shaped> {
    let first = *joined.first()?;
    for (lines, width) in [(3, 30), (2, 36), (2, 44)] {
        if joined.len() == lines * width {
            let form = Form::of(lines, width, first)?;
            let cut: Vec<Vec<u8>> = joined.chunks(width).map(<[u8]>::to_vec).collect();
            let lines = cut.iter().map(|line| text(line)).collect();
            let shaped = Shaped {
                form,
                lines,
                filled: false,
                layout: false,
            };
            if is_plausible(&shaped) {
                return Some(shaped);
            }
        }
    }
    let two = (20..joined.len().saturating_sub(20)).filter_map(|cut| {
        let rows = [joined[..cut].to_vec(), joined[cut..].to_vec()];
        of_rows(&rows)
    });
    best(two)
}

fn best(shapes: impl Iterator<Item = Shaped>) -> Option<Shaped> {
    let mut best: Option<(usize, Shaped)> = None;
    for shaped in shapes.filter(is_plausible) {
        let sure = holding(&shaped);
        // Where fillers had to be guessed, two check digits must say that they were guessed rightly.
        if shaped.filled && sure < 2 {
            continue;
        }
        if best.as_ref().is_none_or(|(most, _)| sure > *most) {
            best = Some((sure, shaped));
        }
    }
    best.map(|(_, shaped)| shaped)
}

/// A line of the width of its form. Names lose fillers at their end; in a line that ends with check
/// digits they are lost before those.
fn filled_up(form: Form, line: usize, row: &[u8]) -> Option<String> {
    let missing = form.width().checked_sub(row.len())?;
    if missing == 0 {
        return Some(text(row));
    }
    // Data is never mostly fillers: a line far too short is no line of this form.
    if line != form.names().line
        && row.len() < 27
        && !(form == Form::Td1 && line == 0 && row.len() >= 15)
    {
        return None;
    }
    let tail = match (form, line) {
        (Form::Td3, 1) => 2,
        (Form::Td2 | Form::Td1, 1) => 1,
        _ => 0,
    };
    let fillers = vec![b'<'; missing];
    let place = row.len() - tail.min(row.len());
    let inside = [&row[..place], &fillers, &row[place..]].concat();
    Some(text(&inside))
}

fn text(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// Whether lines look like a zone at all: it begins as a document does, and its dates are mostly
/// digits. Letters that look like digits are allowed, for they are offered to be corrected.
fn is_plausible(shaped: &Shaped) -> bool {
    let form = shaped.form;
    let first = shaped.lines[0].as_bytes();
    let begins = matches!(first[0], b'P' | b'I' | b'A' | b'C' | b'V');
    let issuer = first[2..5]
        .iter()
        .filter(|byte| byte.is_ascii_digit())
        .count()
        <= 1;
    let like_digits = [form.birth(), form.expiry()].into_iter().all(|field| {
        let field = &shaped.lines[field.line].as_bytes()[field.columns];
        let like =
            |byte: &&u8| byte.is_ascii_digit() || **byte == b'<' || b"OQDIZSBGL".contains(byte);
        field.iter().filter(like).count() >= 5
    });
    begins && issuer && like_digits
}

/// How many check digits hold.
fn holding(shaped: &Shaped) -> usize {
    let form = shaped.form;
    let holds = |field: super::form::Stretch| {
        let line = shaped.lines[field.line].as_bytes();
        let stands = line.get(field.columns.end);
        stands == Some(&check::digit(line[field.columns].iter().copied()))
    };
    let fields = [form.number(), form.birth(), form.expiry()];
    let composite = form.composite().is_some_and(|(place, over)| {
        let bytes = over
            .into_iter()
            .flat_map(|field| shaped.lines[field.line].as_bytes()[field.columns].to_vec());
        shaped.lines[place.line].as_bytes()[place.columns.start] == check::digit(bytes)
    });
    fields
        .into_iter()
        .filter(|field| holds(field.clone()))
        .count()
        + 2 * usize::from(composite)
}
