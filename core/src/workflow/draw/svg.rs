//! A definition as SVG for a page: no script and no style attribute, so that the strictest content security policy takes it.
//!
//! Every word in it is the definition's own, so the picture needs no translation; title and description come from outside.

use std::fmt::Write as _;

use serde::Serialize;

use super::{
    super::compiled::{Compiled, Kind, Node, SUBJECT},
    graph::{self, Verb, Why},
    layout::{self, Band, From, Layout, Line, NAME_SIZE, Rect, SMALL_SIZE, Shape, What},
    path::Path,
};
use crate::source::xml::Element;

/// What a picture is called and what it shows, in the reader's language.
#[derive(Debug, Clone)]
pub struct Words {
    /// Its name.
    pub title: String,
    /// What it shows, and where the same is said in words.
    pub description: String,
}

/// The inside of a picture, for who writes the `<svg>` around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// In its own units, which are CSS pixels at full size.
    pub width: i32,
    /// The same.
    pub height: i32,
    /// Escaped elements.
    pub body: String,
}

/// The inside of a picture; the way of one case is marked.
pub fn picture(def: &Compiled, highlighted: Option<&Path>) -> Picture {
    let layout = layout::layout(def, 0);
    Picture { width: layout.width, height: layout.height, body: drawing(def, &layout, highlighted).to_string() }
}

/// A whole picture; `style` goes inside where it is to be a file of its own.
pub fn svg(def: &Compiled, words: &Words, highlighted: Option<&Path>, style: Option<&str>) -> String {
    let layout = layout::layout(def, 0);
    let (width, height) = (layout.width, layout.height);
    let root = Element::new("svg")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .with("class", "workflow")
        .with("role", "img")
        .with("aria-labelledby", "workflow-title workflow-description")
        .with("viewBox", format!("0 0 {width} {height}"))
        .with("width", width)
        .with("height", height)
        .child(Element::new("title").with("id", "workflow-title").text(&words.title))
        .child(Element::new("desc").with("id", "workflow-description").text(&words.description))
        .children(style.map(|style| Element::new("style").text(style)))
        .child(drawing(def, &layout, highlighted));
    format!("{root}\n")
}

fn drawing(def: &Compiled, layout: &Layout<'_>, path: Option<&Path>) -> Element {
    let numbers = graph::numbers(def);
    let number = |name: &str| numbers.get(name).map_or("", String::as_str);
    let (taken, ahead): (Vec<_>, Vec<_>) = layout.lines.iter().partition(|line| path.is_some_and(|path| was_taken(def, line, path)));
    let frames = layout.shapes.iter().filter(|shape| matches!(shape.what, What::Loop(_)));
    Element::new("g")
        .with("class", if path.is_some() { "drawing walked" } else { "drawing" })
        .children(layout.bands.iter().map(|band| stage(band, number)))
        .children(frames.map(|shape| rectangle("frame", shape.rect, 8)))
        .children(ahead.into_iter().map(|each| line(each, "")))
        .children(taken.into_iter().map(|each| line(each, " taken")))
        .children(layout.shapes.iter().map(|each| shape(each, number, path)))
        .children(layout.lines.iter().filter_map(|line| line.label.as_ref()).map(|(words, at)| text("label", at.x, at.y + 12, words)))
}

fn was_taken(def: &Compiled, line: &Line<'_>, path: &Path) -> bool {
    match (line.from, &line.way) {
        (From::Start, _) => true,
        (From::Step(step), Some(way)) => path.has_taken(step, way),
        (From::Signal(n), _) => def.signals.get(n).is_some_and(|signal| path.signals.contains(&signal.event)),
        (From::Loop(id), _) => def
            .node(id)
            .is_some_and(|node| graph::body(def, node).any(|inner| path.done.contains(&inner.id) || path.open.contains(&inner.id))),
        (From::Step(_), None) => false,
    }
}

fn stage<'n>(band: &Band<'_>, number: impl Fn(&str) -> &'n str) -> Element {
    let (x, y) = (band.rect.x + 20, band.rect.y + 23);
    let Some(stage) = band.stage else {
        return Element::new("g").with("class", "stage").child(rectangle("band", band.rect, 10)).child(text("title", x, y, "any-time"));
    };
    let class = if stage.point_of_no_return { "stage final" } else { "stage" };
    let title = layout::fitted(&format!("{} {}", number(&stage.id), stage.id), NAME_SIZE, band.spine - x - 8);
    let drawn = Element::new("g").with("class", class).child(rectangle("band", band.rect, 10)).child(text("title", x, y, &title));
    if stage.point_of_no_return {
        return drawn.child(text("point", band.spine + 10, y, "point of no return"));
    }
    drawn
}

