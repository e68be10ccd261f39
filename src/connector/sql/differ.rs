//! What a live database has that its data map does not know: new tables and columns that look personal, foreign keys that nobody
//! follows, columns that became something else, and columns that every search reads whole.
//!
//! Everything is compared with the map that would be proposed for the database today, so a map that was just proposed differs in nothing.

use habeas_core::law::{
    guess::{Confidence, Kind, Proposal, Shape, ValueType, propose, propose::Collection as Proposed, shape::LARGE},
    map::{Collection, DataType, Direction, Field, System},
};

use super::{
    dialect::Dialect,
    look,
    schema::{Schema, Table},
};
use crate::connector::SchemaProblem;

/// Where the map falls behind.
pub(super) fn problems(system: &System, schema: &Schema, shape: &Shape) -> Vec<SchemaProblem> {
    let proposal = propose(&system.key, shape);
    let differ = Differ { system, schema, shape, proposal: &proposal };
    let mut problems = differ.tables();
    for collection in &system.collections {
        if let Some(table) = schema.table(&collection.name) {
            problems.extend(differ.personal(collection, table));
            problems.extend(retyped(collection, table));
            problems.extend(differ.unfollowed(collection, table));
            problems.extend(differ.slow(collection, table));
        }
    }
    problems
}

struct Differ<'a> {
    system: &'a System,
    schema: &'a Schema,
    shape: &'a Shape,
    proposal: &'a Proposal,
}

impl Differ<'_> {
    /// Tables that would be mapped today, or that somebody should look at.
    fn tables(&self) -> Vec<SchemaProblem> {
        let new = self.proposal.collections.iter().filter(|proposed| !self.is_mapped(&proposed.name));
        let new = new.map(|proposed| SchemaProblem::NewTable { collection: proposed.name.clone(), why: because(proposed) });
        let left = self.proposal.left.iter().filter(|left| left.look && !self.is_mapped(&left.table));
        new.chain(left.map(|left| SchemaProblem::NewTable { collection: left.table.clone(), why: left.why.clone() })).collect()
    }

    fn is_mapped(&self, table: &str) -> bool {
        self.mapped(table).is_some()
    }

    fn mapped(&self, table: &str) -> Option<&Collection> {
        let at = self.schema.table(table)?;
        self.system.collections.iter().find(|collection| self.schema.table(&collection.name).is_some_and(|known| known.at == at.at))
    }

    fn proposed(&self, table: &Table) -> Option<&Proposed> {
        let all = self.proposal.collections.iter().chain(&self.proposal.suggested);
        all.into_iter().find(|proposed| proposed.name == table.at.table)
    }

    /// Columns that nobody mapped and that look personal.
    fn personal(&self, collection: &Collection, table: &Table) -> Option<SchemaProblem> {
        let unmapped = unmapped(collection, table);
        let shaped = self.shape.table(&table.at.table)?;
        let looks = |name: &String| {
            let guess = habeas_core::law::guess::guess(&shaped.name, shaped.column(name)?)?;
            let likely = guess.confidence >= Confidence::Medium && (guess.kind.entry().telling || guess.kind == Kind::Note);
            likely.then(|| (name.clone(), guess.kind.entry().label.last().copied().unwrap_or_default().to_lowercase()))
        };
        let columns: Vec<(String, String)> = unmapped.iter().filter_map(looks).collect();
        (!columns.is_empty()).then(|| SchemaProblem::Personal { collection: collection.name.clone(), columns })
    }

    /// Foreign keys between mapped tables that would be followed, and are not.
    fn unfollowed(&self, collection: &Collection, table: &Table) -> Vec<SchemaProblem> {
        let Some(proposed) = self.proposed(table) else { return Vec::new() };
        let wanted = proposed.fields.iter().flat_map(|field| field.references.iter().map(move |reference| (field, reference)));
        let missing = wanted.filter(|(field, reference)| {
            self.mapped(&reference.collection).is_some_and(|other| {
                !joins(collection, &field.name, other, &reference.field, table.dialect)
                    && !joins(other, &reference.field, collection, &field.name, table.dialect)
            })
        });
        missing
            .map(|(field, reference)| SchemaProblem::Unfollowed {
                collection: collection.name.clone(),
                field: field.name.clone(),
                to: format!("{}.{}", reference.collection, reference.field),
            })
            .collect()
    }

    /// Columns that are searched, in tables too large to be read whole each time.
    fn slow(&self, collection: &Collection, table: &Table) -> Vec<SchemaProblem> {
        if table.about.rows.is_some_and(|rows| rows < LARGE) {
            return Vec::new();
        }
        let here = |name: &String| table.column(name).is_some_and(|column| !column.indexed);
        // No ordinary index knows what lies inside of a document.
        let plain = collection.fields.iter().filter(|field| !field.is_nested() && !field.list);
        let searched = plain.filter(|field| self.is_searched(collection, field)).map(|field| &field.name);
        let mut slow: Vec<String> = searched.filter(|name| here(name)).cloned().collect();
        slow.dedup();
        slow.into_iter().map(|field| SchemaProblem::NoIndex { collection: collection.name.clone(), field }).collect()
    }

    /// Whether a value is ever looked for in a field. An address that is compared without regard to case has no ordinary index.
    fn is_searched(&self, collection: &Collection, field: &Field) -> bool {
        let identity = field.identity.as_deref().is_some_and(|kind| !field.third_person && (kind != "email" || field.normalised));
        let pointed = self.system.collections.iter().flat_map(|other| &other.fields).flat_map(|other| &other.references).any(|reference| {
            reference.direction != Direction::From && reference.collection == collection.name && reference.field == field.name
        });
        identity || pointed || field.references.iter().any(|reference| reference.direction != Direction::To)
    }
}

