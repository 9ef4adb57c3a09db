//! Five real processes, one of them a hub on a real PostgreSQL, wires between them that are cut, slowed
//! and broken in the middle, `kill -9` at any moment, and people at work in all of them: when all is well
//! again, every node shows the same, and every command that was acknowledged is there once.
//!
//! Half a minute of trouble in an ordinary run; `AKEY_CHAOS_SECONDS` says how much, `AKEY_CHAOS_SEED`
//! which faults. A failure prints both.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use scratch_postgres::ScratchPostgres;
use serde_json::Value;

use crate::browser::{Browser, Form, arrivals, forms_to};
use crate::nodes::{HOME, Post, TODAY, announcing, wait_until_alike};
use crate::site::{Serving, json};
use crate::wire::Wire;

/// The sites of the nodes that join, two of them at one site.
const SITES: [&str; 4] = [
    "Cap-Haïtien airport",
    "Cap-Haïtien airport",
    "Port-au-Prince airport",
    "Port-au-Prince airport",
];
/// Who works everywhere.
const LOGIN: &str = "coordinator";
/// How long all may take to be alike when nothing goes wrong any more.
const SETTLING: Duration = Duration::from_mins(5);
/// People met at once.
const TOGETHER: &str = "2";

/// The next number of a seed (splitmix64): the same seed, the same faults.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % bound
    }
}

/// What was acknowledged.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Done {
    met: i64,
    registered: i64,
    given: i64,
}

impl Done {
    fn and(self, other: Self) -> Self {
        Self {
            met: self.met + other.met,
            registered: self.registered + other.registered,
            given: self.given + other.given,
        }
    }
}

/// What a node's report says of the same.
fn reported(post: &Post) -> Done {
    let sitrep = post.folder.sitrep(TODAY, TODAY);
    let number = |value: &Value| value["value"].as_i64().unwrap_or(0);
    let items = sitrep["items"].as_array().expect("items");
    Done {
        met: number(&sitrep["totals"]["met"]),
        registered: number(&sitrep["totals"]["registered"]),
        given: items.iter().map(|item| number(&item["people"])).sum(),
    }
}

/// A node's process, while it runs.
struct Running(Mutex<Option<Serving>>);

impl Running {
    fn lock(&self) -> MutexGuard<'_, Option<Serving>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn address(&self) -> Option<String> {
        self.lock().as_ref().map(|serving| serving.address.clone())
    }
}

/// Somebody at work at one node, who signs in again whenever it comes back.
struct Worker<'a> {
    at: &'a Running,
    over: &'a AtomicBool,
    done: Done,
    refused: u32,
}

