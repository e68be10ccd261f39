//! What the fields of a record that stays say once they are erased: what was approved, what is written, and what is read back.

use std::collections::BTreeMap;

use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::law::{
    map::Field,
    mask::{Secrets, Strategy},
    record::{Record, Value},
};

/// What an erased field says afterwards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Says {
    /// Nothing, or the plainest value that its column takes.
    Blank,
    /// Exactly this.
    Masked {
        /// How it was made.
        by: Strategy,
        /// What it says.
        value: Value,
    },
}

impl Says {
    /// What a field of a record says once it is erased.
    pub fn of(field: &Field, record: &Record, secrets: &Secrets) -> Self {
        let mask = field.mask.as_ref();
        let masked = mask.and_then(|mask| Some((mask.strategy()?, mask.value(record, &field.name, secrets)?)));
        masked.map_or(Self::Blank, |(by, value)| Self::Masked { by, value })
    }

    /// Whether a value is what an erasure left here, however the database spells it.
    pub fn is_said_by(&self, value: &Value) -> bool {
        match self {
            Self::Blank => value.is_blank(),
            Self::Masked { value: masked, .. } => !matches!(value, Value::Unreadable(_)) && spelled(value) == spelled(masked),
        }
    }

    /// What it says, without saying it: `‹empty›`, `‹hash›`.
    pub fn outline(&self) -> String {
        self.strategy().map_or_else(|| "‹empty›".to_owned(), |strategy| format!("‹{}›", strategy.name()))
    }

    /// How it was made; `None`: it is blank.
    pub const fn strategy(&self) -> Option<Strategy> {
        match self {
            Self::Blank => None,
            Self::Masked { by, .. } => Some(*by),
        }
    }
}

/// A value in one spelling: a column of a fixed length fills up with blanks, one of a fixed scale with zeros, and every database writes
/// a moment in its own way. What says no zone is in UTC.
pub fn spelled(value: &Value) -> String {
    let text = value.to_text();
    let text = text.trim_end();
    let civil = || TimeZone::UTC.to_timestamp(text.parse().ok()?).ok();
    if let Some(moment) = text.parse::<Timestamp>().ok().or_else(civil).filter(|_| text.contains(':')) {
        return moment.to_string();
    }
    match text.split_once('.') {
        Some((whole, part)) if whole.trim_start_matches('-').bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit()) => {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        _ => text.to_owned(),
    }
}

/// Fields by name, and what each says afterwards.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Fields(BTreeMap<String, Says>);

/// A plan that masks nothing is written as it was before there were masks, so that its hash stays what was approved.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Emptied(Vec<String>),
    Saying(BTreeMap<String, Says>),
}

impl From<Written> for Fields {
    fn from(written: Written) -> Self {
        match written {
            Written::Emptied(names) => names.into_iter().map(|name| (name, Says::Blank)).collect(),
            Written::Saying(fields) => Self(fields),
        }
    }
}

impl From<Fields> for Written {
    fn from(fields: Fields) -> Self {
        if fields.0.values().all(|says| *says == Says::Blank) {
            Self::Emptied(fields.0.into_keys().collect())
        } else {
            Self::Saying(fields.0)
        }
    }
}

impl FromIterator<(String, Says)> for Fields {
    fn from_iter<I: IntoIterator<Item = (String, Says)>>(fields: I) -> Self {
        Self(fields.into_iter().collect())
    }
}

impl Fields {
    /// Names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Names and what they say.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Says)> {
        self.0.iter().map(|(name, says)| (name.as_str(), says))
    }

    /// What they say, without saying it.
    pub fn outline(&self) -> String {
        self.iter().map(|(name, says)| format!("{name} {}", says.outline())).collect::<Vec<_>>().join(", ")
    }

    /// What one field says.
    pub fn get(&self, name: &str) -> Option<&Says> {
        self.0.get(name)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{Fields, Says};
    use crate::law::{mask::Strategy, record::Value};

    fn masked(value: Value) -> Says {
        Says::Masked { by: Strategy::Hmac, value }
    }

    #[test]
    fn a_plan_without_masks_is_written_as_it_always_was() {
        let old = r#"["email","name"]"#;
        let fields: Fields = serde_json::from_str(old).unwrap();
        assert_eq!(fields.names().collect::<Vec<_>>(), ["email", "name"]);
        assert_eq!(serde_json::to_string(&fields).unwrap(), old);
        let fields: Fields =
            [("email".to_owned(), masked(Value::Text("a1".to_owned()))), ("name".to_owned(), Says::Blank)].into_iter().collect();
        let new = serde_json::to_string(&fields).unwrap();
        assert_eq!(new, r#"{"email":{"masked":{"by":"hmac","value":{"text":"a1"}}},"name":"blank"}"#);
        assert_eq!(serde_json::from_str::<Fields>(&new).unwrap(), fields);
    }

    #[test]
    fn a_masked_value_is_known_again_however_it_is_spelled() {
        let text = masked(Value::Text("a1b2".to_owned()));
        assert!(text.is_said_by(&Value::Text("a1b2  ".to_owned())), "a column of a fixed length");
        assert!(!text.is_said_by(&Value::Text("kari@example.no".to_owned())) && !text.is_said_by(&Value::Null));
        let number = masked(Value::Integer(12));
        assert!(number.is_said_by(&Value::Text("12.00".to_owned())) && number.is_said_by(&Value::Real(12.0)));
        assert!(!number.is_said_by(&Value::Integer(13)) && !number.is_said_by(&Value::Unreadable("12".to_owned())));
        let moment = masked(Value::Text("2000-01-01T10:00:00Z".to_owned()));
        for spelled in ["2000-01-01 10:00:00+00", "2000-01-01 10:00:00", "2000-01-01T11:00:00+01:00"] {
            assert!(moment.is_said_by(&Value::Text(spelled.to_owned())), "{spelled}");
        }
        assert!(!moment.is_said_by(&Value::Text("2000-01-01 10:00:01".to_owned())));
        assert!(Says::Blank.is_said_by(&Value::Null) && !Says::Blank.is_said_by(&Value::Text("Kari".to_owned())));
    }
}
