//! The one place that reads configuration: `Rocket.toml`, `HABEAS_*` variables, then flags. Read once, passed down.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
};

use figment::{
    Figment,
    providers::{Env, Format as _, Serialized, Toml},
};
use habeas_core::law::{breaker::LIMIT, map::Secret};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{
    action::actor::Demands,
    chance::Chance,
    keys::{Credentials, KeyError, KeyFolder, KeyProvider},
    organisation::Source,
    store::Address,
};

/// What a house needs to know.
#[derive(Clone, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the database, keys and packages live.
    pub house: PathBuf,
    /// An organisation's folder, or the name of one that the binary carries.
    pub organisation: String,
    /// `postgres://…`; `None`: a file in the house.
    pub database: Option<String>,
    /// How the portal is reached from outside, for links in letters.
    pub url: String,
    /// Where desk, room and the API for systems answer, and nothing else does; `None`: everything answers at one address.
    pub desk_address: Option<SocketAddr>,
    /// How the desk is reached by those who work there, for links in mails to them; `None`: as the portal is.
    pub desk_url: Option<String>,
    /// Reverse proxies that always set the header which `ip_header` names. It is believed from nobody else.
    pub proxies: Vec<IpAddr>,
    /// Where mail is sent; `None`: into a folder of the house.
    pub smtp: Option<String>,
    /// Where the erasure ledger is written apart from the database; `None`: `ledger.jsonl` in the house. Best on another disk.
    pub ledger: Option<PathBuf>,
    /// Where the house's keys are: a folder, or `systemd` for what it hands to the service; `None`: `keys` in the house.
    pub keys: Option<String>,
    /// Where the case keys are, apart from what they seal: a file or `postgres://…`; `None`: beside the database.
    pub case_keys: Option<String>,
    /// The program that reads pictures of documents, so that what must not be legible is covered; `None`: no pictures are taken.
    pub document_reader: Option<PathBuf>,
    /// The virus scanner that every file goes through: `unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`; `None`: none does.
    pub clamd: Option<String>,
    /// Roles whose holders sign in with a passkey and nothing less, such as `["privacy-lead", "dpo"]`.
    pub passkeys: Demands,
    /// How many people's data may be erased in an hour. One more stops all erasing, until two people let it go on.
    pub erasures_an_hour: u32,
    /// No file of a person's package is longer, unless a single document in it is: what is more goes into a further file.
    pub package_bytes: u64,
    /// A made-up house: its clock can be moved, its mail read.
    pub demo: bool,
    /// How much a call to a connected system may cost.
    pub systems: Limits,
}

/// How much one call to a connected system may cost. A call that meets a limit is an error and never a shorter answer.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, PartialEq, Eq)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Records per call and per search.
    pub records: usize,
    /// Bytes of values per call.
    pub bytes: usize,
    /// How long a call may work before it is interrupted and undone.
    pub milliseconds: u64,
    /// How long to wait for somebody else's lock, or as long as a system asks to wait.
    pub lock_milliseconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { records: 100_000, bytes: 1 << 30, milliseconds: 60_000, lock_milliseconds: 5_000 }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            house: PathBuf::from("house"),
            organisation: "visumexpress".to_owned(),
            database: None,
            url: "http://localhost:8000".to_owned(),
            desk_address: None,
            desk_url: None,
            proxies: Vec::new(),
            smtp: None,
            ledger: None,
            keys: None,
            case_keys: None,
            document_reader: None,
            clamd: None,
            passkeys: Demands::default(),
            erasures_an_hour: LIMIT,
            package_bytes: 2_000_000_000,
            demo: false,
            systems: Limits::default(),
        }
    }
}

/// Addresses of databases and mail servers hold passwords, and are told from no log.
impl fmt::Debug for Config {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hidden = |set: bool| if set { "‹hidden›" } else { "none" };
        out.debug_struct("Config")
            .field("house", &self.house)
            .field("organisation", &self.organisation)
            .field("url", &self.url)
            .field("desk_address", &self.desk_address)
            .field("database", &hidden(self.database.is_some()))
            .field("smtp", &hidden(self.smtp.is_some()))
            .finish_non_exhaustive()
    }
}

/// Why the configuration was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A key or value is wrong.
    #[error("the configuration is wrong: {0}")]
    Wrong(String),
    /// A secret's file cannot be read.
    #[error("file `{0}`, which holds a secret, cannot be read")]
    Secret(PathBuf),
}

/// What `keys` says where systemd hands them over.
const SYSTEMD: &str = "systemd";

/// The settings' name inside a house that `habeas demo` made.
pub const HOUSE_FILE: &str = "Rocket.toml";

