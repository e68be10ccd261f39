//! What the three databases write differently. Knows no record and no plan.

use habeas_core::law::record::Value;

use super::column::{Class, Column};

/// A way of writing SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
    /// And `MySQL`.
    Mariadb,
}

/// Characters or bytes that are looked at.
const OPENING: u32 = 256;

/// White space that people leave around an address: tab, line ends, space and the space that does not break.
const AROUND: &str = " \t\r\n\u{a0}";

impl Dialect {
    pub(super) fn quoted(self, name: &str) -> String {
        match self {
            Self::Sqlite | Self::Postgres => format!("\"{}\"", name.replace('"', "\"\"")),
            Self::Mariadb => format!("`{}`", name.replace('`', "``")),
        }
    }

    pub(super) fn placeholder(self, number: usize) -> String {
        if self == Self::Postgres { format!("${number}") } else { "?".to_owned() }
    }

    /// Whether two names are the same table or column.
    pub(super) fn same_name(self, one: &str, other: &str) -> bool {
        one == other || (self != Self::Postgres && one.eq_ignore_ascii_case(other))
    }

    /// A column as it is read: the server's own spelling survives every driver.
    pub(super) fn rendered(self, name: &str, column: &Column) -> String {
        match (self, column.class) {
            (Self::Sqlite, _) | (Self::Postgres, Class::Bytes) | (Self::Mariadb, Class::Bytes | Class::Float | Class::Text) => {
                name.to_owned()
            }
            (Self::Postgres, _) => format!("CAST({name} AS text)"),
            // A bit field is bytes to the driver.
            (Self::Mariadb, Class::Whole) if column.typed.starts_with("bit") => format!("CAST({name} + 0 AS CHAR)"),
            (Self::Mariadb, Class::Other) if is_shape(&column.typed) => format!("ST_AsText({name})"),
            (Self::Mariadb, _) => format!("CAST({name} AS CHAR)"),
        }
    }

    /// The beginning of a value: enough to see what it looks like.
    pub(super) fn opening(self, name: &str, column: &Column) -> String {
        let rendered = self.rendered(name, column);
        match (self, column.class) {
            (Self::Sqlite, _) => format!("CASE WHEN typeof({name}) IN ('text', 'blob') THEN substr({name}, 1, {OPENING}) ELSE {name} END"),
            (Self::Postgres, _) => format!("substr({rendered}, 1, {OPENING})"),
            (Self::Mariadb, Class::Float) => rendered,
            (Self::Mariadb, _) => format!("LEFT({rendered}, {OPENING})"),
        }
    }

    /// A column as it is compared with values that [`Dialect::fit`] it.
    pub(super) fn comparable(self, name: &str, column: &Column) -> String {
        match (self, column.class) {
            (Self::Postgres, Class::Time | Class::Json | Class::Array | Class::Other | Class::Any) => format!("CAST({name} AS text)"),
            (Self::Mariadb, Class::Other) if is_shape(&column.typed) => format!("ST_AsText({name})"),
            (Self::Mariadb, Class::Time | Class::Json | Class::Other) => format!("CAST({name} AS CHAR)"),
            _ => name.to_owned(),
        }
    }

    /// A column without regard to case and white space around.
    pub(super) fn folded(self, name: &str, column: &Column) -> String {
        match self {
            Self::Sqlite => format!("lower(trim({name}, char(9, 10, 13, 32, 160)))"),
            Self::Postgres if column.class == Class::Text && matches!(column.typed.as_str(), "text" | "character varying") => {
                format!("lower(btrim({name}, '{AROUND}'))")
            }
            Self::Postgres => format!("lower(btrim(CAST({name} AS text), '{AROUND}'))"),
            Self::Mariadb => {
                let text = format!("LOWER(CONVERT({name} USING utf8mb4))");
                format!("REGEXP_REPLACE({text}, '^[{AROUND}]+|[{AROUND}]+$', '') COLLATE utf8mb4_bin")
            }
        }
    }

