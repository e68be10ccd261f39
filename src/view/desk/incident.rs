//! `/{l}/desk/case/{ref}/incident/{id}`: something went wrong and waits for a person. Posts `how`, `outcome` and `reason`.

use habeas_core::law::lang::Text;
use jiff::Timestamp;
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
    /// What, in the engine's or connector's own words (English, without personal data).
    pub what: String,
    /// An alarm of the statutory clock: there is nothing to try again, it is only to be seen.
    pub alarm: bool,
    /// Outcomes the step may have had, done by hand.
    pub ways: Vec<String>,
    /// What was chosen before an error: `retry`, `by-hand` or `skip`.
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
        let incident = |alarm| Self {
            reference: sample::REFERENCE.to_owned(),
            id: "4k7q".to_owned(),
            at: sample::at(11, 19, 3, 0),
            system: Some(sample::dossiers()),
            step: "erase".to_owned(),
            what: "the database is locked; tried 3 times".to_owned(),
            alarm,
            ways: vec!["erased".to_owned(), "nothing".to_owned()],
            chosen: String::new(),
            reason: String::new(),
        };
        vec![
            Self { system: None, step: String::new(), what: "alarm 2 of the statutory clock".to_owned(), ..incident(true) },
            incident(false),
        ]
    }
}
