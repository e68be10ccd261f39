//! A record found in a connected system: typed values, nothing dropped, nothing guessed.

use std::collections::BTreeMap;

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
}

impl Value {
    /// Whether there is nothing here.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
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
            Self::Unreadable(_) => false,
        }
    }

    /// The value as a person reads it; bytes by their size only.
    pub fn to_text(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Integer(number) => number.to_string(),
            Self::Real(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::Bytes(bytes) => format!("{} bytes", bytes.len()),
            Self::Unreadable(why) => format!("could not read: {why}"),
        }
    }
}

/// How the blanks begin of columns that must hold a text, a day or moment, a time, an identifier.
const BLANKS: [&str; 4] = ["erased-", "1970-01-01", "00:00:00", "00000000-0000-0000-0000-"];

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
    /// Every mapped field.
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
