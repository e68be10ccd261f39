//! Shredding: a case's key is destroyed, so that no copy of its data can be opened any more, and what it sealed is removed as clutter.
//!
//! The row of the case stays: that there was a request, when it came and how it ended (Art. 5(2)). So do the journal, which holds codes,
//! and the log's commitments, without which nobody else's proof would hold.

use jiff::Timestamp;
use sea_orm::{
    ConnectionTrait as _,
    sea_query::{Expr, ExprTrait as _, Query},
};

use super::{
    Doing as _, Rows as _, StoreError, Tx,
    case::{self, Due},
    key, leaf,
};

/// Columns that are sealed under a case's key, of rows that stay.
const SEALED: [(&str, &str); 5] =
    [("finding", "sealed"), ("plan", "sealed"), ("letter", "sealed"), ("task", "answer"), ("incident", "answer")];
/// Rows that are nothing without what is sealed in them.
const WHOLE: [&str; 8] = ["finding_part", "notice", "message", "message_file", "statement", "gate_use", "package", "document"];

/// Shreds those of some cases that are due, now that nobody else can move them; returns which. What the keys sealed cannot be opened from
/// here on, even if the transaction is not committed: then they are still due.
pub async fn due(tx: &Tx, due: Due<'_>, at: Timestamp) -> Result<Vec<String>, StoreError> {
    let doing = "removing what a shredded case had sealed";
    let asked = due.among.unwrap_or_default();
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    case::lock_all(tx.writing().await?, tx.key_store(), asked).await?;
    let ids = case::expired(tx, due, u64::try_from(asked.len()).unwrap_or(u64::MAX)).await?;
    if ids.is_empty() {
        return Ok(ids);
    }
    let theirs = || Expr::col("case_id").is_in(ids.iter().map(String::as_str));
    let conn = tx.writing().await?;
    for (table, column) in SEALED {
        let nothing = Query::update().table(table).value(column, Option::<Vec<u8>>::None).and_where(theirs()).to_owned();
        conn.execute(&nothing).await.doing(doing)?;
    }
    for table in WHOLE {
        conn.execute(&Query::delete().from_table(table).and_where(theirs()).to_owned()).await.doing(doing)?;
    }
    leaf::forget(tx, &ids).await?;
    case::mark_shredded(tx, &ids, at).await?;
    forget_credentials(tx, &ids).await?;
    key::destroy(tx, &ids).await?;
    Ok(ids)
}

/// What a mailbox's person proved herself with goes with the last case that knew her.
async fn forget_credentials(tx: &Tx, ids: &[String]) -> Result<(), StoreError> {
    let subjects = || Query::select().column("subject").from("cases").to_owned();
    let gone = subjects().and_where(Expr::col("id").is_in(ids.iter().map(String::as_str))).to_owned();
    let left = subjects().and_where(Expr::col("shredded_at").is_null()).to_owned();
    for table in ["credential", "credential_try"] {
        let delete = Query::delete()
            .from_table(table)
            .and_where(Expr::col("holder").in_subquery(gone.clone()))
            .and_where(Expr::col("holder").not_in_subquery(left.clone()))
            .to_owned();
        tx.writing().await?.execute(&delete).await.doing("removing the credentials of who is forgotten")?;
    }
    Ok(())
}
