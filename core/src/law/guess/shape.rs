//! A database as it describes itself: tables, keys and references, with what was seen of its values. Holds no value.

use serde::Serialize;

use super::sample::Seen;

/// From about so many rows on, a column that is searched needs an index; a smaller table is read in a moment.
pub const LARGE: u64 = 10_000;

/// A schema or database.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shape {
    /// Its tables and views, by name.
    pub tables: Vec<Table>,
    /// Every foreign key from or to one of them, with names as the tables have them.
    pub foreign_keys: Vec<ForeignKey>,
}

/// A table or view.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// A view, or something else that has no rows of its own.
    pub is_view: bool,
    /// Its columns, in its order.
    pub columns: Vec<Column>,
    /// Columns of the primary key, in its order.
    pub key: Vec<String>,
    /// Columns of each other unique index that covers every row.
    pub unique: Vec<Vec<String>>,
    /// About how many rows; `None`: the database does not know.
    pub rows: Option<u64>,
    /// Why its values could not be looked at.
    pub unread: Option<String>,
}

/// A column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What its values are.
    pub data: ValueType,
    /// The database's own word for its type.
    pub typed: String,
    /// The most characters it takes.
    pub length: Option<usize>,
    /// Never empty.
    pub required: bool,
    /// An index begins with it.
    pub indexed: bool,
    /// What was seen of its values.
    pub seen: Seen,
    /// Every address in it stands in small letters and without blanks around: counted, not guessed.
    pub normalised: bool,
}

/// What the values of a column are, in words of Fideslang and ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ValueType {
    /// Words.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Yes or no.
    Boolean,
    /// A day.
    Date,
    /// A moment.
    Timestamp,
    /// Bytes.
    Bytes,
    /// Something else, or each value something of its own.
    #[default]
    Other,
}

impl ValueType {
    /// The `data_type` to write; `None`: better none.
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Self::Text => Some("string"),
            Self::Integer => Some("integer"),
            Self::Number => Some("float"),
            Self::Boolean => Some("boolean"),
            Self::Date => Some("date"),
            Self::Timestamp => Some("timestamp"),
            Self::Bytes | Self::Other => None,
        }
    }
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ForeignKey {
    /// The table that refers.
    pub child: String,
    /// The table referred to.
    pub parent: String,
    /// The schema of whichever end is not in this one.
    pub elsewhere: Option<String>,
    /// Column here, column there.
    pub pairs: Vec<(String, String)>,
}

impl Shape {
    /// A table by name.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }
}

impl Table {
    /// A column by name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// What tells its rows apart: the primary key, or else a unique index over columns that are never empty.
    pub fn telling_key(&self) -> Option<&[String]> {
        if !self.key.is_empty() {
            return Some(&self.key);
        }
        let required = |name: &String| self.column(name).is_some_and(|column| column.required);
        self.unique.iter().filter(|columns| columns.iter().all(required)).min_by_key(|columns| columns.len()).map(Vec::as_slice)
    }
}
