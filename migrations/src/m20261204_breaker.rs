//! How many people's data were erased within the hour, and when that was too many.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, boolean, string, text_null},
};

/// Stops, the cases that are counted, and one row that whoever counts holds on to.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut turn = Table::create().table("breaker").to_owned();
        manager.create_table(turn.col(string("id")).primary_key(Index::create().col("id")).to_owned()).await?;
        manager.get_connection().execute_unprepared("INSERT INTO breaker (id) VALUES ('erasures')").await?;
        let mut stop = Table::create().table("breaker_stop").to_owned();
        for column in [string("id"), big_integer("stopped_at"), big_integer("cases"), boolean("told")] {
            stop.col(column);
        }
        for column in ["asked_by", "asked_why", "agreed_by", "agreed_why"] {
            stop.col(text_null(column));
        }
        stop.col(big_integer_null("released_at"));
        manager.create_table(stop.primary_key(Index::create().col("id")).to_owned()).await?;
        let mut counted = Table::create().table("breaker_case").to_owned();
        for column in [string("case_id"), big_integer("at"), boolean("let_go")] {
            counted.col(column);
        }
        manager.create_table(counted.primary_key(Index::create().col("case_id")).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["breaker_case", "breaker_stop", "breaker"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
