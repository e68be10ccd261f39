//! Files every page may ask for, under names that change with their content, so that browsers may keep them for ever.

use std::{borrow::Cow, collections::BTreeMap, fmt::Write as _, io::Read as _};

use flate2::{Compression, read::GzEncoder};
use rust_embed::RustEmbed;

use super::theme::Dress;
use crate::keys::sha256;

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Files;

/// One file: where it is served, what it is, its bytes.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Address from the root: `/assets/habeas-1f2e3d4c5b6a.css`.
    pub url: String,
    /// Value for `Content-Type`.
    pub content_type: &'static str,
    /// The file.
    pub body: Cow<'static, [u8]>,
    /// The same, packed by gzip. Pages are never packed: they hold secrets beside what somebody typed, and their length would tell.
    pub packed: Vec<u8>,
}

/// Every embedded file by its plain name (`habeas.css`).
#[derive(Debug, Clone)]
pub struct Assets(BTreeMap<String, Asset>);

impl Assets {
    /// Reads the embedded files and names them by their content.
    pub fn load() -> Self {
        Self(
            Files::iter()
                .filter_map(|name| {
                    let file = Files::get(&name)?;
                    let url = format!("/assets/{}", hashed(&name, &file.metadata.sha256_hash()));
                    let packed = packed(&file.data)?;
                    Some((name.clone().into_owned(), Asset { url, content_type: content_type(&name), body: file.data, packed }))
                })
                .collect(),
        )
    }

    /// The same with a theme's stylesheet and logo, as `NAME.css` and `NAME-logo`.
    #[must_use]
    pub fn dressed(mut self, name: &str, dress: &Dress) -> Self {
        let mut add = |plain: String, ending: &str, body: Vec<u8>| {
            let hash = sha256(&body);
            let url = format!("/assets/{plain}-{}.{ending}", hash.get(..12).unwrap_or_default());
            let content_type = content_type(&url);
            if let Some(packed) = packed(&body) {
                self.0.insert(plain, Asset { url, content_type, body: Cow::Owned(body), packed });
            }
        };
        add(format!("{name}.css"), "css", dress.sheet().into_bytes());
        if let Some((ending, bytes)) = &dress.logo {
            add(format!("{name}-logo"), ending, bytes.clone());
        }
        self
    }

    /// By plain name, for templates.
    pub fn named(&self, name: &str) -> Option<&Asset> {
        self.0.get(name)
    }

    /// By address (`/assets/…`), for the web face.
    pub fn at(&self, url: &str) -> Option<&Asset> {
        self.0.values().find(|asset| asset.url == url)
    }
}

/// `habeas.css` and its hash become `habeas-1f2e3d4c5b6a.css`.
fn hashed(name: &str, sha256: &[u8; 32]) -> String {
    let prefix = sha256.iter().take(6).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{prefix}.{ending}"),
        None => format!("{name}-{prefix}"),
    }
}

/// By gzip, as small as it goes.
pub(crate) fn packed(body: &[u8]) -> Option<Vec<u8>> {
    let mut packed = Vec::new();
    GzEncoder::new(body, Compression::best()).read_to_end(&mut packed).ok()?;
    Some(packed)
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{Assets, hashed};

    #[test]
    fn the_stylesheet_is_found_by_name_and_by_address() {
        let assets = Assets::load();
        let sheet = assets.named("habeas.css").unwrap();
        assert_eq!(sheet.content_type, "text/css; charset=utf-8");
        assert_eq!(assets.at(&sheet.url).unwrap().body, sheet.body);
        assert!(sheet.packed.starts_with(b"\x1f\x8b") && sheet.packed.len() * 3 < sheet.body.len(), "packed, and worth it");
        assert!(assets.at("/assets/habeas.css").is_none(), "a name without a hash would be cached for ever");
    }

    #[test]
    fn another_content_is_another_name() {
        assert_eq!(hashed("habeas.css", &[0xab; 32]), "habeas-abababababab.css");
        assert_ne!(hashed("habeas.css", &[1; 32]), hashed("habeas.css", &[2; 32]));
    }
}
