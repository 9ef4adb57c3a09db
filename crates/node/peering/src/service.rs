//! The running service of a node: answers others, calls those it knows addresses of and those it finds
//! nearby, again and again with growing patience, and holds each meeting open.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ledger::NodeId;
use node::Node;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use crate::call::{self, Stream};
use crate::link::{Budget, Length};
use crate::neighbour::{Neighbour, Neighbourhood};
use crate::tls::{self, Identity};
use crate::{PeeringError, aside, door};

/// How often it is looked whether somebody should be called.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// The first and the longest pause after a call that failed.
const PAUSE_FIRST: Duration = Duration::from_secs(1);
const PAUSE_MAX: Duration = Duration::from_mins(1);
/// How often what was set aside for its clock is tried again.
const RETRY_EVERY: Duration = Duration::from_mins(1);

/// Most meetings at once with one node: two nodes may call each other at the same moment, links that broke may
/// not be known to have broken yet, and the servers of a hub are one node.
const MEETINGS_EACH_MAX: usize = 8;
/// Most nodes on the local network that are remembered: anybody there can announce any number.
const NEARBY_MAX: usize = 256;
/// Most addresses that a neighbour is called at.
const NEARBY_ADDRESSES_MAX: usize = 8;

/// How the service runs.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Where other nodes are answered; none: this node only calls.
    pub listen: Option<SocketAddr>,
    /// Announce this node on the local network and look for others there.
    pub neighbours: bool,
}

/// The service; it ends when it is dropped.
pub struct Peering {
    address: Option<SocketAddr>,
    _neighbourhood: Option<Neighbourhood>,
    _tasks: JoinSet<()>,
}

impl Peering {
    /// Where other nodes are answered, with the port that the system chose if none was asked for.
    pub const fn address(&self) -> Option<SocketAddr> {
        self.address
    }

    /// Begins to answer and to call. Within a tokio runtime.
    ///
    /// # Errors
    /// When the address cannot be listened on, or the node cannot be read. That nobody can be found on
    /// the local network is only a warning.
    pub async fn start(node: Node, settings: Settings) -> Result<Self, PeeringError> {
        let me = NodeId(node.key().0);
        let identity = Arc::new(Identity::of(&node).await?);
        let here = Arc::new(Here {
            node: node.clone(),
            identity: Arc::clone(&identity),
            linked: Mutex::default(),
            nearby: Mutex::default(),
            budgets: Mutex::default(),
        });
        let mut tasks = JoinSet::new();
        let mut address = None;
        if let Some(listen) = settings.listen {
            let failed = |source| PeeringError::Listen {
                address: listen,
                source,
            };
            let listener = TcpListener::bind(listen).await.map_err(failed)?;
            address = Some(listener.local_addr().map_err(failed)?);
            let acceptor = TlsAcceptor::from(Arc::new(
                identity
                    .server()
                    .map_err(|error| tls::of_this_node(&error))?,
            ));
            let here = Arc::clone(&here);
            tasks.spawn(door::answer(listener, acceptor, move |peer, _, stream| {
                let here = Arc::clone(&here);
                async move { here.hold(peer, stream).await }
            }));
        }
        let mut neighbourhood = None;
        if settings.neighbours
            && let Some(address) = address
            && let Some(root) = node.root_public()?
        {
            let (found, mut finding) = mpsc::channel::<Neighbour>(16);
            match Neighbourhood::begin(root.operation, me, address.port(), found) {
                Ok(begun) => neighbourhood = Some(begun),
                Err(error) => {
                    tracing::warn!(%error, "nodes nearby cannot be looked for; give addresses with `akey peers --add`");
                }
            }
            let here = Arc::clone(&here);
            tasks.spawn(async move {
                while let Some(neighbour) = finding.recv().await {
                    here.note_nearby(neighbour).await;
                }
            });
        }
        let calling = Arc::clone(&here);
        tasks.spawn(async move { calling.call_everybody().await });
        tasks.spawn(async move {
            loop {
                tokio::time::sleep(RETRY_EVERY).await;
                let retried = aside(&here.node, Node::retry_set_aside).await;
                if let Err(error) = retried {
                    tracing::warn!(%error, "what was set aside could not be tried again");
                }
            }
        });
        Ok(Self {
            address,
            _neighbourhood: neighbourhood,
            _tasks: tasks,
        })
    }
}

