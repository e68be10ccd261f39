//! Commands: effects as rows. A worker leases one, performs it and reports; a late report is refused by its fence.

use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    DatabaseTransaction, DbBackend, FromQueryResult as _, QueryOrder as _, QuerySelect as _, Statement,
    entity::prelude::*,
    sea_query::{self, Expr, ExprTrait as _, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    Commit, Doing as _, Rows, Store, StoreError, Tx, bucket,
    group::{Group, pieces},
    incident, json, time, to_json,
};

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
        pub began_at: Option<i64>,
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
    /// A call that cannot be repeated began and was not reported.
    pub began: bool,
}

impl Command {
    /// Whether it erases what had to stay until a day that has come.
    pub fn is_deferral(&self) -> bool {
        self.action == DEFERRAL
    }
}

/// The action that erases what had to stay until a day.
pub const DEFERRAL: &str = "erase.deferred";

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

/// How long a worker may take before somebody else may try; one that takes longer says so in time with [`keep`].
pub const LEASE_SECONDS: i64 = 300;

/// The due time of what only a person can set going again.
const PARKED: i64 = i64::MAX;

/// Adds a command. One with the same idempotency key already waiting is left as it is.
pub async fn insert(tx: &Tx, command: &Command) -> Result<(), StoreError> {
    let later = |group: &mut Group| {
        group.pending.commands.push(command.clone());
        true
    };
    if tx.defer(later) { Ok(()) } else { insert_all(tx.writing().await?, std::slice::from_ref(command)).await }
}

pub(in crate::store) async fn insert_all(conn: &DatabaseTransaction, commands: &[Command]) -> Result<(), StoreError> {
    let doing = "storing commands";
    for piece in pieces(commands) {
        let rows = piece.iter().map(|command| to_row(command, doing)).collect::<Result<Vec<_>, _>>()?;
        let once = sea_query::OnConflict::column(row::Column::IdempotencyKey).do_nothing().to_owned();
        row::Entity::insert_many(rows).on_conflict(once).exec_without_returning(conn).await.doing(doing)?;
    }
    Ok(())
}

fn to_row(command: &Command, doing: &'static str) -> Result<row::ActiveModel, StoreError> {
    Ok(row::ActiveModel {
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
        began_at: Set(None),
    })
}

/// Leases the command that has been due longest, for one worker.
pub async fn claim(store: &Store, worker: &str, now: Timestamp) -> Result<Option<Command>, StoreError> {
    Ok(claim_some(store, worker, now, 1).await?.pop())
}

/// Leases the commands that have been due longest, for one worker. One statement on both databases; on PostgreSQL rows
/// another worker is looking at are skipped.
pub async fn claim_some(store: &Store, worker: &str, now: Timestamp, limit: u32) -> Result<Vec<Command>, StoreError> {
    let doing = "claiming commands";
    let now = now.as_microsecond();
    let conn = store.lone(Commit::Unsynced).await?;
    let backend = conn.get_database_backend();
    let skip = if backend == DbBackend::Postgres { "FOR UPDATE SKIP LOCKED" } else { "" };
    let quarantined = incident::QUARANTINED;
    // Materialised: PostgreSQL may run the subquery of an `IN` once per row, and lease them all.
    let lease = format!(
        "WITH due AS MATERIALIZED (
           SELECT id FROM command WHERE due_at <= $1 AND (lease_until IS NULL OR lease_until < $1)
             AND (case_id IS NULL OR case_id NOT IN ({quarantined})) ORDER BY due_at LIMIT $2 {skip}
         )
         UPDATE command SET lease_until = $3, worker = $4, fence = fence + 1, attempt = attempt + 1
         WHERE id IN (SELECT id FROM due) RETURNING *"
    );
    let values: [sea_orm::Value; 4] = [now.into(), i64::from(limit).into(), (now + LEASE_SECONDS * 1_000_000).into(), worker.into()];
    let found = conn.query_all_raw(Statement::from_sql_and_values(backend, lease, values)).await.doing(doing)?;
    let rows = found.iter().map(|found| row::Model::from_query_result(found, "")).collect::<Result<Vec<_>, _>>().doing(doing)?;
    rows.into_iter().map(from_row).collect()
}

/// Locks commands and tells their fences.
pub(in crate::store) async fn lock_all(conn: &DatabaseTransaction, ids: &[String]) -> Result<Vec<(String, i64)>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let fences = row::Entity::find().select_only().column(row::Column::Id).column(row::Column::Fence).filter(row::Column::Id.is_in(ids));
    fences.order_by_asc(row::Column::Id).lock_exclusive().into_tuple().all(conn).await.doing("locking commands")
}

/// Takes commands away that are locked and there.
pub(in crate::store) async fn finish_all(conn: &DatabaseTransaction, ids: &[String]) -> Result<(), StoreError> {
    for piece in pieces(ids) {
        row::Entity::delete_many().filter(row::Column::Id.is_in(piece)).exec(conn).await.doing("finishing commands")?;
    }
    Ok(())
}

