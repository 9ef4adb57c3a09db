//! Writes a population as CSV to standard output:
//! `cargo run --release -p akey-population --example write -- RECORDS [SEED] [--truth]`.

use std::io::{BufWriter, Write, stdout};

use population::Population;

fn main() -> Result<(), String> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let with_truth = args.iter().any(|arg| arg == "--truth");
    let mut numbers = args.iter().filter(|arg| !arg.starts_with("--"));
    let usage = "usage: write RECORDS [SEED] [--truth]; RECORDS and SEED are whole numbers";
    let records: usize = numbers
        .next()
        .and_then(|text| text.parse().ok())
        .ok_or(usage)?;
    let seed: u64 = match numbers.next() {
        Some(text) => text.parse().map_err(|_| usage)?,
        None => 1,
    };
    let mut out = BufWriter::new(stdout().lock());
    let written = Population::new(seed, records).write(with_truth, &mut out);
    written
        .and_then(|()| out.flush())
        .map_err(|error| error.to_string())
}
