//! The status page and the way out of a case.

use std::collections::{BTreeMap, BTreeSet};

use habeas_core::law::{
    acting::Capacity,
    ask::{Asked, Objection},
    lang::Text,
    right::Right,
    tier::Tier,
};
use jiff::{Timestamp, civil::Date};

use super::{
    Mine,
    progress::{Cooling, Days, Progress, Reached, Walk},
};
use crate::{
    render::texts::Message,
    store::{
        StoreError,
        case::Phase,
        command,
        finding::{self, Finding},
        incident, package, plan, sealed,
        task::Task,
    },
    view::{
        lifting,
        look::Look,
        portal::{
            case::{Ask, Case, Extended, Late, Waiting, Withdraw},
            evidence::Evidence,
        },
    },
};

impl Case {
    /// The status of the person's own case; `takes_back`: its workflow would let her withdraw now.
    pub async fn load(look: &Look, mailbox: &str, reference: &str, takes_back: bool) -> Result<Option<Self>, StoreError> {
        let Some(mine) = Mine::open(look, mailbox, reference).await? else { return Ok(None) };
        let findings = finding::of_case(&look.store, reference).await?;
        let package = package::get(&look.store, reference, "subject").await?;
        let now = look.clock.now();
        let troubled = mine.troubled(look).await?;
        let progress = mine.progress(look, &findings).await?;
        let held = findings.iter().any(|finding| finding.records > 0 && finding.sealed.is_some());
        let is_hers = mine.case.answered() == mailbox;
        Ok(Some(Self {
            state: progress.state(),
            pause_ends: progress.walk == Walk::Lift,
            steps: progress.steps(),
            received_at: mine.case.received_at,
            due_on: mine.case.due_on,
            updated_at: now,
            waiting: mine.waiting(look)?,
            cooling_until: mine.open_task(COOLING).and_then(|task| task.due_at),
            extended: mine.extended(look)?,
            late: mine.late(look.today(), !troubled.is_empty()).filter(|_| progress.walk != Walk::Lift),
            troubled,
            systems: if is_hers { mine.in_systems(look).await? } else { Vec::new() },
            has_data: is_hers && held && mine.case.tier >= Some(Tier::SecondItem),
            has_package: is_hers && package.is_some_and(|package| package.expires_at.is_none_or(|at| at > now)),
            can_withdraw: mine.can_withdraw(takes_back),
            takes_document: mine.asking().is_none() && mine.takes_document(look).await?,
            for_whom: mine.for_whom(look)?,
            answer_elsewhere: !is_hers,
            can_enrol: mine.case.on_behalf.is_none() && mine.case.tier >= Some(Tier::SecondItem),
            right: mine.case.right,
            reference: mine.case.id,
        }))
    }
}

impl Withdraw {
    /// The way out, while there is one.
    pub async fn load(look: &Look, mailbox: &str, reference: &str, takes_back: bool) -> Result<Option<Self>, StoreError> {
        let mine = Mine::open(look, mailbox, reference).await?.filter(|mine| mine.can_withdraw(takes_back));
        Ok(mine.map(|mine| Self { right: mine.case.right, reference: mine.case.id }))
    }

    /// The task in which an erasure can still be stopped.
    pub async fn stopping(look: &Look, mailbox: &str, reference: &str) -> Result<Option<String>, StoreError> {
        let mine = Mine::open(look, mailbox, reference).await?;
        Ok(mine.and_then(|mine| mine.open_task(COOLING).map(|task| task.id.clone())))
    }
}

impl Evidence {
    /// The question and the task that waits for its answer.
    pub async fn load(look: &Look, mailbox: &str, reference: &str) -> Result<Option<(Self, String)>, StoreError> {
        let Some(mine) = Mine::open(look, mailbox, reference).await? else { return Ok(None) };
        let Some((waiting, task)) = mine.waiting(look)?.zip(mine.asking().map(|(_, task)| task.id.clone())) else { return Ok(None) };
        Ok(Some((Self { reference: mine.case.id, waiting, answer: String::new() }, task)))
    }

    /// The task of a question that was asked before and no longer is.
    pub async fn closed(look: &Look, mailbox: &str, reference: &str) -> Result<Option<String>, StoreError> {
        let Some(mine) = Mine::open(look, mailbox, reference).await? else { return Ok(None) };
        let asked = |form: &str| ASKED.iter().any(|(known, _)| *known == form);
        Ok(mine.tasks.iter().rfind(|task| asked(&task.form) && task.closed.is_some()).map(|task| task.id.clone()))
    }
}

/// Forms the person fills in herself.
const COOLING: &str = "cooling-off";
const EVIDENCE: &str = "identity-evidence";
const HEARING: &str = "lift-objection";
const FEE: &str = "fee-answer";
const PROOF: &str = "identity-proof";
const AUTHORITY: &str = "authority-evidence";
const ASKED: [(&str, Ask); 5] =
    [(EVIDENCE, Ask::Identity), (AUTHORITY, Ask::Authority), (HEARING, Ask::Hearing), (FEE, Ask::Fee), (PROOF, Ask::Proof)];
