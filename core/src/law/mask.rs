//! Masks: what an erased field says where its record stays, because a rule keeps the rest or statistics go on counting it.
//!
//! Whatever a mask is made of comes in as an argument, so that the same record is masked alike however often it is asked about.

pub(super) mod read;

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroize;

use super::record::{Record, Value};

/// The fewest characters that still tell one value from another.
const FEWEST: usize = 8;
/// Characters of a SHA-256 in hex.
const HEX: usize = 64;

/// What the data map wants an erased field to say.
#[derive(Debug, Clone, PartialEq)]
pub enum Mask {
    /// Nothing, or the plainest value that its column takes.
    Blank,
    /// The same for everybody.
    Fixed(Value),
    /// Something made of the value, or of chance.
    Made(Made, Shape),
    /// What it said before. No legal ground: it counts only where the field tells of nobody.
    Keep,
}

/// What a mask is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// SHA-256 under a salt of its case: equal values of one case stay equal, and nobody can guess later what they were.
    Hash,
    /// HMAC-SHA-256 under a key of the organisation: equal values are equal everywhere and always. It stays personal data, because the
    /// organisation can tell whose it is (Art. 4(5), Recital 26).
    Hmac,
    /// Chance of its case: tells nothing.
    Random,
}

/// How a made mask looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Hex digits and what follows them.
    Letters {
        /// How many digits.
        count: usize,
        /// Such as `@masked.example`.
        suffix: String,
    },
    /// A number of so many decimal digits.
    Digits(u32),
}

/// How a field came to say what it says, in Fides' words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strategy {
    /// A fixed text.
    StringRewrite,
    /// [`Made::Hash`].
    Hash,
    /// [`Made::Hmac`].
    Hmac,
    /// [`Made::Random`].
    RandomStringRewrite,
}

impl Strategy {
    /// Its name in maps and texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::StringRewrite => "string_rewrite",
            Self::Hash => "hash",
            Self::Hmac => "hmac",
            Self::RandomStringRewrite => "random_string_rewrite",
        }
    }
}

/// What masks are made with. Wiped when dropped.
pub struct Secrets {
    /// The organisation's.
    pseudonym: [u8; 32],
    /// The case's, and the organisation's with it.
    salt: [u8; 32],
    /// The case's.
    chance: [u8; 32],
}

impl Secrets {
    /// From a key that lasts as long as pseudonyms shall agree, and a salt and chance that nobody has once the case is forgotten.
    pub const fn new(pseudonym: [u8; 32], salt: [u8; 32], chance: [u8; 32]) -> Self {
        Self { pseudonym, salt, chance }
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("‹secrets›")
    }
}

impl Drop for Secrets {
    fn drop(&mut self) {
        for secret in [&mut self.pseudonym, &mut self.salt, &mut self.chance] {
            secret.zeroize();
        }
    }
}

impl Mask {
    /// How it is made; `None`: it leaves nothing, or everything.
    pub const fn strategy(&self) -> Option<Strategy> {
        match self {
            Self::Blank | Self::Keep => None,
            Self::Fixed(_) => Some(Strategy::StringRewrite),
            Self::Made(Made::Hash, _) => Some(Strategy::Hash),
            Self::Made(Made::Hmac, _) => Some(Strategy::Hmac),
            Self::Made(Made::Random, _) => Some(Strategy::RandomStringRewrite),
        }
    }

    /// The longest that it ever makes a field say, to try on a column; `None`: nothing, or what it said before.
    pub fn longest(&self) -> Option<Value> {
        match self {
            Self::Blank | Self::Keep => None,
            Self::Fixed(value) => Some(value.clone()),
            Self::Made(_, Shape::Letters { count, suffix }) => Some(Value::Text("f".repeat(*count) + suffix)),
            Self::Made(_, Shape::Digits(digits)) => Some(Value::Integer(10_i64.saturating_pow(*digits).saturating_sub(1))),
        }
    }

    /// What the field of a record says afterwards; `None`: nothing. What could not be read is not masked but emptied.
    pub fn value(&self, record: &Record, field: &str, secrets: &Secrets) -> Option<Value> {
        let (made, shape) = match self {
            Self::Blank | Self::Keep => return None,
            Self::Fixed(value) => return Some(value.clone()),
            Self::Made(made, shape) => (*made, shape),
        };
        let bytes = match record.value(field) {
            Value::Null | Value::Unreadable(_) => return None,
            Value::Bytes(bytes) => bytes.clone(),
            value => value.to_text().into_bytes(),
        };
        let block = |number: usize| match made {
            Made::Hash => Sha256::new().chain_update(secrets.salt).chain_update(&bytes).finalize().into(),
            Made::Hmac => keyed(&secrets.pseudonym, &[&bytes]),
            Made::Random => {
                let key = format!("{:?}", record.key);
                let parts = [record.address().as_bytes(), key.as_bytes(), field.as_bytes(), &number.to_be_bytes()].map(<[u8]>::to_vec);
                keyed(&secrets.chance, &parts.each_ref().map(Vec::as_slice))
            }
        };
        Some(shape.of(block))
    }
}

