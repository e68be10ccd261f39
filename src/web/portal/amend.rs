//! From what we hold straight into a request about it: one value that is wrong, a kind that should go, a copy. What the person has said and
//! shown in the case is not asked again; what she shows in this session counts as it does for every request.

use habeas_core::law::{
    ask::{Asked, Correction},
    right::Right,
};
use rocket::{FromForm, get, post};

use super::way::Leg;
use crate::{
    action::{
        refusal::Refusal,
        session::{Draft, FromValue},
    },
    render::{frame::FieldProblem, texts::Message},
    view::portal::{
        amend::{Amend, Known, Typed},
        correct::Words,
    },
    web::{
        here::{Answer, Subject},
        posted::Posted,
    },
};

const NOTHING: Refusal = Refusal::NotFound("record");
/// The new value, as the law calls it of the first correction of a form.
const SHOULD: &str = "should-0";

#[derive(FromForm)]
pub(super) struct About {
    #[field(default = "")]
    right: String,
}

/// Begins a request about a kind of data: that it be deleted, or a copy of everything.
#[post("/case/<reference>/data/<kind>", data = "<form>")]
pub(super) async fn ask(subject: Subject<'_>, reference: &str, kind: &str, form: Posted<About>) -> Answer {
    let right = Right::from_name(&form.0.right).filter(|right| subject.state.offered().contains(right));
    let (right, kinds) = match right {
        Some(Right::Erasure) => (Right::Erasure, Some(vec![kind.to_owned()])),
        Some(Right::Access) => (Right::Access, None),
        _ => return Err(NOTHING.into()),
    };
    let draft = Draft { kinds, ..subject.begins(right, reference, kind).await? };
    subject.moves_on(right, draft).await
}

#[get("/case/<reference>/data/<kind>/<place>/<field>/correct")]
pub(super) async fn page(subject: Subject<'_>, reference: &str, kind: &str, place: usize, field: &str) -> Answer {
    let page = subject.amends(reference, (kind, place, field)).await?;
    let now = subject.correction_of(kind, &page);
    let draft = subject.visit().draft;
    let told = if let Asked::Corrections(told) = &draft.asked { told.iter().find(|told| same(told, &now)) } else { None };
    let page = match told {
        Some(told) => page.told(&subject.state.look, subject.lang, told),
        None => page,
    };
    match subject.typed::<NewValue>() {
        Some(typed) => subject.show(&typed.onto(page)),
        None => subject.show(&page),
    }
}

#[derive(FromForm)]
pub(super) struct NewValue {
    #[field(default = "")]
    should: String,
    #[field(default = "")]
    day: String,
    #[field(default = "")]
    month: String,
    #[field(default = "")]
    year: String,
    #[field(default = "")]
    clock: String,
    #[field(default = "")]
    why: String,
}

#[post("/case/<reference>/data/<kind>/<place>/<field>/correct", data = "<form>")]
pub(super) async fn keep(subject: Subject<'_>, reference: &str, kind: &str, place: usize, field: &str, form: Posted<NewValue>) -> Answer {
    let page = form.0.onto(subject.amends(reference, (kind, place, field)).await?);
    match subject.correction(kind, &page) {
        Ok(correction) => {
            let draft = subject.begins(Right::Rectification, reference, kind).await?;
            subject.moves_on(Right::Rectification, told(draft, correction, subject.path())).await
        }
        Err(problems) => subject.again(&page, problems),
    }
}

/// A draft with one correction more, begun on a page; of two of the same value the last word counts, in the place of the first.
fn told(draft: Draft, correction: Correction, page: &str) -> Draft {
    let Draft { asked, mut begun, .. } = draft;
    let mut told = if let Asked::Corrections(told) = asked { told } else { Vec::new() };
    begun.retain(|before| !before.is(&correction));
    begun.push(FromValue {
        kind: correction.kind.clone(),
        field: correction.field.clone(),
        now: correction.now.clone(),
        page: page.to_owned(),
    });
    match told.iter_mut().find(|before| same(before, &correction)) {
        Some(before) => *before = correction,
        None => told.push(correction),
    }
    Draft { asked: Asked::Corrections(told), begun, ..draft }
}

/// Whether two corrections are of the same value.
fn same(one: &Correction, other: &Correction) -> bool {
    (&one.kind, &one.field, &one.now) == (&other.kind, &other.field, &other.now)
}

impl NewValue {
    /// The page with what was typed.
    fn onto(self, page: Amend) -> Amend {
        let parts = [self.day, self.month, self.year];
        let typed = match page.typed {
            Typed::Words { .. } => Typed::Words { should: self.should },
            Typed::Number { .. } => Typed::Number { should: self.should },
            Typed::Answer { .. } => Typed::Answer { should: self.should },
            Typed::Day { .. } => Typed::Day { parts },
            Typed::Moment { .. } => Typed::Moment { parts, clock: self.clock },
        };
        Amend { typed, why: self.why, ..page }
    }
}

impl Subject<'_> {
    async fn amends(&self, reference: &str, at: (&str, usize, &str)) -> Result<Amend, Refusal> {
        if !self.state.offered().contains(&Right::Rectification) {
            return Err(NOTHING);
        }
        Amend::load(&self.state.look, &self.mailbox, reference, at).await?.ok_or(NOTHING)
    }

    /// What a page says now, as a correction of what is stored.
    fn correction_of(&self, kind: &str, page: &Amend) -> Correction {
        let words = Words { field: page.field.clone(), now: page.stored.clone(), should: page.typed.line(), why: page.why.clone() };
        self.state.correction(kind, &words)
    }

    /// What should be said instead, or everything that is wrong with it.
    fn correction(&self, kind: &str, page: &Amend) -> Result<Correction, Vec<FieldProblem>> {
        let correction = self.correction_of(kind, page);
        let problems = self.state.problems(&Asked::Corrections(vec![correction.clone()]), Right::Rectification);
        if !problems.is_empty() {
            return Err(problems);
        }
        if correction.changes_nothing(self.state.look.organisation.systems()) {
            return Err(vec![FieldProblem::new(SHOULD, Message::new("problem-should-same"))]);
        }
        Ok(correction)
    }

    /// Keeps the draft and leads to the first question that is still open, else to the last look.
    async fn moves_on(&self, right: Right, draft: Draft) -> Answer {
        let on = self.way(right, &draft).missing().unwrap_or(Leg::Check.path());
        self.keep_draft(draft).await?;
        self.go(on)
    }

    /// A request that knows what the case knows. Mistakes that were told and not sent yet stay told, if they are the same person's.
    async fn begins(&self, right: Right, reference: &str, kind: &str) -> Result<Draft, Refusal> {
        let known = Known::load(&self.state.look, &self.mailbox, reference, kind).await?.ok_or(NOTHING)?;
        let acting = known.acting.map(Box::new);
        let before = self.visit().draft;
        let goes_on = right == Right::Rectification && before.right == Some(right) && before.acting == acting && before.item == known.item;
        let (asked, begun) = if goes_on { (before.asked, before.begun) } else { (Asked::Nothing, Vec::new()) };
        Ok(Draft { right: Some(right), item: known.item, asked, acting, begun, ..Draft::default() })
    }
}
