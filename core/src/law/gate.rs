//! What other systems ask before they use a person's data: what may only be stored (Art. 18), what is objected to (Art. 21), which consent
//! is gone (Art. 7(3)). Knows who is asked about only by an index.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    ask::{Asked, Objection, RestrictionGround},
    change::Stop,
    map::System,
    right::Right,
};

/// Rights whose cases stop something: for good, or until it is lifted.
pub const STOPPING: [Right; 3] = [Right::Restriction, Right::Objection, Right::ConsentWithdrawal];

/// Why something may not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// Art. 18(1)(a).
    Contested,
    /// Art. 18(1)(b).
    Unlawful,
    /// Art. 18(1)(c).
    Claims,
    /// Art. 18(1)(d), asked for by itself.
    Objected,
    /// Art. 18(1); the request did not say which letter.
    Restricted,
    /// Art. 21(1): stopped while it is weighed, and for good where it is upheld.
    Objection,
    /// Art. 21(3).
    Marketing,
    /// Art. 7(3).
    Consent,
    /// Art. 17: whoever is erased is not written to again. What is known of the refusal is all that is left of the person.
    Erased,
    /// Its erasure was asked for, and a hold keeps it (Art. 17(3)(b), (e)).
    Held,
}

impl Ground {
    /// Why a case of a right stops something; nothing for a right that stops nothing.
    pub const fn of(right: Right, asked: &Asked) -> Option<Self> {
        match (right, asked) {
            (Right::Restriction, Asked::Restriction { ground }) => Some(match ground {
                RestrictionGround::Contested => Self::Contested,
                RestrictionGround::Unlawful => Self::Unlawful,
                RestrictionGround::Claims => Self::Claims,
                RestrictionGround::Objected => Self::Objected,
            }),
            (Right::Restriction, _) => Some(Self::Restricted),
            (Right::Objection, Asked::Objection(Objection::Marketing)) => Some(Self::Marketing),
            (Right::Objection, _) => Some(Self::Objection),
            (Right::ConsentWithdrawal, _) => Some(Self::Consent),
            _ => None,
        }
    }

    /// The name in columns and answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contested => "contested",
            Self::Unlawful => "unlawful",
            Self::Claims => "claims",
            Self::Objected => "objected",
            Self::Restricted => "restricted",
            Self::Objection => "objection",
            Self::Marketing => "marketing",
            Self::Consent => "consent",
            Self::Erased => "erased",
            Self::Held => "held",
        }
    }

    /// Where it stands in the GDPR.
    pub const fn article(self) -> &'static str {
        match self {
            Self::Contested => "Art. 18(1)(a)",
            Self::Unlawful => "Art. 18(1)(b)",
            Self::Claims => "Art. 18(1)(c)",
            Self::Objected | Self::Objection => "Art. 18(1)(d)",
            Self::Restricted => "Art. 18(1)",
            Self::Marketing => "Art. 21(3)",
            Self::Consent => "Art. 7(3)",
            Self::Erased => "Art. 17(1)",
            Self::Held => "Art. 17(3)",
        }
    }

    /// What has to rest.
    pub const fn stop(self) -> Stop {
        match self {
            Self::Contested | Self::Unlawful | Self::Claims | Self::Objected | Self::Restricted | Self::Held => Stop::Everything,
            Self::Objection => Stop::Objection,
            Self::Marketing | Self::Erased => Stop::Marketing,
            Self::Consent => Stop::Consent,
        }
    }

    /// What the data may be used for all the same (Art. 18(2)). A purpose that was refused has no such uses.
    pub const fn uses(self) -> &'static [Use] {
        match self {
            Self::Marketing | Self::Consent | Self::Erased => &[],
            _ => &Use::ALL,
        }
    }

    /// Purposes that must not be pursued.
    pub const fn purposes(self) -> &'static [&'static str] {
        match self.stop() {
            Stop::Everything => &["every-purpose"],
            Stop::Objection => &["legitimate-interest", "public-task"],
            Stop::Marketing => &["direct-marketing"],
            Stop::Consent => &["consent"],
        }
    }

    /// Whether it holds from the moment the person says so, before anybody has looked anything up.
    pub const fn is_at_once(self) -> bool {
        matches!(self, Self::Marketing | Self::Consent)
    }

    /// Which kinds of data have to rest, as `system.collection`; `chosen`: of these only. It is reckoned from the data map and not from
    /// what was found, because what comes in later rests as well.
    pub fn scope(self, systems: &[System], chosen: Option<&[String]>) -> Vec<String> {
        let all = systems.iter().flat_map(|system| system.collections.iter().map(move |collection| (system, collection)));
        let touched = all.filter(|(_, collection)| self.stop().touches(collection));
        let named = touched.map(|(system, collection)| format!("{}.{}", system.key, collection.name));
        named.filter(|kind| chosen.is_none_or(|chosen| chosen.contains(kind))).collect()
    }
}

