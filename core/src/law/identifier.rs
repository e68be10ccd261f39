//! Identifiers a person is searched by. Every one used must be proven; a wildcard or an empty one never matches anybody.

use super::personal::Personal;

/// A kind (`email`, `customer_number`) and its value in normal form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    kind: String,
    value: Personal<String>,
}

/// Why a value cannot identify anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadIdentifier {
    /// Nothing, or only white space.
    #[error("the identifier is empty")]
    Empty,
    /// Would match more than one person in some systems.
    #[error("the identifier holds a wildcard (`%`, `*`, `_` alone or a control character)")]
    Wildcard,
    /// An `email` without exactly one `@` between two non-empty parts.
    #[error("this is not an e-mail address")]
    NotAnAddress,
}

impl Identifier {
    /// Checks a value and brings it to normal form: trimmed, e-mail addresses in lower case.
    pub fn parse(kind: &str, value: &str) -> Result<Self, BadIdentifier> {
        let value = value.trim();
        if value.is_empty() {
            return Err(BadIdentifier::Empty);
        }
        if value.chars().any(|c| c.is_control() || matches!(c, '%' | '*')) || value.chars().all(|c| matches!(c, '_' | '?')) {
            return Err(BadIdentifier::Wildcard);
        }
        let value = if kind == "email" { email(value)? } else { value.to_owned() };
        Ok(Self { kind: kind.to_owned(), value: Personal::new(value) })
    }

    /// What kind of identifier it is: the `identity` of a field in the data map.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The value, in normal form.
    pub const fn value(&self) -> &Personal<String> {
        &self.value
    }
}

fn email(value: &str) -> Result<String, BadIdentifier> {
    match value.split_once('@') {
        Some((name, host))
            if !name.is_empty()
                && host.contains('.')
                && !host.contains('@')
                && !host.starts_with('.')
                && !host.ends_with('.')
                && value.len() <= 254
                && !value.chars().any(|c| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ',' | ';' | '(' | ')')) =>
        {
            Ok(value.to_lowercase())
        }
        _ => Err(BadIdentifier::NotAnAddress),
    }
}

#[cfg(test)]
mod tests {
    use super::{BadIdentifier, Identifier};

    #[test]
    fn ab31_wildcards_and_nothing_identify_nobody() {
        for bad in ["", "   ", "%", "*", "kari%", "_", "__", "a\0b"] {
            assert!(Identifier::parse("customer_number", bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn addresses_are_lower_case_and_whole() {
        let kari = Identifier::parse("email", " Kari@Example.NO ").unwrap();
        assert_eq!(kari.value().reveal(), "kari@example.no");
        for bad in ["kari", "@example.no", "kari@", "kari@no", "a@b@c.no", "a b@c.no", "a@c.no\r\nbcc: x@y.no"] {
            assert!(Identifier::parse("email", bad).is_err(), "{bad:?}");
        }
        assert_eq!(Identifier::parse("email", "kari"), Err(BadIdentifier::NotAnAddress));
    }
}
