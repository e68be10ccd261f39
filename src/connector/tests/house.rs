//! A folder with databases, the data map of them, and plans over them.

use std::{collections::BTreeMap, path::PathBuf};

use habeas_core::law::{
    decide::{FieldDecision, Verdict},
    hold::Whose,
    identifier::Identifier,
    lang::Text,
    map::{Collection, Connection as Reach, DataType, Direction, Field, Reference, System},
    plan::{Act, Clearance, Cleared, ErasureStep, Frozen, Plan, SystemPlan, clear},
    record::{Key, Record, Value},
    tier::Tier,
};
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteSynchronous},
};
use tempfile::TempDir;

use crate::connector::{Caps, ConnectorError, Connectors, Erased, SchemaProblem, Verified};

/// Databases in a temporary folder and how they are mapped.
pub(super) struct House {
    folder: TempDir,
    pub(super) systems: Vec<System>,
    pub(super) caps: Caps,
}

impl House {
    pub(super) fn new() -> Self {
        let caps = Caps { lock: std::time::Duration::from_millis(50), ..Caps::default() };
        Self { folder: TempDir::new().unwrap(), systems: Vec::new(), caps }
    }

    /// Adds a system whose file is made by running SQL.
    pub(super) async fn with(mut self, key: &str, sql: &str, collections: Vec<Collection>) -> Self {
        self.systems.push(System {
            key: key.to_owned(),
            label: Text::default(),
            connection: Reach::Sqlite { path: format!("{key}.db") },
            collections,
        });
        self.run(key, sql).await;
        self
    }

    pub(super) fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    /// A connection of somebody else.
    pub(super) async fn visitor(&self, key: &str) -> SqliteConnection {
        let file = self.path(&format!("{key}.db"));
        SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .foreign_keys(false)
            .synchronous(SqliteSynchronous::Off)
            .connect()
            .await
            .unwrap()
    }

    /// Runs SQL as somebody else.
    pub(super) async fn run(&self, key: &str, sql: &str) {
        let mut visitor = self.visitor(key).await;
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut visitor).await.unwrap();
        visitor.close().await.unwrap();
    }

    /// Rows of a table as `a|b`, in order.
    pub(super) async fn rows(&self, key: &str, columns: &str, table: &str) -> Vec<String> {
        let mut visitor = self.visitor(key).await;
        let columns = columns.split(',').map(|column| format!("ifnull({column}, 'NULL')")).collect::<Vec<_>>().join(" || '|' || ");
        let sql = format!("SELECT CAST({columns} AS TEXT) FROM {table} ORDER BY 1");
        let rows = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut visitor).await.unwrap();
        visitor.close().await.unwrap();
        rows
    }

    pub(super) fn connectors(&self) -> Connectors {
        Connectors::with_caps(&self.systems, self.folder.path(), self.caps)
    }

    pub(super) async fn erase(&self, part: &SystemPlan) -> Result<Erased, ConnectorError> {
        self.connectors().get(&part.system)?.erase(&cleared(part), "case-1").await
    }

    pub(super) async fn verify(&self, part: &SystemPlan) -> Result<Verified, ConnectorError> {
        self.connectors().get(&part.system)?.verify(part).await
    }

    pub(super) async fn check(&self, key: &str) -> Vec<SchemaProblem> {
        self.connectors().check(&self.systems).await.remove(key).unwrap().unwrap()
    }
}

pub(super) fn table(name: &str, fields: impl IntoIterator<Item = Field>) -> Collection {
    Collection {
        name: name.to_owned(),
        label: Text::default(),
        purpose: Text::default(),
        legal_basis: String::new(),
        source: Text::default(),
        recipients: Vec::new(),
        fields: fields.into_iter().collect(),
        restriction: None,
        marketing: false,
        append_only: false,
    }
}

