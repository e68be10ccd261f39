//! `/{l}/desk/holds`, `/new`, `/{id}/review` and `/{id}/release`: what must not be erased, why, until when it is looked at again.

use habeas_core::law::{
    hold::{Basis, Dates, Effect, Review},
    lang::Text,
    right::Right,
};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// Every hold, those in force first.
#[derive(Debug, Serialize)]
pub struct Holds {
    /// In force, the next to be looked at first.
    pub active: Vec<HoldRow>,
    /// Released, the latest first.
    pub released: Vec<HoldRow>,
    /// The reader may place and release holds.
    pub may_change: bool,
    /// Systems in which an erasure that began before a hold was placed a moment ago has not ended.
    pub running: Vec<Text>,
}

/// One hold.
#[derive(Debug, Serialize)]
pub struct HoldRow {
    /// `H-…`.
    pub id: String,
    /// Why.
    pub basis: Basis,
    /// Matter reference of the owner.
    pub matter: String,
    /// Who answers for it.
    pub owner: String,
    /// The case it covers; `None`: any.
    pub case: Option<String>,
    /// Kinds, systems or categories of data it covers; empty: everything.
    pub covers: Vec<Text>,
    /// Only records for which this is so.
    pub query: Option<String>,
    /// Only records with a day in this range.
    pub dates: Option<Dates>,
    /// First day in force.
    pub opened_on: Date,
    /// Looked at again at the latest on this day.
    pub review_on: Date,
    /// How near that is.
    pub review: Option<Review>,
    /// Last day in force.
    pub released_on: Option<Date>,
}

impl Page for Holds {
    const TEMPLATE: &'static str = "desk/holds.html";

    fn title(&self) -> Message {
        Message::new("holds-title")
    }

    fn samples() -> Vec<Self> {
        let released =
            HoldRow { id: "H-2MX0".to_owned(), released_on: Some(jiff::civil::date(2026, 10, 2)), review: None, ..sample_hold() };
        vec![
            Self { active: vec![sample_hold()], released: vec![released], may_change: true, running: Vec::new() },
            Self { active: vec![sample_hold()], released: Vec::new(), may_change: true, running: vec![sample::accounting()] },
            Self { active: Vec::new(), released: Vec::new(), may_change: false, running: Vec::new() },
        ]
    }
}

fn sample_hold() -> HoldRow {
    HoldRow {
        id: "H-7QK2".to_owned(),
        basis: Basis::LegalClaim,
        matter: "TOSL-2026-114".to_owned(),
        owner: "Ingrid Berg".to_owned(),
        case: Some(sample::REFERENCE.to_owned()),
        covers: vec![sample::accounting()],
        query: Some("status == \"disputed\"".to_owned()),
        dates: Some(Dates { field: "issued_on".to_owned(), from: Some(jiff::civil::date(2026, 1, 1)), until: None }),
        opened_on: jiff::civil::date(2026, 5, 20),
        review_on: jiff::civil::date(2026, 11, 20),
        review: Some(Review::Overdue),
        released_on: None,
    }
}

/// What narrows a hold further, as typed; all of it may be empty.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Narrow {
    /// A data category.
    pub category: String,
    /// A condition on the records.
    pub query: String,
    /// The field of the range of days.
    pub date_field: String,
    /// Its first day.
    pub from: String,
    /// Its last day.
    pub until: String,
}

impl Narrow {
    fn is_empty(&self) -> bool {
        [&self.category, &self.query, &self.date_field, &self.from, &self.until].iter().all(|typed| typed.is_empty())
    }
}

/// `/{l}/desk/holds/new`. Posts `case`, any number of `system` and `collection`, `category`, `query`, `date_field`, `from`, `until`,
/// `basis`, `matter`, `review_on` (a date).
#[derive(Debug, Serialize)]
pub struct PlaceHold {
    /// The case, if one is known.
    pub case: String,
    /// Systems to choose from: key, label, ticked. None ticked: all.
    pub systems: Vec<(String, Text, bool)>,
    /// Kinds to choose from: `system.collection`, label of the system, label, ticked. None ticked: all.
    pub collections: Vec<(String, Text, Text, bool)>,
    /// Categories of data to choose from: key and label.
    pub categories: Vec<(String, Text)>,
    /// What narrows it further.
    pub narrow: Narrow,
    /// Something of that, or a kind, was chosen before an error.
    pub narrowed: bool,
    /// What was chosen before an error.
    pub basis: Option<Basis>,
    /// Matter reference.
    pub matter: String,
    /// The review date, as typed.
    pub review_on: String,
    /// The latest review date allowed: six months from today.
    pub review_by: Date,
    /// What a hold does to each right: text `hold-effect-{name}`.
    pub effects: Vec<(Right, &'static str)>,
}

impl PlaceHold {
    /// What a hold does to each right.
    pub fn effects() -> Vec<(Right, &'static str)> {
        Right::ALL.into_iter().map(|right| (right, Effect::on(right).name())).collect()
    }

