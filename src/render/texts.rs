//! Every sentence in every language, from Fluent files. Knows no page.
//!
//! A file named `{lang}.ftl` or `{part}.{lang}.ftl`, in any folder under `texts/`, belongs to that language. A key that one
//! language has and another lacks stops the program at start-up; nobody meets half a translation.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use habeas_core::law::lang::{Lang, Text};
use jiff::civil::Date;
use rust_embed::RustEmbed;
use serde::Serialize;

use super::words;

#[derive(RustEmbed)]
#[folder = "texts/"]
struct Files;

type Bundle = FluentBundle<FluentResource>;

/// A sentence to be said: a key and the values it is given.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Message {
    /// Key in the `.ftl` files.
    pub key: String,
    /// Values by name.
    pub args: BTreeMap<String, Arg>,
}

/// A value inside a sentence.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Arg {
    /// A whole number; chooses plural forms.
    Number(i64),
    /// The same words in every language, such as a name or a clock time.
    Plain(String),
    /// Words that exist in every language, such as the label of a kind of data.
    Label(Text),
    /// A day, said with its weekday.
    Day {
        /// The day.
        day: Date,
    },
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Plain(text.to_owned())
    }
}

impl From<Text> for Arg {
    fn from(text: Text) -> Self {
        Self::Label(text)
    }
}

impl From<Date> for Arg {
    fn from(day: Date) -> Self {
        Self::Day { day }
    }
}

impl Arg {
    fn value(&self, lang: Lang) -> FluentValue<'_> {
        match self {
            Self::Number(number) => FluentValue::from(*number),
            Self::Plain(text) => FluentValue::from(text.as_str()),
            Self::Label(text) => FluentValue::from(text.get(lang)),
            Self::Day { day } => FluentValue::from(words::date(lang, *day)),
        }
    }
}

impl Message {
    /// A sentence without values.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), args: BTreeMap::new() }
    }

    /// The same sentence with one more value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Arg>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }
}

/// A text that cannot be said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// No such key.
    #[error("text `{0}` is missing; add it to every texts/*.ftl")]
    Missing(String),
    /// The sentence asks for a value that was not given, or is broken.
    #[error("text `{key}` cannot be said: {why}")]
    Broken {
        /// The key.
        key: String,
        /// What Fluent says.
        why: String,
    },
}

/// Why the texts do not load. Everything wrong is told at once.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The override folder cannot be read.
    #[error("texts in `{path}` cannot be read")]
    Unreadable {
        /// The folder or file.
        path: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The files contradict each other or do not parse.
    #[error("texts do not load:\n{}", .0.join("\n"))]
    Problems(Vec<String>),
}

/// Every sentence in every language.
pub struct Texts {
    nb: Bundle,
    nl: Bundle,
    en: Bundle,
}

impl Texts {
    /// Loads the shipped texts and, over them, those of an organisation's folder.
    pub fn load(overrides: Option<&Path>) -> Result<Self, LoadError> {
        let mut problems = Vec::new();
        let mut sources = embedded();
        let shipped = keys(&sources);
        problems.extend(gaps(&shipped));
        if let Some(folder) = overrides {
            for (lang, name, source) in folder_files(folder)? {
                problems.extend(strangers(&shipped, lang, &name, &source));
                sources.push((lang, name, source));
            }
        }
        let mut texts = Self { nb: bundle(Lang::Nb), nl: bundle(Lang::Nl), en: bundle(Lang::En) };
        for (lang, name, source) in sources {
            match FluentResource::try_new(source) {
                Ok(resource) => texts.bundle_mut(lang).add_resource_overriding(resource),
                Err((_, errors)) => problems.extend(errors.into_iter().map(|error| format!("{name}: {error}"))),
            }
        }
        if problems.is_empty() { Ok(texts) } else { Err(LoadError::Problems(problems)) }
    }

    /// A sentence in a language.
    pub fn get(&self, lang: Lang, key: &str, args: &FluentArgs<'_>) -> Result<String, TextError> {
        let bundle = self.bundle(lang);
        let pattern = bundle.get_message(key).and_then(|message| message.value()).ok_or_else(|| TextError::Missing(key.to_owned()))?;
        let mut errors = Vec::new();
        let sentence = bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        match errors.first() {
            None => Ok(sentence),
            Some(error) => Err(TextError::Broken { key: key.to_owned(), why: error.to_string() }),
        }
    }

    /// A message in a language.
    pub fn say(&self, lang: Lang, message: &Message) -> Result<String, TextError> {
        let args = message.args.iter().map(|(name, value)| (name.as_str(), value.value(lang))).collect();
        self.get(lang, &message.key, &args)
    }

    /// Whether a key exists (in one language, hence in all).
    pub fn has(&self, key: &str) -> bool {
        self.nb.has_message(key)
    }

    const fn bundle(&self, lang: Lang) -> &Bundle {
        match lang {
            Lang::Nb => &self.nb,
            Lang::Nl => &self.nl,
            Lang::En => &self.en,
        }
    }

    const fn bundle_mut(&mut self, lang: Lang) -> &mut Bundle {
        match lang {
            Lang::Nb => &mut self.nb,
            Lang::Nl => &mut self.nl,
            Lang::En => &mut self.en,
        }
    }
}

