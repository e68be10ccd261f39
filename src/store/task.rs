//! Tasks: what waits for a person, and who may do it.

use jiff::{Timestamp, civil::Date};
use sea_orm::{
    ActiveValue::Set,
    DatabaseTransaction, QueryOrder as _, QuerySelect as _,
    entity::prelude::*,
    sea_query::{Expr, OnConflict, Query, SelectStatement},
};

use super::{
    Doing as _, Rows, StoreError, Tx,
    group::{Group, pieces},
    json, time, to_json,
};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "task")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub case_id: String,
        pub step: String,
        pub branch: Option<String>,
        pub form: String,
        pub roles: String,
        pub not_by: String,
        pub shows: String,
        pub opened_at: i64,
        pub due_at: Option<i64>,
        pub closed_at: Option<i64>,
        pub outcome: Option<String>,
        pub done_by: Option<String>,
        pub answer: Option<Vec<u8>>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// A task, open or done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Random.
    pub id: String,
    /// The case.
    pub case: String,
    /// Workflow step.
    pub step: String,
    /// Branch of an `each`, such as a system's key.
    pub branch: Option<String>,
    /// The form to fill in.
    pub form: String,
    /// Roles that may do it; `subject` is the person herself.
    pub roles: Vec<String>,
    /// Actors who may not, because they did an earlier step (four eyes).
    pub not_by: Vec<String>,
    /// What must be shown beside the form.
    pub shows: Vec<String>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it should be done.
    pub due_at: Option<Timestamp>,
    /// How it ended.
    pub closed: Option<Closed>,
}

/// How a task ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// When.
    pub at: Timestamp,
    /// The form's outcome; `None` when the case moved on without it.
    pub outcome: Option<String>,
    /// By whom.
    pub by: Option<String>,
    /// The form's fields, sealed under the case key.
    pub answer: Option<Vec<u8>>,
}

/// What the step of a task is called that no workflow waits for: an owner erases by hand what was kept until a day.
const OWED: &str = "deferred:";

/// The step of the task in which what is due on a day is erased by hand.
pub fn owed_step(due_on: Date) -> String {
    format!("{OWED}{due_on}")
}

/// The day of such a task; `None`: it is a step of a workflow.
pub fn owed_on(step: &str) -> Option<Date> {
    step.strip_prefix(OWED)?.parse().ok()
}

/// What the step of a task is called in which somebody looks into the silence of a recipient.
const SILENT: &str = "silent:";

/// The step of the task about a notice that nobody answers.
pub fn silent_step(notice: &str) -> String {
    format!("{SILENT}{notice}")
}

/// The notice of such a task; `None`: it is another step.
pub fn silent_about(step: &str) -> Option<&str> {
    step.strip_prefix(SILENT)
}

/// The step of the task in which the person's message is answered.
pub const MESSAGE: &str = "message";

/// What the step of a task is called in which a statement is put beside what it is about, system by system.
const STATED: &str = "statement:";

/// The step of the task about a statement.
pub fn stated_step(statement: &str) -> String {
    format!("{STATED}{statement}")
}

/// The statement of such a task; `None`: it is another step.
pub fn stated_in(step: &str) -> Option<&str> {
    step.strip_prefix(STATED)
}

/// Whether a task stands beside what the case itself waits for: its day is no matter between us and the person.
pub fn is_beside(step: &str) -> bool {
    step == MESSAGE || silent_about(step).is_some() || stated_in(step).is_some()
}

/// Whether what is about others was let go when somebody looked last (Art. 15(4)).
pub fn others_released(tasks: &[Task]) -> bool {
    let looked = |task: &Task| (task.form == "access-review").then(|| task.closed.as_ref()?.outcome.clone()).flatten();
    let decided = |outcome: &String| outcome == "release" || outcome == "redact";
    tasks.iter().rev().filter_map(looked).find(decided).is_some_and(|outcome| outcome == "release")
}

/// Opens a task.
pub async fn insert(tx: &Tx, task: &Task) -> Result<(), StoreError> {
    let later = |group: &mut Group| {
        group.pending.tasks.push(task.clone());
        true
    };
    if tx.defer(later) { Ok(()) } else { put_all(tx.writing().await?, std::slice::from_ref(task)).await }
}

/// Opens tasks, and closes those that are known to be open.
pub(in crate::store) async fn put_all(conn: &DatabaseTransaction, tasks: &[Task]) -> Result<(), StoreError> {
    let doing = "opening and closing tasks";
    for piece in pieces(tasks) {
        let rows = piece.iter().map(|task| to_row(task, doing)).collect::<Result<Vec<_>, _>>()?;
        let end = [row::Column::ClosedAt, row::Column::Outcome, row::Column::DoneBy, row::Column::Answer];
        let closed = OnConflict::column(row::Column::Id).update_columns(end).to_owned();
        row::Entity::insert_many(rows).on_conflict(closed).exec_without_returning(conn).await.doing(doing)?;
    }
    Ok(())
}

fn to_row(task: &Task, doing: &'static str) -> Result<row::ActiveModel, StoreError> {
    let closed = task.closed.as_ref();
    Ok(row::ActiveModel {
        id: Set(task.id.clone()),
        case_id: Set(task.case.clone()),
        step: Set(task.step.clone()),
        branch: Set(task.branch.clone()),
        form: Set(task.form.clone()),
        roles: Set(to_json(&task.roles, doing, "roles")?),
        not_by: Set(to_json(&task.not_by, doing, "not_by")?),
        shows: Set(to_json(&task.shows, doing, "shows")?),
        opened_at: Set(task.opened_at.as_microsecond()),
        due_at: Set(task.due_at.map(Timestamp::as_microsecond)),
        closed_at: Set(closed.map(|closed| closed.at.as_microsecond())),
        outcome: Set(closed.and_then(|closed| closed.outcome.clone())),
        done_by: Set(closed.and_then(|closed| closed.by.clone())),
        answer: Set(closed.and_then(|closed| closed.answer.clone())),
    })
}

