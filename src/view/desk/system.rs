//! `/{l}/desk/systems`, `/{key}` and `/{key}/map`: connected systems, what the last look at them found, and what the data map says of them.

use std::collections::BTreeMap;

use habeas_core::law::{drift::Weight, lang::Text, map::Class};
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// Every system the reader may see.
#[derive(Debug, Serialize)]
pub struct Systems {
    /// In the order of the map.
    pub systems: Vec<SystemRow>,
    /// The data map as a picture, by language.
    pub drawn: BTreeMap<&'static str, String>,
}

/// One system in the list.
#[derive(Debug, Clone, Serialize)]
pub struct SystemRow {
    /// Its name in rules and the log.
    pub key: String,
    /// What people call it.
    pub label: Text,
    /// How it is reached: `sqlite`, `postgres`, `mariadb` or `http`.
    pub kind: &'static str,
    /// Whether it answers.
    pub health: Health,
    /// When it was looked at last.
    pub looked_at: Option<Timestamp>,
    /// Differences nobody has left on purpose, the most pressing first.
    pub drift: Vec<(Weight, usize)>,
    /// Names of those who answer for it.
    pub owners: Vec<String>,
    /// What can be done there.
    pub can: Vec<Ability>,
}

/// Whether a system answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Health {
    /// Nobody has looked yet.
    Unknown,
    /// It answered.
    Well,
    /// It did not.
    Away,
}

/// One operation, and who does it.
#[derive(Debug, Clone, Serialize)]
pub struct Ability {
    /// As the connection's settings call it.
    pub operation: &'static str,
    /// By whom.
    pub by: Hands,
}

/// Who does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hands {
    /// The machine, in every collection.
    Machine,
    /// The machine in some, a person in others.
    Both,
    /// A person.
    Person,
}

/// One system. Posts to `…/look`, and `problem` (each once) with `reason` to `…/seen`.
#[derive(Debug, Serialize)]
pub struct SystemPage {
    /// As in the list.
    #[serde(flatten)]
    pub row: SystemRow,
    /// When it answered last.
    pub reached_at: Option<Timestamp>,
    /// Since when it does not answer, and why in words.
    pub missed: Option<(Timestamp, Message, String)>,
    /// Somebody has asked for a look that has not been yet.
    pub asked: bool,
    /// What has to be looked at.
    pub open: Vec<Difference>,
    /// What is worth a look, no more.
    pub worth: Vec<Difference>,
    /// What somebody has left on purpose.
    pub seen: Vec<Difference>,
    /// What can be done, by collection.
    pub collections: Vec<(Text, Vec<Ability>)>,
    /// The reason, as typed.
    pub reason: String,
}

/// Something that differs.
#[derive(Debug, Clone, Serialize)]
pub struct Difference {
    /// Names it in a form.
    pub print: String,
    /// What is wrong.
    pub what: Message,
    /// What to do about it.
    pub action: Message,
    /// Where the map says it, as `file:line`.
    pub place: Option<String>,
    /// Who left it, when and why.
    pub seen: Option<(String, Timestamp, String)>,
}

/// What the data map says of one system.
#[derive(Debug, Serialize)]
pub struct MapPage {
    /// The system.
    pub key: String,
    /// What people call it.
    pub label: Text,
    /// What it holds.
    pub collections: Vec<Mapped>,
}

/// One collection of the map.
#[derive(Debug, Serialize)]
pub struct Mapped {
    /// Its name in the system.
    pub name: String,
    /// What the person calls it.
    pub label: Text,
    /// Why it is there.
    pub purpose: Text,
    /// On what ground.
    pub legal_basis: String,
    /// From where.
    pub source: Text,
    /// Names of recipients.
    pub recipients: Vec<Text>,
    /// What is special about it: `marketing`, `append-only`, `anonymise`.
    pub marks: Vec<&'static str>,
    /// Field by field.
    pub fields: Vec<MappedField>,
}

/// A category of data.
#[derive(Debug, Serialize)]
pub struct Category {
    /// Fideslang's word, or ours.
    pub key: String,
    /// What a person calls it; `None`: it tells of nobody.
    pub label: Option<Text>,
}

/// One field of the map.
#[derive(Debug, Serialize)]
pub struct MappedField {
    /// Its name in the system.
    pub name: String,
    /// What the person calls it.
    pub label: Text,
    /// What kinds of data it holds.
    pub categories: Vec<Category>,
    /// How harmful a disclosure would be.
    pub class: Class,
    /// The identifier it is searched by.
    pub identity: Option<String>,
    /// What is special about it: `key`, `technical`, `read-only`, `third-person`.
    pub marks: Vec<&'static str>,
    /// What it says when it is erased and its record stays; `None`: nothing is said, so it is emptied.
    pub mask: Option<&'static str>,
    /// Rules that keep it or want it gone.
    pub rules: Vec<String>,
    /// Where values flow from and to.
    pub references: Vec<Lead>,
}

/// A reference.
#[derive(Debug, Serialize)]
pub struct Lead {
    /// Which way values lead: `from` there to here, `to` there, or `both`; text `map-lead-{way}`.
    pub way: &'static str,
    /// The other system.
    pub system: String,
    /// The other collection.
    pub collection: String,
    /// The other field.
    pub field: String,
    /// The reader may follow it.
    pub open: bool,
}

impl Page for Systems {
    const TEMPLATE: &'static str = "desk/systems.html";

    fn title(&self) -> Message {
        Message::new("systems-title")
    }

