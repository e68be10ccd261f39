//! The authority's bundle: a signed `BagIt` bag, and log entries that are proven against the checkpoint inside it.

use std::io::{Read, Seek};

use habeas_core::crypto::{
    checkpoint::{BadCheckpoint, Checkpoint, SignedCheckpoint},
    proof::EntryProof,
    sign::PublicKey,
};

use super::{Listing, Problem, Report, authority, check_signature, container::Contents, listing};
use crate::bundle::KEY;

pub(super) fn check<R: Read + Seek>(contents: &mut Contents<R>, trusted: &[PublicKey], report: &mut Report) {
    let Some(tags) = contents.bytes(authority::TAGS) else {
        return report.miss(authority::TAGS);
    };
    check_signature(contents, &tags, (authority::SIGNATURE, KEY), trusted, report);
    let tags = String::from_utf8(tags).ok().and_then(|tags| listing::parse(&tags)).filter(names_all_tags);
    let Some(mut listed) = tags else {
        return report.problems.push(Problem::Changed(authority::TAGS.to_owned()));
    };
    let payload = contents.text(authority::PAYLOAD).and_then(|payload| listing::parse(&payload));
    match payload.filter(|payload| payload.keys().all(|name| authority::is_payload(name))) {
        Some(payload) => listed.extend(payload),
        None if contents.found.contains_key(authority::PAYLOAD) => report.problems.push(Problem::Changed(authority::PAYLOAD.to_owned())),
        None => {}
    }
    listing::compare(&contents.found, &listed, &[authority::TAGS, authority::SIGNATURE], report);
    check_log(contents, report);
}

/// Whether the tag manifest lists tag files only, and all that the rest hangs on.
fn names_all_tags(tags: &Listing) -> bool {
    let needed = [authority::DECLARATION, authority::PAYLOAD, KEY, authority::LOG_KEY, authority::ENTRY_KEY];
    needed.iter().all(|name| tags.contains_key(*name)) && !tags.keys().any(|name| authority::is_payload(name))
}

fn check_log<R: Read + Seek>(contents: &mut Contents<R>, report: &mut Report) {
    let mut key = |name: &str| contents.text(name).and_then(|pem| PublicKey::from_pem(&pem).ok());
    let (Some(log), Some(entries)) = (key(authority::LOG_KEY), key(authority::ENTRY_KEY)) else { return };
    let note = contents.text(authority::CHECKPOINT).ok_or(BadCheckpoint::NotANote).and_then(|note| note.parse::<SignedCheckpoint>());
    let checkpoint = note.and_then(|note| note.verify(&log).cloned());
    let checkpoint = match checkpoint {
        Ok(checkpoint) => checkpoint,
        Err(why) => return report.problems.push(Problem::Checkpoint(why)),
    };
    let in_log = |name: &&String| name.starts_with(authority::LOG);
    let names: Vec<_> = contents.found.keys().filter(in_log).filter_map(|name| Some(name.strip_suffix(".json")?.to_owned())).collect();
    for name in names {
        match check_entry(contents, &name, &checkpoint, (&entries, &log)) {
            Ok(()) => report.entries += 1,
            Err(problem) => report.problems.push(problem),
        }
    }
}

fn check_entry<R: Read + Seek>(
    contents: &mut Contents<R>,
    name: &str,
    checkpoint: &Checkpoint,
    (entries, log): (&PublicKey, &PublicKey),
) -> Result<(), Problem> {
    let (event_name, proof_name) = (format!("{name}.json"), format!("{name}.proof"));
    let event = contents.bytes(&event_name).ok_or_else(|| Problem::Changed(event_name.clone()))?;
    if !contents.found.contains_key(&proof_name) {
        return Err(Problem::Missing(proof_name));
    }
    let proof = contents.text(&proof_name).and_then(|proof| proof.parse::<EntryProof>().ok()).ok_or(Problem::Changed(proof_name))?;
    if (proof.size, proof.root) != (checkpoint.size, checkpoint.root)
        || format!("{}{}", authority::LOG, authority::entry_name(proof.index)) != name
    {
        return Err(Problem::Misplaced(event_name));
    }
    proof.verify(&event, entries, log).map_err(|why| Problem::Entry { entry: event_name, why })
}
