//! Tells a recipient what changed in the data it was given (Art. 19).

use habeas_core::law::{
    change::Act,
    lang::{Lang, Text},
    notice::{How, Notice, Sent, Told},
    personal::Personal,
    recipient::{Impossible, Recipient},
    record::Value,
    right::Right,
};
use jiff::Timestamp;

use super::{Effect, done, letter, plan::kinds_of};
use crate::{
    action::{
        fact::Fact,
        notice::Round,
        refusal::Refusal,
        report_effect::{Performed, Product, Report},
    },
    render::letter::{Change, LetterKind, NoticeLine, RecipientNotice},
    store::sealed::{self, Words},
};

impl Effect<'_> {
    /// By mail where the recipient has an address for it, by hand where not; who cannot be told is not told, and why stands in the case.
    pub(super) async fn notify_recipient(&self) -> Result<Performed, Refusal> {
        let id = self.branch()?;
        let recipient = self.recipient(id)?;
        let fact = |outcome: &str| Fact::of_case("recipient-notified", &self.case.id).with("recipient", id).with("outcome", outcome);
        let what = self.given_to(id).await?;
        if what.is_empty() {
            // Of what was planned nothing was done that this recipient knows of.
            return done(Report::outcome("told").fact(fact("nothing-changed")));
        }
        let door = &self.worker.door;
        let name = sealed::called(&door.store, &door.keys, &self.case, recipient).await?;
        let told = |notice: Notice| Told { recipient: id.to_owned(), name: name.clone(), notice };
        let now = door.clock.now();
        if let Some(Impossible { why, because }) = recipient.impossible.clone() {
            let told = told(Notice::Impossible { sent: None, at: now, why, because });
            let report = Report::outcome("told").with(Product::Notice { told, token: None });
            return done(report.fact(fact("impossible").with("why", why.name())));
        }
        let Some(address) = recipient.address() else {
            return done(Report::outcome("failed").fact(fact("by-hand")));
        };
        let token = self.worker.door.chance.token()?;
        let letter = self.recipient_notice(recipient, address, what, &token, None).await?;
        let told = told(Notice::Sent(Sent { at: now, how: How::Mail }));
        done(Report::outcome("told").with(letter).with(Product::Notice { told, token: Some(Personal::new(token)) }).fact(fact("told")))
    }

    /// Nobody has answered: it is asked once again, then somebody looks into it.
    pub(super) async fn remind_recipient(&self) -> Result<Performed, Refusal> {
        let (id, round): (String, Round) =
            serde_json::from_str(&self.command.argument).map_err(|_| Refusal::Broken("a reminder names a notice".to_owned()))?;
        let newest = sealed::notices(&self.worker.door.store, &self.worker.door.keys, &self.case).await?;
        // One that was told something newer is reminded of that.
        let silent = newest.into_iter().find(|(notice, told)| *notice == id && told.notice.is_open());
        let Some((_, told)) = silent else { return done(Report::default()) };
        let fact = |kind| Fact::of_case(kind, &self.case.id).with("recipient", &told.recipient);
        let sent = told.notice.sent().filter(|sent| sent.at >= self.case.received_at && round == Round::Again);
        let recipient = self.recipient(&told.recipient).ok();
        if let (Some(sent), Some((recipient, address))) = (sent, recipient.and_then(|it| Some((it, it.address()?)))) {
            let what = self.given_to(&recipient.id).await?;
            let token = self.worker.door.chance.token()?;
            let letter = self.recipient_notice(recipient, address, what, &token, Some(sent.at)).await?;
            let report = Report::default().with(letter).with(Product::Reminded { notice: id, token: Personal::new(token) });
            return done(report.fact(fact("recipient-reminded")));
        }
        done(Report::default().with(Product::Silent(id)).fact(fact("recipient-silent")))
    }

    fn recipient(&self, id: &str) -> Result<&Recipient, Refusal> {
        self.worker.door.organisation.recipient(id).ok_or(Refusal::NotFound("recipient"))
    }

    /// `first`: when it was told for the first time, where this is a reminder.
    async fn recipient_notice(
        &self,
        recipient: &Recipient,
        address: &str,
        what: Vec<NoticeLine>,
        token: &str,
        first: Option<Timestamp>,
    ) -> Result<Product, Refusal> {
        let organisation = &self.worker.door.organisation;
        let lang = organisation.about().languages.first().copied().unwrap_or(Lang::Nb);
        let facts = RecipientNotice {
            reference: self.case.id.clone(),
            recipient: recipient.name.get(lang).to_owned(),
            person: self.applicant()?.person().to_owned(),
            change: self.last_change().await?,
            what,
            on: self.worker.door.clock.today(&organisation.zone()),
            first,
            url: format!("{}/{}/notice/{}", self.worker.address, lang.code(), token),
        };
        let mail = letter::written(self.worker, LetterKind::RecipientNotice, lang, &facts)?;
        let words = Words::Written { subject: mail.subject, text: mail.text, html: mail.html };
        Ok(Product::Letter { kind: "recipient-notice".to_owned(), lang, to: Personal::new(address.to_owned()), words })
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
