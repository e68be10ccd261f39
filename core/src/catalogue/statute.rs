//! The law's clock as scenarios of workflows ask for it: the GDPR's period over the calendar of the scenario or of the organisation.

use std::collections::BTreeMap;

use crate::{
    law::{
        calendar::{Calendar, CalendarError},
        clock::{Receipt, deadline},
        regime::{Regime, RegimeError},
        stop::{About, Stop},
    },
    workflow::scenario::{Count, Dates},
};

/// The statutory clock over every built-in calendar.
#[derive(Debug)]
pub struct Statute {
    regime: Regime,
    calendars: BTreeMap<&'static str, Calendar>,
    usual: String,
}

/// Why there is no clock.
#[derive(Debug, thiserror::Error)]
pub enum StatuteError {
    /// The calendar is unknown.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// The regime does not load.
    #[error(transparent)]
    Regime(#[from] RegimeError),
}

impl Statute {
    /// The GDPR's clock; `usual` is the calendar of scenarios that name none.
    pub fn new(usual: &str) -> Result<Self, StatuteError> {
        Calendar::named(usual)?;
        let calendars = Calendar::names().map(|name| Ok((name, Calendar::named(name)?)));
        let calendars = calendars.collect::<Result<_, CalendarError>>()?;
        Ok(Self { regime: Regime::named("gdpr")?, calendars, usual: usual.to_owned() })
    }

    /// When an answer is due, in words if that cannot be said.
    pub fn reckon(&self, count: &Count<'_>) -> Result<Dates, String> {
        let name = count.calendar.unwrap_or(&self.usual);
        let known = || format!("there is no calendar `{name}`; there is {}", Calendar::names().collect::<Vec<_>>().join(", "));
        let calendar = self.calendars.get(name).ok_or_else(known)?;
        let stops = count.pauses.iter().filter_map(|(from, to)| Stop::new(*from, *to, About::Identity).ok()).collect::<Vec<_>>();
        let receipt = Receipt { received: count.received, stops: &stops, extended: count.extended };
        let found = deadline(&receipt, &self.regime, calendar).map_err(|error| error.to_string())?;
        Ok(Dates { due: found.due, strict: found.strict_due, pending: found.is_pending() })
    }
}