impl Config {
    /// Reads the configuration. `house` is the flag's value and wins; a house that carries its own `Rocket.toml` is read with it.
    pub fn read(house: Option<&Path>) -> Result<(Self, Figment), ConfigError> {
        let file = env_path("ROCKET_CONFIG").unwrap_or_else(|| PathBuf::from(HOUSE_FILE));
        let mut settings = Figment::from(Toml::file(file).nested());
        let named = house.map(Path::to_owned).or_else(|| env_path("HABEAS_HOUSE"));
        if let Some(own) = named.as_ref().map(|house| house.join(HOUSE_FILE)).filter(|own| own.is_file()) {
            settings = settings.merge(Toml::file(own).nested());
        }
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        if settings.contains("habeas") {
            figment = figment.merge(settings.focus("habeas"));
        }
        let variables =
            ["organisation", "database", "url", "desk_address", "desk_url", "smtp", "keys", "case_keys", "document_reader", "clamd"];
        figment = figment.merge(Env::prefixed("HABEAS_").only(&variables));
        for secret in ["database", "smtp", "case_keys"] {
            if let Some(path) = env_path(&format!("HABEAS_{}_FILE", secret.to_uppercase())) {
                let text = std::fs::read_to_string(&path).map_err(|_| ConfigError::Secret(path))?;
                figment = figment.merge((secret, text.trim().to_owned()));
            }
        }
        if let Some(house) = named {
            figment = figment.merge(("house", house));
        }
        if let Some(url) = env_text("DATABASE_URL") {
            figment = figment.merge(("database", url));
        }
        let config = figment.extract().map_err(|error| ConfigError::Wrong(error.to_string()))?;
        Ok((config, settings))
    }

    /// Where the database is.
    pub fn address(&self) -> Address {
        self.database.clone().map_or_else(|| Address::File(self.house.join("habeas.db")), Address::Postgres)
    }

    /// Where the case keys are.
    pub fn case_keys(&self) -> Address {
        match &self.case_keys {
            Some(url) if url.starts_with("postgres") => Address::Postgres(url.clone()),
            Some(file) => Address::File(file.into()),
            None => self.address().beside(),
        }
    }

    /// The folder that the house's keys are in; `None`: systemd hands them over.
    pub fn key_folder(&self) -> Option<PathBuf> {
        match self.keys.as_deref() {
            Some(SYSTEMD) => None,
            folder => Some(folder.map_or_else(|| self.house.join("keys"), PathBuf::from)),
        }
    }

    /// What the house gets its keys from.
    pub fn key_provider(&self, chance: Chance) -> Result<Arc<dyn KeyProvider>, KeyError> {
        Ok(match self.key_folder() {
            Some(folder) => Arc::new(KeyFolder::open(&folder, chance)?),
            None => Arc::new(Credentials::open(&env_path("CREDENTIALS_DIRECTORY").ok_or(KeyError::NoCredentials)?)?),
        })
    }

    /// Where the organisation's folder is: beside the house's own settings, else a path if there is such a folder, else the name of a
    /// shipped one.
    pub fn source(&self) -> Source {
        let (own, folder) = (self.house.join(&self.organisation), Path::new(&self.organisation));
        if own.is_dir() && self.house.join(HOUSE_FILE).is_file() {
            return Source::Disk(own);
        }
        if folder.is_dir() { Source::Disk(folder.to_owned()) } else { Source::Shipped(self.organisation.clone()) }
    }
}

/// A secret of a connected system, for this moment only; `None`: it is not there or empty.
pub(crate) fn secret(reference: &Secret, house: &Path) -> Option<Zeroizing<String>> {
    let text = match reference {
        Secret::Env(name) => env_text(name)?,
        Secret::File(path) => std::fs::read_to_string(house.join(path)).ok()?,
    };
    let text = Zeroizing::new(text);
    let trimmed = text.trim_end_matches(['\r', '\n']);
    (!trimmed.is_empty()).then(|| Zeroizing::new(trimmed.to_owned()))
}

/// Puts a newer secret in the place of one that somebody else replaced; `false`: it cannot be kept there.
///
/// The file is whole at any moment, the old one or the new one, and nobody else may read it.
pub(crate) fn keep_secret(reference: &Secret, house: &Path, text: &str) -> bool {
    let Secret::File(path) = reference else { return false };
    let (path, beside) = (house.join(path), house.join(format!("{path}.new")));
    let kept = write_hidden(&beside, text).and_then(|()| std::fs::rename(&beside, &path));
    if let Err(error) = &kept {
        tracing::warn!(file = %path.display(), %error, "a new refresh token could not be written and is lost when this process ends");
    }
    kept.is_ok()
}

fn write_hidden(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    std::io::Write::write_all(&mut file, text.as_bytes())?;
    file.sync_all()
}

/// Whether real configuration stands where a demo would start.
pub fn is_configured(folder: &Path) -> bool {
    let settings = Toml::file(folder.join(HOUSE_FILE)).nested();
    let set = Figment::from(settings).focus("habeas").extract::<std::collections::BTreeMap<String, figment::value::Value>>();
    env_text("DATABASE_URL").is_some() || env_text("HABEAS_DATABASE").is_some() || set.is_ok_and(|keys| !keys.is_empty())
}

/// Where a test wants this process to die.
#[cfg(debug_assertions)]
pub(crate) fn crash_points() -> Vec<String> {
    env_text("HABEAS_CRASH_AT").map(|text| text.split(',').map(str::to_owned).collect()).unwrap_or_default()
}

#[allow(clippy::disallowed_methods, reason = "this is the one place")]
fn env_path(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).map(PathBuf::from)
}

#[allow(clippy::disallowed_methods, reason = "this is the one place")]
fn env_text(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|text| !text.is_empty())
}
