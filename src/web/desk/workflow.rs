//! Definitions as pictures and in words, and a case's way through its own.

use rocket::get;

use crate::{
    action::refusal::Refusal,
    view::desk::workflow::{CasePath, WorkflowList, WorkflowPage},
    web::here::{Answer, Colleague},
};

#[get("/desk/workflows")]
pub(super) async fn list(colleague: Colleague<'_>) -> Answer {
    let loaded = colleague.state.door.workflows().loaded().map(|(definition, _, current)| (definition, current));
    colleague.show(&WorkflowList::load(&colleague.state.look, loaded).await?)
}

/// The one that new cases begin on, unless another is asked for by its hash.
#[get("/desk/workflows/<name>?<sha>")]
pub(super) async fn page(colleague: Colleague<'_>, name: &str, sha: Option<&str>) -> Answer {
    let mut loaded = colleague.state.door.workflows().loaded();
    let found = loaded.find(|(definition, ..)| definition.name == name && sha.is_none_or(|sha| definition.sha256 == sha));
    let (definition, text, current) = found.ok_or(Refusal::NotFound("workflow"))?;
    colleague.show(&WorkflowPage::load(&colleague.state.look, definition, text, current, colleague.may_move()).await?)
}

#[get("/desk/case/<reference>/path")]
pub(super) async fn path(colleague: Colleague<'_>, reference: &str) -> Answer {
    let definition = colleague.state.door.definition_of(reference).await?;
    let page = CasePath::load(&colleague.state.look, &colleague.eyes(), reference, definition).await?;
    let page = page.ok_or(Refusal::NotFound("case"))?;
    colleague.reads(reference, "path").await?;
    let newest = colleague.state.door.workflows().loaded().any(|(loaded, _, current)| current && loaded.sha256 == definition.sha256);
    colleague.show(&CasePath { may_move: !newest && page.is_open() && colleague.may_move(), ..page })
}
