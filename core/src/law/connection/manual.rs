//! A system that only people can work with: a filing cabinet, a mailbox, somebody's portal. Its connection is what they are told to do.

use std::collections::BTreeMap;

use crate::law::{
    connection::Connection,
    folder::{node::Entry, problem::Findings},
    lang::Text,
    map::{Collection, DataType, System},
};

/// How a system is worked with by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manual {
    /// What its owner must know before anything else.
    pub note: Option<Text>,
    /// What is done, in order; each is ticked when it is done.
    pub steps: BTreeMap<Duty, Vec<Text>>,
    /// Collections of files: the field that a file is kept in. Its name is the record's key.
    pub files: BTreeMap<String, String>,
}

/// What a person is asked to do in a system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Duty {
    /// Find what is held about somebody.
    Find,
    /// Art. 16.
    Correct,
    /// Art. 18, 21, 7(3); and the end of it.
    Restrict,
    /// Art. 17.
    Erase,
    /// Look again, afterwards.
    Verify,
}

impl Duty {
    /// Every duty.
    pub const ALL: [Self; 5] = [Self::Find, Self::Correct, Self::Restrict, Self::Erase, Self::Verify];

    /// As the connection calls it; a tick is called `{name}-{number}`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Find => "find",
            Self::Correct => "correct",
            Self::Restrict => "restrict",
            Self::Erase => "erase",
            Self::Verify => "verify",
        }
    }
}

/// Something to tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'s> {
    /// In the words of the connection.
    Written(&'s Text),
    /// That somebody looked again and found it done, where the connection has no words for it and no machine looks.
    LookedAgain,
}

impl Manual {
    /// Duties without a word of what to do. Looking again is said for every system alike.
    pub fn missing(&self) -> impl Iterator<Item = Duty> + '_ {
        Duty::ALL.into_iter().filter(|duty| *duty != Duty::Verify && !self.steps.contains_key(duty))
    }
}

impl System {
    /// Whether only people can work with it.
    pub const fn is_manual(&self) -> bool {
        matches!(self.connection, Connection::Manual(_))
    }

    /// What its owner must know before anything else.
    pub const fn note(&self) -> Option<&Text> {
        match &self.connection {
            Connection::Manual(manual) => manual.note.as_ref(),
            _ => None,
        }
    }

    /// The field of a collection that holds a file, and the key that holds its name.
    pub fn file_of<'c>(&'c self, collection: &'c Collection) -> Option<(&'c str, &'c str)> {
        let Connection::Manual(manual) = &self.connection else { return None };
        let key = collection.fields.iter().find(|field| field.primary_key)?;
        Some((manual.files.get(&collection.name)?, &key.name))
    }

    /// What a person ticks who does these duties, each with its name in a form.
    pub fn ticks(&self, duties: &[Duty]) -> Vec<(String, Step<'_>)> {
        duties
            .iter()
            .flat_map(|duty| self.steps(*duty).into_iter().enumerate().map(|(number, step)| (format!("{}-{number}", duty.name()), step)))
            .collect()
    }

    fn steps(&self, duty: Duty) -> Vec<Step<'_>> {
        let written = match &self.connection {
            Connection::Manual(manual) => manual.steps.get(&duty).map(Vec::as_slice).unwrap_or_default(),
            _ => &[],
        };
        if written.is_empty() && duty == Duty::Verify && self.collections.iter().any(|collection| !self.reads_back(collection)) {
            return vec![Step::LookedAgain];
        }
        written.iter().map(Step::Written).collect()
    }

    /// Whether a machine can look at a record again.
    fn reads_back(&self, collection: &Collection) -> bool {
        match &self.connection {
            Connection::Manual(_) => false,
            Connection::Http(api) => api.collections.get(&collection.name).is_some_and(|calls| calls.read.is_some()),
            Connection::Sqlite { .. } | Connection::Postgres(_) | Connection::Mariadb(_) => true,
        }
    }
}

