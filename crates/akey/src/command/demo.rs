//! `akey demo`: makes the example operation if it is not there yet, then serves it.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};

use node::{Node, OffsetClock};
use serde_json::json;

use super::serve::serve;
use crate::cli::{self, Common};
use crate::demo::founding::{PASSPHRASE, PASSWORD, STAFF};
use crate::demo::timetable::{FIRST_DAY, LAST_DAY, Timetable};
use crate::demo::{self};
use crate::failure::Failure;
use crate::output;
use crate::place::{DemoNote, Place};
use crate::progress::Bar;

/// Makes the demo, or takes up the one that is there, and serves it.
pub fn run(common: &Common, asked: &cli::Demo) -> Result<(), Failure> {
    if !(FIRST_DAY..=LAST_DAY).contains(&asked.until) {
        return Err(Failure::Usage(format!(
            "the demo knows the days from {FIRST_DAY} to {LAST_DAY}: choose one of them for --until"
        )));
    }
    let mut place = Place::of_demo(common)?;
    let fits = place
        .demo
        .as_ref()
        .is_some_and(|note| note.until == asked.until && note.made_by == version() && !asked.fresh);
    let node = if fits {
        Some(place.open(&place.passphrase()?)?)
    } else {
        make_room(&place)?;
        make(&mut place, asked)?;
        None
    };
    let landing = Timetable::until(asked.until).visitor;
    if asked.no_serve {
        let value = json!({
            "answer": "demo",
            "folder": place.dir,
            "until": asked.until.to_string(),
            "landing": landing,
            "taken_up": fits,
            "passphrase": PASSPHRASE,
            "password": PASSWORD,
        });
        return output::answer(common.json, &value, || {
            format!(
                "The demo is in {}.\n{}",
                place.dir.display(),
                hints(&place, landing)
            )
        });
    }
    let node = match node {
        Some(node) => node,
        // Opened again, so that its clock runs.
        None => place.open(PASSPHRASE)?,
    };
    serve_demo(&place, node, asked.port, landing)
}

fn make(place: &mut Place, asked: &cli::Demo) -> Result<(), Failure> {
    let bar = Bar::new("Playing the demo");
    let played = demo::play(&place.dir, asked.until, |done, total| bar.set(done, total))?;
    drop(played.node);
    drop(bar);
    place.write_note(DemoNote {
        until: asked.until,
        clock_offset_ms: OffsetClock::showing(played.stop).offset_ms(),
        passphrase: PASSPHRASE.into(),
        password: PASSWORD.into(),
        made_by: version(),
    })
}

/// Empties the folder of an old demo. What is no demo is never touched.
fn make_room(place: &Place) -> Result<(), Failure> {
    let dir = &place.dir;
    let holds_something = fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if !holds_something {
        return Ok(());
    }
    if place.demo.is_none() {
        return Err(Failure::Wrong(format!(
            "{} holds something that is no demo: name an empty folder with --data, nothing was touched",
            dir.display()
        )));
    }
    if std::os::unix::net::UnixStream::connect(place.door()).is_ok() {
        return Err(Failure::Wrong(format!(
            "the demo in {} is running: stop it first, or name another folder with --data",
            dir.display()
        )));
    }
    fs::remove_dir_all(dir).map_err(Failure::file(dir, "remove the old demo"))
}

fn serve_demo(place: &Place, node: Node, port: u16, landing: &str) -> Result<(), Failure> {
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    // The demo is for itself: it calls nobody and answers nobody.
    let alone = peering::Settings {
        listen: None,
        neighbours: false,
    };
    serve(place, node, listen, alone, |url| {
        output::say(&format!(
            "\nAkèy is at {url}   (stop it with Ctrl-C)\n\n{}",
            hints(place, landing)
        ))
    })
}

/// How to sign in and what to try first.
fn hints(place: &Place, landing: &str) -> String {
    let mut lines = vec![format!(
        "Sign in with one of these names, password {PASSWORD}\n"
    )];
    lines.extend(
        STAFF
            .iter()
            .map(|(_, login, name, does)| format!("  {login:<12} {name:<20} {does}")),
    );
    lines.push(format!(
        "\nFlight {landing} has just landed at Port-au-Prince. As clerk: open it on the board, meet\n\
         the next people, register one from the manifest, and give what they are entitled to.\n\
         As information: the situation report.\n\n\
         Beside it, in another terminal:\n  \
         akey verify --data {dir}\n  \
         akey report sitrep --data {dir} --from 2021-09-19 --to 2021-09-23 --format html --out sitrep.html\n\n\
         All people are invented; the sums are published figures (crates/akey/figures).",
        dir = place.dir.display()
    ));
    lines.join("\n")
}

fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
