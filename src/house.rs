//! The wiring: opens a house and hands each room what it needs. Knows every room, decides nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use tokio::sync::{Mutex, Notify};

use crate::{
    action::{
        catalogue,
        door::{
            Door,
            group::{self, Queue},
        },
        refusal::Refusal,
        workflows::Workflows,
    },
    bundle::subject::Limits,
    chance::Chance,
    clock::Clock,
    config::Config,
    connector::Connectors,
    keys::{KeyError, Keys},
    mail::{MailError, Mailer},
    openid::Providers,
    organisation::{Organisation, OrganisationError, Source},
    render::{
        pages::{Renderer, SetupError},
        theme::Dress,
    },
    store::{Address, Store, StoreError, backup, document::folder::Folder, gate::memory::Gate, leaf},
    upload::{Clamd, Reader, Uploads},
    view::{
        desk::load::left_on_purpose,
        lint::{self, Members},
        look::{FormShape, Look},
    },
    worker::{Worker, effect},
};

/// An open house.
#[derive(Clone)]
pub struct House {
    /// Where changes go in.
    pub door: Door,
    /// Where views look.
    pub look: Look,
    /// What does the work.
    pub worker: Worker,
    /// Who else vouches for people.
    pub openid: Arc<Providers>,
    /// What looks at files that are handed in.
    pub uploads: Arc<Uploads>,
    /// Pages and letters.
    pub renderer: Arc<Renderer>,
}