fn because(proposed: &Proposed) -> String {
    let telling = proposed.fields.iter().filter(|field| field.guess.is_some_and(|guess| guess.kind.entry().telling));
    let telling: Vec<String> = telling.map(|field| format!("`{}`", field.name)).collect();
    let from = proposed.fields.iter().flat_map(|field| &field.references).map(|reference| format!("`{}`", reference.collection)).next();
    match (telling.as_slice(), from) {
        ([], Some(from)) => format!("its rows belong to rows of {from}"),
        ([], None) => "rows of a person lead to it".to_owned(),
        (telling, _) => format!("it holds {}", telling.join(", ")),
    }
}

/// What looks personal is not said a second time among the columns that nobody mapped.
pub(super) fn once(problems: &[SchemaProblem]) -> Vec<SchemaProblem> {
    let personal = |collection: &str, column: &str| {
        problems.iter().any(|problem| match problem {
            SchemaProblem::Personal { collection: known, columns } => known == collection && columns.iter().any(|(name, _)| name == column),
            _ => false,
        })
    };
    let rest = problems.iter().filter_map(|problem| {
        let SchemaProblem::Unmapped { collection, columns } = problem else { return Some(problem.clone()) };
        let columns: Vec<String> = columns.iter().filter(|column| !personal(collection, column)).cloned().collect();
        (!columns.is_empty()).then(|| SchemaProblem::Unmapped { collection: collection.clone(), columns })
    });
    rest.collect()
}

/// Columns of a table that its map does not name.
pub(super) fn unmapped(collection: &Collection, table: &Table) -> Vec<String> {
    let named = |name: &str| collection.fields.iter().any(|field| table.dialect.same_name(field.column(), name));
    table.columns.iter().filter(|column| !named(&column.name)).map(|column| column.name.clone()).collect()
}

fn joins(child: &Collection, column: &str, parent: &Collection, key: &str, dialect: Dialect) -> bool {
    let field = child.fields.iter().find(|field| dialect.same_name(&field.name, column));
    field.is_some_and(|field| {
        field.references.iter().any(|reference| reference.collection == parent.name && dialect.same_name(&reference.field, key))
    })
}

/// Fields whose column is no longer what the map says.
fn retyped(collection: &Collection, table: &Table) -> Vec<SchemaProblem> {
    let differs = |field: &Field| {
        let column = table.column(&field.name)?;
        let live = look::data(table.dialect, column);
        let live_word = if column.typed.is_empty() { column.declared.clone() } else { column.typed.clone() };
        let map = said(field)?;
        let file = table.dialect == Dialect::Sqlite;
        (!fits(map, live, file)).then(|| SchemaProblem::Retyped {
            collection: collection.name.clone(),
            field: field.name.clone(),
            map: map.to_owned(),
            live: live_word.to_lowercase(),
        })
    };
    collection.fields.iter().filter(|field| !field.is_nested() && !field.list).filter_map(differs).collect()
}

/// The `data_type` that the map says, if it says one.
fn said(field: &Field) -> Option<&'static str> {
    match field.data {
        DataType::Integer => Some("integer"),
        DataType::Number => Some("float"),
        DataType::Boolean => Some("boolean"),
        DataType::Date => Some("date"),
        DataType::Timestamp => Some("timestamp"),
        // The kinds tell a text that was said from nothing said.
        DataType::Text => (field.kinds.len() == 2).then_some("string"),
    }
}

/// Whether values of a column can be what the map says. A file keeps days and moments as texts, and answers as numbers.
fn fits(map: &str, live: ValueType, file: bool) -> bool {
    match live {
        ValueType::Text => matches!(map, "string" | "date" | "timestamp"),
        ValueType::Integer => matches!(map, "integer" | "float" | "boolean"),
        ValueType::Number => matches!(map, "integer" | "float") || (file && map == "boolean"),
        ValueType::Boolean => matches!(map, "boolean" | "integer"),
        ValueType::Date => map == "date" || (file && map == "string"),
        ValueType::Timestamp => map == "timestamp" || (file && matches!(map, "string" | "date")),
        ValueType::Bytes => map == "string",
        ValueType::Other => true,
    }
}
