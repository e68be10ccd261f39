//! Drawings: everything is in them once, nothing stands on anything else, and what goes in comes out unharmed.

mod geometry;

use std::collections::BTreeSet;

use roxmltree::{Document, Node as Xml};

use super::fixture::{ACCESS, Case, ERASURE, around, compiled};
use crate::workflow::{
    Compiled,
    compiled::Kind,
    draw::{self, Path, Words},
};

/// Both ways a body may lead out, an escalation, long names, every verb, an any-time event.
const KNOTS: &str = "  - id: one
    steps:
      - {id: look, task: [case-handler, privacy-lead, dpo], form: erasure-triage, due: P2D, escalate: [{after: P1D, to: dpo}], then: {go-on: every, extend: look, not-a-request: a-stage-with-a-very-long-name-indeed, unfounded: one, overdue: every}, limit: {look: 1, then: last}}
      - id: every
        each: system in case.systems
        steps:
          - {id: erase, do: system.verify-erased, then: {clean: end, remains: one}}
          - {id: by-hand, task: subject, form: cooling-off, due: P1D, then: {stopped: last, overdue: erase}}
        join: any
        then: last
      - {id: holds, decide: erasure-holds, then: look}
      - {id: short, each: system in case.systems, do: bundle.write-ordinary, join: all}
  - {id: a-stage-with-a-very-long-name-indeed, point-of-no-return: true, steps: [{id: bye, do: letter.send, with: {letter: receipt}}], close: refused, keep: P1Y}
  - {id: last, close: answered}";

fn knots() -> Compiled {
    compiled(&around(KNOTS).replace("stages:", SIGNALS))
}

const SIGNALS: &str = "any-time:
  - {event: withdraw, from: subject, until: last, then: last}
  - {event: reopen, from: [subject, authority], in: [last, a-stage-with-a-very-long-name-indeed], within: P1Y, then: one}
stages:";

fn all() -> Vec<Compiled> {
    vec![compiled(ACCESS), compiled(ERASURE), knots()]
}

fn svg(def: &Compiled, path: Option<&Path>) -> String {
    let words = Words { title: draw_title(def), description: "All of it.".to_owned() };
    draw::svg(def, &words, path, None)
}

fn draw_title(def: &Compiled) -> String {
    def.title.get("en").unwrap_or(&def.name).clone()
}

/// Every step with every outcome that leads somewhere, and how often it says that a limit does.
fn expected(def: &Compiled) -> Vec<(String, String)> {
    let outcomes = |node: &crate::workflow::compiled::Node| {
        let routed = node.routes.keys().map(|outcome| (node.id.clone(), outcome.clone())).collect::<Vec<_>>();
        routed.into_iter().chain(node.exhausted.iter().map(|_| (node.id.clone(), "limit".to_owned()))).collect::<Vec<_>>()
    };
    let mut all: Vec<_> = def.nodes().flat_map(outcomes).collect();
    all.sort();
    all
}

/// A label's outcomes: `erased, nothing ≤ 2×`.
fn said(label: &str) -> Vec<String> {
    if label.starts_with('>') {
        return vec!["limit".to_owned()];
    }
    label.split(" ≤").next().unwrap().split(", ").map(str::to_owned).collect()
}

#[test]
fn mermaid_has_every_step_and_every_outcome_once() {
    for def in all() {
        let text = draw::mermaid(&def);
        let mut edges = Vec::new();
        for line in text.lines().filter(|line| line.contains("|\"")) {
            let (from, rest) = line.trim().split_once(' ').unwrap();
            let label = rest.split("|\"").nth(1).unwrap().split("\"|").next().unwrap().replace("#gt;", ">");
            let step = from.trim_start_matches("step_").replace('_', "-");
            edges.extend(said(&label).into_iter().map(|outcome| (step.clone(), outcome)));
        }
        edges.sort();
        assert_eq!(edges, expected(&def));
        for node in def.nodes() {
            let shown = ["[", "{"].iter().flat_map(|open| ["<br>", " · each"].map(|after| format!("{open}\"{}{after}", node.id)));
            assert_eq!(shown.map(|words| text.matches(&words).count()).sum::<usize>(), 1, "{}", node.id);
        }
        assert_eq!(text.matches("\n  subgraph stage_").count(), def.stages.len());
        assert_eq!(text.matches("    subgraph step_").count(), def.nodes().filter(|node| matches!(node.kind, Kind::Loop(_))).count());
        assert_eq!(text.matches("  signal_").count(), def.signals.len());
        assert!(text.contains("overdue\"|") && text.lines().filter(|line| line.contains("overdue")).all(|line| line.contains("-.->")));
    }
}

