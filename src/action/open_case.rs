//! Opens a case: the request counts from the moment it reached an official channel (Art. 12(3)).

use std::collections::BTreeMap;

use habeas_core::{
    law::{ask::Asked, identifier::Identifier, lang::Lang, map::System, personal::Personal, right::Right, tier::Proof},
    workflow::EventKind,
};
use jiff::Timestamp;

use super::{
    actor::{Actor, Denied, Role},
    advance,
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::{Problem, Refusal},
};
use crate::store::{
    case::{Case, Phase},
    group::Shared,
    sealed::Applicant,
};

/// A request.
#[derive(Debug, Clone)]
pub struct OpenCase {
    /// The right used.
    pub right: Right,
    /// The language of every answer.
    pub lang: Lang,
    /// The mailbox.
    pub email: Personal<String>,
    /// Customer or order number, as given.
    pub item: Option<Personal<String>>,
    /// Kinds chosen; `None`: everything.
    pub kinds: Option<Vec<String>>,
    /// What is asked for beyond the right itself.
    pub asked: Asked,
    /// By what the person has shown who she is, beside the second item; what it is worth is found out when it is matched.
    pub proofs: Vec<Proof>,
    /// When it arrived; `None`: now.
    pub received_at: Option<Timestamp>,
    /// `portal`, `phone`, `letter`, `command-line`.
    pub via: &'static str,
}

impl Action for OpenCase {
    /// The reference.
    type Done = String;

    /// A person for the mailbox she proved; staff for requests by phone or letter.
    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        match by {
            Actor::Subject { .. } | Actor::Operator => Ok(()),
            _ => by.needs(&[Role::CaseHandler]),
        }
    }

    fn shares(&self) -> Option<Shared> {
        Some(Shared::default())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<String>, Refusal> {
        let email = Identifier::parse("email", self.email.reveal()).map_err(|_| Refusal::invalid("email", "email-wrong"))?;
        let subject = inside.keys.blind("email", email.value().reveal());
        if matches!(inside.by, Actor::Subject { mailbox } if *mailbox != subject) {
            return Err(Refusal::Denied);
        }
        let received_at = self.received_at.unwrap_or(inside.now);
        if received_at > inside.now {
            return Err(Refusal::invalid("received_at", "received-in-the-future"));
        }
        self.check(inside.organisation.systems())?;
        let definition = inside.workflows.of_right(self.right).ok_or(Refusal::NotFound("right"))?;
        let id = reference(inside)?;
        let (seal, case_key) = inside.keys.new_case_key(inside.chance, &id)?;
        let item = self.item.map(Personal::into_revealed).filter(|item| !item.trim().is_empty());
        let applicant =
            Applicant { email: email.value().reveal().clone(), item, kinds: self.kinds, asked: self.asked, proofs: self.proofs };
        let case = Case {
            right: self.right,
            lang: self.lang,
            definition: definition.sha256.clone(),
            rev: 1,
            phase: Phase::Open,
            state: String::new(),
            subject,
            tier: None,
            received_at,
            received_via: self.via.to_owned(),
            closed_at: None,
            // Both are computed when the clock starts, in the same transaction.
            strict_due_on: inside.today,
            due_on: inside.today,
            keep_until: None,
            case_key: Some(case_key),
            applicant: Some(seal.seal(inside.chance, "applicant", &applicant)?),
            id: id.clone(),
        };
        let systems = inside.organisation.systems().iter().map(|system| system.key.clone()).collect();
        let lists = BTreeMap::from([("case.systems".to_owned(), systems)]);
        let facts = advance::begin(inside, case, EventKind::Opened { lists }).await?;
        let opened =
            Fact::of_case("case-opened", &id).with("right", self.right.name()).with("via", self.via).with("definition", &definition.sha256);
        Ok(Outcome::new(id, opened).and(facts))
    }
}

impl OpenCase {
    /// Everything that is wrong with what is asked; a kind that nobody has would find nothing, and nobody would know why.
    fn check(&self, systems: &[System]) -> Result<(), Refusal> {
        let mut problems: Vec<_> =
            self.asked.problems(self.right, systems).into_iter().map(|(field, code)| Problem::new(field, code)).collect();
        let is_known = |kind: &String| {
            systems.iter().any(|system| {
                kind.strip_prefix(&system.key).and_then(|rest| rest.strip_prefix('.')).is_some_and(|name| system.collection(name).is_some())
            })
        };
        if self.kinds.iter().flatten().any(|kind| !is_known(kind)) {
            problems.push(Problem::new("kind", "kind-unknown"));
        }
        if problems.is_empty() { Ok(()) } else { Err(Refusal::Invalid(problems)) }
    }
}

/// `HB-7F3K-2QXM`: short enough to read aloud; it gives no access.
fn reference(inside: &Inside<'_>) -> Result<String, Refusal> {
    let word = inside.chance.word(8)?;
    let (first, last) = word.split_at(4);
    Ok(format!("HB-{first}-{last}"))
}
