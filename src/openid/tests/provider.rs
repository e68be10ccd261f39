//! A provider on this machine that says whatever a test wants, signed by whatever key it likes.

use std::sync::{Arc, Mutex};

use data_encoding::BASE64URL_NOPAD;
use ring::{
    hmac,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _},
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::TcpListener,
};
use tokio_rustls::{TlsAcceptor, rustls::ServerConfig};

/// Who habeas is there.
pub(super) const CLIENT: &str = "habeas";

/// A key and its name.
pub(super) enum Key {
    Curve(&'static str, Box<EcdsaKeyPair>),
    Edwards(&'static str, Ed25519KeyPair),
    /// Anybody who knows these bytes.
    Shared(&'static str, Vec<u8>),
    /// Nobody.
    None,
}

impl Key {
    pub(super) fn curve(kid: &'static str) -> Self {
        let chance = SystemRandom::new();
        let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &chance).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der.as_ref(), &chance).unwrap();
        Self::Curve(kid, Box::new(pair))
    }

    pub(super) fn edwards(kid: &'static str) -> Self {
        let der = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self::Edwards(kid, Ed25519KeyPair::from_pkcs8(der.as_ref()).unwrap())
    }

    /// What everybody may know of it.
    pub(super) fn public(&self) -> Value {
        let part = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
        match self {
            Self::Curve(kid, pair) => {
                let point = pair.public_key().as_ref();
                json!({"kty": "EC", "crv": "P-256", "use": "sig", "kid": kid, "x": part(&point[1..33]), "y": part(&point[33..])})
            }
            Self::Edwards(kid, pair) => {
                json!({"kty": "OKP", "crv": "Ed25519", "use": "sig", "kid": kid, "x": part(pair.public_key().as_ref())})
            }
            Self::Shared(kid, bytes) => json!({"kty": "oct", "use": "sig", "kid": kid, "k": part(bytes)}),
            Self::None => Value::Null,
        }
    }

    pub(super) fn point(&self) -> Vec<u8> {
        match self {
            Self::Curve(_, pair) => pair.public_key().as_ref().to_vec(),
            _ => panic!("a key without a point"),
        }
    }

    fn header(&self) -> Value {
        match self {
            Self::Curve(kid, _) => json!({"alg": "ES256", "kid": kid}),
            Self::Edwards(kid, _) => json!({"alg": "EdDSA", "kid": kid}),
            Self::Shared(kid, _) => json!({"alg": "HS256", "kid": kid}),
            Self::None => json!({"alg": "none"}),
        }
    }

    /// A token that says this, with some headers beside its own.
    pub(super) fn signs(&self, claims: &Value, headers: &[(&str, Value)]) -> String {
        let mut header = self.header();
        for (name, value) in headers {
            header[*name] = value.clone();
        }
        let encode = |part: &Value| BASE64URL_NOPAD.encode(part.to_string().as_bytes());
        let signed = format!("{}.{}", encode(&header), encode(claims));
        let signature = match self {
            Self::Curve(_, pair) => pair.sign(&SystemRandom::new(), signed.as_bytes()).unwrap().as_ref().to_vec(),
            Self::Edwards(_, pair) => pair.sign(signed.as_bytes()).as_ref().to_vec(),
            Self::Shared(_, bytes) => hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, bytes), signed.as_bytes()).as_ref().to_vec(),
            Self::None => Vec::new(),
        };
        format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature))
    }
}

/// What the provider says; a test changes it.
pub(super) struct Says {
    pub(super) metadata: Value,
    pub(super) keys: Vec<Value>,
    pub(super) token: String,
    pub(super) userinfo: Option<Value>,
    /// Instead of every answer of the token endpoint.
    pub(super) status: u16,
    /// What it was asked, one line each: the path, and what was sent.
    pub(super) asked: Vec<String>,
}

/// A provider that answers.
#[derive(Clone)]
pub(super) struct Provider {
    pub(super) issuer: String,
    pub(super) says: Arc<Mutex<Says>>,
}

impl Provider {
    pub(super) async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let this = Self::at(format!("http://{}", listener.local_addr().unwrap()));
        let answering = this.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answering.clone().answer(stream));
            }
        });
        this
    }

    /// One that shows a certificate of this name.
    pub(super) async fn secure(name: &str, config: ServerConfig) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let this = Self::at(format!("https://{name}:{}", listener.local_addr().unwrap().port()));
        let (answering, tls) = (this.clone(), TlsAcceptor::from(Arc::new(config)));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                if let Ok(stream) = tls.accept(stream).await {
                    tokio::spawn(answering.clone().answer(stream));
                }
            }
        });
        this
    }

    fn at(issuer: String) -> Self {
        let says = Says {
            metadata: json!({
                "issuer": issuer,
                "authorization_endpoint": format!("{issuer}/auth"),
                "token_endpoint": format!("{issuer}/token"),
                "userinfo_endpoint": format!("{issuer}/me"),
                "jwks_uri": format!("{issuer}/jwks"),
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
            }),
            keys: Vec::new(),
            token: String::new(),
            userinfo: None,
            status: 200,
            asked: Vec::new(),
        };
        Self { issuer, says: Arc::new(Mutex::new(says)) }
    }

    pub(super) fn change(&self, change: impl FnOnce(&mut Says)) {
        change(&mut self.says.lock().unwrap());
    }

    pub(super) fn asked(&self, path: &str) -> Vec<String> {
        self.says.lock().unwrap().asked.iter().filter(|line| line.starts_with(path)).cloned().collect()
    }

    async fn answer<S: AsyncRead + AsyncWrite + Unpin>(self, mut stream: S) {
        let mut text = String::new();
        let mut buffer = [0; 8192];
        loop {
            let read = stream.read(&mut buffer).await.unwrap();
            text.push_str(&String::from_utf8_lossy(&buffer[..read]));
            let length = text.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length:")?.trim().parse::<usize>().ok());
            let whole = text.split_once("\r\n\r\n").is_some_and(|(_, body)| body.len() >= length.unwrap_or(0));
            if whole || read == 0 {
                break;
            }
        }
        let path = text.split(' ').nth(1).unwrap_or_default().to_owned();
        let (status, body) = self.said(&path, &text);
        let head = format!(
            "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
    }

    fn said(&self, path: &str, text: &str) -> (u16, String) {
        let mut says = self.says.lock().unwrap();
        says.asked.push(format!("{path} {}", text.replace("\r\n", " ")));
        match path {
            "/.well-known/openid-configuration" => (200, says.metadata.to_string()),
            "/jwks" => (200, json!({"keys": says.keys}).to_string()),
            "/me" => says.userinfo.as_ref().map_or((401, String::new()), |said| (200, said.to_string())),
            "/token" if says.status != 200 => (says.status, "{\"error\": \"invalid_grant\"}".to_owned()),
            "/token" => {
                let answer = json!({"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": says.token});
                (200, answer.to_string())
            }
            _ => (404, String::new()),
        }
    }
}
