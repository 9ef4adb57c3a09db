//! The beginning of an age file that opens with a passphrase (age-encryption.org/v1): four lines and a
//! nonce, from which the key of the content follows.
//!
//! Only the scrypt recipient is written and read. The format is small and frozen; the reasons for
//! reading it here are in `docs/decisions/0023`. It must never spend more on a passphrase than
//! [`WORK_FACTOR_MAX`] allows, whatever a file asks for, nor read more than a few lines to find out.

use std::io::Read;

use chacha20poly1305::aead::{AeadInOut as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use data_encoding::BASE64_NOPAD;
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::fault::BundleFault;
use crate::entropy::Entropy;
use crate::passphrase::Passphrase;

const VERSION_LINE: &str = "age-encryption.org/v1";
const SALT_LABEL: &[u8] = b"age-encryption.org/v1/scrypt";
const SALT_BYTES: usize = 16;
const FILE_KEY_BYTES: usize = 16;
const TAG_BYTES: usize = 16;
const NONCE_BYTES: usize = 16;
/// Longest line of such a beginning, with its end; the longest there is has 43 characters and a few.
const LINE_BYTES_MAX: usize = 96;

/// Highest power of two of rounds that are done on a passphrase: 1 GiB of memory.
pub const WORK_FACTOR_MAX: u32 = 20;

/// How much a guess at the passphrase costs: rounds of scrypt (RFC 7914) as a power of two, each for
/// one KiB of memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkFactor(u8);

impl Default for WorkFactor {
    /// What `age` itself takes: 256 MiB, about a second.
    fn default() -> Self {
        Self(18)
    }
}

impl WorkFactor {
    /// So cheap that it protects nothing: for tests and invented data.
    pub const TRIVIAL: Self = Self(1);
}

/// The key of the content, wiped when dropped.
pub(super) type ContentKey = Zeroizing<[u8; 32]>;

/// Makes the beginning of a file, and the key of what follows.
pub(super) fn begin(
    passphrase: &Passphrase,
    work: WorkFactor,
    entropy: &dyn Entropy,
) -> (Vec<u8>, ContentKey) {
    let mut file_key = Zeroizing::new([0; FILE_KEY_BYTES]);
    entropy.fill(file_key.as_mut());
    let mut salt = [0; SALT_BYTES];
    entropy.fill(&mut salt);
    let mut nonce = [0; NONCE_BYTES];
    entropy.fill(&mut nonce);

    let wrapping = wrapping_key(passphrase, &salt, work);
    let mut body = file_key.to_vec();
    let tag = ChaCha20Poly1305::new((&*wrapping).into())
        .encrypt_inout_detached(&Nonce::default(), &[], body.as_mut_slice().into())
        .expect("sixteen bytes are far below the cipher's limit");
    body.extend_from_slice(&tag);
    let head = format!(
        "{VERSION_LINE}\n-> scrypt {} {}\n{}\n---",
        BASE64_NOPAD.encode(&salt),
        work.0,
        BASE64_NOPAD.encode(&body),
    );
    let mac = header_mac(&file_key, head.as_bytes())
        .finalize()
        .into_bytes();
    let mut bytes = format!("{head} {}\n", BASE64_NOPAD.encode(&mac)).into_bytes();
    bytes.extend_from_slice(&nonce);
    let key = content_key(&file_key, &nonce);
    (bytes, key)
}

/// Reads the beginning of a file. Gives the key of what follows, and how many bytes were read.
pub(super) fn open(
    from: &mut impl Read,
    passphrase: &Passphrase,
) -> Result<(ContentKey, u64), BundleFault> {
    let mut read = Vec::new();
    let version = line(from, &mut read)?;
    if version != VERSION_LINE {
        return Err(BundleFault::NoBundle);
    }
    let stanza = line(from, &mut read)?;
    let (salt, work) = scrypt_stanza(&stanza)?;
    let body = line(from, &mut read)?;
    let body: [u8; FILE_KEY_BYTES + TAG_BYTES] = decoded(&body)?;
    // The MAC covers everything up to and with the three dashes.
    let covered = read.len() + 3;
    let last = line(from, &mut read)?;
    let mac: [u8; 32] = decoded(last.strip_prefix("--- ").ok_or(BundleFault::NoPassphrase)?)?;

    let wrapping = wrapping_key(passphrase, &salt, work);
    let (wrapped, tag) = body
        .split_first_chunk::<FILE_KEY_BYTES>()
        .expect("it is longer by a tag");
    let mut file_key = Zeroizing::new(*wrapped);
    let tag: [u8; TAG_BYTES] = tag.try_into().expect("a tag is what is left");
    ChaCha20Poly1305::new((&*wrapping).into())
        .decrypt_inout_detached(
            &Nonce::default(),
            &[],
            file_key.as_mut_slice().into(),
            &tag.into(),
        )
        .map_err(|_| BundleFault::WrongPassphrase)?;
    header_mac(&file_key, &read[..covered])
        .verify_slice(&mac)
        .map_err(|_| BundleFault::AlteredHeader)?;
    let mut nonce = [0; NONCE_BYTES];
    fill(from, &mut nonce)?;
    let bytes = (read.len() + NONCE_BYTES) as u64;
    Ok((content_key(&file_key, &nonce), bytes))
}

fn scrypt_stanza(line: &str) -> Result<([u8; SALT_BYTES], WorkFactor), BundleFault> {
    let arguments = line.strip_prefix("-> ").ok_or(BundleFault::NoBundle)?;
    let arguments = arguments
        .strip_prefix("scrypt ")
        .ok_or(BundleFault::NoPassphrase)?;
    let (salt, work) = arguments.split_once(' ').ok_or(BundleFault::NoBundle)?;
    let salt = decoded(salt)?;
    let digits = work.bytes().all(|digit| digit.is_ascii_digit());
    if !digits || work.is_empty() || work.starts_with('0') {
        return Err(BundleFault::NoBundle);
    }
    let asked = work.parse().unwrap_or(u32::MAX);
    match u8::try_from(asked) {
        Ok(work) if asked <= WORK_FACTOR_MAX => Ok((salt, WorkFactor(work))),
        _ => Err(BundleFault::WorkFactor(asked)),
    }
}

fn decoded<const N: usize>(text: &str) -> Result<[u8; N], BundleFault> {
    let bytes = BASE64_NOPAD.decode(text.as_bytes()).ok();
    bytes
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or(BundleFault::NoBundle)
}

/// One line without its end, which is added to what was read.
fn line(from: &mut impl Read, read: &mut Vec<u8>) -> Result<String, BundleFault> {
    let begins = read.len();
    let mut byte = [0];
    while read.len() - begins < LINE_BYTES_MAX {
        fill(from, &mut byte)?;
        read.push(byte[0]);
        if byte == *b"\n" {
            let line = &read[begins..read.len() - 1];
            let text = std::str::from_utf8(line).map_err(|_| BundleFault::NoBundle)?;
            return Ok(text.to_owned());
        }
    }
    Err(BundleFault::NoBundle)
}

/// Reads exactly so many bytes.
pub(super) fn fill(from: &mut impl Read, bytes: &mut [u8]) -> Result<(), BundleFault> {
    from.read_exact(bytes).map_err(|error| match error.kind() {
        std::io::ErrorKind::UnexpectedEof => BundleFault::Truncated,
        _ => BundleFault::Unreadable(error.to_string()),
    })
}

fn wrapping_key(passphrase: &Passphrase, salt: &[u8; SALT_BYTES], work: WorkFactor) -> ContentKey {
    let salt = [SALT_LABEL, salt].concat();
    let params = scrypt::Params::new(work.0, 8, 1).expect("the factor is bounded");
    let mut key = Zeroizing::new([0; 32]);
    scrypt::scrypt(passphrase.0.as_bytes(), &salt, &params, key.as_mut())
        .expect("thirty-two bytes can be derived");
    key
}

fn derived(secret: &[u8], salt: &[u8], label: &[u8]) -> ContentKey {
    let mut key = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(Some(salt), secret)
        .expand(label, key.as_mut())
        .expect("thirty-two bytes can be derived");
    key
}

fn content_key(file_key: &[u8; FILE_KEY_BYTES], nonce: &[u8]) -> ContentKey {
    derived(file_key, nonce, b"payload")
}

fn header_mac(file_key: &[u8; FILE_KEY_BYTES], covered: &[u8]) -> Hmac<Sha256> {
    let key = derived(file_key, &[], b"header");
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_slice()).expect("any length is a key");
    mac.update(covered);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SystemEntropy;
    use proptest::prelude::*;

    fn passphrase() -> Passphrase {
        Passphrase::new("kenep siwel mango")
    }

    fn begun() -> (Vec<u8>, ContentKey) {
        begin(&passphrase(), WorkFactor::TRIVIAL, &SystemEntropy)
    }

    #[test]
    fn what_was_begun_opens_with_the_same_passphrase_and_no_other() {
        let (bytes, key) = begun();
        let (opened, read) = open(&mut bytes.as_slice(), &passphrase()).expect("opens");
        assert_eq!((opened, read), (key, bytes.len() as u64));
        let other = open(&mut bytes.as_slice(), &Passphrase::new("another one"));
        assert_eq!(other.expect_err("closed"), BundleFault::WrongPassphrase);
    }

    #[test]
    fn absurd_work_is_refused_before_it_is_done() {
        for asked in ["21", "63", "255", "4294967296", "99999999999999999999"] {
            let text = format!(
                "{VERSION_LINE}\n-> scrypt {} {asked}\n",
                BASE64_NOPAD.encode(&[7; SALT_BYTES])
            );
            let refused = open(&mut text.as_bytes(), &passphrase()).expect_err("too much");
            assert!(
                matches!(refused, BundleFault::WorkFactor(_)),
                "{asked}: {refused:?}"
            );
        }
    }

    #[test]
    fn files_of_other_kinds_are_told_apart() {
        let open = |text: &str| open(&mut text.as_bytes(), &passphrase()).expect_err("no bundle");
        assert_eq!(open("%PDF-1.7\n"), BundleFault::NoBundle);
        assert_eq!(open(""), BundleFault::Truncated);
        assert_eq!(open(&"a".repeat(4000)), BundleFault::NoBundle);
        let for_a_key =
            format!("{VERSION_LINE}\n-> X25519 SVrzdFfkPxf0LPHOUGB1gNb9E5Vr8EUDa9kxk04iQ0o\n");
        assert_eq!(open(&for_a_key), BundleFault::NoPassphrase);
    }

    proptest! {
        #[test]
        fn a_beginning_that_changed_anywhere_does_not_open(place in any::<prop::sample::Index>(), bit in 0_u8..8) {
            let (mut bytes, _) = begun();
            // The nonce is the stream's to check.
            let place = place.index(bytes.len() - NONCE_BYTES);
            bytes[place] ^= 1 << bit;
            prop_assert!(open(&mut bytes.as_slice(), &passphrase()).is_err());
        }

        #[test]
        fn any_bytes_are_refused_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(open(&mut bytes.as_slice(), &passphrase()).is_err());
        }
    }
}
