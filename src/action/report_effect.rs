//! What an effect came to: the worker's report, accepted once and only from whoever holds the lease.

use std::collections::BTreeMap;

use habeas_core::{
    law::{lang::Lang, personal::Personal, tier::Tier},
    workflow::{EventKind, event::Wait},
};
use jiff::SignedDuration;

use super::{
    actor::{Actor, Denied},
    advance::{self, Submission},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    letter,
    refusal::Refusal,
};
use crate::store::{
    case::{self, Case},
    command::{self, Command},
    deferral::{self, Deferral},
    finding::{self, Finding},
    group::Shared,
    incident::{self, Incident, Trouble},
    ledger::{self, Erasure},
    letter as letter_row,
    package::{self, Package},
    plan::{self, StoredPlan},
    sealed::Words,
};

/// A worker's report on one command.
#[derive(Debug, Clone)]
pub struct ReportEffect {
    /// The command, as it was claimed.
    pub command: Command,
    /// What came of it.
    pub result: Performed,
}

/// What came of an effect.
#[derive(Debug, Clone)]
pub enum Performed {
    /// It took place.
    Done(Report),
    /// It did not, and trying again may help. Counts against the retry budget.
    NotNow(String),
    /// It did not, and trying again will not help.
    Never(String),
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
        let Self { command, result } = self;
        if let Some(case) = &command.case {
            case::lock(inside.tx, case).await?;
        }
        let about = |kind: &'static str| match &command.case {
            Some(case) => Fact::of_case(kind, case),
            None => Fact::of_house(kind),
        };
        let about = |kind| about(kind).with("action", &command.action).with("attempt", command.attempt.to_string());
        match result {
            Performed::Done(report) => {
                if !command::finish(inside.tx, &command.id, command.fence).await? {
                    return done_late(inside, &command, report, about("effect-done-late")).await;
                }
                let fact = about("effect-done").with("outcome", &report.outcome);
                let facts = store(inside, &command, report).await?;
                Ok(Outcome::new((), fact).and(facts))
            }
            Performed::NotNow(why) => match command.retry.pause_seconds(command.attempt) {
                Some(pause) => {
                    let until = inside.now + SignedDuration::from_secs(i64::try_from(jittered(inside, pause)?).unwrap_or(i64::MAX / 2));
                    if !command::postpone(inside.tx, &command.id, command.fence, until, &why).await? {
                        return Err(late());
                    }
                    Ok(Outcome::new((), about("effect-postponed")))
                }
                None => give_up(inside, &command, why, about("effect-failed")).await,
            },
            Performed::Never(why) => give_up(inside, &command, why, about("effect-failed")).await,
            Performed::Unknown => give_up(inside, &command, UNKNOWN.to_owned(), about("effect-unknown")).await,
        }
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

/// What a person reads of a call that was cut off.
const UNKNOWN: &str = "outcome unknown: the call began and was not reported; it may have taken place";

/// Any moment up to the pause, so that many cases do not knock at once.
fn jittered(inside: &Inside<'_>, pause: u64) -> Result<u64, Refusal> {
    Ok(1 + u64::from_be_bytes(inside.chance.bytes()?) % pause.max(1))
}

async fn give_up(inside: &Inside<'_>, command: &Command, why: String, fact: Fact) -> Result<Outcome<()>, Refusal> {
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
        trouble: Trouble::Effect(command.id.clone()),
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
        Product::Tier(_) => {}
        Product::Finding(row) => finding::put(tx, row).await?,
        Product::Plan(row) => plan::put(tx, row).await?,
        Product::Deferral(row) => deferral::put(tx, row).await?,
        Product::DeferralMarked(row) => deferral::mark(tx, row).await?,
        Product::Erased(erasure) => ledger::put(tx, erasure, inside.now).await?,
        Product::ForgetFindings => finding::forget(tx, case.unwrap_or_default()).await?,
        Product::Package(row) => package::put(tx, row).await?,
        Product::Letter { kind, lang, to, words } => {
            letter::queue(inside, case, kind, *lang, to, words.clone()).await?;
        }
        Product::LetterSent(id) => letter_row::mark_sent(tx, id, inside.now).await?,
    }
    Ok(())
}
