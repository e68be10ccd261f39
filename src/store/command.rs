//! Commands: effects as rows. A worker leases one, performs it and reports; a late report is refused by its fence.

use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    FromQueryResult as _, QuerySelect as _,
    entity::prelude::*,
    sea_query::{self, Expr, ExprTrait as _, LockBehavior, LockType, Query},
};
use serde::{Deserialize, Serialize};

use super::{Doing as _, Rows, Store, StoreError, Tx, bucket, json, time, to_json};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "command")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub bucket: i16,
        pub case_id: Option<String>,
        pub step: Option<String>,
        pub branch: Option<String>,
        pub action: String,
        pub argument: String,
        pub idempotency_key: String,
        pub retry: String,
        pub due_at: i64,
        pub lease_until: Option<i64>,
        pub worker: Option<String>,
        pub fence: i64,
        pub attempt: i32,
        pub last_error: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// An effect to perform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// Random.
    pub id: String,
    /// The case it belongs to, if any.
    pub case: Option<String>,
    /// Where in the case's workflow; `None` for the house's own effects.
    pub step: Option<String>,
    /// Which branch of an `each`.
    pub branch: Option<String>,
    /// What to do, such as `system.erase`.
    pub action: String,
    /// The action's argument, JSON.
    pub argument: String,
    /// The same over all attempts: what makes a second attempt harmless.
    pub idempotency_key: String,
    /// How often and how far apart.
    pub retry: Retry,
    /// Not before.
    pub due_at: Timestamp,
    /// Raised with every claim.
    pub fence: i64,
    /// Attempts made so far.
    pub attempt: u32,
    /// What the last attempt met; no personal data.
    pub last_error: Option<String>,
}

/// How often an effect is tried and how far apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retry {
    /// Attempts in all.
    pub times: u32,
    /// Seconds before the second attempt.
    pub from_seconds: u64,
    /// The longest pause.
    pub to_seconds: u64,
    /// Double the pause each time.
    pub exponential: bool,
}

impl Retry {
    /// Seconds to wait after `attempt` attempts have failed; `None` when there were enough.
    pub fn pause_seconds(self, attempt: u32) -> Option<u64> {
        if attempt >= self.times {
            return None;
        }
        let doubled = if self.exponential {
            self.from_seconds.saturating_mul(1 << Ord::min(attempt.saturating_sub(1), 32))
        } else {
            self.from_seconds
        };
        Some(Ord::min(doubled, self.to_seconds))
    }
}

/// How long a worker may take before somebody else may try.
const LEASE_SECONDS: i64 = 300;

/// Adds a command. One with the same idempotency key already waiting is left as it is.
pub async fn insert(tx: &Tx, command: &Command) -> Result<(), StoreError> {
    let doing = "storing a command";
    let row = row::ActiveModel {
        id: Set(command.id.clone()),
        bucket: Set(bucket(command.case.as_deref().unwrap_or(&command.id))),
        case_id: Set(command.case.clone()),
        step: Set(command.step.clone()),
        branch: Set(command.branch.clone()),
        action: Set(command.action.clone()),
        argument: Set(command.argument.clone()),
        idempotency_key: Set(command.idempotency_key.clone()),
        retry: Set(to_json(&command.retry, doing, "retry")?),
        due_at: Set(command.due_at.as_microsecond()),
        lease_until: Set(None),
        worker: Set(None),
        fence: Set(command.fence),
        attempt: Set(i32::try_from(command.attempt).unwrap_or(i32::MAX)),
        last_error: Set(command.last_error.clone()),
    };
    let once = sea_query::OnConflict::column(row::Column::IdempotencyKey).do_nothing().to_owned();
    row::Entity::insert(row).on_conflict(once).exec_without_returning(tx.conn()).await.doing(doing)?;
    Ok(())
}

