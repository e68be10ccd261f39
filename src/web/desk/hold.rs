//! Holds: list, place, look again, release. Releasing takes two.

use std::collections::BTreeSet;

use habeas_core::law::hold::{Basis, Dates, Guard, Scope};
use jiff::civil::Date;
use rocket::{FromForm, get, post};

use crate::{
    action::{place_hold, refusal::Refusal, release_hold, review_hold::PutOffReview},
    render::{frame::FieldProblem, texts::Message},
    view::desk::{
        hold::{Holds, Narrow, PlaceHold, ReleaseHold, ReviewHold},
        load::basis,
    },
    web::{
        here::{Answer, Colleague},
        posted::{Button, Carried, Posted},
    },
};

const NO_HOLD: Refusal = Refusal::NotFound("hold");

/// `running`: where an erasure that began before a hold was placed a moment ago has not ended.
#[get("/desk/holds?<running>")]
pub(super) async fn list(colleague: Colleague<'_>, running: Vec<&str>) -> Answer {
    let page = Holds::load(&colleague.state.look, &colleague.eyes(), &running).await?.ok_or(NO_HOLD)?;
    colleague.reads_list("holds").await?;
    colleague.show(&page)
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
    collection: Vec<String>,
    #[field(default = "")]
    category: String,
    #[field(default = "")]
    query: String,
    #[field(default = "")]
    date_field: String,
    #[field(default = "")]
    from: String,
    #[field(default = "")]
    until: String,
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
    let hold = match placed.hold(colleague.state.door.latest_review()) {
        Ok(hold) => hold,
        Err(problems) => return colleague.again(&page(), problems),
    };
    match colleague.state.door.run(&colleague.actor, hold).await {
        Err(Refusal::NotFound("case")) => colleague.again(&page(), vec![FieldProblem::new("case", Message::new("problem-case-unknown"))]),
        Err(refusal) => colleague.refused(refusal, "case", page),
        Ok(placed) => colleague.go(&list_after(&[placed])),
    }
}

/// The list after these were placed, with what is not over.
pub(super) fn list_after(placed: &[place_hold::Placed]) -> String {
    let running: BTreeSet<&String> = placed.iter().flat_map(|placed| &placed.running).collect();
    let running = running.into_iter().map(|system| format!("running={system}")).collect::<Vec<_>>().join("&");
    if running.is_empty() { "/desk/holds".to_owned() } else { format!("/desk/holds?{running}") }
}

impl Placed {
    fn hold(&self, latest: Date) -> Result<place_hold::PlaceHold, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let query = typed(&self.query).map(Guard::parse).transpose().unwrap_or_else(|wrong| {
            problems.push(FieldProblem::new("query", Message::new("problem-hold-query-unreadable").with("why", wrong.message.as_str())));
            None
        });
        let mut day = |field: &'static str, text: &str| {
            typed(text).map(str::parse::<Date>).transpose().unwrap_or_else(|_| {
                problems.push(FieldProblem::new(field, Message::new("problem-hold-no-day")));
                None
            })
        };
        let (from, until) = (day("from", &self.from), day("until", &self.until));
        let is_ranged = [&self.date_field, &self.from, &self.until].iter().any(|text| typed(text).is_some());
        let scope = Scope {
            systems: self.system.clone(),
            collections: self.collection.clone(),
            categories: typed(&self.category).map(str::to_owned).into_iter().collect(),
            query,
            dates: is_ranged.then(|| Dates { field: self.date_field.trim().to_owned(), from, until }),
            ..Scope::default()
        };
        let (basis, review_on) = (basis(&self.basis), self.review_on.parse::<Date>().ok());
        problems.extend(missing(basis, review_on, latest));
        match (basis, review_on) {
            (Some(basis), Some(review_on)) if problems.is_empty() => {
                let case = typed(&self.case).map(str::to_owned);
                Ok(place_hold::PlaceHold { case, scope, basis, matter: self.matter.clone(), review_on })
            }
            _ => Err(problems),
        }
    }

    fn onto(&self, mut page: PlaceHold) -> PlaceHold {
        for (key, _, ticked) in &mut page.systems {
            *ticked = self.system.contains(key);
        }
        let [category, query, date_field, from, until] =
            [&self.category, &self.query, &self.date_field, &self.from, &self.until].map(|text| text.trim().to_owned());
        let page = page.narrowed(Narrow { category, query, date_field, from, until }, &self.collection);
        PlaceHold { basis: basis(&self.basis), matter: self.matter.clone(), review_on: self.review_on.clone(), ..page }
    }
}

/// What was typed, if anything was.
fn typed(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

fn missing(basis: Option<Basis>, review_on: Option<Date>, latest: Date) -> impl Iterator<Item = FieldProblem> {
    let no_basis = basis.is_none().then(|| FieldProblem::new("basis", Message::new("problem-basis-missing")));
    let no_day = review_on.is_none().then(|| FieldProblem::new("review_on", Message::new("problem-review-invalid").with("date", latest)));
    no_basis.into_iter().chain(no_day)
}

#[get("/desk/holds/<id>/release")]
pub(super) async fn way_out(colleague: Colleague<'_>, id: &str) -> Answer {
    let page = ReleaseHold::load(&colleague.state.look, &colleague.eyes(), id).await?.ok_or(NO_HOLD)?;
    colleague.sure()?;
    colleague.show(&page)
}

#[post("/desk/holds/<id>/release", data = "<form>")]
pub(super) async fn release(colleague: Colleague<'_>, id: &str, form: Carried<Button>) -> Answer {
    colleague.sure_of(form).await?;
    match colleague.state.door.run(&colleague.actor, release_hold::ReleaseHold { id: id.to_owned() }).await? {
        release_hold::Release::Asked => colleague.go(&format!("/desk/holds/{id}/release")),
        release_hold::Release::Released => colleague.go("/desk/holds"),
    }
}

#[get("/desk/holds/<id>/review")]
pub(super) async fn review(colleague: Colleague<'_>, id: &str) -> Answer {
    colleague.show(&colleague.review(id).await?)
}

impl Colleague<'_> {
    async fn review(&self, id: &str) -> Result<ReviewHold, Refusal> {
        let latest = self.state.door.latest_review();
        ReviewHold::load(&self.state.look, &self.eyes(), id, latest).await?.ok_or(NO_HOLD)
    }
}

#[derive(FromForm)]
pub(super) struct PutOff {
    #[field(default = "")]
    review_on: String,
    #[field(default = "")]
    reason: String,
}

#[post("/desk/holds/<id>/review", data = "<form>")]
pub(super) async fn put_off(colleague: Colleague<'_>, id: &str, form: Posted<PutOff>) -> Answer {
    let PutOff { review_on, reason } = form.0;
    let page = ReviewHold { review_on: review_on.clone(), reason: reason.clone(), ..colleague.review(id).await? };
    // What is no date is no day that could be agreed to.
    let review_on = review_on.parse().unwrap_or(Date::MIN);
    match colleague.state.door.run(&colleague.actor, PutOffReview { id: id.to_owned(), review_on, reason }).await {
        Err(refusal) => colleague.refused(refusal, "review_on", || page),
        Ok(()) => colleague.go("/desk/holds"),
    }
}
