//! Sessions and the mailbox codes sent into them. Ids and codes are stored hashed, contents sealed.

use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    QueryOrder as _, QuerySelect as _, QueryTrait as _,
    entity::prelude::*,
    sea_query::{Expr, SelectStatement},
};

use super::{Doing as _, Rows, StoreError, Tx, time};
use crate::keys::Keys;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "session")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub face: String,
        pub person: Option<String>,
        pub csrf: String,
        pub begun_at: i64,
        pub seen_at: i64,
        pub ends_at: i64,
        pub sealed: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

mod code_row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "code")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub session: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub sent_at: i64,
        pub mailbox: String,
        pub hash: String,
        pub link: Option<String>,
        pub ends_at: i64,
        pub attempts: i32,
        pub used_at: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// A browser session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the cookie's value, hex.
    pub id: String,
    /// `portal` or `desk`.
    pub face: String,
    /// Who is signed in at the desk.
    pub person: Option<String>,
    /// The token every form of the session carries.
    pub csrf: String,
    /// When it began; the absolute limit counts from here.
    pub begun_at: Timestamp,
    /// Last request; the idle limit counts from here.
    pub seen_at: Timestamp,
    /// When it ends unless used again.
    pub ends_at: Timestamp,
    /// What the session remembers, sealed under the house key.
    pub sealed: Vec<u8>,
}

/// Stores a new session.
pub async fn insert(tx: &Tx, session: &Session) -> Result<(), StoreError> {
    row::Entity::insert(to_row(session)).exec_without_returning(tx.writing().await?).await.doing("beginning a session")?;
    Ok(())
}

/// Saves a session.
pub async fn save(tx: &Tx, session: &Session) -> Result<(), StoreError> {
    let saved = row::Entity::update_many().set(to_row(session)).filter(row::Column::Id.eq(&session.id)).exec(tx.writing().await?).await;
    saved.doing("saving a session")?;
    Ok(())
}

/// A session that has not ended.
pub async fn get(rows: &impl Rows, id: &str, now: Timestamp) -> Result<Option<Session>, StoreError> {
    let found = row::Entity::find_by_id(id).filter(row::Column::EndsAt.gt(now.as_microsecond())).one(rows.conn().await?).await;
    Ok(found.doing("reading a session")?.map(from_row))
}

/// Ends a session.
pub async fn delete(tx: &Tx, id: &str) -> Result<(), StoreError> {
    row::Entity::delete_by_id(id).exec(tx.writing().await?).await.doing("ending a session")?;
    Ok(())
}

/// Ends every session of a person.
pub async fn delete_of(tx: &Tx, person: &str) -> Result<(), StoreError> {
    row::Entity::delete_many()
        .filter(row::Column::Person.eq(person))
        .exec(tx.writing().await?)
        .await
        .doing("ending a person's sessions")?;
    Ok(())
}

/// Ends every session of a person but one.
pub async fn delete_others(tx: &Tx, person: &str, but: &str) -> Result<u64, StoreError> {
    let delete = row::Entity::delete_many().filter(row::Column::Person.eq(person)).filter(row::Column::Id.ne(but));
    Ok(delete.exec(tx.writing().await?).await.doing("ending a person's other sessions")?.rows_affected)
}

/// Ends the sessions that a query names. Returns how many.
pub(super) async fn delete_among(tx: &Tx, ids: SelectStatement) -> Result<u64, StoreError> {
    let delete = row::Entity::delete_many().filter(row::Column::Id.in_subquery(ids));
    Ok(delete.exec(tx.writing().await?).await.doing("ending sessions")?.rows_affected)
}

/// A query of the sessions there are.
pub(super) fn ids() -> SelectStatement {
    row::Entity::find().select_only().column(row::Column::Id).into_query()
}

