//! The breaker of mass erasure: which cases were counted within the hour, and when they were too many. Whoever counts holds on to one row,
//! so that no two workers are both the last that fits.

use habeas_core::law::breaker::{Counted, LET_GO, Verdict, WINDOW, decide};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    Condition, QueryOrder as _, QuerySelect as _,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};

use super::{Doing as _, Rows, Store, StoreError, Tx, time};

/// The row that whoever counts holds on to.
const TURN: &str = "erasures";

mod turn {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "breaker")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "breaker_stop")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub stopped_at: i64,
        pub cases: i64,
        pub told: bool,
        pub asked_by: Option<String>,
        pub asked_sealed: Option<Vec<u8>>,
        pub agreed_by: Option<String>,
        pub agreed_sealed: Option<Vec<u8>>,
        pub released_at: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

mod counted {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "breaker_case")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub case_id: String,
        pub at: i64,
        pub let_go: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Nothing is erased until two people have looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// Random.
    pub id: String,
    /// Since when (UTC).
    pub stopped_at: Timestamp,
    /// How many people's data went in the hour before.
    pub cases: u64,
    /// Those who answer for it were told.
    pub told: bool,
    /// Who wants erasures to go on, and why, sealed under the house key at [`asked_place`].
    pub asked: Option<(String, Vec<u8>)>,
}

/// Where the reason of whoever asks is sealed.
pub fn asked_place(stop: &str) -> String {
    format!("breaker-asked:{stop}")
}

/// Where the reason of whoever agrees is sealed.
pub fn agreed_place(stop: &str) -> String {
    format!("breaker-agreed:{stop}")
}

/// One case's data, right before it is erased.
#[derive(Debug, Clone, Copy)]
pub struct Leaving<'a> {
    /// The case.
    pub case: &'a str,
    /// It was decided long ago, and only its day has come.
    pub dated: bool,
}

/// Asks whether it still may be erased, and counts it. `id`: of the stop that begins here, if one does.
pub async fn ask(store: &Store, leaving: Leaving<'_>, limit: u32, id: &str, now: Timestamp) -> Result<Verdict, StoreError> {
    let case = leaving.case;
    // Most have been counted a moment ago, for another system: they hold nobody up.
    let counted = look(store, leaving, now).await?;
    if matches!(decide(limit, counted), Verdict::Goes | Verdict::Stopped) {
        return Ok(decide(limit, counted));
    }
    let tx = store.begin().await?;
    hold_on(&tx).await?;
    let counted = look(&tx, leaving, now).await?;
    let verdict = decide(limit, counted);
    match verdict {
        Verdict::Counts => note(&tx, case, now, false).await?,
        Verdict::Trips => {
            let stop = row::ActiveModel {
                id: Set(id.to_owned()),
                stopped_at: Set(now.as_microsecond()),
                cases: Set(i64::from(counted.cases)),
                told: Set(false),
                asked_by: Set(None),
                asked_sealed: Set(None),
                agreed_by: Set(None),
                agreed_sealed: Set(None),
                released_at: Set(None),
            };
            row::Entity::insert(stop).exec_without_returning(tx.writing().await?).await.doing("stopping all erasing")?;
        }
        Verdict::Goes | Verdict::Waits | Verdict::Stopped => {}
    }
    tx.commit().await?;
    Ok(verdict)
}

/// What is known of a case and of the hour.
async fn look(rows: &impl Rows, leaving: Leaving<'_>, now: Timestamp) -> Result<Counted, StoreError> {
    let doing = "counting erasures";
    let stopped = current(rows).await?.is_some();
    let within = Condition::all().add(counted::Column::At.gt((now - WINDOW).as_microsecond())).add(counted::Column::LetGo.eq(false));
    let let_go = Condition::all().add(counted::Column::At.gt((now - LET_GO).as_microsecond())).add(counted::Column::LetGo.eq(true));
    let valid = Condition::any().add(within.clone()).add(let_go);
    let known = counted::Entity::find_by_id(leaving.case).filter(valid).count(rows.conn().await?).await.doing(doing)? > 0;
    let cases = counted::Entity::find().filter(within).count(rows.conn().await?).await.doing(doing)?;
    Ok(Counted { stopped, known, cases: u32::try_from(cases).unwrap_or(u32::MAX), dated: leaving.dated })
}

