//! Collections and fields of a data map, as short as a test wants them.

use habeas_core::law::{
    lang::Text,
    map::{Collection, DataType, Direction, Field, Reference},
};

pub(super) fn table(name: &str, fields: impl IntoIterator<Item = Field>) -> Collection {
    Collection {
        name: name.to_owned(),
        label: Text::default(),
        purpose: Text::default(),
        legal_basis: String::new(),
        source: Text::default(),
        automated: None,
        recipients: Vec::new(),
        fields: fields.into_iter().collect(),
        restriction: None,
        marketing: false,
        append_only: false,
        anonymise: false,
        erase_after: Vec::new(),
        unique: Vec::new(),
    }
}

pub(super) fn plain(name: &str) -> Field {
    Field {
        name: name.to_owned(),
        label: Text::default(),
        categories: Vec::new(),
        kinds: &[],
        primary_key: false,
        identity: None,
        references: Vec::new(),
        read_only: false,
        third_person: false,
        technical: false,
        data: DataType::Text,
        marketing: false,
        normalised: false,
        withdrawn: false,
        provided: false,
        mask: None,
        list: false,
        whole_lists: false,
        length: None,
        codes: Vec::new(),
    }
}

pub(super) fn key(name: &str) -> Field {
    Field { primary_key: true, technical: true, ..plain(name) }
}

pub(super) fn identity(name: &str, kind: &str) -> Field {
    Field { identity: Some(kind.to_owned()), ..plain(name) }
}

pub(super) fn email() -> Field {
    identity("email", "email")
}

/// Values come from `system.collection.field`.
pub(super) fn from(name: &str, other: &str) -> Field {
    refers(plain(name), other, Direction::From)
}

/// Values go to `system.collection.field`.
pub(super) fn to(name: &str, other: &str) -> Field {
    refers(plain(name), other, Direction::To)
}

pub(super) fn refers(mut field: Field, other: &str, direction: Direction) -> Field {
    let parts: Vec<&str> = other.splitn(3, '.').collect();
    let [system, collection, other] = parts[..] else { panic!("{other}") };
    field.references.push(Reference { system: system.to_owned(), collection: collection.to_owned(), field: other.to_owned(), direction });
    field
}
