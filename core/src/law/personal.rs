//! `Personal<T>`: a value about a person that cannot slip into a log line.

use std::fmt;

/// Wraps anything about a person. `Debug` prints `‹personal›`; there is no `Display` and no `Serialize`.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Personal<T>(T);

impl<T> Personal<T> {
    /// Marks a value as personal.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The one way out. `tests/floors.rs` lists the rooms that may say it.
    pub const fn reveal(&self) -> &T {
        &self.0
    }

    /// Takes the value out.
    pub fn into_revealed(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("‹personal›")
    }
}

#[cfg(test)]
mod tests {
    use super::Personal;

    #[test]
    fn debug_never_shows_the_value() {
        assert_eq!(format!("{:?}", Personal::new("kari@example.no")), "‹personal›");
    }
}
