//! What a letter cannot be written without: reasons in words, and a ground of the closed list (Art. 12(3), (4)).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    lang::{Lang, Text},
    refusal::Refusal,
    right::Right,
};

/// Why something is so, in plain words. Never blank in any language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Text", into = "Text")]
pub struct Because(Text);

/// No words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a reason without words is none: say why")]
pub struct Blank;

impl Because {
    /// As a member of staff said it, in the person's language.
    pub fn said(words: &str) -> Result<Self, Blank> {
        Self::try_from(Text::same(words.trim()))
    }

    /// The longest of its words.
    pub fn words(&self) -> &str {
        Lang::ALL.into_iter().map(|lang| self.0.get(lang)).max_by_key(|words| words.len()).unwrap_or_default()
    }
}

impl TryFrom<Text> for Because {
    type Error = Blank;

    fn try_from(text: Text) -> Result<Self, Blank> {
        if Lang::ALL.into_iter().any(|lang| text.get(lang).trim().is_empty()) { Err(Blank) } else { Ok(Self(text)) }
    }
}

impl From<Because> for Text {
    fn from(because: Because) -> Self {
        because.0
    }
}

/// A refusal as the person reads it. It cannot be made without words, a ground that the law has for her right, and, where the ground
/// only points at another law, which one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reasons {
    /// Why, in plain words.
    pub because: Because,
    /// Code of the ground.
    pub code: String,
    /// The ground in plain words.
    pub ground: Text,
    /// Where it stands: `Art. 17(3)(b), bokføringsloven § 13`.
    pub citation: String,
}

/// A part of a refusal. The name is that of the form's field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Words.
    Reason,
    /// A ground of the list that fits the right.
    Ground,
    /// Which law, where the ground only points at one.
    Statute,
}

impl Part {
    /// Name of the field.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reason => "reason",
            Self::Ground => "ground",
            Self::Statute => "statute",
        }
    }
}

impl Reasons {
    /// From the fields of a form, or every part that is missing.
    pub fn of(right: Right, fields: &BTreeMap<String, String>) -> Result<Self, Vec<Part>> {
        let said = |part: Part| fields.get(part.name()).map(|text| text.trim()).filter(|text| !text.is_empty());
        let because = said(Part::Reason).and_then(|words| Because::said(words).ok());
        let ground = said(Part::Ground).and_then(|code| code.parse().ok()).filter(|ground: &Refusal| ground.fits(right));
        let statute = said(Part::Statute);
        let lacks_statute = statute.is_none() && ground.is_some_and(Refusal::needs_statute);
        let (Some(because), Some(ground), false) = (&because, ground, lacks_statute) else {
            let parts = [(Part::Reason, because.is_none()), (Part::Ground, ground.is_none()), (Part::Statute, lacks_statute)];
            return Err(parts.into_iter().filter_map(|(part, missing)| missing.then_some(part)).collect());
        };
        let citation = [Some(ground.citation()), statute].into_iter().flatten().collect::<Vec<_>>().join(", ");
        Ok(Self { because: because.clone(), code: ground.code().to_owned(), ground: ground.text(), citation })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Because, Part, Reasons};
    use crate::law::{
        lang::{Lang, Text},
        right::Right,
    };

    fn form(fields: &[(&str, &str)]) -> BTreeMap<String, String> {
        fields.iter().map(|&(name, text)| (name.to_owned(), text.to_owned())).collect()
    }

    #[test]
    fn a_refusal_is_told_with_words_ground_and_place() {
        let whole = form(&[("reason", " Fakturaene må stå. "), ("ground", "R17.3.b"), ("statute", "bokføringsloven § 13")]);
        let reasons = Reasons::of(Right::Erasure, &whole).unwrap();
        assert_eq!(reasons.citation, "Art. 17(3)(b), bokføringsloven § 13");
        assert_eq!((reasons.code.as_str(), Text::from(reasons.because).get(Lang::Nl)), ("R17.3.b", "Fakturaene må stå."));
    }

    #[test]
    fn every_missing_part_is_told_at_once() {
        let lacks = |fields: &[(&str, &str)]| Reasons::of(Right::Erasure, &form(fields)).unwrap_err();
        assert_eq!(lacks(&[]), [Part::Reason, Part::Ground]);
        assert_eq!(lacks(&[("reason", " "), ("ground", "R17.3.b")]), [Part::Reason, Part::Statute], "a duty to keep stands in some law");
        assert_eq!(lacks(&[("reason", "a"), ("ground", "R23.NL41"), ("statute", "  ")]), [Part::Statute]);
        assert_eq!(lacks(&[("reason", "a"), ("ground", "R99")]), [Part::Ground], "the list is closed");
        assert_eq!(lacks(&[("reason", "a"), ("ground", "R21.1c")]), [Part::Ground], "a ground against another right is none");
    }

    #[test]
    fn a_reason_has_words_in_every_language() {
        assert!(Because::said(" \n").is_err());
        assert!(serde_json::from_str::<Because>(r#"{"nb":"fordi","nl":"","en":"because"}"#).is_err());
    }
}
