//! What stands sealed in rows, and how it is opened: under a case's key, or the house's where it belongs to none.

use habeas_core::law::{
    acting::{Acting, AnswerTo, Authority},
    ask::Asked,
    hold::Review,
    lang::Text,
    notice::Told,
    plan::Frozen,
    recipient::Recipient,
    record::Record,
    tier::Proof,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    Rows, StoreError, case,
    case::Case,
    letter::StoredLetter,
    message::{self, StoredMessage},
    notice::{self, StoredNotice},
    part::{Depth, Reading},
    plan::StoredPlan,
};
use crate::keys::{CaseSeal, Keys};

/// Who asked and for what, as the person gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    /// The mailbox, proven by a code (or by staff, for requests by phone and letter).
    pub email: String,
    /// The second item as given.
    pub item: Option<String>,
    /// `system.collection` kinds chosen; `None`: everything.
    pub kinds: Option<Vec<String>>,
    /// What is asked for beyond the right itself.
    #[serde(default)]
    pub asked: Asked,
    /// By what she has shown who she is, oldest first.
    #[serde(default)]
    pub proofs: Vec<Proof>,
    /// For whom she asks, where not for herself.
    #[serde(default)]
    pub acting: Option<Acting>,
}

impl Applicant {
    /// The mailbox by which the person is known whom the request is about.
    pub fn person(&self) -> &str {
        self.acting.as_ref().map_or(&self.email, |acting| &acting.concerned.email)
    }

    /// The mailbox that gets the answer.
    pub fn answered(&self) -> &str {
        let hers = self.acting.as_ref().filter(|acting| acting.answer_to() == Some(AnswerTo::Subject));
        hers.map_or(&self.email, |acting| &acting.concerned.email)
    }

    /// Something only that person and the organisation know, as given.
    pub fn item_of_person(&self) -> Option<&str> {
        self.acting.as_ref().map_or(self.item.as_deref(), |acting| acting.concerned.item.as_deref())
    }

    /// Whether she asks for somebody else and nobody has decided yet that she may.
    pub fn only_claims(&self) -> bool {
        self.acting.as_ref().is_some_and(|acting| acting.authority == Authority::Claimed)
    }
}

/// A letter: to whom, and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// The address.
    pub to: String,
    /// The words.
    pub words: Words,
}

/// A letter's words: finished, or a code that is put into words when it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Words {
    /// Exactly what the person reads; kept as evidence.
    Written {
        /// Never names the right: lock screens show it.
        subject: String,
        /// The plain twin.
        text: String,
        /// The HTML twin.
        html: String,
    },
    /// A mailbox code.
    Code {
        /// Six digits.
        digits: String,
        /// When it stops being good.
        ends_at: Timestamp,
        /// What stands in the link that does the same.
        #[serde(default)]
        link: Option<String>,
    },
    /// A package was fetched for the first time.
    Fetched {
        /// When.
        at: Timestamp,
        /// Of which case.
        case: String,
    },
    /// A package goes soon that nobody has fetched.
    Waits {
        /// When it goes.
        until: Timestamp,
        /// Of which case.
        case: String,
    },
    /// An invitation to sign in.
    Invitation {
        /// What stands in the link; kept nowhere else.
        token: String,
        /// When it stops being good.
        ends_at: Timestamp,
    },
    /// How somebody signs in was changed.
    Account {
        /// What.
        change: AccountChange,
        /// When.
        at: Timestamp,
    },
    /// A system is no longer what the data map says.
    Drift {
        /// The system.
        system: String,
        /// How much has to be looked at.
        problems: u64,
    },
    /// All erasing is stopped.
    Stopped {
        /// How many people's data went in the hour before.
        cases: u64,
    },
    /// Somebody has to look whether a hold is still needed.
    Review {
        /// The hold.
        hold: String,
        /// The day by which.
        review_on: Date,
        /// How near that is.
        review: Review,
    },
}

