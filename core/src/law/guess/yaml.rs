//! A proposal as a file of `systems/`: Fideslang that loads as it is, with the guesses beside it as comments.

use std::fmt::Write as _;

use super::{
    Confidence, Kind,
    propose::{Collection, Field, Proposal},
};
use crate::law::map::{Connection, Direction, Reference, Server, Tls};

/// What only somebody who knows the organisation can say.
const LOOK: &str = "  # look at this";

/// Fewer rows are estimated too roughly to be told.
const FEW: u64 = 100;

/// The whole file. `from` says where it was read, without any secret.
pub fn write(proposal: &Proposal, connection: &Connection, from: &str) -> String {
    write_named(proposal, &proposal.system, connection, from)
}

/// The same, where somebody has said what people call the system.
pub fn write_named(proposal: &Proposal, name: &str, connection: &Connection, from: &str) -> String {
    let mut out = String::new();
    line(&mut out, 0, &format!("# A first data map of {}, proposed by `habeas map scan`.", comment(from)));
    line(&mut out, 0, "# Beside a field stands what it was taken for, and how sure that is. `look at this` marks what only you can know:");
    line(&mut out, 0, "# what the data are for, on which ground of Art. 6(1) GDPR, where they come from, and what people call them.");
    line(&mut out, 0, "habeas:");
    line(&mut out, 1, &format!("label: {}{LOOK}", same(name)));
    line(&mut out, 1, &format!("connection: {}", reach(connection)));
    line(&mut out, 0, "dataset:");
    line(&mut out, 1, &format!("- fides_key: {}", scalar(&proposal.system)));
    let empty = if proposal.collections.is_empty() { " []" } else { "" };
    line(&mut out, 2, &format!("collections:{empty}"));
    for each in &proposal.collections {
        collection(&mut out, each);
    }
    if !proposal.suggested.is_empty() {
        out.push_str("\n# No foreign key leads here, but names say that one could. Where that is true, take the `# ` away:\n");
    }
    for each in &proposal.suggested {
        let mut text = String::new();
        collection(&mut text, &adopted(each));
        for line in text.lines() {
            let _ = writeln!(out, "# {line}");
        }
    }
    notes(&mut out, proposal);
    out
}

/// A suggested collection as it would be with its suggestions taken.
fn adopted(suggested: &Collection) -> Collection {
    let mut collection = suggested.clone();
    for field in &mut collection.fields {
        field.references.extend(field.suggested.drain(..).map(|(reference, _)| reference));
    }
    collection
}

fn notes(out: &mut String, proposal: &Proposal) {
    for (look, title) in [(true, "Not mapped, and somebody should look:"), (false, "Not mapped:")] {
        let left: Vec<_> = proposal.left.iter().filter(|left| left.look == look).collect();
        if !left.is_empty() {
            let _ = writeln!(out, "\n# {title}");
        }
        let mut reasons: Vec<&str> = left.iter().map(|left| left.why.as_str()).collect();
        reasons.sort_unstable();
        reasons.dedup();
        for why in reasons {
            let tables = left.iter().filter(|left| left.why == why).map(|left| comment(&left.table)).collect::<Vec<_>>();
            let _ = writeln!(out, "#   {}:\n#     {}", comment(why), tables.join(", "));
        }
    }
    if !proposal.slow.is_empty() {
        out.push_str("\n# Every search reads these columns whole: give each an index that begins with it.\n");
    }
    for slow in &proposal.slow {
        let _ = writeln!(out, "#   {}.{}", comment(&slow.table), comment(&slow.column));
    }
}

fn collection(out: &mut String, it: &Collection) {
    let rows = it.rows.filter(|rows| *rows >= FEW).map(|rows| format!("  # about {rows} rows")).unwrap_or_default();
    line(out, 3, &format!("- name: {}{rows}", scalar(&it.name)));
    for held in &it.held {
        line(out, 4, &format!("# not followed: {}", comment(held)));
    }
    for name in &it.unnamed {
        line(out, 4, &format!("# not mapped: {}: its name is blank or holds a dot, which no data map can name", comment(name)));
    }
    if it.fetched {
        line(out, 4, "# found because rows of the person refer to it; look at this: does a row ever belong to two people?");
    }
    if it.third_person {
        line(out, 4, "# about people whom the person knows: nobody is found by what stands here; look at this");
    }
    line(out, 4, "habeas:");
    line(out, 5, &format!("label: {}{}", words(&it.label), if it.labelled { "" } else { LOOK }));
    line(out, 5, &format!("purpose: {}{LOOK}", words(&it.theme.purpose())));
    line(out, 5, &format!("legal-basis: {}{LOOK}", it.theme.legal_basis()));
    line(out, 5, &format!("source: {}{LOOK}", words(&super::label::SOURCE)));
    if !it.unique.is_empty() {
        let keys = it.unique.iter().map(|key| format!("[{}]", key.iter().map(|name| scalar(name)).collect::<Vec<_>>().join(", ")));
        line(out, 5, &format!("unique: [{}]", keys.collect::<Vec<_>>().join(", ")));
    }
    line(out, 4, "fields:");
    for each in &it.fields {
        field(out, each);
    }
}

