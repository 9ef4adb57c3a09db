//! How long one zone takes: read with all that the desk needs of it, and with a wrong check digit
//! and what it could be.

use std::hint::black_box;

use akey_formats::mrz;
use divan::Bencher;
use jiff::civil::date;

const PASSPORT: &str =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

fn main() {
    divan::main();
}

#[divan::bench]
fn read_and_check(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| {
        let zone = mrz::read(black_box(PASSPORT)).expect("a zone");
        (zone.holds(), zone.particulars(date(2021, 9, 24)))
    });
}

#[divan::bench]
fn read_joined(bencher: Bencher<'_, '_>) {
    let joined = PASSPORT.replace('\n', "").to_lowercase();
    bencher.bench_local(|| mrz::read(black_box(&joined)).expect("a zone").holds());
}

#[divan::bench]
fn corrections_of_a_wrong_number(bencher: Bencher<'_, '_>) {
    let zone = mrz::read(&PASSPORT.replace("L898902C36", "L8989O2C36")).expect("a zone");
    bencher.bench_local(|| black_box(&zone).corrections());
}
