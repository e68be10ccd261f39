//! Nothing in a picture stands on anything else, whatever is drawn.

use proptest::prelude::*;
use roxmltree::{Document, Node as Xml};

use super::{super::fixture::compiled, all, around, svg};
use crate::workflow::{Compiled, draw};

/// Left, top, right, bottom.
type Area = (f64, f64, f64, f64);

fn number(node: &Xml<'_, '_>, name: &str) -> f64 {
    node.attribute(name).unwrap().parse().unwrap()
}

fn areas(document: &Document<'_>, class: &str) -> Vec<Area> {
    let of = document.descendants().filter(|node| node.attribute("class") == Some(class));
    of.map(|node| {
        let (x, y) = (number(&node, "x"), number(&node, "y"));
        (x, y, x + number(&node, "width"), y + number(&node, "height"))
    })
    .collect()
}

/// Words on lines at 12 px, as wide as a common sans-serif font makes them.
fn labels(document: &Document<'_>) -> Vec<(String, Area)> {
    let of = document.descendants().filter(|node| node.attribute("class") == Some("label"));
    of.map(|node| {
        let (x, y, words) = (number(&node, "x"), number(&node, "y"), node.text().unwrap());
        #[expect(clippy::cast_precision_loss, reason = "a label is short")]
        let width = words.chars().count() as f64 * 6.2;
        (words.to_owned(), (x, y - 10.0, x + width, y + 3.0))
    })
    .collect()
}

/// Corners of every line; a round corner counts as its own sharp one.
fn lines(document: &Document<'_>) -> Vec<Vec<(f64, f64)>> {
    let of = document.descendants().filter(|node| node.attribute("class").is_some_and(|class| class.starts_with("line")));
    let corners = |d: &str| {
        let numbers: Vec<f64> = d.split(['M', 'L', 'Q', ' ']).filter(|part| !part.is_empty()).map(|part| part.parse().unwrap()).collect();
        numbers.chunks(2).map(|pair| (pair[0], pair[1])).collect()
    };
    of.map(|node| corners(node.first_element_child().unwrap().attribute("d").unwrap())).collect()
}

fn meet(a: Area, b: Area) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}

fn within(outer: Area, inner: Area) -> bool {
    outer.0 <= inner.0 && outer.1 <= inner.1 && inner.2 <= outer.2 && inner.3 <= outer.3
}

/// What is wrong with a picture.
fn faults(def: &Compiled) -> Vec<String> {
    let text = svg(def, None);
    let document = Document::parse(&text).unwrap();
    let size: Vec<f64> = document.root_element().attribute("viewBox").unwrap().split(' ').map(|part| part.parse().unwrap()).collect();
    let page = (0.0, 0.0, size[2], size[3]);
    let (boxes, labels, lines) = (areas(&document, "box"), labels(&document), lines(&document));
    let mut faults = Vec::new();
    for (n, a) in boxes.iter().enumerate() {
        faults.extend(boxes[..n].iter().filter(|b| meet(*a, **b)).map(|b| format!("boxes {a:?} and {b:?} meet")));
        faults.extend((!within(page, *a)).then(|| format!("box {a:?} is outside")));
        let inside = (a.0 + 1.0, a.1 + 1.0, a.2 - 1.0, a.3 - 1.0);
        let cuts = |ends: &[(f64, f64)]| {
            let (p, q) = (ends[0], ends[1]);
            meet(inside, (p.0.min(q.0) - 0.1, p.1.min(q.1) - 0.1, p.0.max(q.0) + 0.1, p.1.max(q.1) + 0.1))
        };
        faults.extend(lines.iter().filter(|line| line.windows(2).any(cuts)).map(|line| format!("line {line:?} runs through {a:?}")));
    }
    for (n, (words, a)) in labels.iter().enumerate() {
        faults.extend((!within(page, *a)).then(|| format!("`{words}` is outside")));
        faults.extend(boxes.iter().filter(|b| meet(*a, **b)).map(|b| format!("`{words}` stands on {b:?}")));
        faults.extend(labels[..n].iter().filter(|(_, b)| meet(*a, *b)).map(|(other, _)| format!("`{words}` stands on `{other}`")));
    }
    for (frame, other) in areas(&document, "frame").iter().flat_map(|frame| boxes.iter().map(move |other| (*frame, *other))) {
        faults.extend((meet(frame, other) && !within(frame, other)).then(|| format!("frame {frame:?} cuts {other:?}")));
    }
    faults
}

#[test]
fn nothing_meets_in_the_pictures_of_the_shipped_definitions() {
    for def in all() {
        assert_eq!(faults(&def), Vec::<String>::new(), "{}", def.name);
    }
}

/// A definition made of choices: some stages, some steps and loops in each, ways to anywhere that is allowed.
fn generated(choices: &[(u8, u8, u8)]) -> String {
    let stages: Vec<&[(u8, u8, u8)]> = choices.chunks(3).collect();
    let mut text = Vec::new();
    for (n, steps) in stages.iter().enumerate() {
        text.push(format!("  - id: stage-{n}\n    steps:\n"));
        let target = |choice: u8| match usize::from(choice) {
            all if all % 3 == 0 => format!("step-{n}-{}", all / 3 % steps.len()),
            all => format!("stage-{}", all / 3 % (stages.len() + 1)),
        };
        for (m, (kind, a, b)) in steps.iter().enumerate() {
            let (id, to, other, third) = (format!("step-{n}-{m}"), target(*a), target(*b), target(a.wrapping_add(*b)));
            let late = if b % 2 == 0 { format!(", overdue: {third}") } else { String::new() };
            text.push(match kind % 3 {
                0 => format!("      - {{id: {id}, do: letter.send, with: {{letter: receipt}}, then: {to}}}\n"),
                1 => format!(
                    "      - {{id: {id}, task: dpo, form: erasure-triage, due: P1D, then: {{go-on: {to}, extend: {other}, not-a-request: {third}, unfounded: {to}{late}}}, limit: {{{to}: 2, then: {other}}}}}\n"
                ),
                _ => format!(
                    "      - id: {id}\n        each: system in case.systems\n        steps:\n          - {{id: {id}-a, do: system.verify-erased, then: {{clean: end, remains: {id}-b}}}}\n          - {{id: {id}-b, task: system-owner, form: erasure-proof, due: P1D, then: {{submitted: {id}-a, blocked: stage-{}}}}}\n        join: all\n        then: {to}\n",
                    usize::from(*b) % (stages.len() + 1)
                ),
            });
        }
    }
    around(&format!("{}  - {{id: stage-{}, close: answered, keep: P3Y}}", text.concat(), stages.len()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_meets_in_any_picture(choices in prop::collection::vec(any::<(u8, u8, u8)>(), 1..16)) {
        let def = compiled(&generated(&choices));
        prop_assert_eq!(faults(&def), Vec::<String>::new());
        let model = draw::bpmn(&def);
        prop_assert!(Document::parse(&model).is_ok());
    }
}
