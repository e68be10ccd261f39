//! Deferrals: what an approved plan must still erase, and from which day. They run by themselves.

use jiff::{Timestamp, civil::Date};
use sea_orm::{
    ActiveValue::Set,
    QueryOrder as _, QuerySelect as _,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait as _, OnConflict, Query, SelectStatement},
};

use super::{Doing as _, Rows, StoreError, Tx, date, time};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "deferral")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub case_id: String,
        pub plan: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub system: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub due_on: String,
        pub items: i64,
        pub looked_on: Option<String>,
        pub done_at: Option<i64>,
        pub waits_for: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// One day's erasure in one system, promised by a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deferral {
    /// The case.
    pub case: String,
    /// Hash of the approved plan.
    pub plan: String,
    /// The system.
    pub system: String,
    /// The first day it may run.
    pub due_on: Date,
    /// How many records.
    pub items: u64,
    /// When it ran.
    pub done_at: Option<Timestamp>,
    /// The hold or fault that it waits for.
    pub waits_for: Option<String>,
}

/// Schedules a deferral; one already there stays.
pub async fn put(tx: &Tx, deferral: &Deferral) -> Result<(), StoreError> {
    let row = row::ActiveModel {
        case_id: Set(deferral.case.clone()),
        plan: Set(deferral.plan.clone()),
        system: Set(deferral.system.clone()),
        due_on: Set(deferral.due_on.to_string()),
        items: Set(i64::try_from(deferral.items).unwrap_or(i64::MAX)),
        looked_on: Set(None),
        done_at: Set(None),
        waits_for: Set(None),
    };
    let once = OnConflict::columns([row::Column::CaseId, row::Column::System, row::Column::DueOn]).do_nothing().to_owned();
    row::Entity::insert(row).on_conflict(once).exec_without_returning(tx.writing().await?).await.doing("scheduling a deferred erasure")?;
    Ok(())
}

/// Deferrals whose day has come, that have not run and were not looked at today, oldest first.
pub async fn due(rows: &impl Rows, today: Date, limit: u64) -> Result<Vec<Deferral>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::DueOn.lte(today.to_string()))
        .filter(row::Column::DoneAt.is_null())
        .filter(row::Column::LookedOn.is_null().or(row::Column::LookedOn.lt(today.to_string())))
        .order_by_asc(row::Column::DueOn)
        .limit(limit)
        .all(rows.conn().await?)
        .await;
    found.doing("reading due deferrals")?.into_iter().map(from_row).collect()
}

/// The next day a deferral falls due. One that waits for a hold or a system is due already.
pub async fn next(rows: &impl Rows) -> Result<Option<Date>, StoreError> {
    let due = row::Entity::find().filter(row::Column::DoneAt.is_null()).filter(row::Column::WaitsFor.is_null());
    let found = due.order_by_asc(row::Column::DueOn).one(rows.conn().await?).await;
    found.doing("reading the next deferral")?.map(|row| date(&row.due_on, "reading the next deferral", "due_on")).transpose()
}

/// A case's deferrals, soonest first, those of one day by system.
pub async fn of_case(rows: &impl Rows, case: &str) -> Result<Vec<Deferral>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::CaseId.eq(case))
        .order_by_asc(row::Column::DueOn)
        .order_by_asc(row::Column::System)
        .all(rows.conn().await?)
        .await;
    found.doing("reading a case's deferrals")?.into_iter().map(from_row).collect()
}

/// Cases of which something is still to be erased.
pub(in crate::store) fn cases_waiting() -> SelectStatement {
    Query::select().column(row::Column::CaseId).from(row::Entity).and_where(row::Column::DoneAt.is_null()).to_owned()
}

/// Notes that a deferral is looked at today; `false` when somebody else does, or did it already.
pub async fn look(tx: &Tx, deferral: &Deferral, today: Date) -> Result<bool, StoreError> {
    let update = row::Entity::update_many()
        .col_expr(row::Column::LookedOn, Expr::value(today.to_string()))
        .filter(row::Column::CaseId.eq(&deferral.case))
        .filter(row::Column::System.eq(&deferral.system))
        .filter(row::Column::DueOn.eq(deferral.due_on.to_string()))
        .filter(row::Column::DoneAt.is_null())
        .filter(row::Column::LookedOn.is_null().or(row::Column::LookedOn.lt(today.to_string())));
    Ok(update.exec(tx.writing().await?).await.doing("looking at a deferral")?.rows_affected == 1)
}

/// Has what waits for a hold looked at again at once, though it was looked at today.
pub async fn wake(tx: &Tx, hold: &str) -> Result<(), StoreError> {
    let update = row::Entity::update_many()
        .col_expr(row::Column::LookedOn, Expr::value(Option::<String>::None))
        .filter(row::Column::WaitsFor.eq(hold))
        .filter(row::Column::DoneAt.is_null());
    update.exec(tx.writing().await?).await.doing("waking what waited for a hold")?;
    Ok(())
}

/// Marks a deferral done, or what it waits for.
pub async fn mark(tx: &Tx, deferral: &Deferral) -> Result<(), StoreError> {
    let update = row::Entity::update_many()
        .col_expr(row::Column::DoneAt, Expr::value(deferral.done_at.map(Timestamp::as_microsecond)))
        .col_expr(row::Column::WaitsFor, Expr::value(deferral.waits_for.clone()))
        .filter(row::Column::CaseId.eq(&deferral.case))
        .filter(row::Column::System.eq(&deferral.system))
        .filter(row::Column::DueOn.eq(deferral.due_on.to_string()));
    update.exec(tx.writing().await?).await.doing("marking a deferral")?;
    Ok(())
}

fn from_row(row: row::Model) -> Result<Deferral, StoreError> {
    Ok(Deferral {
        due_on: date(&row.due_on, "reading a deferral", "due_on")?,
        case: row.case_id,
        plan: row.plan,
        system: row.system,
        items: u64::try_from(row.items).unwrap_or(0),
        done_at: row.done_at.map(time),
        waits_for: row.waits_for,
    })
}
