//! Erasing: everything the plan of one system says, in one transaction, or nothing.
//!
//! Emptied fields first, then whole rows in foreign-key order. Before anything is deleted it is made sure that no row
//! outside the plan refers to it, so the database's own cascades never reach a row that nobody decided about; and that what
//! stands under a key is still the record that the plan was made about.

use futures_util::TryStreamExt;
use habeas_core::law::{
    map::System,
    plan::{Act, SystemPlan},
    record::Value,
};

use super::{
    dialect::Dialect,
    keys::{Group, groups},
    link::Link,
    nested::{self, Columns},
    order::order,
    same,
    schema::{ForeignKey, Name, Schema, Table},
    statement::Statement,
    value::Print,
};
use crate::connector::{Cause, Erased, Tally};

/// Does everything but the commit.
pub(super) async fn prepare(link: &mut Link, system: &System, schema: &Schema, part: &SystemPlan) -> Result<Erased, Cause> {
    if link.dialect() == Dialect::Sqlite {
        // Rows may refer to each other in circles, and a `RESTRICT` waits, too.
        link.raw("PRAGMA defer_foreign_keys = ON").await?;
    }
    let groups = groups(part, system, schema)?;
    Erasure { schema, groups: &groups, link, again: 0 }.run().await
}

struct Erasure<'a, 't> {
    schema: &'a Schema,
    groups: &'a [Group<'a>],
    link: &'t mut Link,
    /// Rows that were written a second time: a column and a part of a document.
    again: u64,
}

impl Erasure<'_, '_> {
    async fn run(mut self) -> Result<Erased, Cause> {
        for group in self.groups {
            group.load(self.link).await?;
            same::refuse_others(self.link, group).await?;
        }
        let kept = self.kept().await?;
        let before = self.changes().await?;
        let mut erased = self.clear().await?;
        // Counted before it begins: a cascade may take a row before its own turn.
        let doomed: Vec<&Group<'_>> = self.groups.iter().filter(|group| *group.act == Act::Delete).collect();
        for (group, there) in doomed.iter().zip(self.answering(&doomed).await?) {
            erased.add(group, Tally { deleted: there, already_gone: group.planned().saturating_sub(there), cleared: 0 });
        }
        let Tally { deleted, cleared, .. } = erased.total();
        self.delete(&doomed).await?;
        if let Some(at) = self.kept().await?.iter().zip(&kept).position(|(now, then)| now != then) {
            let disturbed = self.groups.get(at).map(|group| group.collection.name.clone()).unwrap_or_default();
            return Err(Cause::Disturbed(disturbed));
        }
        erased.also_changed = self.changes().await?.saturating_sub(before + deleted + cleared + self.again);
        Ok(erased)
    }

    fn statement(&self, text: &str) -> Statement {
        Statement::new(self.link.dialect(), text)
    }

    /// Empties fields.
    async fn clear(&mut self) -> Result<Erased, Cause> {
        let groups: Vec<&Group<'_>> = self.groups.iter().filter(|group| matches!(group.act, Act::Clear { .. })).collect();
        let there = self.answering(&groups).await?;
        let parts = self.take_parts_out(&groups).await?;
        let unclean = self.unclean(&groups).await?;
        let mut erased = Erased::default();
        for (((group, there), unclean), parts) in groups.iter().zip(there).zip(unclean).zip(parts) {
            // A row of which a column and a part of a document go is one row.
            let cleared = unclean.max(nested::rows(&parts));
            self.again += (unclean + parts.len() as u64).saturating_sub(cleared);
            let already_gone = group.planned().saturating_sub(there) + there.saturating_sub(cleared);
            erased.add(group, Tally { cleared, already_gone, deleted: 0 });
            if unclean > 0 {
                let update = self.emptying(group)?;
                self.link.run(update).await?;
            }
        }
        match groups.iter().zip(self.unclean(&groups).await?).find(|(_, rows)| *rows > 0) {
            None => Ok(erased),
            Some((group, rows)) => Err(Cause::Undone { collection: group.collection.name.clone(), rows }),
        }
    }

