//! What people are told of changes to how they sign in: by mail, at once, whoever made the change. Words only, no link that does anything.

use habeas_core::law::lang::Lang;

use super::{door::Inside, letter, refusal::Refusal};
use crate::store::{
    person::Person,
    sealed::{AccountChange, Words},
};

/// Tells a person what was changed.
pub(super) async fn tell(inside: &Inside<'_>, person: &Person, change: AccountChange) -> Result<(), Refusal> {
    let words = Words::Account { change, at: inside.now };
    letter::queue(inside, None, "account-changed", language(inside), &person.email, words).await?;
    Ok(())
}

/// The language in which the house writes to its own people.
pub(super) fn language(inside: &Inside<'_>) -> Lang {
    inside.organisation.about().languages.first().copied().unwrap_or_default()
}
