//! What a session remembers while its browser is at somebody else's: which one, what must come back, and where to go on then.

use habeas_core::law::{lang::Lang, provider::Ticket};
use serde::{Deserialize, Serialize};

/// A browser that was sent away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    /// What it must bring back.
    pub ticket: Ticket,
    /// Where it was sent.
    pub url: String,
    /// Where it goes on.
    pub back: Back,
    /// What the person reads.
    pub lang: Lang,
}

/// Where a person goes on when she is back: one of these, and never an address that somebody hands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Back {
    /// The request she was writing.
    Request,
    /// Her cases.
    Cases,
    /// A case.
    Case(String),
    /// The page that asked for a stronger proof in a case.
    Prove(String),
}

impl Back {
    /// What a form or an address says: a word, and the case's reference where it needs one.
    pub fn parse(word: &str, case: &str) -> Option<Self> {
        let is_reference = !case.is_empty() && case.len() <= 40 && case.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let case = is_reference.then(|| case.to_owned());
        match word {
            "request" => Some(Self::Request),
            "cases" => Some(Self::Cases),
            "case" => case.map(Self::Case),
            "prove" => case.map(Self::Prove),
            _ => None,
        }
    }

    /// The word.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Cases => "cases",
            Self::Case(_) => "case",
            Self::Prove(_) => "prove",
        }
    }

    /// The case.
    pub fn case(&self) -> Option<&str> {
        match self {
            Self::Request | Self::Cases => None,
            Self::Case(case) | Self::Prove(case) => Some(case),
        }
    }
}

/// A browser of the desk that was sent away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffAway {
    /// What it must bring back.
    pub ticket: Ticket,
    /// Where it was sent.
    pub url: String,
    /// What for.
    pub wish: Wish,
    /// What they read.
    pub lang: Lang,
}

/// What somebody of the desk is at a provider for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wish {
    /// To sign in.
    SignIn,
    /// To take an invitation, by its hash.
    Invitation(String),
    /// To link the account there to whoever is signed in here.
    Link,
    /// To show once more who they are, and go on there: an address without its language.
    Again(String),
}

#[cfg(test)]
mod tests {
    use super::Back;

    #[test]
    fn nobody_is_led_elsewhere() {
        assert_eq!(Back::parse("case", "HB-7F3K-2QXM"), Some(Back::Case("HB-7F3K-2QXM".into())));
        for (word, case) in
            [("https://evil.example", ""), ("", ""), ("case", ""), ("case", "../desk"), ("prove", "a/b"), ("case", "//evil")]
        {
            assert_eq!(Back::parse(word, case), None, "{word} {case}");
        }
        for back in [Back::Request, Back::Cases, Back::Case("HB-1".into()), Back::Prove("HB-1".into())] {
            assert_eq!(Back::parse(back.word(), back.case().unwrap_or_default()), Some(back));
        }
    }
}
