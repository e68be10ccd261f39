//! What a system holds about one person may be more than one row can take: the records stand in parts, written as they come.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, blob, string, string_null},
};

/// Parts of findings.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("finding").add_column(string_null("parts")).to_owned()).await?;
        let mut table = Table::create().table("finding_part").to_owned();
        for column in [string("case_id"), string("search"), big_integer("seq"), string("system"), string_null("collection"), blob("sealed")]
        {
            table.col(column);
        }
        table.primary_key(Index::create().col("case_id").col("search").col("seq"));
        table.foreign_key(ForeignKey::create().from_col("case_id").to("cases", "id"));
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("finding_part").to_owned()).await?;
        manager.alter_table(Table::alter().table("finding").drop_column("parts").to_owned()).await
    }
}
