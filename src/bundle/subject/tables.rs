//! The person's data for programs: one CSV and one JSON per kind, and a dictionary of every field (Art. 20: structured, commonly used).

use std::{borrow::Cow, cell::RefCell, io, io::Write as _};

use habeas_core::{crypto::hash::Hash, law::record::Value};
use jiff::civil::Date;
use serde::{
    Serialize, Serializer,
    ser::{Error as _, SerializeSeq as _},
};

use super::{
    Field, Kind, Package, Rows,
    attachment::attachment,
    each,
    survey::{Seen, Survey},
};
use crate::bundle::{
    BundleError,
    cells::{Cell, Sheet},
    visible::Escaping,
};

/// Writes the kind as a table; a file value is the name of its file, a code what it means, and why a value could not be read stands in the
/// JSON file.
pub(super) fn csv(kind: &Kind, unreadable: &str, rows: &dyn Rows, out: &mut dyn io::Write) -> Result<(), BundleError> {
    let mut sheet = Sheet::new(out, kind.fields.iter().map(|field| field.label.as_str()))?;
    each(rows, kind, |row, values| {
        let fields = kind.fields.iter().zip(values).enumerate();
        Ok(sheet.row(fields.map(|(place, (field, value))| cell(kind, (row, place), unreadable, field, value)))?)
    })?;
    Ok(sheet.finish()?)
}

fn cell<'a>(kind: &Kind, (row, place): (usize, usize), unreadable: &'a str, field: &'a Field, value: &'a Value) -> Cell<'a> {
    if let Some(meaning) = field.decoded(value) {
        return Cell::Text(Cow::Borrowed(meaning));
    }
    match value {
        Value::Integer(number) => Cell::Number(number.to_string()),
        Value::Real(number) if number.is_finite() => Cell::Number(number.to_string()),
        Value::Text(text) => Cell::Text(Cow::Borrowed(text)),
        Value::Bytes(_) => Cell::Text(attachment(kind, row, place, value).map(|file| file.path).unwrap_or_default().into()),
        Value::Unreadable(_) => Cell::Text(Cow::Borrowed(unreadable)),
        other => Cell::Text(other.to_text().into()),
    }
}

/// Writes the same as JSON, exact.
pub(super) fn json(kind: &Kind, seen: &Seen, rows: &dyn Rows, out: &mut dyn io::Write) -> Result<(), BundleError> {
    let table = Table { about: About::of(kind, seen.period), rows: Streamed { kind, rows, failed: RefCell::new(None) } };
    let mut out = Escaping(out);
    match serde_json::to_writer_pretty(&mut out, &table) {
        Ok(()) => Ok(out.write_all(b"\n")?),
        Err(error) if error.is_io() => Err(BundleError::Write(error.into())),
        Err(source) => Err(table.rows.failed.take().unwrap_or(BundleError::Json { name: kind.slug.clone(), source })),
    }
}

#[derive(Serialize)]
struct Table<'a> {
    #[serde(flatten)]
    about: About<'a>,
    rows: Streamed<'a>,
}

/// Rows that are written as they come.
struct Streamed<'a> {
    kind: &'a Kind,
    rows: &'a dyn Rows,
    /// Why they did not come.
    failed: RefCell<Option<BundleError>>,
}

impl Serialize for Streamed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (kind, mut unwritten) = (self.kind, None);
        let mut list = serializer.serialize_seq(Some(kind.count))?;
        let given = each(self.rows, kind, |index, values| {
            list.serialize_element(&Row { kind, index, values }).map_err(|error| {
                unwritten = Some(error);
                BundleError::Write(io::ErrorKind::Other.into())
            })
        });
        match (unwritten, given) {
            (Some(error), _) => Err(error),
            (None, Ok(())) => list.end(),
            (None, Err(error)) => {
                let said = S::Error::custom(&error);
                self.failed.replace(Some(error));
                Err(said)
            }
        }
    }
}

/// What a kind is: the head of its JSON and its entry in the dictionary.
#[derive(Serialize)]
struct About<'a> {
    kind: &'a str,
    label: &'a str,
    purpose: &'a str,
    source: &'a str,
    recipients: &'a [String],
    legal_basis: &'a str,
    keep_until: &'a str,
    period: String,
    count: usize,
    fields: &'a [Field],
}

impl<'a> About<'a> {
    fn of(kind: &'a Kind, period: Option<(Date, Date)>) -> Self {
        Self {
            kind: &kind.slug,
            label: &kind.label,
            purpose: &kind.purpose,
            source: &kind.source,
            recipients: &kind.recipients,
            legal_basis: &kind.legal_basis,
            keep_until: &kind.keep_until,
            // An interval of ISO 8601.
            period: period.map(|(from, to)| format!("{from}/{to}")).unwrap_or_default(),
            count: kind.count,
            fields: &kind.fields,
        }
    }
}

/// `data/dictionary.json`: every kind and field, also of the kinds that hold nothing.
#[derive(Serialize)]
pub(super) struct Dictionary<'a> {
    kinds: Vec<About<'a>>,
}

impl<'a> Dictionary<'a> {
    pub(super) fn of(package: &'a Package, survey: &Survey) -> Self {
        let mut seen = survey.kinds.iter();
        let mut about = |kind: &'a Kind| About::of(kind, (kind.count > 0).then(|| seen.next()?.period).flatten());
        Self { kinds: package.kinds.iter().map(&mut about).collect() }
    }
}

/// A row as an object: field name → value, in the order of the fields.
struct Row<'a> {
    kind: &'a Kind,
    index: usize,
    values: &'a [Value],
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = self.kind.fields.iter().zip(self.values).enumerate();
        serializer.collect_map(fields.map(|(place, (field, value))| (&field.name, exact(self.kind, (self.index, place), value))))
    }
}

/// A value in JSON's own types; what JSON cannot say is an object that says it.
#[derive(Serialize)]
#[serde(untagged)]
enum Exact<'a> {
    Null,
    Integer(i64),
    Real(f64),
    Text(&'a str),
    File { file: String, bytes: usize, sha256: Hash },
    Unreadable { unreadable: String },
    List(Vec<Self>),
}

fn exact<'a>(kind: &Kind, (row, place): (usize, usize), value: &'a Value) -> Exact<'a> {
    match value {
        // What is about others is left out, not told.
        Value::Null | Value::Others => Exact::Null,
        Value::Integer(number) => Exact::Integer(*number),
        Value::Real(number) if number.is_finite() => Exact::Real(*number),
        Value::Real(number) => Exact::Unreadable { unreadable: number.to_string() },
        Value::Text(text) => Exact::Text(text),
        Value::Unreadable(why) => Exact::Unreadable { unreadable: why.clone() },
        Value::List(values) => {
            let hers = values.iter().filter(|value| !matches!(value, Value::Others));
            Exact::List(hers.map(|value| exact(kind, (row, place), value)).collect())
        }
        Value::Bytes(bytes) => {
            let file = attachment(kind, row, place, value).map(|file| file.path).unwrap_or_default();
            Exact::File { file, bytes: bytes.len(), sha256: Hash::of(bytes) }
        }
    }
}
