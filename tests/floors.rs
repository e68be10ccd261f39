//! Keeps the house in order: which room may import which, who may name which crate, how things are called, how long a
//! file may be. It reads source text only; it must not know what the code does. ARCHITECTURE.md explains the rules.
#![allow(clippy::panic, reason = "a check that cannot read the sources must stop")]

use std::{
    fmt,
    fs::{read_dir, read_to_string},
    path::Path,
};

/// The rooms, floor by floor, and what each may import. A room never imports a sibling or a floor above.
const ROOMS: [(&str, &[&str]); 20] = [
    // Floor 0: pure.
    ("source", &[]),
    ("table", &["source"]),
    ("law", &["table", "source"]),
    ("workflow", &["source"]),
    ("crypto", &[]),
    // The one place where words of workflows meet words of the law.
    ("catalogue", &["law", "workflow", "table"]),
    // Floor 1: one thing outside each.
    ("store", &["law", "workflow", "crypto"]),
    ("connector", &["law"]),
    ("openid", &["law"]),
    ("upload", &["law", "crypto"]),
    ("mail", &["law"]),
    ("render", &["law"]),
    ("bundle", &["law", "crypto"]),
    ("organisation", &["law", "workflow", "catalogue"]),
    // Floor 2: change and show.
    ("action", &["law", "workflow", "crypto", "catalogue", "store", "organisation"]),
    ("view", &["law", "workflow", "crypto", "store", "organisation", "render"]),
    // Floor 3: effects.
    (
        "worker",
        &[
            "law",
            "workflow",
            "table",
            "catalogue",
            "crypto",
            "store",
            "connector",
            "mail",
            "render",
            "bundle",
            "organisation",
            "action",
            "view",
        ],
    ),
    // Floor 4: faces.
    ("web", &["law", "openid", "upload", "render", "action", "view"]),
    ("cli", &["law", "workflow", "crypto", "catalogue", "connector", "bundle", "organisation", "action", "view", "worker"]),
    // Old schema changes must keep working when rows move, so they know no room at all.
    ("migrations", &[]),
];

/// The impure edges that any room above floor 0 may be handed, and the wiring that may name every room.
const EDGES: [&str; 6] = ["clock", "chance", "config", "crash", "keys", "network"];
const WIRING: [&str; 4] = ["lib", "main", "house", "serve"];

/// What only some files may name: a crate, or the end of a path such as `Timestamp::now`.
const RESERVED: [(&str, &[&str]); 26] = [
    ("sea_orm", &["src/store/"]),
    ("sea_orm_migration", &["migrations/src/"]),
    ("habeas_migrations", &["src/store/"]),
    ("store::entity", &["src/store/"]),
    ("sqlx", &["src/connector/", "src/store/", "src/cli/demo/sample"]),
    ("lettre", &["src/mail/"]),
    ("reqwest", &["src/connector/http/", "src/openid/", "src/network.rs"]),
    ("openidconnect", &["src/openid/"]),
    ("oauth2", &["src/connector/http/"]),
    ("tera", &["src/render/", "src/bundle/samples.rs"]),
    ("fluent_bundle", &["src/render/", "src/bundle/samples.rs"]),
    ("rocket", &["src/web/", "src/serve.rs"]),
    ("zip", &["src/bundle/"]),
    ("zxcvbn", &["src/action/password.rs"]),
    ("webauthn_rs", &["src/action/passkey.rs"]),
    ("qrcodegen", &["src/render/qr.rs"]),
    ("image", &["src/upload/"]),
    ("tokio_cron_scheduler", &["src/worker/"]),
    ("clap", &["src/cli/", "src/main.rs"]),
    ("getrandom", &["src/chance.rs"]),
    ("env::var", &["src/config.rs"]),
    ("env::var_os", &["src/config.rs"]),
    ("Timestamp::now", &["src/clock.rs"]),
    ("Zoned::now", &["src/clock.rs"]),
    ("SystemTime::now", &["src/clock.rs"]),
    ("Instant::now", &["src/clock.rs"]),
];

