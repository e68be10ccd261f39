//! The lines of a scenario: one verb each.

use super::{
    super::{
        super::{definition::Name, event::WORKER},
        Act, Attempt, How, Line, Never, Said, Spot, What,
    },
    WRONG_VALUE, expect, lists,
};
use crate::source::{
    diagnostic::Place, diagnostic::Problems, reader::Fields, reader::choice, reader::items, reader::names, reader::text, spelling::list,
    yaml::Node, yaml::Value,
};
use crate::workflow::grammar::period;

/// Who deals with an incident where a scenario does not say.
const HANDLER: &str = "staff/kari";

const VERBS: [&str; 12] =
    ["action", "submit", "event", "advance", "run", "fail", "resolve", "crash", "late-report", "duplicate-report", "refuse", "expect"];

pub(super) fn lines(node: &Node, problems: &mut Problems<'_>) -> Vec<Line> {
    items(node, "`steps`", problems).iter().filter_map(|node| line(node, problems)).collect()
}

fn line(node: &Node, problems: &mut Problems<'_>) -> Option<Line> {
    let mut fields = Fields::open(node, "a step", problems)?;
    let known = VERBS.iter().copied().chain(["never"]);
    let found: Vec<(&str, &Node)> = known.filter_map(|verb| Some((verb, fields.get(verb)?))).collect();
    let act = match found.as_slice() {
        [(verb, value)] => act(verb, value, node, problems),
        [] => {
            problems.add("Y003-key-missing", node.at, "a step needs a verb", format!("one of {}, `never`", list(VERBS)));
            None
        }
        many => {
            let message = format!("a step has one verb, this one has {}", list(many.iter().map(|(verb, _)| *verb)));
            problems.add("Y008-verbs-many", node.at, message, "make a step of each".to_owned());
            None
        }
    };
    let takes_lists = found.iter().any(|(verb, _)| *verb == "action");
    fields.close_but(|key| takes_lists && key.contains('.'), problems);
    Some(Line { at: node.at, act: act? })
}

fn act(verb: &str, value: &Node, step: &Node, problems: &mut Problems<'_>) -> Option<Act> {
    match verb {
        "advance" => period(value, "`advance`", problems).map(Act::Advance),
        "run" => choice(value, "`run`", &[("automatic", ())], problems).map(|()| Act::Run),
        "crash" => crash(value, problems).map(Act::Crash),
        "late-report" => said(value, problems).map(Act::Late),
        "duplicate-report" => said(value, problems).map(Act::Again),
        "refuse" => refuse(value, problems),
        "expect" => expect::expect(value, problems).map(|expect| Act::Expect(Box::new(expect))),
        "never" => never(value, problems).map(Act::Never),
        _ => attempt(verb, value, problems).map(|attempt| Act::Do(with_lists(attempt, step, problems))),
    }
}

fn with_lists(mut attempt: Attempt, step: &Node, problems: &mut Problems<'_>) -> Attempt {
    if let What::Report(said) = &mut attempt.what {
        said.lists = lists(step, problems);
    }
    attempt
}

fn attempt(verb: &str, value: &Node, problems: &mut Problems<'_>) -> Option<Attempt> {
    let by = |by: &str| Name { text: by.to_owned(), at: value.at };
    match verb {
        "action" => said(value, problems).map(|said| Attempt { by: by(WORKER), what: What::Report(said) }),
        "fail" => spot(value, problems).map(|spot| Attempt { by: by(WORKER), what: What::Fail(spot) }),
        _ => {
            let mut fields = Fields::open(value, "this step", problems)?;
            let who = fields.get("by").and_then(|node| text(node, "`by`", problems));
            let what = what(verb, &mut fields, problems);
            if who.is_none() && verb != "resolve" {
                fields.need("by", problems);
            }
            fields.close(problems);
            Some(Attempt { by: who.unwrap_or_else(|| by(HANDLER)), what: what? })
        }
    }
}

fn what(verb: &str, fields: &mut Fields<'_>, problems: &mut Problems<'_>) -> Option<What> {
    match verb {
        "submit" => submitted(fields, problems).map(What::Submit),
        "event" => fields.need("name", problems).and_then(|node| text(node, "`name`", problems)).map(What::Signal),
        _ => resolve(fields, problems),
    }
}

fn submitted(fields: &mut Fields<'_>, problems: &mut Problems<'_>) -> Option<Said> {
    let task = fields.need("task", problems).and_then(|node| spot(node, problems));
    let outcome = fields.get("outcome").and_then(|node| text(node, "`outcome`", problems));
    Some(Said { spot: task?, outcome, lists: Vec::new() })
}

