//! Erasing: everything the plan of one system says, in one transaction, or nothing.
//!
//! Emptied fields first, then whole rows in foreign-key order. Before anything is deleted it is made sure that no row
//! outside the plan refers to it, so the database's own cascades never reach a row that nobody decided about; and that what
//! stands under a key is still the record that the plan was made about.

use futures_util::TryStreamExt;
use habeas_core::law::{
    map::System,
    plan::{Act, SystemPlan},
};
use sqlx::{AssertSqlSafe, Connection, Sqlite, SqliteConnection, Transaction};

use super::{
    keys::{Group, count, groups},
    order::order,
    same,
    schema::{ForeignKey, Schema, Table},
    text,
    value::{self, Print},
};
use crate::connector::{Cause, Erased, Tally};

/// Does everything but the commit. Dropping the transaction undoes it.
pub(super) async fn prepare<'c>(
    connection: &'c mut SqliteConnection,
    system: &System,
    part: &SystemPlan,
) -> Result<(Transaction<'c, Sqlite>, Erased), Cause> {
    // IMMEDIATE: a lock that comes later than the first read cannot be waited for.
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    // Rows may refer to each other in circles, and a `RESTRICT` waits, too.
    sqlx::query("PRAGMA defer_foreign_keys = ON").execute(&mut *transaction).await?;
    let schema = Schema::load(&mut transaction).await?;
    let groups = groups(part, system, &schema)?;
    let erased = Erasure { schema: &schema, part, groups: &groups, transaction: &mut transaction }.run().await?;
    Ok((transaction, erased))
}

struct Erasure<'a, 't> {
    schema: &'a Schema,
    part: &'a SystemPlan,
    groups: &'a [Group<'a>],
    transaction: &'t mut SqliteConnection,
}

impl Erasure<'_, '_> {
    async fn run(mut self) -> Result<Erased, Cause> {
        for group in self.groups {
            group.load(self.transaction).await?;
            same::refuse_others(self.transaction, group, self.part).await?;
        }
        let kept = self.kept().await?;
        let before = self.changes().await?;
        let mut erased = Erased::default();
        for group in self.groups {
            let tally = match group.act {
                Act::Clear { .. } => self.clear(group).await?,
                Act::Delete => self.doom(group).await?,
                Act::Keep => continue,
            };
            erased.add(group, tally);
        }
        let Tally { deleted, cleared, .. } = erased.total();
        self.delete().await?;
        if let Some(at) = self.kept().await?.iter().zip(&kept).position(|(now, then)| now != then) {
            let disturbed = self.groups.get(at).map(|group| group.collection.name.clone()).unwrap_or_default();
            return Err(Cause::Disturbed(disturbed));
        }
        erased.also_changed = self.changes().await?.saturating_sub(before + deleted + cleared);
        Ok(erased)
    }

    /// Empties the fields of one group.
    async fn clear(&mut self, group: &Group<'_>) -> Result<Tally, Cause> {
        let unclean = group.unclean()?;
        let fields = group.cleared().iter();
        let blanks =
            fields.map(|field| Ok(format!("{} = {}", text::name(field), group.blank(field)?))).collect::<Result<Vec<_>, Cause>>()?;
        let (planned, there) = self.answering(group).await?;
        let unclean_rows = group.rows(self.transaction, &unclean).await?;
        let (table, list, join) = (group.name(), group.list(), group.join());
        let update = format!("UPDATE {table} AS t SET {} FROM {list} AS k WHERE {join} AND {unclean}", blanks.join(", "));
        sqlx::query(AssertSqlSafe(update)).execute(&mut *self.transaction).await?;
        let rows = group.rows(self.transaction, &unclean).await?;
        if rows > 0 {
            return Err(Cause::Undone { collection: group.collection.name.clone(), rows });
        }
        Ok(Tally { cleared: unclean_rows, already_gone: planned.saturating_sub(there) + there.saturating_sub(unclean_rows), deleted: 0 })
    }

    /// What deleting will do. Counted before it begins: a cascade may take a row before its own turn.
    async fn doom(&mut self, group: &Group<'_>) -> Result<Tally, Cause> {
        let (planned, there) = self.answering(group).await?;
        Ok(Tally { deleted: there, already_gone: planned.saturating_sub(there), cleared: 0 })
    }

