//! The signs of a guard, each with its place.

use jiff::civil::Date;

use super::{Test, Wrong};
use crate::table::value::{Duration, Value};

/// A sign and where it begins, in characters from 0.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) at: usize,
    pub(super) sign: Sign,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Sign {
    Open,
    Close,
    OpenList,
    CloseList,
    Comma,
    And,
    Or,
    Not,
    Test(Test),
    /// `has`
    Has,
    Name(String),
    Value(Value),
}

/// Longest first, so that `<=` is never read as `<`.
const SIGNS: [(&str, Sign); 14] = [
    ("&&", Sign::And),
    ("||", Sign::Or),
    ("==", Sign::Test(Test::Equal)),
    ("!=", Sign::Test(Test::Unequal)),
    ("<=", Sign::Test(Test::AtMost)),
    (">=", Sign::Test(Test::AtLeast)),
    ("<", Sign::Test(Test::Less)),
    (">", Sign::Test(Test::More)),
    ("!", Sign::Not),
    ("(", Sign::Open),
    (")", Sign::Close),
    ("[", Sign::OpenList),
    ("]", Sign::CloseList),
    (",", Sign::Comma),
];

/// What people write who know another language, and what it is called here.
const ELSEWHERE: [(&str, &str); 6] = [("=", "=="), ("&", "&&"), ("|", "||"), ("and", "&&"), ("or", "||"), ("not", "!")];

pub(super) fn wrong(at: usize, message: impl Into<String>, help: impl Into<Option<String>>) -> Wrong {
    Wrong { at, message: message.into(), help: help.into() }
}

pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Wrong> {
    let mut tokens = Vec::new();
    let (mut rest, mut at) = (text, 0);
    while let Some(first) = rest.chars().next() {
        let (sign, length) = if first.is_whitespace() {
            (None, first.len_utf8())
        } else {
            let (sign, length) = sign(rest, at)?;
            (Some(sign), length)
        };
        tokens.extend(sign.map(|sign| Token { at, sign }));
        let (read, after) = rest.split_at(length);
        at += read.chars().count();
        rest = after;
    }
    Ok(tokens)
}

/// The sign that `rest` begins with, and its length in bytes.
fn sign(rest: &str, at: usize) -> Result<(Sign, usize), Wrong> {
    if let Some((text, sign)) = SIGNS.iter().find(|(text, _)| rest.starts_with(text)) {
        return Ok((sign.clone(), text.len()));
    }
    match rest.chars().next() {
        Some('"') => quoted(rest, at).map(|(text, length)| (Sign::Value(Value::Text(text)), length)),
        Some(first) if first.is_ascii_digit() || first == '-' => number(rest, at),
        Some(first) if first.is_alphabetic() || first == '_' => word(rest, at),
        first => {
            let sign = first.unwrap_or_default();
            let help = ELSEWHERE.iter().find(|(other, _)| *other == sign.to_string()).map(|(_, ours)| format!("write `{ours}`"));
            Err(wrong(at, format!("`{sign}` means nothing in a guard"), help))
        }
    }
}

/// A text in double quotes; a backslash protects a quote or a backslash.
fn quoted(rest: &str, at: usize) -> Result<(String, usize), Wrong> {
    let (mut text, mut protected) = (String::new(), false);
    for (place, sign) in rest.char_indices().skip(1) {
        match sign {
            '"' if !protected => return Ok((text, place + 1)),
            '\\' if !protected => protected = true,
            '"' | '\\' => {
                text.push(sign);
                protected = false;
            }
            _ if protected => return Err(wrong(at, format!("`\\{sign}` means nothing"), "only `\\\"` and `\\\\` do".to_owned())),
            _ => text.push(sign),
        }
    }
    Err(wrong(at, "this text has no end", "close it with `\"`".to_owned()))
}

fn number(rest: &str, at: usize) -> Result<(Sign, usize), Wrong> {
    let length = rest.find(|sign: char| !sign.is_alphanumeric() && !matches!(sign, '.' | '-' | '_' | ':')).unwrap_or(rest.len());
    let (text, _) = rest.split_at(length);
    let plain = text.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '.' | '-'));
    if let Some(number) = text.parse::<f64>().ok().filter(|number| plain && number.is_finite()) {
        return Ok((Sign::Value(Value::Number(number)), length));
    }
    let help = text.parse::<Date>().is_ok().then(|| format!("write `date(\"{text}\")`"));
    Err(wrong(at, format!("`{text}` is not a number"), help))
}

fn word(rest: &str, at: usize) -> Result<(Sign, usize), Wrong> {
    let length = rest.find(|sign: char| !sign.is_alphanumeric() && !matches!(sign, '_' | '.' | '-')).unwrap_or(rest.len());
    let (text, after) = rest.split_at(length);
    let sign = match text {
        "has" => Sign::Has,
        "in" => Sign::Test(Test::In),
        "true" | "false" => Sign::Value(Value::Flag(text == "true")),
        "date" | "duration" if after.trim_start().starts_with('(') => {
            return made(text, after, at).map(|(sign, more)| (sign, length + more));
        }
        _ if text.split('.').any(str::is_empty) => return Err(wrong(at, format!("`{text}` is not the name of an input"), None)),
        _ => match ELSEWHERE.iter().find(|(other, _)| *other == text) {
            Some((_, ours)) => return Err(wrong(at, format!("`{text}` means nothing in a guard"), format!("write `{ours}`"))),
            None => Sign::Name(text.to_owned()),
        },
    };
    Ok((sign, length))
}

/// `date("2026-11-21")` and `duration("P5Y")` are values: what follows the word, and its length.
fn made(word: &str, after: &str, at: usize) -> Result<(Sign, usize), Wrong> {
    let example = if word == "date" { "write `date(\"2026-11-21\")`" } else { "write `duration(\"P5Y\")`" };
    let shape = || wrong(at, format!("`{word}` takes one text in double quotes"), example.to_owned());
    let inside = after.trim_start().strip_prefix('(').ok_or_else(shape)?.trim_start();
    let (text, length) = if inside.starts_with('"') { quoted(inside, at)? } else { return Err(shape()) };
    let rest = inside.get(length..).unwrap_or_default().trim_start().strip_prefix(')').ok_or_else(shape)?;
    let value = match word {
        "date" => text.parse().ok().map(Value::Date),
        _ => Duration::parse(&text).map(Value::Duration),
    };
    let value = value.ok_or_else(|| wrong(at, format!("`{text}` is not a {word}"), example.to_owned()))?;
    Ok((Sign::Value(value), after.len() - rest.len()))
}
