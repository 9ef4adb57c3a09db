//! `akey receipt` and `akey recommendations`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use node::statement::{Checked, check};
use serde_json::json;

use crate::cli::{Common, Receipt};
use crate::control;
use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::work::{Answer, Work};

/// How the text of a code begins.
const SCANNED_AS: &str = "akey-receipt:";

/// Verifies a file, or writes one.
pub fn run(common: &Common, asked: &Receipt) -> Result<(), Failure> {
    match asked {
        Receipt::Verify {
            file,
            log_key,
            author_key,
        } => verify(common, file, author_key.as_deref(), log_key.as_deref()),
        Receipt::Write { statement, out } => write(common, statement, out),
    }
}

fn verify(
    common: &Common,
    file: &Path,
    author_key: Option<&str>,
    log_key: Option<&str>,
) -> Result<(), Failure> {
    let bytes = fs::read(file).map_err(Failure::file(file, "read the receipt"))?;
    let bytes = scanned(&bytes).unwrap_or(bytes);
    let checked = check(&bytes, author_key, log_key);
    output::answer(common.json, &checked, || words(&checked))?;
    if checked.holds() {
        Ok(())
    } else {
        Err(Failure::Wrong("the receipt does not hold".into()))
    }
}

/// The bytes that the text of a code stands for: base64url (RFC 4648, section 5).
fn scanned(text: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(text)
        .ok()?
        .trim()
        .strip_prefix(SCANNED_AS)?;
    let mut bytes = Vec::with_capacity(text.len());
    let (mut bits, mut held) = (0_u32, 0);
    for letter in text.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    Some(bytes)
}

fn words(checked: &Checked) -> String {
    let mut text = String::new();
    for step in &checked.steps {
        let mark = match step.holds {
            Some(true) => "holds  ",
            Some(false) => "DOES NOT",
            None => "       ",
        };
        let why = if step.why.is_empty() {
            String::new()
        } else {
            format!(": {}", step.why)
        };
        let _ = writeln!(text, "{mark}  {}{why}", step.what);
    }
    if let Some(words) = &checked.words {
        let _ = writeln!(text, "\n{}\n{}", words.title, words.text);
    }
    let keys = [
        ("author key", checked.author_key.as_ref()),
        ("leaf", checked.leaf.as_ref()),
    ];
    for (name, value) in keys
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
    {
        let _ = write!(text, "\n{name:<11} {value}");
    }
    for key in &checked.log_keys {
        let _ = write!(text, "\n{:<11} {key}", "log key");
    }
    text
}

fn write(common: &Common, statement: &str, out: &Path) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let work = Work::Receipt {
        statement: statement.to_owned(),
    };
    let Answer::Receipt { bytes } = control::run(&place, work, &[], "Signing")? else {
        unreachable!("work is answered in kind")
    };
    fs::write(out, bytes).map_err(Failure::file(out, "write the receipt"))?;
    output::answer(common.json, &json!({ "file": out }), || {
        format!("Wrote {}.", out.display())
    })
}

/// Lists what was recommended, and what became of it.
pub fn recommendations(common: &Common) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let Answer::Recommendations { advice } =
        control::run(&place, Work::Recommendations, &[], "Reading")?
    else {
        unreachable!("work is answered in kind")
    };
    output::answer(common.json, &advice, || {
        let mut text = String::new();
        for one in &advice {
            let due = one
                .due
                .as_ref()
                .map_or_else(String::new, |due| format!(", answer by {due}"));
            let _ = writeln!(
                text,
                "{:<9}  {} → {}{due}",
                one.standing,
                one.title,
                one.offices.join(", ")
            );
            for statement in &one.statements {
                let _ = writeln!(
                    text,
                    "           {}  {}  {}",
                    statement.id,
                    statement.kind.code(),
                    statement.at
                );
                for words in &statement.altered {
                    let _ = writeln!(
                        text,
                        "           altered: “{words}” is not what was written"
                    );
                }
            }
        }
        if text.is_empty() {
            text.push_str("Nobody has recommended anything.");
        }
        text.trim_end().to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::scanned;

    #[test]
    fn the_text_of_a_code_is_read_back() {
        assert_eq!(
            scanned(b"akey-receipt:Zm9vYmFy\n"),
            Some(b"foobar".to_vec())
        );
        assert_eq!(scanned(b"akey-receipt:-_8"), Some(vec![0xfb, 0xff]));
        assert_eq!(scanned(b"akey-receipt:Zm9v!"), None);
        assert_eq!(scanned(b"Zm9v"), None);
    }
}
