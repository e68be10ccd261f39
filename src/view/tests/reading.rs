//! How hard the texts for the person are to read, and that none of them is left in English.

use std::collections::BTreeSet;

use super::{
    pages,
    words::{named, read},
};

/// Templates whose texts a person reads who asks for something, or somebody she is told about.
const READ_BY_HER: [&str; 4] = ["templates/portal", "templates/mail", "templates/package", "templates/parts"];

/// What the same templates say to the authority and to those who run the house.
const READ_BY_OTHERS: [&str; 3] = ["package-authority", "mail-drift", "mail-hold-review"];

/// English words that are neither Norwegian nor Dutch.
const ENGLISH: [&str; 28] = [
    "the", "and", "your", "you", "this", "that", "these", "with", "without", "have", "has", "will", "from", "our", "please", "been",
    "which", "are", "not", "can", "cannot", "request", "delete", "erased", "should", "about", "because", "their",
];

/// What staff see as it was said: by a system that failed, or in a workflow for its outcomes and steps.
const OF_SYSTEMS: [&str; 3] = ["the", "erased", "request"];

/// Every text for the person in a language: its key, and what it says without mark-up, with one short word for each value in it.
fn texts(lang: &str) -> Vec<(String, String)> {
    let named: Vec<_> = READ_BY_HER.iter().flat_map(|folder| read(folder, "")).map(|(_, template)| named(&template)).collect();
    let whole: BTreeSet<_> = named.iter().flat_map(|(whole, _)| whole).collect();
    let beginnings: BTreeSet<_> = named.iter().flat_map(|(_, beginnings)| beginnings).collect();
    let is_hers = |key: &String| whole.contains(key) || beginnings.iter().any(|beginning| key.starts_with(*beginning));
    read("texts", &format!("{lang}.ftl"))
        .iter()
        .flat_map(|(_, source)| source.lines())
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" = "))
        .map(|(key, text)| (key.to_owned(), plain(text)))
        .filter(|(key, _)| is_hers(key) && !READ_BY_OTHERS.iter().any(|family| key.starts_with(family)))
        .collect()
}

fn plain(text: &str) -> String {
    let text = text.replace("<strong>", "").replace("</strong>", "");
    let mut parts = text.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |said, part| said + "N" + part.split_once('}').map_or("", |(_, after)| after))
}

/// Texts of twelve words and more: shorter ones say nothing about reading.
fn long_enough(texts: Vec<(String, String)>) -> Vec<(String, String)> {
    texts.into_iter().filter(|(_, text)| text.split_whitespace().count() >= 12).collect()
}

#[test]
fn texts_for_the_person_are_easy_to_read() {
    for lang in ["nb", "nl"] {
        let mut scores: Vec<_> = long_enough(texts(lang)).into_iter().map(|(key, text)| (lix(&text), key, text)).collect();
        assert!(scores.len() > 200, "{lang}: {} texts are not all of them", scores.len());
        scores.sort();
        let median = scores[scores.len() / 2].0;
        println!("{lang}: LIX {median} in the middle, {} at most, {} texts", scores.last().unwrap().0, scores.len());
        assert!(median <= 30, "{lang}: the median is LIX {median}");
        let hard: Vec<_> = scores.iter().filter(|(score, ..)| *score > 40).collect();
        assert!(hard.is_empty(), "{lang}: harder than LIX 40: {hard:#?}");
    }
}

#[test]
fn sentences_for_the_person_have_fifteen_words_at_most_on_average() {
    for lang in ["nb", "nl", "en"] {
        let texts = long_enough(texts(lang));
        let (words, sentences) = texts.iter().map(|(_, text)| counted(text)).fold((0, 0), |(w, s), (words, ends)| (w + words, s + ends));
        println!("{lang}: {:.1} words in a sentence on average", f64::from(words) / f64::from(sentences));
        assert!(words <= 15 * sentences, "{lang}: {words} words in {sentences} sentences");
    }
}

