//! Pictures of shielded documents: that one was shown, who looks at it, and that it is gone. The picture itself stands in no row.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, string, string_null},
};

/// One row for each picture.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create().table("document").to_owned();
        for column in [
            string("id"),
            string("case_id"),
            string("file"),
            string("mark"),
            big_integer("shown_at"),
            string_null("taken_by"),
            big_integer_null("gone_at"),
        ] {
            table.col(column);
        }
        manager.create_table(table.primary_key(Index::create().col("id")).to_owned()).await?;
        for (name, column) in [("document_by_case", "case_id"), ("document_by_mark", "mark"), ("document_by_gone", "gone_at")] {
            manager.create_index(Index::create().table("document").name(name).col(column).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("document").to_owned()).await
    }
}
