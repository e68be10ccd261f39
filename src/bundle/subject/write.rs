//! Writes the person's package: pages, tables and files first, then the manifest over them, its signature, and the checksums of all.

use std::io::Write;

use habeas_core::crypto::sign::SigningKey;
use serde::Serialize;

use super::{
    Kind, Package,
    attachment::attachments,
    manifest::Manifest,
    tables::{self, Dictionary, Table},
};
use crate::bundle::{BundleError, KEY, Written, archive::Archive, visible::escaped};

pub(in crate::bundle) const MANIFEST: &str = "manifest.json";
pub(in crate::bundle) const SIGNATURE: &str = "manifest.json.sig";
pub(in crate::bundle) const SUMS: &str = "SHA256SUMS";

/// The two pages, rendered from [`super::Index`].
pub struct Pages {
    /// `index.html`: offline, without script.
    pub index_html: String,
    /// `README.txt`.
    pub readme: String,
}

/// Writes the ZIP. The same package, pages and key give the same bytes.
pub fn write<W: Write>(out: W, package: &Package, pages: &Pages, key: &SigningKey) -> Result<Written<W>, BundleError> {
    package.kinds.iter().try_for_each(fits)?;
    let mut archive = Archive::new(out, &package.name())?;
    archive.add("index.html", pages.index_html.as_bytes())?;
    archive.add("README.txt", pages.readme.as_bytes())?;
    for kind in package.kinds.iter().filter(|kind| !kind.rows.is_empty()) {
        archive.stream(&format!("data/{}.csv", kind.slug), |out| tables::csv(kind, out))?;
        json(&mut archive, &format!("data/{}.json", kind.slug), &Table::of(kind))?;
    }
    json(&mut archive, "data/dictionary.json", &Dictionary::of(package))?;
    for file in package.kinds.iter().flat_map(attachments) {
        archive.add(&file.path, file.bytes)?;
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

fn fits(kind: &Kind) -> Result<(), BundleError> {
    let fields = kind.fields.len();
    let wrong = kind.rows.iter().position(|row| row.len() != fields);
    wrong.map_or(Ok(()), |row| {
        let values = kind.rows.get(row).map_or(0, Vec::len);
        Err(BundleError::Row { kind: kind.slug.clone(), row: row + 1, values, fields })
    })
}

fn json<W: Write>(archive: &mut Archive<W>, name: &str, value: &impl Serialize) -> Result<(), BundleError> {
    archive.add(name, pretty(name, value)?.as_bytes())
}

fn pretty(name: &str, value: &impl Serialize) -> Result<String, BundleError> {
    let json = serde_json::to_string_pretty(value).map_err(|source| BundleError::Json { name: name.to_owned(), source })?;
    Ok(escaped(&json) + "\n")
}
