//! `habeas bench package`: the copy of somebody about whom very much is held, made up, as she gets it. For measuring, and for looking at it.

use std::{fs::File, io::BufWriter, path::PathBuf};

use clap::Args;
use habeas_core::{
    crypto::sign::SigningKey,
    law::{lang::Lang, map::DataType, record::Value},
};
use jiff::civil::{Date, date};
use serde::Serialize;

use super::print_one;
use crate::{
    bundle::{
        BundleError,
        subject::{self, Code, Field, Kind, Limits, Names, Package, Page, Rows, Systems, Take, Withheld},
    },
    cli::CliError,
    clock::Clock,
    config::Config,
    house::House,
    organisation::Organisation,
};

/// Write the package of a made-up person
#[derive(Debug, Args)]
pub struct PackageArgs {
    /// How many records are held about her
    #[arg(long, default_value_t = 50_000)]
    records: usize,
    /// How many pictures
    #[arg(long, default_value_t = 200)]
    pictures: usize,
    /// In which language: nb, nl or en
    #[arg(long, default_value = "en", value_parser = lang)]
    lang: Lang,
    /// No file is longer than so many bytes
    #[arg(long, default_value_t = Limits::default().part)]
    part_bytes: u64,
    /// The folder to write it into
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// What it took.
#[derive(Debug, Serialize)]
struct Figures {
    records: usize,
    pictures: usize,
    files: Vec<PathBuf>,
    bytes: u64,
    seconds: f64,
    extra_memory_mib: Option<u64>,
    optimised: bool,
}

pub(super) fn run(args: &PackageArgs) -> Result<(), CliError> {
    let said = |error: &dyn std::error::Error| CliError::Said(error.to_string());
    let source = Config::default().source();
    let organisation = Organisation::read(&source).map_err(|error| said(&error))?;
    let renderer = House::renderer(&source, &organisation).map_err(|error| said(&error))?;
    let package = package(args, &organisation);
    let render = |page: &Page<'_>| Ok(renderer.document(args.lang, page.template(), page)?);
    let limits = Limits { part: args.part_bytes, ..Limits::default() };
    std::fs::create_dir_all(&args.out).map_err(|error| CliError::File(args.out.clone(), error))?;
    let mut opened = Vec::new();
    let open = || {
        opened.push(args.out.join(format!("part-{}.zip", opened.len() + 2)));
        File::create(opened.last().unwrap_or(&args.out)).map(BufWriter::new)
    };
    let before = super::memory("VmRSS:");
    let watch = Clock::stopwatch();
    let key = SigningKey::from_seed([7; 32]);
    let parts =
        subject::write(open, &package, &Made { pictures: args.pictures }, &render, (&key, &limits)).map_err(|error| said(&error))?;
    let seconds = watch.elapsed().as_secs_f64();
    let files: Vec<PathBuf> = (1..=parts.len()).map(|part| args.out.join(package.file(part))).collect();
    // The one with the index was the last to be opened.
    let others = opened.len().saturating_sub(1);
    for (from, to) in opened.iter().skip(others).chain(opened.iter().take(others)).zip(&files) {
        std::fs::rename(from, to).map_err(|error| CliError::File(to.clone(), error))?;
    }
    print_one(&Figures {
        records: args.records,
        pictures: args.pictures,
        files,
        bytes: parts.iter().map(|part| part.bytes).sum(),
        seconds,
        extra_memory_mib: super::memory("VmHWM:").zip(before).map(|(peak, before)| peak.saturating_sub(before)),
        optimised: !cfg!(debug_assertions),
    })
}

/// Says things in the language of the package.
#[derive(Clone, Copy)]
struct Words(Lang);

impl Words {
    fn say(self, nb: &str, nl: &str, en: &str) -> String {
        match self.0 {
            Lang::Nb => nb,
            Lang::Nl => nl,
            Lang::En => en,
        }
        .to_owned()
    }
}

fn lang(code: &str) -> Result<Lang, String> {
    Lang::ALL
        .into_iter()
        .find(|lang| lang.code() == code)
        .ok_or_else(|| format!("`{code}` is no language of the package; use nb, nl or en"))
}

fn package(args: &PackageArgs, organisation: &Organisation) -> Package {
    let words = Words(args.lang);
    let about = organisation.about();
    let systems = [
        words.say("Nettbutikken", "De webwinkel", "The web shop"),
        words.say("Telefonen", "De telefoon", "The telephone"),
        words.say("Regnskapet", "De boekhouding", "The accounts"),
    ];
    Package {
        reference: "HB-7F3K-2QXM".to_owned(),
        organisation: subject::Organisation { key: about.key.clone(), name: about.name.clone(), contact: about.contact.email.clone() },
        language: args.lang,
        made_at: jiff::Timestamp::constant(1_795_500_000, 0),
        zone: organisation.zone(),
        kinds: kinds(args, words),
        systems: Systems { failed: systems.iter().skip(2).cloned().collect(), nothing: Vec::new(), asked: systems.to_vec() },
        withheld: vec![Withheld {
            section: words.say("Navnet på en kollega", "De naam van een collega", "A colleague's name"),
            reason: words.say(
                "Det handler om andre (Art. 15(4)).",
                "Het gaat over anderen (Art. 15(4)).",
                "It is about others (Art. 15(4)).",
            ),
        }],
        authority: about.authority.name.clone(),
        unreadable: words.say("Kunne ikke leses", "Kon niet worden gelezen", "Could not be read"),
    }
}

/// Kinds whose names in the systems say nothing to anybody.
fn kinds(args: &PackageArgs, words: Words) -> Vec<Kind> {
    let mut names = Names::default();
    let mut kind = |slug: &str, label: String, count: usize, fields: Vec<Field>| Kind {
        slug: slug.to_owned(),
        name: names.of(&label),
        purpose: words.say("For å skaffe visumet du bestilte.", "Om het visum te regelen dat u bestelde.", "To get the visa you ordered."),
        source: words.say("Fra deg", "Van u", "From you"),
        recipients: vec!["Webhuset AS".to_owned()],
        legal_basis: "Art. 6(1)(b)".to_owned(),
        keep_until: words.say("I fem år etter bestillingen.", "Vijf jaar na de bestelling.", "Five years after the order."),
        label,
        fields,
        count,
    };
    let calls = args.records / 5;
    let passports = args.pictures.div_ceil(2);
    let orders = args.records.saturating_sub(calls + passports);
    vec![
        kind("ord_hdr-cust_order", words.say("Bestillinger", "Bestellingen", "Orders"), orders, order_fields(words)),
        kind("pbx_log-call_rec", words.say("Telefonsamtaler", "Telefoongesprekken", "Phone calls"), calls, call_fields(words)),
        kind("dms_blob-pass_scan", words.say("Pass", "Paspoorten", "Passports"), passports, passport_fields(words)),
        kind("crm_seg-mkt_pref", words.say("Nyhetsbrev", "Nieuwsbrieven", "Newsletters"), 0, call_fields(words)),
    ]
}

fn field(name: &str, label: String, data: DataType) -> Field {
    Field { name: name.to_owned(), label, card: None, data, dated: true, codes: Vec::new() }
}

fn order_fields(words: Words) -> Vec<Field> {
    let codes = [("DLV", words.say("levert", "geleverd", "delivered")), ("CNL", words.say("avbestilt", "geannuleerd", "cancelled"))];
    let status = field("st_cd", words.say("Status", "Status", "Status"), DataType::Text);
    vec![
        field("ord_no", words.say("Ordrenummer", "Bestelnummer", "Order number"), DataType::Text),
        field("placed_ts", words.say("Bestilt", "Besteld", "Ordered"), DataType::Timestamp),
        Field { codes: codes.map(|(code, label)| Code { code: code.to_owned(), label }).into(), ..status },
        field("amt_nok", words.say("Beløp i kroner", "Bedrag in kronen", "Amount in kroner"), DataType::Number),
        field("rmk_txt", words.say("Merknad", "Opmerking", "Note"), DataType::Text),
    ]
}

fn call_fields(words: Words) -> Vec<Field> {
    vec![
        field("call_dt", words.say("Ringte", "Gebeld", "Called"), DataType::Date),
        field("was_ans", words.say("Besvart", "Beantwoord", "Answered"), DataType::Boolean),
        field("call_txt", words.say("Merknad", "Opmerking", "Note"), DataType::Text),
    ]
}

fn passport_fields(words: Words) -> Vec<Field> {
    vec![
        field("holder_nm", words.say("Navn", "Naam", "Name"), DataType::Text),
        field("exp_dt", words.say("Utløper", "Verloopt", "Expires"), DataType::Date),
        field("img_front", words.say("Bilde av passet", "Foto van het paspoort", "Picture of the passport"), DataType::Text),
        field("img_face", words.say("Portrett", "Portret", "Portrait"), DataType::Text),
    ]
}

/// Rows that are made up as they are asked for, always the same.
struct Made {
    pictures: usize,
}

impl Rows for Made {
    fn each(&self, kind: &Kind, take: &mut Take<'_>) -> Result<(), BundleError> {
        (0..kind.count).try_for_each(|row| match kind.slug.as_str() {
            "ord_hdr-cust_order" => take(&order(row, kind.count)),
            "pbx_log-call_rec" => take(&call(row, kind.count)),
            _ => take(&[
                Value::Text(format!("Kari {} Nordmann", letters(row))),
                Value::Text(day(row, kind.count).to_string()),
                Value::Bytes(picture(row * 2)),
                if row * 2 + 1 < self.pictures { Value::Bytes(picture(row * 2 + 1)) } else { Value::Null },
            ]),
        })
    }
}

fn order(row: usize, of: usize) -> [Value; 5] {
    let placed = format!("{}T{:02}:{:02}:00Z", day(row, of), 6 + row % 14, row * 7 % 60);
    let status = if row.is_multiple_of(9) { "CNL" } else { "DLV" };
    let note =
        if row.is_multiple_of(4) { Value::Text("Ring før levering, porten er stengt. <b>Takk!</b>".to_owned()) } else { Value::Null };
    [
        Value::Text(format!("VX-{}", 100_000 + row)),
        Value::Text(placed),
        Value::Text(status.to_owned()),
        Value::Text(format!("{}.50", 190 + row % 800)),
        note,
    ]
}

fn call(row: usize, of: usize) -> [Value; 3] {
    [
        Value::Text(day(row, of).to_string()),
        Value::Integer((!row.is_multiple_of(3)).into()),
        Value::Text(format!("Spurte om visum til Kambodsja, samtale {}.", row + 1)),
    ]
}

/// Days over twelve years, as even as they go.
fn day(row: usize, of: usize) -> Date {
    let days = i64::try_from(row * 4380 / of.max(1)).unwrap_or(0);
    date(2014, 3, 1).saturating_add(jiff::SignedDuration::from_hours(24 * days))
}

fn letters(row: usize) -> String {
    ["Anna", "Berit", "Cecilie", "Dagny", "Eva"].get(row % 5).copied().unwrap_or_default().to_owned()
}

/// A small picture of one colour, as a PNG without compression.
fn picture(number: usize) -> Vec<u8> {
    const SIDE: (u32, u32) = (96, 72);
    let shade = |part: usize| u8::try_from(60 + number * part % 160).unwrap_or(60);
    let colour = [shade(37), shade(53), shade(71)];
    let mut rows = Vec::new();
    for line in 0..SIDE.1 {
        rows.push(0);
        for column in 0..SIDE.0 {
            let light = u8::try_from((line + column) / 3).unwrap_or(0);
            rows.extend(colour.map(|part| part.saturating_add(light)));
        }
    }
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let header = [&SIDE.0.to_be_bytes()[..], &SIDE.1.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    chunk(&mut png, *b"IHDR", &header);
    chunk(&mut png, *b"IDAT", &stored(&rows));
    chunk(&mut png, *b"IEND", &[]);
    png
}

/// zlib without compression (RFC 1950): blocks of at most 65,535 bytes.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let mut blocks = bytes.chunks(0xffff).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        out.push(u8::from(blocks.peek().is_none()));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    let (low, high) = bytes.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65521;
        (low, (high + low) % 65521)
    });
    out.extend((high << 16 | low).to_be_bytes());
    out
}

fn chunk(png: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    let length = u32::try_from(data.len()).unwrap_or(0);
    png.extend(length.to_be_bytes());
    png.extend(kind);
    png.extend(data);
    png.extend(crc([kind.as_slice(), data].concat().as_slice()).to_be_bytes());
}

fn crc(bytes: &[u8]) -> u32 {
    let round = |value: u32| if value & 1 == 1 { 0xedb8_8320 ^ (value >> 1) } else { value >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |value, _| round(value)))
}
