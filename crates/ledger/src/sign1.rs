//! COSE_Sign1 (RFC 9052, section 4.2) with Ed25519: signing what we say, reading and checking what
//! is said.
//!
//! Which signatures count is said in [`signature`](crate::signature). A message must never be written
//! anew to verify it: the signature is checked over the bytes that came.

use ed25519_dalek::{Signer as _, SigningKey};
use minicbor::Decoder;
use minicbor::data::Tag;

use crate::cbor;
use crate::error::{Error, Result, malformed};
use crate::identity::NodeId;
use crate::signature::SignerKey;

/// COSE algorithm EdDSA (RFC 9053, section 2.2).
const ALG_EDDSA: i64 = -8;
/// Header labels: `alg`, `crit`, `kid` (RFC 9052, section 3.1) and `typ` (RFC 9596).
const LABEL_ALG: i64 = 1;
const LABEL_CRIT: i64 = 2;
const LABEL_KID: i64 = 4;
const LABEL_TYP: i64 = 16;
/// CBOR tag of COSE_Sign1.
const TAG_SIGN1: Tag = Tag::new(18);

/// What a message is, so that a signature made for one purpose is worth nothing for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Event,
    Checkpoint,
    Admission,
    Claim,
    Invitation,
    Revocation,
    SealingKey,
    Bundle,
}

impl Purpose {
    /// Value of the protected `typ` header.
    const fn media_type(self) -> &'static str {
        match self {
            Self::Event => "application/akey-event+cbor",
            Self::Checkpoint => "application/akey-checkpoint+cbor",
            Self::Admission => "application/akey-admission+cbor",
            Self::Claim => "application/akey-claim+cbor",
            Self::Invitation => "application/akey-invitation+cbor",
            Self::Revocation => "application/akey-revocation+cbor",
            Self::SealingKey => "application/akey-sealing-key+cbor",
            Self::Bundle => "application/akey-bundle+cbor",
        }
    }

    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Checkpoint => "checkpoint",
            Self::Admission => "admission certificate",
            Self::Claim => "claim certificate",
            Self::Invitation => "invitation",
            Self::Revocation => "revocation",
            Self::SealingKey => "sealing key",
            Self::Bundle => "segment of a bundle",
        }
    }
}

/// A COSE_Sign1 message taken apart, its pieces still the bytes that came.
#[derive(Clone, Debug)]
pub(crate) struct Sign1<'b> {
    protected: &'b [u8],
    unprotected_is_empty: bool,
    pub(crate) payload: &'b [u8],
    signature: [u8; 64],
}

impl<'b> Sign1<'b> {
    /// Takes any COSE_Sign1 with a payload and a 64-byte signature apart.
    pub(crate) fn parse(bytes: &'b [u8]) -> Result<Self> {
        let mut decoder = Decoder::new(bytes);
        let message = Self::decode(&mut decoder)
            .map_err(|error| malformed("COSE_Sign1 message", error.to_string()))?;
        if decoder.position() == bytes.len() {
            Ok(message)
        } else {
            Err(malformed("COSE_Sign1 message", "bytes follow it"))
        }
    }

    fn decode(decoder: &mut Decoder<'b>) -> Result<Self, minicbor::decode::Error> {
        if decoder.tag()? != TAG_SIGN1 {
            return Err(minicbor::decode::Error::message("it is not tagged 18"));
        }
        cbor::array_of(decoder, 4)?;
        let protected = decoder.bytes()?;
        let unprotected = decoder.position();
        decoder.skip()?;
        let unprotected = &decoder.input()[unprotected..decoder.position()];
        let payload = decoder.bytes()?;
        let signature = cbor::bytes_of(decoder)?;
        Ok(Self {
            protected,
            unprotected_is_empty: unprotected == [0xa0],
            payload,
            signature,
        })
    }

    /// Whether the signature is by this key.
    pub(crate) fn is_signed_by(&self, key: &SignerKey) -> bool {
        let (words, signature) = self.signed();
        key.accepts(&words, signature)
    }

    /// What was signed, and the signature.
    pub(crate) fn signed(&self) -> (Vec<u8>, [u8; 64]) {
        (to_be_signed(self.protected, self.payload), self.signature)
    }

