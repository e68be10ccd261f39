//! Staff and authority: who may sign in, with which roles. Data subjects have no row here.

use habeas_core::law::personal::Personal;
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, QueryOrder as _, entity::prelude::*, sea_query::Expr};

use super::{Doing as _, Rows, StoreError, Tx, json, time, to_json};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "person")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub email: String,
        pub name: String,
        pub password: String,
        pub roles: String,
        pub systems: String,
        pub failures: i32,
        pub locked_until: Option<i64>,
        pub added_at: i64,
        pub disabled_at: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// A person who signs in at the desk or the authority's room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// A short handle such as `kari`; the journal names people by it.
    pub id: String,
    /// Signs in with it.
    pub email: Personal<String>,
    /// Shown to colleagues.
    pub name: Personal<String>,
    /// Argon2id hash; empty, which nothing fits, until an invitation was taken.
    pub password: Personal<String>,
    /// Roles.
    pub roles: Vec<String>,
    /// Systems a system owner answers for.
    pub systems: Vec<String>,
    /// Failed sign-ins since the last good one.
    pub failures: u32,
    /// No sign-in before this.
    pub locked_until: Option<Timestamp>,
    /// When the person was added.
    pub added_at: Timestamp,
    /// When the person was disabled.
    pub disabled_at: Option<Timestamp>,
}

/// Adds a person.
pub async fn insert(tx: &Tx, person: &Person) -> Result<(), StoreError> {
    let doing = "adding a person";
    let row = row::ActiveModel {
        id: Set(person.id.clone()),
        email: Set(person.email.reveal().clone()),
        name: Set(person.name.reveal().clone()),
        password: Set(person.password.reveal().clone()),
        roles: Set(to_json(&person.roles, doing, "roles")?),
        systems: Set(to_json(&person.systems, doing, "systems")?),
        failures: Set(0),
        locked_until: Set(None),
        added_at: Set(person.added_at.as_microsecond()),
        disabled_at: Set(None),
    };
    row::Entity::insert(row).exec_without_returning(tx.writing().await?).await.doing(doing)?;
    Ok(())
}

/// A person by handle.
pub async fn get(rows: &impl Rows, id: &str) -> Result<Option<Person>, StoreError> {
    let row = row::Entity::find_by_id(id).one(rows.conn().await?).await.doing("reading a person")?;
    row.map(from_row).transpose()
}

/// A person by e-mail address, in lower case.
pub async fn by_email(rows: &impl Rows, email: &str) -> Result<Option<Person>, StoreError> {
    let row = row::Entity::find().filter(row::Column::Email.eq(email)).one(rows.conn().await?).await.doing("reading a person")?;
    row.map(from_row).transpose()
}

/// Everybody, by handle.
pub async fn all(rows: &impl Rows) -> Result<Vec<Person>, StoreError> {
    let found = row::Entity::find().order_by_asc(row::Column::Id).all(rows.conn().await?).await;
    found.doing("reading the people")?.into_iter().map(from_row).collect()
}

/// Notes a failed sign-in and, when it was one too many, until when no further one is looked at.
pub async fn note_failure(tx: &Tx, id: &str, failures: u32, locked_until: Option<Timestamp>) -> Result<(), StoreError> {
    let update = row::Entity::update_many()
        .col_expr(row::Column::Failures, Expr::value(i32::try_from(failures).unwrap_or(i32::MAX)))
        .col_expr(row::Column::LockedUntil, Expr::value(locked_until.map(Timestamp::as_microsecond)))
        .filter(row::Column::Id.eq(id));
    update.exec(tx.writing().await?).await.doing("noting a failed sign-in")?;
    Ok(())
}

/// Forgets failed sign-ins: this one went well.
pub async fn forget_failures(tx: &Tx, id: &str) -> Result<(), StoreError> {
    note_failure(tx, id, 0, None).await
}

/// Gives a person another password.
pub async fn set_password(tx: &Tx, id: &str, hash: &Personal<String>) -> Result<(), StoreError> {
    let update =
        row::Entity::update_many().col_expr(row::Column::Password, Expr::value(hash.reveal().clone())).filter(row::Column::Id.eq(id));
    update.exec(tx.writing().await?).await.doing("setting a password")?;
    Ok(())
}

/// Gives a person other roles and systems.
pub async fn set_roles(tx: &Tx, id: &str, roles: &[String], systems: &[String]) -> Result<(), StoreError> {
    let doing = "changing a person's roles";
    let update = row::Entity::update_many()
        .col_expr(row::Column::Roles, Expr::value(to_json(&roles, doing, "roles")?))
        .col_expr(row::Column::Systems, Expr::value(to_json(&systems, doing, "systems")?))
        .filter(row::Column::Id.eq(id));
    update.exec(tx.writing().await?).await.doing(doing)?;
    Ok(())
}

/// Disables a person.
pub async fn disable(tx: &Tx, id: &str, at: Timestamp) -> Result<(), StoreError> {
    let update =
        row::Entity::update_many().col_expr(row::Column::DisabledAt, Expr::value(at.as_microsecond())).filter(row::Column::Id.eq(id));
    update.exec(tx.writing().await?).await.doing("disabling a person")?;
    Ok(())
}

fn from_row(row: row::Model) -> Result<Person, StoreError> {
    let doing = "reading a person";
    Ok(Person {
        roles: json(&row.roles, doing, "roles")?,
        systems: json(&row.systems, doing, "systems")?,
        id: row.id,
        email: Personal::new(row.email),
        name: Personal::new(row.name),
        password: Personal::new(row.password),
        failures: u32::try_from(row.failures).unwrap_or(0),
        locked_until: row.locked_until.map(time),
        added_at: time(row.added_at),
        disabled_at: row.disabled_at.map(time),
    })
}