/// Of no case, or of one that is not in quarantine.
fn healthy() -> sea_query::SimpleExpr {
    row::Column::CaseId.is_null().or(row::Column::CaseId.not_in_subquery(incident::quarantined()))
}

/// Notes that a call that cannot be repeated begins; `false` when the lease had gone to somebody else.
pub async fn begin(store: &Store, id: &str, fence: i64, now: Timestamp) -> Result<bool, StoreError> {
    let update = mine(id, fence).col_expr(row::Column::BeganAt, Expr::value(now.as_microsecond()));
    Ok(update.exec(&*store.lone(Commit::Synced).await?).await.doing("noting that a call begins")?.rows_affected == 1)
}

/// Keeps a lease for an effect that takes long; `false` when it had gone to somebody else.
pub async fn keep(store: &Store, id: &str, fence: i64, now: Timestamp) -> Result<bool, StoreError> {
    let until = now.as_microsecond() + LEASE_SECONDS * 1_000_000;
    let update = mine(id, fence).col_expr(row::Column::LeaseUntil, Expr::value(until));
    Ok(update.exec(&*store.lone(Commit::Unsynced).await?).await.doing("keeping a lease")?.rows_affected == 1)
}

/// Whether a command is still there and leased as it was claimed.
pub async fn is_mine(rows: &impl Rows, id: &str, fence: i64) -> Result<bool, StoreError> {
    let mine = row::Entity::find_by_id(id).filter(row::Column::Fence.eq(fence)).filter(row::Column::LeaseUntil.is_not_null());
    Ok(mine.count(rows.conn().await?).await.doing("looking for a lease")? > 0)
}

/// A command as it was claimed, for a change.
fn mine(id: &str, fence: i64) -> sea_orm::UpdateMany<row::Entity> {
    row::Entity::update_many().filter(row::Column::Id.eq(id)).filter(row::Column::Fence.eq(fence))
}

/// Lays a command aside until a person decides; `false` when the lease had gone to somebody else.
pub async fn park(tx: &Tx, id: &str, fence: i64, error: &str) -> Result<bool, StoreError> {
    let update = mine(id, fence)
        .col_expr(row::Column::LeaseUntil, Expr::value(Option::<i64>::None))
        .col_expr(row::Column::DueAt, Expr::value(PARKED))
        .col_expr(row::Column::LastError, Expr::value(error));
    Ok(update.exec(tx.writing().await?).await.doing("parking a command")?.rows_affected == 1)
}

/// Sets a parked command going again, with all its attempts; `false` when it is gone.
pub async fn unpark(tx: &Tx, id: &str, now: Timestamp) -> Result<bool, StoreError> {
    let update = row::Entity::update_many()
        .col_expr(row::Column::DueAt, Expr::value(now.as_microsecond()))
        .col_expr(row::Column::BeganAt, Expr::value(Option::<i64>::None))
        .col_expr(row::Column::Attempt, Expr::value(0))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::DueAt.eq(PARKED));
    Ok(update.exec(tx.writing().await?).await.doing("setting a command going again")?.rows_affected == 1)
}

/// Takes a parked command away; what it was, if it was still there.
pub async fn take_parked(tx: &Tx, id: &str) -> Result<Option<Command>, StoreError> {
    let doing = "taking a parked command away";
    let found = row::Entity::find_by_id(id).filter(row::Column::DueAt.eq(PARKED)).one(tx.conn().await?).await.doing(doing)?;
    row::Entity::delete_many()
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::DueAt.eq(PARKED))
        .exec(tx.writing().await?)
        .await
        .doing(doing)?;
    found.map(from_row).transpose()
}

/// Gives every lease of a case back.
pub async fn give_back(tx: &Tx, case: &str) -> Result<(), StoreError> {
    let update =
        row::Entity::update_many().col_expr(row::Column::LeaseUntil, Expr::value(Option::<i64>::None)).filter(row::Column::CaseId.eq(case));
    update.exec(tx.writing().await?).await.doing("giving leases back")?;
    Ok(())
}

/// Cases that an effect of their workflow will move.
pub(in crate::store) fn cases_waiting() -> sea_query::SelectStatement {
    Query::select()
        .column(row::Column::CaseId)
        .from(row::Entity)
        .and_where(row::Column::Step.is_not_null())
        .and_where(row::Column::CaseId.is_not_null())
        .to_owned()
}

/// Takes a finished command away; `false` when the lease had gone to somebody else.
pub async fn finish(tx: &Tx, id: &str, fence: i64) -> Result<bool, StoreError> {
    let held = |group: &mut Group| {
        let held = group.commands.get(id) == Some(&fence);
        if held {
            group.commands.remove(id);
            group.pending.finished.push(id.to_owned());
        }
        held
    };
    if tx.defer(held) {
        return Ok(true);
    }
    let gone =
        row::Entity::delete_many().filter(row::Column::Id.eq(id)).filter(row::Column::Fence.eq(fence)).exec(tx.writing().await?).await;
    Ok(gone.doing("finishing a command")?.rows_affected == 1)
}

