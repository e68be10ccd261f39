//! Keeps a lease while a long effect runs, and lets the effect go when the lease has gone to somebody else.

use std::{pin::pin, time::Duration};

use crate::store::{StoreError, command};

/// A third of a lease: two beats may be missed.
pub(super) const EVERY: Duration = Duration::from_secs(command::LEASE_SECONDS.unsigned_abs() / 3);

/// Waits for `work`, and calls `keep` again and again meanwhile; nothing when `keep` says that the lease is lost.
pub(super) async fn keeping<T, Kept: Future<Output = Result<bool, StoreError>>>(
    work: impl Future<Output = T>,
    every: Duration,
    mut keep: impl FnMut() -> Kept,
) -> Result<Option<T>, StoreError> {
    let mut work = pin!(work);
    loop {
        tokio::select! {
            biased;
            done = &mut work => return Ok(Some(done)),
            () = tokio::time::sleep(every) => {
                if !keep().await? {
                    return Ok(None);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        cell::Cell,
        future::{pending, ready},
        time::Duration,
    };

    use tokio::sync::Notify;

    use super::keeping;

    const SOON: Duration = Duration::from_millis(1);

    #[tokio::test]
    async fn a_long_effect_keeps_its_lease_until_it_is_done() {
        let (beats, enough) = (Cell::new(0), Notify::new());
        let keep = || {
            beats.set(beats.get() + 1);
            if beats.get() == 3 {
                enough.notify_one();
            }
            ready(Ok(true))
        };
        let done = keeping(enough.notified(), SOON, keep).await.unwrap();
        assert_eq!((done, beats.get()), (Some(()), 3));
    }

    #[tokio::test]
    async fn an_effect_whose_lease_is_lost_is_let_go() {
        assert_eq!(keeping(pending::<()>(), SOON, || ready(Ok(false))).await.unwrap(), None);
    }
}
