//! Writes the person's package: pages, tables and files first, then the manifest over them, its signature, and the checksums of all.

use std::{error::Error, io::Write};

use habeas_core::{crypto::sign::SigningKey, law::record::Value};
use serde::Serialize;

use super::{
    Index, Kind, Package, Page, Records, Rows, Shown,
    attachment::attachments,
    each,
    manifest::Manifest,
    schema::schema,
    tables::{self, Dictionary},
    vcard,
};
use crate::bundle::{BundleError, KEY, Written, archive::Archive, visible::escaped};

pub(in crate::bundle) const MANIFEST: &str = "manifest.json";
pub(in crate::bundle) const SIGNATURE: &str = "manifest.json.sig";
pub(in crate::bundle) const SUMS: &str = "SHA256SUMS";
const DICTIONARY: &str = "data/dictionary.json";
const SCHEMA: &str = "data/schema.json";
const CARDS: &str = "data/contact.vcf";

/// Rows are rendered together up to so many, or so many bytes of values.
const TOGETHER: (usize, usize) = (100, 1 << 18);

/// Renders a page.
type Render<'r> = dyn Fn(&Page<'_>) -> Result<String, Box<dyn Error + Send + Sync>> + 'r;

/// Writes the ZIP. The same package, rows, pages and key give the same bytes.
pub fn write<W: Write>(
    out: W,
    package: &Package,
    rows: &dyn Rows,
    render: &Render<'_>,
    key: &SigningKey,
) -> Result<Written<W>, BundleError> {
    let mut archive = Archive::new(out, &package.name())?;
    pages(&mut archive, package, rows, render)?;
    for kind in held(package) {
        archive.stream(&format!("data/{}.csv", kind.slug), |out| tables::csv(kind, rows, out))?;
        archive.stream(&format!("data/{}.json", kind.slug), |out| tables::json(kind, rows, out))?;
    }
    archive.add(DICTIONARY, pretty(DICTIONARY, &Dictionary::of(package))?.as_bytes())?;
    archive.add(SCHEMA, pretty(SCHEMA, &schema(held(package)))?.as_bytes())?;
    let cards = vcard::cards(held(package), rows)?;
    if !cards.is_empty() {
        archive.add(CARDS, cards.as_bytes())?;
    }
    for kind in held(package) {
        each(rows, kind, |row, values| attachments(kind, row, values).try_for_each(|file| archive.add(&file.path, file.bytes)))?;
    }
    archive.add(KEY, key.public().to_pem().as_bytes())?;
    let manifest = Manifest::of(package, archive.members(), key.public().hash());
    let manifest = pretty(MANIFEST, &manifest)?;
    archive.add(MANIFEST, manifest.as_bytes())?;
    archive.add(SIGNATURE, &key.sign(manifest.as_bytes()))?;
    let sums = archive.sums(|_| true);
    archive.add(SUMS, sums.as_bytes())?;
    archive.finish()
}

/// Kinds of which there is something.
fn held(package: &Package) -> impl Iterator<Item = &Kind> + Clone {
    package.kinds.iter().filter(|kind| kind.count > 0)
}

/// `index.html` with each section's records in their place, and `README.txt`.
fn pages<W: Write>(archive: &mut Archive<W>, package: &Package, rows: &dyn Rows, render: &Render<'_>) -> Result<(), BundleError> {
    let index = Index::of(package);
    let html = render(&Page::Index(&index)).map_err(BundleError::Page)?;
    archive.stream("index.html", |out| {
        let mut rest = html.as_str();
        for (number, kind) in (1..).zip(held(package)) {
            let place = format!("<!-- records of section {number} -->");
            let (before, after) = rest.split_once(&place).ok_or(BundleError::NoPlace(number))?;
            out.write_all(before.as_bytes())?;
            records(kind, rows, render, out)?;
            rest = after;
        }
        Ok(out.write_all(rest.as_bytes())?)
    })?;
    archive.add("README.txt", render(&Page::Readme(&index)).map_err(BundleError::Page)?.as_bytes())
}

fn records(kind: &Kind, rows: &dyn Rows, render: &Render<'_>, out: &mut dyn Write) -> Result<(), BundleError> {
    let (mut some, mut bytes) = (Records { count: kind.count, rows: Vec::new() }, 0);
    each(rows, kind, |row, values| {
        some.rows.push(Shown::of(kind, row, values));
        // Of a file only its name is shown.
        bytes += values.iter().filter(|value| !matches!(value, Value::Bytes(_))).map(Value::size).sum::<usize>();
        if some.rows.len() >= TOGETHER.0 || bytes >= TOGETHER.1 || row + 1 == kind.count {
            out.write_all(render(&Page::Records(&some)).map_err(BundleError::Page)?.as_bytes())?;
            some.rows.clear();
            bytes = 0;
        }
        Ok(())
    })
}

fn pretty(name: &str, value: &impl Serialize) -> Result<String, BundleError> {
    let json = serde_json::to_string_pretty(value).map_err(|source| BundleError::Json { name: name.to_owned(), source })?;
    Ok(escaped(&json) + "\n")
}
