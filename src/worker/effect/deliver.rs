//! Hands a stored letter to the mail server, every attempt with the same `Message-ID`. Never a second time by itself when nobody
//! knows whether the first one arrived.

use crate::{
    action::{
        catalogue,
        fact::Fact,
        refusal::Refusal,
        report_effect::{Performed, Product, Report},
    },
    mail::{Mail, MailError},
    store::{
        command::{self, Command},
        letter::{self, StoredLetter},
        sealed::{self, Envelope, Words},
    },
};
use habeas_core::{law::personal::Personal, workflow::catalogue::Idempotency};

use super::Worker;

/// Sends the letter the command names.
pub(super) async fn deliver(worker: &Worker, command: &Command) -> Result<Performed, Refusal> {
    let door = &worker.door;
    let stored = letter::get(&door.store, &command.argument).await?.ok_or(Refusal::NotFound("letter"))?;
    let envelope = sealed::letter(&door.store, &door.keys, &stored).await?;
    let mail = mail(worker, &stored, envelope)?;
    if !begins(worker, command).await? {
        return Ok(Performed::NotNow("the lease has gone to another worker".to_owned().into()));
    }
    match worker.mailer.send(&mail).await {
        Ok(()) => {
            let fact = stored.case.as_ref().map_or_else(|| Fact::of_house("letter-sent"), |case| Fact::of_case("letter-sent", case));
            let report = Report::default().with(Product::LetterSent(stored.id)).fact(fact.with("letter", stored.kind));
            Ok(Performed::Done(report))
        }
        Err(error) if error.is_transient() => Ok(Performed::NotNow(error.to_string().into())),
        Err(MailError::Unknown) => Ok(Performed::Unknown),
        Err(error) => Ok(Performed::Never(error.to_string().into())),
    }
}

/// Notes that a call begins that cannot be repeated: dying from here to the report leaves the answer to a person.
async fn begins(worker: &Worker, command: &Command) -> Result<bool, Refusal> {
    if catalogue::idempotency(&command.action) != Idempotency::None || worker.mailer.repeats() {
        return Ok(true);
    }
    let now = worker.door.clock.now();
    Ok(command::begin(&worker.door.store, &command.id, command.fence, now).await?)
}

fn mail(worker: &Worker, stored: &StoredLetter, envelope: Envelope) -> Result<Mail, Refusal> {
    let (id, at) = (stored.id.clone(), stored.written_at);
    let to = Personal::new(envelope.to);
    let written = match envelope.words {
        Words::Written { subject, text, html } => return Ok(Mail { id, to, at, subject, text, html }),
        Words::Code { digits, ends_at, link } => super::letter::code(worker, stored.lang, digits, ends_at, link)?,
        Words::Fetched { at, case } => super::letter::fetched(worker, stored.lang, case, at)?,
        Words::Waits { until, case } => super::letter::waits(worker, stored.lang, case, until, at)?,
        Words::Invitation { token, ends_at } => super::letter::invitation(worker, stored.lang, &token, ends_at)?,
        Words::Account { change, at } => super::letter::account(worker, stored.lang, (change, at), stored.case.is_some())?,
        Words::Drift { system, problems } => super::letter::drift(worker, stored.lang, &system, problems)?,
        Words::Stopped { cases } => super::letter::stopped(worker, stored.lang, cases)?,
        Words::Review { hold, review_on, review } => super::letter::review(worker, stored.lang, hold, review_on, review)?,
    };
    Ok(Mail { id, to, at, subject: written.subject, text: written.text, html: written.html })
}