    fn samples() -> Vec<Self> {
        let svg = r#"<svg class="workflow map" role="img" aria-label="sample" viewBox="0 0 320 40" width="320" height="40"><rect class="band" x="2" y="2" width="316" height="36"></rect></svg>"#;
        let drawn = ["nb", "nl", "en"].map(|lang| (lang, svg.to_owned())).into();
        let away = SystemRow {
            key: "helpdesk".to_owned(),
            label: sample::helpdesk(),
            kind: "http",
            health: Health::Away,
            drift: vec![(Weight::Wrong, 1)],
            owners: Vec::new(),
            ..sample_row()
        };
        let fresh = SystemRow {
            key: "accounting".to_owned(),
            label: sample::accounting(),
            kind: "postgres",
            health: Health::Unknown,
            looked_at: None,
            drift: Vec::new(),
            can: Vec::new(),
            ..sample_row()
        };
        vec![Self { systems: vec![sample_row(), away, fresh], drawn }, Self { systems: Vec::new(), drawn: BTreeMap::new() }]
    }
}

impl Page for SystemPage {
    const TEMPLATE: &'static str = "desk/system.html";

    fn title(&self) -> Message {
        Message::new("system-title").with("system", self.row.label.clone())
    }

    fn samples() -> Vec<Self> {
        let difference = |code: &str| Difference {
            print: code.to_owned(),
            what: Message::new(format!("drift-{code}"))
                .with("collection", "customers")
                .with("columns", "passport_no (passport number)")
                .with("field", "city")
                .with("to", "orders.id"),
            action: Message::new(format!("drift-{code}-do")),
            place: Some("systems/shop.yaml:14".to_owned()),
            seen: None,
        };
        let left = Difference {
            seen: Some(("Ola Dahl".to_owned(), sample::at(11, 18, 9, 0), "En intern kode.".to_owned())),
            ..difference("unfollowed")
        };
        let well = |open, asked| Self {
            row: SystemRow { drift: if open { sample_row().drift } else { Vec::new() }, ..sample_row() },
            reached_at: Some(sample::at(11, 20, 1, 0)),
            missed: None,
            asked,
            open: if open { vec![difference("no-column"), difference("personal")] } else { Vec::new() },
            worth: if open { vec![difference("no-index")] } else { Vec::new() },
            seen: if open { vec![left.clone()] } else { Vec::new() },
            collections: vec![(sample::orders(), abilities()), (sample::invoices(), abilities())],
            reason: String::new(),
        };
        let words = "could not compare with the data map in `shop`: the server does not answer, or the connection broke".to_owned();
        let away = Self {
            missed: Some((sample::at(11, 19, 1, 0), Message::new("missed-transient"), words)),
            row: SystemRow { health: Health::Away, ..sample_row() },
            open: vec![difference("unreached")],
            ..well(true, true)
        };
        vec![well(false, false), away, well(true, false)]
    }
}

impl Page for MapPage {
    const TEMPLATE: &'static str = "desk/system-map.html";

    fn title(&self) -> Message {
        Message::new("map-title").with("system", self.label.clone())
    }

    fn samples() -> Vec<Self> {
        let field = |name: &str, label, key: &str, category, class, marks, references| MappedField {
            name: name.to_owned(),
            label,
            categories: vec![Category { key: key.to_owned(), label: Some(category) }],
            class,
            identity: Some("email".to_owned()),
            marks,
            mask: Some("hash"),
            rules: vec!["NO-BOK-5".to_owned()],
            references,
        };
        let lead = |way, open| Lead {
            way,
            system: "accounting".to_owned(),
            collection: "invoices".to_owned(),
            field: "order_no".to_owned(),
            open,
        };
        let orders = Mapped {
            name: "orders".to_owned(),
            label: sample::orders(),
            purpose: sample::text("Å levere det du har bestilt", "Leveren wat u hebt besteld", "To deliver what you ordered"),
            legal_basis: "Art. 6(1)(b)".to_owned(),
            source: sample::helpdesk(),
            recipients: vec![Text::same("Regnskapshuset AS")],
            marks: vec!["append-only"],
            fields: vec![
                field(
                    "order_no",
                    sample::text("Ordrenummer", "Bestelnummer", "Order number"),
                    "user.unique_id",
                    sample::text("Nummer som peker på en person", "Nummer dat naar een persoon wijst", "Number that points at a person"),
                    Class::Ordinary,
                    vec!["key", "technical"],
                    vec![lead("both", true), lead("from", false)],
                ),
                field(
                    "passport",
                    sample::passport(),
                    "user.government_id.passport_number",
                    sample::text("Passnummer", "Paspoortnummer", "Passport number"),
                    Class::HighRisk,
                    vec!["read-only", "third-person"],
                    Vec::new(),
                ),
            ],
        };
        vec![Self { key: "shop".to_owned(), label: sample::shop(), collections: vec![orders] }]
    }
}

fn sample_row() -> SystemRow {
    SystemRow {
        key: "shop".to_owned(),
        label: sample::shop(),
        kind: "sqlite",
        health: Health::Well,
        looked_at: Some(sample::at(11, 20, 1, 0)),
        drift: vec![(Weight::Wrong, 1), (Weight::Loud, 2), (Weight::Worth, 1)],
        owners: vec!["Ola Dahl".to_owned()],
        can: abilities(),
    }
}

fn abilities() -> Vec<Ability> {
    [("find", Hands::Machine), ("correct", Hands::Both), ("erase", Hands::Person)].map(|(operation, by)| Ability { operation, by }).into()
}
