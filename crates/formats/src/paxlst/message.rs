//! One message: what it is for, which flight, and who is on it.

use jiff::civil::{Date, DateTime};

use crate::manifest::ProblemCode;

use super::moment::{self, Century, Said};
use super::note::Notes;
use super::passenger::{Passenger, Reading, Role};
use super::segment::Segment;

/// What a message does to a list.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Function {
    /// It is the list.
    #[default]
    Whole,
    /// It is the list in the place of all before it.
    Replace,
    /// It adds people, or says something else of them.
    Change,
    /// It takes people off.
    Withdraw,
}

impl Function {
    /// Out of `BGM`: the identifier (1004) that interactive systems use (CP change of passenger data,
    /// XR reservation cancelled, RP reduction in party, CLOB on board and CLNB not on board at the
    /// close), else the code (1225: 1 and 3 take off, 2 and 4 change, 5 replaces, 9 and none are the
    /// list).
    fn of(segment: &Segment, notes: &mut Notes) -> Self {
        match segment.get(2, 0) {
            "CP" | "CLOB" => return Self::Change,
            "XR" | "RP" | "CLNB" => return Self::Withdraw,
            _ => {}
        }
        match segment.get(3, 0) {
            "" | "9" | "6" | "7" | "31" | "43" => Self::Whole,
            "5" | "20" => Self::Replace,
            "2" | "4" | "36" => Self::Change,
            "1" | "3" => Self::Withdraw,
            other => {
                let function = vec![("function", other.to_owned())];
                notes.note_with(segment, ProblemCode::FunctionUnknown, function, "");
                Self::Whole
            }
        }
    }
}

/// A flight as a message names it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Flight {
    /// Carrier and number, for instance `DM101`.
    pub designator: String,
    /// The last place before the border, and when it leaves there, in local time.
    pub departs: (Option<String>, Option<DateTime>),
    /// The first place behind the border, and when it comes there, in local time.
    pub arrives: (Option<String>, Option<DateTime>),
}

impl Flight {
    /// One line for people: `DM101 · MIA 2021-09-19 08:00 → PAP 2021-09-19 10:00`.
    pub fn line(&self) -> String {
        let end = |(place, at): &(Option<String>, Option<DateTime>)| {
            let at = at.map(|at| format!("{} {:02}:{:02}", at.date(), at.hour(), at.minute()));
            let parts: Vec<String> = place.iter().cloned().chain(at).collect();
            parts.join(" ")
        };
        let ends = [end(&self.departs), end(&self.arrives)];
        let ends: Vec<&str> = ends
            .iter()
            .map(String::as_str)
            .filter(|end| !end.is_empty())
            .collect();
        let parts = [self.designator.as_str(), &ends.join(" → ")];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" · ")
    }

    /// The name by which one of several flights in a file is chosen.
    pub fn name(&self) -> String {
        let day = self.departs.1.or(self.arrives.1);
        let day = day.map(|at| at.date().to_string()).unwrap_or_default();
        format!("{} {day}", self.designator).trim().to_owned()
    }

    /// Whether it can be the movement of a name on a day. Numbers are compared without leading
    /// noughts; the carrier only where both name it in as many letters, because one airline has a code
    /// of two and one of three. A name without a number says nothing. A day more or less is a night
    /// flight or another time zone.
    pub fn fits(&self, movement: &str, day: Date) -> bool {
        let (mine, theirs) = (divided(&self.designator), divided(movement));
        let number = match (&mine.1, &theirs.1) {
            (Some(mine), Some(theirs)) => mine == theirs,
            _ => true,
        };
        let carrier = mine.0.len() != theirs.0.len() || mine.0 == theirs.0 || mine.0.is_empty();
        let days = [self.departs.1, self.arrives.1];
        let mut days = days.into_iter().flatten().map(DateTime::date);
        let near = |at: Date| (at - day).get_days().abs() <= 1;
        let dated = self.departs.1.is_some() || self.arrives.1.is_some();
        number && carrier && (!dated || days.any(near))
    }
}

