//! The operation root key: made once, kept offline, the only one who can admit nodes.
//!
//! It must never lie on a node in clear; it leaves memory only inside a passphrase-encrypted
//! text that can be printed and typed in again.

use std::fmt;
use std::fmt::Write as _;

use ed25519_dalek::SigningKey;
use minicbor::Decoder;
use minicbor::decode::Error as DecodeError;
use zeroize::Zeroizing;

use crate::cbor;
use crate::entropy::Entropy;
use crate::error::{Error, Result, malformed};
use crate::identity::{NodeId, OperationId, SiteId, from_hex, hex};
use crate::merkle::sha256;
use crate::passphrase::{Passphrase, PassphraseCost, PassphraseLock};
use crate::sealing::{RolePublicKey, SealingSecret, fresh_key};
use crate::sign1::{self, Purpose};
use crate::signature::SignerKey;

const CONTEXT: &[u8] = b"akey root key by passphrase 1";
const VERSION: u32 = 1;
/// Bytes shown on one line of the exported text.
const LINE_BYTES: usize = 16;
/// How messages name it.
const THE_ROOT: &str = "the operation root";

/// The X25519 public key of the root, to which a node may seal its database key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecoveryKey(pub [u8; 32]);

impl RecoveryKey {
    /// Seals a few bytes, a key, so that the root key opens them and nothing else does.
    ///
    /// # Errors
    /// When nothing can be sealed to this key.
    pub fn seal(&self, context: &[u8], secret: &[u8], entropy: &dyn Entropy) -> Result<Vec<u8>> {
        RolePublicKey(self.0).seal(context, secret, entropy)
    }
}

/// The root key with its secrets, wiped when dropped.
pub struct RootKey {
    operation: OperationId,
    signing: SigningKey,
    recovery: SealingSecret,
}

impl fmt::Debug for RootKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RootKey({})", self.operation)
    }
}

impl RootKey {
    /// A fresh root key for a new operation.
    pub fn generate(operation: OperationId, entropy: &dyn Entropy) -> Self {
        let signing = SigningKey::from_bytes(&fresh_key(entropy));
        Self {
            operation,
            signing,
            recovery: SealingSecret::generate(entropy),
        }
    }

    /// The public half, which every node knows.
    pub fn public(&self) -> RootPublic {
        RootPublic {
            operation: self.operation,
            signing: self.signing.verifying_key().to_bytes(),
            recovery: RecoveryKey(self.recovery.public().0),
        }
    }

    /// Opens what [`RecoveryKey::seal`] sealed; `None` when it was sealed to another key, for another
    /// context, or was changed.
    pub fn open(&self, context: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        self.recovery.open(context, sealed)
    }

    pub(crate) const fn recovery(&self) -> &SealingSecret {
        &self.recovery
    }

    /// The key as text, encrypted with a passphrase of its own, to be kept offline: a file on a
    /// stick or a printed page. Every line carries a check, so that a typing mistake is named.
    pub fn export(
        &self,
        passphrase: &Passphrase,
        cost: PassphraseCost,
        entropy: &dyn Entropy,
    ) -> Result<String> {
        let mut secret = Zeroizing::new([0; 64]);
        secret[..32].copy_from_slice(self.signing.as_bytes());
        secret[32..].copy_from_slice(self.recovery.to_bytes().as_slice());
        let lock = PassphraseLock::close(passphrase, cost, CONTEXT, secret.as_slice(), entropy)?;
        let bytes = cbor::encode(|e| {
            e.array(3)?.u32(VERSION)?.bytes(&self.operation.0)?;
            lock.encode(e)
        });
        let mut text = format!("AKÈY ROOT KEY of operation {}\n", self.operation);
        text.push_str("Keep offline. It opens with its passphrase only.\n\n");
        for (index, line) in bytes.chunks(LINE_BYTES).enumerate() {
            let number = index + 1;
            let groups: Vec<String> = line.chunks(2).map(hex).collect();
            let check = line_check(number, line);
            writeln!(text, "{number:02}: {} = {check}", groups.join(" "))
                .expect("writing to a string does not fail");
        }
        Ok(text)
    }

