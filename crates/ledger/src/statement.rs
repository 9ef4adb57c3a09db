//! Statements: words signed by their author, registered in a log of their own, with a receipt that
//! other people's software verifies without asking us.
//!
//! A *signed statement* is a COSE_Sign1 whose protected header says who states what about what
//! (SCITT, RFC 9943; CWT claims in a header, RFC 9597). Registered, its bytes with an empty
//! unprotected header are a leaf of a Merkle tree (RFC 9162, SHA-256), and a *receipt* is a
//! COSE_Sign1 by the log over the root of that tree, with the inclusion proof beside it (RFC 9942).
//! A statement that carries its receipt is a *transparent statement*.
//!
//! The author's key is never stored: it is worked out from a secret that opens with their password.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use hkdf::Hkdf;
use minicbor::Decoder;
use minicbor::data::{Tag, Type};
use sha2::Sha256;

use crate::cbor;
use crate::error::{Error, Result, malformed};
use crate::identity::Hash;
use crate::merkle::{InclusionProof, leaf_hash};
use crate::sign1::to_be_signed;

const TAG_SIGN1: Tag = Tag::new(18);
/// COSE algorithm EdDSA (RFC 9053, section 2.2).
const ALG_EDDSA: i64 = -8;
const LABEL_ALG: i64 = 1;
const LABEL_CONTENT_TYPE: i64 = 3;
const LABEL_KID: i64 = 4;
/// CWT claims in a COSE header (RFC 9597).
const LABEL_CWT_CLAIMS: i64 = 15;
/// Receipts, verifiable data structure and its proofs (RFC 9942).
const LABEL_RECEIPTS: i64 = 394;
const LABEL_VDS: i64 = 395;
const LABEL_VDP: i64 = 396;
/// `RFC9162_SHA256` among the verifiable data structures.
const VDS_RFC9162_SHA256: i64 = 1;
/// Inclusion proofs among the proofs.
const VDP_INCLUSION: i64 = -1;
/// CWT claims (RFC 8392): issuer, subject, issued at.
const CLAIM_ISS: i64 = 1;
const CLAIM_SUB: i64 = 2;
const CLAIM_IAT: i64 = 6;

/// Largest statement with its receipts, in bytes: a report, not a library.
pub const STATEMENT_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Receipts one statement may carry.
const RECEIPTS_MAX: u64 = 16;
/// Steps of an inclusion proof: a tree of 2^63 leaves.
const PATH_MAX: u64 = 63;

/// What is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stating<'a> {
    /// Who states it, as a URI.
    pub issuer: &'a str,
    /// About what, as a URI.
    pub subject: &'a str,
    /// The media type of the words.
    pub content_type: &'a str,
    /// When, in seconds since 1970.
    pub issued_at: i64,
    /// The words.
    pub payload: &'a [u8],
}

/// An author's key, at hand only while they sign.
pub struct AuthorKey(SigningKey);

impl AuthorKey {
    /// The key of the holder of a secret: HKDF-SHA256 (RFC 5869) with a label of its own, so that
    /// the secret is used for nothing else in the same way.
    ///
    /// # Panics
    /// Never: 32 bytes are within what the function gives.
    pub fn of_secret(secret: &[u8; 32]) -> Self {
        let mut seed = zeroize::Zeroizing::new([0; 32]);
        Hkdf::<Sha256>::new(Some(b"akey statement"), secret)
            .expand(b"author key v1", &mut *seed)
            .expect("32 bytes are within what SHA-256 gives");
        Self(SigningKey::from_bytes(&seed))
    }

    /// Its public half.
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// Signs a statement (RFC 9943, section 5.1).
    pub fn sign(&self, stating: &Stating<'_>) -> Vec<u8> {
        let protected = cbor::encode(|e| {
            e.map(4)?.i64(LABEL_ALG)?.i64(ALG_EDDSA)?;
            e.i64(LABEL_CONTENT_TYPE)?.str(stating.content_type)?;
            e.i64(LABEL_KID)?.bytes(&self.public())?;
            e.i64(LABEL_CWT_CLAIMS)?.map(3)?;
            e.i64(CLAIM_ISS)?.str(stating.issuer)?;
            e.i64(CLAIM_SUB)?.str(stating.subject)?;
            e.i64(CLAIM_IAT)?.i64(stating.issued_at)?.ok()
        });
        let signature = self.0.sign(&to_be_signed(&protected, stating.payload));
        let signature = signature.to_bytes();
        cbor::encode(|e| {
            e.tag(TAG_SIGN1)?.array(4)?.bytes(&protected)?.map(0)?;
            e.bytes(stating.payload)?.bytes(&signature)?.ok()
        })
    }
}

