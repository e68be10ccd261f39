//! Schema of the store of case keys, which is a database or a schema of its own.

use sea_orm_migration::{
    prelude::*,
    schema::{blob, string},
    sea_orm::DbBackend,
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
        name.col(string("name")).primary_key(Index::create().col("name"));
        manager.create_table(name).await?;
        let random = match manager.get_database_backend() {
            DbBackend::Sqlite => "lower(hex(randomblob(16)))",
            _ => "replace(gen_random_uuid()::text, '-', '')",
        };
        manager.get_connection().execute_unprepared(&format!("INSERT INTO key_store (name) VALUES ({random})")).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("key_store").to_owned()).await?;
        manager.drop_table(Table::drop().table("case_key").to_owned()).await
    }
}

/// Whether the cases of a database still carry their keys, as they did before there was a key store.
pub async fn cases_carry_keys(conn: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let sql = match conn.get_database_backend() {
        DbBackend::Sqlite => "SELECT 1 FROM pragma_table_info('cases') WHERE name = 'case_key'",
        _ => {
            "SELECT 1 FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = 'cases' AND column_name = 'case_key'"
        }
    };
    Ok(conn.query_one_raw(sea_orm_migration::sea_orm::Statement::from_string(conn.get_database_backend(), sql)).await?.is_some())
}
