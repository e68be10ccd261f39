//! Incidents: something a person has to mend before the case can go on. Nothing waits in silence.

use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, QueryOrder as _, entity::prelude::*, sea_query::Expr};

use super::{Doing as _, Rows, StoreError, Tx, time};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "incident")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub case_id: String,
        pub step: String,
        pub branch: Option<String>,
        pub cause: String,
        pub opened_at: i64,
        pub closed_at: Option<i64>,
        pub closed_by: Option<String>,
        pub resolution: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// An incident, open or mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Random.
    pub id: String,
    /// The case.
    pub case: String,
    /// Workflow step.
    pub step: String,
    /// Branch of an `each`.
    pub branch: Option<String>,
    /// What went wrong; no personal data.
    pub cause: String,
    /// When.
    pub opened_at: Timestamp,
    /// When, by whom and how it was mended.
    pub closed: Option<(Timestamp, String, String)>,
}

/// Opens an incident.
pub async fn insert(tx: &Tx, incident: &Incident) -> Result<(), StoreError> {
    let row = row::ActiveModel {
        id: Set(incident.id.clone()),
        case_id: Set(incident.case.clone()),
        step: Set(incident.step.clone()),
        branch: Set(incident.branch.clone()),
        cause: Set(incident.cause.clone()),
        opened_at: Set(incident.opened_at.as_microsecond()),
        closed_at: Set(None),
        closed_by: Set(None),
        resolution: Set(None),
    };
    row::Entity::insert(row).exec_without_returning(tx.conn()).await.doing("opening an incident")?;
    Ok(())
}

/// Closes the open incidents of a step (and branch).
pub async fn close(tx: &Tx, case: &str, step: &str, branch: Option<&str>, at: Timestamp, by: &str, how: &str) -> Result<(), StoreError> {
    let mut update = row::Entity::update_many()
        .col_expr(row::Column::ClosedAt, Expr::value(at.as_microsecond()))
        .col_expr(row::Column::ClosedBy, Expr::value(by))
        .col_expr(row::Column::Resolution, Expr::value(how))
        .filter(row::Column::CaseId.eq(case))
        .filter(row::Column::Step.eq(step))
        .filter(row::Column::ClosedAt.is_null());
    if let Some(branch) = branch {
        update = update.filter(row::Column::Branch.eq(branch));
    }
    update.exec(tx.conn()).await.doing("closing an incident")?;
    Ok(())
}

/// A case's incidents, oldest first.
pub async fn of_case(rows: &impl Rows, case: &str) -> Result<Vec<Incident>, StoreError> {
    let found = row::Entity::find().filter(row::Column::CaseId.eq(case)).order_by_asc(row::Column::OpenedAt).all(rows.conn()).await;
    Ok(found.doing("reading a case's incidents")?.into_iter().map(from_row).collect())
}

/// Every open incident.
pub async fn open(rows: &impl Rows) -> Result<Vec<Incident>, StoreError> {
    let found = row::Entity::find().filter(row::Column::ClosedAt.is_null()).order_by_asc(row::Column::OpenedAt).all(rows.conn()).await;
    Ok(found.doing("reading open incidents")?.into_iter().map(from_row).collect())
}

fn from_row(row: row::Model) -> Incident {
    let closed = row.closed_at.map(|at| (time(at), row.closed_by.unwrap_or_default(), row.resolution.unwrap_or_default()));
    Incident { id: row.id, case: row.case_id, step: row.step, branch: row.branch, cause: row.cause, opened_at: time(row.opened_at), closed }
}
