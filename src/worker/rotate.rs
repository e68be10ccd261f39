//! The long way of a new house key, one page after the other, beside whatever else the house does.

use std::time::Duration;

use super::Worker;
use crate::{
    action::{
        actor::Actor,
        refusal::Refusal,
        rotate_key::{BeginRotation, EndRotation, WrapAnew},
    },
    keys::Named,
};

/// What a rotation came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotated {
    /// The key that is used now.
    pub key: Named,
    /// Keys of cases that were wrapped anew.
    pub cases: usize,
    /// Whatever else was.
    pub others: usize,
    /// Keys that were destroyed.
    pub destroyed: Vec<Named>,
}

impl Worker {
    /// Replaces the house key. Every process asks before it seals which key that is, so after `wait` nothing is under way any more that was
    /// sealed under an older one; only when nothing is found after such a pause are the older ones destroyed.
    pub async fn rotate(&self, wait: Duration) -> Result<Rotated, Refusal> {
        let by = Actor::Operator;
        let key = self.door.run(&by, BeginRotation).await?;
        let mut rotated = Rotated { key, cases: 0, others: 0, destroyed: Vec::new() };
        self.wrap_anew(&mut rotated).await?;
        loop {
            tokio::time::sleep(wait).await;
            if !self.wrap_anew(&mut rotated).await? {
                break;
            }
        }
        rotated.destroyed = self.door.run(&by, EndRotation).await?;
        Ok(rotated)
    }

    /// Everything once; whether there was anything.
    async fn wrap_anew(&self, rotated: &mut Rotated) -> Result<bool, Refusal> {
        let (mut after, mut any) = (String::new(), false);
        loop {
            let wrapped = self.door.run(&Actor::Operator, WrapAnew { after }).await?;
            if wrapped.cases + wrapped.others == 0 {
                return Ok(any);
            }
            tracing::info!(cases = wrapped.cases, others = wrapped.others, "wrapped anew");
            (rotated.cases, rotated.others) = (rotated.cases + wrapped.cases, rotated.others + wrapped.others);
            (after, any) = (wrapped.after, true);
        }
    }
}
