//! Words of a text that remember where they stand.

use super::diagnostic::Place;

/// A word of the file and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The word.
    pub text: String,
    /// Its place.
    pub at: Place,
}

impl Name {
    /// The word.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}
