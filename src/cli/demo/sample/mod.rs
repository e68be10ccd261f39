//! The demonstration's connected systems: four `SQLite` files with made-up customers of Visumexpress AS.
//!
//! Every value is a function of a row number and of today's date, so the same call makes the same bytes. Nobody in them exists:
//! addresses end in `.example`, telephone numbers are from the range for films, national numbers are synthetic. Knows nothing of habeas's
//! own store, and the rest of habeas knows these files only through connectors and data maps.

mod accounting;
mod database;
mod dossiers;
mod helpdesk;
mod invoices;
mod names;
mod numbers;
mod orders;
mod paper;
mod people;
mod pick;
mod picture;
mod shop;
mod table;
#[cfg(test)]
mod tests;

use std::{
    io,
    path::{Path, PathBuf},
};

use habeas_core::law::lang::Text;
use jiff::civil::Date;

use self::{
    database::{Database, SYSTEMS},
    orders::Customer,
    people::{JONAS, KARI, SOLVEIG},
};

/// What was made: whom to try first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Up to three customers with a story each.
    pub suggested: Vec<Suggested>,
}

/// A customer worth trying, and the two items that prove who she is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    /// Her name.
    pub name: String,
    /// Where her codes go.
    pub email: String,
    /// A second item.
    pub customer_number: String,
    /// Another: her latest order.
    pub order_number: String,
    /// What there is to see.
    pub why: Text,
}

/// Why the files could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// The folder cannot be written.
    #[error("could not make the folder `{}`; choose another one", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// Never overwritten: it could be somebody's real database.
    #[error("`{}` is already there; choose an empty folder", .0.display())]
    Exists(PathBuf),
    /// `SQLite` refused.
    #[error("could not write the sample database of system `{system}`")]
    Database {
        /// `shop`, `accounting`, `helpdesk` or `dossiers`.
        system: &'static str,
        /// What `SQLite` said.
        #[source]
        source: sqlx::Error,
    },
}

/// So many customers are in memory at a time.
const AT_ONCE: u32 = 250;

/// Makes `systems/{shop,accounting,helpdesk,dossiers}.db` in a folder, as they would look on a day in Oslo.
pub async fn create(folder: &Path, customers: u32, today: Date) -> Result<Sample, SampleError> {
    let folder = folder.join("systems");
    tokio::fs::create_dir_all(&folder).await.map_err(|source| SampleError::Folder { path: folder.clone(), source })?;
    let mut databases = Vec::with_capacity(SYSTEMS.len());
    for system in &SYSTEMS {
        databases.push(Database::create(&folder, system).await?);
    }
    for first in (1..=customers).step_by(usize::try_from(AT_ONCE).unwrap_or(1)) {
        let last = customers.min(first.saturating_add(AT_ONCE - 1));
        let batch: Vec<_> = (first..=last).map(|row| Customer::of(row, today)).collect();
        for database in &mut databases {
            database.add(&batch, today).await?;
        }
    }
    for database in databases {
        database.finish().await?;
    }
    Ok(Sample {
        suggested: [KARI, SOLVEIG, JONAS].into_iter().filter(|row| *row <= customers).filter_map(|row| suggested(row, today)).collect(),
    })
}

/// The mailbox and the customer number of a row, for those who ask for many.
pub fn proof_of(row: u32) -> (String, String) {
    let person = people::Person::of(row);
    (person.email(), person.customer_number())
}

fn suggested(row: u32, today: Date) -> Option<Suggested> {
    let customer = Customer::of(row, today);
    let person = &customer.person;
    Some(Suggested {
        name: person.name(),
        email: person.email(),
        customer_number: person.customer_number(),
        order_number: customer.latest()?.number(),
        why: why(row),
    })
}

fn why(row: u32) -> Text {
    let (nb, nl, en) = match row {
        SOLVEIG => (
            "Avbestilte, men fikk faktura. Be om sletting: passet går med én gang, loggen om tre år, fakturaen om fem.",
            "Annuleerde, maar kreeg een factuur. Vraag om verwijdering: het paspoort gaat meteen, de berichten na drie jaar, de factuur na vijf.",
            "Cancelled, but was invoiced. Ask for erasure: the passport goes at once, the messages after three years, the invoice after five.",
        ),
        JONAS => (
            "Bestrider en faktura. Legg en sperre før sletting, og se at ingenting blir slettet.",
            "Betwist een factuur. Stel een bewaarplicht in vóór het verwijderen en zie dat er niets verwijderd wordt.",
            "Disputes an invoice. Place a hold before the erasure, and see that nothing is erased.",
        ),
        _ => (
            "Vanlige opplysninger. Be om innsyn, og se at svaret kommer av seg selv.",
            "Gewone gegevens. Vraag om inzage en zie dat het antwoord vanzelf komt.",
            "Ordinary data. Ask for access, and see the answer come by itself.",
        ),
    };
    Text { nb: nb.to_owned(), nl: nl.to_owned(), en: en.to_owned() }
}
