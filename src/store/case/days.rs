//! What numbers are made of: the days of cases, and nothing of whom they are about.

use std::collections::HashSet;

use habeas_core::law::right::Right;
use jiff::{Timestamp, civil::Date};
use sea_orm::{QuerySelect as _, entity::prelude::*};

use super::{
    super::{Doing as _, Rows, StoreError, date, time},
    Phase, row,
};

/// The days of one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The right used.
    pub right: Right,
    /// When it arrived.
    pub received_at: Timestamp,
    /// Open, or how it closed.
    pub phase: Phase,
    /// When it closed.
    pub closed_at: Option<Timestamp>,
    /// The deadline with stops and extension.
    pub due_on: Date,
    /// The two further months were taken.
    pub extended: bool,
}

/// The days of every case that arrived before a moment. Whether one was extended is looked for by its word, so that no state is read.
pub async fn before(rows: &impl Rows, before: Timestamp) -> Result<Vec<Days>, StoreError> {
    let doing = "counting requests";
    let came = || row::Entity::find().select_only().column(row::Column::Id).filter(row::Column::ReceivedAt.lt(before.as_microsecond()));
    let longer =
        came().filter(row::Column::State.like("%:\"extended\"%")).into_tuple::<String>().all(rows.conn().await?).await.doing(doing)?;
    let longer: HashSet<String> = longer.into_iter().collect();
    let columns = [row::Column::Right, row::Column::Phase, row::Column::ReceivedAt, row::Column::ClosedAt, row::Column::DueOn];
    let found = came().columns(columns).into_tuple::<(String, String, String, i64, Option<i64>, String)>().all(rows.conn().await?).await;
    let read = |(id, right, phase, received_at, closed_at, due_on): (String, String, String, i64, Option<i64>, String)| {
        let unreadable = |column| StoreError::Unreadable { doing, column };
        Ok(Days {
            right: Right::from_name(&right).ok_or(unreadable("right"))?,
            phase: Phase::from_name(&phase).ok_or(unreadable("phase"))?,
            received_at: time(received_at),
            closed_at: closed_at.map(time),
            due_on: date(&due_on, doing, "due_on")?,
            extended: longer.contains(&id),
        })
    };
    found.doing(doing)?.into_iter().map(read).collect()
}