/// Rooms that may take a value out of `Personal`: to store it, search by it, post it or show it to its owner.
const REVEALING: [&str; 8] = ["law", "store", "connector", "mail", "render", "bundle", "action", "view"];

/// What floor 0 never touches: the outside world, threads, clocks.
const IMPURE: [&str; 9] =
    ["tokio", "rand", "std::fs", "std::io", "std::net", "std::env", "std::process", "std::thread", "std::time::SystemTime"];
const IMPURE_CRATES: [&str; 9] = ["tokio", "async-trait", "sea-orm", "sqlx", "rocket", "tera", "reqwest", "getrandom", "rand"];

const VAGUE_TYPES: [&str; 9] = ["Manager", "Service", "Handler", "Helper", "Helpers", "Util", "Utils", "Data", "Info"];
const VAGUE_FILES: [&str; 7] = ["util", "utils", "helper", "helpers", "common", "misc", "manager"];
const UNFINISHED: [&str; 3] = ["todo", "unimplemented", "dbg"];
const NOTES: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];
const LONGEST_FILE: usize = 500;

// ---------------------------------------------------------------------------------------------------------------------
// The checks
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn the_house_keeps_its_floors() {
    let mut files = Vec::new();
    for folder in ["core/src", "migrations/src", "src", "tests", "benches", "verify/src"] {
        sources(Path::new(env!("CARGO_MANIFEST_DIR")), folder, &mut files);
    }
    assert!(files.len() > 10, "only {} source files found: is the check looking in the right place?", files.len());

    let breaches: Vec<String> = files.iter().flat_map(|(path, text)| breaches(path, text)).map(|breach| breach.to_string()).collect();
    assert!(
        breaches.is_empty(),
        "the rules of the house (ARCHITECTURE.md) are broken in {} places:\n{}",
        breaches.len(),
        breaches.join("\n")
    );
}

#[test]
fn the_pure_floor_depends_on_nothing_impure() {
    let manifest = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("core/Cargo.toml"));
    let impure: Vec<&str> = dependencies(&manifest).filter(|name| IMPURE_CRATES.contains(name)).collect();
    assert!(impure.is_empty(), "core/Cargo.toml depends on {impure:?}: floor 0 stays pure");
    assert_eq!(dependencies("[dependencies]\ntokio = \"1\"\nserde.workspace = true\n[dev-dependencies]\nrand = \"1\"").count(), 2);
}

/// One broken rule, at the place where it is broken.
struct Breach {
    path: String,
    line: usize,
    what: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "  {}:{}: {}", self.path, self.line, self.what)
    }
}

/// Every rule that a source file breaks. `path` is relative to the repository, with `/`.
fn breaches(path: &str, text: &str) -> Vec<Breach> {
    let code = blank(text);
    let tokens = tokens(&code);
    let room = room_of(path);
    let lines = lines_before_tests(path, text);

    let mut found = names(path, &tokens);
    found.extend(unfinished(text, &tokens));
    if !text.starts_with("//!") {
        found.push((1, "say on the first line, with `//!`, what this file is and what it must not know".into()));
    }
    if !path.starts_with("tests/") && !path.starts_with("benches/") {
        if lines > LONGEST_FILE {
            found.push((lines, format!("{lines} lines without tests, {LONGEST_FILE} at most: split it by noun")));
        }
        found.extend(imports(path, room, &tokens));
        found.extend(phrases(path, room, &tokens));
        if path.starts_with("core/") {
            found.extend(impurities(&tokens).into_iter().filter(|(line, _)| *line <= lines));
        }
    }
    found.sort();
    found.dedup();
    found.into_iter().map(|(line, what)| Breach { path: path.into(), line, what }).collect()
}

type Found = Vec<(usize, String)>;

