//! A record found in a connected system: typed values, nothing dropped, nothing guessed.

use std::{borrow::Cow, collections::BTreeMap};

use serde::{Deserialize, Serialize};

/// One value as the system holds it. What cannot be read is said, never left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// No value.
    Null,
    /// A whole number.
    Integer(i64),
    /// A floating number.
    Real(f64),
    /// Text, including dates and decimals in the system's own spelling.
    Text(String),
    /// Bytes, such as a photo; base64 where serialised.
    #[serde(with = "bytes")]
    Bytes(Vec<u8>),
    /// A value the connector could not decode, and why.
    Unreadable(String),
    /// What stands in a list, element by element; a field inside of the elements has one here for each of them.
    List(Vec<Self>),
    /// An element of a list that is about somebody else (Art. 15(4)). Never shown, never searched by.
    Others,
}

impl Value {
    /// Whether there is nothing here that is about her.
    pub fn is_null(&self) -> bool {
        match self {
            Self::List(values) => values.iter().all(Self::is_null),
            other => matches!(other, Self::Null | Self::Others),
        }
    }

    /// Whether this is what an erasure leaves behind: nothing, or where a column requires something, the plainest value of its kind
    /// (empty, zero, the first day of 1970), and where that must be unique, `erased-` and a mark, a negative number, or a mark's digits as bytes.
    ///
    /// A column may hold such a value for other reasons: this only tells that a field which was erased still is.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Integer(number) => *number <= 0,
            Self::Real(number) => *number <= 0.0,
            // An exact number comes as text, too.
            Self::Text(text) => {
                let is_number = text.parse().is_ok_and(|number: f64| number <= 0.0);
                text.is_empty() || is_number || matches!(text.as_str(), "null" | "{}") || BLANKS.iter().any(|blank| text.starts_with(blank))
            }
            // A column of a fixed length fills up with zeros.
            Self::Bytes(bytes) => bytes.iter().all(|byte| *byte == 0 || byte.is_ascii_digit()),
            Self::List(values) => values.iter().all(Self::is_blank),
            Self::Unreadable(_) | Self::Others => false,
        }
    }

    /// The single values: those of a list, else itself. What is about others is not among them.
    pub fn each(&self) -> Vec<&Self> {
        match self {
            Self::List(values) => values.iter().flat_map(Self::each).collect(),
            Self::Others => Vec::new(),
            one => vec![one],
        }
    }

    /// Whether a part of it is about somebody else.
    pub fn is_shared(&self) -> bool {
        match self {
            Self::List(values) => values.iter().any(Self::is_shared),
            other => matches!(other, Self::Others),
        }
    }

    /// Takes over what another reading of the same value shows and this one does not.
    fn reveal(&mut self, other: Self) {
        match (self, other) {
            (Self::List(mine), Self::List(theirs)) if mine.len() == theirs.len() => {
                for (one, other) in mine.iter_mut().zip(theirs) {
                    one.reveal(other);
                }
            }
            (one @ Self::Others, other) => *one = other,
            _ => {}
        }
    }

    /// About how many bytes it takes.
    pub fn size(&self) -> usize {
        match self {
            Self::List(values) => values.iter().map(Self::size).sum(),
            Self::Others => 0,
            Self::Null | Self::Integer(_) | Self::Real(_) => 8,
            Self::Text(text) | Self::Unreadable(text) => text.len(),
            Self::Bytes(bytes) => bytes.len(),
        }
    }

    /// Leaves the beginning of a long text and of many bytes. What held something still does, and shows what kind of file it is.
    pub fn cut(&mut self) {
        match self {
            Self::Text(text) | Self::Unreadable(text) if text.len() > BRIEF => {
                // A new one, because a shortened one keeps its memory.
                *text = text.get(..text.floor_char_boundary(BRIEF)).unwrap_or_default().to_owned();
            }
            Self::Bytes(bytes) if bytes.len() > BRIEF => *bytes = bytes.get(..BRIEF).unwrap_or_default().to_vec(),
            Self::List(values) => values.iter_mut().for_each(Self::cut),
            _ => {}
        }
    }

    /// What could be a code: a text without the blanks around it, or a whole number.
    pub fn code(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(text) => Some(Cow::Borrowed(text.trim())),
            Self::Integer(number) => Some(Cow::Owned(number.to_string())),
            _ => None,
        }
    }

    /// The value as a person reads it; bytes by their size only.
    pub fn to_text(&self) -> String {
        match self {
            Self::Null | Self::Others => String::new(),
            Self::Integer(number) => number.to_string(),
            Self::Real(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::Bytes(bytes) => format!("{} bytes", bytes.len()),
            Self::Unreadable(why) => format!("could not read: {why}"),
            Self::List(_) => {
                let said = self.each().into_iter().map(Self::to_text).filter(|text| !text.is_empty());
                said.collect::<Vec<_>>().join(", ")
            }
        }
    }
}

