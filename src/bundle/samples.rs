//! A person's package, an authority's bundle and rendered pages for the tests of this room.

use std::{collections::HashMap, error::Error, fs, path::PathBuf};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use habeas_core::{
    crypto::{
        checkpoint::Checkpoint,
        leaf::Leaf,
        sign::SigningKey,
        tree::{Frontier, prove_inclusion},
    },
    law::{lang::Lang, map::DataType, record::Value},
};
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;
use tera::{Context, Kwargs, State, Tera};

use super::{
    BundleError,
    authority::{self, Bundle, Entry, Log},
    subject::{self, Field, Kind, Limits, Names, Organisation, Package, Page, Rows, Systems, Take, Withheld},
};

pub(super) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";

pub(super) fn key() -> SigningKey {
    SigningKey::from_seed([21; 32])
}

fn organisation() -> Organisation {
    Organisation { key: "visumexpress".into(), name: "Visumexpress AS".into(), contact: "post@visumexpress.no, 98 47 88 87".into() }
}

fn kind(slug: &str, label: &str, fields: &[(&str, &str)], count: usize) -> Kind {
    Kind {
        slug: slug.into(),
        name: Names::default().of(label),
        label: label.into(),
        purpose: "To get you a visa".into(),
        source: "You".into(),
        recipients: vec!["Embassy of Cambodia".into()],
        legal_basis: "Art. 6(1)(b)".into(),
        keep_until: "31 December 2031".into(),
        fields: fields.iter().map(|(name, label)| field(name, label)).collect(),
        count,
    }
}

fn field(name: &str, label: &str) -> Field {
    Field { name: name.into(), label: label.into(), card: None, data: DataType::Text, dated: true, codes: Vec::new() }
}

/// Kari's data, hostile values included.
pub(super) fn package() -> Package {
    Package {
        reference: "VX-7F3K-2Q".into(),
        organisation: organisation(),
        language: Lang::En,
        made_at: "2026-11-19T23:30:00Z".parse().unwrap(),
        zone: TimeZone::get("Europe/Oslo").unwrap(),
        kinds: vec![
            kind("shop-orders", "Orders", &[("number", "Order number"), ("sum", "Sum"), ("note", "Note"), ("paid", "Paid")], 2),
            kind("passports", "Passports", &[("photo", "Photo"), ("scan", "Scan")], 1),
            kind("calls", "Calls", &[("at", "Time")], 0),
        ],
        systems: Systems {
            asked: vec!["The web shop".into(), "The call log".into(), "Accounting".into()],
            nothing: vec!["The call log".into()],
            failed: vec!["Accounting".into()],
        },
        withheld: vec![Withheld { section: "A colleague's name".into(), reason: "Art. 15(4)".into() }],
        authority: "Datatilsynet".into(),
        unreadable: "Could not be read".into(),
    }
}