/// `src/store/case.rs` → `store`, `src/clock.rs` → `clock`, `migrations/src/lib.rs` → `migrations`.
fn room_of(path: &str) -> &str {
    if path.starts_with("migrations/") {
        return "migrations";
    }
    let inside = path.split_once("src/").map_or(path, |(_, inside)| inside);
    inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs")
}

fn imports(path: &str, room: &str, tokens: &[Token<'_>]) -> Found {
    let allowed = match ROOMS.iter().find(|(name, _)| *name == room) {
        Some((_, allowed)) => *allowed,
        None if WIRING.contains(&room) || EDGES.contains(&room) || path.starts_with("verify/") => return reserved(path, tokens),
        None => {
            return vec![(1, format!("`{room}` is no room of the house: add it to tests/floors.rs and ARCHITECTURE.md, with its floor"))];
        }
    };
    let on_floor_0 = path.starts_with("core/");
    let mut found = reserved(path, tokens);
    for (line, segments) in paths(tokens) {
        let Some(target) = target(path, &segments) else { continue };
        let is_room = ROOMS.iter().any(|(name, _)| *name == target);
        let is_edge = EDGES.contains(&target);
        // The engine's tests try what is shipped; only its code has never heard of the law.
        let is_test = path.contains("/tests/") && target == "catalogue";
        if target != room && !is_test && ((is_room && !allowed.contains(&target)) || (is_edge && on_floor_0)) {
            let allowed = if allowed.is_empty() { "nothing".into() } else { allowed.join(", ") };
            found.push((line, format!("`{room}` must not import `{target}`; it may import {allowed}")));
        }
    }
    found
}

/// The room that a path leads to, if it leaves the file's own module by `crate::`, `habeas_core::` or `super::`.
fn target<'a>(path: &str, segments: &[&'a str]) -> Option<&'a str> {
    let climbs = segments.iter().take_while(|segment| **segment == "super").count();
    match segments {
        ["crate" | "habeas" | "habeas_core", target, ..] => Some(target),
        ["super", ..] if climbs >= depth(path) => segments.get(climbs).copied(),
        _ => None,
    }
}

/// How many modules deep a file lies: `src/store/mod.rs` 1, `src/store/case.rs` 2. Inline modules are not counted.
fn depth(path: &str) -> usize {
    let inside = path.split_once("src/").map_or(path, |(_, inside)| inside);
    inside.split('/').filter(|part| !matches!(*part, "mod.rs" | "lib.rs" | "main.rs")).count()
}

