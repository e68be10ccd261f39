//! `decide()`: erase, keep or hold, per field, with every reason (Art. 17(3), 5(2)).
//!
//! A hold beats every rule; a rule that keeps beats a maximum; whatever cannot be evaluated keeps.

mod opinion;
mod undecided;

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use self::opinion::{Opinion, opinions};
pub use self::undecided::{Undecided, undecided};
use super::{
    connected::Connected,
    hold::{Hold, OnRecord, Whose},
    lang::Text,
    map::{Collection, Field},
    record::Record,
    retention::{Kind, Rules},
};
use crate::table::Truth;

/// What happens to one field of one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Verdict {
    /// Nothing requires us to keep it.
    Erase,
    /// A rule keeps it.
    Keep {
        /// Last day kept. `None`: the anchor is unknown, so no date is promised and a person must look.
        until: Option<Date>,
    },
    /// A hold keeps it until released. A hold beats every rule.
    Held {
        /// The hold.
        hold: String,
        /// When it is looked at again.
        review_on: Date,
    },
}

impl Verdict {
    /// Whether this keeps, and longer than the other.
    pub(super) fn outlasts(&self, other: &Self) -> bool {
        self.strength() > other.strength()
    }

    fn strength(&self) -> (u8, Option<Date>) {
        match self {
            Self::Erase => (0, None),
            Self::Keep { until: Some(until) } => (1, Some(*until)),
            Self::Keep { until: None } => (2, None),
            Self::Held { review_on, .. } => (3, Some(*review_on)),
        }
    }
}

/// Why: one rule or hold that speaks about a field. All of them are always listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Rule or hold id.
    pub id: String,
    /// Statute, promise or matter.
    pub law: String,
    /// `Art. 17(3)(b)`, where it is a ground for not erasing.
    pub ground: Option<String>,
    /// In one plain sentence.
    pub because: Text,
    /// Last day it speaks for.
    pub until: Option<Date>,
}

impl Reason {
    /// Id of the reason for erasing: the table's default.
    pub const DEFAULT: &'static str = "default";
    /// Id of the reason of a key that stays only because the rest of its row does.
    pub const WITH_ROW: &'static str = "with-row";
    /// Id of the reason of what stays because a kept record points at it.
    pub const REFERENCED: &'static str = "referenced";
    /// Id of the reason of what stays because it could not be told whether a rule applies.
    pub const UNDECIDED: &'static str = "undecided";
    /// Id of the reason of what stays of a record that is kept without its person.
    pub const ANONYMISED: &'static str = "anonymised";
    /// Id of the reason of a field that habeas may not write.
    pub const READ_ONLY: &'static str = "read-only";

    /// Where it stands, with the ground for keeping if it has one: the same words on the desk, in letters and beside the data.
    pub fn cited(&self) -> String {
        [Some(self.law.as_str()), self.ground.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn of_hold(hold: &Hold) -> Self {
        let ground = Some(hold.basis.article().to_owned());
        Self { id: hold.id.clone(), law: hold.matter.clone(), ground, because: hold.basis.because(), until: None }
    }

    fn of_default(rules: &Rules) -> Self {
        Self::ours(Self::DEFAULT, "Art. 17(1)", rules.default.clone())
    }

    fn with_row() -> Self {
        let because = [
            "Trengs for at resten av denne oppføringen skal henge sammen.",
            "Nodig om de rest van dit gegeven bij elkaar te houden.",
            "Needed to hold the rest of this record together.",
        ];
        Self::ours(Self::WITH_ROW, "Art. 17(3)", Text::of(because))
    }

    /// For a record that a kept one points at.
    pub(super) fn referenced() -> Self {
        let because = [
            "En oppføring vi må beholde, viser til denne.",
            "Een gegeven dat wij moeten bewaren, verwijst hiernaar.",
            "A record that we must keep refers to this one.",
        ];
        Self::ours(Self::REFERENCED, "Art. 17(3)", Text::of(because))
    }

    fn anonymised() -> Self {
        let because = [
            "Oppføringen blir stående til statistikk. Det som viser til deg, er fjernet.",
            "Dit gegeven blijft bestaan voor statistiek. Wat naar u verwijst, is verwijderd.",
            "The record stays for statistics. What points to you is removed.",
        ];
        Self::ours(Self::ANONYMISED, "GDPR Recital 26", Text::of(because))
    }

    fn read_only() -> Self {
        let because = [
            "Systemet lar seg ikke endre automatisk. En medarbeider ser på det.",
            "Dit systeem kan niet automatisch worden aangepast. Een medewerker bekijkt het.",
            "This cannot be changed automatically. A member of staff looks at it.",
        ];
        Self::ours(Self::READ_ONLY, "Art. 17(1)", Text::of(because))
    }

    fn undecided(law: &str) -> Self {
        let because = [
            "Vi kunne ikke avgjøre om denne regelen gjelder her. En medarbeider ser på det.",
            "Wij konden niet vaststellen of deze regel hier geldt. Een medewerker bekijkt het.",
            "We could not tell whether this rule applies here. A member of staff looks at it.",
        ];
        Self::ours(Self::UNDECIDED, law, Text::of(because))
    }

    fn ours(id: &str, law: &str, because: Text) -> Self {
        Self { id: id.to_owned(), law: law.to_owned(), ground: None, because, until: None }
    }
}

/// The decision about one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDecision {
    /// Field name.
    pub field: String,
    /// What happens.
    pub verdict: Verdict,
    /// Every reason.
    pub because: Vec<Arc<Reason>>,
    /// The earliest last day that a maximum rule lets it stay; shown beside the data.
    pub delete_by: Option<Date>,
}

impl FieldDecision {
    /// Whether a maximum wants it gone before a rule or hold lets it go. Keeping wins; both are among the reasons.
    pub fn is_conflict(&self) -> bool {
        self.delete_by.is_some_and(|by| match self.verdict {
            Verdict::Erase => false,
            Verdict::Keep { until } => until.is_none_or(|until| by < until),
            Verdict::Held { .. } => true,
        })
    }

