//! Reviews of legal holds that were put off: by whom, until when, and why in words, which are sealed.

use jiff::{Timestamp, civil::Date};
use sea_orm::{ActiveValue::Set, QueryOrder as _, entity::prelude::*};

use super::{Doing as _, Rows, StoreError, Tx, date, time};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "hold_review")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub hold_id: String,
        pub put_off_by: String,
        pub put_off_at: i64,
        pub review_on: String,
        pub sealed: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// One review that was put off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutOff {
    /// Random.
    pub id: String,
    /// The hold.
    pub hold: String,
    /// Who decided it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The new day.
    pub review_on: Date,
    /// Why, sealed under the house key at [`place`].
    pub sealed: Vec<u8>,
}

/// Where a reason is sealed.
pub fn place(id: &str) -> String {
    format!("hold-review:{id}")
}

/// Keeps one.
pub async fn insert(tx: &Tx, put_off: &PutOff) -> Result<(), StoreError> {
    let row = row::ActiveModel {
        id: Set(put_off.id.clone()),
        hold_id: Set(put_off.hold.clone()),
        put_off_by: Set(put_off.by.clone()),
        put_off_at: Set(put_off.at.as_microsecond()),
        review_on: Set(put_off.review_on.to_string()),
        sealed: Set(put_off.sealed.clone()),
    };
    row::Entity::insert(row).exec_without_returning(tx.writing().await?).await.doing("keeping why a review is put off")?;
    Ok(())
}

/// A hold's, the latest first.
pub async fn of_hold(rows: &impl Rows, hold: &str) -> Result<Vec<PutOff>, StoreError> {
    let doing = "reading why reviews were put off";
    let found = row::Entity::find().filter(row::Column::HoldId.eq(hold)).order_by_desc(row::Column::PutOffAt).all(rows.conn().await?).await;
    let read = |row: row::Model| {
        let review_on = date(&row.review_on, doing, "review_on")?;
        Ok(PutOff { id: row.id, hold: row.hold_id, by: row.put_off_by, at: time(row.put_off_at), review_on, sealed: row.sealed })
    };
    found.doing(doing)?.into_iter().map(read).collect()
}
