//! What an effect came to: the worker's report, accepted once and only from whoever holds the lease.

use std::collections::BTreeMap;

use habeas_core::{
    law::{breaker::WINDOW, decide::Undecided, hold::Unread, lang::Lang, notice::Told, personal::Personal, tier::Tier},
    workflow::{EventKind, event::Wait},
};
use jiff::{SignedDuration, civil::Date};

use super::{
    actor::{Actor, Denied, Role},
    advance::{self, Submission},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    letter, notice,
    refusal::Refusal,
    release_erasures, rest, unread,
};
use crate::store::{
    breaker,
    case::{self, Case},
    command::{self, Command},
    deferral::{self, Deferral},
    finding::{self, Finding},
    group::Shared,
    hold,
    incident::{self, Incident, Trouble as InTrouble},
    ledger::{self, Erasure},
    letter as letter_row,
    package::{self, Package},
    plan::{self, StoredPlan},
    rest::{self as rest_row, Rest},
    sealed::Words,
    task::{self, Task, owed_step},
};

/// A worker's report on one command.
#[derive(Debug, Clone)]
pub struct ReportEffect {
    /// The command, as it was claimed.
    pub command: Command,
    /// What was asked for, and what came of it.
    pub attempt: Attempt,
}

/// One attempt at an effect.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// What was sent to a connected system, as it outlines it itself; kept as it was at that moment. Empty: nothing was.
    pub asked: Vec<String>,
    /// What came of it.
    pub result: Performed,
}

impl From<Performed> for Attempt {
    fn from(result: Performed) -> Self {
        Self { asked: Vec::new(), result }
    }
}

/// Why an effect did not take place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// In words, without personal data.
    pub why: String,
    /// Which kind, where a connected system says so: text `trouble-{kind}`.
    pub kind: Option<&'static str>,
}

impl From<String> for Trouble {
    fn from(why: String) -> Self {
        Self { why, kind: None }
    }
}

/// What came of an effect.
#[derive(Debug, Clone)]
pub enum Performed {
    /// It took place.
    Done(Report),
    /// It did not, and trying again may help. Counts against the retry budget.
    NotNow(Trouble),
    /// It did not, and trying again will not help.
    Never(Trouble),
    /// It did not, because all erasing is stopped: it waits for two people, and that is no attempt.
    HeldUp,
    /// It began, and nobody knows whether it took place; a second attempt might do it twice.
    Unknown,
}

/// An effect that took place.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Which of its outcomes; empty for the house's own effects.
    pub outcome: String,
    /// Lists the workflow asked for.
    pub lists: BTreeMap<String, Vec<String>>,
    /// What has to be stored with it.
    pub products: Vec<Product>,
    /// What is now true.
    pub facts: Vec<Fact>,
}

impl Report {
    /// An outcome and nothing else.
    pub fn outcome(outcome: &str) -> Self {
        Self { outcome: outcome.to_owned(), ..Self::default() }
    }

    /// Adds something to store.
    #[must_use]
    pub fn with(mut self, product: Product) -> Self {
        self.products.push(product);
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn fact(mut self, fact: Fact) -> Self {
        self.facts.push(fact);
        self
    }

    /// Fills a list.
    #[must_use]
    pub fn list(mut self, name: &str, items: Vec<String>) -> Self {
        self.lists.insert(name.to_owned(), items);
        self
    }
}

/// Something an effect produced, stored in the transaction that takes its report.
#[derive(Debug, Clone)]
pub enum Product {
    /// How strongly the person is proven.
    Tier(Tier),
    /// A system's answer.
    Finding(Finding),
    /// A frozen plan.
    Plan(StoredPlan),
    /// What an executed plan must still erase.
    Deferral(Deferral),
    /// A deferral that ran, or waits.
    DeferralMarked(Deferral),
    /// An owner erases by hand what was kept until a day.
    Owed {
        /// The system.
        system: String,
        /// The day.
        due_on: Date,
    },
    /// A recipient was told, or cannot be.
    Notice {
        /// Whom, and what came of it.
        told: Told,
        /// What it may answer by.
        token: Option<Personal<String>>,
    },
    /// A recipient was told again.
    Reminded {
        /// Of this notice.
        notice: String,
        /// What it may answer by from now on.
        token: Personal<String>,
    },
    /// Nobody answers this notice.
    Silent(String),
    /// What holds could not read, and therefore keep.
    Unread(Vec<Unread>),
    /// What retention rules could not read, and therefore keep.
    Undecided(Vec<Undecided>),
    /// What a hold keeps from erasure and has to rest meanwhile.
    Rest(Rest),
    /// No hold keeps anything in a system any more.
    RestOver(String),
    /// The marks in a system are given back.
    RestGone(String),
    /// What was erased, for the ledger.
    Erased(Erasure),
    /// The case no longer needs what it found.
    ForgetFindings,
    /// A ZIP.
    Package(Package),
    /// A letter to send.
    Letter {
        /// Which.
        kind: String,
        /// In which language.
        lang: Lang,
        /// To whom.
        to: Personal<String>,
        /// What it says.
        words: Words,
    },
    /// A letter the mail server has taken.
    LetterSent(String),
}

impl Action for ReportEffect {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if *by == Actor::Worker { Ok(()) } else { Err(Denied) }
    }

