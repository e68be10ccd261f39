//! Definitions as pictures and in words, what the linter says of them, and a case's way through its own.

use rocket::{FromForm, get, post};

use crate::{
    action::{catalogue::Catalogue, refusal::Refusal},
    view::{
        desk::workflow::{CasePath, Draft, WorkflowList, WorkflowPage},
        lint::Report,
    },
    web::{
        here::{Answer, Colleague},
        posted::Posted,
    },
};

/// What findings about a draft call it.
const DRAFT: &str = "draft.yaml";

impl Colleague<'_> {
    /// The linter's report, with what is known of this house.
    async fn report(&self, file: &str, text: &str, catalogue: &Catalogue) -> Result<Report, Refusal> {
        let texts = self.state.renderer.texts();
        let around = self.state.look.surroundings(catalogue, |key| texts.has(key)).await?;
        Ok(Report::of(file, text, catalogue, &around))
    }
}

#[get("/desk/workflows")]
pub(super) async fn list(colleague: Colleague<'_>) -> Answer {
    let (mut rows, workflows) = (Vec::new(), colleague.state.door.workflows());
    for (definition, text, current) in workflows.loaded() {
        rows.push((definition, current, colleague.report(&definition.name, text, &workflows.catalogue_of(&definition.sha256)?).await?));
    }
    colleague.show(&WorkflowList::load(&colleague.state.look, rows.into_iter()).await?)
}

/// The one that new cases begin on, unless another is asked for by its hash.
#[get("/desk/workflows/<name>?<sha>")]
pub(super) async fn page(colleague: Colleague<'_>, name: &str, sha: Option<&str>) -> Answer {
    let workflows = colleague.state.door.workflows();
    let found = workflows.loaded().find(|(definition, ..)| definition.name == name && sha.is_none_or(|sha| definition.sha256 == sha));
    let (definition, text, current) = found.ok_or(Refusal::NotFound("workflow"))?;
    let report = colleague.report(&format!("{name}.yaml"), text, &workflows.catalogue_of(&definition.sha256)?).await?;
    colleague.show(&WorkflowPage::load(&colleague.state.look, definition, text, current, colleague.may_move(), report).await?)
}

/// A place to write: empty, or the text of a definition in use to begin with.
#[get("/desk/workflows/draft?<from>")]
pub(super) async fn draft(colleague: Colleague<'_>, from: Option<&str>) -> Answer {
    let mut loaded = colleague.state.door.workflows().loaded();
    let text = from.and_then(|from| loaded.find(|(definition, ..)| definition.name == from)).map(|(_, text, _)| text.to_owned());
    colleague.show(&Draft { text: text.unwrap_or_default(), report: None })
}

#[derive(FromForm)]
pub(super) struct Written {
    #[field(default = "")]
    text: String,
}

/// Reads a draft and says what is wrong with it. Nothing is kept.
#[post("/desk/workflows/draft", data = "<form>")]
pub(super) async fn prove(colleague: Colleague<'_>, form: Posted<Written>) -> Answer {
    let text = form.0.text.replace("\r\n", "\n");
    let report = colleague.report(DRAFT, &text, &colleague.state.door.organisation.catalogue()).await?;
    colleague.show(&Draft { text, report: Some(report) })
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