/// The cases of these tasks.
pub(in crate::store) async fn cases_of(conn: &DatabaseTransaction, ids: &[String]) -> Result<Vec<String>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let cases = row::Entity::find().select_only().column(row::Column::CaseId).filter(row::Column::Id.is_in(ids));
    cases.into_tuple().all(conn).await.doing("looking for the cases of tasks")
}

/// Those of these tasks that are open.
pub(in crate::store) async fn open_among(conn: &DatabaseTransaction, ids: &[String]) -> Result<Vec<Task>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let open = row::Entity::find().filter(row::Column::Id.is_in(ids)).filter(row::Column::ClosedAt.is_null());
    open.all(conn).await.doing("reading tasks")?.into_iter().map(from_row).collect()
}

/// Closes the open task of a step (and branch).
pub async fn close(tx: &Tx, case: &str, step: &str, branch: Option<&str>, closed: &Closed) -> Result<(), StoreError> {
    let known = |group: &mut Group| {
        let here = |task: &Task| task.case == case && task.step == step && task.branch.as_deref() == branch;
        let id = group.tasks.values().find(|task| here(task)).map(|task| task.id.clone());
        let task = id.and_then(|id| group.tasks.remove(&id));
        let found = task.is_some();
        group.pending.tasks.extend(task.map(|task| Task { closed: Some(closed.clone()), ..task }));
        found
    };
    if tx.defer(known) {
        return Ok(());
    }
    let mut update = row::Entity::update_many()
        .col_expr(row::Column::ClosedAt, Expr::value(closed.at.as_microsecond()))
        .col_expr(row::Column::Outcome, Expr::value(closed.outcome.clone()))
        .col_expr(row::Column::DoneBy, Expr::value(closed.by.clone()))
        .col_expr(row::Column::Answer, Expr::value(closed.answer.clone()))
        .filter(row::Column::CaseId.eq(case))
        .filter(row::Column::Step.eq(step))
        .filter(row::Column::ClosedAt.is_null());
    if let Some(branch) = branch {
        update = update.filter(row::Column::Branch.eq(branch));
    }
    update.exec(tx.writing().await?).await.doing("closing a task")?;
    Ok(())
}

/// Lets one more role do an open task.
pub async fn widen(tx: &Tx, case: &str, step: &str, branch: Option<&str>, role: &str) -> Result<(), StoreError> {
    let doing = "widening a task";
    for task in of_case(tx, case).await? {
        if task.closed.is_none() && task.step == step && task.branch.as_deref() == branch && !task.roles.iter().any(|name| name == role) {
            let roles = [task.roles, vec![role.to_owned()]].concat();
            let update = row::Entity::update_many()
                .col_expr(row::Column::Roles, Expr::value(to_json(&roles, doing, "roles")?))
                .filter(row::Column::Id.eq(&task.id));
            update.exec(tx.writing().await?).await.doing(doing)?;
        }
    }
    Ok(())
}

/// One task.
pub async fn get(rows: &impl Rows, id: &str) -> Result<Option<Task>, StoreError> {
    if let Some(known) = rows.group().and_then(|tx| tx.in_group(|group| group.tasks.get(id).cloned())).flatten() {
        return Ok(Some(known));
    }
    let row = row::Entity::find_by_id(id).one(rows.conn().await?).await.doing("reading a task")?;
    row.map(from_row).transpose()
}

/// A case's tasks, oldest first.
pub async fn of_case(rows: &impl Rows, case: &str) -> Result<Vec<Task>, StoreError> {
    let found = row::Entity::find().filter(row::Column::CaseId.eq(case)).order_by_asc(row::Column::OpenedAt).all(rows.conn().await?).await;
    found.doing("reading a case's tasks")?.into_iter().map(from_row).collect()
}

/// Cases in which a person has something to do.
pub(in crate::store) fn cases_waiting() -> SelectStatement {
    Query::select().column(row::Column::CaseId).from(row::Entity).and_where(row::Column::ClosedAt.is_null()).to_owned()
}

/// Every open task, soonest due first.
pub async fn open(rows: &impl Rows) -> Result<Vec<Task>, StoreError> {
    let found = row::Entity::find().filter(row::Column::ClosedAt.is_null()).order_by_asc(row::Column::DueAt).all(rows.conn().await?).await;
    found.doing("reading open tasks")?.into_iter().map(from_row).collect()
}

fn from_row(row: row::Model) -> Result<Task, StoreError> {
    let doing = "reading a task";
    Ok(Task {
        roles: json(&row.roles, doing, "roles")?,
        not_by: json(&row.not_by, doing, "not_by")?,
        shows: json(&row.shows, doing, "shows")?,
        closed: row.closed_at.map(|at| Closed { at: time(at), outcome: row.outcome, by: row.done_by, answer: row.answer }),
        id: row.id,
        case: row.case_id,
        step: row.step,
        branch: row.branch,
        form: row.form,
        opened_at: time(row.opened_at),
        due_at: row.due_at.map(time),
    })
}
