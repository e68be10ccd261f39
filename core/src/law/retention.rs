//! Retention rules: `retention.yaml`, the one home of what is kept, why and until when.

pub mod conflict;
mod file;
mod foresee;
mod period;
#[cfg(test)]
mod shipped;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use self::{
    file::parse,
    foresee::Foreseen,
    period::{BadPeriod, BadYearEnd, Term, YearEnd, keep_until, period, term},
};
use super::lang::Text;
use crate::table::Guard;

/// The whole table: what is not excepted is erased on request.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Why erasing is the default, in one plain sentence.
    pub default: Text,
    /// The exceptions. Their order means nothing.
    pub rules: Vec<Rule>,
    /// Exceptions that bind only organisations of another kind. They are read, checked and shown, and say nothing.
    pub idle: Vec<Rule>,
    /// What stays so that whoever said no is not written to again after an erasure.
    pub suppression: Suppression,
    /// The organisation's, for anchors that move to it.
    pub fiscal_year_end: YearEnd,
}

impl Rules {
    /// Sets aside what binds only organisations of another kind.
    #[must_use]
    pub fn of(mut self, standing: &[Standing]) -> Self {
        let (ours, others) = self.rules.into_iter().chain(self.idle).partition(|rule| rule.binds(standing));
        (self.rules, self.idle) = (ours, others);
        self
    }
}

/// Why the least that honours a no to direct marketing outlives an erasure: the address as a blind index and sealed, the ground, and since
/// when. It ends when the person says so and not on a day (Art. 21(3)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// The reason in one plain sentence.
    pub because: Text,
    /// The statute.
    pub law: String,
    /// The ground for not erasing.
    pub ground: String,
    /// Where it was read.
    pub source: String,
    /// When it was last checked there.
    pub checked_on: Date,
}

impl Default for Suppression {
    fn default() -> Self {
        Self {
            because: Text::of([
                "Uten dette kunne noen skrive til deg igjen.",
                "Zonder dit zou iemand u opnieuw kunnen aanschrijven.",
                "Without this somebody could write to you again.",
            ]),
            law: "Art. 21(3)".to_owned(),
            ground: "Art. 17(3)(b)".to_owned(),
            source: "(EU) 2016/679".to_owned(),
            checked_on: jiff::civil::date(2026, 11, 29),
        }
    }
}

/// What an organisation may be, where a statute binds only some.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Must know its customers to prevent money laundering (hvitvaskingsloven § 4, Wwft art. 1a).
    ObligedEntity,
    /// Declares VAT of other member states in the one-stop shop.
    OneStopShop,
}

impl Standing {
    /// Every one there is, by its word in YAML.
    pub const WORDS: [(&str, Self); 2] = [("obliged-entity", Self::ObligedEntity), ("one-stop-shop", Self::OneStopShop)];

    /// Its word in YAML.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ObligedEntity => "obliged-entity",
            Self::OneStopShop => "one-stop-shop",
        }
    }
}

/// One rule. Must-keep wins over a maximum; the conflict is reported, never hidden.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its name in explanations, such as `NO-BOK-5`.
    pub id: String,
    /// What it does.
    pub kind: Kind,
    /// `system.collection` addresses, or `system.collection.field`.
    pub covers: Vec<String>,
    /// Only records for which all of these hold.
    pub when: Vec<Condition>,
    /// And only those for which this holds.
    pub guard: Option<Guard>,
    /// Binds only organisations that are this; none: every one.
    pub only_for: Option<Standing>,
    /// The days on which it is law.
    pub in_force: InForce,
    /// Field names the law needs; empty means the whole record. The rest may go.
    pub kernel: Vec<String>,
    /// How long.
    pub period: Term,
    /// From when. `None`: its source does not say, so it is indicative and never leads to a date. Only a maximum may be so.
    pub anchor: Option<Anchor>,
    /// The statute or promise, such as `bokføringsloven § 13`.
    pub law: String,
    /// The ground for not erasing, such as `Art. 17(3)(b)`; absent on a maximum.
    pub ground: Option<String>,
    /// The reason in one plain sentence.
    pub because: Text,
    /// Where the rule was read.
    pub source: String,
    /// When it was last checked.
    pub checked_on: Date,
}

impl Rule {
    /// Whether it binds an organisation that is all of these.
    pub fn binds(&self, standing: &[Standing]) -> bool {
        self.only_for.is_none_or(|needed| standing.contains(&needed))
    }

    /// Whether nobody has checked it against its source for a year.
    pub fn is_stale(&self, today: Date) -> bool {
        self.checked_on.saturating_add(jiff::Span::new().years(1)) < today
    }

    /// Whether the rule says anything about records of a collection (`system.collection`).
    pub fn covers(&self, collection: &str) -> bool {
        self.covers.iter().any(|covered| covered == collection || field_of(covered, collection).is_some())
    }

    /// Whether the rule speaks for one field of a collection: the kernel narrows a rule that covers the whole collection.
    pub fn speaks_for(&self, collection: &str, field: &str) -> bool {
        let whole = self.kernel.is_empty() || self.kernel.iter().any(|name| name == field);
        self.covers.iter().any(|covered| (covered == collection && whole) || field_of(covered, collection) == Some(field))
    }

    /// Whether the rule cannot be evaluated on a record of a collection without one of its fields: a condition, or the anchor.
    pub fn needs(&self, collection: &str, field: &str) -> bool {
        let guarded = self.guard.as_ref().is_some_and(|guard| guard.inputs().contains(&field));
        let anchored = self.anchor.as_ref().is_some_and(|anchor| field_of(&anchor.field, collection) == Some(field));
        guarded || anchored || self.when.iter().any(|condition| condition.field == field)
    }
}

fn field_of<'a>(covered: &'a str, collection: &str) -> Option<&'a str> {
    covered.strip_prefix(collection)?.strip_prefix('.')
}

/// From when until when something is law; both days count, and a day that is not named is no bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct InForce {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
}

impl InForce {
    /// Whether it is law on a day.
    pub fn on(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// What a rule does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The law demands it.
    MustKeep,
    /// The controller may keep it as long as the ground lasts (Art. 17(3)(e)).
    MayKeep,
    /// It must be gone by then.
    Maximum,
}

/// A test on one field of the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The field.
    pub field: String,
    /// What its text must be one of; absent: it must merely be present.
    #[serde(default)]
    pub is: Vec<String>,
}

/// The day a period is counted from; the day itself does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// `system.collection.field`, in this record or in one connected to it by references; the latest date found counts.
    pub field: String,
    /// Moved to the end of a year first.
    pub adjust: Adjust,
}

/// How an anchor is moved before the period is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Adjust {
    /// Not at all.
    #[default]
    None,
    /// To the end of the organisation's fiscal year.
    FiscalYearEnd,
    /// To 31 December.
    CalendarYearEnd,
}