    /// Leaves every field of a record as it is, for as long as it is there: nobody asked about it.
    pub(super) fn stay(collection: &Collection) -> Vec<Self> {
        let stay = |field: &Field| Self {
            field: field.name.clone(),
            verdict: Verdict::Keep { until: None },
            because: Vec::new(),
            delete_by: None,
        };
        collection.fields.iter().map(stay).collect()
    }

    /// Keeps the field longer, if this is longer.
    pub(super) fn extend(&mut self, verdict: &Verdict, why: Reason) -> bool {
        let longer = verdict.outlasts(&self.verdict);
        if longer {
            self.verdict = verdict.clone();
            self.because.retain(|reason| ![Reason::DEFAULT, Reason::WITH_ROW, why.id.as_str()].contains(&reason.id.as_str()));
            self.because.push(Arc::new(why));
        }
        longer
    }
}

/// A record, what kind it is, and what it hangs together with.
#[derive(Debug, Clone, Copy)]
pub struct RecordFacts<'a> {
    /// The record.
    pub record: &'a Record,
    /// Its collection in the data map.
    pub collection: &'a Collection,
    /// The other records of the case, where a rule's anchor may lie.
    pub connected: &'a Connected<'a>,
}

/// Decides about every field of a record, for a request to erase it (Art. 17).
///
/// A maximum never keeps: it only sets `delete_by`. A rule whose last day is past says nothing any more.
pub fn decide(facts: &RecordFacts<'_>, rules: &Rules, holds: &[Hold], whose: Whose<'_>, today: Date) -> Vec<FieldDecision> {
    let held = held(facts, holds, whose, today);
    let (opinions, default) = (opinions(facts, rules, today), Arc::new(Reason::of_default(rules)));
    let mut decisions: Vec<FieldDecision> =
        facts.collection.fields.iter().map(|field| decide_field(facts, field, &opinions, &held, &default)).collect();
    keep_together(facts.collection, &mut decisions);
    if facts.collection.anonymise {
        for (_, decision) in facts.collection.fields.iter().zip(&mut decisions).filter(|(field, _)| field.stays_anonymous()) {
            decision.extend(&Verdict::Keep { until: None }, Reason::anonymised());
            // A promise to delete is kept by masking, so no maximum speaks against what stays.
            decision.delete_by = None;
        }
    }
    decisions
}

/// A hold over a record, and whether that is certain.
#[derive(Clone, Copy)]
struct Held<'h> {
    hold: &'h Hold,
    certain: bool,
}

/// The holds in force over a record, the last to be looked at first.
fn held<'h>(facts: &RecordFacts<'_>, holds: &'h [Hold], whose: Whose<'_>, today: Date) -> Vec<Held<'h>> {
    let on = OnRecord::of(facts.record, Some(facts.collection));
    let covering = |hold: &'h Hold| match hold.covers(on, whose) {
        Truth::No => None,
        truth => Some(Held { hold, certain: truth == Truth::Yes }),
    };
    let mut held: Vec<Held<'h>> = holds.iter().filter(|hold| hold.is_active(today)).filter_map(covering).collect();
    held.sort_by(|one, other| (other.hold.review_on, &one.hold.id).cmp(&(one.hold.review_on, &other.hold.id)));
    held
}

