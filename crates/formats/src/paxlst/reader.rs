//! Interchanges, groups and messages: headers, trailers and whether their counts and references agree
//! (ISO 9735-1, 8 and annex C). A wrong count is told and costs nothing.

use jiff::civil::Date;

use crate::manifest::{ManifestError, ProblemCode, ROWS_MAX};

use super::message::{Message, Open};
use super::note::Notes;
use super::plain::Plain;
use super::segment::{self, Segment, Segments};

/// What a file holds.
pub struct Received {
    /// Its messages, in their order.
    pub messages: Vec<Message>,
    /// What is wrong, in the order of the segments; places are those of the file.
    pub problems: Vec<crate::manifest::Problem>,
}

/// A header that waits for its trailer.
struct Header {
    segment: Segment,
    reference: String,
    /// What it has to count: groups or messages.
    held: u32,
}

struct Reader {
    notes: Notes,
    messages: Vec<Message>,
    interchange: Option<Header>,
    group: Option<Header>,
    open: Option<(Header, Option<Open>)>,
    syntax: String,
    beyond_told: bool,
    people: usize,
    as_of: Date,
}

/// Reads all messages of a file.
///
/// # Errors
///
/// Where more people are named than a manifest can hold.
pub fn read(file: &[u8], as_of: Date) -> Result<Received, ManifestError> {
    let plain = Plain::of(file);
    let mut reader = Reader {
        notes: Notes::default(),
        messages: Vec::new(),
        interchange: None,
        group: None,
        open: None,
        syntax: String::new(),
        beyond_told: false,
        people: 0,
        as_of,
    };
    let mut last = Segment::default();
    if let Some(mut segments) = Segments::new(&plain.bytes) {
        let mut is_first = true;
        while let Some(segment) = segments.next() {
            if std::mem::take(&mut is_first) && segments.differ {
                reader.notes.note(&segment, ProblemCode::SeparatorsDiffer);
            }
            if segment.tag == "UNB" {
                segments.encoding = segment::encoding(segment.get(1, 0));
            }
            reader.take(&segment)?;
            if segment.tag == "UNZ" {
                is_first = segments.seek();
            }
            last = segment;
        }
    }
    reader.end_interchange(&last, None);
    let mut problems = reader.notes.done();
    for place in problems
        .iter_mut()
        .filter_map(|problem| problem.column.as_mut())
    {
        place.byte = place.byte.map(|byte| plain.place(byte));
    }
    for message in &mut reader.messages {
        message.offset = plain.place(message.offset);
        for stated in message.stated.iter_mut().flatten() {
            stated.offset = plain.place(stated.offset);
        }
        for person in &mut message.people {
            person.offset = plain.place(person.offset);
        }
    }
    Ok(Received {
        messages: reader.messages,
        problems,
    })
}

impl Reader {
    fn take(&mut self, segment: &Segment) -> Result<(), ManifestError> {
        if segment.torn && !segment.tag.is_empty() {
            self.notes.note(segment, ProblemCode::SegmentTorn);
        }
        self.characters(segment);
        match segment.tag.as_str() {
            "UNA" => {}
            "UNB" => {
                self.end_interchange(segment, None);
                segment.get(1, 0).clone_into(&mut self.syntax);
                self.beyond_told = false;
                self.interchange = Some(Header::new(segment, 5));
            }
            "UNG" => {
                self.end_group(segment, None);
                self.group = Some(Header::new(segment, 5));
            }
            "UNH" => self.begin_message(segment),
            "UNT" => self.end_message(segment, Some(segment)),
            "UNE" => self.end_group(segment, Some(segment)),
            "UNZ" => self.end_interchange(segment, Some(segment)),
            _ => match &mut self.open {
                Some((_, Some(open))) => {
                    open.take(segment, &mut self.notes);
                    if self.people + open.people() > ROWS_MAX {
                        return Err(ManifestError::TooManyRows { sheet: None });
                    }
                }
                // A message of another kind.
                Some((_, None)) => {}
                None if segment.tag.is_empty() => {
                    self.notes.note(segment, ProblemCode::SegmentUnreadable);
                }
                None => self.notes.note(segment, ProblemCode::SegmentMisplaced),
            },
        }
        Ok(())
    }

