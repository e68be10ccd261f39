//! Invitations to staff: one at most for each person, known by the hash of what stands in its link. One that was taken is gone.

use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::{Doing as _, Rows, StoreError, Tx, time};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "invitation")]
    pub struct Model {
        pub hash: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person: String,
        pub sent_at: i64,
        pub ends_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// An invitation that nobody has taken yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Keyed hash of the link's token.
    pub hash: String,
    /// Who is invited.
    pub person: String,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// When it stops being good.
    pub ends_at: Timestamp,
}

/// Stores an invitation in place of the person's earlier one.
pub async fn replace(tx: &Tx, invitation: &Invitation) -> Result<(), StoreError> {
    revoke(tx, &invitation.person).await?;
    let row = row::ActiveModel {
        hash: Set(invitation.hash.clone()),
        person: Set(invitation.person.clone()),
        sent_at: Set(invitation.sent_at.as_microsecond()),
        ends_at: Set(invitation.ends_at.as_microsecond()),
    };
    row::Entity::insert(row).exec_without_returning(tx.writing().await?).await.doing("storing an invitation")?;
    Ok(())
}

/// The invitation behind a hash, while it is good.
pub async fn get(rows: &impl Rows, hash: &str, now: Timestamp) -> Result<Option<Invitation>, StoreError> {
    let found = row::Entity::find().filter(row::Column::Hash.eq(hash)).filter(row::Column::EndsAt.gt(now.as_microsecond()));
    Ok(found.one(rows.conn().await?).await.doing("reading an invitation")?.map(from_row))
}

/// Everybody's invitations, good or over.
pub async fn all(rows: &impl Rows) -> Result<Vec<Invitation>, StoreError> {
    let found = row::Entity::find().all(rows.conn().await?).await.doing("reading invitations")?;
    Ok(found.into_iter().map(from_row).collect())
}

/// Takes an invitation: it is good for one alone, however many try at once.
pub async fn take(tx: &Tx, hash: &str, now: Timestamp) -> Result<bool, StoreError> {
    let delete = row::Entity::delete_many().filter(row::Column::Hash.eq(hash)).filter(row::Column::EndsAt.gt(now.as_microsecond()));
    Ok(delete.exec(tx.writing().await?).await.doing("taking an invitation")?.rows_affected == 1)
}

/// Takes a person's invitation back.
pub async fn revoke(tx: &Tx, person: &str) -> Result<(), StoreError> {
    row::Entity::delete_by_id(person).exec(tx.writing().await?).await.doing("revoking an invitation")?;
    Ok(())
}

fn from_row(row: row::Model) -> Invitation {
    Invitation { hash: row.hash, person: row.person, sent_at: time(row.sent_at), ends_at: time(row.ends_at) }
}
