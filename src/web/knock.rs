//! How often somebody who has proven nothing may try: per address, however many mailboxes or people are tried. What one mailbox or one
//! person gets is counted in the database, whoever asks.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

/// Forms at once.
const AT_ONCE: i32 = 30;
/// Then one in this time.
const EVERY: SignedDuration = SignedDuration::from_secs(3);
/// Addresses that are remembered. Those that may knock again soonest are forgotten first.
const MOST: usize = 20_000;

/// Who knocked, and when the last knock of each will have worn off.
#[derive(Default)]
pub(super) struct Knocks(Mutex<HashMap<IpAddr, Timestamp>>);

impl Knocks {
    /// Counts a form from an address. `Err`: when the next one is taken.
    pub(super) fn count(&self, from: IpAddr, now: Timestamp) -> Result<(), Timestamp> {
        let Some(place) = place(from) else { return Ok(()) };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST && !known.contains_key(&place) {
            known.retain(|_, worn_off| *worn_off > now);
            if known.len() >= MOST {
                forget_half(&mut known);
            }
        }
        let worn_off = known.entry(place).or_insert(now);
        let next = (*worn_off).max(now) + EVERY;
        let full = now + EVERY * AT_ONCE;
        if next > full {
            return Err(now + next.duration_since(full));
        }
        *worn_off = next;
        Ok(())
    }
}

/// Those who may knock again soonest.
fn forget_half(known: &mut HashMap<IpAddr, Timestamp>) {
    let mut all: Vec<Timestamp> = known.values().copied().collect();
    let middle = all.len() / 2;
    let (_, middle, _) = all.select_nth_unstable(middle);
    known.retain(|_, worn_off| *worn_off > *middle);
}

/// Who is counted as one: an address, or the half of an IPv6 address that a household gets. An address that is not public says nothing
/// about who is behind it: everybody, where a reverse proxy does not tell.
fn place(from: IpAddr) -> Option<IpAddr> {
    match from.to_canonical() {
        IpAddr::V4(address) if address.is_loopback() || address.is_private() || address.is_link_local() => None,
        IpAddr::V6(address) if address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local() => None,
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Some(IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0)))
        }
        address @ IpAddr::V4(_) => Some(address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn taken(knocks: &Knocks, from: &str, second: i64) -> usize {
        (0..100).filter(|_| knocks.count(from.parse().unwrap(), at(second)).is_ok()).count()
    }

    #[test]
    fn a_burst_is_taken_and_then_one_every_three_seconds() {
        let knocks = Knocks::default();
        assert_eq!(taken(&knocks, "203.0.113.9", 0), 30);
        assert_eq!(knocks.count("203.0.113.9".parse().unwrap(), at(1)), Err(at(3)));
        assert_eq!(taken(&knocks, "203.0.113.9", 6), 2);
        assert_eq!(taken(&knocks, "203.0.113.9", 3_600), 30, "after a while all is forgotten");
    }

    #[test]
    fn a_household_is_one_and_neighbours_are_others() {
        let knocks = Knocks::default();
        assert_eq!(taken(&knocks, "2001:db8:1:2::1", 0), 30);
        assert_eq!(taken(&knocks, "2001:db8:1:2:ffff::9", 0), 0);
        assert_eq!(taken(&knocks, "2001:db8:1:3::1", 0), 30);
        assert_eq!(taken(&knocks, "::ffff:203.0.113.9", 0), 30);
        assert_eq!(taken(&knocks, "203.0.113.9", 0), 0, "written otherwise, it is the same");
    }

    #[test]
    fn a_proxy_that_does_not_tell_is_not_one_visitor() {
        for from in ["127.0.0.1", "::1", "10.1.2.3", "192.168.0.2", "fd00::1"] {
            assert_eq!(taken(&Knocks::default(), from, 0), 100, "{from}");
        }
    }

    #[test]
    fn however_many_come_memory_is_bounded() {
        let knocks = Knocks::default();
        for number in 0..u32::try_from(MOST).unwrap() + 5_000 {
            let from = IpAddr::V4((0x0b00_0000 + number).into());
            knocks.count(from, at(0)).unwrap();
            assert!(number % 1_000 != 0 || knocks.0.lock().unwrap().len() <= MOST);
        }
        assert!(!knocks.0.lock().unwrap().is_empty());
    }
}
