//! What a person did in a system where the house could not: the checklist ticked, what was found, the evidence.

use std::collections::BTreeMap;

use data_encoding::BASE64;
use habeas_core::law::{
    connection::manual::Duty,
    handed,
    map::{Collection, System},
    record::{Key, Record, Value},
    upload::{self, Upload},
};

use super::{
    catalogue,
    door::Inside,
    fact::Fact,
    refusal::{Problem, Refusal},
};
use crate::{
    keys::sha256,
    store::{
        case::Case,
        finding::{self, Finding},
        sealed,
        task::Task,
    },
};

/// The field of a form that holds the rows of a collection.
pub const ROWS: &str = "rows-";
/// The field of a form that holds the files of a collection.
pub const FILE: &str = "file-";
/// The field of a form that holds the evidence.
pub const EVIDENCE: &str = "evidence";
/// The tick that says that nothing is held.
pub const NOTHING: &str = "nothing";

/// A form about one system, as it was handed in.
pub(super) struct Handed<'a> {
    pub(super) fields: &'a BTreeMap<String, String>,
    pub(super) files: &'a [Upload],
}

/// Takes what was done by hand: everything that is wrong is told, else what was found is kept and the facts are told.
/// What is left of the fields goes into the sealed answer.
pub(super) async fn take(
    inside: &Inside<'_>,
    case: &Case,
    task: &Task,
    handed: Handed<'_>,
) -> Result<(BTreeMap<String, String>, Vec<Fact>), Refusal> {
    let duties = catalogue::form(&task.form).duties;
    let system = task.branch.as_deref().and_then(|key| inside.organisation.system(key)).filter(|_| !duties.is_empty());
    let Some(system) = system else {
        let stray = handed.files.iter().map(|file| Problem::new(file.field.clone(), "file-not-asked"));
        let stray: Vec<Problem> = stray.collect();
        return if stray.is_empty() { Ok((handed.fields.clone(), Vec::new())) } else { Err(Refusal::Invalid(stray)) };
    };
    let mut problems = handed.problems(system, duties);
    let found = if duties.contains(&Duty::Find) { handed.found(inside, case, system, &mut problems)? } else { Vec::new() };
    if !problems.is_empty() {
        return Err(Refusal::Invalid(problems));
    }
    let mut fields = handed.fields.clone();
    fields.retain(|name, _| !name.starts_with(ROWS));
    let ticked: Vec<&str> = handed.fields.keys().map(String::as_str).filter(|name| is_tick(system, duties, name)).collect();
    let mut fact = Fact::of_case("system-signed-off", &case.id).with("system", &system.key).with("step", &task.step);
    if !ticked.is_empty() {
        fact = fact.with("ticked", ticked.join(" "));
    }
    if let Some(evidence) = handed.files.iter().find(|file| file.field == EVIDENCE) {
        fact = fact.with("evidence", sha256(&evidence.bytes));
        fields.insert("evidence-name".to_owned(), evidence.accept().unwrap_or_default());
        fields.insert("evidence-file".to_owned(), BASE64.encode(&evidence.bytes));
    }
    let mut facts = vec![fact];
    if duties.contains(&Duty::Find) && (system.is_manual() || !found.is_empty()) {
        facts.push(keep(inside, case, system, &found).await?);
    }
    Ok((fields, facts))
}

fn is_tick(system: &System, duties: &[Duty], name: &str) -> bool {
    system.ticks(duties).iter().any(|(known, _)| known == name)
}

