//! The two faces of the report, regular and bold, and how wide words are in them.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use crate::PdfError;

const REGULAR: &[u8] = include_bytes!("../font/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../font/NotoSans-Bold.ttf");
/// What stands for a letter that the faces do not have.
const MISSING: char = '\u{fffd}';

/// Which face.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

/// One face.
pub(crate) struct Face {
    pub(crate) font: Font,
    bytes: FontRef<'static>,
    units_per_em: f32,
}

/// Both.
pub(crate) struct Faces {
    regular: Face,
    bold: Face,
}

impl Faces {
    pub(crate) fn load() -> Result<Self, PdfError> {
        Ok(Self {
            regular: Face::load(REGULAR)?,
            bold: Face::load(BOLD)?,
        })
    }

    pub(crate) const fn of(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// How wide words are, in points.
    pub(crate) fn width(&self, weight: Weight, size: f32, words: &str) -> f32 {
        let face = self.of(weight);
        words
            .chars()
            .map(|letter| face.advance(letter))
            .sum::<f32>()
            * size
    }

    /// The lines into which words fall that are to be no wider than this. A word that is wider than
    /// a line is broken where the line ends.
    pub(crate) fn lines(&self, weight: Weight, size: f32, words: &str, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in words.split(' ') {
            let longer = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
            if self.width(weight, size, &longer) <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for letter in word.chars() {
                line.push(letter);
                if line.chars().count() > 1 && self.width(weight, size, &line) > width {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, letter.to_string()));
                }
            }
        }
        lines.push(line);
        lines
    }

    /// The width of the widest single word.
    pub(crate) fn widest_word(&self, weight: Weight, size: f32, words: &str) -> f32 {
        let widths = words.split(' ').map(|word| self.width(weight, size, word));
        widths.fold(0.0, f32::max)
    }
}

impl Face {
    fn load(bytes: &'static [u8]) -> Result<Self, PdfError> {
        let font = Font::new(bytes.into(), 0).ok_or(PdfError::Font)?;
        let read = FontRef::new(bytes).map_err(|_| PdfError::Font)?;
        Ok(Self {
            units_per_em: font.units_per_em(),
            font,
            bytes: read,
        })
    }

    fn has(&self, letter: char) -> bool {
        self.bytes.charmap().map(letter).is_some()
    }

    /// The width of a letter as a part of the size.
    fn advance(&self, letter: char) -> f32 {
        let letter = self.drawn(letter);
        let glyph = self.bytes.charmap().map(letter).unwrap_or_default();
        let metrics = self
            .bytes
            .glyph_metrics(Size::unscaled(), LocationRef::default());
        metrics.advance_width(glyph).unwrap_or_default() / self.units_per_em
    }

    /// The letter that is drawn for this one.
    fn drawn(&self, letter: char) -> char {
        if letter.is_control() {
            ' '
        } else if self.has(letter) {
            letter
        } else {
            MISSING
        }
    }

    /// Words as they can be drawn, and the glyphs to draw.
    pub(crate) fn glyphs(&self, words: &str) -> (String, Vec<KrillaGlyph>) {
        let words: String = words.chars().map(|letter| self.drawn(letter)).collect();
        let glyph = |(start, letter): (usize, char)| {
            let glyph = self.bytes.charmap().map(letter).unwrap_or_default();
            let range = start..start + letter.len_utf8();
            let id = GlyphId::new(glyph.to_u32());
            KrillaGlyph::new(id, self.advance(letter), 0.0, 0.0, 0.0, range, None)
        };
        let glyphs = words.char_indices().map(glyph).collect();
        (words, glyphs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_our_four_languages_is_in_both_faces() {
        let faces = Faces::load().unwrap();
        let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789\
            àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆñÑáíóúÁÍÓÚ¿¡òÒ’‘“”«»–—…·×→−%<>()&/:;,.!?'\"\u{a0}\u{202f}";
        for weight in [Weight::Regular, Weight::Bold] {
            let missing: String = letters
                .chars()
                .filter(|letter| !faces.of(weight).has(*letter))
                .collect();
            assert_eq!(missing, "", "{weight:?}");
        }
    }

    #[test]
    fn lines_hold_every_word_and_none_is_wider_than_the_room() {
        let faces = Faces::load().unwrap();
        let words = "Reception of returned migrants and Donaudampfschifffahrtsgesellschaft";
        let lines = faces.lines(Weight::Regular, 10.0, words, 80.0);
        assert!(lines.len() > 3);
        for line in &lines {
            assert!(faces.width(Weight::Regular, 10.0, line) <= 80.0, "{line}");
        }
        assert_eq!(lines.concat().replace(' ', ""), words.replace(' ', ""));
    }

    #[test]
    fn a_letter_we_do_not_have_is_seen_to_be_missing() {
        let faces = Faces::load().unwrap();
        let (drawn, glyphs) = faces.of(Weight::Bold).glyphs("a漢\n");
        assert_eq!(drawn, "a\u{fffd} ");
        assert_eq!(glyphs.len(), 3);
    }
}
