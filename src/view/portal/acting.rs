//! `/{l}/request/for`: for whom a request is. Posts `capacity`, `name`, `concerned`, `concerned-email`, `number`, `born`.

use habeas_core::law::{
    acting::{Acting, Capacity, Country},
    ask::Asked,
    identifier::Identifier,
    right::Right,
};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::look::Look,
};

/// As what somebody asks, and about whom.
#[derive(Debug, Serialize)]
pub struct ActFor {
    /// What the request is about.
    pub right: Right,
    /// As what she may ask for somebody else; texts `acting-{name}` and `acting-{name}-hint`.
    pub capacities: [Capacity; 4],
    /// What was chosen before: a capacity, or `self`.
    pub chosen: Option<String>,
    /// Her own name, as typed.
    pub name: String,
    /// The other one's name, as typed.
    pub concerned: String,
    /// The mailbox the other one is known by, as typed.
    pub email: String,
    /// Her number, as typed.
    pub number: String,
    /// Her birthday, as typed.
    pub born: String,
}

impl ActFor {
    /// Nothing is said yet.
    pub fn new(right: Right) -> Self {
        let (name, concerned, email, number, born) = (String::new(), String::new(), String::new(), String::new(), String::new());
        Self { right, capacities: Capacity::ALL, chosen: None, name, concerned, email, number, born }
    }

    /// What was said.
    pub fn of(right: Right, acting: &Acting) -> Self {
        let concerned = acting.concerned.clone();
        Self {
            chosen: Some(acting.capacity.name().to_owned()),
            name: acting.name.clone(),
            concerned: concerned.name,
            email: concerned.email,
            number: concerned.item.unwrap_or_default(),
            born: concerned.born_on.as_ref().map(Date::to_string).unwrap_or_default(),
            ..Self::new(right)
        }
    }

    /// Everything for which this cannot be asked for somebody else: field and code.
    pub fn problems(look: &Look, what: (Right, &Asked), acting: &Acting) -> Vec<(&'static str, &'static str)> {
        let country = Country::of_calendar(&look.organisation.about().calendar);
        let mut problems = acting.problems(what, country, look.today());
        if Identifier::parse("email", &acting.concerned.email).is_err() {
            problems.push(("concerned-email", "email-invalid"));
        }
        problems
    }
}

impl Page for ActFor {
    const TEMPLATE: &'static str = "portal/act-for.html";
    const KEEPS: bool = true;

    fn title(&self) -> Message {
        Message::new("acting-title")
    }

    fn samples() -> Vec<Self> {
        let filled = |capacity: Capacity, born: &str| Self {
            chosen: Some(capacity.name().to_owned()),
            name: "Kari Nordmann".to_owned(),
            concerned: "Ola Nordmann".to_owned(),
            email: "kari.nordmann@example.no".to_owned(),
            number: "10042".to_owned(),
            born: born.to_owned(),
            ..Self::new(Right::Access)
        };
        vec![Self::new(Right::Access), filled(Capacity::Deceased, ""), filled(Capacity::Parent, "2009-05-31")]
    }
}