fn field(out: &mut String, it: &Field) {
    let told = match it.guess {
        Some(guess) if guess.kind.is_secret() => "  # a secret: never shown".to_owned(),
        Some(guess) => format!("  # {}, {}", guess.confidence.word(), guess.by.words()),
        None => String::new(),
    };
    line(out, 5, &format!("- name: {}{told}", scalar(&it.name)));
    line(out, 6, &format!("data_categories: [{}]", it.category));
    if it.guess.is_some_and(|guess| guess.kind == Kind::Phone) {
        line(out, 6, "# identity: phone  (once the portal proves telephone numbers)");
    }
    for (reference, confidence) in &it.suggested {
        line(out, 6, &format!("# a reference by its name alone, {}: {}", confidence.word(), comment(&written(reference))));
    }
    meta(out, it);
    let mut shown = Vec::new();
    if it.technical {
        shown.push("technical: true".to_owned());
    } else {
        shown.push(format!("label: {}", words(&it.label)));
    }
    if it.normalised {
        shown.push("normalised: true".to_owned());
    }
    if it.third_person {
        shown.push("third-person: true".to_owned());
    }
    let unlike = !it.technical && (!it.labelled || it.guess.is_some_and(|guess| guess.confidence == Confidence::Low));
    line(out, 6, &format!("habeas: {{{}}}{}", shown.join(", "), if unlike { LOOK } else { "" }));
}

fn meta(out: &mut String, it: &Field) {
    let mut said = Vec::new();
    if it.primary_key {
        said.push("primary_key: true".to_owned());
    }
    said.extend(it.identity.map(|kind| format!("identity: {kind}")));
    said.extend(it.data.word().map(|word| format!("data_type: {word}")));
    said.extend(it.length.map(|length| format!("length: {length}")));
    if it.references.is_empty() {
        if !said.is_empty() {
            line(out, 6, &format!("fides_meta: {{{}}}", said.join(", ")));
        }
        return;
    }
    line(out, 6, "fides_meta:");
    for each in said {
        line(out, 7, &each);
    }
    let with =
        if it.together.is_empty() { String::new() } else { format!("  # one foreign key with {}", comment(&it.together.join(", "))) };
    line(out, 7, &format!("references:{with}"));
    for reference in &it.references {
        line(out, 8, &format!("- {}", written(reference)));
    }
}

fn written(reference: &Reference) -> String {
    let direction = match reference.direction {
        Direction::From => ", direction: from",
        Direction::To => ", direction: to",
        Direction::Both => "",
    };
    let field = scalar(&format!("{}.{}", reference.collection, reference.field));
    format!("{{dataset: {}, field: {field}{direction}}}", scalar(&reference.system))
}

/// The settings of a connection, on one line.
pub fn reach(connection: &Connection) -> String {
    let (kind, server) = match connection {
        Connection::Sqlite { path } => return format!("{{type: sqlite, path: {}}}", scalar(path)),
        Connection::Postgres(server) => ("postgres", server),
        Connection::Mariadb(server) => ("mariadb", server),
        // Not scanned: its calls are for a person to write.
        Connection::Http(api) => return format!("{{type: http, base: {}}}", scalar(api.base.as_str())),
        Connection::Manual(_) => return "{type: manual}".to_owned(),
    };
    let Server { host, port, database, schema, user, password, tls } = server;
    let mut parts = vec![format!("type: {kind}"), format!("host: {}", scalar(host))];
    parts.extend(port.map(|port| format!("port: \"{port}\"")));
    parts.push(format!("database: {}", scalar(database)));
    parts.extend(schema.as_ref().map(|schema| format!("schema: {}", scalar(schema))));
    parts.push(format!("user: {}", scalar(user)));
    parts.extend(password.as_ref().map(|secret| format!("password: {}", scalar(&secret.to_string()))));
    if let Tls::Verify { ca: Some(ca) } = tls {
        parts.push(format!("ca: {}", scalar(ca)));
    }
    format!("{{{}}}", parts.join(", "))
}

/// Words in every language, in the order of the language switch.
pub fn words<T: AsRef<str>>([nb, nl, en]: &[T; 3]) -> String {
    format!("{{nb: {}, nl: {}, en: {}}}", quoted(nb.as_ref()), quoted(nl.as_ref()), quoted(en.as_ref()))
}

fn same(text: &str) -> String {
    words(&[text, text, text])
}

/// A name as it is where YAML takes it for a text, else in quotes.
fn scalar(text: &str) -> String {
    const TAKEN: [&str; 10] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan"];
    let plain = text.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '.' | '/' | '-'));
    let begins = text.starts_with(|sign: char| sign.is_ascii_alphabetic());
    if plain && begins && !TAKEN.contains(&text.to_lowercase().as_str()) { text.to_owned() } else { quoted(text) }
}

/// A text that YAML and TOML read as it is: JSON's strings are YAML's, if what would break a line or turn it round is written by its number.
pub fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    json.chars().fold(String::new(), |mut out, sign| {
        if sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
            let _ = write!(out, "\\u{:04x}", u32::from(sign));
        } else {
            out.push(sign);
        }
        out
    })
}

/// Text that stays on its line.
fn comment(text: &str) -> String {
    let inside = quoted(text);
    let inside = inside.trim_start_matches('"').strip_suffix('"').unwrap_or_default();
    inside.replace("\\\"", "\"")
}

fn line(out: &mut String, depth: usize, text: &str) {
    let _ = writeln!(out, "{:width$}{text}", "", width = depth * 2);
}
