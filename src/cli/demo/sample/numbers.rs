//! Numbers that pass every check of form and belong to nobody.

use jiff::civil::Date;

/// A Norwegian national number in the form of the tax administration's synthetic population: the month plus 80.
///
/// Eleven digits with both control digits right. No living person has a month above 12, so it can never be somebody's.
/// `serial` tells people born on the same day apart.
pub(super) fn national_number(born: Date, woman: bool, serial: u32) -> String {
    let century = if born.year() < 2000 { 0 } else { 500 };
    let date = format!("{:02}{:02}{:02}", born.day(), born.month() + 80, born.year().rem_euclid(100));
    (0..250)
        .find_map(|step| {
            // The third digit of the individual number is even for women, odd for men.
            let individual = century + ((serial * 20 + step) * 2) % 500 + u32::from(!woman);
            with_controls(&format!("{date}{individual:03}"))
        })
        .unwrap_or_default()
}

/// Nine digits and their two control digits; `None` where the scheme has no control digit for them.
fn with_controls(nine: &str) -> Option<String> {
    let first = modulus_11(nine, &[3, 7, 6, 1, 8, 9, 4, 5, 2])?;
    let ten = format!("{nine}{first}");
    let second = modulus_11(&ten, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2])?;
    Some(format!("{ten}{second}"))
}

/// A bank account: eleven digits, the control digit right, the bank's register number 0000, which no bank has.
pub(super) fn account_number(row: u32) -> String {
    // Ten numbers a row: one in eleven has no control digit. The factor only spreads them.
    (row * 10..row * 10 + 10)
        .find_map(|serial| {
            let ten = format!("0000{:06}", u64::from(serial) * 104_729 % 1_000_000);
            modulus_11(&ten, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]).map(|control| format!("{ten}{control}"))
        })
        .unwrap_or_default()
}

/// A customer identification number for a payment (KID): digits and a modulus-10 control digit.
pub(super) fn kid(customer: u32, invoice: u32) -> String {
    let digits = format!("{customer:07}{invoice:07}");
    format!("{digits}{}", modulus_10(&digits))
}

/// The Luhn control digit.
pub(super) fn modulus_10(digits: &str) -> u32 {
    let sum: u32 = digits
        .chars()
        .rev()
        .filter_map(|digit| digit.to_digit(10))
        .zip([2, 1].into_iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .map(|product| product / 10 + product % 10)
        .sum();
    (10 - sum % 10) % 10
}

/// The weighted modulus-11 control digit; `None` where it would be ten.
fn modulus_11(digits: &str, weights: &[u32]) -> Option<u32> {
    let sum: u32 = digits.chars().filter_map(|digit| digit.to_digit(10)).zip(weights).map(|(digit, weight)| digit * weight).sum();
    let control = (11 - sum % 11) % 11;
    (control < 10).then_some(control)
}

#[cfg(test)]
pub(super) mod tests {
    use jiff::civil::date;

    use super::{account_number, kid, modulus_10, national_number, with_controls};

    /// Whether an eleven-digit number is right and synthetic.
    pub(in super::super) fn is_synthetic(number: &str) -> bool {
        number.len() == 11
            && with_controls(&number[..9]).as_deref() == Some(number)
            && (81..=92).contains(&number[2..4].parse().unwrap_or(0))
    }

    #[test]
    fn the_scheme_agrees_with_a_published_test_number() {
        // The synthetic number that the Norwegian welfare administration's validator shows as valid.
        assert!(is_synthetic("10915596784"));
        assert!(!is_synthetic("10915596785"));
    }

    #[test]
    fn national_numbers_are_right_and_tell_the_sexes_apart() {
        for (born, serial) in [(date(1945, 1, 1), 0), (date(1999, 12, 31), 3), (date(2000, 2, 29), 0), (date(2004, 6, 7), 24)] {
            for woman in [true, false] {
                let number = national_number(born, woman, serial);
                assert!(is_synthetic(&number), "{number}");
                let sex: u32 = number[8..9].parse().unwrap();
                assert_eq!(sex.is_multiple_of(2), woman, "{number}");
            }
        }
        assert_ne!(national_number(date(1970, 1, 1), true, 0), national_number(date(1970, 1, 1), true, 1));
    }

    #[test]
    fn control_digits_are_right() {
        assert_eq!(modulus_10("7992739871"), 3);
        assert_eq!(kid(100_001, 200_004).len(), 15);
        let accounts: std::collections::BTreeSet<_> = (1..=2000).map(account_number).collect();
        assert_eq!(accounts.len(), 2000);
        assert!(accounts.iter().all(|account| account.len() == 11 && account.starts_with("0000")));
    }
}