    fn shares(&self) -> Option<Shared> {
        let cases = self.command.case.iter().cloned().collect();
        Some(Shared { cases, commands: vec![self.command.id.clone()], ..Shared::default() })
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let Self { command, attempt: Attempt { asked, result } } = self;
        if let Some(case) = &command.case {
            case::lock(inside.tx, case).await?;
        }
        let about = |kind: &'static str| match &command.case {
            Some(case) => Fact::of_case(kind, case),
            None => Fact::of_house(kind),
        };
        let about = |kind| {
            let mut fact = about(kind).with("action", &command.action).with("attempt", command.attempt.to_string());
            if let Some(system) = system_of(&command) {
                fact = fact.with("system", system);
            }
            if asked.is_empty() { fact } else { fact.with("asked", asked.join("\n")) }
        };
        match result {
            Performed::Done(report) => {
                if !command::finish(inside.tx, &command.id, command.fence).await? {
                    return done_late(inside, &command, report, about("effect-done-late")).await;
                }
                let fact = about("effect-done").with("outcome", &report.outcome);
                let facts = store(inside, &command, report).await?;
                Ok(Outcome::new((), fact).and(facts))
            }
            Performed::NotNow(trouble) => match command.retry.pause_seconds(command.attempt) {
                Some(pause) => {
                    let until = inside.now + SignedDuration::from_secs(i64::try_from(jittered(inside, pause)?).unwrap_or(i64::MAX / 2));
                    if !command::postpone(inside.tx, &command.id, command.fence, until, &trouble.why).await? {
                        return Err(late());
                    }
                    Ok(Outcome::new((), of_kind(about("effect-postponed"), &trouble).with("until", until.to_string())))
                }
                None => give_up(inside, &command, of_kind(about("effect-failed"), &trouble), trouble.why).await,
            },
            Performed::Never(trouble) => give_up(inside, &command, of_kind(about("effect-failed"), &trouble), trouble.why).await,
            Performed::HeldUp => hold_up(inside, &command, about("erasure-held-up")).await,
            Performed::Unknown => give_up(inside, &command, about("effect-unknown"), UNKNOWN.to_owned()).await,
        }
    }
}

/// It waits for two people, who are told of it once. Had they agreed meanwhile, it goes at once. Where nobody has stopped anything, it was
/// one of many whose day had come, and waits for another hour.
async fn hold_up(inside: &Inside<'_>, command: &Command, fact: Fact) -> Result<Outcome<()>, Refusal> {
    let stop = breaker::lock(inside.tx).await?;
    let (until, why) = match &stop {
        Some(_) => (inside.now + LOOK_AGAIN, command::HELD_UP),
        None if command.is_deferral() => (inside.now + WINDOW, "as much was erased in this hour as may be"),
        None => (inside.now, command::HELD_UP),
    };
    if !command::hold_up(inside.tx, &command.id, command.fence, until, why).await? {
        return Err(late());
    }
    let told = match &stop {
        Some(stop) => release_erasures::tell(inside, stop).await?,
        None => None,
    };
    Ok(Outcome::new((), fact).and(told))
}

