//! What happens in a run, drawn from its seed before anything happens: who does what, what the network
//! and the disks do. Each step stands for itself, so that a run can be repeated with some of them left
//! out.

use std::fmt;

use crate::chance::Chance;
use crate::network::Mishap;

/// What somebody at a desk does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Announces a flight and lets it land.
    Land,
    /// Meets people.
    Meet,
    /// Registers somebody who was met.
    Register,
    /// Registers somebody who is on record already.
    RegisterAgain,
    /// Screens somebody.
    Screen,
    /// Gives an item.
    Give,
    /// Gives an item that was given, or that another site owes: a mistake.
    GiveWrongly,
    /// Takes back what was recorded as given.
    Void,
    /// Grants an item beyond the package.
    Grant,
    /// Corrects somebody's particulars.
    Correct,
    /// Says that two records are one person.
    Link,
    /// Says that they are not.
    Unlink,
    /// Somebody leaves.
    Leave,
    /// A supplier brings goods.
    Supply,
    /// Goods are sent to another site.
    Send,
    /// Goods are received.
    Receive,
    /// The shelves are counted.
    Count,
    /// A movement is closed.
    Close,
    /// A movement goes somewhere else.
    Divert,
    /// A card is taken back as a mistake.
    Withdraw,
    /// Somebody's data is erased.
    Erase,
    /// Rights are let go of, for another node.
    Release,
    /// What was let go of for this node is taken.
    Accept,
    /// It is left with who let go of it.
    Decline,
    /// The people of a movement are counted again.
    Recount,
    /// Where two counts stand, one is chosen.
    Choose,
}

/// Acts and how often each is drawn.
const ACTS: &[(Act, u64)] = &[
    (Act::Land, 6),
    (Act::Meet, 12),
    (Act::Register, 20),
    (Act::RegisterAgain, 5),
    (Act::Screen, 6),
    (Act::Give, 40),
    (Act::GiveWrongly, 14),
    (Act::Void, 5),
    (Act::Grant, 4),
    (Act::Correct, 4),
    (Act::Link, 4),
    (Act::Unlink, 1),
    (Act::Leave, 3),
    (Act::Supply, 6),
    (Act::Send, 5),
    (Act::Receive, 6),
    (Act::Count, 2),
    (Act::Close, 1),
    (Act::Divert, 1),
    (Act::Withdraw, 1),
    (Act::Erase, 1),
    (Act::Release, 5),
    (Act::Accept, 8),
    (Act::Decline, 2),
    (Act::Recount, 4),
    (Act::Choose, 4),
];

/// What happens to a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Harm {
    /// It is switched off in good order.
    Stop,
    /// It is switched on.
    Start,
    /// The power goes at one of the writes of the next thing it does.
    Doom {
        /// Its disk said flushed and had not.
        lying: bool,
    },
    /// The power goes while it does nothing.
    PowerCut,
    /// A bit of its database turns over.
    Flip,
    /// Its disk is full.
    Fill,
    /// Its clock is set.
    Clock {
        /// So far ahead of the true time; negative behind.
        ahead_minutes: i32,
    },
    /// Its clock gains or loses.
    Drift {
        /// So much a day.
        ms_a_day: i32,
    },
    /// Somebody copies its folder.
    Snapshot,
    /// Somebody puts the copy back.
    Rewind,
    /// Its disk is copied, and both go on.
    Clone,
    /// It is stolen, sent away, and goes on writing.
    Steal,
    /// A backup is made.
    Backup,
    /// Its disk dies and the backup is restored.
    Restore,
    /// Two persons with the root key take over the rights of the node of the backup.
    Claim,
    /// A newer version records what no other knows.
    Future,
    /// Somebody says that another node is lost for good.
    SayLost,
    /// Somebody confirms it, mostly after the waiting.
    TakeOver,
}

impl Harm {
    /// What a report calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stop => "switched off",
            Self::Start => "switched on",
            Self::Doom { lying: false } => "power cut at a write",
            Self::Doom { lying: true } => "power cut, lying disk",
            Self::PowerCut => "power cut",
            Self::Flip => "bit flipped",
            Self::Fill => "disk full",
            Self::Clock { .. } => "clock set",
            Self::Drift { .. } => "clock drifts",
            Self::Snapshot => "folder copied",
            Self::Rewind => "old folder put back",
            Self::Clone => "disk cloned",
            Self::Steal => "node stolen",
            Self::Backup => "backup made",
            Self::Restore => "backup restored",
            Self::Claim => "rights asked for",
            Self::Future => "unknown kind of event",
            Self::SayLost => "node said to be lost",
            Self::TakeOver => "lost node's rights asked for",
        }
    }
}

