//! Timers: rows with a due time. One per case, step, branch and kind.

use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, Condition, DatabaseTransaction, QueryOrder as _, QuerySelect as _, entity::prelude::*, sea_query::OnConflict,
};

use super::{
    Doing as _, Rows, StoreError, Tx, bucket,
    group::{Group, pieces},
    incident, time,
};

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

impl Timer {
    /// What tells it from the other timers of its case.
    fn wait(&self) -> (&str, Option<&str>, &str) {
        (&self.step, self.branch.as_deref(), &self.kind)
    }
}

/// Sets a timer, or moves it.
pub async fn set(tx: &Tx, timer: &Timer) -> Result<(), StoreError> {
    let later = |group: &mut Group| {
        let same = |pending: &Timer| pending.case == timer.case && pending.wait() == timer.wait();
        let free = !group.pending.timers.iter().any(same);
        if free {
            group.timers.insert(key(timer));
            group.pending.timers.push(timer.clone());
        }
        free
    };
    if tx.defer(later) { Ok(()) } else { set_all(tx.writing().await?, std::slice::from_ref(timer)).await }
}

/// What tells a timer from every other: case, step, branch, kind.
pub(in crate::store) type Key = (String, String, String, String);

fn key(timer: &Timer) -> Key {
    (timer.case.clone(), timer.step.clone(), timer.branch.clone().unwrap_or_default(), timer.kind.clone())
}

pub(in crate::store) async fn set_all(conn: &DatabaseTransaction, timers: &[Timer]) -> Result<(), StoreError> {
    let to_row = |timer: &Timer| row::ActiveModel {
        case_id: Set(timer.case.clone()),
        step: Set(timer.step.clone()),
        branch: Set(timer.branch.clone().unwrap_or_default()),
        kind: Set(timer.kind.clone()),
        bucket: Set(bucket(&timer.case)),
        due_at: Set(whole(timer.due_at)),
    };
    let key = [row::Column::CaseId, row::Column::Step, row::Column::Branch, row::Column::Kind];
    for piece in pieces(timers) {
        let moved = OnConflict::columns(key).update_column(row::Column::DueAt).to_owned();
        let rows = row::Entity::insert_many(piece.iter().map(to_row)).on_conflict(moved);
        rows.exec_without_returning(conn).await.doing("setting timers")?;
    }
    Ok(())
}

/// Every timer of these cases, by its key.
pub(in crate::store) async fn keys_of(conn: &DatabaseTransaction, cases: &[String]) -> Result<Vec<Key>, StoreError> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let found = row::Entity::find().filter(row::Column::CaseId.is_in(cases)).all(conn).await.doing("reading timers")?;
    Ok(found.into_iter().map(|row| (row.case_id, row.step, row.branch, row.kind)).collect())
}

/// Takes timers away: single ones, those of steps, those of cases.
pub(in crate::store) async fn clear_all(
    conn: &DatabaseTransaction,
    single: &[Key],
    steps: &[(String, String, String)],
    cases: &[String],
) -> Result<(), StoreError> {
    let doing = "clearing timers";
    let step = |(case, step, branch): (&str, &str, &str)| {
        Condition::all().add(row::Column::CaseId.eq(case)).add(row::Column::Step.eq(step)).add(row::Column::Branch.eq(branch))
    };
    for piece in pieces(single) {
        let keys = piece.iter().map(|(case, at, branch, kind)| step((case, at, branch)).add(row::Column::Kind.eq(kind)));
        row::Entity::delete_many().filter(any(keys)).exec(conn).await.doing(doing)?;
    }
    for piece in pieces(steps) {
        let keys = piece.iter().map(|(case, at, branch)| step((case, at, branch)));
        row::Entity::delete_many().filter(any(keys)).exec(conn).await.doing(doing)?;
    }
    for piece in pieces(cases) {
        row::Entity::delete_many().filter(row::Column::CaseId.is_in(piece)).exec(conn).await.doing(doing)?;
    }
    Ok(())
}

fn any(conditions: impl Iterator<Item = Condition>) -> Condition {
    conditions.fold(Condition::any(), Condition::add)
}

