//! The first schema: cases and their journal, effect rows, staff, letters, holds, the log.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, blob, blob_null, integer, small_integer, string, string_null, string_uniq, text, text_null},
};

/// The first schema.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in NAMES.iter().rev() {
            manager.drop_table(Table::drop().table(*name).if_exists().to_owned()).await?;
        }
        Ok(())
    }
}

#[rustfmt::skip]
const NAMES: [&str; 19] = [
    "definition", "cases", "event", "command", "task", "timer", "incident", "finding", "plan", "deferral", "letter", "package", "hold", "person",
    "session", "code", "leaf", "log_head", "checkpoint",
];

fn tables() -> Vec<TableCreateStatement> {
    [case_tables(), effect_tables(), evidence_tables(), people_tables()].concat()
}

fn table(name: &'static str, columns: Vec<ColumnDef>, key: &[&'static str]) -> TableCreateStatement {
    let mut table = Table::create().table(name).to_owned();
    for column in columns {
        table.col(column);
    }
    let mut primary = Index::create();
    for column in key {
        primary.col(*column);
    }
    table.primary_key(&mut primary).to_owned()
}

fn of_case(mut table: TableCreateStatement) -> TableCreateStatement {
    table.foreign_key(ForeignKey::create().from_col("case_id").to("cases", "id")).to_owned()
}

#[rustfmt::skip] // a table is read as a whole
fn case_tables() -> Vec<TableCreateStatement> {
    vec![
        table("definition", vec![string("sha"), string("name"), integer("version"), text("yaml"), big_integer("stored_at")], &["sha"]),
        table(
            "cases",
            vec![
                string("id"), small_integer("bucket"), string("right"), string("lang"), string("definition"), big_integer("rev"), string("phase"),
                text("state"), string("subject"), string_null("tier"), big_integer("received_at"), string("received_via"), big_integer_null("closed_at"),
                string("strict_due_on"), string("due_on"), string_null("keep_until"), blob_null("case_key"), blob_null("applicant"),
            ],
            &["id"],
        ),
        of_case(table(
            "event",
            vec![string("case_id"), big_integer("seq"), string_uniq("event_id"), big_integer("at"), string("actor"), string("kind"), text("body")],
            &["case_id", "seq"],
        )),
        of_case(table(
            "finding",
            vec![
                string("case_id"), string("system"), string("outcome"), big_integer("records"), big_integer("found_at"), string_null("problem"), blob_null("sealed"),
            ],
            &["case_id", "system"],
        )),
        of_case(table(
            "plan",
            vec![
                string("case_id"), string("hash"), big_integer("frozen_at"), string_null("approved_by"), big_integer_null("approved_at"), blob_null("sealed"),
            ],
            &["case_id", "hash"],
        )),
        of_case(table(
            "deferral",
            vec![
                string("case_id"), string("plan"), string("system"), string("due_on"), big_integer("items"), string_null("looked_on"), big_integer_null("done_at"),
                string_null("waits_for"),
            ],
            &["case_id", "system", "due_on"],
        )),
    ]
}

#[rustfmt::skip] // a table is read as a whole
fn effect_tables() -> Vec<TableCreateStatement> {
    vec![
        table(
            "command",
            vec![
                string("id"), small_integer("bucket"), string_null("case_id"), string_null("step"), string_null("branch"), string("action"), text("argument"),
                string_uniq("idempotency_key"), text("retry"), big_integer("due_at"), big_integer_null("lease_until"), string_null("worker"), big_integer("fence"),
                integer("attempt"), string_null("last_error"),
            ],
            &["id"],
        ),
        of_case(table(
            "task",
            vec![
                string("id"), string("case_id"), string("step"), string_null("branch"), string("form"), text("roles"), text("not_by"), text("shows"),
                big_integer("opened_at"), big_integer_null("due_at"), big_integer_null("closed_at"), string_null("outcome"), string_null("done_by"),
                blob_null("answer"),
            ],
            &["id"],
        )),
        of_case(table(
            "timer",
            vec![string("case_id"), string("step"), string("branch"), string("kind"), small_integer("bucket"), big_integer("due_at")],
            &["case_id", "step", "branch", "kind"],
        )),
        of_case(table(
            "incident",
            vec![
                string("id"), string("case_id"), string("step"), string_null("branch"), text("cause"), big_integer("opened_at"), big_integer_null("closed_at"),
                string_null("closed_by"), text_null("resolution"),
            ],
            &["id"],
        )),
        table(
            "letter",
            vec![
                string("id"), string_null("case_id"), string("kind"), string("lang"), big_integer("written_at"), big_integer_null("sent_at"), blob_null("sealed"),
            ],
            &["id"],
        ),
        of_case(table(
            "package",
            vec![
                string("case_id"), string("kind"), string("file"), big_integer("size"), string("sha256"), big_integer("made_at"), big_integer_null("expires_at"),
            ],
            &["case_id", "kind"],
        )),
    ]
}

#[rustfmt::skip] // a table is read as a whole
fn evidence_tables() -> Vec<TableCreateStatement> {
    vec![
        table(
            "hold",
            vec![
                string("id"), text("scope"), string("basis"), string("matter"), string("owner"), string("opened_on"), string("review_on"), string_null("released_on"),
                string("placed_by"), string_null("release_asked_by"),
            ],
            &["id"],
        ),
        table(
            "leaf",
            vec![big_integer("position"), big_integer("at"), string_null("case_id"), string("kind"), text("event"), blob("leaf")],
            &["position"],
        ),
        table("log_head", vec![integer("id"), big_integer("size"), blob("frontier")], &["id"]),
        table("checkpoint", vec![big_integer("size"), big_integer("at"), text("note")], &["size"]),
    ]
}

#[rustfmt::skip] // a table is read as a whole
fn people_tables() -> Vec<TableCreateStatement> {
    vec![
        table(
            "person",
            vec![
                string("id"), string_uniq("email"), string("name"), string("password"), blob("totp"), big_integer("totp_step"), text("roles"), text("systems"),
                integer("failures"), big_integer_null("locked_until"), big_integer("added_at"), big_integer_null("disabled_at"),
            ],
            &["id"],
        ),
        table(
            "session",
            vec![
                string("id"), string("face"), string_null("person"), string("csrf"), big_integer("begun_at"), big_integer("seen_at"), big_integer("ends_at"),
                blob("sealed"),
            ],
            &["id"],
        ),
        table(
            "code",
            vec![
                string("session"), string("mailbox"), string("hash"), big_integer("sent_at"), big_integer("ends_at"), integer("attempts"), big_integer_null("used_at"),
            ],
            &["session", "sent_at"],
        ),
    ]
}

fn indexes() -> Vec<IndexCreateStatement> {
    let index = |table: &'static str, columns: &[&'static str]| {
        let mut index = Index::create().table(table).name(format!("{table}_by_{}", columns.join("_"))).to_owned();
        for column in columns {
            index.col(*column);
        }
        index
    };
    vec![
        index("cases", &["subject"]),
        index("cases", &["phase", "due_on"]),
        index("command", &["bucket", "due_at"]),
        index("command", &["case_id"]),
        index("task", &["case_id", "closed_at"]),
        index("timer", &["bucket", "due_at"]),
        index("letter", &["case_id"]),
        index("deferral", &["due_on"]),
        index("leaf", &["case_id"]),
        index("session", &["ends_at"]),
        index("session", &["person"]),
        index("code", &["mailbox", "sent_at"]),
    ]
}
