//! Kinds of personal data that a column may hold, and what follows from each.

use serde::Serialize;

use super::{
    dictionary::{Entry, KINDS},
    shape::ValueType,
};

/// A kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is what its entry below says")]
pub enum Kind {
    Email,
    Phone,
    FirstName,
    LastName,
    Name,
    BirthDate,
    Age,
    Gender,
    NationalId,
    Passport,
    DrivingLicence,
    BankAccount,
    Card,
    Income,
    Credit,
    Insurance,
    Street,
    PostalCode,
    City,
    Country,
    Ip,
    Device,
    Cookie,
    Location,
    Username,
    Password,
    Secret,
    CustomerNumber,
    OrderNumber,
    Nationality,
    MaritalStatus,
    Language,
    Job,
    Employer,
    Health,
    Criminal,
    Religion,
    Ethnicity,
    Politics,
    Biometric,
    Photo,
    Scan,
    Signature,
    Family,
    Vehicle,
    Social,
    Consent,
    Note,
}

impl Kind {
    /// What is known about it.
    pub fn entry(self) -> &'static Entry {
        KINDS.iter().find(|entry| entry.kind == self).unwrap_or(&KINDS[0])
    }

    /// Whether a column of a type can hold it.
    pub const fn fits(self, data: ValueType) -> bool {
        match self {
            Self::BirthDate => !matches!(data, ValueType::Boolean | ValueType::Bytes | ValueType::Number),
            Self::Age | Self::Income | Self::Credit | Self::Location | Self::Health | Self::Criminal | Self::MaritalStatus => {
                !matches!(data, ValueType::Date | ValueType::Timestamp)
            }
            Self::Phone
            | Self::NationalId
            | Self::CustomerNumber
            | Self::OrderNumber
            | Self::BankAccount
            | Self::Card
            | Self::Username
            | Self::Social => {
                matches!(data, ValueType::Text | ValueType::Integer | ValueType::Number | ValueType::Other)
            }
            Self::Photo | Self::Scan | Self::Signature | Self::Biometric | Self::Password | Self::Secret => {
                matches!(data, ValueType::Text | ValueType::Bytes | ValueType::Other)
            }
            Self::Country | Self::City | Self::Gender | Self::Nationality | Self::Language | Self::Street => {
                matches!(data, ValueType::Text | ValueType::Integer | ValueType::Other)
            }
            Self::Ip => matches!(data, ValueType::Text | ValueType::Bytes | ValueType::Integer | ValueType::Other),
            Self::Cookie => matches!(data, ValueType::Text | ValueType::Bytes | ValueType::Other),
            Self::Consent => true,
            Self::Family => !matches!(data, ValueType::Date | ValueType::Timestamp | ValueType::Boolean | ValueType::Number),
            _ => matches!(data, ValueType::Text | ValueType::Other),
        }
    }

    /// Whether values that look like another kind are no surprise here: a user name may be an e-mail address.
    pub fn includes(self, seen: Self) -> bool {
        matches!(
            (self, seen),
            (Self::Name | Self::LastName | Self::FirstName | Self::Family | Self::Employer, Self::Name)
                | (Self::Scan, Self::Photo)
                | (Self::Passport, Self::Scan)
                | (Self::Note, _)
        )
    }

    /// The identifier that people are searched by in it, if it is one.
    pub const fn identity(self) -> Option<&'static str> {
        match self {
            Self::Email => Some("email"),
            Self::CustomerNumber => Some("customer_number"),
            Self::OrderNumber => Some("order_number"),
            _ => None,
        }
    }

    /// Whether nobody should be shown it, its owner included: who has the package could sign in with it.
    pub const fn is_secret(self) -> bool {
        matches!(self, Self::Password | Self::Secret)
    }
}
