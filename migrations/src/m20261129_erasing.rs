//! Erasures that are at the point of no return: whoever places a hold waits for those that began before.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, string},
};

/// Erasures under way.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create().table("erasing").to_owned();
        for column in [string("id"), string("system"), big_integer("until")] {
            table.col(column);
        }
        table.primary_key(Index::create().col("id"));
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("erasing").to_owned()).await
    }
}
