//! `data/contact.vcf`: the person's contact data as address books read it, vCard 4.0 (RFC 6350; Art. 20: commonly used).

use std::collections::BTreeSet;

use habeas_core::law::{portable::CardPart, record::Value};

use super::{Kind, Rows, each};
use crate::bundle::{BundleError, visible::visible};

/// A line holds so many bytes before it goes on in the next (RFC 6350, 3.2).
const LINE: usize = 75;

/// Every different card; empty where nobody's name is held.
pub(super) fn cards<'k>(kinds: impl Iterator<Item = &'k Kind>, rows: &dyn Rows) -> Result<String, BundleError> {
    let mut cards = BTreeSet::new();
    for kind in kinds.filter(|kind| kind.fields.iter().any(|field| field.card.is_some())) {
        each(rows, kind, |_, values| {
            let parts = kind.fields.iter().zip(values).filter_map(|(field, value)| Some((field.card?, said(value)?)));
            cards.extend(card(&parts.collect::<Vec<_>>()));
            Ok(())
        })?;
    }
    Ok(cards.into_iter().collect())
}

/// A value that can be read, as one line of a card says it.
fn said(value: &Value) -> Option<String> {
    let text = match value {
        Value::Text(text) => text.trim().to_owned(),
        Value::Integer(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then(|| escaped(&text))
}

/// A card of one record; `None` without a name: a card is somebody's.
fn card(parts: &[(CardPart, String)]) -> Option<String> {
    let all = |wanted: CardPart| parts.iter().filter(move |(part, _)| *part == wanted).map(|(_, text)| text.as_str());
    let one = |wanted: CardPart| all(wanted).collect::<Vec<_>>().join(" ");
    let (first, last) = (one(CardPart::FirstName), one(CardPart::LastName));
    let whole = all(CardPart::Name).next().map_or_else(|| format!("{first} {last}").trim().to_owned(), ToOwned::to_owned);
    if whole.is_empty() {
        return None;
    }
    let mut card = String::from("BEGIN:VCARD\r\nVERSION:4.0\r\n");
    let mut line = |text: String| card.push_str(&folded(&text));
    line(format!("FN:{whole}"));
    if !(first.is_empty() && last.is_empty()) {
        line(format!("N:{last};{first};;;"));
    }
    all(CardPart::Email).for_each(|text| line(format!("EMAIL:{text}")));
    all(CardPart::Phone).for_each(|text| line(format!("TEL:{text}")));
    all(CardPart::Organisation).for_each(|text| line(format!("ORG:{text}")));
    all(CardPart::Birthday).for_each(|text| line(birthday(text)));
    let place = [CardPart::Street, CardPart::City, CardPart::Region, CardPart::PostalCode, CardPart::Country].map(one);
    if place.iter().any(|part| !part.is_empty()) {
        line(format!("ADR:;;{}", place.join(";")));
    }
    card.push_str("END:VCARD\r\n");
    Some(card)
}

/// A day as the form wants it, or what is held in words.
fn birthday(text: &str) -> String {
    let day = text.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok());
    day.map_or_else(|| format!("BDAY;VALUE=text:{text}"), |day| format!("BDAY:{}", day.strftime("%Y%m%d")))
}

/// A text value (RFC 6350, 3.4).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\\' | ',' | ';' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// A line, folded between characters.
fn folded(text: &str) -> String {
    let (mut out, mut width) = (String::with_capacity(text.len() + 2), 0);
    for c in text.chars() {
        if width + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(c);
        width += c.len_utf8();
    }
    out + "\r\n"
}

#[cfg(test)]
mod tests {
    use habeas_core::law::{portable::CardPart, record::Value};

    use super::{LINE, card, said};

    fn of(parts: &[(CardPart, &str)]) -> Option<String> {
        card(&parts.iter().filter_map(|(part, text)| Some((*part, said(&Value::Text((*text).into()))?))).collect::<Vec<_>>())
    }

    #[test]
    fn a_record_with_a_name_is_a_card() {
        let kari = [
            (CardPart::FirstName, "Kari"),
            (CardPart::LastName, "Nordmann; jr."),
            (CardPart::Email, "kari@post.example"),
            (CardPart::Phone, "+47 900 00 001"),
            (CardPart::Birthday, "1980-05-17T00:00:00Z"),
            (CardPart::Street, "Storgata 1\nOppgang B"),
            (CardPart::City, "Oslo"),
            (CardPart::PostalCode, "0155"),
            (CardPart::Country, " "),
        ];
        let card = of(&kari).unwrap();
        assert_eq!(
            card.split("\r\n").collect::<Vec<_>>(),
            [
                "BEGIN:VCARD",
                "VERSION:4.0",
                "FN:Kari Nordmann\\; jr.",
                "N:Nordmann\\; jr.;Kari;;;",
                "EMAIL:kari@post.example",
                "TEL:+47 900 00 001",
                "BDAY:19800517",
                "ADR:;;Storgata 1\\nOppgang B;Oslo;;0155;",
                "END:VCARD",
                "",
            ]
        );
    }

    #[test]
    fn what_is_nobodys_is_no_card_and_what_is_no_day_is_words() {
        assert_eq!(of(&[(CardPart::Email, "kari@post.example")]), None);
        assert!(of(&[(CardPart::Name, "Kari"), (CardPart::Birthday, "mai 1980")]).unwrap().contains("BDAY;VALUE=text:mai 1980\r\n"));
    }

    #[test]
    fn no_line_is_longer_than_the_form_allows_and_none_is_smuggled_in() {
        let card = of(&[(CardPart::Name, &"ø€".repeat(60)), (CardPart::Phone, "1\r\nNOTE:owned\rTEL:2")]).unwrap();
        assert!(card.split("\r\n").all(|line| line.len() <= LINE), "{card}");
        assert!(card.replace("\r\n ", "").contains(&"ø€".repeat(60)));
        assert!(card.split("\r\n").all(|line| !line.starts_with("NOTE") && !line.contains('\r')), "{card}");
    }
}
