//! Privacy laws as data: which clock each runs, from `regimes.yaml`. Computes no date.

use jiff::civil::Date;
use serde::Deserialize;

use super::period::Period;
use crate::source::spelling::{closest, meant};

const REGIMES: &str = include_str!("regimes.yaml");

/// One law's clocks. Only [`Regime::named`] makes one, so a regime in hand has been reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regime {
    /// Its name, such as `gdpr`.
    #[serde(rename = "regime")]
    pub name: String,
    /// The law's full name.
    pub title: String,
    /// Where it stands that the day of receipt is not counted.
    pub start: String,
    /// The answer.
    pub respond: Clock,
    /// What may be added to it; absent: nothing.
    pub extension: Option<Clock>,
    /// How waiting for the person counts; absent: not at all.
    pub stops: Option<Stopping>,
    /// Where it stands that a last day off moves to the next working day; absent: it never moves.
    pub roll: Option<String>,
    /// The confirmation of receipt; absent: none is required.
    pub confirm: Option<Confirm>,
    /// Clocks that are not computed, in words.
    #[serde(default)]
    pub also: Vec<Also>,
    /// Where the row was read.
    pub source: String,
    /// When it was last checked.
    pub checked_on: Date,
    reviewed: bool,
}

/// A period and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// How long.
    pub period: Period,
    /// Where it stands.
    pub law: String,
}

/// How waiting for the person counts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stopping {
    /// The day of the question counts as well as the day of the answer.
    #[serde(default)]
    pub both_ends: bool,
    /// Proof of identity starts the period anew instead of stopping it.
    #[serde(default)]
    pub identity_restarts: bool,
    /// A question counts if asked in so many working days after receipt or after the previous answer: "without undue delay".
    pub ask_within_working_days: u8,
    /// Where it stands.
    pub law: String,
}

/// In how many working days receipt must be confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirm {
    /// Working days after receipt.
    pub working_days: u8,
    /// Where it stands.
    pub law: String,
}

/// A clock that is not computed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Also {
    /// What is due when, in words.
    pub what: String,
    /// Where it stands.
    pub law: String,
}

/// Why there is no such regime to run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegimeError {
    /// No row has that name.
    #[error("there is no regime `{name}`; {}known are {known}", meant(.closest.as_deref()))]
    Unknown {
        /// What was asked for.
        name: String,
        /// The nearest name.
        closest: Option<String>,
        /// The names that run.
        known: String,
    },
    /// The row waits for its review.
    #[error("regime `{name}` is not reviewed and does not run; check its row ({title}) against the law first")]
    Unreviewed {
        /// Its name.
        name: String,
        /// The law's full name.
        title: String,
    },
    /// The rows cannot be read.
    #[error("the table of regimes cannot be read: {0}")]
    Malformed(String),
}

impl Regime {
    /// A reviewed regime: `gdpr`, `uk_gdpr`, `us_ca`, `lgpd`, `quebec`, `swiss`.
    pub fn named(name: &str) -> Result<Self, RegimeError> {
        let mut rows = rows()?;
        match rows.iter().position(|row| row.name == name).map(|at| rows.swap_remove(at)) {
            Some(row) if row.reviewed => Ok(row),
            Some(row) => Err(RegimeError::Unreviewed { name: row.name, title: row.title }),
            None => {
                let known: Vec<&str> = rows.iter().filter(|row| row.reviewed).map(|row| row.name.as_str()).collect();
                let closest = closest(name, known.iter().copied()).map(str::to_owned);
                Err(RegimeError::Unknown { name: name.to_owned(), closest, known: known.join(", ") })
            }
        }
    }
}

fn rows() -> Result<Vec<Regime>, RegimeError> {
    serde_saphyr::from_str(REGIMES).map_err(|error| RegimeError::Malformed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_regimes_run_and_name_their_source() {
        for name in ["gdpr", "uk_gdpr", "us_ca", "lgpd", "quebec", "swiss"] {
            let regime = Regime::named(name).unwrap();
            assert!(!regime.source.contains("aggregators"), "{name}");
        }
    }

    #[test]
    fn an_unreviewed_regime_refuses_to_run() {
        let refused = rows().unwrap().into_iter().filter(|row| !row.reviewed).map(|row| Regime::named(&row.name).unwrap_err());
        let said: Vec<String> = refused.map(|error| error.to_string()).collect();
        assert_eq!(said.len(), 3);
        assert!(said[0].starts_with("regime `us_va` is not reviewed and does not run"), "{}", said[0]);
    }

    #[test]
    fn an_unknown_regime_suggests_the_nearest_and_lists_those_that_run() {
        assert_eq!(
            Regime::named("gpdr").unwrap_err().to_string(),
            "there is no regime `gpdr`; did you mean `gdpr`? known are gdpr, uk_gdpr, us_ca, lgpd, quebec, swiss"
        );
        assert!(Regime::named("moon").unwrap_err().to_string().starts_with("there is no regime `moon`; known are"));
    }

    #[test]
    fn an_extension_is_in_the_unit_of_its_answer() {
        for row in rows().unwrap() {
            let extra = row.extension.map_or(row.respond.period, |extension| extension.period);
            assert_eq!(extra.months == 0, row.respond.period.months == 0, "{}", row.name);
        }
    }
}