fn reserved(path: &str, tokens: &[Token<'_>]) -> Found {
    let mut found = Found::new();
    for (line, segments) in paths(tokens) {
        for (name, homes) in RESERVED {
            if names_it(&segments, name) && !homes.iter().any(|home| path.starts_with(home)) {
                found.push((line, format!("only {} may name `{name}`", homes.join(" and "))));
            }
        }
    }
    found
}

/// Whether a path names a crate (its first segment) or holds a longer name (`Timestamp::now`).
fn names_it(segments: &[&str], name: &str) -> bool {
    let name: Vec<&str> = name.split("::").collect();
    if name.len() == 1 { segments.first() == name.first() } else { segments.windows(name.len()).any(|window| window == name) }
}

/// Short turns of phrase that belong to some rooms only.
fn phrases(path: &str, room: &str, tokens: &[Token<'_>]) -> Found {
    let mut found = Found::new();
    for three in tokens.windows(3) {
        let [dot, name, open] = three else { continue };
        match (dot.text, name.text, open.text) {
            (".", "reveal", "(") if !REVEALING.contains(&room) => {
                found.push((name.line, format!("`{room}` must not take personal values out of `Personal`; {} may", REVEALING.join(", "))));
            }
            (".", "run", "(") if room == "action" && !path.starts_with("src/action/door") => {
                found.push((name.line, "an action never calls an action: share a plain function instead".into()));
            }
            _ => {}
        }
    }
    found
}

fn impurities(tokens: &[Token<'_>]) -> Found {
    let keywords = tokens.iter().filter(|token| matches!(token.text, "async" | "await")).map(|token| (token.line, token.text.to_owned()));
    let named = paths(tokens).into_iter().filter_map(|(line, segments)| {
        let impure = IMPURE.iter().find(|name| segments.starts_with(&name.split("::").collect::<Vec<_>>()))?;
        Some((line, (*impure).to_owned()))
    });
    keywords.chain(named).map(|(line, what)| (line, format!("floor 0 is pure: no `{what}` here, take the value as an argument"))).collect()
}

fn names(path: &str, tokens: &[Token<'_>]) -> Found {
    let files = path.split('/').map(|part| part.trim_end_matches(".rs")).filter(|part| VAGUE_FILES.contains(part));
    let mut found: Found = files.map(|part| (1, format!("`{part}` says nothing about what is inside: name it for its noun"))).collect();
    for pair in tokens.windows(2) {
        let [keyword, name] = pair else { continue };
        // The web's own trait for a body names its pieces `Data`; whoever makes one cannot choose.
        let is_given = path == "src/serve/front.rs" && keyword.text == "type" && name.text == "Data";
        let declares = matches!(keyword.text, "struct" | "enum" | "trait" | "type" | "union") && !is_given;
        if let Some(vague) = VAGUE_TYPES.iter().find(|vague| declares && name.text.ends_with(**vague)) {
            found.push((name.line, format!("`{}` ends in `{vague}`: name the thing itself", name.text)));
        }
    }
    found
}

fn unfinished(text: &str, tokens: &[Token<'_>]) -> Found {
    let macros = tokens.windows(2).filter_map(|pair| match pair {
        [name, bang] if bang.text == "!" && UNFINISHED.contains(&name.text) => {
            Some((name.line, format!("`{}!` is unfinished work", name.text)))
        }
        _ => None,
    });
    let ignored = tokens.windows(3).filter_map(|three| match three {
        [hash, open, name] if hash.text == "#" && open.text == "[" && name.text == "ignore" => {
            Some((name.line, "an ignored test proves nothing".to_owned()))
        }
        _ => None,
    });
    let notes = (1..).zip(text.lines()).filter_map(|(number, line)| {
        let note = NOTES.iter().find(|note| line.contains(**note))?;
        Some((number, format!("`{note}`: what is missing belongs in an issue")))
    });
    macros.chain(ignored).chain(notes).collect()
}

/// Lines up to the unit tests at the end of a file; none in a file that holds nothing else.
fn lines_before_tests(path: &str, text: &str) -> usize {
    if path.ends_with("/tests.rs") || path.contains("/tests/") {
        return 0;
    }
    let lines: Vec<&str> = text.lines().collect();
    let starts_tests = |pair: &[&str]| matches!(pair, ["#[cfg(test)]", module] if module.starts_with("mod ") && module.ends_with('{'));
    lines.windows(2).position(starts_tests).unwrap_or(lines.len())
}

// ---------------------------------------------------------------------------------------------------------------------
// Reading Rust, roughly
// ---------------------------------------------------------------------------------------------------------------------

/// A word, `::` or a single sign, and the line it stands on.
struct Token<'a> {
    line: usize,
    text: &'a str,
}

fn tokens(code: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    for (line, text) in (1..).zip(code.lines()) {
        let mut rest = text.trim_start();
        while let Some(first) = rest.chars().next() {
            let word = rest.find(|sign: char| !sign.is_alphanumeric() && sign != '_').unwrap_or(rest.len());
            let length = if word > 0 { word } else { usize::from(rest.starts_with("::")) + first.len_utf8() };
            let (text, after) = rest.split_at(length);
            found.push(Token { line, text });
            rest = after.trim_start();
        }
    }
    found
}

/// Every path and every `use`, groups spread out: `crate::{a, b::c}` is `crate::a` and `crate::b::c`.
fn paths<'a>(tokens: &[Token<'a>]) -> Vec<(usize, Vec<&'a str>)> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| tokens.get(before)).map_or("", |token| token.text);
        let followed = tokens.get(at + 1).is_some_and(|next| next.text == "::");
        let starts = followed && before != "::" && is_word(token.text);
        if starts || (before == "use" && is_word(token.text)) {
            branch(tokens.get(at..).unwrap_or_default(), &[], &mut found);
        }
    }
    found
}

fn is_word(text: &str) -> bool {
    text.starts_with(|sign: char| sign.is_alphabetic() || sign == '_')
}

/// Reads one branch of a use tree, adds its paths and returns what follows it.
fn branch<'t, 'a>(tokens: &'t [Token<'a>], stem: &[&'a str], found: &mut Vec<(usize, Vec<&'a str>)>) -> &'t [Token<'a>] {
    let [first, rest @ ..] = tokens else { return tokens };
    let (mut line, mut rest) = (first.line, rest);
    let mut path = [stem, &[first.text]].concat();
    loop {
        match rest {
            [colons, open, after @ ..] if colons.text == "::" && open.text == "{" => return group(after, &path, found),
            [colons, word, after @ ..] if colons.text == "::" && is_word(word.text) => {
                path.push(word.text);
                (line, rest) = (word.line, after);
            }
            _ => break,
        }
    }
    found.push((line, path));
    rest
}

