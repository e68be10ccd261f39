//! Case keys, wrapped, in a store of their own: a file beside `SQLite`'s, a schema or a database of its own on PostgreSQL. A backup of the
//! data carries none of them, so it cannot open a case that was shredded after it was made.
//!
//! The two stores have no common transaction. These orders make up for it:
//! - **A new case**: its key is committed first, then the case. A crash in between leaves a key that opens nothing, because nothing was ever
//!   sealed under it that was kept.
//! - **A shredded case**: with its row locked, its key is destroyed first, then the row says so. A crash in between leaves a case without
//!   a key that had to go anyway; it is still due and upkeep shreds it again. No row says "shredded" whose key is there, but where an old
//!   copy of this store was put back: [`Store::destroy_shredded`] goes through it before anybody is let in, and until then the row counts.

use std::collections::{BTreeMap, HashMap, HashSet};

use habeas_core::crypto::seal::KeyId;
use habeas_migrations::{KeyMigrator, MigratorTrait as _};
use sea_orm::{
    ActiveValue::Set,
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, ExprTrait as _, QueryOrder as _, QuerySelect as _, Statement,
    TransactionTrait as _,
    entity::prelude::*,
    sea_query::{Expr, Func, OnConflict, Query},
};

use super::{Address, Doing as _, Rows, Store, StoreError, Tx, case, document, options};

pub mod house;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "case_key")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub case_id: String,
        pub wrapped: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Where case keys stand on a PostgreSQL server, also where the data stands beside them.
const SCHEMA: &str = "habeas_keys";
/// What the key of a shown document is called by, and no case: it stands here among the case keys so that it is wrapped anew with them.
pub(in crate::store) const DOCUMENT: &str = "document:";
/// How many keys are looked at together.
const PAGE: usize = 500;

/// Case keys by the reference of their case.
pub type Wrapped = HashMap<String, Vec<u8>>;

/// The store of case keys.
#[derive(Debug, Clone)]
pub struct KeyStore {
    connection: DatabaseConnection,
}

/// The file of the case keys in a house.
pub(in crate::store) const FILE: &str = "case-keys.db";

impl KeyStore {
    pub(in crate::store) async fn open(address: &Address) -> Result<Self, StoreError> {
        let doing = "opening the store of case keys";
        let mut options: ConnectOptions = options(address);
        options.map_sqlx_postgres_opts(|options| options.options([("search_path", SCHEMA)]));
        let connection = Database::connect(options).await.doing(doing)?;
        if connection.get_database_backend() == DbBackend::Postgres {
            // Two that ask for it at once would both try.
            let tx = connection.begin().await.doing(doing)?;
            let once = format!("SELECT pg_advisory_xact_lock(hashtext('{SCHEMA}')); CREATE SCHEMA IF NOT EXISTS {SCHEMA}");
            tx.execute_unprepared(&once).await.doing(doing)?;
            tx.commit().await.doing(doing)?;
        }
        KeyMigrator::up(&connection, None).await.doing(doing)?;
        let name = match connection.get_database_backend() {
            DbBackend::Sqlite => "lower(hex(randomblob(16)))",
            _ => "replace(gen_random_uuid()::text, '-', '')",
        };
        let once = format!("INSERT INTO key_store (id, name) VALUES (1, {name}) ON CONFLICT DO NOTHING");
        connection.execute_unprepared(&once).await.doing(doing)?;
        Ok(Self { connection })
    }

    pub(in crate::store) async fn close(self) -> Result<(), StoreError> {
        self.connection.close().await.doing("closing the store of case keys")
    }

