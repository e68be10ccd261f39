//! What the answers about changes tell: what was corrected or rests, what was not and why, and who else was told (Art. 19).

use std::collections::BTreeSet;

use habeas_core::law::{
    ask::{Asked, Correction, RestrictionGround},
    change::Applied,
    lang::Text,
    notice::Told,
};

use super::Effect;
use crate::{
    action::refusal::Refusal,
    render::letter::{Changed, ChangedLine, CorrectedLine, RectificationDone},
    store::{leaf, sealed},
};

impl Effect<'_> {
    /// What was changed, and who was told of it.
    pub(super) async fn changed(&self, url: String) -> Result<Changed, Refusal> {
        let frozen = self.change_plan().await?;
        let mut what: Vec<ChangedLine> = Vec::new();
        for (system, step) in frozen.plan().steps(&Applied::All) {
            let Some(system) = self.worker.door.organisation.system(system) else { continue };
            let label = system.collection(&step.collection).map(|collection| step.label(collection).clone());
            let line = label.map(|what| ChangedLine { what, system: system.label.clone() });
            what.extend(line.filter(|line| !what.contains(line)));
        }
        Ok(Changed { reference: self.case.id.clone(), what, signed_off: self.signed_off().await?, told: self.told().await?, url })
    }

    /// What was corrected, what was not and why.
    pub(super) async fn rectification_done(&self, url: String) -> Result<RectificationDone, Refusal> {
        let asked = match self.applicant()?.asked {
            Asked::Corrections(asked) => asked,
            _ => Vec::new(),
        };
        let (frozen, applied) = (self.change_plan().await?, self.applied().await?);
        let made: BTreeSet<usize> = frozen.plan().steps(&applied).filter_map(|(_, step)| step.asked).collect();
        let line = |number: usize| self.corrected_line(asked.get(number)?);
        let refused: Vec<_> = (0..asked.len()).filter(|number| !made.contains(number)).filter_map(line).collect();
        let because = if refused.is_empty() { None } else { Some(self.reason_not_corrected().await?) };
        let corrected = made.iter().filter_map(|number| line(*number)).collect();
        let (signed_off, told) = (self.signed_off().await?, self.told().await?);
        Ok(RectificationDone { reference: self.case.id.clone(), corrected, refused, because, signed_off, told, url })
    }

    fn corrected_line(&self, asked: &Correction) -> Option<CorrectedLine> {
        let (system, collection) = asked.kind.split_once('.')?;
        let collection = self.worker.door.organisation.system(system)?.collection(collection)?;
        Some(CorrectedLine { what: collection.label.clone(), field: collection.field(&asked.field)?.label.clone() })
    }

    /// Systems whose result a person signed for.
    pub(super) async fn signed_off(&self) -> Result<Vec<Text>, Refusal> {
        let signed = leaf::signed_off(&self.worker.door.store, &self.worker.door.keys, &self.case.id).await?;
        Ok(self.worker.systems().iter().filter(|system| signed.contains(&system.key)).map(|system| system.label.clone()).collect())
    }

    /// What the handler said of what is not corrected; of what is not held, that it is not.
    async fn reason_not_corrected(&self) -> Result<Text, Refusal> {
        let partly = self.handed_in(|task| task.form == "correction-decision").await?.filter(|decided| decided.outcome == "partly");
        match partly.and_then(|mut decided| decided.fields.remove("reason")) {
            Some(reason) => Ok(Text { nb: reason.clone(), nl: reason.clone(), en: reason }),
            None => self.said("letter-not-held"),
        }
    }

    /// What was the reason for restricting is over, each of the law's four in its own words.
    pub(super) fn reason_for_lifting(&self) -> Result<Text, Refusal> {
        self.said(match self.applicant()?.asked {
            Asked::Restriction { ground: RestrictionGround::Contested } => "lift-contested",
            Asked::Restriction { ground: RestrictionGround::Unlawful } => "lift-unlawful",
            Asked::Restriction { ground: RestrictionGround::Claims } => "lift-claims",
            Asked::Restriction { ground: RestrictionGround::Objected } => "lift-objected",
            _ => "lift-over",
        })
    }

    /// Recipients of what changed, and what came of telling them (Art. 19).
    pub(super) async fn told(&self) -> Result<Vec<Told>, Refusal> {
        let door = &self.worker.door;
        Ok(sealed::notices(&door.store, &door.keys, &self.case).await?.into_iter().map(|(_, told)| told).collect())
    }
}
