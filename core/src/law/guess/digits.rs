//! Numbers that prove themselves by check digits. Each function says whether a text is such a number; none of them keeps it.

use crate::law::document::mrz::check_digit;

/// Norwegian national identity number: a day, and two check digits modulo 11. D-numbers (day + 40) count; synthetic ones
/// (month + 40 or + 80, as the tax authority's test population has) too.
pub fn is_fodselsnummer(text: &str) -> bool {
    let Some(digits) = digits(text, 11) else { return false };
    let at = |place: usize| digits.get(place).copied().unwrap_or_default();
    let pair = |place: usize| at(place) * 10 + at(place + 1);
    let (day, month) = (pair(0), pair(2));
    let day = if day > 40 { day - 40 } else { day };
    let month = [80, 40, 0].into_iter().find(|added| month > *added).map_or(0, |added| month - added);
    let sum = |weights: &[u32]| weights.iter().zip(&digits).map(|(weight, digit)| weight * digit).sum::<u32>();
    (1..=31).contains(&day)
        && (1..=12).contains(&month)
        && sum(&[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 == 0
        && sum(&[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0
}

/// Dutch citizen service number: nine digits that pass the eleven test with a last weight of −1.
pub fn is_bsn(text: &str) -> bool {
    let Some(digits) = digits(text, 9).or_else(|| digits(&format!("0{text}"), 9)) else { return false };
    let weighed: u32 = digits.iter().zip((2..=9).rev()).map(|(digit, weight)| digit * weight).sum();
    let last = digits.last().copied().unwrap_or_default();
    weighed > 0 && weighed % 11 == last % 11 && last < 10
}

/// International bank account number: two letters of a country, modulo 97 (ISO 13616).
pub fn is_iban(text: &str) -> bool {
    let text: String = text.chars().filter(|sign| *sign != ' ').collect();
    let country = text.get(..2).is_some_and(|country| country.chars().all(|letter| letter.is_ascii_uppercase()));
    let plain = text.chars().all(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit());
    if !country || !plain || !(15..=34).contains(&text.len()) || text.get(2..4).is_none_or(|check| check.parse::<u8>().is_err()) {
        return false;
    }
    let moved = text.chars().cycle().skip(4).take(text.len());
    let rest = moved.filter_map(|sign| sign.to_digit(36)).fold(0, |rest, value| (rest * if value > 9 { 100 } else { 10 } + value) % 97);
    rest == 1
}

/// Payment card number: 13 to 19 digits of a known network, Luhn's check digit.
pub fn is_card(text: &str) -> bool {
    let text: String = text.chars().filter(|sign| !matches!(sign, ' ' | '-')).collect();
    let network = ["4", "51", "52", "53", "54", "55", "22", "23", "24", "25", "26", "27", "34", "37", "6"];
    if !(13..=19).contains(&text.len()) || !network.iter().any(|begin| text.starts_with(begin)) {
        return false;
    }
    let Some(digits) = digits(&text, text.len()) else { return false };
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match digit * (1 + u32::from(place % 2 == 1)) {
            doubled if doubled > 9 => doubled - 9,
            doubled => doubled,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// The second line of a passport's machine readable zone, alone or after the first: its check digits (ICAO 9303).
pub fn is_mrz(text: &str) -> bool {
    let line = text.trim().lines().last().unwrap_or_default().trim();
    let line = if line.len() == 88 { line.get(44..).unwrap_or_default() } else { line };
    let part = |from: usize, to: usize| line.get(from..to).unwrap_or_default();
    let checks = |from: usize, to: usize| part(to, to + 1) == check_digit(part(from, to));
    line.len() == 44 && line.is_ascii() && checks(0, 9) && checks(13, 19) && checks(21, 27)
}

/// Exactly so many digits, blanks around left out.
fn digits(text: &str, length: usize) -> Option<Vec<u32>> {
    let digits: Vec<u32> = text.trim().chars().map(|sign| sign.to_digit(10)).collect::<Option<_>>()?;
    (digits.len() == length).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::{is_bsn, is_card, is_fodselsnummer, is_iban, is_mrz};

    type Test = fn(&str) -> bool;

    /// Published test numbers; none belongs to anybody.
    const GOOD: [(Test, &[&str]); 5] = [
        (is_fodselsnummer, &["13116900216", "01010750160", "17912099997", "29822099635", "05840399895"]),
        (is_bsn, &["111222333", "123456782", "999990019"]),
        (is_iban, &["NO93 8601 1117 947", "NL91ABNA0417164300", "GB82WEST12345698765432", "DE89370400440532013000"]),
        (is_card, &["4111111111111111", "5500 0000 0000 0004", "3400-000000-00009"]),
        (
            is_mrz,
            &[
                "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
                "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
            ],
        ),
    ];

    #[test]
    fn published_test_numbers_pass_and_any_changed_digit_does_not() {
        for (test, numbers) in GOOD {
            for number in numbers {
                assert!(test(number), "{number}");
                let first = number.lines().last().unwrap().chars().find(char::is_ascii_digit).unwrap();
                let at = number.rfind('\n').map_or(0, |at| at + 1) + number.lines().last().unwrap().find(first).unwrap();
                let mut changed = (*number).to_owned();
                let other = char::from_digit((first.to_digit(10).unwrap() + 1) % 10, 10).unwrap();
                changed.replace_range(at..=at, &other.to_string());
                assert!(!test(&changed), "{changed}");
            }
        }
    }

    #[test]
    fn what_is_no_such_number_is_none() {
        for (test, _) in GOOD {
            for text in
                ["", " ", "0", "abc", "00000000000", "000000000", "kari@example.no", "é", "12345678901234567890123456789012345678901234"]
            {
                assert!(!test(text), "{text}");
            }
        }
    }
}
