//! What the fields of a record that stays say once they are erased: what was approved, what is written, and what is read back.

use std::collections::BTreeMap;

use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::law::{mask::Strategy, record::Value};

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
    /// Whether a value is what an erasure left here, however the database spells it.
    pub fn is_said_by(&self, value: &Value) -> bool {
        let Self::Masked { value: masked, .. } = self else { return value.is_blank() };
        // A column of a fixed length fills up with blanks, one of a fixed scale with zeros.
        let number = |value: &Value| value.to_text().trim().parse::<f64>().ok();
        match (value, masked) {
            (Value::Unreadable(_), _) => false,
            (_, Value::Text(text)) => {
                let found = value.to_text();
                found.trim_end() == text.trim_end() || (moment(text).is_some() && moment(&found) == moment(text))
            }
            _ => value == masked || (number(masked).is_some() && number(value) == number(masked)),
        }
    }

    /// How it was made; `None`: it is blank.
    pub const fn strategy(&self) -> Option<Strategy> {
        match self {
            Self::Blank => None,
            Self::Masked { by, .. } => Some(*by),
        }
    }
}

/// A moment; what says no zone is in UTC.
fn moment(text: &str) -> Option<Timestamp> {
    let civil = || TimeZone::UTC.to_timestamp(text.parse().ok()?).ok();
    text.parse().ok().or_else(civil)
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
