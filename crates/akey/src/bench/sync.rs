//! A new node's first meeting with a site that has stood for a while, over TLS on loopback, and what is
//! recorded later: how long until it is there. Both nodes run in this process and share its cores.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use ledger::{NodeId, Passphrase, RootKey, Scope};
use node::Node;
use peering::{Peering, Settings};
use population::Chance;

use super::rig::{Rig, Running};
use super::{Measure, percentile, standing};
use crate::demo::founding::{PASSPHRASE, ROOT_KEY};
use crate::failure::Failure;
use crate::secret;

/// How many events come later, and how often that is measured.
const LATER: usize = 100;
const TIMES: usize = 5;
/// How often it is looked whether they are there.
const LOOK_EVERY: Duration = Duration::from_millis(1);

/// Measures both.
pub fn first_and_later(rig: &Rig, events: u64) -> Result<Vec<Measure>, Failure> {
    let mut measures = standing::populate(rig, 0, events)?;
    let node = Node::open(&rig.data(), &secret::passphrase(PASSPHRASE), rig.options()?)?;
    let site = node.home_site()?;
    drop(node);
    let running = rig.open(site)?;
    let joined = join(rig, &running)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Failure::Wrong(error.to_string()))?;
    runtime.block_on(async {
        let listen = Some("127.0.0.1:0".parse().expect("an address"));
        let settings = Settings {
            listen,
            neighbours: false,
        };
        let answers = Peering::start(running.node.clone(), settings).await?;
        let address = answers.address().expect("it listens").to_string();
        measures.extend(first(&running.node, &joined, &address).await?);
        let peer = NodeId(running.node.key().0);
        joined.keep_address(peer, &address)?;
        let settings = Settings {
            listen: None,
            neighbours: false,
        };
        let _calls = Peering::start(joined.clone(), settings).await?;
        measures.extend(later(&running, &joined).await?);
        Ok(measures)
    })
}

fn join(rig: &Rig, running: &Running) -> Result<Node, Failure> {
    let file = rig.data().join(ROOT_KEY);
    let text = std::fs::read_to_string(&file).map_err(Failure::file(&file, "read the root key"))?;
    let root = RootKey::import(&text, &Passphrase::new(PASSPHRASE))?;
    let code = running
        .node
        .invite(&root, running.site, Scope::Everything, u64::MAX)?;
    let dir = rig.folder().join("joined");
    Ok(Node::join(
        &dir,
        &code,
        &secret::passphrase(PASSPHRASE),
        rig.options()?,
    )?)
}

async fn first(from: &Node, joined: &Node, address: &str) -> Result<Vec<Measure>, Failure> {
    let wanted = events_of(from)?;
    let begun = Instant::now();
    let over = Arc::new(AtomicBool::new(false));
    let watching = {
        let (joined, over) = (joined.clone(), Arc::clone(&over));
        std::thread::spawn(move || {
            while !over.load(Ordering::Relaxed) {
                if events_of(&joined).is_ok_and(|here| here >= wanted) {
                    break;
                }
                std::thread::sleep(Duration::from_millis(20));
            }
            begun.elapsed()
        })
    };
    let met = peering::meet_at(joined, address, None).await?;
    let all = begun.elapsed().as_secs_f64();
    over.store(true, Ordering::Relaxed);
    let events_there = watching.join().map_or(all, |span| span.as_secs_f64());
    let events = as_f64(met.progress.events);
    Ok(vec![
        Measure::new(
            "first sync: every event checked, kept and folded",
            events_there,
            "s",
        )
        .aiming("60 s for a million"),
        Measure::new("first sync: events", events / events_there, "events/s"),
        Measure::new("first sync: with every sealed part readable", all, "s"),
        Measure::new("first sync: sealed parts", as_f64(met.progress.parts), ""),
        Measure::new(
            "first sync: on the wire, parts included",
            as_f64(met.received_bytes) / events,
            "bytes/event",
        ),
    ])
}

async fn later(running: &Running, joined: &Node) -> Result<Vec<Measure>, Failure> {
    let mut chance = Chance::seeded(7);
    let mut spans_ms = Vec::new();
    for time in 0..=TIMES {
        let mut requests = Vec::with_capacity(LATER);
        for number in 0..LATER {
            let name = format!("LATER {time} {number}");
            let (_, command) = running.announcing(&mut chance, &name, 100)?;
            requests.push(running.request(&mut chance, command));
        }
        let begun = Instant::now();
        for answer in running.node.execute_all(&running.coordinator, requests)? {
            answer?;
        }
        let wanted = events_of(&running.node)?;
        while events_of(joined)? < wanted {
            tokio::time::sleep(LOOK_EVERY).await;
            if begun.elapsed() > Duration::from_mins(1) {
                return Err(Failure::Wrong("what was recorded later never came".into()));
            }
        }
        // The first time the link may just be coming up.
        if time > 0 {
            spans_ms.push(begun.elapsed().as_secs_f64() * 1_000.0);
        }
    }
    spans_ms.sort_by(f64::total_cmp);
    let name = "100 events recorded and there, median";
    Ok(vec![
        Measure::new(name, percentile(&spans_ms, 50), "ms").aiming("200 ms"),
    ])
}

fn events_of(node: &Node) -> Result<u64, Failure> {
    Ok(node.log_ends()?.iter().map(|(_, size)| size).sum())
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
const fn as_f64(count: u64) -> f64 {
    count as f64
}