    /// Keeps the keys of new cases; on the disk when it returns. What a crash left of the same case opens nothing and is in nobody's way.
    pub(in crate::store) async fn put(&self, keys: &[(String, Vec<u8>)]) -> Result<(), StoreError> {
        let doing = "keeping case keys";
        if keys.is_empty() {
            return Ok(());
        }
        let rows = keys.iter().map(|(case, wrapped)| row::ActiveModel { case_id: Set(case.clone()), wrapped: Set(wrapped.clone()) });
        let once = OnConflict::column(row::Column::CaseId).do_nothing().to_owned();
        let kept = row::Entity::insert_many(rows).on_conflict(once).exec_without_returning(&self.connection).await.doing(doing)?;
        if kept < u64::try_from(keys.len()).unwrap_or(u64::MAX) {
            // A reference is drawn by chance; where it was drawn before, the case is opened again under another one.
            let there = self.of(&keys.iter().map(|(case, _)| case.as_str()).collect::<Vec<_>>()).await?;
            if keys.iter().any(|(case, wrapped)| there.get(case) != Some(wrapped)) {
                return Err(StoreError::Raced { doing });
            }
        }
        Ok(())
    }

    pub(in crate::store) async fn of(&self, cases: &[&str]) -> Result<Wrapped, StoreError> {
        let mut all = Wrapped::new();
        for piece in cases.chunks(PAGE) {
            let found = row::Entity::find().filter(row::Column::CaseId.is_in(piece.iter().copied())).all(&self.connection).await;
            all.extend(found.doing("reading case keys")?.into_iter().map(|row| (row.case_id, row.wrapped)));
        }
        Ok(all)
    }

    /// Destroys the keys of documents, but for some.
    pub(in crate::store) async fn destroy_documents_but(&self, kept: &[String]) -> Result<u64, StoreError> {
        let documents = row::Entity::find().filter(row::Column::CaseId.starts_with(DOCUMENT)).all(&self.connection).await;
        let names = documents.doing("reading the keys of documents")?.into_iter().map(|row| row.case_id);
        let unneeded: Vec<String> = names.filter(|name| !kept.contains(name)).collect();
        self.destroy(&unneeded).await
    }

    async fn destroy(&self, cases: &[String]) -> Result<u64, StoreError> {
        if cases.is_empty() {
            return Ok(0);
        }
        let gone = row::Entity::delete_many().filter(row::Column::CaseId.is_in(cases)).exec(&self.connection).await;
        let gone = gone.doing("destroying case keys")?.rows_affected;
        truncate(&self.connection).await?;
        Ok(gone)
    }

    pub(in crate::store) const fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }

    async fn page(&self, after: &str, other_than: Option<KeyId>) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let mut query = row::Entity::find().filter(row::Column::CaseId.gt(after));
        if let Some(key) = other_than {
            query = query.filter(under_another(head(row::Column::Wrapped), key));
        }
        let limit = u64::try_from(PAGE).unwrap_or(u64::MAX);
        let found = query.order_by_asc(row::Column::CaseId).limit(limit).all(&self.connection).await;
        Ok(found.doing("reading case keys")?.into_iter().map(|row| (row.case_id, row.wrapped)).collect())
    }

    async fn name(&self) -> Result<String, StoreError> {
        let doing = "reading the name of the store of case keys";
        let named = Statement::from_string(self.connection.get_database_backend(), "SELECT name FROM key_store");
        let row = self.connection.query_one_raw(named).await.doing(doing)?;
        row.and_then(|row| row.try_get_by_index(0).ok()).ok_or(StoreError::Unreadable { doing, column: "name" })
    }
}

/// The name of the key store that a database belongs with; empty: of none yet.
async fn paired_with(conn: &impl ConnectionTrait) -> Result<String, StoreError> {
    let doing = "reading which store of case keys is the database's own";
    let row = conn.query_one(&Query::select().column("name").from("key_store").to_owned()).await.doing(doing)?;
    Ok(row.and_then(|row| row.try_get_by_index(0).ok()).unwrap_or_default())
}

/// Whether the cases of a database still carry their keys, as they did before there was a key store.
async fn cases_carry_keys(conn: &impl ConnectionTrait) -> Result<bool, StoreError> {
    let backend = conn.get_database_backend();
    let columns = match backend {
        DbBackend::Sqlite => "SELECT 1 FROM pragma_table_info('cases') WHERE name = 'case_key'",
        _ => {
            "SELECT 1 FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name = 'cases' AND column_name = 'case_key'"
        }
    };
    let found = conn.query_one_raw(Statement::from_string(backend, columns)).await;
    Ok(found.doing("looking whether case keys stand in the data")?.is_some())
}