/// The connected system that a command is about: the branch it runs in, or what it names itself.
fn system_of(command: &Command) -> Option<String> {
    if command.is_deferral() {
        return serde_json::from_str::<(String, String)>(&command.argument).ok().map(|(system, _)| system);
    }
    if command.action.starts_with("held.") {
        return serde_json::from_str(&command.argument).ok();
    }
    command.branch.clone().filter(|_| command.action.starts_with("system."))
}

fn of_kind(fact: Fact, trouble: &Trouble) -> Fact {
    match trouble.kind {
        Some(kind) => fact.with("trouble", kind),
        None => fact,
    }
}

/// The case was moved while the effect took place, or somebody else has taken it over. What was called off and yet done in the world
/// stands in the log, so that nobody says later that it was not; it moves nothing any more.
async fn done_late(inside: &Inside<'_>, command: &Command, report: Report, fact: Fact) -> Result<Outcome<()>, Refusal> {
    if command::exists(inside.tx, &command.id).await? || report.facts.is_empty() {
        return Err(late());
    }
    // What is gone is gone, and must not come back from a backup.
    for product in &report.products {
        if let Product::Erased(erasure) = product {
            ledger::put(inside.tx, erasure, inside.now).await?;
        }
    }
    Ok(Outcome::new((), fact.with("outcome", &report.outcome)).and(report.facts))
}

async fn finish(inside: &Inside<'_>, command: &Command) -> Result<(), Refusal> {
    if command::finish(inside.tx, &command.id, command.fence).await? { Ok(()) } else { Err(late()) }
}

fn late() -> Refusal {
    Refusal::conflict("late-report", "somebody else has taken over this effect")
}

/// How soon an erasure that waits for two people is looked at again if nobody wakes it.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_hours(6);

/// What a person reads of a call that was cut off.
const UNKNOWN: &str = "outcome unknown: the call began and was not reported; it may have taken place";

/// Any moment up to the pause, so that many cases do not knock at once.
fn jittered(inside: &Inside<'_>, pause: u64) -> Result<u64, Refusal> {
    Ok(1 + u64::from_be_bytes(inside.chance.bytes()?) % pause.max(1))
}

async fn give_up(inside: &Inside<'_>, command: &Command, fact: Fact, why: String) -> Result<Outcome<()>, Refusal> {
    let Some((case, wait)) = place(inside, command).await? else { return lay_aside(inside, command, why, fact).await };
    finish(inside, command).await?;
    let submission = Submission { attempts: command.attempt, ..Submission::default() };
    let facts = advance::advance(inside, case, event_id(command), EventKind::Failed { wait, cause: why }, submission).await?;
    Ok(Outcome::new((), fact).and(facts))
}

/// No step waits for it, so a person has to: the effect is parked until somebody decides. One of no case is given up.
async fn lay_aside(inside: &Inside<'_>, command: &Command, why: String, fact: Fact) -> Result<Outcome<()>, Refusal> {
    let Some(case) = &command.case else {
        finish(inside, command).await?;
        return Ok(Outcome::new((), fact));
    };
    if !command::park(inside.tx, &command.id, command.fence, &why).await? {
        return Err(late());
    }
    let incident = Incident {
        id: inside.row_id()?,
        case: case.clone(),
        step: String::new(),
        branch: None,
        trouble: InTrouble::Effect(command.id.clone()),
        cause: format!("{}: {why}", command.action),
        attempts: command.attempt,
        opened_at: inside.now,
        closed: None,
        answer: None,
    };
    incident::insert(inside.tx, &incident).await?;
    let raised = Fact::of_case("incident-raised", case).with("action", &command.action).with("cause", "effect");
    Ok(Outcome::new((), fact).and([raised]))
}

