//! The states a right can come into: what was written, what each node has of it, what may happen next.
//! It must never call the code it is a second opinion on.

use stateright::{Model, Property};

/// Three nodes and two items, each granted at the node of its number.
pub const NODES: u8 = 3;
pub const ITEMS: u8 = 2;
/// Who recovers what a lost node held.
pub const HEADQUARTERS: u8 = 2;

/// Where an event stands: whose log, which position, which copy of the disk wrote it. In real logs two
/// events at one position differ in hash; here they differ in the copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    pub author: u8,
    pub position: u8,
    pub copy: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Act {
    Release { to: u8 },
    Accept,
    Decline,
    Redeem,
    Recover,
}

/// `after` is the event of the same item on whose ground its author acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Event {
    pub place: Place,
    pub item: u8,
    pub act: Act,
    pub after: Option<Place>,
}

impl Event {
    /// To whom this passes the right: a release to who is named, what is declined back to who released.
    fn passes_to(&self) -> Option<u8> {
        match self.act {
            Act::Release { to } => Some(to),
            Act::Decline => self.after.map(|release| release.author),
            _ => None,
        }
    }

    fn parts_from(&self, other: &Self) -> bool {
        (self.place.author, self.place.position) == (other.place.author, other.place.position)
            && self.place.copy != other.place.copy
    }
}

/// The disk of a node: which of the events written anywhere are on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Disk {
    node: u8,
    /// 1 for a copy that was made of the disk; it shares the first `shared` events with the original.
    copy: u8,
    shared: u8,
    /// One bit for each event of `State::written`.
    events: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    /// Everything ever written, sorted. Each event may reach each disk late, in any order, any number of
    /// times, or never.
    pub written: Vec<Event>,
    /// The disk that each node runs on.
    pub disks: [Disk; NODES as usize],
    /// A copy of one of them, as a backup or a clone has it. Exchanged for the disk once it is a restored
    /// backup, again and again it is a clone that works beside its original.
    spare: Option<Disk>,
    /// The waiting period after the announcement of a loss.
    waited: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    Arrive {
        event: Event,
        at: u8,
    },
    Write {
        author: u8,
        item: u8,
        act: Act,
        after: Option<Place>,
    },
    CopyDisk {
        of: u8,
    },
    ExchangeDisk,
    EndWaiting,
}

/// What is forgotten on purpose, so that it is seen that the exploration would find it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    AcceptsAReleaseTwice,
    KeepsWhatItReleases,
    TrustsWhatCameBehindAFork,
    ActsThoughForked,
    ActsThoughRecoveredFrom,
    ListsNothingDisputed,
}

/// What may happen in one exploration.
#[derive(Clone, Copy, Debug)]
pub struct Right {
    /// So many events are written at most.
    pub events_max: usize,
    /// Whose disk may be copied.
    pub copied: Option<u8>,
    /// Who is announced to be lost, and may be there all the same.
    pub lost: Option<u8>,
    pub mistake: Option<Mistake>,
}

impl Right {
    fn forgets(&self, mistake: Mistake) -> bool {
        self.mistake == Some(mistake)
    }

    /// The node holds the right, and nothing that reached it stands against using it.
    fn may_use(&self, state: &State, disk: &Disk, item: u8) -> bool {
        self.holds(state, disk, item) && self.stands(state, disk, item, state.last(disk, item))
    }

    /// Nothing that reached this disk stands against acting on the ground of `last`: no event of its own
    /// log that it did not write, none on the way of the right behind a fork, and no recovery meanwhile.
    fn stands(&self, state: &State, disk: &Disk, item: u8, last: Option<&Event>) -> bool {
        let forked = state.on(disk).any(|event| {
            event.place.author == disk.node && !state.own(disk).any(|own| own == event)
        });
        let way = || {
            std::iter::successors(last, |event| {
                state
                    .on(disk)
                    .find(|before| Some(before.place) == event.after)
            })
        };
        let recovered = state
            .on(disk)
            .any(|event| event.item == item && event.act == Act::Recover)
            && !way().any(|event| event.act == Act::Recover);
        (!forked || self.forgets(Mistake::ActsThoughForked))
            && (!recovered || self.forgets(Mistake::ActsThoughRecoveredFrom))
            && (!way().any(|event| state.behind_fork(disk, event))
                || self.forgets(Mistake::TrustsWhatCameBehindAFork))
    }

