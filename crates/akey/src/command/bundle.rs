//! `akey bundle`: what a stick carries between nodes that have no network.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::peers::{short, waits};
use crate::bundles::{Read, WriteAsked, WriteSince, Written};
use crate::cli::{self, Common};
use crate::control;
use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::secret;
use crate::work::{Answer, Work};

/// Writes one or reads one.
pub fn run(common: &Common, asked: cli::Bundles) -> Result<(), Failure> {
    match asked {
        cli::Bundles::Write(asked) => write(common, &asked),
        cli::Bundles::Read(asked) => read(common, &asked),
    }
}

/// What of `akey peers --json` says where the logs of another node end.
#[derive(Deserialize)]
struct Ends {
    ends: BTreeMap<String, u64>,
}

fn write(common: &Common, asked: &cli::BundleWrite) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let since = match &asked.since {
        None if asked.from_the_beginning => WriteSince::Beginning,
        None => WriteSince::LastHeard,
        Some(file) => {
            let text = fs::read_to_string(file)
                .map_err(Failure::file(file, "read what the other node has"))?;
            let ends: Ends = serde_json::from_str(&text).map_err(|error| {
                Failure::Wrong(format!(
                    "{}: this is not what `akey peers --json` printed at the other node ({error})",
                    file.display()
                ))
            })?;
            WriteSince::Ends(ends.ends.into_iter().collect())
        }
    };
    // Asked for before the passphrase, so that nobody types one in vain.
    let file = absolute(&asked.file)?;
    if file.exists() {
        return Err(Failure::Wrong(format!(
            "{} exists already: choose another name, nothing was overwritten",
            file.display()
        )));
    }
    let passphrase =
        secret::BUNDLE_PASSPHRASE.choose(asked.passphrase.bundle_passphrase_file.as_deref())?;
    let work = Work::WriteBundle(WriteAsked {
        file,
        to: asked.to.clone(),
        since,
        passphrase,
    });
    let Answer::WroteBundle(written) = control::run(&place, work, &[], "Writing the bundle")?
    else {
        unreachable!("work is answered in kind")
    };
    output::answer(common.json, &written, || written_in_words(&written))
}

fn written_in_words(written: &Written) -> String {
    let mut text = format!(
        "{} holds {} events and {} sealed parts in {} bytes, ",
        written.file.display(),
        written.events,
        written.parts,
        written.bytes
    );
    let to: Vec<_> = written.to.iter().map(|node| short(node)).collect();
    match to.as_slice() {
        [] => {
            text.push_str("for whoever belongs to the operation: no other node is known here yet");
        }
        [one] => {
            let _ = write!(text, "for node {one}");
        }
        several => {
            let _ = write!(text, "for nodes {}", several.join(", "));
        }
    }
    text.push_str(
        ".\nIt is an age file: tell the passphrase by another way than the stick goes. There:\n  \
         akey bundle read FILE",
    );
    if written.events == 0 {
        text.push_str(
            "\nThey had everything when they were last heard of; papers are in it all the same.",
        );
    }
    text
}

fn read(common: &Common, asked: &cli::BundleRead) -> Result<(), Failure> {
    let place = Place::of(common)?;
    let file = absolute(&asked.file)?;
    // A wrong name is told before anything is asked for.
    fs::File::open(&file).map_err(Failure::file(&file, "open the bundle"))?;
    let passphrase =
        secret::BUNDLE_PASSPHRASE.get(asked.passphrase.bundle_passphrase_file.as_deref())?;
    let work = Work::ReadBundle { file, passphrase };
    let Answer::ReadBundle(read) = control::run(&place, work, &[], "Reading the bundle")? else {
        unreachable!("work is answered in kind")
    };
    output::answer(common.json, &read, || read_in_words(&read))
}

fn read_in_words(read: &Read) -> String {
    let mut text = format!(
        "Written by node {} at {}: {} new events, {} known.",
        short(&read.writer),
        read.written_at,
        read.events,
        read.known
    );
    if read.resumed {
        text.push_str(" It went on where it had been interrupted.");
    }
    for node in &read.forks {
        let _ = write!(
            text,
            "\nThe log of node {} is not one line: see `akey peers` for what to do.",
            short(node)
        );
    }
    for aside in &read.set_aside {
        let _ = write!(text, "\n{}", waits(aside));
    }
    if read.refused > 0 {
        let _ = write!(
            text,
            "\n{} events found no room among those set aside: read what they wait for, then this again.",
            read.refused
        );
    }
    if read.parts_waiting > 0 {
        let _ = write!(
            text,
            "\n{} sealed parts wait for their events.",
            read.parts_waiting
        );
    }
    if read.parts_carried > 0 {
        let _ = write!(
            text,
            "\n{} sealed parts are carried for others: they go on with the next bundle to them.",
            read.parts_carried
        );
    }
    for bad in &read.bad {
        let _ = write!(text, "\nNo good, and left out: {bad}");
    }
    text
}

/// The running program may stand in another folder.
fn absolute(file: &Path) -> Result<std::path::PathBuf, Failure> {
    std::path::absolute(file).map_err(Failure::file(file, "find the folder"))
}
