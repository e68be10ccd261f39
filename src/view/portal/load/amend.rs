//! One value that somebody wants to have corrected, and what a new request need not ask again.

use habeas_core::law::{
    acting::Acting,
    ask::Correction,
    lang::Lang,
    map::{DataType, Field},
    record::{Record, Value as Found},
};
use jiff::{civil::Date, tz::TimeZone};

use super::holding::Holding;
use crate::{
    render::{said::Said, words},
    store::{StoreError, sealed},
    view::{
        look::Look,
        portal::amend::{Amend, Typed},
    },
};

/// What a person has said and shown in a case, so that a new request of hers need not ask it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Something only she and the organisation know. It stands in a case whose data she may see, so it was found to be right.
    pub item: Option<String>,
    /// For whom she asks, where not for herself.
    pub acting: Option<Acting>,
}

impl Known {
    /// What is known from a case in which a kind of data is shown to her; `None`: it is not.
    pub async fn load(look: &Look, mailbox: &str, reference: &str, kind: &str) -> Result<Option<Self>, StoreError> {
        let Some(holding) = Holding::open(look, mailbox, reference).await? else { return Ok(None) };
        if holding.shown(kind).is_none() {
            return Ok(None);
        }
        let applicant = sealed::applicant(&look.keys, &holding.mine.case)?;
        let item = applicant.item_of_person().map(str::to_owned);
        // Whoever the answer went to, though somebody else asked, asks for herself now.
        let acting = applicant.acting.filter(|_| holding.mine.case.subject == mailbox);
        Ok(Some(Self { item, acting }))
    }
}

impl Amend {
    /// One value of one record that is shown and can be corrected.
    pub async fn load(
        look: &Look,
        mailbox: &str,
        reference: &str,
        (id, place, name): (&str, usize, &str),
    ) -> Result<Option<Self>, StoreError> {
        let Some(holding) = Holding::open(look, mailbox, reference).await? else { return Ok(None) };
        let Some((system, collection, _)) = holding.shown(id) else { return Ok(None) };
        let Some(field) = collection.field(name) else { return Ok(None) };
        let mut stored = None;
        let take = |_: usize, record: &Record| stored = holding.amendable(field, record);
        holding.whole((system, collection), place..place.saturating_add(1), take).await?;
        let Some(stored) = stored else { return Ok(None) };
        let typed = Typed::of(holding.mine.case.lang, field.data, &stored, &look.organisation.zone());
        Ok(Some(Self {
            id: id.to_owned(),
            kind: collection.label.clone(),
            label: field.label.clone(),
            now: (!stored.trim().is_empty()).then(|| Said::of(field.data, &stored)),
            typed,
            why: String::new(),
            is_told: false,
            field: name.to_owned(),
            stored,
            reference: holding.mine.case.id,
        }))
    }
}

impl Amend {
    /// The page of a correction that was told already, with what was typed.
    #[must_use]
    pub fn told(self, look: &Look, lang: Lang, told: &Correction) -> Self {
        let data = told.data(look.organisation.systems()).unwrap_or_default();
        let typed = Typed::of(lang, data, &told.should, &look.organisation.zone());
        Self { typed, why: told.why.clone().unwrap_or_default(), is_told: true, ..self }
    }
}

impl Holding<'_> {
    /// A value that its person may see and have corrected, as its system spells it.
    pub(super) fn amendable(&self, field: &Field, record: &Record) -> Option<String> {
        if !field.is_correctable() || (field.third_person && !self.released) {
            return None;
        }
        let value = record.value(&field.name);
        match value {
            Found::Null => Some(String::new()),
            Found::Integer(_) | Found::Real(_) | Found::Text(_) => Some(value.to_text()),
            Found::Bytes(_) | Found::List(_) | Found::Others | Found::Unreadable(_) => None,
        }
    }
}

impl Typed {
    /// A stored value as people type it; what cannot be read as its kind begins empty.
    fn of(lang: Lang, data: DataType, stored: &str, zone: &TimeZone) -> Self {
        let should = stored.trim().to_owned();
        let parts = |day: Option<Date>| {
            day.map(|day| [format!("{:02}", day.day()), format!("{:02}", day.month()), format!("{:04}", day.year())]).unwrap_or_default()
        };
        match (data, Said::of(data, stored)) {
            (DataType::Date, Said::Day(day)) => Self::Day { parts: parts(Some(day)) },
            (DataType::Date, _) => Self::Day { parts: parts(None) },
            (DataType::Timestamp, Said::Moment(instant)) => {
                let local = zone.to_datetime(instant);
                Self::Moment { parts: parts(Some(local.date())), clock: words::clock(lang, local.time()) }
            }
            (DataType::Timestamp, _) => Self::Moment { parts: parts(None), clock: String::new() },
            (DataType::Boolean, Said::Answer(yes)) => Self::Answer { should: if yes { "yes" } else { "no" }.to_owned() },
            (DataType::Boolean, _) => Self::Answer { should: String::new() },
            (DataType::Integer | DataType::Number, _) => Self::Number { should },
            (DataType::Text, _) => Self::Words { should },
        }
    }
}

#[cfg(test)]
mod tests {
    use habeas_core::law::{lang::Lang, map::DataType};
    use jiff::tz::TimeZone;

    use super::Typed;

    #[test]
    fn a_value_is_typed_as_what_it_is() {
        let zone = TimeZone::get("Europe/Oslo").unwrap();
        let typed = |data, stored| Typed::of(Lang::Nb, data, stored, &zone);
        let parts = |day: &str, month: &str, year: &str| [day, month, year].map(str::to_owned);
        assert_eq!(typed(DataType::Date, "1990-12-31"), Typed::Day { parts: parts("31", "12", "1990") });
        assert_eq!(typed(DataType::Date, "in May"), Typed::Day { parts: parts("", "", "") });
        let moment = Typed::Moment { parts: parts("01", "01", "1991"), clock: "00.30".to_owned() };
        assert_eq!(typed(DataType::Timestamp, "1990-12-31T23:30:00Z"), moment);
        assert_eq!(typed(DataType::Boolean, "1"), Typed::Answer { should: "yes".to_owned() });
        assert_eq!(typed(DataType::Boolean, "maybe"), Typed::Answer { should: String::new() });
        assert_eq!(typed(DataType::Integer, "7"), Typed::Number { should: "7".to_owned() });
        assert_eq!(typed(DataType::Text, " Kari "), Typed::Words { should: "Kari".to_owned() });
    }
}
