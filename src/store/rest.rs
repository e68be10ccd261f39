//! What rests because a hold keeps it from erasure (Art. 18): which records of a case in a system, and what they said before.

use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    entity::prelude::*,
    sea_query::{Expr, OnConflict, Query, SelectStatement},
};

use super::{Doing as _, Rows, StoreError, Tx, json, time, to_json};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "held_rest")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub case_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub system: String,
        pub kinds: String,
        pub resting: bool,
        pub since: i64,
        pub sealed: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// What of one case rests in one system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rest {
    /// The case whose erasure a hold keeps back.
    pub case: String,
    /// The system.
    pub system: String,
    /// Kinds that rest, as `system.collection`; also those that no machine can mark.
    pub kinds: Vec<String>,
    /// Whether it still has to; a lift is on its way where not.
    pub resting: bool,
    /// Since when.
    pub since: Timestamp,
    /// The marks that are written ([`SystemChanges`](habeas_core::law::change::SystemChanges)), sealed under the case's key at [`place`].
    pub sealed: Vec<u8>,
}

/// Where marks are sealed.
pub fn place(system: &str) -> String {
    format!("held-rest:{system}")
}

/// Keeps one, in the place of an earlier one.
pub async fn put(tx: &Tx, rest: &Rest) -> Result<(), StoreError> {
    let doing = "keeping what rests under a hold";
    let row = row::ActiveModel {
        case_id: Set(rest.case.clone()),
        system: Set(rest.system.clone()),
        kinds: Set(to_json(&rest.kinds, doing, "kinds")?),
        resting: Set(rest.resting),
        since: Set(rest.since.as_microsecond()),
        sealed: Set(rest.sealed.clone()),
    };
    let anew = OnConflict::columns([row::Column::CaseId, row::Column::System])
        .update_columns([row::Column::Kinds, row::Column::Resting, row::Column::Sealed])
        .to_owned();
    row::Entity::insert(row).on_conflict(anew).exec_without_returning(tx.writing().await?).await.doing(doing)?;
    Ok(())
}

/// It need not rest any more; `false` where it did not.
pub async fn end(tx: &Tx, case: &str, system: &str) -> Result<bool, StoreError> {
    let update = row::Entity::update_many()
        .col_expr(row::Column::Resting, Expr::value(false))
        .filter(row::Column::CaseId.eq(case))
        .filter(row::Column::System.eq(system))
        .filter(row::Column::Resting.eq(true));
    Ok(update.exec(tx.writing().await?).await.doing("ending what rests under a hold")?.rows_affected == 1)
}

/// Its marks are given back. One that rests again meanwhile stays.
pub async fn delete(tx: &Tx, case: &str, system: &str) -> Result<(), StoreError> {
    let delete = row::Entity::delete_many()
        .filter(row::Column::CaseId.eq(case))
        .filter(row::Column::System.eq(system))
        .filter(row::Column::Resting.eq(false));
    delete.exec(tx.writing().await?).await.doing("forgetting what rested under a hold")?;
    Ok(())
}

/// Cases of which something rests, or is being given back.
pub(in crate::store) fn cases() -> SelectStatement {
    Query::select().column(row::Column::CaseId).from(row::Entity).to_owned()
}

/// One of them.
pub async fn get(rows: &impl Rows, case: &str, system: &str) -> Result<Option<Rest>, StoreError> {
    let key = (case.to_owned(), system.to_owned());
    let found = row::Entity::find_by_id(key).one(rows.conn().await?).await.doing("reading what rests under a hold")?;
    found.map(from_row).transpose()
}

/// A case's, those only that still have to rest.
pub async fn of_case(rows: &impl Rows, case: &str) -> Result<Vec<Rest>, StoreError> {
    let found = row::Entity::find().filter(row::Column::CaseId.eq(case)).filter(row::Column::Resting.eq(true));
    found.all(rows.conn().await?).await.doing("reading what rests under a hold")?.into_iter().map(from_row).collect()
}

/// Everybody's in a system, those only that still have to rest.
pub async fn all(rows: &impl Rows) -> Result<Vec<Rest>, StoreError> {
    let found = row::Entity::find().filter(row::Column::Resting.eq(true)).all(rows.conn().await?).await;
    found.doing("reading what rests under holds")?.into_iter().map(from_row).collect()
}

fn from_row(row: row::Model) -> Result<Rest, StoreError> {
    Ok(Rest {
        kinds: json(&row.kinds, "reading what rests under a hold", "kinds")?,
        case: row.case_id,
        system: row.system,
        resting: row.resting,
        since: time(row.since),
        sealed: row.sealed,
    })
}