/// Whether a blob's head names another key.
fn under_another(head: Expr, key: KeyId) -> Expr {
    head.ne(key.as_bytes().to_vec())
}

/// The key in a blob's head; SQL counts from 1.
fn head(column: impl ColumnTrait) -> Expr {
    head_of(Expr::col(column.as_column_ref()))
}

fn head_of(column: Expr) -> Expr {
    // Written out: in `GROUP BY` a bound number is another expression each time.
    let number = |number: usize| Expr::cust(number.to_string());
    Func::cust("substr").arg(column).arg(number(KeyId::AT + 1)).arg(number(KeyId::LENGTH)).into()
}

/// Has `SQLite` copy its journal into its file and cut it off, so that nothing that was deleted stays behind in it.
async fn truncate(conn: &DatabaseConnection) -> Result<(), StoreError> {
    if conn.get_database_backend() != DbBackend::Sqlite {
        return Ok(());
    }
    let said = conn.query_one_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)")).await;
    let busy = said.doing("cutting off the journal")?.and_then(|row| row.try_get_by_index::<i64>(0).ok());
    if busy != Some(0) {
        tracing::warn!("somebody reads the database: its journal is cut off the next time");
    }
    Ok(())
}

/// The keys of some cases: as the group knows them, also those that are not written yet.
pub async fn of(rows: &impl Rows, cases: &[&str]) -> Result<Wrapped, StoreError> {
    let mut known = Wrapped::new();
    let mut asked: HashSet<&str> = cases.iter().copied().collect();
    if let Some(tx) = rows.group() {
        tx.in_group(|group| {
            asked.retain(|id| {
                let case = group.cases.get(*id);
                let new = group.pending.keys.iter().find(|(case, _)| case == id).map(|(_, wrapped)| wrapped);
                let wrapped = case.and_then(|case| case.case_key.as_ref()).or(new);
                known.extend(wrapped.map(|wrapped| ((*id).to_owned(), wrapped.clone())));
                case.is_none() && new.is_none()
            });
        });
    }
    if !asked.is_empty() {
        known.extend(rows.key_store().of(&asked.into_iter().collect::<Vec<_>>()).await?);
    }
    Ok(known)
}

/// Destroys the keys of cases whose rows are locked. It cannot be taken back, whatever becomes of the transaction.
pub(in crate::store) async fn destroy(tx: &Tx, cases: &[String]) -> Result<(), StoreError> {
    tx.key_store().destroy(cases).await.map(drop)
}

/// How many case keys each house key wraps, by its id.
pub async fn counts(store: &Store) -> Result<BTreeMap<String, u64>, StoreError> {
    let doing = "counting case keys";
    let query = row::Entity::find()
        .filter(row::Column::CaseId.not_like(format!("{DOCUMENT}%")))
        .select_only()
        .column_as(head(row::Column::Wrapped), "house")
        .column_as(row::Column::CaseId.count(), "keys");
    let counted =
        query.group_by(head(row::Column::Wrapped)).into_tuple::<(Vec<u8>, i64)>().all(&store.keys.connection).await.doing(doing)?;
    let hex = |id: Vec<u8>| data_encoding::HEXLOWER.encode(&id);
    Ok(counted.into_iter().map(|(id, keys)| (hex(id), u64::try_from(keys).unwrap_or(0))).collect())
}

/// Some case keys that are not wrapped under a house key, those whose references come next after a word.
pub async fn wrapped_otherwise(rows: &impl Rows, key: KeyId, after: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    rows.key_store().page(after, Some(key)).await
}

