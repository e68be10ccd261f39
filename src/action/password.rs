//! The one judge of new passwords, at every place where one is set. It asks nobody outside: an estimator counts how often a clever
//! thief would have to guess, and knows the words of this house.

use std::fmt;

use habeas_core::law::personal::Personal;
use zxcvbn::{Score, zxcvbn};

use super::{
    door::Door,
    refusal::{Problem, Refusal},
};
use crate::store::{
    StoreError,
    person::{self, Person},
};

/// Shorter ones are refused; longer is what helps.
pub const LEAST: usize = 12;
/// Longer ones are refused: nobody types them, and hashing costs.
const MOST: usize = 1_024;
/// What the estimator reads of a password; so much is enough to tell.
const READ: usize = 100;
/// Words of the product, which everybody knows who sees a page of it.
const PRODUCT: [&str; 8] = ["habeas", "privacy", "personvern", "desk", "portal", "password", "passord", "wachtwoord"];

/// A password that was judged good enough. Only this can be hashed and kept.
#[derive(Debug, Clone)]
pub struct Judged(Personal<String>);

impl Judged {
    /// The password.
    pub(super) fn into_password(self) -> Personal<String> {
        self.0
    }
}

/// Why a password was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weak {
    /// Fewer than [`LEAST`] characters.
    Short,
    /// More than anybody types.
    Long,
    /// Made of words of this house or of the person.
    Own,
    /// Too easily guessed: well-known words, dates, keys in a row, repetitions.
    Guessable,
}

impl Weak {
    /// Stable, kebab-case; `problem-{code}` says why and what would be better.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Short => "password-short",
            Self::Long => "password-long",
            Self::Own => "password-own",
            Self::Guessable => "password-guessable",
        }
    }
}

impl fmt::Display for Weak {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Short => {
                write!(out, "the password is shorter than {LEAST} characters: take four words that have nothing to do with each other")
            }
            Self::Long => write!(out, "the password is longer than {MOST} characters: a shorter one is safe enough"),
            Self::Own => write!(out, "the password is made of words of this organisation, its people or habeas: take four other words"),
            Self::Guessable => {
                write!(
                    out,
                    "the password is easily guessed: take four words that have nothing to do with each other, and no well-known saying"
                )
            }
        }
    }
}

impl From<Weak> for Refusal {
    fn from(weak: Weak) -> Self {
        Self::Invalid(vec![Problem::new("password", weak.code())])
    }
}

/// Judges a password. `own` are words that somebody who attacks this house would try first.
pub fn judge(password: Personal<String>, own: &[String]) -> Result<Judged, Weak> {
    let text = password.reveal();
    match text.chars().count() {
        ..LEAST => return Err(Weak::Short),
        count if count > MOST => return Err(Weak::Long),
        _ => {}
    }
    let own: Vec<String> = own.iter().map(|word| word.to_lowercase()).filter(|word| word.chars().count() > 2).collect();
    let inputs: Vec<&str> = own.iter().map(String::as_str).collect();
    // The estimator reads the beginning only; what is long must be good there.
    let read: String = text.chars().take(READ).collect();
    let strong = |text: &str, own: &[&str]| zxcvbn(text, own).score() >= Score::Three;
    if strong(&read, &inputs) && strong(&without(&read, &own), &[]) {
        return Ok(Judged(password));
    }
    Err(if strong(&read, &[]) { Weak::Own } else { Weak::Guessable })
}

/// What is left of a password once the words of the house are taken out of it. Several of them in a row look like much to an estimator
/// and are little.
fn without(password: &str, own: &[String]) -> String {
    let mut words: Vec<&String> = own.iter().filter(|word| word.chars().count() > 3).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.into_iter().fold(password.to_lowercase(), |rest, word| rest.replace(word.as_str(), ""))
}

impl Door {
    /// Judges a password for somebody with these names: the words of the house, of everybody in it and of the person count against it.
    pub async fn judge_password(&self, password: Personal<String>, names: &[&str]) -> Result<Result<Judged, Weak>, Refusal> {
        let own = self.own_words(names).await?;
        let judged = tokio::task::spawn_blocking(move || judge(password, &own)).await;
        judged.map_err(|_| Refusal::Broken("the password could not be judged".to_owned()))
    }

    /// The words of the house.
    async fn own_words(&self, names: &[&str]) -> Result<Vec<String>, StoreError> {
        let about = self.organisation.about();
        let mut texts = vec![about.key.clone(), about.name.clone(), about.contact.email.clone(), about.authority.name.clone()];
        texts.extend(about.contact.phone.clone());
        texts.extend(about.dpo.iter().flat_map(|officer| [officer.name.clone(), officer.email.clone()]));
        texts.extend(self.organisation.systems().iter().map(|system| system.key.clone()));
        for Person { id, email, name, .. } in person::all(&self.store).await? {
            texts.extend([id, email.into_revealed(), name.into_revealed()]);
        }
        texts.extend(names.iter().chain(&PRODUCT).map(|name| (*name).to_owned()));
        let mut words: Vec<String> = texts.iter().flat_map(|text| split(text)).collect();
        words.extend(texts.iter().map(|text| text.to_lowercase()));
        words.sort();
        words.dedup();
        Ok(words)
    }
}

/// The words of a name or an address.
fn split(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::{Judged, Personal, Weak, judge};

    fn judged(password: &str) -> Result<Judged, Weak> {
        let own = ["visumexpress", "ingrid", "berg", "habeas", "personvern"].map(str::to_owned);
        judge(Personal::new(password.to_owned()), &own)
    }

    #[test]
    fn what_a_thief_tries_first_is_refused_and_told_apart() {
        for (password, weak) in [
            ("kort", Weak::Short),
            ("elleve tegn", Weak::Short),
            ("password1234", Weak::Guessable),
            ("qwertyuiop123", Weak::Guessable),
            ("aaaaaaaaaaaaaaaa", Weak::Guessable),
            ("abcabcabcabcabc", Weak::Guessable),
            ("123456789012345", Weak::Guessable),
            ("P@ssw0rd2026!", Weak::Guessable),
            ("visumexpress2026", Weak::Own),
            ("IngridBerg2026", Weak::Own),
            ("habeaspersonvern", Weak::Own),
        ] {
            assert_eq!(judged(password).err(), Some(weak), "{password}");
        }
        let endless = "riktig hest batteri stift ".repeat(50);
        assert_eq!(judged(&endless).err(), Some(Weak::Long));
    }

    #[test]
    fn length_is_enough_and_no_kind_of_letter_is_asked_for() {
        let long = "riktig hest batteri stift og enda flere ord som ingen andre har satt sammen slik, i en setning paa mer enn hundre og tjueaatte tegn";
        assert!(long.chars().count() > 128, "{}", long.chars().count());
        for password in ["riktig hest batteri stift", "blåbærsyltetøy på vei", "kaksjvmwqpzt", long] {
            assert!(judged(password).is_ok(), "{password}: {:?}", judged(password));
        }
    }

    #[test]
    fn a_judged_password_is_not_printed() {
        assert!(!format!("{:?}", judged("riktig hest batteri stift")).contains("hest"));
    }
}
