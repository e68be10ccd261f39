//! Parts of findings: records sealed as they come out of a system and opened one after the other, so that never more than a few of
//! them are in memory, however much is held about one person.
//!
//! A part counts for nothing before a finding names its search; what a search wrote that came to nothing goes with the next answer.

use std::collections::{BTreeMap, VecDeque};

use habeas_core::law::record::{Record, Value};
use sea_orm::{ActiveValue::Set, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{
    Commit, Doing as _, Rows, Store, StoreError, Tx,
    case::Case,
    finding::{self, Finding},
    sealed,
};
use crate::{
    chance::Chance,
    keys::{CaseSeal, KeyError, Keys},
};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "finding_part")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub case_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub search: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
        pub system: String,
        /// Whose records; a piece of a value has none.
        pub collection: Option<String>,
        pub sealed: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Bytes of values that wait in memory; what is found beyond that is written. A person's usual records stay below it.
const ROOM: usize = 1 << 20;
/// In parts, a longer value stands apart from its record, so that it is read only where it is wanted.
const LONG: usize = 1 << 13;
/// A value that stands apart is cut into pieces of so many bytes.
const PIECE: usize = 1 << 19;
/// What a record costs beside its values.
const RECORD: usize = 256;

/// How much of each record is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Everything.
    Whole,
    /// [Cut](Record::brief) where there are so many that they stand in parts.
    Brief,
}

/// A record in a part.
#[derive(Debug, Serialize, Deserialize)]
struct Stored {
    record: Record,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    apart: Vec<Apart>,
}

/// A value of which only the beginning stands in its record.
#[derive(Debug, Serialize, Deserialize)]
struct Apart {
    field: String,
    first: i64,
    pieces: i64,
    bytes: usize,
}

/// Where a part was sealed for.
fn place(system: &str, search: &str, seq: i64) -> String {
    format!("finding:{system}:{search}:{seq}")
}

/// Whose records are written, and with what.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// Where.
    pub store: &'a Store,
    /// The case's key.
    pub seal: &'a CaseSeal,
    /// Nonces.
    pub chance: Chance,
    /// The case.
    pub case: &'a str,
    /// The system that is searched.
    pub system: &'a str,
}

/// Takes what one search finds.
pub struct Writer<'a> {
    desk: Desk<'a>,
    search: String,
    next: i64,
    waiting: BTreeMap<String, Waiting>,
    /// Sealed, to be written together.
    sealed: Vec<row::ActiveModel>,
    room: usize,
    records: u64,
}

#[derive(Default)]
struct Waiting {
    records: Vec<Record>,
    bytes: usize,
}

/// What a finding says of what was written.
pub struct Written {
    /// How many records.
    pub records: u64,
    /// Those that fit into one row.
    pub sealed: Vec<u8>,
    /// The search, if there are parts.
    pub parts: Option<String>,
}

impl<'a> Writer<'a> {
    /// A search of its own.
    pub fn new(desk: Desk<'a>) -> Result<Self, StoreError> {
        let search = desk.chance.id().map_err(KeyError::from)?;
        Ok(Self { desk, search, next: 0, waiting: BTreeMap::new(), sealed: Vec::new(), room: ROOM, records: 0 })
    }

    /// Takes a record in.
    pub async fn add(&mut self, record: Record) -> Result<(), StoreError> {
        let waiting = self.waiting.entry(record.collection.clone()).or_default();
        waiting.bytes += record.size() + RECORD;
        waiting.records.push(record);
        self.records += 1;
        while self.waiting.values().map(|waiting| waiting.bytes).sum::<usize>() > ROOM {
            self.seal_most().await?;
        }
        Ok(())
    }

