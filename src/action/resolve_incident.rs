//! Deals with an incident: try again, done by hand with proof, left out with a reason, or the case sent back to a stage.

pub use habeas_core::workflow::event::Resolution;
use habeas_core::{
    law::lang::Lang,
    workflow::{EventKind, Ways, event::Wait, ways_out},
};

use super::{
    actor::{Actor, Denied, Role},
    advance::{self, Submission},
    door::{About, Action, Door, Inside},
    fact::{Fact, Outcome},
    prove,
    refusal::Refusal,
};
use crate::store::{
    case::{self, Case},
    command,
    incident::{self, Incident, Trouble},
    letter, sealed,
};

/// What was decided about an incident.
#[derive(Debug, Clone)]
pub struct ResolveIncident {
    /// The case's reference.
    pub case: String,
    /// The incident's id.
    pub incident: String,
    /// How. The reason of a step left out stands in `words`; the journal holds a reference to it only.
    pub how: Resolution,
    /// The proof of what was done by hand, or the reason; kept sealed.
    pub words: String,
}

/// Roles that may deal with incidents at all.
const MENDING: [Role; 3] = [Role::CaseHandler, Role::PrivacyLead, Role::Dpo];
/// Roles that may leave something out or send a case back.
const LEADING: [Role; 2] = [Role::PrivacyLead, Role::Dpo];

impl Action for ResolveIncident {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        by.needs(&MENDING)
    }

    fn about(&self) -> About {
        About::Case(self.case.clone())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        self.check()?;
        let case = case::lock(inside.tx, &self.case).await?.ok_or(Refusal::NotFound("case"))?;
        let found = incident::of_case(inside.tx, &self.case).await?;
        let open = found.into_iter().find(|incident| incident.id == self.incident && incident.closed.is_none());
        let incident = open.ok_or(Refusal::NotFound("incident"))?;
        let fact = Fact::of_case("incident-resolved", &case.id).with("step", &incident.step).with("how", named(&self.how));
        if !self.words.trim().is_empty() {
            let seal = sealed::key_of(inside.keys, &case)?;
            let answer = seal.seal(inside.chance, &format!("incident:{}", incident.id), &self.words.trim())?;
            incident::keep_answer(inside.tx, &incident.id, answer).await?;
        }
        let facts = match incident.trouble.clone() {
            Trouble::Step => return Ok(Outcome::new((), fact).and(step(inside, case, &incident, self.how).await?)),
            Trouble::Alarm | Trouble::Unread => Vec::new(),
            Trouble::Effect(command) => effect(inside, &case, &command, &self.how).await?,
            Trouble::Quarantine => {
                release(inside, &case, &self.how).await?;
                vec![Fact::of_case("case-released", &case.id)]
            }
        };
        incident::close_one(inside.tx, &incident.id, inside.now, &inside.by.name(), &named(&self.how)).await?;
        Ok(Outcome::new((), fact).and(facts))
    }
}

impl ResolveIncident {
    /// Words where words are owed, settings that mean something.
    fn check(&self) -> Result<(), Refusal> {
        let owed = matches!(self.how, Resolution::ByHand { .. } | Resolution::Skip { .. } | Resolution::Restart);
        if owed && self.words.trim().is_empty() {
            return Err(Refusal::invalid("reason", "reason-missing"));
        }
        match &self.how {
            Resolution::RetryWith { with } if with.get("lang").is_some_and(|lang| Lang::from_code(lang).is_none()) => {
                Err(Refusal::invalid("lang", "lang-unknown"))
            }
            _ => Ok(()),
        }
    }
}

/// How it was dealt with, for the log.
fn named(how: &Resolution) -> String {
    match how {
        Resolution::Retry => "retry".to_owned(),
        Resolution::RetryWith { with } => {
            let settings: Vec<String> = with.iter().map(|(name, value)| format!("{name}={value}")).collect();
            format!("retry with {}", settings.join(", "))
        }
        Resolution::ByHand { outcome } => format!("by hand: {outcome}"),
        Resolution::Skip { .. } => "left out".to_owned(),
        Resolution::Restart => "sent back".to_owned(),
    }
}

