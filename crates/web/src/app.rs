//! What all pages share: the running site, who is signed in, files waiting to be confirmed. All
//! access to the node goes through here, so that a page says what it wants and nothing else.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use domain::{ArrivalId, UserId};
use uuid::Uuid;

use crate::language::Language;
use crate::page::manifest::Draft;
use crate::session::{Drafts, Sessions, Throttle, held};

/// How the pages are served.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Pages travel over TLS, so cookies may insist on it.
    pub secure: bool,
    /// Somebody who does nothing for this long is signed out.
    pub idle_max: Duration,
    /// The certificate of the site authority (PEM), offered for installation.
    pub authority_pem: Option<String>,
    /// Who asked to be told; none where nobody is told by mail.
    pub updates: Option<updates::Updates>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            secure: false,
            idle_max: Duration::from_mins(30),
            authority_pem: None,
            updates: None,
        }
    }
}

/// How many uploaded files wait to be confirmed at most; each is limited in size.
const DRAFTS_MAX: usize = 8;
/// How long a called person is left to the desk that called them.
pub(crate) const CALL_LASTS: Duration = Duration::from_mins(10);

/// The shared part of every page.
#[derive(Clone)]
pub(crate) struct App(Arc<Inner>);

pub(crate) struct Inner {
    pub node: node::Node,
    pub settings: Settings,
    pub sessions: Sessions,
    pub throttle: Throttle,
    pub drafts: Drafts<Uuid, Draft>,
    /// The languages the operation named, the first for whoever has not chosen; empty where it named
    /// none.
    named_languages: Vec<Language>,
    calls: Mutex<HashMap<ArrivalId, Call>>,
}

/// A number called to a desk.
struct Call {
    by: UserId,
    at: Instant,
    /// The desk goes on with others: whoever was called did not come, or needs something first.
    aside: bool,
}

/// Who called a number a moment ago.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Called {
    Not,
    Here,
    Elsewhere,
    Aside,
}

impl Call {
    fn of(by: UserId) -> Self {
        Self {
            by,
            at: Instant::now(),
            aside: false,
        }
    }

    fn lasts(&self) -> bool {
        self.at.elapsed() < CALL_LASTS
    }
}

impl App {
    pub fn new(node: node::Node, settings: Settings) -> Self {
        let sessions = Sessions::new(settings.idle_max);
        let named_languages = named_languages(&node);
        Self(Arc::new(Inner {
            node,
            settings,
            sessions,
            throttle: Throttle::default(),
            drafts: Drafts::new(DRAFTS_MAX),
            calls: Mutex::default(),
            named_languages,
        }))
    }

    /// The languages offered here, in their order.
    pub fn languages(&self) -> &[Language] {
        match self.named_languages.as_slice() {
            [] => &Language::ALL,
            named => named,
        }
    }

    /// The language for somebody who has not chosen: the operation's first, where it named any, else
    /// the best of those the browser asks for.
    pub fn first_language(&self, accepted: Option<&str>) -> Language {
        self.named_languages
            .first()
            .copied()
            .or_else(|| accepted.and_then(Language::negotiate))
            .unwrap_or(Language::Kreyol)
    }

    /// Calls somebody to a desk, unless a desk called them a moment ago or put them aside. A courtesy
    /// between desks, kept in memory: what is decided about the person is decided by the rules.
    pub fn call(&self, arrival: ArrivalId, user: UserId) -> bool {
        let mut calls = held(&self.calls);
        calls.retain(|_, call| call.lasts());
        let call = calls.entry(arrival).or_insert_with(|| Call::of(user));
        call.by == user && !call.aside
    }

    /// Calls somebody who was put aside.
    pub fn call_again(&self, arrival: ArrivalId, user: UserId) -> bool {
        let mut calls = held(&self.calls);
        let aside = calls.get(&arrival).is_some_and(|call| call.aside);
        if aside {
            calls.insert(arrival, Call::of(user));
        }
        aside
    }

    /// The desk that called somebody goes on with others; the place in the queue is kept.
    pub fn put_aside(&self, arrival: ArrivalId, user: UserId) {
        let mut calls = held(&self.calls);
        if let Some(call) = calls.get_mut(&arrival).filter(|call| call.by == user) {
            *call = Call {
                aside: true,
                ..Call::of(user)
            };
        }
    }

    /// How somebody stands with the desks: called, put aside, or neither.
    pub fn called(&self, arrival: ArrivalId, user: UserId) -> Called {
        let calls = held(&self.calls);
        match calls.get(&arrival).filter(|call| call.lasts()) {
            None => Called::Not,
            Some(call) if call.aside => Called::Aside,
            Some(call) if call.by == user => Called::Here,
            Some(_) => Called::Elsewhere,
        }
    }
}

/// What the operation named, as far as this version speaks it. It cannot change while a site runs.
fn named_languages(node: &node::Node) -> Vec<Language> {
    let founded = node.read::<_, node::NodeError>(|register| Ok(register.founded()?));
    let named = founded.ok().flatten().map(|operation| operation.languages);
    named
        .unwrap_or_default()
        .iter()
        .filter_map(|language| Language::from_tag(language.as_str()))
        .collect()
}

impl Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}
