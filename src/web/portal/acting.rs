//! For whom a request is: for herself, or for somebody else, as what, and about whom.

use habeas_core::law::acting::{Acting, Authority, Capacity, Concerned};
use rocket::{FromForm, get, post};

use crate::{
    action::session::{Draft, Visit},
    render::{frame::FieldProblem, texts::Message},
    view::portal::acting::ActFor,
    web::{
        here::{Answer, Here},
        posted::Posted,
    },
};

/// The page, without the language.
pub(super) const PAGE: &str = "/request/for";

#[derive(FromForm)]
pub(super) struct ForWhom {
    #[field(default = "")]
    capacity: String,
    #[field(default = "")]
    name: String,
    #[field(default = "")]
    concerned: String,
    #[field(name = "concerned-email", default = "")]
    email: String,
    #[field(default = "")]
    number: String,
    #[field(default = "")]
    born: String,
}

#[get("/request/for")]
pub(super) fn page(here: Here<'_>) -> Answer {
    let Visit { draft, shut, .. } = here.visit();
    let Some(right) = draft.right else { return here.go("/") };
    // Who somebody asks for is told to nobody who sits down there later.
    if shut {
        return here.go("/request/who");
    }
    if let Some(typed) = here.typed::<ForWhom>() {
        return here.show(&typed.onto(right));
    }
    let Some(acting) = &draft.acting else { return here.show(&ActFor::new(right)) };
    let problems = told(&ActFor::problems(&here.state.look, (right, &draft.asked), acting));
    here.say(&ActFor::of(right, acting), problems)
}

#[post("/request/for", data = "<form>")]
pub(super) async fn keep(here: Here<'_>, form: Posted<ForWhom>) -> Answer {
    let draft = here.visit().draft;
    let Some(right) = draft.right else { return here.go("/") };
    let form = form.0;
    let acting = match Capacity::from_name(&form.capacity) {
        Some(capacity) => Some(form.acting(capacity)),
        None if form.capacity == "self" => None,
        None => return here.again(&form.onto(right), vec![FieldProblem::new("capacity", Message::new("problem-acting-missing"))]),
    };
    if let Some(acting) = &acting {
        let problems = ActFor::problems(&here.state.look, (right, &draft.asked), acting);
        if !problems.is_empty() {
            return here.again(&form.onto(right), told(&problems));
        }
    }
    let visit = here.visit();
    let draft = Draft { acting: acting.map(Box::new), ..draft };
    let on = if visit.proofs.is_empty() { "/request/who" } else { here.way(right, &draft).next() };
    here.keep(Visit { draft, unsent: None, ..visit }).await?;
    here.go(on)
}

impl ForWhom {
    fn acting(&self, capacity: Capacity) -> Acting {
        let said = |text: &str| text.trim().to_owned();
        let concerned = Concerned {
            name: said(&self.concerned),
            email: said(&self.email),
            item: Some(said(&self.number)).filter(|number| !number.is_empty()),
            born_on: self.born.trim().parse().ok().filter(|_| capacity == Capacity::Parent),
        };
        Acting { capacity, name: said(&self.name), concerned, authority: Authority::Claimed }
    }

    /// The page again with what was typed.
    fn onto(&self, right: habeas_core::law::right::Right) -> ActFor {
        ActFor {
            chosen: Some(self.capacity.clone()),
            name: self.name.clone(),
            concerned: self.concerned.clone(),
            email: self.email.clone(),
            number: self.number.clone(),
            born: self.born.clone(),
            ..ActFor::new(right)
        }
    }
}

fn told(problems: &[(&str, &str)]) -> Vec<FieldProblem> {
    problems.iter().map(|(field, code)| FieldProblem::new(field, Message::new(format!("problem-{code}")))).collect()
}
