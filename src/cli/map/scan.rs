//! `habeas map scan`: looks at a database and writes the data map it would propose.

use std::io::{self, Write as _};

use clap::Args;
use habeas_core::law::{
    connection,
    guess::{Confidence, Proposal, Shape, propose, yaml},
    map::{Connection, Secret},
};
use serde::Serialize;

use super::{
    super::{CliError, print_one, say},
    address::{self, Besides},
};
use crate::connector;

/// Propose a data map for a database; write it to a file of `systems/` and correct it there
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ScanArgs {
    /// An address such as `postgres://user@host/database`, `mariadb://…`, `mysql://…` or `sqlite:FILE`, or a file
    #[arg(value_name = "URL|FILE")]
    address: String,
    /// The system's name in rules, plans and the log; the database's own if left out
    #[arg(long, value_parser = key)]
    key: Option<String>,
    /// Where the password is: `env:NAME` or `file:PATH`
    #[arg(long, value_name = "REFERENCE", value_parser = secret)]
    password: Option<Secret>,
    /// Where the tables are, in PostgreSQL; `public` if left out
    #[arg(long, value_name = "NAME")]
    schema: Option<String>,
    /// The certificate of who vouches for the server, as PEM, where it is your own
    #[arg(long, value_name = "FILE")]
    ca: Option<String>,
    /// Print the proposal as JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "Examples:
  habeas map scan postgres://habeas@localhost/shop --password env:SHOP_PASSWORD > systems/shop.yaml
  habeas map scan customers.db --key crm > systems/crm.yaml

Up to 200 rows of each table are looked at, in memory only; no value is printed, kept or sent anywhere.";

fn key(text: &str) -> Result<String, String> {
    let plain = text.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-'));
    let named = plain && text.starts_with(|sign: char| sign.is_ascii_alphabetic());
    named
        .then(|| text.to_owned())
        .ok_or_else(|| format!("`{text}` is no name for a system: begin with a letter, then letters, digits, `-` and `_`"))
}

fn secret(text: &str) -> Result<Secret, String> {
    connection::secret(text).map_err(|_| "a password is never written here: write `env:NAME` or `file:PATH` for where it is".to_owned())
}

/// What `--json` prints.
#[derive(Serialize)]
struct Printed<'a> {
    connection: &'a str,
    identities: Vec<&'static str>,
    #[serde(flatten)]
    proposal: &'a Proposal,
}

pub(super) async fn run(args: &ScanArgs) -> Result<(), CliError> {
    let besides = Besides { password: args.password.clone(), schema: args.schema.clone(), ca: args.ca.clone() };
    let connection = address::parse(&args.address, besides).map_err(CliError::Usage)?;
    let key = args.key.clone().unwrap_or_else(|| address::key(&connection));
    say(&format!("looking at {}", address::shown(&connection)));
    // Files that the connection names are looked up from here; a house looks them up from its own folder.
    let here = std::env::current_dir()?;
    let shape = connector::look(&key, &connection, &here).await?;
    let proposal = propose(&key, &shape);
    tell(&shape, &proposal, &connection);
    if args.json {
        let connection = yaml::reach(&connection);
        return print_one(&Printed { connection: &connection, identities: proposal.identities(), proposal: &proposal });
    }
    let text = yaml::write(&proposal, &connection, &address::shown(&connection));
    Ok(io::stdout().lock().write_all(text.as_bytes())?)
}

/// What was seen, in words.
pub(in crate::cli) fn tell(shape: &Shape, proposal: &Proposal, connection: &Connection) {
    let Proposal { collections, suggested, left, slow, .. } = proposal;
    let look = left.iter().filter(|left| left.look).count();
    say(&format!(
        "{} tables: {} to map, {} that only names connect, {} not mapped{}",
        shape.tables.len(),
        collections.len(),
        suggested.len(),
        left.len(),
        if look > 0 { format!(", {look} of which somebody should look at") } else { String::new() }
    ));
    if shape.tables.is_empty() {
        say(match connection {
            Connection::Postgres(_) => "no table was seen: name its schema with --schema, and grant habeas USAGE on it",
            _ => "no table was seen: look at the address, and at what habeas may read",
        });
    }
    for table in shape.tables.iter().filter(|table| table.unread.is_some()) {
        say(&format!("{}: {}; guessed from its names alone", table.name.escape_debug(), table.unread.as_deref().unwrap_or_default()));
    }
    for left in left.iter().filter(|left| left.look) {
        say(&format!("look at {}: {}", left.table.escape_debug(), left.why.escape_debug()));
    }
    for slow in slow {
        say(&format!("no index begins with {}.{}, which is searched", slow.table.escape_debug(), slow.column.escape_debug()));
    }
    let unsure = collections.iter().flat_map(|collection| &collection.fields);
    let unsure = unsure.filter(|field| field.guess.is_some_and(|guess| guess.confidence == Confidence::Low)).count();
    if unsure > 0 {
        say(&format!("guessed with low confidence: {unsure} fields"));
    }
    match proposal.identities().split_first() {
        None => say("nobody can be found here: no column looks like an e-mail address or a customer number, so nothing is mapped"),
        Some((first, [])) => say(&format!("people are found by {first}; in organisation.yaml: identity: {{email: {first}}}")),
        Some((first, others)) => {
            let others = others.join(", ");
            say(&format!(
                "people are found by {first}, {others}; in organisation.yaml: identity: {{email: {first}, second-items: [{others}]}}"
            ));
        }
    }
    say("what stands on lines with `look at this` is a guess at what only you can know: read every one of them");
}
