//! The words that names are made of, each with a number and with how it sounds. A word that was read once is
//! not taken apart a second time: names are few, and people many.

use std::collections::HashMap;

use crate::abroad::at_home;
use crate::normal::{LETTERS_MAX, TOKENS_MAX, tokens};
use crate::sound::key;

/// A hash of text that is the same on every machine and in every file (FNV-1a; Fowler, Noll and Vo). Never 0,
/// which stands for nothing.
pub(crate) fn hash(text: &str) -> u32 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    fold(text.bytes().fold(0xCBF2_9CE4_8422_2325, mix))
}

/// Several numbers as one, in their order. Never 0.
pub(crate) fn mixed(parts: impl IntoIterator<Item = u32>) -> u32 {
    let mix = |hash: u64, part: u32| {
        let hash = (hash ^ u64::from(part)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        hash ^ (hash >> 29)
    };
    fold(parts.into_iter().fold(0xC2B2_AE3D_27D4_EB4F, mix))
}

/// The upper half with the lower: both have to do with every part.
#[expect(clippy::cast_possible_truncation, reason = "half of it is wanted")]
const fn fold(hash: u64) -> u32 {
    let folded = (hash ^ (hash >> 32)) as u32;
    if folded == 0 { 1 } else { folded }
}

/// Whether what was read stays.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Keep {
    Always,
    /// Until [`Lexicon::forget`]: what somebody types while they look for somebody is nobody's yet.
    ForNow,
}

/// How many words there were.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    texts: usize,
    read: usize,
}

/// Tokens by number, from 0 on.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    numbers: HashMap<Box<str>, u32>,
    texts: Vec<Box<str>>,
    /// How each sounds, as a hash.
    sounds: Vec<u32>,
    /// Which letters stand in each, a bit for each of the alphabet.
    letters: Vec<u32>,
    /// What was typed between two spaces, and where its tokens stand in `read`.
    typed: HashMap<Box<str>, (u32, u8)>,
    read: Vec<u32>,
}

impl Lexicon {
    /// Puts the tokens of a name behind those that are there, and gives how many.
    pub(crate) fn read(&mut self, name: &str, into: &mut Vec<u32>, keep: Keep) -> u8 {
        let mut many = 0;
        let mut letters = LETTERS_MAX;
        for typed in name.split_whitespace() {
            letters = letters.saturating_sub(typed.len());
            let left = TOKENS_MAX - usize::from(many);
            if left == 0 || letters == 0 {
                break;
            }
            let (from, count) = match self.typed.get(typed) {
                Some(found) => *found,
                None => self.take_apart(typed, keep),
            };
            let count = usize::from(count).min(left);
            into.extend_from_slice(&self.read[from as usize..from as usize + count]);
            many += small(count);
        }
        many
    }

    fn take_apart(&mut self, typed: &str, keep: Keep) -> (u32, u8) {
        let from = number(self.read.len());
        let tokens = tokens(typed);
        let count = small(tokens.len());
        for token in tokens {
            let token = self.number(token.into_boxed_str());
            self.read.push(token);
        }
        if keep == Keep::Always {
            self.typed.insert(typed.into(), (from, count));
        }
        (from, count)
    }

    fn number(&mut self, token: Box<str>) -> u32 {
        if let Some(found) = self.numbers.get(&token) {
            return *found;
        }
        let next = number(self.texts.len());
        self.sounds.push(hash(&key(at_home(&token))));
        self.letters.push(letters(&token));
        self.texts.push(token.clone());
        self.numbers.insert(token, next);
        next
    }

    /// How many words there are.
    pub(crate) fn mark(&self) -> Mark {
        Mark {
            texts: self.texts.len(),
            read: self.read.len(),
        }
    }

    /// Forgets what was read for now since then.
    pub(crate) fn forget(&mut self, since: Mark) {
        for text in self.texts.drain(since.texts..) {
            self.numbers.remove(&text);
        }
        self.sounds.truncate(since.texts);
        self.letters.truncate(since.texts);
        self.read.truncate(since.read);
    }

    /// A token as text.
    pub(crate) fn text(&self, token: u32) -> &str {
        &self.texts[token as usize]
    }

    /// How a token sounds.
    pub(crate) fn sound(&self, token: u32) -> u32 {
        self.sounds[token as usize]
    }

    /// How many letters stand in one of two tokens and not in the other: each slip makes two at most.
    pub(crate) fn letters_apart(&self, one: u32, other: u32) -> u32 {
        (self.letters[one as usize] ^ self.letters[other as usize]).count_ones()
    }

    /// How a name sounds as a whole, whatever the order of its tokens; 0 for none.
    pub(crate) fn whole(&self, tokens: &[u32]) -> u32 {
        if tokens.is_empty() {
            return 0;
        }
        let mut sounds = [0; 2 * TOKENS_MAX];
        let sounds = &mut sounds[..tokens.len().min(2 * TOKENS_MAX)];
        for (sound, token) in sounds.iter_mut().zip(tokens) {
            *sound = self.sound(*token);
        }
        sounds.sort_unstable();
        mixed(sounds.iter().copied())
    }

    /// Bytes held, nearly.
    pub(crate) fn bytes(&self) -> usize {
        let texts: usize = self.texts.iter().map(|text| text.len()).sum();
        let typed: usize = self.typed.keys().map(|text| text.len()).sum();
        let entry = 28;
        2 * texts
            + typed
            + entry * (self.numbers.capacity() + self.typed.capacity())
            + 24 * self.texts.capacity()
            + 4 * self.read.capacity()
    }
}

/// Letters of the alphabet by their place in it; others share the bits that are left.
fn letters(token: &str) -> u32 {
    let place = |letter: char| match letter {
        'a'..='z' => u32::from(letter) - u32::from('a'),
        other => 26 + u32::from(other) % 6,
    };
    token
        .chars()
        .fold(0, |letters, letter| letters | 1 << place(letter))
}

fn number(length: usize) -> u32 {
    u32::try_from(length).expect("fewer words than 2^32")
}

fn small(count: usize) -> u8 {
    u8::try_from(count).expect("a name has few tokens")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_as_a_whole_however_it_is_written_and_ordered() {
        let mut lexicon = Lexicon::default();
        let mut whole = |name| {
            let mut read = Vec::new();
            lexicon.read(name, &mut read, Keep::Always);
            lexicon.whole(&read)
        };
        let baptiste = whole("Jean-Baptiste");
        assert_eq!(baptiste, whole("Jn Batis"));
        assert_eq!(baptiste, whole("Baptiste Jan"));
        assert_ne!(baptiste, whole("Jean"));
        assert_eq!(whole(" - "), 0);
    }

    #[test]
    fn what_is_read_for_now_is_forgotten() {
        let mut lexicon = Lexicon::default();
        let mut read = Vec::new();
        lexicon.read("Demo-Ana", &mut read, Keep::Always);
        let mark = lexicon.mark();
        lexicon.read("Demo-Wilner Ana", &mut read, Keep::ForNow);
        assert_eq!(read[2], read[0]);
        lexicon.forget(mark);
        assert!(!lexicon.numbers.contains_key("wilner") && lexicon.numbers.contains_key("ana"));
        assert_eq!((lexicon.texts.len(), lexicon.sounds.len()), (2, 2));
        assert!(!lexicon.typed.contains_key("Demo-Wilner"));
    }
}
