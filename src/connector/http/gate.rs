//! Where calls to an API may go: to the hosts that its connection names. How that is kept stands in `network`.

use habeas_core::law::connection::http::{Api, Place};
use reqwest::Url;

use crate::connector::Cause;
use crate::network::Shut;
pub(super) use crate::network::{Gate, Lookup, Refused, system};

impl Gate {
    /// To the base of an API and the hosts that it names.
    pub(super) fn to(api: &Api, base: &Url, hosts: &[Place], lookup: Lookup) -> Self {
        Self::new(base, hosts.iter().cloned(), api.private, lookup)
    }

    /// To one address and nowhere else.
    pub(super) fn to_one(address: &Url, lookup: Lookup) -> Self {
        Self::new(address, [], false, lookup)
    }
}

impl From<Shut> for Cause {
    fn from(shut: Shut) -> Self {
        match shut {
            Shut::Elsewhere => Self::Elsewhere,
            Shut::Inside => Self::Inside,
        }
    }
}
