//! What people are told of changes to how they sign in: by mail, at once, whoever made the change. Words only, no link that does anything.

use habeas_core::law::{lang::Lang, personal::Personal};

use super::{door::Inside, letter, refusal::Refusal};
use crate::store::{
    case::Case,
    person::Person,
    sealed::{self, AccountChange, Words},
};

/// Tells a person what was changed.
pub(super) async fn tell(inside: &Inside<'_>, person: &Person, change: AccountChange) -> Result<(), Refusal> {
    let words = Words::Account { change, at: inside.now };
    letter::queue(inside, None, "account-changed", language(inside), &person.email, words).await?;
    Ok(())
}

/// Tells a data subject what was changed, in the case that knows her and under its key.
pub(super) async fn tell_subject(inside: &Inside<'_>, case: &Case, change: AccountChange) -> Result<(), Refusal> {
    let to = Personal::new(sealed::applicant(inside.keys, case)?.email);
    let words = Words::Account { change, at: inside.now };
    letter::queue(inside, Some(&case.id), "account-changed", case.lang, &to, words).await?;
    Ok(())
}

/// The language in which the house writes to its own people.
pub(super) fn language(inside: &Inside<'_>) -> Lang {
    inside.organisation.about().languages.first().copied().unwrap_or_default()
}
