//! Where a house's keys come from: a folder of files, or the credentials that systemd hands to a service.
//!
//! Case keys and what belongs to no case are wrapped and unwrapped *by* the provider, so that one behind which a key management service
//! stands need never hand out its key. The other keys are secrets of the house itself and are read by name.
//!
//! House keys are called `house.key`, `house-2.key`, `house-3.key` …; the highest number wraps, all of them unwrap. That is the whole state
//! of a rotation: whoever looks into the place sees it, and a crash cannot leave it half done.

use std::{
    fmt, fs, io,
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use data_encoding::HEXLOWER;
use habeas_core::crypto::seal::{HouseKey, KeyId};
use jiff::Timestamp;
use zeroize::Zeroizing;

use super::KeyError;
use crate::chance::Chance;

/// A house key, by name and id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// What its place calls it, such as `house-2.key`.
    pub name: String,
    /// What stands in everything that it sealed.
    pub id: KeyId,
}

/// A source of keys. Whoever implements it may wait for milliseconds, but not for people.
pub trait KeyProvider: fmt::Debug + Send + Sync {
    /// A secret of 32 bytes by its name; `None`: there is none.
    fn secret(&self, name: &str) -> Result<Option<Zeroizing<[u8; 32]>>, KeyError>;

    /// Keeps a new secret; one that is there already stays, and is what [`Self::secret`] answers.
    fn keep(&self, name: &str, secret: &[u8; 32]) -> Result<(), KeyError>;

    /// When a key was made, where its place knows.
    fn made(&self, name: &str) -> Option<Timestamp>;

    /// The house keys that are there now, oldest first; the last one wraps.
    fn house_keys(&self) -> Result<Vec<Named>, KeyError>;

    /// Seals a few kilobytes under the newest house key for one place. It is asked each time which one that is, so that nothing is sealed
    /// under one that another process has replaced.
    fn wrap(&self, plain: &[u8], place: &[u8], nonce: &[u8; 24]) -> Result<Vec<u8>, KeyError>;

    /// Opens what any of the house keys sealed for the same place. One that it does not know yet it looks for.
    fn unwrap(&self, sealed: &[u8], place: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError>;

    /// Makes the house key that wraps from now on.
    fn add_house_key(&self, chance: Chance) -> Result<Named, KeyError>;

    /// Destroys a house key.
    fn destroy(&self, key: &Named) -> Result<(), KeyError>;
}

/// A folder of files of 64 hex digits that only this user can read. What is missing is made.
#[derive(Debug)]
pub struct KeyFolder(Ring);

impl KeyFolder {
    /// Keys in a folder; makes both the folder and the first house key.
    pub fn open(folder: &Path, chance: Chance) -> Result<Self, KeyError> {
        fs::create_dir_all(folder).map_err(|error| KeyError::File(folder.display().to_string(), Some(error)))?;
        let ring = Ring::new(folder, true);
        if ring.listed()?.is_empty() {
            ring.keep("house.key", &Zeroizing::new(chance.bytes::<32>()?))?;
            // No other key has to agree with anything yet; a house that has a `house.key` already derives this one from it.
            ring.keep(super::PSEUDONYM_KEY, &Zeroizing::new(chance.bytes::<32>()?))?;
        }
        ring.current()?;
        Ok(Self(ring))
    }

    /// Whether a folder has a house key.
    pub fn is_there(folder: &Path) -> bool {
        Ring::new(folder, true).listed().is_ok_and(|listed| !listed.is_empty())
    }
}

impl KeyProvider for KeyFolder {
    fn secret(&self, name: &str) -> Result<Option<Zeroizing<[u8; 32]>>, KeyError> {
        self.0.read(name)
    }

    fn keep(&self, name: &str, secret: &[u8; 32]) -> Result<(), KeyError> {
        self.0.keep(name, secret)
    }

    fn made(&self, name: &str) -> Option<Timestamp> {
        fs::metadata(self.0.folder.join(name)).ok()?.modified().ok()?.try_into().ok()
    }