/// What the tasks share.
struct Here {
    node: Node,
    identity: Arc<Identity>,
    /// With whom meetings are open, and how many.
    linked: Mutex<BTreeMap<NodeId, usize>>,
    /// Who was found on the local network, and where.
    nearby: Mutex<BTreeMap<NodeId, Nearby>>,
    /// How much is asked of each at once.
    budgets: Mutex<BTreeMap<NodeId, Budget>>,
}

/// Somebody on the local network.
struct Nearby {
    addresses: Vec<String>,
    /// It was known to belong when it was found.
    belongs: bool,
}

/// A meeting is open as long as this is there.
struct Linked<'h> {
    here: &'h Here,
    peer: NodeId,
}

impl Drop for Linked<'_> {
    fn drop(&mut self) {
        let mut linked = self.here.linked();
        if let Entry::Occupied(mut meetings) = linked.entry(self.peer) {
            *meetings.get_mut() -= 1;
            if *meetings.get() == 0 {
                meetings.remove();
            }
        }
    }
}

impl Here {
    fn linked(&self) -> std::sync::MutexGuard<'_, BTreeMap<NodeId, usize>> {
        self.linked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn nearby(&self) -> std::sync::MutexGuard<'_, BTreeMap<NodeId, Nearby>> {
        self.nearby.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn budgets(&self) -> std::sync::MutexGuard<'_, BTreeMap<NodeId, Budget>> {
        self.budgets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that a meeting is open; `None` where there are so many already.
    fn link(&self, peer: NodeId, at_most: usize) -> Option<Linked<'_>> {
        let mut linked = self.linked();
        let meetings = linked.entry(peer).or_default();
        if *meetings >= at_most {
            return None;
        }
        *meetings += 1;
        Some(Linked { here: self, peer })
    }

    /// Remembers who is nearby. Where there are too many, those who are known to belong go before others.
    async fn note_nearby(&self, neighbour: Neighbour) {
        let Neighbour {
            node,
            mut addresses,
        } = neighbour;
        addresses.truncate(NEARBY_ADDRESSES_MAX);
        let belongs = aside(&self.node, move |asked| asked.belongs(node)).await;
        let belongs = belongs.unwrap_or(false);
        let mut nearby = self.nearby();
        if nearby.len() >= NEARBY_MAX && !nearby.contains_key(&node) {
            let stranger = nearby.iter().find(|(_, other)| !other.belongs);
            match stranger.map(|(stranger, _)| *stranger) {
                Some(stranger) if belongs => nearby.remove(&stranger),
                _ => return,
            };
        }
        let found = Nearby { addresses, belongs };
        nearby.insert(node, found);
    }

    /// Holds a meeting that somebody else asked for.
    async fn hold(&self, peer: NodeId, stream: Stream) {
        // Two nodes that call each other at the same moment hold two meetings: one too many does no harm.
        let Some(_linked) = self.link(peer, MEETINGS_EACH_MAX) else {
            tracing::info!(node = %peer, "a call was not answered: there are too many with that node already");
            return;
        };
        self.meet(peer, stream).await;
    }

    async fn meet(&self, peer: NodeId, stream: Stream) {
        let budget = self.budgets().entry(peer).or_default().clone();
        match call::hold(&self.node, peer, stream, Length::Open, &budget).await {
            Ok(met) => tracing::info!(node = %peer, progress = ?met.progress, "parted"),
            Err(error) => self.trouble(peer, &error).await,
        }
    }

    async fn trouble(&self, peer: NodeId, error: &PeeringError) {
        tracing::info!(node = %peer, %error, "a meeting did not come to its end");
        let trouble = error.to_string();
        let kept = aside(&self.node, move |node| node.keep_trouble(peer, &trouble)).await;
        if let Err(error) = kept {
            tracing::warn!(%error, "it could not be kept why a node was not met");
        }
    }

    /// Calls whoever is not linked and has an address, each with its own patience.
    async fn call_everybody(self: Arc<Self>) {
        let pauses: Arc<Mutex<BTreeMap<NodeId, (tokio::time::Instant, Duration)>>> = Arc::default();
        let mut calls = JoinSet::new();
        loop {
            let now = tokio::time::Instant::now();
            let to_call = self.to_call().await;
            {
                // Strangers come under any number of names: of who is gone nothing stays.
                let linked = self.linked().clone();
                let known = |node: &NodeId| to_call.contains_key(node) || linked.contains_key(node);
                self.budgets().retain(|node, _| known(node));
                let mut pauses = pauses.lock().unwrap_or_else(PoisonError::into_inner);
                pauses.retain(|node, _| known(node));
            }
            for (peer, addresses) in to_call {
                let due = {
                    let mut pauses = pauses.lock().unwrap_or_else(PoisonError::into_inner);
                    let (next, _) = *pauses.entry(peer).or_insert((now, PAUSE_FIRST));
                    next <= now
                };
                if !due || addresses.is_empty() {
                    continue;
                }
                let here = Arc::clone(&self);
                let pauses = Arc::clone(&pauses);
                // Until this call is over nobody calls there again.
                pauses
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .entry(peer)
                    .and_modify(|(next, _)| *next = now + Duration::from_hours(24));
                calls.spawn(async move {
                    let met = here.call(peer, &addresses).await;
                    let mut pauses = pauses.lock().unwrap_or_else(PoisonError::into_inner);
                    let (next, pause) = pauses.entry(peer).or_insert((now, PAUSE_FIRST));
                    *pause = if met {
                        PAUSE_FIRST
                    } else {
                        (*pause * 2).min(PAUSE_MAX)
                    };
                    *next = tokio::time::Instant::now() + *pause;
                });
            }
            while calls.try_join_next().is_some() {}
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Who has an address and no meeting with us. Of two neighbours the one with the lower key calls.
    async fn to_call(&self) -> BTreeMap<NodeId, Vec<String>> {
        let me = NodeId(self.node.key().0);
        let standing = aside(&self.node, Node::standing).await;
        let linked = self.linked().clone();
        let mut all: BTreeMap<NodeId, Vec<String>> = BTreeMap::new();
        if let Ok(standing) = standing {
            for peer in standing.peers {
                let away = peer
                    .member
                    .as_ref()
                    .is_some_and(|m| m.revoked_after.is_some());
                if !away {
                    all.insert(peer.node, peer.addresses);
                }
            }
        }
        for (node, found) in self.nearby().iter() {
            if me < *node {
                let addresses = found.addresses.iter().cloned();
                all.entry(*node).or_default().extend(addresses);
            }
        }
        all.retain(|node, _| !linked.contains_key(node));
        all
    }

    /// Calls a node at its addresses and holds the meeting. Gives whether there was one.
    async fn call(&self, peer: NodeId, addresses: &[String]) -> bool {
        let Some(_linked) = self.link(peer, 1) else {
            return true;
        };
        let mut trouble = None;
        for address in addresses {
            match call::call(&self.identity, address, Some(peer)).await {
                Ok((_, stream)) => {
                    self.meet(peer, stream).await;
                    return true;
                }
                Err(error) => trouble = Some(error),
            }
        }
        if let Some(error) = trouble {
            self.trouble(peer, &error).await;
        }
        false
    }
}
