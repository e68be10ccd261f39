//! Passkeys, for whoever holds one: staff by their handle, data subjects by the blind index of a mailbox. Each ceremony has two
//! halves; what must be remembered between them belongs into a sealed session and never into a form.

use habeas_core::law::personal::Personal;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use webauthn_rs::prelude::{
    Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, Url, Uuid, Webauthn,
    WebauthnBuilder,
};

use super::{
    door::{Door, Inside},
    refusal::Refusal,
};
use crate::{
    keys::Keys,
    store::{
        Rows,
        credential::{self, Credential, Kind},
    },
};

/// How long a name for a passkey may be, in characters.
const LONGEST: usize = 60;

/// A ceremony that was begun: what the browser is asked, and what its answer must fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ceremony {
    /// JSON for `navigator.credentials`.
    pub options: String,
    /// What the answer must fit.
    state: String,
}

impl Ceremony {
    fn new(options: &impl Serialize, state: &impl Serialize) -> Result<Self, Refusal> {
        let json = |result: serde_json::Result<String>| result.map_err(|error| Refusal::Broken(error.to_string()));
        Ok(Self { options: json(serde_json::to_string(options))?, state: json(serde_json::to_string(state))? })
    }

    fn state<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        serde_json::from_str(&self.state).map_err(|_| Refusal::Expired)
    }
}

/// The site that passkeys are made for. `None`: it is reached by a number or without encryption, where no browser makes one.
pub(super) fn site(address: &str, name: &str) -> Option<Webauthn> {
    let origin = Url::parse(address).ok()?;
    let host = origin.domain()?.to_owned();
    if origin.scheme() != "https" && host != "localhost" {
        return None;
    }
    WebauthnBuilder::new(&host, &origin).ok()?.rp_name(name).build().ok()
}

/// A holder's passkeys, with the rows they stand in.
async fn known(rows: &impl Rows, keys: &Keys, holder: &str) -> Result<Vec<(Credential, Passkey)>, Refusal> {
    let all = credential::of_holder(rows, holder).await?.into_iter().filter(|credential| credential.kind == Kind::Passkey);
    all.map(|credential| Ok((keys.open(&place(&credential.id), &credential.sealed)?, credential)).map(|(key, row)| (row, key))).collect()
}

fn place(id: &str) -> String {
    format!("passkey:{id}")
}

impl Door {
    /// Whether browsers make passkeys for this house at all.
    pub fn takes_passkeys(&self) -> bool {
        self.site().is_some()
    }

    fn site(&self) -> Option<Webauthn> {
        site(&self.address, &self.organisation.about().name)
    }

    /// Begins to make a passkey for somebody who is called so.
    pub async fn begin_passkey(&self, holder: &str, account: &Personal<String>) -> Result<Ceremony, Refusal> {
        let site = self.site().ok_or(Refusal::NotFound("passkey"))?;
        let known = known(&self.store, &self.keys, holder).await?;
        let have = known.iter().map(|(_, passkey)| passkey.cred_id().clone()).collect();
        // Tells the device whose it is, and nobody else anything.
        let handle: String = self.keys.blind("passkey-holder", holder).chars().take(32).collect();
        let handle = Uuid::parse_str(&handle).map_err(|error| Refusal::Broken(error.to_string()))?;
        let begun = site.start_passkey_registration(handle, account.reveal(), account.reveal(), Some(have));
        let (options, state) = begun.map_err(|error| Refusal::Broken(error.to_string()))?;
        Ceremony::new(&options, &state)
    }

    /// Asks for one of a holder's passkeys; `None`: there is none.
    pub async fn ask_passkey(&self, holder: &str) -> Result<Option<Ceremony>, Refusal> {
        let Some(site) = self.site() else { return Ok(None) };
        let known: Vec<Passkey> = known(&self.store, &self.keys, holder).await?.into_iter().map(|(_, passkey)| passkey).collect();
        if known.is_empty() {
            return Ok(None);
        }
        let (options, state) = site.start_passkey_authentication(&known).map_err(|error| Refusal::Broken(error.to_string()))?;
        Ceremony::new(&options, &state).map(Some)
    }
}

/// Adds the passkey that a browser has made.
pub(super) async fn add(inside: &Inside<'_>, holder: &str, label: &str, ceremony: &Ceremony, answer: &str) -> Result<(), Refusal> {
    let wrong = || Refusal::invalid("label", "passkey-wrong");
    let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).map_err(|_| wrong())?;
    let state: PasskeyRegistration = ceremony.state()?;
    let site = site(inside.address, &inside.organisation.about().name).ok_or(Refusal::NotFound("passkey"))?;
    let passkey = site.finish_passkey_registration(&answer, &state).map_err(|_| wrong())?;
    let id = id_of(inside.keys, passkey.cred_id());
    if credential::exists(inside.tx, &id).await? {
        return Err(wrong());
    }
    let row = Credential {
        holder: holder.to_owned(),
        kind: Kind::Passkey,
        label: label.trim().chars().take(LONGEST).collect(),
        sealed: inside.keys.seal(inside.chance, &place(&id), &passkey)?,
        step: 0,
        added_at: inside.now,
        used_at: None,
        id,
    };
    Ok(credential::insert(inside.tx, &row).await?)
}

/// The holder's passkey that a browser's answer comes from; its counter goes on with it.
pub(super) async fn fitting(inside: &Inside<'_>, holder: &str, ceremony: &Ceremony, answer: &str) -> Result<Option<Credential>, Refusal> {
    let (Ok(answer), Ok(state)) = (serde_json::from_str::<PublicKeyCredential>(answer), ceremony.state::<PasskeyAuthentication>()) else {
        return Ok(None);
    };
    let Some(site) = site(inside.address, &inside.organisation.about().name) else { return Ok(None) };
    let Ok(proof) = site.finish_passkey_authentication(&answer, &state) else { return Ok(None) };
    let used = known(inside.tx, inside.keys, holder).await?.into_iter().find(|(_, passkey)| passkey.cred_id() == proof.cred_id());
    // One that was removed since it was asked for proves nothing any more.
    let Some((row, mut passkey)) = used else { return Ok(None) };
    passkey.update_credential(&proof);
    let sealed = inside.keys.seal(inside.chance, &place(&row.id), &passkey)?;
    credential::note_use(inside.tx, &row.id, &sealed, inside.now).await?;
    Ok(proof.user_verified().then_some(row))
}

fn id_of(keys: &Keys, passkey: &[u8]) -> String {
    keys.blind("passkey", &data_encoding::HEXLOWER.encode(passkey))
}

#[cfg(test)]
mod tests {
    use super::site;

    #[test]
    fn a_browser_makes_passkeys_for_names_and_behind_encryption_only() {
        assert!(site("https://personvern.visumexpress.example", "V").is_some());
        assert!(site("http://localhost:8000", "V").is_some());
        for address in ["http://127.0.0.1:8000", "http://personvern.visumexpress.example", "https://192.0.2.7", "nowhere"] {
            assert!(site(address, "V").is_none(), "{address}");
        }
    }
}
