//! Opens a case: the request counts from the moment it reached an official channel (Art. 12(3)).

use std::collections::BTreeMap;

use habeas_core::{
    law::{
        acting::{Acting, Authority, Country},
        ask::Asked,
        identifier::Identifier,
        lang::Lang,
        map::System,
        personal::Personal,
        right::Right,
        tier::Proof,
    },
    workflow::EventKind,
};
use jiff::{Timestamp, civil::Date};

use super::{
    actor::{Actor, Denied, Role},
    advance,
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::{Problem, Refusal},
};
use crate::store::{
    case::{Case, OnBehalf, Phase},
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
    /// For whom, where not for herself. What it says about an authority is only said.
    pub acting: Option<Acting>,
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
        self.check(inside.organisation.systems(), Country::of_calendar(&inside.organisation.about().calendar), inside.today)?;
        let definition = inside.workflows.of_right(self.right).ok_or(Refusal::NotFound("right"))?;
        let id = reference(inside)?;
        let (seal, case_key) = inside.keys.new_case_key(inside.chance, &id)?;
        let (acting, on_behalf) = behalf(inside, self.acting)?;
        let item = self.item.map(Personal::into_revealed).filter(|item| !item.trim().is_empty());
        let applicant =
            Applicant { email: email.value().reveal().clone(), item, kinds: self.kinds, asked: self.asked, proofs: self.proofs, acting };
        let case = Case {
            right: self.right,
            lang: self.lang,
            definition: definition.sha256.clone(),
            rev: 1,
            phase: Phase::Open,
            state: String::new(),
            subject,
            on_behalf,
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
        let capacity = case.on_behalf.as_ref().map(|on_behalf| on_behalf.capacity);
        let facts = advance::begin(inside, case, EventKind::Opened { lists }).await?;
        let opened =
            Fact::of_case("case-opened", &id).with("right", self.right.name()).with("via", self.via).with("definition", &definition.sha256);
        let opened = capacity.map_or(opened.clone(), |capacity| opened.with("for-another", capacity.name()));
        Ok(Outcome::new(id, opened).and(facts))
    }
}

impl OpenCase {
    /// Everything that is wrong with what is asked; a kind that nobody has would find nothing, and nobody would know why.
    fn check(&self, systems: &[System], country: Country, today: Date) -> Result<(), Refusal> {
        let mut problems: Vec<_> =
            self.asked.problems(self.right, systems).into_iter().map(|(field, code)| Problem::new(field, code)).collect();
        let acting = self.acting.iter().flat_map(|acting| acting.problems((self.right, &self.asked), country, today));
        problems.extend(acting.map(|(field, code)| Problem::new(field, code)));
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

/// For whom it is, with her mailbox in normal form. Nobody's authority is believed because she says so.
fn behalf(inside: &Inside<'_>, acting: Option<Acting>) -> Result<(Option<Acting>, Option<OnBehalf>), Refusal> {
    let Some(mut acting) = acting else { return Ok((None, None)) };
    let email = Identifier::parse("email", &acting.concerned.email).map_err(|_| Refusal::invalid("concerned-email", "email-wrong"))?;
    acting.concerned.email.clone_from(email.value().reveal());
    acting.authority = Authority::Claimed;
    let person = inside.keys.blind("email", &acting.concerned.email);
    let on_behalf = OnBehalf { capacity: acting.capacity, person, answer_to: None };
    Ok((Some(acting), Some(on_behalf)))
}

/// `HB-7F3K-2QXM`: short enough to read aloud; it gives no access.
fn reference(inside: &Inside<'_>) -> Result<String, Refusal> {
    let word = inside.chance.word(8)?;
    let (first, last) = word.split_at(4);
    Ok(format!("HB-{first}-{last}"))
}
