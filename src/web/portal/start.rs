//! The first page: what do you want to do?

use habeas_core::law::right::Right;
use rocket::{FromForm, get, post};

use crate::{
    action::session::{Draft, Memory, Visit},
    render::{frame::FieldProblem, texts::Message},
    view::portal::start::Start,
    web::{
        State,
        here::{Answer, Here},
        posted::Posted,
    },
};

#[derive(FromForm)]
pub(super) struct Choice {
    #[field(default = "")]
    right: String,
}

#[get("/?<right>")]
pub(super) fn page(here: Here<'_>, right: Option<&str>) -> Answer {
    let typed = here.typed::<Choice>().map(|typed| typed.right);
    here.show(&start(here.state, right.or(typed.as_deref()).and_then(Right::from_name)))
}

#[post("/", data = "<form>")]
pub(super) async fn choose(here: Here<'_>, form: Posted<Choice>) -> Answer {
    let page = start(here.state, Right::from_name(&form.0.right));
    let Some(right) = page.chosen else {
        return here.again(&page, vec![FieldProblem::new("right", Message::new("problem-right-missing"))]);
    };
    let visit = here.visit();
    let visit = Visit { draft: begun(right, visit.draft), unsent: None, ..visit };
    let on = if visit.proofs.is_empty() { "/request/who" } else { here.way(right, &visit.draft).next() };
    here.keep(visit).await?;
    here.go(on)
}

/// The same choice again keeps every answer; another one keeps only what belongs to the person.
fn begun(right: Right, draft: Draft) -> Draft {
    if draft.right == Some(right) {
        return draft;
    }
    Draft { right: Some(right), item: draft.item, item_kind: draft.item_kind, acting: draft.acting, ..Draft::default() }
}

fn start(state: &State, chosen: Option<Right>) -> Start {
    let rights = state.offered();
    Start { chosen: chosen.filter(|right| rights.contains(right)), rights }
}

impl State {
    /// The rights that can be used here. What most people want comes first.
    pub(crate) fn offered(&self) -> Vec<Right> {
        const ORDER: [Right; 7] = [
            Right::Access,
            Right::Erasure,
            Right::Rectification,
            Right::Objection,
            Right::ConsentWithdrawal,
            Right::Portability,
            Right::Restriction,
        ];
        let here: Vec<Right> = self.door.workflows.rights().collect();
        ORDER.into_iter().filter(|right| here.contains(right)).collect()
    }
}

impl Here<'_> {
    /// Remembers how far the visit has come; the first thing remembered begins a session.
    pub(super) async fn keep(&self, visit: Visit) -> Result<(), crate::action::refusal::Refusal> {
        match self.open() {
            Some(open) => self.state.door.remember(open, &Memory::Portal(visit)).await,
            None => self.begin(Memory::Portal(visit)).await.map(|_| ()),
        }
    }
}
