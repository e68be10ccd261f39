//! Values in and out of `SQLite` by the storage class each one really has, whatever its column was declared as.

use habeas_core::law::record::{Key, Value};
use sqlx::{
    Decode, Row, Sqlite, TypeInfo, ValueRef,
    query::Query,
    sqlite::{SqliteArguments, SqliteRow, SqliteValueRef},
};

use crate::connector::Cause;

/// A value of a row. What does not decode is said, never dropped.
pub(super) fn read(row: &SqliteRow, column: usize) -> Result<Value, Cause> {
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
    T::decode(raw).map_or_else(|_| Value::Unreadable("the text is not valid UTF-8".to_owned()), wrap)
}

/// Binds a value as it is.
pub(super) fn bind<'q>(query: Query<'q, Sqlite, SqliteArguments>, value: &Value) -> Query<'q, Sqlite, SqliteArguments> {
    match value {
        Value::Null | Value::Unreadable(_) => query.bind(None::<i64>),
        Value::Integer(number) => query.bind(*number),
        Value::Real(number) => query.bind(*number),
        Value::Text(text) => query.bind(text.clone()),
        Value::Bytes(bytes) => query.bind(bytes.clone()),
    }
}

/// About how many bytes a value takes.
pub(super) const fn size(value: &Value) -> usize {
    match value {
        Value::Null | Value::Integer(_) | Value::Real(_) => 8,
        Value::Text(text) | Value::Unreadable(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
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
