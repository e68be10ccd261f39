//! What the three databases say when they refuse, by their codes. Their words may quote a value, so only names go on.

use sqlx::{error::DatabaseError, mysql::MySqlDatabaseError, postgres::PgDatabaseError};

use crate::connector::Cause;

impl From<sqlx::Error> for Cause {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(error) => database(&*error),
            // A handshake that fails comes as what was read.
            sqlx::Error::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => Self::Unproven,
            sqlx::Error::Io(_) | sqlx::Error::Protocol(_) => Self::Unreachable,
            sqlx::Error::Tls(_) => Self::Unproven,
            sqlx::Error::Encode(_) => Self::Driver("a value could not be sent"),
            sqlx::Error::Configuration(_) => Self::Driver("the connection's settings do not make sense"),
            sqlx::Error::WorkerCrashed => Self::Driver("its thread stopped"),
            _ => Self::Driver("unexpected answer"),
        }
    }
}

fn database(error: &(dyn DatabaseError + 'static)) -> Cause {
    if let Some(error) = error.try_downcast_ref::<PgDatabaseError>() {
        return postgres(error);
    }
    if let Some(error) = error.try_downcast_ref::<MySqlDatabaseError>() {
        return mariadb(error.number(), error.code().unwrap_or_default(), error.message());
    }
    sqlite(error.code().and_then(|code| code.parse().ok()).unwrap_or(1), error.message())
}

/// Only messages made of names alone are repeated; a trigger's `RAISE` may say anything.
fn sqlite(code: i32, message: &str) -> Cause {
    const NAMES_ONLY: [i32; 5] = [275, 1299, 1555, 2067, 3091]; // CHECK, NOT NULL, PRIMARY KEY, UNIQUE, type of a STRICT table
    match code & 0xff {
        5 | 6 => Cause::Busy,
        3 | 8 | 14 | 23 => Cause::Forbidden,
        19 if NAMES_ONLY.contains(&code) => Cause::Constraint(message.to_owned()),
        // Only we say no to a commit, when it comes too late.
        19 if code == 531 => Cause::Unasked,
        19 if code == 787 => Cause::Constraint("a foreign key would point nowhere".to_owned()),
        19 => Cause::Constraint(format!("SQLite result code {code}")),
        1 if message.starts_with("foreign key mismatch") => Cause::Constraint(message.to_owned()),
        _ => Cause::Sqlite(code),
    }
}

const NOT_FITTING: &str = "the value does not fit the column's type or length";

/// By SQLSTATE (PostgreSQL, appendix A).
fn postgres(error: &PgDatabaseError) -> Cause {
    let (code, table) = (error.code(), error.table().unwrap_or("its table"));
    let named = |what: &str, name: Option<&str>| Cause::Constraint(format!("{what} `{}` of `{table}`", name.unwrap_or("?")));
    match code {
        "55P03" => Cause::Busy,
        "40001" | "40P01" | "40002" | "40003" => Cause::Crossed,
        "57014" => Cause::Stopped,
        // It waited too long for the end of a transaction.
        "25P03" => Cause::Unreachable,
        "53300" => Cause::Full,
        "25006" => Cause::ReadOnly,
        "3D000" => Cause::NoDatabase,
        "23502" => named("NOT NULL", error.column()),
        "23505" => named("UNIQUE", error.constraint()),
        "23514" => named("CHECK", error.constraint()),
        "23503" | "23001" => named("foreign key", error.constraint()),
        "22001" | "22003" | "22007" | "22008" | "22P02" | "22P03" | "42804" => Cause::Constraint(NOT_FITTING.to_owned()),
        "P0001" => Cause::Constraint("SQLSTATE P0001".to_owned()),
        "42501" => Cause::Forbidden,
        _ => match code.get(..2) {
            Some("28") => Cause::Forbidden,
            Some("08" | "53" | "57" | "58") => Cause::Unreachable,
            Some("23" | "45") => Cause::Constraint(format!("SQLSTATE {code}")),
            _ => Cause::Server(code.to_owned()),
        },
    }
}

/// By number (MariaDB, error codes); where the two families differ, by SQLSTATE.
fn mariadb(number: u16, state: &str, message: &str) -> Cause {
    let constraint = |what: &str| Cause::Constraint(what.to_owned());
    match number {
        1205 => Cause::Busy,
        1213 | 1020 => Cause::Crossed,
        1969 | 3024 | 1317 => Cause::Stopped,
        1040 | 1203 | 1226 => Cause::Full,
        1044 | 1045 | 1142 | 1143 | 1227 | 1370 | 1698 | 1410 | 3118 => Cause::Forbidden,
        1290 | 1792 | 1836 => Cause::ReadOnly,
        1049 => Cause::NoDatabase,
        1927 | 1053 | 1077 | 1158..=1161 | 1094 => Cause::Unreachable,
        1048 => constraint(&format!("NOT NULL `{}`", named(message, '\''))),
        1062 => constraint(&format!("UNIQUE `{}`", named(message.rsplit("for key").next().unwrap_or_default(), '\''))),
        3819 => constraint(&format!("CHECK `{}`", named(message, '\''))),
        4025 if state == "23000" => constraint(&format!("CHECK `{}`", named(message, '`'))),
        1451 | 1452 | 1216 | 1217 | 1761 => constraint("a foreign key would point nowhere"),
        1264 | 1265 | 1292 | 1366 | 1406 | 1411 | 3140 | 3156 => constraint(NOT_FITTING),
        1644 => constraint("SQLSTATE 45000"),
        _ if state.starts_with("08") => Cause::Unreachable,
        _ => Cause::Server(number.to_string()),
    }
}

/// The first name that a message quotes.
fn named(message: &str, quote: char) -> &str {
    message.split(quote).nth(1).unwrap_or("?")
}

#[cfg(test)]
mod tests {
    use super::{mariadb, sqlite};
    use crate::connector::Cause;

    #[test]
    fn a_value_in_a_message_goes_no_further() {
        let told = mariadb(1062, "23000", "Duplicate entry 'ola@example.no' for key 'customers.email'");
        assert_eq!(told, Cause::Constraint("UNIQUE `customers.email`".to_owned()));
        let sly = mariadb(1062, "23000", "Duplicate entry 'for key 'x' ola' for key 'email'");
        assert_eq!(sly, Cause::Constraint("UNIQUE `email`".to_owned()));
        assert_eq!(mariadb(1644, "45000", "never delete kari@example.no"), Cause::Constraint("SQLSTATE 45000".to_owned()));
        assert_eq!(mariadb(1366, "22007", "Incorrect integer value: 'kari' for column"), Cause::Constraint(super::NOT_FITTING.to_owned()));
        assert_eq!(sqlite(1811, "never delete kari@example.no"), Cause::Constraint("SQLite result code 1811".to_owned()));
    }
}
