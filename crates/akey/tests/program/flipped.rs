//! A byte that changed on the disk is found and named, wherever it lies, and nothing is made up from
//! what is left.

use std::fs;
use std::path::Path;

use crate::site::{Folder, refused};

#[test]
fn a_flipped_byte_anywhere_in_the_database_is_found_and_named() {
    let folder = Folder::with_demo("2021-09-18");
    folder.verified();
    let whole = fs::metadata(folder.data().join("akey.db"))
        .expect("it is there")
        .len();
    for eighth in 0..8 {
        // Each time a copy of the whole folder: putting back the database alone would be found too,
        // as a history that was rolled back.
        let damaged = folder.copy();
        let place = whole / 8 * eighth + 700;
        flip(&damaged.data().join("akey.db"), place);
        let said = refused(damaged.akey(&["verify"]), 1);
        assert!(
            said.contains("damaged") || said.contains("wrong"),
            "byte {place}: {said}"
        );
        assert!(
            said.contains(damaged.data().to_str().expect("plain")),
            "byte {place}: {said}"
        );
    }
    folder.verified();
}

#[test]
fn a_flipped_byte_in_the_key_file_is_no_wrong_passphrase() {
    let folder = Folder::with_demo("2021-09-18");
    let keys = folder.data().join("akey.keys");
    flip(
        &keys,
        fs::metadata(&keys).expect("the key file is there").len() / 2,
    );
    let said = refused(folder.akey(&["verify"]), 1);
    assert!(
        said.contains("damaged") && !said.contains("wrong passphrase"),
        "{said}"
    );
}

fn flip(file: &Path, place: u64) {
    let mut bytes = fs::read(file).expect("it is there");
    bytes[usize::try_from(place).expect("a place in memory")] ^= 0x10;
    fs::write(file, bytes).expect("it can be written");
}
