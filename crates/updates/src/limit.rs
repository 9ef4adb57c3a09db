//! How often may be asked: per address, per network, in all. Kept in memory, under keyed marks and not
//! under addresses, and never more of it than a fixed number of entries.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;

const HOUR_MS: i64 = 3_600_000;
/// Mails one address is sent because somebody asked, in a day.
const ADDRESS_PER_DAY_MAX: usize = 3;
/// How often may be asked from one network within an hour.
pub const NETWORK_PER_HOUR_MAX: usize = 20;
/// How often may be asked from everywhere within an hour.
pub const TOTAL_PER_HOUR_MAX: usize = 2_000;
/// How many networks, and how many addresses, are remembered.
const REMEMBERED_MAX: usize = 50_000;

/// What a limit says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asked {
    /// Go on.
    Freely,
    /// Answer as always and send nothing: this address was sent enough today.
    AddressOften,
    /// Say that too much is asked from there, or in all, and when to come back.
    TooOften,
}

#[derive(Debug, Default)]
pub(crate) struct Limits {
    addresses: HashMap<u64, VecDeque<i64>>,
    networks: HashMap<u64, VecDeque<i64>>,
    all: VecDeque<i64>,
}

impl Limits {
    /// Counts one asking in.
    pub fn ask(&mut self, now: i64, address: u64, network: Option<u64>) -> Asked {
        forget(&mut self.all, now - HOUR_MS);
        if self.all.len() >= TOTAL_PER_HOUR_MAX {
            return Asked::TooOften;
        }
        if let Some(network) = network {
            let from = recent(&mut self.networks, network, now - HOUR_MS);
            if from.len() >= NETWORK_PER_HOUR_MAX {
                return Asked::TooOften;
            }
            from.push_back(now);
        }
        self.all.push_back(now);
        let to = recent(&mut self.addresses, address, now - 24 * HOUR_MS);
        if to.len() >= ADDRESS_PER_DAY_MAX {
            return Asked::AddressOften;
        }
        to.push_back(now);
        Asked::Freely
    }
}

fn forget(times: &mut VecDeque<i64>, before: i64) {
    while times.front().is_some_and(|time| *time <= before) {
        times.pop_front();
    }
}

fn recent(of: &mut HashMap<u64, VecDeque<i64>>, mark: u64, since: i64) -> &mut VecDeque<i64> {
    if of.len() >= REMEMBERED_MAX && !of.contains_key(&mark) {
        of.retain(|_, times| times.back().is_some_and(|time| *time > since));
        if of.len() >= REMEMBERED_MAX {
            of.clear();
        }
    }
    let times = of.entry(mark).or_default();
    forget(times, since);
    times
}

/// The network an address is of: 24 bits of IPv4, 48 of IPv6, where one household or provider sits.
pub(crate) fn network(ip: IpAddr) -> String {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            format!("{a}.{b}.{c}")
        }
        IpAddr::V6(ip) => {
            let [a, b, c, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_limit_holds_and_ends() {
        let mut limits = Limits::default();
        for _ in 0..ADDRESS_PER_DAY_MAX {
            assert_eq!(limits.ask(0, 1, None), Asked::Freely);
        }
        assert_eq!(limits.ask(0, 1, None), Asked::AddressOften);
        assert_eq!(limits.ask(0, 2, None), Asked::Freely);
        assert_eq!(limits.ask(25 * HOUR_MS, 1, None), Asked::Freely);

        let mut limits = Limits::default();
        for n in 0..NETWORK_PER_HOUR_MAX as u64 {
            assert_eq!(limits.ask(0, n, Some(1)), Asked::Freely);
        }
        assert_eq!(limits.ask(0, 900, Some(1)), Asked::TooOften);
        assert_eq!(limits.ask(0, 900, Some(2)), Asked::Freely);
        assert_eq!(limits.ask(2 * HOUR_MS, 900, Some(1)), Asked::Freely);

        let mut limits = Limits::default();
        for n in 0..TOTAL_PER_HOUR_MAX as u64 {
            assert_eq!(limits.ask(0, n, Some(n)), Asked::Freely);
        }
        assert_eq!(limits.ask(0, 1 << 40, None), Asked::TooOften);
    }

    #[test]
    fn neighbours_are_one_network() {
        let network = |text: &str| network(text.parse().unwrap());
        assert_eq!(network("203.0.113.7"), network("::ffff:203.0.113.9"));
        assert_ne!(network("203.0.113.7"), network("203.0.114.7"));
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
    }
}
