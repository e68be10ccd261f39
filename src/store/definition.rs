//! Workflow definitions by their hash: immutable, so that a case can always go on with the one it began with.

use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, entity::prelude::*, sea_query::OnConflict};

use super::{Doing as _, Rows, StoreError, Tx};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "definition")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub sha: String,
        pub name: String,
        pub version: i32,
        pub yaml: String,
        pub stored_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Stores a definition; one already known stays as it is.
pub async fn put(tx: &Tx, sha: &str, name: &str, version: u32, yaml: &str, at: Timestamp) -> Result<(), StoreError> {
    let row = row::ActiveModel {
        sha: Set(sha.to_owned()),
        name: Set(name.to_owned()),
        version: Set(i32::try_from(version).unwrap_or(i32::MAX)),
        yaml: Set(yaml.to_owned()),
        stored_at: Set(at.as_microsecond()),
    };
    let once = OnConflict::column(row::Column::Sha).do_nothing().to_owned();
    row::Entity::insert(row).on_conflict(once).exec_without_returning(tx.writing().await?).await.doing("storing a definition")?;
    Ok(())
}

/// Every definition: hash and text.
pub async fn all(rows: &impl Rows) -> Result<Vec<(String, String)>, StoreError> {
    let found = row::Entity::find().all(rows.conn().await?).await.doing("reading definitions")?;
    Ok(found.into_iter().map(|row| (row.sha, row.yaml)).collect())
}
