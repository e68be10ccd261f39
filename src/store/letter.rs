//! Letters: what was written to whom, sealed; sent at most once per attempt that reports success.

use habeas_core::law::lang::Lang;
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, QueryOrder as _, entity::prelude::*, sea_query::Expr};

use super::{Doing as _, Rows, StoreError, Tx, time};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "letter")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub case_id: Option<String>,
        pub kind: String,
        pub lang: String,
        pub written_at: i64,
        pub sent_at: Option<i64>,
        pub sealed: Option<Vec<u8>>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// A letter as stored: address and text are sealed together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLetter {
    /// Random; also the local part of the mail's `Message-ID`, the same over all attempts.
    pub id: String,
    /// The case, if it belongs to one.
    pub case: Option<String>,
    /// Which letter.
    pub kind: String,
    /// In which language.
    pub lang: Lang,
    /// When it was written.
    pub written_at: Timestamp,
    /// When the mail server took it.
    pub sent_at: Option<Timestamp>,
    /// Address, subject and both bodies, sealed.
    pub sealed: Option<Vec<u8>>,
}

/// Stores a letter that is still to be sent.
pub async fn insert(tx: &Tx, letter: &StoredLetter) -> Result<(), StoreError> {
    let row = row::ActiveModel {
        id: Set(letter.id.clone()),
        case_id: Set(letter.case.clone()),
        kind: Set(letter.kind.clone()),
        lang: Set(letter.lang.code().to_owned()),
        written_at: Set(letter.written_at.as_microsecond()),
        sent_at: Set(letter.sent_at.map(Timestamp::as_microsecond)),
        sealed: Set(letter.sealed.clone()),
    };
    row::Entity::insert(row).exec_without_returning(tx.writing().await?).await.doing("storing a letter")?;
    Ok(())
}

/// Marks a letter as taken by the mail server. What belongs to no case is no evidence of anything, and what it said (a code, a link) is forgotten.
pub async fn mark_sent(tx: &Tx, id: &str, at: Timestamp) -> Result<(), StoreError> {
    let update = row::Entity::update_many().col_expr(row::Column::SentAt, Expr::value(at.as_microsecond())).filter(row::Column::Id.eq(id));
    update.exec(tx.writing().await?).await.doing("marking a letter sent")?;
    let forget = row::Entity::update_many()
        .col_expr(row::Column::Sealed, Expr::value(Option::<Vec<u8>>::None))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::CaseId.is_null());
    forget.exec(tx.writing().await?).await.doing("forgetting what a letter said")?;
    Ok(())
}

/// One letter.
pub async fn get(rows: &impl Rows, id: &str) -> Result<Option<StoredLetter>, StoreError> {
    let row = row::Entity::find_by_id(id).one(rows.conn().await?).await.doing("reading a letter")?;
    row.map(from_row).transpose()
}

/// A case's letters, oldest first.
pub async fn of_case(rows: &impl Rows, case: &str) -> Result<Vec<StoredLetter>, StoreError> {
    let found = row::Entity::find().filter(row::Column::CaseId.eq(case)).order_by_asc(row::Column::WrittenAt).all(rows.conn().await?).await;
    found.doing("reading a case's letters")?.into_iter().map(from_row).collect()
}

fn from_row(row: row::Model) -> Result<StoredLetter, StoreError> {
    Ok(StoredLetter {
        lang: Lang::from_code(&row.lang).ok_or(StoreError::Unreadable { doing: "reading a letter", column: "lang" })?,
        id: row.id,
        case: row.case_id,
        kind: row.kind,
        written_at: time(row.written_at),
        sent_at: row.sent_at.map(time),
        sealed: row.sealed,
    })
}
