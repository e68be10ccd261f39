//! Writes the letters of a case: facts from rows and the plan, words from the templates, in the language of the case.

use std::collections::BTreeSet;

use habeas_core::law::{
    gate::suppressed_since,
    hold::Review,
    lang::{Lang, Text},
    letter::{Because, Part, Reasons},
    personal::Personal,
    plan::Plan,
    retention::Suppression,
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::Serialize;

use super::{Effect, Worker, done};
use crate::{
    action::{
        catalogue::catalogue,
        fact::Fact,
        refusal::Refusal,
        report_effect::{Performed, Product, Report},
    },
    render::{
        frame::Organisation as Sender,
        letter::{
            AccountChanged, Code, DeletedLine, Drift, ErasureDone, ErasureNotice, ErasuresStopped, FeeNotice, HoldReview, Invitation,
            KeptLine, LetterKind, LiftNotice, Longer, MessageWaits, NothingHeld, PackageFetched, PackageReminder, PortabilityReady,
            ProofWanted, Question, Ready, Received, Refused, RestGone, RestrictionStays, SuppressedLine, WithdrawalConfirmed,
        },
        mail::Mail,
        texts::Message,
    },
    store::{
        gate, package,
        part::Depth,
        sealed::{AccountChange, Words},
        task,
    },
};

/// How long the person may stop an erasure: as the workflow's `cooling-off` task says.
const COOLING: SignedDuration = SignedDuration::from_hours(72);
/// How long the person may speak before a restriction ends: as the workflow's `hear` task says.
const HEARD: SignedDuration = SignedDuration::from_hours(24 * 14);
/// How long somebody who is acted for may say no: as the workflow's `hear-subject` task says.
const OBJECTED: SignedDuration = SignedDuration::from_hours(48);
/// How long the person may agree to a fee: as the workflow's `accept-fee` task says.
const CONSIDERED: SignedDuration = SignedDuration::from_hours(24 * 10);
/// Letters that end what findings were collected for. A copy keeps them as long as its package.
const ANSWERS: [&str; 7] = [
    "erasure-done",
    "rectification-done",
    "restriction-done",
    "objection-upheld",
    "objection-overridden",
    "marketing-stopped",
    "consent-stopped",
];

/// Letters that say where a copy lies.
const COPIES: [&str; 3] = ["access-ready", "access-partly", "portability-ready"];

/// What the answer to an erasure says beyond its other parts where something is kept: what is done with it, and what happens then.
const WHILE_KEPT: [&str; 2] = ["meanwhile", "expiry"];

impl Effect<'_> {
    /// Writes the letter the step names and queues it, to the mailbox that asked or to every channel on file.
    pub(super) async fn send_letter(&self) -> Result<Performed, Refusal> {
        let argument: serde_json::Value = serde_json::from_str(&self.command.argument).unwrap_or_default();
        let name = argument.get("letter").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        let mail = self.write(&name).await?;
        has_parts(&name, &mail, catalogue().letters.get(&name).into_iter().flat_map(|letter| letter.sections.iter().map(String::as_str)))?;
        let to = if name == "erasure-notice" { self.channels().await? } else { vec![self.receiver(&name)?] };
        let fact = Fact::of_case("letter-written", &self.case.id).with("letter", &name).with("copies", to.len().to_string());
        let mut report = Report::outcome("sent").fact(fact);
        report.products.extend(to.into_iter().map(|to| self.envelope(&name, to, mail.clone())));
        if ANSWERS.contains(&name.as_str()) {
            // Answered: what was collected to decide is no longer needed (Art. 5(1)(e)).
            report.products.push(Product::ForgetFindings);
        }
        if name == "erasure-done" {
            let (stored, frozen) = self.approved_plan().await?;
            report.products.extend(self.promised(&stored, &frozen).into_iter().map(Product::Deferral));
        }
        done(report)
    }

    /// Who gets a letter: whoever asked. An answer goes to the person it is about where somebody decided that it does.
    fn receiver(&self, letter: &str) -> Result<String, Refusal> {
        let applicant = self.applicant()?;
        let is_answer = COPIES.contains(&letter) || ANSWERS.contains(&letter);
        Ok(if is_answer { applicant.answered().to_owned() } else { applicant.email })
    }

    async fn question(&self, reference: String, url: String) -> Result<Mail, Refusal> {
        if let Some(answer_by) = self.open_task_due("authority-evidence").await? {
            let asks = |task: &task::Task| ["authority-check", "deceased-decision"].contains(&task.form.as_str());
            let fields = self.handed_in(asks).await?.map(|given| given.fields).unwrap_or_default();
            let question = Text::same(fields.get(Part::Reason.name()).map(|words| words.trim()).unwrap_or_default());
            return self.words(LetterKind::Question, &Question { reference, question, answer_by, url });
        }
        let answer_by = self.open_task_due("identity-evidence").await?.unwrap_or(self.case.due_on);
        self.words(LetterKind::Question, &Question { reference, question: self.said("question-identity")?, answer_by, url })
    }

    async fn proof_wanted(&self, reference: String, url: &str) -> Result<Mail, Refusal> {
        let answer_by = self.open_task_due("identity-proof").await?.unwrap_or(self.case.due_on);
        self.words(LetterKind::ProofWanted, &ProofWanted { reference, answer_by, url: format!("{url}/prove") })
    }

    async fn write(&self, name: &str) -> Result<Mail, Refusal> {
        let (reference, url) = (self.case.id.clone(), self.url());
        let result = format!("{url}/result");
        match name {
            "receipt" => self.words(LetterKind::Received, &Received { reference, due_on: self.case.due_on, url }),
            "question" => self.question(reference, url).await,
            "proof-wanted" => self.proof_wanted(reference, &url).await,
            "extension" => {
                let because = self.reason_for_longer().await?.ok_or_else(|| lacks(name, &[Part::Reason.name()]))?;
                self.words(LetterKind::Longer, &Longer { reference, due_on: self.case.due_on, because, url })
            }
            "access-ready" | "access-partly" => {
                let withheld = name == "access-partly";
                self.words(
                    LetterKind::Ready,
                    &Ready { reference, expires_on: self.package_until().await?, withheld, url: self.answer_url(url, result)? },
                )
            }
            "portability-ready" => {
                let left_out = self.left_out_kinds().await?;
                let facts = PortabilityReady {
                    reference,
                    expires_on: self.package_until().await?,
                    left_out,
                    transmission: self.transmission()?,
                    url: result,
                };
                self.words(LetterKind::PortabilityReady, &facts)
            }
            "erasure-notice" => {
                let url = self.stop_url();
                self.words(
                    LetterKind::ErasureNotice,
                    &ErasureNotice { reference, stop_before: self.worker.door.clock.now() + COOLING, url },
                )
            }
            "erasure-done" => {
                let facts = self.erasure_done(self.today()).await?;
                let mail = self.words(LetterKind::ErasureDone, &facts)?;
                has_parts(name, &mail, WHILE_KEPT.into_iter().filter(|_| !facts.kept.is_empty()))?;
                Ok(mail)
            }
            "rectification-done" => self.words(LetterKind::RectificationDone, &self.rectification_done(result).await?),
            "fee-notice" => self.words(LetterKind::FeeNotice, &self.fee_notice(name, url).await?),
            "lift-notice" => {
                let because = self.reason_for_lifting()?;
                self.words(LetterKind::LiftNotice, &LiftNotice { reference, because, speak_by: self.day_after(HEARD), url })
            }
            "restriction-stays" => self.words(LetterKind::RestrictionStays, &RestrictionStays { reference, url: result }),
            "restriction-done" => self.words(LetterKind::RestrictionDone, &self.changed(result).await?),
            "restriction-lifted" => self.words(LetterKind::RestrictionLifted, &self.changed(result).await?),
            "objection-upheld" => self.words(LetterKind::ObjectionUpheld, &self.changed(result).await?),
            "marketing-stopped" => self.words(LetterKind::MarketingStopped, &self.changed(result).await?),
            "consent-stopped" => self.words(LetterKind::ConsentStopped, &self.changed(result).await?),
            "nothing-held" => {
                let searched = self.worker.systems().iter().map(|system| system.label.clone()).collect();
                self.words(LetterKind::NothingHeld, &NothingHeld { reference, searched, url })
            }
            "refusal" | "objection-overridden" => {
                let kind = if name == "refusal" { LetterKind::Refused } else { LetterKind::ObjectionOverridden };
                let reasons = self.reasons(name).await?;
                self.words(kind, &Refused { reference, reasons, url: result })
            }
            "withdrawal-confirmed" => {
                let url = format!("{}/{}/", self.worker.address, self.case.lang.code());
                self.words(LetterKind::WithdrawalConfirmed, &WithdrawalConfirmed { reference, url })
            }
            unknown => Err(Refusal::Broken(format!("no letter is called `{unknown}`"))),
        }
    }

    async fn fee_notice(&self, letter: &str, url: String) -> Result<FeeNotice, Refusal> {
        let (fee, why) = self.fee_asked().await?.ok_or_else(|| lacks(letter, &["fee"]))?;
        let before = self.copy_before().await?.ok_or_else(|| lacks(letter, &["before"]))?.received_on;
        let because = Because::said(&why).map_err(|_| lacks(letter, &[Part::Reason.name()]))?;
        Ok(FeeNotice { reference: self.case.id.clone(), fee, before, because, answer_by: self.day_after(CONSIDERED), url })
    }

    /// The day on which a time from now ends.
    fn day_after(&self, time: SignedDuration) -> Date {
        (self.worker.door.clock.now() + time).to_zoned(self.worker.door.organisation.zone()).date()
    }

    /// Only that a message is there: what it says stays in the house.
    pub(super) fn tell_of_message(&self) -> Result<Performed, Refusal> {
        let url = format!("{}/messages", self.url());
        let mail = self.words(LetterKind::MessageWaits, &MessageWaits { reference: self.case.id.clone(), url })?;
        let letter = self.envelope(LetterKind::MessageWaits.name(), self.applicant()?.email, mail);
        done(
            Report::default()
                .with(letter)
                .fact(Fact::of_case("letter-written", &self.case.id).with("letter", LetterKind::MessageWaits.name())),
        )
    }

    /// That the picture she sent is gone, and that she may send another.
    pub(super) fn tell_of_document(&self) -> Result<Performed, Refusal> {
        let kind = LetterKind::DocumentGone;
        let url = format!("{}/document", self.url());
        let mail = self.words(kind, &MessageWaits { reference: self.case.id.clone(), url })?;
        let fact = Fact::of_case("letter-written", &self.case.id).with("letter", kind.name());
        done(Report::default().with(self.envelope(kind.name(), self.applicant()?.email, mail)).fact(fact))
    }

    /// The case's page for whoever asked; its answer for somebody else who gets it.
    fn answer_url(&self, case: String, result: String) -> Result<String, Refusal> {
        let applicant = self.applicant()?;
        Ok(if applicant.answered() == applicant.email { case } else { result })
    }

    fn today(&self) -> Date {
        self.worker.door.clock.today(&self.worker.door.organisation.zone())
    }

    async fn package_until(&self) -> Result<Date, Refusal> {
        let package = package::get(&self.worker.door.store, &self.case.id, "subject").await?.ok_or(Refusal::NotFound("package"))?;
        let zone = self.worker.door.organisation.zone();
        Ok(package.expires_at.map_or_else(|| self.today(), |at| at.to_zoned(zone).date()))
    }

    /// A text in every language.
    pub(super) fn said(&self, key: &str) -> Result<Text, Refusal> {
        let say = |lang| self.worker.renderer.texts().say(lang, &Message::new(key)).map_err(|error| Refusal::Broken(error.to_string()));
        Ok(Text { nb: say(Lang::Nb)?, nl: say(Lang::Nl)?, en: say(Lang::En)? })
    }

    /// Where whoever owns a mailbox on file can stop what is done in her name.
    fn stop_url(&self) -> String {
        let token = self.worker.door.keys.blind("stop", &self.case.id);
        format!("{}/{}/stop/{}/{token}", self.worker.address, self.case.lang.code(), self.case.id)
    }

    /// The same for somebody who is acted for, and until when.
    pub(super) fn stop_link(&self) -> (String, Timestamp) {
        (self.stop_url(), self.worker.door.clock.now() + OBJECTED)
    }

    pub(super) fn words(&self, kind: LetterKind, facts: &impl Serialize) -> Result<Mail, Refusal> {
        written(self.worker, kind, self.lang(), facts)
    }

    /// The language of the case, unless whoever dealt with an incident chose another one for this letter.
    fn lang(&self) -> Lang {
        let argument: serde_json::Value = serde_json::from_str(&self.command.argument).unwrap_or_default();
        argument.get("lang").and_then(serde_json::Value::as_str).and_then(Lang::from_code).unwrap_or(self.case.lang)
    }

    pub(super) fn envelope(&self, kind: &str, to: String, mail: Mail) -> Product {
        let words = Words::Written { subject: mail.subject, text: mail.text, html: mail.html };
        Product::Letter { kind: kind.to_owned(), lang: self.lang(), to: Personal::new(to), words }
    }

    fn url(&self) -> String {
        format!("{}/{}/case/{}", self.worker.address, self.case.lang.code(), self.case.id)
    }

    /// Every address found on file, and the one that asked: whoever owns one of them can stop the erasure.
    async fn channels(&self) -> Result<Vec<String>, Refusal> {
        let mut addresses = self.worker.door.organisation.channels(&self.found(Depth::Brief).await?);
        addresses.insert(self.applicant()?.email);
        Ok(addresses.into_iter().collect())
    }

    /// What an erasure came to: the plan that was executed, and who was told.
    async fn erasure_done(&self, today: Date) -> Result<ErasureDone, Refusal> {
        let (_, frozen) = self.approved_plan().await?;
        let organisation = &self.worker.door.organisation;
        let backups_gone_by = today.checked_add(organisation.about().backup_rotation).unwrap_or(today);
        let told = self.told().await?;
        Ok(ErasureDone {
            reference: self.case.id.clone(),
            deleted: self.deleted(frozen.plan(), today),
            kept: self.kept(frozen.plan()),
            suppressed: self.suppressed().await?,
            signed_off: self.signed_off().await?,
            told,
            backups_gone_by,
            url: format!("{}/result", self.url()),
        })
    }

    fn deleted(&self, plan: &Plan, on: Date) -> Vec<DeletedLine> {
        // A record that is only emptied in part is told among what stays, with the fields that do.
        plan.erased()
            .filter(|erased| erased.whole > 0)
            .filter_map(|erased| {
                let system = self.worker.door.organisation.system(&erased.system)?;
                let what = system.collection(&erased.collection)?.label.clone();
                Some(DeletedLine { what, count: u64::try_from(erased.whole).unwrap_or(u64::MAX), system: system.label.clone(), on })
            })
            .collect()
    }

    fn kept(&self, plan: &Plan) -> Vec<KeptLine> {
        plan.kept()
            .filter_map(|kept| {
                let system = self.worker.door.organisation.system(&kept.system)?;
                let what = system.collection(&kept.collection)?.label.clone();
                let reason = kept.deciding()?;
                let law = [Some(reason.law.clone()), reason.ground.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ");
                Some(KeptLine { what, because: reason.because.clone(), law, until: kept.until, review_on: kept.review_on })
            })
            .collect()
    }

    /// What stays of a person so that a no to direct marketing holds.
    async fn suppressed(&self) -> Result<Option<SuppressedLine>, Refusal> {
        let (door, email) = (&self.worker.door, self.applicant()?.person().to_owned());
        let stopped = gate::of_person(&door.store, &door.keys.gate(&email)).await?;
        let Suppression { because, law, ground, .. } = door.organisation.rules().suppression.clone();
        let line = |since| SuppressedLine { since, because, law: format!("{law}, {ground}") };
        Ok(suppressed_since(stopped.iter().map(|shut| &shut.what)).map(line))
    }

    /// Why more time is needed, as whoever decided it said, in whatever form.
    async fn reason_for_longer(&self) -> Result<Option<Because>, Refusal> {
        let tasks = task::of_case(&self.worker.door.store, &self.case.id).await?;
        let extended = |task: &&task::Task| task.closed.as_ref().is_some_and(|closed| closed.outcome.as_deref() == Some("extend"));
        let Some(form) = tasks.iter().rev().find(extended).map(|task| task.form.clone()) else { return Ok(None) };
        let given = self.handed_in(|task| task.form == form).await?;
        Ok(given.and_then(|given| Because::said(given.fields.get(Part::Reason.name())?).ok()))
    }

    /// Why we say no, as it was handed in and approved.
    async fn reasons(&self, letter: &str) -> Result<Reasons, Refusal> {
        let given = self.handed_in(|task| task.form == "refusal-reasons").await?;
        let fields = given.map(|given| given.fields).unwrap_or_default();
        Reasons::of(self.case.right, &fields).map_err(|parts| lacks(letter, &parts.iter().map(|part| part.name()).collect::<Vec<_>>()))
    }

    async fn open_task_due(&self, form: &str) -> Result<Option<Date>, Refusal> {
        let tasks = task::of_case(&self.worker.door.store, &self.case.id).await?;
        let due = tasks.iter().find(|task| task.form == form && task.closed.is_none()).and_then(|task| task.due_at);
        Ok(due.map(|at| at.to_zoned(self.worker.door.organisation.zone()).date()))
    }

    /// Mail 8: what had to stay has gone as well.
    pub(super) fn rest_gone(&self, system: &str, gone: &BTreeSet<&str>, remaining: usize) -> Result<Product, Refusal> {
        let system = self.worker.door.organisation.system(system);
        let what = gone.iter().filter_map(|name| Some(system?.collection(name)?.label.clone())).collect();
        let facts = RestGone {
            reference: self.case.id.clone(),
            what,
            gone_on: self.worker.door.clock.today(&self.worker.door.organisation.zone()),
            remaining: u64::try_from(remaining).unwrap_or(u64::MAX),
        };
        let mail = self.words(LetterKind::RestGone, &facts)?;
        Ok(self.envelope("rest-gone", self.applicant()?.email, mail))
    }
}

/// A letter that lacks a part it owes the person never leaves (Art. 12(4)); everything that is missing is told at once.
fn has_parts<'p>(name: &str, mail: &Mail, parts: impl Iterator<Item = &'p str>) -> Result<(), Refusal> {
    let missing: Vec<&str> = parts.filter(|part| !mail.sections.iter().any(|section| section == part)).collect();
    if missing.is_empty() { Ok(()) } else { Err(lacks(name, &missing)) }
}