    /// What was found, with collections in this order if it all fits into one row.
    pub async fn finish<'c>(mut self, order: impl Iterator<Item = &'c str>) -> Result<Written, StoreError> {
        if self.next > 0 {
            while !self.waiting.is_empty() {
                self.seal_most().await?;
            }
            self.write().await?;
        }
        let left: Vec<Record> = order.filter_map(|collection| self.waiting.remove(collection)).flat_map(|it| it.records).collect();
        let Desk { seal, chance, system, .. } = self.desk;
        let sealed = seal.seal(chance, &format!("finding:{system}"), &left)?;
        Ok(Written { records: self.records, sealed, parts: (self.next > 0).then_some(self.search) })
    }

    /// The search came to nothing.
    pub async fn discard(self) -> Result<(), StoreError> {
        if self.next == 0 {
            return Ok(());
        }
        let ours = row::Entity::delete_many().filter(row::Column::CaseId.eq(self.desk.case)).filter(row::Column::Search.eq(&self.search));
        ours.exec(&*self.desk.store.lone(Commit::Unsynced).await?).await.doing("removing the parts of a search")?;
        Ok(())
    }

    /// Seals the collection of which most waits.
    async fn seal_most(&mut self) -> Result<(), StoreError> {
        let most = self.waiting.iter().max_by_key(|(_, waiting)| waiting.bytes).map(|(collection, _)| collection.clone());
        let Some((collection, waiting)) = most.and_then(|most| self.waiting.remove_entry(&most)) else { return Ok(()) };
        let mut stored = Vec::with_capacity(waiting.records.len());
        for mut record in waiting.records {
            let apart = self.set_apart(&mut record).await?;
            stored.push(Stored { record, apart });
        }
        let sealed = self.desk.seal.seal(self.desk.chance, &self.place(), &stored)?;
        self.push(Some(collection), sealed).await
    }

    /// Seals long values piece by piece, and leaves their beginnings.
    async fn set_apart(&mut self, record: &mut Record) -> Result<Vec<Apart>, StoreError> {
        let mut apart = Vec::new();
        for (field, value) in &mut record.values {
            let bytes = match &*value {
                Value::Text(text) => text.as_bytes(),
                Value::Bytes(bytes) => bytes,
                _ => continue,
            };
            if bytes.len() <= LONG {
                continue;
            }
            let first = self.next;
            for piece in bytes.chunks(PIECE) {
                let sealed = self.desk.seal.seal_bytes(self.desk.chance, &self.place(), piece)?;
                self.push(None, sealed).await?;
            }
            apart.push(Apart { field: field.clone(), first, pieces: self.next - first, bytes: bytes.len() });
            value.cut();
            if let Some(value) = record.key.get_mut(field) {
                value.cut();
            }
        }
        Ok(apart)
    }

    fn place(&self) -> String {
        place(self.desk.system, &self.search, self.next)
    }

    async fn push(&mut self, collection: Option<String>, sealed: Vec<u8>) -> Result<(), StoreError> {
        self.room = self.room.saturating_sub(sealed.len());
        self.sealed.push(row::ActiveModel {
            case_id: Set(self.desk.case.to_owned()),
            search: Set(self.search.clone()),
            seq: Set(self.next),
            system: Set(self.desk.system.to_owned()),
            collection: Set(collection),
            sealed: Set(sealed),
        });
        self.next += 1;
        if self.room == 0 { self.write().await } else { Ok(()) }
    }

    /// On the disk with the next synced commit, which is the finding's or comes before it.
    async fn write(&mut self) -> Result<(), StoreError> {
        self.room = ROOM;
        let parts = std::mem::take(&mut self.sealed);
        if parts.is_empty() {
            return Ok(());
        }
        let conn = self.desk.store.lone(Commit::Unsynced).await?;
        row::Entity::insert_many(parts).exec_without_returning(&*conn).await.doing("storing parts of a finding")?;
        Ok(())
    }
}

/// Records of a case, one after the other: system by system, and in each in the order they were found.
pub struct Reading<'r, R> {
    rows: &'r R,
    seal: CaseSeal,
    case: String,
    collection: Option<String>,
    findings: VecDeque<Finding>,
    /// System, search and the last part that was opened.
    reached: Option<(String, String, i64)>,
    ready: VecDeque<Stored>,
}

impl<'r, R: Rows> Reading<'r, R> {
    /// All of them.
    pub async fn of_case(rows: &'r R, keys: &Keys, case: &Case) -> Result<Self, StoreError> {
        let findings = finding::of_case(rows, &case.id).await?.into();
        let (seal, case) = (sealed::key_of(keys, case)?, case.id.clone());
        Ok(Self { rows, seal, case, collection: None, findings, reached: None, ready: VecDeque::new() })
    }