/// One thing that happens. Machines and links are named by a number that is taken modulo how many
/// there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    /// Time passes.
    Wait {
        /// How long.
        minutes: u32,
    },
    /// Somebody works.
    Work {
        /// At which machine.
        machine: usize,
        /// What they do.
        act: Act,
    },
    /// Something happens to a machine.
    Harm {
        /// Which.
        machine: usize,
        /// What.
        harm: Harm,
    },
    /// Two machines begin a meeting, if the network lets them.
    Call {
        /// One.
        one: usize,
        /// The other.
        other: usize,
        /// Bytes asked for at once.
        budget: u32,
    },
    /// Messages of a meeting are carried.
    Carry {
        /// Which meeting.
        link: usize,
        /// How many messages.
        messages: u32,
        /// What happens to the first of them.
        mishap: Mishap,
    },
    /// A meeting breaks off.
    Hang {
        /// Which.
        link: usize,
    },
    /// A bundle is written to a stick.
    Write {
        /// At which machine.
        machine: usize,
    },
    /// A stick that lies about is read.
    Read {
        /// At which machine.
        machine: usize,
    },
    /// The network falls into two parts.
    Part {
        /// Which side each machine is on, a bit for each.
        sides: u64,
    },
    /// The network is whole again.
    Heal,
}

/// One step of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// Its number in the whole script.
    pub number: usize,
    /// What happens.
    pub deed: Deed,
    /// Chance of its own for whatever the deed leaves open.
    pub pick: u64,
}

/// A whole run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// Where it comes from.
    pub seed: u64,
    /// How many machines.
    pub machines: usize,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

/// Which faults a run has, so that runs differ in kind and not in luck alone.
#[derive(Debug, Clone, Copy)]
struct Weather {
    /// Messages harmed, of a thousand.
    mishaps: u64,
    /// How often the network parts, of a thousand steps.
    parts: u64,
    /// How much of the steps is meetings, of a thousand.
    talk: u64,
    /// How often something happens to a machine, of a thousand steps.
    harms: u64,
    /// How often a stick is written or read, of a thousand steps.
    sticks: u64,
    /// What may happen to machines.
    kinds: u64,
}

/// Kinds of harm that a run may have, a bit for each.
const POWER: u64 = 1;
const DISKS: u64 = 2;
const CLOCKS: u64 = 4;
const COPIES: u64 = 8;
const THIEVES: u64 = 16;
const BACKUPS: u64 = 32;
const LIES: u64 = 64;
const LOSSES: u64 = 128;

impl Weather {
    fn draw(chance: &mut Chance) -> Self {
        let mut some = |of: &[u64]| chance.one_of(of).unwrap_or(0);
        Self {
            mishaps: some(&[0, 0, 10, 60]),
            parts: some(&[0, 10, 30]),
            talk: some(&[250, 400, 550]),
            harms: some(&[0, 30, 60, 120]),
            sticks: some(&[0, 0, 15, 40]),
            kinds: some(&[0, POWER, POWER])
                | some(&[0, 0, DISKS])
                | some(&[0, 0, CLOCKS])
                | some(&[0, 0, 0, COPIES])
                | some(&[0, 0, 0, THIEVES])
                | some(&[0, 0, 0, BACKUPS])
                | some(&[0, 0, 0, 0, LIES])
                | some(&[0, 0, 0, LOSSES]),
        }
    }
}

impl Script {
    /// The script of a seed.
    pub fn of(seed: u64) -> Self {
        let mut chance = Chance::of(seed, 0x5C81);
        let machines = match chance.below(1_000) {
            0 => 40 + chance.index(11),
            1..11 => 12 + chance.index(9),
            11..120 => 5 + chance.index(3),
            120..420 => 4,
            420..780 => 3,
            _ => 2,
        };
        let weather = Weather::draw(&mut chance);
        let length = 80 + chance.index(160) + machines * 8;
        let mut steps = Vec::with_capacity(length);
        // Nobody can work on an empty shelf without anybody to serve: every site begins with both.
        for machine in 0..machines {
            for act in [Act::Supply, Act::Land, Act::Meet, Act::Register] {
                steps.push(Deed::Work { machine, act });
            }
        }
        for _ in 0..length {
            steps.push(draw(machines, weather, &mut chance));
        }
        let steps = steps.into_iter().enumerate().map(|(number, deed)| Step {
            number,
            deed,
            pick: Chance::of(seed, 0x9100_0000 + number as u64).next(),
        });
        Self {
            seed,
            machines,
            steps: steps.collect(),
        }
    }

    /// The same with only these steps, by their numbers.
    #[must_use]
    pub fn keeping(&self, numbers: &[usize]) -> Self {
        let steps = self.steps.iter().copied();
        Self {
            steps: steps
                .filter(|step| numbers.contains(&step.number))
                .collect(),
            ..*self
        }
    }
}