/// Reads the inside of `{…}`, branch by branch, and returns what follows it.
fn group<'t, 'a>(mut rest: &'t [Token<'a>], stem: &[&'a str], found: &mut Vec<(usize, Vec<&'a str>)>) -> &'t [Token<'a>] {
    while let [token, after @ ..] = rest {
        rest = match token.text {
            "}" => return after,
            word if is_word(word) => branch(rest, stem, found),
            _ => after,
        };
    }
    rest
}

/// The code alone: comments, strings and characters become spaces, lines stay where they are.
fn blank(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = not_code(rest);
        let (seen, after) = rest.split_at(length.max(first.len_utf8()));
        if length == 0 {
            code.push(first);
        } else {
            code.extend(seen.chars().map(|sign| if sign == '\n' { '\n' } else { ' ' }));
        }
        rest = after;
    }
    code
}

/// Length of the comment, string or character that `rest` begins with; 0 where it begins with code.
fn not_code(rest: &str) -> usize {
    let upto = |end: &str, from: usize| rest.get(from..).and_then(|tail| tail.find(end)).map_or(rest.len(), |at| from + at + end.len());
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return upto("*/", 2);
    }
    if let Some(raw) = rest.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let opens = raw.trim_start_matches('#').starts_with('"');
        return if opens { upto(&format!("\"{}", "#".repeat(hashes)), hashes + 2) } else { 0 };
    }
    if rest.starts_with('"') {
        return 1 + quoted(rest.get(1..).unwrap_or_default(), '"');
    }
    let mut signs = rest.chars();
    match (signs.next(), signs.next(), signs.next()) {
        (Some('\''), Some('\\'), _) => 1 + quoted(rest.get(1..).unwrap_or_default(), '\''),
        (Some('\''), Some(inside), Some('\'')) => 2 + inside.len_utf8(),
        _ => 0,
    }
}

/// Length up to and with the closing `quote`, stepping over what a backslash protects.
fn quoted(inside: &str, quote: char) -> usize {
    let mut protected = false;
    for (at, sign) in inside.char_indices() {
        if sign == quote && !protected {
            return at + 1;
        }
        protected = sign == '\\' && !protected;
    }
    inside.len()
}

