//! Encryption: content under a data key, content to a role, keys to a key holder.
//!
//! Every use has its own context, so that nothing sealed for one purpose opens in another.
//! Nothing here keeps a key longer than the call, and no length of a text shows in its
//! ciphertext.

use std::fmt;

use chacha20poly1305::aead::{AeadInOut as _, KeyInit as _};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable as _, Kem as _, OpModeR, OpModeS, Serializable as _};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::attachment::KeyRef;
use crate::entropy::{Entropy, Generator};
use crate::error::{Error, Result, malformed};
use crate::event::limit;
use crate::identity::hex;

type PrivateKey = <X25519HkdfSha256 as hpke::Kem>::PrivateKey;
type PublicKey = <X25519HkdfSha256 as hpke::Kem>::PublicKey;
type EncappedKey = <X25519HkdfSha256 as hpke::Kem>::EncappedKey;

/// A symmetric key, wiped when dropped.
pub(crate) type SecretKey = Zeroizing<[u8; 32]>;

/// Bytes of an XChaCha20-Poly1305 nonce and tag.
const NONCE_BYTES: usize = 24;
const TAG_BYTES: usize = 16;
/// Bytes of an X25519 public value, as HPKE's encapsulated key.
const ENCAPSULATED_BYTES: usize = 32;
/// A 32-byte key sealed to somebody: encapsulated key, key, tag.
pub(crate) const SEALED_KEY_BYTES: usize = ENCAPSULATED_BYTES + 32 + TAG_BYTES;
/// Largest attachment; a scanned document fits.
pub(crate) const CONTENT_BYTES_MAX: usize = 16 << 20;
/// Nothing is shorter than this when sealed, so that a first name and an address look alike.
const PADDED_BYTES_MIN: usize = 256;
/// Up to here lengths are powers of two, above they lose at most 12 % (Padmé).
const PADDED_BY_DOUBLING_MAX: usize = 4096;
/// Bytes that say how long the content really is.
const LENGTH_BYTES: usize = 4;

const CONTEXT_ATTACHMENT: &[u8] = b"akey attachment 1";
const CONTEXT_ROLE: &[u8] = b"akey role note 1";

/// A fresh symmetric key.
pub(crate) fn fresh_key(entropy: &dyn Entropy) -> SecretKey {
    let mut key = Zeroizing::new([0; 32]);
    entropy.fill(key.as_mut());
    key
}

/// Encrypts `clear` in place: nonce, ciphertext, tag.
fn encrypt(key: &[u8; 32], context: &[u8], clear: &[u8], entropy: &dyn Entropy) -> Vec<u8> {
    let mut nonce = [0; NONCE_BYTES];
    entropy.fill(&mut nonce);
    let mut sealed = Vec::with_capacity(NONCE_BYTES + clear.len() + TAG_BYTES);
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(clear);
    let tag = XChaCha20Poly1305::new(key.into())
        .encrypt_inout_detached(
            &XNonce::from(nonce),
            context,
            (&mut sealed[NONCE_BYTES..]).into(),
        )
        .expect("contents are far below the cipher's limit");
    sealed.extend_from_slice(&tag);
    sealed
}

pub(crate) fn decrypt(key: &[u8; 32], context: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, rest) = sealed.split_first_chunk::<NONCE_BYTES>()?;
    let (body, tag) = rest.split_last_chunk::<TAG_BYTES>()?;
    let mut clear = Zeroizing::new(body.to_vec());
    XChaCha20Poly1305::new(key.into())
        .decrypt_inout_detached(
            &XNonce::from(*nonce),
            context,
            clear.as_mut_slice().into(),
            &(*tag).into(),
        )
        .ok()?;
    Some(clear)
}

/// Wraps a secret under a key, for the key files.
pub(crate) fn wrap(
    key: &[u8; 32],
    context: &[u8],
    secret: &[u8],
    entropy: &dyn Entropy,
) -> Vec<u8> {
    encrypt(key, context, secret, entropy)
}

/// Takes back what [`wrap`] wrapped; `None` when key or bytes are not right.
pub(crate) fn unwrap(key: &[u8; 32], context: &[u8], wrapped: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    decrypt(key, context, wrapped)
}

/// Length that hides the length: powers of two while small, then Padmé (Nikitin et al. 2019),
/// which keeps only the leading bits of the length.
fn padded_length(content: usize) -> usize {
    let needed = (content + LENGTH_BYTES).max(PADDED_BYTES_MIN);
    if needed <= PADDED_BY_DOUBLING_MAX {
        return needed.next_power_of_two();
    }
    let exponent = needed.ilog2();
    let mask = (1_usize << (exponent - (exponent.ilog2() + 1))) - 1;
    (needed + mask) & !mask
}

/// The content's length, the content, zeros.
fn pad(content: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    limit("an attachment", content.len(), CONTENT_BYTES_MAX)?;
    let length = u32::try_from(content.len()).expect("below the limit");
    let mut padded = Zeroizing::new(vec![0; padded_length(content.len())]);
    padded[..LENGTH_BYTES].copy_from_slice(&length.to_be_bytes());
    padded[LENGTH_BYTES..LENGTH_BYTES + content.len()].copy_from_slice(content);
    Ok(padded)
}

