//! Who acts for somebody else, and what the law makes of it: who may ask for which right, from which age a young person asks herself, and who
//! gets the answer. Whether somebody has the authority she says to have is never reckoned here: a person decides that, on what was shown.
//!
//! Sources: EDPB 01/2022 §80-81 (a representative's authority is checked by national law) · NL: UAVG art. 5 and the supervisor's guidance
//! (below 16 the legal representative asks and receives, from 16 the young person) · NO: personopplysningsloven § 5 (consent to online
//! services from 13), guardianship until 18, the child heard by her maturity · Recital 27 (the dead) · Art. 15(4) (a spouse is another
//! person: without a mandate nothing of hers is handed out).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    ask::{Asked, Objection},
    right::Right,
};

/// As what somebody acts for another person. A husband, a wife or a grown child is none of these without a mandate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Capacity {
    /// The person has asked her to: a mandate, a lawyer's too.
    Mandate,
    /// A parent with authority over a child.
    Parent,
    /// Appointed by a court or an authority: guardian, administrator, curator, mentor.
    Guardian,
    /// The person has died.
    Deceased,
}

impl Capacity {
    /// Every capacity, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Mandate, Self::Parent, Self::Guardian, Self::Deceased];

    /// The name in forms, columns and texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mandate => "mandate",
            Self::Parent => "parent",
            Self::Guardian => "guardian",
            Self::Deceased => "deceased",
        }
    }

    /// Reads a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|capacity| capacity.name() == name)
    }

    /// Whether something can be asked for another person. A consent is withdrawn, and advertising stopped, at once and by the mailbox it goes
    /// to (Art. 7(3), 21(3)), before anybody could decide on an authority: whoever reads that mailbox does it from there.
    pub const fn may_ask(self, right: Right, asked: &Asked) -> bool {
        !matches!((right, asked), (Right::ConsentWithdrawal, _) | (_, Asked::Objection(Objection::Marketing)))
    }
}

/// Whose rules say from which age a young person asks herself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Country {
    /// The Netherlands.
    Netherlands,
    /// Norway.
    Norway,
    /// Neither is known here: a person decides for everybody below 18.
    Other,
}

impl Country {
    /// By the calendar that the organisation's clock runs on.
    pub fn of_calendar(calendar: &str) -> Self {
        match calendar {
            "NL" => Self::Netherlands,
            "NO" => Self::Norway,
            _ => Self::Other,
        }
    }
}

/// Who may ask for a young person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Voice {
    /// The parent asks and receives.
    Parent,
    /// The young person has a say, how much is not in the law's numbers: a person decides, and hears her.
    Weighed,
    /// She asks herself.
    Own,
}

/// From which birthday on she is of age everywhere here.
const OF_AGE: i16 = 18;

/// Who may ask for somebody born on a day; a birthday counts from its morning.
pub fn voice(country: Country, born_on: Date, today: Date) -> Voice {
    let has_turned = |years: i16| born_on.saturating_add(jiff::Span::new().years(years)) <= today;
    match country {
        Country::Netherlands if has_turned(16) => Voice::Own,
        Country::Netherlands => Voice::Parent,
        _ if has_turned(OF_AGE) => Voice::Own,
        Country::Norway if !has_turned(13) => Voice::Parent,
        Country::Norway | Country::Other => Voice::Weighed,
    }
}

/// Who gets the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerTo {
    /// Whoever asked.
    Representative,
    /// The person it is about, in her own mailbox.
    Subject,
}

impl AnswerTo {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Representative, Self::Subject];

    /// The name in forms and columns.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Representative => "representative",
            Self::Subject => "subject",
        }
    }

    /// Reads a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|to| to.name() == name)
    }
}

/// Where a member of staff saw what gives the authority. The document itself is not kept (EDPB 01/2022 §79 by analogy).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// On paper, in person.
    InPerson,
    /// By video.
    Video,
    /// Sent by post.
    Post,
    /// In a public register: of guardians, of parental authority, of the bar.
    Register,
    /// The person herself has confirmed it.
    Confirmed,
}