/// Letters and number of a flight: `DM 0101` is (`DM`, 101).
fn divided(designator: &str) -> (String, Option<u32>) {
    let plain: String = designator
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let plain = plain.to_ascii_uppercase();
    let end = plain
        .trim_end_matches(|c: char| c.is_ascii_alphabetic())
        .len();
    let digits = plain[..end]
        .chars()
        .rev()
        .take_while(char::is_ascii_digit)
        .count();
    let (carrier, number) = plain[..end].split_at(end - digits);
    (carrier.to_owned(), number.parse().ok())
}

/// Which part of a manifest a message is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Part {
    /// Counted from 1.
    pub number: u32,
    /// No other follows.
    pub last: bool,
}

/// A message that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
    /// The number of its first segment.
    pub segment: u32,
    /// Where that begins, in bytes.
    pub offset: usize,
    /// Its reference in the interchange.
    pub reference: String,
    /// What its parts have in common (common access reference).
    pub access: String,
    /// Which part it is, where it says so.
    pub part: Option<Part>,
    /// Its version and release, for instance `02B`.
    pub release: String,
    /// What is done with the list.
    pub function: Function,
    /// The flight it is about.
    pub flight: Flight,
    /// Who is on board, crew too.
    pub people: Vec<Passenger>,
    /// It came to its end.
    pub complete: bool,
    /// Passengers and crew as it counts them (`CNT+42`, `CNT+41`).
    pub stated: [Option<Stated>; 2],
}

/// A total that a message states.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Stated {
    /// How many people.
    pub people: u64,
    /// The number of the segment that says so.
    pub segment: u32,
    /// Where that begins, in bytes.
    pub offset: usize,
}

/// Reads the segments of a message.
pub struct Open {
    message: Message,
    /// The person that is being read.
    person: Option<Reading>,
    /// The last `LOC` of the flight: its times follow.
    end: Option<End>,
    /// Legs seen: the first is that of the border unless a later one says it is.
    legs: u32,
    as_of: Date,
    /// Segments so far, the header included.
    pub segments: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Departure,
    Arrival,
    Other,
}

impl Open {
    /// Begins with `UNH`.
    pub fn new(header: &Segment, as_of: Date) -> Self {
        let number: Option<u32> = header.get(4, 0).parse().ok();
        let part = number.map(|number| Part {
            number,
            last: header.get(4, 1) == "F",
        });
        Self {
            message: Message {
                segment: header.number,
                offset: header.offset,
                reference: header.get(1, 0).to_owned(),
                access: header.get(3, 0).to_owned(),
                part,
                release: header.get(2, 2).to_owned(),
                function: Function::Whole,
                flight: Flight::default(),
                people: Vec::new(),
                complete: false,
                stated: [None, None],
            },
            person: None,
            end: None,
            legs: 0,
            as_of,
            segments: 1,
        }
    }

    /// How many people it has so far.
    pub fn people(&self) -> usize {
        self.message.people.len() + usize::from(self.person.is_some())
    }

    /// Takes in one more segment.
    pub fn take(&mut self, segment: &Segment, notes: &mut Notes) {
        self.segments = self.segments.saturating_add(1);
        match segment.tag.as_str() {
            "" => notes.note(segment, ProblemCode::SegmentUnreadable),
            "NAD" => {
                self.end_person();
                if let Some(role) = Role::of(segment.qualifier()) {
                    self.person = Some(Reading::new(segment, role, self.as_of, notes));
                }
            }
            "CNT" => {
                self.end_person();
                self.count(segment, notes);
            }
            _ if self.person.is_some() => {
                let person = self.person.as_mut().expect("just seen");
                if !person.take(segment, notes) {
                    notes.unread(segment);
                }
            }
            "BGM" => self.message.function = Function::of(segment, notes),
            "TDT" => self.leg(segment),
            "LOC" => self.place(segment),
            "DTM" => self.time(segment, notes),
            // The message's own reference, its sender and how to reach them.
            "RFF" | "COM" | "CTA" => {}
            "ATT" | "NAT" | "DOC" => notes.note(segment, ProblemCode::SegmentMisplaced),
            _ => notes.unread(segment),
        }
    }