/// Why a house did not open.
#[derive(Debug, thiserror::Error)]
pub enum HouseError {
    /// Its folder cannot be made.
    #[error("folder `{0}` cannot be made or written")]
    Folder(PathBuf, #[source] std::io::Error),
    /// The organisation's folder has problems.
    #[error(transparent)]
    Organisation(#[from] OrganisationError),
    /// The workflow definitions have problems.
    #[error("{0}")]
    Workflows(String),
    /// A key is missing or unreadable.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The database does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Templates or texts are broken.
    #[error("templates or texts are broken: {0}")]
    Render(#[from] SetupError),
    /// Mail cannot be sent.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// What looks at files is not set up right.
    #[error("{0}")]
    Uploads(String),
    /// Definitions could not be stored.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

impl House {
    /// Who holds which role in a house, without opening it; nothing where there is none yet.
    pub async fn members(config: &Config) -> Result<Option<Members>, HouseError> {
        let address = config.address();
        if matches!(&address, Address::File(path) if !path.is_file()) {
            return Ok(None);
        }
        Ok(Some(lint::members(&Store::open_with(&address, &config.case_keys()).await?).await?))
    }

    /// Differences between data map and systems that somebody has left on purpose, without opening a house; none where there is none yet.
    pub async fn left_on_purpose(config: &Config) -> Result<BTreeMap<String, BTreeSet<String>>, HouseError> {
        let address = config.address();
        if matches!(&address, Address::File(path) if !path.is_file()) {
            return Ok(BTreeMap::new());
        }
        Ok(left_on_purpose(&Store::open_with(&address, &config.case_keys()).await?).await?)
    }

    /// The file that is a house's database; nothing where it is on a server.
    pub fn file(config: &Config) -> Option<PathBuf> {
        match config.address() {
            Address::File(file) => Some(file),
            Address::Postgres(_) => None,
        }
    }

    /// The file that holds a house's case keys; nothing where they are on a server.
    pub fn key_file(config: &Config) -> Option<PathBuf> {
        match config.case_keys() {
            Address::File(file) => Some(file),
            Address::Postgres(_) => None,
        }
    }

    /// Lets go of the database, so that its files can be moved.
    pub async fn close(self) -> Result<(), HouseError> {
        Ok(self.door.store.clone().close().await?)
    }

    /// Copies the database into a new file, as it is at one moment.
    pub async fn save(&self, file: &Path) -> Result<(), HouseError> {
        Ok(backup::save(&self.door.store, file).await?)
    }

    /// Copies the case keys into a new file of their own.
    pub async fn save_keys(&self, file: &Path) -> Result<(), HouseError> {
        Ok(backup::save_keys(&self.door.store, file).await?)
    }

    /// Whether a file is a whole copy of a house's database.
    pub async fn is_whole(file: &Path) -> bool {
        backup::is_whole(file, "SELECT size FROM log_head").await.unwrap_or(false)
    }

    /// Whether a file is a whole copy of a house's case keys.
    pub async fn is_whole_key_store(file: &Path) -> bool {
        backup::is_whole(file, "SELECT wrapped FROM case_key LIMIT 1").await.unwrap_or(false)
    }

    /// Makes a database ready to be put aside. Fails while anybody has it open.
    pub async fn leave(file: &Path) -> Result<(), HouseError> {
        Ok(backup::settle(file).await?)
    }

    /// What looks at files, as it is set up.
    fn uploads(config: &Config) -> Result<Uploads, HouseError> {
        let clamd = config.clamd.as_deref().map(|address| {
            let wrong = || {
                HouseError::Uploads(format!(
                    "`clamd = \"{address}\"` says nowhere: write `unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`"
                ))
            };
            Clamd::parse(address).ok_or_else(wrong)
        });
        let reader = config.document_reader.as_ref().map(|program| {
            let missing = || {
                HouseError::Uploads(format!(
                    "there is no program `{}` to read documents with: install `tesseract-ocr`, or take `document_reader` out",
                    program.display()
                ))
            };
            if program.is_file() { Ok(Reader::new(program.clone())) } else { Err(missing()) }
        });
        Ok(Uploads::new(clamd.transpose()?, reader.transpose()?))
    }

    /// Whether pictures of documents are taken; says why not, where they would be.
    fn takes_documents(organisation: &Organisation, uploads: &Uploads, config: &Config) -> bool {
        if let Some(words) = Self::no_documents(organisation, config) {
            tracing::warn!("{words}");
        }
        organisation.about().identity.documents && uploads.takes_documents()
    }

    /// Why an organisation that would take pictures of documents gets none, in words for its operator.
    pub fn no_documents(organisation: &Organisation, config: &Config) -> Option<String> {
        let unread = organisation.about().identity.documents && config.document_reader.is_none();
        unread.then(|| {
            "organisation.yaml: `documents: true` asks for pictures, but nothing here could cover a number that a person has forgotten, so none are taken and people show documents in person or by video: install `tesseract-ocr` and set `document_reader = \"/usr/bin/tesseract\"`".to_owned()
        })
    }

    /// Pages and letters as an organisation writes them.
    pub fn renderer(source: &Source, organisation: &Organisation) -> Result<Renderer, HouseError> {
        let logo = organisation.logo().map(|logo| (logo.ending, logo.bytes.clone()));
        let dress = Dress { theme: organisation.about().theme.clone().unwrap_or_default(), logo };
        Ok(Renderer::dressed(source.texts().as_deref(), &organisation.zone(), &dress)?)
    }

    /// Opens a house: reads the organisation, brings the schema up to date, loads keys, pages and workflows.
    pub async fn open(config: &Config) -> Result<Self, HouseError> {
        let packages = folder(config, "packages")?;
        let documents = Folder::new(folder(config, "documents")?);
        let uploads = Arc::new(Self::uploads(config)?);
        let clock = if config.demo { Clock::movable(&config.house) } else { Clock::system() };
        let source = config.source();
        let organisation = Arc::new(Organisation::read(&source)?);
        let workflows = Workflows::compile(organisation.workflows(), &organisation.catalogue())
            .map_err(|problems| HouseError::Workflows(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))?;
        let keys = Keys::of(config.key_provider(Chance)?, Chance)?;
        let store = Store::open_with(&config.address(), &config.case_keys()).await?;
        leaf::seal_earlier(&store, &keys, Chance).await?;
        let workflows = Arc::new(workflows.remember(&store, clock.now()).await?);
        let renderer = Arc::new(Self::renderer(&source, &organisation)?);
        let mailer = mailer(config, &organisation)?;
        let address = config.url.trim_end_matches('/').to_owned();
        let desk = config.desk_url.as_ref().map_or_else(|| address.clone(), |url| url.trim_end_matches('/').to_owned());
        let openid = Arc::new(Providers::new(&organisation.about().identity, (&address, &desk), &config.house));
        let door = Door {
            store: store.clone(),
            clock: clock.clone(),
            chance: Chance,
            keys: keys.clone(),
            organisation: Arc::clone(&organisation),
            workflows,
            wake: Arc::new(Notify::new()),
            queue: Queue::new(store.writers(), group::LARGEST),
            gate: Arc::new(Gate::new(keys.gate_key())),
            address: address.as_str().into(),
            documents: documents.clone(),
            demands: Arc::new(config.passkeys.clone()),
        };
        let look = Look {
            store,
            keys,
            clock,
            organisation: Arc::clone(&organisation),
            forms: Arc::new(forms()),
            packages: packages.clone(),
            documents,
            documents_are_taken: Self::takes_documents(&organisation, &uploads, config),
            address: address.clone(),
            gate: Arc::clone(&door.gate),
            numbers: Arc::default(),
        };
        let worker = Worker {
            connectors: Arc::new(Connectors::with_caps(organisation.systems(), &config.house, config.systems.into())),
            mailer: Arc::new(mailer),
            renderer: Arc::clone(&renderer),
            packages,
            limits: Limits { part: config.package_bytes, ..Limits::default() },
            ledger: config.ledger.clone().unwrap_or_else(|| config.house.join("ledger.jsonl")),
            address,
            desk,
            erasures_an_hour: config.erasures_an_hour,
            name: format!("worker-{}", std::process::id()),
            // Somewhere by chance, so that a house that is often started again begins elsewhere each time.
            proven: Arc::new(Mutex::new(format!("HB-{}", Chance.word(4).map_err(Refusal::from)?))),
            effects: |worker, command| Box::pin(effect::perform(worker, command)),
            door: door.clone(),
        };
        Ok(Self { door, look, worker, openid, uploads, renderer })
    }
}

/// What every form of the catalogue asks for, as views need it.
fn forms() -> std::collections::BTreeMap<String, FormShape> {
    let shape = |(name, form): (String, habeas_core::workflow::catalogue::Form)| {
        let rules = catalogue::form(&name);
        let reason_on = rules.reason_on.iter().map(|outcome| (*outcome).to_owned()).collect();
        let (outcomes, duties) = (form.terms.outcomes, rules.duties);
        (name, FormShape { outcomes, reason_on, approves_plan: rules.approves_plan, duties, ticks_on: rules.ticks_on })
    };
    catalogue::catalogue().forms.into_iter().map(shape).collect()
}

/// Where letters go, in the name of the organisation.
fn mailer(config: &Config, organisation: &Organisation) -> Result<Mailer, HouseError> {
    let about = organisation.about();
    let from = format!("\"{}\" <{}>", about.name, about.contact.email);
    Ok(match &config.smtp {
        Some(url) => Mailer::smtp(&from, url)?,
        None => Mailer::folder(&from, &folder(config, "mail")?)?,
    })
}

/// A folder of the house, made if it is not there.
fn folder(config: &Config, name: &str) -> Result<PathBuf, HouseError> {
    let path = config.house.join(name);
    std::fs::create_dir_all(&path).map_err(|error| HouseError::Folder(path.clone(), error))?;
    Ok(path)
}