async fn note(tx: &Tx, case: &str, now: Timestamp, let_go: bool) -> Result<(), StoreError> {
    let row = counted::ActiveModel { case_id: Set(case.to_owned()), at: Set(now.as_microsecond()), let_go: Set(let_go) };
    let again = OnConflict::column(counted::Column::CaseId).update_columns([counted::Column::At, counted::Column::LetGo]).to_owned();
    let insert = counted::Entity::insert(row).on_conflict(again);
    insert.exec_without_returning(tx.writing().await?).await.doing("counting an erasure")?;
    Ok(())
}

async fn hold_on(tx: &Tx) -> Result<(), StoreError> {
    turn::Entity::find_by_id(TURN).lock_exclusive().one(tx.writing().await?).await.doing("taking the turn to count erasures")?;
    Ok(())
}

/// Whether everything is stopped, and since when.
pub async fn current(rows: &impl Rows) -> Result<Option<Stop>, StoreError> {
    let find = row::Entity::find().filter(row::Column::ReleasedAt.is_null()).order_by_asc(row::Column::StoppedAt);
    let found = find.one(rows.conn().await?).await.doing("looking whether erasing is stopped")?;
    Ok(found.map(from_row))
}

/// The same, and nobody stops or releases anything before this transaction ends.
pub async fn lock(tx: &Tx) -> Result<Option<Stop>, StoreError> {
    hold_on(tx).await?;
    current(tx).await
}

/// Those who answer for it were told.
pub async fn told(tx: &Tx, id: &str) -> Result<(), StoreError> {
    let update = row::Entity::update_many().col_expr(row::Column::Told, Expr::value(true)).filter(row::Column::Id.eq(id));
    update.exec(tx.writing().await?).await.doing("noting who was told that erasing is stopped")?;
    Ok(())
}

/// Somebody wants erasures to go on.
pub async fn asked(tx: &Tx, id: &str, by: &str, why: Vec<u8>) -> Result<(), StoreError> {
    let update = row::Entity::update_many()
        .col_expr(row::Column::AskedBy, Expr::value(by))
        .col_expr(row::Column::AskedSealed, Expr::value(why))
        .filter(row::Column::Id.eq(id));
    update.exec(tx.writing().await?).await.doing("asking for erasures to go on")?;
    Ok(())
}

/// Somebody else agrees: what waits goes on, uncounted, and counting begins anew.
pub async fn release(tx: &Tx, id: &str, by: &str, why: Vec<u8>, waiting: &[String], now: Timestamp) -> Result<(), StoreError> {
    let doing = "letting erasures go on";
    let update = row::Entity::update_many()
        .col_expr(row::Column::AgreedBy, Expr::value(by))
        .col_expr(row::Column::AgreedSealed, Expr::value(why))
        .col_expr(row::Column::ReleasedAt, Expr::value(now.as_microsecond()))
        .filter(row::Column::Id.eq(id));
    update.exec(tx.writing().await?).await.doing(doing)?;
    counted::Entity::delete_many().filter(counted::Column::LetGo.eq(false)).exec(tx.writing().await?).await.doing(doing)?;
    for case in waiting {
        note(tx, case, now, true).await?;
    }
    Ok(())
}

/// Forgets what no longer counts.
pub async fn sweep(tx: &Tx, now: Timestamp) -> Result<(), StoreError> {
    let over = counted::Entity::delete_many().filter(counted::Column::At.lte((now - LET_GO).as_microsecond()));
    over.exec(tx.writing().await?).await.doing("forgetting counted erasures")?;
    Ok(())
}

fn from_row(row: row::Model) -> Stop {
    Stop {
        id: row.id,
        stopped_at: time(row.stopped_at),
        cases: u64::try_from(row.cases).unwrap_or(0),
        told: row.told,
        asked: row.asked_by.zip(row.asked_sealed),
    }
}
