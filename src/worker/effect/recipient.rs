//! Tells a recipient what changed in the data it was given (Art. 19).

use habeas_core::law::{
    change::Act,
    lang::{Lang, Text},
    personal::Personal,
    record::Value,
    right::Right,
};

use super::{Effect, done, letter, plan::kinds_of};
use crate::{
    action::{
        fact::Fact,
        refusal::Refusal,
        report_effect::{Performed, Product, Report},
    },
    render::letter::{Change, LetterKind, NoticeLine, RecipientNotice},
    store::sealed::Words,
};

impl Effect<'_> {
    /// By mail where the recipient has an address for it, by hand where not.
    pub(super) async fn notify_recipient(&self) -> Result<Performed, Refusal> {
        let id = self.branch()?;
        let organisation = &self.worker.door.organisation;
        let recipient = organisation.recipients().iter().find(|recipient| recipient.id == id).ok_or(Refusal::NotFound("recipient"))?;
        let fact = |outcome: &str| Fact::of_case("recipient-notified", &self.case.id).with("recipient", id).with("outcome", outcome);
        let what = self.given_to(id).await?;
        if what.is_empty() {
            // Of what was planned nothing was done that this recipient knows of.
            return done(Report::outcome("told").fact(fact("nothing-changed")));
        }
        let Some(address) = recipient.email.clone() else {
            return done(Report::outcome("failed").fact(fact("by-hand")));
        };
        let facts = RecipientNotice {
            reference: self.case.id.clone(),
            recipient: recipient.name.clone(),
            person: self.applicant()?.email,
            change: self.last_change().await?,
            what,
            on: self.worker.door.clock.today(&organisation.zone()),
        };
        let lang = organisation.about().languages.first().copied().unwrap_or(Lang::Nb);
        let mail = letter::written(self.worker, LetterKind::RecipientNotice, lang, &facts)?;
        let words = Words::Written { subject: mail.subject, text: mail.text, html: mail.html };
        let product = Product::Letter { kind: "recipient-notice".to_owned(), lang, to: Personal::new(address), words };
        done(Report::outcome("told").with(product).fact(fact("told")))
    }

    /// What was done last: a restriction that was lifted has been both.
    async fn last_change(&self) -> Result<Change, Refusal> {
        let efforts = self.efforts().await?;
        let change = |action: &str| match action {
            "system.erase" => Some(Change::Erased),
            "system.correct" => Some(Change::Corrected),
            "system.restrict" if self.case.right == Right::Restriction => Some(Change::Restricted),
            "system.restrict" => Some(Change::Stopped),
            "system.lift" => Some(Change::Lifted),
            _ => None,
        };
        efforts.iter().rev().find_map(|(action, _)| change(action)).ok_or_else(|| Refusal::Broken("nothing has changed yet".to_owned()))
    }

    /// What changed of what this recipient had; of a correction, what it says now.
    async fn given_to(&self, recipient: &str) -> Result<Vec<NoticeLine>, Refusal> {
        let organisation = &self.worker.door.organisation;
        let had = |system: &str, collection: &str| {
            let collection = organisation.system(system)?.collection(collection)?;
            collection.recipients.iter().any(|id| id == recipient).then_some(collection)
        };
        let mut lines: Vec<NoticeLine> = Vec::new();
        let mut say = |what: Text, field: Option<Text>, now: Option<String>| {
            let line = NoticeLine { what, field, now };
            if !lines.contains(&line) {
                lines.push(line);
            }
        };
        if self.case.right == Right::Erasure {
            let frozen = self.approved_plan().await?.1;
            kinds_of(frozen.plan())
                .filter_map(|(system, collection)| had(system, collection))
                .for_each(|it| say(it.label.clone(), None, None));
            return Ok(lines);
        }
        let (frozen, applied) = (self.change_plan().await?, self.applied().await?);
        for (system, step) in frozen.plan().steps(&applied) {
            let Some(collection) = had(system, &step.collection) else { continue };
            let to = match &step.act {
                Act::Write { to, .. } => Some(to),
                Act::ByHand { to, .. } => to.as_ref(),
            };
            let corrected = step.field().filter(|_| step.asked.is_some()).and_then(|field| collection.field(field));
            say(collection.label.clone(), corrected.map(|field| field.label.clone()), corrected.and(to).map(Value::to_text));
        }
        Ok(lines)
    }
}
