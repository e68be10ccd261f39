//! Incidents: something a person has to mend before the case can go on. Nothing waits in silence.

use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    QueryOrder as _,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait as _, Query, SelectStatement},
};

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
        pub kind: String,
        pub command_id: Option<String>,
        pub attempts: i32,
        pub cause: String,
        pub opened_at: i64,
        pub closed_at: Option<i64>,
        pub closed_by: Option<String>,
        pub resolution: Option<String>,
        pub answer: Option<Vec<u8>>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// What is in trouble.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// A step of the workflow, which waits for it to be mended.
    Step,
    /// Nothing but the clock: somebody has to see it.
    Alarm,
    /// A hold or a retention rule could not be evaluated and keeps: somebody has to look.
    Unread,
    /// An effect that no step waits for, such as a letter on its way: the parked command.
    Effect(String),
    /// The whole case: the house no longer touches it by itself.
    Quarantine,
}

impl Trouble {
    /// The column's word.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Step => "step",
            Self::Alarm => "alarm",
            Self::Unread => "unread",
            Self::Effect(_) => "effect",
            Self::Quarantine => "quarantine",
        }
    }

    fn read(kind: &str, command: Option<String>) -> Result<Self, StoreError> {
        match (kind, command) {
            ("step", _) => Ok(Self::Step),
            ("alarm", _) => Ok(Self::Alarm),
            ("unread", _) => Ok(Self::Unread),
            ("quarantine", _) => Ok(Self::Quarantine),
            ("effect", Some(command)) => Ok(Self::Effect(command)),
            _ => Err(StoreError::Unreadable { doing: "reading an incident", column: "kind" }),
        }
    }
}

/// An incident, open or mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Random.
    pub id: String,
    /// The case.
    pub case: String,
    /// Workflow step; empty where no step waits.
    pub step: String,
    /// Branch of an `each`.
    pub branch: Option<String>,
    /// What is in trouble.
    pub trouble: Trouble,
    /// What went wrong; no personal data.
    pub cause: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When.
    pub opened_at: Timestamp,
    /// When, by whom and how it was mended.
    pub closed: Option<(Timestamp, String, String)>,
    /// Proof or reason in words, sealed under the case key.
    pub answer: Option<Vec<u8>>,
}

/// Opens an incident.
pub async fn insert(tx: &Tx, incident: &Incident) -> Result<(), StoreError> {
    let command = if let Trouble::Effect(command) = &incident.trouble { Some(command.clone()) } else { None };
    let row = row::ActiveModel {
        id: Set(incident.id.clone()),
        case_id: Set(incident.case.clone()),
        step: Set(incident.step.clone()),
        branch: Set(incident.branch.clone()),
        kind: Set(incident.trouble.name().to_owned()),
        command_id: Set(command),
        attempts: Set(i32::try_from(incident.attempts).unwrap_or(i32::MAX)),
        cause: Set(incident.cause.clone()),
        opened_at: Set(incident.opened_at.as_microsecond()),
        closed_at: Set(None),
        closed_by: Set(None),
        resolution: Set(None),
        answer: Set(None),
    };
    row::Entity::insert(row).exec_without_returning(tx.writing().await?).await.doing("opening an incident")?;
    Ok(())
}

/// Closes the open incidents of a step (and branch).
pub async fn close(tx: &Tx, case: &str, step: &str, branch: Option<&str>, at: Timestamp, by: &str, how: &str) -> Result<(), StoreError> {
    let mut update = closing(at, by, how).filter(row::Column::CaseId.eq(case)).filter(row::Column::Step.eq(step));
    if let Some(branch) = branch {
        update = update.filter(row::Column::Branch.eq(branch));
    }
    update.exec(tx.writing().await?).await.doing("closing an incident")?;
    Ok(())
}

