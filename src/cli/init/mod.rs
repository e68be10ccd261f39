//! `habeas init`: asks a dozen questions and leaves a house that starts. What it cannot finish, it does not begin: everything is made
//! beside the folder and moved there in one step.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, IsTerminal as _, Write as _},
    path::{Path, PathBuf},
};

use clap::Args;
use figment::{
    Figment,
    providers::{Format as _, Toml},
};
use habeas_core::law::{
    guess::{self, Proposal},
    map::Connection,
    personal::Personal,
};

use super::{
    CliError, check,
    map::{address, scan},
    say,
};
use crate::{
    action::{
        actor::{Actor, Role},
        invite_person::InvitePerson,
    },
    chance::Chance,
    config::{self, Config},
    connector,
    house::House,
};

mod answer;
mod ask;
mod folder;
mod question;

use answer::{Somebody, short};
use ask::Interview;
use folder::{Draft, First};
use question::{Given, QUESTIONS, SYSTEM};

/// Make a house of your own: asks a dozen questions, drafts the first data map, invites the first people
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct InitArgs {
    /// A new or empty folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Answers as TOML, a line `key = "answer"` each; only what is missing is asked
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    /// One answer, stronger than the file; may be repeated
    #[arg(long = "set", value_name = "KEY=ANSWER", value_parser = pair)]
    set: Vec<(String, String)>,
    /// Ask nothing: what is not answered is what is usual
    #[arg(long)]
    no_input: bool,
}

const EXAMPLES: &str = "Answers: name, country, email, phone, hours, post, dpo, authority, languages, time-zone, url, database, password,
system, administrator, handler, approver. Needed in any case: name, email, post, system, administrator, handler, approver (and outside
of Norway and the Netherlands authority and time-zone). `-` stands for none.

Examples:
  habeas init privacy
  habeas init privacy --no-input --answers answers.toml --set database=postgres://habeas@localhost/shop --set password=env:SHOP_PASSWORD

The command that starts the house is printed to standard output; everything else goes to standard error.";

fn pair(text: &str) -> Result<(String, String), String> {
    let (key, answer) = text.split_once('=').ok_or("write KEY=ANSWER")?;
    known(key)?;
    Ok((key.to_owned(), answer.to_owned()))
}

fn known(key: &str) -> Result<(), String> {
    let keys = || QUESTIONS.iter().map(|question| question.key);
    let all = || keys().collect::<Vec<_>>().join(", ");
    if keys().any(|it| it == key) { Ok(()) } else { Err(format!("nothing is asked under `{key}`; write one of {}", all())) }
}

pub(super) async fn run(args: &InitArgs) -> Result<(), CliError> {
    let place = Place::free(&args.folder)?;
    let before = before(args)?;
    let (mut typed, mut shown) = (io::stdin().lock(), io::stderr());
    let live = !args.no_input && io::stdin().is_terminal();
    let mut interview = Interview { before, somebody: live.then_some((&mut typed as _, &mut shown as _)) };
    let (draft, first) = interviewed(&mut interview).await?;
    place.begin()?;
    match built(&place, &draft, &first).await {
        Ok(()) => place.finish()?,
        Err(error) => {
            place.undo();
            return Err(error);
        }
    }
    told(&place, &draft, &first)?;
    Ok(writeln!(io::stdout(), "habeas --house {} serve", shell(&args.folder))?)
}

/// What was answered before anybody is asked.
fn before(args: &InitArgs) -> Result<BTreeMap<String, String>, CliError> {
    let mut before = BTreeMap::new();
    if let Some(file) = &args.answers {
        if !file.is_file() {
            return Err(CliError::Usage(format!("there is no file `{}`", file.display())));
        }
        let read = Figment::from(Toml::file_exact(file)).extract::<BTreeMap<String, String>>();
        before = read.map_err(|error| CliError::Usage(format!("{}: {error}; write lines such as name = \"Shop AS\"", file.display())))?;
        for key in before.keys() {
            known(key).map_err(|told| CliError::Usage(format!("{}: {told}", file.display())))?;
        }
    }
    before.extend(args.set.iter().cloned());
    Ok(before)
}

