//! `kill -9` in the middle of writing: what was acknowledged is there.
//!
//! The test runs its own binary again as the process to be killed; that one prints each position
//! once its commit has returned.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use ledger::KeyRef;

use crate::scenario::{PERSON, Site, append, draft_with};

const FOLDER: &str = "AKEY_LEDGER_TEST_VICTIM";

/// Not a test by itself: the process that is killed.
#[test]
fn victim() {
    let Some(dir) = std::env::var_os(FOLDER) else {
        return;
    };
    let key = ledger::Vault::read(dir.as_ref())
        .and_then(|vault| vault.unlock(&crate::scenario::passphrase()))
        .expect("unlocks");
    let mut ledger =
        ledger::Ledger::open(dir.as_ref(), &key, crate::scenario::options()).expect("opens");
    for about in (0..20).cycle() {
        let event = append(
            &mut ledger,
            draft_with(about, KeyRef::Person(PERSON), "Mirlande"),
        );
        println!("acknowledged {}", event.position());
    }
}

#[test]
fn what_was_acknowledged_survives_kill_9() {
    let site = Site::founded();
    let mut acknowledged = 0;
    for round in 0..5 {
        let mut victim = Command::new(std::env::current_exe().expect("this binary"))
            .args([
                "crash::victim",
                "--exact",
                "--nocapture",
                "--test-threads=1",
            ])
            .env(FOLDER, site.dir())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        let mut lines = BufReader::new(victim.stdout.take().expect("piped")).lines();
        let until = Instant::now() + Duration::from_millis(150 + 40 * round);
        let mut last = 0;
        while last == 0 || Instant::now() < until {
            let line = lines.next().expect("goes on").expect("text");
            if let Some((_, position)) = line.split_once("acknowledged ") {
                last = position.parse().expect("a number");
            }
        }
        victim.kill().expect("kills with SIGKILL");
        victim.wait().expect("ends");
        for line in lines.map_while(Result::ok) {
            if let Some(Ok(position)) = line.split_once("acknowledged ").map(|it| it.1.parse()) {
                last = position;
            }
        }
        let ledger = site.open();
        assert!(
            ledger.head().size >= last,
            "position {last} was acknowledged and is lost"
        );
        assert!(ledger.head().size > acknowledged);
        acknowledged = last;
        let report = ledger.verify(|_| ()).expect("walks");
        assert!(report.is_clean(), "{:?}", report.findings);
        assert_eq!(report.events, ledger.head().size);
    }
}