    fn house_keys(&self) -> Result<Vec<Named>, KeyError> {
        self.0.named()
    }

    fn wrap(&self, plain: &[u8], place: &[u8], nonce: &[u8; 24]) -> Result<Vec<u8>, KeyError> {
        self.0.wrap(plain, place, nonce)
    }

    fn unwrap(&self, sealed: &[u8], place: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        self.0.unwrap(sealed, place)
    }

    fn add_house_key(&self, chance: Chance) -> Result<Named, KeyError> {
        let next = self.0.listed()?.last().map_or(1, |(number, _)| number + 1);
        let key = Zeroizing::new(chance.bytes()?);
        let name = house_key_name(next);
        self.0.keep(&name, &key)?;
        Ok(Named { name, id: HouseKey::from_bytes(*key).id() })
    }

    fn destroy(&self, key: &Named) -> Result<(), KeyError> {
        let path = self.0.folder.join(&key.name);
        // Written over first, for file systems that write in place; on others it is the lack of the name that counts.
        let gone = fs::set_permissions(&path, fs::Permissions::from_mode(0o600))
            .and_then(|()| fs::OpenOptions::new().write(true).open(&path))
            .and_then(|mut file| {
                io::Write::write_all(&mut file, &[b'0'; 64])?;
                file.sync_all()
            })
            .and_then(|()| fs::remove_file(&path))
            .and_then(|()| sync(&self.0.folder));
        match gone {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(KeyError::File(path.display().to_string(), Some(error))),
            _ => Ok(()),
        }
    }
}

/// What systemd hands to a service (`LoadCredentialEncrypted=house.key:…`). Nothing is made and nothing destroyed there: that is done where
/// the unit is written.
#[derive(Debug)]
pub struct Credentials(Ring);

impl Credentials {
    /// Keys among the credentials in a folder, which systemd keeps from everybody else.
    pub fn open(folder: &Path) -> Result<Self, KeyError> {
        let ring = Ring::new(folder, false);
        if ring.current()?.is_empty() {
            return Err(KeyError::NotHanded("house.key".to_owned()));
        }
        Ok(Self(ring))
    }
}

impl KeyProvider for Credentials {
    fn secret(&self, name: &str) -> Result<Option<Zeroizing<[u8; 32]>>, KeyError> {
        self.0.read(name)
    }

    fn keep(&self, name: &str, _: &[u8; 32]) -> Result<(), KeyError> {
        Err(KeyError::NotHanded(name.to_owned()))
    }

    fn made(&self, _: &str) -> Option<Timestamp> {
        None
    }

    fn house_keys(&self) -> Result<Vec<Named>, KeyError> {
        self.0.named()
    }

    fn wrap(&self, plain: &[u8], place: &[u8], nonce: &[u8; 24]) -> Result<Vec<u8>, KeyError> {
        self.0.wrap(plain, place, nonce)
    }

    fn unwrap(&self, sealed: &[u8], place: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        self.0.unwrap(sealed, place)
    }

    fn add_house_key(&self, _: Chance) -> Result<Named, KeyError> {
        let next = self.0.listed()?.last().map_or(1, |(number, _)| number + 1);
        Err(KeyError::NotHanded(house_key_name(next)))
    }

    fn destroy(&self, key: &Named) -> Result<(), KeyError> {
        Err(KeyError::StillHanded(key.name.clone()))
    }
}

/// House keys that were read from files.
#[derive(Debug)]
struct Ring {
    folder: PathBuf,
    /// Whether files that others can read are refused.
    private: bool,
    loaded: RwLock<Arc<Vec<Loaded>>>,
}

#[derive(Debug)]
struct Loaded {
    number: u32,
    named: Named,
    key: HouseKey,
}

impl Ring {
    fn new(folder: &Path, private: bool) -> Self {
        Self { folder: folder.to_owned(), private, loaded: RwLock::default() }
    }

