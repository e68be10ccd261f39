//! The log's leaves, its head and its checkpoints: appended, never changed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, QueryOrder as _, QuerySelect as _,
    entity::prelude::*,
    sea_query::{Expr, OnConflict, Query},
};
use serde::Deserialize;

use super::{Doing as _, Rows, Store, StoreError, Tx, group::pieces, json, key, time};
use crate::{
    chance::Chance,
    keys::{CaseSeal, KeyError, Keys},
};

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
        pub sealed: Option<Vec<u8>>,
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

/// One entry of the log as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLeaf {
    /// 0, 1, 2 …
    pub position: u64,
    /// When.
    pub at: Timestamp,
    /// The case it is about.
    pub case: Option<String>,
    /// What happened, such as `hold-placed`.
    pub kind: String,
    /// The logged event.
    pub words: Words,
    /// The leaf's bytes: a commitment to the event, which no tree needs.
    pub leaf: Vec<u8>,
}

/// The text of a logged event, canonical JSON with its nonce.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// About no case, or about one that was shredded before.
    Open(String),
    /// About a case, sealed under its key at [`place`].
    Sealed(Vec<u8>),
    /// Destroyed when its case was shredded.
    Gone,
}

/// Where an event is sealed, under its case's key.
pub fn place(position: u64) -> String {
    format!("leaf:{position}")
}

