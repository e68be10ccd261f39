//! The one place that reads the time. Everybody else is told what time it is.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

/// A clock: the system's, or in a demo house the system's and a shift that a person chose.
#[derive(Debug, Clone)]
pub struct Clock {
    shift_seconds: Arc<AtomicI64>,
    shift_file: Option<PathBuf>,
}

/// Why a clock was not moved.
#[derive(Debug, thiserror::Error)]
pub enum ClockError {
    /// Only a demo house has a clock that can be moved.
    #[error("this clock cannot be moved: only a demo house has one that can")]
    Real,
    /// Deadlines and sealed evidence would contradict each other.
    #[error("the clock cannot be moved back")]
    Backwards,
    /// The shift could not be kept.
    #[error("the new time could not be stored")]
    Store(#[source] std::io::Error),
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self { shift_seconds: Arc::default(), shift_file: None }
    }

    /// A movable clock whose shift is kept in a file, so that the command line and the server agree.
    pub fn movable(folder: &Path) -> Self {
        let file = folder.join("clock");
        let shift = std::fs::read_to_string(&file).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(0);
        Self { shift_seconds: Arc::new(AtomicI64::new(shift)), shift_file: Some(file) }
    }

    /// Now, UTC.
    #[allow(clippy::disallowed_methods, reason = "this is the one place")]
    pub fn now(&self) -> Timestamp {
        let shift = SignedDuration::from_secs(self.shift_seconds.load(Ordering::Relaxed));
        Timestamp::now().checked_add(shift).unwrap_or(Timestamp::MAX)
    }

    /// The seconds since some fixed moment, for measuring how long something took.
    #[allow(clippy::disallowed_methods, reason = "this is the one place")]
    pub fn stopwatch() -> std::time::Instant {
        std::time::Instant::now()
    }

    /// Today in the controller's zone.
    pub fn today(&self, zone: &TimeZone) -> Date {
        self.now().to_zoned(zone.clone()).date()
    }

    /// Whether a person may move it.
    pub const fn is_movable(&self) -> bool {
        self.shift_file.is_some()
    }

    /// Moves a demo clock forward.
    pub fn advance(&self, by: SignedDuration) -> Result<(), ClockError> {
        let file = self.shift_file.as_ref().ok_or(ClockError::Real)?;
        if by.is_negative() {
            return Err(ClockError::Backwards);
        }
        let shift = self.shift_seconds.load(Ordering::Relaxed).saturating_add(by.as_secs());
        std::fs::write(file, shift.to_string()).map_err(ClockError::Store)?;
        self.shift_seconds.store(shift, Ordering::Relaxed);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::{Clock, ClockError};

    #[test]
    fn a_moved_clock_stays_moved_and_never_goes_back() {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::movable(folder.path());
        let before = clock.now();
        clock.advance(SignedDuration::from_hours(72)).unwrap();
        assert!(clock.now().duration_since(before) >= SignedDuration::from_hours(72));
        assert!(Clock::movable(folder.path()).now().duration_since(before) >= SignedDuration::from_hours(72));
        assert!(matches!(clock.advance(SignedDuration::from_secs(-1)), Err(ClockError::Backwards)));
        assert!(matches!(Clock::system().advance(SignedDuration::from_secs(1)), Err(ClockError::Real)));
    }
}
