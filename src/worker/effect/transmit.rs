//! Sends the person's file directly to another controller (Art. 20(2)), signed so that the other knows from whom it comes.
//!
//! HTTP message signatures (RFC 9421) with the key that also signs the file's manifest, over the digest of the file (RFC 9530).

use data_encoding::BASE64;
use habeas_core::{
    crypto::hash::{Hash, Hasher},
    law::{ask::Asked, lang::Text, recipient::Recipient},
};
use jiff::Timestamp;
use tokio::{fs::File, io::AsyncReadExt as _};

use super::{Effect, connector_failed, done};
use crate::{
    action::{
        fact::Fact,
        refusal::Refusal,
        report_effect::{Performed, Report},
    },
    connector::Upload,
    keys::Keys,
    render::letter::Transmission,
    store::package,
};

/// What is signed, in this order.
const SIGNED: [&str; 5] = ["@method", "@target-uri", "content-type", "content-digest", "idempotency-key"];
const ZIP: &str = "application/zip";
/// The file is read in pieces of so many bytes.
const PIECE: usize = 64 * 1024;

impl Effect<'_> {
    /// `delivered`, or `not-asked` where she takes it herself. An answer of the other's that says no is for a person to look at.
    pub(super) async fn transmit(&self) -> Result<Performed, Refusal> {
        let Asked::Transmission { to } = self.applicant()?.asked else { return done(Report::outcome("not-asked")) };
        let Some((receiver, address)) =
            self.worker.door.organisation.recipient(&to).and_then(|receiver| Some((receiver, receiver.takes_files.as_ref()?)))
        else {
            return Ok(Performed::Never(format!("`{to}` takes no files any more: look at recipients.yaml").into()));
        };
        let parts = package::parts(&self.worker.door.store, &self.case.id).await?;
        if parts.is_empty() {
            return Err(Refusal::NotFound("package"));
        }
        let mut report = Report::outcome("delivered");
        for (part, package) in (1..).zip(parts) {
            let path = self.worker.packages.join(&package.file);
            let digest = match digest(&path).await {
                Ok(digest) if digest.to_string() == package.sha256 => digest,
                Ok(_) => return Ok(Performed::Never("the file is not the one that was written: have it written again".to_owned().into())),
                Err(_) => return Ok(Performed::NotNow("the file cannot be read".to_owned().into())),
            };
            // Each file is told apart from the others, and is the same one however often it is tried.
            let key = &self.command.idempotency_key;
            let key = if part == 1 { key.clone() } else { format!("{key}-{part}") };
            let message = Message { to: address.as_str(), digest, key: &key, at: self.worker.door.clock.now() };
            let headers = message.headers(&self.worker.door.keys);
            let upload = Upload { receiver: &receiver.id, to: address, file: &path, headers: &headers };
            if let Err(error) = upload.send().await {
                return Ok(connector_failed(&error));
            }
            report = report.fact(self.transmitted(receiver, address.scheme(), &digest));
        }
        done(report)
    }

    fn transmitted(&self, receiver: &Recipient, scheme: &str, digest: &Hash) -> Fact {
        let fact = Fact::of_case("package-transmitted", &self.case.id).with("recipient", &receiver.id);
        fact.with("sha256", digest.to_string()).with("transport", scheme)
    }

    /// To whom she has the file sent, and whether it got there; `None`: to nobody but her.
    pub(super) fn transmission(&self) -> Result<Option<Transmission>, Refusal> {
        let Asked::Transmission { to } = self.applicant()?.asked else { return Ok(None) };
        let known = self.worker.door.organisation.recipient(&to);
        let delivered = self.case.workflow_state()?.outcomes.values().any(|outcome| &**outcome == "delivered");
        Ok(Some(Transmission { name: known.map_or_else(|| Text::same(&to), |recipient| recipient.name.clone()), delivered }))
    }
}

async fn digest(path: &std::path::Path) -> std::io::Result<Hash> {
    let (mut file, mut hasher, mut piece) = (File::open(path).await?, Hasher::new(), vec![0; PIECE]);
    loop {
        let read = file.read(&mut piece).await?;
        if read == 0 {
            return Ok(hasher.finish());
        }
        hasher.update(piece.get(..read).unwrap_or_default());
    }
}

/// What is sent, as far as it is signed.
struct Message<'a> {
    to: &'a str,
    digest: Hash,
    /// The same however often it is tried.
    key: &'a str,
    at: Timestamp,
}

impl Message<'_> {
    fn headers(&self, keys: &Keys) -> [(&'static str, String); 5] {
        let key = keys.log();
        let names = SIGNED.map(|name| format!("\"{name}\"")).join(" ");
        let parameters = format!("({names});created={};keyid=\"{}\";alg=\"ed25519\"", self.at.as_second(), key.public().hash());
        let signature = BASE64.encode(&key.sign(self.base(&parameters).as_bytes()));
        [
            ("content-type", ZIP.to_owned()),
            ("content-digest", self.content_digest()),
            ("idempotency-key", format!("\"{}\"", self.key)),
            ("signature-input", format!("habeas={parameters}")),
            ("signature", format!("habeas=:{signature}:")),
        ]
    }

    fn content_digest(&self) -> String {
        format!("sha-256=:{}:", BASE64.encode(self.digest.as_bytes()))
    }

    /// RFC 9421, 2.5.
    fn base(&self, parameters: &str) -> String {
        let values = ["POST".to_owned(), self.to.to_string(), ZIP.to_owned(), self.content_digest(), format!("\"{}\"", self.key)];
        let lines = SIGNED.iter().zip(values).map(|(name, value)| format!("\"{name}\": {value}\n"));
        lines.chain([format!("\"@signature-params\": {parameters}")]).collect()
    }
}
