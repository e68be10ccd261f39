//! Who works here and is known at a provider, by a keyed hash of issuer and subject: two accounts are never told apart by an address.

use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, QueryOrder as _, entity::prelude::*, sea_query::Expr};

use super::{Doing as _, Rows, StoreError, Tx, json, time, to_json};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "provider_link")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub subject: String,
        pub id: String,
        pub person: String,
        pub provider: String,
        pub roles: String,
        pub linked_at: i64,
        pub used_at: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// An account at a provider that is somebody's who works here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderLink {
    /// Keyed hash of issuer and subject.
    pub subject: String,
    /// What its owner removes it by.
    pub id: String,
    /// Whose.
    pub person: String,
    /// The organisation's name of the provider.
    pub provider: String,
    /// Roles that a claim gave at the last sign-in, and that its absence takes away.
    pub roles: Vec<String>,
    /// Since when.
    pub linked_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

/// Stores a link.
pub async fn insert(tx: &Tx, link: &ProviderLink) -> Result<(), StoreError> {
    let doing = "linking a person to a provider";
    let row = row::ActiveModel {
        subject: Set(link.subject.clone()),
        id: Set(link.id.clone()),
        person: Set(link.person.clone()),
        provider: Set(link.provider.clone()),
        roles: Set(to_json(&link.roles, doing, "roles")?),
        linked_at: Set(link.linked_at.as_microsecond()),
        used_at: Set(link.used_at.map(Timestamp::as_microsecond)),
    };
    row::Entity::insert(row).exec_without_returning(tx.writing().await?).await.doing(doing)?;
    Ok(())
}

/// The link of an account.
pub async fn get(rows: &impl Rows, subject: &str) -> Result<Option<ProviderLink>, StoreError> {
    let found = row::Entity::find_by_id(subject).one(rows.conn().await?).await.doing("reading a link")?;
    found.map(from_row).transpose()
}

/// Somebody's links, oldest first.
pub async fn of_person(rows: &impl Rows, person: &str) -> Result<Vec<ProviderLink>, StoreError> {
    let found = row::Entity::find().filter(row::Column::Person.eq(person)).order_by_asc(row::Column::LinkedAt);
    let found = found.order_by_asc(row::Column::Subject).all(rows.conn().await?).await.doing("reading a person's links")?;
    found.into_iter().map(from_row).collect()
}

/// Notes that a link was used, and the roles that a claim gave then.
pub async fn note_use(tx: &Tx, subject: &str, roles: &[String], at: Timestamp) -> Result<(), StoreError> {
    let doing = "noting the use of a link";
    let update = row::Entity::update_many()
        .col_expr(row::Column::Roles, Expr::value(to_json(&roles, doing, "roles")?))
        .col_expr(row::Column::UsedAt, Expr::value(Some(at.as_microsecond())))
        .filter(row::Column::Subject.eq(subject));
    update.exec(tx.writing().await?).await.doing(doing)?;
    Ok(())
}

/// Removes a link.
pub async fn delete(tx: &Tx, subject: &str) -> Result<(), StoreError> {
    row::Entity::delete_by_id(subject).exec(tx.writing().await?).await.doing("removing a link")?;
    Ok(())
}

/// Removes somebody's links.
pub async fn delete_of(tx: &Tx, person: &str) -> Result<(), StoreError> {
    let delete = row::Entity::delete_many().filter(row::Column::Person.eq(person));
    delete.exec(tx.writing().await?).await.doing("removing a person's links")?;
    Ok(())
}

fn from_row(row: row::Model) -> Result<ProviderLink, StoreError> {
    Ok(ProviderLink {
        roles: json(&row.roles, "reading a link", "roles")?,
        subject: row.subject,
        id: row.id,
        person: row.person,
        provider: row.provider,
        linked_at: time(row.linked_at),
        used_at: row.used_at.map(time),
    })
}