impl Seen {
    /// Every place.
    pub const ALL: [Self; 5] = [Self::InPerson, Self::Video, Self::Post, Self::Register, Self::Confirmed];

    /// The name in forms and texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InPerson => "in-person",
            Self::Video => "video",
            Self::Post => "post",
            Self::Register => "register",
            Self::Confirmed => "confirmed",
        }
    }

    /// Reads a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|seen| seen.name() == name)
    }
}

/// Whether the authority is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Authority {
    /// Somebody says so. Nothing is searched, shown, handed out or erased.
    Claimed,
    /// A member of staff has seen what gives it.
    Accepted {
        /// Where.
        seen: Seen,
        /// Who gets the answer.
        answer_to: AnswerTo,
    },
}

/// The person it is about, by what the form says. She is searched by this and by nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concerned {
    /// Her name.
    pub name: String,
    /// The mailbox she is known by.
    pub email: String,
    /// Her customer or order number.
    pub item: Option<String>,
    /// Her birthday, where it matters.
    pub born_on: Option<Date>,
}

/// Somebody who acts for another person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acting {
    /// As what.
    pub capacity: Capacity,
    /// Her own name.
    pub name: String,
    /// For whom.
    pub concerned: Concerned,
    /// Whether she is believed.
    pub authority: Authority,
}

impl Acting {
    /// Who gets the answer, once that is decided.
    pub const fn answer_to(&self) -> Option<AnswerTo> {
        match self.authority {
            Authority::Claimed => None,
            Authority::Accepted { answer_to, .. } => Some(answer_to),
        }
    }

    /// Everything for which the request cannot be made: field and code.
    pub fn problems(&self, (right, asked): (Right, &Asked), country: Country, today: Date) -> Vec<(&'static str, &'static str)> {
        let mut problems = Vec::new();
        let is_blank = |text: &str| text.trim().is_empty() || text.chars().count() > LONGEST;
        if is_blank(&self.name) {
            problems.push(("name", "acting-name-missing"));
        }
        if is_blank(&self.concerned.name) {
            problems.push(("concerned", "acting-concerned-missing"));
        }
        if !self.capacity.may_ask(right, asked) {
            problems.push(("capacity", "acting-right"));
        }
        if self.capacity == Capacity::Parent {
            match self.concerned.born_on {
                None => problems.push(("born", "acting-born-missing")),
                Some(born_on) if born_on > today => problems.push(("born", "acting-born-missing")),
                Some(born_on) if voice(country, born_on, today) == Voice::Own => problems.push(("born", "acting-own-voice")),
                Some(_) => {}
            }
        }
        problems
    }

    /// Who gets the answer unless a member of staff says otherwise: a child's parent asks and receives; data of high risk goes to the person
    /// herself where she has a mailbox of her own.
    pub fn answer_default(&self, email: &str, is_high_risk: bool) -> AnswerTo {
        let own_mailbox = !self.concerned.email.eq_ignore_ascii_case(email);
        if is_high_risk && own_mailbox && self.capacity != Capacity::Parent { AnswerTo::Subject } else { AnswerTo::Representative }
    }
}

