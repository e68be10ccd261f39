//! A column as the live schema describes it: what its values are, and what it asks of them.

/// A column.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts that the database states as flags")]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) class: Class,
    /// The database's own word for its type; nothing in `SQLite`, where every value has a type of its own.
    pub(super) typed: String,
    /// The type that a table of `SQLite` declares, which binds no value.
    pub(super) declared: String,
    /// The most characters or bytes it takes.
    pub(super) length: Option<usize>,
    /// Its character set and collation, in `MariaDB`.
    pub(super) collation: Option<(String, String)>,
    pub(super) required: bool,
    pub(super) unique: bool,
    /// An index begins with it.
    pub(super) indexed: bool,
    /// Computed from others; cannot be written.
    pub(super) computed: bool,
    /// Place in the primary key, from 1; 0 outside of it.
    pub(super) key: i64,
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Class {
    /// Each value says so itself.
    #[default]
    Any,
    Whole,
    /// Exact, of any length.
    Decimal,
    Float,
    Flag,
    Text,
    Bytes,
    Uuid,
    /// A day, a time or both.
    Time,
    Json,
    Array,
    /// Read as the server writes it.
    Other,
}

impl Column {
    /// The type that a value is compared as in `PostgreSQL`, so that an index can be used.
    pub(super) fn compared_as(&self) -> &str {
        match (self.class, self.typed.as_str()) {
            // A number too large for the column is still a number.
            (Class::Whole, "oid") => "oid",
            (Class::Whole, _) => "bigint",
            (Class::Decimal | Class::Float | Class::Flag | Class::Bytes | Class::Uuid, typed) => typed,
            (Class::Text, typed) if !typed.is_empty() => typed,
            _ => "text",
        }
    }

    /// Whether an address could stand in it.
    pub(super) const fn may_hold_text(&self) -> bool {
        matches!(self.class, Class::Any | Class::Text | Class::Json | Class::Array | Class::Other)
    }

    /// Whether values of this type cannot be below nothing.
    pub(super) fn is_unsigned(&self) -> bool {
        self.typed.contains("unsigned")
            || matches!(self.typed.as_str(), "oid")
            || self.typed.starts_with("bit")
            || self.typed.starts_with("year")
    }
}
