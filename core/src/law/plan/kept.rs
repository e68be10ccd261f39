//! What a plan leaves in place: grouped for the letter, and by day for what is erased later.

use std::sync::Arc;

use jiff::civil::Date;

use super::{ErasureStep, Plan};
use crate::law::{
    decide::{FieldDecision, Reason, Verdict},
    hold::Hold,
    record::Key,
};

/// Records of one kind that are kept alike: one line of the letter (Art. 12(4)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// System.
    pub system: String,
    /// Collection.
    pub collection: String,
    /// Last day kept; `None`: no date can be promised.
    pub until: Option<Date>,
    /// For what is held: when the hold is looked at again.
    pub review_on: Option<Date>,
    /// Every reason.
    pub reasons: Vec<Arc<Reason>>,
    /// Field names, in the order of the data map.
    pub fields: Vec<String>,
    /// How many records.
    pub count: usize,
}

/// Fields of one record that the plan erases on a later day.
#[derive(Debug, Clone, PartialEq)]
pub struct Deferred<'a> {
    /// First day on which they may go: the day after the last day kept.
    pub on: Date,
    /// System.
    pub system: &'a str,
    /// Collection.
    pub collection: &'a str,
    /// Which record.
    pub key: &'a Key,
    /// Field names, in the order of the data map.
    pub fields: Vec<&'a str>,
}

impl Plan {
    /// What stays, for the letter. Keys that stay only to hold a kept row together are not told apart from it.
    pub fn kept(&self) -> impl Iterator<Item = Kept> {
        let mut groups: Vec<Kept> = Vec::new();
        for part in &self.systems {
            for step in &part.steps {
                for kept in kept_alike(&part.system, &step.collection, &step.decisions) {
                    match groups.iter_mut().find(|group| kept.is_like(group)) {
                        Some(group) => group.count += 1,
                        None => groups.push(kept),
                    }
                }
            }
        }
        groups.into_iter()
    }

    /// What goes as soon as the holds over it are released: system and record.
    pub fn held(&self) -> impl Iterator<Item = (&str, &ErasureStep)> {
        let steps = self.systems.iter().flat_map(|part| part.steps.iter().map(|step| (part.system.as_str(), step)));
        steps.filter(|(_, step)| step.decisions.iter().any(|decision| held_by(decision).is_some()))
    }

    /// What is erased later, the earliest day first. What is held is not here, and neither is what is kept without a date: at that a
    /// person must look.
    pub fn deferred(&self) -> impl Iterator<Item = Deferred<'_>> {
        let mut deferred: Vec<Deferred<'_>> = Vec::new();
        for part in &self.systems {
            for step in &part.steps {
                let first = deferred.len();
                for (on, field) in step.decisions.iter().filter_map(|decision| Some((due(decision)?, decision.field.as_str()))) {
                    match deferred.iter_mut().skip(first).find(|known| known.on == on) {
                        Some(known) => known.fields.push(field),
                        None => deferred.push(Deferred {
                            on,
                            system: &part.system,
                            collection: &step.collection,
                            key: &step.key,
                            fields: vec![field],
                        }),
                    }
                }
            }
        }
        deferred.sort_by_key(|item| item.on);
        deferred.into_iter()
    }
}

/// The first day on which a kept field may go.
pub(super) fn due(decision: &FieldDecision) -> Option<Date> {
    match decision.verdict {
        Verdict::Keep { until: Some(until) } => until.tomorrow().ok(),
        _ => None,
    }
}

/// The hold that keeps a field.
pub(super) fn held_by(decision: &FieldDecision) -> Option<&str> {
    match &decision.verdict {
        Verdict::Held { hold, .. } => Some(hold),
        Verdict::Erase | Verdict::Keep { .. } => None,
    }
}

/// Whether a kept field may go: its day has come, or its hold was released.
pub(super) fn is_due(decision: &FieldDecision, holds: &[Hold], today: Date) -> bool {
    match held_by(decision) {
        Some(id) => holds.iter().any(|hold| hold.id == id && !hold.is_active(today)),
        None => due(decision).is_some_and(|day| day <= today),
    }
}

/// The first day after the last that any rule speaks for, where a hold kept a field beyond it.
pub fn due_without(decision: &FieldDecision) -> Option<Date> {
    held_by(decision)?;
    decision.because.iter().filter_map(|reason| reason.until).max()?.tomorrow().ok()
}

impl Kept {
    /// The reason that sets the day, the same in letter and on page: of those with a ground, the one that speaks for it.
    pub fn deciding(&self) -> Option<&Reason> {
        let reasons = || self.reasons.iter().map(Arc::as_ref);
        let grounds = || reasons().filter(|reason| reason.ground.is_some());
        grounds().find(|reason| reason.until == self.until).or_else(|| grounds().next()).or_else(|| reasons().next())
    }

    fn is_like(&self, other: &Self) -> bool {
        let one = (&self.system, &self.collection, self.until, self.review_on, &self.reasons, &self.fields);
        one == (&other.system, &other.collection, other.until, other.review_on, &other.reasons, &other.fields)
    }
}

/// The kept fields of one record, in groups of the same date and reasons.
fn kept_alike(system: &str, collection: &str, decisions: &[FieldDecision]) -> Vec<Kept> {
    let mut groups: Vec<Kept> = Vec::new();
    for decision in decisions {
        let (until, review_on) = match decision.verdict {
            Verdict::Erase => continue,
            Verdict::Keep { until } => (until, None),
            Verdict::Held { review_on, .. } => (None, Some(review_on)),
        };
        let reasons = &decision.because;
        if reasons.iter().any(|reason| reason.id == Reason::WITH_ROW) {
            continue;
        }
        let known = groups.iter_mut().find(|group| (group.until, group.review_on, &group.reasons) == (until, review_on, reasons));
        match known {
            Some(group) => group.fields.push(decision.field.clone()),
            None => groups.push(Kept {
                system: system.to_owned(),
                collection: collection.to_owned(),
                until,
                review_on,
                reasons: reasons.clone(),
                fields: vec![decision.field.clone()],
                count: 1,
            }),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::law::lang::Text;

    #[test]
    fn the_reason_told_is_the_one_that_sets_the_day() {
        let reason = |id: &str, ground: Option<&str>, until| {
            let ground = ground.map(str::to_owned);
            Arc::new(Reason { id: id.to_owned(), law: String::new(), ground, because: Text::default(), until })
        };
        let (sooner, later) = (Some(date(2029, 3, 14)), Some(date(2031, 12, 31)));
        let claim = reason("CLAIM", Some("Art. 17(3)(e)"), sooner);
        let reasons = vec![reason("PROMISE", None, later), claim.clone(), reason("BOOKS", Some("Art. 17(3)(b)"), later)];
        let (system, collection, fields) = ("accounting".to_owned(), "invoices".to_owned(), Vec::new());
        let kept = Kept { system, collection, until: later, review_on: None, reasons, fields, count: 1 };
        assert_eq!(kept.deciding().map(|reason| reason.id.as_str()), Some("BOOKS"), "neither the first ground nor the promise");
        let undated = Kept { until: None, ..kept };
        assert_eq!(undated.deciding(), Some(&*claim), "a ground, whichever");
    }
}
