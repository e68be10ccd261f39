//! What a hold does to each right. The one place that says so: whoever asks whether a hold matters asks here.

use crate::law::right::Right;

/// What a hold does to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing. Whoever keeps data for a claim still shows it, hands it over, and stops using it for anything else.
    Nothing,
    /// What it covers stays until it is released, and is only stored meanwhile (Art. 17(3)(b), (e), 18).
    Keeps,
    /// It is done at once. What stood there before stays with the case, sealed, until the hold is released.
    Remembers,
}

impl Effect {
    /// What a hold does to a right.
    ///
    /// Access and portability take nothing away (Art. 15, 20). An objection, above all to marketing (Art. 21(3)), a restriction (Art. 18)
    /// and a consent taken back (Art. 7(3)) only end uses, and storing for a claim is what remains. Art. 16 knows no exception as Art. 17(3)
    /// does, and nobody's claim is served by data that is wrong: it is corrected. The claim may need to know what it said, though, and
    /// that is what the plan of the correction holds.
    pub const fn on(right: Right) -> Self {
        match right {
            Right::Access | Right::Portability | Right::Restriction | Right::Objection | Right::ConsentWithdrawal => Self::Nothing,
            Right::Erasure => Self::Keeps,
            Right::Rectification => Self::Remembers,
        }
    }

    /// The name in texts: `hold-effect-{name}`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Keeps => "keeps",
            Self::Remembers => "remembers",
        }
    }
}
