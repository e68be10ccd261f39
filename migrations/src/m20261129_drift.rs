//! Drift: what the last look at each connected system found, and what somebody has looked at and left.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer_null, string, text},
};

/// One row per system.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create().table("drift").to_owned();
        for column in
            [string("system"), big_integer_null("looked_at"), big_integer_null("asked_at"), big_integer_null("begun_at"), text("found")]
        {
            table.col(column);
        }
        manager.create_table(table.primary_key(Index::create().col("system")).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("drift").to_owned()).await
    }
}
