//! `habeas work`: do what is due, now and without a server.

use clap::Args;
use jiff::{SignedDuration, Span, Timestamp};

use super::{CliError, health, say};
use crate::house::House;

/// Do the work that is due
#[derive(Debug, Args)]
pub struct WorkArgs {
    /// Work until nothing is due, then stop
    #[arg(long, required = true)]
    until_idle: bool,
    /// In a demo house: move the clock forward first, such as P3D, P1M or PT72H
    #[arg(long, value_name = "PERIOD")]
    advance: Option<Span>,
}

pub(super) async fn run(house: &House, args: &WorkArgs) -> Result<(), CliError> {
    if let Some(span) = args.advance {
        let by = length(span, house.worker.now())
            .ok_or_else(|| CliError::Said("this period has no length: write one such as P3D".to_owned()))?;
        house.worker.advance_clock(by).map_err(|error| CliError::Said(error.to_string()))?;
    }
    let units = house.worker.settle().await?;
    house.worker.upkeep().await?;
    say(&format!("{units} units of work done, nothing more is due"));
    health::worry(house).await
}

/// How long a span is from a moment on.
pub(super) fn length(span: Span, from: Timestamp) -> Option<SignedDuration> {
    let start = from.to_zoned(jiff::tz::TimeZone::UTC);
    Some(start.checked_add(span).ok()?.timestamp().duration_since(from))
}
