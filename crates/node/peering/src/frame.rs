//! Messages on a stream: four bytes of length, then the message. An empty one only says that somebody
//! is still there. A length beyond what a message may have ends the link before anything is read.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ledger::sync::{GREETING_BYTES_MAX, MESSAGE_BYTES_MAX};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

/// Packed, a message may be a little longer than what it holds.
const FRAME_BYTES_MAX: usize = MESSAGE_BYTES_MAX + (64 << 10);
/// The same of what is said before it is known whether the other side belongs.
const GREETING_FRAME_BYTES_MAX: usize = GREETING_BYTES_MAX + (64 << 10);
/// Room made before the bytes are there: a length alone makes nobody hold megabytes.
const ROOM_AT_ONCE: usize = 64 << 10;
/// A side that sends nothing for so long, not even that it is there, is gone.
pub(crate) const SILENCE_MAX: Duration = Duration::from_mins(1);
/// How often a side says that it is there.
pub(crate) const SIGN_OF_LIFE: Duration = Duration::from_secs(20);

/// How long a message may be, as far as it is known who sends it.
#[derive(Debug)]
pub(crate) struct LengthMax(AtomicUsize);

impl LengthMax {
    /// For somebody who may be a stranger.
    pub(crate) const fn of_greeting() -> Self {
        Self(AtomicUsize::new(GREETING_FRAME_BYTES_MAX))
    }

    /// The other side belongs: from here on messages may be as long as any.
    pub(crate) fn raise(&self) {
        self.0.store(FRAME_BYTES_MAX, Ordering::Relaxed);
    }

    /// What holds now: it may be raised while the next message is awaited.
    fn now(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

/// Reads one message; `None` when the stream ended between two.
pub(crate) async fn read<S: AsyncRead + Unpin>(
    stream: &mut S,
    length_max: &LengthMax,
) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    let first = alive(stream.read(&mut length)).await?;
    if first == 0 {
        return Ok(None);
    }
    alive(stream.read_exact(&mut length[first..])).await?;
    let length = u32::from_be_bytes(length) as usize;
    if length > length_max.now() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "a message longer than any may be",
        ));
    }
    let mut message = Vec::with_capacity(length.min(ROOM_AT_ONCE));
    while message.len() < length {
        let room = (length - message.len()).min(ROOM_AT_ONCE);
        let start = message.len();
        message.resize(start + room, 0);
        let read = alive(stream.read(&mut message[start..])).await?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        message.truncate(start + read);
    }
    Ok(Some(message))
}

/// Writes one message.
pub(crate) async fn write<S: AsyncWrite + Unpin>(stream: &mut S, message: &[u8]) -> io::Result<()> {
    let length = u32::try_from(message.len()).expect("messages are bounded");
    // One buffer, so that a small message is one packet.
    let mut bytes = Vec::with_capacity(4 + message.len());
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(message);
    for piece in bytes.chunks(ROOM_AT_ONCE) {
        alive(stream.write_all(piece)).await?;
    }
    alive(stream.flush()).await
}

async fn alive<T>(work: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    timeout(SILENCE_MAX, work)
        .await
        .unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn block<T>(work: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("starts");
        runtime.block_on(work)
    }

    fn raised() -> LengthMax {
        let length_max = LengthMax::of_greeting();
        length_max.raise();
        length_max
    }

    #[test]
    fn a_length_beyond_all_messages_is_refused_before_it_is_read() {
        let mut bytes: &[u8] = &[0xff, 0xff, 0xff, 0xff, 1, 2, 3];
        let refused = block(read(&mut bytes, &raised())).expect_err("too long");
        assert_eq!(refused.kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    fn a_stranger_is_read_no_longer_message_than_a_greeting() {
        let length = u32::try_from(GREETING_FRAME_BYTES_MAX + 1).expect("small");
        let bytes = [length.to_be_bytes().as_slice(), &[7; 9]].concat();
        let refused = block(read(&mut bytes.as_slice(), &LengthMax::of_greeting()));
        assert_eq!(
            refused.expect_err("too long").kind(),
            io::ErrorKind::InvalidData
        );
        // Of a member the rest is awaited.
        let cut = block(read(&mut bytes.as_slice(), &raised()));
        assert_eq!(
            cut.expect_err("it ends").kind(),
            io::ErrorKind::UnexpectedEof
        );
    }

    proptest! {
        #[test]
        fn messages_read_back_one_by_one(messages in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200_000), 0..4)) {
            block(async {
                let mut stream = Vec::new();
                for message in &messages {
                    write(&mut stream, message).await.expect("writes");
                }
                let mut stream = stream.as_slice();
                for message in &messages {
                    let read = read(&mut stream, &raised()).await.expect("reads");
                    assert_eq!(read.as_ref(), Some(message));
                }
                assert_eq!(read(&mut stream, &raised()).await.expect("ends"), None);
            });
        }

        #[test]
        fn a_stream_that_ends_anywhere_is_an_end_or_an_error(cut in 0_usize..60) {
            block(async {
                let mut stream = Vec::new();
                write(&mut stream, &[7; 50]).await.expect("writes");
                let mut cut = &stream[..cut.min(stream.len())];
                let _ = read(&mut cut, &raised()).await;
            });
        }
    }
}