/// Asks everything, and looks at the first database before it goes on.
async fn interviewed(interview: &mut Interview<'_>) -> Result<(Draft, First), CliError> {
    let mut given = Given::default();
    if !interview.is_live() {
        // Whoever cannot be asked again is told of everything at once.
        interview.ask(0..QUESTIONS.len(), &mut given)?;
        let first = first(&given).await?;
        return Ok((Draft::of(&given).map_err(CliError::Usage)?, first));
    }
    interview.say("A dozen questions. An empty line takes what stands in [brackets]. Nothing is written before the last one.")?;
    interview.ask(0..SYSTEM.start, &mut given)?;
    let first = loop {
        interview.ask(SYSTEM, &mut given)?;
        match first(&given).await {
            Ok(first) => break first,
            Err(error) => {
                interview.say(&format!("\n{error}\nOnce more, then; - at the next question leaves the database for later."))?;
            }
        }
    };
    interview.ask(SYSTEM.end..QUESTIONS.len(), &mut given)?;
    Ok((Draft::of(&given).map_err(CliError::Usage)?, first))
}

/// The first system as it is: its database's own proposal, or a checklist for a person.
async fn first(given: &Given) -> Result<First, CliError> {
    let database = answer::database(given.get("database")).map_err(CliError::Usage)?;
    let Some(mut connection) = database else { return Ok(First::by_hand(given.get("system"))) };
    let here = std::env::current_dir()?;
    let named = answer::perhaps(given.get("password"), answer::secret).map_err(CliError::Usage)?;
    if let (Connection::Postgres(server) | Connection::Mariadb(server), Some(secret)) = (&mut connection, named) {
        if config::secret(&secret, &here).is_none() {
            return Err(CliError::Usage(format!("password: there is nothing in `{secret}`: set it before you go on")));
        }
        server.password = Some(secret);
    }
    let key = address::key(&connection);
    say(&format!("\nlooking at {}", address::shown(&connection)));
    let shape = connector::look(&key, &connection, &here).await?;
    let proposal: Proposal = guess::propose(&key, &shape);
    scan::tell(&shape, &proposal, &connection);
    if proposal.identities().first() != Some(&"email") {
        return Err(CliError::Said(
            "database: no column looks like somebody's e-mail address, and people are found by theirs: name another database, or - for now"
                .to_owned(),
        ));
    }
    let shown = address::shown(&connection);
    Ok(First::Found(Box::new((connection, proposal, shown))))
}

/// Writes the files beside the folder, opens the house, asks the first people in, and checks all of it.
async fn built(place: &Place, draft: &Draft, first: &First) -> Result<(), CliError> {
    for (name, text) in folder::files(draft, first) {
        place.write(&name, &text)?;
    }
    let (config, _) = Config::read(Some(&place.beside))?;
    if config.organisation != "organisation" {
        return Err(CliError::Said("`HABEAS_ORGANISATION` names another organisation: unset it and begin again".to_owned()));
    }
    if config.database.is_some() && House::members(&config).await?.is_some_and(|members| !members.is_empty()) {
        return Err(CliError::Said(
            "the database that is set (`DATABASE_URL` or `HABEAS_DATABASE`) holds a house already: name an empty one".to_owned(),
        ));
    }
    let house = House::open(&config).await?;
    for (id, somebody, roles, systems) in people(draft, first) {
        let invite = InvitePerson { id, email: Personal::new(somebody.email), name: Personal::new(somebody.name), roles, systems };
        house.door.run(&Actor::Operator, invite).await?;
    }
    house.worker.settle().await?;
    house.close().await?;
    check::folder(&config, matches!(first, First::Found(_))).await
}

