//! Steps: one verb each, and the keys that go with it.

use super::{
    super::definition::{Backoff, Decide, Do, Each, Escalation, Join, Limit, Name, Retry, Step, Task, Then, Verb},
    period,
};
use crate::source::{
    diagnostic::Problems,
    reader::{Fields, choice, count, entries, items, key_name, name, names, text},
    spelling::list,
    yaml::{Node, Value},
};

/// Keys that belong to one verb or another.
pub(in crate::workflow) const VERB_KEYS: [&str; 10] =
    ["form", "due", "escalate", "four-eyes", "shows", "with", "retry", "over", "join", "steps"];

pub(super) fn steps(node: &Node, problems: &mut Problems<'_>) -> Vec<Step> {
    items(node, "`steps`", problems).iter().filter_map(|node| step(node, problems)).collect()
}

fn step(node: &Node, problems: &mut Problems<'_>) -> Option<Step> {
    let mut fields = Fields::open(node, "a step", problems)?;
    let id = fields.need("id", problems).and_then(|node| name(node, "a step", false, problems));
    let verb = verb(&mut fields, id.as_ref(), problems);
    let needs = fields.get("needs").map(|node| names(node, "a fact", true, problems)).unwrap_or_default();
    let then = fields.get("then").map_or(Some(Then::Next), |node| then(node, problems));
    let limit = fields.get("limit").map(|node| limit(node, problems));
    fields.close(problems);
    Some(Step { id: id?, verb: verb?, needs, then: then?, limit })
}

fn verb(fields: &mut Fields<'_>, id: Option<&Name>, problems: &mut Problems<'_>) -> Option<Verb> {
    let [each, task, action, decide] = ["each", "task", "do", "decide"].map(|key| fields.get(key).map(|node| (key, node)));
    let found: Vec<_> = [task, action, decide].into_iter().flatten().collect();
    match (each, found.as_slice()) {
        (Some((_, over)), []) => each_of(over, fields, None, problems).map(Verb::Each),
        (Some((_, over)), [("do", action)]) => {
            let id = id?;
            let body = Step {
                id: Name { text: format!("{}.each", id.text), at: id.at },
                verb: Verb::Do(perform(action, None, fields, problems)?),
                needs: Vec::new(),
                then: Then::Next,
                limit: None,
            };
            each_of(over, fields, Some(body), problems).map(Verb::Each)
        }
        (None, [("task", roles)]) => task_of(roles, fields, problems).map(Verb::Task),
        (None, [("do", action)]) => {
            let retry = fields.get("retry").and_then(|node| retry(node, problems));
            perform(action, retry, fields, problems).map(Verb::Do)
        }
        (None, [(_, decision)]) => decide_of(decision, fields, problems).map(Verb::Decide),
        (None, []) => {
            fields.pass(&VERB_KEYS);
            problems.add("Y003-key-missing", fields.at(), "a step needs a verb", "one of `task`, `do`, `decide`, `each`".to_owned());
            None
        }
        (each, found) => {
            fields.pass(&VERB_KEYS);
            let verbs = list(found.iter().map(|(key, _)| *key).chain(each.map(|(key, _)| key)));
            let message = format!("a step has one verb, this one has {verbs}");
            problems.add("Y008-verbs-many", fields.at(), message, "make a step of each".to_owned());
            None
        }
    }
}

fn task_of(roles: &Node, fields: &mut Fields<'_>, problems: &mut Problems<'_>) -> Option<Task> {
    let roles = names(roles, "a role", false, problems);
    let form = fields.need("form", problems).and_then(|node| name(node, "a form", false, problems));
    let due = fields.need("due", problems).and_then(|node| period(node, "`due`", problems));
    let escalate = fields.get("escalate").map(|node| items(node, "`escalate`", problems)).unwrap_or_default();
    let escalate = escalate.iter().filter_map(|node| escalation(node, problems)).collect();
    let (not_by, others) = fields.get("four-eyes").map(|node| four_eyes(node, problems)).unwrap_or_default();
    let shows = fields.get("shows").map(|node| names(node, "a step", false, problems)).unwrap_or_default();
    Some(Task { roles, form: form?, due: due?, escalate, not_by, nor_by: others, shows })
}

fn escalation(node: &Node, problems: &mut Problems<'_>) -> Option<Escalation> {
    let mut fields = Fields::open(node, "an escalation", problems)?;
    let after = fields.need("after", problems).and_then(|node| period(node, "`after`", problems));
    let to = fields.need("to", problems).and_then(|node| name(node, "a role", false, problems));
    fields.close(problems);
    Some(Escalation { after: after?, to: to? })
}