impl std::fmt::Debug for AuthorKey {
    /// Without the key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AuthorKey")
    }
}

/// A statement taken apart, with the receipts it carries. Nothing of it is verified by that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Who says they state it.
    pub issuer: String,
    /// About what.
    pub subject: String,
    /// The media type of the words.
    pub content_type: String,
    /// When, in seconds since 1970, where it says so.
    pub issued_at: Option<i64>,
    /// The key it names as the author's.
    pub author: [u8; 32],
    /// The words.
    pub payload: Vec<u8>,
    /// The receipts it carries.
    pub receipts: Vec<Vec<u8>>,
    protected: Vec<u8>,
    signature: [u8; 64],
}

impl Statement {
    /// Takes a signed or transparent statement apart.
    ///
    /// # Errors
    /// [`Error::Malformed`] says what is not as it must be: truncated, not deterministic, another
    /// algorithm, no issuer.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        const WHAT: &str = "statement";
        if bytes.len() > STATEMENT_BYTES_MAX {
            return Err(malformed(WHAT, "it is larger than any statement"));
        }
        cbor::check_deterministic(bytes)?;
        let refuse = |error: minicbor::decode::Error| malformed(WHAT, error.to_string());
        let mut decoder = Decoder::new(bytes);
        let parts = sign1(&mut decoder, bytes.len()).map_err(refuse)?;
        let payload = parts
            .payload
            .ok_or_else(|| malformed(WHAT, "it has no words"))?;
        cbor::check_deterministic(parts.protected)?;
        let headers = Headers::read(parts.protected).map_err(refuse)?;
        if headers.algorithm != Some(ALG_EDDSA) {
            return Err(malformed(WHAT, "its algorithm is not EdDSA"));
        }
        let missing = |what: &str| malformed(WHAT, format!("it does not say {what}"));
        let receipts = receipts(parts.unprotected).map_err(refuse)?;
        Ok(Self {
            issuer: headers.issuer.ok_or_else(|| missing("who states it"))?,
            subject: headers.subject.ok_or_else(|| missing("about what it is"))?,
            content_type: headers.content_type.unwrap_or_default(),
            issued_at: headers.issued_at,
            author: headers.key.ok_or_else(|| missing("whose key signed it"))?,
            payload: payload.to_vec(),
            receipts,
            protected: parts.protected.to_vec(),
            signature: parts.signature,
        })
    }

    /// Its bytes as they are registered: without receipts.
    pub fn registered(&self) -> Vec<u8> {
        self.with(&[])
    }

    /// The leaf of the log that it is.
    pub fn leaf(&self) -> Hash {
        leaf_hash(&self.registered())
    }

    /// Its bytes with these receipts: a transparent statement (RFC 9943, section 7).
    pub fn with(&self, receipts: &[Vec<u8>]) -> Vec<u8> {
        cbor::encode(|e| {
            e.tag(TAG_SIGN1)?.array(4)?.bytes(&self.protected)?;
            if receipts.is_empty() {
                e.map(0)?;
            } else {
                e.map(1)?
                    .i64(LABEL_RECEIPTS)?
                    .array(receipts.len() as u64)?;
                for receipt in receipts {
                    e.bytes(receipt)?;
                }
            }
            e.bytes(&self.payload)?.bytes(&self.signature)?.ok()
        })
    }

    /// Checks that the key it names signed exactly these words. Whose key that is, is another
    /// question.
    ///
    /// # Errors
    /// [`Error::Signature`].
    pub fn check_signature(&self) -> Result<()> {
        let refused = || Error::Signature {
            what: "statement",
            signer: format!("author key {}", Hash(self.author)),
        };
        let key = VerifyingKey::from_bytes(&self.author).map_err(|_| refused())?;
        let signature = Signature::from_bytes(&self.signature);
        key.verify_strict(&to_be_signed(&self.protected, &self.payload), &signature)
            .map_err(|_| refused())
    }
}

/// What a log says of itself and of the statement in a receipt. RFC 9943, section 6, asks for who and
/// what in every receipt, as it does in every statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipting<'a> {
    /// The log, as a URI.
    pub issuer: &'a str,
    /// The subject of the registered statement, as the statement itself names it.
    pub subject: &'a str,
    /// When, in seconds since 1970.
    pub issued_at: i64,
}