fn shape<'n>(shape: &Shape<'_>, number: impl Fn(&str) -> &'n str, path: Option<&Path>) -> Element {
    let at = shape.head;
    match shape.what {
        What::Start => dot("start", at),
        What::BranchEnd(_) => dot("branch-end", at),
        What::Step(node) | What::Loop(node) => {
            let done = path.is_some_and(|path| path.done.contains(&node.id));
            let state = if path.is_some_and(|path| path.open.contains(&node.id)) {
                " open"
            } else if done {
                " done"
            } else {
                ""
            };
            let mark = if done { "✓ " } else { "" };
            let drawn = Element::new("g").with("class", format!("{}{state}", kind(node)));
            boxed(drawn, shape, 6).child(
                text("number", at.x + layout::BOX_TEXT + shape.room, at.y + 21, &format!("{mark}{}", number(&node.id)))
                    .with("text-anchor", "end"),
            )
        }
        What::Close(stage) => {
            let closed = path.is_some_and(|path| path.closed.as_ref() == Some(&stage.id));
            boxed(Element::new("g").with("class", if closed { "close done" } else { "close" }), shape, 16)
        }
        What::Signal(..) => boxed(Element::new("g").with("class", "signal"), shape, 6),
    }
}

/// A box with a name and what stands below or beside it.
fn boxed(group: Element, shape: &Shape<'_>, radius: i32) -> Element {
    let (at, (name, below)) = (shape.head, shape.what.words());
    let (x, room) = (at.x + layout::BOX_TEXT, shape.room);
    if matches!(shape.what, What::Close(_)) {
        let words = layout::fitted(&format!("{name} · {below}"), NAME_SIZE, room);
        return group.child(rectangle("box", at, radius)).child(text("name", x, at.y + 21, words.trim_end_matches(" · ")));
    }
    let frame = matches!(shape.what, What::Loop(_));
    let group = if frame { group } else { group.child(rectangle("box", at, radius)) };
    group
        .child(rectangle("strip", Rect { x: at.x, y: at.y + 8, width: 4, height: 34 }, 2))
        .child(text("name", x, at.y + 21, &layout::fitted(&name, NAME_SIZE, room - 44)))
        .child(text("small", x, at.y + 39, &layout::fitted(&below, SMALL_SIZE, room)))
}

fn kind(node: &Node) -> &'static str {
    match (&node.kind, Verb::of(node)) {
        (Kind::Task(task), _) if task.roles.iter().any(|role| role == SUBJECT) => "task subject",
        (_, verb) => verb.name(),
    }
}

fn line(line: &Line<'_>, taken: &str) -> Element {
    let why = match (line.from, line.way.as_ref().map(|way| way.why)) {
        (From::Signal(_), _) => " sent",
        (_, Some(Why::Overdue | Why::Limit)) => " late",
        _ => "",
    };
    let group = Element::new("g").with("class", format!("line{why}{taken}"));
    let stroke = Element::new("path").with("d", rounded(&line.points));
    let head = line.points.last().map(|(x, y)| {
        let across = line.points.len() > 2;
        let d = if across { format!("M{x} {y}l8 -4v8z") } else { format!("M{x} {y}l-4 -8h8z") };
        Element::new("path").with("class", "head").with("d", d)
    });
    group.child(stroke).children(head)
}

/// A line through corners, each of them round.
fn rounded(points: &[(i32, i32)]) -> String {
    let mut d = String::new();
    let Some((x, y)) = points.first() else { return d };
    let _ = write!(d, "M{x} {y}");
    for corner in points.windows(3) {
        let &[before, at, after] = corner else { continue };
        let (from, to) = (toward(at, before), toward(at, after));
        let _ = write!(d, "L{} {}Q{} {} {} {}", from.0, from.1, at.0, at.1, to.0, to.1);
    }
    if let Some((x, y)) = points.last() {
        let _ = write!(d, "L{x} {y}");
    }
    d
}

/// A little way from one corner to another, half of it where it is short.
fn toward(from: (i32, i32), to: (i32, i32)) -> (i32, i32) {
    let step = |from: i32, to: i32| from + (to - from).clamp(-7, 7).clamp(-((to - from).abs() / 2), (to - from).abs() / 2);
    (step(from.0, to.0), step(from.1, to.1))
}

fn rectangle(class: &'static str, at: Rect, radius: i32) -> Element {
    let place = Element::new("rect").with("class", class).with("x", at.x).with("y", at.y);
    place.with("width", at.width).with("height", at.height).with("rx", radius)
}

fn dot(class: &'static str, at: Rect) -> Element {
    let radius = at.width / 2;
    Element::new("circle").with("class", class).with("cx", at.x + radius).with("cy", at.y + radius).with("r", radius - 1)
}

fn text(class: &'static str, x: i32, y: i32, words: &str) -> Element {
    Element::new("text").with("class", class).with("x", x).with("y", y).text(words)
}
