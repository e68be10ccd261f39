//! `habeas map …`: a first data map for a database, what changed since, a picture of it, and the map as Fides reads it.

use std::path::Path;

use clap::Subcommand;

use super::CliError;
use crate::{config::Config, house::HouseError, organisation::Organisation};

pub mod address;
pub mod diff;
pub mod draw;
pub mod export;
pub mod scan;

/// What to do with a data map.
#[derive(Debug, Subcommand)]
pub enum MapCommand {
    /// Look at a database and propose a data map for it; only reads
    Scan(scan::ScanArgs),
    /// Compare the data map with the live systems: what is new, gone, changed or slow
    Diff(diff::DiffArgs),
    /// Draw systems, collections and references, from where people are found on
    Draw(draw::DrawArgs),
    /// Write the data map as plain Fideslang
    Export(export::ExportArgs),
}

pub(super) async fn run(house: Option<&Path>, command: &MapCommand) -> Result<(), CliError> {
    match command {
        MapCommand::Scan(args) => scan::run(args).await,
        MapCommand::Diff(args) => diff::run(house, args).await,
        MapCommand::Draw(args) => draw::run(house, args),
        MapCommand::Export(args) => export::run(house, args),
    }
}

/// The organisation of a house, or of the configuration where there is none, and the house's folder.
fn organisation(house: Option<&Path>) -> Result<(Organisation, Config), CliError> {
    let (config, _) = Config::read(house)?;
    let organisation = Organisation::read(&config.source()).map_err(HouseError::from)?;
    Ok((organisation, config))
}
