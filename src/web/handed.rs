//! Forms that may carry files. Guarded like every other form: from our own pages, in the browser they were made for.

use std::collections::BTreeSet;

use habeas_core::law::upload::Upload;
use rocket::{
    Data, Request,
    data::{FromData, Outcome, ToByteUnit as _},
    form::{self, DataField, Form, FromForm, Options, ValueField},
    http::Status,
};

use super::{
    State, error,
    posted::{is_ours, shown},
};

/// Fields that may be sent more than once.
const REPEATED: [&str; 1] = ["apply"];

/// The field of files that go with a message.
pub(crate) const FILE: &str = "file";

/// A form and its files.
#[derive(Default)]
pub(crate) struct Handed {
    values: Vec<(String, String)>,
    /// In the order they were sent; fields left empty are none.
    pub(crate) files: Vec<Upload>,
    /// A file was larger than is read, or broke off.
    cut: Option<Status>,
}

impl Handed {
    /// A field's first value; empty where there is none.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The files of one field; a field left empty has none.
    pub(crate) fn into_files(self, field: &str) -> Vec<Upload> {
        self.files.into_iter().filter(|file| file.field == field && !(file.name.is_empty() && file.bytes.is_empty())).collect()
    }

    /// Whether a field is there twice that has one value, or holds a zero byte.
    fn is_odd(&self) -> bool {
        let mut seen = BTreeSet::new();
        self.values().any(|(name, value)| value.contains('\0') || !(REPEATED.contains(&name) || seen.insert(name)))
    }

    /// Every field with its value.
    pub(crate) fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

#[rocket::async_trait]
impl<'v> FromForm<'v> for Handed {
    type Context = Self;

    fn init(_: Options) -> Self {
        <Self as Default>::default()
    }

    fn push_value(form: &mut Self, field: ValueField<'v>) {
        form.values.push((field.name.source().to_string(), field.value.to_owned()));
    }

    async fn push_data(form: &mut Self, field: DataField<'v, '_>) {
        let name = field.file_name.map(|name| name.dangerous_unsafe_unsanitized_raw().as_str().to_owned()).unwrap_or_default();
        let limit = field.request.limits().get("file").unwrap_or_else(|| 1.mebibytes());
        let whole = field.data.open(limit).into_bytes().await;
        match whole {
            Ok(bytes) if !bytes.is_complete() => form.cut = Some(Status::PayloadTooLarge),
            Ok(bytes) if bytes.is_empty() && name.is_empty() => {}
            Ok(bytes) => form.files.push(Upload { field: field.name.source().to_string(), name, bytes: bytes.into_inner() }),
            Err(_) => form.cut = Some(Status::BadRequest),
        }
    }

    fn finalize(form: Self) -> form::Result<'v, Self> {
        Ok(form)
    }
}

#[rocket::async_trait]
impl<'r> FromData<'r> for Handed {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        match Box::pin(read(request, data)).await {
            Ok(form) => Outcome::Success(form),
            Err(status) => Outcome::Error((status, ())),
        }
    }
}

/// A form from our own page, whose files are looked through.
pub(super) async fn read<'r>(request: &'r Request<'_>, data: Data<'r>) -> Result<Handed, Status> {
    let state = request.rocket().state::<State>().ok_or(Status::InternalServerError)?;
    if !request.content_type().is_some_and(|kind| kind.is_form() || kind.is_form_data()) {
        return Err(Status::UnsupportedMediaType);
    }
    if !is_ours(request, state) {
        return Err(Status::Forbidden);
    }
    let form = match Form::<Handed>::from_data(request, data).await {
        Outcome::Success(form) => form.into_inner(),
        Outcome::Error((status, _)) | Outcome::Forward((_, status)) => return Err(status),
    };
    Box::pin(shown(request, state, form.value("csrf"))).await?;
    if form.is_odd() {
        return Err(Status::BadRequest);
    }
    if let Some(cut) = form.cut {
        return Err(cut);
    }
    match state.uploads.scan(&form.files).await {
        Ok(()) => Ok(form),
        Err(trouble) => Err(error::unscanned(request, trouble)),
    }
}