/// The form of staff who look into who asked.
const IMPERSONATION: &str = "impersonation-review";

impl Mine {
    async fn progress(&self, look: &Look, findings: &[Finding]) -> Result<Progress, StoreError> {
        let has = |fact: &str| self.state.facts.contains(fact);
        let approved = plan::latest(&look.store, &self.case.id).await?.and_then(|plan| plan.approved);
        let answered: BTreeSet<&str> =
            findings.iter().filter(|finding| finding.outcome != "failed").map(|finding| finding.system.as_str()).collect();
        let by_hand = self.tasks.iter().filter(|task| task.form == "located-records" && task.closed.is_some());
        let systems = answered.into_iter().chain(by_hand.filter_map(|task| task.branch.as_deref())).collect::<BTreeSet<_>>().len();
        let mut cooling = self.tasks.iter().filter(|task| task.form == COOLING);
        let walk = self.walk(look)?;
        let begun = !self.state.outcomes.is_empty();
        // For some rights the proven mailbox is proof enough.
        let known = has("identity.matched") || has("identity.verified") || walk == Walk::Lift || (walk.needs_mailbox_only() && begun);
        Ok(Progress {
            walk,
            phase: self.case.phase,
            reached: match (known, begun) {
                (true, _) => Reached::Known,
                (false, true) => Reached::Begun,
                (false, false) => Reached::Nothing,
            },
            asked: self.asking().is_some(),
            systems: (count(systems), count(self.state.lists.get("case.systems").map_or(0, Vec::len))),
            decided: self.decided(walk),
            done: match walk {
                Walk::Copy | Walk::File => has("package.written"),
                Walk::Erasure => has("approval.given"),
                Walk::Correction => has("correction.done"),
                Walk::Pause | Walk::Marketing | Walk::Objection | Walk::Consent => has("processing.stopped"),
                Walk::Lift => !has("processing.stopped"),
            },
            cooling: match (self.open_task(COOLING), cooling.next()) {
                (Some(_), _) => Cooling::Open,
                (None, Some(_)) if self.is_stopped() => Cooling::Stopped,
                (None, Some(_)) => Cooling::Over,
                (None, None) => Cooling::Ahead,
            },
            days: Days {
                received: Some(look.day(self.case.received_at)),
                collected: findings.iter().map(|finding| finding.found_at).max().map(|at| look.day(at)),
                decided: approved.map(|(_, at)| look.day(at)),
                closed: self.case.closed_at.map(|at| look.day(at)),
            },
        })
    }

    /// Which steps the case takes.
    fn walk(&self, look: &Look) -> Result<Walk, StoreError> {
        let stopped = self.state.facts.contains("processing.stopped");
        let lifting = lifting::is_announced(&self.case, &self.state) && !(stopped && self.case.phase != Phase::Open);
        Ok(match self.case.right {
            Right::Access => Walk::Copy,
            Right::Portability => Walk::File,
            Right::Erasure => Walk::Erasure,
            Right::Rectification => Walk::Correction,
            Right::Restriction if lifting => Walk::Lift,
            Right::Restriction => Walk::Pause,
            Right::Objection if self.asked(look)? == Asked::Objection(Objection::Marketing) => Walk::Marketing,
            Right::Objection => Walk::Objection,
            Right::ConsentWithdrawal => Walk::Consent,
        })
    }

    /// What was asked beyond the right; nobody knows any more once the case's key is gone.
    pub(super) fn asked(&self, look: &Look) -> Result<Asked, StoreError> {
        match sealed::applicant(&look.keys, &self.case) {
            Ok(applicant) => Ok(applicant.asked),
            Err(StoreError::Shredded) => Ok(Asked::Nothing),
            Err(error) => Err(error),
        }
    }

    /// Whether a person has decided, where one does.
    fn decided(&self, walk: Walk) -> bool {
        let has = |fact: &str| self.state.facts.contains(fact);
        let ended = |form: &str, outcome: &str| {
            let closed = self.tasks.iter().filter(|task| task.form == form).filter_map(|task| task.closed.as_ref());
            closed.into_iter().any(|closed| outcome.is_empty() || closed.outcome.as_deref() == Some(outcome))
        };
        match walk {
            Walk::Copy | Walk::File => has("package.written"),
            Walk::Erasure => has("approval.given"),
            Walk::Correction => has("correction.decided"),
            Walk::Pause => ended("restriction-decision", "restrict"),
            Walk::Objection => ended("objection-balance", ""),
            Walk::Lift => has("lift.announced") && self.open_task(HEARING).is_none(),
            Walk::Marketing | Walk::Consent => true,
        }
    }

