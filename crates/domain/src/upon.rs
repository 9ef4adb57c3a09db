//! What an edit was made upon: the entries its author saw and replaces. It rides in the public body
//! under a key of its own, the same for every kind, so that any event can carry it, and versions that
//! do not know it pass over it. Never more than places in logs: it says nothing about anybody.

use minicbor::data::Type;
use minicbor::{Decoder, Encoder};

use crate::Order;

/// The key in the map of a public body. Larger than any key of a kind's own, so that it stands last
/// in deterministic CBOR (RFC 8949, section 4.2.1).
const KEY: u32 = 255;
/// Most entries that one edit names: more than there are fields in anything, and nodes in an operation.
pub const UPON_MAX: usize = 256;

/// A public body with what it was made upon.
///
/// # Panics
/// Never for the body of an event, which is a map of known length.
pub fn with_upon(body: &[u8], upon: &[Order]) -> Vec<u8> {
    let mut decoder = Decoder::new(body);
    let entries = decoder.map().ok().flatten();
    let entries = entries.expect("the body of an event is a map of known length");
    let mut written = Vec::with_capacity(body.len() + 8 + upon.len() * 56);
    let mut encoder = Encoder::new(&mut written);
    encoder
        .map(entries + 1)
        .expect("writing to a vector cannot fail");
    written.extend_from_slice(&body[decoder.position()..]);
    let mut encoder = Encoder::new(&mut written);
    encoder
        .u32(KEY)
        .and_then(|encoder| encoder.encode(&upon[..upon.len().min(UPON_MAX)]))
        .expect("writing to a vector cannot fail");
    written
}

/// What a public body says it was made upon; none where it does not say, as before it could. What
/// cannot be understood names nothing: then nothing is replaced, and both values are shown.
pub fn upon_of(body: &[u8]) -> Option<Vec<Order>> {
    let mut decoder = Decoder::new(body);
    let entries = decoder.map().ok()??;
    for _ in 0..entries {
        let is_number = matches!(
            decoder.datatype().ok()?,
            Type::U8 | Type::U16 | Type::U32 | Type::U64
        );
        let key = if is_number {
            Some(decoder.u64().ok()?)
        } else {
            decoder.skip().ok()?;
            None
        };
        if key == Some(u64::from(KEY)) {
            let named: Vec<Order> = decoder.decode().unwrap_or_default();
            return Some(if named.len() > UPON_MAX {
                Vec::new()
            } else {
                named
            });
        }
        decoder.skip().ok()?;
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::event::{Event, body};
    use crate::{MovementId, NodeKey};

    fn order(wall_ms: u64, counter: u32, node: u8, position: u64) -> Order {
        Order {
            wall_ms,
            counter,
            node: NodeKey([node; 32]),
            position,
        }
    }

    proptest! {
        #[test]
        fn what_an_edit_was_made_upon_is_read_back_and_older_versions_pass_over_it(
            headcount in any::<u32>(),
            places in prop::collection::vec((any::<u64>(), any::<u32>(), any::<u8>(), any::<u64>()), 0..9),
        ) {
            let upon: Vec<_> = places
                .into_iter()
                .map(|(wall, counter, node, position)| order(wall, counter, node, position))
                .collect();
            let movement = MovementId(Uuid::from_u128(5));
            let event = Event::from(body::HeadcountCorrected { movement, headcount });
            let bytes = with_upon(&event.to_cbor(), &upon);
            prop_assert_eq!(upon_of(&bytes), Some(upon));
            prop_assert_eq!(Event::from_cbor(event.kind(), &bytes), event.clone());
            prop_assert_eq!(upon_of(&event.to_cbor()), None);
        }

        #[test]
        fn any_bytes_name_nothing_or_something_and_nobody_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = upon_of(&bytes);
        }
    }

    #[test]
    fn what_cannot_be_understood_replaces_nothing() {
        let event = Event::from(body::MovementClosed {
            movement: MovementId(Uuid::from_u128(5)),
        });
        let mut bytes = with_upon(&event.to_cbor(), &[]);
        // A newer version writes something else than a list.
        let last = bytes.len() - 1;
        bytes[last] = 0x01;
        assert_eq!(upon_of(&bytes), Some(Vec::new()));
    }
}
