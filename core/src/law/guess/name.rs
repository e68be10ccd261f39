//! What the name of a column tells. The last word of a name is what the thing is: `email_sent_at` is a moment, `sent_to_email` an address.

use super::{
    Confidence,
    dictionary::KINDS,
    kind::Kind,
    shape::ValueType,
    words::{singular, words},
};

/// Words that only say whose or which one it is, before or after the word that says what it is.
const AROUND: [&str; 62] = [
    "customer",
    "client",
    "user",
    "contact",
    "person",
    "member",
    "guest",
    "buyer",
    "employee",
    "staff",
    "owner",
    "primary",
    "secondary",
    "main",
    "home",
    "work",
    "private",
    "personal",
    "billing",
    "shipping",
    "delivery",
    "invoice",
    "sender",
    "recipient",
    "old",
    "new",
    "other",
    "alt",
    "alternative",
    "preferred",
    "kunde",
    "bruker",
    "medlem",
    "ansatt",
    "privat",
    "jobb",
    "arbeid",
    "faktura",
    "levering",
    "klant",
    "gebruiker",
    "lid",
    "medewerker",
    "prive",
    "werk",
    "factuur",
    "bezorg",
    "aflever",
    "cust",
    "usr",
    "cardholder",
    "passenger",
    "patient",
    "student",
    "author",
    "account",
    "bill",
    "ship",
    "applicant",
    "subscriber",
    "visitor",
    "encrypted",
];
/// Words before a name that make it the name of a thing.
const THINGS: [&str; 45] = [
    "file",
    "table",
    "domain",
    "host",
    "product",
    "item",
    "event",
    "role",
    "group",
    "category",
    "brand",
    "model",
    "class",
    "app",
    "service",
    "package",
    "template",
    "campaign",
    "bank",
    "server",
    "project",
    "course",
    "column",
    "field",
    "job",
    "queue",
    "index",
    "key",
    "tag",
    "shop",
    "store",
    "hotel",
    "image",
    "network",
    "city",
    "country",
    "street",
    "company",
    "album",
    "artist",
    "track",
    "genre",
    "plan",
    "report",
    "permission",
];
/// Words before an address that make it a place in something else.
const PLACES: [&str; 12] = ["web", "http", "url", "base", "memory", "contract", "wallet", "server", "site", "bitcoin", "warehouse", "smtp"];
/// Words that a table of people has in its name.
const PEOPLE: [&str; 58] = [
    "customer",
    "client",
    "user",
    "person",
    "member",
    "guest",
    "employee",
    "staff",
    "contact",
    "patient",
    "student",
    "teacher",
    "subscriber",
    "applicant",
    "candidate",
    "passenger",
    "traveller",
    "traveler",
    "driver",
    "buyer",
    "lead",
    "profile",
    "participant",
    "attendee",
    "recipient",
    "visitor",
    "citizen",
    "account",
    "address",
    "identity",
    "author",
    "owner",
    "kunde",
    "bruker",
    "medlem",
    "ansatt",
    "pasient",
    "elev",
    "deltaker",
    "abonnent",
    "soker",
    "reisende",
    "kontakt",
    "klant",
    "gebruiker",
    "lid",
    "leden",
    "medewerker",
    "personeel",
    "patienten",
    "leerling",
    "deelnemer",
    "abonnee",
    "reiziger",
    "adresse",
    "adres",
    "relatie",
    "debiteur",
];
/// Words after what a table is about.
const EXTRA: [&str; 12] = ["data", "detail", "info", "record", "table", "list", "master", "history", "archive", "backup", "old", "tbl"];
/// Words in which an entry of the dictionary ends by chance.
const CHANCE: [&str; 6] = ["microphone", "headphone", "saxophone", "interphone", "voicemail", "webmail"];

