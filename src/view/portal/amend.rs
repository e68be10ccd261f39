//! `/{l}/case/{ref}/data/{kind}/{place}/{field}/correct`: one value that is wrong, and what it should say (Art. 16). Posts `should`, or
//! `day`, `month`, `year` and `clock`, and `why`.

use habeas_core::law::lang::Text;
use serde::Serialize;

use crate::{
    render::{pages::Page, said::Said, texts::Message},
    view::sample,
};

/// One value, as it stands and as it should be.
#[derive(Debug, Serialize)]
pub struct Amend {
    /// `HB-…`.
    pub reference: String,
    /// `system.collection`.
    pub id: String,
    /// What the person calls the kind.
    pub kind: Text,
    /// What she calls the piece of it.
    pub label: Text,
    /// What it says today; `None`: nothing.
    pub now: Option<Said>,
    /// What it should say, as it is written.
    pub typed: Typed,
    /// Why; may be empty.
    pub why: String,
    /// It was told already and is changed now, so that the way back is the last look.
    pub is_told: bool,
    /// The field's name in the data map, never shown.
    #[serde(skip)]
    pub field: String,
    /// Today's value as the system spells it.
    #[serde(skip)]
    pub stored: String,
}

pub use super::load::Known;

/// A value as people write one of its kind. At first it is today's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "as", rename_all = "kebab-case")]
pub enum Typed {
    /// Words.
    Words {
        /// They.
        should: String,
    },
    /// A number.
    Number {
        /// Its digits.
        should: String,
    },
    /// Yes or no.
    Answer {
        /// `yes` or `no`; empty: neither is chosen.
        should: String,
    },
    /// A day, in three fields.
    Day {
        /// Day, month and year.
        parts: [String; 3],
    },
    /// A day and a time of day.
    Moment {
        /// Day, month and year.
        parts: [String; 3],
        /// Such as `14:30`.
        clock: String,
    },
}

impl Typed {
    /// The whole of it, as somebody would write it in one line.
    pub fn line(&self) -> String {
        let day = |parts: &[String; 3]| {
            let parts = parts.each_ref().map(|part| part.trim());
            if parts.iter().all(|part| part.is_empty()) { String::new() } else { parts.join(".") }
        };
        match self {
            Self::Words { should } | Self::Number { should } | Self::Answer { should } => should.trim().to_owned(),
            Self::Day { parts } => day(parts),
            Self::Moment { parts, clock } => format!("{} {}", day(parts), clock.trim()).trim().to_owned(),
        }
    }
}

impl Page for Amend {
    const TEMPLATE: &'static str = "portal/amend.html";
    const KEEPS: bool = true;

    fn title(&self) -> Message {
        Message::new("amend-title").with("field", self.label.clone())
    }

    fn samples() -> Vec<Self> {
        let amend = |kind, label, now, typed| Self {
            reference: sample::REFERENCE.to_owned(),
            id: "shop.customers".to_owned(),
            kind,
            label,
            now,
            typed,
            why: String::new(),
            is_told: false,
            field: String::new(),
            stored: String::new(),
        };
        let parts = |day: &str, month: &str, year: &str| [day, month, year].map(str::to_owned);
        let born = jiff::civil::date(1990, 12, 31);
        let words = "Kari Norman".to_owned();
        let name = sample::text("Navn som i passet", "Naam zoals in het paspoort", "Name as in the passport");
        let birth = sample::text("Fødselsdato", "Geboortedatum", "Date of birth");
        let size = sample::text("Antall reisende", "Aantal reizigers", "Number of travellers");
        let letters = sample::text("Vil ha nyhetsbrev", "Wil nieuwsbrief", "Wants newsletters");
        let called = sample::text("Ringte oss", "Belde ons", "Called us");
        let moment = Typed::Moment { parts: parts("2", "11", "2026"), clock: "14:30".to_owned() };
        vec![
            amend(sample::passport(), name, Some(Said::Words(words.clone())), Typed::Words { should: words }),
            amend(sample::orders(), size, Some(Said::Words("2".to_owned())), Typed::Number { should: "2".to_owned() }),
            amend(sample::orders(), letters, Some(Said::Answer(true)), Typed::Answer { should: "yes".to_owned() }),
            amend(sample::enquiries(), called, Some(Said::Moment(sample::at(11, 2, 13, 30))), moment),
            Self {
                is_told: true,
                why: "Det står 31.12.1991 i passet.".to_owned(),
                ..amend(sample::passport(), birth.clone(), Some(Said::Day(born)), Typed::Day { parts: parts("31", "12", "1991") })
            },
            amend(sample::passport(), birth, Some(Said::Day(born)), Typed::Day { parts: parts("31", "13", "1990") }),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::Typed;

    #[test]
    fn three_fields_are_one_day_and_three_empty_ones_are_none() {
        let parts = |parts: [&str; 3]| parts.map(str::to_owned);
        assert_eq!(Typed::Day { parts: parts([" 31 ", "12", "1990"]) }.line(), "31.12.1990");
        assert_eq!(Typed::Day { parts: parts(["", " ", ""]) }.line(), "");
        assert_eq!(Typed::Day { parts: parts(["31", "", "1990"]) }.line(), "31..1990", "which is no day, and told so");
        let moment = |day, clock: &str| Typed::Moment { parts: parts(day), clock: clock.to_owned() }.line();
        assert_eq!(moment(["1", "5", "2026"], "14:30"), "1.5.2026 14:30");
        assert_eq!(moment(["", "", ""], ""), "");
    }
}
