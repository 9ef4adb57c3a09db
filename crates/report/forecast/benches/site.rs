//! A site's evening: a queue of 2,000 people, and 50 stores short of ten items.

use forecast::{Arriving, Lane, Queue, Store, desks_needed, moves, serve};

fn main() {
    divan::main();
}

fn queue() -> Queue {
    Queue {
        arriving: (0..20)
            .map(|number| Arriving {
                in_min: number * 30,
                people: 100.0,
            })
            .collect(),
        minutes_each: 6.0,
        desks: 12,
        close_in_min: None,
    }
}

#[divan::bench]
fn serving(bencher: divan::Bencher) {
    let queue = queue();
    bencher.bench_local(|| serve(divan::black_box(&queue)));
}

#[divan::bench]
fn desks_by_nightfall(bencher: divan::Bencher) {
    let queue = queue();
    bencher.bench_local(|| desks_needed(divan::black_box(&queue), 600));
}

#[divan::bench]
fn moving_between_fifty_stores(bencher: divan::Bencher) {
    let stores: Vec<_> = (0..50)
        .map(|place| Store {
            spare: if place % 2 == 0 { 500 } else { 0 },
            missing: if place % 2 == 0 { 0 } else { 300 },
        })
        .collect();
    let lanes: Vec<_> = (0..50)
        .flat_map(|from| {
            (0..50).map(move |to| Lane {
                from,
                to,
                cost: f64::from(u32::try_from(from * 7 + to * 3).unwrap_or(1) % 11),
            })
        })
        .collect();
    bencher.bench_local(|| moves(divan::black_box(&stores), &lanes));
}
