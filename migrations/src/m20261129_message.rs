//! Messages between a person and whoever handles her case.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, blob, string, string_null},
};

/// One row for each message.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create().table("message").to_owned();
        for column in [string("id"), string("case_id"), big_integer("sent_at"), string_null("by"), blob("sealed")] {
            table.col(column);
        }
        manager.create_table(table.primary_key(Index::create().col("id")).to_owned()).await?;
        manager.create_index(Index::create().table("message").name("message_by_case").col("case_id").to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("message").to_owned()).await
    }
}
