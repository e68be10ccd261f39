//! The `clock:` block.

use super::{
    super::definition::{Alarm, Clock, Extension, Mark},
    period,
};
use crate::source::{
    diagnostic::Problems,
    reader::{Fields, choice, entries, flag, items, key_name, name, names, parsed, text},
    yaml::Node,
};

pub(super) fn clock(node: &Node, problems: &mut Problems<'_>) -> Option<Clock> {
    let mut fields = Fields::open(node, "`clock`", problems)?;
    let starts = fields.need("starts", problems);
    let starts = starts.and_then(|node| choice(node, "`starts`", &[("case.received", ())], problems));
    let length = fields.need("period", problems).and_then(|node| period(node, "`period`", problems));
    let goal = fields.get("goal").and_then(|node| period(node, "`goal`", problems));
    let extend = fields.get("extend").and_then(|node| extension(node, problems));
    let mut paused_in = Vec::new();
    for entry in fields.get("paused-in").map(|node| entries(node, "`paused-in`", problems)).unwrap_or_default() {
        let step = key_name(entry, "a step", problems);
        let basis = text(&entry.value, "the legal basis", problems);
        paused_in.extend(step.zip(basis.map(|basis| basis.text)));
    }
    let alarms = fields.get("alarms").map(|node| items(node, "`alarms`", problems)).unwrap_or_default();
    let alarms = alarms.iter().filter_map(|node| alarm(node, problems)).collect();
    fields.close(problems);
    starts?;
    Some(Clock { period: length?, goal, extend, paused_in, alarms })
}

fn extension(node: &Node, problems: &mut Problems<'_>) -> Option<Extension> {
    let mut fields = Fields::open(node, "`extend`", problems)?;
    let by = fields.need("by", problems).and_then(|node| period(node, "`by`", problems));
    let once = fields.get("once").and_then(|node| flag(node, "`once`", problems).map(|once| (node.at, once)));
    if let Some((at, false)) = once {
        problems.add("Y004-value-wrong", at, "the period may be extended once only", "write `once: true`".to_owned());
    }
    let letter = fields.need("letter", problems).and_then(|node| name(node, "a letter", false, problems));
    let reasons = fields.need("reasons", problems).map(|node| names(node, "a reason", false, problems));
    fields.close(problems);
    Some(Extension { by: by?, letter: letter?, reasons: reasons? })
}

fn alarm(node: &Node, problems: &mut Problems<'_>) -> Option<Alarm> {
    let mut fields = Fields::open(node, "an alarm", problems)?;
    let at = fields.need("at", problems).and_then(|node| parsed(node, "`at`", problems));
    let tell = fields.need("tell", problems).map(|node| names(node, "a role", false, problems));
    let raise = fields.get("raise").and_then(|node| choice(node, "`raise`", &[("incident", true)], problems));
    let record = fields.get("record").and_then(|node| name(node, "a fact for the log", false, problems));
    fields.close(problems);
    let (at, tell): (Mark, _) = (at?, tell?);
    if let Some(record) = record.as_ref().filter(|_| !at.is_due()) {
        problems.add(
            "Y004-value-wrong",
            record.at,
            "nothing is missed before the legal deadline",
            "write `record` beside `at: due`".to_owned(),
        );
    }
    Some(Alarm { at, tell, raise: raise.unwrap_or_default(), record })
}
