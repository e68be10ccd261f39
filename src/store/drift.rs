//! Drift: what the last look at each connected system found. One row per system, written over at each look.

use habeas_core::law::drift::{Drift, EVERY};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{
    ActiveValue::Set,
    QuerySelect as _,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};

use super::{Doing as _, Rows, Store, StoreError, Tx, json, time, to_json};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "drift")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub system: String,
        pub looked_at: Option<i64>,
        pub asked_at: Option<i64>,
        pub begun_at: Option<i64>,
        pub found: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// After so long, a look that was begun has died.
const PATIENCE: SignedDuration = SignedDuration::from_mins(15);

/// The looks at one system.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Looks {
    /// The system.
    pub system: String,
    /// When it was looked at last.
    pub looked_at: Option<Timestamp>,
    /// When somebody asked for a look that has not been yet.
    pub asked_at: Option<Timestamp>,
    /// What was found.
    pub drift: Drift,
}

impl Looks {
    /// Whether it is time to look: a day has passed, or somebody asks.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.asked_at.is_some() || self.looked_at.is_none_or(|at| now.duration_since(at) >= EVERY)
    }
}

/// Every system that was looked at or asked about.
pub async fn all(rows: &impl Rows) -> Result<Vec<Looks>, StoreError> {
    let found = row::Entity::find().all(rows.conn().await?).await.doing("reading drift")?;
    found.into_iter().map(from_row).collect()
}

/// One system; as good as empty before the first look.
pub async fn get(rows: &impl Rows, system: &str) -> Result<Looks, StoreError> {
    let found = row::Entity::find_by_id(system).one(rows.conn().await?).await.doing("reading drift")?;
    found.map_or_else(|| Ok(Looks { system: system.to_owned(), ..Looks::default() }), from_row)
}

/// The same, and nobody else changes it before this transaction ends.
pub async fn lock(tx: &Tx, system: &str) -> Result<Looks, StoreError> {
    begin_row(tx, system).await?;
    let found = row::Entity::find_by_id(system).lock_exclusive().one(tx.writing().await?).await.doing("reading drift")?;
    found.map_or_else(|| Ok(Looks { system: system.to_owned(), ..Looks::default() }), from_row)
}

/// Keeps what a look found.
pub async fn looked(tx: &Tx, system: &str, drift: &Drift, now: Timestamp) -> Result<(), StoreError> {
    let update = row::Entity::update_many()
        .col_expr(row::Column::LookedAt, Expr::value(now.as_microsecond()))
        .col_expr(row::Column::AskedAt, Expr::value(None::<i64>))
        .col_expr(row::Column::BegunAt, Expr::value(None::<i64>));
    write(tx, update, system, drift).await
}

/// Keeps what somebody said about it.
pub async fn put(tx: &Tx, system: &str, drift: &Drift) -> Result<(), StoreError> {
    write(tx, row::Entity::update_many(), system, drift).await
}

async fn write(tx: &Tx, update: sea_orm::UpdateMany<row::Entity>, system: &str, drift: &Drift) -> Result<(), StoreError> {
    let doing = "keeping drift";
    let update = update.col_expr(row::Column::Found, Expr::value(to_json(drift, doing, "found")?));
    update.filter(row::Column::System.eq(system)).exec(tx.writing().await?).await.doing(doing)?;
    Ok(())
}

/// Asks for a look soon.
pub async fn ask(tx: &Tx, system: &str, now: Timestamp) -> Result<(), StoreError> {
    begin_row(tx, system).await?;
    let update =
        row::Entity::update_many().col_expr(row::Column::AskedAt, Expr::value(now.as_microsecond())).filter(row::Column::System.eq(system));
    update.exec(tx.writing().await?).await.doing("asking for a look")?;
    Ok(())
}

/// Takes a look over; `false` where another worker looks.
pub async fn claim(store: &Store, system: &str, now: Timestamp) -> Result<bool, StoreError> {
    let tx = store.begin().await?;
    begin_row(&tx, system).await?;
    let dead = now.as_microsecond().saturating_sub(i64::try_from(PATIENCE.as_micros()).unwrap_or(i64::MAX));
    let update = row::Entity::update_many()
        .col_expr(row::Column::BegunAt, Expr::value(now.as_microsecond()))
        .filter(row::Column::System.eq(system))
        .filter(row::Column::BegunAt.is_null().or(row::Column::BegunAt.lt(dead)));
    let claimed = update.exec(tx.writing().await?).await.doing("beginning a look")?.rows_affected == 1;
    tx.commit().await?;
    Ok(claimed)
}

async fn begin_row(tx: &Tx, system: &str) -> Result<(), StoreError> {
    let doing = "beginning a look";
    let row = row::ActiveModel {
        system: Set(system.to_owned()),
        looked_at: Set(None),
        asked_at: Set(None),
        begun_at: Set(None),
        found: Set(to_json(&Drift::default(), doing, "found")?),
    };
    let once = OnConflict::column(row::Column::System).do_nothing().to_owned();
    row::Entity::insert(row).on_conflict(once).exec_without_returning(tx.writing().await?).await.doing(doing)?;
    Ok(())
}

fn from_row(row: row::Model) -> Result<Looks, StoreError> {
    Ok(Looks {
        drift: json(&row.found, "reading drift", "found")?,
        system: row.system,
        looked_at: row.looked_at.map(time),
        asked_at: row.asked_at.map(time),
    })
}