/// Reads the settings of a system without an interface.
pub(super) fn read(entry: &mut Entry<'_>, collections: Option<&[Collection]>, findings: &mut Findings<'_>) -> Option<Manual> {
    let note = entry.optional("owner-note").map(|node| node.words(findings));
    let mut steps = BTreeMap::new();
    let mut sound = true;
    if let Some(node) = entry.optional("steps") {
        let mut lists = Entry::open(node, findings)?;
        for duty in Duty::ALL {
            let Some(list) = lists.optional(duty.name()) else { continue };
            let items = list.items(findings);
            let words: Vec<Text> = items.iter().filter_map(|item| item.words(findings)).collect();
            if items.is_empty() {
                findings.problem(
                    list.at,
                    "empty",
                    format!("a checklist has a step at least: leave `{}` out where there is none", duty.name()),
                    None,
                );
            }
            sound &= !words.is_empty() && words.len() == items.len();
            steps.insert(duty, words);
        }
        lists.close(findings);
    }
    let mut files = BTreeMap::new();
    for (at, name, node) in entry.optional("files").map(|node| node.pairs(findings)).unwrap_or_default() {
        let Some(field) = node.text(findings) else { continue };
        if let Some(problem) = collections.and_then(|collections| unfit(collections, name, field)) {
            findings.problem(at, "unknown-name", problem, None);
            sound = false;
        }
        files.insert(name.to_owned(), field.to_owned());
    }
    let note = note.map_or(Some(None), |note| note.map(Some))?;
    sound.then_some(Manual { note, steps, files })
}

/// Why a collection cannot hold files.
fn unfit(collections: &[Collection], name: &str, field: &str) -> Option<String> {
    let Some(collection) = collections.iter().find(|collection| collection.name == name) else {
        return Some(format!("the data map has no collection `{name}`"));
    };
    let keys: Vec<_> = collection.fields.iter().filter(|field| field.primary_key).collect();
    if !matches!(keys[..], [key] if key.data == DataType::Text) {
        return Some(format!("a file is found by its name: give `{name}` one primary key, a text"));
    }
    let fits = collection.field(field).is_some_and(|field| !field.primary_key && field.data == DataType::Text);
    (!fits).then(|| format!("`{name}` has no field `{field}` that a file could be kept in"))
}

#[cfg(test)]
mod tests {
    use super::{Duty, Step};
    use crate::law::{fideslang, fixture::SHOP, folder::Problem, map::System};

    fn read(connection: &str) -> Result<System, Vec<(usize, &'static str)>> {
        let map = SHOP.replace("{type: sqlite, path: systems/shop.db}", connection);
        assert_ne!(map, SHOP);
        let told = |problem: &Problem| (problem.line, problem.code);
        fideslang::parse("shop.yaml", &map).map(|parsed| parsed.value).map_err(|problems| problems.iter().map(told).collect())
    }

    #[test]
    fn a_checklist_is_ticked_step_by_step_and_looking_again_is_never_left_out() {
        let shred = "{nb: Makuler arket, nl: Vernietig het vel, en: Shred the sheet}";
        let system = read(&format!("{{type: manual, owner-note: {{nb: a, nl: b, en: c}}, steps: {{erase: [{shred}, {shred}]}}}}")).unwrap();
        assert_eq!(system.note().unwrap().en, "c");
        let ticks = system.ticks(&[Duty::Erase, Duty::Verify]);
        let names: Vec<&str> = ticks.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["erase-0", "erase-1", "verify-0"]);
        assert!(matches!(ticks[1].1, Step::Written(text) if text.en == "Shred the sheet"));
        assert_eq!(ticks[2].1, Step::LookedAgain);

        let verified = read(&format!("{{type: manual, steps: {{verify: [{shred}]}}}}")).unwrap();
        assert!(matches!(verified.ticks(&[Duty::Verify])[..], [(_, Step::Written(_))]));
        let shop = fideslang::parse("shop.yaml", SHOP).unwrap().value;
        assert_eq!(shop.ticks(&Duty::ALL), [], "a database is read back");
    }

    #[test]
    fn everything_that_is_wrong_is_told() {
        let problems = read("{type: manual, owner-note: {nb: a, nl: b}, steps: {find: [], erase: [{nb: a, en: c}], shred: []}, files: {nothing: x}, path: x}").unwrap_err();
        let codes: Vec<&str> = problems.iter().map(|(_, code)| *code).collect();
        assert_eq!(codes, ["missing-key", "empty", "missing-key", "unknown-key", "unknown-name", "unknown-key"]);
    }
}
