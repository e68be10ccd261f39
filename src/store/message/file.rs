//! Files that go with messages. Names and contents are sealed apart, under the case's key: a list opens no file.

use sea_orm::{ActiveValue::Set, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::super::{Doing as _, Rows, StoreError, Tx};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "message_file")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub case_id: String,
        pub message_id: String,
        pub place: i32,
        pub size: i64,
        pub named: Vec<u8>,
        pub sealed: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// A file as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// Random.
    pub id: String,
    /// The case.
    pub case: String,
    /// The message it goes with.
    pub message: String,
    /// Where it stands among the files of its message, from 0.
    pub place: i32,
    /// Bytes.
    pub size: i64,
    /// Its name, sealed at [`name_place`].
    pub named: Vec<u8>,
}

/// Where a file's name is sealed, under its case's key.
pub fn name_place(id: &str) -> String {
    format!("message-file-name:{id}")
}

/// Where what is in it is sealed, under its case's key.
pub fn place(id: &str) -> String {
    format!("message-file:{id}")
}

/// Stores a file and what is in it.
pub async fn insert(tx: &Tx, file: &StoredFile, sealed: Vec<u8>) -> Result<(), StoreError> {
    let row = row::ActiveModel {
        id: Set(file.id.clone()),
        case_id: Set(file.case.clone()),
        message_id: Set(file.message.clone()),
        place: Set(file.place),
        size: Set(file.size),
        named: Set(file.named.clone()),
        sealed: Set(sealed),
    };
    row::Entity::insert(row).exec_without_returning(tx.writing().await?).await.doing("storing a message's file")?;
    Ok(())
}

/// A case's files in the order they were sent, without what is in them.
pub async fn of_case(rows: &impl Rows, case: &str) -> Result<Vec<StoredFile>, StoreError> {
    use row::Column::{CaseId, Id, MessageId, Named, Place, Size};
    let query = row::Entity::find().select_only().columns([Id, CaseId, MessageId, Place, Size, Named]).filter(CaseId.eq(case));
    let found = query.order_by_asc(MessageId).order_by_asc(Place).into_tuple().all(rows.conn().await?).await;
    let file = |(id, case, message, place, size, named)| StoredFile { id, case, message, place, size, named };
    Ok(found.doing("reading a case's files")?.into_iter().map(file).collect())
}

/// The name of one file of a case and what is in it, both sealed.
pub async fn get(rows: &impl Rows, case: &str, id: &str) -> Result<Option<(Vec<u8>, Vec<u8>)>, StoreError> {
    let found = row::Entity::find_by_id(id).filter(row::Column::CaseId.eq(case)).one(rows.conn().await?).await;
    Ok(found.doing("reading a message's file")?.map(|row| (row.named, row.sealed)))
}
