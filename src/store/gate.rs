//! The gate's rows: what each case stops and for whom, who may ask, what restricted data was used for. What is asked is answered from
//! [`memory`], which is made from these rows and never knows better.

pub mod memory;

use habeas_core::law::gate::{Ground, InForce, Use};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, QueryOrder as _, entity::prelude::*, sea_query::Expr};
use serde::Deserialize;

use super::{Doing as _, Rows, StoreError, Tx, command, json, leaf, time, to_json};
use crate::keys::Keys;

mod entry {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "gate_entry")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub case_id: String,
        pub key_id: String,
        pub person: String,
        pub ground: String,
        pub since: i64,
        pub scope: String,
        pub sealed: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

mod client_row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "gate_client")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub hash: String,
        pub per_second: i32,
        pub added_at: i64,
        pub revoked_at: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

mod use_row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "gate_use")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub case_id: String,
        pub client: String,
        pub purpose: String,
        pub used_at: i64,
        pub sealed: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

mod state_row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "gate_state")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i32,
        pub whole: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// What a case stops, and for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shut {
    /// What.
    pub what: InForce,
    /// Index of the person under the gate's key, 64 hex digits.
    pub person: String,
    /// Which key that was.
    pub key: String,
    /// The address, sealed under the house key at `gate:{case}`: a new key needs new indexes, however old the case.
    pub sealed: Vec<u8>,
}

/// A system that may ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// What its people call it, such as `shop`.
    pub name: String,
    /// Keyed hash of its token.
    pub hash: String,
    /// How often it may ask in a second.
    pub per_second: u32,
    /// Since when.
    pub added_at: Timestamp,
    /// When its token stopped being good.
    pub revoked_at: Option<Timestamp>,
}

/// What restricted data was used for (Art. 18(2)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// Its id.
    pub id: String,
    /// The case whose restriction it passed.
    pub case: String,
    /// The system.
    pub client: String,
    /// Which of the permitted uses.
    pub purpose: Use,
    /// When it was reported.
    pub at: Timestamp,
    /// Who and why, sealed under the case's key at `gate-use:{id}`.
    pub sealed: Vec<u8>,
}

/// Writes what a case stops; said again, it is the same row.
pub async fn shut(tx: &Tx, shut: &Shut) -> Result<(), StoreError> {
    let doing = "shutting the gate";
    open(tx, &shut.what.case).await?;
    let row = entry::ActiveModel {
        case_id: Set(shut.what.case.clone()),
        key_id: Set(shut.key.clone()),
        person: Set(shut.person.clone()),
        ground: Set(to_json(&shut.what.ground, doing, "ground")?),
        since: Set(shut.what.since.as_microsecond()),
        scope: Set(to_json(&shut.what.scope, doing, "scope")?),
        sealed: Set(shut.sealed.clone()),
    };
    entry::Entity::insert(row).exec_without_returning(tx.writing().await?).await.doing(doing)?;
    Ok(())
}

/// A case stops nothing any more.
pub async fn open(tx: &Tx, case: &str) -> Result<(), StoreError> {
    entry::Entity::delete_by_id(case).exec(tx.writing().await?).await.doing("opening the gate")?;
    Ok(())
}

/// What a case stops.
pub async fn of_case(rows: &impl Rows, case: &str) -> Result<Option<Shut>, StoreError> {
    let found = entry::Entity::find_by_id(case).one(rows.conn().await?).await.doing("reading what a case stops")?;
    found.map(from_entry).transpose()
}

/// What some cases stop.
pub async fn of_cases(rows: &impl Rows, cases: &[String]) -> Result<Vec<Shut>, StoreError> {
    let found = entry::Entity::find().filter(entry::Column::CaseId.is_in(cases)).all(rows.conn().await?).await;
    found.doing("reading what cases stop")?.into_iter().map(from_entry).collect()
}

/// Everything that is stopped for a person.
pub async fn of_person(rows: &impl Rows, person: &str) -> Result<Vec<Shut>, StoreError> {
    let found = entry::Entity::find().filter(entry::Column::Person.eq(person)).order_by_asc(entry::Column::CaseId);
    found.all(rows.conn().await?).await.doing("reading what is stopped for a person")?.into_iter().map(from_entry).collect()
}

/// Everything that is stopped. A row that cannot be read is an error: it might have stopped something.
pub async fn all(rows: &impl Rows) -> Result<Vec<Shut>, StoreError> {
    let found = entry::Entity::find().order_by_asc(entry::Column::CaseId).all(rows.conn().await?).await;
    found.doing("reading what is stopped")?.into_iter().map(from_entry).collect()
}

fn from_entry(row: entry::Model) -> Result<Shut, StoreError> {
    let doing = "reading what is stopped";
    let ground: Ground = json(&row.ground, doing, "ground")?;
    let what = InForce::new(row.case_id, ground, time(row.since), json(&row.scope, doing, "scope")?);
    Ok(Shut { what, person: row.person, key: row.key_id, sealed: row.sealed })
}

