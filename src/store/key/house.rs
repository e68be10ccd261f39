//! What stands sealed under the house key itself, because it belongs to no case: when that key is replaced, all of it is sealed anew.

use habeas_core::crypto::seal::KeyId;
use sea_orm::{
    ConnectionTrait as _, DbErr, QueryResult,
    sea_query::{Expr, ExprTrait as _, Query, SelectStatement},
};

use super::{
    super::{Doing as _, Rows, StoreError, Tx},
    PAGE, head_of, under_another,
};

/// A column, the one that names its row, and what comes before that name in the place that it is sealed for.
struct Column {
    table: &'static str,
    row: &'static str,
    sealed: &'static str,
    place: &'static str,
    /// Which of its rows are.
    such: Such,
}

/// Which rows are sealed under the house key.
enum Such {
    /// Each.
    All,
    /// Those of no case: the others are sealed under their case's key.
    OfNoCase,
    /// Those of one kind, which is sealed for a place of its own.
    OfKind(&'static str),
}

/// All of them. Whoever seals something else with `Keys::seal` adds a line here.
const COLUMNS: [Column; 8] = [
    Column { table: "credential", row: "holder", sealed: "sealed", place: "totp:", such: Such::OfKind("totp") },
    Column { table: "credential", row: "id", sealed: "sealed", place: "passkey:", such: Such::OfKind("passkey") },
    Column { table: "session", row: "id", sealed: "sealed", place: "", such: Such::All },
    Column { table: "letter", row: "id", sealed: "sealed", place: "letter:", such: Such::OfNoCase },
    Column { table: "hold_review", row: "id", sealed: "sealed", place: "hold-review:", such: Such::All },
    Column { table: "breaker_stop", row: "id", sealed: "asked_sealed", place: "breaker-asked:", such: Such::All },
    Column { table: "breaker_stop", row: "id", sealed: "agreed_sealed", place: "breaker-agreed:", such: Such::All },
    Column { table: "gate_entry", row: "case_id", sealed: "sealed", place: "gate:", such: Such::All },
];

/// Something that is sealed under an older key.
pub struct Sealed {
    column: &'static Column,
    row: String,
    /// What it says, sealed.
    pub sealed: Vec<u8>,
}

impl Sealed {
    /// The place that it is sealed for.
    pub fn place(&self) -> String {
        format!("{}{}", self.column.place, self.row)
    }
}

/// Some of what is sealed under another key than one.
pub async fn sealed_otherwise(rows: &impl Rows, key: KeyId) -> Result<Vec<Sealed>, StoreError> {
    let doing = "reading what the house key sealed";
    let mut all = Vec::new();
    for column in &COLUMNS {
        let found = rows.conn().await?.query_all(&older(column, key)).await.doing(doing)?;
        let read = |row: &QueryResult| Ok::<_, DbErr>(Sealed { column, row: row.try_get_by_index(0)?, sealed: row.try_get_by_index(1)? });
        all.extend(found.iter().map(read).collect::<Result<Vec<_>, _>>().doing(doing)?);
    }
    Ok(all)
}

fn older(column: &Column, key: KeyId) -> SelectStatement {
    let mut query = Query::select();
    query.columns([column.row, column.sealed]).from(column.table).and_where(under_another(head_of(Expr::col(column.sealed)), key));
    match column.such {
        Such::All => {}
        Such::OfNoCase => drop(query.and_where(Expr::col("case_id").is_null())),
        Such::OfKind(kind) => drop(query.and_where(Expr::col("kind").eq(kind))),
    }
    query.limit(u64::try_from(PAGE).unwrap_or(u64::MAX)).to_owned()
}

/// Puts something that was sealed anew in the place of the old. What changed meanwhile stays as it is, and is looked at again.
pub async fn replace(tx: &Tx, old: &Sealed, anew: Vec<u8>) -> Result<(), StoreError> {
    let update = Query::update()
        .table(old.column.table)
        .value(old.column.sealed, anew)
        .and_where(Expr::col(old.column.row).eq(old.row.as_str()))
        .and_where(Expr::col(old.column.sealed).eq(old.sealed.clone()))
        .to_owned();
    tx.writing().await?.execute(&update).await.doing("sealing anew what the house key sealed")?;
    Ok(())
}
