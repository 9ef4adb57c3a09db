//! What is published, told by mail: each notice and each edition once, in every language, to whoever
//! chose it. What was withdrawn before it was sent is not sent.

use domain::{Edition, Known as _, Notice};
use node::Node;
use register::Register;
use updates::{Environment, Item, Letter, PLACE_LEAVE, PLACE_PREFERENCES, Updates};

use crate::catalogue::{Texts, say};
use crate::failure::Failure;
use crate::language::Language;
use crate::moment::Clock;
use crate::page::updates::{FIGURES, NOTICES, period_name};

/// Newest notices that are looked at: more than anybody publishes between two looks.
const LOOKED_AT_MAX: u32 = 200;

/// The clock of a node, and the machine's chance.
#[derive(Debug, Clone)]
pub struct NodeEnvironment(pub Node);

impl Environment for NodeEnvironment {
    fn now_ms(&self) -> i64 {
        self.0.now().0
    }

    fn fill(&self, bytes: &mut [u8]) {
        updates::SystemEnvironment.fill(bytes);
    }
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
    let url = &postbox.public_url;
    let (notices, editions, site) = node.read::<_, Failure>(|register: &Register<'_>| {
        let site = register.site(node.home_site()?)?;
        Ok((register.notices(LOOKED_AT_MAX)?, register.editions()?, site))
    })?;
    for notice in notices
        .iter()
        .filter(|notice| notice.published_at.0 >= since)
    {
        let key = notice.id.to_string();
        match (notice.withdrawn_at, updates.announced(&key)?) {
            (Some(_), true) => {
                updates.cancel(&key)?;
            }
            (None, false) => {
                let letters = letters(|t| notice_letter(t, notice, url));
                updates.announce(&Item {
                    key: &key,
                    topics: NOTICES,
                    letters,
                })?;
            }
            _ => {}
        }
    }
    for edition in editions
        .iter()
        .filter(|edition| edition.published_at.0 >= since)
    {
        let key = edition.id.to_string();
        if !updates.announced(&key)? {
            let letters = letters(|t| {
                let clock = Clock::new(t, site.as_ref());
                edition_letter(t, &clock, edition, url)
            });
            updates.announce(&Item {
                key: &key,
                topics: FIGURES,
                letters,
            })?;
        }
    }
    Ok(())
}

fn letters(write: impl Fn(Texts) -> Letter) -> Vec<(&'static str, Letter)> {
    Language::ALL
        .into_iter()
        .map(|language| (language.tag(), write(Texts::new(language))))
        .collect()
}

fn notice_letter(t: Texts, notice: &Notice, url: &str) -> Letter {
    let (title, text) = notice
        .text_in(t.language().tag())
        .map_or((String::new(), String::new()), |text| {
            (text.title.clone(), text.text.clone())
        });
    Letter {
        body: format!("{text}\n\n{url}/notices/{}\n\n{}", notice.id, foot(t)),
        subject: title,
    }
}

fn edition_letter(t: Texts, clock: &Clock, edition: &Edition, url: &str) -> Letter {
    let period = period_name(t, clock, edition.period);
    Letter {
        subject: say!(t, "updates-edition-title", period = period),
        body: format!(
            "{}\n\n{url}/published/{}\n\n{}",
            say!(t, "updates-edition-text"),
            edition.id,
            foot(t)
        ),
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
