//! The log's leaves, its head and its checkpoints: appended, never changed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, QueryOrder as _, QuerySelect as _, entity::prelude::*, sea_query::OnConflict};
use serde::Deserialize;

use super::{Doing as _, Rows, StoreError, Tx, group::pieces, json, time};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "leaf")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
        pub at: i64,
        pub case_id: Option<String>,
        pub kind: String,
        pub event: String,
        pub leaf: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

mod head_row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "log_head")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i32,
        pub size: i64,
        pub frontier: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

mod checkpoint_row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "checkpoint")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub size: i64,
        pub at: i64,
        pub note: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// 0, 1, 2 …
    pub position: u64,
    /// When.
    pub at: Timestamp,
    /// The case it is about.
    pub case: Option<String>,
    /// What happened, such as `hold-placed`.
    pub kind: String,
    /// The logged event, canonical JSON.
    pub event: String,
    /// The leaf's bytes.
    pub leaf: Vec<u8>,
}

/// How far the log has grown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// Leaves so far.
    pub size: u64,
    /// The tree's right edge, as `crypto::tree` writes it.
    pub frontier: Vec<u8>,
}

/// The head, locked until the transaction ends: appends queue up behind each other. Nobody leaves a head for later, so what is
/// left stays.
pub async fn lock_head(tx: &Tx) -> Result<Head, StoreError> {
    let doing = "locking the log";
    let lock = async || head_row::Entity::find_by_id(1).lock_exclusive().one(tx.bare()).await.doing(doing);
    if let Some(head) = lock().await? {
        return Ok(from_head(head));
    }
    let empty = head_row::ActiveModel { id: Set(1), size: Set(0), frontier: Set(Vec::new()) };
    let once = OnConflict::column(head_row::Column::Id).do_nothing().to_owned();
    head_row::Entity::insert(empty).on_conflict(once).exec_without_returning(tx.bare()).await.doing(doing)?;
    Ok(lock().await?.map(from_head).unwrap_or_default())
}

/// The head as it is now.
pub async fn head(rows: &impl Rows) -> Result<Head, StoreError> {
    let head = head_row::Entity::find_by_id(1).one(rows.conn().await?).await.doing("reading the log's head")?;
    Ok(head.map(from_head).unwrap_or_default())
}

/// Appends leaves and moves the head.
pub async fn append(tx: &Tx, leaves: &[Leaf], head: &Head) -> Result<(), StoreError> {
    let doing = "appending to the log";
    let to_row = |leaf: &Leaf| row::ActiveModel {
        position: Set(i64::try_from(leaf.position).unwrap_or(i64::MAX)),
        at: Set(leaf.at.as_microsecond()),
        case_id: Set(leaf.case.clone()),
        kind: Set(leaf.kind.clone()),
        event: Set(leaf.event.clone()),
        leaf: Set(leaf.leaf.clone()),
    };
    let conn = tx.writing().await?;
    for piece in pieces(leaves) {
        row::Entity::insert_many(piece.iter().map(to_row)).exec_without_returning(conn).await.doing(doing)?;
    }
    let moved =
        head_row::ActiveModel { id: Set(1), size: Set(i64::try_from(head.size).unwrap_or(i64::MAX)), frontier: Set(head.frontier.clone()) };
    head_row::Entity::update_many().set(moved).filter(head_row::Column::Id.eq(1)).exec(conn).await.doing(doing)?;
    Ok(())
}

/// Every leaf's bytes in order, for proofs.
pub async fn all_bytes(rows: &impl Rows) -> Result<Vec<Vec<u8>>, StoreError> {
    let found: Vec<(i64, Vec<u8>)> = row::Entity::find()
        .select_only()
        .column(row::Column::Position)
        .column(row::Column::Leaf)
        .order_by_asc(row::Column::Position)
        .into_tuple()
        .all(rows.conn().await?)
        .await
        .doing("reading the log")?;
    Ok(found.into_iter().map(|(_, leaf)| leaf).collect())
}

