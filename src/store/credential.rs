//! What people prove themselves with: authenticators, passkeys, recovery codes. Knows neither staff nor data subjects, only whose a credential is.

use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, QueryOrder as _, QuerySelect as _, entity::prelude::*, sea_query::Expr};

use super::{Doing as _, Rows, StoreError, Tx, time};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "credential")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub holder: String,
        pub kind: String,
        pub label: String,
        pub sealed: Vec<u8>,
        pub step: i64,
        pub added_at: i64,
        pub used_at: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

mod try_row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "credential_try")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub holder: String,
        pub failed_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// What kind of proof it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A secret shared with an authenticator, for codes that change every half minute.
    Totp,
    /// A public key whose private half never leaves a device.
    Passkey,
    /// A code that works once; stored hashed.
    Recovery,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Totp => "totp",
            Self::Passkey => "passkey",
            Self::Recovery => "recovery",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        [Self::Totp, Self::Passkey, Self::Recovery].into_iter().find(|kind| kind.name() == name)
    }
}

/// Something its holder proves themselves with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// Its id. A passkey has the hash of its own, so that no passkey is taken twice.
    pub id: String,
    /// Whose it is: the handle of a person, or the blind index of a mailbox.
    pub holder: String,
    /// What it is.
    pub kind: Kind,
    /// What its holder calls it.
    pub label: String,
    /// Sealed under the house key; a recovery code's keyed hash.
    pub sealed: Vec<u8>,
    /// The last time step a code was accepted for; no code is taken twice.
    pub step: i64,
    /// Since when.
    pub added_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

/// Adds one.
pub async fn insert(tx: &Tx, credential: &Credential) -> Result<(), StoreError> {
    let row = row::ActiveModel {
        id: Set(credential.id.clone()),
        holder: Set(credential.holder.clone()),
        kind: Set(credential.kind.name().to_owned()),
        label: Set(credential.label.clone()),
        sealed: Set(credential.sealed.clone()),
        step: Set(credential.step),
        added_at: Set(credential.added_at.as_microsecond()),
        used_at: Set(credential.used_at.map(Timestamp::as_microsecond)),
    };
    row::Entity::insert(row).exec_without_returning(tx.writing().await?).await.doing("adding a credential")?;
    Ok(())
}

/// Whether somebody has one by this id.
pub async fn exists(rows: &impl Rows, id: &str) -> Result<bool, StoreError> {
    Ok(row::Entity::find_by_id(id).one(rows.conn().await?).await.doing("reading a credential")?.is_some())
}

/// All of a holder, oldest first.
pub async fn of_holder(rows: &impl Rows, holder: &str) -> Result<Vec<Credential>, StoreError> {
    let found = row::Entity::find().filter(row::Column::Holder.eq(holder)).order_by_asc(row::Column::AddedAt).order_by_asc(row::Column::Id);
    let found = found.all(rows.conn().await?).await.doing("reading somebody's credentials")?;
    found.into_iter().map(from_row).collect()
}

/// Makes everybody else who tries a holder's credentials wait for the end of the transaction: of many tries at once each is counted.
pub async fn lock_of(tx: &Tx, holder: &str) -> Result<(), StoreError> {
    let all = row::Entity::find().filter(row::Column::Holder.eq(holder)).order_by_asc(row::Column::Id).lock_exclusive();
    all.all(tx.conn().await?).await.doing("locking somebody's credentials")?;
    Ok(())
}

/// Notes a try that was wrong.
pub async fn insert_try(tx: &Tx, id: &str, holder: &str, at: Timestamp) -> Result<(), StoreError> {
    let row = try_row::ActiveModel { id: Set(id.to_owned()), holder: Set(holder.to_owned()), failed_at: Set(at.as_microsecond()) };
    try_row::Entity::insert(row).exec_without_returning(tx.writing().await?).await.doing("noting a try")?;
    Ok(())
}

/// When a holder's credentials were tried wrongly since a time, oldest first.
pub async fn tries_since(rows: &impl Rows, holder: &str, since: Timestamp) -> Result<Vec<Timestamp>, StoreError> {
    let found = try_row::Entity::find()
        .filter(try_row::Column::Holder.eq(holder))
        .filter(try_row::Column::FailedAt.gt(since.as_microsecond()))
        .order_by_asc(try_row::Column::FailedAt);
    let found = found.all(rows.conn().await?).await.doing("counting tries")?;
    Ok(found.into_iter().map(|row| time(row.failed_at)).collect())
}

/// Removes tries that count no more.
pub async fn sweep_tries(tx: &Tx, before: Timestamp) -> Result<(), StoreError> {
    let delete = try_row::Entity::delete_many().filter(try_row::Column::FailedAt.lt(before.as_microsecond()));
    delete.exec(tx.writing().await?).await.doing("removing old tries")?;
    Ok(())
}

/// Accepts a time step; `false` when it, or a later one, was used before.
pub async fn use_step(tx: &Tx, id: &str, step: i64, at: Timestamp) -> Result<bool, StoreError> {
    let update = row::Entity::update_many()
        .col_expr(row::Column::Step, Expr::value(step))
        .col_expr(row::Column::UsedAt, Expr::value(Some(at.as_microsecond())))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::Step.lt(step));
    Ok(update.exec(tx.writing().await?).await.doing("using a code")?.rows_affected == 1)
}

/// Notes that one was used, and what it has become by that.
pub async fn note_use(tx: &Tx, id: &str, sealed: &[u8], at: Timestamp) -> Result<(), StoreError> {
    let update = row::Entity::update_many()
        .col_expr(row::Column::Sealed, Expr::value(sealed.to_vec()))
        .col_expr(row::Column::UsedAt, Expr::value(Some(at.as_microsecond())))
        .filter(row::Column::Id.eq(id));
    update.exec(tx.writing().await?).await.doing("noting the use of a credential")?;
    Ok(())
}

/// Removes one of a holder; `false` when it is not there, or was used up by somebody faster.
pub async fn delete(tx: &Tx, holder: &str, id: &str) -> Result<bool, StoreError> {
    let delete = row::Entity::delete_many().filter(row::Column::Id.eq(id)).filter(row::Column::Holder.eq(holder));
    Ok(delete.exec(tx.writing().await?).await.doing("removing a credential")?.rows_affected == 1)
}

/// Removes all of one kind that a holder has.
pub async fn delete_kind(tx: &Tx, holder: &str, kind: Kind) -> Result<(), StoreError> {
    let delete = row::Entity::delete_many().filter(row::Column::Holder.eq(holder)).filter(row::Column::Kind.eq(kind.name()));
    delete.exec(tx.writing().await?).await.doing("removing credentials")?;
    Ok(())
}

/// Removes everything a holder has.
pub async fn delete_of(tx: &Tx, holder: &str) -> Result<(), StoreError> {
    let delete = row::Entity::delete_many().filter(row::Column::Holder.eq(holder));
    delete.exec(tx.writing().await?).await.doing("removing somebody's credentials")?;
    Ok(())
}

fn from_row(row: row::Model) -> Result<Credential, StoreError> {
    let unreadable = StoreError::Unreadable { doing: "reading a credential", column: "kind" };
    Ok(Credential {
        kind: Kind::from_name(&row.kind).ok_or(unreadable)?,
        id: row.id,
        holder: row.holder,
        label: row.label,
        sealed: row.sealed,
        step: row.step,
        added_at: time(row.added_at),
        used_at: row.used_at.map(time),
    })
}
