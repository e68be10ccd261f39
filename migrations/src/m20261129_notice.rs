//! Notices: which recipient was told of a change, and what it answered.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, blob, string, string_null},
};

/// One row for each time that a recipient was told.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create().table("notice").to_owned();
        for column in [
            string("id"),
            string("case_id"),
            string("recipient"),
            big_integer("made_at"),
            string_null("link"),
            big_integer_null("link_ends_at"),
            blob("sealed"),
        ] {
            table.col(column);
        }
        manager.create_table(table.primary_key(Index::create().col("id")).to_owned()).await?;
        for (name, column) in [("notice_by_case", "case_id"), ("notice_by_link", "link")] {
            manager.create_index(Index::create().table("notice").name(name).col(column).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("notice").to_owned()).await
    }
}