    /// Deletes all rows that go, in foreign-key order.
    async fn delete(&mut self) -> Result<(), Cause> {
        let doomed: Vec<&Group<'_>> = self.groups.iter().filter(|group| *group.act == Act::Delete).collect();
        self.refuse_referred(&doomed).await?;
        let tables: Vec<&Table> = doomed.iter().map(|group| group.table).collect();
        for group in order(&tables, self.schema).into_iter().filter_map(|at| doomed.get(at)) {
            let delete = format!("DELETE FROM {} AS t WHERE {}", group.name(), group.among("t"));
            sqlx::query(AssertSqlSafe(delete)).execute(&mut *self.transaction).await?;
        }
        self.refuse_leftovers(&doomed).await
    }

    /// Keys planned, and rows that answer to them.
    async fn answering(&mut self, group: &Group<'_>) -> Result<(u64, u64), Cause> {
        let planned = group.planned(self.transaction).await?;
        let rows = group.rows(self.transaction, "TRUE").await?;
        if rows > planned {
            return Err(Cause::Ambiguous { collection: group.collection.name.clone(), rows, planned });
        }
        Ok((planned, rows))
    }

    /// Refuses when a row that stays refers to a row that goes, whatever its foreign key would do about it.
    async fn refuse_referred(&mut self, doomed: &[&Group<'_>]) -> Result<(), Cause> {
        for group in doomed {
            for (child, key) in self.schema.pointing_at(&group.table.name) {
                let spared = doomed.iter().find(|other| other.table.name == child.name);
                let spared = spared.map(|other| format!(" AND {} IS NOT TRUE", other.among("c"))).unwrap_or_default();
                let (table, name) = (group.name(), text::name(&child.name));
                let refers = format!("FROM {table} AS t JOIN {name} AS c ON {} WHERE {}{spared}", refers(key), group.among("t"));
                let rows = count(self.transaction, format!("SELECT count(*) {refers}")).await?;
                if rows > 0 {
                    return Err(Cause::Referred { table: child.name.clone(), to: group.table.name.clone(), rows });
                }
            }
        }
        Ok(())
    }

    async fn refuse_leftovers(&mut self, doomed: &[&Group<'_>]) -> Result<(), Cause> {
        for group in doomed {
            let rows = group.rows(self.transaction, "TRUE").await?;
            if rows > 0 {
                return Err(Cause::Undone { collection: group.collection.name.clone(), rows });
            }
        }
        Ok(())
    }

    /// What must be the same before and after, per group: the fields that stay, of the rows that stay.
    async fn kept(&mut self) -> Result<Vec<Print>, Cause> {
        let mut prints = Vec::with_capacity(self.groups.len());
        for group in self.groups {
            prints.push(if *group.act == Act::Delete { Print::new() } else { self.print(group).await? });
        }
        Ok(prints)
    }

    async fn print(&mut self, group: &Group<'_>) -> Result<Print, Cause> {
        // Technical fields are left out: a trigger that keeps a time of change up to date is welcome.
        let stays = |name: &String| !group.cleared().contains(name);
        let fields = group.collection.fields.iter().filter(|field| (field.primary_key || !field.technical) && stays(&field.name));
        let fields: Vec<&str> = fields.map(|field| field.name.as_str()).collect();
        let (columns, order) = (text::columns("t", fields.iter().copied()), group.order());
        let select = format!("SELECT {columns} FROM {} AS k JOIN {} AS t ON {} ORDER BY {order}", group.list(), group.name(), group.join());
        let mut rows = sqlx::query(AssertSqlSafe(select)).fetch(&mut *self.transaction);
        let mut print = Print::new();
        while let Some(row) = rows.try_next().await? {
            for at in 0..fields.len() {
                print = print.add(&value::read(&row, at)?);
            }
        }
        Ok(print)
    }

    /// Rows this connection has ever changed, those changed by triggers and cascades included.
    async fn changes(&mut self) -> Result<u64, Cause> {
        count(self.transaction, "SELECT total_changes()".to_owned()).await
    }
}

impl Erased {
    fn add(&mut self, group: &Group<'_>, tally: Tally) {
        let sum = self.collections.entry(group.collection.name.clone()).or_default();
        sum.deleted += tally.deleted;
        sum.cleared += tally.cleared;
        sum.already_gone += tally.already_gone;
    }
}

/// Row `c` refers to row `t`.
fn refers(key: &ForeignKey) -> String {
    let pairs = key.pairs.iter().map(|(here, there)| format!("{} = {}", text::column("c", here), text::column("t", there)));
    pairs.collect::<Vec<_>>().join(" AND ")
}
