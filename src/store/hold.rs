//! Legal holds as stored, with who placed one and who has asked for its release.

use habeas_core::law::hold::Hold;
use jiff::civil::Date;
use sea_orm::{ActiveValue::Set, QueryOrder as _, QuerySelect as _, entity::prelude::*, sea_query::Expr};

use super::{Doing as _, Rows, StoreError, Tx, date, json, to_json};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "hold")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub scope: String,
        pub basis: String,
        pub matter: String,
        pub owner: String,
        pub opened_on: String,
        pub review_on: String,
        pub released_on: Option<String>,
        pub placed_by: String,
        pub release_asked_by: Option<String>,
        pub remind_on: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// A hold and the people behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredHold {
    /// The hold, as the law sees it.
    pub hold: Hold,
    /// Who placed it.
    pub placed_by: String,
    /// Who has asked for its release; a second person must agree.
    pub release_asked_by: Option<String>,
    /// When somebody is called to its review next; nobody, once it is released.
    pub remind_on: Option<Date>,
}

/// Stores a new hold.
pub async fn insert(tx: &Tx, stored: &StoredHold) -> Result<(), StoreError> {
    let doing = "storing a hold";
    let hold = &stored.hold;
    let row = row::ActiveModel {
        id: Set(hold.id.clone()),
        scope: Set(to_json(&hold.scope, doing, "scope")?),
        basis: Set(to_json(&hold.basis, doing, "basis")?),
        matter: Set(hold.matter.clone()),
        owner: Set(hold.owner.clone()),
        opened_on: Set(hold.opened_on.to_string()),
        review_on: Set(hold.review_on.to_string()),
        released_on: Set(hold.released_on.map(|date| date.to_string())),
        placed_by: Set(stored.placed_by.clone()),
        release_asked_by: Set(stored.release_asked_by.clone()),
        remind_on: Set(stored.remind_on.map(|date| date.to_string())),
    };
    row::Entity::insert(row).exec_without_returning(tx.writing().await?).await.doing(doing)?;
    Ok(())
}

/// Notes who asked for a release.
pub async fn ask_release(tx: &Tx, id: &str, by: &str) -> Result<(), StoreError> {
    let update = row::Entity::update_many().col_expr(row::Column::ReleaseAskedBy, Expr::value(by)).filter(row::Column::Id.eq(id));
    update.exec(tx.writing().await?).await.doing("asking for a hold's release")?;
    Ok(())
}

/// The hold whose owner has waited longest to be called to its review.
pub async fn to_remind(rows: &impl Rows, today: Date) -> Result<Option<String>, StoreError> {
    let due = row::Entity::find().filter(row::Column::RemindOn.lte(today.to_string())).order_by_asc(row::Column::RemindOn);
    let found = due.order_by_asc(row::Column::Id).one(rows.conn().await?).await.doing("reading due reviews of holds")?;
    Ok(found.map(|row| row.id))
}

/// The next day on which somebody is called to a review.
pub async fn next_reminder(rows: &impl Rows) -> Result<Option<Date>, StoreError> {
    let (doing, next) = ("reading the next review of a hold", row::Entity::find().filter(row::Column::RemindOn.is_not_null()));
    let found = next.order_by_asc(row::Column::RemindOn).one(rows.conn().await?).await.doing(doing)?;
    found.and_then(|row| row.remind_on).map(|day| date(&day, doing, "remind_on")).transpose()
}

/// Says when somebody is called to its review next.
pub async fn remind(tx: &Tx, id: &str, on: Date) -> Result<(), StoreError> {
    let update = row::Entity::update_many().col_expr(row::Column::RemindOn, Expr::value(on.to_string())).filter(row::Column::Id.eq(id));
    update.exec(tx.writing().await?).await.doing("calling somebody to a hold's review")?;
    Ok(())
}

/// Puts its review off. Nobody's wish to release it outlives that.
pub async fn put_off(tx: &Tx, hold: &Hold, remind_on: Date) -> Result<(), StoreError> {
    let update = row::Entity::update_many()
        .col_expr(row::Column::ReviewOn, Expr::value(hold.review_on.to_string()))
        .col_expr(row::Column::RemindOn, Expr::value(remind_on.to_string()))
        .col_expr(row::Column::ReleaseAskedBy, Expr::value(None::<String>))
        .filter(row::Column::Id.eq(&hold.id));
    update.exec(tx.writing().await?).await.doing("putting a hold's review off")?;
    Ok(())
}

/// Releases a hold; it is in force for the last time the day before, and nobody is called to its review any more.
pub async fn release(tx: &Tx, id: &str, last_day: Date) -> Result<(), StoreError> {
    let update = row::Entity::update_many()
        .col_expr(row::Column::ReleasedOn, Expr::value(last_day.to_string()))
        .col_expr(row::Column::RemindOn, Expr::value(None::<String>))
        .filter(row::Column::Id.eq(id));
    update.exec(tx.writing().await?).await.doing("releasing a hold")?;
    Ok(())
}

/// One hold.
pub async fn get(rows: &impl Rows, id: &str) -> Result<Option<StoredHold>, StoreError> {
    let row = row::Entity::find_by_id(id).one(rows.conn().await?).await.doing("reading a hold")?;
    row.map(from_row).transpose()
}

/// One hold, locked: whoever releases it waits, and whoever waits for it sees whether it is released.
pub async fn lock(tx: &Tx, id: &str) -> Result<Option<StoredHold>, StoreError> {
    let row = row::Entity::find_by_id(id).lock_exclusive().one(tx.conn().await?).await.doing("locking a hold")?;
    row.map(from_row).transpose()
}

/// Every hold, newest first. A hold that cannot be read is an error, so that nothing is erased past it.
pub async fn all(rows: &impl Rows) -> Result<Vec<StoredHold>, StoreError> {
    let found = row::Entity::find().order_by_desc(row::Column::OpenedOn).order_by_asc(row::Column::Id).all(rows.conn().await?).await;
    found.doing("reading holds")?.into_iter().map(from_row).collect()
}

fn from_row(row: row::Model) -> Result<StoredHold, StoreError> {
    let doing = "reading a hold";
    let hold = Hold {
        scope: json(&row.scope, doing, "scope")?,
        basis: json(&row.basis, doing, "basis")?,
        opened_on: date(&row.opened_on, doing, "opened_on")?,
        review_on: date(&row.review_on, doing, "review_on")?,
        released_on: row.released_on.map(|text| date(&text, doing, "released_on")).transpose()?,
        id: row.id,
        matter: row.matter,
        owner: row.owner,
    };
    let remind_on = row.remind_on.map(|text| date(&text, doing, "remind_on")).transpose()?;
    Ok(StoredHold { hold, placed_by: row.placed_by, release_asked_by: row.release_asked_by, remind_on })
}