fn resolve(fields: &mut Fields<'_>, problems: &mut Problems<'_>) -> Option<What> {
    let step = fields.need("step", problems).and_then(|node| spot(node, problems));
    let how = fields.need("how", problems)?;
    let said = text(how, "`how`", problems)?;
    let how = match said.as_str().split_once(' ') {
        None if said.as_str() == "retry" => How::Retry,
        None if said.as_str() == "skip" => How::Skip,
        None if said.as_str() == "restart" => How::Restart,
        Some(("by-hand", outcome)) => How::ByHand(Name { text: outcome.trim().to_owned(), at: said.at }),
        _ => {
            let help = "write `retry`, `skip`, `by-hand OUTCOME` or `restart`".to_owned();
            problems.add(WRONG_VALUE, said.at, format!("`{}` is no way to deal with an incident", said.as_str()), help);
            return None;
        }
    };
    Some(What::Resolve(step?, how))
}

/// What must be refused, by whom, and the code of the refusal.
fn refuse(node: &Node, problems: &mut Problems<'_>) -> Option<Act> {
    let mut fields = Fields::open(node, "`refuse`", problems)?;
    let because = fields.need("because", problems).and_then(|node| text(node, "`because`", problems));
    let by = fields.get("by").and_then(|node| text(node, "`by`", problems));
    let named: Vec<(&str, &Node)> =
        ["task", "event", "action", "fail", "step"].into_iter().filter_map(|key| Some((key, fields.get(key)?))).collect();
    let (what, usual) = match named.as_slice() {
        [("task", _)] => (submitted(&mut fields, problems).map(What::Submit), None),
        [("event", node)] => (text(node, "`event`", problems).map(What::Signal), None),
        [("action", node)] => (said(node, problems).map(What::Report), Some(WORKER)),
        [("fail", node)] => (spot(node, problems).map(What::Fail), Some(WORKER)),
        [("step", _)] => (resolve(&mut fields, problems), Some(HANDLER)),
        _ => {
            let help = "one of `task`, `event`, `action`, `fail`, `step`".to_owned();
            problems.add("Y003-key-missing", node.at, "`refuse` names one thing that is tried", help);
            (None, Some(HANDLER))
        }
    };
    let by = by.or_else(|| usual.map(|usual| Name { text: usual.to_owned(), at: node.at }));
    if by.is_none() {
        fields.need("by", problems);
    }
    fields.close(problems);
    Some(Act::Refuse(Attempt { by: by?, what: what? }, because?))
}

fn never(node: &Node, problems: &mut Problems<'_>) -> Option<Vec<Never>> {
    let mut fields = Fields::open(node, "`never`", problems)?;
    let mut never = Vec::new();
    let mut named = |key: &'static str| fields.get(key).map(|node| names(node, key, false, problems)).unwrap_or_default();
    never.extend(named("stage").into_iter().map(Never::Stage));
    never.extend(named("letter").into_iter().map(Never::Letter));
    never.extend(named("action").into_iter().map(Never::Step));
    fields.close(problems);
    Some(never)
}

/// `after-claim STEP[@BRANCH]`: the only moment at which a crash can be told from none.
fn crash(node: &Node, problems: &mut Problems<'_>) -> Option<Spot> {
    let whole = text(node, "`crash`", problems)?;
    let Some(rest) = whole.as_str().strip_prefix("after-claim ") else {
        let help = "write it like `after-claim erase@crm`".to_owned();
        problems.add(WRONG_VALUE, whole.at, format!("`{}` does not say when the worker dies", whole.as_str()), help);
        return None;
    };
    Some(spot_of(rest.trim(), whole.at))
}

/// `STEP[@BRANCH] -> OUTCOME`.
fn said(node: &Node, problems: &mut Problems<'_>) -> Option<Said> {
    let whole = text(node, "this", problems)?;
    let Some((spot, outcome)) = whole.as_str().split_once(" -> ") else {
        let help = "write it like `erase@crm -> erased`".to_owned();
        problems.add(WRONG_VALUE, whole.at, format!("`{}` does not say how the step ended", whole.as_str()), help);
        return None;
    };
    let outcome = Name { text: outcome.trim().to_owned(), at: whole.at };
    Some(Said { spot: spot_of(spot.trim(), whole.at), outcome: Some(outcome), lists: Vec::new() })
}

pub(super) fn spot(node: &Node, problems: &mut Problems<'_>) -> Option<Spot> {
    text(node, "a step", problems).map(|name| spot_of(name.as_str(), name.at))
}

/// One spot or a list of them; an empty list says that there is none.
pub(super) fn spots(node: &Node, problems: &mut Problems<'_>) -> Vec<Spot> {
    match &node.value {
        Value::List(items) => items.iter().filter_map(|item| spot(item, problems)).collect(),
        _ => spot(node, problems).into_iter().collect(),
    }
}

/// `erase`, or in one branch `erase@crm`.
pub(super) fn spot_of(text: &str, at: Place) -> Spot {
    let (step, branch) = text.split_once('@').map_or((text, None), |(step, branch)| (step, Some(branch.to_owned())));
    Spot { step: Name { text: step.to_owned(), at }, branch }
}
