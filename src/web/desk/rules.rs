//! The retention rules, to be read aloud.

use rocket::get;

use crate::{
    view::desk::rules::RulesPage,
    web::here::{Answer, Colleague},
};

#[get("/desk/rules")]
pub(super) fn page(colleague: Colleague<'_>) -> Answer {
    colleague.show(&RulesPage::load(&colleague.state.look))
}
