//! The house's keys in use: what is sealed under which, and for which place. Loaded once, at the edge.

use std::{io, path::Path, sync::Arc};

use habeas_core::{
    crypto::{
        blind::BlindKey,
        hash::Hash,
        seal::{CaseKey, HouseKey, KeyId},
        sign::SigningKey,
    },
    law::mask::Secrets,
};
use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use crate::chance::{Chance, NoChance};

mod provider;

pub use provider::{Credentials, KeyFolder, KeyProvider, Named};

/// Every key of a house.
#[derive(Clone)]
pub struct Keys {
    provider: Arc<dyn KeyProvider>,
    blind: Arc<BlindKey>,
    ledger: Arc<BlindKey>,
    gate: Arc<BlindKey>,
    pseudonym: Arc<Zeroizing<[u8; 32]>>,
    log: Arc<SigningKey>,
}

/// A key did not do what it should.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// A key file could not be read or made.
    #[error("key file `{0}` could not be read or made: it must hold 64 hex digits and be readable by this user only")]
    File(String, #[source] Option<io::Error>),
    /// A key file that others can read.
    #[error(
        "key file `{path}` can be read by others (mode {mode:o}): `chmod 0400 {path}`, and if others use this machine, replace the key"
    )]
    Open {
        /// The file.
        path: String,
        /// Its permissions.
        mode: u32,
    },
    /// A key that the service manager has not handed over.
    #[error(
        "there is no key `{0}` among the credentials: make it with `openssl rand -hex 32 | systemd-creds encrypt --name={0} - {0}.cred`, add `LoadCredentialEncrypted={0}:…/{0}.cred` to the unit and restart"
    )]
    NotHanded(String),
    /// `keys = "systemd"` without systemd.
    #[error(
        "systemd has handed over no credentials (`$CREDENTIALS_DIRECTORY` is not set): run this as its service, or name a folder in `keys`"
    )]
    NoCredentials,
    /// A key that nothing needs any more and that is still handed over.
    #[error("nothing is sealed under `{0}` any more: take it out of the unit, destroy its file and restart")]
    StillHanded(String),
    /// Sealed under a key that is not there.
    #[error("a value is sealed under key {0}, which is not there: bring that key back")]
    Away(KeyId),
    /// Sealed for another place, or changed.
    #[error("a sealed value did not open: it was changed, or the key is another one")]
    Sealed,
    /// The value could not be written or read as JSON.
    #[error("a sealed value is not what this version writes")]
    Shape,
    /// No randomness.
    #[error(transparent)]
    Chance(#[from] NoChance),
}

/// Secrets of the house that are read by name, and what each is for.
const SECRETS: [(&str, &str); 5] = [
    ("blind.key", "blind indexes: finds mailboxes, codes, cookies and links without knowing them"),
    ("ledger.key", "the erasure ledger: recognises what a backup brings back"),
    ("gate.key", "the gate: the index under which other systems ask"),
    (PSEUDONYM_KEY, "pseudonyms in other systems: equal values stay equal"),
    ("log.key", "signs the log, its checkpoints and every bundle"),
];

/// Where pseudonyms come from.
const PSEUDONYM_KEY: &str = "pseudonym.key";

/// A key as an inventory shows it: enough to know it by, nothing to use it with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// What its place calls it.
    pub name: String,
    /// Which key it is.
    pub id: String,
    /// What it does.
    pub purpose: &'static str,
    /// When it was made, where its place knows.
    pub made_at: Option<Timestamp>,
}

impl Keys {
    /// Reads the keys in a folder; makes those that are missing.
    pub fn load(folder: &Path, chance: Chance) -> Result<Self, KeyError> {
        Self::of(Arc::new(KeyFolder::open(folder, chance)?), chance)
    }

    /// The keys that a provider has. A secret that it lacks is made, if it can keep one.
    pub fn of(provider: Arc<dyn KeyProvider>, chance: Chance) -> Result<Self, KeyError> {
        let secret = |name: &str| -> Result<Zeroizing<[u8; 32]>, KeyError> {
            if let Some(secret) = provider.secret(name)? {
                return Ok(secret);
            }
            let new = if name == PSEUDONYM_KEY { earlier_pseudonyms(&*provider)? } else { Zeroizing::new(chance.bytes()?) };
            match provider.keep(name, &new) {
                // It can be derived again until the house key is replaced, and that asks for it.
                Err(KeyError::NotHanded(_)) if name == PSEUDONYM_KEY => Ok(new),
                kept => kept.and_then(|()| provider.secret(name)?.ok_or_else(|| KeyError::NotHanded(name.to_owned()))),
            }
        };
        let blind = |name: &str| Ok::<_, KeyError>(Arc::new(BlindKey::from_bytes(*secret(name)?)));
        Ok(Self {
            blind: blind("blind.key")?,
            ledger: blind("ledger.key")?,
            gate: blind("gate.key")?,
            pseudonym: Arc::new(secret(PSEUDONYM_KEY)?),
            log: Arc::new(SigningKey::from_seed(*secret("log.key")?)),
            provider,
        })
    }

