//! The way out: where calls may go. A folder is written by people, and an answer by somebody else: neither may lead into our own network.
//!
//! Names are looked at inside the resolver that the client connects with, so what was checked is what is called, however often a name
//! changes its mind. An address in digits never comes to a resolver, so every URL is looked at, too.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use futures_util::future::BoxFuture;
use habeas_core::law::connection::http::{Place, is_loopback};
use reqwest::{
    Url,
    dns::{Addrs, Name, Resolve, Resolving},
};

/// Who turns names into addresses.
pub(crate) type Lookup = Arc<dyn Fn(String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> + Send + Sync>;

/// The machine's own resolver.
pub(crate) fn system() -> Lookup {
    Arc::new(|name| Box::pin(async move { Ok(tokio::net::lookup_host((name.as_str(), 0)).await?.collect()) }))
}

/// The hosts that may be called, and the networks they may be in.
#[derive(Clone)]
pub(crate) struct Gate {
    places: Vec<Place>,
    bare: bool,
    private: bool,
    lookup: Lookup,
}

/// Told to the client, and found again in what it says went wrong.
#[derive(Debug, thiserror::Error)]
#[error("the address is inside a private network, or its host is not named by the connection")]
pub(crate) struct Refused;

/// Why a call may not go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shut {
    /// To a place that nobody named.
    Elsewhere,
    /// Into a network of our own.
    Inside,
}

impl Gate {
    /// To an address and some places beside it, which may lie in a network of our own.
    pub(crate) fn new(base: &Url, beside: impl IntoIterator<Item = Place>, private: bool, lookup: Lookup) -> Self {
        let places = Place::of(base).into_iter().chain(beside).collect();
        Self { places, bare: base.scheme() == "http" && is_loopback(base), private, lookup }
    }

    /// Whether anything may go unprotected: only to this machine.
    pub(crate) const fn is_bare(&self) -> bool {
        self.bare
    }

    /// Whether a URL may be called.
    pub(crate) fn admit(&self, url: &Url) -> Result<(), Shut> {
        let scheme = url.scheme() == "https" || (self.bare && url.scheme() == "http" && is_loopback(url));
        let plain = url.username().is_empty() && url.password().is_none();
        if !scheme || !plain || !Place::of(url).is_some_and(|place| self.places.contains(&place)) {
            return Err(Shut::Elsewhere);
        }
        let address = url.host_str().and_then(|host| host.trim_matches(['[', ']']).parse::<IpAddr>().ok());
        if address.is_some_and(|address| !self.allows(address)) {
            return Err(Shut::Inside);
        }
        Ok(())
    }

    /// Whether an address may be connected to.
    fn allows(&self, address: IpAddr) -> bool {
        match network(address) {
            Network::Public => true,
            Network::Loopback => self.bare || self.private,
            Network::Private => self.private,
            Network::Nowhere => false,
        }
    }
}

impl Resolve for Gate {
    fn resolve(&self, name: Name) -> Resolving {
        let gate = self.clone();
        Box::pin(async move {
            let name = name.as_str().to_owned();
            if !gate.places.iter().any(|place| place.host.eq_ignore_ascii_case(&name)) {
                return Err(Refused.into());
            }
            let addresses = (gate.lookup)(name).await?;
            // One that is inside among others is no accident.
            if addresses.iter().any(|address| !gate.allows(address.ip())) {
                return Err(Refused.into());
            }
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

/// What kind of network an address is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Network {
    Public,
    Loopback,
    Private,
    /// Where no system is: unspecified, link-local with its metadata services, multicast, reserved.
    Nowhere,
}

fn network(address: IpAddr) -> Network {
    match address {
        IpAddr::V4(address) => four(address),
        IpAddr::V6(address) => six(address),
    }
}

/// By the special-purpose registry of IANA (RFC 6890).
fn four(address: Ipv4Addr) -> Network {
    match address.octets() {
        [127, ..] => Network::Loopback,
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] | [100, 64..=127, ..] => Network::Private,
        [0 | 224..=255, ..]
        | [169, 254, ..]
        | [192, 0, 0 | 2, _]
        | [192, 88, 99, _]
        | [198, 18 | 19, ..]
        | [198, 51, 100, _]
        | [203, 0, 113, _] => Network::Nowhere,
        _ => Network::Public,
    }
}

fn six(address: Ipv6Addr) -> Network {
    let low = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        four(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 1] => Network::Loopback,
        // An IPv4 address in another coat: mapped, compatible, translated (NAT64), tunnelled (6to4).
        [0, 0, 0, 0, 0, 0 | 0xffff, high, last] | [0x64, 0xff9b, 0, 0, 0, 0, high, last] | [0x2002, high, last, ..] => low(high, last),
        [0x64, 0xff9b, 1, ..] | [0xfc00..=0xfdff, ..] => Network::Private,
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Network::Nowhere,
        [0x2000..=0x3fff, ..] => Network::Public,
        _ => Network::Nowhere,
    }
}

#[cfg(test)]
mod tests {
    use super::{Network, network};

    #[test]
    fn an_address_is_known_in_every_coat() {
        for (address, expected) in [
            ("127.0.0.1", Network::Loopback),
            ("127.255.255.254", Network::Loopback),
            ("::1", Network::Loopback),
            ("::ffff:127.0.0.1", Network::Loopback),
            ("::127.0.0.1", Network::Loopback),
            ("64:ff9b::7f00:1", Network::Loopback),
            ("2002:7f00:1::", Network::Loopback),
            ("10.1.2.3", Network::Private),
            ("172.16.0.1", Network::Private),
            ("172.31.255.255", Network::Private),
            ("192.168.1.1", Network::Private),
            ("100.64.0.1", Network::Private),
            ("::ffff:10.0.0.1", Network::Private),
            ("fd00::1", Network::Private),
            ("fc00::1", Network::Private),
            ("0.0.0.0", Network::Nowhere),
            ("::", Network::Nowhere),
            ("169.254.169.254", Network::Nowhere),
            ("::ffff:169.254.169.254", Network::Nowhere),
            ("fe80::1", Network::Nowhere),
            ("fec0::1", Network::Nowhere),
            ("ff02::1", Network::Nowhere),
            ("2001:db8::1", Network::Nowhere),
            ("2001::1", Network::Nowhere),
            ("224.0.0.1", Network::Nowhere),
            ("255.255.255.255", Network::Nowhere),
            ("172.32.0.1", Network::Public),
            ("93.184.216.34", Network::Public),
            ("2606:4700::1111", Network::Public),
            ("64:ff9b::5db8:d822", Network::Public),
        ] {
            assert_eq!(network(address.parse().unwrap()), expected, "{address}");
        }
    }
}
