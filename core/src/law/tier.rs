//! Identity assurance: how sure we are who asks, and what made us sure (Art. 12(6), EDPB 01/2022 §65). How sure an act needs us to
//! be stands in `floor`.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::identifier::Identifier;

/// How strongly a person has proven who they are. Ordered: a higher tier includes the lower ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// 0: control of a mailbox, now.
    Mailbox,
    /// 1: the mailbox and something only customer and organisation know, or the customer account.
    SecondItem,
    /// 2: account with TOTP or passkey, or codes to two channels on file.
    TwoChannels,
    /// 3: eID substantial, or a shielded document check approved by the DPO.
    Substantial,
    /// 4: eID high.
    High,
}

impl Tier {
    /// Every tier, the lowest first.
    pub const ALL: [Self; 5] = [Self::Mailbox, Self::SecondItem, Self::TwoChannels, Self::Substantial, Self::High];

    /// The number shown to staff and authority.
    pub const fn number(self) -> u8 {
        match self {
            Self::Mailbox => 0,
            Self::SecondItem => 1,
            Self::TwoChannels => 2,
            Self::Substantial => 3,
            Self::High => 4,
        }
    }

    /// Reads a number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.number() == number)
    }
}

/// Something by which a person has shown who she is, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// By what.
    pub by: Means,
    /// When.
    pub at: Timestamp,
}

/// By what a person shows who she is. What it is worth counts only for the person it belongs to: the worker matches it first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum Means {
    /// A code sent to the mailbox. Never a factor by itself.
    Mailbox,
    /// A code sent to another address that was on file before the case began.
    SecondChannel,
    /// A code from an authenticator that was enrolled when the person had proven a second item; or a recovery code in its place.
    Totp {
        /// Since when she has it.
        since: Timestamp,
    },
    /// A passkey that was enrolled likewise.
    Passkey {
        /// Since when she has it.
        since: Timestamp,
    },
    /// Somebody else vouches: an eID, the customer account, one day a wallet.
    Voucher(Voucher),
}

/// What somebody else says about who a person is. Made by a room that has checked its signature, issuer, audience and time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voucher {
    /// The organisation's name of who vouches.
    pub provider: String,
    /// Its issuer; a subject is one person only within it.
    pub issuer: String,
    /// Whom it knows the person as.
    pub subject: String,
    /// How sure it is, as the organisation reads its words; what it does not say is the lowest.
    pub tier: Tier,
    /// Identifiers it vouches for, by identity kind (`customer_number`).
    pub identifiers: BTreeMap<String, String>,
}

/// How long a person who is told of a key that she has not made herself may object, before it proves anything: as long as an erasure
/// waits. Otherwise whoever has her mailbox for five minutes would be as sure as she is.
const SETTLING: SignedDuration = SignedDuration::from_hours(72);

/// Whether an authenticator or a passkey was there long enough before a request to say anything about who makes it.
pub fn is_settled(since: Timestamp, asked_at: Timestamp) -> bool {
    asked_at.duration_since(since) >= SETTLING
}

impl Means {
    /// What it is worth at most, for a request that was made then.
    pub fn tier(&self, asked_at: Timestamp) -> Tier {
        match self {
            Self::Mailbox => Tier::Mailbox,
            Self::Totp { since } | Self::Passkey { since } if !is_settled(*since, asked_at) => Tier::Mailbox,
            Self::SecondChannel | Self::Totp { .. } | Self::Passkey { .. } => Tier::TwoChannels,
            Self::Voucher(voucher) => voucher.tier,
        }
    }

    /// Its name in the log and the authority's bundle; says nothing about the person.
    pub fn name(&self) -> &str {
        match self {
            Self::Mailbox => "mailbox",
            Self::SecondChannel => "second-channel",
            Self::Totp { .. } => "totp",
            Self::Passkey { .. } => "passkey",
            Self::Voucher(voucher) => &voucher.provider,
        }
    }
}

impl Proof {
    /// What must lead to the same person as the mailbox, and what the proof is then worth for a request made at `asked_at`; no identifier:
    /// the mailbox is hers beyond doubt, and all it has to do is lead to one person. `None` where it says nothing about the organisation's
    /// customer: who vouches for a civil identity without naming anything that the organisation knows the person by has not.
    pub fn shows(&self, email_kind: &str, email: &str, asked_at: Timestamp) -> Option<(Vec<Identifier>, Tier)> {
        match &self.by {
            Means::Mailbox => None,
            Means::SecondChannel | Means::Totp { .. } | Means::Passkey { .. } => {
                Some((Vec::new(), Some(self.by.tier(asked_at)).filter(|tier| *tier > Tier::Mailbox)?))
            }
            Means::Voucher(voucher) => {
                let others = voucher.identifiers.iter().filter(|(kind, _)| *kind != email_kind);
                let beside: Vec<_> = others.map(|(kind, value)| Identifier::parse(kind, value)).collect::<Result<_, _>>().ok()?;
                let same_mailbox = voucher.identifiers.get(email_kind).is_some_and(|said| said.eq_ignore_ascii_case(email));
                match (beside.is_empty(), same_mailbox) {
                    (true, false) => None,
                    (true, true) => Some((beside, voucher.tier.min(Tier::TwoChannels))),
                    (false, _) => Some((beside, voucher.tier)),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::{Means, Tier};

    #[test]
    fn a_key_that_was_made_just_now_says_nothing_about_who_asks() {
        let since: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        for means in [Means::Totp { since }, Means::Passkey { since }] {
            let worth = |hours| means.tier(since + SignedDuration::from_hours(hours));
            assert_eq!([-1, 0, 71, 72, 9_000].map(worth), [0, 0, 0, 2, 2].map(|tier| Tier::from_number(tier).unwrap()));
        }
    }

    #[test]
    fn a_tier_is_its_number() {
        for tier in Tier::ALL {
            assert_eq!(Tier::from_number(tier.number()), Some(tier));
        }
        assert_eq!(Tier::from_number(5), None);
        assert!(Tier::ALL.is_sorted(), "a higher number is a stronger proof");
    }
}
