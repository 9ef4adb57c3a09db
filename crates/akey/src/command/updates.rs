//! `akey updates`.

use std::fmt::Write as _;
use std::io::Read;
use std::path::PathBuf;

use serde_json::json;
use updates::{BounceKind, BounceRead, Round};

use crate::cli::{Common, Updates, UpdatesAction};
use crate::control;
use crate::failure::Failure;
use crate::mail::Standing;
use crate::output;
use crate::place::Place;
use crate::work::{Answer, Work};

/// How much of a message from standard input is kept, in bytes: a report says what it is near its
/// beginning.
const MESSAGE_BYTES_MAX: usize = 256 * 1024;

/// Says how it stands, takes in what came back, or sends.
pub fn run(common: &Common, asked: &Updates) -> Result<(), Failure> {
    let place = Place::of(common)?;
    match &asked.action {
        None => {
            let Answer::Updates(standing) = control::run(&place, Work::Updates, &[], "Reading")?
            else {
                unreachable!("work is answered in kind")
            };
            output::answer(common.json, &standing, || words(&standing))
        }
        Some(UpdatesAction::Bounce { files }) => bounce(common, &place, files),
        Some(UpdatesAction::Send) => {
            let Answer::SentMail(round) = control::run(&place, Work::SendMail, &[], "Sending")?
            else {
                unreachable!("work is answered in kind")
            };
            output::answer(common.json, &round, || sent(&round))?;
            match round.stopped {
                None => Ok(()),
                Some(trouble) => Err(Failure::Wrong(trouble.to_string())),
            }
        }
    }
}

fn bounce(common: &Common, place: &Place, files: &[PathBuf]) -> Result<(), Failure> {
    let mut messages = Vec::new();
    if files.is_empty() {
        let mut message = Vec::new();
        let mut input = std::io::stdin().lock().take(MESSAGE_BYTES_MAX as u64);
        let read = input.read_to_end(&mut message);
        read.map_err(|error| Failure::Wrong(format!("standard input could not be read: {error}")))?;
        messages.push(message);
    }
    for file in files {
        messages.push(std::fs::read(file).map_err(Failure::file(file, "read the message"))?);
    }
    let (mut hard, mut soft, mut passed_over) = (0_u64, 0_u64, 0_u64);
    for message in &messages {
        let kept = &message[..message.len().min(MESSAGE_BYTES_MAX)];
        match control::run(place, Work::Bounced, kept, "Reading")? {
            Answer::Bounced(BounceRead::Counted(BounceKind::Hard)) => hard += 1,
            Answer::Bounced(BounceRead::Counted(BounceKind::Soft)) => soft += 1,
            Answer::Bounced(BounceRead::NoFailure | BounceRead::NotOurs) => passed_over += 1,
            _ => unreachable!("work is answered in kind"),
        }
    }
    let value = json!({
        "answer": "bounced", "no_such_mailbox": hard, "not_now": soft, "passed_over": passed_over,
    });
    output::answer(common.json, &value, || {
        format!("{hard} without such a mailbox, {soft} not now, {passed_over} passed over")
    })
}

fn words(standing: &Standing) -> String {
    let counts = standing.counts;
    let mut said = format!(
        "{} told by mail, {} not confirmed yet, {} whose mail came back\n\
         {} mails waiting, {} sent, {} given up\n",
        counts.confirmed,
        counts.pending,
        counts.suspended,
        counts.queued,
        counts.sent,
        counts.failed
    );
    match &standing.server {
        None => {
            said.push_str("No mail server is set: no mail goes out. Set it on /updates/office.");
        }
        Some(server) => {
            let _ = write!(
                said,
                "Mail goes through {}:{} ({}); its links begin with {}",
                server.host,
                server.port,
                server.security.code(),
                server.public_url
            );
        }
    }
    if let Some(trouble) = standing.trouble {
        let _ = write!(said, "\nThe last try ended: {trouble}");
    }
    said
}

fn sent(round: &Round) -> String {
    format!(
        "{} sent, {} to be tried again later, {} given up",
        round.sent, round.later, round.failed
    )
}