/// A receipt taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementReceipt {
    /// The key it names as the log's.
    pub log: [u8; 32],
    /// Which log gave it, by its own words.
    pub issuer: String,
    /// The subject of the statement it was given for.
    pub subject: String,
    /// When it was given, in seconds since 1970, where it says so.
    pub issued_at: Option<i64>,
    /// That the statement stands in the log. Its path is bound by the log's signature over the root;
    /// its index and size are not: other pairs may lead the same path to the same root (RFC 9162,
    /// section 2.1.3.2), so nobody should be told them as if they were verified.
    pub proof: InclusionProof,
    protected: Vec<u8>,
    signature: [u8; 64],
}

impl StatementReceipt {
    /// Gives a receipt for the leaf at a place of a log (RFC 9942, section 5).
    ///
    /// # Errors
    /// [`Error::Proof`] where the log has no such leaf.
    pub(crate) fn give(
        log: &SigningKey,
        leaves: &[Hash],
        index: u64,
        said: &Receipting<'_>,
    ) -> Result<Vec<u8>> {
        let proof = InclusionProof::of(index, leaves)?;
        let root = crate::merkle::root_of(leaves);
        let protected = cbor::encode(|e| {
            e.map(4)?.i64(LABEL_ALG)?.i64(ALG_EDDSA)?;
            e.i64(LABEL_KID)?.bytes(log.verifying_key().as_bytes())?;
            e.i64(LABEL_CWT_CLAIMS)?.map(3)?;
            e.i64(CLAIM_ISS)?.str(said.issuer)?;
            e.i64(CLAIM_SUB)?.str(said.subject)?;
            e.i64(CLAIM_IAT)?.i64(said.issued_at)?;
            e.i64(LABEL_VDS)?.i64(VDS_RFC9162_SHA256)?.ok()
        });
        let proof = cbor::encode(|e| {
            e.array(3)?.u64(proof.size)?.u64(proof.index)?;
            e.array(proof.path.len() as u64)?;
            for step in &proof.path {
                e.bytes(&step.0)?;
            }
            Ok(())
        });
        // The root is signed and not sent: whoever verifies works it out.
        let signature = log.sign(&to_be_signed(&protected, &root.0)).to_bytes();
        Ok(cbor::encode(|e| {
            e.tag(TAG_SIGN1)?.array(4)?.bytes(&protected)?;
            e.map(1)?.i64(LABEL_VDP)?.map(1)?.i64(VDP_INCLUSION)?;
            e.array(1)?.bytes(&proof)?;
            e.null()?.bytes(&signature)?.ok()
        }))
    }

    /// Takes a receipt apart.
    ///
    /// # Errors
    /// [`Error::Malformed`] says what is not as it must be.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        const WHAT: &str = "receipt";
        cbor::check_deterministic(bytes)?;
        let refuse = |error: minicbor::decode::Error| malformed(WHAT, error.to_string());
        let mut decoder = Decoder::new(bytes);
        let parts = sign1(&mut decoder, bytes.len()).map_err(refuse)?;
        if parts.payload.is_some() {
            return Err(malformed(WHAT, "it brings a root of its own"));
        }
        cbor::check_deterministic(parts.protected)?;
        let headers = Headers::read(parts.protected).map_err(refuse)?;
        if headers.algorithm != Some(ALG_EDDSA) {
            return Err(malformed(WHAT, "its algorithm is not EdDSA"));
        }
        if headers.structure != Some(VDS_RFC9162_SHA256) {
            return Err(malformed(WHAT, "its log is not a tree of RFC 9162"));
        }
        let proof = inclusion(parts.unprotected).map_err(refuse)?;
        let missing = |what: &str| malformed(WHAT, format!("it does not say {what}"));
        Ok(Self {
            log: headers.key.ok_or_else(|| missing("whose key signed it"))?,
            issuer: headers.issuer.ok_or_else(|| missing("which log gave it"))?,
            subject: headers
                .subject
                .ok_or_else(|| missing("about what the statement is"))?,
            issued_at: headers.issued_at,
            proof,
            protected: parts.protected.to_vec(),
            signature: parts.signature,
        })
    }

    /// Checks that the log it names signed a tree that has this statement at this place.
    ///
    /// # Errors
    /// [`Error::Malformed`] where it names another subject than the statement; [`Error::Proof`] where
    /// the proof leads to no root; [`Error::Signature`] where the log signed another one: the words
    /// are others, or the receipt is another's.
    pub fn check(&self, statement: &Statement) -> Result<()> {
        if self.subject != statement.subject {
            return Err(malformed(
                "receipt",
                "it is for a statement about something else",
            ));
        }
        let root = self.proof.root_from(&statement.leaf())?;
        let refused = || Error::Signature {
            what: "receipt",
            signer: format!("log {}", Hash(self.log)),
        };
        let key = VerifyingKey::from_bytes(&self.log).map_err(|_| refused())?;
        let signature = Signature::from_bytes(&self.signature);
        key.verify_strict(&to_be_signed(&self.protected, &root.0), &signature)
            .map_err(|_| refused())
    }
}

