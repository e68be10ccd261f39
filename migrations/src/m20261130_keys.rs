//! Case keys stand in a store of their own: a case says itself when it was shredded, and the log's events are sealed.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, blob_null, integer, string},
};

/// Room for what moves. The keys themselves, which need both stores, are moved when a house is opened.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("cases").add_column(big_integer_null("shredded_at")).to_owned()).await?;
        manager.alter_table(Table::alter().table("leaf").add_column(blob_null("sealed")).to_owned()).await?;
        let mut table = Table::create().table("key_store").to_owned();
        for column in [integer("id"), string("name"), big_integer("plain_until")] {
            table.col(column);
        }
        table.primary_key(Index::create().col("id"));
        manager.create_table(table).await?;
        let conn = manager.get_connection();
        conn.execute_unprepared("UPDATE cases SET shredded_at = COALESCE(closed_at, 0) WHERE case_key IS NULL").await?;
        let so_far = "INSERT INTO key_store (id, name, plain_until) VALUES (1, '', COALESCE((SELECT size FROM log_head WHERE id = 1), 0))";
        conn.execute_unprepared(so_far).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("key_store").to_owned()).await?;
        manager.alter_table(Table::alter().table("leaf").drop_column("sealed").to_owned()).await?;
        manager.alter_table(Table::alter().table("cases").drop_column("shredded_at").to_owned()).await
    }
}