/// Since when somebody is not written to for direct marketing, by what is in force for that person: what outlives an erasure, and the
/// reason for it (Art. 21(3)).
pub fn suppressed_since<'a>(in_force: impl IntoIterator<Item = &'a InForce>) -> Option<Timestamp> {
    let silent = in_force.into_iter().filter(|it| it.ground.stop() == Stop::Marketing);
    silent.map(|it| it.since).min()
}

/// What restricted data may still be used for (Art. 18(2)). Storing it is no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Use {
    /// The person consents to this use.
    Consent,
    /// Legal claims.
    LegalClaims,
    /// To protect the rights of another person.
    RightsOfAnother,
    /// Important public interest of the Union or of a member state.
    PublicInterest,
}

impl Use {
    /// Every use, in the law's order.
    pub const ALL: [Self; 4] = [Self::Consent, Self::LegalClaims, Self::RightsOfAnother, Self::PublicInterest];

    /// The name in columns, answers and texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::LegalClaims => "legal-claims",
            Self::RightsOfAnother => "rights-of-another",
            Self::PublicInterest => "public-interest",
        }
    }

    /// Reads a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|use_| use_.name() == name)
    }
}

/// What one case stops.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InForce {
    /// The case.
    pub case: String,
    /// Why.
    pub ground: Ground,
    /// Where that stands in the GDPR.
    pub article: &'static str,
    /// Since when, UTC.
    pub since: Timestamp,
    /// Kinds of data, as `system.collection`.
    pub scope: Vec<String>,
    /// What it must not be used for.
    pub purposes: &'static [&'static str],
    /// What it may be used for all the same (Art. 18(2)); each use is reported.
    pub uses: &'static [Use],
}

impl InForce {
    /// What a case stops.
    pub const fn new(case: String, ground: Ground, since: Timestamp, scope: Vec<String>) -> Self {
        Self { case, ground, article: ground.article(), since, scope, purposes: ground.purposes(), uses: ground.uses() }
    }
}

/// How a blind index is written: the key it was made with, and 64 hex digits. `None`: it is none.
pub fn split_index(index: &str) -> Option<(&str, &str)> {
    let is_hex = |text: &str, length: usize| text.len() == length && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    index.split_once('-').filter(|(key, digits)| is_hex(key, 8) && is_hex(digits, 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_stored_has_permitted_uses() {
        for ground in
            [Ground::Contested, Ground::Unlawful, Ground::Claims, Ground::Objected, Ground::Restricted, Ground::Objection, Ground::Held]
        {
            assert_eq!((ground.uses(), ground.is_at_once()), (&Use::ALL[..], false), "{ground:?}");
        }
        for ground in [Ground::Marketing, Ground::Consent] {
            assert_eq!((ground.uses(), ground.is_at_once()), (&[][..], true), "{ground:?}");
        }
        assert_eq!((Ground::Erased.uses(), Ground::Erased.is_at_once()), (&[][..], false), "an erasure begins with what is erased");
        assert!(Use::ALL.iter().all(|use_| Use::from_name(use_.name()) == Some(*use_)));
    }

    #[test]
    fn every_right_that_stops_has_a_ground_and_no_other() {
        for right in Right::ALL {
            assert_eq!(Ground::of(right, &Asked::Nothing).is_some(), STOPPING.contains(&right), "{right:?}");
        }
        assert_eq!(Ground::of(Right::Objection, &Asked::Objection(Objection::Marketing)), Some(Ground::Marketing));
    }

    #[test]
    fn what_silences_advertising_outlives_an_erasure_and_nothing_else_does() {
        let at = |day: i8| jiff::civil::date(2026, 11, day).at(9, 0, 0, 0).in_tz("UTC").unwrap().timestamp();
        let of = |ground, day| InForce::new("HB-1".to_owned(), ground, at(day), Vec::new());
        assert_eq!(suppressed_since(&[of(Ground::Claims, 1), of(Ground::Consent, 2)]), None);
        assert_eq!(suppressed_since(&[of(Ground::Erased, 20), of(Ground::Marketing, 3)]), Some(at(3)));
    }

    #[test]
    fn an_index_names_its_key_and_is_lower_case() {
        let digits = "0a".repeat(32);
        assert_eq!(split_index(&format!("0123abcd-{digits}")), Some(("0123abcd", digits.as_str())));
        for wrong in
            ["", "-", &digits, &format!("0123abcd-{}", digits.to_uppercase()), &format!("0123abc-{digits}"), &format!("0123abcd-{digits}0")]
        {
            assert_eq!(split_index(wrong), None, "{wrong}");
        }
    }
}
