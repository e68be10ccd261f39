//! What an emptied column holds: nothing, or where something is required, the plainest value of its kind, made different
//! per row where it must be unique. Reading back looks for exactly this. Pure.

use super::{
    column::{Class, Column},
    dialect::Dialect,
};
use crate::connector::Cause;

/// Before the mark of a row in a text that must be unique.
const ERASED: &str = "erased-";
/// Digits of the longest mark.
const DIGITS: usize = 16;

/// What stands in a column of row `t` whose key is `k`, as SQL.
pub(super) fn of(dialect: Dialect, column: &Column, collection: &str) -> Result<String, Cause> {
    if !column.required {
        return Ok("NULL".to_owned());
    }
    let blank = if column.unique { unique(dialect, column) } else { plain(dialect, column) };
    blank.ok_or_else(|| {
        let unique = if column.unique { "a unique" } else { "an" };
        let name = &column.name;
        Cause::Plan(format!(
            "`{name}` of `{collection}` must hold {unique} `{}` and has no blank: let it be empty, or keep it",
            column.typed
        ))
    })
}

fn plain(dialect: Dialect, column: &Column) -> Option<String> {
    let here = format!("t.{}", dialect.quoted(&column.name));
    let value = match column.class {
        Class::Any => return Some(format!("CASE typeof({here}) WHEN 'text' THEN '' WHEN 'blob' THEN x'' ELSE 0 END")),
        Class::Whole if column.typed.starts_with("bit") && dialect == Dialect::Mariadb => "0",
        Class::Whole | Class::Decimal | Class::Float => "0",
        Class::Flag => "false",
        Class::Text if is_listed(column) => return None,
        Class::Bytes if column.typed.starts_with("binary") => return Some(format!("CAST('' AS {})", column.typed)),
        Class::Text | Class::Bytes => "''",
        Class::Uuid => "'00000000-0000-0000-0000-000000000000'",
        Class::Time if column.typed.starts_with("time") && !column.typed.starts_with("timestamp") => "'00:00:00'",
        Class::Time if column.typed.starts_with("date") && !column.typed.starts_with("datetime") => "'1970-01-01'",
        // The first second that `TIMESTAMP` can hold.
        Class::Time => "'1970-01-01 00:00:01'",
        Class::Json => "'null'",
        Class::Array => "'{}'",
        Class::Other => return None,
    };
    Some(cast(dialect, column, value))
}

fn unique(dialect: Dialect, column: &Column) -> Option<String> {
    let here = format!("t.{}", dialect.quoted(&column.name));
    Some(match column.class {
        Class::Any => {
            format!("CASE typeof({here}) WHEN 'text' THEN '{ERASED}' || k.mark WHEN 'blob' THEN CAST(k.mark AS BLOB) ELSE -k.mark END")
        }
        Class::Whole if column.is_unsigned() => return None,
        Class::Whole => match largest(&column.typed) {
            Some(largest) => format!("-(k.mark % {largest}) - 1"),
            None => "-k.mark".to_owned(),
        },
        Class::Decimal | Class::Float => "-k.mark".to_owned(),
        Class::Text if !is_listed(column) => text(dialect, column.length)?,
        Class::Bytes => match dialect {
            Dialect::Mariadb if column.typed.starts_with("binary") && column.length.is_some_and(|length| length >= DIGITS) => {
                format!("CAST(k.mark AS {})", column.typed)
            }
            Dialect::Mariadb if !column.typed.starts_with("binary") && column.length.is_none_or(|length| length >= DIGITS) => {
                "CAST(k.mark AS BINARY)".to_owned()
            }
            Dialect::Postgres => "CAST(CAST(k.mark AS text) AS bytea)".to_owned(),
            _ => return None,
        },
        Class::Uuid => {
            let digits = match dialect {
                Dialect::Mariadb => "LPAD(LOWER(HEX(k.mark % 281474976710656)), 12, '0')",
                _ => "lpad(to_hex(k.mark % 281474976710656), 12, '0')",
            };
            let value = match dialect {
                Dialect::Mariadb => format!("CONCAT('00000000-0000-0000-0000-', {digits})"),
                _ => format!("'00000000-0000-0000-0000-' || {digits}"),
            };
            cast(dialect, column, &value)
        }
        Class::Flag | Class::Text | Class::Time | Class::Json | Class::Array | Class::Other => return None,
    })
}

/// `erased-` and as many digits of the mark as the column takes.
fn text(dialect: Dialect, length: Option<usize>) -> Option<String> {
    let digits = length.map_or(DIGITS, |length| length.saturating_sub(ERASED.len()).min(DIGITS));
    if digits == 0 {
        return None;
    }
    Some(match dialect {
        Dialect::Mariadb => format!("CONCAT('{ERASED}', RIGHT(k.mark, {digits}))"),
        _ => format!("'{ERASED}' || right(CAST(k.mark AS text), {digits})"),
    })
}

/// One of a list of words, none of which means nothing.
pub(super) fn is_listed(column: &Column) -> bool {
    column.typed.starts_with("enum")
}

fn cast(dialect: Dialect, column: &Column, value: &str) -> String {
    if dialect == Dialect::Postgres { format!("CAST({value} AS {})", column.typed) } else { value.to_owned() }
}

/// The largest number that a smaller whole type takes.
pub(super) fn largest(typed: &str) -> Option<i64> {
    const TYPES: [(&str, i64); 5] =
        [("tinyint", 127), ("smallint", 32_767), ("mediumint", 8_388_607), ("int", 2_147_483_647), ("integer", 2_147_483_647)];
    TYPES.iter().find(|(name, _)| typed == *name || typed.starts_with(&format!("{name}("))).map(|(_, largest)| *largest)
}
