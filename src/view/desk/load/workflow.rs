//! Definitions and the ways of cases through them.

use habeas_core::workflow::{
    Compiled, Event,
    draw::{Path, outline, picture},
};

use super::OnDesk;
use crate::{
    store::{StoreError, case, event},
    view::{
        desk::{
            eyes::Eyes,
            workflow::{CasePath, WorkflowList, WorkflowPage, WorkflowRow},
        },
        lint::Report,
        look::Look,
    },
};

impl WorkflowList {
    /// Definitions, whether new cases may begin on them, and how much the linter says of them.
    pub async fn load<'d>(look: &Look, loaded: impl Iterator<Item = (&'d Compiled, bool, Report)>) -> Result<Self, StoreError> {
        let cases = case::open_per_definition(&look.store).await?;
        let open = |def: &Compiled| cases.get(&def.sha256).copied().unwrap_or_default();
        let row = |(def, current, report): (&Compiled, bool, Report)| WorkflowRow {
            findings: report.findings.len(),
            ..WorkflowRow::of(def, open(def), current)
        };
        Ok(Self { rows: loaded.map(row).collect() })
    }
}

impl WorkflowPage {
    /// One definition.
    pub async fn load(look: &Look, def: &Compiled, text: &str, current: bool, leads: bool, report: Report) -> Result<Self, StoreError> {
        let cases = case::open_per_definition(&look.store).await?.get(&def.sha256).copied().unwrap_or_default();
        let about = WorkflowRow::of(def, cases, current);
        Ok(Self { about, picture: picture(def, None), outline: outline(def), text: text.to_owned(), may_move: leads && current, report })
    }
}

impl CasePath {
    /// The way of a case, as its journal tells it; a system owner sees none.
    pub async fn load(look: &Look, eyes: &Eyes, reference: &str, def: &Compiled) -> Result<Option<Self>, StoreError> {
        let Some(desk) = OnDesk::open(look, eyes, reference).await?.filter(|_| eyes.see_all()) else { return Ok(None) };
        let unreadable = || StoreError::Unreadable { doing: "replaying a journal", column: "body" };
        let journal = event::of_case(&look.store, reference).await?;
        let events: Vec<Event> =
            journal.iter().map(|event| serde_json::from_str(&event.body)).collect::<Result<_, _>>().map_err(|_| unreadable())?;
        let path = Path::of(def, &events).map_err(|_| unreadable())?;
        Ok(Some(Self::of(&desk.case.id, def, WorkflowRow::of(def, 0, true), &path)))
    }
}
