//! `manifest.json`: who, when, what was asked, and the hash of every file. The signed heart of the person's package.

use habeas_core::{crypto::hash::Hash, law::lang::Lang};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Organisation, Package, Systems, Withheld, parts::Closed};
use crate::bundle::archive::Member;

/// Says what file this is, and that the signature is about nothing else.
pub(super) const FORMAT: &str = "habeas.subject-package/1";

/// What the manifest says of the package.
#[derive(Debug, Serialize)]
pub(super) struct Manifest<'a> {
    format: &'static str,
    reference: &'a str,
    organisation: &'a Organisation,
    language: Lang,
    made_at: Timestamp,
    time_zone: Option<&'a str>,
    systems: &'a Systems,
    withheld: &'a [Withheld],
    key: Hash,
    /// From 1.
    part: usize,
    /// The other files of the package, where it has more than one; in the first part.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    parts: &'a [Closed],
    files: Vec<Listed>,
}

/// One file of the package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::bundle) struct Listed {
    /// Below the root folder.
    pub(in crate::bundle) path: String,
    /// Bytes.
    pub(in crate::bundle) size: u64,
    /// Hash of the bytes.
    pub(in crate::bundle) sha256: Hash,
}

impl<'a> Manifest<'a> {
    /// The manifest of a part with these members, signed with the key of this hash.
    pub(super) fn of(package: &'a Package, members: &[Member], key: Hash, (part, parts): (usize, &'a [Closed])) -> Self {
        let listed = |Member { name, size, sha256 }: &Member| Listed { path: name.clone(), size: *size, sha256: *sha256 };
        Self {
            format: FORMAT,
            reference: &package.reference,
            organisation: &package.organisation,
            language: package.language,
            made_at: package.made_at,
            time_zone: package.zone.iana_name(),
            systems: &package.systems,
            withheld: &package.withheld,
            key,
            part,
            parts,
            files: members.iter().map(listed).collect(),
        }
    }
}

/// The part of a manifest that is checked.
#[derive(Debug, Deserialize)]
pub(in crate::bundle) struct Claims {
    pub(in crate::bundle) format: String,
    pub(in crate::bundle) files: Vec<Listed>,
    #[serde(default)]
    pub(in crate::bundle) parts: Vec<Claimed>,
}

/// Another file of the same package.
#[derive(Debug, Deserialize)]
pub(in crate::bundle) struct Claimed {
    pub(in crate::bundle) file: String,
    pub(in crate::bundle) sha256: Hash,
}

impl Claims {
    /// Reads a manifest of this format.
    pub(in crate::bundle) fn parse(json: &[u8]) -> Option<Self> {
        serde_json::from_slice(json).ok().filter(|claims: &Self| claims.format == FORMAT)
    }
}
