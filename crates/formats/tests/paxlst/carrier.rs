//! Who sends messages: builds what the tests read. All people are invented.

use akey_formats::manifest::{ManifestFile, Options, Problem, read};
use jiff::civil::{Date, date};

/// The day of the flight.
pub const DAY: Date = date(2021, 9, 19);

/// Options of a reader who knows the movement and its day.
pub fn options() -> Options {
    Options {
        movement: Some("DM 101".into()),
        ..Options::new(DAY)
    }
}

/// Reads a message that is expected to be readable.
pub fn read_message(message: &[u8]) -> ManifestFile {
    read(message, "list.edi", &options()).expect("a readable message")
}

/// Where and what a problem is: segment, tag, code.
pub fn told(problem: &Problem) -> (u32, String, &'static str) {
    let tag = problem
        .column
        .as_ref()
        .map_or_else(String::new, |place| place.letter.clone());
    (problem.row, tag, problem.code.as_str())
}

/// All problems in short.
pub fn all_told(file: &ManifestFile) -> Vec<(u32, String, &'static str)> {
    file.problems.iter().map(told).collect()
}

/// The codes of all problems.
pub fn codes(file: &ManifestFile) -> Vec<&'static str> {
    file.problems
        .iter()
        .map(|problem| problem.code.as_str())
        .collect()
}

/// Segments of one passenger.
pub fn passenger(number: usize) -> String {
    format!(
        "NAD+FL+++DEMO JEAN:MARIE {letter}'ATT+2++F'DTM+329:900314'LOC+178+MIA'LOC+179+PAP'NAT+2+HTI'\
         RFF+AVF:ABC{number:03}'RFF+ABO:{number:06}'DOC+P:110:111+DM{number:06}'DTM+36:310101'LOC+91+HTI'",
        letter = letters(number),
    )
}

/// A name made of a number.
pub fn letters(mut number: usize) -> String {
    let mut letters = String::from("X");
    while number > 0 {
        letters.push(char::from(b'A' + u8::try_from(number % 26).unwrap()));
        number /= 26;
    }
    letters
}

/// A message of the passengers with these numbers.
pub struct Sent {
    /// What stands behind `BGM+`.
    pub function: &'static str,
    /// Access reference and part.
    pub part: &'static str,
    /// The flight.
    pub flight: &'static str,
    /// Who is on it.
    pub people: Vec<String>,
}

impl Default for Sent {
    fn default() -> Self {
        Self {
            function: "745",
            part: "DM101/210919+01:F",
            flight: "DM101",
            people: vec![passenger(1), passenger(2)],
        }
    }
}

impl Sent {
    /// The message without an interchange.
    pub fn message(&self, reference: usize) -> String {
        let head = format!(
            "UNH+{reference}+PAXLST:D:02B:UN:IATA+{}'BGM+{}'NAD+MS+++DEMO DESK'COM+5090000000:TE'\
             TDT+20+{}+++DM'LOC+125+MIA'DTM+189:2109190900:201'LOC+87+PAP'DTM+232:2109191100:201'",
            self.part, self.function, self.flight
        );
        let people: String = self.people.concat();
        let count = self.people.len();
        let body = format!("{head}{people}CNT+42:{count}'");
        let segments = body.matches('\'').count() + 1;
        format!("{body}UNT+{segments}+{reference}'")
    }
}

/// An interchange of messages.
pub fn interchange(messages: &[Sent]) -> String {
    let inner: Vec<String> = (1..)
        .zip(messages)
        .map(|(n, sent)| sent.message(n))
        .collect();
    let inner = inner.concat();
    let count = messages.len();
    format!(
        "UNA:+.? 'UNB+UNOA:4+DM:ZZ+HTPAX:ZZ+210919:0800+77'UNG+PAXLST+DM:ZZ+HTPAX:ZZ+210919:0800+5+UN+D:02B'\
         {inner}UNE+{count}+5'UNZ+1+77'"
    )
}

/// An interchange of one list of two people.
pub fn good() -> String {
    interchange(&[Sent::default()])
}
