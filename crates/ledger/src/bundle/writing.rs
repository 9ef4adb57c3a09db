//! Writing a bundle: what is said is packed, signed, sealed, and written on, one segment at a time.
//! Where to, and that nothing half-written bears the name of a bundle, is the business of whoever opens
//! the file.

use std::io::Write;

use ed25519_dalek::SigningKey;

use super::age::{self, WorkFactor};
use super::header::{self, Header};
use super::stream::Sealed;
use super::{MAGIC, SEGMENT_BYTES_MAX, VERSION};
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::identity::BundleId;
use crate::keyring;
use crate::passphrase::{PASSPHRASE_CHARACTERS_MIN, Passphrase};
use crate::reader::View;
use crate::sign1::{self, Purpose};
use crate::sync::Message;

/// A bundle on its way into a file.
pub struct Writing<W: Write> {
    to: Sealed<W>,
    signing: SigningKey,
    bundle: BundleId,
    number: u64,
}

impl<W: Write> std::fmt::Debug for Writing<W> {
    /// Without the keys.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writing")
            .field("bundle", &self.bundle)
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}

impl<W: Write> Writing<W> {
    /// Begins a bundle, signed by the node of this ledger.
    ///
    /// # Errors
    /// When the passphrase is too short, or the system cannot write.
    pub fn begin(
        mut to: W,
        (passphrase, work): (&Passphrase, WorkFactor),
        header: &Header,
        view: View<'_>,
        entropy: &dyn Entropy,
    ) -> Result<Self> {
        if passphrase.0.chars().count() < PASSPHRASE_CHARACTERS_MIN {
            return Err(Error::WeakPassphrase(PASSPHRASE_CHARACTERS_MIN));
        }
        let signing = keyring::signing_key(view.connection())?;
        let signing = signing.ok_or_else(|| {
            Error::BundleNotWritten("by a ledger without a key of its own".to_owned())
        })?;
        let (beginning, key) = age::begin(passphrase, work, entropy);
        to.write_all(&beginning).map_err(not_written)?;
        let mut writing = Self {
            to: Sealed::begin(to, &key),
            signing,
            bundle: header.id,
            number: 0,
        };
        let line = [MAGIC, format!("{VERSION}\n").as_bytes()].concat();
        writing.to.write_all(&line).map_err(not_written)?;
        writing.put(header.to_bytes())?;
        Ok(writing)
    }

    /// Adds a message.
    ///
    /// # Errors
    /// When the system cannot write.
    pub fn say(&mut self, message: &Message) -> Result<()> {
        self.put(message.to_bytes())
    }

    /// Says that this is all, and gives back what it was written to.
    ///
    /// # Errors
    /// When the system cannot write.
    pub fn finish(mut self) -> Result<W> {
        self.say(&Message::Done { heads: 0 })?;
        self.to.finish().map_err(not_written)
    }

    fn put(&mut self, said: Vec<u8>) -> Result<()> {
        let payload = header::payload(self.bundle, self.number, said);
        let segment = sign1::sign(Purpose::Bundle, &self.signing, &payload);
        let length = u32::try_from(segment.len()).unwrap_or(u32::MAX);
        if length > SEGMENT_BYTES_MAX {
            return Err(Error::TooLarge {
                what: "a segment of a bundle",
                size: segment.len(),
                limit: SEGMENT_BYTES_MAX as usize,
            });
        }
        self.to
            .write_all(&length.to_be_bytes())
            .and_then(|()| self.to.write_all(&segment))
            .map_err(not_written)?;
        self.number += 1;
        Ok(())
    }
}

#[expect(clippy::needless_pass_by_value, reason = "stands in map_err")]
fn not_written(error: std::io::Error) -> Error {
    Error::BundleNotWritten(format!(
        "to the end: {error}. Nothing here was lost: look at the stick and at the room on it, then \
         write it again"
    ))
}
