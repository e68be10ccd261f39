//! Drift: where a data map and its live system have grown apart. A record of processing that is no longer true (Art. 30) lets somebody's
//! data be overlooked, so whoever answers for the system is told, and may say that it is meant to be so.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How often a system is looked at. A system that is away for longer than this was missed on two nights.
pub const EVERY: SignedDuration = SignedDuration::from_hours(24);

/// The code of a system that was missed on two nights.
pub const UNREACHED: &str = "unreached";

/// What is known of one system from the looks at it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Drift {
    /// When it last answered, UTC.
    pub reached_at: Option<Timestamp>,
    /// Why it does not answer now.
    pub missed: Option<Missed>,
    /// What differs, the most pressing first. Where the system does not answer, what was found last.
    pub problems: Vec<Problem>,
    /// What a machine can do, by collection.
    pub can: BTreeMap<String, BTreeSet<String>>,
    /// What somebody has looked at and left as it is, by print.
    pub seen: BTreeMap<String, Seen>,
    /// Prints of what the system's owner has had a letter about.
    pub told: BTreeSet<String>,
}

/// A system that does not answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missed {
    /// The first look that it did not answer, UTC.
    pub since: Timestamp,
    /// Whether trying again can help: `transient`, `permanent`, `denied`, `refused`.
    pub kind: String,
    /// Why, without any value.
    pub words: String,
}

/// Something that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The same for as long as it is the same problem, whatever is counted in it.
    pub print: String,
    /// What kind, such as `no-table`.
    pub code: String,
    /// How pressing.
    pub weight: Weight,
    /// The collection; empty where it is about the whole system.
    pub collection: String,
    /// Names of tables, columns and types that belong to it.
    pub names: BTreeMap<String, String>,
    /// In English, for a terminal.
    pub words: String,
}

/// How pressing a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// Requests go wrong.
    Wrong,
    /// Somebody's data may be outside of the map.
    Loud,
    /// Worth a look.
    Worth,
}

/// Somebody looked at a problem and left it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Who, as the journal calls them.
    pub by: String,
    /// When, UTC.
    pub at: Timestamp,
    /// Why it may stay.
    pub reason: String,
}

/// What one look came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The system answered.
    Reached(Vec<Problem>),
    /// It did not.
    Missed {
        /// Whether trying again can help.
        kind: String,
        /// Why, without any value.
        words: String,
    },
}

impl Drift {
    /// What is known after one more look. What is gone is forgotten: should it come back, it is new.
    #[must_use]
    pub fn after(&self, found: Found, can: BTreeMap<String, BTreeSet<String>>, now: Timestamp) -> Self {
        let mut next = Self { can, ..self.clone() };
        match found {
            Found::Reached(problems) => {
                next.reached_at = Some(now);
                next.missed = None;
                next.problems = problems;
            }
            Found::Missed { kind, words } => {
                let since = self.missed.as_ref().map_or(now, |missed| missed.since);
                next.problems.retain(|problem| problem.code != UNREACHED);
                if now.duration_since(since) >= EVERY {
                    next.problems.push(unreached(&kind, &words));
                }
                next.missed = Some(Missed { since, kind, words });
            }
        }
        next.problems.sort_by(|one, other| (one.weight, &one.collection, &one.code).cmp(&(other.weight, &other.collection, &other.code)));
        let there: BTreeSet<_> = next.problems.iter().map(|problem| &problem.print).collect();
        next.seen.retain(|print, _| there.contains(print));
        next.told.retain(|print| there.contains(print));
        next
    }

    /// What the system's owner has to look at: what is pressing and not left on purpose.
    pub fn notice(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| problem.weight != Weight::Worth && !self.seen.contains_key(&problem.print))
    }

    /// What she has had no letter about.
    pub fn untold(&self) -> impl Iterator<Item = &Problem> {
        self.notice().filter(|problem| !self.told.contains(&problem.print))
    }

    /// Whether two looks tell different things; when they were does not count.
    pub fn differs(&self, other: &Self) -> bool {
        let prints = |drift: &Self| drift.problems.iter().map(|problem| problem.print.clone()).collect::<BTreeSet<_>>();
        self.missed.as_ref().map(|missed| &missed.words) != other.missed.as_ref().map(|missed| &missed.words)
            || prints(self) != prints(other)
    }

    /// How many of one weight nobody has left on purpose.
    pub fn count(&self, weight: Weight) -> usize {
        self.problems.iter().filter(|problem| problem.weight == weight && !self.seen.contains_key(&problem.print)).count()
    }
}

