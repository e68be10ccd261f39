//! When a person was reminded of a copy that nobody has opened.

use sea_orm_migration::{prelude::*, schema::big_integer_null};

/// One column beside when it was fetched.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("package").add_column(big_integer_null("reminded_at")).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("package").drop_column("reminded_at").to_owned()).await
    }
}
