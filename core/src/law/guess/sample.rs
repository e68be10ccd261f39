//! What a few values look like. They are looked at where they are and not kept: only counts leave this file.

use super::{Confidence, Kind, digits};
use crate::law::record::Value;

/// How many rows are looked at, at most.
pub const ROWS: usize = 200;

/// How many values looked like what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// Values that say something.
    pub filled: usize,
    /// Texts among them.
    texts: usize,
    counts: [usize; SIGNS.len()],
    /// Addresses that stand in small letters and without blanks around.
    normal: usize,
    images: usize,
    documents: usize,
    /// Days on which somebody who is alive may have been born, and those of them that are too long ago for most else.
    births: (usize, usize),
}

/// The place of the national number that holds a day and two check digits.
const DATED: usize = 3;

type Test = fn(&str) -> bool;

/// What a value can look like, the more telling first.
const SIGNS: [(Kind, Test); 10] = [
    (Kind::Email, is_email),
    (Kind::Passport, digits::is_mrz),
    (Kind::BankAccount, digits::is_iban),
    (Kind::NationalId, digits::is_fodselsnummer),
    (Kind::Card, digits::is_card),
    (Kind::Ip, is_ip),
    (Kind::NationalId, digits::is_bsn),
    (Kind::Phone, is_phone),
    (Kind::PostalCode, is_postal_code),
    (Kind::Name, is_name),
];

impl Seen {
    /// Looks at values.
    pub fn of<'a>(values: impl IntoIterator<Item = &'a Value>) -> Self {
        let mut seen = Self::default();
        for value in values {
            match value {
                Value::Null | Value::Unreadable(_) | Value::Real(_) | Value::List(_) | Value::Others => {}
                Value::Bytes(bytes) if bytes.is_empty() => {}
                Value::Bytes(bytes) => {
                    seen.filled += 1;
                    seen.images += usize::from(is_image(bytes));
                    seen.documents += usize::from(bytes.starts_with(b"%PDF-"));
                }
                Value::Integer(number) => seen.take(&number.to_string(), false),
                Value::Text(text) if text.trim().is_empty() => {}
                Value::Text(text) => seen.take(text, true),
            }
        }
        seen
    }

    fn take(&mut self, text: &str, is_text: bool) {
        self.filled += 1;
        self.texts += usize::from(is_text);
        if let Some(year) = year(text) {
            self.births.0 += usize::from((1910..=2020).contains(&year));
            self.births.1 += usize::from((1910..1985).contains(&year));
        }
        let found = SIGNS.iter().position(|(_, test)| test(text));
        if let Some(count) = found.and_then(|found| self.counts.get_mut(found)) {
            *count += 1;
        }
        self.normal += usize::from(found == Some(0) && text.trim() == text && text.to_lowercase() == text);
    }

    /// What the values are, if most of them look alike.
    pub fn guess(&self) -> Option<(Kind, Confidence)> {
        // Any PDF in a column of people's files may be a passport; most pictures in one are of somebody or of something of hers.
        if self.images + self.documents > 0 && (self.images + self.documents) * 2 > self.filled {
            return Some((if self.documents > 0 { Kind::Scan } else { Kind::Photo }, Confidence::Medium));
        }
        let (births, early) = self.births;
        if births >= 5 && births == self.filled && early * 100 >= births * 30 {
            return Some((Kind::BirthDate, Confidence::Medium));
        }
        let (at, count) = self.counts.iter().enumerate().max_by_key(|(at, count)| (**count, usize::MAX - at))?;
        let (kind, _) = SIGNS.get(at)?;
        let share = |percent: usize| *count * 100 >= self.filled * percent;
        // Nine digits pass the eleven test once in eleven times, a list of products holds a Rose: those need more than a few.
        let confidence = match (kind, at) {
            _ if *count == 0 => None,
            (Kind::Email | Kind::Passport | Kind::BankAccount | Kind::Ip, _) | (Kind::NationalId, DATED) if share(80) => {
                Some(Confidence::High)
            }
            (Kind::NationalId | Kind::Card, _) if share(95) && *count >= 5 => Some(Confidence::High),
            (Kind::Email | Kind::Passport | Kind::BankAccount, _) if share(30) => Some(Confidence::Medium),
            (Kind::Phone, _) if share(90) && self.texts == self.filled && *count >= 3 => Some(Confidence::Medium),
            (Kind::PostalCode, _) if share(90) && *count >= 3 => Some(Confidence::Medium),
            (Kind::Name, _) if share(40) && *count >= 3 => Some(Confidence::Medium),
            _ => None,
        };
        confidence.map(|confidence| (*kind, confidence))
    }

    /// Whether there are enough values to say that they are not of a kind.
    pub fn contradicts(&self, kind: Kind) -> bool {
        matches!(kind, Kind::Email | Kind::Ip)
            && self.filled >= 5
            && !SIGNS.iter().zip(self.counts).any(|((sign, _), count)| *sign == kind && count > 0)
    }

    /// Whether every address stands in small letters and without blanks around.
    pub fn is_normal(&self) -> bool {
        self.filled > 0 && self.normal == self.filled
    }
}

fn is_email(text: &str) -> bool {
    let text = text.trim();
    let Some((name, host)) = text.split_once('@') else { return false };
    let plain = |sign: char| sign.is_alphanumeric() || matches!(sign, '.' | '-' | '_');
    let (host_name, end) = host.rsplit_once('.').unwrap_or_default();
    !name.is_empty()
        && text.len() <= 254
        && !name.chars().any(|sign| sign.is_whitespace() || matches!(sign, '<' | '>' | ',' | ';' | '/' | ':'))
        && !host_name.is_empty()
        && host.chars().all(plain)
        && end.len() > 1
        && end.chars().all(char::is_alphabetic)
}

