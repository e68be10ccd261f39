//! The authority's bundle of one case (Art. 5(2), 31, 58(1)): a `BagIt` bag (RFC 8493) in a ZIP, with proofs from the log.
//!
//! Everything in it is checked with tools that the authority has: `sha256sum`, `openssl`, a `BagIt` validator, `sigsum-verify`.

use std::io::Write;

use data_encoding::HEXLOWER;
use habeas_core::crypto::{
    checkpoint::SignedCheckpoint,
    hash::Hash,
    leaf::Leaf,
    proof::EntryProof,
    sign::{PublicKey, SigningKey},
};
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use super::{
    BundleError, KEY, Written,
    archive::{Archive, Member},
};

pub(super) const DECLARATION: &str = "bagit.txt";
pub(super) const PAYLOAD: &str = "manifest-sha256.txt";
pub(super) const TAGS: &str = "tagmanifest-sha256.txt";
pub(super) const SIGNATURE: &str = "tagmanifest-sha256.txt.sig";
pub(super) const CHECKPOINT: &str = "data/log/checkpoint";
pub(super) const LOG: &str = "data/log/";
pub(super) const LOG_KEY: &str = "keys/log.pem";
pub(super) const ENTRY_KEY: &str = "keys/entries.pem";

/// Everything the authority gets about one case.
pub struct Bundle {
    /// The case.
    pub reference: String,
    /// The controller: folder name and name.
    pub organisation: super::subject::Organisation,
    /// When the bundle was put together.
    pub made_at: Timestamp,
    /// Zone in which the day of `made_at` is reckoned.
    pub zone: TimeZone,
    /// `00-cover.json`, `01-timeline.json` … `09-retention-holds.json`: name below `data/`, and bytes.
    pub documents: Vec<(String, Vec<u8>)>,
    /// What the log says of the case.
    pub log: Log,
}

/// The case's entries in the log, with what proves them.
pub struct Log {
    /// The log's key.
    pub key: PublicKey,
    /// The key that signed the entries.
    pub entry_key: PublicKey,
    /// A checkpoint that covers all entries.
    pub checkpoint: SignedCheckpoint,
    /// The entries, oldest first.
    pub entries: Vec<Entry>,
}

/// One entry.
pub struct Entry {
    /// Its number in the log, from 0.
    pub index: u64,
    /// The event as it was committed to.
    pub event: Vec<u8>,
    /// The leaf.
    pub leaf: Leaf,
    /// Inclusion proof under the checkpoint.
    pub path: Vec<Hash>,
}

/// Context of `templates/package/authority.txt`: the commands need the names.
#[derive(Debug, Serialize)]
pub struct Readme {
    /// The controller.
    pub organisation: String,
    /// The case.
    pub reference: String,
    /// The folder, and with `.zip` behind it the file.
    pub name: String,
    /// Hash of the key that signs the bundle.
    pub key: String,
    /// Names of the log entries, without extension.
    pub entries: Vec<String>,
}

impl Bundle {
    /// The one folder in the ZIP and, with `.zip` behind it, the ZIP's name.
    pub fn name(&self) -> String {
        let date = self.made_at.to_zoned(self.zone.clone()).date();
        format!("{}-{}-evidence-{date}", self.organisation.key, self.reference)
    }

    /// What the README tells.
    pub fn readme(&self, key: &PublicKey) -> Readme {
        Readme {
            organisation: self.organisation.name.clone(),
            reference: self.reference.clone(),
            name: self.name(),
            key: key.hash().to_string(),
            entries: self.log.entries.iter().map(|entry| entry_name(entry.index)).collect(),
        }
    }
}

