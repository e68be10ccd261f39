//! Erasures at the point of no return. Each is written down before the holds are read for the last time, so whoever places a hold and
//! then looks here sees every erasure that may not have seen the hold.

use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, entity::prelude::*, sea_query::OnConflict};

use super::{Commit, Doing as _, Rows, Store, StoreError, Tx, time};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "erasing")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub system: String,
        pub until: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// An erasure that may take place at any moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasing {
    /// Random, one per attempt.
    pub id: String,
    /// The system.
    pub system: String,
    /// It has taken place by then or never will (UTC).
    pub until: Timestamp,
}

/// Writes one down, or moves its end. On the disk before it is answered: a database that forgot it would let a hold pass it by.
pub async fn begin(store: &Store, erasing: &Erasing) -> Result<(), StoreError> {
    let row =
        row::ActiveModel { id: Set(erasing.id.clone()), system: Set(erasing.system.clone()), until: Set(erasing.until.as_microsecond()) };
    let longer = OnConflict::column(row::Column::Id).update_column(row::Column::Until).to_owned();
    let insert = row::Entity::insert(row).on_conflict(longer);
    insert.exec_without_returning(&*store.lone(Commit::Synced).await?).await.doing("writing down that an erasure begins")?;
    Ok(())
}

/// It is over, one way or the other.
pub async fn end(store: &Store, id: &str) -> Result<(), StoreError> {
    let gone = row::Entity::delete_by_id(id).exec(&*store.lone(Commit::Unsynced).await?).await;
    gone.doing("writing down that an erasure is over")?;
    Ok(())
}

/// Those that may still take place.
pub async fn open(rows: &impl Rows, now: Timestamp) -> Result<Vec<Erasing>, StoreError> {
    let found = row::Entity::find().filter(row::Column::Until.gte(now.as_microsecond())).all(rows.conn().await?).await;
    let erasing = |row: row::Model| Erasing { id: row.id, system: row.system, until: time(row.until) };
    Ok(found.doing("looking for erasures under way")?.into_iter().map(erasing).collect())
}

/// Forgets those whose worker died and whose time is over.
pub async fn sweep(tx: &Tx, now: Timestamp) -> Result<(), StoreError> {
    let over = row::Entity::delete_many().filter(row::Column::Until.lt(now.as_microsecond()));
    over.exec(tx.writing().await?).await.doing("forgetting erasures that are over")?;
    Ok(())
}
