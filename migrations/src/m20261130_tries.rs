//! Wrong tries at what people prove themselves with: so many in a while, and no more is looked at.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, string},
};

/// One row for each.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create().table("credential_try").to_owned();
        for column in [string("id"), string("holder"), big_integer("failed_at")] {
            table.col(column);
        }
        manager.create_table(table.primary_key(Index::create().col("id")).to_owned()).await?;
        let index = Index::create().table("credential_try").name("credential_try_by_holder").col("holder").col("failed_at").to_owned();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("credential_try").to_owned()).await
    }
}