/// Rows in memory, by the label of their kind.
pub(super) struct Given(pub(super) HashMap<&'static str, Vec<Vec<Value>>>);

impl Rows for Given {
    fn each(&self, kind: &Kind, take: &mut Take<'_>) -> Result<(), BundleError> {
        self.0.get(kind.label.as_str()).into_iter().flatten().try_for_each(|row| take(row))
    }
}

/// The rows of [`package`].
pub(super) fn rows() -> Given {
    let text = |text: &str| Value::Text(text.into());
    let orders = vec![
        vec![Value::Integer(1001), Value::Real(-12.5), text("=HYPERLINK(\"https://evil.example\")"), Value::Null],
        vec![
            Value::Integer(1002),
            Value::Real(f64::NAN),
            text("<script>alert(1)</script>\u{202e}gpj"),
            Value::Unreadable("bad date".into()),
        ],
    ];
    let passports = vec![vec![Value::Bytes(PNG.into()), Value::Bytes(b"%PDF-1.7 x".into())]];
    Given(HashMap::from([("Orders", orders), ("Passports", passports)]))
}

/// Renders as the worker would.
pub(super) fn rendering(lang: Lang) -> impl Fn(&Page<'_>) -> Result<String, Box<dyn Error + Send + Sync>> {
    move |page| Ok(rendered(lang, page.template(), page))
}

pub(super) fn subject_zip() -> Vec<u8> {
    written(&package(), &rows(), &Limits::default()).remove(0)
}

/// The parts of a package, the one with the index first.
pub(super) fn written(package: &Package, rows: &dyn Rows, limits: &Limits) -> Vec<Vec<u8>> {
    let parts = subject::write(|| Ok(Vec::new()), package, rows, &rendering(package.language), (&key(), limits)).unwrap();
    parts.into_iter().map(|part| part.out).collect()
}

/// A case of three entries in a log of forty.
pub(super) fn bundle() -> Bundle {
    let (log, desk) = (SigningKey::from_seed([22; 32]), SigningKey::from_seed([23; 32]));
    let events: Vec<_> =
        (0..40).map(|seq| format!("{{\"seq\":{seq},\"type\":\"case-opened\",\"nonce\":\"{:064x}\"}}", seq * 7919)).collect();
    let leaves: Vec<_> = events.iter().map(|event| Leaf::sign(event.as_bytes(), &desk)).collect();
    let hashes: Vec<_> = leaves.iter().map(Leaf::hash).collect();
    let root = hashes.iter().copied().collect::<Frontier>().root();
    let entry = |index: u64| {
        let at = usize::try_from(index).unwrap();
        Entry { index, event: events[at].clone().into(), leaf: leaves[at], path: prove_inclusion(&hashes, index).unwrap() }
    };
    Bundle {
        reference: "VX-7F3K-2Q".into(),
        organisation: organisation(),
        made_at: "2026-11-19T12:00:00Z".parse().unwrap(),
        zone: TimeZone::UTC,
        documents: vec![
            ("01-timeline.json".into(), b"[]".to_vec()),
            ("00-cover.json".into(), b"{\"controller\":\"Visumexpress AS\"}".to_vec()),
        ],
        log: Log {
            key: log.public(),
            entry_key: desk.public(),
            checkpoint: Checkpoint::of(&log.public(), 40, root).sign(&log),
            entries: vec![entry(3), entry(17), entry(39)],
        },
    }
}

pub(super) fn authority_zip() -> super::Written<Vec<u8>> {
    let bundle = bundle();
    let readme = rendered(Lang::En, "package/authority.txt", &bundle.readme(&key().public()));
    authority::write(Vec::new(), &bundle, &readme, &key()).unwrap()
}

/// Renders a shipped template with the shipped texts; a text that is missing fails.
pub(super) fn rendered(lang: Lang, template: &str, context: &impl Serialize) -> String {
    let folder = |folder: &str| format!("{}/{folder}", env!("CARGO_MANIFEST_DIR"));
    let mut texts = FluentBundle::new_concurrent(vec!["en".parse().unwrap()]);
    texts.set_use_isolating(false);
    for name in ["fragments/package.", "fragments/held.", ""] {
        let file = fs::read_to_string(format!("{}/{name}{}.ftl", folder("texts"), lang.code())).unwrap();
        texts.add_resource(FluentResource::try_new(file).unwrap()).unwrap();
    }
    let mut tera = Tera::new();
    tera.register_function("t", move |kwargs: Kwargs, _: &State<'_>| -> tera::TeraResult<String> { Ok(sentence(&texts, &kwargs)) });
    tera.register_function("size", |kwargs: Kwargs, _: &State<'_>| -> tera::TeraResult<String> {
        Ok(format!("{} B", kwargs.must_get::<u64>("bytes")?))
    });
    tera.register_function("day", |kwargs: Kwargs, _: &State<'_>| -> tera::TeraResult<String> {
        Ok(kwargs.must_get::<&str>("value")?.to_owned())
    });
    tera.register_function("datetime", |kwargs: Kwargs, _: &State<'_>| -> tera::TeraResult<String> {
        let at: Timestamp = kwargs.must_get::<&str>("value")?.parse().unwrap();
        Ok(at.to_zoned(TimeZone::get("Europe/Oslo").unwrap()).strftime("%Y-%m-%d %H:%M").to_string())
    });
    let all = fs::read_dir(format!("{}/package", folder("templates"))).unwrap().map(|file| file.unwrap().path());
    let named = |path: PathBuf| (format!("package/{}", path.file_name().unwrap().display()), fs::read_to_string(&path).unwrap());
    tera.add_raw_templates(all.map(named)).unwrap();
    tera.render(template, &Context::from_serialize(context).unwrap()).unwrap()
}

fn sentence(texts: &FluentBundle<FluentResource>, kwargs: &Kwargs) -> String {
    let mut args = FluentArgs::new();
    for (name, value) in kwargs.iter() {
        let value = value.as_i64().map_or_else(|| FluentValue::from(value.to_string()), FluentValue::from);
        args.set(name.to_string(), value);
    }
    let key = kwargs.must_get::<&str>("key").unwrap();
    let mut errors = Vec::new();
    let message = texts.get_message(key).unwrap_or_else(|| panic!("no text {key}"));
    let said = texts.format_pattern(message.value().unwrap(), Some(&args), &mut errors).into_owned();
    assert!(errors.is_empty(), "{key}: {errors:?}");
    said
}

/// Every member of a ZIP by its full name.
pub(super) fn unpacked(zip: &[u8]) -> HashMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(zip)).unwrap();
    let names: Vec<_> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut read = |name: &String| {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut zip.by_name(name).unwrap(), &mut bytes).unwrap();
        bytes
    };
    names.into_iter().map(|name| (name.clone(), read(&name))).collect()
}
