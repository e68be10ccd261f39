//! The person's package, or a part of one: `manifest.json` signed, listing every file; `SHA256SUMS` saying the same.

use std::io::{Read, Seek};

use habeas_core::crypto::{hash::Hash, sign::PublicKey};

use super::{Listing, Problem, Report, check_signature, container::Contents, listing, subject};

/// The other files of the package, where it has more than one, come back with their hashes.
pub(super) fn check<R: Read + Seek>(contents: &mut Contents<R>, trusted: &[PublicKey], report: &mut Report) -> Vec<(String, Hash)> {
    let control = contents.control();
    let Some(manifest) = contents.bytes(&control.manifest) else {
        report.miss(&control.manifest);
        return Vec::new();
    };
    check_signature(contents, &manifest, (&control.signature, &control.key), trusted, report);
    let Some(claims) = subject::Claims::parse(&manifest) else {
        report.problems.push(Problem::Changed(control.manifest));
        return Vec::new();
    };
    let listed: Listing = claims.files.iter().map(|file| (file.path.clone(), file.sha256)).collect();
    let sizes_hold = claims
        .files
        .iter()
        .all(|file| contents.found.get(&file.path).is_none_or(|found| found.size == file.size || found.sha256 != file.sha256));
    if listed.len() != claims.files.len() || !listed.contains_key(&control.key) || !sizes_hold {
        report.problems.push(Problem::Changed(control.manifest.clone()));
    }
    listing::compare(&contents.found, &listed, &[&control.manifest, &control.signature, &control.sums], report);
    let mut expected = listed;
    expected.extend([&control.manifest, &control.signature].into_iter().filter_map(|name| listing::hash_of(&contents.found, name)));
    let sums = contents.text(&control.sums);
    if contents.found.contains_key(&control.sums) && sums.and_then(|sums| listing::parse(&sums)) != Some(expected) {
        report.problems.push(Problem::Changed(control.sums));
    }
    claims.parts.into_iter().map(|part| (part.file, part.sha256)).collect()
}