    /// The node holds the right by its own log.
    fn holds(&self, state: &State, disk: &Disk, item: u8) -> bool {
        match state.last(disk, item).map(|event| event.act) {
            None => item == disk.node,
            Some(Act::Accept | Act::Recover) => true,
            Some(Act::Release { .. }) => self.forgets(Mistake::KeepsWhatItReleases),
            Some(Act::Decline | Act::Redeem) => false,
        }
    }

    /// Passed to this node and not answered by it.
    fn is_open(&self, state: &State, disk: &Disk, pass: &Event) -> bool {
        let answered = state.own(disk).any(|event| {
            event.after == Some(pass.place) && matches!(event.act, Act::Accept | Act::Decline)
        });
        pass.passes_to() == Some(disk.node)
            && (!answered || self.forgets(Mistake::AcceptsAReleaseTwice))
            && self.stands(state, disk, pass.item, Some(pass))
    }

    /// The node sees that the item was given more than once.
    pub fn lists(&self, state: &State, disk: &Disk, item: u8) -> bool {
        let shown = |event: &&Event| {
            event.item == item
                && event.act == Act::Redeem
                && !(self.forgets(Mistake::ListsNothingDisputed) && state.behind_fork(disk, event))
        };
        state.on(disk).filter(shown).count() > 1
    }

    fn list_offers(&self, state: &State, disk: &Disk, item: u8, actions: &mut Vec<Action>) {
        let author = disk.node;
        let mut write = |act, after| {
            actions.push(Action::Write {
                author,
                item,
                act,
                after,
            });
        };
        if self.may_use(state, disk, item) {
            let after = state.last(disk, item).map(|event| event.place);
            write(Act::Redeem, after);
            for to in (0..NODES).filter(|to| *to != author) {
                write(Act::Release { to }, after);
            }
        }
        for pass in state.on(disk).filter(|event| event.item == item) {
            if self.is_open(state, disk, pass) {
                write(Act::Accept, Some(pass.place));
                if matches!(pass.act, Act::Release { .. }) {
                    write(Act::Decline, Some(pass.place));
                }
            }
        }
        if let Some(lost) = self.lost
            && author == HEADQUARTERS
            && state.waited
            && state.was_last_seen_with(lost, disk, item)
        {
            write(Act::Recover, None);
        }
    }

    /// How many nodes can use the right now.
    pub fn users(&self, state: &State, item: u8) -> usize {
        state
            .disks
            .iter()
            .filter(|disk| self.may_use(state, disk, item))
            .count()
    }

    /// Somebody holds the right and cannot use it.
    pub fn is_frozen(&self, state: &State, item: u8) -> bool {
        let frozen = |disk| self.holds(state, disk, item) && !self.may_use(state, disk, item);
        state.disks.iter().any(frozen)
    }

    pub fn all_list(&self, state: &State, item: u8) -> bool {
        state.disks.iter().all(|disk| self.lists(state, disk, item))
    }
}

impl State {
    fn on(&self, disk: &Disk) -> impl Iterator<Item = &Event> + Clone {
        let events = disk.events;
        self.written
            .iter()
            .enumerate()
            .filter(move |(place, _)| events >> place & 1 == 1)
            .map(|(_, event)| event)
    }

    /// What the node wrote itself, in order; of a fork, what this disk wrote.
    fn own(&self, disk: &Disk) -> impl Iterator<Item = &Event> + Clone {
        let Disk {
            node, copy, shared, ..
        } = *disk;
        let own = move |event: &&Event| {
            let Place {
                author,
                position,
                copy: by,
            } = event.place;
            author == node && (by == copy || position < shared)
        };
        self.on(disk).filter(own)
    }

    /// The last thing the node wrote about the item.
    fn last(&self, disk: &Disk, item: u8) -> Option<&Event> {
        self.own(disk).filter(|event| event.item == item).last()
    }

    /// As far as this disk knows, its author's log parts at this position or before it.
    fn behind_fork(&self, disk: &Disk, event: &Event) -> bool {
        let place = event.place;
        let line = |other: &&Event| {
            other.place.author == place.author && other.place.position <= place.position
        };
        let line = || self.on(disk).filter(line);
        line().any(|one| line().any(|two| one.parts_from(two)))
    }

