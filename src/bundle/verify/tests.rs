//! Any change, of any byte, in any layer.

use std::{collections::BTreeMap, fs, io::Cursor, process::Command};

use habeas_core::crypto::sign::SigningKey;
use proptest::prelude::*;

use super::{Kind, Problem, Report, Verdict, VerifyError, verify, verify_file};
use crate::bundle::{
    archive::Archive,
    samples::{authority_zip, key, subject_zip, unpacked},
    sum_line,
};

/// Name below the root folder → bytes.
type Members = BTreeMap<String, Vec<u8>>;

fn check(zip: &[u8]) -> Result<Report, VerifyError> {
    verify(Cursor::new(zip), &[key().public()])
}

fn accepted(zip: &[u8]) -> bool {
    check(zip).is_ok_and(|report| report.is_unchanged())
}

fn both() -> [Vec<u8>; 2] {
    [subject_zip(), authority_zip().out]
}

/// Root folder and members.
fn opened(zip: &[u8]) -> (String, Members) {
    let members = unpacked(zip);
    let root = members.keys().next().unwrap().split('/').next().unwrap().to_owned();
    let below = |name: String| name.split_once('/').unwrap().1.to_owned();
    (root, members.into_iter().map(|(name, bytes)| (below(name), bytes)).collect())
}

/// A flawless ZIP around these members: what a forger with our own program could make.
fn rebuilt(root: &str, members: &Members) -> Vec<u8> {
    let mut archive = Archive::new(Vec::new(), root).unwrap();
    for (name, bytes) in members {
        archive.add(name, bytes).unwrap();
    }
    archive.finish().unwrap().out
}

#[test]
fn a_fresh_package_is_complete_and_unchanged() {
    for (zip, kind, entries) in
        both().into_iter().zip([Kind::Subject, Kind::Authority]).zip([0, 3]).map(|((zip, kind), entries)| (zip, kind, entries))
    {
        let report = check(&zip).unwrap();
        assert_eq!((report.verdict(), report.kind, report.entries), (Verdict::Intact, kind, entries), "{report}");
        let (root, members) = opened(&zip);
        assert!(accepted(&rebuilt(&root, &members)), "the harness itself changes something");
    }
}

#[test]
fn the_report_says_it_in_words() {
    let zip = authority_zip().out;
    let key_hash = key().public().hash();
    assert_eq!(
        check(&zip).unwrap().to_string(),
        format!("complete and unchanged: 20 files, 3 log entries proven\nsigned with the key you gave, {key_hash}")
    );
    let unknown = verify(Cursor::new(&zip), &[]).unwrap();
    assert_eq!(unknown.verdict(), Verdict::KeyUnknown);
    assert!(unknown.to_string().contains(&format!("key unknown: signed with key {key_hash}")), "{unknown}");
    let other = verify(Cursor::new(&zip), &[SigningKey::from_seed([1; 32]).public()]).unwrap();
    assert_eq!((other.verdict(), other.problems), (Verdict::Changed, vec![Problem::OtherKey(key_hash)]));
}

#[test]
fn a_missing_a_changed_and_an_added_file_are_named() {
    let (root, members) = opened(&subject_zip());
    let with = |edit: &dyn Fn(&mut Members)| {
        let mut members = members.clone();
        edit(&mut members);
        let report = check(&rebuilt(&root, &members)).unwrap();
        (report.verdict(), report.problems)
    };
    let name = "data/passports.csv".to_owned();
    assert_eq!(with(&|m| drop(m.remove(&name))), (Verdict::Incomplete, vec![Problem::Missing(name.clone())]));
    assert_eq!(with(&|m| m.get_mut(&name).unwrap()[0] ^= 1), (Verdict::Changed, vec![Problem::Changed(name.clone())]));
    assert_eq!(with(&|m| drop(m.insert("data/more.csv".into(), vec![]))), (Verdict::Changed, vec![Problem::Added("data/more.csv".into())]));
}

#[test]
fn every_member_of_both_is_guarded() {
    for zip in both() {
        let (root, members) = opened(&zip);
        for name in members.keys() {
            let mut dropped = members.clone();
            let bytes = dropped.remove(name).unwrap();
            assert!(!accepted(&rebuilt(&root, &dropped)), "dropped {name}");
            dropped.insert(format!("{name}2"), bytes);
            assert!(!accepted(&rebuilt(&root, &dropped)), "renamed {name}");
            let mut emptied = members.clone();
            emptied.insert(name.clone(), vec![]);
            assert!(!accepted(&rebuilt(&root, &emptied)), "emptied {name}");
        }
        for added in ["extra.txt", "data/extra.json", "data/log/00000005.json", "manifest.json", "bagit.txt", "files/x.exe"] {
            let mut more = members.clone();
            if more.insert(added.to_owned(), b"{}".to_vec()).is_none() {
                assert!(!accepted(&rebuilt(&root, &more)), "added {added}");
            }
        }
    }
}

