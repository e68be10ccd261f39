//! The values of one kind, page by page, and single pictures and files among them.

use habeas_core::law::{
    map::{Collection, Field as Mapped, System, ground},
    recipient::Recipient as Known,
    record::{Record, Value as Found},
    right::Right,
};

use super::holding::{Holding, address};
use crate::{
    render::said::Said,
    store::StoreError,
    view::{
        look::Look,
        portal::{
            kind::{Blob, Field, Kind, Recipient, Shown, Value},
            statement::StatementLine,
        },
    },
};

/// Records on one page.
const PER_PAGE: usize = 50;

impl Kind {
    /// One page, from 1, of one kind. A kind that asks for a stronger proof is not there.
    pub async fn load(
        look: &Look,
        mailbox: &str,
        reference: &str,
        (id, page): (&str, u32),
        offered: &[Right],
    ) -> Result<Option<Self>, StoreError> {
        let Some(holding) = Holding::open(look, mailbox, reference).await? else { return Ok(None) };
        let Some((system, collection, records)) = holding.shown(id) else { return Ok(None) };
        let pages = records.len().div_ceil(PER_PAGE).max(1);
        let page = usize::try_from(page).unwrap_or(usize::MAX).clamp(1, pages);
        let first = (page - 1) * PER_PAGE;
        let here = format!("/case/{reference}/data/{id}");
        let mut shown = Vec::new();
        let acts = holding.acts(collection, offered).await?;
        let show = |place: usize, record: &Record| shown.push(holding.record(collection, record, &format!("{here}/{place}"), acts.correct));
        holding.whole((system, collection), first..first + PER_PAGE, show).await?;
        Ok(Some(Self {
            id: id.to_owned(),
            label: collection.label.clone(),
            system: system.label.clone(),
            statements: StatementLine::of_kind(look, &holding.mine.case, id).await?,
            records: shown,
            total: u64::try_from(records.len()).unwrap_or(u64::MAX),
            page: u32::try_from(page).unwrap_or(u32::MAX),
            pages: u32::try_from(pages).unwrap_or(u32::MAX),
            purpose: collection.purpose.clone(),
            source: collection.source.clone(),
            recipients: holding.recipients(look, collection),
            ground: ground(&collection.legal_basis),
            legal_basis: collection.legal_basis.clone(),
            keep: holding.keep(collection, &records),
            automated: collection.automated.clone(),
            acts,
            reference: holding.mine.case.id,
        }))
    }

    /// The bytes of one field of one record.
    pub async fn blob(
        look: &Look,
        mailbox: &str,
        reference: &str,
        (id, place, field): (&str, usize, &str),
    ) -> Result<Option<Blob>, StoreError> {
        let Some(holding) = Holding::open(look, mailbox, reference).await? else { return Ok(None) };
        let Some((system, collection, _)) = holding.shown(id) else { return Ok(None) };
        let Some(mapped) = collection.field(field) else { return Ok(None) };
        if mapped.technical || (mapped.third_person && !holding.released) {
            return Ok(None);
        }
        let mut blob = None;
        let name = format!("{}-{}-{}", collection.name, place.saturating_add(1), field);
        let take = |_: usize, record: &Record| {
            if let Found::Bytes(bytes) = record.value(field) {
                blob = Some(Blob { name: name.clone(), bytes: bytes.clone() });
            }
        };
        holding.whole((system, collection), place..place.saturating_add(1), take).await?;
        Ok(blob)
    }
}

impl Blob {
    /// `png` or `jpeg`, by its first bytes; anything else is never shown in place.
    pub fn picture(&self) -> Option<&'static str> {
        picture(&self.bytes)
    }
}

const fn picture(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("png"),
        [0xff, 0xd8, 0xff, ..] => Some("jpeg"),
        _ => None,
    }
}

impl Holding<'_> {
    /// A kind by its address, if the person's proof is enough for it and something of it was found.
    pub(super) fn shown(&self, id: &str) -> Option<(&System, &Collection, Vec<&Record>)> {
        let (system, collection) = self.kinds().find(|(system, collection)| address(system, collection) == id)?;
        let records = self.of(system, collection);
        (!records.is_empty() && self.lacking(collection, &records).is_none()).then_some((system, collection, records))
    }

    /// Whom its data went to, each by name where there is one (Art. 15(1)(c)).
    fn recipients(&self, look: &Look, collection: &Collection) -> Vec<Recipient> {
        let known = |id: &String| look.organisation.recipient(id);
        let recipient = |it: &Known| Recipient {
            name: it.called(&self.records),
            nameless: it.nameless(&self.records),
            country: it.country.clone(),
            about: it.about.clone(),
            safeguards: it.safeguards.clone(),
        };
        collection.recipients.iter().filter_map(known).map(recipient).collect()
    }

    fn record(&self, collection: &Collection, record: &Record, here: &str, correct: bool) -> Shown {
        let shown = collection.fields.iter().filter(|field| !field.technical);
        let field = |field: &Mapped| {
            let path = format!("{here}/{}", field.name);
            Field {
                label: field.label.clone(),
                correct: self.amendable(field, record).filter(|_| correct).map(|_| format!("{path}/correct")),
                value: self.value(field, record, &format!("/{}{path}", self.mine.case.lang.code())),
            }
        };
        Shown { fields: shown.map(field).collect() }
    }

    fn value(&self, field: &Mapped, record: &Record, href: &str) -> Value {
        let value = record.value(&field.name);
        match value {
            Found::Null => Value::Empty,
            _ if field.third_person && !self.released => Value::Other,
            Found::Unreadable(_) => Value::Unreadable,
            Found::Text(text) if text.trim().is_empty() => Value::Empty,
            Found::Bytes(bytes) if picture(bytes).is_some() => Value::Image { src: href.to_owned() },
            Found::Bytes(bytes) => Value::File { href: href.to_owned(), bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX) },
            Found::List(_) | Found::Others if value.to_text().is_empty() => Value::Empty,
            _ if let Some(meaning) = field.meaning(value) => Value::Text { text: Said::Meaning(meaning.clone()) },
            Found::Integer(_) | Found::Real(_) | Found::Text(_) | Found::List(_) | Found::Others => {
                Value::Text { text: Said::of(field.data, &value.to_text()) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::picture;

    #[test]
    fn only_what_begins_like_a_picture_is_one() {
        assert_eq!(picture(b"\x89PNG\r\n\x1a\n...."), Some("png"));
        assert_eq!(picture(b"\xff\xd8\xff\xe0...."), Some("jpeg"));
        for bytes in [&b"<svg onload=alert(1)>"[..], b"GIF89a", b"\x89PNG", b"%PDF-1.7", b""] {
            assert_eq!(picture(bytes), None, "{bytes:?}");
        }
    }
}
