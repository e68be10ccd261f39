//! Packages: ZIP files made for the person or the authority, by the file they stand in.

use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    Condition, QuerySelect as _,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};

use super::{Doing as _, Rows, StoreError, Tx, time};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "package")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub case_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
        pub file: String,
        pub size: i64,
        pub sha256: String,
        pub made_at: i64,
        pub expires_at: Option<i64>,
        pub fetched_at: Option<i64>,
        pub reminded_at: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// A package of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The case.
    pub case: String,
    /// `subject` or `authority`; `subject-2` and so on for the further files of a long one.
    pub kind: String,
    /// File name inside the house's package folder.
    pub file: String,
    /// Bytes.
    pub size: u64,
    /// Hex.
    pub sha256: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// When the file goes.
    pub expires_at: Option<Timestamp>,
    /// When it was fetched for the first time.
    pub fetched_at: Option<Timestamp>,
}

/// The kind of a part of the person's package, from 1.
pub fn part_kind(part: usize) -> String {
    if part == 1 { SUBJECT.to_owned() } else { format!("{SUBJECT}-{part}") }
}

const SUBJECT: &str = "subject";

/// Stores a package's particulars, replacing an earlier one of the same kind with all its parts: the first part is put first.
pub async fn put(tx: &Tx, package: &Package) -> Result<(), StoreError> {
    let parts = row::Entity::delete_many()
        .filter(row::Column::CaseId.eq(&package.case))
        .filter(row::Column::Kind.starts_with(format!("{}-", package.kind)));
    parts.exec(tx.writing().await?).await.doing("replacing a package")?;
    let row = row::ActiveModel {
        case_id: Set(package.case.clone()),
        kind: Set(package.kind.clone()),
        file: Set(package.file.clone()),
        size: Set(i64::try_from(package.size).unwrap_or(i64::MAX)),
        sha256: Set(package.sha256.clone()),
        made_at: Set(package.made_at.as_microsecond()),
        expires_at: Set(package.expires_at.map(Timestamp::as_microsecond)),
        fetched_at: Set(package.fetched_at.map(Timestamp::as_microsecond)),
        reminded_at: Set(None),
    };
    let columns = [
        row::Column::File,
        row::Column::Size,
        row::Column::Sha256,
        row::Column::MadeAt,
        row::Column::ExpiresAt,
        row::Column::FetchedAt,
        row::Column::RemindedAt,
    ];
    let newer = OnConflict::columns([row::Column::CaseId, row::Column::Kind]).update_columns(columns).to_owned();
    row::Entity::insert(row).on_conflict(newer).exec_without_returning(tx.writing().await?).await.doing("storing a package")?;
    Ok(())
}

/// A case's package of one kind.
pub async fn get(rows: &impl Rows, case: &str, kind: &str) -> Result<Option<Package>, StoreError> {
    let row = row::Entity::find_by_id((case.to_owned(), kind.to_owned())).one(rows.conn().await?).await.doing("reading a package")?;
    Ok(row.map(from_row))
}

/// The files of the person's package, the one with the index first.
pub async fn parts(rows: &impl Rows, case: &str) -> Result<Vec<Package>, StoreError> {
    let kind = Condition::any().add(row::Column::Kind.eq(SUBJECT)).add(row::Column::Kind.starts_with(format!("{SUBJECT}-")));
    let found = row::Entity::find().filter(row::Column::CaseId.eq(case)).filter(kind).all(rows.conn().await?).await;
    let mut parts: Vec<Package> = found.doing("reading the parts of a package")?.into_iter().map(from_row).collect();
    parts.sort_by_key(|part| part.kind.rsplit_once('-').and_then(|(_, number)| number.parse::<usize>().ok()));
    Ok(parts)
}

/// Notes that the person's package is fetched; `true` the first time.
pub async fn fetch(tx: &Tx, case: &str, at: Timestamp) -> Result<bool, StoreError> {
    let update = row::Entity::update_many()
        .col_expr(row::Column::FetchedAt, Expr::value(at.as_microsecond()))
        .filter(row::Column::CaseId.eq(case))
        .filter(row::Column::Kind.eq(SUBJECT))
        .filter(row::Column::FetchedAt.is_null());
    Ok(update.exec(tx.writing().await?).await.doing("noting that a package is fetched")?.rows_affected == 1)
}

/// Cases whose package goes before a moment, and which nobody has fetched or been reminded of.
pub async fn unopened(rows: &impl Rows, now: Timestamp, before: Timestamp, limit: u64) -> Result<Vec<String>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::Kind.eq(SUBJECT))
        .filter(row::Column::ExpiresAt.between(now.as_microsecond() + 1, before.as_microsecond()))
        .filter(row::Column::FetchedAt.is_null())
        .filter(row::Column::RemindedAt.is_null());
    let found = found.limit(limit).all(rows.conn().await?).await.doing("reading packages that nobody has opened")?;
    Ok(found.into_iter().map(|row| row.case_id).collect())
}

/// Notes that its person is reminded of a package; until when it waits, if nobody has fetched it or been reminded before.
pub async fn remind(tx: &Tx, case: &str, at: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let update = row::Entity::update_many()
        .col_expr(row::Column::RemindedAt, Expr::value(at.as_microsecond()))
        .filter(row::Column::CaseId.eq(case))
        .filter(row::Column::Kind.eq(SUBJECT))
        .filter(row::Column::FetchedAt.is_null())
        .filter(row::Column::RemindedAt.is_null());
    let noted = update.exec(tx.writing().await?).await.doing("noting that somebody is reminded of a package")?.rows_affected == 1;
    Ok(if noted { get(tx, case, SUBJECT).await?.and_then(|package| package.expires_at) } else { None })
}

/// Packages whose time is over.
pub async fn expired(rows: &impl Rows, now: Timestamp, limit: u64) -> Result<Vec<Package>, StoreError> {
    let found = row::Entity::find().filter(row::Column::ExpiresAt.lte(now.as_microsecond())).limit(limit).all(rows.conn().await?).await;
    Ok(found.doing("reading expired packages")?.into_iter().map(from_row).collect())
}

/// Every package of some cases.
pub async fn of_cases(rows: &impl Rows, cases: &[String]) -> Result<Vec<Package>, StoreError> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let found = row::Entity::find().filter(row::Column::CaseId.is_in(cases)).all(rows.conn().await?).await;
    Ok(found.doing("reading the packages of cases")?.into_iter().map(from_row).collect())
}

/// Forgets a package; its file is removed by the worker.
pub async fn delete(tx: &Tx, case: &str, kind: &str) -> Result<(), StoreError> {
    row::Entity::delete_by_id((case.to_owned(), kind.to_owned())).exec(tx.writing().await?).await.doing("forgetting a package")?;
    Ok(())
}

fn from_row(row: row::Model) -> Package {
    Package {
        case: row.case_id,
        kind: row.kind,
        file: row.file,
        size: u64::try_from(row.size).unwrap_or(0),
        sha256: row.sha256,
        made_at: time(row.made_at),
        expires_at: row.expires_at.map(time),
        fetched_at: row.fetched_at.map(time),
    }
}