/// Handle, name, roles and systems of each who is asked in.
fn people(draft: &Draft, first: &First) -> Vec<(String, Somebody, Vec<Role>, Vec<String>)> {
    let mut people: Vec<(String, Somebody, Vec<Role>, Vec<String>)> = Vec::new();
    let systems = vec![first.key().to_owned()];
    for (somebody, roles, systems, or) in [
        (&draft.administrator, vec![Role::Administrator], Vec::new(), "administrator"),
        // Both can do and review, because nobody agrees to what they did themselves: the least that answers every case.
        (&draft.handler, vec![Role::CaseHandler, Role::PrivacyLead, Role::SystemOwner], systems, "handler"),
        (&draft.approver, vec![Role::CaseHandler, Role::PrivacyLead, Role::Dpo], Vec::new(), "approver"),
    ] {
        let mut id = short(somebody.name.split(' ').next().unwrap_or_default(), or);
        if people.iter().any(|(taken, ..)| *taken == id) {
            id = short(&somebody.name, or);
        }
        if people.iter().any(|(taken, ..)| *taken == id) {
            or.clone_into(&mut id);
        }
        people.push((id, somebody.clone(), roles, systems));
    }
    people
}

fn told(place: &Place, draft: &Draft, first: &First) -> Result<(), CliError> {
    let folder = place.folder.display();
    say(&format!("\n{} is ready in {folder}", draft.name));
    say(&format!("  read next: {folder}/organisation/systems/{}.yaml, every line with `look at this`", first.key()));
    say(&format!("  before anything is erased: {folder}/organisation/retention.yaml, what the law makes you keep"));
    if let Some(secret) = first.secret() {
        say(&format!("  the password of {} is looked for in {secret}, when the house is started, too", first.key()));
    }
    if let Some(caution) = draft.caution() {
        say(&format!("  {caution}"));
    }
    say(
        "  two people share the work, so that each sees what the other did; the more you are, the fewer roles each needs (habeas user roles)",
    );
    let (config, _) = Config::read(Some(&place.folder))?;
    if config.smtp.is_none() {
        say(&format!("  no mail leaves before `smtp` is set in {folder}/Rocket.toml: the three invitations lie in {folder}/mail"));
    }
    say("\nStart it with:");
    Ok(())
}

/// Where the house comes to, and where it is made.
struct Place {
    folder: PathBuf,
    beside: PathBuf,
}

impl Place {
    /// A folder that is new or empty.
    fn free(folder: &Path) -> Result<Self, CliError> {
        let at = |error| CliError::File(folder.to_owned(), error);
        let taken = match fs::read_dir(folder) {
            Ok(mut entries) => entries.next().is_some(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(at(error)),
        };
        if taken {
            return Err(CliError::Said(format!(
                "folder `{}` is not empty: nothing is ever written over; name a new one",
                folder.display()
            )));
        }
        let whole = std::path::absolute(folder).map_err(at)?;
        let (Some(parent), Some(name)) = (whole.parent(), whole.file_name()) else {
            return Err(CliError::Usage(format!("`{}` is no folder to make", folder.display())));
        };
        if !parent.is_dir() {
            return Err(CliError::Usage(format!("there is no folder `{}` to make it in", parent.display())));
        }
        let chance = Chance.word(8).map_err(|error| CliError::Said(error.to_string()))?;
        let beside = parent.join(format!(".{}-{}", name.to_string_lossy(), chance.to_lowercase()));
        Ok(Self { folder: folder.to_owned(), beside })
    }

    fn begin(&self) -> Result<(), CliError> {
        let mut private = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut private, 0o700);
        private.create(&self.beside).map_err(|error| CliError::File(self.beside.clone(), error))
    }

    fn write(&self, name: &str, text: &str) -> Result<(), CliError> {
        let file = self.beside.join(name);
        let made = file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&file, text));
        made.map_err(|error| CliError::File(file, error))
    }

    /// Everything at once; whoever was faster stays.
    fn finish(&self) -> Result<(), CliError> {
        fs::rename(&self.beside, &self.folder).map_err(|error| {
            self.undo();
            CliError::File(self.folder.clone(), error)
        })
    }

    fn undo(&self) {
        let _ = fs::remove_dir_all(&self.beside);
    }
}

/// A path as a shell takes it.
fn shell(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = text.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '/' | '.' | '-' | '_'));
    if plain { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
}