fn lacks(name: &str, parts: &[&str]) -> Refusal {
    Refusal::Broken(format!("letter `{name}` lacks {}", parts.iter().map(|part| format!("`{part}`")).collect::<Vec<_>>().join(", ")))
}

/// A mailbox code in words.
pub(super) fn code(worker: &Worker, lang: Lang, digits: String, valid_until: Timestamp, link: Option<String>) -> Result<Mail, Refusal> {
    let url = link.map(|token| format!("{}/{}/link/{token}", worker.address, lang.code()));
    written(worker, LetterKind::Code, lang, &Code { code: digits, valid_until, url })
}

/// Somebody has fetched a person's answer.
pub(super) fn fetched(worker: &Worker, lang: Lang, reference: String, at: Timestamp) -> Result<Mail, Refusal> {
    let url = format!("{}/{}/case/{reference}", worker.address, lang.code());
    written(worker, LetterKind::PackageFetched, lang, &PackageFetched { reference, at, url })
}

/// Nobody has fetched a person's answer, and it goes soon.
pub(super) fn waits(worker: &Worker, lang: Lang, reference: String, until: Timestamp, at: Timestamp) -> Result<Mail, Refusal> {
    let url = format!("{}/{}/case/{reference}", worker.address, lang.code());
    let day = |at: Timestamp| at.to_zoned(worker.door.organisation.zone()).date();
    let days = (day(until) - day(at)).get_days().into();
    written(worker, LetterKind::PackageReminder, lang, &PackageReminder { reference, days, expires_on: day(until), url })
}

