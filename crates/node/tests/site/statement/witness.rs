//! What somebody else's library says of our statements and receipts: scitt-cose, from PyPI. What it
//! accepts we accept, what we refuse it refuses.
//!
//! `./test` installs it into a folder of Python's and names its interpreter in `AKEY_TEST_PYTHON`; where
//! that is not set, these tests say so and hold what can be held without.

use std::io::Write as _;
use std::process::{Command as Program, Stdio};

use node::statement::Checked;
use serde_json::Value;

use super::*;

/// Reads lines of a file, an author's key and a log's key, all in hexadecimal; says of each, in JSON,
/// what scitt-cose finds.
const SCITT: &str = r#"
import json, sys
import cbor2, scitt_cose
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

def pem(key):
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

for line in sys.stdin:
    file, author, log = line.split()
    file = bytes.fromhex(file)
    said = scitt_cose.parse_signed_statement(file, public_key_pem=pem(author))
    answer = {"signed": said["signature_verified"], "issuer": said["issuer"], "subject": said["subject"]}
    try:
        parts = cbor2.loads(file).value
        entry = cbor2.dumps(cbor2.CBORTag(18, [parts[0], {}, parts[2], parts[3]]))
        receipts = [
            scitt_cose.verify_receipt(receipt, leaf_entry_hex=entry.hex(), log_public_key_pem=pem(log))
            for receipt in scitt_cose.extract_receipts(file)
        ]
    except Exception as refused:
        receipts = []
        answer["refused"] = type(refused).__name__
    answer["registered"] = bool(receipts) and all(receipt.ok for receipt in receipts)
    answer["receipts"] = [
        {"issuer": r.issuer, "subject": r.subject, "index": r.leaf_index, "size": r.tree_size} for r in receipts
    ]
    print(json.dumps(answer))
"#;

/// One file, with the keys to hold it against.
struct Held {
    what: &'static str,
    file: Vec<u8>,
    author: String,
    log: String,
}

