//! What is published, told by mail: each once, in every language, to whoever chose its topic. What was
//! withdrawn before it was sent is not sent; a corrected report is told again, and says so.

use std::sync::Arc;

use node::Node;
use updates::{Environment, Item, Letter, PLACE_LEAVE, PLACE_PREFERENCES, Updates};

use crate::catalogue::{Texts, say};
use crate::failure::Failure;
use crate::language::Language;
use crate::moment::Clock;
use crate::news::{Update, news};

/// The clock of a node, and the machine's chance.
#[derive(Debug, Clone)]
struct NodeEnvironment(Node);

impl Environment for NodeEnvironment {
    fn now_ms(&self) -> i64 {
        self.0.now().0
    }

    fn fill(&self, bytes: &mut [u8]) {
        updates::SystemEnvironment.fill(bytes);
    }
}

/// Opens the store of who asked to be told at a node, beside its ledger.
///
/// # Errors
/// When the file does not open, or the node cannot be read.
pub fn open_updates(node: &Node) -> Result<Updates, OpenUpdatesError> {
    let key = node.key_beside("updates")?;
    let environment = Arc::new(NodeEnvironment(node.clone()));
    Ok(Updates::open(node.dir(), &key, environment)?)
}

/// The store of who asked to be told did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenUpdatesError {
    /// The node could not be read.
    #[error(transparent)]
    Node(#[from] node::NodeError),
    /// The file.
    #[error(transparent)]
    Updates(#[from] updates::Error),
}

/// Enqueues what was published since the mail server was set and was not announced yet, and takes out
/// what was withdrawn.
pub fn announce(node: &Node, updates: &Updates) {
    if let Err(error) = announce_all(node, updates) {
        tracing::error!(%error, "what is new could not be announced");
    }
}

fn announce_all(node: &Node, updates: &Updates) -> Result<(), Failure> {
    let (Some(since), Some(postbox)) = (updates.since_ms()?, updates.postbox()?) else {
        return Ok(());
    };
    let news = news(node)?;
    for update in &news.updates {
        if update.updated_at.0 < since {
            continue;
        }
        let key = update.told_as.to_string();
        match (update.withdrawn_at, updates.announced(&key)?) {
            (Some(_), true) => {
                updates.cancel(&key)?;
            }
            (None, false) => {
                let letters = Language::ALL.into_iter().map(|language| {
                    let t = Texts::new(language);
                    let clock = Clock::new(t, news.site.as_ref());
                    (
                        language.tag(),
                        letter(t, &clock, update, &postbox.public_url),
                    )
                });
                updates.announce(&Item {
                    key: &key,
                    topics: update.topic().bit(),
                    letters: letters.collect(),
                })?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn letter(t: Texts, clock: &Clock, update: &Update, url: &str) -> Letter {
    let title = update.title(t, clock);
    let (subject, text) = if update.is_corrected() {
        (
            say!(t, "mail-corrected-subject", title = title),
            format!("{}\n\n{}", say!(t, "mail-corrected"), update.text(t)),
        )
    } else {
        (title, update.text(t))
    };
    Letter {
        subject,
        body: format!("{text}\n\n{url}{}\n\n{}", update.path, foot(t)),
    }
}

/// What stands below every mail.
pub(crate) fn foot(t: Texts) -> String {
    say!(
        t,
        "mail-foot",
        preferences = PLACE_PREFERENCES,
        leave = PLACE_LEAVE
    )
}