/// A system is no longer what the data map says; for its owner.
pub(super) fn drift(worker: &Worker, lang: Lang, system: &str, problems: u64) -> Result<Mail, Refusal> {
    let label = worker.door.organisation.system(system).map(|system| system.label.get(lang).to_owned());
    let url = format!("{}/{}/desk/systems/{system}", worker.desk, lang.code());
    written(worker, LetterKind::Drift, lang, &Drift { label: label.unwrap_or_else(|| system.to_owned()), problems, url })
}

/// Nothing is erased any more; for those who answer for it.
pub(super) fn stopped(worker: &Worker, lang: Lang, cases: u64) -> Result<Mail, Refusal> {
    let url = format!("{}/{}/desk/erasures", worker.desk, lang.code());
    written(worker, LetterKind::ErasuresStopped, lang, &ErasuresStopped { cases, url })
}

/// Somebody has to look whether a hold is still needed; for its owner.
pub(super) fn review(worker: &Worker, lang: Lang, hold: String, review_on: Date, review: Review) -> Result<Mail, Refusal> {
    let url = format!("{}/{}/desk/holds/{hold}/review", worker.desk, lang.code());
    written(worker, LetterKind::HoldReview, lang, &HoldReview { hold, review_on, review, url })
}

/// Somebody is asked to sign in.
pub(super) fn invitation(worker: &Worker, lang: Lang, token: &str, valid_until: Timestamp) -> Result<Mail, Refusal> {
    let url = format!("{}/{}/desk/invitation/{token}", worker.address, lang.code());
    written(worker, LetterKind::Invitation, lang, &Invitation { url, valid_until })
}

/// How somebody signs in was changed.
pub(super) fn account(worker: &Worker, lang: Lang, (change, at): (AccountChange, Timestamp), subject: bool) -> Result<Mail, Refusal> {
    written(worker, LetterKind::AccountChanged, lang, &AccountChanged { change: change.name().to_owned(), at, subject })
}

pub(super) fn written(worker: &Worker, kind: LetterKind, lang: Lang, facts: &impl Serialize) -> Result<Mail, Refusal> {
    worker.renderer.letter(kind, lang, &sender(worker), facts).map_err(|error| Refusal::Broken(error.to_string()))
}

fn sender(worker: &Worker) -> Sender {
    Sender::of(worker.door.organisation.about())
}

#[cfg(test)]
mod tests;
