//! The side of the running site: one thread a caller, few callers at once, each heard only with the
//! passphrase.

use std::fs;
use std::io::{BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use node::Node;

use super::protocol::{Call, Said, hear, say};
use crate::failure::Failure;
use crate::secret;
use crate::work::perform;

/// How long a caller may be silent.
const SILENCE_MAX: Duration = Duration::from_secs(30);

/// The open door of a running site. It closes when dropped.
#[derive(Debug)]
pub struct Door {
    path: PathBuf,
}

impl Door {
    /// Opens the door. Nobody else has the data open, so a socket that is there was left behind.
    pub fn open(path: &Path, node: Node) -> Result<Self, Failure> {
        let failed = |doing| Failure::file(path, doing);
        match fs::remove_file(path) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed("remove the old door")(error)),
        }
        let listener = UnixListener::bind(path).map_err(failed("open the door for commands"))?;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600))
            .map_err(failed("keep others from the door"))?;
        std::thread::Builder::new()
            .name("akey-door".into())
            .spawn(move || {
                for caller in listener.incoming().flatten() {
                    let node = node.clone();
                    let answered = std::thread::Builder::new()
                        .name("akey-caller".into())
                        .spawn(move || answer(&node, &caller));
                    if let Err(error) = answered {
                        tracing::warn!(%error, "a command could not be answered");
                    }
                }
            })
            .map_err(failed("open the door for commands"))?;
        Ok(Self {
            path: path.to_owned(),
        })
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        // Left behind, it would be removed at the next start.
        let _ = fs::remove_file(&self.path);
    }
}

fn answer(node: &Node, caller: &UnixStream) {
    let said = match answer_to(node, caller) {
        Ok(said) => said,
        Err(error) => Said::Failed {
            message: format!("the question was not understood: {error}"),
        },
    };
    let mut to = caller;
    if let Err(error) = say(&mut to, &said) {
        tracing::warn!(%error, "a command hung up before its answer");
    }
}

fn answer_to(node: &Node, caller: &UnixStream) -> std::io::Result<Said> {
    caller.set_read_timeout(Some(SILENCE_MAX))?;
    let mut from = BufReader::new(caller);
    let call: Call = hear(&mut from)?;
    if !node.knows_passphrase(&secret::passphrase(&call.passphrase)) {
        let wrong = ledger::Error::WrongPassphrase(node.dir().display().to_string());
        return Ok(Said::Failed {
            message: wrong.to_string(),
        });
    }
    if call.file_bytes > formats::manifest::BYTES_MAX as u64 {
        let bytes = usize::try_from(call.file_bytes).unwrap_or(usize::MAX);
        let error = formats::manifest::ManifestError::TooLarge { bytes };
        return Ok(Said::Failed {
            message: error.to_string(),
        });
    }
    let mut file = Vec::new();
    from.take(call.file_bytes).read_to_end(&mut file)?;
    let progress = Mutex::new(caller.try_clone()?);
    let done = perform(node, call.work, &file, move |done, total| {
        let mut to = progress
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        // A caller who went away does not stop the work.
        let _ = say(&mut *to, &Said::Progress { done, total });
    });
    Ok(match done {
        Ok(answer) => Said::Done { answer },
        Err(error) => Said::Failed {
            message: error.to_string(),
        },
    })
}