#[test]
fn the_words_say_every_step_and_outcome_once_and_by_number_where_it_leads() {
    for def in all() {
        let outline = draw::outline(&def);
        let steps: Vec<&draw::Step> =
            outline.stages.iter().flat_map(|part| &part.steps).flat_map(|step| [step].into_iter().chain(&step.body)).collect();
        let mut ways = Vec::new();
        for step in &steps {
            for way in &step.ways {
                let outcomes = if way.outcomes.is_empty() { vec!["limit".to_owned()] } else { way.outcomes.clone() };
                ways.extend(outcomes.into_iter().map(|outcome| (step.name.clone(), outcome)));
                if let draw::Place::Step { number, name } = &way.to {
                    assert!(steps.iter().any(|other| (&other.number, &other.name) == (number, name)), "{number} {name}");
                }
            }
        }
        ways.sort();
        assert_eq!(ways, expected(&def));
        assert_eq!(outline.any_time.len(), def.signals.len());
        let text = outline.to_string();
        assert!(steps.iter().all(|step| text.contains(&format!("{} {}: {} {}", step.number, step.name, step.kind, step.of))), "{text}");
    }
}

#[test]
fn the_picture_has_every_step_and_every_outcome_once() {
    for def in all() {
        let text = svg(&def, None);
        let document = Document::parse(&text).unwrap();
        let of = |class: &'static str| document.descendants().filter(move |node| node.attribute("class") == Some(class));
        let loops = def.nodes().filter(|node| matches!(node.kind, Kind::Loop(_))).count();
        let closes = def.stages.iter().filter(|stage| stage.close.is_some()).count();
        assert_eq!(of("frame").count(), loops);
        assert_eq!(of("box").count(), def.nodes().count() - loops + closes + def.signals.len());
        let mut labels: Vec<String> = of("label").flat_map(|label| said(label.text().unwrap())).collect();
        labels.sort();
        let mut outcomes: Vec<String> = expected(&def).into_iter().map(|(_, outcome)| outcome).collect();
        outcomes.sort();
        assert_eq!(labels, outcomes);
    }
}

#[test]
fn the_picture_has_a_name_and_no_style_and_no_script() {
    let text = svg(&compiled(ERASURE), None);
    let document = Document::parse(&text).unwrap();
    let root = document.root_element();
    assert_eq!((root.attribute("role"), root.attribute("aria-labelledby")), (Some("img"), Some("workflow-title workflow-description")));
    let named =
        |id: &str| document.descendants().find(|node| node.attribute("id") == Some(id)).and_then(|node| node.text()).unwrap().to_owned();
    assert_eq!((named("workflow-title").as_str(), named("workflow-description").as_str()), ("Erasure of personal data", "All of it."));
    assert!(document.descendants().all(|node| node.attribute("style").is_none() && !["style", "script"].contains(&node.tag_name().name())));
    let styled = draw::svg(&compiled(ERASURE), &Words { title: String::new(), description: String::new() }, None, Some("a > b {}"));
    assert!(
        Document::parse(&styled).unwrap().descendants().any(|node| node.tag_name().name() == "style" && node.text() == Some("a > b {}"))
    );
}

#[test]
fn bpmn_has_a_shape_for_every_node_an_edge_for_every_flow_and_no_flow_across_a_border() {
    for def in all() {
        let text = draw::bpmn(&def);
        let document = Document::parse(&text).unwrap();
        let ids: Vec<&str> = document.descendants().filter_map(|node| node.attribute("id")).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "every id once");
        assert!(ids.iter().all(|id| id.starts_with(|c: char| c.is_ascii_lowercase()) && !id.contains(' ')));
        let drawn: BTreeSet<&str> = document.descendants().filter_map(|node| node.attribute("bpmnElement")).collect();
        let is_node =
            |node: &Xml<'_, '_>| ["Task", "Event", "Gateway", "subProcess"].iter().any(|kind| node.tag_name().name().ends_with(kind));
        let nodes: Vec<Xml<'_, '_>> = document.descendants().filter(is_node).collect();
        let flows: Vec<Xml<'_, '_>> = document.descendants().filter(|node| node.has_tag_name((MODEL, "sequenceFlow"))).collect();
        assert!(nodes.iter().chain(&flows).all(|node| drawn.contains(node.attribute("id").unwrap())));
        assert_eq!(drawn.len(), nodes.len() + flows.len() + 1, "and the process has its plane");
        let home = |id: &str| nodes.iter().find(|node| node.attribute("id") == Some(id)).and_then(Xml::parent).map(|node| node.id());
        for flow in &flows {
            let ends = ["sourceRef", "targetRef"].map(|end| home(flow.attribute(end).unwrap()));
            assert!(ends[0].is_some() && ends[0] == ends[1] && ends[0] == flow.parent().map(|node| node.id()), "{flow:?}");
        }
        let mut labels: Vec<String> = flows.iter().filter_map(|flow| flow.attribute("name")).flat_map(said).collect();
        labels.sort();
        let mut outcomes: Vec<String> = expected(&def).into_iter().map(|(_, outcome)| outcome).collect();
        outcomes.sort();
        assert_eq!(labels, outcomes);
    }
}

