//! Cases: one request of one person, with its place in the workflow and its deadline.

use std::collections::BTreeMap;

use habeas_core::{
    law::{
        acting::{AnswerTo, Capacity},
        lang::Lang,
        right::Right,
        tier::Tier,
    },
    workflow::State,
};
use jiff::{Timestamp, civil::Date};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    DatabaseTransaction, Iterable as _, QueryOrder as _, QuerySelect as _,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};

use super::{
    Doing as _, Rows, StoreError, Tx, bucket, command, date, deferral,
    group::{Group, pieces},
    incident, json, key,
    key::KeyStore,
    rest, task, time, to_json,
};

pub mod days;
pub mod queue;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "cases")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub bucket: i16,
        pub right: String,
        pub lang: String,
        pub definition: String,
        pub rev: i64,
        pub phase: String,
        pub state: String,
        pub subject: String,
        pub tier: Option<String>,
        pub received_at: i64,
        pub received_via: String,
        pub closed_at: Option<i64>,
        pub strict_due_on: String,
        pub due_on: String,
        pub keep_until: Option<String>,
        pub applicant: Option<Vec<u8>>,
        pub shredded_at: Option<i64>,
        pub acting: Option<String>,
        pub concerns: Option<String>,
        pub answer_to: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// A case as stored. `state` is the workflow's own JSON: only the engine reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The reference people see, such as `HB-7F3K-2QXM`.
    pub id: String,
    /// The right used.
    pub right: Right,
    /// The language of every answer.
    pub lang: Lang,
    /// SHA-256 of the workflow definition the case is pinned to.
    pub definition: String,
    /// Raised by one with every event; a stale writer is refused.
    pub rev: i64,
    /// Open, or how it closed.
    pub phase: Phase,
    /// The workflow's state, JSON.
    pub state: String,
    /// Blind index of the mailbox that asked.
    pub subject: String,
    /// Whom it is about, where somebody asks for another person.
    pub on_behalf: Option<OnBehalf>,
    /// How strongly the person is proven in this case.
    pub tier: Option<Tier>,
    /// When the request reached an official channel (Art. 12(3)).
    pub received_at: Timestamp,
    /// `portal`, `phone`, `letter`, `command-line`.
    pub received_via: String,
    /// When it closed.
    pub closed_at: Option<Timestamp>,
    /// The deadline without stops; alarms and the queue run on this one.
    pub strict_due_on: Date,
    /// The deadline with stops and extension.
    pub due_on: Date,
    /// When the case's own record goes.
    pub keep_until: Option<Date>,
    /// The case's key, wrapped under the house key, as it stands in the key store. Gone: the sealed rest is unreadable for ever.
    pub case_key: Option<Vec<u8>>,
    /// Who asked and for what, sealed under the case key.
    pub applicant: Option<Vec<u8>>,
}

/// Somebody asks for another person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnBehalf {
    /// As what.
    pub capacity: Capacity,
    /// Blind index of the mailbox by which the person is known.
    pub person: String,
    /// Who gets the answer; nothing before somebody has decided that it may be asked for.
    pub answer_to: Option<AnswerTo>,
}

impl Case {
    /// Blind index of the mailbox of the person it is about.
    pub fn person(&self) -> &str {
        self.on_behalf.as_ref().map_or(&self.subject, |on_behalf| &on_behalf.person)
    }

    /// Blind index of the mailbox that gets the answer.
    pub fn answered(&self) -> &str {
        let her = self.on_behalf.as_ref().filter(|on_behalf| on_behalf.answer_to == Some(AnswerTo::Subject));
        her.map_or(&self.subject, |on_behalf| &on_behalf.person)
    }

    /// The workflow's state.
    pub fn workflow_state(&self) -> Result<State, StoreError> {
        json(&self.state, "reading a case", "state")
    }

    /// What can be shown of it: a state that cannot be read is an empty one, so that a broken case hides neither itself nor others.
    pub fn shown_state(&self) -> State {
        self.workflow_state().unwrap_or_else(|_| State::new(&self.definition, BTreeMap::new()))
    }
}

/// Open, or how a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Somebody or something still has to act.
    Open,
    /// Answered.
    Answered,
    /// Refused, with reasons.
    Refused,
    /// Withdrawn by the person.
    Withdrawn,
}

