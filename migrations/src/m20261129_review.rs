//! Reviews of legal holds: when somebody is called to one next, and which were put off.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, blob, string, string_null},
};

/// The column that holds gained, and one row for each review that was put off.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("hold").add_column(string_null("remind_on")).to_owned()).await?;
        manager.create_index(Index::create().table("hold").name("hold_by_remind_on").col("remind_on").to_owned()).await?;
        let mut table = Table::create().table("hold_review").to_owned();
        for column in
            [string("id"), string("hold_id"), string("put_off_by"), big_integer("put_off_at"), string("review_on"), blob("sealed")]
        {
            table.col(column);
        }
        manager.create_table(table.primary_key(Index::create().col("id")).to_owned()).await?;
        manager.create_index(Index::create().table("hold_review").name("hold_review_by_hold").col("hold_id").to_owned()).await?;
        // Holds that are in force already are called from now on: two weeks before their review, or at once where that day is over.
        let is_sqlite = manager.get_database_backend().as_str() == "Sqlite";
        let ahead = if is_sqlite { "date(review_on, '-14 days')" } else { "to_char(review_on::date - 14, 'YYYY-MM-DD')" };
        let call = format!("UPDATE hold SET remind_on = {ahead} WHERE released_on IS NULL");
        manager.get_connection().execute_unprepared(&call).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("hold_review").to_owned()).await?;
        manager.drop_index(Index::drop().table("hold").name("hold_by_remind_on").to_owned()).await?;
        manager.alter_table(Table::alter().table("hold").drop_column("remind_on").to_owned()).await
    }
}