fn unpad(padded: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (length, rest) = padded.split_first_chunk::<LENGTH_BYTES>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    Some(Zeroizing::new(rest.get(..length)?.to_vec()))
}

/// What an attachment's ciphertext is bound to: whose it is and which slot it fills, so that one
/// person's data cannot be put in another's place.
pub(crate) fn attachment_context(key: &KeyRef, slot: &str) -> Vec<u8> {
    let form = match key {
        KeyRef::Person(_) => 0,
        KeyRef::Role { .. } => 1,
    };
    [
        CONTEXT_ATTACHMENT,
        &[form],
        &key.person().0,
        slot.as_bytes(),
    ]
    .concat()
}

fn role_context(key: &KeyRef, slot: &str) -> Vec<u8> {
    [CONTEXT_ROLE, &key.person().0, slot.as_bytes()].concat()
}

/// Seals an attachment under the person's data key, and before that to the role if it is for one.
pub(crate) fn seal_attachment(
    data_key: &[u8; 32],
    key: &KeyRef,
    slot: &str,
    content: &[u8],
    entropy: &dyn Entropy,
) -> Result<Vec<u8>> {
    let padded = pad(content)?;
    let context = attachment_context(key, slot);
    let KeyRef::Role { role, .. } = key else {
        return Ok(encrypt(data_key, &context, &padded, entropy));
    };
    let role_context = role_context(key, slot);
    let once = fresh_key(entropy);
    let mut note = role.seal(&role_context, once.as_ref(), entropy)?;
    note.extend_from_slice(&encrypt(&once, &role_context, &padded, entropy));
    Ok(encrypt(data_key, &context, &note, entropy))
}

/// What the holder of the person's data key gets out of an attachment.
pub(crate) enum Opened {
    Clear(Zeroizing<Vec<u8>>),
    Note(SealedNote),
}

/// Opens an attachment with the person's data key; `None` when key or bytes are not right.
pub(crate) fn open_attachment(
    data_key: &[u8; 32],
    key: &KeyRef,
    slot: &str,
    sealed: &[u8],
) -> Option<Opened> {
    let content = decrypt(data_key, &attachment_context(key, slot), sealed)?;
    match key {
        KeyRef::Person(_) => unpad(&content).map(Opened::Clear),
        KeyRef::Role { .. } => {
            let note = SealedNote {
                bytes: content.to_vec(),
                context: role_context(key, slot),
            };
            (note.bytes.len() > SEALED_KEY_BYTES).then_some(Opened::Note(note))
        }
    }
}

/// The X25519 public key of a role, like protection; anybody can seal to it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct RolePublicKey(pub [u8; 32]);

impl RolePublicKey {
    /// Seals a few bytes, a key, by HPKE in base mode (RFC 9180, section 6.1) with
    /// DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and ChaCha20Poly1305.
    pub fn seal(&self, context: &[u8], secret: &[u8], entropy: &dyn Entropy) -> Result<Vec<u8>> {
        let refused = || malformed("X25519 public key", "nothing can be sealed to it");
        let public = PublicKey::from_bytes(&self.0).map_err(|_| refused())?;
        let (encapsulated, sealed) =
            hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
                &OpModeS::Base,
                &public,
                context,
                secret,
                &[],
                &mut Generator(entropy),
            )
            .map_err(|_| refused())?;
        Ok([&encapsulated.to_bytes(), sealed.as_slice()].concat())
    }
}

impl fmt::Debug for RolePublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RolePublicKey({})", hex(&self.0[..4]))
    }
}

/// The X25519 private key of a role or a node. Never shown, wiped when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct SealingSecret([u8; 32]);

impl SealingSecret {
    /// A fresh key.
    pub fn generate(entropy: &dyn Entropy) -> Self {
        let seed = fresh_key(entropy);
        let (secret, _) = X25519HkdfSha256::derive_keypair(seed.as_ref());
        Self(secret.to_bytes().into())
    }

    /// The key from its bytes, as kept by whoever holds the role.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(*bytes)
    }

    /// The bytes, to be kept sealed.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0)
    }

    /// What others seal to.
    pub fn public(&self) -> RolePublicKey {
        RolePublicKey(
            X25519HkdfSha256::sk_to_pk(&self.private())
                .to_bytes()
                .into(),
        )
    }

    fn private(&self) -> PrivateKey {
        PrivateKey::from_bytes(&self.0).expect("any 32 bytes are an X25519 private key")
    }

    /// Opens what was sealed to the public key; `None` when key or bytes are not right.
    pub fn open(&self, context: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (encapsulated, sealed) = sealed.split_first_chunk::<ENCAPSULATED_BYTES>()?;
        let encapsulated = EncappedKey::from_bytes(encapsulated).ok()?;
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.private(),
            &encapsulated,
            context,
            sealed,
            &[],
        )
        .ok()
        .map(Zeroizing::new)
    }
}

