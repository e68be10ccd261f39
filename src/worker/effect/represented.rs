//! Tells the person for whom somebody asks, in every mailbox of her own on file, so that she can say no in time.

use super::{Effect, connector_failed, done};
use crate::{
    action::{
        fact::Fact,
        refusal::Refusal,
        report_effect::{Performed, Report},
    },
    connector::search_all,
    render::letter::{AskedForYou, LetterKind},
};

impl Effect<'_> {
    /// Looks for mailboxes by what was stated, keeps nothing of what it finds, and writes to each that is not the one that asked.
    pub(super) async fn tell_subject(&self) -> Result<Performed, Refusal> {
        let (applicant, proven, organisation) = (self.applicant()?, self.proven()?, &self.worker.door.organisation);
        let machines: Vec<_> = self.worker.systems().iter().filter(|system| !system.is_manual()).cloned().collect();
        let found = match search_all(&self.worker.connectors, &machines, &proven).await {
            Ok(found) => found.records,
            Err(error) => return Ok(connector_failed(&error)),
        };
        let mut mailboxes = organisation.channels(&found);
        mailboxes.remove(&applicant.email.to_lowercase());
        let told = mailboxes.len();
        let outcome = if told == 0 { "nobody" } else { "told" };
        let fact = Fact::of_case("subject-told", &self.case.id).with("outcome", outcome).with("copies", told.to_string());
        let mut report = Report::outcome(outcome).fact(fact);
        if told > 0 {
            let (url, stop_before) = self.stop_link();
            let mail = self.words(LetterKind::AskedForYou, &AskedForYou { reference: self.case.id.clone(), stop_before, url })?;
            report.products.extend(mailboxes.into_iter().map(|to| self.envelope(LetterKind::AskedForYou.name(), to, mail.clone())));
        }
        done(report)
    }
}
