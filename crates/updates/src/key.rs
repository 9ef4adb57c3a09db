//! The keys of the updates, all made from the one that the node's passphrase opens, and the tokens
//! made with them. A token is never stored: it is made again when a mail is written, and found again
//! by its hash.

use std::fmt;

use hkdf::Hkdf;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// Bytes of a token: 128 bits that nobody can guess.
const TOKEN_BYTES: usize = 16;
/// Bytes by which a return path is known to be ours.
const MARK_BYTES: usize = 8;

/// What opens one link for one person.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; TOKEN_BYTES]);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

impl Token {
    /// Reads a token out of the address of a page.
    pub fn read(text: &str) -> Option<Self> {
        let bytes = unhex(text)?;
        bytes.try_into().ok().map(Self)
    }

    /// As it stands in a link.
    pub fn expose(&self) -> String {
        hex(&self.0)
    }

    /// What is stored of it.
    pub(crate) fn hash(&self) -> [u8; 32] {
        let mut hash = Sha256::new_with_prefix(b"akey updates token 1");
        hash.update(self.0);
        hash.finalize().into()
    }
}

/// All keys of the updates.
pub(crate) struct Keys {
    file: Zeroizing<[u8; 32]>,
    tokens: Hkdf<Sha256>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(..)")
    }
}

impl Keys {
    pub fn of(master: &[u8; 32]) -> Self {
        let root = Hkdf::<Sha256>::new(Some(b"akey updates 1"), master);
        let derived = |label: &[u8]| {
            let mut key = Zeroizing::new([0; 32]);
            root.expand(label, key.as_mut_slice())
                .expect("HKDF gives up to 255 blocks, and this is one");
            key
        };
        let tokens = derived(b"tokens");
        Self {
            file: derived(b"file"),
            tokens: Hkdf::from_prk(tokens.as_slice()).expect("32 bytes are a key of SHA-256"),
        }
    }

    /// What SQLCipher takes.
    pub fn file(&self) -> Zeroizing<String> {
        Zeroizing::new(hex(self.file.as_slice()))
    }

    /// The token that confirms; another each time somebody asks.
    pub fn confirm(&self, subscriber: i64, asked_at: i64) -> Token {
        Token(self.expand(b"confirm", &[subscriber, asked_at]))
    }

    /// The token that changes and ends; the same in every mail, so that old ones let people leave.
    pub fn leave(&self, subscriber: i64) -> Token {
        Token(self.expand(b"leave", &[subscriber]))
    }

    /// What stands for somebody in memory while asking is limited.
    pub fn limited(&self, what: &str) -> u64 {
        let mut mark = [0; 8];
        self.tokens
            .expand_multi_info(&[b"limit", what.as_bytes()], &mut mark)
            .expect("eight bytes are less than 255 blocks");
        u64::from_le_bytes(mark)
    }

    /// The part of a return path that says whose mail about what came back, and that it is ours.
    pub fn return_mark(&self, subscriber: i64, mail: i64) -> String {
        let mark: [u8; MARK_BYTES] = self.expand(b"return", &[subscriber, mail]);
        format!("{subscriber:x}-{mail:x}-{}", hex(&mark))
    }

    /// Whose mail about what came back, if this is a mark of ours.
    pub fn returned(&self, text: &str) -> Option<(i64, i64)> {
        let text = text.to_ascii_lowercase();
        let (subscriber, rest) = text.split_once('-')?;
        let (mail, _) = rest.split_once('-')?;
        let number = |text: &str| i64::from_str_radix(text, 16).ok();
        let (subscriber, mail) = (number(subscriber)?, number(mail)?);
        (self.return_mark(subscriber, mail) == text).then_some((subscriber, mail))
    }

    fn expand<const N: usize>(&self, purpose: &[u8], numbers: &[i64]) -> [u8; N] {
        let mut bytes = [0; N];
        let numbers: Vec<u8> = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
        self.tokens
            .expand_multi_info(&[purpose, &numbers], &mut bytes)
            .expect("a token is less than 255 blocks");
        bytes
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) || text.len() > 2 * TOKEN_BYTES {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_back_from_its_text_and_every_purpose_has_its_own() {
        let keys = Keys::of(&[7; 32]);
        let leave = keys.leave(5);
        assert_eq!(Token::read(&leave.expose()), Some(leave.clone()));
        assert_ne!(leave, keys.leave(6));
        assert_ne!(leave, keys.confirm(5, 0));
        assert_ne!(keys.confirm(5, 1), keys.confirm(5, 2));
        assert_ne!(Keys::of(&[8; 32]).leave(5), leave);
        for wrong in ["", "zz", "é0", "0", &"0".repeat(64)] {
            assert_eq!(Token::read(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn a_return_path_is_known_in_either_case_and_a_made_up_one_is_not() {
        let keys = Keys::of(&[7; 32]);
        let mark = keys.return_mark(0x7fff_ffff_ffff_ffff, 12);
        assert!(mark.len() <= 48, "{mark}");
        assert_eq!(keys.returned(&mark.to_uppercase()), Some((i64::MAX, 12)));
        let other = mark.replace("-c-", "-d-");
        for wrong in [
            other.as_str(),
            "1-2-0000000000000000",
            "1-2",
            "",
            "--",
            "é-1-2",
        ] {
            assert_eq!(keys.returned(wrong), None, "{wrong:?}");
        }
    }
}