impl Phase {
    /// The column's word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads the column's word.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Open, Self::Answered, Self::Refused, Self::Withdrawn].into_iter().find(|phase| phase.name() == name)
    }
}

/// Adds a new case; its key is kept first, see [`key`].
pub async fn insert(tx: &Tx, case: &Case) -> Result<(), StoreError> {
    let new = |group: &mut Group| {
        let new = !group.cases.contains_key(&case.id);
        if new {
            group.cases.insert(case.id.clone(), case.clone());
            group.pending.keys.extend(case.case_key.clone().map(|key| (case.id.clone(), key)));
            group.pending.cases.push(case.clone());
        }
        new
    };
    if tx.defer(new) {
        return Ok(());
    }
    let doing = "storing a case";
    let key: Vec<_> = case.case_key.clone().map(|key| (case.id.clone(), key)).into_iter().collect();
    tx.key_store().put(&key).await?;
    row::Entity::insert(to_row(case, doing)?).exec_without_returning(tx.writing().await?).await.doing(doing)?;
    Ok(())
}

/// Saves a case whose `rev` has been raised by one since it was read; refuses when somebody else was faster.
pub async fn save(tx: &Tx, case: &Case) -> Result<(), StoreError> {
    let doing = "saving a case";
    let moved = |group: &mut Group| {
        let waits = group.pending.cases.iter().any(|pending| pending.id == case.id);
        let Some(known) = group.cases.get_mut(&case.id) else { return false };
        let next = known.rev == case.rev - 1;
        if next {
            known.clone_from(case);
        }
        if next && !waits {
            group.pending.cases.push(case.clone());
        }
        next && !waits
    };
    if tx.defer(moved) {
        return Ok(());
    }
    let saved = row::Entity::update_many()
        .set(to_row(case, doing)?)
        .filter(row::Column::Id.eq(&case.id))
        .filter(row::Column::Rev.eq(case.rev - 1))
        .exec(tx.writing().await?)
        .await
        .doing(doing)?;
    if saved.rows_affected == 1 { Ok(()) } else { Err(StoreError::Raced { doing }) }
}

/// One case.
pub async fn get(rows: &impl Rows, id: &str) -> Result<Option<Case>, StoreError> {
    if let Some(known) = known(rows, id) {
        return Ok(Some(known));
    }
    let row = row::Entity::find_by_id(id).one(rows.conn().await?).await.doing("reading a case")?;
    one(rows.key_store(), row).await
}

/// Whether there is such a case, readable or not.
pub async fn exists(rows: &impl Rows, id: &str) -> Result<bool, StoreError> {
    Ok(row::Entity::find_by_id(id).count(rows.conn().await?).await.doing("looking for a case")? > 0)
}

/// A case that the group has locked, as the group's events leave it.
fn known(rows: &impl Rows, id: &str) -> Option<Case> {
    rows.group()?.in_group(|group| group.cases.get(id).cloned())?
}

/// Locks cases, in the order of their references.
pub(in crate::store) async fn lock_all(conn: &DatabaseTransaction, keys: &KeyStore, ids: &[String]) -> Result<Vec<Case>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let locked = row::Entity::find().filter(row::Column::Id.is_in(ids)).order_by_asc(row::Column::Id).lock_exclusive().all(conn);
    // Side by side: of a key that is destroyed meanwhile the row says so, as soon as it can be locked.
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    let (found, mut wrapped) = tokio::try_join!(async { locked.await.doing("locking cases") }, keys.of(&names))?;
    found.into_iter().map(|row| from_row(row, &mut wrapped)).collect()
}

/// Stores new cases, and others that nobody has moved since they were read.
pub(in crate::store) async fn save_all(conn: &DatabaseTransaction, cases: &[Case]) -> Result<(), StoreError> {
    let doing = "saving cases";
    for piece in pieces(cases) {
        let rows = piece.iter().map(|case| to_row(case, doing)).collect::<Result<Vec<_>, _>>()?;
        let read = Expr::col((row::Entity, row::Column::Rev)).eq(Expr::cust("excluded.rev - 1"));
        let moved = OnConflict::column(row::Column::Id)
            .update_columns(
                row::Column::iter().filter(|column| !matches!(column, row::Column::Id | row::Column::Bucket | row::Column::ShreddedAt)),
            )
            .action_and_where(read)
            .to_owned();
        let saved = row::Entity::insert_many(rows).on_conflict(moved).exec_without_returning(conn).await.doing(doing)?;
        if saved != u64::try_from(piece.len()).unwrap_or(u64::MAX) {
            return Err(StoreError::Raced { doing });
        }
    }
    Ok(())
}

