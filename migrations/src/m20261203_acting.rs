//! Who asks for somebody else: as what, about whom (a blind index of her mailbox), and who gets the answer once that is decided.

use sea_orm_migration::{prelude::*, schema::string_null};

/// Three columns of a case; all empty where somebody asks for herself.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const COLUMNS: [&str; 3] = ["acting", "concerns", "answer_to"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in COLUMNS {
            manager.alter_table(Table::alter().table("cases").add_column(string_null(column)).to_owned()).await?;
        }
        manager.create_index(Index::create().table("cases").name("cases_by_concerned").col("concerns").to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().table("cases").name("cases_by_concerned").to_owned()).await?;
        for column in COLUMNS {
            manager.alter_table(Table::alter().table("cases").drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