/// What a column holds by its name, and how sure that is.
pub fn guess(table: &str, column: &str, data: ValueType) -> Option<(Kind, Confidence)> {
    let all = words(column);
    let of_people = is_of_people(table);
    let (kind, confidence) = by_tail(&all, &table_words(table))?;
    let before: Vec<&str> = all.iter().map(String::as_str).collect();
    let has = |list: &[&str]| before.iter().any(|word| list.contains(word));
    let spoiled = match kind {
        Kind::Name => has(&THINGS) || (!of_people && is_bare(&all) && !all.iter().any(|word| AROUND.contains(&word.as_str()))),
        Kind::Street => has(&PLACES),
        Kind::Username => all.concat() == "userid" && data != ValueType::Text,
        Kind::Country => has(&["status", "machine", "order", "session", "view"]) || (all.concat() == "state" && !of_people),
        Kind::Device | Kind::Location => has(&["warehouse", "store", "shop"]),
        _ => false,
    };
    if spoiled || !kind.fits(data) {
        return None;
    }
    // A customer has an account, and so has a bank.
    let banks = |words: &[String]| words.iter().any(|word| matches!(word.as_str(), "bank" | "payout" | "payment" | "giro"));
    let is_banks = all.concat().ends_with("accountnumber") && (banks(&all) || banks(&table_words(table)));
    let kind = if is_banks { Kind::BankAccount } else { kind };
    let weak = !kind.entry().telling && !of_people;
    Some((kind, if weak { confidence.lowered().unwrap_or(Confidence::Low) } else { confidence }))
}

/// Whether a table's name says that its rows are people, or theirs.
pub fn is_of_people(table: &str) -> bool {
    let words = table_words(table);
    let Some(head) = words.iter().rev().find(|word| !EXTRA.contains(&word.as_str()) && !word.chars().all(char::is_numeric)) else {
        return false;
    };
    // Norwegian and Dutch have other ends for many: `kunder`, `klanten`.
    let mut stems = ["", "r", "er", "en"].iter().filter_map(|end| head.strip_suffix(end));
    stems.any(|stem| PEOPLE.iter().any(|people| stem == *people || (people.len() > 4 && stem.ends_with(people))))
}

/// The words of a table's name, each for one thing.
pub fn table_words(table: &str) -> Vec<String> {
    words(table).iter().map(|word| singular(word)).collect()
}

/// Whether it is called a name and no more: of whom, only the table or another word can tell.
fn is_bare(all: &[String]) -> bool {
    all.iter().any(|word| matches!(word.as_str(), "name" | "navn" | "naam"))
}

/// The longest entry that ends the name, once words around it are left out.
fn by_tail(all: &[String], table: &[String]) -> Option<(Kind, Confidence)> {
    let is_around =
        |word: &String| AROUND.contains(&word.as_str()) || word.chars().all(char::is_numeric) || table.contains(word) || is_trailing(word);
    let ends = (1..=all.len()).rev().take_while(|end| all.get(*end..).is_some_and(|after| after.iter().all(is_around)));
    for end in ends {
        for start in 0..end {
            let inside = all.get(start..end).unwrap_or_default();
            let Some(kind) = named(&inside.concat()) else { continue };
            let before = all.get(..start).unwrap_or_default();
            let confidence = if before.iter().all(is_around) { Confidence::High } else { Confidence::Medium };
            return Some((kind, confidence));
        }
    }
    // `number` alone is the number of what the table holds: `orders.number`.
    let whole = table.last().map(|head| format!("{head}{}", all.concat()));
    if let Some(kind) = whole.and_then(|whole| named(&whole)).filter(|kind| kind.identity().is_some()) {
        return Some((kind, Confidence::Medium));
    }
    let last = all.iter().rev().find(|word| !word.chars().all(char::is_numeric))?;
    if CHANCE.contains(&last.as_str()) {
        return None;
    }
    let ended = KINDS.iter().flat_map(|entry| entry.names().map(move |name| (entry.kind, name)));
    let ended = ended.filter(|(_, name)| name.len() >= 5 && last.len() > name.len() && last.ends_with(name));
    ended.max_by_key(|(_, name)| name.len()).map(|(kind, _)| (kind, Confidence::Medium))
}

/// Words after the one that says what it is, which change nothing about that.
fn is_trailing(word: &str) -> bool {
    matches!(
        word,
        "line"
            | "full"
            | "raw"
            | "lower"
            | "normalized"
            | "normalised"
            | "plain"
            | "enc"
            | "hash"
            | "hashed"
            | "value"
            | "text"
            | "canonical"
    )
}

fn named(joined: &str) -> Option<Kind> {
    KINDS.iter().find(|entry| entry.names().any(|name| name == joined)).map(|entry| entry.kind)
}
