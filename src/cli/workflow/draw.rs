//! `habeas workflow draw`: a picture of a definition, or the same in words.

use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use habeas_core::workflow::{
    Compiled,
    draw::{self, Words},
};

use super::{CliError, compiled};

/// The colours of a file of its own.
const STYLE: &str = include_str!("../../../assets/workflow.css");

/// Draw a definition: Mermaid, SVG, BPMN, or the same in words
#[derive(Debug, Args)]
pub struct DrawArgs {
    /// A workflow of the organisation by name (`erasure`), or a file
    #[arg(value_name = "NAME|FILE")]
    workflow: String,
    /// How
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// How a definition is drawn.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A flowchart for a pull request
    Mermaid,
    /// A picture
    Svg,
    /// BPMN 2.0 with its diagram, for modelling tools
    Bpmn,
    /// A numbered list
    Text,
}

pub(super) fn run(house: Option<&Path>, args: &DrawArgs) -> Result<(), CliError> {
    let drawn = drawn(&compiled(house, &args.workflow)?, args.format);
    match &args.out {
        Some(path) => std::fs::write(path, drawn).map_err(|error| CliError::File(path.clone(), error)),
        None => Ok(io::stdout().lock().write_all(drawn.as_bytes())?),
    }
}

fn drawn(def: &Compiled, format: Format) -> String {
    match format {
        Format::Mermaid => draw::mermaid(def),
        Format::Svg => draw::svg(def, &words(def), None, Some(STYLE)),
        Format::Bpmn => draw::bpmn(def),
        Format::Text => draw::outline(def).to_string(),
    }
}

fn words(def: &Compiled) -> Words {
    let name = def.title.get("en").unwrap_or(&def.name);
    Words {
        title: format!("{name} ({}, version {})", def.name, def.version),
        description: format!(
            "{} stages from top to bottom, their steps, and where every outcome leads. `habeas workflow draw {} --format text` says the same in words.",
            def.stages.len(),
            def.name
        ),
    }
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;

    use super::{Format, drawn};

    #[test]
    fn every_format_is_what_it_says() {
        let def = super::super::compiled(None, "access").unwrap();
        let begins = |format: &Format| match format {
            Format::Mermaid => "---\ntitle: \"Access to personal data\"\n---\nflowchart TD\n",
            Format::Svg => "<svg xmlns=",
            Format::Bpmn => "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<definitions xmlns=",
            Format::Text => "1. receive\n   1.1 receipt: do letter.send receipt\n",
        };
        for format in Format::value_variants() {
            let text = drawn(&def, *format);
            assert!(text.starts_with(begins(format)) && text.ends_with('\n'), "{format:?}: {text}");
        }
        assert!(drawn(&def, Format::Svg).contains("<style>"), "a file of its own brings its colours");
    }
}
