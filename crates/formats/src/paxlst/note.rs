//! What is wrong with a message, told by segment. A file can be wrong a million times in one way;
//! that is told some times and then counted.

use std::collections::BTreeMap;

use crate::manifest::{Offending, Place, Problem, ProblemCode};

use super::segment::Segment;

/// How often one problem is told of one kind of segment.
const ALIKE_MAX: u32 = 50;
/// Longest text shown of a segment, in characters.
const SHOWN_CHARACTERS_MAX: usize = 120;

/// Problems so far.
#[derive(Default)]
pub struct Notes {
    /// Those that are told.
    pub problems: Vec<Problem>,
    /// How many there are, by kind, and the last place of each.
    alike: BTreeMap<(ProblemCode, String), (u32, u32, usize)>,
    /// Segments of kinds that are not read: how many, and the first place.
    unread: BTreeMap<String, (u32, u32, usize)>,
}

impl Notes {
    /// Notes a problem of a segment.
    pub fn note(&mut self, segment: &Segment, code: ProblemCode) {
        self.note_with(segment, code, Vec::new(), "");
    }

    /// Notes a problem of a segment with arguments and the text that is wrong.
    pub fn note_with(
        &mut self,
        segment: &Segment,
        code: ProblemCode,
        arguments: Vec<(&'static str, String)>,
        text: &str,
    ) {
        let seen = self.alike.entry((code, segment.tag.clone())).or_default();
        *seen = (seen.0.saturating_add(1), segment.number, segment.offset);
        if seen.0 > ALIKE_MAX {
            return;
        }
        let shown: String = text.chars().take(SHOWN_CHARACTERS_MAX).collect();
        self.problems.push(Problem {
            row: segment.number,
            column: Some(place(segment)),
            code,
            arguments,
            text: (!shown.is_empty()).then_some(Offending(shown)),
        });
    }

    /// Counts a segment of a kind that is not read.
    pub fn unread(&mut self, segment: &Segment) {
        let first = (0, segment.number, segment.offset);
        self.unread.entry(segment.tag.clone()).or_insert(first).0 += 1;
    }

    /// All problems, in the order of the segments.
    pub fn done(mut self) -> Vec<Problem> {
        for ((code, tag), (count, row, byte)) in self.alike {
            if count > ALIKE_MAX {
                let arguments = vec![
                    ("count", (count - ALIKE_MAX).to_string()),
                    ("code", code.as_str().to_owned()),
                ];
                self.problems
                    .push(bare(ProblemCode::MoreAlike, arguments, row, byte, tag));
            }
        }
        for (tag, (count, row, byte)) in self.unread {
            let arguments = vec![("tag", tag.clone()), ("count", count.to_string())];
            self.problems
                .push(bare(ProblemCode::SegmentUnknown, arguments, row, byte, tag));
        }
        self.problems.sort_by_key(|problem| problem.row);
        self.problems
    }
}

fn bare(
    code: ProblemCode,
    arguments: Vec<(&'static str, String)>,
    row: u32,
    byte: usize,
    tag: String,
) -> Problem {
    let place = Place {
        letter: tag,
        header: String::new(),
        byte: Some(byte),
    };
    Problem {
        row,
        column: Some(place),
        code,
        arguments,
        text: None,
    }
}

/// Where a segment stands.
pub fn place(segment: &Segment) -> Place {
    Place {
        letter: segment.tag.clone(),
        header: String::new(),
        byte: Some(segment.offset),
    }
}
