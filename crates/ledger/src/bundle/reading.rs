//! Reading a bundle, one segment after the other: each is checked for its place, its author and its
//! form before it is given out, and what came before one that is wrong stays good.

use std::io::Read;

use super::age;
use super::fault::BundleFault;
use super::header::{self, Header, Opened as OpenedSegment};
use super::stream::Opened;
use super::{MAGIC, SEGMENT_BYTES_MAX, VERSION};
use crate::error::{Error, Result};
use crate::passphrase::Passphrase;
use crate::sync::Message;

/// Most digits of a version.
const DIGITS_MAX: usize = 9;

/// A bundle as it is read.
pub struct Reading<R: Read> {
    from: Opened<R>,
    header: Header,
    /// The number of the next segment.
    number: u64,
    ended: bool,
}

/// One thing that a bundle says.
#[derive(Debug)]
pub enum Segment {
    /// A message.
    Said(Message),
    /// One that only newer versions know: passed over.
    Unknown,
}

impl<R: Read> std::fmt::Debug for Reading<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reading")
            .field("bundle", &self.header.id)
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}

impl<R: Read> Reading<R> {
    /// Opens a bundle and reads what it says of itself, signed by whom it names. Whether that node
    /// belongs to the operation is for [`welcome`](crate::sync::welcome) to say.
    ///
    /// # Errors
    /// [`Error::Bundle`] when it is none, or not one that this passphrase opens.
    pub fn open(mut from: R, passphrase: &Passphrase) -> Result<Self> {
        let beginning = |fault| Error::Bundle {
            byte: 0,
            segment: 0,
            fault,
        };
        let (key, read) = age::open(&mut from, passphrase).map_err(beginning)?;
        let mut from = Opened::begin(from, &key, read);
        read_version(&mut from).map_err(|fault| at(&from, 0, fault))?;
        let segment = next_segment(&mut from, 0)?;
        let segment = opened(&segment).map_err(|fault| at(&from, 0, fault))?;
        let header = Header::from_bytes(&segment.said)
            .map_err(|error| at(&from, 0, BundleFault::Content(error.to_string())))?;
        let itself = (segment.writer, segment.bundle, segment.number);
        if itself != (header.hello.node, header.id, 0) {
            return Err(at(&from, 0, BundleFault::Author));
        }
        Ok(Self {
            from,
            header,
            number: 1,
            ended: false,
        })
    }

    /// What it says of itself.
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// The number of the next segment: what was given out before it counts as read.
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// About which byte of the file is next.
    pub fn byte(&self) -> u64 {
        self.from.byte()
    }

    /// The next thing it says; nothing when that was all and the file ends there.
    ///
    /// # Errors
    /// [`Error::Bundle`]; everything given out before it stays good.
    pub fn next_segment(&mut self) -> Result<Option<Segment>> {
        if self.ended {
            return Ok(None);
        }
        let begins = self.from.byte();
        let bytes = next_segment(&mut self.from, self.number)?;
        let wrong = |fault| Error::Bundle {
            byte: begins,
            segment: self.number,
            fault,
        };
        let segment = opened(&bytes).map_err(wrong)?;
        if (segment.writer, segment.bundle) != (self.header.hello.node, self.header.id) {
            return Err(wrong(BundleFault::Author));
        }
        if segment.number != self.number {
            return Err(wrong(BundleFault::Order(segment.number)));
        }
        let said = Message::from_bytes(&segment.said)
            .map_err(|error| wrong(BundleFault::Content(error.to_string())))?;
        self.number += 1;
        match said {
            Some(message) if header::is_end(&message) => {
                self.ended = true;
                let end = self.from.finish();
                end.map_err(|fault| at(&self.from, self.number, fault))?;
                Ok(None)
            }
            Some(message) => Ok(Some(Segment::Said(message))),
            None => Ok(Some(Segment::Unknown)),
        }
    }

    /// Passes over segments that were kept when this bundle was read before.
    ///
    /// # Errors
    /// As [`Reading::next_segment`].
    pub fn pass_over(&mut self, up_to: u64) -> Result<()> {
        while self.number < up_to {
            next_segment(&mut self.from, self.number)?;
            self.number += 1;
        }
        Ok(())
    }
}

fn at<R: Read>(from: &Opened<R>, segment: u64, fault: BundleFault) -> Error {
    Error::Bundle {
        byte: from.byte(),
        segment,
        fault,
    }
}

