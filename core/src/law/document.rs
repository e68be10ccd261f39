//! The last resort of showing who one is: a shielded identity document that somebody looks at (EDPB 01/2022 §74–79). What kinds there
//! are, what stands in the log of a check, and what a machine could read in a picture although it should have been covered.
//!
//! A picture proves nothing by itself, however well its numbers add up: only the officer who looked at it makes it a proof.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::guess::digits::{is_bsn, is_fodselsnummer};

pub mod mrz;

/// How long a picture is kept at most when nobody decides about it.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// How many pictures one case takes.
pub const MOST: usize = 5;

/// What kind of document it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A passport.
    Passport,
    /// A national identity card.
    IdentityCard,
    /// A driving licence.
    DrivingLicence,
    /// A residence permit.
    ResidencePermit,
    /// Another one.
    Other,
}

impl Kind {
    /// Every kind, as they are offered.
    pub const ALL: [Self; 5] = [Self::Passport, Self::IdentityCard, Self::DrivingLicence, Self::ResidencePermit, Self::Other];

    /// Its word in forms, texts and the log.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Passport => "passport",
            Self::IdentityCard => "identity-card",
            Self::DrivingLicence => "driving-licence",
            Self::ResidencePermit => "residence-permit",
            Self::Other => "other",
        }
    }

    /// Reads its word.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// All that is kept of a check, beside who made it and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What was looked at.
    pub kind: Kind,
    /// Who issued it: two or three letters.
    pub country: String,
}

impl Checked {
    /// The field of a form that names the kind.
    pub const KIND: &'static str = "document-kind";
    /// The field of a form that names the country.
    pub const COUNTRY: &'static str = "document-country";

    /// Reads it from a form's fields. An error is the field that is missing or wrong; nothing in either is nothing.
    pub fn of(fields: &BTreeMap<String, String>) -> Result<Option<Self>, &'static str> {
        let [kind, country] = [Self::KIND, Self::COUNTRY].map(|name| fields.get(name).map_or("", |value| value.trim()));
        if kind.is_empty() && country.is_empty() {
            return Ok(None);
        }
        let kind = Kind::from_name(kind).ok_or(Self::KIND)?;
        let letters = (2..=3).contains(&country.len()) && country.bytes().all(|letter| letter.is_ascii_alphabetic());
        if letters { Ok(Some(Self { kind, country: country.to_ascii_uppercase() })) } else { Err(Self::COUNTRY) }
    }
}

/// What a machine made of a picture, for whoever looks at it: a hint, and never a proof.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sight {
    /// How many places we have covered ourselves.
    pub covered: usize,
    /// What the machine readable zone said, where one could be read.
    pub zone: Option<Claimed>,
}

/// What a machine readable zone said of its document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claimed {
    /// What kind.
    pub kind: Kind,
    /// Who issued it.
    pub issuer: String,
    /// Its check digits agree. Anybody can make up a zone whose digits do.
    pub agrees: bool,
}

/// A rectangle of a picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// From the left.
    pub left: u32,
    /// From the top.
    pub top: u32,
    /// How wide.
    pub width: u32,
    /// How high.
    pub height: u32,
}

impl Area {
    /// The smallest one around both.
    fn around(self, other: Self) -> Self {
        let (left, top) = (self.left.min(other.left), self.top.min(other.top));
        let right = self.left.saturating_add(self.width).max(other.left.saturating_add(other.width));
        let bottom = self.top.saturating_add(self.height).max(other.top.saturating_add(other.height));
        Self { left, top, width: right - left, height: bottom - top }
    }
}

/// A word that a machine has read, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Which line it is in; words of one line follow each other.
    pub line: u32,
    /// What it says.
    pub text: String,
    /// Where.
    pub area: Area,
}

/// What must not be legible in a picture, and what the machine readable zone said before it is covered.
pub fn to_cover(words: &[Word]) -> (Vec<Area>, Option<Claimed>) {
    let lines: Vec<&[Word]> = words.chunk_by(|one, next| one.line == next.line).collect();
    let text = |line: &[Word]| line.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    let plain: Vec<String> = lines.iter().map(|line| mrz::plain(&text(line))).collect();
    let zone = mrz::read(&plain).map(|zone| Claimed { kind: zone.kind, issuer: zone.issuer, agrees: zone.agrees });
    let mut areas = Vec::new();
    for line in lines {
        if mrz::is_like(&text(line)) {
            areas.extend(line.iter().map(|word| word.area).reduce(Area::around));
        } else {
            areas.extend(numbers(line));
        }
    }
    (areas, zone)
}

