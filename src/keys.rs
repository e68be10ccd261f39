//! The house's keys in use: what is sealed under which, and for which place. Loaded once, at the edge.

use std::{io, path::Path, sync::Arc};

use data_encoding::HEXLOWER;
use habeas_core::{
    crypto::{
        blind::BlindKey,
        hash::Hash,
        seal::{CaseKey, HouseKey},
        sign::SigningKey,
    },
    law::mask::Secrets,
};
use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use crate::chance::{Chance, NoChance};

/// Every key of a house.
#[derive(Clone)]
pub struct Keys {
    house: Arc<HouseKey>,
    blind: Arc<BlindKey>,
    ledger: Arc<BlindKey>,
    gate: Arc<BlindKey>,
    log: Arc<SigningKey>,
}

/// A key did not do what it should.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// A key file could not be read or made.
    #[error("key file `{0}` could not be read or made: it must hold 64 hex digits and be readable by this user only")]
    File(String, #[source] Option<io::Error>),
    /// Sealed for another place, under another key, or changed.
    #[error("a sealed value did not open: it was changed, or the key is another one")]
    Sealed,
    /// The value could not be written or read as JSON.
    #[error("a sealed value is not what this version writes")]
    Shape,
    /// No randomness.
    #[error(transparent)]
    Chance(#[from] NoChance),
}

impl Keys {
    /// Loads `house.key`, `blind.key`, `ledger.key`, `gate.key` and `log.key` from a folder; makes those that are missing.
    pub fn load(folder: &Path, chance: Chance) -> Result<Self, KeyError> {
        std::fs::create_dir_all(folder).map_err(|error| KeyError::File(folder.display().to_string(), Some(error)))?;
        Ok(Self {
            house: Arc::new(HouseKey::from_bytes(seed(folder, "house.key", chance)?)),
            blind: Arc::new(BlindKey::from_bytes(seed(folder, "blind.key", chance)?)),
            ledger: Arc::new(BlindKey::from_bytes(seed(folder, "ledger.key", chance)?)),
            gate: Arc::new(BlindKey::from_bytes(seed(folder, "gate.key", chance)?)),
            log: Arc::new(SigningKey::from_seed(seed(folder, "log.key", chance)?)),
        })
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
        self.house.seal(bytes, place.as_bytes(), &chance.bytes()?).map_err(|_| KeyError::Sealed)
    }

    /// Opens bytes sealed for the same place.
    pub fn open_bytes(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, KeyError> {
        Ok(self.house.open(sealed, place.as_bytes()).map_err(|_| KeyError::Sealed)?.to_vec())
    }

    /// A new key for a case, and the form it is stored in.
    pub fn new_case_key(&self, chance: Chance, case: &str) -> Result<(CaseSeal, Vec<u8>), KeyError> {
        let key = CaseKey::from_bytes(chance.bytes()?);
        let wrapped = self.house.wrap(&key, case, &chance.bytes()?).map_err(|_| KeyError::Sealed)?;
        Ok((CaseSeal { key: Arc::new(key), case: case.to_owned() }, wrapped))
    }

    /// What a case's masks are made with. Pseudonyms agree as long as the house keeps its key; salt and chance are gone with the case's.
    pub fn masks(&self, seal: &CaseSeal) -> Secrets {
        Secrets::new(*self.house.derive(PSEUDONYM), *seal.key.derive(MASK_SALT), *seal.key.derive(MASK_CHANCE))
    }

    /// What masks are made with of records whose case is forgotten: pseudonyms are the same as ever, all else is new.
    pub fn masks_again(&self, chance: Chance) -> Result<Secrets, KeyError> {
        Ok(Secrets::new(*self.house.derive(PSEUDONYM), chance.bytes()?, chance.bytes()?))
    }

    /// A case's key from the form it is stored in.
    pub fn case(&self, case: &str, wrapped: &[u8]) -> Result<CaseSeal, KeyError> {
        let key = self.house.open_case_key(wrapped, case).map_err(|_| KeyError::Sealed)?;
        Ok(CaseSeal { key: Arc::new(key), case: case.to_owned() })
    }
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

fn seed(folder: &Path, name: &str, chance: Chance) -> Result<[u8; 32], KeyError> {
    let path = folder.join(name);
    let failed = |error| KeyError::File(path.display().to_string(), error);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let text = HEXLOWER.encode(&chance.bytes::<32>()?);
            write_private(&path, text.as_bytes()).map_err(|error| failed(Some(error)))?;
            text
        }
        Err(error) => return Err(failed(Some(error))),
    };
    let bytes = HEXLOWER.decode(text.trim().as_bytes()).map_err(|_| failed(None))?;
    bytes.try_into().map_err(|_| failed(None))
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _};
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o400).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
