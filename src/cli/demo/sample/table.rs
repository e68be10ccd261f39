//! Rows on their way into one table of a sample database.

use jiff::civil::Date;
use sqlx::{AssertSqlSafe, Sqlite, SqliteConnection, query::Query, sqlite::SqliteArguments};

/// Rows for one table, all of the same width.
#[derive(Debug)]
pub(super) struct Table {
    name: &'static str,
    columns: Vec<&'static str>,
    cells: Vec<Cell>,
}

/// One value.
#[derive(Debug, Clone)]
pub(super) enum Cell {
    Null,
    Integer(i64),
    Text(String),
    Bytes(Vec<u8>),
    /// Text that an old import left in another character set: `SQLite` takes it, a careful reader reports it.
    NotUtf8(&'static [u8]),
}

/// Rows per statement: few enough for the driver's statement cache, many enough to be quick.
const AT_ONCE: usize = 64;

impl Table {
    /// Names the table, its columns and its rows.
    pub(super) fn of<const N: usize>(name: &'static str, columns: [&'static str; N], rows: impl IntoIterator<Item = [Cell; N]>) -> Self {
        Self { name, columns: columns.to_vec(), cells: rows.into_iter().flatten().collect() }
    }

    /// Inserts every row.
    pub(super) async fn insert(self, into: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        let width = self.columns.len().max(1);
        for cells in self.cells.chunks(width * AT_ONCE) {
            // Table and column names are ours; every value is bound.
            let statement = AssertSqlSafe(self.statement(cells, width));
            cells.iter().fold(sqlx::query(statement), bind).execute(&mut *into).await?;
        }
        Ok(())
    }

    fn statement(&self, cells: &[Cell], width: usize) -> String {
        let places = |row: &[Cell]| format!("({})", row.iter().map(Cell::place).collect::<Vec<_>>().join(", "));
        let rows: Vec<_> = cells.chunks(width).map(places).collect();
        format!("INSERT INTO {} ({}) VALUES {}", self.name, self.columns.join(", "), rows.join(", "))
    }
}

impl Cell {
    const fn place(&self) -> &'static str {
        match self {
            Self::NotUtf8(_) => "CAST(? AS TEXT)",
            Self::Null | Self::Integer(_) | Self::Text(_) | Self::Bytes(_) => "?",
        }
    }
}

type Insert<'q> = Query<'q, Sqlite, SqliteArguments>;

fn bind<'q>(statement: Insert<'q>, cell: &Cell) -> Insert<'q> {
    match cell {
        Cell::Null => statement.bind(None::<String>),
        Cell::Integer(number) => statement.bind(*number),
        Cell::Text(text) => statement.bind(text.clone()),
        Cell::Bytes(bytes) => statement.bind(bytes.clone()),
        Cell::NotUtf8(bytes) => statement.bind(bytes.to_vec()),
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Self {
        Self::Integer(yes.into())
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Vec<u8>> for Cell {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<Date> for Cell {
    fn from(date: Date) -> Self {
        Self::Text(date.to_string())
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