impl Shape {
    fn of(&self, block: impl Fn(usize) -> [u8; 32]) -> Value {
        match self {
            Self::Letters { count, suffix } => {
                let mut text: String = (0..count.div_ceil(HEX)).map(|number| data_encoding::HEXLOWER.encode(&block(number))).collect();
                text.truncate(*count);
                Value::Text(text + suffix)
            }
            Self::Digits(digits) => {
                let first = 10_u64.saturating_pow(digits.saturating_sub(1));
                let number = block(0).iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
                Value::Integer(i64::try_from(first + number % (first * 9)).unwrap_or(i64::MAX))
            }
        }
    }
}

/// HMAC-SHA-256 over parts, each with its length before it.
fn keyed(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // A key shorter than a block is filled with zeros (RFC 2104).
    let mut block = [0; 64];
    block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    block.zeroize();
    for part in parts {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Made, Mask, Secrets, Shape};
    use crate::law::{
        fixture::record,
        record::{Record, Value},
    };

    fn says(made: Made, shape: &Shape, record: &Record, secrets: &Secrets) -> Value {
        Mask::Made(made, shape.clone()).value(record, "email", secrets).unwrap()
    }

    fn letters(count: usize, suffix: &str) -> Shape {
        Shape::Letters { count, suffix: suffix.to_owned() }
    }

    fn customer(id: &str, email: &str) -> Record {
        record("shop.customers", &[("id", id), ("email", email)])
    }

    #[test]
    fn pseudonyms_and_hashes_never_drift() {
        // Computed with Python's hashlib and hmac: what stands in other people's tables depends on it.
        let secrets = Secrets::new([1; 32], [2; 32], [3; 32]);
        let kari = customer("7", "kari@example.no");
        assert_eq!(
            says(Made::Hash, &letters(64, ""), &kari, &secrets),
            Value::Text("96db8c55df75c9b0857ff815de3c62afdd6543afa73e33d8d33627b52c829221".to_owned())
        );
        assert_eq!(
            says(Made::Hmac, &letters(16, "@masked.example"), &kari, &secrets),
            Value::Text("18b26287cb1408db@masked.example".to_owned())
        );
    }

    #[test]
    fn what_cannot_be_read_or_is_not_there_is_not_masked() {
        let secrets = Secrets::new([1; 32], [2; 32], [3; 32]);
        let mut kari = customer("7", "");
        let mask = Mask::Made(Made::Hmac, letters(16, ""));
        assert_eq!(mask.value(&kari, "email", &secrets), None);
        kari.values.insert("email".to_owned(), Value::Unreadable("not UTF-8".to_owned()));
        assert_eq!(mask.value(&kari, "email", &secrets), None);
        assert_eq!((Mask::Blank.value(&kari, "id", &secrets), Mask::Keep.value(&kari, "id", &secrets)), (None, None));
        assert_eq!(Mask::Fixed(Value::Integer(0)).value(&kari, "email", &secrets), Some(Value::Integer(0)));
    }

    proptest! {
        #[test]
        fn each_kind_agrees_exactly_as_far_as_it_says(one in "[a-z]{1,6}@x", other in "[a-z]{1,6}@x", ids: [u8; 2], secret: [u8; 3]) {
            let [id, other_id] = ids.map(|id| id.to_string());
            let (first, second) = (customer(&id, &one), customer(&other_id, &other));
            let here = Secrets::new([1; 32], [2; 32], [3; 32]);
            let elsewhere = Secrets::new([1; 32], [4; 32], [5; 32]);
            let shape = letters(64, "");
            let of = |made, record, secrets| says(made, &shape, record, secrets);
            // Equal values: equal pseudonyms in every case, equal hashes in one case, and chance agrees with itself only.
            prop_assert_eq!(of(Made::Hmac, &first, &here) == of(Made::Hmac, &second, &elsewhere), one == other);
            prop_assert_eq!(of(Made::Hash, &first, &here) == of(Made::Hash, &second, &here), one == other);
            prop_assert_ne!(of(Made::Hash, &first, &here), of(Made::Hash, &first, &elsewhere));
            prop_assert_eq!(of(Made::Random, &first, &here) == of(Made::Random, &second, &here), id == other_id);
            prop_assert_ne!(of(Made::Random, &first, &here), of(Made::Random, &first, &elsewhere));
            let other_key = Secrets::new([secret[0].wrapping_add(2); 32], [2; 32], [3; 32]);
            prop_assert_eq!(of(Made::Hmac, &first, &here) == of(Made::Hmac, &first, &other_key), secret[0] == 255);
        }

        #[test]
        fn a_mask_has_exactly_the_shape_that_was_asked_for(email in "\\PC{1,40}", count in 8_usize..300, digits in 8_u32..16) {
            let secrets = Secrets::new([1; 32], [2; 32], [3; 32]);
            let kari = customer("7", &email);
            let Value::Text(text) = says(Made::Random, &letters(count, "@x"), &kari, &secrets) else { panic!("a text") };
            prop_assert_eq!(text.len(), count + 2);
            prop_assert!(text.ends_with("@x"));
            for made in [Made::Hash, Made::Hmac, Made::Random] {
                let Value::Integer(number) = says(made, &Shape::Digits(digits), &kari, &secrets) else { panic!("a number") };
                prop_assert_eq!(number.to_string().len(), digits as usize);
            }
        }
    }
}