/// Whether every case that stops something has its row: a house of an older version has to write them first.
pub async fn is_whole(rows: &impl Rows) -> Result<bool, StoreError> {
    let state = state_row::Entity::find_by_id(1).one(rows.conn().await?).await.doing("reading the gate's state")?;
    Ok(state.is_some_and(|state| state.whole))
}

/// Every case has its row now.
pub async fn make_whole(tx: &Tx) -> Result<(), StoreError> {
    let update = state_row::Entity::update_many().col_expr(state_row::Column::Whole, Expr::value(true));
    update.exec(tx.writing().await?).await.doing("saying that the gate is whole")?;
    Ok(())
}

/// Stores a new client.
pub async fn add_client(tx: &Tx, client: &Client) -> Result<(), StoreError> {
    let row = client_row::ActiveModel {
        name: Set(client.name.clone()),
        hash: Set(client.hash.clone()),
        per_second: Set(i32::try_from(client.per_second).unwrap_or(i32::MAX)),
        added_at: Set(client.added_at.as_microsecond()),
        revoked_at: Set(client.revoked_at.map(Timestamp::as_microsecond)),
    };
    client_row::Entity::insert(row).exec_without_returning(tx.writing().await?).await.doing("storing a client of the gate")?;
    Ok(())
}

/// Ends a client's token; whether there was one.
pub async fn revoke_client(tx: &Tx, name: &str, at: Timestamp) -> Result<bool, StoreError> {
    let update = client_row::Entity::update_many()
        .col_expr(client_row::Column::RevokedAt, Expr::value(at.as_microsecond()))
        .filter(client_row::Column::Name.eq(name))
        .filter(client_row::Column::RevokedAt.is_null());
    Ok(update.exec(tx.writing().await?).await.doing("revoking a client of the gate")?.rows_affected == 1)
}

/// Every client there ever was, by name.
pub async fn clients(rows: &impl Rows) -> Result<Vec<Client>, StoreError> {
    let found = client_row::Entity::find().order_by_asc(client_row::Column::Name).all(rows.conn().await?).await;
    let client = |row: client_row::Model| Client {
        name: row.name,
        hash: row.hash,
        per_second: u32::try_from(row.per_second).unwrap_or(0),
        added_at: time(row.added_at),
        revoked_at: row.revoked_at.map(time),
    };
    Ok(found.doing("reading the gate's clients")?.into_iter().map(client).collect())
}

/// Stores a use.
pub async fn note(tx: &Tx, used: &Used) -> Result<(), StoreError> {
    let row = use_row::ActiveModel {
        id: Set(used.id.clone()),
        case_id: Set(used.case.clone()),
        client: Set(used.client.clone()),
        purpose: Set(used.purpose.name().to_owned()),
        used_at: Set(used.at.as_microsecond()),
        sealed: Set(used.sealed.clone()),
    };
    use_row::Entity::insert(row).exec_without_returning(tx.writing().await?).await.doing("noting a use of restricted data")?;
    Ok(())
}

/// Where a use's reason is sealed, under the case's key.
pub fn place(id: &str) -> String {
    format!("gate-use:{id}")
}

/// Uses that passed a case's restriction, oldest first.
pub async fn uses(rows: &impl Rows, case: &str) -> Result<Vec<Used>, StoreError> {
    let doing = "reading uses of restricted data";
    let found = use_row::Entity::find()
        .filter(use_row::Column::CaseId.eq(case))
        .order_by_asc(use_row::Column::UsedAt)
        .order_by_asc(use_row::Column::Id)
        .all(rows.conn().await?)
        .await;
    let used = |row: use_row::Model| {
        let purpose = Use::from_name(&row.purpose).ok_or(StoreError::Unreadable { doing, column: "purpose" })?;
        Ok(Used { id: row.id, case: row.case_id, client: row.client, purpose, at: time(row.used_at), sealed: row.sealed })
    };
    found.doing(doing)?.into_iter().map(used).collect()
}

/// Whether what a case has stopped still rests: what was tried last for it, or is about to be, was no lift. `None`: it has stopped nothing
/// yet.
pub async fn rests(rows: &impl Rows, keys: &Keys, case: &str) -> Result<Option<bool>, StoreError> {
    #[derive(Deserialize)]
    struct Logged {
        codes: std::collections::BTreeMap<String, String>,
    }
    let mut rests = None;
    for leaf in leaf::of_case(rows, keys, case).await?.iter().filter(|leaf| leaf.kind.starts_with("effect-")) {
        let Logged { codes } = json(&leaf.event, "reading what was tried", "event")?;
        rests = after(rests, codes.get("action").map(String::as_str));
    }
    for command in command::of_case(rows, case).await? {
        rests = after(rests, Some(&command.action));
    }
    Ok(rests)
}

fn after(rests: Option<bool>, action: Option<&str>) -> Option<bool> {
    match action {
        Some("system.restrict") => Some(true),
        Some("system.lift") => Some(false),
        _ => rests,
    }
}
