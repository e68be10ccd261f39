//! What one rule says about one record: whether it applies, and until when.

use jiff::civil::Date;

use super::{Reason, RecordFacts};
use crate::law::{
    record::{Record, Value},
    retention::{Anchor, Condition, Kind, Rule, Rules, keep_until},
};

/// A rule that speaks about a record.
#[derive(Debug)]
pub(super) struct Opinion<'r> {
    /// The rule.
    pub(super) rule: &'r Rule,
    /// Last day it speaks for; `None`: unknown, so it keeps without a date.
    pub(super) until: Option<Date>,
}

impl Opinion<'_> {
    /// Whether it speaks for a field of the record's collection.
    ///
    /// A rule that keeps also keeps what it is evaluated on: without the anchor nobody would know later when its period ends, and
    /// without a condition's field the rule would fall silent and let the rest go too early.
    pub(super) fn speaks_for(&self, collection: &str, field: &str) -> bool {
        self.rule.speaks_for(collection, field) || (self.rule.kind != Kind::Maximum && self.rule.needs(collection, field))
    }

    /// The rule as a reason.
    pub(super) fn reason(&self) -> Reason {
        let Rule { id, law, ground, because, .. } = self.rule;
        Reason { id: id.clone(), law: law.clone(), ground: ground.clone(), because: because.clone(), until: self.until }
    }
}

/// What can be said about a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Met {
    No,
    /// It cannot be evaluated.
    Unknown,
    Yes,
}

/// The rules that speak about a record today, by id: their order in the file means nothing.
pub(super) fn opinions<'r>(facts: &RecordFacts<'_>, rules: &'r Rules, today: Date) -> Vec<Opinion<'r>> {
    let mut opinions: Vec<_> = rules.rules.iter().filter_map(|rule| opinion(facts, rule, rules, today)).collect();
    opinions.sort_by(|one, other| one.rule.id.cmp(&other.rule.id));
    opinions
}

fn opinion<'r>(facts: &RecordFacts<'_>, rule: &'r Rule, rules: &Rules, today: Date) -> Option<Opinion<'r>> {
    if !rule.covers(&facts.record.address()) {
        return None;
    }
    let met = rule.when.iter().map(|condition| met(facts, condition)).min().unwrap_or(Met::Yes);
    let until = || {
        let anchor = anchored(facts, &rule.anchor).map(|anchor| keep_until(anchor, rule, rules.fiscal_year_end));
        anchor.or_else(|| facts.connected.remembered(facts.record, &rule.id))
    };
    match (rule.kind, met) {
        (_, Met::No) | (Kind::Maximum, Met::Unknown) => None,
        (Kind::Maximum, Met::Yes) => Some(Opinion { rule, until: until() }),
        (Kind::MustKeep | Kind::MayKeep, Met::Unknown) => Some(Opinion { rule, until: None }),
        (Kind::MustKeep | Kind::MayKeep, Met::Yes) => {
            let until = until();
            until.is_none_or(|until| today <= until).then_some(Opinion { rule, until })
        }
    }
}

fn met(facts: &RecordFacts<'_>, condition: &Condition) -> Met {
    if facts.collection.field(&condition.field).is_none() {
        return Met::Unknown;
    }
    let met = match facts.record.value(&condition.field) {
        Value::Unreadable(_) => return Met::Unknown,
        Value::Null => false,
        value => condition.is.is_empty() || condition.is.contains(&value.to_text()),
    };
    if met { Met::Yes } else { Met::No }
}

/// The latest anchor date among the record's closest kin; none if there is none, or if any cannot be read.
fn anchored(facts: &RecordFacts<'_>, anchor: &Anchor) -> Option<Date> {
    let (collection, field) = anchor.field.rsplit_once('.')?;
    let own = [facts.record];
    let kin: Vec<&Record> = if facts.record.address() == collection { own.to_vec() } else { facts.connected.kin(facts.record, collection) };
    let values = kin.iter().map(|record| record.value(field)).filter(|value| !value.is_null());
    let dates: Option<Vec<Date>> = values.map(day).collect();
    dates?.into_iter().max()
}

/// The day a value names: a date, or the date part of a moment as the system wrote it.
fn day(value: &Value) -> Option<Date> {
    let Value::Text(text) = value else { return None };
    let (date, rest) = text.trim().split_at_checked("2026-11-20".len())?;
    let moment = rest.is_empty() || rest.starts_with(['T', ' ']);
    date.parse().ok().filter(|_| moment)
}
