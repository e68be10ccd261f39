//! Values out of three databases, each by the type it really has. What does not decode is said, never dropped.

use habeas_core::law::record::{Key, Value};
use sqlx::{
    Decode, Row, Sqlite, TypeInfo, ValueRef,
    mysql::MySqlRow,
    postgres::PgRow,
    sqlite::{SqliteRow, SqliteValueRef},
};

use super::column::Class;
use crate::connector::Cause;

/// A row of which each column is read as what it is.
pub(super) fn each(reads: &[Class], read: impl Fn(usize, Class) -> Result<Value, Cause>) -> Result<Vec<Value>, Cause> {
    reads.iter().enumerate().map(|(at, class)| read(at, *class)).collect()
}

/// A value by its storage class, whatever its column was declared as.
pub(super) fn sqlite(row: &SqliteRow, column: usize) -> Result<Value, Cause> {
    let raw = row.try_get_raw(column)?;
    if raw.is_null() {
        return Ok(Value::Null);
    }
    let class = raw.type_info().into_owned();
    Ok(match class.name() {
        "INTEGER" => decode(raw, Value::Integer),
        "REAL" => decode(raw, Value::Real),
        "TEXT" => decode(raw, Value::Text),
        "BLOB" => decode(raw, Value::Bytes),
        other => Value::Unreadable(format!("unknown storage class {other}")),
    })
}

fn decode<'r, T: Decode<'r, Sqlite>>(raw: SqliteValueRef<'r>, wrap: impl Fn(T) -> Value) -> Value {
    // SQLite itself converts between classes but never checks that text is UTF-8, so that is the one way to fail.
    T::decode(raw).map_or_else(|_| Value::Unreadable(NOT_UTF_8.to_owned()), wrap)
}

/// A value as the server wrote it.
pub(super) fn postgres(row: &PgRow, column: usize, class: Class) -> Result<Value, Cause> {
    let raw = row.try_get_raw(column)?;
    if raw.is_null() {
        return Ok(Value::Null);
    }
    Ok(raw.as_bytes().map_or_else(|_| Value::Unreadable("the server sent nothing".to_owned()), |bytes| written(bytes.to_vec(), class)))
}

/// A value as the server wrote it; a number with a point as it is, because the server would write fewer digits.
pub(super) fn mariadb(row: &MySqlRow, column: usize, class: Class) -> Result<Value, Cause> {
    let raw = row.try_get_raw(column)?;
    // A day of zeros is nothing to the driver, and something to us; so what is rendered is never of such a type.
    if raw.is_null() {
        return Ok(Value::Null);
    }
    let double = class == Class::Float && raw.type_info().name() == "DOUBLE";
    Ok(match class {
        Class::Float if double => row.try_get_unchecked(column).map_or_else(|_| unknown(), Value::Real),
        // The shortest number that means the same, not its nearest neighbour among the longer ones.
        Class::Float => row
            .try_get_unchecked::<f32, _>(column)
            .ok()
            .and_then(|number| number.to_string().parse().ok())
            .map_or_else(unknown, Value::Real),
        _ => row.try_get_unchecked(column).map_or_else(|_| unknown(), |bytes| written(bytes, class)),
    })
}

fn unknown() -> Value {
    Value::Unreadable("the driver does not know the type".to_owned())
}

const NOT_UTF_8: &str = "the text is not valid UTF-8";

/// What a rendered value says. One that is not of its column's class stays a text: nothing is lost.
fn written(bytes: Vec<u8>, class: Class) -> Value {
    if class == Class::Bytes {
        return Value::Bytes(bytes);
    }
    let Ok(text) = String::from_utf8(bytes) else { return Value::Unreadable(NOT_UTF_8.to_owned()) };
    match (class, text.as_str()) {
        (Class::Flag, "true" | "t") => Value::Integer(1),
        (Class::Flag, "false" | "f") => Value::Integer(0),
        (Class::Whole | Class::Flag, number) => number.parse().map_or(Value::Text(text), Value::Integer),
        (Class::Float, number) => number.parse().ok().filter(|number: &f64| number.is_finite()).map_or(Value::Text(text), Value::Real),
        _ => Value::Text(text),
    }
}

/// FNV-1a: the same in every build, so that a blank made from it is known again years later. Not a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Print(u64);

impl Print {
    pub(super) const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Takes a value in, with its class and length so that neighbours cannot be confused.
    pub(super) fn add(self, value: &Value) -> Self {
        match value {
            Value::Null => self.bytes(0, &[]),
            Value::Integer(number) => self.bytes(1, &number.to_le_bytes()),
            Value::Real(number) => self.bytes(2, &number.to_bits().to_le_bytes()),
            Value::Text(text) => self.bytes(3, text.as_bytes()),
            Value::Bytes(bytes) => self.bytes(4, bytes),
            Value::Unreadable(why) => self.bytes(5, why.as_bytes()),
            Value::List(values) => values.iter().fold(self.bytes(6, &values.len().to_le_bytes()), Self::add),
            Value::Others => self.bytes(7, &[]),
        }
    }

    fn bytes(self, class: u8, bytes: &[u8]) -> Self {
        let length = (bytes.len() as u64).to_le_bytes();
        let all = std::iter::once(&class).chain(&length).chain(bytes);
        Self(all.fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)))
    }

    /// A number that fits any numeric column exactly: below 2^53, never 0.
    pub(super) fn number(self) -> i64 {
        i64::try_from(self.0 & ((1 << 53) - 1)).unwrap_or_default().max(1)
    }
}

/// What stands for a row in the blanks of its unique columns.
pub(super) fn mark(key: &Key) -> i64 {
    key.values().fold(Print::new(), Print::add).number()
}