impl Worker<'_> {
    fn browser(&self) -> Option<Browser> {
        while !self.over.load(Ordering::SeqCst) {
            if let Some(browser) = self
                .at
                .address()
                .and_then(|address| Browser::sign_in_at(&address, LOGIN))
            {
                return Some(browser);
            }
            thread::sleep(Duration::from_millis(50));
        }
        None
    }

    /// Sends a form until it is answered: the same request each time, with the secret of the session of
    /// the moment. What is refused was not done. None when the time is over before the first try.
    fn send(&self, browser: &mut Browser, mut form: Form) -> Option<(u16, String)> {
        if self.over.load(Ordering::SeqCst) {
            return None;
        }
        loop {
            if let Some(answer) = browser.send(&form)
                && !answer.location.starts_with("/sign-in")
            {
                return Some((answer.status, answer.location));
            }
            *browser = self.browser_whatever_comes();
            let page = browser.try_get("/desk");
            let fresh = page.and_then(|page| forms_to(&page.body, "/sign-out").pop());
            if let Some(csrf) = fresh.as_ref().and_then(|form| form.field("csrf")) {
                form.set("csrf", csrf);
            }
        }
    }

    /// What was sent once has to be answered, even when the time is over: every node comes back.
    fn browser_whatever_comes(&self) -> Browser {
        loop {
            if let Some(browser) = self
                .at
                .address()
                .and_then(|address| Browser::sign_in_at(&address, LOGIN))
            {
                return browser;
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Announces convoys, counts, meets, registers and gives until the time is over.
    fn work(mut self, name: &str, site: &str, sites: &Value) -> (Done, u32) {
        let mut convoy = 0;
        while let Some(mut browser) = self.browser() {
            convoy += 1;
            let named = format!("{name} {convoy} END");
            if self.receive(&mut browser, &named, site, sites).is_none() {
                thread::sleep(Duration::from_millis(20));
            }
        }
        (self.done, self.refused)
    }

    fn receive(
        &mut self,
        browser: &mut Browser,
        name: &str,
        site: &str,
        sites: &Value,
    ) -> Option<()> {
        let form = announcing(browser, sites, site, name)?;
        let (status, place) = self.send(browser, form)?;
        if status != 303 {
            self.refused += 1;
            return None;
        }
        let place = place.split('?').next()?.to_owned();
        let mut land = page_form(browser, &place, "/land")?;
        land.set("people", "10");
        let (status, _) = self.send(browser, land)?;
        self.refused += u32::from(status != 303);
        let mut meet = page_form(browser, "/desk", "/desk/meet")?;
        meet.set("movement", place.rsplit('/').next()?);
        meet.set("people", TOGETHER);
        let (status, _) = self.send(browser, meet)?;
        if status != 303 {
            self.refused += 1;
            return None;
        }
        self.done.met += 2;
        for arrival in arrivals(&browser.try_get("/desk")?.body) {
            // At a site with two nodes the queue shows those whom the other one met as well.
            let page = browser.try_get(&format!("/arrivals/{arrival}"))?.body;
            if page.contains(name) {
                self.serve(browser, &arrival)?;
            }
        }
        Some(())
    }

    fn serve(&mut self, browser: &mut Browser, arrival: &str) -> Option<()> {
        let place = format!("/arrivals/{arrival}");
        let form = page_form(browser, &place, "/decline")?;
        let (status, _) = self.send(browser, form)?;
        if status != 303 {
            self.refused += 1;
            return None;
        }
        self.done.registered += 1;
        for form in forms_to(&browser.try_get(&place)?.body, "/give") {
            let (status, _) = self.send(browser, form)?;
            if status == 303 {
                self.done.given += 1;
            } else {
                self.refused += 1;
            }
        }
        Some(())
    }
}

fn page_form(browser: &Browser, page: &str, ending: &str) -> Option<Form> {
    forms_to(&browser.try_get(page)?.body, ending).pop()
}

fn asked(name: &str, otherwise: u64) -> u64 {
    let asked = std::env::var(name).ok();
    asked.map_or(otherwise, |text| {
        text.parse()
            .unwrap_or_else(|_| panic!("{name} is a number"))
    })
}

/// One fault after another until the time is over; what it did, to be read.
fn trouble(
    chance: &mut Chance,
    posts: &[Post],
    running: &[Running],
    wires: &[Wire],
    until: Instant,
) -> [u32; 4] {
    let mut counts = [0; 4];
    while Instant::now() < until {
        thread::sleep(Duration::from_millis(200 + chance.below(1_500)));
        let wire = &wires[usize::try_from(chance.below(4)).expect("few")];
        let which = usize::try_from(chance.below(5)).expect("few");
        let fault = chance.below(5).min(3);
        counts[usize::try_from(fault).expect("few")] += 1;
        match fault {
            0 => wire.cut(),
            1 => wire.slow(1 + chance.below(60)),
            2 => wire.break_off(),
            _ => {
                let killed = running[which].lock().take();
                killed.expect("it runs").kill();
                thread::sleep(Duration::from_millis(chance.below(1_500)));
                *running[which].lock() = Some(posts[which].serve());
            }
        }
        if chance.below(2) == 0 {
            wires[usize::try_from(chance.below(4)).expect("few")].mend();
        }
    }
    counts
}

#[test]
fn five_processes_that_are_killed_and_cut_off_show_the_same_in_the_end_and_lose_nothing() {
    let seed = asked("AKEY_CHAOS_SEED", 20_210_919);
    let seconds = asked("AKEY_CHAOS_SECONDS", 30);
    println!("AKEY_CHAOS_SEED={seed} AKEY_CHAOS_SECONDS={seconds}");
    let mut chance = Chance(seed);

    let cluster = ScratchPostgres::start();
    let mut hub = Post::hub();
    hub.folder.move_to(cluster.database());
    let first = hub.serve();
    let wires: Vec<Wire> = SITES.iter().map(|_| Wire::to(hub.port)).collect();
    let joined: Vec<Post> = SITES
        .iter()
        .zip(&wires)
        .map(|(site, wire)| hub.joined(site, &wire.address))
        .collect();
    let before = reported(&hub);
    let sites = hub.peers()["sites"].clone();
    let mut running = vec![Running(Mutex::new(Some(first)))];
    running.extend(
        joined
            .iter()
            .map(|post| Running(Mutex::new(Some(post.serve())))),
    );
    let posts: Vec<Post> = std::iter::once(hub).chain(joined).collect();

    let over = AtomicBool::new(false);
    let (done, refused, faults) = thread::scope(|scope| {
        let workers: Vec<_> = running
            .iter()
            .enumerate()
            .map(|(number, at)| {
                let worker = Worker {
                    at,
                    over: &over,
                    done: Done::default(),
                    refused: 0,
                };
                let sites = &sites;
                let site = number.checked_sub(1).map_or(HOME, |joined| SITES[joined]);
                scope.spawn(move || worker.work(&format!("POST{number}"), site, sites))
            })
            .collect();
        let until = Instant::now() + Duration::from_secs(seconds);
        let faults = trouble(&mut chance, &posts, &running, &wires, until);
        wires.iter().for_each(Wire::mend);
        over.store(true, Ordering::SeqCst);
        let mut sum = (Done::default(), 0);
        for worker in workers {
            let (done, refused) = worker.join().expect("it works");
            sum = (sum.0.and(done), sum.1 + refused);
        }
        (sum.0, sum.1, faults)
    });
    println!("{done:?} acknowledged, {refused} refused; cut, slowed, broken, killed: {faults:?}");
    assert!(
        done.met > 0 && done.registered > 0,
        "nobody was received: {done:?}"
    );

    // Nobody waits for the patience of those who were cut off for long.
    for (post, wire) in posts[1..].iter().zip(&wires) {
        json(
            post.folder
                .akey(&["peers", "--meet", &wire.address, "--json"]),
        );
    }
    wait_until_alike(&posts, SETTLING);
    let digest = posts[0].folder.verified()["public_digest"].clone();
    for post in &posts {
        assert_eq!(post.folder.verified()["public_digest"], digest);
        assert_eq!(
            reported(post),
            before.and(done),
            "what was acknowledged is there once"
        );
    }
}