    /// Takes out of documents what shall be empty inside of them, and looks again; what was due, by group.
    async fn take_parts_out<'g>(&mut self, groups: &[&Group<'g>]) -> Result<Vec<Vec<nested::Due<'g>>>, Cause> {
        let mut parts = Vec::with_capacity(groups.len());
        for group in groups {
            let due = nested::due(self.link, group, true).await?;
            nested::write(self.link, group, &due).await?;
            let left = nested::rows(&nested::due(self.link, group, false).await?);
            if left > 0 {
                return Err(Cause::Undone { collection: group.collection.name.clone(), rows: left });
            }
            parts.push(due);
        }
        Ok(parts)
    }

    /// Rows of each group that still hold something that shall be empty.
    async fn unclean(&mut self, groups: &[&Group<'_>]) -> Result<Vec<u64>, Cause> {
        self.link.counts(groups, |count, group| group.unclean_rows(count)).await
    }

    fn emptying(&self, group: &Group<'_>) -> Result<Statement, Cause> {
        let blanks = group.blanks()?;
        let mut update = self.statement("UPDATE ");
        let set = |update: &mut Statement, alias: &str| {
            update.sql(" SET ");
            update.each(", ", &blanks, |update, (column, blank)| {
                update.sql(alias).name(&column.name).sql(" = ").sql(blank);
            });
        };
        if update.dialect == Dialect::Mariadb {
            group.joined(&mut update);
            set(&mut update, "t.");
            update.sql(" WHERE ");
        } else {
            update.table(group.table).sql(" AS t");
            set(&mut update, "");
            update.sql(" FROM ");
            group.list(&mut update, "k");
            update.sql(" WHERE ");
            group.join(&mut update, "t", "k");
            update.sql(" AND ");
        }
        group.unclean(&mut update)?;
        Ok(update)
    }

    /// Deletes all rows that go, in foreign-key order.
    async fn delete(&mut self, doomed: &[&Group<'_>]) -> Result<(), Cause> {
        self.refuse_referred(doomed).await?;
        let tables: Vec<&Table> = doomed.iter().map(|group| group.table).collect();
        let order = order(&tables, self.schema);
        let order: Vec<(&Group<'_>, bool)> = order.into_iter().filter_map(|(at, circle)| Some((*doomed.get(at)?, circle))).collect();
        match self.link.dialect() {
            Dialect::Postgres => self.delete_at_once(&order).await?,
            Dialect::Sqlite | Dialect::Mariadb => self.delete_one_by_one(&order).await?,
        }
        self.refuse_leftovers(doomed).await
    }

    /// One statement, at the end of which foreign keys are looked at: so a circle goes in one piece.
    async fn delete_at_once(&mut self, order: &[(&Group<'_>, bool)]) -> Result<(), Cause> {
        let mut delete = self.statement("WITH ");
        delete.each(", ", order.iter().enumerate(), |delete, (at, (group, _))| {
            delete.sql(&format!("d{at} AS (DELETE FROM ")).table(group.table).sql(" AS t USING ");
            group.list(delete, "k");
            delete.sql(" WHERE ");
            group.join(delete, "t", "k");
            delete.sql(")");
        });
        if order.is_empty() {
            return Ok(());
        }
        self.link
            .run({
                delete.sql(" SELECT 1");
                delete
            })
            .await
            .map(drop)
    }

    async fn delete_one_by_one(&mut self, order: &[(&Group<'_>, bool)]) -> Result<(), Cause> {
        let unordered = self.link.dialect() == Dialect::Mariadb && order.iter().any(|(_, circle)| *circle);
        for (group, circle) in order {
            let mut delete = self.statement("DELETE ");
            if delete.dialect == Dialect::Mariadb {
                delete.sql("t FROM ");
                group.joined(&mut delete);
            } else {
                delete.sql("FROM ").table(group.table).sql(" AS t WHERE ");
                group.among(&mut delete, "t");
            }
            if unordered && *circle {
                // It looks at each row by itself, and nothing that stays refers to one of these: that was made sure of above.
                self.link.raw("SET SESSION foreign_key_checks = 0").await?;
            }
            let done = self.link.run(delete).await;
            if unordered && *circle {
                self.link.raw("SET SESSION foreign_key_checks = 1").await?;
            }
            done?;
        }
        Ok(())
    }

    /// Rows that answer to the keys of each group.
    async fn answering(&mut self, groups: &[&Group<'_>]) -> Result<Vec<u64>, Cause> {
        let there = self
            .link
            .counts(groups, |count, group| {
                group.rows(count);
                Ok(())
            })
            .await?;
        match groups.iter().zip(&there).find(|(group, rows)| **rows > group.planned()) {
            None => Ok(there),
            Some((group, rows)) => {
                Err(Cause::Ambiguous { collection: group.collection.name.clone(), rows: *rows, planned: group.planned() })
            }
        }
    }

    /// Refuses when a row that stays refers to a row that goes, whatever its foreign key would do about it.
    async fn refuse_referred(&mut self, doomed: &[&Group<'_>]) -> Result<(), Cause> {
        let schema = self.schema;
        let keys: Vec<(&Group<'_>, &ForeignKey)> =
            doomed.iter().flat_map(|group| schema.pointing_at(&group.table.at).map(move |key| (*group, key))).collect();
        let count = |count: &mut Statement, (group, key): &(&Group<'_>, &ForeignKey)| {
            group.rows(count);
            count.sql(" JOIN ").at(&key.child).sql(" AS c ON ");
            refers(count, key);
            if let Some(spared) = doomed.iter().find(|other| schema.is_same(&other.table.at, &key.child)) {
                count.sql(" WHERE NOT EXISTS (SELECT 1 FROM ");
                spared.list(count, "o");
                count.sql(" WHERE ");
                spared.join(count, "c", "o");
                count.sql(")");
            }
            if count.dialect == Dialect::Mariadb {
                // Nobody adds a row that refers before ours are gone.
                count.sql(" LOCK IN SHARE MODE");
            }
            Ok(())
        };
        let referring = self.link.counts(&keys, count).await?;
        match keys.into_iter().zip(referring).find(|(_, rows)| *rows > 0) {
            None => Ok(()),
            Some(((group, key), rows)) => Err(Cause::Referred { table: self.spoken(&key.child), to: group.table.at.table.clone(), rows }),
        }
    }

    /// A table as the reader of an error knows it.
    fn spoken(&self, name: &Name) -> String {
        let near = self.groups.iter().any(|group| group.table.at.schema == name.schema);
        match &name.schema {
            Some(schema) if !near => format!("{schema}.{}", name.table),
            _ => name.table.clone(),
        }
    }

    async fn refuse_leftovers(&mut self, doomed: &[&Group<'_>]) -> Result<(), Cause> {
        let left = self
            .link
            .counts(doomed, |count, group| {
                group.rows(count);
                Ok(())
            })
            .await?;
        match doomed.iter().zip(left).find(|(_, rows)| *rows > 0) {
            None => Ok(()),
            Some((group, rows)) => Err(Cause::Undone { collection: group.collection.name.clone(), rows }),
        }
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
        let stays = |name: &str| !group.cleared().any(|cleared| cleared == name);
        let fields = group.collection.fields.iter().filter(|field| (field.primary_key || !field.technical) && stays(&field.name));
        let mut columns = Columns::of(group.collection, group.table, fields, None)?;
        // What is computed from an emptied field changes with it.
        columns.retain(|column| !column.computed || column.key > 0);
        let mut select = self.statement("SELECT ");
        columns.select(&mut select);
        select.sql(" FROM ");
        group.joined(&mut select);
        select.sql(&format!(" ORDER BY {}", group.order()));
        let mut rows = self.link.rows(select);
        let mut print = Print::new();
        while let Some(row) = rows.try_next().await? {
            print = columns.values(row).values().fold(print, Print::add);
        }
        Ok(print)
    }

    /// Rows this connection has changed, those changed by triggers and cascades included, as far as the database counts them.
    async fn changes(&mut self) -> Result<u64, Cause> {
        match self.link.dialect() {
            Dialect::Sqlite => self.link.count(self.statement("SELECT total_changes()")).await,
            Dialect::Postgres => {
                let sum = "SELECT CAST(coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) AS bigint) FROM pg_stat_xact_user_tables";
                self.link.count(self.statement(sum)).await
            }
            Dialect::Mariadb => {
                let mut status =
                    self.statement("SHOW SESSION STATUS WHERE Variable_name IN ('Handler_write', 'Handler_update', 'Handler_delete')");
                status.reads = vec![super::column::Class::Text, super::column::Class::Whole];
                let counts = self.link.all(status).await?;
                let counts = counts.iter().filter_map(|row| match row.get(1) {
                    Some(Value::Integer(count)) => u64::try_from(*count).ok(),
                    _ => None,
                });
                Ok(counts.sum())
            }
        }
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
fn refers(statement: &mut Statement, key: &ForeignKey) {
    statement.each(" AND ", &key.pairs, |statement, (here, there)| {
        statement.column("c", here).sql(" = ").column("t", there);
    });
}