    /// With what was typed before an error.
    #[must_use]
    pub fn narrowed(mut self, narrow: Narrow, collections: &[String]) -> Self {
        for (address, _, _, ticked) in &mut self.collections {
            *ticked = collections.contains(address);
        }
        Self { narrowed: !(narrow.is_empty() && collections.is_empty()), narrow, ..self }
    }
}

impl Page for PlaceHold {
    const TEMPLATE: &'static str = "desk/hold-new.html";

    fn title(&self) -> Message {
        Message::new("hold-new-title")
    }

    fn samples() -> Vec<Self> {
        let systems = |ticked| {
            vec![
                ("shop".to_owned(), sample::shop(), false),
                ("accounting".to_owned(), sample::accounting(), ticked),
                ("helpdesk".to_owned(), sample::helpdesk(), false),
            ]
        };
        let narrow = |narrowed| Narrow {
            query: if narrowed { "status == \"disputed\"".to_owned() } else { String::new() },
            date_field: if narrowed { "issued_on".to_owned() } else { String::new() },
            ..Narrow::default()
        };
        let hold = |basis, ticked| Self {
            case: sample::REFERENCE.to_owned(),
            systems: systems(ticked),
            collections: vec![("accounting.invoices".to_owned(), sample::accounting(), sample::invoices(), ticked)],
            categories: vec![("user.contact".to_owned(), sample::text("Kontaktopplysninger", "Contactgegevens", "Contact details"))],
            narrow: narrow(ticked),
            narrowed: ticked,
            basis,
            matter: String::new(),
            review_on: sample::DUE.to_string(),
            review_by: sample::DUE,
            effects: Self::effects(),
        };
        vec![hold(None, false), hold(Some(Basis::OpenPayment), true)]
    }
}

/// `/{l}/desk/holds/{id}/release`: one asks, another agrees. Posts to itself.
#[derive(Debug, Serialize)]
pub struct ReleaseHold {
    /// The hold.
    pub hold: HoldRow,
    /// Who has asked for its release; `None`: nobody yet.
    pub asked_by: Option<String>,
    /// That was the reader, who cannot agree too.
    pub asked_by_reader: bool,
}

impl Page for ReleaseHold {
    const TEMPLATE: &'static str = "desk/hold-release.html";

    fn title(&self) -> Message {
        Message::new("hold-release-title").with("hold", self.hold.id.as_str())
    }

    fn samples() -> Vec<Self> {
        let asked = || Some("Ola Dahl".to_owned());
        vec![
            Self { hold: sample_hold(), asked_by: None, asked_by_reader: false },
            Self { hold: sample_hold(), asked_by: asked(), asked_by_reader: true },
            Self { hold: sample_hold(), asked_by: asked(), asked_by_reader: false },
        ]
    }
}

/// `/{l}/desk/holds/{id}/review`: is it still needed? Posts `review_on` and `reason` to itself.
#[derive(Debug, Serialize)]
pub struct ReviewHold {
    /// The hold.
    pub hold: HoldRow,
    /// How often it was found to be needed before, the latest first.
    pub earlier: Vec<EarlierReview>,
    /// Somebody has asked for its release; putting the review off ends that.
    pub release_asked: bool,
    /// The new day, as typed.
    pub review_on: String,
    /// Why it is still needed, as typed.
    pub reason: String,
    /// The latest day allowed: six months from today.
    pub review_by: Date,
}

/// A review that was put off.
#[derive(Debug, Serialize)]
pub struct EarlierReview {
    /// When somebody looked.
    pub on: Date,
    /// Who.
    pub by: String,
    /// The day it was put off to.
    pub review_on: Date,
    /// Why the hold was still needed.
    pub reason: String,
}

impl Page for ReviewHold {
    const TEMPLATE: &'static str = "desk/hold-review.html";

    fn title(&self) -> Message {
        Message::new("hold-review-title").with("hold", self.hold.id.as_str())
    }

    fn samples() -> Vec<Self> {
        let earlier = EarlierReview {
            on: jiff::civil::date(2026, 5, 12),
            by: "Ingrid Berg".to_owned(),
            review_on: jiff::civil::date(2026, 11, 12),
            reason: "Tingretten har ikke avsagt dom ennå.".to_owned(),
        };
        let page = |earlier, release_asked| Self {
            hold: sample_hold(),
            earlier,
            release_asked,
            review_on: String::new(),
            reason: String::new(),
            review_by: sample::DUE,
        };
        vec![page(Vec::new(), false), page(vec![earlier], true)]
    }
}
