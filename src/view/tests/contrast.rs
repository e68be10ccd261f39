//! Every pair of colours that meets on a page can be told apart, by day and by night (WCAG 2.2, 1.4.3 and 1.4.11).

use std::collections::BTreeMap;

use habeas_core::law::theme::{Colour, GROUNDS, Mode};

const TEXT: f64 = 4.5;
const SHAPE: f64 = 3.0;

const PAIRS: [(&str, &str, f64); 26] = [
    ("text", "bg", 7.0),
    ("text", "surface", 7.0),
    ("text", "info-bg", 7.0),
    ("text", "ok-bg", 7.0),
    ("text", "warn-bg", 7.0),
    ("text", "bad-bg", 7.0),
    ("muted", "bg", TEXT),
    ("muted", "surface", TEXT),
    ("link", "bg", TEXT),
    ("link", "surface", TEXT),
    ("link", "info-bg", TEXT),
    ("link", "ok-bg", TEXT),
    ("link", "warn-bg", TEXT),
    ("link", "bad-bg", TEXT),
    ("visited", "bg", TEXT),
    ("visited", "bad-bg", TEXT),
    ("on-accent", "accent", TEXT),
    ("ok", "ok-bg", TEXT),
    ("warn", "warn-bg", TEXT),
    ("warn", "bg", TEXT),
    ("bad", "bad-bg", TEXT),
    ("bad", "bg", TEXT),
    ("on-focus", "focus", TEXT),
    ("accent", "bg", SHAPE),
    ("line", "bg", SHAPE),
    ("ok", "bg", SHAPE),
];

#[test]
fn every_pair_of_tokens_can_be_told_apart() {
    let sheet = include_str!("../../../assets/habeas.css");
    let (day, night) = sheet.split_once("prefers-color-scheme: dark").unwrap();
    let day = tokens(day);
    // What the night does not say anew stays as it is by day.
    let mut both = day.clone();
    both.extend(tokens(night.split("/* Ground. */").next().unwrap()));
    for (mode, tokens) in [(Mode::Light, day), (Mode::Dark, both)] {
        let (_, grounds) = GROUNDS.into_iter().find(|(ground, _)| ground.name() == mode.name()).unwrap();
        assert_eq!(grounds, [tokens["bg"], tokens["surface"]], "an accent of a theme is measured on what stands behind it");
        for (front, back, least) in PAIRS {
            let ratio = tokens[front].ratio(tokens[back]);
            assert!(ratio >= least, "{}: {front} on {back} is {ratio:.2}:1, wants {least}:1", mode.name());
        }
    }
}

fn tokens(part: &str) -> BTreeMap<&str, Colour> {
    part.split("--")
        .filter_map(|rest| {
            let (name, value) = rest.split_once(": #")?;
            Some((name, Colour::parse(&format!("#{}", value.get(..6)?)).ok()?))
        })
        .collect()
}
