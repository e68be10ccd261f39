//! The machine readable zone of an identity document (ICAO 9303, parts 4 to 6): its three formats and their check digits. The check
//! digits are public arithmetic: that they agree says that a zone was read without a mistake, and nothing about who holds the document.

use super::Kind;

/// A zone, as far as the picture of a document may be judged by it. What it says of a person is looked at and not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// What kind of document says so of itself.
    pub kind: Kind,
    /// Who issued it, in ICAO's letters (`NLD`, `D`).
    pub issuer: String,
    /// Whether every check digit is what it should be.
    pub agrees: bool,
}

/// A part of a line, from one sign up to another.
type Part = (usize, usize, usize);

/// What a format lays down: how many lines of how many signs, parts with the place of their check digit, what the last digit is over and
/// where it stands. A place is a line and a range or a sign in it.
struct Format {
    lines: usize,
    length: usize,
    checked: &'static [(Part, (usize, usize))],
    whole: &'static [Part],
    last: (usize, usize),
}

const FORMATS: [Format; 3] = [
    // TD1: cards.
    Format {
        lines: 3,
        length: 30,
        checked: &[((0, 5, 14), (0, 14)), ((1, 0, 6), (1, 6)), ((1, 8, 14), (1, 14))],
        whole: &[(0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29)],
        last: (1, 29),
    },
    // TD2: older cards.
    Format {
        lines: 2,
        length: 36,
        checked: &[((1, 0, 9), (1, 9)), ((1, 13, 19), (1, 19)), ((1, 21, 27), (1, 27))],
        whole: &[(1, 0, 10), (1, 13, 20), (1, 21, 35)],
        last: (1, 35),
    },
    // TD3: passports.
    Format {
        lines: 2,
        length: 44,
        checked: &[((1, 0, 9), (1, 9)), ((1, 13, 19), (1, 19)), ((1, 21, 27), (1, 27)), ((1, 28, 42), (1, 42))],
        whole: &[(1, 0, 10), (1, 13, 20), (1, 21, 43)],
        last: (1, 43),
    },
];

/// The first whole zone among lines that follow each other.
pub fn read(lines: &[String]) -> Option<Zone> {
    (0..lines.len()).find_map(|from| FORMATS.iter().find_map(|format| format.read(lines.get(from..from + format.lines)?)))
}

impl Format {
    fn read(&self, lines: &[String]) -> Option<Zone> {
        let first = lines.first()?;
        let fits = |line: &String| line.len() == self.length && line.bytes().all(is_sign);
        // Every kind begins with one of these letters, so that a line of an address is no zone.
        let kind = match first.get(..1)? {
            "P" => Kind::Passport,
            "A" | "C" | "I" => Kind::IdentityCard,
            _ => return None,
        };
        if !lines.iter().all(fits) {
            return None;
        }
        let part = |(line, from, to): Part| lines.get(line).and_then(|line| line.get(from..to)).unwrap_or_default();
        let digit = |(line, at): (usize, usize)| part((line, at, at + 1));
        let agrees = self.checked.iter().all(|(over, at)| {
            // An optional number that is not there may have a filler in the place of its digit.
            let absent = part(*over).bytes().all(|sign| sign == b'<') && digit(*at) == "<";
            absent || digit(*at) == check_digit(part(*over))
        });
        let whole: String = self.whole.iter().map(|over| part(*over)).collect();
        let issuer = part((0, 2, 5)).trim_end_matches('<').to_owned();
        Some(Zone { kind, issuer, agrees: agrees && digit(self.last) == check_digit(&whole) })
    }
}

/// Whether a sign may stand in a zone.
const fn is_sign(sign: u8) -> bool {
    sign.is_ascii_uppercase() || sign.is_ascii_digit() || sign == b'<'
}

/// A line of a picture as a zone would write it: what readers often take for fillers is one, and nothing stands between signs.
pub fn plain(line: &str) -> String {
    let signs = line.chars().filter(|sign| !sign.is_whitespace()).flat_map(|sign| match sign {
        '«' => ['<', '<'].into_iter().take(2),
        '‹' | '〈' | '＜' => ['<', '<'].into_iter().take(1),
        sign => [sign.to_ascii_uppercase(), '<'].into_iter().take(1),
    });
    signs.collect()
}

/// Whether a line looks like one of a zone, however badly it was read: it is long, made of the zone's signs, and has fillers.
pub fn is_like(line: &str) -> bool {
    let plain = plain(line);
    let (length, signs) = (plain.chars().count(), plain.bytes().filter(|sign| is_sign(*sign)).count());
    let fillers = plain.matches('<').count();
    let digits = plain.bytes().filter(u8::is_ascii_digit).count();
    length >= 18 && signs * 10 >= length * 9 && (fillers >= 3 || (length >= 26 && digits * 3 >= length && !line.trim().contains(' ')))
}

