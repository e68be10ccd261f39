//! Timers: rows with a due time. One per case, step, branch and kind.

use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, QueryOrder as _, QuerySelect as _, entity::prelude::*, sea_query::OnConflict};

use super::{Doing as _, Rows, StoreError, Tx, bucket, time};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "timer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub case_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub step: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub branch: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
        pub bucket: i16,
        pub due_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// A timer of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timer {
    /// The case.
    pub case: String,
    /// Workflow step; empty for the case's own alarms.
    pub step: String,
    /// Branch of an `each`.
    pub branch: Option<String>,
    /// The workflow's timer kind, JSON.
    pub kind: String,
    /// When it fires.
    pub due_at: Timestamp,
}

/// Sets a timer, or moves it.
pub async fn set(tx: &Tx, timer: &Timer) -> Result<(), StoreError> {
    let row = row::ActiveModel {
        case_id: Set(timer.case.clone()),
        step: Set(timer.step.clone()),
        branch: Set(timer.branch.clone().unwrap_or_default()),
        kind: Set(timer.kind.clone()),
        bucket: Set(bucket(&timer.case)),
        due_at: Set(timer.due_at.as_microsecond()),
    };
    let key = [row::Column::CaseId, row::Column::Step, row::Column::Branch, row::Column::Kind];
    let moved = OnConflict::columns(key).update_column(row::Column::DueAt).to_owned();
    row::Entity::insert(row).on_conflict(moved).exec_without_returning(tx.conn()).await.doing("setting a timer")?;
    Ok(())
}

/// Takes one timer away, fired or not; `false` when it was gone already.
pub async fn clear(tx: &Tx, timer: &Timer) -> Result<bool, StoreError> {
    let gone = row::Entity::delete_many()
        .filter(row::Column::CaseId.eq(&timer.case))
        .filter(row::Column::Step.eq(&timer.step))
        .filter(row::Column::Branch.eq(timer.branch.clone().unwrap_or_default()))
        .filter(row::Column::Kind.eq(&timer.kind))
        .exec(tx.conn())
        .await;
    Ok(gone.doing("clearing a timer")?.rows_affected > 0)
}

/// Takes every timer of a step (and branch) away; of the whole case when no step is named.
pub async fn clear_step(tx: &Tx, case: &str, step: Option<&str>, branch: Option<&str>) -> Result<(), StoreError> {
    let mut delete = row::Entity::delete_many().filter(row::Column::CaseId.eq(case));
    if let Some(step) = step {
        delete = delete.filter(row::Column::Step.eq(step)).filter(row::Column::Branch.eq(branch.unwrap_or_default()));
    }
    delete.exec(tx.conn()).await.doing("clearing timers")?;
    Ok(())
}

/// Timers that are due, longest overdue first.
pub async fn due(rows: &impl Rows, now: Timestamp, limit: u64) -> Result<Vec<Timer>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::DueAt.lte(now.as_microsecond()))
        .order_by_asc(row::Column::DueAt)
        .limit(limit)
        .all(rows.conn());
    Ok(found.await.doing("reading due timers")?.into_iter().map(from_row).collect())
}

/// The timer that fires next.
pub async fn next(rows: &impl Rows) -> Result<Option<Timer>, StoreError> {
    let found = row::Entity::find().order_by_asc(row::Column::DueAt).one(rows.conn()).await;
    Ok(found.doing("reading the next timer")?.map(from_row))
}

/// A case's timers, soonest first.
pub async fn of_case(rows: &impl Rows, case: &str) -> Result<Vec<Timer>, StoreError> {
    let found = row::Entity::find().filter(row::Column::CaseId.eq(case)).order_by_asc(row::Column::DueAt).all(rows.conn()).await;
    Ok(found.doing("reading a case's timers")?.into_iter().map(from_row).collect())
}

fn from_row(row: row::Model) -> Timer {
    let branch = (!row.branch.is_empty()).then_some(row.branch);
    Timer { case: row.case_id, step: row.step, branch, kind: row.kind, due_at: time(row.due_at) }
}
