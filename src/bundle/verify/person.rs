//! The person's package: `manifest.json` signed, listing every file; `SHA256SUMS` saying the same.

use std::io::{Read, Seek};

use habeas_core::crypto::sign::PublicKey;

use super::{Listing, Problem, Report, check_signature, container::Contents, listing, subject};
use crate::bundle::KEY;

pub(super) fn check<R: Read + Seek>(contents: &mut Contents<R>, trusted: &[PublicKey], report: &mut Report) {
    let Some(manifest) = contents.bytes(subject::MANIFEST) else {
        return report.miss(subject::MANIFEST);
    };
    check_signature(contents, &manifest, subject::SIGNATURE, trusted, report);
    let Some(claims) = subject::Claims::parse(&manifest) else {
        return report.problems.push(Problem::Changed(subject::MANIFEST.to_owned()));
    };
    let listed: Listing = claims.files.iter().map(|file| (file.path.clone(), file.sha256)).collect();
    let sizes_hold = claims
        .files
        .iter()
        .all(|file| contents.found.get(&file.path).is_none_or(|found| found.size == file.size || found.sha256 != file.sha256));
    if listed.len() != claims.files.len() || !listed.contains_key(KEY) || !sizes_hold {
        report.problems.push(Problem::Changed(subject::MANIFEST.to_owned()));
    }
    listing::compare(&contents.found, &listed, &[subject::MANIFEST, subject::SIGNATURE, subject::SUMS], report);
    let mut expected = listed;
    expected.extend([subject::MANIFEST, subject::SIGNATURE].into_iter().filter_map(|name| listing::hash_of(&contents.found, name)));
    let sums = contents.text(subject::SUMS);
    if contents.found.contains_key(subject::SUMS) && sums.and_then(|sums| listing::parse(&sums)) != Some(expected) {
        report.problems.push(Problem::Changed(subject::SUMS.to_owned()));
    }
}