struct Parts<'b> {
    protected: &'b [u8],
    unprotected: &'b [u8],
    payload: Option<&'b [u8]>,
    signature: [u8; 64],
}

type Decoded<T> = std::result::Result<T, minicbor::decode::Error>;

fn wrong(why: &'static str) -> minicbor::decode::Error {
    minicbor::decode::Error::message(why)
}

fn sign1<'b>(decoder: &mut Decoder<'b>, length: usize) -> Decoded<Parts<'b>> {
    if decoder.tag()? != TAG_SIGN1 {
        return Err(wrong("it is not tagged 18 (COSE_Sign1)"));
    }
    cbor::array_of(decoder, 4)?;
    let protected = decoder.bytes()?;
    let begins = decoder.position();
    decoder.skip()?;
    let unprotected = &decoder.input()[begins..decoder.position()];
    let payload = match decoder.datatype()? {
        Type::Null => {
            decoder.null()?;
            None
        }
        _ => Some(decoder.bytes()?),
    };
    let signature = cbor::bytes_of(decoder)?;
    if decoder.position() != length {
        return Err(wrong("bytes follow it"));
    }
    Ok(Parts {
        protected,
        unprotected,
        payload,
        signature,
    })
}

#[derive(Default)]
struct Headers {
    algorithm: Option<i64>,
    content_type: Option<String>,
    key: Option<[u8; 32]>,
    structure: Option<i64>,
    issuer: Option<String>,
    subject: Option<String>,
    issued_at: Option<i64>,
}

impl Headers {
    /// Reads the headers we know; others are passed over unless marked critical.
    fn read(bytes: &[u8]) -> Decoded<Self> {
        let mut decoder = Decoder::new(bytes);
        let mut headers = Self::default();
        for _ in 0..cbor::map_length(&mut decoder)? {
            if decoder.datatype()? == Type::String {
                decoder.skip()?;
                decoder.skip()?;
                continue;
            }
            match decoder.i64()? {
                LABEL_ALG => headers.algorithm = Some(decoder.i64()?),
                2 => return Err(wrong("it has headers marked critical")),
                LABEL_CONTENT_TYPE => headers.content_type = Some(decoder.str()?.to_owned()),
                LABEL_KID => headers.key = Some(cbor::bytes_of(&mut decoder)?),
                LABEL_VDS => headers.structure = Some(decoder.i64()?),
                LABEL_CWT_CLAIMS => headers.claims(&mut decoder)?,
                _ => decoder.skip()?,
            }
        }
        Ok(headers)
    }

    fn claims(&mut self, decoder: &mut Decoder<'_>) -> Decoded<()> {
        for _ in 0..cbor::map_length(decoder)? {
            if decoder.datatype()? == Type::String {
                decoder.skip()?;
                decoder.skip()?;
                continue;
            }
            match decoder.i64()? {
                CLAIM_ISS => self.issuer = Some(decoder.str()?.to_owned()),
                CLAIM_SUB => self.subject = Some(decoder.str()?.to_owned()),
                CLAIM_IAT => self.issued_at = Some(decoder.i64()?),
                _ => decoder.skip()?,
            }
        }
        Ok(())
    }
}

/// The entry of a header map that has one entry only.
fn only_entry(bytes: &[u8], label: i64) -> Decoded<Option<Decoder<'_>>> {
    let mut decoder = Decoder::new(bytes);
    match cbor::map_length(&mut decoder)? {
        0 => return Ok(None),
        1 => {}
        _ => return Err(wrong("it has unprotected headers that nobody signed")),
    }
    if decoder.i64()? != label {
        return Err(wrong("it has an unprotected header that nobody signed"));
    }
    Ok(Some(decoder))
}