pub(super) fn plain(name: &str) -> Field {
    Field {
        name: name.to_owned(),
        label: Text::default(),
        categories: Vec::new(),
        kinds: &[],
        primary_key: false,
        identity: None,
        references: Vec::new(),
        read_only: false,
        third_person: false,
        technical: false,
        data: DataType::Text,
        marketing: false,
        provided: false,
    }
}

pub(super) fn key(name: &str) -> Field {
    Field { primary_key: true, technical: true, ..plain(name) }
}

pub(super) fn identity(name: &str, kind: &str) -> Field {
    Field { identity: Some(kind.to_owned()), ..plain(name) }
}

pub(super) fn email() -> Field {
    identity("email", "email")
}

/// Values come from `system.collection.field`.
pub(super) fn from(name: &str, other: &str) -> Field {
    refers(plain(name), other, Direction::From)
}

/// Values go to `system.collection.field`.
pub(super) fn to(name: &str, other: &str) -> Field {
    refers(plain(name), other, Direction::To)
}

pub(super) fn refers(mut field: Field, other: &str, direction: Direction) -> Field {
    let parts: Vec<&str> = other.split('.').collect();
    let [system, collection, other] = parts[..] else { panic!("{other}") };
    field.references.push(Reference { system: system.to_owned(), collection: collection.to_owned(), field: other.to_owned(), direction });
    field
}

pub(super) fn proven(kind: &str, value: &str) -> Identifier {
    Identifier::parse(kind, value).unwrap()
}

pub(super) fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

/// `{"id": 5}`.
pub(super) fn id(number: i64) -> Key {
    Key::from([("id".to_owned(), Value::Integer(number))])
}

pub(super) fn keep(collection: &str, key: Key) -> ErasureStep {
    ErasureStep { collection: collection.to_owned(), key, print: None, act: Act::Keep, decisions: Vec::new() }
}

pub(super) fn delete(collection: &str, key: Key) -> ErasureStep {
    ErasureStep { act: Act::Delete, ..keep(collection, key) }
}

pub(super) fn empty(collection: &str, key: Key, fields: &[&str]) -> ErasureStep {
    let fields: Vec<String> = fields.iter().map(|&field| field.to_owned()).collect();
    let decision = |field: &String| FieldDecision { field: field.clone(), verdict: Verdict::Erase, because: Vec::new(), delete_by: None };
    ErasureStep { decisions: fields.iter().map(decision).collect(), act: Act::Clear { fields }, ..keep(collection, key) }
}

pub(super) fn part(system: &str, steps: impl IntoIterator<Item = ErasureStep>) -> SystemPlan {
    SystemPlan { system: system.to_owned(), steps: steps.into_iter().collect() }
}

/// Through the one gate there is.
pub(super) fn cleared(part: &SystemPlan) -> Cleared<SystemPlan> {
    let plan = Plan { case: "case-1".to_owned(), floor: Tier::SecondItem, systems: vec![part.clone()] };
    let frozen = Frozen::new(plan).unwrap();
    let with = Clearance {
        tier: Some(Tier::SecondItem),
        approved: Some(frozen.hash()),
        holds: &[],
        whose: Whose { subjects: &[], case: "case-1" },
        today: jiff::civil::date(2026, 11, 20),
    };
    clear(&frozen, &part.system, with).unwrap()
}

/// `collection/key` of records, in order.
pub(super) fn names(records: &[Record]) -> Vec<String> {
    let key = |key: &Key| key.values().map(Value::to_text).collect::<Vec<_>>().join("+");
    records.iter().map(|record| format!("{}/{}", record.address(), key(&record.key))).collect()
}

/// Occurrences of bytes in a system's file and the files beside it.
pub(super) fn scan(house: &House, key: &str, marker: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for suffix in ["db", "db-wal", "db-journal"] {
        let file = format!("{key}.{suffix}");
        if let Ok(bytes) = std::fs::read(house.path(&file)) {
            let hits = String::from_utf8_lossy(&bytes).matches(marker).count();
            if hits > 0 {
                found.insert(file, hits);
            }
        }
    }
    found
}
