//! Browsers without a session: forms on first pages are bound to them without a row, so that nobody can fill the house with visits.

use super::{door::Door, refusal::Refusal};

impl Door {
    /// A cookie for a browser that was not seen before. It is no session and becomes none.
    pub fn new_visitor(&self) -> Result<String, Refusal> {
        Ok(self.chance.token()?)
    }

    /// What the forms of a browser without a session must carry.
    pub fn visitor_token(&self, cookie: &str) -> String {
        self.keys.blind("visitor", cookie)
    }

    /// Compares two tokens without telling where they differ.
    pub fn same(&self, one: &str, other: &str) -> bool {
        self.keys.same(one, other)
    }
}
