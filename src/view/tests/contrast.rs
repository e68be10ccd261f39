//! Every pair of colours that meets on a page can be told apart, by day and by night (WCAG 2.2, 1.4.3 and 1.4.11).

use std::collections::BTreeMap;

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
    for (mode, part) in [("light", day), ("dark", night)] {
        let tokens = tokens(part.split("/* Ground. */").next().unwrap());
        for (front, back, least) in PAIRS {
            let ratio = ratio(tokens[front], tokens[back]);
            assert!(ratio >= least, "{mode}: {front} on {back} is {ratio:.2}:1, wants {least}:1");
        }
    }
}

fn tokens(part: &str) -> BTreeMap<&str, [f64; 3]> {
    part.split("--")
        .filter_map(|rest| {
            let (name, value) = rest.split_once(": #")?;
            let channel = |at: usize| Some(f64::from(u8::from_str_radix(value.get(at..at + 2)?, 16).ok()?) / 255.0);
            Some((name, [channel(0)?, channel(2)?, channel(4)?]))
        })
        .collect()
}

fn ratio(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: [f64; 3]) -> f64 {
    let [red, green, blue] =
        colour.map(|channel| if channel <= 0.040_45 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[test]
fn black_on_white_is_twenty_one_to_one() {
    assert!((ratio([0.0; 3], [1.0; 3]) - 21.0).abs() < 0.01);
}
