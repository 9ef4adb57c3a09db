//! Two real servers of a hub on a real PostgreSQL: set up from the command line, one killed, the other
//! goes on; and no word of the database's password anywhere.

use std::process::Command;

use scratch_postgres::ScratchPostgres;

use crate::browser::{Browser, Form, arrivals};
use crate::site::{Folder, Serving, done, json, refused, text};

const SECRET: &str = "wozo-s3kre";

/// One server: its folder, and the program with the database in its environment.
struct Server {
    folder: Folder,
    store: String,
}

impl Server {
    fn akey(&self, args: &[&str]) -> Command {
        let mut command = self.folder.akey(args);
        command.env("AKEY_STORE", &self.store);
        command
    }

    fn serve(&self) -> Serving {
        Serving::start(self.akey(&["serve", "--listen", "127.0.0.1:0", "--no-neighbours"]))
    }

    fn digest(&self) -> String {
        let checked = json(self.akey(&["verify", "--json"]));
        assert_eq!(checked["clean"], true, "{checked}");
        checked["digest"].to_string()
    }
}

/// The same form with the secret of this session.
fn as_of(clerk: &Browser, form: &Form) -> Form {
    let fresh = clerk.forms("/desk", "/sign-out");
    let csrf = fresh[0].fields.iter().find(|(name, _)| name == "csrf");
    let csrf = csrf.expect("signed in").1.clone();
    let mut form = form.clone();
    for (name, value) in &mut form.fields {
        if name == "csrf" {
            value.clone_from(&csrf);
        }
    }
    form
}

#[test]
fn two_servers_are_set_up_one_is_killed_and_the_other_goes_on() {
    let cluster = ScratchPostgres::start();
    let store = cluster
        .database()
        .replace("akey@", &format!("akey:{SECRET}@"));
    let one = Server {
        folder: Folder::with_demo("2021-09-18"),
        store: store.clone(),
    };
    done(one.akey(&["hub", "move"]));
    // Without its database nothing is served on which nothing could be saved.
    let words = refused(one.folder.akey(&["serve", "--listen", "127.0.0.1:0"]), 1);
    assert!(words.contains("--store URL"), "{words}");

    let backup = one.folder.path("hub.backup");
    let serving_one = one.serve();
    done(one.akey(&["backup", text(&backup)]));
    let two = Server {
        folder: Folder::new(),
        store,
    };
    // The note of a demo: its passphrase, and its clock.
    std::fs::create_dir(two.folder.data()).expect("a folder");
    let note = one.folder.data().join("demo.json");
    std::fs::copy(note, two.folder.data().join("demo.json")).expect("copies");
    done(two.akey(&["hub", "join", text(&backup)]));
    let serving_two = two.serve();

    // One form, sent to both: done once.
    let at_one = Browser::sign_in(&serving_one, "clerk");
    let at_two = Browser::sign_in(&serving_two, "clerk");
    let arrivals = arrivals(&at_one.get("/desk").body);
    let forms: Vec<Form> = arrivals
        .iter()
        .flat_map(|id| at_one.forms(&format!("/arrivals/{id}"), "/give"))
        .take(6)
        .collect();
    assert_eq!(forms.len(), 6);
    for form in &forms[..3] {
        assert_eq!(at_one.send(form).expect("answers").status, 303);
        let again = as_of(&at_two, form);
        assert_eq!(at_two.send(&again).expect("answers").status, 303);
    }
    serving_one.kill();
    for form in &forms[3..] {
        let form = as_of(&at_two, form);
        assert_eq!(at_two.send(&form).expect("answers").status, 303);
    }
    drop(serving_two);
    // The killed one takes in what it missed, and both come to the same.
    assert_eq!(one.digest(), two.digest());
}

#[test]
fn a_database_that_is_down_is_said_in_words_and_its_password_is_not() {
    let one = Server {
        folder: Folder::with_demo("2021-09-18"),
        store: format!("postgres://akey:{SECRET}@127.0.0.1:1/akey"),
    };
    for args in [
        &["hub", "move"][..],
        &["serve", "--listen", "127.0.0.1:0"],
        &["verify"],
    ] {
        let words = refused(one.akey(args), 1);
        assert!(words.contains("does not answer"), "{words}");
        assert!(!words.contains(SECRET), "{words}");
    }
    let words = refused(one.folder.akey(&["hub", "move"]), 2);
    assert!(words.contains("AKEY_STORE"), "{words}");
    let help = done(one.akey(&["serve", "--help"]));
    assert!(!help.contains(SECRET), "{help}");
}
