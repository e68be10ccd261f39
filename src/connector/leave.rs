//! Leave to do what cannot be undone, asked for at the last moment before it.

use std::time::Duration;

use async_trait::async_trait;

use super::Cause;

/// Whoever decides whether it may still be done.
#[async_trait]
pub trait Leave: Send + Sync {
    /// Asks. `longest`: how long the act takes at most, once there is leave; whoever waits for it waits that long.
    async fn ask(&self, longest: Duration) -> Result<(), Cause>;

    /// How long leave is good for, from the moment it was asked for. Who has leave and comes later, because his machine stood still,
    /// must not use it any more: where a system can end a transaction by itself, it is told to.
    fn good_for(&self) -> Duration {
        Duration::from_secs(10)
    }
}

/// Leave that nobody refuses.
#[cfg(test)]
pub(super) struct Free;

#[cfg(test)]
#[async_trait]
impl Leave for Free {
    async fn ask(&self, _: Duration) -> Result<(), Cause> {
        Ok(())
    }
}
