//! A provider with certificates of its own: believed by them, and by nothing else.

use std::{net::SocketAddr, sync::Arc};

use data_encoding::BASE64;
use habeas_core::law::{
    map::Secret,
    provider::{Client, Provider as Named},
    tier::Tier,
};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio_rustls::rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

use super::{PLACES, Provider, Providers, Trouble, errand, identity, named, now};
use crate::network::Lookup;

/// The certificate of a name, as PEM, and a server's settings with it.
fn certificate(name: &str) -> (String, ServerConfig) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed([name.to_owned()]).unwrap();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions().unwrap();
    let pem = format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", BASE64.encode(cert.der()));
    (pem, config.with_no_client_auth().with_single_cert(vec![cert.der().clone()], key).unwrap())
}

#[tokio::test]
async fn a_provider_is_believed_by_its_own_certificates_and_no_others() {
    let (house, (own, config), (other, _)) = (tempfile::tempdir().unwrap(), certificate("login.example"), certificate("login.example"));
    for (file, text) in [("own.pem", &own), ("other.pem", &other), ("no.pem", &"nothing".to_owned())] {
        std::fs::write(house.path().join(file), text).unwrap();
    }
    let provider = Provider::secure("login.example", config).await;
    let here: Lookup = Arc::new(|_| Box::pin(async { Ok(vec![SocketAddr::from(([127, 0, 0, 1], 0))]) }));
    let begun = async |ca: Option<&str>| {
        let named = named(&provider.issuer, Client::Secret(Secret::Env("PATH".to_owned())));
        let named = Named { ca: ca.map(str::to_owned), private: true, ..named };
        let providers = Providers::looking_up(&identity(named), PLACES, house.path(), &here);
        providers.begin(errand(Tier::High), now()).await.map(|_| ())
    };
    assert_eq!(begun(Some("own.pem")).await, Ok(()));
    assert_eq!(begun(None).await, Err(Trouble::Down("unreachable")), "the public web does not know it");
    assert_eq!(begun(Some("other.pem")).await, Err(Trouble::Down("unreachable")));
    assert_eq!(begun(Some("missing.pem")).await, Err(Trouble::Down("no-ca")), "a file that is gone opens nothing to everybody");
    assert!(begun(Some("no.pem")).await.is_err());
}
