//! A correction: which piece of a kind, what it says and what it should say. Several may be told; each can be changed or taken off.

use habeas_core::law::{
    ask::{Asked, Correction},
    right::Right,
};
use rocket::{FromForm, get, post};

use super::way::Leg;
use crate::{
    action::{refusal::Refusal, session::Draft},
    view::portal::correct::{Correct, Words},
    web::{
        error::Turned,
        here::{Answer, Subject},
        posted::Posted,
    },
};

const NO_KIND: Refusal = Refusal::NotFound("kind");

#[derive(FromForm)]
pub(super) struct Mistake {
    #[field(default = "")]
    field: String,
    #[field(default = "")]
    now: String,
    #[field(default = "")]
    should: String,
    #[field(default = "")]
    why: String,
}

impl From<Mistake> for Words {
    fn from(Mistake { field, now, should, why }: Mistake) -> Self {
        Self { field, now, should, why }
    }
}

#[get("/request/details/<kind>?<place>")]
pub(super) fn page(subject: Subject<'_>, kind: &str, place: Option<usize>) -> Answer {
    let (told, _) = subject.corrections()?;
    let words = || place.and_then(|place| told.get(place)).map(|told| subject.words(told)).unwrap_or_default();
    let words = subject.typed::<Mistake>().map_or_else(words, Words::from);
    subject.show(&subject.mistake(kind, place, words)?)
}

#[post("/request/details/<kind>?<place>", data = "<form>")]
pub(super) async fn keep(subject: Subject<'_>, kind: &str, place: Option<usize>, form: Posted<Mistake>) -> Answer {
    let (mut told, draft) = subject.corrections()?;
    let page = subject.mistake(kind, place, form.0.into())?;
    let correction = subject.state.correction(kind, &page.words);
    let problems = subject.state.problems(&Asked::Corrections(vec![correction.clone()]), Right::Rectification);
    if !problems.is_empty() {
        return subject.again(&page, problems);
    }
    match place.and_then(|place| told.get_mut(place)) {
        Some(before) => *before = correction,
        None => told.push(correction),
    }
    let draft = Draft { asked: Asked::Corrections(told), ..draft };
    let on = subject.way(Right::Rectification, &draft).after(Leg::Details);
    subject.keep_draft(draft).await?;
    subject.go(on)
}

#[derive(FromForm)]
pub(super) struct Place {
    place: usize,
}

/// Takes one off; without any, the question is asked again.
#[post("/request/remove", data = "<form>")]
pub(super) async fn remove(subject: Subject<'_>, form: Posted<Place>) -> Answer {
    let (mut told, draft) = subject.corrections()?;
    if form.0.place < told.len() {
        told.remove(form.0.place);
    }
    let asked = if told.is_empty() { Asked::Nothing } else { Asked::Corrections(told) };
    let draft = Draft { asked, ..draft };
    let on = subject.way(Right::Rectification, &draft).missing().unwrap_or(Leg::Check.path());
    subject.keep_draft(draft).await?;
    subject.go(on)
}

impl Subject<'_> {
    /// What was told so far, and the rest of the request.
    fn corrections(&self) -> Result<(Vec<Correction>, Draft), Turned> {
        let (right, mut draft) = self.draft()?;
        match std::mem::take(&mut draft.asked) {
            Asked::Corrections(told) => Ok((told, draft)),
            _ if right == Right::Rectification => Ok((Vec::new(), draft)),
            _ => Err(Refusal::NotFound("page").into()),
        }
    }

    fn words(&self, told: &Correction) -> Words {
        Words::of(&self.state.look, self.lang, told)
    }

    fn mistake(&self, kind: &str, place: Option<usize>, words: Words) -> Result<Correct, Refusal> {
        let back = if place.is_some() { Leg::Check } else { Leg::Details }.path();
        Correct::load(&self.state.look, kind, words, back).ok_or(NO_KIND)
    }
}