    /// Reads what [`RootKey::export`] wrote, from a file or as typed in from paper.
    pub fn import(text: &str, passphrase: &Passphrase) -> Result<Self> {
        let bytes = lines(text)?;
        cbor::check_deterministic(&bytes)?;
        let (operation, lock) =
            decode(&bytes).map_err(|error| malformed("root key", error.to_string()))?;
        let wrong = || Error::WrongPassphrase("the root key".to_owned());
        let secret = lock.open(passphrase, CONTEXT)?.ok_or_else(wrong)?;
        let (signing, rest) = secret.split_first_chunk::<32>().ok_or_else(wrong)?;
        let recovery = rest.first_chunk::<32>().ok_or_else(wrong)?;
        Ok(Self {
            operation,
            signing: SigningKey::from_bytes(signing),
            recovery: SealingSecret::from_bytes(recovery),
        })
    }

    /// Signs that a node belongs to the operation. Gives the certificate's bytes.
    pub fn admit(&self, admission: &Admission) -> Vec<u8> {
        admission.sign(&self.signing)
    }

    /// Signs a payload as the root of the operation.
    pub(crate) fn sign(&self, purpose: Purpose, payload: &[u8]) -> Vec<u8> {
        sign1::sign(purpose, &self.signing, payload)
    }

    /// Signs that a new node stands in for one whose log ended. Gives the certificate's bytes.
    pub fn claim(&self, claim: &Claim) -> Vec<u8> {
        let payload = cbor::encode(|e| {
            e.map(5)?
                .u8(1)?
                .bytes(&claim.operation.0)?
                .u8(2)?
                .bytes(&claim.old.0)?;
            e.u8(3)?
                .u64(claim.last)?
                .u8(4)?
                .bytes(&claim.new.0)?
                .u8(5)?
                .u64(claim.at_ms)?
                .ok()
        });
        sign1::sign(Purpose::Claim, &self.signing, &payload)
    }
}

/// Four digits that change when a digit of the line, or its number, is mistyped.
fn line_check(number: usize, line: &[u8]) -> String {
    let number = u8::try_from(number).unwrap_or(u8::MAX);
    hex(&sha256(&[&[number], line].concat()).0[..2])
}

/// The bytes on the numbered lines; everything else is for people.
fn lines(text: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut expected = 1;
    for line in text.lines() {
        let Some((number, rest)) = line.trim().split_once(':') else {
            continue;
        };
        let Ok(number) = number.trim().parse::<usize>() else {
            continue;
        };
        let wrong = || malformed("root key", format!("line {number:02} has a typing mistake"));
        if number != expected {
            return Err(malformed(
                "root key",
                format!("line {expected:02} is missing"),
            ));
        }
        let (digits, check) = rest.split_once('=').ok_or_else(wrong)?;
        let start = bytes.len();
        for group in digits.split_whitespace() {
            match group.len() {
                4 => bytes.extend(from_hex::<2>(group).ok_or_else(wrong)?),
                _ => bytes.extend(from_hex::<1>(group).ok_or_else(wrong)?),
            }
        }
        if !line_check(number, &bytes[start..]).eq_ignore_ascii_case(check.trim()) {
            return Err(wrong());
        }
        expected += 1;
    }
    Ok(bytes)
}

fn decode(bytes: &[u8]) -> Result<(OperationId, PassphraseLock), DecodeError> {
    let mut decoder = Decoder::new(bytes);
    cbor::array_of(&mut decoder, 3)?;
    if decoder.u32()? != VERSION {
        return Err(DecodeError::message("it is of a newer version"));
    }
    Ok((
        OperationId(cbor::bytes_of(&mut decoder)?),
        PassphraseLock::decode(&mut decoder)?,
    ))
}

/// What every node knows of the root key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RootPublic {
    /// The operation it founds.
    pub operation: OperationId,
    /// Ed25519 verifying key.
    pub signing: [u8; 32],
    /// X25519 key for the recovery of database keys.
    pub recovery: RecoveryKey,
}

/// "This node belongs to the operation, at this site, from this time on."
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admission {
    /// The operation.
    pub operation: OperationId,
    /// The node admitted.
    pub node: NodeId,
    /// Its site.
    pub site: SiteId,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
}