    /// The key id, once the headers are found to be those of a message for this purpose.
    fn signer(&self, purpose: Purpose) -> Result<NodeId> {
        let refuse = |why: &str| Error::Malformed {
            what: purpose.noun(),
            why: why.to_owned(),
        };
        if !self.unprotected_is_empty {
            // Unsigned headers would let anybody give one event many faces.
            return Err(refuse("it has unprotected headers"));
        }
        cbor::check_deterministic(self.protected)?;
        let headers =
            Headers::decode(self.protected).map_err(|error| refuse(&error.to_string()))?;
        if headers.algorithm != Some(ALG_EDDSA) {
            return Err(refuse("its algorithm is not EdDSA"));
        }
        if headers.media_type != Some(purpose.media_type()) {
            return Err(refuse("it was signed for another purpose"));
        }
        headers
            .signer
            .ok_or_else(|| refuse("it does not say who signed it"))
    }
}

#[derive(Default)]
struct Headers<'b> {
    algorithm: Option<i64>,
    media_type: Option<&'b str>,
    signer: Option<NodeId>,
}

impl<'b> Headers<'b> {
    /// Reads the headers we know; others are passed over unless marked critical (RFC 9052,
    /// section 3.1), so that a later version may add some (G10).
    fn decode(bytes: &'b [u8]) -> Result<Self, minicbor::decode::Error> {
        let mut decoder = Decoder::new(bytes);
        let mut headers = Self::default();
        for _ in 0..cbor::map_length(&mut decoder)? {
            if decoder.datatype()? == minicbor::data::Type::String {
                decoder.skip()?;
                decoder.skip()?;
                continue;
            }
            match decoder.i64()? {
                LABEL_ALG => headers.algorithm = Some(decoder.i64()?),
                LABEL_CRIT => return Err(minicbor::decode::Error::message("critical headers")),
                LABEL_KID => headers.signer = Some(NodeId(cbor::bytes_of(&mut decoder)?)),
                LABEL_TYP => headers.media_type = Some(decoder.str()?),
                _ => decoder.skip()?,
            }
        }
        Ok(headers)
    }
}

/// Signs a payload for a purpose. The key id is the verifying key itself.
pub(crate) fn sign(purpose: Purpose, key: &SigningKey, payload: &[u8]) -> Vec<u8> {
    let protected = cbor::encode(|e| {
        e.map(3)?.i64(LABEL_ALG)?.i64(ALG_EDDSA)?;
        e.i64(LABEL_KID)?.bytes(key.verifying_key().as_bytes())?;
        e.i64(LABEL_TYP)?.str(purpose.media_type())?.ok()
    });
    let signature = key.sign(&to_be_signed(&protected, payload)).to_bytes();
    cbor::encode(|e| {
        e.tag(TAG_SIGN1)?.array(4)?.bytes(&protected)?.map(0)?;
        e.bytes(payload)?.bytes(&signature)?.ok()
    })
}

/// Takes a message of ours apart and checks its form: encoding, headers, purpose. Gives the
/// message and who claims to have signed it; the signature is checked with [`check_signature`].
pub(crate) fn open(purpose: Purpose, bytes: &[u8]) -> Result<(Sign1<'_>, NodeId)> {
    cbor::check_deterministic(bytes)?;
    let message = Sign1::parse(bytes)?;
    cbor::check_deterministic(message.payload)?;
    let signer = message.signer(purpose)?;
    Ok((message, signer))
}

/// Checks that a message is signed by the node it names.
pub(crate) fn check_signature(purpose: Purpose, message: &Sign1<'_>, signer: NodeId) -> Result<()> {
    let refused = || Error::Signature {
        what: purpose.noun(),
        signer: format!("node {signer}"),
    };
    let key = SignerKey::from_bytes(signer.0).ok_or_else(refused)?;
    if message.is_signed_by(&key) {
        Ok(())
    } else {
        Err(refused())
    }
}

