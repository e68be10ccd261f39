//! Tells a recipient that data it was given is erased (Art. 19).

use habeas_core::law::{
    lang::{Lang, Text},
    personal::Personal,
};

use super::{Effect, done, letter};
use crate::{
    action::{
        fact::Fact,
        refusal::Refusal,
        report_effect::{Performed, Product, Report},
    },
    render::letter::{LetterKind, RecipientNotice},
    store::sealed::Words,
};

impl Effect<'_> {
    /// By mail where the recipient has an address for it, by hand where not.
    pub(super) async fn notify_recipient(&self) -> Result<Performed, Refusal> {
        let id = self.branch()?;
        let organisation = &self.worker.door.organisation;
        let recipient = organisation.recipients().iter().find(|recipient| recipient.id == id).ok_or(Refusal::NotFound("recipient"))?;
        let fact = |outcome: &str| Fact::of_case("recipient-notified", &self.case.id).with("recipient", id).with("outcome", outcome);
        let Some(address) = recipient.email.clone() else {
            return done(Report::outcome("failed").fact(fact("by-hand")));
        };
        let facts = RecipientNotice {
            reference: self.case.id.clone(),
            recipient: recipient.name.clone(),
            person: self.applicant()?.email,
            what: self.given_to(id).await?,
            erased_on: self.worker.door.clock.today(&organisation.zone()),
        };
        let lang = organisation.about().languages.first().copied().unwrap_or(Lang::Nb);
        let mail = letter::written(self.worker, LetterKind::RecipientNotice, lang, &facts)?;
        let words = Words::Written { subject: mail.subject, text: mail.text, html: mail.html };
        let product = Product::Letter { kind: "recipient-notice".to_owned(), lang, to: Personal::new(address), words };
        done(Report::outcome("told").with(product).fact(fact("told")))
    }

    /// The kinds that went and that this recipient had.
    async fn given_to(&self, recipient: &str) -> Result<Vec<Text>, Refusal> {
        let (_, frozen) = self.approved_plan().await?;
        let organisation = &self.worker.door.organisation;
        let collections =
            frozen.plan().erased().filter_map(|erased| organisation.system(&erased.system)?.collection(&erased.collection).cloned());
        Ok(collections
            .filter(|collection| collection.recipients.iter().any(|id| id == recipient))
            .map(|collection| collection.label)
            .collect())
    }
}
