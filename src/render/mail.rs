//! Letters by mail: a text written first, and an HTML twin made from it, so that the two can never say different things.
//!
//! `{{ section(name="reasons") }}` opens a part that the law or the catalogue asks for; it ends where the next one begins.
//! A template's first line is the subject. Blank lines part paragraphs, `- ` begins an item, a line that is only an address is the button,
//! a line of nothing but digits is the code.

use habeas_core::law::lang::Lang;
use serde::Serialize;
use tera::Context;

use super::{
    frame::Organisation,
    letter::LetterKind,
    pages::{RenderError, Renderer},
};

/// A letter ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Subject line; never names the right, because lock screens show it.
    pub subject: String,
    /// `text/plain` part.
    pub text: String,
    /// `text/html` part.
    pub html: String,
    /// Parts that say something, by name.
    pub sections: Vec<String>,
}

/// Stands before the name of a section while a letter is written; no keyboard types it.
pub(super) const SECTION: char = '\u{e000}';

/// A piece of a letter.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
enum Block {
    Words { lines: Vec<String> },
    Items { lines: Vec<String> },
    Button { url: String },
    Code { digits: String },
}

impl Renderer {
    /// A letter in a language. `facts` is the struct that [`LetterKind`] names, or the JSON it was stored as.
    pub fn letter(&self, kind: LetterKind, lang: Lang, from: &Organisation, facts: &impl Serialize) -> Result<Mail, RenderError> {
        let mut context = Context::new();
        context.insert("letter", facts);
        context.insert("organisation", from);
        context.insert("lang", lang.code());
        let written = self.render(lang, &format!("mail/{}.txt", kind.name()), &context)?;
        let (subject, body) = written.trim_start().split_once('\n').unwrap_or((&written, ""));
        let (text, sections) = sections(&tidy(body));
        context.insert("kind", kind.name());
        context.insert("subject", subject.trim());
        context.insert("blocks", &blocks(&text));
        let html = self.render(lang, "mail/letter.html", &context)?;
        Ok(Mail { subject: subject.trim().to_owned(), text, html, sections })
    }
}

/// Trims what templates leave behind: spaces at line ends and more than one blank line.
fn tidy(body: &str) -> String {
    let mut text = String::with_capacity(body.len());
    for line in body.trim().lines().map(str::trim) {
        if !(line.is_empty() && text.ends_with("\n\n")) {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

/// Takes the marks of sections out, and tells which sections say something.
fn sections(marked: &str) -> (String, Vec<String>) {
    let (mut text, mut sections, mut open) = (String::with_capacity(marked.len()), Vec::new(), None);
    for line in marked.lines() {
        if let Some(name) = line.strip_prefix(SECTION) {
            open = Some(name.to_owned());
            continue;
        }
        if !line.is_empty() {
            sections.extend(open.take());
        }
        text.push_str(line);
        text.push('\n');
    }
    (tidy(&text), sections)
}

fn blocks(text: &str) -> Vec<Block> {
    text.split("\n\n").flat_map(paragraph).collect()
}

/// A paragraph may open with words and go on as a list.
fn paragraph(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        let item = line.strip_prefix("- ");
        match (blocks.last_mut(), item) {
            _ if line.starts_with("http://") || line.starts_with("https://") => blocks.push(Block::Button { url: line.to_owned() }),
            _ if line.chars().all(|c| c.is_ascii_digit() || c == ' ') => blocks.push(Block::Code { digits: line.to_owned() }),
            (Some(Block::Items { lines }), Some(item)) => lines.push(item.to_owned()),
            (Some(Block::Words { lines }), None) => lines.push(line.to_owned()),
            (_, Some(item)) => blocks.push(Block::Items { lines: vec![item.to_owned()] }),
            (_, None) => blocks.push(Block::Words { lines: vec![line.to_owned()] }),
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::{Block, blocks, sections, tidy};

    #[test]
    fn a_paragraph_becomes_words_items_and_a_button() {
        let found = blocks("Hei\n\nDette er slettet:\n- Bestillinger\n- Samtaler\n\nhttps://x.example/l/1\n\n493 027\n");
        let words = |line: &str| Block::Words { lines: vec![line.to_owned()] };
        assert_eq!(
            found,
            [
                words("Hei"),
                words("Dette er slettet:"),
                Block::Items { lines: vec!["Bestillinger".into(), "Samtaler".into()] },
                Block::Button { url: "https://x.example/l/1".into() },
                Block::Code { digits: "493 027".into() },
            ]
        );
    }

    #[test]
    fn a_section_that_says_nothing_is_none() {
        let (text, found) = sections("Hei\n\n\u{e000}reasons\nDerfor\n\n\u{e000}recipients\n\n\u{e000}\nHilsen\n");
        assert_eq!((text.as_str(), found), ("Hei\n\nDerfor\n\nHilsen\n", vec!["reasons".to_owned(), String::new()]));
    }

    #[test]
    fn blank_lines_never_pile_up() {
        assert_eq!(tidy("\n\nHei \n\n\n\n  du\n"), "Hei\n\ndu\n");
    }
}