impl Admission {
    /// Signs it, by the root key or by the key of an invitation.
    pub(crate) fn sign(&self, key: &SigningKey) -> Vec<u8> {
        let payload = cbor::encode(|e| {
            e.map(4)?.u8(1)?.bytes(&self.operation.0)?;
            e.u8(2)?.bytes(&self.node.0)?.u8(3)?.bytes(&self.site.0)?;
            e.u8(4)?.u64(self.at_ms)?.ok()
        });
        sign1::sign(Purpose::Admission, key, &payload)
    }

    /// Reads an admission and checks that this key signed it.
    pub(crate) fn verify(bytes: &[u8], key: &[u8; 32], signer: &str) -> Result<Self> {
        Self::of_payload(verified(Purpose::Admission, bytes, key, signer)?)
    }

    /// Reads an admission whose signature was checked before.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self> {
        Self::of_payload(sign1::open(Purpose::Admission, bytes)?.0.payload)
    }

    fn of_payload(payload: &[u8]) -> Result<Self> {
        decode_admission(payload)
            .map_err(|error| malformed("admission certificate", error.to_string()))
    }
}

/// "The log of `old` ends at `last`; `new` takes over its rights and stock." (G9)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The operation.
    pub operation: OperationId,
    /// The node that is no more.
    pub old: NodeId,
    /// The last position of its log that the restored copy holds; 0 for an empty log.
    pub last: u64,
    /// The node that stands in.
    pub new: NodeId,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
}

impl RootPublic {
    /// Reads an admission certificate and checks that this root signed it for this operation.
    pub fn verify_admission(&self, bytes: &[u8]) -> Result<Admission> {
        let admission = Admission::verify(bytes, &self.signing, THE_ROOT)?;
        self.check_operation(Purpose::Admission, admission.operation)?;
        Ok(admission)
    }

    /// Reads a claim certificate and checks that this root signed it for this operation.
    pub fn verify_claim(&self, bytes: &[u8]) -> Result<Claim> {
        let payload = self.verified(Purpose::Claim, bytes)?;
        let claim = decode_claim(payload)
            .map_err(|error| malformed("claim certificate", error.to_string()))?;
        self.check_operation(Purpose::Claim, claim.operation)?;
        Ok(claim)
    }

    /// The payload of what this root signed for a purpose.
    pub(crate) fn verified<'b>(&self, purpose: Purpose, bytes: &'b [u8]) -> Result<&'b [u8]> {
        verified(purpose, bytes, &self.signing, THE_ROOT)
    }

    pub(crate) fn check_operation(&self, purpose: Purpose, operation: OperationId) -> Result<()> {
        if operation == self.operation {
            return Ok(());
        }
        Err(malformed(purpose.noun(), "it is of another operation"))
    }
}

/// The payload of what this key signed for a purpose.
fn verified<'b>(purpose: Purpose, bytes: &'b [u8], by: &[u8; 32], name: &str) -> Result<&'b [u8]> {
    let refused = || Error::Signature {
        what: purpose.noun(),
        signer: name.to_owned(),
    };
    let (message, signer) = sign1::open(purpose, bytes)?;
    let key = SignerKey::from_bytes(*by).ok_or_else(refused)?;
    if signer.0 == *by && message.is_signed_by(&key) {
        Ok(message.payload)
    } else {
        Err(refused())
    }
}

fn decode_admission(payload: &[u8]) -> Result<Admission, DecodeError> {
    let mut decoder = Decoder::new(payload);
    let d = &mut decoder;
    let (mut operation, mut node, mut site, mut at_ms) = (None, None, None, None);
    for _ in 0..cbor::map_length(d)? {
        match d.u64()? {
            1 => operation = Some(OperationId(cbor::bytes_of(d)?)),
            2 => node = Some(NodeId(cbor::bytes_of(d)?)),
            3 => site = Some(SiteId(cbor::bytes_of(d)?)),
            4 => at_ms = Some(d.u64()?),
            _ => d.skip()?,
        }
    }
    let missing = || DecodeError::message("an entry is missing");
    Ok(Admission {
        operation: operation.ok_or_else(missing)?,
        node: node.ok_or_else(missing)?,
        site: site.ok_or_else(missing)?,
        at_ms: at_ms.ok_or_else(missing)?,
    })
}

