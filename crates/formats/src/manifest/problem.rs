//! What is wrong with a manifest, said so that the person who imports it can put it right.
//!
//! A problem has a code for the catalogue of messages, arguments, and an English text of its own
//! for logs and scripts. What the cell held is kept apart and is never part of that text.

use std::fmt;

use serde::Serialize;

/// How much a problem costs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Everything was kept; somebody should look.
    Warning,
    /// The row was kept without this field.
    FieldDropped,
    /// The row was not taken in.
    RowRefused,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $severity:ident, $what:literal, $remedy:literal;)*) => {
        /// Every problem there is. Its word is the name of a message in a catalogue, with the
        /// arguments written in braces below.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum ProblemCode { $($(#[$doc])* $name,)* }

        impl ProblemCode {
            /// All of them, for catalogues.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The word of the code, in lower case with hyphens.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// How much it costs.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// What is wrong, in English, with the names of arguments in braces.
            pub const fn what(self) -> &'static str {
                match self { $(Self::$name => $what,)* }
            }

            /// What to do, in English, with the names of arguments in braces.
            pub const fn remedy(self) -> &'static str {
                match self { $(Self::$name => $remedy,)* }
            }
        }
    };
}

codes! {
    /// A column whose header is not understood.
    ColumnUnknown = "column-unknown", Warning,
        "this column is not understood and was not read",
        "choose what the column holds, or leave it if it is not needed";
    /// A column with values and no header.
    ColumnUnnamed = "column-unnamed", Warning,
        "this column has values but no header and was not read",
        "write a header above it, or choose what the column holds";
    /// Two columns for one field.
    ColumnRepeated = "column-repeated", Warning,
        "this column holds the same as column {other}; it is used where that one is empty",
        "check which of the two columns is right";
    /// Two columns for one field say different things.
    ColumnsContradict = "columns-contradict", Warning,
        "this column contradicts column {other}, which was used",
        "correct the wrong one of the two cells";
    /// How a full name is divided was assumed.
    NameOrderAssumed = "name-order-assumed", Warning,
        "names stand in one column; the last word was taken as the family name where nothing shows which it is",
        "choose the order of the names for this column, or use two columns";
    /// Sex letters that could mean two things.
    SexConventionAssumed = "sex-convention-assumed", Warning,
        "M was read as male; in a Spanish list it can stand for mujer",
        "check some rows; if M means mujer, write F and M, or mujer and hombre";
    /// A sheet that was not read looks like a manifest too.
    OtherSheet = "other-sheet", Warning,
        "sheet “{sheet}” also looks like a manifest ({rows} rows) and was not read",
        "import it as well if its people are on this movement";
    /// Excel seems to have exchanged days and months.
    DatesSwapped = "dates-swapped", Warning,
        "a spreadsheet seems to have exchanged days and months: all true dates have a day up to 12, all others are texts",
        "compare some births with documents; ask the sender for the original file";
    /// The total stated in the file is another.
    TotalDiffers = "total-differs", Warning,
        "the file states a total of {stated}, but names {read} people",
        "check whether people are missing from the file";
    /// A second list stands below the first.
    HeaderChanged = "header-changed", Warning,
        "another header stands here; the rows below it were read by the first header",
        "put the second list into a file or sheet of its own, or give it the same columns";
    /// Nobody is on the list.
    NobodyListed = "nobody-listed", Warning,
        "there is a header but nobody below it",
        "check that this is the right file and sheet";
    /// A quotation mark that is never closed.
    QuoteUnbalanced = "quote-unbalanced", Warning,
        "a quotation mark in this row has no partner; the row was read as if it had none",
        "check this row";
    /// More cells than the header has columns.
    RowTooWide = "row-too-wide", Warning,
        "this row has {cells} cells under a header of {columns}; values may stand in wrong columns",
        "check this row: a separator may stand inside a value";
    /// Nobody is named.
    NoName = "no-name", RowRefused,
        "this row has values but names nobody",
        "write the name, or delete the row";
    /// Only a name.
    OnlyAName = "only-a-name", Warning,
        "this row has nothing but a name",
        "check that it is a person and not a heading";
    /// A text that is too long.
    TextTooLong = "text-too-long", Warning,
        "the text is longer than {limit} characters and was cut",
        "shorten it";
    /// A text that would run as a formula.
    FormulaText = "formula-text", Warning,
        "the text looks like a formula; it was kept as text and not run",
        "check the cell";
    /// Characters broken by a wrong encoding.
    TextDamaged = "text-damaged", Warning,
        "letters with accents were damaged before this file was saved",
        "ask the sender to save the file as XLSX or as CSV UTF-8";
    /// The cell holds an error of the spreadsheet.
    CellError = "cell-error", FieldDropped,
        "the cell holds an error of the spreadsheet",
        "correct the formula or type the value";
    /// A number that lost digits.
    NumberDamaged = "number-damaged", FieldDropped,
        "the spreadsheet rounded this number and its last digits are lost",
        "format the column as text and type the number again";
    /// A date that cannot be read.
    DateUnreadable = "date-unreadable", FieldDropped,
        "the date cannot be read",
        "write it as year-month-day, for instance 1990-03-14";
    /// A day that does not exist.
    DateImpossible = "date-impossible", FieldDropped,
        "there is no such day",
        "check day, month and year";
    /// Day and month could be exchanged.
    DateAmbiguous = "date-ambiguous", FieldDropped,
        "day and month could be exchanged; only the year was kept",
        "say whether the day or the month comes first";
    /// A date in the other order than the rest.
    DateOtherOrder = "date-other-order", Warning,
        "day and month stand in the other order than in the rest of the file",
        "check the date";
    /// Born after the day of the movement.
    BirthInFuture = "birth-in-future", FieldDropped,
        "the date of birth is in the future",
        "check day, month and year";
    /// Older than anybody.
    BirthTooOld = "birth-too-old", FieldDropped,
        "the birth makes the person older than {limit}",
        "check the year";
    /// An age that is not one.
    AgeUnreadable = "age-unreadable", FieldDropped,
        "the age cannot be read",
        "write completed years as a number";
    /// A year that is not one.
    YearUnreadable = "year-unreadable", FieldDropped,
        "the year of birth cannot be read",
        "write the year with four digits";
    /// Age and birth do not agree.
    AgeContradictsBirth = "age-contradicts-birth", Warning,
        "the age in column {other} does not agree with the birth, which was used",
        "check both";
    /// A word that is not a sex.
    SexUnreadable = "sex-unreadable", FieldDropped,
        "the sex cannot be read",
        "write F, M or X";
    /// A country that is not known.
    CountryUnknown = "country-unknown", FieldDropped,
        "this country is not known here",
        "write its three-letter code, for instance HTI";
    /// A department that is not known.
    DepartmentUnknown = "department-unknown", FieldDropped,
        "this is not a department of Haiti",
        "write the department, for instance Artibonite or HT05";
    /// A document number without letters and digits.
    DocumentUnreadable = "document-unreadable", FieldDropped,
        "this is not the number of a document",
        "write the number, or leave the cell empty";
    /// A Haitian number without its ten digits.
    NationalNumberForm = "national-number-form", Warning,
        "a NIF or NINU has {digits} digits, and this is written otherwise; it was kept",
        "compare it with the card";
    /// A kind of document that is not known.
    DocumentKindUnknown = "document-kind-unknown", Warning,
        "this kind of document is not known; it was taken in as other",
        "write passport, identity card or birth certificate";
    /// A telephone number without digits.
    PhoneUnreadable = "phone-unreadable", FieldDropped,
        "this is not a telephone number",
        "write its digits, or leave the cell empty";
    /// One document, two rows.
    DocumentTwice = "document-twice", Warning,
        "the same document number stands in row {row}; both rows were kept",
        "check whether it is one person listed twice, or a number typed wrong";
    /// Something that is no segment of a message.
    SegmentUnreadable = "segment-unreadable", Warning,
        "what stands here is no segment and was not read",
        "compare it with the message as it was sent: a sign that ends a segment may be lost";
    /// Segments of a kind that is not read.
    SegmentUnknown = "segment-unknown", Warning,
        "segments of the kind {tag} are not read here ({count} in the file)",
        "look at them in the message if something is missed";
    /// A segment without its end.
    SegmentTorn = "segment-torn", Warning,
        "this segment does not end before the next one begins, or is far too long",
        "check what was read of it";
    /// Two segments of one person contradict each other.
    SegmentRepeated = "segment-repeated", Warning,
        "this says something else than an earlier segment of the same person, which was used",
        "ask the person, or the sender";
    /// A segment outside of any person and flight.
    SegmentMisplaced = "segment-misplaced", Warning,
        "this segment stands where it says nothing about anybody, and was not read",
        "compare it with the message as it was sent: a segment before it may be lost";
    /// The separators stated are not those used.
    SeparatorsDiffer = "separators-differ", Warning,
        "the message states other separators than it uses; those it uses were taken",
        "nothing, if the names below are right; tell the sender";
    /// Characters beyond the stated set.
    CharactersBeyond = "characters-beyond", Warning,
        "there are characters here that the stated character set {syntax} does not have",
        "check the letters with accents";
    /// A message or interchange without its trailer.
    TrailerMissing = "trailer-missing", Warning,
        "the trailer {tag} is missing: the message may be cut off; nobody is taken off the list for it",
        "ask the sender for the whole message";
    /// A trailer counts other than there are.
    CountDiffers = "count-differs", Warning,
        "the trailer {tag} states {stated}, and {read} are there",
        "ask the sender whether something was lost on the way";
    /// A trailer belongs to another header.
    ReferenceDiffers = "reference-differs", Warning,
        "the trailer {tag} has another reference than its header",
        "ask the sender whether something was lost on the way";
    /// A message that is no passenger list.
    OtherMessage = "other-message", Warning,
        "a message of the kind {kind} is no passenger list and was not read",
        "nothing, if the list is complete without it";
    /// A part of the manifest is not there.
    PartMissing = "part-missing", Warning,
        "part {part} of this manifest is not in the file; nobody is taken off the list for it",
        "import the other parts as well";
    /// The same message twice.
    MessageRepeated = "message-repeated", Warning,
        "the same message stands in the file before and was read once",
        "nothing";
    /// A function of a message that is not known.
    FunctionUnknown = "function-unknown", Warning,
        "the message says {function} of what it is for, which is not known here; it was read as a whole list",
        "ask the sender what it is for";
    /// A message that changes a list.
    ChangeOnly = "change-only", Warning,
        "this only changes the list: whoever it does not name stays on it",
        "import the whole list first, if that was not done";
    /// People of another flight in the same file.
    OtherFlight = "other-flight", Warning,
        "the file also lists {people} people on {flight}, who were not read",
        "import it for that movement as well";
    /// Somebody in transit.
    InTransit = "in-transit", Warning,
        "this person is announced as in transit, and was taken in",
        "mark them as not come if they travel on";
    /// The rest of many problems alike.
    MoreAlike = "more-alike", Warning,
        "{count} more segments have this problem: {code}",
        "look at the message as a whole";
    /// One person, two rows.
    PersonTwice = "person-twice", Warning,
        "the same person seems to stand in row {row}; both rows were kept",
        "delete one of the rows if it is one person";
}