/// Flesch and Kincaid's formula; what it gives is the school year in which such a text is understood.
#[test]
fn english_texts_for_the_person_are_understood_in_the_eighth_year_of_school() {
    let mut grades: Vec<_> = long_enough(texts("en")).into_iter().map(|(_, text)| grade(&text)).collect();
    grades.sort_by(f64::total_cmp);
    let median = grades[grades.len() / 2];
    println!("en: grade {median:.1} in the middle, {:.1} for nine in ten", grades[grades.len() * 9 / 10]);
    assert!(median <= 8.0, "the median is {median:.1}");
    assert!(grades[grades.len() * 9 / 10] <= 12.0, "one in ten asks for more than a school has years");
}

#[test]
fn no_english_is_left_on_norwegian_and_dutch_pages() {
    let mut found = Vec::new();
    for entry in pages() {
        for (lang, html) in entry.pages.iter().filter(|(lang, _)| lang.code() != "en") {
            let said = spoken(html).to_lowercase();
            let is_ours = |word: &&str| entry.path.starts_with("portal/") || !OF_SYSTEMS.contains(word);
            let words = said.split(|c: char| !c.is_alphabetic()).filter(|word| ENGLISH.contains(word)).filter(is_ours);
            found.extend(words.map(|word| format!("{}/{} says `{word}`", lang.code(), entry.path)));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What a page says, without code and what is marked as English.
fn spoken(html: &str) -> String {
    let body = html.split_once("<main").map_or(html, |(_, body)| body);
    let mut said = String::new();
    let mut rest = body;
    while let Some((before, after)) = rest.split_once('<') {
        said.push_str(before);
        said.push(' ');
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        let name = tag.split_whitespace().next().unwrap_or_default();
        let is_foreign = ["code", "pre", "style", "svg"].contains(&name) || tag.contains(r#"lang="en""#) || tag.contains(r#"class="mono"#);
        rest = if is_foreign { after.split_once(&format!("</{name}>")).map_or("", |(_, after)| after) } else { after };
    }
    said + rest
}

/// Words per sentence and the share of words with more than six letters, in hundredths.
pub(super) fn lix(text: &str) -> u32 {
    let (words, sentences) = counted(text);
    let long = text.split_whitespace().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 6).count();
    words / sentences + 100 * u32::try_from(long).unwrap() / words
}

/// Words and sentences.
fn counted(text: &str) -> (u32, u32) {
    let words = text.split_whitespace();
    let sentences = words.clone().filter(|word| word.ends_with(['.', '?', '!', ':'])).count().max(1);
    (u32::try_from(words.count()).unwrap(), u32::try_from(sentences).unwrap())
}

fn grade(text: &str) -> f64 {
    let (words, sentences) = counted(text);
    let syllables: u32 = text.split_whitespace().map(syllables).sum();
    let (words, sentences, syllables) = (f64::from(words), f64::from(sentences), f64::from(syllables));
    0.39 * words / sentences + 11.8 * syllables / words - 15.59
}

/// Groups of vowels, without a silent `e` at the end.
fn syllables(word: &str) -> u32 {
    let word: String = word.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    let is_vowel = |c: char| "aeiouy".contains(c);
    let groups =
        word.chars().zip(std::iter::once(' ').chain(word.chars())).filter(|(c, before)| is_vowel(*c) && !is_vowel(*before)).count();
    let silent = word.ends_with('e') && !word.ends_with("le");
    u32::try_from(groups - usize::from(silent && groups > 1)).unwrap().max(1)
}

#[test]
fn syllables_are_counted_as_they_are_spoken() {
    for (word, count) in [("the", 1), ("request", 2), ("delete", 2), ("organisation", 5), ("table", 2), ("we", 1), ("N", 1)] {
        assert_eq!(syllables(word), count, "{word}");
    }
}
