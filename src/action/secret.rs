//! Passwords and time-based codes. Hashing is slow on purpose, so it never runs on an async thread.

use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version, password_hash::phc::PasswordHash};
use habeas_core::law::personal::Personal;
use jiff::Timestamp;
use totp_rs::{Secret, Totp};

use super::{password::Judged, refusal::Refusal};

/// Bytes of a TOTP secret (RFC 4226 asks for at least 16 and recommends 20).
pub const TOTP_BYTES: usize = 20;

/// Hashes a judged password with argon2id, 46 MiB, one pass.
pub async fn hash_password(password: Judged) -> Result<Personal<String>, Refusal> {
    let password = password.into_password();
    let hashed = tokio::task::spawn_blocking(move || argon2().map(|argon2| argon2.hash_password(password.reveal().as_bytes()))).await;
    match hashed {
        Ok(Ok(Ok(hash))) => Ok(Personal::new(hash.to_string())),
        _ => Err(Refusal::Broken("the password could not be hashed".to_owned())),
    }
}

/// Whether a password fits a hash. `None` costs the same time and never fits.
pub(super) async fn verify_password(password: Personal<String>, hash: Option<Personal<String>>) -> bool {
    let verified = tokio::task::spawn_blocking(move || {
        let Ok(argon2) = argon2() else { return false };
        let password = password.reveal().as_bytes();
        let parsed = hash.as_ref().and_then(|hash| PasswordHash::new(hash.reveal()).ok());
        match parsed {
            Some(hash) => argon2.verify_password(password, &hash).is_ok(),
            None => argon2.hash_password(password).is_err(),
        }
    });
    verified.await.unwrap_or(false)
}

fn argon2() -> Result<Argon2<'static>, argon2::Error> {
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(46 * 1024, 1, 1, None)?))
}

/// The time step a typed code belongs to, if it is right now or one step off.
pub(super) fn totp_step(secret: &[u8], typed: &str, now: Timestamp) -> Option<i64> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let step = totp(secret)?.check(&digits, u64::try_from(now.as_second()).ok()?)?;
    i64::try_from(step).ok()
}

/// The code an authenticator shows now; the demo prints it and tests type it.
pub fn totp_code(secret: &[u8], now: Timestamp) -> Option<String> {
    Some(totp(secret)?.generate(u64::try_from(now.as_second()).ok()?).to_string())
}

/// The secret as an authenticator takes it typed.
pub fn totp_base32(secret: &[u8]) -> String {
    Secret::from(secret.to_vec()).to_base32()
}

/// The same in fours, for people.
pub fn totp_typed(secret: &[u8]) -> String {
    totp_base32(secret).as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect::<Vec<_>>().join(" ")
}

/// What an authenticator's camera reads: whose code it is, where it is good, and the secret.
pub fn totp_address(secret: &[u8], issuer: &str, account: &str) -> Option<String> {
    let plain = |text: &str| text.chars().map(|letter| if letter == ':' { ' ' } else { letter }).collect::<String>();
    let builder = totp_rs::Builder::new().with_secret(secret.to_vec()).with_account_name(plain(account)).with_issuer(Some(plain(issuer)));
    builder.build().ok()?.to_url().ok()
}

fn totp(secret: &[u8]) -> Option<Totp> {
    totp_rs::Builder::new().with_secret(secret.to_vec()).with_account_name("habeas").build().ok()
}

#[cfg(test)]
mod tests {
    use super::{Personal, hash_password, totp_address, totp_code, totp_step, verify_password};
    use crate::action::password::judge;

    #[tokio::test]
    async fn only_the_password_fits_its_hash() {
        let password = Personal::new("riktig hest batteri".to_owned());
        let hash = hash_password(judge(password, &[]).unwrap()).await.unwrap();
        assert!(hash.reveal().starts_with("$argon2id$v=19$m=47104,t=1,p=1$"));
        assert!(verify_password(Personal::new("riktig hest batteri".to_owned()), Some(hash.clone())).await);
        assert!(!verify_password(Personal::new("riktig hest".to_owned()), Some(hash)).await);
        assert!(!verify_password(Personal::new("riktig hest".to_owned()), None).await);
    }

    #[test]
    fn an_authenticator_learns_where_its_codes_are_good() {
        let address = totp_address(&[7; 20], "Visumexpress: AS", "kari@visumexpress.example").unwrap();
        assert!(address.starts_with("otpauth://totp/Visumexpress"), "{address}");
        assert!(address.contains("secret=") && address.contains("issuer=Visumexpress"), "{address}");
    }

    #[test]
    fn a_code_is_good_in_its_step_and_the_ones_beside_it() {
        let (secret, now) = ([7; 20], "2026-11-20T12:00:15Z".parse().unwrap());
        let code = totp_code(&secret, now).unwrap();
        let step = totp_step(&secret, &code, now).unwrap();
        assert_eq!(totp_step(&secret, &format!(" {} {}", &code[..3], &code[3..]), now + jiff::SignedDuration::from_secs(30)), Some(step));
        assert_eq!(totp_step(&secret, &code, now + jiff::SignedDuration::from_secs(90)), None);
        assert_eq!(totp_step(&[8; 20], &code, now), None);
    }
}