fn decide_field(
    facts: &RecordFacts<'_>,
    field: &Field,
    opinions: &[Opinion<'_>],
    held: &[Held<'_>],
    default: &Arc<Reason>,
) -> FieldDecision {
    let address = facts.record.address();
    // A row that nothing names cannot be written, and one that others are in is not hers alone to erase.
    let by_hand = field.read_only || !facts.collection.has_key() || facts.record.is_shared();
    let speaking = || opinions.iter().filter(|opinion| opinion.speaks_for(&address, &field.name));
    let held = || held.iter().filter(|held| held.hold.keeps(Some(facts.collection), &field.name));
    let mut because: Vec<Arc<Reason>> =
        held().map(|held| Arc::new(Reason::of_hold(held.hold))).chain(speaking().map(|opinion| Arc::clone(&opinion.reason))).collect();
    because.extend(held().filter(|held| !held.certain).map(|held| Arc::new(Reason::undecided(&held.hold.matter))));
    because.extend(speaking().filter(|opinion| !opinion.certain).map(|opinion| Arc::new(Reason::undecided(&opinion.rule.law))));
    let kept = speaking().filter(|opinion| opinion.rule.kind != Kind::Maximum).map(|opinion| Verdict::Keep { until: opinion.until });
    let kept = kept.reduce(|one, other| if other.outlasts(&one) { other } else { one });
    let verdict = match (held().next(), kept) {
        (Some(Held { hold, .. }), _) => Verdict::Held { hold: hold.id.clone(), review_on: hold.review_on },
        (None, _) if by_hand => {
            because.push(Arc::new(Reason::read_only()));
            Verdict::Keep { until: None }
        }
        (None, Some(kept)) => kept,
        (None, None) => {
            because.push(Arc::clone(default));
            Verdict::Erase
        }
    };
    let delete_by = speaking().filter(|opinion| opinion.rule.kind == Kind::Maximum).filter_map(|opinion| opinion.until).min();
    FieldDecision { field: field.name.clone(), verdict, because, delete_by }
}

/// Keys stay as long as anything else in the row does: without them the row could be neither found nor finished later.
fn keep_together(collection: &Collection, decisions: &mut [FieldDecision]) {
    let row = decisions.iter().map(|decision| &decision.verdict).fold(
        &Verdict::Erase,
        |row, verdict| {
            if verdict.outlasts(row) { verdict } else { row }
        },
    );
    let row = row.clone();
    for (field, decision) in collection.fields.iter().zip(decisions) {
        if field.stays_with_row() {
            decision.extend(&row, Reason::with_row());
        }
    }
}

/// How long a record will be stored, as the person reads it beside her data (Art. 15(1)(d)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptUntil {
    /// Last day kept. `None`: no date can be promised; the reason gives the criteria.
    pub until: Option<Date>,
    /// The rule or hold that sets it, or the default where none does.
    pub because: Reason,
}

/// How long a record will be stored: a hold, else the later of what must be kept and the earliest maximum, else what may be kept.
///
/// Rules that cover only some of its fields count: the record is not gone before its last field is.
pub fn keep_until_of(facts: &RecordFacts<'_>, rules: &Rules, holds: &[Hold], whose: Whose<'_>, today: Date) -> KeptUntil {
    if let Some(held) = held(facts, holds, whose, today).first() {
        return KeptUntil { until: None, because: Reason::of_hold(held.hold) };
    }
    let opinions = opinions(facts, rules, today);
    let of = |kind| opinions.iter().filter(move |opinion: &&Opinion<'_>| opinion.rule.kind == kind);
    let latest = |kind| of(kind).max_by_key(|opinion| (opinion.until.is_none(), opinion.until));
    let maximum = of(Kind::Maximum).filter(|opinion| opinion.until.is_some()).min_by_key(|opinion| opinion.until);
    let setting = match (latest(Kind::MustKeep), maximum) {
        (Some(must), Some(maximum)) if must.until.is_some_and(|until| maximum.until > Some(until)) => Some(maximum),
        (Some(must), _) => Some(must),
        // A promise that does not say from when it counts gives the criteria, never a date.
        (None, maximum) => maximum.or_else(|| latest(Kind::MayKeep)).or_else(|| of(Kind::Maximum).find(|it| it.rule.anchor.is_none())),
    };
    let because = setting.map_or_else(|| Reason::of_default(rules), |opinion| Reason::clone(&opinion.reason));
    KeptUntil { until: because.until, because }
}

#[cfg(test)]
mod tests;
