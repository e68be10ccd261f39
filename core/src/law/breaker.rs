//! The breaker: the data of so many people may be erased in an hour. One more, and nothing goes any more until two people have looked.
//! Whoever stole one account, or a workflow gone wrong, empties no house in a night.

use jiff::SignedDuration;

/// The time in which erasures are counted.
pub const WINDOW: SignedDuration = SignedDuration::from_hours(1);
/// How long those that two people let go may take, uncounted.
pub const LET_GO: SignedDuration = SignedDuration::from_hours(24);
/// How many people's data may be erased in an hour where the house says nothing else.
pub const LIMIT: u32 = 50;

/// What is known right before one case's data would be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Everything is stopped.
    pub stopped: bool,
    /// This case was counted within the hour, or let go by two people.
    pub known: bool,
    /// Cases that were counted within the hour.
    pub cases: u32,
    /// What goes now was decided long ago and only its day has come.
    pub dated: bool,
}

/// Whether it may be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Yes: its other systems were erased a moment ago, or two people said so.
    Goes,
    /// Yes, and it counts.
    Counts,
    /// Not within this hour: many days come at once, as on the first of a year, and nobody has to look into that.
    Waits,
    /// No: it is one too many, and from here on nothing goes.
    Trips,
    /// No: nothing goes.
    Stopped,
}

/// Decides for one case.
pub const fn decide(limit: u32, counted: Counted) -> Verdict {
    match counted {
        Counted { stopped: true, .. } => Verdict::Stopped,
        Counted { known: true, .. } => Verdict::Goes,
        Counted { cases, .. } if cases < limit => Verdict::Counts,
        Counted { dated: true, .. } => Verdict::Waits,
        _ => Verdict::Trips,
    }
}

/// What somebody's wish to let erasures go on comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Release {
    /// Somebody else has to agree.
    Asked,
    /// Erasures go on.
    Released,
    /// It is the same person again.
    SamePerson,
}

/// Decides who of two this is.
pub fn release(asked_by: Option<&str>, by: &str) -> Release {
    match asked_by {
        None => Release::Asked,
        Some(first) if first == by => Release::SamePerson,
        Some(_) => Release::Released,
    }
}

#[cfg(test)]
mod tests {
    use super::{Counted, Release, Verdict, decide, release};

    #[test]
    fn the_first_too_many_stops_everything_and_who_has_begun_may_finish_until_then() {
        let counted = |stopped, known, cases| decide(2, Counted { stopped, known, cases, dated: false });
        assert_eq!(counted(false, false, 0), Verdict::Counts);
        assert_eq!(counted(false, false, 1), Verdict::Counts);
        assert_eq!(counted(false, false, 2), Verdict::Trips);
        assert_eq!(counted(false, true, 2), Verdict::Goes);
        assert_eq!(counted(true, false, 0), Verdict::Stopped);
        assert_eq!(counted(true, true, 0), Verdict::Stopped);
        assert_eq!(decide(0, Counted { stopped: false, known: false, cases: 0, dated: false }), Verdict::Trips);
    }

    #[test]
    fn what_only_waited_for_its_day_stops_nobody() {
        let dated = |stopped, known, cases| decide(2, Counted { stopped, known, cases, dated: true });
        assert_eq!(dated(false, false, 1), Verdict::Counts);
        assert_eq!(dated(false, false, 2), Verdict::Waits);
        assert_eq!(dated(false, true, 2), Verdict::Goes);
        assert_eq!(dated(true, false, 0), Verdict::Stopped);
    }

    #[test]
    fn it_takes_two() {
        assert_eq!(release(None, "per"), Release::Asked);
        assert_eq!(release(Some("per"), "per"), Release::SamePerson);
        assert_eq!(release(Some("per"), "ida"), Release::Released);
    }
}
