//! What a provider says about itself: where it is asked, and the keys it signs with (`OpenID` Connect Discovery 1.0). Kept for an hour.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, RwLock},
};

use habeas_core::law::{connection::http::Place, provider::Provider};
use jiff::{SignedDuration, Timestamp};
use openidconnect::{
    ClientId, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    core::{CoreClient, CoreJsonWebKeySet, CoreProviderMetadata},
};
use reqwest::Url;
use serde::Deserialize;
use serde_json::Value;

use super::{Trouble, wire::Wire};
use crate::network::{Gate, Lookup};

/// How long it is believed.
const KEPT: SignedDuration = SignedDuration::from_hours(1);
/// How long after the keys were read they may be read again because of one that nobody knows.
const PAUSE: SignedDuration = SignedDuration::from_secs(60);

/// What asks a provider, once it has said where.
pub(super) type Client = CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// What is known of a provider.
pub(super) struct Known {
    pub(super) client: Client,
    pub(super) keys: CoreJsonWebKeySet,
    /// To every endpoint that it named, and nowhere else.
    pub(super) wire: Wire,
    pub(super) userinfo: Option<Url>,
    /// Whether it says in each answer who it is (RFC 9207).
    pub(super) names_itself: bool,
    /// Whether it takes our password in a header, as it should.
    pub(super) takes_basic: bool,
    /// Where a browser is sent to sign out there, too.
    pub(super) end: Option<Url>,
    keys_at: Timestamp,
    read_at: Timestamp,
}

/// What the crate's own type leaves out.
#[derive(Deserialize)]
struct Beside {
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    end_session_endpoint: Option<Url>,
}

/// Remembers what is known of one provider.
pub(super) struct Memory {
    known: RwLock<Option<Arc<Known>>>,
    lookup: Lookup,
    private: bool,
    /// Whose certificates it is believed by, where it has some of its own.
    ca: Option<PathBuf>,
}

impl Memory {
    pub(super) fn new(provider: &Provider, lookup: Lookup, house: &Path) -> Self {
        let ca = provider.ca.as_ref().map(|ca| house.join(ca));
        Self { known: RwLock::new(None), lookup, private: provider.private, ca }
    }

    /// What is known now; the provider is asked where that is old. Nobody waits for anybody else who asks at the same time.
    pub(super) async fn get(&self, provider: &Provider, now: Timestamp) -> Result<Arc<Known>, Trouble> {
        let kept = self.kept().filter(|known| is_within(known.read_at, KEPT, now));
        match kept {
            Some(known) => Ok(known),
            None => Ok(self.keep(self.ask(provider, now).await?)),
        }
    }

    /// The same with keys that were read just now, unless they already are; `None`: they are.
    pub(super) async fn renewed(&self, known: &Known, provider: &Provider, now: Timestamp) -> Result<Option<Arc<Known>>, Trouble> {
        if is_within(known.keys_at, PAUSE, now) {
            return Ok(None);
        }
        Ok(Some(self.keep(self.ask(provider, now).await?)))
    }

    fn kept(&self) -> Option<Arc<Known>> {
        self.known.read().ok()?.clone()
    }

    fn keep(&self, known: Known) -> Arc<Known> {
        let known = Arc::new(known);
        if let Ok(mut kept) = self.known.write() {
            *kept = Some(Arc::clone(&known));
        }
        known
    }

    fn gate(&self, issuer: &Url, beside: Vec<Place>) -> Result<Wire, Trouble> {
        Wire::new(Gate::new(issuer, beside, self.private, self.lookup.clone()), self.ca.as_deref())
    }

    async fn ask(&self, provider: &Provider, now: Timestamp) -> Result<Known, Trouble> {
        let issuer = Url::parse(&provider.issuer).map_err(|_| Trouble::Wrong("issuer"))?;
        let place = format!("{}/.well-known/openid-configuration", provider.issuer.trim_end_matches('/'));
        let place = Url::parse(&place).map_err(|_| Trouble::Wrong("issuer"))?;
        let said: Value = self.gate(&issuer, Vec::new())?.get(&place, None).await?;
        let beside = Beside::deserialize(&said).map_err(|_| Trouble::Wrong("metadata"))?;
        let metadata: CoreProviderMetadata = serde_json::from_value(said).map_err(|_| Trouble::Wrong("metadata"))?;
        if metadata.issuer().as_str() != provider.issuer {
            return Err(Trouble::Wrong("issuer"));
        }
        let token = metadata.token_endpoint().ok_or(Trouble::Wrong("metadata"))?.url().clone();
        let (keys_at, userinfo) = (metadata.jwks_uri().url().clone(), metadata.userinfo_endpoint().map(|place| place.url().clone()));
        let asked = [Some(&token), Some(&keys_at), userinfo.as_ref()];
        // It may name hosts beside its own; the gate still lets nothing into a network of ours.
        let wire = self.gate(&issuer, asked.iter().flatten().filter_map(|url| Place::of(url)).collect())?;
        asked.iter().flatten().try_for_each(|url| wire.admits(url))?;
        // The browser goes there and we do not, but what it is sent in must not be read on the way.
        for url in std::iter::once(metadata.authorization_endpoint().url()).chain(&beside.end_session_endpoint) {
            self.gate(&issuer, Place::of(url).into_iter().collect())?.admits(url)?;
        }
        let keys: CoreJsonWebKeySet = wire.get(&keys_at, None).await?;
        Ok(Known {
            client: CoreClient::from_provider_metadata(metadata, ClientId::new(provider.client_id.clone()), None),
            keys,
            wire,
            userinfo,
            names_itself: beside.authorization_response_iss_parameter_supported,
            takes_basic: beside
                .token_endpoint_auth_methods_supported
                .is_none_or(|methods| methods.iter().any(|method| method == "client_secret_basic")),
            end: beside.end_session_endpoint,
            keys_at: now,
            read_at: now,
        })
    }
}

/// Whether a time is not long ago; one ahead of now is no memory but a clock that was put back.
fn is_within(then: Timestamp, how_long: SignedDuration, now: Timestamp) -> bool {
    let ago = now.duration_since(then);
    !ago.is_negative() && ago < how_long
}
