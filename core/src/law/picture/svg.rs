//! The data map as SVG: a band for each system, a column for each step from what people can prove. No script and no style attribute;
//! its classes are those of a workflow's picture, so that one sheet of colours does for both.

use super::{Node, Picture, Start};
use crate::source::xml::Element;

const WIDTH: i32 = 232;
const HEIGHT: i32 = 50;
const ROW: i32 = 64;
const COLUMN: i32 = WIDTH + 88;
const MARGIN: i32 = 20;
const TITLE: i32 = 38;
const IDENTIFIER: i32 = 184;
/// Where the first column of collections begins.
const LEFT: i32 = MARGIN + IDENTIFIER + 72;

#[derive(Debug, Clone, Copy)]
struct Spot {
    x: i32,
    y: i32,
}

/// A band and what is in it.
struct Band {
    y: i32,
    height: i32,
}

struct Layout {
    width: i32,
    height: i32,
    bands: Vec<Band>,
    nodes: Vec<Spot>,
    identifiers: Vec<Spot>,
}

/// A whole picture; `style` goes inside where it is to be a file of its own.
pub fn svg(picture: &Picture<'_>, style: Option<&str>) -> String {
    let layout = layout(picture);
    let (systems, collections, lines) = picture.counts();
    let description = format!(
        "{collections} collections in {systems} systems, from left to right in the order in which a search comes to them, and {lines} lines along which values are looked for; \
         dashed ones go from one system to another. `habeas map draw --format mermaid` says the same in words."
    );
    let root = Element::new("svg")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .with("class", "workflow map")
        .with("role", "img")
        .with("aria-labelledby", "map-title map-description")
        .with("viewBox", format!("0 0 {} {}", layout.width, layout.height))
        .with("width", layout.width)
        .with("height", layout.height)
        .child(Element::new("title").with("id", "map-title").text("Data map"))
        .child(Element::new("desc").with("id", "map-description").text(description))
        .children(style.map(|style| Element::new("style").text(style)))
        .children(picture.systems.iter().zip(&layout.bands).map(|(system, band)| {
            let shape = rectangle("band", MARGIN + IDENTIFIER + 36, band.y, layout.width - 2 * MARGIN - IDENTIFIER - 36, band.height, 10);
            Element::new("g").with("class", "stage").child(shape).child(text(
                "title",
                LEFT - 16,
                band.y + 25,
                system.label.get(picture.lang),
            ))
        }))
        .children(lines_of(picture, &layout))
        .children(picture.identifiers.iter().zip(&layout.identifiers).map(|(kind, at)| identifier(kind, *at)))
        .children(picture.nodes.iter().zip(&layout.nodes).map(|(node, at)| collection(picture, node, *at)));
    format!("{root}\n")
}

fn layout(picture: &Picture<'_>) -> Layout {
    let deepest = picture.nodes.iter().filter_map(|node| node.depth).max().unwrap_or(1);
    let column = |node: &Node<'_>| node.depth.unwrap_or(deepest + 1) - 1;
    let (mut y, mut bands, mut nodes) = (MARGIN, Vec::new(), vec![Spot { x: 0, y: 0 }; picture.nodes.len()]);
    let mut columns = 1;
    for system in &picture.systems {
        let mut filled = vec![0; deepest + 2];
        for (node, spot) in picture.nodes.iter().zip(&mut nodes).filter(|(node, _)| node.system.key == system.key) {
            let at = column(node);
            columns = columns.max(at + 1);
            if let Some(row) = filled.get_mut(at) {
                *spot = Spot { x: LEFT + pixels(at) * COLUMN, y: y + TITLE + *row * ROW };
                *row += 1;
            }
        }
        let height = TITLE + filled.iter().max().copied().unwrap_or_default().max(1) * ROW;
        bands.push(Band { y, height });
        y += height + MARGIN;
    }
    let wanted = pixels(picture.identifiers.len()) * ROW;
    let height = y.max(wanted + 2 * MARGIN);
    let top = (height - wanted) / 2;
    let identifiers = (0..picture.identifiers.len()).map(|at| Spot { x: MARGIN, y: top + pixels(at) * ROW });
    // A column's worth of room for lines that come back, and the margin of the last band.
    Layout { width: LEFT + pixels(columns) * COLUMN - 88 + 56 + MARGIN, height, bands, nodes, identifiers: identifiers.collect() }
}

fn pixels(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX / 1024)
}

