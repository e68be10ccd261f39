//! What people write beside data that was not corrected, sealed under their case's key.

use std::collections::{BTreeMap, BTreeSet};

use habeas_core::law::{
    ask::Asked,
    change::{Applied, ChangePlan},
    plan::Frozen,
    right::Right,
    statement::{Disputed, Statement, disputed},
};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, QueryOrder as _, entity::prelude::*};

use super::{
    Doing as _, Rows, StoreError, Tx,
    case::{self, Case, Phase},
    plan, sealed,
    task::{self, Task},
    time,
};
use crate::keys::Keys;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "statement")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub case_id: String,
        pub made_at: i64,
        pub sealed: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// A statement as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredStatement {
    /// Random; its files name it as they name a message.
    pub id: String,
    /// The case.
    pub case: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Words and what they are about, sealed at [`place`].
    pub sealed: Vec<u8>,
}

/// The form in which corrections are decided on.
const DECISION: &str = "correction-decision";

/// Where a statement is sealed, under its case's key.
pub fn place(id: &str) -> String {
    format!("statement:{id}")
}

/// Stores a statement.
pub async fn insert(tx: &Tx, statement: &StoredStatement) -> Result<(), StoreError> {
    let row = row::ActiveModel {
        id: Set(statement.id.clone()),
        case_id: Set(statement.case.clone()),
        made_at: Set(statement.made_at.as_microsecond()),
        sealed: Set(statement.sealed.clone()),
    };
    row::Entity::insert(row).exec_without_returning(tx.writing().await?).await.doing("storing a statement")?;
    Ok(())
}

/// A case's statements, oldest first, opened; none can be read any more once its key is gone.
pub async fn of_case(rows: &impl Rows, keys: &Keys, case: &Case) -> Result<Vec<(StoredStatement, Statement)>, StoreError> {
    if case.case_key.is_none() {
        return Ok(Vec::new());
    }
    let seal = sealed::key_of(keys, case)?;
    let found = row::Entity::find().filter(row::Column::CaseId.eq(&case.id));
    let found = found.order_by_asc(row::Column::MadeAt).order_by_asc(row::Column::Id).all(rows.conn().await?).await;
    let opened = |row: row::Model| {
        let statement = seal.open(&place(&row.id), &row.sealed)?;
        Ok((StoredStatement { id: row.id, case: row.case_id, made_at: time(row.made_at), sealed: row.sealed }, statement))
    };
    found.doing("reading a case's statements")?.into_iter().map(opened).collect()
}

/// Everything that a person has stated, whoever asked for her, with its case: oldest first within each.
pub async fn of_person(rows: &impl Rows, keys: &Keys, person: &str) -> Result<Vec<(Case, StoredStatement, Statement)>, StoreError> {
    let mut stated = Vec::new();
    for case in case::of_person(rows, person).await?.into_iter().filter(|case| case.right == Right::Rectification) {
        let of_case = of_case(rows, keys, &case).await?;
        stated.extend(of_case.into_iter().map(|(stored, statement)| (case.clone(), stored, statement)));
    }
    Ok(stated)
}

/// What a person may state her own view of: held, asked to be corrected, and declined in an answer that she has.
pub async fn of_what(rows: &impl Rows, keys: &Keys, case: &Case) -> Result<Vec<Disputed>, StoreError> {
    let is_answered = matches!(case.phase, Phase::Answered | Phase::Refused);
    if case.right != Right::Rectification || !is_answered || case.case_key.is_none() {
        return Ok(Vec::new());
    }
    let Some(stored) = plan::latest(rows, &case.id).await? else { return Ok(Vec::new()) };
    let frozen: Frozen<ChangePlan> = sealed::plan(keys, case, &stored)?;
    let Asked::Corrections(asked) = sealed::applicant(keys, case)?.asked else { return Ok(Vec::new()) };
    let applied = applied(keys, case, &task::of_case(rows, &case.id).await?)?;
    Ok(disputed(&asked, frozen.plan(), &applied))
}

/// Which corrections a member of staff decided to make: all, those that were ticked, or none where the request was refused.
pub fn applied(keys: &Keys, case: &Case, tasks: &[Task]) -> Result<Applied, StoreError> {
    if case.phase == Phase::Refused {
        return Ok(Applied::Only(BTreeSet::new()));
    }
    let newest = tasks.iter().rev().filter(|task| task.form == DECISION).find_map(|task| Some((task, task.closed.as_ref()?)));
    let Some((task, closed)) = newest.filter(|(_, closed)| closed.outcome.as_deref() == Some("partly")) else {
        return Ok(Applied::All);
    };
    let fields: BTreeMap<String, String> = sealed::open(keys, case, &format!("task:{}", task.id), closed.answer.as_deref())?;
    Ok(Applied::Only(fields.keys().filter_map(|name| name.strip_prefix("apply-")?.parse().ok()).collect()))
}