    /// Numbers and names of the house keys that are there, lowest first.
    fn listed(&self) -> Result<Vec<(u32, String)>, KeyError> {
        let failed = |error| KeyError::File(self.folder.display().to_string(), Some(error));
        let mut listed = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name();
            let Some(name) = name.to_str() else { continue };
            let number = match name {
                "house.key" => Some(1),
                _ => name.strip_prefix("house-").and_then(|rest| rest.strip_suffix(".key")).and_then(|number| number.parse().ok()),
            };
            listed.extend(number.map(|number| (number, name.to_owned())));
        }
        listed.sort_unstable();
        Ok(listed)
    }

    /// The house keys that are there. A file is read once: what it says never changes while it has its name.
    fn current(&self) -> Result<Arc<Vec<Loaded>>, KeyError> {
        let listed = self.listed()?;
        let known = self.known();
        if known.iter().map(|it| (it.number, it.named.name.as_str())).eq(listed.iter().map(|(number, name)| (*number, name.as_str()))) {
            return Ok(known);
        }
        let mut loaded = Vec::new();
        for (number, name) in listed {
            // One that was destroyed since it was listed is simply not there any more.
            let Some(key) = self.read(&name)? else { continue };
            let key = HouseKey::from_bytes(*key);
            loaded.push(Loaded { number, named: Named { name, id: key.id() }, key });
        }
        let loaded = Arc::new(loaded);
        *self.loaded.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&loaded);
        Ok(loaded)
    }

    fn known(&self) -> Arc<Vec<Loaded>> {
        Arc::clone(&self.loaded.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn named(&self) -> Result<Vec<Named>, KeyError> {
        Ok(self.current()?.iter().map(|it| it.named.clone()).collect())
    }

    fn wrap(&self, plain: &[u8], place: &[u8], nonce: &[u8; 24]) -> Result<Vec<u8>, KeyError> {
        let keys = self.current()?;
        let newest = keys.last().ok_or_else(|| KeyError::NotHanded("house.key".to_owned()))?;
        newest.key.seal(plain, place, nonce).map_err(|_| KeyError::Sealed)
    }

    fn unwrap(&self, sealed: &[u8], place: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let id = KeyId::of_sealed(sealed).ok_or(KeyError::Sealed)?;
        let open = |keys: &[Loaded]| keys.iter().find(|it| it.named.id == id).map(|it| it.key.open(sealed, place));
        let opened = match open(&self.known()) {
            Some(opened) => opened,
            None => open(&self.current()?).ok_or(KeyError::Away(id))?,
        };
        opened.map_err(|_| KeyError::Sealed)
    }

    fn read(&self, name: &str) -> Result<Option<Zeroizing<[u8; 32]>>, KeyError> {
        let path = self.folder.join(name);
        let failed = |error| KeyError::File(path.display().to_string(), error);
        let mut file = match fs::File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(Some(error))),
        };
        let mode = file.metadata().map_err(|error| failed(Some(error)))?.permissions().mode();
        if self.private && mode & 0o077 != 0 {
            return Err(KeyError::Open { path: path.display().to_string(), mode: mode & 0o777 });
        }
        let mut text = Zeroizing::new(String::new());
        io::Read::read_to_string(&mut file, &mut text).map_err(|error| failed(Some(error)))?;
        let bytes = HEXLOWER.decode(text.trim().as_bytes()).map(Zeroizing::new).map_err(|_| failed(None))?;
        Ok(Some(Zeroizing::new(bytes.as_slice().try_into().map_err(|_| failed(None))?)))
    }

    /// Makes a file that is whole from its first moment on, for this user only. One that is there stays.
    fn keep(&self, name: &str, secret: &[u8; 32]) -> Result<(), KeyError> {
        let path = self.folder.join(name);
        let beside = self.folder.join(format!(".{name}.{}", std::process::id()));
        let written = (|| {
            let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
            io::Write::write_all(&mut file, Zeroizing::new(HEXLOWER.encode(secret)).as_bytes())?;
            file.set_permissions(fs::Permissions::from_mode(0o400))?;
            file.sync_all()?;
            let linked = fs::hard_link(&beside, &path);
            fs::remove_file(&beside)?;
            match linked {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
                linked => linked.and_then(|()| sync(&self.folder)),
            }
        })();
        written.map_err(|error| KeyError::File(path.display().to_string(), Some(error)))
    }
}

