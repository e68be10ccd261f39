//! A value of the data map as a page says it: a day in words, whatever spelling it came in. Knows no system and no record.

use habeas_core::law::{
    lang::{Lang, Text},
    map::DataType,
    written,
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

/// What `say` makes words of, in the language of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Said {
    /// As it stands.
    Words(String),
    /// «31. desember 1990».
    Day(Date),
    /// «31. desember 1990 kl. 14.30», where the organisation is.
    Moment(Timestamp),
    /// «ja».
    Answer(bool),
    /// «190,50», from the spelling of databases.
    Number(String),
    /// What a code means.
    Meaning(Text),
}

impl Said {
    /// A value of a kind; what is not of its kind is said as it stands.
    pub fn of(data: DataType, text: &str) -> Self {
        let read = match data {
            DataType::Date => written::day(text).map(Self::Day),
            DataType::Timestamp => text.trim().parse().ok().map(Self::Moment),
            DataType::Boolean => written::answer(text).map(Self::Answer),
            DataType::Number => written::decimal(Lang::En, text).map(Self::Number),
            DataType::Text | DataType::Integer => None,
        };
        read.unwrap_or_else(|| Self::Words(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use habeas_core::law::map::DataType;
    use jiff::civil::date;

    use super::Said;

    #[test]
    fn a_day_is_a_day_in_every_spelling_and_the_rest_stays_as_it_stands() {
        for text in ["1990-12-31", "31.12.1990"] {
            assert_eq!(Said::of(DataType::Date, text), Said::Day(date(1990, 12, 31)));
        }
        assert_eq!(Said::of(DataType::Date, "0000-00-00"), Said::Words("0000-00-00".to_owned()));
        assert_eq!(Said::of(DataType::Text, "1990-12-31"), Said::Words("1990-12-31".to_owned()));
        assert_eq!(Said::of(DataType::Boolean, "1"), Said::Answer(true));
        assert_eq!(Said::of(DataType::Number, "190.50"), Said::Number("190.50".to_owned()));
        assert_eq!(Said::of(DataType::Number, "about 190"), Said::Words("about 190".to_owned()));
    }
}