#[test]
fn whoever_hashes_everything_anew_still_lacks_the_key() {
    let (root, mut members) = opened(&authority_zip().out);
    members.insert("data/01-timeline.json".into(), b"[\"nothing happened\"]".to_vec());
    let sums = |members: &Members, pick: &dyn Fn(&str) -> bool| -> Vec<u8> {
        let picked = members.iter().filter(|(name, _)| pick(name));
        picked.map(|(name, bytes)| sum_line(&habeas_core::crypto::hash::Hash::of(bytes), name)).collect::<String>().into_bytes()
    };
    members.insert("manifest-sha256.txt".into(), sums(&members, &|name| name.starts_with("data/")));
    let tags = sums(&members, &|name| !name.starts_with("data/") && !name.starts_with("tagmanifest"));
    members.insert("tagmanifest-sha256.txt".into(), tags.clone());
    assert_eq!(check(&rebuilt(&root, &members)).unwrap().problems, [Problem::Signature]);

    let forger = SigningKey::from_seed([66; 32]);
    members.insert("keys/bundle.pem".into(), forger.public().to_pem().into_bytes());
    let tags = sums(&members, &|name| !name.starts_with("data/") && !name.starts_with("tagmanifest"));
    members.insert("tagmanifest-sha256.txt.sig".into(), forger.sign(&tags).to_vec());
    members.insert("tagmanifest-sha256.txt".into(), tags);
    let resigned = rebuilt(&root, &members);
    assert_eq!(check(&resigned).unwrap().problems, [Problem::OtherKey(forger.public().hash())]);
    assert_eq!(verify(Cursor::new(&resigned), &[]).unwrap().verdict(), Verdict::KeyUnknown);
}

#[test]
fn bytes_before_between_and_after_are_noticed() {
    for zip in both() {
        let forged: [Vec<u8>; 4] = [
            [b"MZ".as_slice(), &zip].concat(),
            [zip.as_slice(), b"tail"].concat(),
            [zip.as_slice(), &zip].concat(),
            zip[..zip.len() - 1].to_vec(),
        ];
        for forged in forged {
            assert!(!accepted(&forged));
        }
    }
}

#[test]
fn a_zip_packed_by_another_program_is_not_ours() {
    let folder = tempfile::tempdir().unwrap();
    let (root, members) = opened(&subject_zip());
    for (name, bytes) in &members {
        let path = folder.path().join(&root).join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let packed = Command::new("zip").args(["-qrDX", "again.zip", &root]).current_dir(folder.path()).status().unwrap();
    assert!(packed.success());
    let report = verify_file(&folder.path().join("again.zip"), &[key().public()]).unwrap();
    assert_eq!(report.verdict(), Verdict::Changed);
    assert!(report.problems.iter().all(|problem| matches!(problem, Problem::Container(_))), "{report}");
}

#[test]
fn what_is_no_package_is_told_so() {
    assert!(matches!(check(b""), Err(VerifyError::NotAZip(_))));
    assert!(matches!(check(b"hello, this is not a ZIP file at all"), Err(VerifyError::NotAZip(_))));
    let other = rebuilt("root", &BTreeMap::from([("hello.txt".to_owned(), vec![])]));
    assert!(matches!(check(&other), Err(VerifyError::Unrecognised)));
    assert!(matches!(verify_file("/nowhere/at/all.zip".as_ref(), &[]), Err(VerifyError::File { .. })));
}

#[test]
fn the_files_beside_it_are_checked_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("evidence.zip");
    let written = authority_zip();
    let beside = written.sidecars("evidence.zip", &key());
    fs::write(&path, &written.out).unwrap();
    fs::write(folder.path().join("evidence.zip.sha256"), &beside.checksum).unwrap();
    fs::write(folder.path().join("evidence.zip.sha256.sig"), beside.signature).unwrap();
    let problems = || verify_file(&path, &[key().public()]).unwrap().problems;
    assert_eq!(problems(), []);
    fs::write(folder.path().join("evidence.zip.sha256.sig"), [0; 64]).unwrap();
    assert_eq!(problems(), [Problem::ChecksumSignature]);
    fs::write(folder.path().join("evidence.zip.sha256"), beside.checksum.replace(char::is_numeric, "0")).unwrap();
    assert_eq!(problems(), [Problem::Checksum, Problem::ChecksumSignature]);
}

proptest! {
    #[test]
    fn a_flipped_bit_in_any_member_is_noticed(subject: bool, member: prop::sample::Index, at: prop::sample::Index, bit in 0..8u8) {
        let zip = if subject { subject_zip() } else { authority_zip().out };
        let (root, mut members) = opened(&zip);
        let bytes = members.values_mut().nth(member.index(opened(&zip).1.len())).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        prop_assert!(!accepted(&rebuilt(&root, &members)));
    }

    #[test]
    fn a_flipped_bit_anywhere_in_the_file_is_noticed(subject: bool, at: prop::sample::Index, from_end in prop::option::of(0..150usize), bit in 0..8u8) {
        let mut zip = if subject { subject_zip() } else { authority_zip().out };
        // The directory's end is short and delicate: every second flip lands there.
        let at = from_end.map_or_else(|| at.index(zip.len()), |back| zip.len() - 1 - back);
        zip[at] ^= 1 << bit;
        prop_assert!(!accepted(&zip));
    }
}
