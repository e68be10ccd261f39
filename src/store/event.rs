//! The journal: every event of a case, in order, once. Bodies hold codes and references, never personal data.

use sea_orm::{ActiveValue::Set, DatabaseTransaction, QueryOrder as _, entity::prelude::*};

use super::{
    Doing as _, Rows, StoreError, Tx,
    group::{Group, pieces},
    time,
};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "event")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub case_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
        pub event_id: String,
        pub at: i64,
        pub actor: String,
        pub kind: String,
        pub body: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// One journaled event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The case.
    pub case: String,
    /// 1, 2, 3 … within the case; equals the case's `rev` after it.
    pub seq: i64,
    /// Unique over all cases: a second delivery is recognised by it.
    pub id: String,
    /// When.
    pub at: jiff::Timestamp,
    /// Who, as the journal names actors.
    pub actor: String,
    /// What, as the workflow names event kinds.
    pub kind: String,
    /// The workflow's event, JSON.
    pub body: String,
}

/// Appends an event; a repeated id violates a unique index and rolls the transaction back.
pub async fn append(tx: &Tx, event: &Event) -> Result<(), StoreError> {
    let later = |group: &mut Group| {
        group.pending.events.push(event.clone());
        true
    };
    if tx.defer(later) { Ok(()) } else { append_all(tx.writing().await?, std::slice::from_ref(event)).await }
}

pub(in crate::store) async fn append_all(conn: &DatabaseTransaction, events: &[Event]) -> Result<(), StoreError> {
    let to_row = |event: &Event| row::ActiveModel {
        case_id: Set(event.case.clone()),
        seq: Set(event.seq),
        event_id: Set(event.id.clone()),
        at: Set(event.at.as_microsecond()),
        actor: Set(event.actor.clone()),
        kind: Set(event.kind.clone()),
        body: Set(event.body.clone()),
    };
    for piece in pieces(events) {
        let rows = row::Entity::insert_many(piece.iter().map(to_row));
        rows.exec_without_returning(conn).await.doing("journaling events")?;
    }
    Ok(())
}

/// Whether an event was taken before.
pub async fn is_known(rows: &impl Rows, id: &str) -> Result<bool, StoreError> {
    let found = row::Entity::find().filter(row::Column::EventId.eq(id)).one(rows.conn().await?).await;
    Ok(found.doing("looking for an event")?.is_some())
}

/// A case's journal, oldest first.
pub async fn of_case(rows: &impl Rows, case: &str) -> Result<Vec<Event>, StoreError> {
    let found = row::Entity::find().filter(row::Column::CaseId.eq(case)).order_by_asc(row::Column::Seq).all(rows.conn().await?).await;
    let event = |row: row::Model| Event {
        case: row.case_id,
        seq: row.seq,
        id: row.event_id,
        at: time(row.at),
        actor: row.actor,
        kind: row.kind,
        body: row.body,
    };
    Ok(found.doing("reading a journal")?.into_iter().map(event).collect())
}
