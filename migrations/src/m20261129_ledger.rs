//! The erasure ledger: what was erased, by blind indexes, so that it is erased again when a system restores its own backup.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, string, string_null, text},
};

/// Erasures, and identifiers of people whose records were erased.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

fn tables() -> [TableCreateStatement; 2] {
    let table = |name: &'static str, columns: Vec<ColumnDef>, key: &[&'static str]| {
        let mut table = Table::create().table(name).to_owned();
        for column in columns {
            table.col(column);
        }
        let mut primary = Index::create();
        for column in key {
            primary.col(*column);
        }
        table.primary_key(&mut primary).to_owned()
    };
    [
        table(
            "ledger",
            vec![
                string("id"),
                string("case_id"),
                string("plan"),
                string("system"),
                string("collection"),
                string("record"),
                string_null("print"),
                text("act"),
                big_integer("done_at"),
            ],
            &["id"],
        ),
        table("ledger_identifier", vec![string("identifier"), string("case_id"), big_integer("done_at")], &["identifier", "case_id"]),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        let index = Index::create().table("ledger").name("ledger_by_system").col("system").to_owned();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["ledger_identifier", "ledger"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
