//! `habeas verify`: is this package or bundle complete and unchanged? Needs no house.

use std::{io::Write as _, path::PathBuf};

use clap::Args;
use habeas_core::crypto::sign::PublicKey;

use super::CliError;
use crate::bundle::verify::verify_file;

/// Verify a package or a bundle
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The ZIP
    file: PathBuf,
    /// A public key you trust, as a PEM file; may be repeated
    #[arg(long = "key", value_name = "FILE")]
    keys: Vec<PathBuf>,
}

pub(super) fn run(args: &VerifyArgs) -> Result<(), CliError> {
    let read = |path: &PathBuf| {
        let pem = std::fs::read_to_string(path).map_err(|error| CliError::File(path.clone(), error))?;
        PublicKey::from_pem(&pem).map_err(|error| CliError::Said(format!("`{}`: {error}", path.display())))
    };
    let keys = args.keys.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let mut out = std::io::stdout().lock();
    match verify_file(&args.file, &keys) {
        Ok(report) => {
            writeln!(out, "{report}")?;
            if report.is_unchanged() { Ok(()) } else { Err(CliError::Unverified) }
        }
        Err(error) => {
            writeln!(out, "{error}")?;
            Err(CliError::Unverified)
        }
    }
}
