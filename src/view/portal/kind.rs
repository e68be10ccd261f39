//! `/{l}/case/{ref}/data/{kind}`: the values of one kind, then why we have it and what becomes of it (Art. 15(1)(a)–(h)).

use habeas_core::law::lang::Text;
use serde::Serialize;

use super::{
    held::{Acts, Keep, Taking},
    statement::StatementLine,
};
use crate::{
    render::{pages::Page, said::Said, texts::Message},
    view::sample,
};

/// One kind of data, in full.
#[derive(Debug, Serialize)]
pub struct Kind {
    /// `HB-…`.
    pub reference: String,
    /// `system.collection`.
    pub id: String,
    /// What the person calls it.
    pub label: Text,
    /// Where it is.
    pub system: Text,
    /// What the person stated about values of this kind that were not corrected, oldest first.
    pub statements: Vec<StatementLine>,
    /// The records of this page, at most fifty.
    pub records: Vec<Shown>,
    /// How many there are on all pages.
    pub total: u64,
    /// Which page this is, from 1.
    pub page: u32,
    /// How many pages there are.
    pub pages: u32,
    /// Why we have it.
    pub purpose: Text,
    /// Where it comes from (Art. 15(1)(g)).
    pub source: Text,
    /// Who has received it (Art. 15(1)(c)).
    pub recipients: Vec<Recipient>,
    /// `Art. 6(1)(b)`.
    pub legal_basis: String,
    /// Its letter, for which there are plain words.
    pub ground: Option<char>,
    /// How long it is kept.
    pub keep: Keep,
    /// What a machine decides with it (Art. 22); `None`: nothing.
    pub automated: Option<Text>,
    /// What can be asked about it from here.
    pub acts: Acts,
}

/// One record.
#[derive(Debug, Serialize)]
pub struct Shown {
    /// Its fields, in the order of the data map.
    pub fields: Vec<Field>,
}

/// One field.
#[derive(Debug, Serialize)]
pub struct Field {
    /// What the person calls it.
    pub label: Text,
    /// What is there.
    #[serde(flatten)]
    pub value: Value,
    /// Where it can be told that it is wrong, without the language; `None`: it cannot.
    pub correct: Option<String>,
}

/// A value as the page shows it.
#[derive(Debug, Serialize)]
#[serde(tag = "value", rename_all = "kebab-case")]
pub enum Value {
    /// Words and numbers as the system spells them, days and moments as people do.
    Text {
        /// The words.
        text: Said,
    },
    /// A picture, shown in place.
    Image {
        /// Address on this portal.
        src: String,
    },
    /// A file to fetch.
    File {
        /// Address on this portal.
        href: String,
        /// Bytes.
        bytes: u64,
    },
    /// Nothing is stored.
    Empty,
    /// It is there, but could not be read.
    Unreadable,
    /// It asks for a stronger proof of identity.
    Withheld,
    /// It is about somebody else and hidden for their sake (Art. 15(4)).
    Other,
}

/// The bytes of one value, and a name without personal data.
#[derive(Debug)]
pub struct Blob {
    /// What a file of it is called, without an ending.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Somebody who has received it.
#[derive(Debug, Serialize)]
pub struct Recipient {
    /// Name; of somebody whom nobody can name, what describes them.
    pub name: Text,
    /// Why nobody can name them (Art. 15(1)(c)).
    pub nameless: Option<Text>,
    /// Country, as the organisation writes it.
    pub country: String,
    /// What they get and why.
    pub about: Text,
    /// What protects the data outside the EEA (Art. 15(2)).
    pub safeguards: Option<Text>,
}

impl Page for Kind {
    const TEMPLATE: &'static str = "portal/kind.html";

    fn title(&self) -> Message {
        Message::new("kind-title").with("kind", self.label.clone())
    }

