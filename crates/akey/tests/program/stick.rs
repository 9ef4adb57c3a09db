//! Two laptops and a stick: real processes that never have a network register people apart and meet
//! through files, in any order, killed in the middle; a copied folder that wrote on is caught.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::browser::{Browser, Form, arrivals};
use crate::site::{Folder, PASSWORD, Serving, done, json, refused, text};

/// The demo's own passphrase: every folder of these tests has it.
const DEMO_PASSPHRASE: &str = "flanbwayan demo 2021";
const BUNDLE_PASSPHRASE: &str = "kenep siwel mango";
const HOME: &str = "Port-au-Prince airport";

impl Folder {
    /// Another laptop of this operation, at the same site: it has the code and has met nobody.
    fn joined(&self) -> Self {
        let root_key = self.data().join("root-key.txt");
        let mut invite = self.akey(&["node", "invite", "--site", HOME, "--json"]);
        invite
            .args(["--everything", "--root-key", text(&root_key)])
            .env("AKEY_ROOT_PASSPHRASE", DEMO_PASSPHRASE);
        let code = json(invite)["code"].as_str().expect("a code").to_owned();
        let laptop = Self::new();
        fs::create_dir(laptop.data()).expect("a folder");
        fs::copy(
            self.data().join("demo.json"),
            laptop.data().join("demo.json"),
        )
        .expect("the demo's clock");
        let mut join = laptop.akey(&["node", "join", &code]);
        join.env("AKEY_PASSPHRASE", DEMO_PASSPHRASE);
        done(join);
        laptop
    }

    fn write(&self, stick: &Folder, name: &str, more: &[&str]) -> PathBuf {
        let file = stick.path(name);
        let mut command = self.akey(&["bundle", "write", text(&file), "--json"]);
        command
            .args(more)
            .env("AKEY_BUNDLE_PASSPHRASE", BUNDLE_PASSPHRASE);
        json(command);
        file
    }

    fn read(&self, file: &std::path::Path) -> Value {
        let mut command = self.akey(&["bundle", "read", text(file), "--json"]);
        command.env("AKEY_BUNDLE_PASSPHRASE", BUNDLE_PASSPHRASE);
        json(command)
    }

    fn enrol(&self, login: &str) {
        let mut enrol = self.akey(&["node", "enrol", login]);
        enrol.env("AKEY_PASSWORD", PASSWORD);
        done(enrol);
    }

    fn digests(&self) -> (Value, Value) {
        let verified = self.verified();
        (
            verified["digest"].clone(),
            verified["public_digest"].clone(),
        )
    }
}

/// Registers whoever waits at this place in the queue, by name.
fn register(serving: &Serving, place: usize, name: &str) {
    let clerk = Browser::sign_in(serving, "clerk");
    let waiting = arrivals(&clerk.get("/desk").body);
    let path = format!("/arrivals/{}", waiting[place]);
    let mut form: Form = clerk
        .forms(&path, "/register")
        .pop()
        .expect("somebody who waits can be registered");
    form.fields
        .retain(|(field, _)| !["given_names", "family_name"].contains(&field.as_str()));
    for (field, value) in [
        ("given_names", name),
        ("family_name", "Demo-Stick"),
        ("sex", "f"),
        ("birth_year", "1990"),
        ("informed", "yes"),
    ] {
        form.fields.push((field.into(), value.into()));
    }
    let answer = clerk.send(&form).expect("the site answers");
    assert_eq!(answer.status, 303, "{}", answer.body);
}

#[test]
fn two_laptops_and_a_site_register_apart_and_meet_through_a_stick() {
    let gate = Folder::with_demo("2021-09-18");
    let stick = Folder::new();
    let laptops = [gate.joined(), gate.joined()];
    for (number, laptop) in laptops.iter().enumerate() {
        gate.read(&laptop.write(&stick, &format!("hello-{number}"), &[]));
    }
    let beginning = gate.write(&stick, "beginning", &[]);
    for laptop in &laptops {
        let read = laptop.read(&beginning);
        assert!(read["events"].as_u64() > Some(100), "{read}");
        laptop.enrol("clerk");
    }
    // Three processes, three people, nobody connected to anybody.
    {
        let serving = [gate.serve(), laptops[0].serve(), laptops[1].serve()];
        for (place, serving) in serving.iter().enumerate() {
            register(serving, place, &format!("Given-{place}"));
        }
        // While they run: the running program writes, and reads.
        let first = laptops[0].write(&stick, "first", &[]);
        gate.read(&first);
        assert_eq!(gate.read(&first)["events"], 0, "twice changes nothing");
    }
    // The second laptop hears of the first only through the gate, and the other way round.
    let second = laptops[1].write(&stick, "second", &["--to", HOME]);
    gate.read(&second);
    let news = gate.write(&stick, "news", &[]);
    for laptop in &laptops {
        let read = laptop.read(&news);
        assert_eq!(read["set_aside"], Value::Array(Vec::new()), "{read}");
    }
    // What each recorded of itself on the way goes round once more.
    for (number, laptop) in laptops.iter().enumerate() {
        gate.read(&laptop.write(&stick, &format!("last-{number}"), &[]));
    }
    let round = gate.write(&stick, "round", &[]);
    for laptop in &laptops {
        laptop.read(&round);
        assert_eq!(laptop.digests(), gate.digests());
    }
    let peers = json(gate.akey(&["peers", "--json"]));
    for peer in peers["peers"].as_array().expect("peers") {
        assert_eq!(
            (&peer["met_by"], &peer["it_has_more"]),
            (&"stick".into(), &0.into())
        );
    }
}

