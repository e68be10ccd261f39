//! Files to take along, streamed from the house's package folder.

pub(crate) mod resumed;

use std::path::Path;

use rocket::{
    Request, Response,
    fs::NamedFile,
    http::{ContentType, Header},
    response::{self, Responder},
};

pub(crate) use self::resumed::{Resumable, Wanted};
use crate::action::refusal::Refusal;

/// A file under the name it should be saved as.
pub(crate) struct Attachment<R> {
    name: String,
    kind: ContentType,
    body: R,
}

impl Attachment<NamedFile> {
    /// Opens a file of the house; one that is not there any more is no file.
    pub(crate) async fn open(folder: &Path, name: &str, kind: ContentType) -> Result<Self, Refusal> {
        let body = NamedFile::open(folder.join(plain(name))).await.map_err(|_| Refusal::NotFound("file"))?;
        Ok(Self { name: plain(name), kind, body })
    }
}

impl Attachment<Vec<u8>> {
    /// Bytes that are here already.
    pub(crate) fn bytes(name: &str, kind: ContentType, body: Vec<u8>) -> Self {
        Self { name: plain(name), kind, body }
    }
}

impl<'r, R: Responder<'r, 'static>> Responder<'r, 'static> for Attachment<R> {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        Response::build_from(self.body.respond_to(request)?).header(self.kind).header(disposition(&self.name)).ok()
    }
}

fn disposition(name: &str) -> Header<'static> {
    Header::new("Content-Disposition", format!("attachment; filename=\"{name}\""))
}

/// Names are ours and plain, so that they need no encoding (RFC 6266) and lead out of no folder.
fn plain(name: &str) -> String {
    let plain: String = name.chars().filter(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_' | '.')).collect();
    plain.trim_start_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_name_leads_out_of_no_folder_and_breaks_no_header() {
        assert_eq!(plain("visumexpress-HB-7F3K-2QXM.zip.sha256"), "visumexpress-HB-7F3K-2QXM.zip.sha256");
        assert_eq!(plain("../../etc/passwd"), "etcpasswd");
        assert_eq!(plain("a\"\r\nX: b"), "aXb");
    }
}
