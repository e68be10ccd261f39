//! What a right asks beyond itself: a ground, an objection, a consent. What a correction asks stands in `correct`.

use habeas_core::law::{
    ask::{Asked, Objection, RestrictionGround},
    right::Right,
};
use rocket::{FromForm, get, post};

use super::way::Leg;
use crate::{
    action::session::Draft,
    render::frame::FieldProblem,
    view::portal::{
        correct::WhichKind,
        details::{Against, Consents, Object, Restrict, SendFile},
        request::Scope,
    },
    web::{
        State, asked,
        here::{Answer, Subject},
        posted::Posted,
    },
};

#[derive(FromForm)]
pub(super) struct Details {
    #[field(default = "")]
    ground: String,
    #[field(default = "")]
    against: String,
    #[field(default = "")]
    why: String,
    #[field(default = "")]
    scope: String,
    #[field(default = "")]
    to: String,
    kind: Vec<String>,
}

#[get("/request/details")]
pub(super) fn page(subject: Subject<'_>) -> Answer {
    let (right, draft) = subject.draft()?;
    let typed = subject.typed::<Details>().unwrap_or_else(|| Details::of(&draft));
    subject.details(right, &draft, &typed, Vec::new())
}

#[post("/request/details", data = "<form>")]
pub(super) async fn keep(subject: Subject<'_>, form: Posted<Details>) -> Answer {
    let (right, draft) = subject.draft()?;
    let typed = Details { kind: Scope::known(&subject.state.look, &form.0.kind), ..form.0 };
    if let (Right::Rectification, [kind, ..]) = (right, typed.kind.as_slice()) {
        return subject.go(&format!("/request/details/{kind}"));
    }
    match typed.read(subject.state, right) {
        Ok((asked, kinds)) => {
            let draft = Draft { kinds, asked, extent: true, ..draft };
            let on = subject.way(right, &draft).after(Leg::Details);
            subject.keep_draft(draft).await?;
            subject.go(on)
        }
        Err(problems) => subject.details(right, &draft, &typed, problems),
    }
}

impl Subject<'_> {
    /// The page of a right's own questions, as they were answered so far.
    fn details(&self, right: Right, draft: &Draft, typed: &Details, problems: Vec<FieldProblem>) -> Answer {
        let look = &self.state.look;
        let back = self.way(right, draft).before(Leg::Details);
        let kinds = (typed.scope == "choose").then_some(&typed.kind);
        match right {
            Right::Rectification => {
                // One mistake is told already: this is another one.
                let back = if draft.asked == Asked::Nothing { back } else { Leg::Check.path() };
                self.say(&WhichKind::load(look, back), problems)
            }
            Right::Restriction => self.say(&Restrict::load(look, RestrictionGround::from_name(&typed.ground), kinds, back), problems),
            Right::Objection => {
                self.say(&Object::load(look, Against::from_name(&typed.against), typed.why.clone(), &typed.kind, back), problems)
            }
            Right::ConsentWithdrawal => self.say(&Consents::load(look, kinds, back), problems),
            Right::Portability => match SendFile::load(look, &typed.to) {
                Some(page) => self.say(&page, problems),
                None => self.go(self.way(right, draft).next()),
            },
            Right::Access | Right::Erasure => self.go(self.way(right, draft).next()),
        }
    }
}

impl Details {
    /// What was answered before.
    fn of(draft: &Draft) -> Self {
        let (ground, against, why) = match &draft.asked {
            Asked::Restriction { ground } => (ground.name(), "", ""),
            Asked::Objection(Objection::Marketing) => ("", "marketing", ""),
            Asked::Objection(Objection::Other { why }) => ("", "other", why.as_str()),
            Asked::Nothing | Asked::Corrections(_) | Asked::Transmission { .. } => ("", "", ""),
        };
        Self {
            ground: ground.to_owned(),
            against: against.to_owned(),
            why: why.to_owned(),
            to: if let Asked::Transmission { to } = &draft.asked { to.clone() } else { String::new() },
            scope: if draft.kinds.is_some() { "choose" } else { "everything" }.to_owned(),
            kind: draft.kinds.clone().unwrap_or_default(),
        }
    }

    /// What is asked and of which kinds, or everything that is wrong.
    fn read(&self, state: &State, right: Right) -> Result<(Asked, Option<Vec<String>>), Vec<FieldProblem>> {
        let asked = match right {
            Right::Rectification => Err(asked::which_kind_missing()),
            Right::Restriction => asked::restriction(&self.ground),
            Right::Objection => asked::objection(&self.against, &self.why),
            Right::Portability => asked::transmission(state.look.organisation.receivers(), &self.to),
            Right::Access | Right::Erasure | Right::ConsentWithdrawal => Ok(Asked::Nothing),
        };
        let (kinds, wrong_scope) = match right {
            Right::Restriction | Right::ConsentWithdrawal => asked::scope(&self.scope, self.kind.clone()),
            Right::Objection => (asked::uses(&self.against, self.kind.clone()), None),
            _ => (None, None),
        };
        let (asked, mut problems) = match asked {
            Ok(asked) => {
                let problems = state.problems(&asked, right);
                (asked, problems)
            }
            Err(problem) => (Asked::Nothing, vec![problem]),
        };
        problems.extend(wrong_scope);
        if problems.is_empty() { Ok((asked, kinds)) } else { Err(problems) }
    }
}
