//! The customers as people: who they are and where they live. A person is a function of the row number.

use jiff::{
    ToSpan as _,
    civil::{Date, date},
};

use super::{
    names::{FAMILIES, MEN, STREET_ENDINGS, STREETS, TOWNS, WOMEN, ascii},
    numbers,
    pick::{About, one_in, one_of},
};

/// The customer with ordinary data only.
pub(super) const KARI: u32 = 1;
/// The customer whose cancelled order was invoiced.
pub(super) const SOLVEIG: u32 = 2;
/// The customer who disputes an invoice.
pub(super) const JONAS: u32 = 3;

/// One customer.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) row: u32,
    pub(super) first_name: &'static str,
    pub(super) last_name: &'static str,
    pub(super) woman: bool,
    pub(super) born: Date,
}

impl Person {
    pub(super) fn of(row: u32) -> Self {
        let (first_name, last_name, woman) = match row {
            KARI => ("Kari", "Nordmann", true),
            SOLVEIG => ("Solveig", "Brekkestøl", true),
            JONAS => ("Jonas", "Aasmundtveit", false),
            _ => {
                let woman = one_in(2, row, About::Woman);
                let first_name = one_of(if woman { WOMEN } else { MEN }, row, About::FirstName);
                (first_name, one_of(FAMILIES, row, About::LastName), woman)
            }
        };
        Self { row, first_name, last_name, woman, born: born(row) }
    }

    pub(super) fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    /// `K-` and six digits.
    pub(super) fn customer_number(&self) -> String {
        format!("K-{}", 100_000 + self.row)
    }

    /// Made of the name, under a top-level domain that never exists (RFC 2606).
    pub(super) fn email(&self) -> String {
        let name = format!("{}.{}", ascii(self.first_name), ascii(self.last_name));
        match self.row {
            KARI | SOLVEIG | JONAS => format!("{name}@post.example"),
            row => format!("{name}{row}@{}.example", one_of(&["post", "epost", "jobb", "skole"], row, About::Town)),
        }
    }

    /// From the ten thousand numbers that Nkom sets aside for film and television; nobody beyond them has one, nor do a few others.
    pub(super) fn phone(&self) -> Option<String> {
        let given = self.row < 10_000 && (is_suggested(self.row) || !one_in(20, self.row, About::Phone));
        given.then(|| format!("+476805{:04}", self.row))
    }

    pub(super) fn national_number(&self) -> String {
        numbers::national_number(self.born, self.woman, self.row / BIRTHDAYS)
    }

    /// Three letters and five or more digits.
    pub(super) fn passport_number(&self) -> String {
        format!("XTB{:05}", self.row)
    }

    /// Two letters, ISO 3166.
    pub(super) fn nationality(&self) -> &'static str {
        if is_suggested(self.row) {
            "NO"
        } else {
            one_of(&["NO", "NO", "NO", "NO", "NO", "NO", "SE", "PL", "VN", "SO"], self.row, About::Nationality)
        }
    }

    /// Street and house number; no two customers of the first thousands live at the same one.
    pub(super) fn street(&self) -> String {
        let (street, ending) = (one_of(STREETS, self.row, About::Street), one_of(STREET_ENDINGS, self.row, About::HouseNumber));
        let letter = ["", "A", "B", "C"].get(usize::try_from(self.row % 4).unwrap_or_default()).copied().unwrap_or_default();
        format!("{street}{ending} {}{letter}", 1 + self.row / 4)
    }

    /// Postcode and town.
    pub(super) fn town(&self) -> (&'static str, &'static str) {
        one_of(TOWNS, self.row, About::Town)
    }
}

/// Whether the demonstration points at this customer: then nothing about her is left to choice.
pub(super) fn is_suggested(row: u32) -> bool {
    matches!(row, KARI | SOLVEIG | JONAS)
}

/// How many days people are born on, from the beginning of 1945 to the end of 2004.
const BIRTHDAYS: u32 = 21_900;

fn born(row: u32) -> Date {
    // The step has no factor in common with the number of days: neighbours are years apart and every day comes round.
    let days = u64::from(row) * 7919 % u64::from(BIRTHDAYS);
    date(1945, 1, 1).saturating_add(i64::try_from(days).unwrap_or_default().days())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{super::numbers::tests::is_synthetic, Person};

    #[test]
    fn what_identifies_people_is_theirs_alone() {
        let people: Vec<_> = (1..=5000).map(Person::of).collect();
        let distinct = |value: &dyn Fn(&Person) -> String| people.iter().map(value).collect::<BTreeSet<_>>().len();
        assert_eq!(distinct(&Person::email), people.len());
        assert_eq!(distinct(&Person::customer_number), people.len());
        assert_eq!(distinct(&Person::national_number), people.len());
        assert_eq!(distinct(&Person::passport_number), people.len());
        assert_eq!(distinct(&Person::street), people.len());
        let phones: Vec<_> = people.iter().filter_map(Person::phone).collect();
        assert_eq!(phones.iter().collect::<BTreeSet<_>>().len(), phones.len());
    }

    #[test]
    fn every_value_has_the_right_form() {
        for row in 1..=5000 {
            let person = Person::of(row);
            assert!(is_synthetic(&person.national_number()), "row {row}");
            let email = person.email();
            assert!(email.is_ascii() && email.ends_with(".example"), "{email}");
            assert!(person.phone().is_none_or(|phone| phone.len() == 11 && phone.starts_with("+476805")));
        }
    }

    #[test]
    fn the_suggested_customers_are_who_they_are() {
        assert_eq!(Person::of(1).email(), "kari.nordmann@post.example");
        assert_eq!(Person::of(2).email(), "solveig.brekkestol@post.example");
        assert_eq!(Person::of(3).customer_number(), "K-100003");
    }
}