    fn end_person(&mut self) {
        if let Some(reading) = self.person.take() {
            self.message.people.push(reading.passenger);
        }
    }

    fn count(&mut self, segment: &Segment, notes: &mut Notes) {
        let place = match segment.qualifier() {
            "42" => 0,
            "41" => 1,
            _ => return notes.unread(segment),
        };
        self.message.stated[place] = segment.get(1, 1).parse().ok().map(|people| Stated {
            people,
            segment: segment.number,
            offset: segment.offset,
        });
    }

    /// `TDT+20+DM101+++DM`.
    fn leg(&mut self, segment: &Segment) {
        self.legs += 1;
        self.end = None;
        let (number, carrier) = (segment.get(2, 0), segment.get(5, 0));
        let designator = if number.starts_with(|c: char| c.is_ascii_digit()) && carrier.len() <= 3 {
            format!("{carrier}{number}")
        } else {
            number.to_owned()
        };
        if self.message.flight.designator.is_empty() {
            self.message.flight.designator = designator.chars().take(35).collect();
        }
    }

    /// `LOC+125` the last place before the border and `87` the first behind it, on whatever leg they
    /// stand; 92 and 130 are places before and after.
    fn place(&mut self, segment: &Segment) {
        let code: String = segment.get(2, 0).chars().take(35).collect();
        let flight = &mut self.message.flight;
        self.end = Some(match segment.qualifier() {
            "125" => {
                flight.departs = (Some(code), None);
                End::Departure
            }
            "87" => {
                flight.arrives = (Some(code), None);
                End::Arrival
            }
            _ => End::Other,
        });
    }

    /// `DTM+189` scheduled and `133` estimated departure, `232` and `132` arrival.
    fn time(&mut self, segment: &Segment, notes: &mut Notes) {
        let said = moment::read(
            segment.get(1, 1),
            segment.get(1, 2),
            Century::Around(self.as_of),
        );
        let flight = &mut self.message.flight;
        let place = match (segment.qualifier(), self.end) {
            (_, Some(End::Other)) => return,
            ("189" | "133" | "136", _) => &mut flight.departs.1,
            ("232" | "132" | "178", _) => &mut flight.arrives.1,
            _ => return,
        };
        match said {
            Said::At(at) => *place = place.or(Some(at)),
            Said::Year(_) | Said::Impossible | Said::Unreadable => {
                notes.note_with(
                    segment,
                    ProblemCode::DateUnreadable,
                    Vec::new(),
                    segment.get(1, 1),
                );
            }
        }
    }

    /// The message, come to its end or not.
    pub fn close(mut self, complete: bool) -> Message {
        self.end_person();
        self.message.complete = complete;
        self.message
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_flight_is_the_movement_of_its_number_and_day() {
        let flight = Flight {
            designator: "DM0101".into(),
            departs: (Some("MIA".into()), Some(date(2021, 9, 19).at(23, 0, 0, 0))),
            arrives: (None, None),
        };
        for (movement, day, fits) in [
            ("DM 101", date(2021, 9, 19), true),
            ("DM101", date(2021, 9, 20), true),
            ("Vol DM 101", date(2021, 9, 19), true),
            ("DEM 101", date(2021, 9, 19), true),
            ("Repatriation", date(2021, 9, 19), true),
            ("DM 102", date(2021, 9, 19), false),
            ("XX 101", date(2021, 9, 19), false),
            ("DM 101", date(2021, 9, 22), false),
        ] {
            assert_eq!(flight.fits(movement, day), fits, "{movement} {day}");
        }
        assert_eq!(flight.line(), "DM0101 · MIA 2021-09-19 23:00");
    }
}
