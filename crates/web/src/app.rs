//! What all pages share: the running site, who is signed in, files waiting to be confirmed. All
//! access to the node goes through here, so that a page says what it wants and nothing else.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use uuid::Uuid;

use crate::page::manifest::Draft;
use crate::session::{Drafts, Sessions, Throttle};

/// How the pages are served.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Pages travel over TLS, so cookies may insist on it.
    pub secure: bool,
    /// Somebody who does nothing for this long is signed out.
    pub idle_max: Duration,
    /// The certificate of the site authority (PEM), offered for installation.
    pub authority_pem: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { secure: false, idle_max: Duration::from_secs(30 * 60), authority_pem: None }
    }
}

/// How many uploaded files wait to be confirmed at most; each is limited in size.
const DRAFTS_MAX: usize = 8;

/// The shared part of every page.
#[derive(Clone)]
pub(crate) struct App(Arc<Inner>);

pub(crate) struct Inner {
    pub node: node::Node,
    pub settings: Settings,
    pub sessions: Sessions,
    pub throttle: Throttle,
    pub drafts: Drafts<Uuid, Draft>,
}

impl App {
    pub fn new(node: node::Node, settings: Settings) -> Self {
        let sessions = Sessions::new(settings.idle_max);
        Self(Arc::new(Inner {
            node,
            settings,
            sessions,
            throttle: Throttle::default(),
            drafts: Drafts::new(DRAFTS_MAX),
        }))
    }
}

impl Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}
