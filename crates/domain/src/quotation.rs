//! Words of one text in another: word for word, or altered. Only the spaces between words and line breaks
//! are free: a page wraps lines where it likes.

/// Fewer words between quotation marks name something, and quote nothing.
const QUOTED_WORDS_MIN: usize = 3;
/// What is said to be quoted is from a text, and altered, where of so many words in a hundred the text has
/// them too; below, it is from somewhere else.
const FROM_IT_PERCENT: usize = 60;
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

/// Whether words stand in a text word for word.
pub fn is_quoted(words: &str, text: &str) -> bool {
    let words = plain(words);
    !words.is_empty() && plain(text).contains(&words)
}

/// How words that are said to be quoted stand to a text.
pub fn quoted_from(words: &str, text: &str) -> Quoted {
    if is_quoted(words, text) {
        return Quoted::Same;
    }
    let bare = |text: &str| -> Vec<String> {
        let words = text.split_whitespace();
        let bare = words.map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()));
        bare.filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (said, written) = (bare(words), bare(text));
    let common = said.iter().filter(|word| written.contains(word)).count();
    if !said.is_empty() && common * 100 >= said.len() * FROM_IT_PERCENT {
        Quoted::Altered
    } else {
        Quoted::Elsewhere
    }
}

/// What stands between quotation marks in a text, in its order, where it is more than a name.
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
        }
        rest = &inside[length + close.len_utf8()..];
    }
    found
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "Hold further return flights until everybody who lands is met.";

    #[test]
    fn words_are_the_same_altered_or_from_elsewhere() {
        assert_eq!(quoted_from("return\nflights until", TEXT), Quoted::Same);
        assert_eq!(
            quoted_from("Hold some return flights", TEXT),
            Quoted::Altered
        );
        assert_eq!(
            quoted_from("safe, orderly and humane", TEXT),
            Quoted::Elsewhere
        );
        assert_eq!(quoted_from("", TEXT), Quoted::Elsewhere);
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
            text in "[\\PC ]{0,80}", from in 0_usize..40, length in 1_usize..40,
        ) {
            for words in quotations(&text) {
                prop_assert!(text.contains(words));
            }
            let cut: String = text.chars().skip(from).take(length).collect();
            if !cut.trim().is_empty() {
                prop_assert_eq!(quoted_from(&cut, &text), Quoted::Same);
            }
        }
    }
}