    /// Every key, the house keys first and the newest of them last.
    pub fn inventory(&self) -> Result<Vec<Listed>, KeyError> {
        let purpose = "house key: wraps case keys, seals sessions, authenticators and what belongs to no case";
        let mut listed: Vec<Listed> = Vec::new();
        for Named { name, id } in self.provider.house_keys()? {
            listed.push(Listed { id: id.to_string(), purpose, made_at: self.provider.made(&name), name });
        }
        for (name, purpose) in SECRETS {
            let id = self.provider.secret(name)?.map(|secret| CaseKey::from_bytes(*secret).id().to_string());
            listed.push(Listed { name: name.to_owned(), id: id.unwrap_or_default(), purpose, made_at: self.provider.made(name) });
        }
        Ok(listed)
    }

    /// The house keys that are there, oldest first; the last one wraps.
    pub fn house_keys(&self) -> Result<Vec<Named>, KeyError> {
        self.provider.house_keys()
    }

    /// Makes the house key that wraps from now on. What would change with the old one gets a key of its own first.
    pub fn add_house_key(&self, chance: Chance) -> Result<Named, KeyError> {
        if self.provider.secret(PSEUDONYM_KEY)?.is_none() {
            return Err(KeyError::NotHanded(PSEUDONYM_KEY.to_owned()));
        }
        self.provider.add_house_key(chance)
    }

    /// Destroys a house key. Only for one that nothing is sealed under any more.
    pub fn destroy_house_key(&self, key: &Named) -> Result<(), KeyError> {
        self.provider.destroy(key)
    }

    /// Wraps a case's key anew, without looking at it.
    pub fn case_key_anew(&self, chance: Chance, case: &str, wrapped: &[u8]) -> Result<Vec<u8>, KeyError> {
        self.anew(chance, &CaseKey::place(case), wrapped)
    }

