//! `habeas map draw`: a picture of the data map.

use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use habeas_core::law::{
    lang::Lang,
    picture::{self, Picture},
};

use super::{super::CliError, organisation};

/// The colours of a file of its own.
const STYLE: &str = include_str!("../../../assets/workflow.css");

/// Draw the data map
#[derive(Debug, Args)]
pub struct DrawArgs {
    /// How
    #[arg(long, value_enum, default_value_t = Format::Svg)]
    format: Format,
    /// Only this system
    #[arg(long, value_name = "NAME")]
    system: Option<String>,
    /// In which language: nb, nl or en
    #[arg(long, default_value = "en", value_parser = lang)]
    lang: Lang,
    /// Write to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// How a data map is drawn.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A picture
    Svg,
    /// A flowchart for a pull request
    Mermaid,
}

fn lang(code: &str) -> Result<Lang, String> {
    Lang::from_code(code).ok_or_else(|| format!("`{code}` is not a language of habeas; write nb, nl or en"))
}

pub(super) fn run(house: Option<&Path>, args: &DrawArgs) -> Result<(), CliError> {
    let (organisation, _) = organisation(house)?;
    let systems = organisation.systems();
    if let Some(named) = args.system.as_ref().filter(|named| organisation.system(named).is_none()) {
        let known = systems.iter().map(|system| format!("`{}`", system.key)).collect::<Vec<_>>().join(", ");
        return Err(CliError::Usage(format!("there is no system `{named}`; there is {known}")));
    }
    let picture = Picture::of(systems, args.system.as_deref(), args.lang);
    let drawn = match args.format {
        Format::Svg => picture::svg(&picture, Some(STYLE)),
        Format::Mermaid => picture::mermaid(&picture),
    };
    match &args.out {
        Some(path) => std::fs::write(path, drawn).map_err(|error| CliError::File(path.clone(), error)),
        None => Ok(io::stdout().lock().write_all(drawn.as_bytes())?),
    }
}
