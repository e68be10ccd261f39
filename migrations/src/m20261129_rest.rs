//! What rests because a hold keeps it from erasure: one row per case and system, as long as it does.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, blob, boolean, string, text},
};

/// The table.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create().table("held_rest").to_owned();
        for column in [string("case_id"), string("system"), text("kinds"), boolean("resting"), big_integer("since"), blob("sealed")] {
            table.col(column);
        }
        manager.create_table(table.primary_key(Index::create().col("case_id").col("system")).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("held_rest").to_owned()).await
    }
}
