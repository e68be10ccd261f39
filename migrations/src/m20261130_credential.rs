//! What people prove themselves with beside a password, and invitations to come in.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, blob, string},
};

/// One row for each credential; the secret of everybody's authenticator moves there.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create().table("credential").to_owned();
        for column in [string("id"), string("holder"), string("kind"), string("label"), blob("sealed"), big_integer("step")] {
            table.col(column);
        }
        table.col(big_integer("added_at")).col(big_integer_null("used_at"));
        manager.create_table(table.primary_key(Index::create().col("id")).to_owned()).await?;
        manager.create_index(Index::create().table("credential").name("credential_by_holder").col("holder").to_owned()).await?;
        let moved = "INSERT INTO credential (id, holder, kind, label, sealed, step, added_at, used_at) \
                     SELECT 'totp-' || id, id, 'totp', '', totp, totp_step, added_at, NULL FROM person";
        manager.get_connection().execute_unprepared(moved).await?;
        for column in ["totp", "totp_step"] {
            manager.alter_table(Table::alter().table("person").drop_column(column).to_owned()).await?;
        }
        let mut table = Table::create().table("invitation").to_owned();
        for column in [string("hash"), string("person"), big_integer("sent_at"), big_integer("ends_at")] {
            table.col(column);
        }
        manager.create_table(table.primary_key(Index::create().col("person")).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut back = Table::alter().table("person").to_owned();
        manager.alter_table(back.add_column(ColumnDef::new("totp").blob().not_null().default(Vec::<u8>::new())).to_owned()).await?;
        let mut back = Table::alter().table("person").to_owned();
        manager.alter_table(back.add_column(ColumnDef::new("totp_step").big_integer().not_null().default(0)).to_owned()).await?;
        let kept = "UPDATE person SET (totp, totp_step) = (SELECT sealed, step FROM credential WHERE holder = person.id AND kind = 'totp') \
                    WHERE EXISTS (SELECT 1 FROM credential WHERE holder = person.id AND kind = 'totp')";
        manager.get_connection().execute_unprepared(kept).await?;
        manager.drop_table(Table::drop().table("credential").to_owned()).await?;
        manager.drop_table(Table::drop().table("invitation").to_owned()).await
    }
}
