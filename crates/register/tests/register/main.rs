//! The register through its public door: the same events give the same rows in whatever order they
//! come, rules are answered as the plainest register in memory answers them, and numbers are their
//! lists.

mod apart;
mod editions;
mod erasure;
mod feedback;
mod figures;
mod fold;
mod known;
mod nodes;
mod pages;
mod referrals;
mod search;
mod steps;
mod world;