fn unreached(kind: &str, words: &str) -> Problem {
    Problem {
        print: format!("{UNREACHED}:{words}"),
        code: UNREACHED.to_owned(),
        weight: Weight::Wrong,
        collection: String::new(),
        names: [("kind".to_owned(), kind.to_owned())].into(),
        words: words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::{SignedDuration, Timestamp};

    use super::{Drift, EVERY, Found, Problem, Seen, Weight};

    fn problem(print: &str, weight: Weight) -> Problem {
        Problem {
            print: print.to_owned(),
            code: "no-table".to_owned(),
            weight,
            collection: "orders".to_owned(),
            names: BTreeMap::new(),
            words: String::new(),
        }
    }

    fn prints<'p>(problems: impl Iterator<Item = &'p Problem>) -> Vec<&'p str> {
        problems.map(|problem| problem.print.as_str()).collect()
    }

    fn look(drift: &Drift, problems: &[(&str, Weight)], now: Timestamp) -> Drift {
        drift.after(Found::Reached(problems.iter().map(|(print, weight)| problem(print, *weight)).collect()), BTreeMap::new(), now)
    }

    fn miss(drift: &Drift, now: Timestamp) -> Drift {
        drift.after(Found::Missed { kind: "transient".to_owned(), words: "away".to_owned() }, BTreeMap::new(), now)
    }

    #[test]
    fn what_is_pressing_is_told_the_most_pressing_first() {
        let first = look(&Drift::default(), &[("c", Weight::Worth), ("b", Weight::Loud), ("a", Weight::Wrong)], Timestamp::UNIX_EPOCH);
        assert_eq!(prints(first.notice()), ["a", "b"]);
        assert!(
            first.differs(&Drift::default())
                && !look(&first, &[("a", Weight::Wrong)], Timestamp::UNIX_EPOCH).differs(&look(
                    &first,
                    &[("a", Weight::Wrong)],
                    Timestamp::MAX
                ))
        );
    }

    #[test]
    fn what_was_left_on_purpose_stays_left_until_it_was_gone() {
        let mut drift = look(&Drift::default(), &[("a", Weight::Loud)], Timestamp::UNIX_EPOCH);
        drift.seen.insert("a".to_owned(), Seen { by: "staff/ola".to_owned(), at: Timestamp::UNIX_EPOCH, reason: "a log".to_owned() });
        let more = look(&drift, &[("a", Weight::Loud), ("b", Weight::Loud)], Timestamp::UNIX_EPOCH);
        assert_eq!(prints(more.notice()), ["b"]);
        let away = miss(&drift, Timestamp::UNIX_EPOCH);
        assert_eq!((away.notice().count(), away.seen.len()), (0, 1), "nothing is forgotten while nobody can look");
        let gone = look(&drift, &[], Timestamp::UNIX_EPOCH);
        assert_eq!(prints(look(&gone, &[("a", Weight::Loud)], Timestamp::UNIX_EPOCH).notice()), ["a"], "it came back");
    }

    #[test]
    fn a_system_is_missed_on_two_nights_before_anybody_is_told() {
        let start = Timestamp::UNIX_EPOCH;
        let once = miss(&Drift::default(), start);
        let soon = miss(&once, start + SignedDuration::from_mins(5));
        assert_eq!((once.notice().count(), soon.notice().count()), (0, 0), "somebody who looks twice is not two nights");
        let night = miss(&soon, start + EVERY);
        assert_eq!(prints(night.notice()), ["unreached:away"]);
        assert_eq!(miss(&night, start + EVERY + EVERY).problems.len(), 1);
        assert_eq!(look(&night, &[], start + EVERY).notice().count(), 0);
    }
}
