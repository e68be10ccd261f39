//! Forgets what the house itself no longer needs: packages past their date, and cases past theirs, whose keys are destroyed.

use jiff::civil::Date;

use super::{
    actor::{Actor, Denied},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};
use crate::{
    crash,
    store::{Rows, case::Due, finding, hold, leaf::SHREDDED, package, shred},
};

/// Forgets packages and shreds cases.
#[derive(Debug, Clone)]
pub struct Forget {
    /// Cases whose time seemed to be over; with their rows locked it is looked again.
    pub cases: Vec<String>,
    /// Packages whose files are removed, as case and kind.
    pub packages: Vec<(String, String)>,
}

impl Action for Forget {
    /// How many cases and packages are gone.
    type Done = usize;

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if *by == Actor::Timer { Ok(()) } else { Err(Denied) }
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<usize>, Refusal> {
        let mut facts = Vec::new();
        for (case, kind) in &self.packages {
            package::delete(inside.tx, case, kind).await?;
            // The copy is gone, and with it what it was made from (Art. 5(1)(e)); the right to ask again is not.
            finding::forget(inside.tx, case).await?;
            facts.push(Fact::of_case("package-removed", case).with("kind", kind));
        }
        let kept = remembered(inside.tx, inside.today).await;
        let due = Due { today: inside.today, kept: kept.as_deref(), among: Some(&self.cases) };
        let shredded = shred::due(inside.tx, due, inside.now).await?;
        crash::point("after-destroy", "Forget");
        facts.extend(shredded.iter().map(|case| Fact::of_case(SHREDDED, case)));
        Ok(Outcome::new(facts.len(), Fact::of_house("house-swept")).and(facts))
    }
}

/// Whose corrections a hold has us remember; `None`: everybody's, also where holds cannot be read.
pub(crate) async fn remembered(rows: &impl Rows, today: Date) -> Option<Vec<String>> {
    let holds = hold::all(rows).await.ok()?;
    holds.into_iter().filter(|stored| stored.hold.is_active(today)).map(|stored| stored.hold.scope.subject).collect()
}
