//! `/{l}/desk/case/{ref}/incident/{id}`: something went wrong and waits for a person. Posts `how`, `outcome`, `lang` and `reason`.

use habeas_core::law::lang::Text;
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// An incident and the ways out of it.
#[derive(Debug, Serialize)]
pub struct IncidentPage {
    /// `HB-…`.
    pub reference: String,
    /// Its id in addresses.
    pub id: String,
    /// Since when.
    pub at: Timestamp,
    /// Where; `None`: in the case itself.
    pub system: Option<Text>,
    /// The workflow's step.
    pub step: String,
    /// What, in the reader's language: text `trouble-{kind}` or `wrong-{kind}`.
    pub about: String,
    /// The same in the engine's or connector's own words, for whoever runs the house (English, without personal data).
    pub what: String,
    /// How often it was tried; 0: it is not something that is tried.
    pub attempts: u32,
    /// The last day for the answer (Art. 12(3)).
    pub due_on: Date,
    /// Days until then; negative: it has passed.
    pub days_left: i32,
    /// `step` or `effect`: there are ways out to choose from. `alarm` and `unread` (a hold or rule that cannot be evaluated): only to be seen. `quarantine`: the house no longer
    /// touches the case by itself, and it is tried again once the cause is gone.
    pub trouble: &'static str,
    /// Whether the next try may speak another language.
    pub may_change_language: bool,
    /// Outcomes the step may have had, done by hand.
    pub ways: Vec<String>,
    /// Whether it may be left out.
    pub may_skip: bool,
    /// Whether the case may be sent back to its beginning.
    pub may_restart: bool,
    /// What was chosen before an error: `retry`, `by-hand`, `skip` or `restart`.
    pub chosen: String,
    /// What was typed before an error.
    pub reason: String,
}

impl Page for IncidentPage {
    const TEMPLATE: &'static str = "desk/incident.html";

    fn title(&self) -> Message {
        Message::new("incident-title").with("reference", self.reference.as_str())
    }

    fn samples() -> Vec<Self> {
        let quiet = || Self { system: None, step: String::new(), attempts: 0, ways: Vec::new(), may_skip: false, ..in_trouble() };
        vec![
            Self {
                about: "wrong-late".to_owned(),
                what: "alarm 2 of the statutory clock".to_owned(),
                trouble: "alarm",
                days_left: -1,
                ..quiet()
            },
            Self {
                about: "wrong-needs-missing".to_owned(),
                what: "not proven here: approval.given".to_owned(),
                may_restart: true,
                ways: Vec::new(),
                attempts: 0,
                ..in_trouble()
            },
            Self {
                about: "fact-effect-unknown".to_owned(),
                what: "mail.deliver: outcome unknown: the call began and was not reported; it may have taken place".to_owned(),
                attempts: 1,
                ways: vec!["done".to_owned()],
                may_skip: true,
                ..quiet()
            },
            Self {
                about: "wrong-inside".to_owned(),
                what: "alarm-2: something is broken inside".to_owned(),
                trouble: "quarantine",
                ..quiet()
            },
            in_trouble(),
        ]
    }
}

fn in_trouble() -> IncidentPage {
    IncidentPage {
        reference: sample::REFERENCE.to_owned(),
        id: "4k7q".to_owned(),
        at: sample::at(11, 19, 3, 0),
        system: Some(sample::dossiers()),
        step: "erase".to_owned(),
        about: "trouble-busy".to_owned(),
        what: "could not erase records in `dossiers`: somebody else has locked the database".to_owned(),
        attempts: 3,
        due_on: jiff::civil::date(2026, 12, 18),
        days_left: 12,
        trouble: "step",
        may_change_language: true,
        ways: vec!["erased".to_owned(), "nothing".to_owned()],
        may_skip: false,
        may_restart: false,
        chosen: String::new(),
        reason: String::new(),
    }
}
