//! What a person stated about data that was not corrected, as a kind of its own in her copy: it stands beside the data, so she gets it with it.

use habeas_core::law::{map::DataType, record::Value};

use super::super::Effect;
use crate::{
    action::refusal::Refusal,
    bundle::subject::{Field, Kind, Names},
    store::{message, sealed, statement},
};

/// Name of its tables; no system's, because each of those has a dash and a collection behind.
pub(super) const SLUG: &str = "statements";

/// A statement as it is told: when, about what, in which words, with which files.
pub(super) struct Stated {
    at: String,
    about: String,
    words: String,
    files: Vec<Vec<u8>>,
    /// How many files the statement with the most has.
    most: usize,
}

impl Stated {
    /// One value per field of the kind.
    pub(super) fn row(self) -> Vec<Value> {
        let files = self.files.into_iter().map(Value::Bytes).chain(std::iter::repeat(Value::Null)).take(self.most);
        [self.at, self.about, self.words].map(Value::Text).into_iter().chain(files).collect()
    }
}

impl Effect<'_> {
    /// Everything that the person stated about kinds she asked about, in whatever case.
    pub(super) async fn stated(&self) -> Result<Vec<Stated>, Refusal> {
        let (store, keys) = (&self.worker.door.store, &self.worker.door.keys);
        let asked: Vec<String> =
            self.kinds_asked()?.iter().map(|(system, collection)| format!("{}.{}", system.key, collection.name)).collect();
        let mut stated = Vec::new();
        for (case, stored, mut statement) in statement::of_person(store, keys, self.case.person()).await? {
            statement.about.retain(|disputed| asked.contains(&disputed.kind));
            if statement.about.is_empty() {
                continue;
            }
            let mut files = Vec::new();
            for file in message::file::of_case(store, &case.id).await?.iter().filter(|file| file.message == stored.id) {
                files.extend(sealed::message_file(store, keys, &case, &file.id).await?.map(|(_, bytes)| bytes));
            }
            let about = statement.about.iter().filter_map(|disputed| self.called(&disputed.kind, &disputed.field));
            let about = about.collect::<Vec<_>>().join(", ");
            stated.push((stored.made_at, Stated { at: stored.made_at.to_string(), about, words: statement.words, files, most: 0 }));
        }
        stated.sort_by_key(|(at, _)| *at);
        let most = stated.iter().map(|(_, it)| it.files.len()).max().unwrap_or_default();
        Ok(stated.into_iter().map(|(_, it)| Stated { most, ..it }).collect())
    }

    /// What the person calls a field and its kind.
    fn called(&self, kind: &str, field: &str) -> Option<String> {
        let (system, collection) = kind.split_once('.')?;
        let collection = self.worker.door.organisation.system(system)?.collection(collection)?;
        Some(format!("{}: {}", self.text(&collection.label), self.text(&collection.field(field)?.label)))
    }

    /// The kind; nothing was stated: none.
    pub(super) fn own_statements(&self, stated: &[Stated], names: &mut Names) -> Result<Option<Kind>, Refusal> {
        let Some(first) = stated.first() else { return Ok(None) };
        let plain = |name: String, label: &str, data| {
            let label = self.say(label)?;
            Ok::<_, Refusal>(Field { name, label, card: None, data, dated: true, codes: Vec::new() })
        };
        let mut fields = vec![
            plain("stated_at".to_owned(), "package-stated-at", DataType::Timestamp)?,
            plain("about".to_owned(), "package-stated-about", DataType::Text)?,
            plain("words".to_owned(), "package-stated-words", DataType::Text)?,
        ];
        for number in 1..=first.most {
            fields.push(plain(format!("file_{number}"), "package-stated-file", DataType::Text)?);
        }
        let label = self.say("package-stated")?;
        Ok(Some(Kind {
            slug: SLUG.to_owned(),
            name: names.of(&label),
            label,
            purpose: self.say("package-stated-why")?,
            source: self.say("package-stated-from")?,
            recipients: Vec::new(),
            legal_basis: "Art. 6(1)(c), Art. 16".to_owned(),
            keep_until: self.say("package-stated-keep")?,
            fields,
            count: stated.len(),
        }))
    }
}
