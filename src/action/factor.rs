//! The second factor of whoever holds one: codes of an authenticator, recovery codes, passkeys. Knows nothing of passwords and roles.

use habeas_core::law::personal::Personal;

use super::{
    door::Inside,
    passkey::{self, Ceremony},
    refusal::Refusal,
    secret,
};
use crate::store::credential::{self, Credential, Kind};

/// Recovery codes that are given out at once.
const CODES: usize = 10;
/// Characters of one: 50 bits, and five tries.
const CODE_LENGTH: usize = 10;

/// What was given as second factor.
#[derive(Debug, Clone)]
pub enum Proof {
    /// Typed: a code of an authenticator, or a recovery code.
    Typed(Personal<String>),
    /// A passkey's answer to what it was asked.
    Passkey {
        /// What it was asked.
        ceremony: Ceremony,
        /// JSON of the browser.
        answer: Personal<String>,
    },
}

/// What a new second factor is made of.
#[derive(Debug, Clone)]
pub enum NewFactor {
    /// A secret that was shown, and the code that proves that an authenticator has it.
    Totp {
        /// The secret.
        secret: Personal<Vec<u8>>,
        /// What was typed.
        code: Personal<String>,
    },
    /// A passkey.
    Passkey {
        /// What its holder calls it.
        label: String,
        /// What the browser was asked.
        ceremony: Ceremony,
        /// JSON of the browser.
        answer: Personal<String>,
    },
}

impl NewFactor {
    /// What kind it is.
    pub(super) const fn kind(&self) -> Kind {
        match self {
            Self::Totp { .. } => Kind::Totp,
            Self::Passkey { .. } => Kind::Passkey,
        }
    }
}

/// Which of the holder's credentials was proven; `None`: none of them.
pub(super) async fn proven(inside: &Inside<'_>, holder: &str, proof: &Proof) -> Result<Option<Credential>, Refusal> {
    match proof {
        Proof::Passkey { ceremony, answer } => passkey::fitting(inside, holder, ceremony, answer.reveal()).await,
        Proof::Typed(typed) => {
            let all = credential::of_holder(inside.tx, holder).await?;
            match fitting_authenticator(inside, &all, typed.reveal()).await? {
                Some(authenticator) => Ok(Some(authenticator.clone())),
                None => Ok(used_up(inside, &all, typed.reveal()).await?.cloned()),
            }
        }
    }
}

async fn fitting_authenticator<'c>(inside: &Inside<'_>, all: &'c [Credential], typed: &str) -> Result<Option<&'c Credential>, Refusal> {
    for row in all.iter().filter(|row| row.kind == Kind::Totp) {
        let secret = inside.keys.open_bytes(&totp_place(&row.holder), &row.sealed)?;
        if let Some(step) = secret::totp_step(&secret, typed, inside.now)
            && credential::use_step(inside.tx, &row.id, step, inside.now).await?
        {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

async fn used_up<'c>(inside: &Inside<'_>, all: &'c [Credential], typed: &str) -> Result<Option<&'c Credential>, Refusal> {
    let typed: String = typed.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect();
    if typed.len() != CODE_LENGTH {
        return Ok(None);
    }
    for row in all.iter().filter(|row| row.kind == Kind::Recovery) {
        if row.sealed == hashed(inside, &row.holder, &typed).into_bytes() {
            return Ok(credential::delete(inside.tx, &row.holder, &row.id).await?.then_some(row));
        }
    }
    Ok(None)
}

/// Keyed: the hash alone helps nobody to guess.
fn hashed(inside: &Inside<'_>, holder: &str, code: &str) -> String {
    inside.keys.blind("recovery", &format!("{holder}:{code}"))
}

/// Adds a second factor that has just been proven.
pub(super) async fn add(inside: &Inside<'_>, holder: &str, new: &NewFactor) -> Result<(), Refusal> {
    match new {
        NewFactor::Passkey { label, ceremony, answer } => passkey::add(inside, holder, label, ceremony, answer.reveal()).await,
        NewFactor::Totp { secret, code } => {
            let step = secret::totp_step(secret.reveal(), code.reveal(), inside.now);
            add_totp(inside, holder, secret.reveal(), step.ok_or_else(|| Refusal::invalid("code", "totp-wrong"))?).await
        }
    }
}

/// Gives a holder an authenticator; codes up to the time step are no good any more.
pub(super) async fn add_totp(inside: &Inside<'_>, holder: &str, secret: &[u8], step: i64) -> Result<(), Refusal> {
    let row = Credential {
        id: inside.row_id()?,
        holder: holder.to_owned(),
        kind: Kind::Totp,
        label: String::new(),
        sealed: inside.keys.seal_bytes(inside.chance, &totp_place(holder), secret)?,
        step,
        added_at: inside.now,
        used_at: None,
    };
    Ok(credential::insert(inside.tx, &row).await?)
}

fn totp_place(holder: &str) -> String {
    format!("totp:{holder}")
}

/// New recovery codes in the place of those there were. They are shown once: only hashes are kept.
pub(super) async fn new_recovery_codes(inside: &Inside<'_>, holder: &str) -> Result<Vec<String>, Refusal> {
    credential::delete_kind(inside.tx, holder, Kind::Recovery).await?;
    let mut codes = Vec::new();
    for _ in 0..CODES {
        let code = inside.chance.word(CODE_LENGTH)?;
        let row = Credential {
            id: inside.chance.id()?,
            holder: holder.to_owned(),
            kind: Kind::Recovery,
            label: String::new(),
            sealed: hashed(inside, holder, &code).into_bytes(),
            step: 0,
            added_at: inside.now,
            used_at: None,
        };
        credential::insert(inside.tx, &row).await?;
        let (first, second) = code.split_at(CODE_LENGTH / 2);
        codes.push(format!("{first}-{second}"));
    }
    Ok(codes)
}
