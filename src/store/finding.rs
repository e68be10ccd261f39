//! Findings: what each system held about a person, sealed under the case's key.

use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    QueryOrder as _,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};

use super::{Doing as _, Rows, StoreError, Tx, part, time};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "finding")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub case_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub system: String,
        pub outcome: String,
        pub records: i64,
        pub found_at: i64,
        pub problem: Option<String>,
        pub sealed: Option<Vec<u8>>,
        pub parts: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// One system's answer in one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The case.
    pub case: String,
    /// The system.
    pub system: String,
    /// `found`, `nothing` or `failed`.
    pub outcome: String,
    /// How many records.
    pub records: u64,
    /// When the system was read.
    pub found_at: Timestamp,
    /// Why it failed.
    pub problem: Option<String>,
    /// The records, sealed; gone once the case no longer needs them.
    pub sealed: Option<Vec<u8>>,
    /// The search whose [parts](part) hold further records: more than fit into one row.
    pub parts: Option<String>,
}

/// Stores a system's answer, replacing an earlier one and all that searches wrote which came to nothing.
pub async fn put(tx: &Tx, finding: &Finding) -> Result<(), StoreError> {
    use row::Column;
    let row = row::ActiveModel {
        case_id: Set(finding.case.clone()),
        system: Set(finding.system.clone()),
        outcome: Set(finding.outcome.clone()),
        records: Set(i64::try_from(finding.records).unwrap_or(i64::MAX)),
        found_at: Set(finding.found_at.as_microsecond()),
        problem: Set(finding.problem.clone()),
        sealed: Set(finding.sealed.clone()),
        parts: Set(finding.parts.clone()),
    };
    let columns = [Column::Outcome, Column::Records, Column::FoundAt, Column::Problem, Column::Sealed, Column::Parts];
    let newer = OnConflict::columns([row::Column::CaseId, row::Column::System]).update_columns(columns).to_owned();
    row::Entity::insert(row).on_conflict(newer).exec_without_returning(tx.writing().await?).await.doing("storing a finding")?;
    part::keep_only(tx, finding).await
}

/// A case's findings by system.
pub async fn of_case(rows: &impl Rows, case: &str) -> Result<Vec<Finding>, StoreError> {
    let found = row::Entity::find().filter(row::Column::CaseId.eq(case)).order_by_asc(row::Column::System).all(rows.conn().await?).await;
    let finding = |row: row::Model| Finding {
        case: row.case_id,
        system: row.system,
        outcome: row.outcome,
        records: u64::try_from(row.records).unwrap_or(0),
        found_at: time(row.found_at),
        problem: row.problem,
        sealed: row.sealed,
        parts: row.parts,
    };
    Ok(found.doing("reading a case's findings")?.into_iter().map(finding).collect())
}

/// Removes the sealed records of a case; counts and outcomes stay.
pub async fn forget(tx: &Tx, case: &str) -> Result<(), StoreError> {
    let update = row::Entity::update_many()
        .col_expr(row::Column::Sealed, Expr::value(Option::<Vec<u8>>::None))
        .col_expr(row::Column::Parts, Expr::value(Option::<String>::None))
        .filter(row::Column::CaseId.eq(case));
    update.exec(tx.writing().await?).await.doing("forgetting a case's findings")?;
    part::forget(tx, case).await
}
