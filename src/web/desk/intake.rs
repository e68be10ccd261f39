//! Requests that came by telephone or letter: the same rights and the same questions as at the portal.

use habeas_core::law::{
    ask::{Asked, Correction, RestrictionGround},
    lang::Lang,
    map::split_address,
    personal::Personal,
    right::Right,
};
use jiff::{Timestamp, civil::Date};
use rocket::{FromForm, get, post};

use crate::{
    action::{open_case::OpenCase, refusal::Refusal},
    render::{frame::FieldProblem, texts::Message},
    view::{
        desk::intake::{Correctable, Details, Intake},
        portal::{
            correct::Words,
            details::{Against, Consents, Object},
            request::Scope,
        },
    },
    web::{
        State, asked,
        here::{Answer, Colleague},
        posted::Posted,
    },
};

#[get("/desk/new?<right>")]
pub(super) fn page(colleague: Colleague<'_>, right: Option<&str>) -> Answer {
    if !colleague.eyes().see_all() {
        return Err(Refusal::NotFound("page").into());
    }
    let blank = Written { right: right.unwrap_or_default().to_owned(), ..colleague.blank() };
    colleague.show(&colleague.intake(&blank))
}

/// A request as it is being written down.
#[derive(FromForm)]
pub(super) struct Written {
    #[field(default = "")]
    right: String,
    #[field(default = "")]
    email: String,
    #[field(default = "")]
    number: String,
    #[field(default = "")]
    received_on: String,
    #[field(default = "")]
    via: String,
    #[field(default = "")]
    answer_in: String,
    kind: Vec<String>,
    #[field(default = "")]
    ground: String,
    #[field(default = "")]
    against: String,
    field: Vec<String>,
    now: Vec<String>,
    should: Vec<String>,
    why: Vec<String>,
    #[field(default = "")]
    more: String,
}

#[post("/desk/new", data = "<form>")]
pub(super) async fn open(colleague: Colleague<'_>, form: Posted<Written>) -> Answer {
    let state = colleague.state;
    let written = Written { kind: Scope::known(&state.look, &form.0.kind), ..form.0 };
    if written.more == "yes" {
        return colleague.show(&colleague.intake(&written));
    }
    let right = written.right(state);
    let day = written.received_on.parse::<Date>();
    let (problems, asked) = written.check(state, right, day.is_ok());
    let (Some(right), Ok(day), true) = (right, day, problems.is_empty()) else {
        return colleague.again(&colleague.intake(&written), problems);
    };
    let request = written.case(right, asked, colleague.arrived(day), colleague.lang);
    let opened = state.door.run(&colleague.actor, request).await;
    let reference = opened.or_else(|refusal| colleague.refused(refusal, "email", || colleague.intake(&written)))?;
    colleague.go(&format!("/desk/case/{reference}"))
}

impl Colleague<'_> {
    fn blank(&self) -> Written {
        Written {
            right: String::new(),
            email: String::new(),
            number: String::new(),
            received_on: self.state.door.today().to_string(),
            via: "phone".to_owned(),
            answer_in: self.lang.code().to_owned(),
            kind: Vec::new(),
            ground: String::new(),
            against: String::new(),
            field: Vec::new(),
            now: Vec::new(),
            should: Vec::new(),
            why: Vec::new(),
            more: String::new(),
        }
    }

    /// The page with everything that was written.
    fn intake(&self, written: &Written) -> Intake {
        let right = written.right(self.state);
        Intake {
            rights: self.state.offered(),
            right,
            email: written.email.clone(),
            number: written.number.clone(),
            kinds: match right {
                Some(Right::Erasure | Right::Restriction) => Scope::to_tick(&self.state.look, &written.kind),
                Some(Right::ConsentWithdrawal) => Consents::kinds(&self.state.look, &written.kind),
                Some(Right::Objection) => Object::kinds(&self.state.look, &written.kind),
                _ => Vec::new(),
            },
            details: written.details(self.state, right),
            languages: self.state.languages().to_vec(),
            answer_in: Lang::from_code(&written.answer_in).unwrap_or(self.lang),
            received_on: written.received_on.clone(),
            today: self.state.door.today(),
            via: written.via.clone(),
        }
    }

    /// The beginning of the day; today's is now, so that it does not lie ahead.
    fn arrived(&self, day: Date) -> Option<Timestamp> {
        let zone = self.state.look.organisation.zone();
        (day != self.state.door.today()).then(|| day.to_zoned(zone).ok().map(|start| start.timestamp())).flatten()
    }
}

