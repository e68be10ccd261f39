//! The data map as a picture: from what people can prove to the collections where they are found, and along the references from there.
//! One map gives one picture, byte for byte.

mod mermaid;
mod svg;

use std::collections::BTreeMap;

use super::{
    lang::Lang,
    map::{Collection, Direction, System},
};

pub use mermaid::mermaid;
pub use svg::svg;

/// What is drawn.
#[derive(Debug)]
pub struct Picture<'a> {
    lang: Lang,
    /// The systems, in the order of the map.
    systems: Vec<&'a System>,
    nodes: Vec<Node<'a>>,
    /// Kinds of identifier, the e-mail address first.
    identifiers: Vec<&'a str>,
    edges: Vec<Edge<'a>>,
}

/// A collection.
#[derive(Debug)]
struct Node<'a> {
    system: &'a System,
    collection: &'a Collection,
    /// How many steps from an identifier, from 1; `None`: nothing leads to it.
    depth: Option<usize>,
}

/// Where values come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Start {
    /// An identifier, by its place.
    Identifier(usize),
    /// A collection, by its place.
    Node(usize),
}

/// Values flow from one place to a collection.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Edge<'a> {
    from: Start,
    to: usize,
    /// The fields that are compared, those on either side of each pair.
    fields: Vec<(&'a str, &'a str)>,
}

impl<'a> Picture<'a> {
    /// A picture of all systems, or of one of them.
    pub fn of(systems: &'a [System], only: Option<&str>, lang: Lang) -> Self {
        let all: Vec<Node<'a>> = systems
            .iter()
            .flat_map(|system| system.collections.iter().map(move |collection| Node { system, collection, depth: None }))
            .collect();
        let mut picture = Self { lang, systems: systems.iter().collect(), nodes: all, identifiers: Vec::new(), edges: Vec::new() };
        picture.find();
        picture.follow();
        picture.measure();
        if let Some(only) = only {
            picture.narrow(only);
        }
        picture
    }

    /// Systems, collections and lines between them.
    pub fn counts(&self) -> (usize, usize, usize) {
        (self.systems.len(), self.nodes.len(), self.edges.len())
    }

    fn find(&mut self) {
        let fields = self.nodes.iter().enumerate().flat_map(|(at, node)| node.collection.fields.iter().map(move |field| (at, field)));
        let mut found = BTreeMap::<(bool, &str), BTreeMap<usize, Vec<&str>>>::new();
        for (at, field) in fields.filter(|(_, field)| !field.third_person) {
            if let Some(kind) = &field.identity {
                found.entry((kind != "email", kind)).or_default().entry(at).or_default().push(&field.name);
            }
        }
        for (place, ((_, kind), nodes)) in found.into_iter().enumerate() {
            self.identifiers.push(kind);
            let edge = |(to, names): (usize, Vec<&'a str>)| Edge {
                from: Start::Identifier(place),
                to,
                fields: names.into_iter().map(|name| (kind, name)).collect(),
            };
            self.edges.extend(nodes.into_iter().map(edge));
        }
    }

    fn follow(&mut self) {
        let place = |system: &str, collection: &str| {
            self.nodes.iter().position(|node| node.system.key == system && node.collection.name == collection)
        };
        let mut found = BTreeMap::<(usize, usize), Vec<(&str, &str)>>::new();
        for (here, node) in self.nodes.iter().enumerate() {
            for field in &node.collection.fields {
                for reference in &field.references {
                    let Some(there) = place(&reference.system, &reference.collection) else { continue };
                    if reference.direction != Direction::To {
                        found.entry((there, here)).or_default().push((reference.field.as_str(), field.name.as_str()));
                    }
                    if reference.direction != Direction::From {
                        found.entry((here, there)).or_default().push((field.name.as_str(), reference.field.as_str()));
                    }
                }
            }
        }
        self.edges.extend(found.into_iter().map(|((from, to), fields)| Edge { from: Start::Node(from), to, fields }));
    }

    fn measure(&mut self) {
        let mut level: Vec<usize> =
            self.edges.iter().filter(|edge| matches!(edge.from, Start::Identifier(_))).map(|edge| edge.to).collect();
        let mut depth = 1;
        while !level.is_empty() {
            for at in &level {
                if let Some(node) = self.nodes.get_mut(*at).filter(|node| node.depth.is_none()) {
                    node.depth = Some(depth);
                }
            }
            depth += 1;
            let next = self.edges.iter().filter(|edge| matches!(edge.from, Start::Node(from) if level.contains(&from))).map(|edge| edge.to);
            level = next.filter(|to| self.nodes.get(*to).is_some_and(|node| node.depth.is_none())).collect();
        }
    }

