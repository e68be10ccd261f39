//! Holds: list, place, release. Releasing takes two.

use habeas_core::law::hold::Basis;
use jiff::civil::Date;
use rocket::{FromForm, get, post};

use crate::{
    action::{place_hold, refusal::Refusal, release_hold},
    render::{frame::FieldProblem, texts::Message},
    view::desk::{
        hold::{Holds, PlaceHold, ReleaseHold},
        load::basis,
    },
    web::{
        here::{Answer, Colleague},
        posted::{Button, Posted},
    },
};

const NO_HOLD: Refusal = Refusal::NotFound("hold");

#[get("/desk/holds")]
pub(super) async fn list(colleague: Colleague<'_>) -> Answer {
    colleague.show(&Holds::load(&colleague.state.look, &colleague.eyes()).await?.ok_or(NO_HOLD)?)
}

#[get("/desk/holds/new?<case>")]
pub(super) fn form(colleague: Colleague<'_>, case: Option<&str>) -> Answer {
    if !colleague.eyes().see_all() {
        return Err(NO_HOLD.into());
    }
    colleague.show(&colleague.empty(case.unwrap_or_default()))
}

impl Colleague<'_> {
    fn empty(&self, case: &str) -> PlaceHold {
        PlaceHold::new(&self.state.look, case, self.state.door.latest_review())
    }
}

#[derive(FromForm)]
pub(super) struct Placed {
    #[field(default = "")]
    case: String,
    system: Vec<String>,
    #[field(default = "")]
    basis: String,
    #[field(default = "")]
    matter: String,
    #[field(default = "")]
    review_on: String,
}

#[post("/desk/holds/new", data = "<form>")]
pub(super) async fn place(colleague: Colleague<'_>, form: Posted<Placed>) -> Answer {
    let placed = form.0;
    let page = || placed.onto(colleague.empty(placed.case.trim()));
    let (Some(basis), Ok(review_on)) = (basis(&placed.basis), placed.review_on.parse::<Date>()) else {
        return colleague.again(&page(), placed.problems(colleague.state.door.latest_review()));
    };
    let hold = placed.hold(basis, review_on);
    match colleague.state.door.run(&colleague.actor, hold).await {
        Err(Refusal::NotFound("case")) => colleague.again(&page(), vec![FieldProblem::new("case", Message::new("problem-case-unknown"))]),
        Err(refusal) => colleague.refused(refusal, "case", page),
        Ok(_) => colleague.go("/desk/holds"),
    }
}

impl Placed {
    fn hold(&self, basis: Basis, review_on: Date) -> place_hold::PlaceHold {
        let case = Some(self.case.trim().to_owned()).filter(|case| !case.is_empty());
        place_hold::PlaceHold { case, systems: self.system.clone(), collections: Vec::new(), basis, matter: self.matter.clone(), review_on }
    }

    fn problems(&self, latest: Date) -> Vec<FieldProblem> {
        let no_basis = basis(&self.basis).is_none().then(|| FieldProblem::new("basis", Message::new("problem-basis-missing")));
        let no_day = self.review_on.parse::<Date>().is_err();
        let no_day = no_day.then(|| FieldProblem::new("review_on", Message::new("problem-review-invalid").with("date", latest)));
        no_basis.into_iter().chain(no_day).collect()
    }

    fn onto(&self, mut page: PlaceHold) -> PlaceHold {
        for (key, _, ticked) in &mut page.systems {
            *ticked = self.system.contains(key);
        }
        PlaceHold { basis: basis(&self.basis), matter: self.matter.clone(), review_on: self.review_on.clone(), ..page }
    }
}

#[get("/desk/holds/<id>/release")]
pub(super) async fn way_out(colleague: Colleague<'_>, id: &str) -> Answer {
    colleague.show(&ReleaseHold::load(&colleague.state.look, &colleague.eyes(), id).await?.ok_or(NO_HOLD)?)
}

#[post("/desk/holds/<id>/release", data = "<_form>")]
pub(super) async fn release(colleague: Colleague<'_>, id: &str, _form: Posted<Button>) -> Answer {
    match colleague.state.door.run(&colleague.actor, release_hold::ReleaseHold { id: id.to_owned() }).await? {
        release_hold::Release::Asked => colleague.go(&format!("/desk/holds/{id}/release")),
        release_hold::Release::Released => colleague.go("/desk/holds"),
    }
}