async fn store(inside: &Inside<'_>, command: &Command, report: Report) -> Result<Vec<Fact>, Refusal> {
    let mut facts = report.facts;
    for product in &report.products {
        keep(inside, command, product).await?;
        match (product, &command.case) {
            (Product::Unread(unread), Some(case)) => facts.extend(unread::holds(inside, case, unread).await?),
            (Product::Undecided(undecided), Some(case)) => facts.extend(unread::rules(inside, case, undecided).await?),
            (Product::Rest(row), _) => facts.extend(rest::begin(inside, row).await?),
            (Product::RestOver(system), Some(case)) => facts.extend(rest::end(inside, case, system).await?),
            _ => {}
        }
    }
    if let Some((mut case, wait)) = place(inside, command).await? {
        for product in &report.products {
            if let Product::Tier(tier) = product {
                case.tier = case.tier.max(Some(*tier));
            }
        }
        let event = EventKind::Reported { wait, outcome: report.outcome, lists: report.lists };
        facts.extend(advance::advance(inside, case, event_id(command), event, Submission::default()).await?);
    }
    Ok(facts)
}

fn event_id(command: &Command) -> String {
    format!("command:{}", command.id)
}

/// The case and the step that wait for this command, if any do.
async fn place(inside: &Inside<'_>, command: &Command) -> Result<Option<(Case, Wait)>, Refusal> {
    let (Some(case), Some(step)) = (&command.case, &command.step) else { return Ok(None) };
    let case = case::get(inside.tx, case).await?.ok_or(Refusal::NotFound("case"))?;
    Ok(Some((case, Wait { step: step.clone(), branch: command.branch.clone() })))
}

async fn keep(inside: &Inside<'_>, command: &Command, product: &Product) -> Result<(), Refusal> {
    let (tx, case) = (inside.tx, command.case.as_deref());
    match product {
        Product::Tier(_) | Product::Unread(_) | Product::Undecided(_) | Product::Rest(_) | Product::RestOver(_) => {}
        Product::RestGone(system) => rest_row::delete(tx, case.unwrap_or_default(), system).await?,
        Product::Finding(row) => finding::put(tx, row).await?,
        Product::Plan(row) => plan::put(tx, row).await?,
        Product::Deferral(row) => deferral::put(tx, row).await?,
        Product::DeferralMarked(row) => mark(inside, row).await?,
        Product::Owed { system, due_on } => task::insert(tx, &owed(inside, case.unwrap_or_default(), system, *due_on)?).await?,
        Product::Erased(erasure) => ledger::put(tx, erasure, inside.now).await?,
        Product::ForgetFindings => finding::forget(tx, case.unwrap_or_default()).await?,
        Product::Package(row) => package::put(tx, row).await?,
        Product::Letter { kind, lang, to, words } => {
            letter::queue(inside, case, kind, *lang, to, words.clone()).await?;
        }
        Product::Notice { told, token } => {
            let case = case::get(tx, case.unwrap_or_default()).await?.ok_or(Refusal::NotFound("case"))?;
            notice::put(inside, &case, told, token.as_ref().map(|token| token.reveal().as_str())).await?;
        }
        Product::Reminded { notice, token } => notice::reminded(inside, notice, token.reveal()).await?,
        Product::Silent(notice) => notice::hand_over(inside, notice).await?,
        Product::LetterSent(id) => letter_row::mark_sent(tx, id, inside.now).await?,
    }
    Ok(())
}

/// A deferral that ran, or waits. The hold it waits for may have been released while the effect looked.
async fn mark(inside: &Inside<'_>, row: &Deferral) -> Result<(), Refusal> {
    let hold = match &row.waits_for {
        Some(hold) => hold::lock(inside.tx, hold).await?,
        None => None,
    };
    deferral::mark(inside.tx, row).await?;
    if let Some(stored) = hold.filter(|stored| !stored.hold.is_active(inside.today)) {
        deferral::wake(inside.tx, &stored.hold.id).await?;
    }
    Ok(())
}

/// Its owner's task, with a week for it; where nobody answers for the system, whoever answers for erasures sees it too.
fn owed(inside: &Inside<'_>, case: &str, system: &str, due_on: Date) -> Result<Task, Refusal> {
    Ok(Task {
        id: inside.row_id()?,
        case: case.to_owned(),
        step: owed_step(due_on),
        branch: Some(system.to_owned()),
        form: "erasure-proof".to_owned(),
        roles: [Role::SystemOwner, Role::Dpo].map(|role| role.name().to_owned()).to_vec(),
        not_by: Vec::new(),
        shows: Vec::new(),
        opened_at: inside.now,
        due_at: Some(inside.now + SignedDuration::from_hours(7 * 24)),
        closed: None,
    })
}