/// Writes the ZIP. The same bundle, readme and key give the same bytes; [`Written::sidecars`] gives the two files to put beside it.
pub fn write<W: Write>(out: W, bundle: &Bundle, readme: &str, key: &SigningKey) -> Result<Written<W>, BundleError> {
    let mut archive = Archive::new(out, &bundle.name())?;
    let mut documents: Vec<_> = bundle.documents.iter().collect();
    documents.sort();
    for (name, bytes) in documents {
        archive.add(&format!("data/{name}"), bytes)?;
    }
    write_log(&mut archive, &bundle.log)?;
    let payload = archive.sums(is_payload);
    let info = bag_info(bundle, archive.members());
    archive.add(DECLARATION, b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")?;
    archive.add("bag-info.txt", info.as_bytes())?;
    archive.add("README.txt", readme.as_bytes())?;
    archive.add(KEY, key.public().to_pem().as_bytes())?;
    archive.add(LOG_KEY, bundle.log.key.to_pem().as_bytes())?;
    archive.add(ENTRY_KEY, bundle.log.entry_key.to_pem().as_bytes())?;
    archive.add("keys/entries.pub", bundle.log.entry_key.to_openssh("habeas-log-entries").as_bytes())?;
    archive.add(PAYLOAD, payload.as_bytes())?;
    let tags = archive.sums(|name| !is_payload(name));
    archive.add(TAGS, tags.as_bytes())?;
    archive.add(SIGNATURE, &key.sign(tags.as_bytes()))?;
    archive.finish()
}

pub(super) fn is_payload(name: &str) -> bool {
    name.starts_with("data/")
}

/// How an entry's two files are called.
pub(super) fn entry_name(index: u64) -> String {
    format!("{index:08}")
}

fn write_log<W: Write>(archive: &mut Archive<W>, log: &Log) -> Result<(), BundleError> {
    for Entry { index, event, leaf, path } in &log.entries {
        let name = entry_name(*index);
        let proof = EntryProof::new(leaf, *index, path.clone(), &log.checkpoint, &log.key)?;
        proof.verify(event, &log.entry_key, &log.key).map_err(|source| BundleError::Entry { index: *index, source })?;
        archive.add(&format!("{LOG}{name}.json"), event)?;
        archive.add(&format!("{LOG}{name}.proof"), proof.to_string().as_bytes())?;
    }
    archive.add(CHECKPOINT, log.checkpoint.to_string().as_bytes())?;
    // What `sigsum-verify` asks for: which log is meant, and that no witness need sign.
    let log_key = HEXLOWER.encode(log.key.as_bytes());
    archive.add(&format!("{LOG}policy"), format!("log {log_key}\nquorum none\n").as_bytes())
}

fn bag_info(bundle: &Bundle, members: &[Member]) -> String {
    let date = bundle.made_at.to_zoned(bundle.zone.clone()).date();
    let octets: u64 = members.iter().map(|member| member.size).sum();
    // A line break in a name would begin a new field.
    let organisation: String = bundle.organisation.name.split_whitespace().collect::<Vec<_>>().join(" ");
    format!(
        "Source-Organization: {organisation}\nExternal-Identifier: {}\nBagging-Date: {date}\nPayload-Oxum: {octets}.{}\n",
        bundle.reference,
        members.len()
    )
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path, process::Command};

    use habeas_core::{crypto::leaf::Leaf, crypto::sign::SigningKey, law::lang::Lang};

    use super::write;
    use crate::bundle::{
        BundleError,
        samples::{authority_zip, bundle, key, rendered},
    };

    const ROOT: &str = "visumexpress-VX-7F3K-2Q-evidence-2026-11-19";

    fn run(program: &str, args: &[&str], within: &Path) -> (bool, String) {
        let output = Command::new(program).args(args).current_dir(within).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    }

    /// The commands of the README, run by the programs themselves.
    #[test]
    fn sha256sum_and_openssl_accept_it_and_reject_a_change() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let written = authority_zip();
        let zip = format!("{ROOT}.zip");
        let beside = written.sidecars(&zip, &key());
        fs::write(at(&zip), &written.out).unwrap();
        fs::write(at(&format!("{zip}.sha256")), &beside.checksum).unwrap();
        fs::write(at(&format!("{zip}.sha256.sig")), beside.signature).unwrap();
        fs::write(at("bundle.pem"), key().public().to_pem()).unwrap();

        let sums = format!("{zip}.sha256");
        let signature = format!("{zip}.sha256.sig");
        let check_sums = || run("sha256sum", &["--strict", "-c", &sums], folder.path());
        let check_signature = || {
            run(
                "openssl",
                &["pkeyutl", "-verify", "-pubin", "-inkey", "bundle.pem", "-rawin", "-in", &sums, "-sigfile", &signature],
                folder.path(),
            )
        };
        assert!(check_sums().0 && check_signature().0, "{:?} {:?}", check_sums(), check_signature());

        assert!(run("unzip", &["-q", &zip], folder.path()).0);
        let bag = at(ROOT);
        let manifests = run("sha256sum", &["--strict", "-c", "manifest-sha256.txt", "tagmanifest-sha256.txt"], &bag);
        assert!(manifests.0, "{}", manifests.1);
        let tags = [
            "pkeyutl",
            "-verify",
            "-pubin",
            "-inkey",
            "keys/bundle.pem",
            "-rawin",
            "-in",
            "tagmanifest-sha256.txt",
            "-sigfile",
            "tagmanifest-sha256.txt.sig",
        ];
        let tags = run("openssl", &tags, &bag);
        assert!(tags.0, "{}", tags.1);
        let info = fs::read_to_string(bag.join("bag-info.txt")).unwrap();
        let payload: u64 = walk(&bag.join("data"), 0).1;
        assert!(info.contains(&format!("Payload-Oxum: {payload}.{}\n", walk(&bag.join("data"), 0).0)), "{info}");

        let mut changed = written.out;
        changed[100] ^= 1;
        fs::write(at(&zip), changed).unwrap();
        fs::write(at(&sums), beside.checksum.replace("evidence", "Evidence")).unwrap();
        assert!(!check_sums().0 && !check_signature().0);
    }

    /// How many files, and how many bytes.
    fn walk(folder: &Path, depth: usize) -> (usize, u64) {
        assert!(depth < 4);
        fs::read_dir(folder).unwrap().map(Result::unwrap).fold((0, 0), |(files, bytes), entry| {
            let (more, larger) = if entry.path().is_dir() { walk(&entry.path(), depth + 1) } else { (1, entry.metadata().unwrap().len()) };
            (files + more, bytes + larger)
        })
    }

    #[test]
    fn the_readme_gives_the_commands_in_every_language() {
        for lang in Lang::ALL {
            let readme = rendered(lang, "package/authority.txt", &bundle().readme(&key().public()));
            assert!(readme.contains(&format!("sha256sum -c {ROOT}.zip.sha256")), "{readme}");
            assert!(readme.contains("-p data/log/policy data/log/00000017.proof < data/log/00000017.json\n"), "{readme}");
        }
    }

    #[test]
    fn an_entry_that_cannot_be_proven_is_not_handed_out() {
        let mut wrong_event = bundle();
        wrong_event.log.entries[1].event.push(b' ');
        assert!(matches!(write(Vec::new(), &wrong_event, "", &key()), Err(BundleError::Entry { index: 17, .. })));
        let mut wrong_leaf = bundle();
        wrong_leaf.log.entries[0].leaf = Leaf::sign(b"other", &SigningKey::from_seed([9; 32]));
        assert!(matches!(write(Vec::new(), &wrong_leaf, "", &key()), Err(BundleError::Entry { index: 3, .. })));
        let mut wrong_log = bundle();
        wrong_log.log.key = key().public();
        assert!(matches!(write(Vec::new(), &wrong_log, "", &key()), Err(BundleError::Checkpoint(_))));
    }

    #[test]
    fn a_name_with_a_line_break_begins_no_new_field() {
        let mut bundle = bundle();
        bundle.organisation.name = "Visumexpress\r\nPayload-Oxum: 1.1".into();
        assert!(super::bag_info(&bundle, &[]).starts_with("Source-Organization: Visumexpress Payload-Oxum: 1.1\nExternal"));
    }
}
