//! How long the PDF of a month takes, with as many movements as stand behind `--`, or 120.

#[expect(dead_code, reason = "a bench needs one of its reports")]
#[path = "../../tests/report/sample.rs"]
mod sample;
#[path = "../../tests/report/speaker.rs"]
#[allow(dead_code, reason = "the tests say more than this")]
mod speaker;

use std::time::Instant;

use akey_report::document::Document;

const MOVEMENTS: usize = 120;
const ROUNDS: usize = 5;

fn main() {
    let movements = std::env::args()
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(MOVEMENTS);
    let mut sitrep = sample::sitrep();
    let some = sitrep.movements.clone();
    while sitrep.movements.len() < movements {
        sitrep.movements.extend(some.clone());
    }
    sitrep.movements.truncate(movements);
    let days = sitrep.days.clone();
    while sitrep.days.len() < 30 {
        sitrep.days.extend(days.clone());
    }
    let speaker = speaker::Speaker::of("fr");
    let mut times = Vec::new();
    let mut bytes = 0;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let document = Document::of(&sitrep, &speaker);
        bytes = report_pdf::write(&document)
            .expect("a report can be written")
            .len();
        times.push(start.elapsed());
    }
    times.sort();
    println!(
        "PDF of 30 days and {movements} movements: median {:.1?}, best {:.1?}, {} KB",
        times[ROUNDS / 2],
        times[0],
        bytes / 1_024
    );
}
