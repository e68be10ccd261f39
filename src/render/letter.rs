//! What each letter tells. The words are in `templates/mail/` and `texts/`; what must be in them is law (Art. 12(3), (4), 19).

use habeas_core::law::{
    fee::Fee,
    hold::Review,
    lang::Text,
    letter::{Because, Reasons},
    notice::Told,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

pub use aside::{AskedForYou, MessageWaits, PackageFetched, PackageReminder};
pub use staff::{AccountChanged, ErasuresStopped, Invitation};

pub use erasure::{DeletedLine, ErasureDone, ErasureNotice, KeptLine, RestGone, SuppressedLine};

mod aside;
mod erasure;
mod staff;

/// The letters there are. The kebab name is the template's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LetterKind {
    /// [`Code`].
    Code,
    /// [`CaseLinks`].
    CaseLinks,
    /// [`Received`].
    Received,
    /// [`ProofWanted`].
    ProofWanted,
    /// [`PackageFetched`].
    PackageFetched,
    /// [`PackageReminder`].
    PackageReminder,
    /// [`Question`].
    Question,
    /// [`Longer`].
    Longer,
    /// [`Ready`].
    Ready,
    /// [`ErasureNotice`].
    ErasureNotice,
    /// [`ErasureDone`].
    ErasureDone,
    /// [`NothingHeld`].
    NothingHeld,
    /// [`Refused`].
    Refused,
    /// [`WithdrawalConfirmed`].
    WithdrawalConfirmed,
    /// [`RestGone`].
    RestGone,
    /// [`RecipientNotice`].
    RecipientNotice,
    /// [`PortabilityReady`].
    PortabilityReady,
    /// [`RectificationDone`].
    RectificationDone,
    /// [`Changed`].
    RestrictionDone,
    /// [`FeeNotice`].
    FeeNotice,
    /// [`LiftNotice`].
    LiftNotice,
    /// [`MessageWaits`].
    MessageWaits,
    /// [`MessageWaits`].
    DocumentGone,
    /// [`AskedForYou`].
    AskedForYou,
    /// [`Changed`].
    RestrictionLifted,
    /// [`RestrictionStays`].
    RestrictionStays,
    /// [`Changed`].
    ObjectionUpheld,
    /// [`Refused`].
    ObjectionOverridden,
    /// [`Changed`].
    MarketingStopped,
    /// [`Changed`].
    ConsentStopped,
    /// [`Drift`].
    Drift,
    /// [`ErasuresStopped`].
    ErasuresStopped,
    /// [`HoldReview`].
    HoldReview,
    /// [`Invitation`].
    Invitation,
    /// [`AccountChanged`].
    AccountChanged,
}

impl LetterKind {
    /// Every kind.
    pub const ALL: [Self; 35] = [
        Self::Code,
        Self::CaseLinks,
        Self::Received,
        Self::Question,
        Self::ProofWanted,
        Self::PackageFetched,
        Self::PackageReminder,
        Self::Longer,
        Self::Ready,
        Self::ErasureNotice,
        Self::ErasureDone,
        Self::NothingHeld,
        Self::Refused,
        Self::WithdrawalConfirmed,
        Self::RestGone,
        Self::RecipientNotice,
        Self::PortabilityReady,
        Self::RectificationDone,
        Self::RestrictionDone,
        Self::FeeNotice,
        Self::LiftNotice,
        Self::MessageWaits,
        Self::DocumentGone,
        Self::AskedForYou,
        Self::RestrictionLifted,
        Self::RestrictionStays,
        Self::ObjectionUpheld,
        Self::ObjectionOverridden,
        Self::MarketingStopped,
        Self::ConsentStopped,
        Self::Drift,
        Self::ErasuresStopped,
        Self::HoldReview,
        Self::Invitation,
        Self::AccountChanged,
    ];