/// A person's sessions that have not ended, newest first.
pub async fn of_person(rows: &impl Rows, person: &str, now: Timestamp) -> Result<Vec<Session>, StoreError> {
    let found = row::Entity::find().filter(row::Column::Person.eq(person)).filter(row::Column::EndsAt.gt(now.as_microsecond()));
    let found = found.order_by_desc(row::Column::BegunAt).order_by_asc(row::Column::Id).all(rows.conn().await?).await;
    Ok(found.doing("reading a person's sessions")?.into_iter().map(from_row).collect())
}

/// Removes sessions and codes that are over.
pub async fn sweep(tx: &Tx, now: Timestamp) -> Result<(), StoreError> {
    let now = now.as_microsecond();
    row::Entity::delete_many().filter(row::Column::EndsAt.lte(now)).exec(tx.writing().await?).await.doing("removing old sessions")?;
    let day = 24 * 3_600 * 1_000_000;
    code_row::Entity::delete_many()
        .filter(code_row::Column::SentAt.lt(now - day))
        .exec(tx.writing().await?)
        .await
        .doing("removing old codes")?;
    Ok(())
}

fn to_row(session: &Session) -> row::ActiveModel {
    row::ActiveModel {
        id: Set(session.id.clone()),
        face: Set(session.face.clone()),
        person: Set(session.person.clone()),
        csrf: Set(session.csrf.clone()),
        begun_at: Set(session.begun_at.as_microsecond()),
        seen_at: Set(session.seen_at.as_microsecond()),
        ends_at: Set(session.ends_at.as_microsecond()),
        sealed: Set(session.sealed.clone()),
    }
}

fn from_row(row: row::Model) -> Session {
    Session {
        id: row.id,
        face: row.face,
        person: row.person,
        csrf: row.csrf,
        begun_at: time(row.begun_at),
        seen_at: time(row.seen_at),
        ends_at: time(row.ends_at),
        sealed: row.sealed,
    }
}

/// A mailbox code, bound to the session that asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The session.
    pub session: String,
    /// When it was asked for.
    pub sent_at: Timestamp,
    /// Blind index of the mailbox.
    pub mailbox: String,
    /// Keyed hash of the six digits.
    pub hash: String,
    /// Blind index of the link beside the digits, where the mail has one.
    pub link: Option<String>,
    /// When it stops being good.
    pub ends_at: Timestamp,
    /// Wrong tries so far.
    pub attempts: u32,
    /// When it was used.
    pub used_at: Option<Timestamp>,
}

impl Code {
    /// Four digits that the page of the browser that asked shows, and only it: another one has to say them.
    pub fn number(&self, keys: &Keys) -> String {
        let index = keys.blind("link-number", &format!("{}:{}", self.session, self.sent_at.as_microsecond()));
        let value = index.get(..7).and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or_default();
        format!("{:04}", value % 10_000)
    }
}

/// Stores a code.
pub async fn insert_code(tx: &Tx, code: &Code) -> Result<(), StoreError> {
    code_row::Entity::insert(to_code_row(code)).exec_without_returning(tx.writing().await?).await.doing("storing a code")?;
    Ok(())
}

/// Saves a code after a try.
pub async fn save_code(tx: &Tx, code: &Code) -> Result<(), StoreError> {
    let saved = code_row::Entity::update_many()
        .col_expr(code_row::Column::Attempts, Expr::value(i32::try_from(code.attempts).unwrap_or(i32::MAX)))
        .col_expr(code_row::Column::UsedAt, Expr::value(code.used_at.map(Timestamp::as_microsecond)))
        .filter(code_row::Column::Session.eq(&code.session))
        .filter(code_row::Column::SentAt.eq(code.sent_at.as_microsecond()))
        .exec(tx.writing().await?);
    saved.await.doing("saving a code")?;
    Ok(())
}

/// The newest code that a session sent to a mailbox.
pub async fn latest_code(rows: &impl Rows, session: &str, mailbox: &str) -> Result<Option<Code>, StoreError> {
    let found = newest(session, mailbox).one(rows.conn().await?).await;
    Ok(found.doing("reading a code")?.map(from_code_row))
}