/// Up to the next microsecond: a timer must not ring before the moment that the workflow knows.
fn whole(at: Timestamp) -> i64 {
    at.as_microsecond() + i64::from(at.subsec_nanosecond() % 1_000 > 0)
}

/// Takes one timer away, fired or not; `false` when it was gone already.
pub async fn clear(tx: &Tx, timer: &Timer) -> Result<bool, StoreError> {
    let known = |group: &mut Group| {
        let key = key(timer);
        let fires = group.timers.contains(&key) && group.pending.timers.iter().all(|pending| pending.case != timer.case);
        if fires {
            group.timers.remove(&key);
            group.pending.fired.push(key);
        }
        fires
    };
    if tx.defer(known) {
        return Ok(true);
    }
    let gone = row::Entity::delete_many()
        .filter(row::Column::CaseId.eq(&timer.case))
        .filter(row::Column::Step.eq(&timer.step))
        .filter(row::Column::Branch.eq(timer.branch.clone().unwrap_or_default()))
        .filter(row::Column::Kind.eq(&timer.kind))
        .exec(tx.writing().await?)
        .await;
    Ok(gone.doing("clearing a timer")?.rows_affected > 0)
}

/// Takes every timer of a step (and branch) away; of the whole case when no step is named.
pub async fn clear_step(tx: &Tx, case: &str, step: Option<&str>, branch: Option<&str>) -> Result<(), StoreError> {
    let later = |group: &mut Group| {
        let here = |of: &str, at: &str, on: &str| of == case && step.is_none_or(|step| step == at && branch.unwrap_or_default() == on);
        // What was set a moment ago in the same group has to be there before it can go.
        let order = group.pending.timers.iter().all(|pending| pending.case != case);
        if order {
            group.timers.retain(|(of, at, on, _)| !here(of, at, on));
            match step {
                Some(step) => group.pending.cleared_steps.push((case.to_owned(), step.to_owned(), branch.unwrap_or_default().to_owned())),
                None => group.pending.cleared_cases.push(case.to_owned()),
            }
        }
        order
    };
    if tx.defer(later) {
        return Ok(());
    }
    let mut delete = row::Entity::delete_many().filter(row::Column::CaseId.eq(case));
    if let Some(step) = step {
        delete = delete.filter(row::Column::Step.eq(step)).filter(row::Column::Branch.eq(branch.unwrap_or_default()));
    }
    delete.exec(tx.writing().await?).await.doing("clearing timers")?;
    Ok(())
}

/// Timers that are due, longest overdue first; those of a case in quarantine wait with it.
pub async fn due(rows: &impl Rows, now: Timestamp, limit: u64) -> Result<Vec<Timer>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::DueAt.lte(now.as_microsecond()))
        .filter(row::Column::CaseId.not_in_subquery(incident::quarantined()))
        .order_by_asc(row::Column::DueAt)
        .limit(limit)
        .all(rows.conn().await?);
    Ok(found.await.doing("reading due timers")?.into_iter().map(from_row).collect())
}

/// The timer that fires next.
pub async fn next(rows: &impl Rows) -> Result<Option<Timer>, StoreError> {
    let healthy = row::Column::CaseId.not_in_subquery(incident::quarantined());
    let found = row::Entity::find().filter(healthy).order_by_asc(row::Column::DueAt).one(rows.conn().await?).await;
    Ok(found.doing("reading the next timer")?.map(from_row))
}

/// A case's timers, soonest first.
pub async fn of_case(rows: &impl Rows, case: &str) -> Result<Vec<Timer>, StoreError> {
    let found = row::Entity::find().filter(row::Column::CaseId.eq(case)).order_by_asc(row::Column::DueAt).all(rows.conn().await?).await;
    Ok(found.doing("reading a case's timers")?.into_iter().map(from_row).collect())
}

fn from_row(row: row::Model) -> Timer {
    let branch = (!row.branch.is_empty()).then_some(row.branch);
    Timer { case: row.case_id, step: row.step, branch, kind: row.kind, due_at: time(row.due_at) }
}