fn draw(machines: usize, weather: Weather, chance: &mut Chance) -> Deed {
    if chance.permille(weather.parts) {
        return Deed::Part {
            sides: chance.next(),
        };
    }
    if chance.permille(weather.parts) {
        return Deed::Heal;
    }
    if chance.permille(weather.harms) {
        return Deed::Harm {
            machine: chance.index(machines),
            harm: harm(weather.kinds, chance),
        };
    }
    if chance.permille(weather.sticks) {
        let machine = chance.index(machines);
        return if chance.permille(400) {
            Deed::Write { machine }
        } else {
            Deed::Read { machine }
        };
    }
    if chance.permille(weather.talk) {
        return talk(machines, weather, chance);
    }
    if chance.permille(60) {
        // Mostly hours, now and then weeks.
        let most = if chance.permille(100) {
            60 * 24 * 40
        } else {
            600
        };
        let minutes = u32::try_from(1 + chance.below(most)).expect("weeks in minutes");
        return Deed::Wait { minutes };
    }
    Deed::Work {
        machine: chance.index(machines),
        act: act(chance),
    }
}

fn harm(kinds: u64, chance: &mut Chance) -> Harm {
    let mut possible = vec![Harm::Stop, Harm::Start, Harm::Start, Harm::Future];
    let mut with = |kind: u64, harms: &[Harm]| {
        if kinds & kind != 0 {
            possible.extend_from_slice(harms);
        }
    };
    with(POWER, &[Harm::Doom { lying: false }; 4]);
    with(POWER, &[Harm::PowerCut]);
    with(LIES, &[Harm::Doom { lying: true }]);
    with(DISKS, &[Harm::Flip, Harm::Fill, Harm::Fill]);
    with(
        COPIES,
        &[Harm::Snapshot, Harm::Snapshot, Harm::Rewind, Harm::Clone],
    );
    with(THIEVES, &[Harm::Steal]);
    with(
        BACKUPS,
        &[Harm::Backup, Harm::Backup, Harm::Restore, Harm::Claim],
    );
    with(
        LOSSES,
        &[
            Harm::SayLost,
            Harm::SayLost,
            Harm::TakeOver,
            Harm::TakeOver,
            Harm::TakeOver,
        ],
    );
    // Minutes, hours, days, and the year of a battery that ran out.
    let minutes = chance.one_of(&[-576_000, -3_000, -90, 0, 5, 90, 3_000, 576_000]);
    let ms_a_day = chance.one_of(&[-60_000, 0, 1_000, 600_000]);
    let ahead_minutes = minutes.unwrap_or(0);
    let ms_a_day = ms_a_day.unwrap_or(0);
    with(
        CLOCKS,
        &[Harm::Clock { ahead_minutes }, Harm::Drift { ms_a_day }],
    );
    possible[chance.index(possible.len())]
}

fn talk(machines: usize, weather: Weather, chance: &mut Chance) -> Deed {
    match chance.below(10) {
        0..3 => {
            let one = chance.index(machines);
            let other = (one + 1 + chance.index(machines.max(2) - 1)) % machines.max(2);
            let budget = chance.one_of(&[200, 2_000, 1 << 20]).unwrap_or(1 << 20);
            Deed::Call { one, other, budget }
        }
        3 if chance.permille(300) => Deed::Hang {
            link: chance.index(64),
        },
        _ => Deed::Carry {
            link: chance.index(64),
            messages: u32::try_from(1 + chance.below(12)).expect("a few"),
            mishap: if chance.permille(weather.mishaps) {
                let mishaps = [
                    Mishap::Lost,
                    Mishap::Twice,
                    Mishap::Swapped,
                    Mishap::Changed,
                    Mishap::Forged,
                ];
                chance.one_of(&mishaps).unwrap_or(Mishap::None)
            } else {
                Mishap::None
            },
        },
    }
}

fn act(chance: &mut Chance) -> Act {
    let total: u64 = ACTS.iter().map(|(_, weight)| weight).sum();
    let mut left = chance.below(total);
    for (act, weight) in ACTS {
        if left < *weight {
            return *act;
        }
        left -= weight;
    }
    Act::Give
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>4}  {}", self.number, self.deed)
    }
}

impl fmt::Display for Deed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wait { minutes } => write!(f, "{minutes} minutes pass"),
            Self::Work { machine, act } => write!(f, "at node {machine} somebody: {act:?}"),
            Self::Call { one, other, budget } => {
                write!(
                    f,
                    "nodes {one} and {other} begin to meet, {budget} bytes at once"
                )
            }
            Self::Carry {
                link,
                messages,
                mishap: Mishap::None,
            } => write!(f, "meeting {link}: {messages} messages arrive"),
            Self::Carry {
                link,
                messages,
                mishap,
            } => write!(
                f,
                "meeting {link}: {messages} messages, the first {mishap:?}"
            ),
            Self::Harm { machine, harm } => {
                write!(f, "node {machine}: {} ({harm:?})", harm.name())
            }
            Self::Hang { link } => write!(f, "meeting {link} breaks off"),
            Self::Write { machine } => write!(f, "node {machine} writes a bundle to a stick"),
            Self::Read { machine } => write!(f, "node {machine} reads a stick that lies about"),
            Self::Part { sides } => write!(f, "the network parts in two ({:#x})", sides & 0xffff),
            Self::Heal => write!(f, "the network is whole again"),
        }
    }
}
