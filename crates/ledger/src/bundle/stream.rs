//! The content of an age file: pieces of 64 KiB, each encrypted and authenticated by itself, numbered,
//! the last one marked (STREAM; Hoang, Reyhanitabar, Rogaway, Vizár 2015).
//!
//! Whatever the size of the file, one piece is held in memory. What is given out was authenticated;
//! of a file that breaks off, everything before the break is.

use std::io::{Read, Write};

use chacha20poly1305::aead::{AeadInOut as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use zeroize::Zeroizing;

use super::age::ContentKey;
use super::fault::BundleFault;

/// Clear bytes of a piece.
const PIECE_BYTES: usize = 64 << 10;
const TAG_BYTES: usize = 16;
const MORE: u8 = 0;
const LAST: u8 = 1;

/// Eleven bytes count, the twelfth says whether it is the last.
fn nonce(number: u64, last: u8) -> Nonce {
    let mut nonce = [0; 12];
    nonce[3..11].copy_from_slice(&number.to_be_bytes());
    nonce[11] = last;
    nonce.into()
}

/// Encrypts what is written to it.
pub(super) struct Sealed<W> {
    to: W,
    cipher: ChaCha20Poly1305,
    number: u64,
    piece: Zeroizing<Vec<u8>>,
}

impl<W: Write> Sealed<W> {
    pub(super) fn begin(to: W, key: &ContentKey) -> Self {
        Self {
            to,
            cipher: ChaCha20Poly1305::new((&**key).into()),
            number: 0,
            piece: Zeroizing::new(Vec::with_capacity(PIECE_BYTES + TAG_BYTES)),
        }
    }

    fn put(&mut self, last: u8) -> std::io::Result<()> {
        let tag = self
            .cipher
            .encrypt_inout_detached(
                &nonce(self.number, last),
                &[],
                self.piece.as_mut_slice().into(),
            )
            .expect("a piece is far below the cipher's limit");
        self.piece.extend_from_slice(&tag);
        self.to.write_all(&self.piece)?;
        self.piece.clear();
        self.number += 1;
        Ok(())
    }

    /// Marks the end and gives back what it was written to.
    pub(super) fn finish(mut self) -> std::io::Result<W> {
        self.put(LAST)?;
        self.to.flush()?;
        Ok(self.to)
    }
}

impl<W: Write> Write for Sealed<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        // A full piece waits until more comes: only then is it known not to be the last.
        if self.piece.len() == PIECE_BYTES && !bytes.is_empty() {
            self.put(MORE)?;
        }
        let taken = bytes.len().min(PIECE_BYTES - self.piece.len());
        self.piece.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Where a stream stands behind the piece that was decrypted last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Behind {
    /// More pieces follow.
    More,
    /// It was the last.
    End,
    /// It was not the last, and nothing follows.
    Break,
}

/// Decrypts as it is read.
pub(super) struct Opened<R> {
    from: R,
    cipher: ChaCha20Poly1305,
    number: u64,
    piece: Zeroizing<Vec<u8>>,
    /// How much of the piece was given out.
    given: usize,
    /// One byte beyond the piece, read to see whether there is one.
    peeked: Option<u8>,
    behind: Behind,
    /// How many bytes of the file lie before this piece and before the next.
    begins: u64,
    ends: u64,
}

impl<R: Read> Opened<R> {
    /// Goes on behind so many bytes of a file.
    pub(super) fn begin(from: R, key: &ContentKey, read: u64) -> Self {
        Self {
            from,
            cipher: ChaCha20Poly1305::new((&**key).into()),
            number: 0,
            piece: Zeroizing::new(Vec::new()),
            given: 0,
            peeked: None,
            behind: Behind::More,
            begins: read,
            ends: read,
        }
    }

    /// About which byte of the file is next.
    pub(super) fn byte(&self) -> u64 {
        if self.given < self.piece.len() {
            self.begins + self.given as u64
        } else {
            self.ends
        }
    }

    /// Reads exactly so many bytes.
    pub(super) fn fill(&mut self, mut bytes: &mut [u8]) -> Result<(), BundleFault> {
        while !bytes.is_empty() {
            if self.given == self.piece.len() {
                self.next_piece()?;
            }
            let rest = &self.piece[self.given..];
            let taken = rest.len().min(bytes.len());
            bytes[..taken].copy_from_slice(&rest[..taken]);
            self.given += taken;
            bytes = &mut bytes[taken..];
        }
        Ok(())
    }

    /// Makes sure that everything was read and the file ends here.
    pub(super) fn finish(&mut self) -> Result<(), BundleFault> {
        if self.given < self.piece.len() {
            return Err(BundleFault::Trailing);
        }
        match self.behind {
            Behind::End => Ok(()),
            Behind::Break => Err(BundleFault::Truncated),
            Behind::More => match self.next_piece() {
                Ok(()) => Err(BundleFault::Trailing),
                // Nothing at all was written.
                Err(_) if self.behind == Behind::End => Ok(()),
                Err(fault) => Err(fault),
            },
        }
    }

    fn next_piece(&mut self) -> Result<(), BundleFault> {
        if self.behind != Behind::More {
            return Err(BundleFault::Truncated);
        }
        let mut sealed = Zeroizing::new(Vec::with_capacity(PIECE_BYTES + TAG_BYTES + 1));
        sealed.extend(self.peeked.take());
        let wanted = (PIECE_BYTES + TAG_BYTES + 1 - sealed.len()) as u64;
        (&mut self.from)
            .take(wanted)
            .read_to_end(&mut sealed)
            .map_err(|error| BundleFault::Unreadable(error.to_string()))?;
        if sealed.len() > PIECE_BYTES + TAG_BYTES {
            self.peeked = sealed.pop();
        }
        self.begins = self.ends;
        self.ends += sealed.len() as u64;
        let follows = self.peeked.is_some();
        let (piece, behind) = if follows {
            match self.decrypted(&sealed, MORE) {
                Some(piece) => (piece, Behind::More),
                None if self.decrypted(&sealed, LAST).is_some() => {
                    return Err(BundleFault::Trailing);
                }
                None => return Err(BundleFault::Altered),
            }
        } else if let Some(piece) = self.decrypted(&sealed, LAST) {
            if piece.is_empty() && self.number > 0 {
                return Err(BundleFault::Altered);
            }
            (piece, Behind::End)
        } else if let Some(piece) = self.decrypted(&sealed, MORE) {
            (piece, Behind::Break)
        } else if sealed.len() == PIECE_BYTES + TAG_BYTES {
            return Err(BundleFault::Altered);
        } else {
            // A piece that breaks off cannot be told from a last one that changed; the former is what
            // happens.
            return Err(BundleFault::Truncated);
        };
        self.piece = piece;
        self.given = 0;
        self.behind = behind;
        self.number += 1;
        if self.piece.is_empty() {
            return Err(BundleFault::Truncated);
        }
        Ok(())
    }

    fn decrypted(&self, sealed: &[u8], last: u8) -> Option<Zeroizing<Vec<u8>>> {
        let (body, tag) = sealed.split_last_chunk::<TAG_BYTES>()?;
        let mut clear = Zeroizing::new(body.to_vec());
        self.cipher
            .decrypt_inout_detached(
                &nonce(self.number, last),
                &[],
                clear.as_mut_slice().into(),
                &(*tag).into(),
            )
            .ok()?;
        Some(clear)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key() -> ContentKey {
        Zeroizing::new([9; 32])
    }

    /// So many bytes, none like its neighbours.
    fn pattern(length: usize) -> Vec<u8> {
        (0..=250).cycle().take(length).collect()
    }

    fn sealed(content: &[u8], step: usize) -> Vec<u8> {
        let mut sealed = Sealed::begin(Vec::new(), &key());
        for bytes in content.chunks(step.max(1)) {
            sealed.write_all(bytes).expect("memory");
        }
        sealed.finish().expect("memory")
    }

    /// As much as can be read, and why it stopped: nothing where it ended well.
    fn opened(file: &[u8]) -> (Vec<u8>, Option<BundleFault>) {
        let mut opened = Opened::begin(file, &key(), 0);
        let mut content = Vec::new();
        let mut byte = [0];
        loop {
            match opened.fill(&mut byte) {
                Ok(()) => content.push(byte[0]),
                Err(fault) => {
                    let whole = opened.behind == Behind::End && fault == BundleFault::Truncated;
                    return (content, (!whole).then_some(fault));
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_is_read_whatever_its_length(
            length in prop::sample::select(vec![
                0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES, 150_000,
            ]),
            step in 1_usize..100_000,
        ) {
            let content: Vec<u8> = pattern(length);
            prop_assert_eq!(opened(&sealed(&content, step)), (content, None));
        }

        #[test]
        fn of_a_file_that_breaks_off_the_whole_pieces_are_read(cut in any::<prop::sample::Index>()) {
            let content: Vec<u8> = pattern(200_000);
            let file = sealed(&content, 10_000);
            let cut = cut.index(file.len());
            let (read, fault) = opened(&file[..cut]);
            prop_assert_eq!(fault, Some(BundleFault::Truncated));
            let whole = cut / (PIECE_BYTES + TAG_BYTES) * PIECE_BYTES;
            prop_assert!(read.len() >= whole);
            prop_assert_eq!(&content[..read.len()], &read[..]);
        }

        #[test]
        fn a_flipped_bit_is_never_read(place in any::<prop::sample::Index>(), bit in 0_u8..8) {
            let content: Vec<u8> = pattern(200_000);
            let mut file = sealed(&content, 10_000);
            let place = place.index(file.len());
            file[place] ^= 1 << bit;
            let (read, fault) = opened(&file);
            prop_assert!(fault.is_some());
            prop_assert_eq!(read.len(), place / (PIECE_BYTES + TAG_BYTES) * PIECE_BYTES);
        }
    }

    #[test]
    fn pieces_that_change_places_are_noticed() {
        let file = sealed(&vec![1; 3 * PIECE_BYTES], 1000);
        let (first, rest) = file.split_at(PIECE_BYTES + TAG_BYTES);
        let (second, third) = rest.split_at(PIECE_BYTES + TAG_BYTES);
        let swapped = [second, first, third].concat();
        assert_eq!(opened(&swapped), (Vec::new(), Some(BundleFault::Altered)));
        let without_end = [first, second].concat();
        assert_eq!(opened(&without_end).1, Some(BundleFault::Truncated));
        let longer = [&file, b"x".as_slice()].concat();
        assert_eq!(opened(&longer).1, Some(BundleFault::Trailing));
    }
}
