//! Notices to recipients: whom a case told of a change, and what came of it, sealed; the link to answer by only as a digest.

use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, QueryOrder as _, entity::prelude::*, sea_query::Expr};

use super::{Doing as _, Rows, StoreError, Tx, time};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "notice")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub case_id: String,
        pub recipient: String,
        pub made_at: i64,
        pub link: Option<String>,
        pub link_ends_at: Option<i64>,
        pub sealed: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// A notice as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredNotice {
    /// Random.
    pub id: String,
    /// The case.
    pub case: String,
    /// Key of the recipient.
    pub recipient: String,
    /// When it was told, or could not be.
    pub made_at: Timestamp,
    /// What the recipient may answer by without an account.
    pub link: Option<Link>,
    /// Name and state, sealed under the case's key at [`place`].
    pub sealed: Vec<u8>,
}

/// A link to answer by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Keyed hash of its token.
    pub digest: String,
    /// When it stops being good.
    pub ends_at: Timestamp,
}

/// Where a notice is sealed, under its case's key.
pub fn place(id: &str) -> String {
    format!("notice:{id}")
}

/// Stores a notice.
pub async fn insert(tx: &Tx, notice: &StoredNotice) -> Result<(), StoreError> {
    let row = row::ActiveModel {
        id: Set(notice.id.clone()),
        case_id: Set(notice.case.clone()),
        recipient: Set(notice.recipient.clone()),
        made_at: Set(notice.made_at.as_microsecond()),
        link: Set(notice.link.as_ref().map(|link| link.digest.clone())),
        link_ends_at: Set(notice.link.as_ref().map(|link| link.ends_at.as_microsecond())),
        sealed: Set(notice.sealed.clone()),
    };
    row::Entity::insert(row).exec_without_returning(tx.writing().await?).await.doing("storing a notice")?;
    Ok(())
}

/// Writes what became of a notice.
pub async fn save(tx: &Tx, id: &str, sealed: &[u8]) -> Result<(), StoreError> {
    let update = row::Entity::update_many().col_expr(row::Column::Sealed, Expr::value(sealed.to_vec())).filter(row::Column::Id.eq(id));
    update.exec(tx.writing().await?).await.doing("saving a notice")?;
    Ok(())
}

/// Gives a notice another link; the one before is good for nothing.
pub async fn relink(tx: &Tx, id: &str, link: &Link) -> Result<(), StoreError> {
    let update = row::Entity::update_many()
        .col_expr(row::Column::Link, Expr::value(link.digest.clone()))
        .col_expr(row::Column::LinkEndsAt, Expr::value(link.ends_at.as_microsecond()))
        .filter(row::Column::Id.eq(id));
    update.exec(tx.writing().await?).await.doing("renewing the link of a notice")?;
    Ok(())
}

/// One notice.
pub async fn get(rows: &impl Rows, id: &str) -> Result<Option<StoredNotice>, StoreError> {
    let row = row::Entity::find_by_id(id).one(rows.conn().await?).await.doing("reading a notice")?;
    Ok(row.map(from_row))
}

/// The notice that a link answers.
pub async fn by_link(rows: &impl Rows, digest: &str) -> Result<Option<StoredNotice>, StoreError> {
    let row = row::Entity::find().filter(row::Column::Link.eq(digest)).one(rows.conn().await?).await;
    Ok(row.doing("looking for a notice by its link")?.map(from_row))
}

/// A case's notices, oldest first.
pub async fn of_case(rows: &impl Rows, case: &str) -> Result<Vec<StoredNotice>, StoreError> {
    let found = row::Entity::find().filter(row::Column::CaseId.eq(case)).order_by_asc(row::Column::MadeAt).order_by_asc(row::Column::Id);
    Ok(found.all(rows.conn().await?).await.doing("reading a case's notices")?.into_iter().map(from_row).collect())
}

fn from_row(row: row::Model) -> StoredNotice {
    let link = row.link.zip(row.link_ends_at).map(|(digest, ends_at)| Link { digest, ends_at: time(ends_at) });
    StoredNotice { id: row.id, case: row.case_id, recipient: row.recipient, made_at: time(row.made_at), link, sealed: row.sealed }
}
