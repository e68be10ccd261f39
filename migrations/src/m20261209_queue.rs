//! What the desk's queue is read by: open cases by the day they are due, closed ones by when they closed, tasks that are open.

use sea_orm_migration::prelude::*;

/// Three indexes.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const INDEXES: [(&str, &str, &[&str]); 3] = [
    ("cases", "cases_by_phase_strict_due_on", &["phase", "strict_due_on", "id"]),
    ("cases", "cases_by_closed_at", &["closed_at"]),
    ("task", "task_by_closed_at", &["closed_at"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, name, columns) in INDEXES {
            let mut index = Index::create().table(table).name(name).to_owned();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, name, _) in INDEXES {
            manager.drop_index(Index::drop().table(table).name(name).to_owned()).await?;
        }
        Ok(())
    }
}
