//! Reading what came from elsewhere: form and signature of each event, on all cores. Where an event
//! belongs is decided afterwards, by the [intake](crate::Transaction::receive).

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::event::Event;
use crate::identity::{NodeId, Receipt};
use crate::signature::{SignedTogether, SignerKey};

/// Events whose signatures are checked together. Twice as many would be checked a tenth faster, and one
/// bad signature among them would cost twice as much.
const TOGETHER: usize = 256;

/// Bytes that are no event, or whose signature is not by the node they name.
#[derive(Debug)]
pub struct BadEvent {
    /// Its place in the batch, from 0.
    pub index: usize,
    /// What is wrong.
    pub error: Error,
}

/// Reads events that came from elsewhere and checks form and signature of each, on all cores. What is
/// wrong is named; the others are kept.
pub fn check_batch(batch: Vec<Vec<u8>>) -> (Vec<Event>, Vec<BadEvent>) {
    let checked: Vec<Result<Event>> = batch
        .into_par_iter()
        .chunks(TOGETHER)
        .flat_map_iter(check_together)
        .collect();
    let mut good = Vec::with_capacity(checked.len());
    let mut bad = Vec::new();
    for (index, outcome) in checked.into_iter().enumerate() {
        match outcome {
            Ok(event) => good.push(event),
            Err(error) => bad.push(BadEvent { index, error }),
        }
    }
    (good, bad)
}

/// Signatures by one node, and where their events stand.
struct ByOne {
    places: Vec<usize>,
    signed: SignedTogether,
}

fn check_together(bytes: Vec<Vec<u8>>) -> Vec<Result<Event>> {
    let mut events: Vec<Result<Event>> = bytes
        .into_iter()
        .map(|bytes| Event::decode(bytes, Receipt(0)))
        .collect();
    if planted::mistake!("take events unverified") {
        return events;
    }
    let mut signers: BTreeMap<NodeId, Option<ByOne>> = BTreeMap::new();
    for (place, outcome) in events.iter_mut().enumerate() {
        let Ok(event) = outcome else { continue };
        let by_one = signers.entry(event.node).or_insert_with(|| {
            let signed = SignedTogether::by(SignerKey::from_bytes(event.node.0)?);
            let places = Vec::new();
            Some(ByOne { places, signed })
        });
        match (by_one, event.signed()) {
            (Some(by_one), Ok((words, signature))) => {
                by_one.places.push(place);
                by_one.signed.add(&words, signature);
            }
            _ => *outcome = Err(event.unsigned()),
        }
    }
    for ByOne { places, signed } in signers.into_values().flatten() {
        for (place, accepted) in places.into_iter().zip(signed.accepted()) {
            let outcome = &mut events[place];
            if let (Ok(event), false) = (&outcome, accepted) {
                *outcome = Err(event.unsigned());
            }
        }
    }
    events
}
