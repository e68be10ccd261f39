//! What must not happen from some line on.

use super::{
    super::{super::event::Wait, Difference, Never},
    Player,
};

impl Player<'_> {
    pub(super) fn watch_step(&self, wait: &Wait) -> Result<(), Difference> {
        let hit = |never: &&&Never| matches!(never, Never::Step(step) if step.text == wait.step);
        self.never.iter().find(hit).map_or(Ok(()), |_| Err(Difference::new(format!("`{}` never begins", wait.step), "it has begun")))
    }

    pub(super) fn watch_stage(&self) -> Result<(), Difference> {
        let stage = &self.state.stage;
        let hit = |never: &&&Never| matches!(never, Never::Stage(name) if name.text == *stage);
        self.never.iter().find(hit).map_or(Ok(()), |_| Err(Difference::new(format!("never in stage `{stage}`"), "it is")))
    }

    pub(super) fn watch_letter(&self, letter: &str) -> Result<(), Difference> {
        let hit = |never: &&&Never| matches!(never, Never::Letter(name) if name.text == letter);
        self.never.iter().find(hit).map_or(Ok(()), |_| Err(Difference::new(format!("`{letter}` is never sent"), "it was sent")))
    }
}