    fn characters(&mut self, segment: &Segment) {
        let ascii = matches!(self.syntax.as_str(), "UNOA" | "UNOB");
        if segment.beyond_ascii && ascii && !self.beyond_told {
            self.beyond_told = true;
            let syntax = vec![("syntax", self.syntax.clone())];
            self.notes
                .note_with(segment, ProblemCode::CharactersBeyond, syntax, "");
        }
    }

    fn begin_message(&mut self, segment: &Segment) {
        self.end_message(segment, None);
        if let Some(header) = self.group.as_mut().or(self.interchange.as_mut()) {
            header.held += 1;
        }
        let kind = segment.get(2, 0);
        let open = (kind == "PAXLST").then(|| Open::new(segment, self.as_of));
        if open.is_none() {
            let kind: String = kind.chars().take(6).collect();
            self.notes
                .note_with(segment, ProblemCode::OtherMessage, vec![("kind", kind)], "");
        }
        self.open = Some((Header::new(segment, 1), open));
    }

    /// Ends the message that is open, with its trailer or without.
    fn end_message(&mut self, at: &Segment, trailer: Option<&Segment>) {
        let Some((header, open)) = self.open.take() else {
            if let Some(trailer) = trailer {
                self.notes.note(trailer, ProblemCode::SegmentMisplaced);
            }
            return;
        };
        let held = at.number.saturating_sub(header.segment.number) + 1;
        self.compare(&header, trailer, held, "UNT");
        if let Some(open) = open {
            let message = open.close(trailer.is_some());
            self.people += message.people.len();
            self.messages.push(message);
        }
    }

    fn end_group(&mut self, at: &Segment, trailer: Option<&Segment>) {
        self.end_message(at, None);
        match (self.group.take(), trailer) {
            (Some(header), trailer) => {
                if let Some(interchange) = &mut self.interchange {
                    interchange.held += 1;
                }
                self.compare(&header, trailer, header.held, "UNE");
            }
            (None, Some(trailer)) => self.notes.note(trailer, ProblemCode::SegmentMisplaced),
            (None, None) => {}
        }
    }

    fn end_interchange(&mut self, at: &Segment, trailer: Option<&Segment>) {
        self.end_group(at, None);
        match (self.interchange.take(), trailer) {
            (Some(header), trailer) => self.compare(&header, trailer, header.held, "UNZ"),
            (None, Some(trailer)) => self.notes.note(trailer, ProblemCode::SegmentMisplaced),
            (None, None) => {}
        }
    }

    /// Compares a header with its trailer: the count is the first element there, the reference the
    /// second.
    fn compare(&mut self, header: &Header, trailer: Option<&Segment>, held: u32, tag: &str) {
        let tag = ("tag", tag.to_owned());
        let Some(trailer) = trailer else {
            return self.notes.note_with(
                &header.segment,
                ProblemCode::TrailerMissing,
                vec![tag],
                "",
            );
        };
        if trailer.get(1, 0).parse() != Ok(held) {
            let stated = ("stated", trailer.get(1, 0).chars().take(12).collect());
            let read = ("read", held.to_string());
            let arguments = vec![tag.clone(), stated, read];
            self.notes
                .note_with(trailer, ProblemCode::CountDiffers, arguments, "");
        }
        if trailer.get(2, 0) != header.reference {
            self.notes
                .note_with(trailer, ProblemCode::ReferenceDiffers, vec![tag], "");
        }
    }
}

impl Header {
    fn new(segment: &Segment, reference: usize) -> Self {
        Self {
            segment: Segment {
                elements: Vec::new(),
                ..segment.clone()
            },
            reference: segment.get(reference, 0).to_owned(),
            held: 0,
        }
    }
}
