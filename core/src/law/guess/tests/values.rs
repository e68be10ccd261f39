//! What a few values look like, and what they do not.

use super::super::{Column, Confidence, Kind, Seen, Table, ValueType, guess};
use crate::law::record::Value;

fn texts(values: &[&str]) -> Seen {
    Seen::of(&values.iter().map(|text| Value::Text((*text).to_owned())).collect::<Vec<_>>())
}

#[test]
fn values_tell_what_a_name_does_not() {
    type Row<'a> = (&'a [&'a str], Option<(Kind, Confidence)>);
    let table: [Row<'_>; 22] = [
        (&["1951-03-12", "1978-12-01 00:00:00", "1990-01-31", "1969-07-20", "2001-09-09"], Some((Kind::BirthDate, Confidence::Medium))),
        (&["1996-07-04", "1998-05-06", "2011-01-01", "2009-02-02", "2013-12-22"], None),
        (&["kari@example.no", "Ola.Nordmann@sub.example.co.uk"], Some((Kind::Email, Confidence::High))),
        (&["kari@example.no", "ola", "per", "pål"], None),
        (&["@handle", "a@b", "git@github.com:org/repo.git", "x@y.1", "a b@c.no"], None),
        (&["13116900216", "01010750160", "17912099997"], Some((Kind::NationalId, Confidence::High))),
        (&["12345678901", "11111111111", "99999999999"], None),
        (&["111222333", "123456782", "999990019", "111222333", "123456782"], Some((Kind::NationalId, Confidence::High))),
        (&["111222333", "123456782"], None),
        (&["100000001", "100000002", "100000003", "100000004", "100000005", "100000009"], None),
        (&["NO9386011117947", "NL91ABNA0417164300"], Some((Kind::BankAccount, Confidence::High))),
        (&["NO9386011117948", "NL91ABNA0417164301"], None),
        (
            &["4111111111111111", "5500000000000004", "340000000000009", "4111111111111111", "4012888888881881"],
            Some((Kind::Card, Confidence::High)),
        ),
        (&["4111111111111112", "9876543210987654"], None),
        (&["192.168.0.1", "2001:db8::1"], Some((Kind::Ip, Confidence::High))),
        (&["1.2.3", "v1.0.0.1", "0.0.0.0", "::", "12:30:45", "300.1.1.1"], None),
        (&["+47 984 78 887", "98 47 88 87", "06 12345678", "+31-6-12345678"], Some((Kind::Phone, Confidence::Medium))),
        (&["20261120", "2026-11-20", "12345678", "100.000.000"], None),
        (&["1234 AB", "9999ZZ", "1011 AC"], Some((Kind::PostalCode, Confidence::Medium))),
        (&["Kari Nordmann", "Ola Hansen", "Nordmann, Per", "Jan-Erik Bø"], Some((Kind::Name, Confidence::Medium))),
        (&["Rose quartz", "Blue Note", "Rock", "Jazz", "Marble"], None),
        (&["L898902C36UTO7408122F1204159ZE184226B<<<<<10"], Some((Kind::Passport, Confidence::High))),
    ];
    for (values, expected) in table {
        assert_eq!(texts(values).guess(), expected, "{values:?}");
    }
}

#[test]
fn a_picture_and_a_document_are_known_by_how_they_begin() {
    let bytes = |begin: &[u8]| Seen::of(&[Value::Bytes(begin.to_vec()), Value::Null]);
    assert_eq!(bytes(b"\xff\xd8\xff\xe0rest").guess(), Some((Kind::Photo, Confidence::Medium)));
    assert_eq!(bytes(b"%PDF-1.7").guess(), Some((Kind::Scan, Confidence::Medium)));
    assert_eq!(bytes(b"PK\x03\x04").guess(), None);
    assert_eq!(bytes(b"").guess(), None);
}

fn column(name: &str, values: &[&str]) -> Column {
    Column { name: name.to_owned(), data: ValueType::Text, seen: texts(values), ..Column::default() }
}

#[test]
fn values_confirm_a_name_or_speak_against_it() {
    let told = |name: &str, values: &[&str]| guess("things", &column(name, values)).map(|guess| (guess.kind, guess.confidence));
    assert_eq!(told("username", &["kari@example.no", "ola@example.no"]), Some((Kind::Email, Confidence::High)), "values say more");
    assert_eq!(told("email", &["kari@example.no"]), Some((Kind::Email, Confidence::High)));
    assert_eq!(told("email", &[]), Some((Kind::Email, Confidence::High)), "an empty table says nothing against it");
    let templates = ["welcome", "goodbye", "invoice", "reminder", "offer"];
    assert_eq!(told("email", &templates), Some((Kind::Email, Confidence::Low)), "names of templates are no addresses");
    assert_eq!(told("code", &["x1", "x2"]), None);
    assert_eq!(told("note", &["Kari Hansen", "Ola Hansen", "Per Hansen"]), Some((Kind::Note, Confidence::High)));
}

#[test]
fn only_addresses_in_small_letters_are_normal() {
    assert!(texts(&["kari@example.no", "ola@example.no"]).is_normal());
    for other in ["Kari@example.no", " kari@example.no", "kari"] {
        assert!(!texts(&["ola@example.no", other]).is_normal(), "{other}");
    }
    assert!(!texts(&[]).is_normal());
}

/// What is seen holds counts and nothing that was in a value.
#[test]
fn nothing_of_a_value_is_kept() {
    let seen = texts(&["kari@example.no", "13116900216", "Kari Nordmann"]);
    let told = format!("{seen:?}").to_lowercase();
    assert!(!told.contains("kari") && !told.contains("13116900216"), "{told}");
    let table = Table { columns: vec![column("x", &["kari@example.no"])], ..Table::default() };
    assert!(!format!("{table:?}").contains("kari"));
}