fn receipts(unprotected: &[u8]) -> Decoded<Vec<Vec<u8>>> {
    let Some(mut decoder) = only_entry(unprotected, LABEL_RECEIPTS)? else {
        return Ok(Vec::new());
    };
    let number = decoder.array()?.filter(|number| *number <= RECEIPTS_MAX);
    let number = number.ok_or_else(|| wrong("it carries too many receipts"))?;
    (0..number)
        .map(|_| decoder.bytes().map(<[u8]>::to_vec))
        .collect()
}

fn inclusion(unprotected: &[u8]) -> Decoded<InclusionProof> {
    let none = || wrong("it has no inclusion proof");
    let mut decoder = only_entry(unprotected, LABEL_VDP)?.ok_or_else(none)?;
    if cbor::map_length(&mut decoder)? != 1 || decoder.i64()? != VDP_INCLUSION {
        return Err(none());
    }
    cbor::array_of(&mut decoder, 1)?;
    let proof = decoder.bytes()?;
    cbor::check_deterministic(proof)
        .map_err(|_| wrong("its inclusion proof is not deterministic"))?;
    let mut decoder = Decoder::new(proof);
    cbor::array_of(&mut decoder, 3)?;
    let (size, index) = (decoder.u64()?, decoder.u64()?);
    let steps = decoder.array()?.filter(|steps| *steps <= PATH_MAX);
    let steps = steps.ok_or_else(|| wrong("its inclusion proof has no end"))?;
    let path = (0..steps)
        .map(|_| cbor::bytes_of(&mut decoder).map(Hash))
        .collect::<Decoded<_>>()?;
    if decoder.position() != decoder.input().len() {
        return Err(wrong("bytes follow its inclusion proof"));
    }
    Ok(InclusionProof { index, size, path })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stating(payload: &[u8]) -> Stating<'_> {
        Stating {
            issuer: "urn:akey:demo",
            subject: "urn:uuid:1",
            content_type: "application/json",
            issued_at: 1_632_319_200,
            payload,
        }
    }

    fn log() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }

    fn said() -> Receipting<'static> {
        Receipting {
            issuer: "urn:akey:demo:log",
            subject: "urn:uuid:1",
            issued_at: 5,
        }
    }

    /// A log of so many statements and the transparent form of one of them.
    fn registered(number: usize, of: usize) -> Vec<u8> {
        let key = AuthorKey::of_secret(&[1; 32]);
        let statements: Vec<_> = (0..of)
            .map(|number| key.sign(&stating(format!("words {number}").as_bytes())))
            .collect();
        let leaves: Vec<_> = statements.iter().map(|bytes| leaf_hash(bytes)).collect();
        let receipt = StatementReceipt::give(&log(), &leaves, number as u64, &said()).unwrap();
        Statement::read(&statements[number])
            .unwrap()
            .with(&[receipt])
    }

    fn verify(bytes: &[u8]) -> Result<()> {
        let statement = Statement::read(bytes)?;
        statement.check_signature()?;
        assert!(!statement.receipts.is_empty());
        for receipt in &statement.receipts {
            StatementReceipt::read(receipt)?.check(&statement)?;
        }
        Ok(())
    }

    /// All of it that signatures bind: everything but the place that a proof tells.
    fn signed(bytes: &[u8]) -> (Statement, Vec<StatementReceipt>) {
        let mut statement = Statement::read(bytes).unwrap();
        let receipts = std::mem::take(&mut statement.receipts);
        let receipts = receipts.iter().map(|receipt| {
            let mut receipt = StatementReceipt::read(receipt).unwrap();
            (receipt.proof.index, receipt.proof.size) = (0, 0);
            receipt
        });
        let receipts = receipts.collect();
        (statement, receipts)
    }

    /// Why no place is told to those who verify.
    #[test]
    fn the_place_in_the_log_is_not_bound_by_a_receipt_and_all_else_is() {
        let genuine = registered(1, 6);
        let proof = [0x83, 6, 1];
        let place = genuine.windows(3).position(|bytes| bytes == proof).unwrap();
        let mut other = genuine.clone();
        other[place + 1] = 7;
        verify(&other).unwrap();
        assert_eq!(signed(&other), signed(&genuine));
    }

    #[test]
    fn a_proof_is_written_in_one_way_only() {
        let statement = Statement::read(&registered(1, 6)).unwrap();
        let receipt = &statement.receipts[0];
        let place = receipt.windows(3).position(|bytes| bytes == [0x83, 6, 1]);
        let place = place.unwrap();
        // The index 1 as two bytes, in a byte string that is one longer.
        let mut longer = receipt.clone();
        longer[place - 1] += 1;
        longer.splice(place + 2..=place + 2, [0x18, 1]);
        assert!(StatementReceipt::read(&longer).is_err());
    }

    #[test]
    fn a_statement_is_read_back_and_its_registered_form_is_what_was_signed() {
        let key = AuthorKey::of_secret(&[1; 32]);
        let bytes = key.sign(&stating(b"words"));
        let statement = Statement::read(&bytes).unwrap();
        assert_eq!(statement.registered(), bytes);
        assert_eq!(statement.author, key.public());
        assert_eq!(
            (statement.issuer.as_str(), statement.payload.as_slice()),
            ("urn:akey:demo", &b"words"[..])
        );
        statement.check_signature().unwrap();
        // The log's own key gives no statement its author.
        assert_ne!(AuthorKey::of_secret(&[2; 32]).public(), key.public());
    }

    #[test]
    fn what_we_sign_is_read_by_another_library() {
        use coset::{CborSerializable as _, TaggedCborSerializable as _};
        let bytes = registered(2, 5);
        let sign1 = coset::CoseSign1::from_tagged_slice(&bytes).unwrap();
        assert_eq!(sign1.payload.as_deref(), Some(&b"words 2"[..]));
        let statement = Statement::read(&bytes).unwrap();
        let key = VerifyingKey::from_bytes(&statement.author).unwrap();
        sign1
            .verify_signature(&[], |signature, data| {
                key.verify_strict(data, &Signature::from_slice(signature).unwrap())
            })
            .unwrap();
        let receipt = coset::CoseSign1::from_tagged_slice(&statement.receipts[0]).unwrap();
        assert!(receipt.payload.is_none());
        assert!(receipt.protected.header.clone().to_vec().is_ok());
    }

    #[test]
    fn a_receipt_of_another_statement_or_log_is_worth_nothing() {
        let (one, other) = (registered(0, 4), registered(1, 4));
        let (one, other) = (
            Statement::read(&one).unwrap(),
            Statement::read(&other).unwrap(),
        );
        assert!(verify(&one.with(&one.receipts)).is_ok());
        assert!(matches!(
            verify(&one.with(&other.receipts)),
            Err(Error::Signature {
                what: "receipt",
                ..
            })
        ));
        let leaves = [one.leaf()];
        let forged =
            StatementReceipt::give(&SigningKey::from_bytes(&[8; 32]), &leaves, 0, &said()).unwrap();
        let receipt = StatementReceipt::read(&forged).unwrap();
        // It holds together, and names another log.
        receipt.check(&one).unwrap();
        assert_ne!(receipt.log, log().verifying_key().to_bytes());
    }

    #[test]
    fn a_receipt_says_which_log_gave_it_and_about_what_the_statement_is() {
        let statement = Statement::read(&registered(1, 3)).unwrap();
        let receipt = StatementReceipt::read(&statement.receipts[0]).unwrap();
        assert_eq!(
            (receipt.issuer.as_str(), receipt.issued_at),
            ("urn:akey:demo:log", Some(5))
        );
        assert_eq!(receipt.subject, statement.subject);
        let other = Receipting {
            subject: "urn:uuid:2",
            ..said()
        };
        let other = StatementReceipt::give(&log(), &[statement.leaf()], 0, &other).unwrap();
        let refused = StatementReceipt::read(&other).unwrap().check(&statement);
        assert!(
            matches!(refused, Err(Error::Malformed { .. })),
            "{refused:?}"
        );
    }

    proptest! {
        #[test]
        fn every_place_of_every_log_is_proved(of in 1_usize..40, number in 0_usize..40) {
            verify(&registered(number % of, of)).unwrap();
        }

        #[test]
        fn one_flipped_bit_is_refused(place in any::<prop::sample::Index>(), bit in 0_u8..8) {
            let mut bytes = registered(1, 6);
            let place = place.index(bytes.len());
            bytes[place] ^= 1 << bit;
            let genuine = registered(1, 6);
            prop_assert!(
                verify(&bytes).is_err() || signed(&bytes) == signed(&genuine),
                "byte {place}, bit {bit}"
            );
        }

        #[test]
        fn what_is_cut_off_is_refused(length in any::<prop::sample::Index>()) {
            let bytes = registered(1, 6);
            let length = length.index(bytes.len());
            prop_assert!(Statement::read(&bytes[..length]).is_err());
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = Statement::read(&bytes);
            let _ = StatementReceipt::read(&bytes);
        }
    }
}