impl fmt::Display for ProblemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for ProblemCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A column as the spreadsheet names it.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize)]
pub struct Place {
    /// Its letter, for instance `C`.
    pub letter: String,
    /// Its header as the file has it; empty where it has none.
    pub header: String,
    /// In a message, where the segment begins, in bytes from 0; then the letter is its tag and the
    /// row of the problem its number.
    pub byte: Option<usize>,
}

/// What a cell held. Not shown in debug output and not serialised: it is personal data, for the eyes
/// of who imports the file.
#[derive(Clone, PartialEq, Eq)]
pub struct Offending(pub String);

impl fmt::Debug for Offending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(withheld)")
    }
}

/// One thing that is wrong, where, and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The row, counted as a spreadsheet counts: from 1, blank rows too. For what concerns a whole
    /// column or the file, the row of the header.
    pub row: u32,
    /// The column, where it is one.
    pub column: Option<Place>,
    /// What it is.
    pub code: ProblemCode,
    /// What stands for the names in braces. Never personal.
    pub arguments: Vec<(&'static str, String)>,
    /// What the cell held, where that helps.
    pub text: Option<Offending>,
}

impl Problem {
    /// How much it costs.
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// The segment it is about and where that begins, where the file is a message.
    pub fn segment(&self) -> Option<(&Place, usize)> {
        let place = self.column.as_ref()?;
        place.byte.map(|byte| (place, byte))
    }