/// The line that says what it is, and of which version.
fn read_version<R: Read>(from: &mut Opened<R>) -> Result<(), BundleFault> {
    let mut magic = [0; MAGIC.len()];
    from.fill(&mut magic)?;
    if magic != MAGIC {
        return Err(BundleFault::Foreign);
    }
    let mut version = 0_u32;
    for _ in 0..=DIGITS_MAX {
        let mut byte = [0];
        from.fill(&mut byte)?;
        match char::from(byte[0]).to_digit(10) {
            Some(digit) => version = version.saturating_mul(10).saturating_add(digit),
            None if byte == *b"\n" && version == VERSION => return Ok(()),
            None if byte == *b"\n" && version > VERSION => return Err(BundleFault::Newer(version)),
            None => return Err(BundleFault::Foreign),
        }
    }
    Err(BundleFault::Foreign)
}

/// The bytes of the next segment. Memory is taken as they come, not as the length claims.
fn next_segment<R: Read>(from: &mut Opened<R>, number: u64) -> Result<Vec<u8>> {
    let mut length = [0; 4];
    from.fill(&mut length)
        .map_err(|fault| at(from, number, fault))?;
    let length = u32::from_be_bytes(length);
    if length > SEGMENT_BYTES_MAX {
        return Err(at(from, number, BundleFault::Length(length)));
    }
    let mut bytes = Vec::new();
    let mut left = length as usize;
    while left > 0 {
        let begins = bytes.len();
        bytes.resize(begins + left.min(64 << 10), 0);
        from.fill(&mut bytes[begins..])
            .map_err(|fault| at(from, number, fault))?;
        left = left.saturating_sub(64 << 10);
    }
    Ok(bytes)
}

fn opened(bytes: &[u8]) -> Result<OpenedSegment, BundleFault> {
    header::open(bytes).map_err(|error| {
        if header::is_of_author(&error) {
            BundleFault::Author
        } else {
            BundleFault::Content(error.to_string())
        }
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use proptest::prelude::*;

    use super::super::age::{self, WorkFactor};
    use super::super::stream::Sealed;
    use super::*;
    use crate::entropy::SystemEntropy;

    fn passphrase() -> Passphrase {
        Passphrase::new("kenep siwel mango")
    }

    /// A file that opens and holds this.
    fn file(clear: &[u8]) -> Vec<u8> {
        let (mut file, key) = age::begin(&passphrase(), WorkFactor::TRIVIAL, &SystemEntropy);
        let mut sealed = Sealed::begin(Vec::new(), &key);
        sealed.write_all(clear).expect("memory");
        file.extend(sealed.finish().expect("memory"));
        file
    }

    fn fault(clear: &[u8]) -> BundleFault {
        match Reading::open(file(clear).as_slice(), &passphrase()) {
            Err(Error::Bundle { fault, .. }) => fault,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_opens_and_is_no_bundle_is_told_apart() {
        assert_eq!(fault(b"a letter to somebody else"), BundleFault::Foreign);
        assert_eq!(fault(b"akey bundle 2\nanything"), BundleFault::Newer(2));
        assert_eq!(fault(b"akey bundle 99999999999\n"), BundleFault::Foreign);
        assert_eq!(fault(b"akey bundle 0\n"), BundleFault::Foreign);
        assert_eq!(fault(b"akey bundle 1"), BundleFault::Truncated);
        assert_eq!(fault(b""), BundleFault::Truncated);
    }

    #[test]
    fn an_absurd_length_is_refused_before_memory_is_taken() {
        let clear = b"akey bundle 1\n\xff\xff\xff\xffand little more";
        assert_eq!(fault(clear), BundleFault::Length(u32::MAX));
        let clear = [
            b"akey bundle 1\n".as_slice(),
            &8_000_000_u32.to_be_bytes(),
            b"short",
        ];
        assert_eq!(fault(&clear.concat()), BundleFault::Truncated);
    }

    proptest! {
        #[test]
        fn any_content_is_refused_without_panic(rest in prop::collection::vec(any::<u8>(), 0..300)) {
            let length = u32::try_from(rest.len()).expect("short").to_be_bytes();
            fault(&[b"akey bundle 1\n".as_slice(), &length, &rest].concat());
            fault(&[b"akey bundle 1\n".as_slice(), &rest].concat());
        }

        #[test]
        fn any_header_is_read_or_refused_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = Header::from_bytes(&bytes);
        }
    }
}