/// Gives a command back for a later attempt; `false` when the lease had gone to somebody else.
pub async fn postpone(tx: &Tx, id: &str, fence: i64, until: Timestamp, error: &str) -> Result<bool, StoreError> {
    let update = mine(id, fence)
        .col_expr(row::Column::LeaseUntil, Expr::value(Option::<i64>::None))
        .col_expr(row::Column::DueAt, Expr::value(until.as_microsecond()))
        .col_expr(row::Column::LastError, Expr::value(error))
        .col_expr(row::Column::BeganAt, Expr::value(Option::<i64>::None));
    Ok(update.exec(tx.writing().await?).await.doing("postponing a command")?.rows_affected == 1)
}

/// What is said of an erasure that waits until two people let erasures go on.
pub const HELD_UP: &str = "all erasing is stopped until two people let it go on";

/// Gives an erasure back that waits for two people or another hour. It is no attempt; `false` when the lease had gone to somebody else.
pub async fn hold_up(tx: &Tx, id: &str, fence: i64, until: Timestamp, why: &str) -> Result<bool, StoreError> {
    let update = mine(id, fence)
        .col_expr(row::Column::LeaseUntil, Expr::value(Option::<i64>::None))
        .col_expr(row::Column::DueAt, Expr::value(until.as_microsecond()))
        .col_expr(row::Column::LastError, Expr::value(why))
        .col_expr(row::Column::Attempt, Expr::col(row::Column::Attempt).sub(1));
    Ok(update.exec(tx.writing().await?).await.doing("holding an erasure up")?.rows_affected == 1)
}

/// The cases whose erasures wait for two people.
pub async fn held_up(rows: &impl Rows) -> Result<Vec<String>, StoreError> {
    let find = row::Entity::find().select_only().column(row::Column::CaseId).distinct().filter(row::Column::LastError.eq(HELD_UP));
    let found: Vec<Option<String>> = find.into_tuple().all(rows.conn().await?).await.doing("looking for erasures that wait")?;
    Ok(found.into_iter().flatten().collect())
}

/// Lets them go on now.
pub async fn let_go(tx: &Tx, now: Timestamp) -> Result<(), StoreError> {
    let update = row::Entity::update_many()
        .col_expr(row::Column::DueAt, Expr::value(now.as_microsecond()))
        .filter(row::Column::LastError.eq(HELD_UP))
        .filter(row::Column::LeaseUntil.is_null());
    update.exec(tx.writing().await?).await.doing("letting erasures go on")?;
    Ok(())
}

/// Takes away the commands of one step (and branch) of a case, when the case moves on without them.
pub async fn cancel(tx: &Tx, case: &str, step: &str, branch: Option<&str>) -> Result<(), StoreError> {
    // A report in the same group must not find a lease on what is gone.
    tx.in_group(|group| group.commands.clear());
    let mut delete = row::Entity::delete_many().filter(row::Column::CaseId.eq(case)).filter(row::Column::Step.eq(step));
    if let Some(branch) = branch {
        delete = delete.filter(row::Column::Branch.eq(branch));
    }
    delete.exec(tx.writing().await?).await.doing("cancelling commands")?;
    Ok(())
}

/// Whether a command still waits, for whomever.
pub async fn exists(rows: &impl Rows, id: &str) -> Result<bool, StoreError> {
    Ok(row::Entity::find_by_id(id).count(rows.conn().await?).await.doing("looking for a command")? > 0)
}

/// The commands of a case that still wait.
pub async fn of_case(rows: &impl Rows, case: &str) -> Result<Vec<Command>, StoreError> {
    let found = row::Entity::find().filter(row::Column::CaseId.eq(case)).all(rows.conn().await?).await;
    found.doing("reading a case's commands")?.into_iter().map(from_row).collect()
}

/// How many commands are due now, leased or not; what waits for a person is not.
pub async fn count_due(rows: &impl Rows, now: Timestamp) -> Result<u64, StoreError> {
    let due = row::Entity::find().filter(row::Column::DueAt.lte(now.as_microsecond())).filter(healthy());
    due.count(rows.conn().await?).await.doing("counting commands")
}

/// When the next command falls due.
pub async fn next_due(rows: &impl Rows) -> Result<Option<Timestamp>, StoreError> {
    let first: Option<Option<i64>> = row::Entity::find()
        .select_only()
        .column_as(row::Column::DueAt.min(), "due_at")
        .filter(row::Column::DueAt.lt(PARKED))
        .filter(healthy())
        .into_tuple()
        .one(rows.conn().await?)
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
        began: row.began_at.is_some(),
    })
}
