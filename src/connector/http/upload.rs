//! Hands a file to somebody else's server in one call: another controller, to whom a person has her data sent (Art. 20(2)).

use std::{path::Path, time::Duration};

use reqwest::{
    Body, Method, Request, Url,
    header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue},
};
use tokio::fs::File;

use super::{
    gate::{self, Gate},
    wire::Wire,
};
use crate::connector::{Caps, Cause, ConnectorError};

/// How long a whole file may take.
const WHOLE: Duration = Duration::from_mins(30);
/// What is done, in errors.
const DOING: &str = "hand over the file";

/// A file on its way.
#[derive(Debug)]
pub struct Upload<'a> {
    /// To whom, in errors.
    pub receiver: &'a str,
    /// Where it goes.
    pub to: &'a Url,
    /// The file.
    pub file: &'a Path,
    /// What goes with it.
    pub headers: &'a [(&'static str, String)],
}

impl Upload<'_> {
    /// Sends it with `POST`. Any answer of success is one; what the answer says is not read.
    pub async fn send(&self) -> Result<(), ConnectorError> {
        self.sent().await.map_err(|cause| cause.of(self.receiver, DOING))
    }

    async fn sent(&self) -> Result<(), Cause> {
        let file = File::open(self.file).await.map_err(|_| Cause::Missing)?;
        let size = file.metadata().await.map_err(|_| Cause::Missing)?.len();
        let mut request = Request::new(Method::POST, self.to.clone());
        fill(request.headers_mut(), self.headers)?;
        request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(size));
        *request.body_mut() = Some(Body::from(file));
        let wire = Wire::new(Gate::to_one(self.to, gate::system()), None, None, Caps { time: WHOLE, ..Caps::default() });
        let status = wire.send(request).await?;
        match status.as_u16() {
            200..=299 => Ok(()),
            401 => Err(Cause::Unauthorised),
            status @ (408 | 425 | 429 | 500 | 502..=504) => Err(Cause::Status { status, again: true }),
            status => Err(Cause::Status { status, again: false }),
        }
    }
}

fn fill(headers: &mut HeaderMap, with: &[(&'static str, String)]) -> Result<(), Cause> {
    for (name, value) in with {
        let value = HeaderValue::from_str(value).map_err(|_| Cause::Driver("a header that cannot be sent"))?;
        headers.insert(HeaderName::from_static(name), value);
    }
    Ok(())
}
