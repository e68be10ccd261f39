//! What people write beside data that was not corrected.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, blob, string},
};

/// One row for each statement; its words and what it is about are sealed. Its files lie where those of messages do.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create().table("statement").to_owned();
        for column in [string("id"), string("case_id"), big_integer("made_at"), blob("sealed")] {
            table.col(column);
        }
        manager.create_table(table.primary_key(Index::create().col("id")).to_owned()).await?;
        manager.create_index(Index::create().table("statement").name("statement_by_case").col("case_id").to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("statement").to_owned()).await
    }
}