/// Names of the crates a manifest links, tests' own left out.
fn dependencies(manifest: &str) -> impl Iterator<Item = &str> {
    let mut linked = false;
    manifest.lines().filter_map(move |line| {
        if let Some(table) = line.strip_prefix('[') {
            linked = table.ends_with("dependencies]") && !table.contains("dev-");
            return None;
        }
        let name = line.split(['=', '.', ' ']).next().unwrap_or_default();
        (linked && !name.is_empty() && !name.starts_with('#')).then_some(name)
    })
}

/// Adds every Rust file below a folder, as path and text. A folder that is not there yet holds none.
fn sources(root: &Path, folder: &str, files: &mut Vec<(String, String)>) {
    let Ok(entries) = read_dir(root.join(folder)) else { return };
    for entry in entries.flatten() {
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            sources(root, &name, files);
        } else if entry.path().extension().is_some_and(|extension| extension == "rs") {
            files.push((name, read(&entry.path())));
        }
    }
}

fn read(path: &Path) -> String {
    read_to_string(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()))
}

// ---------------------------------------------------------------------------------------------------------------------
// The checker checked
// ---------------------------------------------------------------------------------------------------------------------

#[cfg(test)]
mod tests {
    //! The checker itself.
    use super::{LONGEST_FILE, breaches, lines_before_tests};

    /// A file that breaks one rule, and the words of the complaint.
    const SEEDED: [(&str, &str, &str); 30] = [
        ("src/web/desk.rs", "use crate::store::Case;", ":2: `web` must not import `store`"),
        ("src/web/desk.rs", "use crate::{\n    action,\n    store::{Case, Tx},\n};", ":4: `web` must not import `store`"),
        ("src/web/desk.rs", "fn f() { crate::connector::find() }", "`web` must not import `connector`"),
        ("src/mail/smtp.rs", "use super::super::bundle::Zip;", "`mail` must not import `bundle`"),
        ("src/store/mod.rs", "use super::action::door;", "`store` must not import `action`; it may import law, workflow, crypto"),
        ("src/cli/case.rs", "use crate::web::uri;", "`cli` must not import `web`"),
        ("src/render/page.rs", "use habeas_core::workflow::Step;", "`render` must not import `workflow`"),
        ("core/src/law/hold.rs", "use crate::workflow::Step;", "`law` must not import `workflow`; it may import table, source"),
        ("core/src/workflow/mod.rs", "use super::law::Right;", "`workflow` must not import `law`"),
        ("core/src/table/read.rs", "use crate::law::Right;", "`table` must not import `law`; it may import source"),
        ("core/src/source/yaml.rs", "use crate::table::Guard;", "`source` must not import `table`; it may import nothing"),
        ("core/src/workflow/lint/mod.rs", "use crate::catalogue::catalogue;", "`workflow` must not import `catalogue`"),
        ("core/src/law/hold.rs", "use crate::clock::Clock;", "`law` must not import `clock`"),
        ("core/src/law/hold.rs", "async fn f() {}", "floor 0 is pure: no `async`"),
        ("core/src/law/hold.rs", "use std::{fmt, fs::read};", "floor 0 is pure: no `std::fs`"),
        ("src/portal/mod.rs", "", "`portal` is no room of the house"),
        ("src/view/case.rs", "use sea_orm::entity::prelude::*;", "only src/store/ may name `sea_orm`"),
        ("src/view/case.rs", "use crate::store::entity::case;", "only src/store/ may name `store::entity`"),
        ("src/view/case.rs", "fn f() -> sqlx::Result<()> {}", "only src/connector/ and src/store/ and src/cli/demo/sample may name `sqlx`"),
        ("src/action/ask.rs", "#[rocket::get(\"/\")]\nfn f() {}", "may name `rocket`"),
        ("src/worker/tick.rs", "let now = jiff::Timestamp::now();", "only src/clock.rs may name `Timestamp::now`"),
        ("src/worker/tick.rs", "let home = std::env::var(\"HOME\");", "only src/config.rs may name `env::var`"),
        ("src/web/desk.rs", "let mail = person.email.reveal();", "`web` must not take personal values out"),
        ("src/action/ask.rs", "PlaceHold { scope }.run(tx).await", "an action never calls an action"),
        ("src/store/mod.rs", "pub struct CaseManager;", "`CaseManager` ends in `Manager`"),
        ("src/store/utils/mod.rs", "", "`utils` says nothing"),
        ("src/store/case.rs", "fn f() { todo!() }", "`todo!` is unfinished work"),
        ("src/store/case.rs", concat!("// TO", "DO: later"), "belongs in an issue"),
        ("tests/it/house.rs", "#[ignore = \"slow\"]\nfn f() {}", ":2: an ignored test proves nothing"),
        ("verify/src/main.rs", "use rocket::get;", "may name `rocket`"),
    ];