/// A step of the workflow: the engine says whether that is a way.
async fn step(inside: &Inside<'_>, case: Case, incident: &Incident, how: Resolution) -> Result<Vec<Fact>, Refusal> {
    let outcome = Some(named(&how));
    let how = match how {
        Resolution::Skip { .. } => Resolution::Skip { reason: format!("incident:{}", incident.id) },
        how => how,
    };
    let wait = Wait { step: incident.step.clone(), branch: incident.branch.clone() };
    let submission = Submission { outcome, ..Submission::default() };
    let event = EventKind::Resolved { wait, how };
    advance::advance(inside, case, format!("incident:{}", incident.id), event, submission).await
}

/// An effect that no step waits for: it goes out again, or a person says what became of it.
async fn effect(inside: &Inside<'_>, case: &Case, command: &str, how: &Resolution) -> Result<Vec<Fact>, Refusal> {
    match how {
        Resolution::Retry => {
            command::unpark(inside.tx, command, inside.now).await?;
            return Ok(Vec::new());
        }
        Resolution::Skip { .. } => inside.by.needs(&LEADING)?,
        Resolution::ByHand { .. } => {}
        Resolution::RetryWith { .. } | Resolution::Restart => {
            return Err(Refusal::conflict("not-restartable", "no step of the case waits for this: try it again, or say what became of it"));
        }
    }
    let parked = command::take_parked(inside.tx, command).await?;
    match parked.filter(|parked| parked.action == "mail.deliver" && matches!(how, Resolution::ByHand { .. })) {
        Some(parked) => {
            letter::mark_sent(inside.tx, &parked.argument, inside.now).await?;
            let kind = letter::get(inside.tx, &parked.argument).await?.map(|letter| letter.kind).unwrap_or_default();
            Ok(vec![Fact::of_case("letter-sent", &case.id).with("letter", kind)])
        }
        None => Ok(Vec::new()),
    }
}

/// A case comes out of quarantine when it can be read again: from its journal to its state.
async fn release(inside: &Inside<'_>, case: &Case, how: &Resolution) -> Result<(), Refusal> {
    if !matches!(how, Resolution::Retry) {
        return Err(Refusal::conflict("only-retry", "a case in quarantine can only be tried again, once the cause is gone"));
    }
    let proof = prove::prove(inside.tx, inside.workflows, case).await?;
    if !proof.problems.is_empty() {
        return Err(Refusal::conflict("still-broken", format!("the cause is not gone: {}", proof.problems.join("; "))));
    }
    Ok(command::give_back(inside.tx, &case.id).await?)
}

impl Door {
    /// What may be done about an open incident, as the engine would accept it.
    pub async fn ways_out(&self, reference: &str, incident: &str) -> Result<Ways, Refusal> {
        let found = incident::of_case(&self.store, reference).await?.into_iter().find(|it| it.id == incident && it.closed.is_none());
        let found = found.ok_or(Refusal::NotFound("incident"))?;
        let leads: Vec<String> = LEADING.iter().map(|role| role.name().to_owned()).collect();
        let none = Ways { change: Vec::new(), by_hand: Vec::new(), skip: false, restart: false, leads };
        match found.trouble {
            Trouble::Step => {
                let case = case::get(&self.store, reference).await?.ok_or(Refusal::NotFound("case"))?;
                let wait = Wait { step: found.step, branch: found.branch };
                let definition = self.workflows.by_sha(&case.definition)?;
                Ok(ways_out(definition, &case.workflow_state()?, &wait).unwrap_or(none))
            }
            Trouble::Effect(_) => Ok(Ways { by_hand: vec!["done".to_owned()], skip: true, ..none }),
            Trouble::Alarm | Trouble::Unread | Trouble::Quarantine => Ok(none),
        }
    }
}
