//! `/{l}/desk/rules`: what is kept, why and until when, each rule in words that can be read aloud; and where rules contradict each other.

use habeas_core::law::{
    lang::Text,
    retention::{Adjust, Kind, Suppression},
};
use jiff::civil::{Date, date};
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// Every rule there is.
#[derive(Debug, Serialize)]
pub struct RulesPage {
    /// Why what no rule speaks for is erased.
    pub default: Text,
    /// What stays so that nobody is written to again after an erasure.
    pub suppression: SuppressionLine,
    /// Promises that end before a duty does.
    pub conflicts: Vec<Contradiction>,
    /// What binds us, in the order of the file.
    pub rules: Vec<RuleLine>,
    /// What binds only organisations of another kind.
    pub idle: Vec<RuleLine>,
}

/// The least that honours a no to direct marketing.
#[derive(Debug, Clone, Serialize)]
pub struct SuppressionLine {
    /// The reason in one plain sentence.
    pub because: Text,
    /// Statute and ground.
    pub law: String,
    /// Where it was read.
    pub source: String,
    /// When it was last checked.
    pub checked_on: Date,
}

/// A promise that ends before a duty does.
#[derive(Debug, Serialize)]
pub struct Contradiction {
    /// Id and law of the duty.
    pub keeps: (String, String),
    /// Id and law of the promise.
    pub deletes: (String, String),
    /// What both speak for.
    pub over: Vec<What>,
    /// A day on which they part,
    pub from: Date,
    /// the last one that the promise allows,
    pub delete_by: Date,
    /// and the last one that the law demands.
    pub keep_until: Date,
}

/// One rule.
#[derive(Debug, Clone, Serialize)]
pub struct RuleLine {
    /// Its name in explanations.
    pub id: String,
    /// What it does.
    pub kind: Kind,
    /// The reason in one plain sentence.
    pub because: Text,
    /// What it speaks for.
    pub covers: Vec<What>,
    /// Only records that are so; each a field and the words it may say, none: anything.
    pub when: Vec<(Text, Vec<String>)>,
    /// And only those for which this holds, as it is written.
    pub guard: Option<String>,
    /// How long: one sum of years, months and days for each stage.
    pub stages: Vec<Vec<Message>>,
    /// From when; `None`: the source does not say.
    pub from: Option<Beginning>,
    /// From when until when it is law.
    pub in_force: (Option<Date>, Option<Date>),
    /// Binds only an organisation that is this.
    pub only_for: Option<&'static str>,
    /// The statute or promise.
    pub law: String,
    /// The ground for not erasing.
    pub ground: Option<String>,
    /// Where it was read.
    pub source: String,
    /// When it was last checked.
    pub checked_on: Date,
    /// That was more than a year ago.
    pub stale: bool,
}

/// Fields of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct What {
    /// What people call the kind.
    pub kind: Text,
    /// Where it lies.
    pub system: Text,
    /// The fields; empty: all of them.
    pub fields: Vec<Text>,
}

/// From when a rule counts.
#[derive(Debug, Clone, Serialize)]
pub struct Beginning {
    /// The field that holds the day,
    pub field: Text,
    /// and its kind.
    pub kind: Text,
    /// Moved to the end of a year first.
    pub adjust: Adjust,
}

impl SuppressionLine {
    /// What the rules say of it.
    pub(super) fn of(suppression: &Suppression) -> Self {
        Self {
            because: suppression.because.clone(),
            law: format!("{}, {}", suppression.law, suppression.ground),
            source: suppression.source.clone(),
            checked_on: suppression.checked_on,
        }
    }
}

impl Page for RulesPage {
    const TEMPLATE: &'static str = "desk/rules.html";

    fn title(&self) -> Message {
        Message::new("rules-title")
    }

    fn samples() -> Vec<Self> {
        let (text, kernel) = (sample::text, SuppressionLine::of(&Suppression::default()));
        let invoices = |fields: &[Text]| What { kind: sample::invoices(), system: sample::accounting(), fields: fields.to_vec() };
        let amount = text("Beløp", "Bedrag", "Amount");
        let duty = RuleLine {
            id: "NO-BOK-5".to_owned(),
            kind: Kind::MustKeep,
            because: text(
                "Loven krever at vi tar vare på fakturaer.",
                "De wet verplicht ons facturen te bewaren.",
                "The law requires us to keep invoices.",
            ),
            covers: vec![invoices(&[amount.clone(), text("Fakturadato", "Factuurdatum", "Invoice date")])],
            when: vec![(text("Status", "Status", "Status"), vec!["paid".to_owned()]), (amount, vec![])],
            guard: Some("amount > 0".to_owned()),
            stages: vec![vec![Message::new("rule-years").with("n", 3), Message::new("rule-months").with("n", 6)]],
            from: Some(Beginning {
                field: text("Fakturadato", "Factuurdatum", "Invoice date"),
                kind: sample::invoices(),
                adjust: Adjust::FiscalYearEnd,
            }),
            in_force: (Some(date(2020, 1, 1)), Some(date(2027, 12, 31))),
            only_for: None,
            law: "bokføringsloven § 13".to_owned(),
            ground: Some("Art. 17(3)(b)".to_owned()),
            source: "lov 19. november 2004 nr. 73 om bokføring § 13".to_owned(),
            checked_on: date(2026, 11, 20),
            stale: false,
        };
        let days = || vec![Message::new("rule-days").with("n", 30)];
        let promise = RuleLine {
            id: "POL-30+30".to_owned(),
            kind: Kind::Maximum,
            because: promise(),
            covers: vec![invoices(&[])],
            when: vec![],
            guard: None,
            stages: vec![days(), days()],
            from: None,
            in_force: (None, None),
            law: "personvernerklæringen punkt 6.4".to_owned(),
            ground: None,
            checked_on: date(2025, 1, 2),
            stale: true,
            ..duty.clone()
        };
        let may = RuleLine { kind: Kind::MayKeep, id: "NO-FOR-3".to_owned(), ..duty.clone() };
        let idle = RuleLine { id: "NO-HVL-5".to_owned(), only_for: Some("obliged-entity"), ..duty.clone() };
        let conflict = Contradiction {
            keeps: (duty.id.clone(), duty.law.clone()),
            deletes: (promise.id.clone(), promise.law.clone()),
            over: duty.covers.clone(),
            from: date(2026, 1, 1),
            delete_by: date(2031, 1, 1),
            keep_until: date(2031, 12, 31),
        };
        let default =
            text("Ingen regel sier at vi må beholde dette.", "Geen regel zegt dat wij dit moeten bewaren.", "No rule keeps this.");
        vec![
            Self {
                default: default.clone(),
                suppression: kernel.clone(),
                conflicts: vec![conflict],
                rules: vec![duty, may, promise],
                idle: vec![idle],
            },
            Self { default, suppression: kernel, conflicts: vec![], rules: vec![], idle: vec![] },
        ]
    }
}

fn promise() -> Text {
    sample::text(
        "Vi lover at fakturaer blir slettet når vi ikke trenger dem mer.",
        "Wij beloven dat facturen weg zijn als wij ze niet meer nodig hebben.",
        "We promise that invoices go when we no longer need them.",
    )
}
