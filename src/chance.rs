//! The one place that draws randomness.

use data_encoding::{BASE32_NOPAD, HEXLOWER, Specification};
use jiff::Timestamp;

/// The operating system's random source.
#[derive(Debug, Clone, Copy, Default)]
pub struct Chance;

/// The operating system gave no randomness; nothing that needs it may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gives no random numbers")]
pub struct NoChance;

impl Chance {
    /// Random bytes.
    #[allow(clippy::disallowed_methods, reason = "this is the one place")]
    pub fn bytes<const N: usize>(self) -> Result<[u8; N], NoChance> {
        let mut bytes = [0; N];
        getrandom::fill(&mut bytes).map_err(|_| NoChance)?;
        Ok(bytes)
    }

    /// 128 random bits as 32 hex digits.
    pub fn id(self) -> Result<String, NoChance> {
        Ok(HEXLOWER.encode(&self.bytes::<16>()?))
    }

    /// An id for a row made now: 48 bits of the time in milliseconds, then 80 random bits, as 32 hex digits. Rows made one after the
    /// other stand side by side in an index, so that writing them together touches few pages. Not a secret: it gives no access.
    pub fn row_id(self, now: Timestamp) -> Result<String, NoChance> {
        let millis = u64::try_from(now.as_millisecond()).unwrap_or(0) & 0xffff_ffff_ffff;
        Ok(format!("{millis:012x}{}", HEXLOWER.encode(&self.bytes::<10>()?)))
    }

    /// 256 random bits for a cookie or a token.
    pub fn token(self) -> Result<String, NoChance> {
        Ok(BASE32_NOPAD.encode(&self.bytes::<32>()?).to_ascii_lowercase())
    }

    /// Six digits, every number equally likely.
    pub fn digits(self) -> Result<String, NoChance> {
        // The largest multiple of a million below 2³²: a number at or above it would favour small codes.
        const FAIR: u32 = 4_294_000_000;
        loop {
            let number = u32::from_be_bytes(self.bytes()?);
            if number < FAIR {
                return Ok(format!("{:06}", number % 1_000_000));
            }
        }
    }

    /// Characters of a reference that is read aloud: no I, L, O or U.
    pub fn word(self, length: usize) -> Result<String, NoChance> {
        let mut specification = Specification::new();
        specification.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
        let encoding = specification.encoding().map_err(|_| NoChance)?;
        let mut word = encoding.encode(&self.bytes::<20>()?);
        word.truncate(length);
        Ok(word)
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn codes_are_six_digits_and_references_avoid_mistakable_letters() {
        for _ in 0..1_000 {
            let code = Chance.digits().unwrap();
            assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
            let word = Chance.word(8).unwrap();
            assert!(word.len() == 8 && !word.contains(['I', 'L', 'O', 'U']), "{word}");
        }
    }
}
