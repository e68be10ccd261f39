//! JSON as it comes, strictly: no key twice, no depth without end, no number that JSON does not have. And its values as ours.

use std::fmt;

use habeas_core::law::record::Value;
use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value as Json};

use crate::connector::Cause;

/// Arrays in objects in arrays: deeper than anybody means it.
const DEPTH: usize = 64;
/// Above it, not every whole number has a floating one of its own (2⁵³).
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads an answer whole.
pub(super) fn parse(bytes: &[u8]) -> Result<Json, Cause> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let json = Strict(DEPTH).deserialize(&mut reader).and_then(|json| reader.end().map(|()| json));
    // What is wrong is not repeated: it may quote somebody.
    json.map_err(|_| Cause::NotJson("it is not JSON, or it has a key twice, or it is nested too deep"))
}

/// A value of a record. What JSON can hold and we cannot is said.
pub(super) fn value(json: Option<&Json>) -> Value {
    match json {
        None | Some(Json::Null) => Value::Null,
        Some(Json::Bool(flag)) => Value::Integer(i64::from(*flag)),
        Some(Json::String(text)) => Value::Text(text.clone()),
        Some(Json::Number(number)) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(whole), ..) => Value::Integer(whole),
            (None, Some(whole), _) => Value::Text(whole.to_string()),
            (.., Some(real)) if real.abs() < EXACT => Value::Real(real),
            _ => Value::Unreadable("a number with too many digits".to_owned()),
        },
        Some(nested @ (Json::Array(_) | Json::Object(_))) => Value::Text(nested.to_string()),
    }
}

/// How many levels may still come.
struct Strict(usize);

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Strict {
    fn inner<E: Error>(&self) -> Result<Self, E> {
        self.0.checked_sub(1).map(Self).ok_or_else(|| E::custom("too deep"))
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Json, E> {
        Ok(Json::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(number.into())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Json, E> {
        serde_json::Number::from_f64(number).map(Json::Number).ok_or_else(|| E::custom("not a number"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::String(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self.inner()?)? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut pairs = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let value = map.next_value_seed(self.inner()?)?;
            if pairs.insert(key, value).is_some() {
                return Err(A::Error::custom("a key is there twice"));
            }
        }
        Ok(Json::Object(pairs))
    }
}

#[cfg(test)]
mod tests {
    use habeas_core::law::record::Value;

    use super::{DEPTH, parse, value};

    #[test]
    fn what_two_readers_could_read_differently_is_not_read() {
        for text in
            ["", "{", "NaN", "[Infinity]", "{\"a\":1,\"a\":2}", "{\"a\":{\"b\":1,\"\\u0062\":2}}", "1 2", "{'a':1}", "1e999", "\u{feff}{}"]
        {
            assert!(parse(text.as_bytes()).is_err(), "{text}");
        }
        assert!(parse(b"\"\xff\"").is_err());
        for depth in [DEPTH + 1, 100, 10_000_000] {
            assert!(parse("[".repeat(depth).as_bytes()).is_err());
            assert!(parse(format!("{}1{}", "[".repeat(depth), "]".repeat(depth)).as_bytes()).is_err(), "{depth}");
        }
        assert!(parse(format!("{}1{}", "[".repeat(DEPTH), "]".repeat(DEPTH)).as_bytes()).is_ok());
    }

    #[test]
    fn values_keep_what_they_say() {
        let json = parse(br#"[7, -1, 1.5, 9223372036854775808, 123456789012345678901234, true, "x", null, {"a":[1]}]"#).unwrap();
        let values: Vec<Value> = json.as_array().unwrap().iter().map(|json| value(Some(json))).collect();
        let text = |text: &str| Value::Text(text.to_owned());
        let long = Value::Unreadable("a number with too many digits".to_owned());
        let expected = [
            Value::Integer(7),
            Value::Integer(-1),
            Value::Real(1.5),
            text("9223372036854775808"),
            long,
            Value::Integer(1),
            text("x"),
            Value::Null,
            text("{\"a\":[1]}"),
        ];
        assert_eq!(values, expected);
    }
}
