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
        pub totp: Vec<u8>,
        pub totp_step: i64,
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
    /// Argon2id hash.
    pub password: Personal<String>,
    /// TOTP secret, sealed under the house key.
    pub totp: Vec<u8>,
    /// The last time step a code was accepted for; no code is taken twice.
    pub totp_step: i64,
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
        totp: Set(person.totp.clone()),
        totp_step: Set(person.totp_step),
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

/// Accepts a TOTP time step; `false` when it, or a later one, was used before.
pub async fn use_step(tx: &Tx, id: &str, step: i64) -> Result<bool, StoreError> {
    let update = row::Entity::update_many()
        .col_expr(row::Column::TotpStep, Expr::value(step))
        .col_expr(row::Column::Failures, Expr::value(0))
        .col_expr(row::Column::LockedUntil, Expr::value(Option::<i64>::None))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::TotpStep.lt(step));
    Ok(update.exec(tx.writing().await?).await.doing("using a sign-in code")?.rows_affected == 1)
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
        totp: row.totp,
        totp_step: row.totp_step,
        failures: u32::try_from(row.failures).unwrap_or(0),
        locked_until: row.locked_until.map(time),
        added_at: time(row.added_at),
        disabled_at: row.disabled_at.map(time),
    })
}