/// Characters of a name.
const LONGEST: usize = 200;

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Acting, AnswerTo, Authority, Capacity, Concerned, Country, Seen, Voice, voice};
    use crate::law::{
        ask::{Asked, Objection},
        right::Right,
    };

    fn parent_of(born_on: Option<jiff::civil::Date>) -> Acting {
        Acting {
            capacity: Capacity::Parent,
            name: "Kari Nordmann".to_owned(),
            concerned: Concerned { name: "Ola Nordmann".to_owned(), email: "ola@example.no".to_owned(), item: None, born_on },
            authority: Authority::Claimed,
        }
    }

    #[test]
    fn a_young_person_asks_herself_from_the_morning_of_a_birthday() {
        let born = date(2010, 11, 29);
        let on = |country, years: i16, day: i8| voice(country, born, date(2010 + years, 11, day));
        let ways = |country, years| (on(country, years, 28), on(country, years, 29));
        assert_eq!(ways(Country::Netherlands, 16), (Voice::Parent, Voice::Own));
        assert_eq!(ways(Country::Norway, 13), (Voice::Parent, Voice::Weighed));
        assert_eq!(ways(Country::Norway, 18), (Voice::Weighed, Voice::Own));
        assert_eq!(ways(Country::Other, 18), (Voice::Weighed, Voice::Own), "of other laws nothing is reckoned");
        let leap = date(2012, 2, 29);
        assert_eq!(voice(Country::Netherlands, leap, date(2028, 2, 29)), Voice::Own);
        assert_eq!(voice(Country::Netherlands, date(2012, 3, 1), date(2028, 2, 29)), Voice::Parent);
    }

    #[test]
    fn nobody_asks_for_somebody_who_asks_herself() {
        let today = date(2026, 11, 29);
        let told = |born, country| parent_of(born).problems((Right::Access, &Asked::Nothing), country, today);
        assert_eq!(told(Some(date(2016, 5, 1)), Country::Netherlands), []);
        assert_eq!(told(Some(date(2010, 5, 1)), Country::Netherlands), [("born", "acting-own-voice")]);
        assert_eq!(told(Some(date(2010, 5, 1)), Country::Norway), [], "a person decides");
        assert_eq!(told(None, Country::Norway), [("born", "acting-born-missing")]);
        assert_eq!(told(Some(date(2027, 1, 1)), Country::Norway), [("born", "acting-born-missing")], "not born yet");
        let guardian = Acting { capacity: Capacity::Guardian, ..parent_of(None) };
        assert_eq!(
            guardian.problems((Right::Access, &Asked::Nothing), Country::Netherlands, today),
            [],
            "a guardian of an adult gives no birthday"
        );
        assert_eq!(
            guardian.problems((Right::ConsentWithdrawal, &Asked::Nothing), Country::Netherlands, today),
            [("capacity", "acting-right")]
        );
        let marketing = Asked::Objection(Objection::Marketing);
        assert_eq!(guardian.problems((Right::Objection, &marketing), Country::Norway, today), [("capacity", "acting-right")]);
        assert_eq!(guardian.problems((Right::Objection, &Asked::Nothing), Country::Norway, today), []);
        let nameless = Acting { name: " ".to_owned(), ..guardian };
        assert_eq!(nameless.problems((Right::Erasure, &Asked::Nothing), Country::Norway, today), [("name", "acting-name-missing")]);
    }

    #[test]
    fn what_is_of_high_risk_goes_to_the_person_herself_where_she_has_a_mailbox() {
        let parent = parent_of(Some(date(2016, 5, 1)));
        let mandate = Acting { capacity: Capacity::Mandate, ..parent.clone() };
        assert_eq!(mandate.answer_default("advokat@example.no", true), AnswerTo::Subject);
        assert_eq!(mandate.answer_default("advokat@example.no", false), AnswerTo::Representative);
        assert_eq!(mandate.answer_default("OLA@example.no", true), AnswerTo::Representative, "the mailbox is no other one");
        assert_eq!(parent.answer_default("kari@example.no", true), AnswerTo::Representative, "a child's parent asks and receives");
    }

    #[test]
    fn every_name_reads_back() {
        assert!(Capacity::ALL.into_iter().all(|it| Capacity::from_name(it.name()) == Some(it)));
        assert!(AnswerTo::ALL.into_iter().all(|it| AnswerTo::from_name(it.name()) == Some(it)));
        assert!(Seen::ALL.into_iter().all(|it| Seen::from_name(it.name()) == Some(it)));
        assert_eq!(Capacity::from_name("spouse"), None, "a spouse is another person");
    }

    #[test]
    fn nobody_gets_an_answer_before_somebody_has_decided() {
        let claimed = parent_of(None);
        assert_eq!(claimed.answer_to(), None);
        let accepted = Authority::Accepted { seen: Seen::Register, answer_to: AnswerTo::Representative };
        assert_eq!(Acting { authority: accepted, ..claimed }.answer_to(), Some(AnswerTo::Representative));
    }
}