/// How the blanks begin of columns that must hold a text, a day or moment, a time, an identifier.
const BLANKS: [&str; 4] = ["erased-", "1970-01-01", "00:00:00", "00000000-0000-0000-0000-"];

/// The longest value that [`Value::cut`] leaves alone, in bytes: longer than an address, and than most keys may be.
const BRIEF: usize = 256;

/// The primary key of a record: column → value, sorted by column.
pub type Key = BTreeMap<String, Value>;

/// One row of one collection of one system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// `fides_key` of the system.
    pub system: String,
    /// Name of the collection.
    pub collection: String,
    /// Primary key; also present in `values`.
    pub key: Key,
    /// Every mapped field; those inside of a document by the way to them.
    pub values: BTreeMap<String, Value>,
}

impl Record {
    /// `system.collection`, as references and rules name it.
    pub fn address(&self) -> String {
        format!("{}.{}", self.system, self.collection)
    }

    /// A value by field name; a field that was not read is `Null`.
    pub fn value(&self, field: &str) -> &Value {
        self.values.get(field).unwrap_or(&Value::Null)
    }

    /// The single values of a field: each element of a list counts.
    pub fn values_of(&self, field: &str) -> Vec<&Value> {
        self.value(field).each()
    }

    /// Whether it holds something about others, which was left out.
    pub fn is_shared(&self) -> bool {
        self.values.values().any(Value::is_shared)
    }

    /// About how many bytes its values take.
    pub fn size(&self) -> usize {
        self.key.values().chain(self.values.values()).map(Value::size).sum()
    }

    /// The record with its long values [cut](Value::cut): enough to see which fields hold something, what it hangs together with and
    /// how long it is kept, where there are too many records to hold them whole.
    #[must_use]
    pub fn brief(mut self) -> Self {
        self.key.values_mut().chain(self.values.values_mut()).for_each(Value::cut);
        self
    }

    /// Takes over what another reading of the same record shows and this one does not.
    pub fn reveal(&mut self, other: Self) {
        for (field, value) in other.values {
            if let Some(mine) = self.values.get_mut(&field) {
                mine.reveal(value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Value;
    use crate::law::fixture::record;

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn every_element_of_a_list_counts_and_others_do_not() {
        let list = Value::List(vec![text("a"), Value::Others, Value::List(vec![text("b"), Value::Null])]);
        assert_eq!(list.each(), [&text("a"), &text("b"), &Value::Null]);
        assert_eq!((list.to_text().as_str(), list.is_shared(), list.is_blank()), ("a, b", true, false));
        assert!(Value::List(vec![Value::Null, Value::Others]).is_null() && !list.is_null());
        assert!(Value::List(vec![Value::Null, text("")]).is_blank() && !Value::List(vec![Value::Others]).is_blank());
    }

    #[test]
    fn a_second_reading_shows_what_the_first_left_out_and_hides_nothing() {
        let read = |emails: Vec<Value>| {
            let mut record = record("shop.projects", &[("id", "1")]);
            record.values.insert("members.email".to_owned(), Value::List(emails));
            record
        };
        let mut first = read(vec![text("kari"), Value::Others, Value::Others]);
        first.reveal(read(vec![Value::Others, text("kari.n"), Value::Others]));
        assert_eq!(first, read(vec![text("kari"), text("kari.n"), Value::Others]));
        assert!(first.is_shared());
        first.reveal(read(vec![text("somebody")]));
        assert_eq!(first.values_of("members.email").len(), 2, "the list has changed meanwhile");
    }
}

mod bytes {
    //! Base64 for `Value::Bytes`.
    use data_encoding::BASE64;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        BASE64.decode(text.as_bytes()).map_err(D::Error::custom)
    }
}
