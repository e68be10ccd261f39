//! A last look at the request, and sending it.

use habeas_core::law::{
    ask::{Asked, Objection},
    personal::Personal,
    right::Right,
};
use rocket::{get, post};

use super::way::Leg;
use crate::{
    action::{
        open_case::OpenCase,
        refusal::Refusal,
        session::{Draft, Visit},
    },
    view::portal::{
        acting::ActFor,
        check::{Check, Chosen, CorrectionLine, FileTo, Summary, Told},
        request::{ItemKind, Scope, Stays},
    },
    web::{
        error::Turned,
        here::{Answer, Subject},
        posted::{Button, Posted},
    },
};

#[get("/request/check")]
pub(super) fn page(subject: Subject<'_>) -> Answer {
    let (right, draft) = subject.draft()?;
    let way = subject.way(right, &draft);
    if let Some(missing) = way.missing().or_else(|| subject.cannot_act(right, &draft)) {
        return subject.go(missing);
    }
    let kind = draft.item_kind.as_deref().and_then(ItemKind::from_name);
    subject.show(&Check {
        right,
        email: subject.email.clone(),
        item: kind.zip(draft.item.clone()).filter(|_| way.has(Leg::Item)),
        scope: scope_of(right, &draft.asked)
            .map(|leg| Chosen { kinds: draft.kinds.as_ref().map(|kinds| Scope::labels(&subject.state.look, kinds)), change: leg.path() }),
        stays: (right == Right::Erasure).then(|| Stays::load(&subject.state.look, draft.kinds.as_deref())),
        file_to: FileTo::of(&subject.state.look, right, &draft.asked),
        back: last_mistake(&draft).unwrap_or_else(|| way.before(Leg::Check).to_owned()),
        asked: subject.summary(&draft),
        acting: draft.acting.as_ref().map(|acting| (acting.capacity, acting.concerned.name.clone())),
        answer_in: subject.lang,
        answer_by: subject.state.door.answer_by()?,
    })
}

#[post("/request/check", data = "<_form>")]
pub(super) async fn send(subject: Subject<'_>, _form: Posted<Button>) -> Answer {
    let (right, draft) = subject.draft()?;
    if let Some(missing) = subject.way(right, &draft).missing().or_else(|| subject.cannot_act(right, &draft)) {
        return subject.go(missing);
    }
    let reference = subject.state.door.run(&subject.actor, subject.request(right, draft)).await?;
    // Sent: going back and pressing the button again begins at the start and opens no second case.
    subject.keep_draft(Draft::default()).await?;
    subject.go(&format!("/case/{reference}"))
}

/// The page of the last mistake that was told.
fn last_mistake(draft: &Draft) -> Option<String> {
    let Asked::Corrections(told) = &draft.asked else { return None };
    Some(draft.page_of(told.len().checked_sub(1)?, told.last()?))
}

/// The page on which kinds are chosen, where the right lets the person choose.
const fn scope_of(right: Right, asked: &Asked) -> Option<Leg> {
    match right {
        Right::Erasure => Some(Leg::Scope),
        Right::Restriction | Right::ConsentWithdrawal => Some(Leg::Details),
        Right::Objection if matches!(asked, Asked::Objection(Objection::Other { .. })) => Some(Leg::Details),
        Right::Access | Right::Portability | Right::Rectification | Right::Objection => None,
    }
}

impl Subject<'_> {
    /// The request being written.
    pub(super) fn draft(&self) -> Result<(Right, Draft), Turned> {
        let draft = self.visit().draft;
        let right = draft.right.ok_or(Refusal::Expired)?;
        Ok((right, draft))
    }

    pub(super) async fn keep_draft(&self, draft: Draft) -> Result<(), Refusal> {
        self.keep(Visit { draft, unsent: None, ..self.visit() }).await
    }

    /// The request as it was written; nothing goes along that the right does not ask for.
    fn request(&self, right: Right, draft: Draft) -> OpenCase {
        let has_item = self.way(right, &draft).has(Leg::Item);
        OpenCase {
            right,
            lang: self.lang,
            email: Personal::new(self.email.clone()),
            item: draft.item.filter(|_| has_item).map(Personal::new),
            kinds: draft.kinds.filter(|_| scope_of(right, &draft.asked).is_some()),
            asked: draft.asked,
            acting: draft.acting.map(|acting| *acting),
            proofs: self.visit().proofs,
            received_at: None,
            via: "portal",
        }
    }

    /// The page of who acts for whom, where that cannot be asked for.
    fn cannot_act(&self, right: Right, draft: &Draft) -> Option<&'static str> {
        let problems = ActFor::problems(&self.state.look, (right, &draft.asked), draft.acting.as_deref()?);
        (!problems.is_empty()).then_some(super::acting::PAGE)
    }

    fn summary(&self, draft: &Draft) -> Summary {
        let told = |(place, correction)| {
            let line = CorrectionLine::load(&self.state.look, correction)?;
            Some(Told { line, place, change: draft.page_of(place, correction) })
        };
        match &draft.asked {
            // Where a file goes has a line of its own.
            Asked::Nothing | Asked::Transmission { .. } => Summary::Nothing,
            Asked::Corrections(all) => Summary::Corrections { corrections: all.iter().enumerate().filter_map(told).collect() },
            Asked::Restriction { ground } => Summary::Restriction { ground: *ground },
            Asked::Objection(Objection::Marketing) => Summary::Marketing,
            Asked::Objection(Objection::Other { why }) => Summary::Objection { why: why.clone() },
        }
    }
}