    /// As far as this disk knows, nobody gave it, and the right lies with this node or is passed to it.
    fn was_last_seen_with(&self, node: u8, disk: &Disk, item: u8) -> bool {
        let of_item = || self.on(disk).filter(|event| event.item == item);
        let is_end = |event: &&Event| !of_item().any(|next| next.after == Some(event.place));
        let over = of_item().any(|event| matches!(event.act, Act::Redeem | Act::Recover));
        let with = |end: &Event| end.passes_to().unwrap_or(end.place.author) == node;
        !over && (of_item().filter(is_end).any(with) || of_item().next().is_none() && item == node)
    }

    fn write(&mut self, author: u8, item: u8, act: Act, after: Option<Place>) {
        let disk = self.disks[usize::from(author)];
        let position = u8::try_from(self.own(&disk).count()).expect("few events are written");
        let place = Place {
            author,
            position,
            copy: disk.copy,
        };
        let event = Event {
            place,
            item,
            act,
            after,
        };
        let at = self.written.partition_point(|other| *other < event);
        self.written.insert(at, event);
        let below = (1_u16 << at) - 1;
        for disk in self.disks.iter_mut().chain(&mut self.spare) {
            disk.events = disk.events & below | (disk.events & !below) << 1;
        }
        self.disks[usize::from(author)].events |= 1 << at;
    }

    pub fn knows_all(&self, disk: &Disk) -> bool {
        self.on(disk).count() == self.written.len()
    }

    pub fn redemptions(&self, item: u8) -> impl Iterator<Item = &Event> {
        self.written
            .iter()
            .filter(move |event| event.item == item && event.act == Act::Redeem)
    }

    pub fn given(&self, item: u8) -> usize {
        self.redemptions(item).count()
    }

    pub fn is_recovered(&self, item: u8) -> bool {
        self.written
            .iter()
            .any(|event| event.item == item && event.act == Act::Recover)
    }

    /// The copy of a disk has run.
    pub fn copy_ran(&self) -> bool {
        self.spare.is_some_and(|disk| disk.copy == 0)
            || self.written.iter().any(|event| event.place.copy == 1)
    }

    pub fn is_forked(&self) -> bool {
        self.written
            .iter()
            .any(|one| self.written.iter().any(|two| one.parts_from(two)))
    }

    pub fn way<'a>(&'a self, event: &'a Event) -> impl Iterator<Item = &'a Event> {
        std::iter::successors(Some(event), |event| {
            self.written
                .iter()
                .find(|before| Some(before.place) == event.after)
        })
    }
}

impl Model for Right {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let blank = |node| Disk {
            node,
            copy: 0,
            shared: 0,
            events: 0,
        };
        let disks = [blank(0), blank(1), blank(2)];
        vec![State {
            written: Vec::new(),
            disks,
            spare: None,
            waited: false,
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        for disk in &state.disks {
            let missing = |event: &&Event| !state.on(disk).any(|known| known == *event);
            let missing = state.written.iter().filter(missing);
            actions.extend(missing.map(|event| Action::Arrive {
                event: *event,
                at: disk.node,
            }));
            if state.written.len() < self.events_max {
                (0..ITEMS).for_each(|item| self.list_offers(state, disk, item, actions));
            }
        }
        match self.copied {
            Some(of) if state.spare.is_none() => actions.push(Action::CopyDisk { of }),
            Some(_) => actions.push(Action::ExchangeDisk),
            None => {}
        }
        if self.lost.is_some() && !state.waited {
            actions.push(Action::EndWaiting);
        }
    }

    fn next_state(&self, state: &State, action: Action) -> Option<State> {
        let mut next = state.clone();
        match action {
            Action::Arrive { event, at } => {
                let place = state.written.binary_search(&event).ok()?;
                next.disks[usize::from(at)].events |= 1 << place;
            }
            Action::Write {
                author,
                item,
                act,
                after,
            } => next.write(author, item, act, after),
            Action::CopyDisk { of } => {
                let disk = state.disks[usize::from(of)];
                let shared = u8::try_from(state.own(&disk).count()).ok()?;
                next.spare = Some(Disk {
                    copy: 1,
                    shared,
                    ..disk
                });
            }
            Action::ExchangeDisk => {
                let spare = next.spare.as_mut()?;
                std::mem::swap(spare, &mut next.disks[usize::from(spare.node)]);
            }
            Action::EndWaiting => next.waited = true,
        }
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        crate::properties::all()
    }
}
