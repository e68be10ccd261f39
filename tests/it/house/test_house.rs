//! A house for stories: real store, door, worker and connected systems in a temporary folder; only time is moved by hand.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

use habeas::{
    action::{
        actor::{Actor, Role},
        add_person::AddPerson,
        door::Action,
        password::judge,
        place_hold::PlaceHold,
        refusal::Refusal,
        secret,
    },
    chance::Chance,
    cli::demo::sample::{self, Sample, Suggested},
    config::{Config, Limits},
    house::House,
    keys::Keys,
    mail::{self, Caught},
    organisation::Organisation,
    store::{
        Store, case, command,
        leaf::{self, Leaf},
    },
};
use habeas_core::law::{
    hold::{Basis, Scope},
    personal::Personal,
};
use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};

use super::{
    api,
    database::Database,
    people::{Staff, Subject},
    systems::{SYSTEMS, Systems, latin},
};

/// A Tuesday in Oslo, far from weekends, holidays and the end of a year, so that stories read alike whenever they are told.
const BEGIN: &str = "2026-09-15T08:00:00Z";
/// Enough for the three suggested customers and some neighbours who must not be touched.
const CUSTOMERS: u32 = 40;
/// Everybody's password.
pub(crate) const PASSWORD: &str = "riktig hest batteri stift";
/// Everybody's authenticator.
pub(crate) const TOTP_SECRET: [u8; 20] = [7; 20];

/// An organisation of the story's own, beside the rows.
pub(crate) const OWN: &str = "organisation";
/// What the owner of a filing cabinet is told.
const CABINET: &str = "{type: manual, owner-note: {nb: I kjelleren., nl: In de kelder., en: In the basement.}, files: {papers: content}, steps: {find: [{nb: Se i skuffen, nl: Kijk in de lade, en: Look in the drawer}], erase: [{nb: Makuler, nl: Vernietig, en: Shred}]}}";
/// A kind of data that is files.
const PAPERS: &str = "
      - name: papers
        description: Letters
        habeas:
          label: {nb: Brev, nl: Brieven, en: Letters}
          purpose: {nb: For å svare deg., nl: Om u te antwoorden., en: To answer you.}
          legal-basis: Art. 6(1)(b)
          source: {nb: Deg selv., nl: Uzelf., en: You.}
        fields:
          - name: file
            data_categories: [user.content.private]
            fides_meta: {primary_key: true, data_type: string}
            habeas: {label: {nb: Filnavn, nl: Bestandsnaam, en: File name}}
          - name: content
            data_categories: [user.content.private]
            fides_meta: {data_type: string}
            habeas: {label: {nb: Innhold, nl: Inhoud, en: Content}}
";

pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// Who works here: handle, roles, systems.
const STAFF: [(&str, &[Role], &[&str]); 8] = [
    ("kari", &[Role::CaseHandler], &[]),
    ("per", &[Role::PrivacyLead], &[]),
    ("ida", &[Role::Dpo], &[]),
    // In a small house one person holds two offices: four eyes must hold all the same.
    ("eva", &[Role::CaseHandler, Role::PrivacyLead], &[]),
    ("ola", &[Role::SystemOwner], &SYSTEMS),
    ("bo", &[Role::SystemOwner], &["helpdesk"]),
    ("tilsyn", &[Role::Authority], &[]),
    ("vera", &[Role::Administrator], &[]),
];

/// A house with a story in it. Dropping it fails the test when something was asked of it and nobody let it [`settle`](Self::settle).
pub(crate) struct TestHouse {
    pub(crate) house: House,
    /// The same rows the house has, read from beside it.
    pub(crate) store: Store,
    /// The same, without habeas between.
    rows: DatabaseConnection,
    pub(crate) keys: Keys,
    pub(crate) systems: Systems,
    config: Config,
    sample: Sample,
    folder: PathBuf,
    unsettled: AtomicBool,
}

impl TestHouse {
    pub(crate) async fn open(database: &Database) -> Self {
        Self::open_under(database, Limits::default()).await
    }