/// Four numbers below 256, or up to eight groups of hexadecimal digits; not the address that stands for none.
fn is_ip(text: &str) -> bool {
    let text = text.trim();
    let old = text.split('.').map(|part| part.parse::<u8>().is_ok()).eq([true; 4]);
    let groups: Vec<&str> = text.split(':').collect();
    let hexadecimal = |group: &&str| group.len() <= 4 && group.chars().all(|sign| sign.is_ascii_hexdigit());
    let shortened = text.matches("::").count();
    let new = (3..=9).contains(&groups.len()) && groups.iter().all(hexadecimal) && (shortened == 1 || groups.len() == 8);
    (old || new) && text.chars().any(|sign| sign.is_ascii_hexdigit() && sign != '0')
}

/// The year of a day or moment as databases write it.
fn year(text: &str) -> Option<u16> {
    let day = text.trim().get(..10)?;
    day.parse::<jiff::civil::Date>().ok()?;
    day.get(..4)?.parse().ok()
}

/// With a country's prefix, or as Norwegians and Dutch write their own with blanks.
fn is_phone(text: &str) -> bool {
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = text.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '+' | ' ' | '-' | '(' | ')' | '.' | '/'));
    let called = text.starts_with('+') || text.starts_with("00") || text.starts_with("06") || text.starts_with('(');
    let grouped = digits == 8 && text.contains(' ') && text.starts_with(['2', '3', '4', '5', '6', '7', '9']);
    plain && (8..=15).contains(&digits) && (called || grouped) && !is_ip(text)
}

/// `1234 AB`: four digits alone could be anything.
fn is_postal_code(text: &str) -> bool {
    let sign: Vec<char> = text.trim().chars().filter(|sign| *sign != ' ').collect();
    let [digits @ .., one, two] = sign.as_slice() else { return false };
    digits.len() == 4
        && digits.first() != Some(&'0')
        && digits.iter().all(char::is_ascii_digit)
        && one.is_ascii_uppercase()
        && two.is_ascii_uppercase()
}

/// Begins, or after a comma goes on, with a name that many people have.
fn is_name(text: &str) -> bool {
    let words: Vec<String> = text.split([' ', ',']).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let letters = text.chars().all(|sign| sign.is_alphabetic() || matches!(sign, ' ' | '.' | '-' | '\'' | ','));
    let given = if text.contains(',') { words.last() } else { words.first() };
    letters && words.len() <= 5 && given.is_some_and(|given| GIVEN.contains(&given.split('-').next().unwrap_or_default()))
}

fn is_image(bytes: &[u8]) -> bool {
    [&b"\xff\xd8\xff"[..], b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\0", b"MM\0*", b"BM"].iter().any(|begin| bytes.starts_with(begin))
        || (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"))
}

/// Given names that were common among adults in Norway, the Netherlands and the English-speaking world.
const GIVEN: [&str; 166] = [
    "ahmed",
    "ali",
    "alice",
    "amanda",
    "anders",
    "andreas",
    "andrew",
    "anita",
    "anna",
    "anne",
    "annemarie",
    "anouk",
    "anthony",
    "arne",
    "ashley",
    "astrid",
    "barbara",
    "bas",
    "bente",
    "berit",
    "bjorg",
    "bjorn",
    "bjørn",
    "brian",
    "carol",
    "charles",
    "christopher",
    "cornelia",
    "cornelis",
    "daan",
    "daniel",
    "david",
    "deborah",
    "dirk",
    "donald",
    "donna",
    "edward",
    "elisabeth",
    "elizabeth",
    "emily",
    "erik",
    "espen",
    "esther",
    "eva",
    "even",
    "fatima",
    "femke",
    "frank",
    "fredrik",
    "geir",
    "george",
    "gerrit",
    "hanne",
    "hans",
    "heidi",
    "helen",
    "hendrik",
    "hendrika",
    "henk",
    "hilde",
    "ida",
    "ingeborg",
    "inger",
    "ingrid",
    "jacob",
    "jacobus",
    "james",
    "jan",
    "jane",
    "jason",
    "jeffrey",
    "jennifer",
    "jeroen",
    "jessica",
    "johanna",
    "johannes",
    "john",
    "jon",
    "joost",
    "joseph",
    "joshua",
    "julia",
    "karen",
    "kari",
    "kees",
    "kenneth",
    "kevin",
    "kjell",
    "knut",
    "kristin",
    "lars",
    "laura",
    "linda",
    "lisa",
    "liv",
    "lotte",
    "luis",
    "maarten",
    "magnus",
    "margaret",
    "maria",
    "marianne",
    "marieke",
    "marit",
    "mark",
    "marloes",
    "martin",
    "mary",
    "matthew",
    "melissa",
    "michael",
    "michelle",
    "mohammed",
    "monique",
    "morten",
    "nancy",
    "nils",
    "nina",
    "nora",
    "odd",
    "ola",
    "olav",
    "ole",
    "oyvind",
    "patricia",
    "paul",
    "per",
    "peter",
    "petronella",
    "petrus",
    "piet",
    "pieter",
    "ragnhild",
    "randi",
    "richard",
    "robert",
    "ronald",
    "rune",
    "ruud",
    "ryan",
    "sander",
    "sandra",
    "sanne",
    "sarah",
    "saskia",
    "silje",
    "solveig",
    "stephanie",
    "steven",
    "susan",
    "svein",
    "sven",
    "terje",
    "thomas",
    "timothy",
    "tone",
    "tor",
    "tore",
    "tove",
    "trond",
    "wenche",
    "wilhelmina",
    "willem",
    "william",
    "wouter",
    "øyvind",
];