/// Closes one incident; `false` when it was closed already.
pub async fn close_one(tx: &Tx, id: &str, at: Timestamp, by: &str, how: &str) -> Result<bool, StoreError> {
    let update = closing(at, by, how).filter(row::Column::Id.eq(id));
    Ok(update.exec(tx.writing().await?).await.doing("closing an incident")?.rows_affected == 1)
}

fn closing(at: Timestamp, by: &str, how: &str) -> sea_orm::UpdateMany<row::Entity> {
    row::Entity::update_many()
        .col_expr(row::Column::ClosedAt, Expr::value(at.as_microsecond()))
        .col_expr(row::Column::ClosedBy, Expr::value(by))
        .col_expr(row::Column::Resolution, Expr::value(how))
        .filter(row::Column::ClosedAt.is_null())
}

/// Keeps the proof or the reason, sealed.
pub async fn keep_answer(tx: &Tx, id: &str, answer: Vec<u8>) -> Result<(), StoreError> {
    let update = row::Entity::update_many().col_expr(row::Column::Answer, Expr::value(answer)).filter(row::Column::Id.eq(id));
    update.exec(tx.writing().await?).await.doing("keeping an incident's proof")?;
    Ok(())
}

/// [`quarantined`] as it stands in a statement written by hand.
pub(in crate::store) const QUARANTINED: &str = "SELECT case_id FROM incident WHERE closed_at IS NULL AND kind = 'quarantine'";

/// Cases that the house no longer touches by itself.
pub(in crate::store) fn quarantined() -> SelectStatement {
    let isolated = Expr::col(row::Column::Kind).eq(Trouble::Quarantine.name());
    waiting().and_where(isolated).to_owned()
}

/// Whether a case is set apart.
pub async fn is_quarantined(rows: &impl Rows, case: &str) -> Result<bool, StoreError> {
    let open = row::Entity::find().filter(row::Column::CaseId.eq(case)).filter(row::Column::ClosedAt.is_null());
    let isolated = open.filter(row::Column::Kind.eq(Trouble::Quarantine.name())).count(rows.conn().await?).await;
    Ok(isolated.doing("looking for a quarantine")? > 0)
}

/// Cases in which a person has something to mend; an alarm moves nothing.
pub(in crate::store) fn cases_waiting() -> SelectStatement {
    let moves = Expr::col(row::Column::Kind).is_in([Trouble::Step.name(), Trouble::Quarantine.name()]);
    waiting().and_where(moves).to_owned()
}

fn waiting() -> SelectStatement {
    Query::select().column(row::Column::CaseId).from(row::Entity).and_where(row::Column::ClosedAt.is_null()).to_owned()
}

/// A case's incidents, oldest first.
pub async fn of_case(rows: &impl Rows, case: &str) -> Result<Vec<Incident>, StoreError> {
    let found = row::Entity::find().filter(row::Column::CaseId.eq(case)).order_by_asc(row::Column::OpenedAt).all(rows.conn().await?).await;
    found.doing("reading a case's incidents")?.into_iter().map(from_row).collect()
}

/// Every open incident.
pub async fn open(rows: &impl Rows) -> Result<Vec<Incident>, StoreError> {
    let found =
        row::Entity::find().filter(row::Column::ClosedAt.is_null()).order_by_asc(row::Column::OpenedAt).all(rows.conn().await?).await;
    found.doing("reading open incidents")?.into_iter().map(from_row).collect()
}

fn from_row(row: row::Model) -> Result<Incident, StoreError> {
    let closed = row.closed_at.map(|at| (time(at), row.closed_by.unwrap_or_default(), row.resolution.unwrap_or_default()));
    Ok(Incident {
        id: row.id,
        case: row.case_id,
        step: row.step,
        branch: row.branch,
        trouble: Trouble::read(&row.kind, row.command_id)?,
        cause: row.cause,
        attempts: u32::try_from(row.attempts).unwrap_or(0),
        opened_at: time(row.opened_at),
        closed,
        answer: row.answer,
    })
}
