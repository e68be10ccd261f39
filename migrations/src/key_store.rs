//! Schema of the store of case keys, which is a database or a schema of its own.

use sea_orm_migration::{
    prelude::*,
    schema::{blob, integer, string},
};

/// Every migration of the key store, oldest first.
#[derive(Debug)]
pub struct KeyMigrator;

impl MigratorTrait for KeyMigrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(First)]
    }
}

/// Keys by case, and a name by which a database knows its key store again.
#[derive(Debug)]
struct First;

impl MigrationName for First {
    fn name(&self) -> &'static str {
        "m20261130_key_store"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for First {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut keys = Table::create().table("case_key").to_owned();
        keys.col(string("case_id")).col(blob("wrapped")).primary_key(Index::create().col("case_id"));
        manager.create_table(keys).await?;
        let mut name = Table::create().table("key_store").to_owned();
        name.col(integer("id")).col(string("name")).primary_key(Index::create().col("id"));
        manager.create_table(name).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("key_store").to_owned()).await?;
        manager.drop_table(Table::drop().table("case_key").to_owned()).await
    }
}