    /// The name in workflows, rows and templates.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::CaseLinks => "case-links",
            Self::Received => "received",
            Self::Question => "question",
            Self::ProofWanted => "proof-wanted",
            Self::PackageFetched => "package-fetched",
            Self::PackageReminder => "package-reminder",
            Self::Longer => "longer",
            Self::Ready => "ready",
            Self::ErasureNotice => "erasure-notice",
            Self::ErasureDone => "erasure-done",
            Self::NothingHeld => "nothing-held",
            Self::Refused => "refused",
            Self::WithdrawalConfirmed => "withdrawal-confirmed",
            Self::RestGone => "rest-gone",
            Self::RecipientNotice => "recipient-notice",
            Self::PortabilityReady => "portability-ready",
            Self::RectificationDone => "rectification-done",
            Self::RestrictionDone => "restriction-done",
            Self::FeeNotice => "fee-notice",
            Self::LiftNotice => "lift-notice",
            Self::MessageWaits => "message-waits",
            Self::DocumentGone => "document-gone",
            Self::AskedForYou => "asked-for-you",
            Self::RestrictionLifted => "restriction-lifted",
            Self::RestrictionStays => "restriction-stays",
            Self::ObjectionUpheld => "objection-upheld",
            Self::ObjectionOverridden => "objection-overridden",
            Self::MarketingStopped => "marketing-stopped",
            Self::ConsentStopped => "consent-stopped",
            Self::Drift => "drift",
            Self::ErasuresStopped => "erasures-stopped",
            Self::HoldReview => "hold-review",
            Self::Invitation => "invitation",
            Self::AccountChanged => "account-changed",
        }
    }

    /// Reads a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Proof of the mailbox.
#[derive(Debug, Serialize, Deserialize)]
pub struct Code {
    /// Six digits, `493 027`.
    pub code: String,
    /// When it stops working.
    pub valid_until: Timestamp,
    /// Whole address that does the same by a button.
    pub url: Option<String>,
}

/// To the owner of a system: it is no longer what the data map says.
#[derive(Debug, Serialize, Deserialize)]
pub struct Drift {
    /// What people call the system.
    pub label: String,
    /// How much has to be looked at.
    pub problems: u64,
    /// Whole address of its page on the desk.
    pub url: String,
}

/// To whoever answers for a hold: is it still needed?
#[derive(Debug, Serialize, Deserialize)]
pub struct HoldReview {
    /// `H-…`.
    pub hold: String,
    /// The day by which somebody has to look.
    pub review_on: Date,
    /// How near that is.
    pub review: Review,
    /// Whole address of its page on the desk.
    pub url: String,
}

/// The links asked for on "find my case".
#[derive(Debug, Serialize, Deserialize)]
pub struct CaseLinks {
    /// One per open or answered case.
    pub cases: Vec<CaseLink>,
    /// When the links stop working.
    pub valid_until: Timestamp,
}

/// One link.
#[derive(Debug, Serialize, Deserialize)]
pub struct CaseLink {
    /// `HB-…`.
    pub reference: String,
    /// Whole address.
    pub url: String,
}

/// The receipt: by when an answer comes.
#[derive(Debug, Serialize, Deserialize)]
pub struct Received {
    /// `HB-…`.
    pub reference: String,
    /// The statutory deadline.
    pub due_on: Date,
    /// Whole address of the case.
    pub url: String,
}

/// One question, and what happens without an answer.
#[derive(Debug, Serialize, Deserialize)]
pub struct Question {
    /// `HB-…`.
    pub reference: String,
    /// One question, in plain words.
    pub question: Text,
    /// The last day for an answer.
    pub answer_by: Date,
    /// Whole address of the case.
    pub url: String,
}

/// What was found asks for a stronger proof (Art. 12(6)).
#[derive(Debug, Serialize, Deserialize)]
pub struct ProofWanted {
    /// `HB-…`.
    pub reference: String,
    /// The last day for an answer.
    pub answer_by: Date,
    /// Whole address of the page with the ways there are.
    pub url: String,
}

/// The extension, with its reason, within the first month (Art. 12(3)).
#[derive(Debug, Serialize, Deserialize)]
pub struct Longer {
    /// `HB-…`.
    pub reference: String,
    /// The new deadline.
    pub due_on: Date,
    /// Why, in plain words.
    pub because: Because,
    /// Whole address of the case.
    pub url: String,
}

/// The copy is ready.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ready {
    /// `HB-…`.
    pub reference: String,
    /// The last day of the package.
    pub expires_on: Date,
    /// Something is left out until we are surer who asks.
    pub withheld: bool,
    /// Whole address of the case.
    pub url: String,
}

/// The copy to take along is ready, and what is not in it (Art. 20).
#[derive(Debug, Serialize, Deserialize)]
pub struct PortabilityReady {
    /// `HB-…`.
    pub reference: String,
    /// The last day of the package.
    pub expires_on: Date,
    /// Kinds that are left out as a whole.
    pub left_out: Vec<Text>,
    /// Where it went directly, if she asked for that (Art. 20(2)).
    #[serde(default)]
    pub transmission: Option<Transmission>,
    /// Whole address of the case.
    pub url: String,
}

/// A file that was to go directly to another controller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transmission {
    /// The other's name.
    pub name: Text,
    /// Whether it got there.
    pub delivered: bool,
}

