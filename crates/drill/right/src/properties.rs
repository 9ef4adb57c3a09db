//! What must hold in every state, and what must come about in some, so that the rest is not empty talk.

use stateright::Property;

use crate::model::{Act, Event, ITEMS, Right, State};

pub fn all() -> Vec<Property<Right>> {
    vec![
        Property::always("one can use a right", |right: &Right, state: &State| {
            (0..ITEMS).all(|item| {
                right.users(state, item) <= 1 || state.is_recovered(item) || state.copy_ran()
            })
        }),
        Property::always(
            "what is given twice was recovered or forked",
            |_, state: &State| {
                (0..ITEMS).all(|item| {
                    state.given(item) <= 1 || state.is_recovered(item) || state.is_forked()
                })
            },
        ),
        Property::always(
            "who knows all lists what was given twice",
            |right: &Right, state: &State| {
                state
                    .disks
                    .iter()
                    .filter(|disk| state.knows_all(disk))
                    .all(|disk| {
                        (0..ITEMS)
                            .all(|item| right.lists(state, disk, item) == (state.given(item) > 1))
                    })
            },
        ),
        Property::always(
            "where all know all, one can use a right",
            |right: &Right, state: &State| {
                !state.disks.iter().all(|disk| state.knows_all(disk))
                    || (0..ITEMS).all(|item| right.users(state, item) <= 1)
            },
        ),
        Property::sometimes(
            "a right went through three hands and was used",
            |_, state: &State| {
                used(state, |state, event| {
                    (0..3).all(|node| state.way(event).any(|step| step.place.author == node))
                })
            },
        ),
        Property::sometimes(
            "what was declined was taken back and used",
            |_, state: &State| {
                used(state, |state, event| {
                    state.way(event).any(|step| step.act == Act::Decline)
                })
            },
        ),
        Property::sometimes("both items were used away from home", |_, state: &State| {
            (0..ITEMS).all(|item| {
                state
                    .redemptions(item)
                    .any(|event| event.place.author != item)
            })
        }),
        Property::sometimes("what was recovered was used once", |_, state: &State| {
            (0..ITEMS).any(|item| state.is_recovered(item) && state.given(item) == 1)
        }),
        Property::sometimes(
            "two can use a right, until they meet",
            |right: &Right, state: &State| (0..ITEMS).any(|item| right.users(state, item) > 1),
        ),
        Property::sometimes("a frozen right is held", |right: &Right, state: &State| {
            (0..ITEMS).any(|item| right.is_frozen(state, item))
        }),
        Property::sometimes(
            "used twice, and all list it",
            |right: &Right, state: &State| (0..ITEMS).any(|item| right.all_list(state, item)),
        ),
    ]
}

fn used(state: &State, how: fn(&State, &Event) -> bool) -> bool {
    (0..ITEMS).any(|item| state.redemptions(item).any(|event| how(state, event)))
}