/// The check digit over a part: weights 7, 3 and 1, letters from A as 10, fillers as 0, modulo 10.
pub fn check_digit(part: &str) -> String {
    let value = |sign: char| if sign == '<' { Some(0) } else { sign.to_digit(36) };
    let sum: u32 = part.chars().zip([7, 3, 1].into_iter().cycle()).filter_map(|(sign, weight)| Some(value(sign)? * weight)).sum();
    (sum % 10).to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Zone, check_digit, is_like, plain, read};
    use crate::law::document::Kind;

    /// The specimens of ICAO 9303: of nobody, from Utopia.
    const TD3: [&str; 2] = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];
    const TD2: [&str; 2] = ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"];
    const TD1: [&str; 3] = ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"];

    fn lines(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn the_three_specimens_agree() {
        for (zone, kind) in [(&TD3[..], Kind::Passport), (&TD2, Kind::IdentityCard), (&TD1, Kind::IdentityCard)] {
            assert_eq!(read(&lines(zone)), Some(Zone { kind, issuer: "UTO".to_owned(), agrees: true }), "{zone:?}");
            let around = [&["Utopia"][..], zone, &["Signature"]].concat();
            assert!(read(&lines(&around)).is_some(), "among other lines");
        }
    }

    #[test]
    fn what_is_no_zone_is_none() {
        for none in [&[][..], &["P<UTO"], &TD3[..1], &["TD3", "TD3"], &[TD3[1], TD3[0]]] {
            assert_eq!(read(&lines(none)), None, "{none:?}");
        }
        let odd = [TD3[0].replace("ERIKSSON", "ERIKSSØN").replacen('<', "", 1), TD3[1].to_owned()];
        assert_eq!(read(&odd), None, "a letter of two bytes");
    }

    #[test]
    fn a_line_is_known_however_badly_it_was_read() {
        for line in [
            TD3[0],
            TD3[1],
            TD1[0],
            TD1[1],
            "P<UTOERIKSSON<<ANNA<MARIA<<<««««K<<",
            "L898902C36UTO7408122F1204159ZE184226B10",
            "p<utoeriksson<<anna<maria<<",
        ] {
            assert!(is_like(line), "{line}");
        }
        for line in ["", "Kongeriket Norge", "KONINKRIJK DER NEDERLANDEN", "12.04.2019", "Storgata 1, 0155 Oslo", "<<<", "A < B < C < D"] {
            assert!(!is_like(line), "{line}");
        }
        assert_eq!(plain("p‹uto «anna"), "P<UTO<<ANNA");
    }

    /// A passport's second line from its parts.
    fn second(number: &str, birth: &str, expiry: &str, personal: &str) -> String {
        let [n, b, e, p] = [number, birth, expiry, personal].map(check_digit);
        let line = format!("{number}{n}NLD{birth}{b}F{expiry}{e}{personal}{p}");
        let whole = format!("{number}{n}{birth}{b}{expiry}{e}{personal}{p}");
        format!("{line}{}", check_digit(&whole))
    }

    proptest! {
        #[test]
        fn a_zone_that_anybody_makes_up_agrees_and_one_changed_digit_does_not(
            number in "[A-Z0-9]{9}", birth in "[0-9]{6}", expiry in "[0-9]{6}", personal in "[0-9<]{14}", at in 0_usize..12, by in 1_u32..10,
        ) {
            let made = second(&number, &birth, &expiry, &personal);
            let first = "P<NLDDE<BRUIJN<<WILLEKE<LISELOTTE<<<<<<<<<<<".to_owned();
            prop_assert_eq!(read(&[first.clone(), made.clone()]), Some(Zone { kind: Kind::Passport, issuer: "NLD".into(), agrees: true }));
            // A digit of the day of birth or of the last day.
            let place = if at < 6 { 13 + at } else { 21 + at - 6 };
            let digit = made[place..=place].parse::<u32>().unwrap();
            let mut other = made;
            other.replace_range(place..=place, &((digit + by) % 10).to_string());
            prop_assert!(!read(&[first, other]).unwrap().agrees);
        }

        #[test]
        fn no_text_is_too_odd_to_read(words in proptest::collection::vec("\\PC{0,60}", 0..6)) {
            let plain: Vec<String> = words.iter().map(|line| plain(line)).collect();
            let _ = (read(&words), read(&plain), words.iter().filter(|line| is_like(line)).count());
        }
    }
}