type Source = (Lang, String, String);

fn embedded() -> Vec<Source> {
    Files::iter()
        .filter_map(|name| {
            let source = String::from_utf8(Files::get(&name)?.data.into_owned()).ok()?;
            Some((language_of(&name)?, name.into_owned(), source))
        })
        .collect()
}

fn folder_files(folder: &Path) -> Result<Vec<Source>, LoadError> {
    let unreadable = |path: &Path| {
        let path = path.display().to_string();
        move |source| LoadError::Unreadable { path, source }
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable(folder))? {
        let path = entry.map_err(unreadable(folder))?.path();
        if let Some(lang) = path.to_str().and_then(language_of) {
            let source = fs::read_to_string(&path).map_err(unreadable(&path))?;
            found.push((lang, path.display().to_string(), source));
        }
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(found)
}

/// `nb.ftl` and `package.nb.ftl` are both Norwegian; `notes.ftl` is nobody's.
fn language_of(name: &str) -> Option<Lang> {
    let stem = name.strip_suffix(".ftl")?;
    Lang::from_code(stem.rsplit(['.', '/']).next()?)
}

fn bundle(lang: Lang) -> Bundle {
    let locale = lang.code().parse::<unic_langid::LanguageIdentifier>().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![locale]);
    bundle.set_use_isolating(false);
    bundle
}

type Keys = BTreeMap<Lang, BTreeSet<String>>;

fn keys(sources: &[Source]) -> Keys {
    let mut keys = Keys::new();
    for (lang, _, source) in sources {
        keys.entry(*lang).or_default().extend(keys_of(source));
    }
    keys
}

/// Keys defined in a Fluent file: `some-key = …` at the start of a line.
pub(crate) fn keys_of(source: &str) -> impl Iterator<Item = String> + '_ {
    source
        .lines()
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key)
        .filter(|key| key.starts_with(|c: char| c.is_ascii_lowercase()) && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
        .map(str::to_owned)
}

fn gaps(keys: &Keys) -> Vec<String> {
    let all: BTreeSet<&String> = keys.values().flatten().collect();
    let lacks = |lang: &Lang, key: &String| !keys.get(lang).is_some_and(|known| known.contains(key));
    let gap = |lang: Lang| all.iter().filter(move |key| lacks(&lang, key)).map(move |key| format!("`{key}` is missing in {}", lang.code()));
    Lang::ALL.into_iter().flat_map(gap).collect()
}

fn strangers(shipped: &Keys, lang: Lang, name: &str, source: &str) -> Vec<String> {
    keys_of(source)
        .filter(|key| !shipped.get(&lang).is_some_and(|known| known.contains(key)))
        .map(|key| format!("{name}: `{key}` replaces nothing; no text has that name"))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, fs};

    use fluent_bundle::FluentArgs;
    use habeas_core::law::lang::Lang;

    use super::{LoadError, Message, TextError, Texts, embedded, gaps, keys, keys_of, language_of};

    #[test]
    fn file_names_tell_the_language() {
        assert_eq!(language_of("nb.ftl"), Some(Lang::Nb));
        assert_eq!(language_of("fragments/package.nl.ftl"), Some(Lang::Nl));
        assert_eq!(language_of("notes.ftl"), None);
        assert_eq!(language_of("en.txt"), None);
    }

    #[test]
    fn no_key_is_said_twice_in_a_language() {
        let mut first: BTreeMap<(Lang, String), String> = BTreeMap::new();
        for (lang, file, source) in embedded() {
            for key in keys_of(&source) {
                let known = first.insert((lang, key.clone()), file.clone());
                assert_eq!(known, None, "`{key}` stands in {file}, too");
            }
        }
    }

    #[test]
    fn a_key_in_one_language_only_is_told_for_each_other_language() {
        let sources = vec![(Lang::Nb, "nb.ftl".into(), "hei = Hei\n".to_owned()), (Lang::En, "en.ftl".into(), String::new())];
        assert_eq!(gaps(&keys(&sources)), ["`hei` is missing in nl", "`hei` is missing in en"]);
    }

    #[test]
    fn the_shipped_texts_load_and_a_missing_key_is_an_error() {
        let texts = Texts::load(None).unwrap();
        assert_eq!(texts.get(Lang::Nb, "nowhere", &FluentArgs::new()), Err(TextError::Missing("nowhere".into())));
        assert!(matches!(texts.say(Lang::En, &Message::new("mail-code-subject")), Err(TextError::Broken { .. })));
    }

    #[test]
    fn an_organisation_replaces_a_text_but_cannot_invent_one() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("nb.ftl"), "start-title = Dine opplysninger\n").unwrap();
        let texts = Texts::load(Some(folder.path())).unwrap();
        assert_eq!(texts.say(Lang::Nb, &Message::new("start-title")).unwrap(), "Dine opplysninger");

        fs::write(folder.path().join("nb.ftl"), "start-titel = Dine opplysninger\n").unwrap();
        let Err(LoadError::Problems(problems)) = Texts::load(Some(folder.path())) else { panic!("the stranger got in") };
        assert_eq!(problems.len(), 1);
        assert!(problems[0].contains("`start-titel` replaces nothing"));
    }
}
