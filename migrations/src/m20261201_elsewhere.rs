//! Who works here and is known at a provider, which sessions began at one, and what providers have ended already.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, string, string_null},
};

/// Three tables. Whom a provider knows stands in none of them: only a keyed hash of it.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create().table("provider_link").to_owned();
        for column in [string("subject"), string("id"), string("person"), string("provider"), string("roles"), big_integer("linked_at")] {
            table.col(column);
        }
        table.col(big_integer_null("used_at"));
        manager.create_table(table.primary_key(Index::create().col("subject")).to_owned()).await?;
        let mut index = Index::create().table("provider_link").name("provider_link_by_person").to_owned();
        manager.create_index(index.col("person").to_owned()).await?;

        let mut table = Table::create().table("session_elsewhere").to_owned();
        table.col(string("session")).col(string("subject")).col(string_null("sid"));
        let key = Index::create().col("session").col("subject").to_owned();
        manager.create_table(table.primary_key(&mut key.clone()).to_owned()).await?;
        let mut index = Index::create().table("session_elsewhere").name("session_elsewhere_by_subject").to_owned();
        manager.create_index(index.col("subject").to_owned()).await?;
        let mut index = Index::create().table("session_elsewhere").name("session_elsewhere_by_sid").to_owned();
        manager.create_index(index.col("sid").to_owned()).await?;

        let mut table = Table::create().table("logout_token").to_owned();
        table.col(string("id")).col(big_integer("ends_at"));
        manager.create_table(table.primary_key(Index::create().col("id")).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["provider_link", "session_elsewhere", "logout_token"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