/// Puts case keys that were wrapped anew in the place of the old ones, all or none. One that was destroyed meanwhile stays destroyed.
pub async fn replace(rows: &impl Rows, keys: &[(String, Vec<u8>)]) -> Result<u64, StoreError> {
    let doing = "wrapping case keys anew";
    let tx = rows.key_store().connection.begin().await.doing(doing)?;
    let mut replaced = 0;
    for (case, wrapped) in keys {
        let update = row::Entity::update_many().col_expr(row::Column::Wrapped, Expr::value(wrapped.clone()));
        replaced += update.filter(row::Column::CaseId.eq(case)).exec(&tx).await.doing(doing)?.rows_affected;
    }
    tx.commit().await.doing(doing)?;
    Ok(replaced)
}

impl Store {
    /// Cuts off the journals of data and keys where that is a file's business.
    pub async fn truncate(&self) -> Result<(), StoreError> {
        truncate(&self.connection).await?;
        truncate(&self.keys.connection).await
    }

    /// Destroys the keys of cases and documents that were shredded: an old copy of the key store may have brought them back.
    pub async fn destroy_shredded(&self) -> Result<u64, StoreError> {
        let (mut after, mut gone) = (String::new(), 0);
        loop {
            let page: Vec<String> = self.keys.page(&after, None).await?.into_iter().map(|(case, _)| case).collect();
            let Some(last) = page.last() else { return Ok(gone + document::destroy_unneeded(self).await?) };
            after.clone_from(last);
            gone += self.keys.destroy(&case::shredded_among(self, &page).await?).await?;
        }
    }

    /// Makes sure that data and keys belong together, and takes the keys out of the data where an earlier version has put them there.
    pub(in crate::store) async fn pair(&self) -> Result<(), StoreError> {
        let doing = "comparing the database with its store of case keys";
        let theirs = self.keys.name().await?;
        let carry = cases_carry_keys(&self.connection).await?;
        if !carry && paired_with(&self.connection).await? == theirs {
            return Ok(());
        }
        let tx = self.begin().await?;
        if self.connection.get_database_backend() == DbBackend::Postgres {
            tx.bare().execute_unprepared("LOCK TABLE key_store IN EXCLUSIVE MODE").await.doing(doing)?;
        }
        match paired_with(tx.bare()).await? {
            name if name == theirs => {}
            name if name.is_empty() => {
                let query = Query::update().table("key_store").value("name", theirs).to_owned();
                tx.bare().execute(&query).await.doing(doing)?;
            }
            _ => return Err(StoreError::OtherKeys),
        }
        if cases_carry_keys(tx.bare()).await? {
            self.take_out(&tx).await?;
        }
        tx.commit().await?;
        // What was deleted is overwritten in the file already.
        self.truncate().await
    }

    /// Every key is in the key store before the first one leaves the data.
    async fn take_out(&self, tx: &Tx) -> Result<(), StoreError> {
        let doing = "moving case keys into their own store";
        let mut after = String::new();
        loop {
            let page = Query::select()
                .columns(["id", "case_key"])
                .from("cases")
                .and_where(Expr::col("case_key").is_not_null())
                .and_where(Expr::col("id").gt(after.as_str()))
                .order_by("id", sea_orm::Order::Asc)
                .limit(u64::try_from(PAGE).unwrap_or(u64::MAX))
                .to_owned();
            let found = tx.bare().query_all(&page).await.doing(doing)?;
            let read = |row: &sea_orm::QueryResult| Ok::<_, DbErr>((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
            let keys: Vec<(String, Vec<u8>)> = found.iter().map(read).collect::<Result<_, _>>().doing(doing)?;
            let Some((last, _)) = keys.last() else { break };
            after.clone_from(last);
            let rows = keys.into_iter().map(|(case, wrapped)| row::ActiveModel { case_id: Set(case), wrapped: Set(wrapped) });
            // One that is there already was moved before a crash, and is the newer one if it was wrapped anew since.
            let once = OnConflict::column(row::Column::CaseId).do_nothing().to_owned();
            row::Entity::insert_many(rows).on_conflict(once).exec_without_returning(&self.keys.connection).await.doing(doing)?;
        }
        tx.bare().execute_unprepared("UPDATE cases SET case_key = NULL; ALTER TABLE cases DROP COLUMN case_key").await.doing(doing)?;
        Ok(())
    }
}
