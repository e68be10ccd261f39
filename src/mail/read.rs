//! Caught mail, read back for the demo's mail page and for tests: our own mails only, so the parser knows their shape.

use std::{io, path::Path, time::SystemTime};

use data_encoding::BASE64_MIME_PERMISSIVE;

/// A mail found in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caught {
    /// Its id.
    pub id: String,
    /// When the file was written.
    pub written: SystemTime,
    /// To whom.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// The plain twin.
    pub text: String,
    /// The HTML twin.
    pub html: String,
}

/// Every mail in a folder, newest first.
pub fn caught(folder: &Path) -> io::Result<Vec<Caught>> {
    let mut mails = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "eml") {
            let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            mails.push(parse(id, entry.metadata()?.modified()?, &std::fs::read_to_string(&path)?));
        }
    }
    mails.sort_by(|one, other| other.written.cmp(&one.written).then_with(|| one.id.cmp(&other.id)));
    Ok(mails)
}

fn parse(id: String, written: SystemTime, raw: &str) -> Caught {
    let (head, body) = raw.split_once("\r\n\r\n").unwrap_or((raw, ""));
    let parts: Vec<(String, String)> =
        boundary(head).map(|boundary| body.split(&format!("--{boundary}")).filter_map(part).collect()).unwrap_or_default();
    let find = |kind: &str| parts.iter().find(|(head, _)| head.contains(kind)).map(|(_, text)| text.clone()).unwrap_or_default();
    Caught {
        id,
        written,
        to: field(head, "To"),
        subject: decode_words(&field(head, "Subject")),
        text: find("text/plain"),
        html: find("text/html"),
    }
}

/// A header, unfolded.
fn field(head: &str, name: &str) -> String {
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let line = unfolded.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.unwrap_or_default().trim().to_owned()
}

fn boundary(head: &str) -> Option<String> {
    let kind = field(head, "Content-Type");
    Some(kind.split_once("boundary=")?.1.trim_matches('"').to_owned())
}

fn part(raw: &str) -> Option<(String, String)> {
    let (head, body) = raw.trim_start().split_once("\r\n\r\n")?;
    let text = match field(head, "Content-Transfer-Encoding").as_str() {
        "base64" => String::from_utf8(BASE64_MIME_PERMISSIVE.decode(body.trim().as_bytes()).ok()?).ok()?,
        "quoted-printable" => quoted_printable(body),
        _ => body.to_owned(),
    };
    Some((head.to_owned(), text.trim_end().replace("\r\n", "\n")))
}

fn quoted_printable(body: &str) -> String {
    let joined = body.replace("=\r\n", "");
    let mut bytes = Vec::with_capacity(joined.len());
    let mut rest = joined.as_bytes();
    while let Some((&(mut first), tail)) = rest.split_first() {
        let escaped =
            (first == b'=').then(|| tail.get(..2)).flatten().and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        (first, rest) = escaped.map_or((first, tail), |byte| (byte, tail.get(2..).unwrap_or_default()));
        bytes.push(first);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Encoded words (RFC 2047), as lettre writes them: base64 and UTF-8.
fn decode_words(text: &str) -> String {
    let word = |word: &str| {
        let inner = word.strip_prefix("=?utf-8?b?")?.strip_suffix("?=")?;
        String::from_utf8(BASE64_MIME_PERMISSIVE.decode(inner.as_bytes()).ok()?).ok()
    };
    let mut decoded = String::new();
    let mut after_encoded = false;
    for (index, piece) in text.split(' ').enumerate() {
        let plain = word(piece);
        // White space between two encoded words belongs to the encoding.
        if index > 0 && !(after_encoded && plain.is_some()) {
            decoded.push(' ');
        }
        after_encoded = plain.is_some();
        decoded.push_str(plain.as_deref().unwrap_or(piece));
    }
    decoded
}

#[cfg(test)]
mod tests {
    use habeas_core::law::personal::Personal;

    use super::caught;
    use crate::mail::{Mail, Mailer};

    #[tokio::test]
    async fn what_is_sent_is_what_is_caught() {
        let folder = tempfile::tempdir().unwrap();
        let mailer = Mailer::folder("Vårt firma <post@example.no>", folder.path()).unwrap();
        let mail = Mail {
            id: "abc".to_owned(),
            to: Personal::new("kari@example.com".to_owned()),
            at: "2026-11-20T12:00:00Z".parse().unwrap(),
            subject: "Vi har mottatt saken din – HB-7F3K-2QXM, og vi svarer deg så snart vi kan".to_owned(),
            text: "Hei!\n\nDu får svar senest fredag 18. desember 2026. = æøå\n".to_owned(),
            html: "<!doctype html><html lang=\"nb\"><p>Hei æøå</p></html>".to_owned(),
        };
        mailer.send(&mail).await.unwrap();
        mailer.send(&mail).await.unwrap();
        let found = caught(folder.path()).unwrap();
        assert_eq!(found.len(), 1, "a second attempt is the same mail");
        assert_eq!(found[0].to, "kari@example.com");
        assert_eq!(found[0].subject, mail.subject);
        assert_eq!(found[0].text, mail.text.trim_end());
        assert_eq!(found[0].html, mail.html);
    }

    #[tokio::test]
    async fn plain_smtp_goes_to_this_machine_only() {
        assert!(Mailer::smtp("post@example.no", "smtp://localhost:1025").is_ok());
        assert!(Mailer::smtp("post@example.no", "smtp://mail.example.no").is_err());
        assert!(Mailer::smtp("post@example.no", "smtps://mail.example.no").is_ok());
    }
}