    fn samples() -> Vec<Self> {
        let purpose =
            sample::text("For å skaffe visumet du bestilte.", "Om het visum te regelen dat u bestelde.", "To get the visa you ordered.");
        let source = sample::text("Fra deg, da du bestilte.", "Van u, bij de bestelling.", "From you, when you ordered.");
        let kind = |id: &str, label, records, pages| Self {
            reference: sample::REFERENCE.to_owned(),
            id: id.to_owned(),
            label,
            system: sample::shop(),
            statements: Vec::new(),
            records,
            total: if pages > 1 { 120 } else { 2 },
            page: 1,
            pages,
            purpose: purpose.clone(),
            source: source.clone(),
            recipients: sample_recipients(),
            legal_basis: "Art. 6(1)(b)".to_owned(),
            ground: Some('b'),
            keep: sample::kept(),
            automated: None,
            acts: Acts { correct: true, delete: true, copy: Taking::Waits },
        };
        let unsaid = sample::text("Ikke oppgitt ennå. Spør oss.", "Nog niet opgegeven. Vraag het ons.", "Not stated yet. Please ask us.");
        let mut uncorrected = sample_records();
        for field in uncorrected.iter_mut().flat_map(|shown| &mut shown.fields) {
            field.correct = None;
        }
        let lonely = Self {
            recipients: Vec::new(),
            statements: vec![StatementLine::sample()],
            keep: Keep::Unknown,
            legal_basis: String::new(),
            ground: None,
            automated: Some(sample::text(
                "En maskin foreslår pris. Et menneske bestemmer.",
                "Een machine stelt een prijs voor. Een mens beslist.",
                "A machine suggests a price. A person decides.",
            )),
            acts: Acts { correct: false, delete: true, copy: Taking::Asked },
            purpose: unsaid.clone(),
            source: unsaid,
            ..kind("shop.orders", sample::orders(), uncorrected, 3)
        };
        vec![kind("dossiers.passports", sample::passport(), sample_records(), 1), lonely]
    }
}

fn sample_records() -> Vec<Shown> {
    let correct = |value: &Value| {
        let can = matches!(value, Value::Text { .. } | Value::Empty);
        can.then(|| format!("/case/{}/data/shop.orders/0/name/correct", sample::REFERENCE))
    };
    let field = |nb, nl, en, value| Field { label: sample::text(nb, nl, en), correct: correct(&value), value };
    let text = |text: &str| Value::Text { text: Said::Words(text.to_owned()) };
    let first = vec![
        field("Navn", "Naam", "Name", text("Kari Nordmann")),
        field("Bestilt", "Besteld", "Ordered", Value::Text { text: Said::Day(jiff::civil::date(2026, 10, 2)) }),
        field("Bilde", "Foto", "Photo", Value::Image { src: "/gallery.svg".to_owned() }),
        field("Passnummer", "Paspoortnummer", "Passport number", Value::Withheld),
        field("Vedlegg", "Bijlage", "Attachment", Value::File { href: "/gallery.pdf".to_owned(), bytes: 482_000 }),
    ];
    let second = vec![
        field("Navn", "Naam", "Name", text("Kari Nordmann")),
        field("Merknad", "Opmerking", "Note", Value::Empty),
        field("Adresse", "Adres", "Address", Value::Unreadable),
        field("Reisefølge", "Reisgenoot", "Travel companion", Value::Other),
    ];
    vec![Shown { fields: first }, Shown { fields: second }]
}

fn sample_recipients() -> Vec<Recipient> {
    let unknown = sample::text(
        "Vi har ikke skrevet ned hvilken det var.",
        "Wij hebben niet vastgelegd welke het was.",
        "We have not written down which it was.",
    );
    vec![
        Recipient {
            name: sample::text("Samarbeidspartnerne våre", "Onze samenwerkingspartners", "Our partners"),
            nameless: Some(unknown),
            country: "NO".to_owned(),
            about: sample::text("Får kundenummeret ditt.", "Krijgen uw klantnummer.", "Get your customer number."),
            safeguards: None,
        },
        Recipient {
            name: Text::same("Webhuset AS"),
            nameless: None,
            country: "NO".to_owned(),
            about: sample::text("Drifter nettbutikken for oss.", "Beheert de webwinkel voor ons.", "Runs the web shop for us."),
            safeguards: None,
        },
        Recipient {
            name: Text::same("Kambodsjas ambassade"),
            nameless: None,
            country: "KH".to_owned(),
            about: sample::text("Behandler visumsøknaden din.", "Behandelt uw visumaanvraag.", "Handles your visa application."),
            safeguards: Some(sample::text(
                "Overføringen er nødvendig for avtalen med deg.",
                "De doorgifte is nodig voor de overeenkomst met u.",
                "The transfer is needed for our agreement with you.",
            )),
        },
    ]
}