    /// A value that the column could hold; `None`: none of its values equals it. Nobody is found because a database takes
    /// `5` and `5 Main Street` for the same number.
    pub(super) fn fit(self, column: &Column, value: &Value) -> Option<Value> {
        if matches!(value, Value::Null | Value::Unreadable(_)) {
            return None;
        }
        let text = || Some(value.to_text()).filter(|_| !matches!(value, Value::Bytes(_)));
        match column.class {
            Class::Any => Some(value.clone()),
            Class::Whole if self == Self::Mariadb && column.is_unsigned() => {
                let number: u64 = text()?.trim().parse().ok()?;
                Some(i64::try_from(number).map_or_else(|_| Value::Text(number.to_string()), Value::Integer))
            }
            Class::Whole => {
                text()?.trim().parse().ok().filter(|number| column.typed != "oid" || u32::try_from(*number).is_ok()).map(Value::Integer)
            }
            Class::Flag => match text()?.trim() {
                "1" | "true" => Some(Value::Integer(1)),
                "0" | "false" => Some(Value::Integer(0)),
                _ => None,
            },
            Class::Decimal | Class::Float if self == Self::Postgres && matches!(text()?.as_str(), "NaN" | "Infinity" | "-Infinity") => {
                text().map(Value::Text)
            }
            Class::Decimal => text().filter(|text| is_number(text)).map(Value::Text),
            Class::Float => text()?.trim().parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Real),
            Class::Uuid => text().filter(|text| is_uuid(text)).map(Value::Text),
            Class::Bytes => matches!(value, Value::Bytes(_)).then(|| value.clone()),
            Class::Text | Class::Time | Class::Json | Class::Array | Class::Other => {
                text().filter(|text| self != Self::Postgres || !text.contains('\0')).map(Value::Text)
            }
        }
    }

    /// A value on its way into a column, and the type it is cast to there.
    pub(super) fn bound(self, column: &Column, value: &Value) -> (Value, Option<String>) {
        match (self, value) {
            (Self::Postgres, Value::Null | Value::Unreadable(_)) => (Value::Null, Some(column.typed.clone())),
            (Self::Postgres, _) => (Value::Text(text_of(value)), Some(column.typed.clone())),
            (Self::Mariadb, Value::Text(text)) if column.class == Class::Decimal && is_number(text) => {
                (value.clone(), Some("DECIMAL(65, 30)".to_owned()))
            }
            (Self::Mariadb, Value::Text(text)) if column.class == Class::Whole && text.parse::<u64>().is_ok() => {
                (value.clone(), Some("UNSIGNED".to_owned()))
            }
            (Self::Mariadb, Value::Text(text)) if column.class == Class::Time => (Value::Text(in_utc(text)), None),
            _ => (value.clone(), None),
        }
    }

    /// Two expressions say the same, nothing included.
    pub(super) fn same(self, column: &Column, one: &str, other: &str) -> String {
        match self {
            Self::Sqlite => format!("{one} IS {other}"),
            // A column of a fixed scale writes more zeros than a number has.
            Self::Postgres if matches!(column.class, Class::Whole | Class::Decimal | Class::Float) => {
                format!("{one} IS NOT DISTINCT FROM {other}")
            }
            // Not every type can be compared, but every one can be written.
            Self::Postgres => format!("CAST({one} AS text) IS NOT DISTINCT FROM CAST({other} AS text)"),
            Self::Mariadb if column.class == Class::Json => format!("CAST({one} AS CHAR) <=> CAST({other} AS CHAR)"),
            // A collation takes `oslo` for `Oslo`, and a correction may be about just that.
            Self::Mariadb if column.class == Class::Text => {
                let exact = |text: &str| format!("CAST(CONVERT({text} USING utf8mb4) AS BINARY)");
                format!("{} <=> {}", exact(one), exact(other))
            }
            Self::Mariadb => format!("{one} <=> {other}"),
        }
    }
}

/// A value as `PostgreSQL` reads it from text.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::Bytes(bytes) => bytes.iter().fold("\\x".to_owned(), |text, byte| text + &format!("{byte:02x}")),
        Value::Real(number) if number.is_infinite() => if *number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned(),
        _ => value.to_text(),
    }
}

fn is_shape(typed: &str) -> bool {
    ["geometry", "point", "linestring", "polygon", "multi", "geom"].iter().any(|shape| typed.starts_with(shape))
}

fn is_number(text: &str) -> bool {
    let text = text.trim();
    let plain = text.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, '.' | '-' | '+' | 'e' | 'E'));
    plain && text.len() < 60 && text.parse::<f64>().is_ok_and(f64::is_finite)
}

fn is_uuid(text: &str) -> bool {
    let digits: Vec<char> = text.trim().chars().filter(|letter| *letter != '-').collect();
    digits.len() == 32 && digits.iter().all(char::is_ascii_hexdigit)
}

/// A moment as it is written in `MariaDB`, whose session counts in UTC.
fn in_utc(text: &str) -> String {
    match text.parse::<jiff::Timestamp>() {
        Ok(moment) => jiff::tz::TimeZone::UTC.to_datetime(moment).to_string().replace('T', " "),
        Err(_) => text.to_owned(),
    }
}
