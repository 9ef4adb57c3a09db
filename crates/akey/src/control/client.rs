//! The side of the command: through the door where a site is running, else by opening the data.

use std::io::{BufReader, Write};
use std::os::unix::net::UnixStream;

use super::protocol::{Call, Said, hear, say};
use crate::failure::Failure;
use crate::place::Place;
use crate::progress::Bar;
use crate::work::{Answer, Work, perform};

/// Has work done, by the running site if there is one.
pub fn run(place: &Place, work: Work, file: &[u8], doing: &'static str) -> Result<Answer, Failure> {
    let passphrase = place.passphrase()?;
    let bar = Bar::new(doing);
    if let Ok(stream) = UnixStream::connect(place.door()) {
        let call = Call {
            passphrase,
            work,
            file_bytes: file.len() as u64,
        };
        return through(&stream, &call, file, &bar);
    }
    // No socket, or one that a stopped program left behind: nobody is running.
    let node = place.open(&passphrase)?;
    perform(&node, work, file, move |done, total| bar.set(done, total))
}

fn through(stream: &UnixStream, call: &Call, file: &[u8], bar: &Bar) -> Result<Answer, Failure> {
    let broken = |error: std::io::Error| {
        Failure::Answered(format!(
            "the running program did not answer to the end ({error}): look whether it still runs, \
             then ask again; asking twice does no harm"
        ))
    };
    let mut to = stream;
    say(&mut to, call).map_err(broken)?;
    to.write_all(file).map_err(broken)?;
    let mut from = BufReader::new(stream);
    loop {
        match hear(&mut from).map_err(broken)? {
            Said::Progress { done, total } => bar.set(done, total),
            Said::Done { answer } => return Ok(answer),
            Said::Failed { message } => return Err(Failure::Answered(message)),
        }
    }
}