    /// A house that stands already, with its clock in reach. Its systems are its own.
    pub(crate) async fn standing(config: Config) -> Self {
        let (config, folder) = (Config { demo: true, ..config.clone() }, config.house);
        let house = Box::pin(House::open(&config)).await.unwrap();
        Self {
            store: Store::open(&config.address()).await.unwrap(),
            rows: sea_orm::Database::connect(format!("sqlite://{}", folder.join("habeas.db").display())).await.unwrap(),
            keys: Keys::load(&folder.join("keys"), Chance).unwrap(),
            systems: Systems::in_folder(folder.join("systems")),
            sample: Sample { suggested: Vec::new() },
            unsettled: AtomicBool::new(false),
            house,
            config,
            folder,
        }
    }

    /// The same, where a call to a connected system may cost so much.
    pub(crate) async fn open_under(database: &Database, systems: Limits) -> Self {
        let folder = database.folder().to_owned();
        let begin: Timestamp = BEGIN.parse().unwrap();
        start_clock(&folder, begin);
        let sample = sample::create(&folder, CUSTOMERS, begin.to_zoned(TimeZone::UTC).date()).await.unwrap();
        let config = Config { systems, ..config(database) };
        let house = Box::pin(House::open(&config)).await.unwrap();
        let this = Self {
            store: Store::open(database.address()).await.unwrap(),
            rows: database.connect().await,
            keys: Keys::load(&folder.join("keys"), Chance).unwrap(),
            systems: Systems::in_folder(folder.join("systems")),
            unsettled: AtomicBool::new(false),
            house,
            config,
            sample,
            folder,
        };
        this.hire().await;
        this.settle().await;
        this
    }

    /// The same, where the systems have the same server as the house.
    pub(crate) async fn with_systems_alike(database: &Database) -> Self {
        let mut this = Self::open(database).await;
        let Some(url) = database.url() else { return this };
        this.systems.move_to(&url).await;
        let (host, name) = url.rsplit_once('@').unwrap().1.split_once('/').unwrap();
        let (host, port) = host.split_once(':').unwrap();
        for system in SYSTEMS {
            let file = format!("{{type: sqlite, path: systems/{system}.db}}");
            let schema =
                format!("{{type: postgres, host: {host}, port: '{port}', database: {name}, schema: {system}, user: habeas, tls: off}}");
            this.rewrites(&format!("systems/{system}.yaml"), &file, &schema).await;
        }
        this
    }

    /// The same, where the help desk is a filing cabinet.
    pub(crate) async fn with_a_cabinet(database: &Database) -> Self {
        Self::with_help_desk(database, &format!("connection: {CABINET}"), PAPERS).await
    }

    /// Where the help desk is reached otherwise, and perhaps holds more.
    async fn with_help_desk(database: &Database, connection: &str, more: &str) -> Self {
        let organisation = database.folder().join(OWN);
        copy(Path::new("organisations/visumexpress"), &organisation);
        let map = organisation.join("systems/helpdesk.yaml");
        let told = std::fs::read_to_string(&map).unwrap();
        let told = told.replace("connection: {type: sqlite, path: systems/helpdesk.db}", connection) + more;
        std::fs::write(map, told).unwrap();
        Self::open(database).await
    }

    /// The same, where the help desk is a program that answers in JSON and does what it is told.
    pub(crate) async fn with_an_api(database: &Database) -> Self {
        Self::behind_an_api(database, true).await
    }

    /// The same, where it can be read and nothing more.
    pub(crate) async fn with_a_reading_api(database: &Database) -> Self {
        Self::behind_an_api(database, false).await
    }

    async fn behind_an_api(database: &Database, writes: bool) -> Self {
        let connection = api::start(database.folder().join("systems/helpdesk.db"), writes).await;
        Self::with_help_desk(database, &format!("connection:{connection}"), "").await
    }

