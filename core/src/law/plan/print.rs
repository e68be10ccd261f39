//! What tells a record from another one that stands under its key: databases give a key that became free to a new row.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::law::{map::Collection, record::Value};

/// SHA-256 in hex over every mapped field of a record, by name. The mark of a restriction is left out: it comes and goes with other
/// cases and says nothing about whose record it is.
///
/// A plan that holds one is sealed like the record itself: who can guess the values can check the guess.
pub fn print<'v>(collection: &Collection, value: impl Fn(&str) -> &'v Value) -> String {
    let mark = collection.restriction.as_ref().map(|flag| flag.field.as_str());
    let mut digest = Sha256::new();
    for field in collection.fields.iter().map(|field| field.name.as_str()).filter(|field| Some(*field) != mark) {
        take(&mut digest, field, value(field));
    }
    digest.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Name, class and length of each, so that no two rows of different values read alike.
fn take(digest: &mut Sha256, field: &str, value: &Value) {
    let (class, bytes): (u8, &[u8]) = match value {
        Value::Null => (0, &[]),
        Value::Integer(number) => (1, &number.to_le_bytes()),
        Value::Real(number) => (2, &number.to_bits().to_le_bytes()),
        Value::Text(text) => (3, text.as_bytes()),
        Value::Bytes(bytes) => (4, bytes),
        Value::Unreadable(why) => (5, why.as_bytes()),
        Value::List(values) => (6, &values.len().to_le_bytes()),
        Value::Others => (7, &[]),
    };
    for part in [field.as_bytes(), &[class], bytes] {
        digest.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        digest.update(part);
    }
    if let Value::List(values) = value {
        for value in values {
            take(digest, field, value);
        }
    }
}