/// `Sig_structure` (RFC 9052, section 4.4) with no external data.
pub(crate) fn to_be_signed(protected: &[u8], payload: &[u8]) -> Vec<u8> {
    cbor::encode(|e| {
        e.array(4)?
            .str("Signature1")?
            .bytes(protected)?
            .bytes(&[])?
            .bytes(payload)?
            .ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::from_hex;

    /// Example `eddsa-examples/eddsa-sig-01.json` of the COSE working group
    /// (github.com/cose-wg/Examples), EdDSA-01, `output.cbor`.
    const EDDSA_SIG_01: &str = "D28445A201270300A10442313154546869732069732074686520636F6E74656E742E\
        58407142FD2FF96D56DB85BEE905A76BA1D0B7321A95C8C4D3607C5781932B7AFB8711497DFA751BF40B58B3BC\
        C32300B1487F3DB34085EEF013BF08F4A44D6FEF0D";
    const EDDSA_SIG_01_KEY: &str =
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    const EDDSA_SIG_01_TO_BE_SIGNED: &str =
        "846A5369676E61747572653145A2012703004054546869732069732074686520636F6E74656E742E";

    fn digits(text: &str) -> Vec<u8> {
        (0..text.len() / 2)
            .map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).expect("hex"))
            .collect()
    }

    fn signing_key() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }

    #[test]
    fn the_working_groups_eddsa_example_verifies() {
        let bytes = digits(EDDSA_SIG_01);
        let key = SignerKey::from_bytes(from_hex(EDDSA_SIG_01_KEY).expect("hex")).expect("key");
        let message = Sign1::parse(&bytes).expect("a COSE_Sign1");
        assert_eq!(message.payload, b"This is the content.");
        assert_eq!(
            to_be_signed(message.protected, message.payload),
            digits(EDDSA_SIG_01_TO_BE_SIGNED)
        );
        assert!(message.is_signed_by(&key));
    }

    #[test]
    fn the_working_groups_example_altered_anywhere_is_refused() {
        let good = digits(EDDSA_SIG_01);
        let key = SignerKey::from_bytes(from_hex(EDDSA_SIG_01_KEY).expect("hex")).expect("key");
        // Bytes 9..13 are the unprotected headers, which COSE does not sign; ours are empty.
        for place in (0..good.len()).filter(|place| !(8..13).contains(place)) {
            let mut bytes = good.clone();
            bytes[place] ^= 1;
            let accepted = Sign1::parse(&bytes).is_ok_and(|message| message.is_signed_by(&key));
            assert!(!accepted, "byte {place} altered was accepted");
        }
    }

    #[test]
    fn another_cose_library_reads_and_verifies_what_we_sign() {
        use coset::{CborSerializable as _, TaggedCborSerializable as _};
        let bytes = sign(Purpose::Event, &signing_key(), &[0xa0]);
        let message = coset::CoseSign1::from_tagged_slice(&bytes).expect("COSE_Sign1");
        assert_eq!(
            message.protected.header.alg,
            Some(coset::Algorithm::Assigned(coset::iana::Algorithm::EdDSA))
        );
        assert_eq!(
            message.protected.header.key_id,
            signing_key().verifying_key().as_bytes()
        );
        assert!(message.unprotected.is_empty());
        message
            .verify_signature(&[], |signature, data| {
                let signature = ed25519_dalek::Signature::from_slice(signature).expect("64 bytes");
                signing_key()
                    .verifying_key()
                    .verify_strict(data, &signature)
            })
            .expect("the signature holds");
        assert_eq!(message.to_tagged_vec().expect("encodes"), bytes);
        assert!(coset::CoseSign1::from_slice(&bytes[1..]).is_ok());
    }

    #[test]
    fn a_checkpoint_cannot_pass_for_an_event() {
        let bytes = sign(Purpose::Checkpoint, &signing_key(), &[0xa0]);
        assert!(open(Purpose::Event, &bytes).is_err());
        assert!(open(Purpose::Checkpoint, &bytes).is_ok());
    }

    #[test]
    fn a_key_of_small_order_is_refused() {
        // The identity point: with it, a signature of zeros would "verify" any message.
        let mut weak = [0; 32];
        weak[0] = 1;
        let payload = [0xa0];
        let protected = cbor::encode(|e| {
            e.map(3)?.i64(1)?.i64(-8)?.i64(4)?.bytes(&weak)?.i64(16)?;
            e.str(Purpose::Event.media_type())?.ok()
        });
        let mut signature = [0; 64];
        signature[0] = 1;
        let bytes = cbor::encode(|e| {
            e.tag(TAG_SIGN1)?.array(4)?.bytes(&protected)?.map(0)?;
            e.bytes(&payload)?.bytes(&signature)?.ok()
        });
        let (message, signer) = open(Purpose::Event, &bytes).expect("its form is right");
        assert!(check_signature(Purpose::Event, &message, signer).is_err());
    }
}
