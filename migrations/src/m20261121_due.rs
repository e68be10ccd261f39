//! Queues are asked for what has been due longest: their indexes begin with the due time.

use sea_orm_migration::prelude::*;

/// Timers and commands by due time.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["timer", "command"] {
            manager.drop_index(Index::drop().table(table).name(format!("{table}_by_bucket_due_at")).to_owned()).await?;
            manager.create_index(Index::create().table(table).name(format!("{table}_by_due_at")).col("due_at").to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["timer", "command"] {
            manager.drop_index(Index::drop().table(table).name(format!("{table}_by_due_at")).to_owned()).await?;
            let old = Index::create().table(table).name(format!("{table}_by_bucket_due_at")).col("bucket").col("due_at").to_owned();
            manager.create_index(old).await?;
        }
        Ok(())
    }
}
