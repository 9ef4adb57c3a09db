//! A month of daily tables, protected and proved. `cargo bench -p akey-disclosure`

use std::time::Instant;

use disclosure::{Shown, Tables, attack, protect};

const DAYS: usize = 31;

/// Tables by one trait with so many values, of the same people; each day, and the month.
const TRAITS: [usize; 5] = [5, 11, 11, 8, 5];

fn main() {
    for (name, people_a_day) in [
        ("a small site, 60 a day", 60),
        ("a large site, 2,000 a day", 2_000),
    ] {
        let tables = month(people_a_day);
        let small = tables.small().iter().filter(|small| **small).count();
        let began = Instant::now();
        let (hidden, proved) = protect(&tables).expect("a month can be protected");
        let took = began.elapsed();
        println!(
            "{name}: {} numbers, {small} small, {} hidden and proved in {:.2} s",
            tables.cells.len(),
            proved.proofs.len(),
            took.as_secs_f64()
        );
        let began = Instant::now();
        let narrowest = attack(&tables, &hidden)
            .iter()
            .filter_map(disclosure::Bounds::width)
            .min();
        println!(
            "  attacked in {:.2} s: the narrowest bounds are {narrowest:?} apart",
            began.elapsed().as_secs_f64()
        );
    }
}

fn month(people_a_day: u64) -> Tables {
    let mut chance = Chance(2_021);
    let mut tables = Tables::default();
    let mut columns: Vec<Vec<usize>> = vec![Vec::new(); 1 + TRAITS.iter().sum::<usize>()];
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for _ in 0..DAYS {
        let people = chance.below(people_a_day * 2);
        let total = tables.add(people, Shown::Open, 20);
        let mut row = vec![total];
        for values in TRAITS {
            let mut counts = vec![0_u64; values];
            for _ in 0..people {
                // Most people fall to few values, as in life.
                let value = chance.below(values as u64).min(chance.below(values as u64));
                counts[usize::try_from(value).unwrap_or_default()] += 1;
            }
            let parts: Vec<_> = counts
                .iter()
                .map(|n| tables.add(*n, Shown::Open, 10))
                .collect();
            tables.sum(total, parts.clone());
            row.extend(parts);
        }
        for (column, cell) in columns.iter_mut().zip(&row) {
            column.push(*cell);
        }
        rows.push(row);
    }
    let month: Vec<_> = columns
        .into_iter()
        .map(|parts| {
            let sum = parts.iter().map(|cell| tables.cells[*cell].value).sum();
            let whole = tables.add(sum, Shown::Open, 40);
            tables.sum(whole, parts);
            whole
        })
        .collect();
    let mut from = 1;
    for values in TRAITS {
        tables.sum(month[0], month[from..from + values].to_vec());
        from += values;
    }
    tables
}

/// Numbers that look random and are the same each time (Vigna, xorshift64*).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % end.max(1)
    }
}
