//! Files that go with messages between a person and whoever handles her case.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, blob, integer, string},
};

/// One row for each file; its name and what is in it are sealed apart, so that a list need not open files.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create().table("message_file").to_owned();
        for column in
            [string("id"), string("case_id"), string("message_id"), integer("place"), big_integer("size"), blob("named"), blob("sealed")]
        {
            table.col(column);
        }
        manager.create_table(table.primary_key(Index::create().col("id")).to_owned()).await?;
        manager.create_index(Index::create().table("message_file").name("message_file_by_case").col("case_id").to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("message_file").to_owned()).await
    }
}