/// The same, for whoever will say that it is used: of many who try at once, one is first.
pub async fn lock_code(tx: &Tx, session: &str, mailbox: &str) -> Result<Option<Code>, StoreError> {
    let found = newest(session, mailbox).lock_exclusive().one(tx.conn().await?).await;
    Ok(found.doing("locking a code")?.map(from_code_row))
}

fn newest(session: &str, mailbox: &str) -> Select<code_row::Entity> {
    code_row::Entity::find()
        .filter(code_row::Column::Session.eq(session))
        .filter(code_row::Column::Mailbox.eq(mailbox))
        .order_by_desc(code_row::Column::SentAt)
}

/// The code that a link stands beside.
pub async fn code_of_link(rows: &impl Rows, link: &str) -> Result<Option<Code>, StoreError> {
    let found = beside(link).one(rows.conn().await?).await;
    Ok(found.doing("reading the code of a link")?.map(from_code_row))
}

/// The same, for whoever will say that it is used.
pub async fn lock_code_of_link(tx: &Tx, link: &str) -> Result<Option<Code>, StoreError> {
    let found = beside(link).lock_exclusive().one(tx.conn().await?).await;
    Ok(found.doing("locking the code of a link")?.map(from_code_row))
}

fn beside(link: &str) -> Select<code_row::Entity> {
    code_row::Entity::find().filter(code_row::Column::Link.eq(link))
}

fn from_code_row(row: code_row::Model) -> Code {
    Code {
        session: row.session,
        sent_at: time(row.sent_at),
        mailbox: row.mailbox,
        hash: row.hash,
        link: row.link,
        ends_at: time(row.ends_at),
        attempts: u32::try_from(row.attempts).unwrap_or(0),
        used_at: row.used_at.map(time),
    }
}

/// How many codes a mailbox was sent since a time: one mailbox cannot be flooded, whoever asks.
pub async fn codes_since(rows: &impl Rows, mailbox: &str, since: Timestamp) -> Result<u64, StoreError> {
    let sent =
        code_row::Entity::find().filter(code_row::Column::Mailbox.eq(mailbox)).filter(code_row::Column::SentAt.gt(since.as_microsecond()));
    sent.count(rows.conn().await?).await.doing("counting codes")
}

/// The same, of those that nobody typed back: whoever owns the mailbox may not have wanted them.
pub async fn unanswered_since(rows: &impl Rows, mailbox: &str, since: Timestamp) -> Result<u64, StoreError> {
    let sent = code_row::Entity::find()
        .filter(code_row::Column::Mailbox.eq(mailbox))
        .filter(code_row::Column::SentAt.gt(since.as_microsecond()))
        .filter(code_row::Column::UsedAt.is_null());
    sent.count(rows.conn().await?).await.doing("counting unanswered codes")
}

/// Wrong tries at a mailbox's codes since a time, over all sessions.
pub async fn tries_since(rows: &impl Rows, mailbox: &str, since: Timestamp) -> Result<u32, StoreError> {
    let found =
        code_row::Entity::find().filter(code_row::Column::Mailbox.eq(mailbox)).filter(code_row::Column::SentAt.gt(since.as_microsecond()));
    let tries = found.all(rows.conn().await?).await.doing("counting tries")?.iter().map(|row| row.attempts).sum::<i32>();
    Ok(u32::try_from(tries).unwrap_or(0))
}

fn to_code_row(code: &Code) -> code_row::ActiveModel {
    code_row::ActiveModel {
        session: Set(code.session.clone()),
        sent_at: Set(code.sent_at.as_microsecond()),
        mailbox: Set(code.mailbox.clone()),
        hash: Set(code.hash.clone()),
        link: Set(code.link.clone()),
        ends_at: Set(code.ends_at.as_microsecond()),
        attempts: Set(i32::try_from(code.attempts).unwrap_or(i32::MAX)),
        used_at: Set(code.used_at.map(Timestamp::as_microsecond)),
    }
}