    /// Leaves one system, with what leads into it from identifiers.
    fn narrow(&mut self, only: &str) {
        self.systems.retain(|system| system.key == only);
        let kept: Vec<usize> = self.nodes.iter().enumerate().filter(|(_, node)| node.system.key == only).map(|(at, _)| at).collect();
        let place = |old: usize| kept.iter().position(|at| *at == old);
        let edges = std::mem::take(&mut self.edges).into_iter().filter_map(|edge| {
            let from = match edge.from {
                Start::Node(from) => Start::Node(place(from)?),
                identifier @ Start::Identifier(_) => identifier,
            };
            Some(Edge { from, to: place(edge.to)?, ..edge })
        });
        self.edges = edges.collect();
        self.nodes.retain(|node| node.system.key == only);
        let used: Vec<usize> =
            (0..self.identifiers.len()).filter(|at| self.edges.iter().any(|edge| edge.from == Start::Identifier(*at))).collect();
        self.identifiers = used.iter().filter_map(|at| self.identifiers.get(*at).copied()).collect();
        for edge in &mut self.edges {
            if let Start::Identifier(at) = &mut edge.from {
                *at = used.iter().position(|known| known == at).unwrap_or_default();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Picture, mermaid, svg};
    use crate::law::{fixture::folder, lang::Lang};

    #[test]
    fn a_picture_is_always_the_same_and_holds_every_collection_once() {
        let folder = folder();
        let picture = Picture::of(&folder.systems, None, Lang::En);
        let drawn = svg(&picture, None);
        assert_eq!(drawn, svg(&Picture::of(&folder.systems, None, Lang::En), None));
        let read = roxmltree::Document::parse(&drawn).unwrap();
        let named = |name: &str| read.descendants().filter(|node| node.has_tag_name(name)).count();
        let collections: usize = folder.systems.iter().map(|system| system.collections.len()).sum();
        assert_eq!(drawn.matches("class=\"collection\"").count(), collections);
        assert_eq!(picture.counts().1, collections);
        assert!(named("title") > 0 && named("desc") == 1 && read.root_element().attribute("role") == Some("img"));
        assert!(!drawn.contains("style="), "the strictest policy takes it");
    }

    #[test]
    fn nothing_lies_on_something_else() {
        let folder = folder();
        let drawn = svg(&Picture::of(&folder.systems, None, Lang::Nb), None);
        let read = roxmltree::Document::parse(&drawn).unwrap();
        let number = |node: &roxmltree::Node<'_, '_>, name: &str| node.attribute(name).unwrap().parse::<i32>().unwrap();
        let boxes: Vec<[i32; 4]> = read
            .descendants()
            .filter(|node| node.attribute("class") == Some("box"))
            .map(|node| ["x", "y", "width", "height"].map(|name| number(&node, name)))
            .collect();
        for (at, [x, y, width, height]) in boxes.iter().enumerate() {
            let apart = |other: &[i32; 4]| {
                x + width <= other[0] || other[0] + other[2] <= *x || y + height <= other[1] || other[1] + other[3] <= *y
            };
            assert!(boxes[at + 1..].iter().all(apart), "{at}: {boxes:?}");
            assert!(x + width <= number(&read.root_element(), "width") && y + height <= number(&read.root_element(), "height"));
        }
    }

    #[test]
    fn mermaid_names_every_reference_and_survives_any_name() {
        let mut folder = folder();
        let drawn = mermaid(&Picture::of(&folder.systems, None, Lang::En));
        assert!(drawn.starts_with("flowchart LR\n") && drawn.contains("-->|\"id → customer_id\"|"), "{drawn}");
        folder.systems[0].collections[0].name = "a\"] --> b\n<script>".to_owned();
        let drawn = mermaid(&Picture::of(&folder.systems, None, Lang::En));
        assert!(!drawn.contains("<script>") && !drawn.contains("\"] --> b"), "{drawn}");
    }

    #[test]
    fn one_system_alone_has_its_identifiers() {
        let folder = folder();
        let picture = Picture::of(&folder.systems, Some("shop"), Lang::En);
        assert_eq!(picture.counts().0, 1);
        assert!(picture.nodes.iter().all(|node| node.system.key == "shop"));
        assert!(picture.identifiers.contains(&"email"));
        roxmltree::Document::parse(&svg(&picture, None)).unwrap();
    }
}