/// One case, to be moved: whoever else would move it waits until the transaction ends. Taken before any row that hangs on the
/// case, always in this order, so that nobody waits in a circle. (SQLite has one writer at a time anyway.)
pub async fn lock(tx: &Tx, id: &str) -> Result<Option<Case>, StoreError> {
    if let Some(known) = known(tx, id) {
        return Ok(Some(known));
    }
    let row = row::Entity::find_by_id(id).lock_exclusive().one(tx.conn().await?).await.doing("locking a case")?;
    one(tx.key_store(), row).await
}

/// The cases of a mailbox, newest first.
pub async fn of_subject(rows: &impl Rows, subject: &str) -> Result<Vec<Case>, StoreError> {
    let found =
        row::Entity::find().filter(row::Column::Subject.eq(subject)).order_by_desc(row::Column::ReceivedAt).all(rows.conn().await?).await;
    many(rows.key_store(), found.doing("reading a person's cases")?).await
}

/// The cases about the person behind a mailbox, whoever asked, newest first.
pub async fn of_person(rows: &impl Rows, person: &str) -> Result<Vec<Case>, StoreError> {
    let about = row::Column::Concerns.eq(person).or(row::Column::Concerns.is_null().and(row::Column::Subject.eq(person)));
    let found = row::Entity::find().filter(about).order_by_desc(row::Column::ReceivedAt).all(rows.conn().await?).await;
    many(rows.key_store(), found.doing("reading the cases about a person")?).await
}

/// The newest case in which the person behind a mailbox is known by more than that mailbox, as long as there is one.
pub async fn proven_of(rows: &impl Rows, subject: &str) -> Result<Option<Case>, StoreError> {
    let cases = of_subject(rows, subject).await?;
    // What she has shown for somebody else says nothing about herself.
    Ok(cases.into_iter().find(|case| case.on_behalf.is_none() && case.tier >= Some(Tier::SecondItem) && case.applicant.is_some()))
}

/// Cases in a phase (`None`: all), the soonest strict deadline first.
pub async fn list(rows: &impl Rows, phase: Option<Phase>, limit: u64) -> Result<Vec<Case>, StoreError> {
    let mut query = row::Entity::find().order_by_asc(row::Column::StrictDueOn).order_by_asc(row::Column::Id).limit(limit);
    if let Some(phase) = phase {
        query = query.filter(row::Column::Phase.eq(phase.name()));
    }
    many(rows.key_store(), query.all(rows.conn().await?).await.doing("reading the queue")?).await
}

/// Every case of some rights whose key is still there, whatever its phase.
pub async fn of_rights(rows: &impl Rows, rights: &[Right]) -> Result<Vec<Case>, StoreError> {
    let names = rights.iter().map(|right| right.name());
    let query = row::Entity::find().filter(row::Column::Right.is_in(names)).filter(row::Column::ShreddedAt.is_null());
    let found = query.order_by_asc(row::Column::Id).all(rows.conn().await?).await;
    let mut cases = many(rows.key_store(), found.doing("reading the cases of some rights")?).await?;
    // In a database that was restored: its key was destroyed since.
    cases.retain(|case| case.case_key.is_some());
    Ok(cases)
}

/// How many cases are open on each workflow definition, by its hash.
pub async fn open_per_definition(rows: &impl Rows) -> Result<BTreeMap<String, i64>, StoreError> {
    let query = row::Entity::find().select_only().column(row::Column::Definition).column_as(row::Column::Id.count(), "cases");
    let query = query.filter(row::Column::Phase.eq(Phase::Open.name())).group_by(row::Column::Definition);
    let counted = query.into_tuple::<(String, i64)>().all(rows.conn().await?).await;
    Ok(counted.doing("counting cases")?.into_iter().collect())
}

