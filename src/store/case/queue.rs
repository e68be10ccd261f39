//! Cases for the desk's queue, without their keys: it shows nothing that is sealed. Whoever has many cases has them counted and read by
//! the page, never all.

use habeas_core::law::right::Right;
use jiff::civil::Date;
use sea_orm::{Condition, ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::{
    super::{Doing as _, Rows, StoreError, group::pieces, key},
    Case, Phase, from_row, row,
};

/// Which cases are listed, and in which order.
#[derive(Debug, Clone)]
pub enum Which {
    /// Open ones, the soonest strict deadline first.
    Open,
    /// Open ones whose strict deadline has come by a day, in the same order.
    DueBy {
        /// The last day that counts.
        day: Date,
        /// References that belong among them though another day counts for them.
        also: Vec<String>,
        /// References that do not.
        never: Vec<String>,
    },
    /// Closed ones, the latest closed first.
    Closed,
}

/// What of a list is asked for.
#[derive(Debug, Clone)]
pub struct List<'l> {
    /// Which cases.
    pub which: &'l Which,
    /// Only of this right.
    pub right: Option<Right>,
    /// Words that stand in the reference; empty: any.
    pub words: &'l str,
}

impl List<'_> {
    /// How many there are.
    pub async fn count(&self, rows: &impl Rows) -> Result<u64, StoreError> {
        self.select().count(rows.conn().await?).await.doing("counting cases")
    }

    /// A stretch of them.
    pub async fn some(&self, rows: &impl Rows, skip: usize, limit: usize) -> Result<Vec<Case>, StoreError> {
        let found = match self.which {
            Which::Closed => self.select().order_by_desc(row::Column::ClosedAt),
            Which::Open | Which::DueBy { .. } => self.select().order_by_asc(row::Column::StrictDueOn),
        };
        let (skip, limit) = (u64::try_from(skip).unwrap_or(u64::MAX), u64::try_from(limit).unwrap_or(u64::MAX));
        let found = found.order_by_asc(row::Column::Id).offset(skip).limit(limit);
        without_keys(found.all(rows.conn().await?).await.doing("reading a page of cases")?)
    }

    fn select(&self) -> Select<row::Entity> {
        let open = row::Column::Phase.eq(Phase::Open.name());
        let mut found = row::Entity::find();
        found = match self.which {
            Which::Open => found.filter(open),
            Which::DueBy { day, also, never } => {
                let due = Condition::any().add(row::Column::StrictDueOn.lte(day.to_string())).add(row::Column::Id.is_in(also));
                found.filter(open).filter(due).filter(row::Column::Id.is_not_in(never))
            }
            Which::Closed => found.filter(open.not()),
        };
        if let Some(right) = self.right {
            found = found.filter(row::Column::Right.eq(right.name()));
        }
        if !self.words.is_empty() {
            found = found.filter(row::Column::Id.contains(self.words));
        }
        found
    }
}

/// Some cases by their references.
pub async fn some(rows: &impl Rows, ids: &[String]) -> Result<Vec<Case>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for piece in pieces(ids) {
        let some = row::Entity::find().filter(row::Column::Id.is_in(piece)).all(rows.conn().await?).await;
        found.extend(without_keys(some.doing("reading some cases")?)?);
    }
    Ok(found)
}

fn without_keys(found: Vec<row::Model>) -> Result<Vec<Case>, StoreError> {
    let mut none = key::Wrapped::new();
    found.into_iter().map(|row| from_row(row, &mut none)).collect()
}
