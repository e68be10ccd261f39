//! `habeas workflow …`: work on definitions. What asks about cases opens the house.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use habeas_core::workflow::{self, Compiled};

use super::CliError;
use crate::{config::Config, house::HouseError, organisation::Organisation};

mod bench;
pub mod diff;
pub mod draw;
mod junit;
pub mod lint;
pub mod migrate;
mod record;
pub(super) mod report;
pub mod schema;
pub mod test;

/// What to do with a definition.
#[derive(Debug, Subcommand)]
pub enum WorkflowCommand {
    /// Compare two versions of a definition
    Diff(diff::DiffArgs),
    /// Draw a definition: Mermaid, SVG, BPMN, or the same in words
    Draw(draw::DrawArgs),
    /// Prove what definitions owe by law: nobody unanswered, nothing erased unproven, no deadline missed
    Lint(lint::LintArgs),
    /// Move open cases to the newest version of their workflow
    Migrate(migrate::MigrateArgs),
    /// Print the JSON Schema of the workflow language, for editors
    Schema(schema::SchemaArgs),
    /// Play scenarios against the workflows: the shipped ones and the organisation's own
    Test(test::TestArgs),
}

pub(super) async fn run(house: Option<&Path>, command: &WorkflowCommand) -> Result<(), CliError> {
    match command {
        WorkflowCommand::Diff(args) => diff::run(house, args).await,
        WorkflowCommand::Draw(args) => draw::run(house, args),
        WorkflowCommand::Lint(args) => lint::run(house, args).await,
        WorkflowCommand::Migrate(args) => migrate::run(house, args).await,
        WorkflowCommand::Schema(args) => schema::run(house, args),
        WorkflowCommand::Test(args) => test::run(house, args).await,
    }
}

fn lines<T: ToString>(all: &[T]) -> String {
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The organisation of a house, or of the configuration where there is none.
fn organisation(house: Option<&Path>) -> Result<Organisation, CliError> {
    let (config, _) = Config::read(house)?;
    Ok(Organisation::read(&config.source()).map_err(HouseError::from)?)
}

/// A definition's file name and text. A bare name is one of the organisation's or of those shipped; anything else is a path.
fn text(organisation: &Organisation, named: &str) -> Result<(String, String), CliError> {
    let path = PathBuf::from(named);
    if path.extension().is_some() || path.components().count() > 1 {
        let text = std::fs::read_to_string(&path).map_err(|error| CliError::File(path, error))?;
        return Ok((named.to_owned(), text));
    }
    let stem = |file: &str| Path::new(file).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let known = organisation.workflows();
    known.iter().find(|(file, _)| stem(file) == named).cloned().ok_or_else(|| {
        let all = known.iter().map(|(file, _)| format!("`{}`", stem(file))).collect::<Vec<_>>().join(", ");
        CliError::Said(format!("there is no workflow `{named}`; there is {all}, or name a file such as `./{named}.yaml`"))
    })
}

/// A definition that may run; all of its problems at once where it may not.
fn compiled(house: Option<&Path>, named: &str) -> Result<Compiled, CliError> {
    let organisation = organisation(house)?;
    let (file, text) = text(&organisation, named)?;
    workflow::load(&file, &text, &organisation.catalogue()).map_err(|problems| {
        let words = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        CliError::House(HouseError::Workflows(words))
    })
}

#[cfg(test)]
mod tests {
    use super::compiled;

    #[test]
    fn a_file_with_problems_tells_all_of_them_and_is_a_configuration_error() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bad.yaml");
        std::fs::write(&file, "workflow: bad\nversion: 1\n").unwrap();
        let error = compiled(None, file.to_str().unwrap()).unwrap_err();
        assert_eq!(error.code(), 3);
        let words = error.to_string();
        assert!(words.contains("needs `language`") && words.contains("needs `stages`") && words.contains("bad.yaml:1:1"), "{words}");
    }

    #[test]
    fn a_bare_name_is_a_workflow_of_the_house_and_anything_else_a_file() {
        let shipped = format!("{}/workflows/erasure.yaml", env!("CARGO_MANIFEST_DIR"));
        assert_eq!(compiled(None, "erasure").unwrap().sha256, compiled(None, &shipped).unwrap().sha256);
        let unknown = compiled(None, "erazure").unwrap_err();
        assert!(unknown.code() == 1 && unknown.to_string().contains("there is `access`, `consent-withdrawal`, `erasure`"), "{unknown}");
        assert!(compiled(None, "./nowhere/erasure.yaml").unwrap_err().to_string().contains("./nowhere/erasure.yaml"));
    }
}
