//! A plan as it is written: decisions that records share stand once, and so does each reason. A person with a hundred records has a
//! handful of different decisions, and the same plan is read, hashed and sealed many times.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::{Act, ErasureStep, Plan, SystemPlan};
use crate::law::{
    decide::{FieldDecision, Reason, Verdict},
    record::Key,
    tier::Tier,
};

#[derive(Serialize, Deserialize)]
struct Written {
    case: String,
    floor: Tier,
    reasons: Vec<Arc<Reason>>,
    /// Each a record's decisions, field by field.
    decisions: Vec<Vec<Decision>>,
    systems: Vec<System>,
}

#[derive(Serialize, Deserialize)]
struct Decision {
    field: String,
    #[serde(flatten)]
    verdict: Verdict,
    /// Places in `reasons`.
    because: Vec<usize>,
    delete_by: Option<Date>,
}

#[derive(Serialize, Deserialize)]
struct System {
    system: String,
    steps: Vec<Step>,
}

#[derive(Serialize, Deserialize)]
struct Step {
    collection: String,
    key: Key,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    print: Option<String>,
    act: Act,
    /// Place in `decisions`.
    decided: usize,
}

impl Serialize for Plan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written::of(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Plan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Written::deserialize(deserializer)?
            .read()
            .ok_or_else(|| D::Error::custom("the plan names a decision or a reason that it does not hold"))
    }
}

impl Written {
    fn of(plan: &Plan) -> Self {
        let (mut reasons, mut known) = (Vec::new(), Vec::new());
        let mut step = |step: &ErasureStep| Step {
            collection: step.collection.clone(),
            key: step.key.clone(),
            print: step.print.clone(),
            act: step.act.clone(),
            decided: place(&mut known, &step.decisions),
        };
        let system = |part: &SystemPlan| System { system: part.system.clone(), steps: part.steps.iter().map(&mut step).collect() };
        let systems = plan.systems.iter().map(system).collect();
        let mut list = |list: &Arc<[FieldDecision]>| list.iter().map(|decision| Decision::of(decision, &mut reasons)).collect();
        let decisions = known.iter().map(&mut list).collect();
        Self { case: plan.case.clone(), floor: plan.floor, reasons, decisions, systems }
    }

    fn read(self) -> Option<Plan> {
        let Self { case, floor, reasons, decisions, systems } = self;
        let list = |list: Vec<Decision>| list.into_iter().map(|decision| decision.read(&reasons)).collect::<Option<Arc<[FieldDecision]>>>();
        let decisions = decisions.into_iter().map(list).collect::<Option<Vec<_>>>()?;
        let step = |Step { collection, key, print, act, decided }: Step| {
            Some(ErasureStep { collection, key, print, act, decisions: Arc::clone(decisions.get(decided)?) })
        };
        let system =
            |System { system, steps }: System| Some(SystemPlan { system, steps: steps.into_iter().map(step).collect::<Option<_>>()? });
        Some(Plan { case, floor, systems: systems.into_iter().map(system).collect::<Option<_>>()? })
    }
}

impl Decision {
    fn of(decision: &FieldDecision, reasons: &mut Vec<Arc<Reason>>) -> Self {
        Self {
            field: decision.field.clone(),
            verdict: decision.verdict.clone(),
            because: decision.because.iter().map(|reason| place(reasons, reason)).collect(),
            delete_by: decision.delete_by,
        }
    }

    fn read(self, reasons: &[Arc<Reason>]) -> Option<FieldDecision> {
        let because = self.because.iter().map(|at| reasons.get(*at).map(Arc::clone)).collect::<Option<_>>()?;
        Some(FieldDecision { field: self.field, verdict: self.verdict, because, delete_by: self.delete_by })
    }
}

/// Where a thing stands among those that are known, after it was put there if need be. The newest is the likeliest.
fn place<T: PartialEq + ?Sized>(known: &mut Vec<Arc<T>>, item: &Arc<T>) -> usize {
    let found = known.iter().rposition(|other| Arc::ptr_eq(other, item) || other == item);
    found.unwrap_or_else(|| {
        known.push(Arc::clone(item));
        known.len() - 1
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;

    use super::Plan;
    use crate::law::{
        fixture::{folder, kari},
        plan::{Frozen, tests::plan_of},
    };

    #[test]
    fn what_records_share_is_written_once_and_read_back_shared() {
        let folder = folder();
        let plan = plan_of(&folder, &kari(), &[], date(2026, 11, 21));
        let written = serde_json::to_string(&plan).unwrap();
        let text = &folder.rules.default.en;
        assert_eq!(written.matches(text.as_str()).count(), 1, "{written}");
        let read: Plan = serde_json::from_str(&written).unwrap();
        assert_eq!(read, plan);
        assert_eq!(Frozen::new(read.clone()).unwrap().hash(), Frozen::new(plan).unwrap().hash());
        let steps: Vec<_> = read.systems.iter().flat_map(|part| &part.steps).collect();
        let shared = steps.iter().flat_map(|one| steps.iter().map(move |other| (one, other)));
        assert!(
            shared
                .filter(|(one, other)| one.decisions == other.decisions)
                .all(|(one, other)| Arc::ptr_eq(&one.decisions, &other.decisions))
        );
        let bent = written.replacen("\"decided\":0", "\"decided\":99", 1);
        assert!(serde_json::from_str::<Plan>(&bent).unwrap_err().to_string().contains("does not hold"));
    }
}