    /// Those of one collection of one system.
    pub async fn of_kind(rows: &'r R, keys: &Keys, case: &Case, system: &str, collection: &str) -> Result<Self, StoreError> {
        let mut all = Self::of_case(rows, keys, case).await?;
        all.findings.retain(|finding| finding.system == system);
        all.collection = Some(collection.to_owned());
        Ok(all)
    }

    /// The next one.
    pub async fn next(&mut self, depth: Depth) -> Result<Option<Record>, StoreError> {
        loop {
            if let Some(stored) = self.ready.pop_front() {
                return self.opened(stored, depth).await.map(Some);
            }
            if !self.open_part().await? && !self.open_finding()? {
                return Ok(None);
            }
        }
    }

    async fn open_part(&mut self) -> Result<bool, StoreError> {
        let Some((system, search, after)) = &mut self.reached else { return Ok(false) };
        let part = row::Entity::find()
            .filter(row::Column::CaseId.eq(&self.case))
            .filter(row::Column::Search.eq(&*search))
            .filter(row::Column::Seq.gt(*after))
            .filter(self.collection.as_ref().map_or_else(|| row::Column::Collection.is_not_null(), |it| row::Column::Collection.eq(it)));
        let part = part.order_by_asc(row::Column::Seq).limit(1).one(self.rows.conn().await?).await.doing(READING)?;
        match part {
            Some(part) => {
                *after = part.seq;
                self.ready = self.seal.open(&place(system, search, part.seq), &part.sealed)?;
            }
            None => self.reached = None,
        }
        Ok(true)
    }

    fn open_finding(&mut self) -> Result<bool, StoreError> {
        let Some(finding) = self.findings.pop_front() else { return Ok(false) };
        if let Some(sealed) = &finding.sealed {
            let mut records: Vec<Record> = self.seal.open(&format!("finding:{}", finding.system), sealed)?;
            records.retain(|record| self.collection.as_ref().is_none_or(|wanted| record.collection == *wanted));
            self.ready = records.into_iter().map(|record| Stored { record, apart: Vec::new() }).collect();
            self.reached = finding.parts.map(|search| (finding.system, search, -1));
        }
        Ok(true)
    }

    async fn opened(&self, Stored { mut record, apart }: Stored, depth: Depth) -> Result<Record, StoreError> {
        let Some((system, search, _)) = &self.reached else { return Ok(record) };
        if depth == Depth::Brief {
            return Ok(record.brief());
        }
        for Apart { field, first, pieces, bytes } in apart {
            let mut whole = Vec::with_capacity(bytes);
            for seq in first..first + pieces {
                let part =
                    row::Entity::find_by_id((self.case.clone(), search.clone(), seq)).one(self.rows.conn().await?).await.doing(READING)?;
                let part = part.ok_or(StoreError::Unreadable { doing: READING, column: "sealed" })?;
                whole.extend_from_slice(&self.seal.open_bytes(&place(system, search, seq), &part.sealed)?);
            }
            let whole = match record.value(&field) {
                Value::Text(_) => Value::Text(String::from_utf8(whole).map_err(|_| KeyError::Shape)?),
                _ => Value::Bytes(whole),
            };
            if let Some(key) = record.key.get_mut(&field) {
                key.clone_from(&whole);
            }
            record.values.insert(field, whole);
        }
        Ok(record)
    }
}

const READING: &str = "reading a part of a finding";

/// Removes what other searches of the same system wrote.
pub(in crate::store) async fn keep_only(tx: &Tx, finding: &Finding) -> Result<(), StoreError> {
    let mut others =
        row::Entity::delete_many().filter(row::Column::CaseId.eq(&finding.case)).filter(row::Column::System.eq(&finding.system));
    if let Some(search) = &finding.parts {
        others = others.filter(row::Column::Search.ne(search));
    }
    others.exec(tx.writing().await?).await.doing("removing the parts of an earlier finding")?;
    Ok(())
}

/// Removes the parts of a case.
pub(in crate::store) async fn forget(tx: &Tx, case: &str) -> Result<(), StoreError> {
    row::Entity::delete_many()
        .filter(row::Column::CaseId.eq(case))
        .exec(tx.writing().await?)
        .await
        .doing("forgetting a case's findings")?;
    Ok(())
}
