//! What a page weighs on its way to the browser: the stylesheet and the icon packed, as they are served, the page as it is.

use super::{pages, renderer};
use crate::{
    render::{assets::packed, frame::Face, pages::Page as _},
    view::{desk::queue::Queue, gallery::frame},
};

/// All of it, when somebody comes for the first time; afterwards the browser has kept the files.
const FIRST_VIEW: usize = 20 * 1024;
/// As a front in between may pack it; the house does not.
const NEXT_VIEW: usize = 6 * 1024;
/// A page of staff, with fifty rows where there are rows.
const STAFF: usize = 60 * 1024;

#[test]
fn pages_for_the_person_are_light() {
    let files = files();
    let mut sizes = Vec::new();
    for entry in pages().iter().filter(|entry| entry.path.starts_with("portal/")) {
        for (lang, html) in &entry.pages {
            assert!(files + html.len() <= FIRST_VIEW, "{}/{} weighs {} bytes with its files", lang.code(), entry.path, files + html.len());
            let next = packed(html.as_bytes()).unwrap().len();
            assert!(next <= NEXT_VIEW, "{}/{} weighs {next} bytes packed", lang.code(), entry.path);
            sizes.push((html.len(), format!("{}/{}", lang.code(), entry.path)));
        }
    }
    sizes.sort();
    let (largest, which) = sizes.last().unwrap();
    println!("files {files} bytes, pages {} in the middle, {largest} at most ({which})", sizes[sizes.len() / 2].0);
}

#[test]
fn pages_for_staff_are_light() {
    let files = files();
    for entry in pages().iter().filter(|entry| !entry.path.starts_with("portal/")) {
        for (lang, html) in &entry.pages {
            let weight = files + html.len();
            assert!(weight <= STAFF, "{}/{} weighs {weight} bytes", lang.code(), entry.path);
        }
    }
}

#[test]
fn the_queue_is_light_with_fifty_rows() {
    let renderer = renderer();
    let filled = || Queue::samples().into_iter().find(|queue| !queue.rows.is_empty()).unwrap();
    let mut queue = filled();
    queue.rows = std::iter::repeat_with(|| filled().rows).flatten().take(50).collect();
    let html = renderer.page(&frame(Face::Desk, "/desk/"), &queue).unwrap();
    assert_eq!(html.matches(r#"<tr role="row">"#).count(), 51, "fifty rows and their head");
    let weight = files() + html.len();
    println!("the queue with fifty rows: {weight} bytes");
    assert!(weight <= STAFF);
}

/// The stylesheet by itself stays small also where nobody packs it.
#[test]
fn the_stylesheet_is_small() {
    let sheet = renderer().assets().named("habeas.css").unwrap().body.len();
    assert!(sheet <= 16 * 1024, "the stylesheet weighs {sheet} bytes");
}

/// What a browser fetches with its first page, packed.
fn files() -> usize {
    let renderer = renderer();
    ["habeas.css", "icon.svg"].map(|name| renderer.assets().named(name).unwrap().packed.len()).iter().sum()
}
