//! `habeas map export`: the data map as plain Fideslang, for Fides and whoever else reads it.

use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use clap::Args;
use habeas_core::law::fideslang::export::{Extent, export};

use crate::{
    cli::CliError,
    config::Config,
    house::HouseError,
    organisation::{Organisation, Source},
};

/// Arguments of `map export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// One system, by its `fides_key`; every system if left out
    system: Option<String>,
    /// Keep what habeas added: labels, purposes, the connection
    #[arg(long, requires = "system")]
    with_habeas: bool,
    /// The organisation's folder; the configured organisation if left out
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Writes to standard output.
pub(super) fn run(house: Option<&Path>, args: &ExportArgs) -> Result<(), CliError> {
    let (config, _) = Config::read(house)?;
    let source = args.folder.clone().map_or_else(|| config.source(), Source::Disk);
    let organisation = Organisation::read(&source).map_err(HouseError::from)?;
    let written = write(&organisation, args.system.as_deref(), args.with_habeas)?;
    Ok(io::stdout().lock().write_all(written.as_bytes())?)
}

fn write(organisation: &Organisation, system: Option<&str>, with_habeas: bool) -> Result<String, CliError> {
    let texts: Vec<&str> =
        organisation.maps().filter(|(key, _)| system.is_none_or(|wanted| wanted == *key)).map(|(_, text)| text).collect();
    if texts.is_empty() {
        let known = organisation.systems().iter().map(|system| format!("`{}`", system.key)).collect::<Vec<_>>().join(", ");
        return Err(CliError::Said(format!("there is no system `{}`; known are {known}", system.unwrap_or_default())));
    }
    export(&texts, if with_habeas { Extent::WithHabeas } else { Extent::Fideslang }).map_err(CliError::Said)
}

#[cfg(test)]
mod tests {
    use habeas_core::law::fideslang::parse;

    use super::write;
    use crate::organisation::{Organisation, Source};

    #[test]
    fn one_system_or_all_of_them_with_or_without_what_habeas_added() {
        let organisation = Organisation::read(&Source::Shipped("visumexpress".to_owned())).unwrap();
        let all = write(&organisation, None, false).unwrap();
        assert_eq!(all.matches("\n  - fides_key: ").count(), organisation.systems().len() + all.matches("parent_key").count());
        assert!(!all.contains("habeas:") && all.contains("  - fides_key: shop\n"));
        let shop = write(&organisation, Some("shop"), true).unwrap();
        assert_eq!(Some(&parse("shop.yaml", &shop).unwrap().value), organisation.system("shop"));
        let error = write(&organisation, Some("shopp"), false).unwrap_err().to_string();
        assert!(error.contains("`shopp`") && error.contains("`shop`"), "{error}");
    }
}