impl fmt::Debug for SealingSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingSecret(..)")
    }
}

/// Content that only the holder of a role's private key can open.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedNote {
    bytes: Vec<u8>,
    context: Vec<u8>,
}

impl SealedNote {
    /// Opens it with the role's private key.
    pub fn open(&self, role: &SealingSecret) -> Result<Zeroizing<Vec<u8>>> {
        let refused = || Error::WrongRoleKey;
        let (key, content) = self
            .bytes
            .split_at_checked(SEALED_KEY_BYTES)
            .ok_or_else(refused)?;
        let once = role.open(&self.context, key).ok_or_else(refused)?;
        let once: &[u8; 32] = once.as_slice().try_into().map_err(|_| refused())?;
        decrypt(once, &self.context, content)
            .and_then(|padded| unpad(&padded))
            .ok_or_else(refused)
    }
}

impl fmt::Debug for SealedNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealedNote({} bytes)", self.bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SystemEntropy;
    use crate::identity::{KeyId, from_hex};
    use proptest::prelude::*;

    const PERSON: KeyRef = KeyRef::Person(KeyId([5; 16]));

    fn clear_of(opened: Option<Opened>) -> Option<Vec<u8>> {
        match opened? {
            Opened::Clear(clear) => Some(clear.to_vec()),
            Opened::Note(_) => None,
        }
    }

    #[test]
    fn an_attachment_opens_only_with_its_key_for_its_person_in_its_slot() {
        let sealed =
            seal_attachment(&[1; 32], &PERSON, "name", b"x", &SystemEntropy).expect("seals");
        assert_eq!(
            clear_of(open_attachment(&[1; 32], &PERSON, "name", &sealed)),
            Some(b"x".to_vec())
        );
        assert!(open_attachment(&[2; 32], &PERSON, "name", &sealed).is_none());
        assert!(open_attachment(&[1; 32], &PERSON, "note", &sealed).is_none());
        let other = KeyRef::Person(KeyId([6; 16]));
        assert!(open_attachment(&[1; 32], &other, "name", &sealed).is_none());
        for place in 0..sealed.len() {
            let mut sealed = sealed.clone();
            sealed[place] ^= 1;
            assert!(open_attachment(&[1; 32], &PERSON, "name", &sealed).is_none());
        }
    }

    #[test]
    fn a_note_to_a_role_opens_only_with_the_roles_private_key() {
        let role = SealingSecret::generate(&SystemEntropy);
        let key = KeyRef::Role {
            person: KeyId([5; 16]),
            role: role.public(),
        };
        let sealed =
            seal_attachment(&[1; 32], &key, "note", b"alone", &SystemEntropy).expect("seals");
        let Some(Opened::Note(note)) = open_attachment(&[1; 32], &key, "note", &sealed) else {
            panic!("the person's key removes the outer layer");
        };
        assert_eq!(note.open(&role).expect("opens").as_slice(), b"alone");
        assert!(note.open(&SealingSecret::generate(&SystemEntropy)).is_err());
        assert!(!note.bytes.windows(5).any(|window| window == b"alone"));
    }

    /// RFC 9180, appendix A.2.1 (base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
    /// ChaCha20Poly1305), sequence number 0.
    #[test]
    fn the_published_hpke_vector_opens() {
        let digits = |text: &str| -> Vec<u8> {
            (0..text.len() / 2)
                .map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).expect("hex"))
                .collect()
        };
        let secret: [u8; 32] =
            from_hex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb")
                .expect("hex");
        let public: [u8; 32] =
            from_hex("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a")
                .expect("hex");
        let encapsulated = "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a";
        let sealed = "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db\
                      21993c62ce81883d2dd1b51a28";
        let secret = SealingSecret::from_bytes(&secret);
        assert_eq!(secret.public(), RolePublicKey(public));
        let opened = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &secret.private(),
            &EncappedKey::from_bytes(&digits(encapsulated)).expect("a point"),
            b"Ode on a Grecian Urn",
            &digits(sealed),
            b"Count-0",
        );
        assert_eq!(opened.expect("opens"), b"Beauty is truth, truth beauty");
    }

    #[test]
    fn short_texts_are_all_of_one_length() {
        let lengths: Vec<usize> = [0, 1, 40, 200, 252].map(padded_length).to_vec();
        assert_eq!(lengths, [256; 5]);
        assert_eq!(padded_length(253), 512);
    }

    proptest! {
        #[test]
        fn padding_is_taken_off_whole_and_wastes_little(length in 0_usize..200_000) {
            let content = vec![7; length];
            let padded = pad(&content).expect("below the limit");
            let unpadded = unpad(&padded).expect("as padded");
            prop_assert_eq!(unpadded.as_slice(), content.as_slice());
            prop_assert!(length < 5000 || padded.len() * 100 <= (length + LENGTH_BYTES) * 112);
        }
    }
}