    async fn hire(&self) {
        let known = Organisation::read(&self.config.source()).unwrap();
        let password = secret::hash_password(judge(Personal::new(PASSWORD.to_owned()), &[]).unwrap()).await.unwrap();
        for (id, roles, systems) in STAFF {
            let person = AddPerson {
                id: id.to_owned(),
                email: Personal::new(format!("{id}@visumexpress.example")),
                name: Personal::new(id.to_owned()),
                password: password.clone(),
                totp_secret: Personal::new(TOTP_SECRET.to_vec()),
                roles: roles.to_vec(),
                // Some stories have systems of their own.
                systems: systems.iter().filter(|system| known.system(system).is_some()).map(|system| (*system).to_owned()).collect(),
            };
            self.run(&Actor::Operator, person).await.unwrap();
        }
    }

    /// Asks the door for something.
    pub(crate) async fn run<A: Action>(&self, by: &Actor, action: A) -> Result<A::Done, Refusal> {
        self.unsettled.store(true, Ordering::Relaxed);
        self.house.door.run(by, action).await
    }

    // --- Who is in it ---------------------------------------------------------------------------------------------

    /// Ordinary data only.
    pub(crate) fn kari(&self) -> Subject<'_> {
        self.subject(&self.sample.suggested[0])
    }

    /// Passport, cancelled order, invoice: what goes goes on three dates.
    pub(crate) fn solveig(&self) -> Subject<'_> {
        self.subject(&self.sample.suggested[1])
    }

    /// Disputes an invoice.
    pub(crate) fn jonas(&self) -> Subject<'_> {
        self.subject(&self.sample.suggested[2])
    }

    pub(crate) fn subject(&self, who: &Suggested) -> Subject<'_> {
        Subject::of(self, who)
    }

    /// A member of staff, by handle.
    pub(crate) fn staff<'h>(&'h self, id: &'h str) -> Staff<'h> {
        Staff::of(self, id)
    }

    // --- Time and work ----------------------------------------------------------------------------------------------

    pub(crate) fn now(&self) -> Timestamp {
        self.house.door.clock().now()
    }

    pub(crate) fn today(&self) -> Date {
        self.house.door.clock().today(&TimeZone::get("Europe/Oslo").unwrap())
    }

    /// Lets the worker do everything that is due, its own upkeep included.
    pub(crate) async fn settle(&self) {
        self.house.worker.settle().await.unwrap();
        Box::pin(self.house.worker.upkeep()).await.unwrap();
        self.work().await;
    }

    /// Lets the worker do everything that is due.
    pub(crate) async fn work(&self) {
        self.house.worker.settle().await.unwrap();
        let due = command::count_due(&self.store, self.now()).await.unwrap();
        assert_eq!(due, 0, "the worker stopped while effects are due");
        assert_eq!(case::unwoken(&self.store).await.unwrap(), Vec::<String>::new(), "nothing will ever wake these cases");
        self.unsettled.store(false, Ordering::Relaxed);
    }

    /// Moves the clock forward, then settles.
    pub(crate) async fn advance(&self, by: SignedDuration) {
        self.house.door.clock().advance(by).unwrap();
        self.settle().await;
    }

    /// Moves the clock to the morning of a day in Oslo, then settles.
    pub(crate) async fn advance_to(&self, day: Date) {
        let morning = day.at(8, 0, 0, 0).in_tz("Europe/Oslo").unwrap().timestamp();
        self.advance(morning.duration_since(self.now())).await;
    }

    // --- What it did ------------------------------------------------------------------------------------------------

    /// Every mail that left the house, newest first.
    pub(crate) fn mails(&self) -> Vec<Caught> {
        mail::caught(&self.folder.join("mail")).unwrap()
    }

    /// Entries in the log so far.
    pub(crate) async fn log_size(&self) -> u64 {
        leaf::head(&self.store).await.unwrap().size
    }

    /// What the log says of one kind, about whatever case.
    pub(crate) async fn facts(&self, kind: &str) -> Vec<Leaf> {
        let all = leaf::page(&self.store, 0, u64::from(u32::MAX)).await.unwrap();
        let read = leaf::readable(&self.store, &self.keys, all).await.unwrap();
        read.into_iter().filter(|leaf| leaf.kind == kind).collect()
    }

    /// Everything that lies in habeas's own database, as one text.
    pub(crate) async fn own_bytes(&self) -> String {
        if self.rows.get_database_backend() == DbBackend::Sqlite {
            let files = ["habeas.db", "habeas.db-wal"].map(|file| std::fs::read(self.folder.join(file)).unwrap_or_default());
            return latin(&files.concat());
        }
        let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'";
        let mut all = Vec::new();
        for table in self.texts(tables).await {
            all.extend(self.texts(&format!("SELECT t::text FROM \"{table}\" t")).await);
        }
        latin(all.join("\n").as_bytes())
    }

    /// Everything that lies in habeas's own database.
    pub(crate) async fn own_data(&self) -> Vec<u8> {
        self.bytes_of(&["habeas.db", "habeas.db-wal"], &["public"]).await
    }

    /// The same, and everything that lies in its store of case keys.
    pub(crate) async fn every_byte(&self) -> Vec<u8> {
        self.bytes_of(&["habeas.db", "habeas.db-wal", "case-keys.db", "case-keys.db-wal"], &["public", "habeas_keys"]).await
    }

    async fn bytes_of(&self, files: &[&str], schemas: &[&str]) -> Vec<u8> {
        if self.rows.get_database_backend() == DbBackend::Sqlite {
            return files.iter().flat_map(|file| std::fs::read(self.folder.join(file)).unwrap_or_default()).collect();
        }
        let mut all = String::new();
        for schema in schemas {
            for table in self.texts(&format!("SELECT tablename::text FROM pg_tables WHERE schemaname = '{schema}'")).await {
                all.extend(self.texts(&format!("SELECT t::text FROM {schema}.\"{table}\" t")).await);
            }
        }
        all.into_bytes()
    }

    /// Bytes as they lie in [`Self::every_byte`].
    pub(crate) fn written(&self, bytes: &[u8]) -> Vec<u8> {
        if self.rows.get_database_backend() == DbBackend::Sqlite {
            bytes.to_vec()
        } else {
            data_encoding::HEXLOWER.encode(bytes).into_bytes()
        }
    }

    /// Columns, of data and keys, in which something is sealed under a key of the house.
    pub(crate) async fn blobs_under(&self, key: &[u8]) -> Vec<String> {
        let key = self.bytes(key);
        let mut under = Vec::new();
        for (store, schema, table, name) in self.blobs().await {
            let found = texts(&store, &format!("SELECT 'row' FROM {schema}.\"{table}\" WHERE substr({name}, 2, 8) = {key}")).await;
            under.extend((!found.is_empty()).then(|| format!("{table}.{name}")));
        }
        under
    }

    /// Every column of bytes, of data and keys.
    pub(crate) async fn columns_of_bytes(&self) -> Vec<String> {
        self.blobs().await.into_iter().map(|(_, _, table, name)| format!("{table}.{name}")).collect()
    }

    async fn blobs(&self) -> Vec<(DatabaseConnection, String, String, String)> {
        let (columns, stores) = if self.rows.get_database_backend() == DbBackend::Sqlite {
            let columns = "SELECT 'main|' || t.name || '|' || c.name FROM sqlite_master t, pragma_table_info(t.name) c
                           WHERE t.type = 'table' AND lower(c.type) LIKE '%blob%'";
            let keys = self.folder.join("case-keys.db");
            let apart = sea_orm::Database::connect(format!("sqlite://{}", keys.display())).await.unwrap();
            (columns, vec![self.rows.clone(), apart])
        } else {
            let columns = "SELECT table_schema || '|' || table_name || '|' || column_name FROM information_schema.columns
                           WHERE table_schema IN ('public', 'habeas_keys') AND data_type = 'bytea'";
            (columns, vec![self.rows.clone()])
        };
        let mut all = Vec::new();
        for store in stores {
            for column in texts(&store, columns).await {
                let [schema, table, name] = column.split('|').map(str::to_owned).collect::<Vec<_>>().try_into().unwrap();
                all.push((store.clone(), schema, table, name));
            }
        }
        all
    }

    /// Reads the organisation's folder again, as after a restart with other settings.
    pub(crate) async fn restart(&mut self, systems: Limits) {
        self.config.systems = systems;
        self.house = Box::pin(self.opened_again()).await;
    }

    /// Where one of its keys lies.
    pub(crate) fn key_file(&self, name: &str) -> PathBuf {
        self.folder.join("keys").join(name)
    }

    /// Another house on the same rows, as after a restart or on a second machine.
    pub(crate) async fn opened_again(&self) -> House {
        House::open(&self.config).await.unwrap()
    }

    /// The same house after somebody wrote something else into a file of its organisation.
    pub(crate) async fn rewrites(&mut self, file: &str, from: &str, to: &str) {
        let folder = self.folder.join(OWN);
        if !folder.is_dir() {
            copy(Path::new("organisations/visumexpress"), &folder);
        }
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        assert!(text.contains(from), "`{from}` is not in {file}");
        std::fs::write(folder.join(file), text.replacen(from, to, 1)).unwrap();
        self.config.organisation = folder.display().to_string();
        self.house = Box::pin(House::open(&self.config)).await.unwrap();
    }

    /// From now on it takes pictures of documents, and this program reads them.
    pub(crate) async fn reads_documents_with(&mut self, program: PathBuf) {
        self.config.document_reader = Some(program);
        self.rewrites("organisation.yaml", "identity: {", "identity: {documents: true, ").await;
    }

    /// From now on every file goes through a virus scanner.
    pub(crate) async fn scans_files_with(&mut self, clamd: String) {
        self.config.clamd = Some(clamd);
        self.house = Box::pin(self.opened_again()).await;
    }

    /// Where case keys stand: rows of the same server, or a file of their own.
    async fn key_rows(&self) -> (DatabaseConnection, &'static str) {
        if self.rows.get_database_backend() == DbBackend::Sqlite {
            let file = self.folder.join("case-keys.db");
            (sea_orm::Database::connect(format!("sqlite://{}", file.display())).await.unwrap(), "case_key")
        } else {
            (self.rows.clone(), "habeas_keys.case_key")
        }
    }

    /// How many keys of documents there are.
    pub(crate) async fn keys_of_documents(&self) -> usize {
        let (rows, table) = self.key_rows().await;
        texts(&rows, &format!("SELECT case_id FROM {table} WHERE case_id LIKE 'document:%'")).await.len()
    }

    /// The only document's key, wrapped.
    pub(crate) async fn key_of_document(&self) -> Vec<u8> {
        let (rows, table) = self.key_rows().await;
        let encoded = if rows.get_database_backend() == DbBackend::Sqlite { "hex(wrapped)" } else { "upper(encode(wrapped, 'hex'))" };
        let found = texts(&rows, &format!("SELECT {encoded} FROM {table} WHERE case_id LIKE 'document:%'")).await;
        data_encoding::HEXUPPER.decode(found[0].as_bytes()).unwrap()
    }

    /// Puts a document's key back, as an old copy of the key store has it.
    pub(crate) async fn put_back_key_of_document(&self, wrapped: &[u8]) {
        let (rows, table) = self.key_rows().await;
        let insert = format!("INSERT INTO {table} (case_id, wrapped) VALUES ('document:old', {})", self.bytes(wrapped));
        rows.execute_unprepared(&insert).await.unwrap();
    }

    /// Puts a file into the house's folder.
    pub(crate) fn writes(&self, file: &str, text: &str) {
        std::fs::write(self.folder.join(file), text).unwrap();
    }

    // --- What befalls it --------------------------------------------------------------------------------------------

    /// From now on no transaction of the door comes to its end: whoever works dies before the report is kept.
    pub(crate) async fn break_log(&self) {
        self.sql(match self.rows.get_database_backend() {
            DbBackend::Sqlite => "CREATE TRIGGER broken BEFORE INSERT ON leaf BEGIN SELECT RAISE(ABORT, 'died'); END",
            _ => {
                "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''died''; END';
                 CREATE TRIGGER broken BEFORE INSERT ON leaf EXECUTE FUNCTION die()"
            }
        })
        .await;
    }

    /// Undoes it.
    pub(crate) async fn mend_log(&self) {
        self.sql(match self.rows.get_database_backend() {
            DbBackend::Sqlite => "DROP TRIGGER broken",
            _ => "DROP TRIGGER broken ON leaf; DROP FUNCTION die()",
        })
        .await;
    }

    /// Somebody with the database's password writes history anew.
    pub(crate) async fn forge_log(&self) {
        let forged = r#"{"kind":"case-closed","case":null,"codes":{}}"#;
        self.sql(&format!("UPDATE leaf SET sealed = NULL, event = '{forged}' WHERE kind = 'case-opened'")).await;
    }

    /// Bytes as the database writes them.
    pub(crate) fn bytes(&self, bytes: &[u8]) -> String {
        let hex = data_encoding::HEXLOWER.encode(bytes);
        if self.rows.get_database_backend() == DbBackend::Sqlite { format!("x'{hex}'") } else { format!("'\\x{hex}'::bytea") }
    }

    pub(crate) async fn texts(&self, sql: &str) -> Vec<String> {
        texts(&self.rows, sql).await
    }

    /// How many rows a table has.
    pub(crate) async fn count(&self, table: &str) -> usize {
        self.texts(&format!("SELECT 'row' FROM {table}")).await.len()
    }

    /// Somebody with the database's password does something.
    pub(crate) async fn sql(&self, sql: &str) {
        self.rows.execute_unprepared(sql).await.unwrap();
    }

    /// Takes the post away: no mail can leave.
    pub(crate) fn close_mail_folder(&self) {
        std::fs::rename(self.folder.join("mail"), self.folder.join("no-mail")).unwrap();
    }

    pub(crate) fn open_mail_folder(&self) {
        std::fs::rename(self.folder.join("no-mail"), self.folder.join("mail")).unwrap();
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    /// The rows, without habeas between.
    pub(crate) const fn rows(&self) -> &DatabaseConnection {
        &self.rows
    }

    pub(crate) fn packages(&self) -> PathBuf {
        self.folder.join("packages")
    }

    /// Places a hold on everything of one case's person. Returns its id.
    pub(crate) async fn place_hold(&self, by: &str, case: &str) -> String {
        let hold = PlaceHold {
            case: Some(case.to_owned()),
            scope: Scope::default(),
            basis: Basis::LegalClaim,
            matter: "25-112233TVI-TOSL".to_owned(),
            review_on: self.today().saturating_add(3.months()),
        };
        self.run(&self.staff(by).actor().await, hold).await.unwrap().id
    }
}

async fn texts(rows: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = rows.query_all_raw(Statement::from_string(rows.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

impl Drop for TestHouse {
    fn drop(&mut self) {
        let forgotten = self.unsettled.load(Ordering::Relaxed) && !std::thread::panicking();
        assert!(!forgotten, "the story ended while the house still had work to do: settle it");
    }
}

/// The configuration of a house in a database's folder.
pub(crate) fn config(database: &Database) -> Config {
    let own = database.folder().join(OWN);
    Config {
        house: database.folder().to_owned(),
        database: database.url(),
        url: "https://personvern.visumexpress.example".to_owned(),
        erasures_an_hour: u32::MAX,
        demo: true,
        organisation: if own.is_dir() { own.display().to_string() } else { Config::default().organisation },
        ..Config::default()
    }
}

/// A demo house keeps how far its clock is off in a file: that is how a story begins on a day of its own.
#[allow(clippy::disallowed_methods, reason = "the shift is counted from the machine's own time")]
fn start_clock(folder: &Path, begin: Timestamp) {
    let shift = begin.duration_since(Timestamp::now());
    std::fs::write(folder.join("clock"), shift.as_secs().to_string()).unwrap();
}