impl Handed<'_> {
    /// Steps not ticked, files that are not what they should be.
    fn problems(&self, system: &System, duties: &[Duty]) -> Vec<Problem> {
        let missing = system.ticks(duties).into_iter().filter(|(name, _)| !self.fields.contains_key(name));
        let mut problems: Vec<Problem> = missing.map(|(name, _)| Problem::new(name, "tick-missing")).collect();
        problems.extend(upload::too_much(self.files).map(|code| Problem::new(EVIDENCE, code)));
        problems.extend(self.files.iter().filter_map(|file| Some(Problem::new(file.field.clone(), file.accept().err()?))));
        let evidence = self.files.iter().filter(|file| file.field == EVIDENCE).count();
        problems.extend((evidence > 1).then(|| Problem::new(EVIDENCE, "files-too-many")));
        let expected =
            |name: &str| name == EVIDENCE || (duties.contains(&Duty::Find) && (name.starts_with(ROWS) || name.starts_with(FILE)));
        problems
            .extend(self.files.iter().filter(|file| !expected(&file.field)).map(|file| Problem::new(file.field.clone(), "file-not-asked")));
        problems
    }

    /// Every record handed in, in the order of the data map.
    fn found(&self, inside: &Inside<'_>, case: &Case, system: &System, problems: &mut Vec<Problem>) -> Result<Vec<Record>, Refusal> {
        let applicant = sealed::applicant(inside.keys, case)?;
        let stop = applicant.asked.by_mailbox(case.right);
        let wanted = |collection: &&Collection| stop.is_none_or(|stop| stop.touches(collection));
        let mut found = Vec::new();
        for collection in system.collections.iter().filter(wanted) {
            found.extend(self.records(system, collection, applicant.person(), problems));
        }
        let known = |name: &str| system.collections.iter().filter(wanted).any(|collection| collection.name == name);
        for name in self.fields.keys().filter(|name| name.strip_prefix(ROWS).is_some_and(|rest| !known(rest))) {
            problems.push(Problem::new(name.clone(), "rows-not-asked"));
        }
        let says_nothing = self.fields.contains_key(NOTHING);
        if system.is_manual() && problems.is_empty() && says_nothing != found.is_empty() {
            problems.push(Problem::new(NOTHING, if says_nothing { "nothing-and-rows" } else { "nothing-missing" }));
        }
        Ok(found)
    }

    fn records(&self, system: &System, collection: &Collection, email: &str, problems: &mut Vec<Problem>) -> Vec<Record> {
        let field = format!("{ROWS}{}", collection.name);
        let mut tables: Vec<&str> =
            self.fields.get(&field).map(String::as_str).filter(|text| !text.trim().is_empty()).into_iter().collect();
        for file in self.files.iter().filter(|file| file.field == field) {
            match str::from_utf8(&file.bytes) {
                Ok(text) if file.name.to_lowercase().ends_with(".csv") || file.name.to_lowercase().ends_with(".json") => tables.push(text),
                _ => problems.push(Problem::new(field.clone(), "rows-not-a-table")),
            }
        }
        if tables.len() > 1 {
            problems.push(Problem::new(field.clone(), "rows-twice"));
        }
        let mut records = Vec::new();
        if let Some(text) = tables.first() {
            match handed::records(system, collection, text, email) {
                Ok(read) => records = read,
                Err(wrong) => {
                    problems.extend(wrong.iter().map(|wrong| Problem::new(field.clone(), wrong.code).at(wrong.line, wrong.column)));
                }
            }
        }
        for file in self.files.iter().filter(|file| file.field.strip_prefix(FILE) == Some(&collection.name)) {
            let Some((holds, key)) = system.file_of(collection) else {
                problems.push(Problem::new(file.field.clone(), "file-not-asked"));
                continue;
            };
            let Ok(name) = file.accept() else { continue };
            put_file(&mut records, system, collection, (holds, key), &name, &file.bytes);
        }
        records
    }
}

/// A file is the record of its name, which a row may say more about.
fn put_file(records: &mut Vec<Record>, system: &System, collection: &Collection, (holds, key): (&str, &str), name: &str, bytes: &[u8]) {
    let name = Value::Text(name.to_owned());
    let known = records.iter().position(|record| record.value(key) == &name);
    let place = known.unwrap_or_else(|| {
        let mut values: BTreeMap<String, Value> = collection.fields.iter().map(|field| (field.name.clone(), Value::Null)).collect();
        values.insert(key.to_owned(), name.clone());
        let key = Key::from([(key.to_owned(), name)]);
        records.push(Record { system: system.key.clone(), collection: collection.name.clone(), key, values });
        records.len() - 1
    });
    if let Some(record) = records.get_mut(place) {
        record.values.insert(holds.to_owned(), Value::Bytes(bytes.to_vec()));
    }
}

/// What was found is the system's answer, like that of a connected one.
async fn keep(inside: &Inside<'_>, case: &Case, system: &System, found: &Vec<Record>) -> Result<Fact, Refusal> {
    let seal = sealed::key_of(inside.keys, case)?;
    let finding = Finding {
        case: case.id.clone(),
        system: system.key.clone(),
        outcome: if found.is_empty() { "nothing" } else { "found" }.to_owned(),
        records: u64::try_from(found.len()).unwrap_or(u64::MAX),
        found_at: inside.now,
        problem: None,
        sealed: Some(seal.seal(inside.chance, &format!("finding:{}", system.key), found)?),
        parts: None,
    };
    finding::put(inside.tx, &finding).await?;
    let looked = system.collections.iter().map(|collection| {
        let count = found.iter().filter(|record| record.collection == collection.name).count();
        format!("{}.{}={count}", system.key, collection.name)
    });
    Ok(Fact::of_case("system-searched", &case.id)
        .with("system", &system.key)
        .with("records", finding.records.to_string())
        .with("looked", looked.collect::<Vec<_>>().join(" "))
        .with("by", "person"))
}
