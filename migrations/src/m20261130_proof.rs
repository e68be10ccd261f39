//! The link beside a mailbox code, and when a package was first fetched.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer_null, string_null},
};

/// Two columns.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("code").add_column(string_null("link")).to_owned()).await?;
        manager.create_index(Index::create().table("code").name("code_by_link").col("link").to_owned()).await?;
        manager.alter_table(Table::alter().table("package").add_column(big_integer_null("fetched_at")).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("code_by_link").table("code").to_owned()).await?;
        manager.alter_table(Table::alter().table("package").drop_column("fetched_at").to_owned()).await?;
        manager.alter_table(Table::alter().table("code").drop_column("link").to_owned()).await
    }
}
