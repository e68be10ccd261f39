//! What one rule says about one record: whether it applies, and until when.

use std::sync::Arc;

use jiff::civil::Date;

use super::{Reason, RecordFacts};
use crate::{
    law::{
        map::split_address,
        record::{Record, Value},
        retention::{self, Anchor, Condition, Rule, Rules, keep_until},
        said::{day, find},
    },
    table::Truth,
};

/// A rule that speaks about a record.
#[derive(Debug)]
pub(super) struct Opinion<'r> {
    /// The rule.
    pub(super) rule: &'r Rule,
    /// Last day it speaks for; `None`: unknown, so it keeps without a date.
    pub(super) until: Option<Date>,
    /// Whether it is certain that it applies.
    pub(super) certain: bool,
    /// The rule as a reason.
    pub(super) reason: Arc<Reason>,
}

impl Opinion<'_> {
    /// Whether it speaks for a field of the record's collection.
    ///
    /// A rule that keeps also keeps what it is evaluated on: without the anchor nobody would know later when its period ends, and
    /// without a condition's field the rule would fall silent and let the rest go too early.
    pub(super) fn speaks_for(&self, collection: &str, field: &str) -> bool {
        self.rule.speaks_for(collection, field) || (self.rule.kind != retention::Kind::Maximum && self.rule.needs(collection, field))
    }
}

impl<'r> Opinion<'r> {
    fn new(rule: &'r Rule, until: Option<Date>, certain: bool) -> Self {
        let Rule { id, law, ground, because, .. } = rule;
        let reason = Reason { id: id.clone(), law: law.clone(), ground: ground.clone(), because: because.clone(), until };
        Self { rule, until, certain, reason: Arc::new(reason) }
    }
}

/// The rules that speak about a record today, by id: their order in the file means nothing.
pub(super) fn opinions<'r>(facts: &RecordFacts<'_>, rules: &'r Rules, today: Date) -> Vec<Opinion<'r>> {
    let mut opinions: Vec<_> = rules.rules.iter().filter_map(|rule| opinion(facts, rule, rules, today)).collect();
    opinions.sort_by(|one, other| one.rule.id.cmp(&other.rule.id));
    opinions
}

fn opinion<'r>(facts: &RecordFacts<'_>, rule: &'r Rule, rules: &Rules, today: Date) -> Option<Opinion<'r>> {
    if !rule.in_force.on(today) || !rule.covers(&facts.record.address()) {
        return None;
    }
    let guarded = rule.guard.as_ref().map(|guard| guard.holds(&|field: &str, wanted| find(facts.collection, facts.record, field, wanted)));
    let met = rule.when.iter().map(|condition| met(facts, condition)).chain(guarded).min().unwrap_or(Truth::Yes);
    let until = || {
        let anchor =
            rule.anchor.as_ref().and_then(|anchor| anchored(facts, anchor)).map(|anchor| keep_until(anchor, rule, rules.fiscal_year_end));
        anchor.or_else(|| facts.connected.remembered(facts.record, &rule.id))
    };
    match (rule.kind, met) {
        (_, Truth::No) | (retention::Kind::Maximum, Truth::Unknown) => None,
        (retention::Kind::Maximum, Truth::Yes) => Some(Opinion::new(rule, until(), true)),
        (retention::Kind::MustKeep | retention::Kind::MayKeep, Truth::Unknown) => Some(Opinion::new(rule, None, false)),
        (retention::Kind::MustKeep | retention::Kind::MayKeep, Truth::Yes) => {
            let until = until();
            until.is_none_or(|until| today <= until).then(|| Opinion::new(rule, until, true))
        }
    }
}

/// What a rule that keeps could not read in a record that it speaks about: fields of its conditions, or its anchor where something stands
/// there that is no day. An anchor where nothing stands has not come yet, and says so.
pub(super) fn unread(facts: &RecordFacts<'_>, rule: &Rule, rules: &Rules, today: Date) -> Vec<String> {
    let opinion = if rule.kind == retention::Kind::Maximum { None } else { opinion(facts, rule, rules, today) };
    let Some(opinion) = opinion else { return Vec::new() };
    let here = |field: &str| format!("{}.{field}", facts.record.collection);
    if !opinion.certain {
        let conditions = rule.when.iter().filter(|condition| met(facts, condition) == Truth::Unknown).map(|it| here(&it.field));
        let inputs = |field: &str, wanted| find(facts.collection, facts.record, field, wanted);
        let guarded = rule.guard.iter().filter(|guard| guard.holds(&inputs) == Truth::Unknown).flat_map(|guard| guard.missing(&inputs));
        return conditions.chain(guarded.map(here)).collect();
    }
    let anchor = rule.anchor.as_ref().filter(|_| opinion.until.is_none());
    let Some((collection, field)) = anchor.and_then(|anchor| split_address(&anchor.field)) else { return Vec::new() };
    let is_no_day = |record: &&Record| record.values_of(field).iter().any(|value| !value.is_null() && day(value).is_none());
    let own = [facts.record];
    let kin: Vec<&Record> = if facts.record.address() == collection { own.to_vec() } else { facts.connected.kin(facts.record, collection) };
    kin.iter()
        .any(is_no_day)
        .then(|| if facts.record.address() == collection { here(field) } else { format!("{collection}.{field}") })
        .into_iter()
        .collect()
}

fn met(facts: &RecordFacts<'_>, condition: &Condition) -> Truth {
    if facts.collection.field(&condition.field).is_none() {
        return Truth::Unknown;
    }
    let met = |value: &&Value| !value.is_null() && (condition.is.is_empty() || condition.is.contains(&value.to_text()));
    match facts.record.value(&condition.field) {
        Value::Unreadable(_) => Truth::Unknown,
        value => value.each().iter().any(met).into(),
    }
}

/// The latest anchor date among the record's closest kin; none if there is none, or if any cannot be read.
fn anchored(facts: &RecordFacts<'_>, anchor: &Anchor) -> Option<Date> {
    let (collection, field) = split_address(&anchor.field)?;
    let own = [facts.record];
    let kin: Vec<&Record> = if facts.record.address() == collection { own.to_vec() } else { facts.connected.kin(facts.record, collection) };
    let values = kin.iter().flat_map(|record| record.values_of(field)).filter(|value| !value.is_null());
    let dates: Option<Vec<Date>> = values.map(day).collect();
    dates?.into_iter().max()
}
