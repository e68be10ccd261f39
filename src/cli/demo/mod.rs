//! `habeas demo`: a fresh house on made-up data, with staff to sign in as. Never where real configuration stands.

use std::path::{Path, PathBuf};

use clap::Args;
use habeas_core::law::personal::Personal;

use super::{CliError, say};
use crate::{
    action::{
        actor::{Actor, Role},
        add_person::AddPerson,
        secret,
    },
    chance::Chance,
    clock::Clock,
    config::{self, Config},
    house::House,
};

pub mod sample;

/// Play the whole story on made-up data
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// An empty or new folder; one under the temporary folder if left out
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Port on this machine
    #[arg(long, default_value_t = 8000)]
    pub port: u16,
    /// How many customers to make up
    #[arg(long, default_value_t = 1_000)]
    pub customers: u32,
    /// Make the house and stop, for scripts
    #[arg(long)]
    pub seed_only: bool,
}

/// A demo house, ready to be served.
pub struct Demo {
    /// The house.
    pub house: House,
    /// Its folder.
    pub folder: PathBuf,
    /// Who can sign in.
    pub people: Vec<DemoPerson>,
    /// Customers worth trying.
    pub suggested: Vec<sample::Suggested>,
}

/// Somebody to sign in as. Everything about them is made up, so nothing is hidden.
#[derive(Debug, Clone)]
pub struct DemoPerson {
    /// Handle.
    pub id: &'static str,
    /// Name.
    pub name: &'static str,
    /// Signs in with it.
    pub email: String,
    /// The password.
    pub password: String,
    /// Roles.
    pub roles: &'static [Role],
    /// The authenticator's secret.
    pub totp: Vec<u8>,
}

const STAFF: [(&str, &str, &[Role]); 6] = [
    ("kari", "Kari Saksbehandler", &[Role::CaseHandler]),
    ("per", "Per Personvernleder", &[Role::PrivacyLead]),
    ("ida", "Ida Personvernombud", &[Role::Dpo]),
    ("ola", "Ola Systemeier", &[Role::SystemOwner]),
    ("tilsyn", "Tilsyn Leser", &[Role::Authority]),
    ("vera", "Vera Administrator", &[Role::Administrator]),
];

/// Makes a demo house in a fresh folder.
pub async fn prepare(args: &DemoArgs) -> Result<Demo, CliError> {
    if config::is_configured(Path::new(".")) {
        return Err(CliError::Said(
            "real configuration stands here (`Rocket.toml`, `DATABASE_URL` or `HABEAS_DATABASE`): start the demo somewhere else".to_owned(),
        ));
    }
    let folder = fresh(args)?;
    let config = Config { house: folder.clone(), url: format!("http://localhost:{}", args.port), demo: true, ..Config::default() };
    let settings = format!("[default.habeas]\ndemo = true\nurl = \"{}\"\n", config.url);
    std::fs::write(folder.join(config::HOUSE_FILE), settings).map_err(|error| CliError::File(folder.clone(), error))?;
    let zone = jiff::tz::TimeZone::get("Europe/Oslo").unwrap_or(jiff::tz::TimeZone::UTC);
    let made =
        sample::create(&folder, args.customers, Clock::system().today(&zone)).await.map_err(|error| CliError::Said(error.to_string()))?;
    let house = House::open(&config).await?;
    let people = add_people(&house).await?;
    Ok(Demo { house, folder, people, suggested: made.suggested })
}

fn fresh(args: &DemoArgs) -> Result<PathBuf, CliError> {
    let random = || Chance.word(8).map_err(|error| CliError::Said(error.to_string()));
    let folder = match &args.dir {
        Some(folder) => folder.clone(),
        None => std::env::temp_dir().join(format!("habeas-demo-{}", random()?.to_lowercase())),
    };
    std::fs::create_dir_all(&folder).map_err(|error| CliError::File(folder.clone(), error))?;
    let mut entries = std::fs::read_dir(&folder).map_err(|error| CliError::File(folder.clone(), error))?;
    match entries.next() {
        None => Ok(folder),
        Some(_) => Err(CliError::Said(format!("folder `{}` is not empty: choose a new one", folder.display()))),
    }
}

async fn add_people(house: &House) -> Result<Vec<DemoPerson>, CliError> {
    let mut people = Vec::new();
    for (id, name, roles) in STAFF {
        let totp: [u8; secret::TOTP_BYTES] = Chance.bytes().map_err(|error| CliError::Said(error.to_string()))?;
        let person = DemoPerson {
            id,
            name,
            email: format!("{id}@visumexpress.example"),
            password: format!("{id} vil prove dette selv"),
            roles,
            totp: totp.to_vec(),
        };
        let systems = if roles.contains(&Role::SystemOwner) { house.look.system_keys() } else { Vec::new() };
        let judged = house.door.judge_password(Personal::new(person.password.clone()), &[id, name, &person.email]).await?;
        let add = AddPerson {
            id: id.to_owned(),
            email: Personal::new(person.email.clone()),
            name: Personal::new(name.to_owned()),
            password: secret::hash_password(judged.map_err(|weak| CliError::Said(weak.to_string()))?).await?,
            totp_secret: Personal::new(person.totp.clone()),
            roles: roles.to_vec(),
            systems,
        };
        house.door.run(&Actor::Operator, add).await?;
        people.push(person);
    }
    Ok(people)
}

impl Demo {
    /// Tells whoever started it where to go and as whom.
    pub fn greet(&self, url: &str) {
        say(&format!("\nhabeas demo: Visumexpress AS, {}", self.folder.display()));
        say(&format!(
            "\n  portal  {url}/nb/   {url}/nl/   {url}/en/\n  desk    {url}/en/desk/\n  room    {url}/en/room/\n  mail    {url}/demo/mail\n  clock   {url}/demo/clock\n  all of it on one page: {url}/demo/\n"
        ));
        let now = self.house.worker.now();
        for person in &self.people {
            let roles = person.roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(", ");
            let code = secret::totp_code(&person.totp, now).unwrap_or_default();
            say(&format!("  {:<28} {:<22} TOTP {}  now {code}  {roles}", person.email, person.password, secret::totp_base32(&person.totp)));
        }
        say("");
        for customer in &self.suggested {
            say(&format!("  {:<34} {}  {}\n      {}", customer.email, customer.customer_number, customer.name, customer.why.en));
        }
        say("\nEverything here is made up. Stop with Ctrl-C; the folder can be deleted.");
    }
}