    /// Seals anew what an older house key sealed for a place.
    pub fn anew(&self, chance: Chance, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>, KeyError> {
        self.provider.wrap(&self.provider.unwrap(sealed, place)?, place, &chance.bytes()?)
    }

    /// The key that signs the log's leaves and checkpoints and the bundles.
    pub fn log(&self) -> &SigningKey {
        &self.log
    }

    /// The blind index of an identifier in normal form.
    pub fn blind(&self, kind: &str, value: &str) -> String {
        self.blind.index(kind, value)
    }

    /// The index of something in the erasure ledger. A key of its own: it must outlive every case, and tells nothing about any row of ours.
    pub fn ledger(&self, kind: &str, value: &str) -> String {
        self.ledger.index(kind, value)
    }

    /// The index under which other systems ask the gate about an address in normal form. A key of its own: they know it, too.
    pub fn gate(&self, email: &str) -> String {
        self.gate.index("email", email)
    }

    /// Which key that is: tells indexes of another one apart, and nothing about the key.
    pub fn gate_key(&self) -> String {
        self.gate.index("gate-key", "").chars().take(8).collect()
    }

    /// What a cookie's value is stored as.
    pub fn digest(&self, token: &str) -> String {
        self.blind.index("session", token)
    }

    /// Compares two digests without telling where they differ.
    pub fn same(&self, one: &str, other: &str) -> bool {
        // Keyed again, so that the time of the comparison says nothing about the digests themselves.
        self.blind.index("same", one) == self.blind.index("same", other)
    }

    /// Seals a value under the house key for one place.
    pub fn seal<T: Serialize>(&self, chance: Chance, place: &str, value: &T) -> Result<Vec<u8>, KeyError> {
        self.seal_bytes(chance, place, &serde_json::to_vec(value).map_err(|_| KeyError::Shape)?)
    }

    /// Opens what [`Self::seal`] sealed for the same place.
    pub fn open<T: DeserializeOwned>(&self, place: &str, sealed: &[u8]) -> Result<T, KeyError> {
        serde_json::from_slice(&self.open_bytes(place, sealed)?).map_err(|_| KeyError::Shape)
    }

    /// Seals bytes under the house key for one place.
    pub fn seal_bytes(&self, chance: Chance, place: &str, bytes: &[u8]) -> Result<Vec<u8>, KeyError> {
        self.provider.wrap(bytes, place.as_bytes(), &chance.bytes()?)
    }

    /// Opens bytes sealed for the same place.
    pub fn open_bytes(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, KeyError> {
        Ok(self.provider.unwrap(sealed, place.as_bytes())?.to_vec())
    }

    /// A new key for a case, and the form it is stored in.
    pub fn new_case_key(&self, chance: Chance, case: &str) -> Result<(CaseSeal, Vec<u8>), KeyError> {
        let bytes = Zeroizing::new(chance.bytes()?);
        let wrapped = self.provider.wrap(&*bytes, &CaseKey::place(case), &chance.bytes()?)?;
        Ok((CaseSeal { key: Arc::new(CaseKey::from_bytes(*bytes)), case: case.to_owned() }, wrapped))
    }

    /// What a case's masks are made with. Pseudonyms agree as long as the house keeps the key that is for them; salt and chance are gone with the case's.
    pub fn masks(&self, seal: &CaseSeal) -> Secrets {
        Secrets::new(**self.pseudonym, *seal.key.derive(MASK_SALT), *seal.key.derive(MASK_CHANCE))
    }

    /// What masks are made with of records whose case is forgotten: pseudonyms are the same as ever, all else is new.
    pub fn masks_again(&self, chance: Chance) -> Result<Secrets, KeyError> {
        Ok(Secrets::new(**self.pseudonym, chance.bytes()?, chance.bytes()?))
    }

    /// A case's key from the form it is stored in.
    pub fn case(&self, case: &str, wrapped: &[u8]) -> Result<CaseSeal, KeyError> {
        let key = CaseKey::read(&self.provider.unwrap(wrapped, &CaseKey::place(case))?).map_err(|_| KeyError::Sealed)?;
        Ok(CaseSeal { key: Arc::new(key), case: case.to_owned() })
    }
}

/// What pseudonyms were made with while they came from the only house key that there was.
fn earlier_pseudonyms(provider: &dyn KeyProvider) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let first = provider.secret("house.key")?.ok_or_else(|| KeyError::NotHanded(PSEUDONYM_KEY.to_owned()))?;
    Ok(HouseKey::from_bytes(*first).derive(PSEUDONYM))
}

/// A key's purpose, as it is derived for.
const PSEUDONYM: &str = "habeas/pseudonym/1";
const MASK_SALT: &str = "habeas/mask-salt/1";
const MASK_CHANCE: &str = "habeas/mask-chance/1";

/// Seals and opens what belongs to one case.
#[derive(Clone)]
pub struct CaseSeal {
    key: Arc<CaseKey>,
    case: String,
}

impl CaseSeal {
    /// Seals a value for one place in the case.
    pub fn seal<T: Serialize>(&self, chance: Chance, place: &str, value: &T) -> Result<Vec<u8>, KeyError> {
        self.seal_bytes(chance, place, &serde_json::to_vec(value).map_err(|_| KeyError::Shape)?)
    }

    /// Opens what [`Self::seal`] sealed for the same place.
    pub fn open<T: DeserializeOwned>(&self, place: &str, sealed: &[u8]) -> Result<T, KeyError> {
        serde_json::from_slice(&self.open_bytes(place, sealed)?).map_err(|_| KeyError::Shape)
    }

    /// Seals bytes for one place in the case.
    pub fn seal_bytes(&self, chance: Chance, place: &str, bytes: &[u8]) -> Result<Vec<u8>, KeyError> {
        self.key.seal(bytes, self.place(place).as_bytes(), &chance.bytes()?).map_err(|_| KeyError::Sealed)
    }

    /// Opens bytes sealed for the same place.
    pub fn open_bytes(&self, place: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        self.key.open(sealed, self.place(place).as_bytes()).map_err(|_| KeyError::Sealed)
    }

    fn place(&self, place: &str) -> String {
        format!("{}|{place}", self.case)
    }
}

/// SHA-256 in hex.
pub fn sha256(bytes: &[u8]) -> String {
    Hash::of(bytes).to_string()
}
