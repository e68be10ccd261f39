//! Forgets what is past its date: packages, of which people are reminded before, and cases, which are shredded.

use super::Worker;
use crate::{
    action::{
        actor::Actor,
        forget::{Forget, remembered},
        refusal::Refusal,
        remind_of_package::{AHEAD, RemindOfPackage},
    },
    store::{
        case::{self, Due},
        package::{self, Package},
    },
};

/// How many packages and how many cases at a time.
const BATCH: u64 = 100;

impl Worker {
    /// One batch; whether anything went.
    pub(super) async fn forget_some(&self) -> Result<bool, Refusal> {
        let door = &self.door;
        let packages = package::expired(&door.store, door.clock.now(), BATCH).await?;
        let today = door.clock.today(&door.organisation.zone());
        let kept = remembered(&door.store, today).await;
        let cases = case::expired(&door.store, Due { today, kept: kept.as_deref(), among: None }, BATCH).await?;
        if packages.is_empty() && cases.is_empty() {
            return Ok(false);
        }
        // The row goes only after the file: a crash in between tries again.
        for package in packages.iter().chain(&package::of_cases(&door.store, &cases).await?) {
            self.remove(package).await?;
        }
        let packages = packages.into_iter().map(|package| (package.case, package.kind)).collect();
        let gone = door.run(&Actor::Timer, Forget { cases, packages }).await?;
        door.store.truncate().await?;
        Ok(gone > 0)
    }

    /// Tells whoever has not opened her copy that it goes soon.
    pub(super) async fn remind_some(&self) -> Result<(), Refusal> {
        let now = self.door.clock.now();
        for case in package::unopened(&self.door.store, now, now + AHEAD, BATCH).await? {
            match self.door.run(&Actor::Timer, RemindOfPackage { case }).await {
                Ok(()) | Err(Refusal::Conflict { .. }) => {}
                Err(refusal) => return Err(refusal),
            }
        }
        Ok(())
    }

    /// Everything that is past its date, before anybody is let in: a copy that was put back brings back what had gone.
    pub async fn forget_all(&self) -> Result<(), Refusal> {
        let gone = self.door.store.destroy_shredded().await?;
        if gone > 0 {
            tracing::warn!(keys = gone, "an old copy of the key store had keys of shredded cases: they are destroyed again");
        }
        while self.forget_some().await? {}
        Ok(())
    }

    /// A package's file, with its checksum and its signature.
    pub(super) async fn remove(&self, package: &Package) -> Result<(), Refusal> {
        for beside in ["", ".sha256", ".sha256.sig"] {
            match tokio::fs::remove_file(self.packages.join(format!("{}{beside}", package.file))).await {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Refusal::Broken("a package file could not be removed".to_owned()));
                }
                _ => {}
            }
        }
        Ok(())
    }
}
