//! Each mistake made on purpose is seen by the drill: its checks can fail.
//! Only in builds with the feature `armed`.
#![cfg(feature = "armed")]

use drill::{MISTAKES, plant};

#[test]
fn each_planted_bug_is_caught() {
    let mut unseen = Vec::new();
    for mistake in MISTAKES {
        let planted = plant(*mistake, 2).unwrap();
        match (planted.seed, planted.finding) {
            (Some(seed), Some(finding)) => println!("{}: seed {seed}: {finding}", mistake.name),
            _ => unseen.push(mistake.name),
        }
    }
    assert!(unseen.is_empty(), "nobody saw: {unseen:?}");
}
