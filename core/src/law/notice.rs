//! Telling a recipient what changed in the data it was given (Art. 19): one state each, which carries what is known of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{lang::Text, letter::Because};

/// What became of telling one recipient. Until it was tried there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Notice {
    /// It was told.
    Sent(Sent),
    /// It has done the same.
    Acknowledged {
        /// How it was told.
        sent: Sent,
        /// When it answered, UTC.
        at: Timestamp,
        /// Who said so.
        by: String,
    },
    /// It does not do the same, under its own law.
    Refused {
        /// How it was told.
        sent: Sent,
        /// When it answered, UTC.
        at: Timestamp,
        /// Why, in its own words.
        reason: Because,
    },
    /// It cannot be told, or cannot do it.
    Impossible {
        /// How it was told; `None`: it could not be.
        sent: Option<Sent>,
        /// Since when that is known, UTC.
        at: Timestamp,
        /// Which of the reasons that count.
        why: Why,
        /// In words.
        because: Because,
    },
}

/// That a recipient was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// When, UTC.
    pub at: Timestamp,
    /// How.
    pub how: How,
}

/// How a recipient was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// By a mail with a link to answer by.
    Mail,
    /// By a member of staff.
    ByHand,
}

/// Why a recipient cannot be named or told. The list is closed: Art. 19 knows "impossible" and "disproportionate effort" and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It is no more, and nobody has taken its place.
    Gone,
    /// Which one it was, was not written down.
    NotRecorded,
    /// It cannot tell any more whose data it is.
    NotIdentifiable,
    /// The effort is out of proportion.
    Disproportionate,
}

impl Why {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::Gone, Self::NotRecorded, Self::NotIdentifiable, Self::Disproportionate];

    /// The name in files, forms and texts: `impossible-{name}`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::NotRecorded => "not-recorded",
            Self::NotIdentifiable => "not-identifiable",
            Self::Disproportionate => "disproportionate",
        }
    }

    /// Reads a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.name() == name)
    }
}

/// A notice, and to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Key of the recipient.
    pub recipient: String,
    /// As the person reads it; of whoever the log of transfers names, that name.
    pub name: Text,
    /// What became of it.
    pub notice: Notice,
}

/// What a recipient says, or what is found out about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It has done the same.
    Acknowledged {
        /// Who says so.
        by: String,
    },
    /// It does not.
    Refused {
        /// Why.
        reason: Because,
    },
    /// It cannot.
    Impossible {
        /// Which of the reasons that count.
        why: Why,
        /// In words.
        because: Because,
    },
}

/// A part of an answer that is missing. The name is that of the form's field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// Which answer it is.
    Answer,
    /// Who gives it.
    By,
    /// Words.
    Reason,
    /// One of the reasons that count.
    Why,
}

impl Lack {
    /// The code of what is wrong: text `problem-{code}`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Answer => "notice-answer-missing",
            Self::By => "by-missing",
            Self::Reason => "reason-missing",
            Self::Why => "impossible-why-missing",
        }
    }

    /// Name of the field.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::By => "by",
            Self::Reason => "reason",
            Self::Why => "why",
        }
    }
}

impl Answer {
    /// Names of the answers, in forms and texts: `notice-answer-{name}`.
    pub const NAMES: [&str; 3] = ["acknowledged", "refused", "impossible"];

    /// From the fields of a form, or every part that is missing.
    pub fn of(name: &str, by: &str, why: &str, words: &str) -> Result<Self, Vec<Lack>> {
        let by = Some(by.trim()).filter(|by| !by.is_empty()).ok_or(Lack::By);
        let why = Why::from_name(why).ok_or(Lack::Why);
        let words = Because::said(words).map_err(|_| Lack::Reason);
        match name {
            "acknowledged" => by.map(|by| Self::Acknowledged { by: by.to_owned() }).map_err(|lack| vec![lack]),
            "refused" => words.map(|reason| Self::Refused { reason }).map_err(|lack| vec![lack]),
            "impossible" => match (why, words) {
                (Ok(why), Ok(because)) => Ok(Self::Impossible { why, because }),
                (why, words) => Err([why.err(), words.err()].into_iter().flatten().collect()),
            },
            _ => Err(vec![Lack::Answer]),
        }
    }

    /// Its name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Acknowledged { .. } => "acknowledged",
            Self::Refused { .. } => "refused",
            Self::Impossible { .. } => "impossible",
        }
    }
}

impl Notice {
    /// The name in texts and the log.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Sent(_) => "sent",
            Self::Acknowledged { .. } => "acknowledged",
            Self::Refused { .. } => "refused",
            Self::Impossible { .. } => "impossible",
        }
    }

    /// How it was told, where it was.
    pub const fn sent(&self) -> Option<Sent> {
        match self {
            Self::Sent(sent) | Self::Acknowledged { sent, .. } | Self::Refused { sent, .. } => Some(*sent),
            Self::Impossible { sent, .. } => *sent,
        }
    }

    /// Whether an answer is still awaited.
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Sent(_))
    }

    /// The same with an answer. `None`: it was never told, so it can have answered nothing.
    #[must_use]
    pub fn answered(&self, answer: Answer, at: Timestamp) -> Option<Self> {
        let sent = self.sent();
        Some(match answer {
            Answer::Acknowledged { by } => Self::Acknowledged { sent: sent?, at, by },
            Answer::Refused { reason } => Self::Refused { sent: sent?, at, reason },
            Answer::Impossible { why, because } => Self::Impossible { sent, at, why, because },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, How, Lack, Notice, Sent, Why};

    fn sent() -> Notice {
        Notice::Sent(Sent { at: "2026-11-20T09:00:00Z".parse().unwrap(), how: How::Mail })
    }

    #[test]
    fn every_missing_part_of_an_answer_is_told_at_once() {
        let lacks = |name: &str, why: &str, words: &str| Answer::of(name, " ", why, words).unwrap_err();
        assert_eq!(lacks("", "", ""), [Lack::Answer]);
        assert_eq!(lacks("acknowledged", "gone", "words"), [Lack::By]);
        assert_eq!(lacks("refused", "gone", "  "), [Lack::Reason]);
        assert_eq!(lacks("impossible", "because", ""), [Lack::Why, Lack::Reason], "the list is closed");
        assert!(Answer::of("impossible", "", "gone", "Konkurs.").is_ok());
    }

    #[test]
    fn an_answer_keeps_how_it_was_told() {
        let at = "2026-11-27T09:00:00Z".parse().unwrap();
        let answer = |name| Answer::of(name, "Ola", "gone", "Konkurs.").unwrap();
        for name in ["acknowledged", "refused"] {
            let answered = sent().answered(answer(name), at).unwrap();
            assert_eq!((answered.name(), answered.sent(), answered.is_open()), (name, sent().sent(), false));
        }
        let gone = sent().answered(answer("impossible"), at).unwrap();
        assert_eq!((gone.sent(), gone.is_open()), (sent().sent(), false));
        let Answer::Impossible { why, because } = answer("impossible") else { panic!("impossible") };
        let untold = Notice::Impossible { sent: None, at, why, because };
        assert_eq!(untold.answered(answer("acknowledged"), at), None, "nobody answers who was never told");
    }

    #[test]
    fn a_state_carries_its_values_as_json() {
        let json = serde_json::to_value(sent()).unwrap();
        assert_eq!(json, serde_json::json!({"state": "sent", "at": "2026-11-20T09:00:00Z", "how": "mail"}));
        assert_eq!(serde_json::from_value::<Notice>(json).unwrap(), sent());
        assert!(Why::ALL.iter().all(|why| Why::from_name(why.name()) == Some(*why)));
    }
}
