//! What a person asks for beyond the right itself: what is wrong, why it must rest, what she objects to. Sealed with the applicant.

use std::fmt;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{
    change::Stop,
    map::{DataType, Field, System},
    right::Right,
    written,
};

/// What the person asks for, beyond the right itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asked {
    /// The right and its scope say it all.
    #[default]
    Nothing,
    /// Art. 16: one or more fields.
    Corrections(Vec<Correction>),
    /// Art. 18(1).
    Restriction {
        /// Which of its letters.
        ground: RestrictionGround,
    },
    /// Art. 21.
    Objection(Objection),
    /// Art. 20(2): the file goes directly to another controller, named as in `recipients.yaml`.
    Transmission {
        /// Its id.
        to: String,
    },
}

/// How long one answer may be.
const LONGEST: usize = 1_000;

impl Asked {
    /// Everything that is wrong with it, as field of the form and code. Fields of a correction carry its number: `should-0`.
    pub fn problems(&self, right: Right, systems: &[System]) -> Vec<(String, &'static str)> {
        let problem = |field: &str, code| vec![(field.to_owned(), code)];
        match (self, right) {
            (Self::Corrections(asked), Right::Rectification) if !asked.is_empty() => {
                asked.iter().enumerate().flat_map(|(number, correction)| correction.problems(number, systems)).collect()
            }
            (_, Right::Rectification) => problem("should-0", "correction-missing"),
            (Self::Objection(Objection::Other { why }), Right::Objection) if why.trim().is_empty() => problem("why", "why-missing"),
            (Self::Objection(Objection::Other { why }), Right::Objection) if is_long(why) => problem("why", "too-long"),
            // Said by telephone or letter: whoever handles the case finds out.
            (Self::Nothing, _)
            | (Self::Objection(_), Right::Objection)
            | (Self::Restriction { .. }, Right::Restriction)
            | (Self::Transmission { .. }, Right::Portability) => Vec::new(),
            _ => problem("right", "asked-of-another-right"),
        }
    }
}

impl Asked {
    /// What a mailbox alone is enough to look for: what is sent, or rests on a consent. `None`: everything, because more is proven.
    pub const fn by_mailbox(&self, right: Right) -> Option<Stop> {
        match (self, right) {
            (_, Right::ConsentWithdrawal) => Some(Stop::Consent),
            (Self::Objection(Objection::Marketing), Right::Objection) => Some(Stop::Marketing),
            _ => None,
        }
    }
}

impl Correction {
    fn problems(&self, number: usize, systems: &[System]) -> Vec<(String, &'static str)> {
        let Some(fields) = self.fields(systems) else { return vec![(format!("kind-{number}"), "kind-unknown")] };
        let Some(field) = fields.iter().find(|field| field.name == self.field && !field.technical) else {
            return vec![(format!("field-{number}"), "field-unknown")];
        };
        let long = |text: &Option<String>| text.as_deref().is_some_and(is_long);
        let mut problems = Vec::new();
        let mut tell = |wrong: bool, name: &str, code| problems.extend(wrong.then(|| (format!("{name}-{number}"), code)));
        tell(!field.is_correctable(), "field", "field-not-correctable");
        tell(self.should.trim().is_empty(), "should", "should-missing");
        tell(is_long(&self.should), "should", "too-long");
        tell(!self.should.trim().is_empty() && field.data.read(&self.should).is_none(), "should", field.data.unreadable());
        tell(long(&self.now), "now", "too-long");
        tell(long(&self.why), "why", "too-long");
        problems
    }

    /// Whether it should say what it says today, whichever way both are written.
    pub fn changes_nothing(&self, systems: &[System]) -> bool {
        let data = self.data(systems).unwrap_or_default();
        let (now, should) = (self.now.as_deref().unwrap_or_default().trim(), self.should.trim());
        let read = |text: &str| data.read(text).filter(|_| !text.is_empty());
        now == should || (read(now).is_some() && read(now) == read(should))
    }

    /// What its field's values are, where the data map has it.
    pub fn data(&self, systems: &[System]) -> Option<DataType> {
        Some(self.fields(systems)?.iter().find(|field| field.name == self.field)?.data)
    }

    /// The same with moments as instants. People write them in the clock of the place; nothing else depends on where it is.
    #[must_use]
    pub fn in_zone(self, systems: &[System], zone: &TimeZone) -> Self {
        if self.data(systems) != Some(DataType::Timestamp) {
            return self;
        }
        let instant = |text: String| written::moment(&text, zone).map_or(text, |moment| moment.to_string());
        Self { now: self.now.map(instant), should: instant(self.should), ..self }
    }

    fn fields<'s>(&self, systems: &'s [System]) -> Option<&'s [Field]> {
        let (system, collection) = self.kind.split_once('.')?;
        Some(&systems.iter().find(|known| known.key == system)?.collection(collection)?.fields)
    }
}

fn is_long(text: &str) -> bool {
    text.chars().count() > LONGEST
}

/// One field that says something wrong, or nothing where something belongs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// `system.collection`.
    pub kind: String,
    /// The field's name in the data map.
    pub field: String,
    /// What it says today, if the person knows; tells rows of one kind apart.
    pub now: Option<String>,
    /// What it should say.
    pub should: String,
    /// In the person's words; never owed (EDPB 01/2022 §167).
    pub why: Option<String>,
}

/// Which field is wrong may be printed; what it says may not.
impl fmt::Debug for Correction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Correction({}.{}, ‹personal›)", self.kind, self.field)
    }
}

/// Why the data may only be stored (Art. 18(1)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RestrictionGround {
    /// (a): its accuracy is contested, and being verified.
    Contested,
    /// (b): the processing is unlawful, and the person would rather have it kept.
    Unlawful,
    /// (c): the person needs it for a legal claim.
    Claims,
    /// (d): an objection is being weighed.
    Objected,
}

impl RestrictionGround {
    /// Every ground, in the law's order.
    pub const ALL: [Self; 4] = [Self::Contested, Self::Unlawful, Self::Claims, Self::Objected];

    /// The name in forms, texts and the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contested => "contested",
            Self::Unlawful => "unlawful",
            Self::Claims => "claims",
            Self::Objected => "objected",
        }
    }

    /// Reads a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.name() == name)
    }

    /// Where it stands.
    pub const fn article(self) -> &'static str {
        match self {
            Self::Contested => "Art. 18(1)(a)",
            Self::Unlawful => "Art. 18(1)(b)",
            Self::Claims => "Art. 18(1)(c)",
            Self::Objected => "Art. 18(1)(d)",
        }
    }
}

/// What the person objects to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Objection {
    /// Direct marketing: absolute, no reason asked (Art. 21(2)–(3)).
    Marketing,
    /// Anything else that rests on Art. 6(1)(e) or (f) (Art. 21(1)).
    Other {
        /// The person's own situation, which the law makes part of the objection.
        why: String,
    },
}

impl fmt::Debug for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Marketing => "Marketing",
            Self::Other { .. } => "Other(‹personal›)",
        })
    }
}