/// The open cases that run on a definition.
pub async fn open_on(rows: &impl Rows, definition: &str) -> Result<Vec<Case>, StoreError> {
    let query = row::Entity::find().filter(row::Column::Definition.eq(definition)).filter(row::Column::Phase.eq(Phase::Open.name()));
    let found = query.order_by_asc(row::Column::Id).all(rows.conn().await?).await;
    many(rows.key_store(), found.doing("reading the cases of a definition")?).await
}

/// How many cases are in a phase.
pub async fn count(rows: &impl Rows, phase: Phase) -> Result<u64, StoreError> {
    let found = row::Entity::find().filter(row::Column::Phase.eq(phase.name())).count(rows.conn().await?).await;
    found.doing("counting cases")
}

/// Open cases that no effect, task or incident will ever move. Always none; one would wait for ever, and nobody would know.
pub async fn unwoken(rows: &impl Rows) -> Result<Vec<String>, StoreError> {
    let found = row::Entity::find()
        .select_only()
        .column(row::Column::Id)
        .filter(row::Column::Phase.eq(Phase::Open.name()))
        .filter(row::Column::Id.not_in_subquery(command::cases_waiting()))
        .filter(row::Column::Id.not_in_subquery(task::cases_waiting()))
        .filter(row::Column::Id.not_in_subquery(incident::cases_waiting()))
        .into_tuple()
        .all(rows.conn().await?);
    found.await.doing("looking for cases that nothing will wake")
}

/// Some open cases that are not set apart, those whose references come next after a word.
pub async fn sample(rows: &impl Rows, after: &str, limit: u64) -> Result<Vec<String>, StoreError> {
    let found = row::Entity::find()
        .select_only()
        .column(row::Column::Id)
        .filter(row::Column::Phase.eq(Phase::Open.name()))
        .filter(row::Column::Id.gt(after))
        .filter(row::Column::Id.not_in_subquery(incident::quarantined()))
        .order_by_asc(row::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(rows.conn().await?);
    found.await.doing("choosing cases")
}

/// Which cases may be shredded.
#[derive(Debug, Clone, Copy)]
pub struct Due<'a> {
    /// Those whose keeping date is before this day.
    pub today: Date,
    /// People whose corrections a hold has us remember; `None`: everybody's.
    pub kept: Option<&'a [String]>,
    /// Only some of them.
    pub among: Option<&'a [String]>,
}

/// Closed cases whose own record is past its keeping date and is not shredded yet. One that has promised to erase something later
/// needs its plan until then, and so does a correction of what a hold covers.
pub async fn expired(rows: &impl Rows, due: Due<'_>, limit: u64) -> Result<Vec<String>, StoreError> {
    let corrects = Expr::col(row::Column::Right).eq(Right::Rectification.name());
    let is_kept = match due.kept {
        Some(subjects) => corrects.and(Expr::col(row::Column::Subject).is_in(subjects.iter().map(String::as_str))),
        None => corrects,
    };
    let mut query = row::Entity::find()
        .select_only()
        .column(row::Column::Id)
        .filter(row::Column::KeepUntil.lt(due.today.to_string()))
        .filter(row::Column::ShreddedAt.is_null())
        .filter(row::Column::Id.not_in_subquery(deferral::cases_waiting()))
        .filter(row::Column::Id.not_in_subquery(rest::cases()))
        .filter(is_kept.not());
    if let Some(among) = due.among {
        query = query.filter(row::Column::Id.is_in(among));
    }
    let found = query.order_by_asc(row::Column::Id).limit(limit).into_tuple().all(rows.conn().await?).await;
    found.doing("reading expired cases")
}

/// Those of some cases that are shredded.
pub(in crate::store) async fn shredded_among(rows: &impl Rows, ids: &[String]) -> Result<Vec<String>, StoreError> {
    let query = row::Entity::find().select_only().column(row::Column::Id).filter(row::Column::ShreddedAt.is_not_null());
    let found = query.filter(row::Column::Id.is_in(ids)).into_tuple().all(rows.conn().await?).await;
    found.doing("looking for shredded cases")
}

