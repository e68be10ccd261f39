//! The erasure ledger: what was erased, by blind indexes. Rows are added and never changed.

use habeas_core::law::ledger::Entry;
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, QueryOrder as _, entity::prelude::*, sea_query::OnConflict};

use serde::{Deserialize, Serialize};

use super::{Doing as _, Rows, StoreError, Tx, json, to_json};
use crate::keys::sha256;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ledger")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub case_id: String,
        pub plan: String,
        pub system: String,
        pub collection: String,
        pub record: String,
        pub print: Option<String>,
        pub act: String,
        pub done_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

mod identifier {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ledger_identifier")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub identifier: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub case_id: String,
        pub done_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// What an erasure leaves: its records, and the identifiers that led to them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Erasure {
    /// One per record.
    pub entries: Vec<Entry>,
    /// Indexes of identifiers, with the case in which somebody was searched by them.
    pub identifiers: Vec<(String, String)>,
}

/// How many rows one statement writes.
const BATCH: usize = 500;

/// Adds an erasure; what is there already stays, so that an effect may report twice.
pub async fn put(tx: &Tx, erasure: &Erasure, at: Timestamp) -> Result<(), StoreError> {
    let doing = "writing the erasure ledger";
    let rows = erasure.entries.iter().map(|entry| {
        let whole = to_json(entry, doing, "id")?;
        Ok(row::ActiveModel {
            id: Set(sha256(whole.as_bytes())),
            case_id: Set(entry.case.clone()),
            plan: Set(entry.plan.clone()),
            system: Set(entry.system.clone()),
            collection: Set(entry.collection.clone()),
            record: Set(entry.record.clone()),
            print: Set(entry.print.clone()),
            act: Set(to_json(&entry.act, doing, "act")?),
            done_at: Set(at.as_microsecond()),
        })
    });
    let rows = rows.collect::<Result<Vec<_>, StoreError>>()?;
    for batch in rows.chunks(BATCH) {
        let once = OnConflict::column(row::Column::Id).do_nothing().to_owned();
        row::Entity::insert_many(batch.to_vec()).on_conflict(once).exec_without_returning(tx.writing().await?).await.doing(doing)?;
    }
    let identifiers = erasure.identifiers.iter().map(|(identifier, case)| identifier::ActiveModel {
        identifier: Set(identifier.clone()),
        case_id: Set(case.clone()),
        done_at: Set(at.as_microsecond()),
    });
    let identifiers: Vec<_> = identifiers.collect();
    if !identifiers.is_empty() {
        let once = OnConflict::columns([identifier::Column::Identifier, identifier::Column::CaseId]).do_nothing().to_owned();
        identifier::Entity::insert_many(identifiers).on_conflict(once).exec_without_returning(tx.writing().await?).await.doing(doing)?;
    }
    Ok(())
}

/// Everything that was erased in a system, oldest first.
pub async fn of_system(rows: &impl Rows, system: &str) -> Result<Vec<Entry>, StoreError> {
    let found = row::Entity::find().filter(row::Column::System.eq(system));
    entries(rows, found).await
}

/// All of it, oldest first.
pub async fn all(rows: &impl Rows) -> Result<Erasure, StoreError> {
    Ok(Erasure { entries: entries(rows, row::Entity::find()).await?, identifiers: identifiers(rows).await? })
}

async fn entries(rows: &impl Rows, found: sea_orm::Select<row::Entity>) -> Result<Vec<Entry>, StoreError> {
    let doing = "reading the erasure ledger";
    let found = found.order_by_asc(row::Column::DoneAt).order_by_asc(row::Column::Id).all(rows.conn().await?).await;
    let entry = |row: row::Model| {
        Ok(Entry {
            act: json(&row.act, doing, "act")?,
            case: row.case_id,
            plan: row.plan,
            system: row.system,
            collection: row.collection,
            record: row.record,
            print: row.print,
        })
    };
    found.doing(doing)?.into_iter().map(entry).collect()
}

/// Indexes of every identifier whose records were erased, each with the case.
pub async fn identifiers(rows: &impl Rows) -> Result<Vec<(String, String)>, StoreError> {
    let found = identifier::Entity::find().all(rows.conn().await?).await.doing("reading the erasure ledger")?;
    Ok(found.into_iter().map(|row| (row.identifier, row.case_id)).collect())
}
