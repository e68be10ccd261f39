//! Identity assurance: how sure we are who asks, and how sure an act needs us to be (Art. 12(6), EDPB 01/2022 §65).

use serde::{Deserialize, Serialize};

use super::map::Class;

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
}

/// The lowest tier at which data of a class may be shown, exported, corrected or erased.
///
/// Asking for more than this is as wrong as asking for less (EDPB 01/2022 §73).
pub const fn floor(class: Class) -> Tier {
    match class {
        Class::Ordinary => Tier::SecondItem,
        Class::HighRisk => Tier::Substantial,
    }
}