/// What was changed about how somebody signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountChange {
    /// An invitation was taken: password and second factor are new.
    SetUp,
    /// Another password.
    Password,
    /// A second factor more.
    FactorAdded,
    /// A second factor less.
    FactorRemoved,
    /// New recovery codes.
    Recovery,
    /// A recovery code was used.
    RecoveryUsed,
    /// Other roles or systems.
    Roles,
    /// Roles followed a provider's claim.
    RolesFollowed,
    /// An account at a provider was linked.
    Linked,
    /// It is no longer.
    Unlinked,
    /// Shut out.
    Disabled,
}

impl AccountChange {
    /// Every change.
    pub const ALL: [Self; 11] = [
        Self::SetUp,
        Self::Password,
        Self::FactorAdded,
        Self::FactorRemoved,
        Self::Recovery,
        Self::RecoveryUsed,
        Self::Roles,
        Self::RolesFollowed,
        Self::Linked,
        Self::Unlinked,
        Self::Disabled,
    ];

    /// Its name in texts: `mail-account-{name}`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SetUp => "set-up",
            Self::Password => "password",
            Self::FactorAdded => "factor-added",
            Self::FactorRemoved => "factor-removed",
            Self::Recovery => "recovery",
            Self::RecoveryUsed => "recovery-used",
            Self::Roles => "roles",
            Self::RolesFollowed => "roles-followed",
            Self::Linked => "linked",
            Self::Unlinked => "unlinked",
            Self::Disabled => "disabled",
        }
    }
}

/// Who used restricted data and why, as the system reported it that did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Who.
    pub by: String,
    /// Why.
    pub why: String,
}

/// A case's key.
pub fn key_of(keys: &Keys, case: &Case) -> Result<CaseSeal, StoreError> {
    Ok(keys.case(&case.id, case.case_key.as_deref().ok_or(StoreError::Shredded)?)?)
}

/// Opens something sealed under a case's key.
pub fn open<T: DeserializeOwned>(keys: &Keys, case: &Case, place: &str, sealed: Option<&[u8]>) -> Result<T, StoreError> {
    Ok(key_of(keys, case)?.open(place, sealed.ok_or(StoreError::Shredded)?)?)
}

/// Who asked.
pub fn applicant(keys: &Keys, case: &Case) -> Result<Applicant, StoreError> {
    open(keys, case, "applicant", case.applicant.as_deref())
}

/// Every record found in a case that the person asked about.
pub async fn records(rows: &impl Rows, keys: &Keys, case: &Case, depth: Depth) -> Result<Vec<Record>, StoreError> {
    let chosen = applicant(keys, case)?.kinds;
    let mut records = found(rows, keys, case, depth).await?;
    records.retain(|record| chosen.as_ref().is_none_or(|kinds| kinds.contains(&record.address())));
    Ok(records)
}

/// Every record found in a case, asked about or not: dates and channels of what was asked about may stand in the rest.
pub async fn found(rows: &impl Rows, keys: &Keys, case: &Case, depth: Depth) -> Result<Vec<Record>, StoreError> {
    let mut reading = Reading::of_case(rows, keys, case).await?;
    let mut records = Vec::new();
    while let Some(record) = reading.next(depth).await? {
        records.push(record);
    }
    Ok(records)
}

/// A stored plan; one that does not hash to its name is refused.
pub fn plan<T: Serialize + DeserializeOwned>(keys: &Keys, case: &Case, stored: &StoredPlan) -> Result<Frozen<T>, StoreError> {
    let unreadable = StoreError::Unreadable { doing: "opening a plan", column: "sealed" };
    let plan: T = open(keys, case, &format!("plan:{}", stored.hash), stored.sealed.as_deref())?;
    match Frozen::new(plan) {
        Ok(frozen) if frozen.hash() == stored.hash => Ok(frozen),
        _ => Err(unreadable),
    }
}