impl Written {
    fn right(&self, state: &State) -> Option<Right> {
        Right::from_name(&self.right).filter(|right| state.offered().contains(right))
    }

    fn why(&self) -> &str {
        self.why.first().map_or("", String::as_str)
    }

    /// The mistakes in the order of the page. One that was left empty is none.
    fn mistakes(&self) -> Vec<Words> {
        let at = |list: &[String], place: usize| list.get(place).cloned().unwrap_or_default();
        let words = |place| Words {
            field: at(&self.field, place),
            now: at(&self.now, place),
            should: at(&self.should, place),
            why: at(&self.why, place),
        };
        let is_empty = |words: &Words| [&words.field, &words.now, &words.should, &words.why].iter().all(|text| text.trim().is_empty());
        (0..self.field.len()).map(words).filter(|words| !is_empty(words)).collect()
    }

    fn details(&self, state: &State, right: Option<Right>) -> Details {
        match right {
            Some(Right::Rectification) => {
                let mut corrections = self.mistakes();
                if self.more == "yes" || corrections.is_empty() {
                    corrections.push(Words::default());
                }
                Details::Corrections { correctable: Correctable::all(&state.look), corrections }
            }
            Some(Right::Restriction) => {
                Details::Restriction { grounds: RestrictionGround::ALL, ground: RestrictionGround::from_name(&self.ground) }
            }
            Some(Right::Objection) => Details::Objection { against: Against::from_name(&self.against), why: self.why().to_owned() },
            _ => Details::Nothing,
        }
    }

    /// Everything that is wrong, and what is asked beyond the right.
    fn check(&self, state: &State, right: Option<Right>, has_day: bool) -> (Vec<FieldProblem>, Asked) {
        let wrong = |field, key| FieldProblem::new(field, Message::new(key));
        let mut problems = Vec::new();
        let asked = match right {
            None => Err(wrong("right", "problem-right-missing")),
            Some(Right::Rectification) => Ok(Asked::Corrections(self.mistakes().iter().map(|words| correction(state, words)).collect())),
            Some(Right::Restriction) => asked::restriction(&self.ground),
            Some(Right::Objection) => asked::objection(&self.against, self.why()),
            Some(_) => Ok(Asked::Nothing),
        };
        let asked = asked.unwrap_or_else(|problem| {
            problems.push(problem);
            Asked::Nothing
        });
        if let (Some(right), true) = (right, problems.is_empty()) {
            problems.extend(state.problems(&asked, right));
        }
        problems.extend((!has_day).then(|| wrong("received_on", "problem-received-in-the-future")));
        (problems, asked)
    }

    fn case(&self, right: Right, asked: Asked, received_at: Option<Timestamp>, lang: Lang) -> OpenCase {
        let some = matches!(right, Right::Erasure | Right::Restriction | Right::ConsentWithdrawal) && !self.kind.is_empty();
        let kinds = if right == Right::Objection { asked::uses(&self.against, self.kind.clone()) } else { some.then(|| self.kind.clone()) };
        OpenCase {
            right,
            lang: Lang::from_code(&self.answer_in).unwrap_or(lang),
            email: Personal::new(self.email.clone()),
            item: Some(Personal::new(self.number.clone())),
            kinds,
            asked,
            proofs: Vec::new(),
            received_at,
            acting: None,
            via: if self.via == "letter" { "letter" } else { "phone" },
        }
    }
}

/// On this page a field is named with its kind, `system.collection.field`.
fn correction(state: &State, words: &Words) -> Correction {
    let (kind, field) = split_address(&words.field).unwrap_or_default();
    state.correction(kind, &Words { field: field.to_owned(), ..words.clone() })
}
