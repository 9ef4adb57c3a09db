//! Words against words: what changed from one version to the next, and whether a quotation is word for
//! word what was written.

use domain::{AdviceId, Quoted, Written, one_spaced, quoted_from};
use maud::{Markup, html};
use similar::{ChangeTag, TextDiff};

use crate::catalogue::{Texts, say};
use crate::component::{Tone, notice};

/// How a quotation stands to the text it is from.
pub(crate) enum Compared {
    /// Word for word.
    Same,
    /// Not; shown against the passage that is nearest.
    Altered {
        /// What was left out and what was put in.
        shown: Markup,
    },
}

/// Holds a quotation against a text.
pub(crate) fn compared(quotation: &str, text: &str) -> Compared {
    if domain::is_quoted(quotation, text) {
        return Compared::Same;
    }
    let shown = differences(&nearest(quotation, text), &one_spaced(quotation));
    Compared::Altered { shown }
}

/// What a text quotes from a recommendation: each passage between quotation marks that is from one of its
/// versions, with a link to that version, or with what was altered. What is quoted from elsewhere is left
/// alone.
pub(crate) fn quoted_in(t: Texts, text: &str, advice: AdviceId, versions: &[String]) -> Markup {
    let written: Vec<Written> = versions.iter().map(|text| Written::of(text)).collect();
    html! {
        @for (words, how, place) in quoted_from(text, &written) {
            @let number = place + 1;
            @let version = format!("/recommendations/{advice}#version-{number}");
            @if how == Quoted::Same {
                (notice(Tone::Good, html! {
                    q { (words) } " " a href=(version) { (say!(t, "quote-of-version", number = number)) }
                }))
            } @else {
                (notice(Tone::Risk, html! {
                    strong { (say!(t, "quote-altered")) } " "
                    a href=(version) { (say!(t, "quote-written", number = number)) }
                    p { (differences(&nearest(words, &versions[place]), &one_spaced(words))) }
                }))
            }
        }
    }
}

/// The passage of a text that has most words with a quotation in common, word for word in order.
fn nearest(quotation: &str, text: &str) -> String {
    let quoted: Vec<&str> = quotation.split_whitespace().collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let length = quoted.len().min(words.len());
    let common = |passage: &[&str]| {
        passage
            .iter()
            .zip(&quoted)
            .filter(|(one, other)| one == other)
            .count()
    };
    let passages = words.windows(length.max(1));
    // The first of several that are as near.
    let best = passages.rev().max_by_key(|passage| common(passage));
    best.unwrap_or_default().join(" ")
}

/// What was taken out and what was put in, word by word.
pub(crate) fn differences(before: &str, after: &str) -> Markup {
    let diff = TextDiff::from_words(before, after);
    html! {
        p.words {
            @for change in diff.iter_all_changes() {
                @match change.tag() {
                    ChangeTag::Equal => { (change.value()) }
                    ChangeTag::Delete => { del { (change.value()) } }
                    ChangeTag::Insert => { ins { (change.value()) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Stop the flights until people are met. Open a second desk at the airport.";

    #[test]
    fn a_quotation_is_word_for_word_or_shows_what_was_altered() {
        assert!(matches!(
            compared("Open a second\n desk", TEXT),
            Compared::Same
        ));
        let Compared::Altered { shown } = compared("Open a third desk at the airport.", TEXT)
        else {
            panic!("it was altered")
        };
        let shown = shown.into_string();
        assert!(
            shown.contains("<del>second</del>") && shown.contains("<ins>third</ins>"),
            "{shown}"
        );
        assert!(shown.contains("desk at the airport."), "{shown}");
    }

    #[test]
    fn nothing_quoted_and_nothing_written_are_told_too() {
        for (quotation, text) in [("", TEXT), ("Stop", ""), ("", "")] {
            assert!(matches!(
                compared(quotation, text),
                Compared::Altered { .. }
            ));
        }
    }

    #[test]
    fn what_people_write_is_never_markup() {
        let shown = differences("<b>", "<script>").into_string();
        assert!(
            !shown.contains("<script>") && !shown.contains("<b>"),
            "{shown}"
        );
    }
}
