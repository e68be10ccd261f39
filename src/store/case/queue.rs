//! Cases for the desk's queue, without their keys: it shows nothing that is sealed. Of closed cases there are more every year, so they
//! are counted and read by the page, never all.

use habeas_core::law::right::Right;
use sea_orm::{QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::{
    super::{Doing as _, Rows, StoreError, key},
    Case, Phase, from_row, row,
};

/// Open cases, the soonest strict deadline first.
pub async fn open(rows: &impl Rows, limit: u64) -> Result<Vec<Case>, StoreError> {
    let open = row::Entity::find().filter(row::Column::Phase.eq(Phase::Open.name()));
    let soonest = open.order_by_asc(row::Column::StrictDueOn).order_by_asc(row::Column::Id).limit(limit);
    without_keys(soonest.all(rows.conn().await?).await.doing("reading open cases")?)
}

/// Some cases by their references.
pub async fn some(rows: &impl Rows, ids: &[String]) -> Result<Vec<Case>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = row::Entity::find().filter(row::Column::Id.is_in(ids)).all(rows.conn().await?).await;
    without_keys(found.doing("reading some cases")?)
}

/// How many closed cases there are of a right (`None`: any) whose reference holds some words.
pub async fn count_closed(rows: &impl Rows, right: Option<Right>, words: &str) -> Result<u64, StoreError> {
    closed(right, words).count(rows.conn().await?).await.doing("counting closed cases")
}

/// A stretch of the same, the latest closed first.
pub async fn some_closed(rows: &impl Rows, right: Option<Right>, words: &str, skip: usize, limit: usize) -> Result<Vec<Case>, StoreError> {
    let latest = closed(right, words).order_by_desc(row::Column::ClosedAt).order_by_asc(row::Column::Id);
    let (skip, limit) = (u64::try_from(skip).unwrap_or(u64::MAX), u64::try_from(limit).unwrap_or(u64::MAX));
    without_keys(latest.offset(skip).limit(limit).all(rows.conn().await?).await.doing("reading closed cases")?)
}

fn closed(right: Option<Right>, words: &str) -> Select<row::Entity> {
    let mut closed = row::Entity::find().filter(row::Column::Phase.ne(Phase::Open.name()));
    if let Some(right) = right {
        closed = closed.filter(row::Column::Right.eq(right.name()));
    }
    if !words.is_empty() {
        closed = closed.filter(row::Column::Id.contains(words));
    }
    closed
}

fn without_keys(found: Vec<row::Model>) -> Result<Vec<Case>, StoreError> {
    let mut none = key::Wrapped::new();
    found.into_iter().map(|row| from_row(row, &mut none)).collect()
}
