//! The languages a person may be answered in (Art. 12(1)), and texts that exist in all of them.

use serde::{Deserialize, Serialize};

/// A language of the portal. `no` is refused on purpose: YAML 1.1 readers take it for a boolean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Norwegian bokmål.
    #[default]
    Nb,
    /// Dutch.
    Nl,
    /// English.
    En,
}

impl Lang {
    /// Every language, in the order of the language switch.
    pub const ALL: [Self; 3] = [Self::Nb, Self::Nl, Self::En];

    /// The code used in addresses, files and `lang` attributes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nb => "nb",
            Self::Nl => "nl",
            Self::En => "en",
        }
    }

    /// Reads a code; anything else is not a language of ours.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }
}

/// A short text in every language. A missing language is a parse error, never a silent fallback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Norwegian bokmål.
    pub nb: String,
    /// Dutch.
    pub nl: String,
    /// English.
    pub en: String,
}

impl Text {
    /// A name, or words that were said in one language only.
    pub fn same(words: &str) -> Self {
        Self { nb: words.to_owned(), nl: words.to_owned(), en: words.to_owned() }
    }

    /// Whether it says the same in every language, as a name does.
    pub fn is_same(&self) -> bool {
        self.nb == self.nl && self.nl == self.en
    }

    /// A text that the code itself brings, in the order of the language switch.
    pub(crate) fn of([nb, nl, en]: [&str; 3]) -> Self {
        Self { nb: nb.to_owned(), nl: nl.to_owned(), en: en.to_owned() }
    }

    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Nb => &self.nb,
            Lang::Nl => &self.nl,
            Lang::En => &self.en,
        }
    }
}
