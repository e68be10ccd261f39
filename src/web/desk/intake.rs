//! Requests that came by telephone or letter.

use habeas_core::law::{lang::Lang, personal::Personal, right::Right};
use jiff::{Timestamp, civil::Date};
use rocket::{FromForm, get, post};

use crate::{
    action::{open_case::OpenCase, refusal::Refusal},
    render::{frame::FieldProblem, texts::Message},
    view::{desk::intake::Intake, portal::request::SecondItem},
    web::{
        here::{Answer, Colleague},
        posted::Posted,
    },
};

#[get("/desk/new")]
pub(super) fn page(colleague: Colleague<'_>) -> Answer {
    if !colleague.eyes().see_all() {
        return Err(Refusal::NotFound("page").into());
    }
    colleague.show(&colleague.blank())
}

impl Colleague<'_> {
    fn blank(&self) -> Intake {
        let today = self.state.door.today();
        Intake {
            rights: self.state.offered(),
            right: None,
            email: String::new(),
            kinds: SecondItem::load(&self.state.look, None, String::new()).kinds,
            number: String::new(),
            languages: self.state.languages().to_vec(),
            answer_in: self.lang,
            received_on: today.to_string(),
            today,
            via: "phone".to_owned(),
        }
    }
}

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
}

#[post("/desk/new", data = "<form>")]
pub(super) async fn open(colleague: Colleague<'_>, form: Posted<Written>) -> Answer {
    let written = form.0;
    let page = || written.onto(colleague.blank());
    let right = Right::from_name(&written.right).filter(|right| colleague.state.offered().contains(right));
    let (Some(right), Ok(day)) = (right, written.received_on.parse::<Date>()) else {
        return colleague.again(&page(), written.problems(right));
    };
    let received_at = colleague.arrived(day);
    let opened = colleague.state.door.run(&colleague.actor, written.case(right, received_at, colleague.lang)).await;
    let reference = opened.or_else(|refusal| colleague.refused(refusal, "email", page))?;
    colleague.go(&format!("/desk/case/{reference}"))
}

impl Colleague<'_> {
    /// The beginning of the day; today's is now, so that it does not lie ahead.
    fn arrived(&self, day: Date) -> Option<Timestamp> {
        let zone = self.state.look.organisation.zone();
        (day != self.state.door.today()).then(|| day.to_zoned(zone).ok().map(|start| start.timestamp())).flatten()
    }
}

impl Written {
    fn case(&self, right: Right, received_at: Option<Timestamp>, lang: Lang) -> OpenCase {
        OpenCase {
            right,
            lang: Lang::from_code(&self.answer_in).unwrap_or(lang),
            email: Personal::new(self.email.clone()),
            item: Some(Personal::new(self.number.clone())),
            kinds: None,
            received_at,
            via: if self.via == "letter" { "letter" } else { "phone" },
        }
    }

    fn problems(&self, right: Option<Right>) -> Vec<FieldProblem> {
        let right = right.is_none().then(|| FieldProblem::new("right", Message::new("problem-right-missing")));
        let day = self.received_on.parse::<Date>().is_err();
        let day = day.then(|| FieldProblem::new("received_on", Message::new("problem-received-in-the-future")));
        right.into_iter().chain(day).collect()
    }

    fn onto(&self, page: Intake) -> Intake {
        Intake {
            right: Right::from_name(&self.right),
            email: self.email.clone(),
            number: self.number.clone(),
            received_on: self.received_on.clone(),
            via: self.via.clone(),
            answer_in: Lang::from_code(&self.answer_in).unwrap_or(page.answer_in),
            ..page
        }
    }
}