    /// What is wrong, in English, without what the cell held.
    pub fn what(&self) -> String {
        self.filled(self.code.what())
    }

    /// What to do, in English.
    pub fn remedy(&self) -> String {
        self.filled(self.code.remedy())
    }

    fn filled(&self, template: &str) -> String {
        self.arguments
            .iter()
            .fold(template.to_owned(), |text, (name, value)| {
                text.replace(&format!("{{{name}}}"), value)
            })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((place, byte)) = self.segment() {
            write!(f, "segment {} ({}) at byte {byte}", self.row, place.letter)?;
            return write!(f, ": {}: {}", self.what(), self.remedy());
        }
        write!(f, "row {}", self.row)?;
        if let Some(place) = &self.column {
            write!(f, ", column {}", place.letter)?;
            if !place.header.is_empty() {
                write!(f, " ({})", place.header)?;
            }
        }
        write!(f, ": {}: {}", self.what(), self.remedy())
    }
}

impl Serialize for Problem {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Listed<'a> {
            row: u32,
            column: Option<&'a Place>,
            severity: Severity,
            code: ProblemCode,
            what: String,
            remedy: String,
        }
        Listed {
            row: self.row,
            column: self.column.as_ref(),
            severity: self.severity(),
            code: self.code,
            what: self.what(),
            remedy: self.remedy(),
        }
        .serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_cell_held_never_reaches_a_log() {
        let problem = Problem {
            row: 7,
            column: Some(Place {
                letter: "C".into(),
                header: "Date de naissance".into(),
                byte: None,
            }),
            code: ProblemCode::DateUnreadable,
            arguments: Vec::new(),
            text: Some(Offending("Demo-Secret".into())),
        };
        assert!(!format!("{problem} {problem:?} {}", problem.what()).contains("Secret"));
        assert_eq!(
            problem.to_string(),
            "row 7, column C (Date de naissance): the date cannot be read: write it as \
             year-month-day, for instance 1990-03-14"
        );
    }

    #[test]
    fn every_problem_has_a_word_of_its_own_and_a_remedy() {
        let mut words: Vec<_> = ProblemCode::ALL.iter().map(|code| code.as_str()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), ProblemCode::ALL.len());
        for code in ProblemCode::ALL {
            assert!(
                !code.what().is_empty() && !code.remedy().is_empty(),
                "{code}"
            );
            assert!(
                code.as_str()
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c == '-'),
                "{code}"
            );
        }
    }
}
