//! The world that effects reach: it counts what took place under each key, and honours keys where a step says that it does.

use std::collections::BTreeMap;

use super::{super::catalogue::Idempotency, dice::Dice};

#[derive(Default)]
pub(super) struct Outside {
    /// How often something took place under a key, and what came of it the first time.
    done: BTreeMap<String, (u64, String)>,
    pub(super) effects: u64,
}

/// What a call came to.
#[derive(Clone)]
pub(super) enum Answer {
    Outcome(String),
    NotNow,
    Never,
}

impl Outside {
    /// Calls the world. A call that fails did nothing.
    pub(super) fn call(&mut self, key: &str, class: Idempotency, outcomes: &[String], dice: &mut Dice) -> Result<Answer, String> {
        match dice.below(12) {
            0 | 1 => return Ok(Answer::NotNow),
            2 => return Ok(Answer::Never),
            _ => {}
        }
        let fresh = dice.pick(outcomes).cloned().unwrap_or_default();
        let known = self.done.get(key).map(|(times, outcome)| (*times, outcome.clone()));
        let (times, outcome) = match (known, class) {
            (Some((times, outcome)), Idempotency::Natural | Idempotency::Key) => (times, outcome),
            (Some(_), Idempotency::None) => return Err(format!("a second effect under `{key}`")),
            (None, _) => (1, fresh),
        };
        if !self.done.contains_key(key) {
            self.effects += 1;
        }
        self.done.insert(key.to_owned(), (times, outcome.clone()));
        Ok(Answer::Outcome(outcome))
    }
}