/// One entry of the log that can be read.
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
pub async fn append(tx: &Tx, leaves: &[StoredLeaf], head: &Head) -> Result<(), StoreError> {
    let doing = "appending to the log";
    let to_row = |leaf: &StoredLeaf| row::ActiveModel {
        position: Set(i64::try_from(leaf.position).unwrap_or(i64::MAX)),
        at: Set(leaf.at.as_microsecond()),
        case_id: Set(leaf.case.clone()),
        kind: Set(leaf.kind.clone()),
        event: Set(if let Words::Open(event) = &leaf.words { event.clone() } else { String::new() }),
        leaf: Set(leaf.leaf.clone()),
        sealed: Set(if let Words::Sealed(sealed) = &leaf.words { Some(sealed.clone()) } else { None }),
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

/// The leaves of a case that can be read, oldest first: all of them until it is shredded.
pub async fn of_case(rows: &impl Rows, keys: &Keys, case: &str) -> Result<Vec<Leaf>, StoreError> {
    let found = row::Entity::find().filter(row::Column::CaseId.eq(case)).order_by_asc(row::Column::Position).all(rows.conn().await?).await;
    readable(rows, keys, found.doing("reading a case's log")?.into_iter().map(from_row).collect()).await
}

/// What the log says happened in a case, oldest first, without what it says about it.
pub async fn kinds_of_case(rows: &impl Rows, case: &str) -> Result<Vec<String>, StoreError> {
    let query = row::Entity::find().select_only().column(row::Column::Kind).filter(row::Column::CaseId.eq(case));
    query.order_by_asc(row::Column::Position).into_tuple().all(rows.conn().await?).await.doing("reading a case's log")
}

/// Leaves as they are stored, from a position on, oldest first.
pub async fn page(rows: &impl Rows, from: u64, limit: u64) -> Result<Vec<StoredLeaf>, StoreError> {
    let query = row::Entity::find().filter(row::Column::Position.gte(i64::try_from(from).unwrap_or(i64::MAX)));
    let found = query.order_by_asc(row::Column::Position).limit(limit).all(rows.conn().await?).await;
    Ok(found.doing("reading the log")?.into_iter().map(from_row).collect())
}

/// The keys of the cases that leaves are about, as far as they are there.
pub async fn seals(rows: &impl Rows, keys: &Keys, leaves: &[StoredLeaf]) -> Result<HashMap<String, CaseSeal>, StoreError> {
    let sealed = |leaf: &&StoredLeaf| matches!(leaf.words, Words::Sealed(_));
    let cases: BTreeSet<&str> = leaves.iter().filter(sealed).filter_map(|leaf| leaf.case.as_deref()).collect();
    let wrapped = key::of(rows, &cases.into_iter().collect::<Vec<_>>()).await?;
    wrapped.into_iter().map(|(case, wrapped)| Ok((case.clone(), keys.case(&case, &wrapped)?))).collect()
}

/// Those of some leaves that can be read.
pub async fn readable(rows: &impl Rows, keys: &Keys, leaves: Vec<StoredLeaf>) -> Result<Vec<Leaf>, StoreError> {
    let seals = seals(rows, keys, &leaves).await?;
    let mut read = Vec::new();
    for StoredLeaf { position, at, case, kind, words, leaf } in leaves {
        let event = match (words, case.as_ref().and_then(|case| seals.get(case))) {
            (Words::Open(event), _) => event,
            (Words::Sealed(sealed), Some(seal)) => opened(seal, position, &sealed)?,
            (Words::Sealed(_), None) | (Words::Gone, _) => continue,
        };
        read.push(Leaf { position, at, case, kind, event, leaf });
    }
    Ok(read)
}

/// The text of a sealed event.
pub fn opened(seal: &CaseSeal, position: u64, sealed: &[u8]) -> Result<String, KeyError> {
    String::from_utf8(seal.open_bytes(&place(position), sealed)?.to_vec()).map_err(|_| KeyError::Shape)
}

/// Destroys what the log says about some cases. What it commits to stays, and every proof with it.
pub(in crate::store) async fn forget(tx: &Tx, cases: &[String]) -> Result<(), StoreError> {
    let update = row::Entity::update_many()
        .col_expr(row::Column::Event, Expr::value(""))
        .col_expr(row::Column::Sealed, Expr::value(Option::<Vec<u8>>::None))
        .filter(row::Column::CaseId.is_in(cases));
    update.exec(tx.writing().await?).await.doing("forgetting what the log says")?;
    Ok(())
}

/// Seals what an earlier version wrote in the open, from the newest entry back, and says so after each page: it can be interrupted. About
/// a case that has no key any more it is destroyed.
pub async fn seal_earlier(store: &Store, keys: &Keys, chance: Chance) -> Result<(), StoreError> {
    let doing = "sealing what the log says about cases";
    loop {
        if plain_until(&store.connection).await? <= 0 {
            return Ok(());
        }
        let tx = store.begin().await?;
        let conn = tx.bare();
        let until = plain_until(conn).await?;
        let from = (until - 1_000).max(0);
        let query = row::Entity::find().filter(row::Column::Position.gte(from)).filter(row::Column::Position.lt(until));
        let plain = query.filter(row::Column::CaseId.is_not_null()).filter(row::Column::Event.ne("")).all(conn).await.doing(doing)?;
        let cases: BTreeSet<&str> = plain.iter().filter_map(|row| row.case_id.as_deref()).collect();
        let wrapped = key::of(&tx, &cases.into_iter().collect::<Vec<_>>()).await?;
        for row in plain {
            let case = row.case_id.unwrap_or_default();
            let sealed = match wrapped.get(&case) {
                Some(wrapped) => {
                    let place = place(u64::try_from(row.position).unwrap_or(0));
                    Some(keys.case(&case, wrapped)?.seal_bytes(chance, &place, row.event.as_bytes())?)
                }
                None if row.kind == SHREDDED => continue,
                None => None,
            };
            let update = row::Entity::update_many()
                .col_expr(row::Column::Event, Expr::value(""))
                .col_expr(row::Column::Sealed, Expr::value(sealed))
                .filter(row::Column::Position.eq(row.position));
            update.exec(conn).await.doing(doing)?;
        }
        conn.execute(&Query::update().table("key_store").value("plain_until", from).to_owned()).await.doing(doing)?;
        tx.commit().await?;
    }
}

/// Up to where the log may still say something in the open that it should not.
async fn plain_until(conn: &impl ConnectionTrait) -> Result<i64, StoreError> {
    let query = Query::select().column("plain_until").from("key_store").to_owned();
    let row = conn.query_one(&query).await.doing("reading how far the log is sealed")?;
    Ok(row.and_then(|row| row.try_get_by_index(0).ok()).unwrap_or(0))
}

/// The fact that a case's key was destroyed: the last one about it that has to be read.
pub const SHREDDED: &str = "case-shredded";

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
pub async fn signed_off(rows: &impl Rows, keys: &Keys, case: &str) -> Result<BTreeSet<String>, StoreError> {
    #[derive(Deserialize)]
    struct Logged {
        codes: BTreeMap<String, String>,
    }
    let mut signed = BTreeSet::new();
    for leaf in of_case(rows, keys, case).await?.into_iter().filter(|leaf| READ_BACK.contains(&leaf.kind.as_str())) {
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

fn from_row(row: row::Model) -> StoredLeaf {
    let words = match row.sealed {
        Some(sealed) => Words::Sealed(sealed),
        None if row.event.is_empty() => Words::Gone,
        None => Words::Open(row.event),
    };
    StoredLeaf {
        position: u64::try_from(row.position).unwrap_or(0),
        at: time(row.at),
        case: row.case_id,
        kind: row.kind,
        words,
        leaf: row.leaf,
    }
}