/// A letter.
pub async fn letter(rows: &impl Rows, keys: &Keys, letter: &StoredLetter) -> Result<Envelope, StoreError> {
    let place = format!("letter:{}", letter.id);
    match &letter.case {
        Some(reference) => {
            let case = case::get(rows, reference).await?.ok_or(StoreError::Shredded)?;
            open(keys, &case, &place, letter.sealed.as_deref())
        }
        None => Ok(keys.open(&place, letter.sealed.as_deref().ok_or(StoreError::Shredded)?)?),
    }
}

/// A notice.
pub fn notice(keys: &Keys, case: &Case, stored: &StoredNotice) -> Result<Told, StoreError> {
    open(keys, case, &notice::place(&stored.id), Some(&stored.sealed))
}

/// Where telling each recipient of a case stands: the newest notice of each, with its id, in the order in which they were told.
pub async fn notices(rows: &impl Rows, keys: &Keys, case: &Case) -> Result<Vec<(String, Told)>, StoreError> {
    let mut newest: Vec<(String, Told)> = Vec::new();
    for stored in notice::of_case(rows, &case.id).await? {
        newest.retain(|(_, told)| told.recipient != stored.recipient);
        newest.push((stored.id.clone(), notice(keys, case, &stored)?));
    }
    Ok(newest)
}

/// What was written in a case, oldest first; nothing can be read any more once its key is gone.
pub async fn messages(rows: &impl Rows, keys: &Keys, case: &Case) -> Result<Vec<(StoredMessage, String)>, StoreError> {
    if case.case_key.is_none() {
        return Ok(Vec::new());
    }
    let seal = key_of(keys, case)?;
    let stored = message::of_case(rows, &case.id).await?;
    stored.into_iter().map(|it| seal.open(&message::place(&it.id), &it.sealed).map(|words| (it, words)).map_err(StoreError::from)).collect()
}

/// A file that goes with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageFile {
    /// Its id in addresses.
    pub id: String,
    /// The message it goes with.
    pub message: String,
    /// As its sender called it.
    pub name: String,
    /// Bytes.
    pub size: u64,
}

/// The files of a case's messages, in the order they were sent; none any more once its key is gone.
pub async fn message_files(rows: &impl Rows, keys: &Keys, case: &Case) -> Result<Vec<MessageFile>, StoreError> {
    if case.case_key.is_none() {
        return Ok(Vec::new());
    }
    let seal = key_of(keys, case)?;
    let opened = |it: message::file::StoredFile| {
        let name = seal.open(&message::file::name_place(&it.id), &it.named)?;
        Ok(MessageFile { id: it.id, message: it.message, name, size: u64::try_from(it.size).unwrap_or_default() })
    };
    message::file::of_case(rows, &case.id).await?.into_iter().map(opened).collect()
}

/// A file of a case's messages: its name and what is in it.
pub async fn message_file(rows: &impl Rows, keys: &Keys, case: &Case, id: &str) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    let Some((named, sealed)) = message::file::get(rows, &case.id, id).await? else { return Ok(None) };
    let seal = key_of(keys, case)?;
    let name = seal.open(&message::file::name_place(id), &named)?;
    Ok(Some((name, seal.open_bytes(&message::file::place(id), &sealed)?.to_vec())))
}

/// What a recipient is called in the eyes of this person: by the log of transfers, as long as what was found is kept; then as it was
/// called when it was told.
pub async fn called(rows: &impl Rows, keys: &Keys, case: &Case, recipient: &Recipient) -> Result<Text, StoreError> {
    if recipient.named_in.is_none() {
        return Ok(recipient.name.clone());
    }
    let before = notices(rows, keys, case).await?.into_iter().find(|(_, told)| told.recipient == recipient.id);
    match before {
        Some((_, told)) => Ok(told.name),
        None => Ok(recipient.called(&found(rows, keys, case, Depth::Brief).await?)),
    }
}