fn lines_of(picture: &Picture<'_>, layout: &Layout) -> Vec<Element> {
    let drawn = picture.edges.iter().filter_map(|edge| {
        let to = *layout.nodes.get(edge.to)?;
        let target = picture.nodes.get(edge.to)?;
        let (start, class, name) = match edge.from {
            Start::Identifier(at) => {
                let spot = layout.identifiers.get(at)?;
                (Spot { x: spot.x + IDENTIFIER, y: spot.y + HEIGHT / 2 }, "line", (*picture.identifiers.get(at)?).to_owned())
            }
            Start::Node(at) => {
                let (spot, node) = (layout.nodes.get(at)?, picture.nodes.get(at)?);
                let class = if node.system.key == target.system.key { "line" } else { "line late" };
                (Spot { x: spot.x + WIDTH, y: spot.y + HEIGHT / 2 }, class, node.collection.name.clone())
            }
        };
        let fields = edge.fields.iter().map(|(here, there)| match edge.from {
            Start::Identifier(_) => format!("{name} → {}.{there}", target.collection.name),
            Start::Node(_) => format!("{name}.{here} → {}.{there}", target.collection.name),
        });
        let title = Element::new("title").text(fields.collect::<Vec<_>>().join(", "));
        Some(line(start, to).with("class", class).child(title))
    });
    drawn.collect()
}

/// A line into the left side of a box, or into its right side where it lies before the start or above it.
fn line(from: Spot, to: Spot) -> Element {
    let y = to.y + HEIGHT / 2;
    let ahead = to.x > from.x;
    // What leads back to an earlier column leaves on the left.
    let back = to.x + WIDTH < from.x - WIDTH;
    let from = if back { Spot { x: from.x - WIDTH, ..from } } else { from };
    let (x, bend, head) = if ahead {
        (to.x, (to.x - from.x).clamp(24, 88) * 3 / 5, format!("M{} {y}l-8 -4v8z", to.x))
    } else {
        (to.x + WIDTH, 52, format!("M{} {y}l8 -4v8z", to.x + WIDTH))
    };
    let end = if ahead { x - 6 } else { x + 6 };
    let control = if ahead { end - bend } else { end + bend };
    // A line over several columns keeps to the gaps between rows until the last of them.
    let d = if ahead && to.x - from.x > COLUMN {
        let (last, gap) = (to.x - 88 + 14, if y > from.y { y - HEIGHT / 2 - 7 } else { y + HEIGHT / 2 + 7 });
        let first = from.x + 60;
        format!(
            "M{} {}C{} {} {} {gap} {first} {gap}L{last} {gap}C{} {gap} {} {y} {end} {y}",
            from.x,
            from.y,
            from.x + 40,
            from.y,
            first - 40,
            last + 30,
            end - 30
        )
    } else {
        let first = if back { from.x - bend } else { from.x + bend };
        format!("M{} {}C{first} {} {control} {y} {end} {y}", from.x, from.y, from.y)
    };
    Element::new("g").child(Element::new("path").with("d", d)).child(Element::new("path").with("class", "head").with("d", head))
}

fn identifier(kind: &str, at: Spot) -> Element {
    Element::new("g").with("class", "identifier close").child(rectangle("box", at.x, at.y, IDENTIFIER, HEIGHT, 25)).child(text(
        "name",
        at.x + 16,
        at.y + 30,
        &fitted(kind, 18),
    ))
}

fn collection(picture: &Picture<'_>, node: &Node<'_>, at: Spot) -> Element {
    let name = &node.collection.name;
    let below = if node.depth.is_none() { format!("{name} · nothing leads here") } else { name.clone() };
    Element::new("g")
        .with("class", "collection")
        .child(Element::new("title").text(format!("{}.{name}", node.system.key)))
        .child(rectangle("box", at.x, at.y, WIDTH, HEIGHT, 6))
        .child(rectangle("strip", at.x, at.y + 8, 4, HEIGHT - 16, 2))
        .child(text("name", at.x + 14, at.y + 21, &fitted(node.collection.label.get(picture.lang), 25)))
        .child(text("small", at.x + 14, at.y + 39, &fitted(&below, 32)))
}

/// As many signs as there is room for, counted for letters of usual width.
fn fitted(words: &str, room: usize) -> String {
    if words.chars().count() <= room {
        return words.to_owned();
    }
    words.chars().take(room - 1).chain(['…']).collect()
}

fn rectangle(class: &'static str, x: i32, y: i32, width: i32, height: i32, radius: i32) -> Element {
    let place = Element::new("rect").with("class", class).with("x", x).with("y", y);
    place.with("width", width).with("height", height).with("rx", radius)
}

fn text(class: &'static str, x: i32, y: i32, words: &str) -> Element {
    Element::new("text").with("class", class).with("x", x).with("y", y).text(words)
}
