//! A wire between two programs on this machine, which can be cut, mended, slowed, and broken in the
//! middle of what is said. What goes over it is not looked at.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

/// How often a connection without traffic looks whether it was cut.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// So much goes through at once; a slow wire pauses after each.
const PIECE_BYTES: usize = 2_048;

/// A wire to one address.
pub struct Wire {
    /// Where its near end is.
    pub address: String,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    cut: AtomicBool,
    pause_ms: AtomicU64,
    /// How often it was broken: a connection ends when it is broken once more.
    breaks: AtomicU64,
}

impl Wire {
    /// A whole wire to a port of this machine. It goes on until the test ends.
    pub fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("it is bound").to_string();
        let state = Arc::new(State::default());
        let carrying = Arc::clone(&state);
        thread::spawn(move || {
            for near in listener.incoming().flatten() {
                if carrying.cut.load(Ordering::SeqCst) {
                    continue;
                }
                if let Ok(far) = TcpStream::connect(("127.0.0.1", port)) {
                    carry(&near, &far, &carrying);
                    carry(&far, &near, &carrying);
                }
            }
        });
        Self { address, state }
    }

    /// Nothing comes through, and what was open is closed.
    pub fn cut(&self) {
        self.state.cut.store(true, Ordering::SeqCst);
        self.break_off();
    }

    /// As it was at first.
    pub fn mend(&self) {
        self.state.cut.store(false, Ordering::SeqCst);
        self.state.pause_ms.store(0, Ordering::SeqCst);
    }

    /// A pause after each piece.
    pub fn slow(&self, pause_ms: u64) {
        self.state.pause_ms.store(pause_ms, Ordering::SeqCst);
    }

    /// What is open ends in the middle of a piece; new connections are made.
    pub fn break_off(&self) {
        self.state.breaks.fetch_add(1, Ordering::SeqCst);
    }
}

/// Carries one direction, in a thread of its own.
fn carry(from: &TcpStream, to: &TcpStream, state: &Arc<State>) {
    let (Ok(mut from), Ok(mut to)) = (from.try_clone(), to.try_clone()) else {
        return;
    };
    let state = Arc::clone(state);
    thread::spawn(move || {
        let before = state.breaks.load(Ordering::SeqCst);
        let mut piece = [0; PIECE_BYTES];
        let _ = from.set_read_timeout(Some(LOOK_EVERY));
        loop {
            let read = match from.read(&mut piece) {
                Ok(0) => {
                    let _ = to.shutdown(Shutdown::Write);
                    return;
                }
                Ok(read) => read,
                Err(error)
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) =>
                {
                    0
                }
                Err(_) => break,
            };
            if state.breaks.load(Ordering::SeqCst) != before {
                let _ = to.write_all(&piece[..read / 2]);
                break;
            }
            if to.write_all(&piece[..read]).is_err() {
                break;
            }
            if read > 0 {
                thread::sleep(Duration::from_millis(state.pause_ms.load(Ordering::SeqCst)));
            }
        }
        let _ = from.shutdown(Shutdown::Both);
        let _ = to.shutdown(Shutdown::Both);
    });
}
