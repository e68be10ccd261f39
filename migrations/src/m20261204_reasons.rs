//! Why erasures may go on is written by people about people: it is sealed. Reasons of before stood open; they go.

use sea_orm_migration::{
    prelude::*,
    schema::{binary_null, text_null},
};

/// The two reasons of a stop: open before, sealed now.
const REASONS: [(&str, &str); 2] = [("asked_why", "asked_sealed"), ("agreed_why", "agreed_sealed")];

/// Sealed reasons in the place of open ones.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (open, sealed) in REASONS {
            manager.alter_table(Table::alter().table("breaker_stop").drop_column(open).to_owned()).await?;
            manager.alter_table(Table::alter().table("breaker_stop").add_column(binary_null(sealed)).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (open, sealed) in REASONS {
            manager.alter_table(Table::alter().table("breaker_stop").drop_column(sealed).to_owned()).await?;
            manager.alter_table(Table::alter().table("breaker_stop").add_column(text_null(open)).to_owned()).await?;
        }
        Ok(())
    }
}