/// What was corrected and what was not (Art. 16, 12(4)).
#[derive(Debug, Serialize, Deserialize)]
pub struct RectificationDone {
    /// `HB-…`.
    pub reference: String,
    /// What says something else now.
    pub corrected: Vec<CorrectedLine>,
    /// What says what it said.
    pub refused: Vec<CorrectedLine>,
    /// Why, where something was not corrected.
    pub because: Option<Text>,
    /// Systems whose result a member of staff signed for, because no machine could read it back.
    pub signed_off: Vec<Text>,
    /// Recipients.
    pub told: Vec<Told>,
    /// Whole address of the answer.
    pub url: String,
}

/// A field that was asked about. What it says stays out of the mail.
#[derive(Debug, Serialize, Deserialize)]
pub struct CorrectedLine {
    /// Kind.
    pub what: Text,
    /// Field.
    pub field: Text,
}

/// What rests, rests no longer, or was stopped; and who was told (Art. 18, 19, 21, 7(3)).
#[derive(Debug, Serialize, Deserialize)]
pub struct Changed {
    /// `HB-…`.
    pub reference: String,
    /// What.
    pub what: Vec<ChangedLine>,
    /// Systems whose result a member of staff signed for, because no machine could read it back.
    pub signed_off: Vec<Text>,
    /// Recipients.
    pub told: Vec<Told>,
    /// Whole address of the answer.
    pub url: String,
}

/// A kind and where it stands.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedLine {
    /// Kind.
    pub what: Text,
    /// System.
    pub system: Text,
}

/// A further copy costs something, if the person agrees to it (Art. 12(5), 15(3)).
#[derive(Debug, Serialize, Deserialize)]
pub struct FeeNotice {
    /// `HB-…`.
    pub reference: String,
    /// What it costs.
    pub fee: Fee,
    /// When she asked for the same before.
    pub before: Date,
    /// Why it costs something.
    pub because: Because,
    /// The last day to agree.
    pub answer_by: Date,
    /// Whole address of the case.
    pub url: String,
}

/// A restriction will end, and the person may speak first (Art. 18(3)).
#[derive(Debug, Serialize, Deserialize)]
pub struct LiftNotice {
    /// `HB-…`.
    pub reference: String,
    /// Why it ends.
    pub because: Text,
    /// The last day to say no.
    pub speak_by: Date,
    /// Whole address of the case.
    pub url: String,
}

/// The restriction goes on.
#[derive(Debug, Serialize, Deserialize)]
pub struct RestrictionStays {
    /// `HB-…`.
    pub reference: String,
    /// Whole address of the case.
    pub url: String,
}

/// We looked and hold nothing.
#[derive(Debug, Serialize, Deserialize)]
pub struct NothingHeld {
    /// `HB-…`.
    pub reference: String,
    /// Systems we looked in.
    pub searched: Vec<Text>,
    /// Whole address of the answer.
    pub url: String,
}

/// A refusal: reasons and ground; authority and court stand in every letter of the organisation (Art. 12(4)).
#[derive(Debug, Serialize, Deserialize)]
pub struct Refused {
    /// `HB-…`.
    pub reference: String,
    /// Why, on which ground, and where that stands.
    #[serde(flatten)]
    pub reasons: Reasons,
    /// Whole address of the answer.
    pub url: String,
}

/// The person took it back.
#[derive(Debug, Serialize, Deserialize)]
pub struct WithdrawalConfirmed {
    /// `HB-…`.
    pub reference: String,
    /// Whole address of the start page.
    pub url: String,
}

/// To a recipient (Art. 19).
#[derive(Debug, Serialize, Deserialize)]
pub struct RecipientNotice {
    /// `HB-…`.
    pub reference: String,
    /// Name of the recipient.
    pub recipient: String,
    /// The identifier by which the recipient knows the person.
    pub person: String,
    /// What was done.
    pub change: Change,
    /// What it was done to.
    pub what: Vec<NoticeLine>,
    /// When.
    pub on: Date,
    /// When it was told for the first time, where this is a reminder.
    pub first: Option<Timestamp>,
    /// Whole address where it may answer.
    pub url: String,
}

/// What was done to the data a recipient was given. The kebab name ends the keys of its texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Art. 17.
    Erased,
    /// Art. 16.
    Corrected,
    /// Art. 18.
    Restricted,
    /// The restriction has ended.
    Lifted,
    /// Art. 21, 7(3).
    Stopped,
}

/// Something a recipient was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeLine {
    /// Kind.
    pub what: Text,
    /// Field, where one was corrected.
    pub field: Option<Text>,
    /// What it says now.
    pub now: Option<String>,
}
