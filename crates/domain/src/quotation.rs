//! Words of one text in another: word for word, or altered. Only the spaces between words and line breaks
//! are free: a page wraps lines where it likes.

use std::collections::HashSet;

/// Fewer words between quotation marks name something, and quote nothing.
const QUOTED_WORDS_MIN: usize = 3;
/// More quotations of one text are not looked at.
const QUOTATIONS_MAX: usize = 50;
/// What is said to be quoted is from a text, and altered, where so many pairs of its neighbouring words stand
/// in the text as neighbours too …
const PAIRS_MIN: usize = 3;
/// … and they are so many in a hundred of its pairs. Below, it is from somewhere else: words that every text
/// has are no sign.
const PAIRS_PERCENT: usize = 40;
const MARKS: [(char, char); 3] = [('“', '”'), ('«', '»'), ('"', '"')];

/// How words that are said to be quoted stand to a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Quoted {
    /// They stand in it word for word.
    Same,
    /// They are from it, and are not its words.
    Altered,
    /// They are not from it.
    Elsewhere,
}

/// A text that is quoted from.
#[derive(Clone, Debug)]
pub struct Written {
    plain: String,
    pairs: HashSet<(String, String)>,
}

impl Written {
    /// Made ready once, whatever is held against it.
    pub fn of(text: &str) -> Self {
        Self {
            plain: one_spaced(text),
            pairs: pairs(text).into_iter().collect(),
        }
    }

    /// How words that are said to be quoted from it stand to it.
    pub fn holds(&self, words: &str) -> Quoted {
        if stands_whole(&one_spaced(words), &self.plain) {
            return Quoted::Same;
        }
        let said = pairs(words);
        let common = said
            .iter()
            .filter(|pair| self.pairs.contains(*pair))
            .count();
        if common >= PAIRS_MIN && common * 100 >= said.len() * PAIRS_PERCENT {
            Quoted::Altered
        } else {
            Quoted::Elsewhere
        }
    }
}

/// Whether words stand in a text word for word, and are whole words of it.
pub fn is_quoted(words: &str, text: &str) -> bool {
    stands_whole(&one_spaced(words), &one_spaced(text))
}

/// Whether words stand in a text as whole words; both with [`one_spaced`].
pub fn stands_whole(words: &str, text: &str) -> bool {
    let inside = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    // What begins or ends with something else than a letter is at its own end there.
    let (first, last) = (words.chars().next(), words.chars().next_back());
    !words.is_empty()
        && text.match_indices(words).any(|(at, found)| {
            let before = text[..at].chars().next_back();
            let after = text[at + found.len()..].chars().next();
            let cuts_in = inside(before) && inside(first) || inside(after) && inside(last);
            !cuts_in
        })
}

/// Neighbouring words, without capitals and what stands around them.
fn pairs(text: &str) -> Vec<(String, String)> {
    let words = text.split_whitespace();
    let bare = words.map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()));
    let bare: Vec<String> = bare
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let pair = |two: &[String]| (two[0].clone(), two[1].clone());
    bare.windows(2).map(pair).collect()
}

/// What a text quotes from the versions of another: each quotation that is from one of them, whether it is the
/// same or altered, and the place of the newest version for which that holds. Word for word goes before altered,
/// and what is from elsewhere is left out.
pub fn quoted_from<'t>(text: &'t str, versions: &[Written]) -> Vec<(&'t str, Quoted, usize)> {
    let newest = |words: &str, how| versions.iter().rposition(|text| text.holds(words) == how);
    let found = quotations(text).into_iter().filter_map(|words| {
        let mut ways = [Quoted::Same, Quoted::Altered].into_iter();
        ways.find_map(|how| Some((words, how, newest(words, how)?)))
    });
    found.collect()
}

/// What stands between quotation marks in a text, in its order, where it is more than a name; the first of
/// them where there are very many.
pub fn quotations(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((at, open)) = rest
        .char_indices()
        .find(|(_, letter)| MARKS.iter().any(|(open, _)| open == letter))
    {
        let inside = &rest[at + open.len_utf8()..];
        let closes = MARKS.iter().find(|(mark, _)| *mark == open);
        let Some((length, close)) =
            closes.and_then(|(_, close)| Some((inside.find(*close)?, close)))
        else {
            rest = inside;
            continue;
        };
        let words = inside[..length].trim();
        if words.split_whitespace().count() >= QUOTED_WORDS_MIN {
            found.push(words);
            if found.len() == QUOTATIONS_MAX {
                break;
            }
        }
        rest = &inside[length + close.len_utf8()..];
    }
    found
}

/// A text with one space between words: lines may break where they like.
pub fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "Hold further return flights until everybody who lands is met.";

    #[test]
    fn words_are_the_same_altered_or_from_elsewhere() {
        let text = Written::of(TEXT);
        assert_eq!(text.holds("return\nflights until"), Quoted::Same);
        assert_eq!(
            text.holds("some return flights until everybody lands"),
            Quoted::Altered
        );
        assert_eq!(text.holds("safe, orderly and humane"), Quoted::Elsewhere);
        assert_eq!(text.holds(""), Quoted::Elsewhere);
        // Words that every text has make no quotation.
        let law = Written::of("Open the gates and let the people of the camp rest.");
        assert_eq!(law.holds("the right of the people"), Quoted::Elsewhere);
    }

    #[test]
    fn part_of_a_word_can_turn_it_round_and_is_no_quotation() {
        let text = "It is unsafe to return people now.";
        assert!(!is_quoted("safe to return people", text));
        assert!(is_quoted("unsafe to return people", text));
        assert!(is_quoted("people now.", text));
    }

    #[test]
    fn quotations_are_found_in_every_kind_of_marks_and_names_are_none() {
        let text = "He said “hold all flights”, « tous les vols du jour », \"no flight at all\"; the “plan B” of “an end that never came";
        assert_eq!(
            quotations(text),
            [
                "hold all flights",
                "tous les vols du jour",
                "no flight at all"
            ]
        );
    }

    proptest! {
        #[test]
        fn any_text_is_looked_through_and_what_is_cut_out_of_it_is_the_same(
            text in "[\\PC ]{0,80}", from in 0_usize..8, length in 1_usize..8,
        ) {
            for words in quotations(&text) {
                prop_assert!(text.contains(words));
            }
            let words: Vec<&str> = text.split_whitespace().collect();
            let last = words.len().min(from + length);
            if from < last {
                prop_assert_eq!(Written::of(&text).holds(&words[from..last].join(" ")), Quoted::Same);
            }
        }
    }
}