#[test]
fn a_reading_that_is_killed_goes_on_and_bundles_of_three_hops_may_come_in_any_order() {
    let gate = Folder::with_demo("2021-09-18");
    let stick = Folder::new();
    let (carrier, hub) = (gate.joined(), gate.joined());
    for (name, laptop) in [("carrier", &carrier), ("hub", &hub)] {
        gate.read(&laptop.write(&stick, name, &[]));
    }
    let early = gate.write(&stick, "early", &[]);
    let ends = stick.path("ends.json");
    fs::write(&ends, done(gate.akey(&["peers", "--json"]))).expect("space");
    {
        let serving = gate.serve();
        register(&serving, 0, "Given-Late");
    }
    let late = gate.write(&stick, "late", &["--since", text(&ends)]);
    // The later one first: it waits.
    let read = carrier.read(&late);
    assert_eq!(read["events"], 0, "{read}");
    assert!(read["parts_waiting"].as_u64() > Some(0), "{read}");
    // Killed at several moments of the earlier one.
    for wait_ms in [1_500, 2_500, 3_500] {
        let mut reading = carrier.akey(&["bundle", "read", text(&early), "--json"]);
        let mut reading = reading
            .env("AKEY_BUNDLE_PASSPHRASE", BUNDLE_PASSPHRASE)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(std::time::Duration::from_millis(wait_ms));
        let _ = reading.kill();
        reading.wait().expect("it ends");
        carrier.verified();
    }
    let read = carrier.read(&early);
    assert_eq!(read["set_aside"], Value::Array(Vec::new()), "{read}");
    // From hand to hand: the hub never sees a file of the gate.
    hub.read(&carrier.write(&stick, "onwards", &[]));
    carrier.read(&hub.write(&stick, "answer", &[]));
    gate.read(&carrier.write(&stick, "back", &[]));
    let hand_on = gate.write(&stick, "hand-on", &[]);
    carrier.read(&hand_on);
    hub.read(&hand_on);
    assert_eq!(hub.digests(), gate.digests());
    assert_eq!(carrier.digests(), gate.digests());
}

#[test]
fn a_copied_folder_that_wrote_on_is_caught_through_a_stick() {
    let gate = Folder::with_demo("2021-09-18");
    let stick = Folder::new();
    let hub = gate.joined();
    gate.read(&hub.write(&stick, "hello", &[]));
    hub.read(&gate.write(&stick, "beginning", &[]));
    let copy = gate.copy();
    for (folder, name) in [(&gate, "Given-One"), (&copy, "Given-Two")] {
        let serving = folder.serve();
        register(&serving, 0, name);
    }
    hub.read(&gate.write(&stick, "one", &[]));
    let read = hub.read(&copy.write(&stick, "other", &[]));
    assert_eq!(read["forks"].as_array().map(Vec::len), Some(1), "{read}");
    let forks = json(hub.akey(&["peers", "--json"]))["forks"].clone();
    assert_eq!(forks[0]["lines"], 2, "{forks}");
    // What the hub knows of it stops both copies.
    let word = hub.write(&stick, "word", &[]);
    for folder in [&gate, &copy] {
        folder.read(&word);
        let halted = json(folder.akey(&["peers", "--json"]))["halted"].clone();
        assert!(
            halted
                .as_str()
                .is_some_and(|why| why.contains("accept-loss")),
            "{halted}"
        );
    }
}

#[test]
fn what_is_wrong_with_a_bundle_is_said_with_what_to_do() {
    let gate = Folder::with_demo("2021-09-18");
    let stick = Folder::new();
    let file = gate.write(&stick, "bundle", &[]);
    let read = |file: &std::path::Path, passphrase: Option<&str>| {
        let mut command = gate.akey(&["bundle", "read", text(file)]);
        if let Some(passphrase) = passphrase {
            command.env("AKEY_BUNDLE_PASSPHRASE", passphrase);
        }
        command
    };
    let said = refused(read(&file, Some("something else")), 1);
    assert!(said.contains("passphrase does not open it"), "{said}");
    let said = refused(read(&file, None), 2);
    assert!(said.contains("AKEY_BUNDLE_PASSPHRASE"), "{said}");
    let said = refused(read(&stick.path("nothing"), Some(BUNDLE_PASSPHRASE)), 1);
    assert!(
        said.contains("nothing") && said.contains("open the bundle"),
        "{said}"
    );
    let whole = fs::read(&file).expect("it was written");
    let short = stick.path("short");
    fs::write(&short, &whole[..whole.len() / 2]).expect("space");
    let said = refused(read(&short, Some(BUNDLE_PASSPHRASE)), 1);
    assert!(
        said.contains("segment") && said.contains("read it again"),
        "{said}"
    );
    // Over a file that is there, and for nobody.
    let mut again = gate.akey(&["bundle", "write", text(&file)]);
    again.env("AKEY_BUNDLE_PASSPHRASE", BUNDLE_PASSPHRASE);
    assert!(refused(again, 1).contains("nothing was overwritten"));
    assert_eq!(fs::read(&file).expect("it is there"), whole);
    let mut nobody = gate.akey(&["bundle", "write", text(&stick.path("x")), "--to", "Nowhere"]);
    nobody.env("AKEY_BUNDLE_PASSPHRASE", BUNDLE_PASSPHRASE);
    assert!(refused(nobody, 1).contains("akey peers"));
}
