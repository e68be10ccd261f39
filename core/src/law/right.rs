//! The rights a person may use, with the article each stands in.

use serde::{Deserialize, Serialize};

/// A data subject right. The kebab name is the workflow's name, the column's value and the address part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// Art. 15.
    Access,
    /// Art. 20.
    Portability,
    /// Art. 16.
    Rectification,
    /// Art. 18.
    Restriction,
    /// Art. 17.
    Erasure,
    /// Art. 21.
    Objection,
    /// Art. 7(3).
    ConsentWithdrawal,
}

impl Right {
    /// Every right.
    pub const ALL: [Self; 7] =
        [Self::Access, Self::Portability, Self::Rectification, Self::Restriction, Self::Erasure, Self::Objection, Self::ConsentWithdrawal];

    /// The name used in files, columns and addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Portability => "portability",
            Self::Rectification => "rectification",
            Self::Restriction => "restriction",
            Self::Erasure => "erasure",
            Self::Objection => "objection",
            Self::ConsentWithdrawal => "consent-withdrawal",
        }
    }

    /// Reads a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|right| right.name() == name)
    }

    /// Where the right stands in the GDPR.
    pub const fn article(self) -> &'static str {
        match self {
            Self::Access => "Art. 15",
            Self::Portability => "Art. 20",
            Self::Rectification => "Art. 16",
            Self::Restriction => "Art. 18",
            Self::Erasure => "Art. 17",
            Self::Objection => "Art. 21",
            Self::ConsentWithdrawal => "Art. 7(3)",
        }
    }
}
