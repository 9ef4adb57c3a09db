//! A byte that changed on the disk is found and named, wherever it lies, and nothing is made up from
//! what is left.

use std::fs;

use crate::site::{Folder, refused};

#[test]
fn a_flipped_byte_anywhere_in_the_database_is_found_and_named() {
    let folder = Folder::with_demo("2021-09-18");
    folder.verified();
    let database = folder.data().join("akey.db");
    let whole = fs::read(&database).expect("the database is there");
    for eighth in 0..8 {
        let place = whole.len() / 8 * eighth + 700;
        let mut damaged = whole.clone();
        damaged[place] ^= 0x10;
        fs::write(&database, &damaged).expect("it can be written");
        let said = refused(folder.akey(&["verify"]), 1);
        assert!(said.contains("damaged") || said.contains("wrong"), "byte {place}: {said}");
        assert!(said.contains("akey.db") || said.contains("data"), "byte {place}: {said}");
    }
    fs::write(&database, &whole).expect("it can be written");
    folder.verified();
}

#[test]
fn a_flipped_byte_in_the_key_file_is_no_wrong_passphrase() {
    let folder = Folder::with_demo("2021-09-18");
    let keys = folder.data().join("akey.keys");
    let mut damaged = fs::read(&keys).expect("the key file is there");
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    fs::write(&keys, damaged).expect("it can be written");
    let said = refused(folder.akey(&["verify"]), 1);
    assert!(said.contains("damaged") && !said.contains("wrong passphrase"), "{said}");
}
