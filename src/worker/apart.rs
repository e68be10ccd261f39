//! The erasure ledger apart from the database: a file that only grows, so that a database that was restored from its backup learns what
//! was erased since. Blind indexes only, as in the rows.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{File, OpenOptions},
    io::{self, BufRead as _, BufReader, Write as _},
    path::Path,
};

use habeas_core::law::ledger::{Counts, Entry};

use super::{Worker, replay::ReplayError};
use crate::{
    action::{actor::Actor, note_replay::NoteReplay},
    store::ledger::{self, Erasure},
};

/// Adds an erasure; on the disk before it returns.
pub(super) fn add(file: &Path, erasure: &Erasure) -> io::Result<()> {
    // A line that was cut off before stays one of its own.
    let line = format!("\n{}\n", serde_json::to_string(erasure)?);
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(file)?;
    file.write_all(line.as_bytes())?;
    file.sync_data()
}

/// Everything in it. A line that was cut off counts for nothing: its erasure was not reported, and is noted again.
fn read(file: &Path) -> io::Result<Erasure> {
    let mut all = Erasure::default();
    let lines = match File::open(file) {
        Ok(file) => BufReader::new(file).lines(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(all),
        Err(error) => return Err(error),
    };
    for line in lines {
        match serde_json::from_str::<Erasure>(&line?) {
            Ok(Erasure { entries, identifiers }) => {
                all.entries.extend(entries);
                all.identifiers.extend(identifiers);
            }
            Err(error) if error.is_eof() => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(all)
}

/// What one has and the other has not.
fn beyond(one: &Erasure, other: &Erasure) -> Erasure {
    let name = |entry: &Entry| serde_json::to_string(entry).unwrap_or_default();
    let known: BTreeSet<String> = other.entries.iter().map(name).collect();
    let named: BTreeSet<&(String, String)> = other.identifiers.iter().collect();
    let mut seen = BTreeSet::new();
    let entries = one.entries.iter().filter(|entry| !known.contains(&name(entry)) && seen.insert(name(entry))).cloned().collect();
    Erasure { entries, identifiers: one.identifiers.iter().filter(|pair| !named.contains(pair)).cloned().collect() }
}

impl Worker {
    /// Notes an erasure apart, before the database is told. A disk that refuses does not stop the report: what is missing is added later.
    pub(super) fn note_apart(&self, erasure: &Erasure) {
        if *erasure == Erasure::default() {
            return;
        }
        if let Err(error) = add(&self.ledger, erasure) {
            tracing::error!(file = %self.ledger.display(), %error, "the erasure ledger could not be written apart from the database");
        }
    }

    /// Brings the database and the ledger that is kept apart to the same. Where the database is the older one, it was restored: what was
    /// erased since is erased again in every system that can be reached into, and only then is the database told. Returns what came of
    /// it, by system; nobody may be let in before.
    pub async fn catch_up(&self) -> Result<BTreeMap<String, BTreeMap<String, Counts>>, ReplayError> {
        let apart = read(&self.ledger).map_err(|error| ReplayError::Apart(self.ledger.clone(), error))?;
        let own = ledger::all(&self.door.store).await?;
        let unwritten = beyond(&own, &apart);
        if unwritten != Erasure::default() {
            add(&self.ledger, &unwritten).map_err(|error| ReplayError::Apart(self.ledger.clone(), error))?;
        }
        let mut owed = beyond(&apart, &own);
        let mut done = BTreeMap::new();
        let systems: BTreeSet<String> = owed.entries.iter().map(|entry| entry.system.clone()).collect();
        for system in systems {
            let is_connected = self.systems().iter().any(|known| known.key == system && !known.is_manual());
            let entries = owed.entries.extract_if(.., |entry| entry.system == system).collect();
            let its = Erasure { entries, identifiers: owed.identifiers.clone() };
            if is_connected {
                done.insert(system.clone(), self.replay_with(&Actor::Operator, &system, false, &its).await?.counts);
            } else {
                let note = NoteReplay { system: system.clone(), counts: BTreeMap::new(), holds: Vec::new(), erased: its };
                self.door.run(&Actor::Operator, note).await?;
                done.insert(system, BTreeMap::new());
            }
        }
        Ok(done)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::{Erasure, add, beyond, read};

    fn of(name: &str) -> Erasure {
        Erasure { entries: Vec::new(), identifiers: vec![(name.to_owned(), "HB-1".to_owned())] }
    }

    #[test]
    fn a_line_that_was_cut_off_hides_no_other_and_one_that_was_spoilt_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ledger.jsonl");
        assert_eq!(read(&file).unwrap(), Erasure::default());
        add(&file, &of("a")).unwrap();
        let mut torn = std::fs::OpenOptions::new().append(true).open(&file).unwrap();
        torn.write_all(b"{\"entries\":[],\"ident").unwrap();
        add(&file, &of("b")).unwrap();
        let both = read(&file).unwrap();
        assert_eq!(both.identifiers, [of("a").identifiers, of("b").identifiers].concat());
        assert_eq!(beyond(&both, &of("a")), of("b"));
        assert_eq!(beyond(&of("a"), &both), Erasure::default());
        torn.write_all(b"{\"entries\":7}\n").unwrap();
        assert!(read(&file).is_err());
    }
}
