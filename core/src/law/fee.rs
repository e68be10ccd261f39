//! When a further copy may cost something (Art. 15(3), 12(5)). The first is free, and so is every copy of other data or after a year.

use std::fmt;

use jiff::{ToSpan as _, civil::Date};
use serde::{Deserialize, Serialize};

/// What a further copy costs at most: what making it costs (Art. 15(3)). A currency and an amount, `NOK 150` or `EUR 12.50`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fee(String);

/// Not a fee.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no fee: write a currency of three letters and an amount above zero, such as `NOK 150` or `EUR 12.50`")]
pub struct NoFee(String);

impl Fee {
    /// Reads a currency (ISO 4217) and an amount with no or two decimals.
    pub fn parse(text: &str) -> Result<Self, NoFee> {
        let wrong = || NoFee(text.to_owned());
        let (currency, amount) = text.split_once(' ').ok_or_else(wrong)?;
        let (whole, decimals) = amount.split_once('.').unwrap_or((amount, "00"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let is_currency = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_amount = digits(whole) && whole.len() <= 6 && digits(decimals) && decimals.len() == 2;
        let is_nothing = amount.bytes().all(|byte| matches!(byte, b'0' | b'.'));
        if is_currency && is_amount && !is_nothing { Ok(Self(text.to_owned())) } else { Err(wrong()) }
    }
}

impl TryFrom<String> for Fee {
    type Error = NoFee;

    fn try_from(text: String) -> Result<Self, NoFee> {
        Self::parse(&text)
    }
}

impl From<Fee> for String {
    fn from(fee: Fee) -> Self {
        fee.0
    }
}

impl fmt::Display for Fee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A copy that a person has asked for and got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// When the request arrived.
    pub received_on: Date,
    /// `system.collection` kinds; `None`: all of them.
    pub kinds: Option<Vec<String>>,
}

impl Copy {
    fn holds(&self, asked: Option<&[String]>) -> bool {
        self.kinds.as_ref().is_none_or(|given| asked.is_some_and(|asked| asked.iter().all(|kind| given.contains(kind))))
    }
}

/// The newest earlier copy, of less than a year before, that held everything that is asked for again; without one the copy is free.
/// A request a year after the last is never excessive, nor is one for something else.
pub fn repeated(asked: Option<&[String]>, received_on: Date, earlier: impl IntoIterator<Item = Copy>) -> Option<Copy> {
    let within = |copy: &Copy| copy.received_on.checked_add(1.year()).is_ok_and(|free_from| received_on < free_from);
    earlier.into_iter().filter(|copy| within(copy) && copy.holds(asked)).max_by_key(|copy| copy.received_on)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Copy, Fee, repeated};

    #[test]
    fn a_fee_is_a_currency_and_an_amount() {
        for good in ["NOK 150", "EUR 12.50", "EUR 0.50"] {
            assert_eq!(Fee::parse(good).unwrap().to_string(), good);
        }
        for bad in ["", "150", "NOK", "nok 150", "NOK 0", "NOK 0.00", "NOK -1", "NOK 1.5", "NOK 1,50", "NOK  1", "NOK 1234567", "NOK ١"] {
            Fee::parse(bad).unwrap_err();
        }
    }

    #[test]
    fn only_the_same_data_within_a_year_is_a_further_copy() {
        let kinds = |names: &[&str]| Some(names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>());
        let copy = |received_on, kinds| Copy { received_on, kinds };
        let (march, april) = (date(2026, 3, 14), date(2026, 4, 1));
        let table = [
            ("nothing before", None, march, vec![], None),
            ("all again", None, date(2027, 3, 13), vec![copy(march, None)], Some(march)),
            ("a year later", None, date(2027, 3, 14), vec![copy(march, None)], None),
            ("a part of all", kinds(&["shop.orders"]), april, vec![copy(march, None)], Some(march)),
            ("all after a part", None, april, vec![copy(march, kinds(&["shop.orders"]))], None),
            ("another part", kinds(&["shop.orders"]), april, vec![copy(march, kinds(&["shop.customers"]))], None),
            ("the newest", None, date(2026, 5, 1), vec![copy(april, None), copy(march, None)], Some(april)),
            ("after 29 February", None, date(2029, 2, 28), vec![copy(date(2028, 2, 29), None)], None),
        ];
        for (name, asked, received_on, earlier, expected) in table {
            assert_eq!(repeated(asked.as_deref(), received_on, earlier).map(|copy| copy.received_on), expected, "{name}");
        }
    }
}