    /// For whom she asks, where not for herself; nobody knows the name any more once the case's key is gone.
    fn for_whom(&self, look: &Look) -> Result<Option<(Capacity, String)>, StoreError> {
        match sealed::applicant(&look.keys, &self.case) {
            Ok(applicant) => Ok(applicant.acting.map(|acting| (acting.capacity, acting.concerned.name))),
            Err(StoreError::Shredded) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The task in which we ask the person something.
    fn asking(&self) -> Option<(Ask, &Task)> {
        ASKED.into_iter().find_map(|(form, ask)| Some((ask, self.open_task(form)?)))
    }

    fn waiting(&self, look: &Look) -> Result<Option<Waiting>, StoreError> {
        let Some((ask, task)) = self.asking() else { return Ok(None) };
        let answer_by = task.due_at.map_or(self.case.due_on, |at| look.day(at));
        let question = match ask {
            Ask::Identity => Message::new("question-identity"),
            Ask::Hearing => Message::new("question-lift"),
            Ask::Proof => Message::new("question-proof"),
            Ask::Authority => {
                let asks = |task: &Task| ["authority-check", "deceased-decision"].contains(&task.form.as_str());
                let said = self.handed_in(look, asks)?.remove("reason").unwrap_or_default();
                Message::new("question-authority").with("reason", said.as_str())
            }
            Ask::Fee => {
                let decided = self.fields(look, "fee-decision")?;
                let said = |field: &str| decided.get(field).map_or("", String::as_str);
                Message::new("question-fee").with("fee", said("fee")).with("reason", said("reason"))
            }
        };
        Ok(Some(Waiting { ask, question, answer_by }))
    }

    /// The extension and its reason, as a member of staff wrote it for the person (Art. 12(3)).
    fn extended(&self, look: &Look) -> Result<Option<Extended>, StoreError> {
        let taken = self.state.outcomes.get("extend").is_some_and(|outcome| ["extended", "already"].contains(&&**outcome));
        let asked_for = |task: &Task| task.closed.as_ref().is_some_and(|closed| closed.outcome.as_deref() == Some("extend"));
        let reason = self.handed_in(look, asked_for)?.remove("reason").unwrap_or_default();
        Ok(taken.then(|| Extended { because: Message::new("case-extended-because").with("reason", reason.as_str()) }))
    }

    /// A field of the newest form of a kind that was handed in.
    pub(super) fn answer(&self, look: &Look, form: &str, field: &str) -> Result<Option<String>, StoreError> {
        Ok(self.fields(look, form)?.remove(field))
    }

    /// Everything in the newest form of a kind that was handed in.
    pub(super) fn fields(&self, look: &Look, form: &str) -> Result<BTreeMap<String, String>, StoreError> {
        self.handed_in(look, |task| task.form == form)
    }

    fn handed_in(&self, look: &Look, which: impl Fn(&Task) -> bool) -> Result<BTreeMap<String, String>, StoreError> {
        let mut newest = self.tasks.iter().rev().filter(|task| which(task));
        let Some((task, answer)) = newest.find_map(|task| Some((task, task.closed.as_ref()?.answer.as_deref()?))) else {
            return Ok(BTreeMap::new());
        };
        sealed::open(&look.keys, &self.case, &format!("task:{}", task.id), Some(answer))
    }

    fn late(&self, today: Date, troubled: bool) -> Option<Late> {
        let is_late = self.case.phase == Phase::Open && today > self.case.due_on && !self.is_stopped();
        let because = Message::new(if troubled { "case-late-system" } else { "case-late-work" });
        is_late.then_some(Late { because, promised_on: None })
    }

    /// She has stopped the erasure and knows it; only staff still look into who had asked for it.
    fn is_stopped(&self) -> bool {
        self.open_task(IMPERSONATION).is_some() && self.state.facts.contains("answer.sent")
    }

    /// Where the workflow lets her, and while an erasure can be stopped.
    fn can_withdraw(&self, takes_back: bool) -> bool {
        self.case.phase == Phase::Open && !self.is_stopped() && (takes_back || self.open_task(COOLING).is_some())
    }

    /// Systems that could not be read or changed yet.
    async fn troubled(&self, look: &Look) -> Result<Vec<Text>, StoreError> {
        let waiting = command::of_case(&look.store, &self.case.id).await?;
        let failed = waiting.into_iter().filter(|command| command.last_error.is_some()).filter_map(|command| command.branch);
        let incidents = incident::of_case(&look.store, &self.case.id).await?;
        let open = incidents.into_iter().filter(|incident| incident.closed.is_none()).filter_map(|incident| incident.branch);
        let keys: BTreeSet<String> = failed.chain(open).collect();
        Ok(keys.iter().filter_map(|key| look.organisation.system(key)).map(|system| system.label.clone()).collect())
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Look {
    /// Today in the organisation's zone.
    pub(in crate::view) fn today(&self) -> Date {
        self.clock.today(&self.organisation.zone())
    }

    /// The day on which a moment falls in the organisation's zone.
    pub(in crate::view) fn day(&self, at: Timestamp) -> Date {
        at.to_zoned(self.organisation.zone()).date()
    }
}