fn four_eyes(node: &Node, problems: &mut Problems<'_>) -> (Vec<Name>, Vec<Name>) {
    let Some(mut fields) = Fields::open(node, "`four-eyes`", problems) else { return Default::default() };
    let not_by = fields.need("not-by", problems).map(|node| names(node, "a step", false, problems));
    let others = fields.get("nor-by").map(|node| names(node, "a step", false, problems));
    fields.close(problems);
    (not_by.unwrap_or_default(), others.unwrap_or_default())
}

fn perform(action: &Node, retry: Option<Retry>, fields: &mut Fields<'_>, problems: &mut Problems<'_>) -> Option<Do> {
    let action = name(action, "an action", true, problems);
    let mut with = Vec::new();
    for entry in fields.get("with").map(|node| entries(node, "`with`", problems)).unwrap_or_default() {
        with.extend(key_name(entry, "a setting", problems).zip(text(&entry.value, "a setting", problems)));
    }
    Some(Do { action: action?, with, retry })
}

fn decide_of(decision: &Node, fields: &mut Fields<'_>, problems: &mut Problems<'_>) -> Option<Decide> {
    let over = fields.get("over").and_then(|node| name(node, "a list", true, problems));
    Some(Decide { decision: name(decision, "a decision", false, problems)?, over })
}

/// `system in case.systems`, with the body in `steps` or, in the short form, one action.
fn each_of(over: &Node, fields: &mut Fields<'_>, body: Option<Step>, problems: &mut Problems<'_>) -> Option<Each> {
    let retry = fields.get("retry").and_then(|node| retry(node, problems));
    let join = fields.need("join", problems);
    let join = join.and_then(|node| choice(node, "`join`", &[("all", Join::All), ("any", Join::Any)], problems));
    let steps = match body {
        Some(step) => vec![step],
        None => fields.need("steps", problems).map(|node| steps(node, problems)).unwrap_or_default(),
    };
    let (item, list) = loop_words(over, problems)?;
    Some(Each { item, list, retry, steps, join: join? })
}

fn loop_words(node: &Node, problems: &mut Problems<'_>) -> Option<(Name, Name)> {
    let whole = text(node, "`each`", problems)?;
    let Some((item, over)) = whole.as_str().split_once(" in ") else {
        let message = format!("`{}` does not say over what", whole.as_str());
        problems.add("Y004-value-wrong", whole.at, message, "write it like `system in case.systems`".to_owned());
        return None;
    };
    let part = |word: &str| Node { at: whole.at, value: Value::Text(word.to_owned()) };
    name(&part(item), "an item", false, problems).zip(name(&part(over), "a list", true, problems))
}

fn retry(node: &Node, problems: &mut Problems<'_>) -> Option<Retry> {
    let mut fields = Fields::open(node, "`retry`", problems)?;
    let times = fields.need("times", problems).and_then(|node| count(node, "`times`", problems));
    let words = [("constant", Backoff::Constant), ("exponential", Backoff::Exponential)];
    let backoff = fields.need("backoff", problems).and_then(|node| choice(node, "`backoff`", &words, problems));
    let usual = Retry::default();
    let from = fields.get("from").map_or(Some(usual.from), |node| period(node, "`from`", problems));
    let to = fields.get("to").map_or(Some(usual.to), |node| period(node, "`to`", problems));
    fields.close(problems);
    Some(Retry { times: times?, backoff: backoff?, from: from?, to: to? })
}

fn then(node: &Node, problems: &mut Problems<'_>) -> Option<Then> {
    if !matches!(node.value, Value::Map(_)) {
        return name(node, "a target", false, problems).map(Then::To);
    }
    let ways = entries(node, "`then`", problems).iter();
    let ways = ways.filter_map(|entry| key_name(entry, "an outcome", problems).zip(name(&entry.value, "a target", false, problems)));
    Some(Then::On(ways.collect()))
}

fn limit(node: &Node, problems: &mut Problems<'_>) -> Limit {
    let mut limit = Limit { times: Vec::new(), then: None };
    for entry in entries(node, "`limit`", problems) {
        if entry.key == "then" {
            limit.then = name(&entry.value, "a target", false, problems);
        } else {
            limit.times.extend(key_name(entry, "a target", problems).zip(count(&entry.value, "a limit", problems)));
        }
    }
    limit
}