/// The leaves of a case, oldest first.
pub async fn of_case(rows: &impl Rows, case: &str) -> Result<Vec<Leaf>, StoreError> {
    let found = row::Entity::find().filter(row::Column::CaseId.eq(case)).order_by_asc(row::Column::Position).all(rows.conn().await?).await;
    Ok(found.doing("reading a case's log")?.into_iter().map(from_row).collect())
}

/// Where some facts stand, and what they are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// In the log.
    pub position: u64,
    /// The case; `None`: the house.
    pub case: Option<String>,
}

/// Facts of some kinds from a position on, oldest first.
pub async fn told_since(rows: &impl Rows, from: u64, kinds: &[&str]) -> Result<Vec<Told>, StoreError> {
    let found: Vec<(i64, Option<String>)> = row::Entity::find()
        .select_only()
        .column(row::Column::Position)
        .column(row::Column::CaseId)
        .filter(row::Column::Position.gte(i64::try_from(from).unwrap_or(i64::MAX)))
        .filter(row::Column::Kind.is_in(kinds.iter().copied()))
        .order_by_asc(row::Column::Position)
        .into_tuple()
        .all(rows.conn().await?)
        .await
        .doing("reading the log on")?;
    Ok(found.into_iter().map(|(position, case)| Told { position: u64::try_from(position).unwrap_or(0), case }).collect())
}

/// Facts of reading back, by whatever was to be read.
const READ_BACK: [&str; 3] = ["erasure-verified", "change-verified", "deferred-erased"];

/// Systems whose result in a case a person signed for last, because no machine could read it back.
pub async fn signed_off(rows: &impl Rows, case: &str) -> Result<BTreeSet<String>, StoreError> {
    #[derive(Deserialize)]
    struct Logged {
        codes: BTreeMap<String, String>,
    }
    let mut signed = BTreeSet::new();
    for leaf in of_case(rows, case).await?.into_iter().filter(|leaf| READ_BACK.contains(&leaf.kind.as_str())) {
        let Logged { mut codes } = json(&leaf.event, "reading a case's log", "event")?;
        let Some(system) = codes.remove("system") else { continue };
        if codes.get("by").is_some_and(|by| by == "person") {
            signed.insert(system);
        } else {
            signed.remove(&system);
        }
    }
    Ok(signed)
}

/// Every leaf, oldest first.
pub async fn all(rows: &impl Rows) -> Result<Vec<Leaf>, StoreError> {
    let found = row::Entity::find().order_by_asc(row::Column::Position).all(rows.conn().await?).await;
    Ok(found.doing("reading the log")?.into_iter().map(from_row).collect())
}

/// Saves a signed checkpoint.
pub async fn put_checkpoint(tx: &Tx, size: u64, at: Timestamp, note: &str) -> Result<(), StoreError> {
    let row = checkpoint_row::ActiveModel {
        size: Set(i64::try_from(size).unwrap_or(i64::MAX)),
        at: Set(at.as_microsecond()),
        note: Set(note.to_owned()),
    };
    let once = OnConflict::column(checkpoint_row::Column::Size).do_nothing().to_owned();
    checkpoint_row::Entity::insert(row).on_conflict(once).exec_without_returning(tx.writing().await?).await.doing("saving a checkpoint")?;
    Ok(())
}

/// The newest checkpoint: size and note.
pub async fn latest_checkpoint(rows: &impl Rows) -> Result<Option<(u64, String)>, StoreError> {
    let found = checkpoint_row::Entity::find().order_by_desc(checkpoint_row::Column::Size).one(rows.conn().await?).await;
    Ok(found.doing("reading a checkpoint")?.map(|row| (u64::try_from(row.size).unwrap_or(0), row.note)))
}

fn from_head(row: head_row::Model) -> Head {
    Head { size: u64::try_from(row.size).unwrap_or(0), frontier: row.frontier }
}

fn from_row(row: row::Model) -> Leaf {
    Leaf {
        position: u64::try_from(row.position).unwrap_or(0),
        at: time(row.at),
        case: row.case_id,
        kind: row.kind,
        event: row.event,
        leaf: row.leaf,
    }
}