const MODEL: &str = "http://www.omg.org/spec/BPMN/20100524/MODEL";

#[test]
fn bpmn_says_what_kind_of_work_it_is_whose_and_by_when() {
    let text = draw::bpmn(&compiled(ERASURE));
    let document = Document::parse(&text).unwrap();
    let of = |id: &str| document.descendants().find(|node| node.attribute("id") == Some(id)).unwrap();
    let kinds = [
        ("step_assess", "userTask"),
        ("step_plan", "serviceTask"),
        ("step_holds", "businessRuleTask"),
        ("step_ask-systems", "subProcess"),
        ("via_assess", "exclusiveGateway"),
        ("close_done", "endEvent"),
    ];
    for (id, kind) in kinds {
        assert_eq!(of(id).tag_name().name(), kind);
    }
    assert!(of("step_ask-systems").children().any(|node| node.tag_name().name() == "multiInstanceLoopCharacteristics"));
    assert_eq!(of("due_assess").attribute("cancelActivity"), Some("false"), "nothing is routed: it only reminds");
    assert_eq!(of("due_ask-identity").attribute("cancelActivity"), Some("true"), "`overdue` is routed");
    assert_eq!(of("signal_0").attribute("triggeredByEvent"), Some("true"));
    let owners: Vec<_> = of("step_approve")
        .descendants()
        .filter(|node| node.tag_name().name() == "formalExpression")
        .filter_map(|node| node.text())
        .collect();
    assert_eq!(owners, ["privacy-lead", "dpo"]);
}

#[test]
fn one_definition_gives_one_text() {
    for (a, b) in all().iter().zip(&all()) {
        assert_eq!((draw::mermaid(a), draw::bpmn(a), svg(a, None)), (draw::mermaid(b), draw::bpmn(b), svg(b, None)));
        assert_eq!(draw::outline(a), draw::outline(b));
    }
}

#[test]
fn a_title_of_signs_comes_out_as_it_went_in() {
    let title = "a <b> & \"c\" 'd' ]]> \u{7}#";
    let mut def = compiled(ACCESS);
    def.title.insert("en".to_owned(), title.to_owned());
    let kept = title.replace('\u{7}', "\u{fffd}");
    let (picture, model) = (svg(&def, None), draw::bpmn(&def));
    let picture = Document::parse(&picture).unwrap();
    assert_eq!(picture.descendants().find(|node| node.attribute("id") == Some("workflow-title")).unwrap().text(), Some(kept.as_str()));
    let model = Document::parse(&model).unwrap();
    assert_eq!(model.descendants().find(|node| node.tag_name().name() == "process").unwrap().attribute("name"), Some(kept.as_str()));
    assert!(draw::mermaid(&def).starts_with("---\ntitle: \"a <b> & \\\"c\\\" 'd' ]]> \\u0007#\"\n---\nflowchart TD\n"));
}

#[test]
fn a_case_is_marked_where_it_was_and_where_it_waits() {
    let mut case = Case::open(ACCESS, &[("case.systems", &["crm"])]);
    case.reports("receipt", "sent");
    case.reports("match", "sure");
    case.reports("compare", "free");
    let path = Path::of(&case.def, &case.events).unwrap();
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!((path.done.clone(), path.open.clone()), (set(&["receipt", "match", "compare"]), set(&["locate"])));
    let text = svg(&case.def, Some(&path));
    let document = Document::parse(&text).unwrap();
    let classes = |class: &str| {
        document.descendants().filter(|node| node.attribute("class").is_some_and(|all| all.split(' ').any(|one| one == class))).count()
    };
    // The beginning, `sent`, `sure`, `free`, and the way into the loop.
    assert_eq!((classes("done"), classes("open"), classes("taken")), (3, 1, 5));
    assert!(!svg(&case.def, None).contains("taken"));
}

#[test]
fn a_way_after_its_limit_is_marked_as_such() {
    let mut case = Case::open(ACCESS, &[("case.systems", &["crm"])]);
    case.reports("receipt", "sent");
    case.reports("match", "unsure");
    for _ in 0..3 {
        case.submits("subject", "ask-identity", "submitted");
        case.submits("kari", "check-identity", "not-enough");
    }
    assert_eq!(case.waits(), ["reasons"]);
    let path = Path::of(&case.def, &case.events).unwrap();
    assert!(path.taken.contains(&("check-identity".to_owned(), None)));
    case.signals("subject", "withdraw").unwrap();
    case.reports("confirm-withdrawal", "sent");
    let path = Path::of(&case.def, &case.events).unwrap();
    assert_eq!((path.closed.as_deref(), path.signals.contains("withdraw"), path.open.len()), (Some("withdrawn"), true, 0));
}