fn decode_claim(payload: &[u8]) -> Result<Claim, DecodeError> {
    let mut decoder = Decoder::new(payload);
    let d = &mut decoder;
    let (mut operation, mut old, mut last) = (None, None, None);
    let (mut new, mut at_ms) = (None, None);
    for _ in 0..cbor::map_length(d)? {
        match d.u64()? {
            1 => operation = Some(OperationId(cbor::bytes_of(d)?)),
            2 => old = Some(NodeId(cbor::bytes_of(d)?)),
            3 => last = Some(d.u64()?),
            4 => new = Some(NodeId(cbor::bytes_of(d)?)),
            5 => at_ms = Some(d.u64()?),
            _ => d.skip()?,
        }
    }
    let missing = || DecodeError::message("an entry is missing");
    Ok(Claim {
        operation: operation.ok_or_else(missing)?,
        old: old.ok_or_else(missing)?,
        last: last.ok_or_else(missing)?,
        new: new.ok_or_else(missing)?,
        at_ms: at_ms.ok_or_else(missing)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SystemEntropy;

    fn root() -> RootKey {
        RootKey::generate(OperationId([7; 16]), &SystemEntropy)
    }

    fn exported(root: &RootKey, passphrase: &Passphrase) -> String {
        root.export(passphrase, PassphraseCost::TRIVIAL, &SystemEntropy)
            .expect("exports")
    }

    #[test]
    fn a_root_key_comes_back_from_its_text() {
        let (root, passphrase) = (root(), Passphrase::new("kenbe fèm pa lage"));
        let text = exported(&root, &passphrase);
        assert_eq!(
            RootKey::import(&text, &passphrase).expect("opens").public(),
            root.public()
        );
        let typed = text.to_uppercase().replace('\n', "\r\n  ");
        assert_eq!(
            RootKey::import(&typed, &passphrase)
                .expect("opens")
                .public(),
            root.public()
        );
        let wrong = RootKey::import(&text, &Passphrase::new("kenbe fèm"));
        assert!(matches!(wrong, Err(Error::WrongPassphrase(_))));
    }

    #[test]
    fn a_mistyped_or_missing_line_is_named() {
        let passphrase = Passphrase::new("kenbe fèm pa lage");
        let text = exported(&root(), &passphrase);
        let third = text
            .lines()
            .find(|line| line.starts_with("03:"))
            .expect("has three lines");
        let digit = if third.as_bytes()[4] == b'0' {
            "1"
        } else {
            "0"
        };
        let mistyped = text.replace(third, &format!("03: {digit}{}", &third[5..]));
        let error = RootKey::import(&mistyped, &passphrase).expect_err("a wrong digit");
        assert!(
            error.to_string().contains("line 03 has a typing mistake"),
            "{error}"
        );
        let missing = text.replace(third, "");
        let error = RootKey::import(&missing, &passphrase).expect_err("a missing line");
        assert!(error.to_string().contains("line 03 is missing"), "{error}");
    }

    #[test]
    fn certificates_hold_only_as_the_root_signed_them() {
        let root = root();
        let operation = OperationId([7; 16]);
        let admission = Admission {
            operation,
            node: NodeId([1; 32]),
            site: SiteId([2; 16]),
            at_ms: 3,
        };
        let claim = Claim {
            operation,
            old: NodeId([1; 32]),
            last: 9,
            new: NodeId([2; 32]),
            at_ms: 4,
        };
        let (admitted, claimed) = (root.admit(&admission), root.claim(&claim));
        assert_eq!(
            root.public().verify_admission(&admitted).expect("holds"),
            admission
        );
        assert_eq!(root.public().verify_claim(&claimed).expect("holds"), claim);
        assert!(root.public().verify_admission(&claimed).is_err());
        assert!(
            super::tests::root()
                .public()
                .verify_admission(&admitted)
                .is_err()
        );
        for place in 0..admitted.len() {
            let mut altered = admitted.clone();
            altered[place] ^= 4;
            assert!(
                root.public().verify_admission(&altered).is_err(),
                "byte {place}"
            );
        }
        let foreign = Admission {
            operation: OperationId([8; 16]),
            ..admission
        };
        assert!(
            root.public()
                .verify_admission(&root.admit(&foreign))
                .is_err()
        );
    }
}
