//! An e-mail address as a form may give it: one, plain, and safe to write into a mail. Whatever could
//! end a line of a header, or name a second recipient, is refused and said.

use std::fmt;

/// Longest address (RFC 5321, section 4.5.3.1.3, less the two angle brackets), in bytes.
const LENGTH_MAX: usize = 254;
/// Longest part before the `@` (RFC 5321, section 4.5.3.1.1), in bytes.
const LOCAL_MAX: usize = 64;

/// What is wrong with an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AddressProblem {
    /// Nothing was written.
    #[error("it is missing")]
    Missing,
    /// Longer than addresses are.
    #[error("it is longer than 254 characters")]
    TooLong,
    /// A character that ends a line, or that nobody sees.
    #[error("it holds a line break or an invisible character")]
    Invisible,
    /// More than one.
    #[error("it is more than one address")]
    Several,
    /// Letters beyond ASCII.
    #[error(
        "it holds letters with accents or of other scripts, which many mail servers do not take"
    )]
    NotPlain,
    /// Not of the form name@example.org.
    #[error("it is not of the form name@example.org")]
    Malformed,
}

impl AddressProblem {
    /// Every problem.
    pub const ALL: [Self; 6] = [
        Self::Missing,
        Self::TooLong,
        Self::Invisible,
        Self::Several,
        Self::NotPlain,
        Self::Malformed,
    ];

    /// The word of it in catalogues.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::TooLong => "too-long",
            Self::Invisible => "invisible",
            Self::Several => "several",
            Self::NotPlain => "not-plain",
            Self::Malformed => "malformed",
        }
    }
}

/// One address that mail can be sent to. It shows itself to nobody: what prints it says so by name.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(String);

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(..)")
    }
}

impl Address {
    /// Reads what was typed.
    ///
    /// # Errors
    /// What is wrong with it; the text itself is in no error.
    pub fn read(text: &str) -> Result<Self, AddressProblem> {
        // Only blanks may surround it: a line break at its end is an attempt, not a slip.
        let text = text.trim_matches(' ');
        if text.is_empty() {
            return Err(AddressProblem::Missing);
        }
        if text.len() > LENGTH_MAX {
            return Err(AddressProblem::TooLong);
        }
        if text.chars().any(is_invisible) {
            return Err(AddressProblem::Invisible);
        }
        if text.contains([',', ';', ' ']) || text.matches('@').count() > 1 {
            return Err(AddressProblem::Several);
        }
        if !text.is_ascii() {
            return Err(AddressProblem::NotPlain);
        }
        let (local, domain) = text.split_once('@').ok_or(AddressProblem::Malformed)?;
        if is_local(local) && is_domain(domain) {
            Ok(Self(text.to_owned()))
        } else {
            Err(AddressProblem::Malformed)
        }
    }

    /// The address in words: for the envelope and the header of a mail, and nowhere else.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What makes two addresses the same: case aside.
    pub(crate) fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// Before and after the `@`.
    pub(crate) fn parts(&self) -> (&str, &str) {
        self.0.split_once('@').expect("read only with an @")
    }
}

/// Controls, line and paragraph separators, marks of direction and joining, soft hyphens.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A dot-atom (RFC 5322, section 3.2.3).
fn is_local(local: &str) -> bool {
    let atom = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte))
    };
    local.len() <= LOCAL_MAX && local.split('.').all(atom)
}

/// A name of at least two labels (RFC 1035, section 2.3.1), the last of them no number.
pub(crate) fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let last = domain.rsplit('.').next().unwrap_or_default();
    domain.contains('.')
        && domain.split('.').all(label)
        && !last.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::AddressProblem as P;
    use super::*;

    #[test]
    fn plain_addresses_are_taken_as_they_are() {
        for text in [
            "demo@example.org",
            " Demo.One+news@sub.example.ht ",
            "o'demo@example.org",
        ] {
            assert_eq!(Address::read(text).unwrap().expose(), text.trim());
        }
    }

    #[test]
    fn what_could_end_a_header_or_name_a_second_person_is_refused_and_said() {
        let long = format!("{}@example.org", "a".repeat(250));
        for (text, problem) in [
            ("", P::Missing),
            ("   ", P::Missing),
            ("demo@example.org\r\nBcc: demo2@example.org", P::Invisible),
            ("demo@example.org\n", P::Invisible),
            ("demo\u{2028}@example.org", P::Invisible),
            ("demo\u{85}@example.org", P::Invisible),
            ("demo\0@example.org", P::Invisible),
            ("demo\u{202e}@example.org", P::Invisible),
            ("demo@example.org, demo2@example.org", P::Several),
            ("demo@example.org;demo2@example.org", P::Several),
            ("demo@example.org demo2@example.org", P::Several),
            ("demo@demo@example.org", P::Several),
            ("démo@example.org", P::NotPlain),
            ("Demo<demo@example.org>", P::Malformed),
            ("\"demo\"@example.org", P::Malformed),
            ("demo@[127.0.0.1]", P::Malformed),
            ("demo@127.0.0.1", P::Malformed),
            ("demo@localhost", P::Malformed),
            ("demo@-example.org", P::Malformed),
            (".demo@example.org", P::Malformed),
            ("demo%example.org", P::Malformed),
            (&long, P::TooLong),
        ] {
            assert_eq!(Address::read(text), Err(problem), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_an_address_that_is_taken_has_one_line_and_one_recipient(text in any::<String>()) {
            if let Ok(address) = Address::read(&text) {
                prop_assert!(address.expose().bytes().all(|byte| byte.is_ascii_graphic()));
                prop_assert!(lettre::Address::new(address.parts().0, address.parts().1).is_ok());
            }
        }
    }
}
