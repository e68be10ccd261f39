//! What must hold of every page and every letter in every language.

mod contrast;
mod html;
mod letters;
mod passwords;
mod reading;
mod weight;
mod words;

use std::collections::BTreeMap;

use crate::{
    render::{frame::Face, pages::Renderer},
    view::{
        gallery::{GalleryEntry, frame, gallery},
        portal::request::{Code, Who},
    },
};

fn renderer() -> Renderer {
    Renderer::new(None, &jiff::tz::TimeZone::get("Europe/Oslo").unwrap()).unwrap()
}

fn pages() -> Vec<GalleryEntry> {
    gallery(&renderer()).unwrap()
}

#[test]
fn every_page_in_every_state_and_language_is_sound_html() {
    let faults: Vec<String> = pages()
        .iter()
        .flat_map(|entry| entry.pages.iter().map(move |(lang, html)| (entry, lang, html)))
        .flat_map(|(entry, lang, html)| {
            html::faults(html, lang.code()).into_iter().map(move |fault| format!("{}/{}: {fault}", lang.code(), entry.path))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_two_pages_share_a_title() {
    let mut titles: BTreeMap<String, String> = BTreeMap::new();
    for entry in pages().iter().filter(|entry| !entry.path.ends_with("-error")) {
        let template = entry.path.rsplit_once('-').unwrap().0.to_owned();
        for (lang, html) in &entry.pages {
            let title = html.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
            let owner = titles.entry(format!("{} {title}", lang.code())).or_insert_with(|| template.clone());
            assert_eq!(*owner, template, "both say `{title}`");
        }
    }
}

#[test]
fn an_error_is_told_first_in_the_title_and_on_top() {
    for entry in pages().iter().filter(|entry| entry.path.ends_with("-error")) {
        for (lang, html) in &entry.pages {
            let prefix = ["Feil:", "Fout:", "Error:"][*lang as usize];
            assert!(html.contains(&format!("<title>{prefix} ")), "{}", entry.path);
            assert!(html.contains(r#"tabindex="-1" autofocus"#), "{}", entry.path);
            assert!(html.contains(r#"class="problem""#), "{}: the field itself says nothing", entry.path);
        }
    }
}

#[test]
fn what_a_person_typed_is_escaped_everywhere() {
    let frame = frame(Face::Portal, "/request/who");
    let page = Who {
        away: false,
        right: habeas_core::law::right::Right::Access,
        email: r#""><script>alert(1)</script>"#.to_owned(),
        providers: Vec::new(),
        vouched: None,
        for_whom: None,
    };
    let html = renderer().page(&frame, &page).unwrap();
    assert!(!html.contains("<script"), "{html}");

    let code = Code {
        address: "<b>k</b>".to_owned(),
        valid_until: jiff::Timestamp::UNIX_EPOCH,
        number: String::new(),
        sent_again: false,
        code: String::new(),
    };
    let html = renderer().page(&frame, &code).unwrap();
    assert!(html.contains("<strong>&lt;b&gt;k&lt;/b&gt;</strong>"), "our mark-up stays, theirs does not");
}
