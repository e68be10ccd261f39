//! The keys of `habeas.workflow/1`: a YAML tree becomes a [`Definition`]. Knows shapes, not meanings.

mod clock;
pub(super) mod step;

use std::collections::BTreeMap;

use super::{
    definition::{AnyTime, Definition, Ending, LANGUAGE, Name, Stage},
    period::Period,
};
use crate::source::{
    diagnostic::{Place, Problems},
    reader::{Fields, choice, count, entries, flag, items, name, names, parsed, text},
    yaml::Node,
};

pub(super) fn definition(node: &Node, file: &str, source: &str, problems: &mut Problems<'_>) -> Option<Definition> {
    let mut fields = Fields::open(node, "a workflow", problems)?;
    language(fields.need("language", problems), problems);
    let id = fields.need("workflow", problems).and_then(|node| name(node, "a workflow", false, problems));
    let version = fields.need("version", problems).and_then(|node| count(node, "`version`", problems));
    let title = fields.get("title").map(|node| titles(node, problems)).unwrap_or_default();
    let right = fields.get("right").and_then(|node| text(node, "`right`", problems)).map(|name| name.text);
    let roles = fields.get("roles").map(|node| names(node, "a role", false, problems)).unwrap_or_default();
    let clock = fields.need("clock", problems).and_then(|node| clock::clock(node, problems));
    let input = fields.get("input").and_then(|node| input(node, problems));
    let any_time = fields.get("any-time").map(|node| any_times(node, problems)).unwrap_or_default();
    let stages = fields.need("stages", problems).map(|node| stages(node, problems));
    fields.close(problems);
    Some(Definition {
        file: file.to_owned(),
        text: source.to_owned(),
        name: id?,
        version: version?,
        title,
        right,
        roles,
        clock: clock?,
        input,
        any_time,
        stages: stages?,
    })
}

fn language(node: Option<&Node>, problems: &mut Problems<'_>) {
    let Some(node) = node else { return };
    if let Some(found) = text(node, "`language`", problems)
        && found.as_str() != LANGUAGE
    {
        let message = format!("this engine does not speak `{}`", found.as_str());
        problems.add("Y007-language-unknown", found.at, message, format!("write `language: {LANGUAGE}`"));
    }
}

fn titles(node: &Node, problems: &mut Problems<'_>) -> BTreeMap<String, String> {
    let mut titles = BTreeMap::new();
    for entry in entries(node, "`title`", problems) {
        if language_code(&entry.key, entry.at, problems)
            && let Some(title) = text(&entry.value, "a title", problems)
        {
            titles.insert(entry.key.clone(), title.text);
        }
    }
    titles
}

/// `no` is refused though it is a language code: YAML 1.1 readers take it for a boolean.
fn language_code(code: &str, at: Place, problems: &mut Problems<'_>) -> bool {
    if code == "no" {
        let help = "write `nb` or `nn`".to_owned();
        problems.add("Y006-boolean-word", at, "`no` is a boolean to many YAML readers, not a language", help);
        return false;
    }
    let good = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase());
    if !good {
        problems.add("Y004-value-wrong", at, format!("`{code}` is not a language code"), "two letters, such as `nb` or `en`".to_owned());
    }
    good
}

fn input(node: &Node, problems: &mut Problems<'_>) -> Option<Name> {
    let mut fields = Fields::open(node, "`input`", problems)?;
    let form = fields.need("form", problems).and_then(|node| name(node, "a form", false, problems));
    fields.close(problems);
    form
}

fn any_times(node: &Node, problems: &mut Problems<'_>) -> Vec<AnyTime> {
    items(node, "`any-time`", problems).iter().filter_map(|node| any_time(node, problems)).collect()
}

fn any_time(node: &Node, problems: &mut Problems<'_>) -> Option<AnyTime> {
    let mut fields = Fields::open(node, "an any-time event", problems)?;
    let event = fields.need("event", problems).and_then(|node| name(node, "an event", false, problems));
    let from = fields.need("from", problems).map(|node| names(node, "a sender", false, problems));
    let until = fields.get("until").and_then(|node| name(node, "a stage", false, problems));
    let within_stages = fields.get("in").map(|node| names(node, "a stage", false, problems)).unwrap_or_default();
    let within = fields.get("within").and_then(|node| period(node, "`within`", problems));
    let then = fields.need("then", problems).and_then(|node| name(node, "a stage", false, problems));
    fields.close(problems);
    Some(AnyTime { event: event?, from: from?, until, within_stages, within, then: then? })
}

fn stages(node: &Node, problems: &mut Problems<'_>) -> Vec<Stage> {
    items(node, "`stages`", problems).iter().filter_map(|node| stage(node, problems)).collect()
}

fn stage(node: &Node, problems: &mut Problems<'_>) -> Option<Stage> {
    let mut fields = Fields::open(node, "a stage", problems)?;
    let id = fields.need("id", problems).and_then(|node| name(node, "a stage", false, problems));
    let steps = fields.get("steps").map(|node| step::steps(node, problems));
    let close = fields.get("close").and_then(|node| ending(node, problems));
    let keep = fields.get("keep").and_then(|node| period(node, "`keep`", problems));
    let point = fields.get("point-of-no-return").and_then(|node| flag(node, "`point-of-no-return`", problems));
    let at = fields.at();
    fields.close(problems);
    if steps.is_none() && close.is_none() {
        problems.add("Y003-key-missing", at, "a stage needs `steps`, `close` or both", None);
    }
    Some(Stage { id: id?, steps: steps.unwrap_or_default(), close, keep, point_of_no_return: point.unwrap_or_default() })
}

fn ending(node: &Node, problems: &mut Problems<'_>) -> Option<Ending> {
    let words = [("answered", Ending::Answered), ("refused", Ending::Refused), ("withdrawn", Ending::Withdrawn)];
    choice(node, "`close`", &words, problems)
}

pub(super) fn period(node: &Node, what: &str, problems: &mut Problems<'_>) -> Option<Period> {
    parsed(node, what, problems)
}