/// National numbers in a line, also where they stand in several words.
fn numbers(line: &[Word]) -> Vec<Area> {
    let covered = |run: Vec<(usize, char)>| {
        let found = |length, is_number: fn(&str) -> bool| {
            let says = |window: &&[(usize, char)]| is_number(&window.iter().map(|(_, digit)| digit).collect::<String>());
            run.windows(length).filter(says).flatten().filter_map(|(word, _)| line.get(*word)).map(|word| word.area).reduce(Area::around)
        };
        found(11, is_fodselsnummer).or_else(|| found(9, is_bsn))
    };
    runs(line).into_iter().filter_map(covered).collect()
}

/// Digits that follow each other in a line, each with the word it stands in. A blank, a point or a dash does not part them; letters that
/// readers take digits for count where a digit stands beside them.
fn runs(line: &[Word]) -> Vec<Vec<(usize, char)>> {
    let (mut runs, mut run) = (Vec::new(), Vec::new());
    for (at, word) in line.iter().enumerate() {
        let is_number = word.text.chars().filter(char::is_ascii_digit).count() * 3 >= word.text.chars().count();
        for sign in word.text.chars() {
            let digit = match sign {
                'O' | 'o' if is_number => '0',
                'I' | 'l' | '|' if is_number => '1',
                other => other,
            };
            match digit {
                '0'..='9' => run.push((at, digit)),
                '.' | '-' | ' ' | ':' | '/' => {}
                _ => runs.push(std::mem::take(&mut run)),
            }
        }
    }
    runs.push(run);
    runs
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Area, Checked, Claimed, Kind, Word, to_cover};

    /// Words of lines, each ten pixels wide for every sign, lines twenty pixels apart.
    fn words(lines: &[&str]) -> Vec<Word> {
        let line = |(at, line): (u32, &&str)| {
            let mut left = 0;
            line.split(' ')
                .map(|text| {
                    let width = 10 * u32::try_from(text.chars().count()).unwrap();
                    let area = Area { left, top: 20 * at, width, height: 12 };
                    left += width + 10;
                    Word { line: at, text: text.to_owned(), area }
                })
                .collect::<Vec<_>>()
        };
        (0..).zip(lines).flat_map(line).collect()
    }

    #[test]
    fn a_zone_is_covered_line_by_line_and_told_before() {
        let (areas, zone) = to_cover(&words(&[
            "KONGERIKET NORGE",
            "P<NORNORDMANN<<KARI<<<<<<<<<<<<<<<<<<<<<<<<<",
            "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
        ]));
        assert_eq!(areas.iter().map(|area| (area.top, area.width)).collect::<Vec<_>>(), [(20, 440), (40, 440)]);
        assert_eq!(zone, Some(Claimed { kind: Kind::Passport, issuer: "NOR".to_owned(), agrees: true }));
    }

    #[test]
    fn a_national_number_is_covered_in_whatever_words_it_stands() {
        for (line, left, width) in [
            ("Fødselsnummer 13116900216", 140, 110),
            ("Personnr. 131169 00216 M", 100, 120),
            ("BSN 111222333", 40, 90),
            ("BSN: 1112.22.333", 50, 110),
            ("nr 1112 2233 3", 30, 110),
            ("nr I3II69OO2I6", 30, 110),
        ] {
            let (areas, zone) = to_cover(&words(&["Navn KARI", line]));
            assert_eq!(areas, [Area { left, top: 20, width, height: 12 }], "{line}");
            assert_eq!(zone, None);
        }
        let (areas, _) = to_cover(&words(&["NORDMANN KARI", "01.02.1990 OSLO", "Utstedt 12.04.2019 POLITIET", "00000000000"]));
        assert_eq!(areas, [], "a name, a day and a number that is none stay");
    }

    #[test]
    fn what_is_kept_of_a_check_is_a_kind_and_a_country() {
        let of = |kind: &str, country: &str| {
            let fields = [(Checked::KIND, kind), (Checked::COUNTRY, country)].map(|(name, value)| (name.to_owned(), value.to_owned()));
            Checked::of(&BTreeMap::from(fields))
        };
        assert_eq!(of("passport", " nl "), Ok(Some(Checked { kind: Kind::Passport, country: "NL".to_owned() })));
        assert_eq!(of("", ""), Ok(None));
        assert_eq!(of("passeport", "NL"), Err(Checked::KIND));
        for country in ["", "N", "NORW", "N1", "Kari Nordmann"] {
            assert_eq!(of("passport", country), Err(Checked::COUNTRY), "nothing personal fits in there: {country}");
        }
    }
}
