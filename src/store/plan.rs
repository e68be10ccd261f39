//! Frozen plans: sealed under the case's key, found by their hash, approved at most once.

use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    QueryOrder as _,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};

use super::{Doing as _, Rows, StoreError, Tx, time};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "plan")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub case_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: String,
        pub frozen_at: i64,
        pub approved_by: Option<String>,
        pub approved_at: Option<i64>,
        pub sealed: Option<Vec<u8>>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// A frozen plan as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPlan {
    /// The case.
    pub case: String,
    /// SHA-256 of the plan, hex.
    pub hash: String,
    /// When it was frozen.
    pub frozen_at: Timestamp,
    /// Who approved it, and when.
    pub approved: Option<(String, Timestamp)>,
    /// The plan, sealed.
    pub sealed: Option<Vec<u8>>,
}

/// Stores a frozen plan; the same plan frozen again is the same row, and its earlier approval is void.
pub async fn put(tx: &Tx, plan: &StoredPlan) -> Result<(), StoreError> {
    let doing = "storing a plan";
    let row = row::ActiveModel {
        case_id: Set(plan.case.clone()),
        hash: Set(plan.hash.clone()),
        frozen_at: Set(plan.frozen_at.as_microsecond()),
        approved_by: Set(None),
        approved_at: Set(None),
        sealed: Set(plan.sealed.clone()),
    };
    let columns = [row::Column::FrozenAt, row::Column::ApprovedBy, row::Column::ApprovedAt, row::Column::Sealed];
    let again = OnConflict::columns([row::Column::CaseId, row::Column::Hash]).update_columns(columns).to_owned();
    row::Entity::insert(row).on_conflict(again).exec_without_returning(tx.writing().await?).await.doing(doing)?;
    Ok(())
}

/// Signs a plan's hash; refuses one that is not there or already approved.
pub async fn approve(tx: &Tx, case: &str, hash: &str, by: &str, at: Timestamp) -> Result<(), StoreError> {
    let doing = "approving a plan";
    let update = row::Entity::update_many()
        .col_expr(row::Column::ApprovedBy, Expr::value(by))
        .col_expr(row::Column::ApprovedAt, Expr::value(at.as_microsecond()))
        .filter(row::Column::CaseId.eq(case))
        .filter(row::Column::Hash.eq(hash))
        .filter(row::Column::ApprovedBy.is_null());
    let approved = update.exec(tx.writing().await?).await.doing(doing)?;
    if approved.rows_affected == 1 { Ok(()) } else { Err(StoreError::Raced { doing }) }
}

/// The newest plan of a case.
pub async fn latest(rows: &impl Rows, case: &str) -> Result<Option<StoredPlan>, StoreError> {
    let found = row::Entity::find().filter(row::Column::CaseId.eq(case)).order_by_desc(row::Column::FrozenAt).one(rows.conn().await?).await;
    Ok(found.doing("reading a plan")?.map(from_row))
}

/// One plan by its hash.
pub async fn get(rows: &impl Rows, case: &str, hash: &str) -> Result<Option<StoredPlan>, StoreError> {
    let found = row::Entity::find_by_id((case.to_owned(), hash.to_owned())).one(rows.conn().await?).await;
    Ok(found.doing("reading a plan")?.map(from_row))
}

fn from_row(row: row::Model) -> StoredPlan {
    let approved = row.approved_by.zip(row.approved_at.map(time));
    StoredPlan { case: row.case_id, hash: row.hash, frozen_at: time(row.frozen_at), approved, sealed: row.sealed }
}
