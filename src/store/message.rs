//! Messages in a case, between its person and staff; what they say is sealed.

use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, QueryOrder as _, entity::prelude::*};

use super::{Doing as _, Rows, StoreError, Tx, time};

pub mod file;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "message")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub case_id: String,
        pub sent_at: i64,
        pub by: Option<String>,
        pub sealed: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// A message as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMessage {
    /// Random.
    pub id: String,
    /// The case.
    pub case: String,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// The member of staff who wrote it; `None`: the person.
    pub by: Option<String>,
    /// The words, sealed under the case's key at [`place`].
    pub sealed: Vec<u8>,
}

/// Where a message is sealed, under its case's key.
pub fn place(id: &str) -> String {
    format!("message:{id}")
}

/// Stores a message.
pub async fn insert(tx: &Tx, message: &StoredMessage) -> Result<(), StoreError> {
    let row = row::ActiveModel {
        id: Set(message.id.clone()),
        case_id: Set(message.case.clone()),
        sent_at: Set(message.sent_at.as_microsecond()),
        by: Set(message.by.clone()),
        sealed: Set(message.sealed.clone()),
    };
    row::Entity::insert(row).exec_without_returning(tx.writing().await?).await.doing("storing a message")?;
    Ok(())
}

/// A case's messages, oldest first.
pub async fn of_case(rows: &impl Rows, case: &str) -> Result<Vec<StoredMessage>, StoreError> {
    let found = row::Entity::find().filter(row::Column::CaseId.eq(case)).order_by_asc(row::Column::SentAt).order_by_asc(row::Column::Id);
    let message =
        |row: row::Model| StoredMessage { id: row.id, case: row.case_id, sent_at: time(row.sent_at), by: row.by, sealed: row.sealed };
    Ok(found.all(rows.conn().await?).await.doing("reading a case's messages")?.into_iter().map(message).collect())
}
