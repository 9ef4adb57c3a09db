//! Passenger list messages (UN/EDIFACT PAXLST, D.02B and later) as carriers send them before a
//! flight, in and out.
//!
//! Facts are taken from ISO 9735-1 (syntax), the UN/EDIFACT directories (codes) and the
//! WCO/IATA/ICAO *PAXLST Implementation Guide*, an annex to the Guidelines on Advance Passenger
//! Information (qualifiers, versions 3.0 of 2010 and 5.0 of 2015). Carriers leave out the service
//! string advice, break lines anywhere, count wrongly and forward the whole as mail: whoever can be
//! read is kept, and what is wrong is told with the number, the tag and the place of its segment.
//!
//! ```
//! # use akey_formats as formats;
//! use formats::manifest::{Options, read};
//!
//! let message = b"UNB+UNOA:4+DM:ZZ+HTPAX:ZZ+210919:0800+1'UNH+1+PAXLST:D:02B:UN:IATA+DM101+01:F'\
//!     BGM+745'TDT+20+DM101+++DM'LOC+125+MIA'DTM+189:2109190900:201'LOC+87+PAP'\
//!     NAD+FL+++DEMO JEAN:MARIE'ATT+2++F'DTM+329:900314'NAT+2+HTI'DOC+P+DM100001'LOC+91+HTI'\
//!     CNT+42:1'UNT+14+1'UNZ+1+1'";
//! let options = Options::new(jiff::civil::date(2021, 9, 19));
//! let manifest = read(message, "list.edi", &options).unwrap();
//! assert_eq!(manifest.people[0].particulars.full_name(), "MARIE DEMO JEAN");
//! assert_eq!((manifest.extent, manifest.problems.len()), (domain::Extent::Whole, 0));
//! assert_eq!(manifest.flight.unwrap().designator, "DM101");
//! ```

mod attached;
mod export;
mod list;
mod message;
mod moment;
mod note;
mod passenger;
pub(crate) mod plain;
mod reader;
mod segment;
mod separators;

pub use export::{ExportError, Level, Sending, write};
pub use message::{Flight, Function, Message, Part, Stated};
pub use passenger::{Paper, Passenger, Role};
pub use separators::Separators;

pub(crate) use list::manifest;

use jiff::civil::Date;

use crate::manifest::{ManifestError, Problem};

/// Reads all messages of a file, with all that they say of each person, crew too. To take people in,
/// read the file as a [manifest](crate::manifest::read).
///
/// # Errors
///
/// Where more people are named than a manifest can hold.
pub fn messages(file: &[u8], as_of: Date) -> Result<(Vec<Message>, Vec<Problem>), ManifestError> {
    let received = reader::read(file, as_of)?;
    Ok((received.messages, received.problems))
}
