//! What becomes of corrections, from what was asked, planned, decided and is still under way; never from a workflow's own words.

use std::collections::BTreeSet;

use habeas_core::law::{
    ask::{Asked, Correction},
    change::{Applied, ChangePlan},
    lang::Text,
    letter::Reasons,
    plan::Frozen,
};

use super::Mine;
use crate::{
    store::{StoreError, case::Phase, plan, sealed, statement},
    view::{
        look::Look,
        portal::{
            check::CorrectionLine,
            correction::{InSystem, Piece, Stand},
        },
    },
};

/// The form in which corrections are decided on.
pub(super) const DECISION: &str = "correction-decision";

impl Mine {
    /// Each system in which something was asked to be corrected; none before it is known what is held.
    pub(super) async fn in_systems(&self, look: &Look) -> Result<Vec<InSystem>, StoreError> {
        let Asked::Corrections(asked) = self.asked(look)? else { return Ok(Vec::new()) };
        let Some(frozen) = self.changes(look).await? else { return Ok(Vec::new()) };
        let applied = self.applied(look)?;
        let because = self.declined_because(look)?;
        let mut systems: Vec<InSystem> = Vec::new();
        for (number, told) in asked.iter().enumerate() {
            let Some((system, line)) = Self::named(look, told) else { continue };
            let stand = self.stand(number, told, frozen.plan(), &applied);
            let piece = Piece { kind: line.kind, field: line.field, stand };
            let reason = || because.clone().filter(|_| stand == Stand::Declined);
            match systems.iter_mut().find(|known| known.system == system) {
                Some(known) => {
                    known.because = known.because.take().or_else(reason);
                    known.pieces.push(piece);
                }
                None => systems.push(InSystem { system, pieces: vec![piece], because: reason() }),
            }
        }
        Ok(systems)
    }

    fn named(look: &Look, told: &Correction) -> Option<(Text, CorrectionLine)> {
        let (key, _) = told.kind.split_once('.')?;
        Some((look.organisation.system(key)?.label.clone(), CorrectionLine::load(look, told)?))
    }

    fn stand(&self, number: usize, told: &Correction, plan: &ChangePlan, applied: &Applied) -> Stand {
        let among = |applied: &Applied| plan.steps(applied).any(|(_, step)| step.asked == Some(number));
        let is_open = self.case.phase == Phase::Open;
        let system = told.kind.split_once('.').map(|(system, _)| system);
        let is_under_way = || self.state.open.iter().any(|open| open.wait.branch.as_deref() == system);
        match (among(&Applied::All), among(applied)) {
            (false, _) => Stand::NotFound,
            _ if is_open && !self.state.facts.contains("correction.decided") => Stand::Undecided,
            (true, false) => Stand::Declined,
            (true, true) if is_open && is_under_way() => Stand::Waiting,
            (true, true) => Stand::Changed,
        }
    }

    /// Why something was declined: the handler's words about a part, or those of the refusal.
    fn declined_because(&self, look: &Look) -> Result<Option<String>, StoreError> {
        if self.case.phase == Phase::Refused {
            let reasons = Reasons::of(self.case.right, &self.fields(look, "refusal-reasons")?).ok();
            return Ok(reasons.map(|reasons| reasons.because.words().to_owned()));
        }
        match self.applied(look)? {
            Applied::Only(_) => self.answer(look, DECISION, "reason"),
            Applied::All => Ok(None),
        }
    }

    /// What was changed, as it was planned.
    pub(super) async fn changes(&self, look: &Look) -> Result<Option<Frozen<ChangePlan>>, StoreError> {
        if self.case.case_key.is_none() {
            return Ok(None);
        }
        let Some(stored) = plan::latest(&look.store, &self.case.id).await? else { return Ok(None) };
        Ok(Some(sealed::plan(&look.keys, &self.case, &stored)?))
    }

    /// Which corrections were decided on.
    pub(super) fn applied(&self, look: &Look) -> Result<Applied, StoreError> {
        statement::applied(&look.keys, &self.case, &self.tasks)
    }

    /// The numbers of what says something else now.
    pub(super) fn made(plan: &ChangePlan, applied: &Applied) -> BTreeSet<usize> {
        plan.steps(applied).filter_map(|(_, step)| step.asked).collect()
    }
}