/// Leases the command that has been due longest, for one worker. One statement on both databases; on PostgreSQL
/// rows another worker is looking at are skipped.
pub async fn claim(store: &Store, worker: &str, now: Timestamp) -> Result<Option<Command>, StoreError> {
    let doing = "claiming a command";
    let now = now.as_microsecond();
    let mut due = Query::select();
    due.column(row::Column::Id)
        .from(row::Entity)
        .and_where(row::Column::DueAt.lte(now))
        .and_where(row::Column::LeaseUntil.is_null().or(row::Column::LeaseUntil.lt(now)))
        .order_by(row::Column::DueAt, sea_query::Order::Asc)
        .limit(1);
    if store.conn().get_database_backend() == sea_orm::DbBackend::Postgres {
        due.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let lease = Query::update()
        .table(row::Entity)
        .value(row::Column::LeaseUntil, now + LEASE_SECONDS * 1_000_000)
        .value(row::Column::Worker, worker)
        .value(row::Column::Fence, Expr::col(row::Column::Fence).add(1))
        .value(row::Column::Attempt, Expr::col(row::Column::Attempt).add(1))
        // Compared with one value, not with `IN`: PostgreSQL may run the subquery of an `IN` once per row, and lease them all.
        .and_where(Expr::col(row::Column::Id).eq(due))
        .returning_all()
        .to_owned();
    let found = store.conn().query_one(&lease).await.doing(doing)?;
    let row = found.map(|found| row::Model::from_query_result(&found, "")).transpose().doing(doing)?;
    row.map(from_row).transpose()
}

/// Takes a finished command away; `false` when the lease had gone to somebody else.
pub async fn finish(tx: &Tx, id: &str, fence: i64) -> Result<bool, StoreError> {
    let gone = row::Entity::delete_many().filter(row::Column::Id.eq(id)).filter(row::Column::Fence.eq(fence)).exec(tx.conn()).await;
    Ok(gone.doing("finishing a command")?.rows_affected == 1)
}

/// Gives a command back for a later attempt; `false` when the lease had gone to somebody else.
pub async fn postpone(tx: &Tx, id: &str, fence: i64, until: Timestamp, error: &str) -> Result<bool, StoreError> {
    let update = row::Entity::update_many()
        .col_expr(row::Column::LeaseUntil, Expr::value(Option::<i64>::None))
        .col_expr(row::Column::DueAt, Expr::value(until.as_microsecond()))
        .col_expr(row::Column::LastError, Expr::value(error))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::Fence.eq(fence));
    Ok(update.exec(tx.conn()).await.doing("postponing a command")?.rows_affected == 1)
}

/// Takes away the commands of one step (and branch) of a case, when the case moves on without them.
pub async fn cancel(tx: &Tx, case: &str, step: &str, branch: Option<&str>) -> Result<(), StoreError> {
    let mut delete = row::Entity::delete_many().filter(row::Column::CaseId.eq(case)).filter(row::Column::Step.eq(step));
    if let Some(branch) = branch {
        delete = delete.filter(row::Column::Branch.eq(branch));
    }
    delete.exec(tx.conn()).await.doing("cancelling commands")?;
    Ok(())
}

/// The commands of a case that still wait.
pub async fn of_case(rows: &impl Rows, case: &str) -> Result<Vec<Command>, StoreError> {
    let found = row::Entity::find().filter(row::Column::CaseId.eq(case)).all(rows.conn()).await;
    found.doing("reading a case's commands")?.into_iter().map(from_row).collect()
}

/// How many commands are due now, leased or not.
pub async fn count_due(rows: &impl Rows, now: Timestamp) -> Result<u64, StoreError> {
    let due = row::Entity::find().filter(row::Column::DueAt.lte(now.as_microsecond()));
    due.count(rows.conn()).await.doing("counting commands")
}

/// When the next command falls due.
pub async fn next_due(rows: &impl Rows) -> Result<Option<Timestamp>, StoreError> {
    let first: Option<Option<i64>> = row::Entity::find()
        .select_only()
        .column_as(row::Column::DueAt.min(), "due_at")
        .into_tuple()
        .one(rows.conn())
        .await
        .doing("looking for due commands")?;
    Ok(first.flatten().map(time))
}

fn from_row(row: row::Model) -> Result<Command, StoreError> {
    Ok(Command {
        retry: json(&row.retry, "reading a command", "retry")?,
        id: row.id,
        case: row.case_id,
        step: row.step,
        branch: row.branch,
        action: row.action,
        argument: row.argument,
        idempotency_key: row.idempotency_key,
        due_at: time(row.due_at),
        fence: row.fence,
        attempt: u32::try_from(row.attempt).unwrap_or(0),
        last_error: row.last_error,
    })
}
