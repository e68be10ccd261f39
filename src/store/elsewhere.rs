//! Which sessions began at a provider, so that it can end them, and which of its words were used up doing so. Hashed, all of it.

use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, Condition, QuerySelect as _, QueryTrait as _, entity::prelude::*, sea_query::OnConflict};

use super::{Doing as _, StoreError, Tx, session};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "session_elsewhere")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub session: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub subject: String,
        pub sid: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

mod token_row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "logout_token")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub ends_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// That a session began at a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// The session.
    pub session: String,
    /// Keyed hash of issuer and subject.
    pub subject: String,
    /// The same of issuer and the provider's own session, where it names one.
    pub sid: Option<String>,
}

/// Stores it; once is enough.
pub async fn insert(tx: &Tx, begun: &Begun) -> Result<(), StoreError> {
    let row = row::ActiveModel { session: Set(begun.session.clone()), subject: Set(begun.subject.clone()), sid: Set(begun.sid.clone()) };
    let once = OnConflict::columns([row::Column::Session, row::Column::Subject]).update_column(row::Column::Sid).to_owned();
    let insert = row::Entity::insert(row).on_conflict(once);
    insert.exec_without_returning(tx.writing().await?).await.doing("noting where a session began")?;
    Ok(())
}

/// Whom a provider signs out: somebody everywhere, or one session of hers there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Keyed hash of issuer and subject.
    pub subject: Option<String>,
    /// The same of issuer and session.
    pub sid: Option<String>,
}

/// Ends the sessions that began there, whatever face they are of. Where the provider names one of its sessions, those that it never named
/// a session for end, too: nobody knows that they are others. Returns how many.
pub async fn end(tx: &Tx, ended: &Ended) -> Result<u64, StoreError> {
    let subject = || ended.subject.as_ref().map(|subject| row::Column::Subject.eq(subject));
    let mut which = Condition::any();
    match (&ended.sid, subject()) {
        (Some(sid), Some(subject)) => {
            let unnamed = Condition::all().add(subject).add(row::Column::Sid.is_null());
            which = which.add(row::Column::Sid.eq(sid)).add(unnamed);
        }
        (Some(sid), None) => which = which.add(row::Column::Sid.eq(sid)),
        (None, Some(subject)) => which = which.add(subject),
        // An empty condition is none at all.
        (None, None) => return Ok(0),
    }
    let sessions = row::Entity::find().select_only().column(row::Column::Session).filter(which).into_query();
    session::delete_among(tx, sessions).await
}

/// Uses a provider's word up; `false`: it was used before.
pub async fn use_token(tx: &Tx, id: &str, ends_at: Timestamp) -> Result<bool, StoreError> {
    let row = token_row::ActiveModel { id: Set(id.to_owned()), ends_at: Set(ends_at.as_microsecond()) };
    let insert = token_row::Entity::insert(row).on_conflict(OnConflict::column(token_row::Column::Id).do_nothing().to_owned());
    let inserted = insert.exec_without_returning(tx.writing().await?).await;
    Ok(inserted.doing("using up a logout token")? == 1)
}

/// Forgets what belongs to no session any more, and words that are too old to be said again.
pub async fn sweep(tx: &Tx, now: Timestamp) -> Result<(), StoreError> {
    let gone = row::Entity::delete_many().filter(row::Column::Session.not_in_subquery(session::ids()));
    gone.exec(tx.writing().await?).await.doing("removing where sessions began")?;
    let old = token_row::Entity::delete_many().filter(token_row::Column::EndsAt.lt(now.as_microsecond()));
    old.exec(tx.writing().await?).await.doing("removing old logout tokens")?;
    Ok(())
}
