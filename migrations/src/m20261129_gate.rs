//! The gate: what other systems ask before they use a person's data, who may ask, and what restricted data was used for all the same.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, blob, boolean, integer, string, text},
};

/// What is in force by index, clients, uses, and whether everything stands in it.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Cases of an older version stand in no row yet: until somebody lets them, nobody may conclude from a missing row.
const STATE: &str = "INSERT INTO gate_state (id, whole) SELECT 1, NOT EXISTS (SELECT 1 FROM cases \
     WHERE \"right\" IN ('restriction', 'objection', 'consent-withdrawal'))";

fn tables() -> [TableCreateStatement; 4] {
    let table = |name: &'static str, columns: Vec<ColumnDef>, key: &'static str| {
        let mut table = Table::create().table(name).to_owned();
        for column in columns {
            table.col(column);
        }
        table.primary_key(Index::create().col(key)).to_owned()
    };
    [
        table(
            "gate_entry",
            vec![
                string("case_id"),
                string("key_id"),
                string("person"),
                string("ground"),
                big_integer("since"),
                text("scope"),
                blob("sealed"),
            ],
            "case_id",
        ),
        table(
            "gate_client",
            vec![string("name"), string("hash"), integer("per_second"), big_integer("added_at"), big_integer_null("revoked_at")],
            "name",
        ),
        table(
            "gate_use",
            vec![string("id"), string("case_id"), string("client"), string("purpose"), big_integer("used_at"), blob("sealed")],
            "id",
        ),
        table("gate_state", vec![integer("id"), boolean("whole")], "id"),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        for (name, table, column) in [("gate_by_person", "gate_entry", "person"), ("gate_use_by_case", "gate_use", "case_id")] {
            manager.create_index(Index::create().table(table).name(name).col(column).to_owned()).await?;
        }
        manager.get_connection().execute_unprepared(STATE).await.map(|_| ())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["gate_state", "gate_use", "gate_client", "gate_entry"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