impl Held {
    fn ours(&self) -> Checked {
        check(&self.file, Some(&self.author), Some(&self.log))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// What scitt-cose says of each; none where it is not installed.
fn theirs(held: &[Held]) -> Option<Vec<Value>> {
    let Some(interpreter) = std::env::var_os("AKEY_TEST_PYTHON") else {
        println!("not checked: AKEY_TEST_PYTHON names no Python with scitt-cose");
        return None;
    };
    let mut child = Program::new(interpreter)
        .args(["-c", SCITT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("AKEY_TEST_PYTHON is a Python");
    let mut stdin = child.stdin.take().unwrap();
    for one in held {
        writeln!(stdin, "{} {} {}", hex(&one.file), one.author, one.log).unwrap();
    }
    drop(stdin);
    let said = child.wait_with_output().unwrap();
    assert!(said.status.success());
    let text = String::from_utf8(said.stdout).unwrap();
    let answers: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), held.len());
    Some(answers)
}

/// Five recommendations, with their receipts.
fn files() -> Vec<Vec<u8>> {
    let (mut site, observer) = desk();
    let texts = ["one", "two, with é and ò", "three", "four", "five"];
    let submitted: Vec<_> = texts
        .iter()
        .map(|text| {
            let what = recommendation(&mut site, text);
            submit(&mut site, &observer, PASSWORD, what.clone()).unwrap();
            what.statement
        })
        .collect();
    submitted
        .into_iter()
        .map(|id| site.node.transparent_statement(id).unwrap().unwrap())
        .collect()
}

fn keys(file: &[u8]) -> (String, String) {
    let checked = check(file, None, None);
    (checked.author_key.unwrap(), checked.log_keys[0].clone())
}

#[test]
fn scitt_cose_verifies_every_statement_and_receipt() {
    let held: Vec<_> = files()
        .into_iter()
        .map(|file| {
            let (author, log) = keys(&file);
            Held {
                what: "genuine",
                file,
                author,
                log,
            }
        })
        .collect();
    for one in &held {
        assert!(one.ours().holds(), "{:?}", one.ours());
    }
    let Some(answers) = theirs(&held) else {
        return;
    };
    for (index, (answer, one)) in answers.iter().zip(&held).enumerate() {
        let ours = one.ours();
        assert_eq!(answer["signed"], true, "{answer}");
        assert_eq!(answer["registered"], true, "{answer}");
        assert_eq!(answer["issuer"], ours.issuer.unwrap());
        let subject = ours.subject.unwrap();
        assert_eq!(answer["subject"], subject);
        // What RFC 9943, section 6, asks of every receipt.
        let receipt = &answer["receipts"][0];
        assert_eq!(receipt["subject"], subject);
        let issuer = receipt["issuer"].as_str().unwrap();
        assert!(issuer.ends_with(&one.log), "{issuer}");
        assert_eq!(
            (receipt["index"].as_u64(), receipt["size"].as_u64()),
            (Some(index as u64), Some(5))
        );
    }
}

#[test]
fn what_was_tampered_with_is_refused_by_scitt_cose_and_by_us() {
    let files = files();
    let genuine = &files[1];
    let (author, log) = keys(genuine);
    let statement = Statement::read(genuine).unwrap();
    let other = Statement::read(&files[2]).unwrap();
    let flipped = |needle: &[u8]| {
        let mut file = genuine.clone();
        let found = file.windows(needle.len()).position(|part| part == needle);
        file[found.unwrap()] ^= 1;
        file
    };
    let mut receipt = statement.receipts[0].clone();
    *receipt.last_mut().unwrap() ^= 1;
    let cases = [
        ("another word", flipped(b"two, with")),
        ("another author", flipped(b"urn:akey:")),
        ("another subject", flipped(b"urn:uuid:")),
        ("the receipt's signature", statement.with(&[receipt])),
        ("another's receipt", statement.with(&other.receipts)),
        (
            "a true receipt beside another's",
            statement.with(&[statement.receipts[0].clone(), other.receipts[0].clone()]),
        ),
        ("no receipt", statement.registered()),
        ("cut off", genuine[..genuine.len() - 1].to_vec()),
        ("longer", [genuine.as_slice(), &[0]].concat()),
    ];
    let mut held: Vec<_> = cases
        .into_iter()
        .map(|(what, file)| Held {
            what,
            file,
            author: author.clone(),
            log: log.clone(),
        })
        .collect();
    for (what, author, log) in [("log key", &author, &author), ("author key", &log, &log)] {
        held.push(Held {
            what,
            file: genuine.clone(),
            author: author.clone(),
            log: log.clone(),
        });
    }
    for one in &held {
        assert!(!one.ours().holds(), "{}: {:?}", one.what, one.ours());
        let told = one
            .ours()
            .steps
            .into_iter()
            .find(|step| step.holds == Some(false));
        assert!(!told.unwrap().why.is_empty(), "{}", one.what);
    }
    let Some(answers) = theirs(&held) else {
        return;
    };
    for (answer, one) in answers.iter().zip(&held) {
        let holds = answer["signed"] == true && answer["registered"] == true;
        assert!(!holds, "{}: {answer}", one.what);
    }
}

#[test]
fn a_file_alone_does_not_tell_whose_keys_these_are() {
    let file = &files()[0];
    let checked = check(file, None, None);
    let open: Vec<_> = checked
        .steps
        .iter()
        .filter(|step| step.holds.is_none())
        .map(|step| step.what)
        .collect();
    assert_eq!(
        open,
        ["the key is the author's", "the log is the one named"]
    );
    let (author, log) = keys(file);
    let named = check(file, Some(&author), Some(&log));
    assert!(
        named.steps.iter().all(|step| step.holds == Some(true)),
        "{named:?}"
    );
}

/// A statement is worth what its signed words say: the form around them cannot say otherwise.
#[test]
fn what_is_registered_around_the_words_says_what_the_words_say() {
    let (mut site, observer) = desk();
    let elsewhere = OfficeId(site.id());
    let office = Command::DefineOffice {
        office: elsewhere,
        name: "Policy".into(),
        members: vec![],
        active: true,
    };
    let request = site.request(office);
    site.node.execute(&site.session, request).unwrap();
    let what = recommendation(&mut site, "words");
    submit(&mut site, &observer, PASSWORD, what.clone()).unwrap();
    let file = site.node.transparent_statement(what.statement);
    let file = file.unwrap().unwrap();
    let bytes = Statement::read(&file).unwrap().registered();
    for (advice, offices) in [
        (what.advice, vec![elsewhere]),
        (what.advice, vec![OFFICE, elsewhere]),
        (AdviceId(site.id()), vec![OFFICE]),
    ] {
        let stating = Stating {
            advice,
            statement: StatementId(site.id()),
            kind: StatementKind::Recommendation,
            bytes: bytes.clone(),
            about: None,
            offices,
            due: what.due,
            office: None,
            outcome: None,
            refers_to: None,
            second: None,
        };
        let request = site.request(Command::RegisterStatement(Box::new(stating)));
        let answer = site.node.execute(&observer, request);
        assert!(
            matches!(answer, Err(ExecuteError::Refused(Refusal::StatementForged))),
            "{answer:?}"
        );
    }
}
