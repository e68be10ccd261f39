//! `habeas health`: the house's numbers, and whether there is anything that nothing will ever wake.

use super::{CliError, print_one, say};
use crate::house::House;

/// Prints the numbers; fails when a case waits for nothing.
pub(super) async fn run(house: &House) -> Result<(), CliError> {
    let health = house.look.health().await?;
    print_one(&health)?;
    if health.unwoken.is_empty() { Ok(()) } else { Err(CliError::Said(format!("nothing will wake {}", health.unwoken.join(", ")))) }
}

/// Says what somebody should look at, if anything.
pub(super) async fn worry(house: &House) -> Result<(), CliError> {
    for worry in house.look.health().await?.worries() {
        say(&worry);
    }
    Ok(())
}
