//! Pictures of shielded documents: which case shows one, who looks at it, and whether it is gone. The picture stands sealed in a file, its
//! key among the case keys under a name of its own; when that key is destroyed, nobody can open the file any more.
//!
//! As with cases, a key is kept before its row is, and destroyed before its row says so.

use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    PaginatorTrait as _, QueryOrder as _, QuerySelect as _,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait as _},
};

use super::{Doing as _, Rows, Store, StoreError, Tx, key, time};

pub mod folder;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "document")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub case_id: String,
        pub file: String,
        pub mark: String,
        pub shown_at: i64,
        pub taken_by: Option<String>,
        pub gone_at: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// A picture that somebody has shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Random.
    pub id: String,
    /// The case.
    pub case: String,
    /// Its file in the house's folder of documents.
    pub file: String,
    /// Keyed print of the picture as it was sent: the same picture is known again, and nothing else can be told from it.
    pub mark: String,
    /// When it was shown.
    pub shown_at: Timestamp,
    /// Who looks at it, alone.
    pub taken_by: Option<String>,
    /// When its key was destroyed.
    pub gone_at: Option<Timestamp>,
}

/// What a document's key is called among the case keys; no case is called so.
pub fn key_name(id: &str) -> String {
    format!("{}{id}", key::DOCUMENT)
}

/// Keeps a picture's key, wrapped, and then the row that speaks of it.
pub async fn put(tx: &Tx, document: &Document, wrapped: Vec<u8>) -> Result<(), StoreError> {
    tx.key_store().put(&[(key_name(&document.id), wrapped)]).await?;
    let row = row::ActiveModel {
        id: Set(document.id.clone()),
        case_id: Set(document.case.clone()),
        file: Set(document.file.clone()),
        mark: Set(document.mark.clone()),
        shown_at: Set(document.shown_at.as_microsecond()),
        taken_by: Set(None),
        gone_at: Set(None),
    };
    row::Entity::insert(row).exec_without_returning(tx.writing().await?).await.doing("keeping that a document was shown")?;
    Ok(())
}

/// A picture's key, wrapped; `None`: it is destroyed.
pub async fn wrapped(rows: &impl Rows, id: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let name = key_name(id);
    Ok(rows.key_store().of(&[&name]).await?.remove(&name))
}

/// The picture that a case shows now.
pub async fn shown(rows: &impl Rows, case: &str) -> Result<Option<Document>, StoreError> {
    let query = row::Entity::find().filter(row::Column::CaseId.eq(case)).filter(row::Column::GoneAt.is_null());
    let found = query.order_by_desc(row::Column::ShownAt).one(rows.conn().await?).await.doing(READING)?;
    Ok(found.map(from_row))
}

/// How many pictures a case has shown, those that are gone among them.
pub async fn count(rows: &impl Rows, case: &str) -> Result<u64, StoreError> {
    row::Entity::find().filter(row::Column::CaseId.eq(case)).count(rows.conn().await?).await.doing(READING)
}

/// Whether the same picture was shown in another case.
pub async fn is_known(rows: &impl Rows, mark: &str, case: &str) -> Result<bool, StoreError> {
    let query = row::Entity::find().filter(row::Column::Mark.eq(mark)).filter(row::Column::CaseId.ne(case));
    Ok(query.limit(1).one(rows.conn().await?).await.doing(READING)?.is_some())
}

/// Notes who looks at a picture; `false`: somebody else does.
pub async fn take(tx: &Tx, id: &str, by: &str) -> Result<bool, StoreError> {
    let free = row::Column::TakenBy.is_null().or(row::Column::TakenBy.eq(by));
    let update = row::Entity::update_many().col_expr(row::Column::TakenBy, Expr::value(by)).filter(row::Column::Id.eq(id)).filter(free);
    let taken = update.exec(tx.writing().await?).await.doing("noting who looks at a document")?;
    Ok(taken.rows_affected == 1)
}

/// Pictures that have been there since before a moment.
pub async fn older(rows: &impl Rows, than: Timestamp) -> Result<Vec<Document>, StoreError> {
    let query = row::Entity::find().filter(row::Column::GoneAt.is_null()).filter(row::Column::ShownAt.lte(than.as_microsecond()));
    Ok(query.all(rows.conn().await?).await.doing(READING)?.into_iter().map(from_row).collect())
}

/// The files of pictures whose keys are destroyed, the newest first.
pub async fn gone_files(rows: &impl Rows, limit: u64) -> Result<Vec<String>, StoreError> {
    let query = row::Entity::find().filter(row::Column::GoneAt.is_not_null()).order_by_desc(row::Column::GoneAt).limit(limit);
    Ok(query.all(rows.conn().await?).await.doing(READING)?.into_iter().map(|row| row.file).collect())
}

/// Destroys a picture's key, and then says so. It cannot be taken back, whatever becomes of the transaction.
pub async fn shred(tx: &Tx, id: &str, at: Timestamp) -> Result<(), StoreError> {
    key::destroy(tx, &[key_name(id)]).await?;
    let gone = row::Entity::update_many().col_expr(row::Column::GoneAt, Expr::value(at.as_microsecond())).filter(row::Column::Id.eq(id));
    gone.exec(tx.writing().await?).await.doing("noting that a document is gone")?;
    Ok(())
}

/// Destroys the keys that no picture needs: what a crash left, and what an old copy of the key store brought back.
pub(in crate::store) async fn destroy_unneeded(store: &Store) -> Result<u64, StoreError> {
    let kept = row::Entity::find().filter(row::Column::GoneAt.is_null()).all(store.conn().await?).await.doing(READING)?;
    let kept: Vec<String> = kept.into_iter().map(|row| key_name(&row.id)).collect();
    store.key_store().destroy_documents_but(&kept).await
}

const READING: &str = "reading which documents were shown";

fn from_row(row: row::Model) -> Document {
    Document {
        id: row.id,
        case: row.case_id,
        file: row.file,
        mark: row.mark,
        shown_at: time(row.shown_at),
        taken_by: row.taken_by,
        gone_at: row.gone_at.map(time),
    }
}