/// Says of cases that they are shredded.
pub(in crate::store) async fn mark_shredded(tx: &Tx, ids: &[String], at: Timestamp) -> Result<(), StoreError> {
    let update = row::Entity::update_many()
        .col_expr(row::Column::ShreddedAt, Expr::value(at.as_microsecond()))
        .col_expr(row::Column::Applicant, Expr::value(Option::<Vec<u8>>::None))
        .filter(row::Column::Id.is_in(ids));
    update.exec(tx.writing().await?).await.doing("marking cases shredded")?;
    Ok(())
}

/// Cases with their keys.
async fn many(keys: &KeyStore, rows: Vec<row::Model>) -> Result<Vec<Case>, StoreError> {
    let ids: Vec<&str> = rows.iter().filter(|row| row.shredded_at.is_none()).map(|row| row.id.as_str()).collect();
    let mut wrapped = if ids.is_empty() { key::Wrapped::new() } else { keys.of(&ids).await? };
    rows.into_iter().map(|row| from_row(row, &mut wrapped)).collect()
}

async fn one(keys: &KeyStore, row: Option<row::Model>) -> Result<Option<Case>, StoreError> {
    Ok(many(keys, row.into_iter().collect()).await?.pop())
}

fn to_row(case: &Case, doing: &'static str) -> Result<row::ActiveModel, StoreError> {
    let tier = case.tier.map(|tier| to_json(&tier, doing, "tier")).transpose()?;
    Ok(row::ActiveModel {
        id: Set(case.id.clone()),
        bucket: Set(bucket(&case.id)),
        right: Set(case.right.name().to_owned()),
        lang: Set(case.lang.code().to_owned()),
        definition: Set(case.definition.clone()),
        rev: Set(case.rev),
        phase: Set(case.phase.name().to_owned()),
        state: Set(case.state.clone()),
        subject: Set(case.subject.clone()),
        tier: Set(tier.map(|tier| tier.trim_matches('"').to_owned())),
        received_at: Set(case.received_at.as_microsecond()),
        received_via: Set(case.received_via.clone()),
        closed_at: Set(case.closed_at.map(Timestamp::as_microsecond)),
        strict_due_on: Set(case.strict_due_on.to_string()),
        due_on: Set(case.due_on.to_string()),
        keep_until: Set(case.keep_until.map(|date| date.to_string())),
        applicant: Set(case.applicant.clone()),
        // Shredding says so by itself, and no other change takes it back.
        shredded_at: NotSet,
        acting: Set(case.on_behalf.as_ref().map(|it| it.capacity.name().to_owned())),
        concerns: Set(case.on_behalf.as_ref().map(|it| it.person.clone())),
        answer_to: Set(case.on_behalf.as_ref().and_then(|it| it.answer_to).map(|to| to.name().to_owned())),
    })
}

fn from_row(row: row::Model, wrapped: &mut key::Wrapped) -> Result<Case, StoreError> {
    let doing = "reading a case";
    let unreadable = |column| StoreError::Unreadable { doing, column };
    let answer_to = row.answer_to.map(|name| AnswerTo::from_name(&name).ok_or(unreadable("answer_to"))).transpose()?;
    let capacity = row.acting.map(|name| Capacity::from_name(&name).ok_or(unreadable("acting"))).transpose()?;
    let on_behalf = capacity.zip(row.concerns).map(|(capacity, person)| OnBehalf { capacity, person, answer_to });
    Ok(Case {
        on_behalf,
        right: Right::from_name(&row.right).ok_or(unreadable("right"))?,
        lang: Lang::from_code(&row.lang).ok_or(unreadable("lang"))?,
        phase: Phase::from_name(&row.phase).ok_or(unreadable("phase"))?,
        tier: row.tier.map(|tier| json(&format!("\"{tier}\""), doing, "tier")).transpose()?,
        received_at: time(row.received_at),
        closed_at: row.closed_at.map(time),
        strict_due_on: date(&row.strict_due_on, doing, "strict_due_on")?,
        due_on: date(&row.due_on, doing, "due_on")?,
        keep_until: row.keep_until.map(|text| date(&text, doing, "keep_until")).transpose()?,
        // A row that says "shredded" is believed, also where an old copy of the key store has the key.
        case_key: wrapped.remove(&row.id).filter(|_| row.shredded_at.is_none()),
        id: row.id,
        definition: row.definition,
        rev: row.rev,
        state: row.state,
        subject: row.subject,
        received_via: row.received_via,
        applicant: row.applicant,
    })
}
