//! How fast the ledger is, next to what the same disk can do in the same run.
fn main() {
    divan::main();
}