    fn complaints(path: &str, body: &str) -> Vec<String> {
        breaches(path, &format!("//! A file.\n{body}\n")).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_seeded_breach_is_found_once() {
        for (path, body, expected) in SEEDED {
            let complaints = complaints(path, body);
            assert!(matches!(&complaints[..], [one] if one.contains(expected)), "{path}: {body}\n{complaints:#?}");
        }
    }

    #[test]
    fn a_tidy_file_passes() {
        for (path, body) in [
            ("src/web/desk.rs", "use crate::{action::{door, PlaceHold}, clock::Clock, view::Queue};\nuse rocket::get;"),
            ("src/store/case.rs", "use super::{entity::case, Tx};\nuse habeas_core::{law::Hold, workflow::State};\nuse sea_orm::*;"),
            ("src/serve.rs", "use habeas::{cli, config, store, web};\nfn main() { rocket::build(); }"),
            ("src/action/door.rs", "action.run(tx, by, now).await"),
            ("core/src/law/hold.rs", "use super::tier::Tier;\nfn f(rocket: u8) -> u8 { rocket }"),
            ("core/src/crypto/seal.rs", "#[cfg(test)]\nmod tests {\n    use std::fs::read;\n}"),
            ("core/src/workflow/tests/engine.rs", "use crate::catalogue::catalogue;"),
            ("src/clock.rs", "jiff::Timestamp::now()"),
            ("tests/it/house.rs", "use habeas::store::Store;"),
        ] {
            assert_eq!(complaints(path, body), Vec::<String>::new(), "{path}");
        }
    }

    #[test]
    fn comments_and_strings_are_not_code() {
        for body in [
            "// use crate::store::Case;",
            "/// See [`crate::store::Case`].\nfn f() {}",
            "/* use crate::store; */",
            r#"const A: &str = "quoted \" crate::store::Case";"#,
            "const A: &str = r#\"raw \" crate::store::Case\"#;",
            "const A: char = '\"'; // crate::store::Case \"",
            "fn f<'a>(a: &'a str) -> char { '\\'' } // 'crate::store'",
        ] {
            assert_eq!(complaints("src/web/desk.rs", body), Vec::<String>::new(), "{body}");
        }
        assert_eq!(complaints("src/web/desk.rs", "const A: char = '\"';\nuse crate::store::Case;").len(), 1);
    }

    #[test]
    fn a_file_says_first_what_it_is() {
        assert_eq!(breaches("src/web/desk.rs", "fn f() {}\n").len(), 1);
    }

    #[test]
    fn tests_at_the_end_do_not_count_as_length() {
        let long = "fn f() {}\n".repeat(LONGEST_FILE);
        assert_eq!(complaints("src/web/desk.rs", &long).len(), 1);
        assert_eq!(lines_before_tests("src/a.rs", "//! A.\nfn f() {}\n#[cfg(test)]\nmod tests {\n}\n"), 2);
        assert_eq!(lines_before_tests("src/a.rs", "#[cfg(test)]\nmod fixture;\nfn f() {}\n"), 3);
        assert_eq!(complaints("core/src/workflow/tests/engine.rs", &format!("use std::fs::read;\n{long}")), Vec::<String>::new());
    }
}
