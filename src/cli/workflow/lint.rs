//! `habeas workflow lint`: what definitions owe and do not keep, before they are used.

use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use clap::Args;
use habeas_core::workflow::{self, Diagnostic, Surroundings};

use super::{
    super::{CliError, open, say},
    organisation,
    report::{self, Format},
};
use crate::{organisation::Organisation, view::lint};

/// Prove what definitions owe by law
#[derive(Debug, Args)]
pub struct LintArgs {
    /// Definitions; the shipped ones and the organisation's own if left out
    files: Vec<PathBuf>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Also ask the house: is there somebody in every role, is everything written in every language?
    #[arg(long)]
    here: bool,
    /// Print what a code proves, where it stands in the law and how to mend it: `G021`, or the whole code
    #[arg(long, value_name = "CODE", conflicts_with_all = ["files", "here", "format"])]
    explain: Option<String>,
}

pub(super) async fn run(house: Option<&Path>, args: &LintArgs) -> Result<(), CliError> {
    if let Some(code) = &args.explain {
        return Ok(io::stdout().lock().write_all(explained(code)?.as_bytes())?);
    }
    let organisation = organisation(house)?;
    let files = files(&organisation, &args.files)?;
    let catalogue = organisation.catalogue();
    let around = if args.here {
        let house = open(house).await?;
        house.look.surroundings(&catalogue, |key| house.renderer.texts().has(key)).await?
    } else {
        Surroundings::default()
    };
    let problems = files.iter().filter_map(|(file, text)| workflow::load_in(file, text, &catalogue, &around).err());
    let found: Vec<Diagnostic> = problems.flatten().collect();
    report::write(&found, args.format, &mut io::stdout().lock())?;
    if found.is_empty() {
        say(&format!("{} workflows are clean", files.len()));
        return Ok(());
    }
    Err(CliError::Unlawful(found.len()))
}

/// File names and texts.
fn files(organisation: &Organisation, named: &[PathBuf]) -> Result<Vec<(String, String)>, CliError> {
    if named.is_empty() {
        return Ok(organisation.workflows().to_vec());
    }
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).map_err(|error| CliError::File(path.clone(), error))?;
        Ok((path.display().to_string(), text))
    };
    named.iter().map(read).collect()
}

/// The pages of a code, or of every code of its number.
fn explained(code: &str) -> Result<String, CliError> {
    let asked = code.to_uppercase();
    let codes = lint::codes();
    let of_number = |known: &&String| known.to_uppercase() == asked || known.split('-').next() == Some(&asked);
    let pages: Vec<String> = codes.iter().filter(of_number).filter_map(|code| lint::page(code)).collect();
    if pages.is_empty() {
        return Err(CliError::Said(format!("there is no code `{code}`; there is {}", codes.join(", "))));
    }
    Ok(pages.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_explains_all_its_codes_and_an_unknown_one_lists_them() {
        let pages = explained("g013").unwrap();
        assert!(pages.contains("# G013-form-not-for-role") && pages.contains("# G013-refusal-unproven"), "{pages}");
        assert!(explained("H012-endless-circle").unwrap().starts_with("# H012-endless-circle: "));
        assert!(explained("G999").unwrap_err().to_string().contains("G021-irreversible-unguarded"));
    }

    #[tokio::test]
    async fn findings_are_an_invalid_configuration() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("erasure.yaml");
        let text = ERASURE.replace("    point-of-no-return: true\n", "");
        std::fs::write(&file, text).unwrap();
        let args = LintArgs { files: vec![file], format: Format::Github, here: false, explain: None };
        let error = run(None, &args).await.unwrap_err();
        assert_eq!(error.code(), 3, "{error}");
    }

    const ERASURE: &str = include_str!("../../../workflows/erasure.yaml");

    fn report(text: &str) -> lint::Report {
        lint::Report::of("draft.yaml", text, &crate::action::catalogue::catalogue(), &Surroundings::default())
    }

    #[test]
    fn a_definition_in_order_proves_every_code_but_those_about_a_house() {
        let clean = report(ERASURE);
        assert!(clean.findings.is_empty());
        assert_eq!(clean.proven.len(), lint::codes().len() - 3);
        let answered = clean.proven.iter().find(|it| it.code == "G001-unanswered").unwrap();
        assert_eq!((answered.title.as_str(), answered.law), ("every case ends with an answer", Some("Art. 12(3), 12(4)")));
    }

    #[test]
    fn a_finding_has_its_place_its_caret_and_its_way_and_its_code_is_not_proven() {
        let wrong = report(&ERASURE.replace("until: execute, then: receive}", "until: execute, then: triage}"));
        let lint::Found { head, snippet, more, .. } = &wrong.findings[0];
        assert!(head.starts_with("draft.yaml:") && snippet.ends_with('^') && more.contains("path: receipt -amend-> assess"), "{more}");
        let codes: Vec<&str> = wrong.proven.iter().map(|it| it.code.as_str()).collect();
        assert!(codes.contains(&"G001-unanswered") && !codes.contains(&"G021-irreversible-unguarded"), "{codes:?}");
    }

    #[test]
    fn what_cannot_be_read_proves_nothing_and_what_cannot_be_compiled_only_that_it_was_read() {
        assert!(report("workflow: [").proven.is_empty());
        let unknown = report(&ERASURE.replace("do: identity.match", "do: identity.mach"));
        assert!(!unknown.proven.is_empty() && unknown.proven.iter().all(|it| it.code.starts_with('Y')), "{unknown:?}");
    }
}