fn house_key_name(number: u32) -> String {
    if number == 1 { "house.key".to_owned() } else { format!("house-{number}.key") }
}

fn sync(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::{Chance, Credentials, KeyError, KeyFolder, KeyProvider, fs};

    const NONCE: [u8; 24] = [5; 24];

    #[test]
    fn a_file_that_others_can_read_is_refused_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        KeyFolder::open(folder.path(), Chance).unwrap();
        let file = folder.path().join("house.key");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o400);
        for (mode, may) in [(0o400, true), (0o600, true), (0o440, false), (0o404, false), (0o777, false)] {
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            let opened = KeyFolder::open(folder.path(), Chance);
            assert_eq!(opened.is_ok(), may, "{mode:o}");
            if let Err(error) = opened {
                let words = error.to_string();
                assert!(words.contains("chmod 0400") && words.contains("house.key"), "{words}");
            }
        }
    }

    #[test]
    fn the_newest_wraps_all_unwrap_and_whoever_is_running_notices() {
        let folder = tempfile::tempdir().unwrap();
        let (running, rotating) = (KeyFolder::open(folder.path(), Chance).unwrap(), KeyFolder::open(folder.path(), Chance).unwrap());
        let first = running.wrap(b"kept", b"here", &NONCE).unwrap();
        let new = rotating.add_house_key(Chance).unwrap();
        assert_eq!(new.name, "house-2.key");
        let second = rotating.wrap(b"kept", b"here", &NONCE).unwrap();
        assert_ne!(first, second);
        assert_eq!(running.unwrap(&second, b"here").unwrap().as_slice(), b"kept", "a key that it did not know");
        assert_eq!(running.wrap(b"kept", b"here", &NONCE).unwrap(), second, "and nothing more under the old one");
        assert_eq!(running.unwrap(&first, b"here").unwrap().as_slice(), b"kept");
        let [old, _] = rotating.house_keys().unwrap().try_into().unwrap();
        rotating.destroy(&old).unwrap();
        rotating.destroy(&old).unwrap();
        assert!(!folder.path().join("house.key").exists());
        let again = KeyFolder::open(folder.path(), Chance).unwrap();
        assert!(matches!(again.unwrap(&first, b"here"), Err(KeyError::Away(id)) if id == old.id));
        assert_eq!(again.add_house_key(Chance).unwrap().name, "house-3.key", "no name is used twice");
    }

    #[test]
    fn nothing_is_made_among_credentials() {
        let folder = tempfile::tempdir().unwrap();
        let missing = Credentials::open(folder.path()).unwrap_err();
        assert!(missing.to_string().contains("LoadCredentialEncrypted=house.key"), "{missing}");
        fs::write(folder.path().join("house.key"), "ab".repeat(32)).unwrap();
        let keys = Credentials::open(folder.path()).unwrap();
        let sealed = keys.wrap(b"kept", b"here", &NONCE).unwrap();
        assert_eq!(keys.unwrap(&sealed, b"here").unwrap().as_slice(), b"kept");
        assert!(matches!(keys.add_house_key(Chance), Err(KeyError::NotHanded(name)) if name == "house-2.key"));
        assert!(matches!(keys.keep("log.key", &[1; 32]), Err(KeyError::NotHanded(_))));
        let old = keys.house_keys().unwrap().remove(0);
        assert!(matches!(keys.destroy(&old), Err(KeyError::StillHanded(_))));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        fs::write(folder.path().join("house-2.key"), "zz".repeat(32)).unwrap();
        assert!(matches!(keys.wrap(b"kept", b"here", &NONCE), Err(KeyError::File(..))), "not a key");
    }
}
