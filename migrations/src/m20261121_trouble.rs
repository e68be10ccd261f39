//! What trouble needs: attempts that began, incidents of cases, effects and whole cases, with their proof.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer_null, blob_null, integer, string, string_null},
};

/// The columns that incidents and claims gained.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

fn columns() -> Vec<(&'static str, ColumnDef)> {
    vec![
        ("command", big_integer_null("began_at")),
        ("incident", string("kind").default("step").to_owned()),
        ("incident", string_null("command_id")),
        ("incident", integer("attempts").default(0).to_owned()),
        ("incident", blob_null("answer")),
    ]
}

const INDEXES: [(&str, &[&str]); 2] = [("incident", &["kind", "closed_at"]), ("incident", &["case_id"])];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        for (table, column) in columns() {
            manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await?;
        }
        for (table, columns) in INDEXES {
            let mut index = Index::create().table(table).name(format!("{table}_by_{}", columns.join("_"))).to_owned();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        // Alarms of the clock were incidents without a step.
        manager.get_connection().execute_unprepared("UPDATE incident SET kind = 'alarm' WHERE step = ''").await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns) in INDEXES {
            manager.drop_index(Index::drop().table(table).name(format!("{table}_by_{}", columns.join("_"))).to_owned()).await?;
        }
        for (table, column) in columns() {
            manager.alter_table(Table::alter().table(table).drop_column(column.get_column_name()).to_owned()).await?;
        }
        Ok(())
    }
}
