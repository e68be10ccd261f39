//! What the end of a restriction gives back, and what it does not: a record rests as long as any case still restricts it (Art. 18).

use super::{Act, ChangePlan, Step, SystemChanges, Write};
use crate::law::record::{Key, Value};

impl ChangePlan {
    /// The same plan, made while `others` are in force: what they have stopped already says what it shall say, and yet it is this
    /// case's too. Whichever of them ends last gives back what stood there before the first.
    #[must_use]
    pub fn joining(mut self, others: &[Self]) -> Self {
        for part in &mut self.systems {
            for step in &mut part.steps {
                let earlier = others.iter().find_map(|other| other.system(&part.system)?.before(step));
                if let (Act::Write { was, to, .. }, Some(earlier)) = (&mut step.act, earlier)
                    && was == to
                {
                    *was = earlier;
                }
            }
        }
        self
    }
}

impl SystemChanges {
    /// What is written to take the change back. What stood there before somebody asked is not this case's to lift, and what one of
    /// the `others` still restricts has to rest: that it does is written as well, so that it holds whatever was begun in between.
    pub fn lifts(&self, others: &[Self]) -> Vec<Write> {
        let made = self.steps.iter().filter_map(Step::write).filter(|write| write.was != write.to);
        // A record may have become somebody else's in the years between, and then it does not rest: there is nothing to give back.
        let lift = |Write { collection, key, field, was, to, .. }| {
            let resting = others
                .iter()
                .flat_map(|other| &other.steps)
                .filter_map(Step::write)
                .find(|other| (&other.collection, &other.key, &other.field) == (&collection, &key, &field));
            match resting {
                Some(other) => Write { collection, key, field, was, to: other.to, whose: Key::new() },
                None => Write { collection, key, field, was: to, to: was, whose: Key::new() },
            }
        };
        made.map(lift).collect()
    }

    /// What stood at a step's place before this case stopped it.
    fn before(&self, step: &Step) -> Option<Value> {
        let wanted = step.write()?;
        let made = self.steps.iter().filter_map(Step::write).filter(|write| write.was != write.to && write.to == wanted.to);
        let mut here =
            made.filter(|write| (&write.collection, &write.key, &write.field) == (&wanted.collection, &wanted.key, &wanted.field));
        here.next().map(|write| write.was)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RECORDS: i64 = 3;

    /// A house with three records in one system, and who rests whom.
    struct World {
        /// The mark of each record: 1 rests.
        marks: Vec<i64>,
        /// Those that rested before anybody asked.
        before: Vec<bool>,
        /// Plans of cases in force, by case.
        force: Vec<Option<(ChangePlan, Vec<bool>)>>,
    }

    impl World {
        fn write(&mut self, write: &Write) {
            let Some(Value::Integer(record)) = write.key.get("id") else { return };
            let here = &mut self.marks[usize::try_from(*record).unwrap()];
            let present = Value::Integer(*here);
            assert!(present == write.was || present == write.to, "somebody else wrote it: {write:?}");
            let Value::Integer(to) = write.to else { return };
            *here = to;
        }

        fn others(&self, case: usize) -> Vec<ChangePlan> {
            let others = self.force.iter().enumerate().filter(|(other, _)| *other != case);
            others.filter_map(|(_, force)| Some(force.as_ref()?.0.clone())).collect()
        }

        fn restrict(&mut self, case: usize, which: &[bool]) {
            let steps = (0..RECORDS).zip(which).filter(|(_, wanted)| **wanted).map(|(id, _)| Step {
                collection: "customers".to_owned(),
                asked: None,
                act: Act::Write {
                    key: Key::from([("id".to_owned(), Value::Integer(id))]),
                    field: "resting".to_owned(),
                    was: Value::Integer(self.marks[usize::try_from(id).unwrap()]),
                    to: Value::Integer(1),
                    whose: Key::new(),
                },
            });
            let part = SystemChanges { system: "shop".to_owned(), steps: steps.collect() };
            let plan = ChangePlan { case: case.to_string(), floor: None, systems: vec![part] }.joining(&self.others(case));
            plan.systems[0].writes(&super::super::Applied::All).iter().for_each(|write| self.write(write));
            self.force[case] = Some((plan, which.to_vec()));
        }

        fn lift(&mut self, case: usize) {
            let Some((plan, _)) = self.force[case].take() else { return };
            let others: Vec<SystemChanges> = self.others(case).into_iter().flat_map(|plan| plan.systems).collect();
            plan.systems[0].lifts(&others).iter().for_each(|write| self.write(write));
        }

        fn check(&self) -> Result<(), TestCaseError> {
            for (record, mark) in self.marks.iter().enumerate() {
                let wanted = self.before[record] || self.force.iter().flatten().any(|(_, which)| which[record]);
                prop_assert_eq!(*mark == 1, wanted, "record {}", record);
            }
            Ok(())
        }
    }

    proptest! {
        /// Restrictions of four cases over the same records begin and end in any order.
        #[test]
        fn a_record_rests_exactly_as_long_as_somebody_restricts_it(
            before in prop::collection::vec(any::<bool>(), 3),
            story in prop::collection::vec((0..4_usize, prop::option::of(prop::collection::vec(any::<bool>(), 3))), 0..24),
        ) {
            let marks = before.iter().map(|rests| i64::from(*rests)).collect();
            let mut world = World { marks, before, force: vec![None, None, None, None] };
            for (case, act) in story {
                match act {
                    Some(which) if world.force[case].is_none() => world.restrict(case, &which),
                    _ => world.lift(case),
                }
                world.check()?;
            }
        }
    }
}
