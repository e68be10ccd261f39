//! Makes a value safe to look at: control characters and marks that turn text around are shown as signs instead of obeyed.
//! The exact value stands in the JSON file, with those characters escaped.

use std::{
    borrow::Cow,
    fmt::Write as _,
    io::{self, Write},
};

/// Line breaks stay; everything else that would act on the page becomes a sign for itself.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().any(acts) {
        Cow::Owned(text.replace("\r\n", "\n").chars().map(|c| if acts(c) { sign(c) } else { c }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Escapes in finished JSON what [`visible`] replaces; the text still means the same.
pub(super) fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if acts(c) {
            // Writing into a `String` cannot fail. Everything that acts lies below U+FFFF: one escape each.
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// Passes JSON on as [`escaped`]. Takes whole characters only, as the JSON writer gives them.
pub(super) struct Escaping<W>(pub(super) W);

impl<W: Write> Write for Escaping<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = str::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        let mut rest = text;
        while let Some((at, acting)) = rest.char_indices().find(|(_, c)| acts(*c)) {
            let (before, after) = rest.split_at(at);
            self.0.write_all(before.as_bytes())?;
            write!(self.0, "\\u{:04x}", u32::from(acting))?;
            rest = after.strip_prefix(acting).unwrap_or_default();
        }
        self.0.write_all(rest.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Control characters, bidirectional marks (U+061C, U+200E–F, U+202A–E, U+2066–9), separators and the byte order mark.
fn acts(c: char) -> bool {
    let bidi = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    bidi || (c.is_control() && !matches!(c, '\n' | '\t'))
}

fn sign(c: char) -> char {
    match u32::from(c) {
        code @ 0..0x20 => char::from_u32(0x2400 + code).unwrap_or('\u{fffd}'),
        0x7f => '\u{2421}',
        _ => '\u{fffd}',
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::{Escaping, escaped, visible};

    #[test]
    fn ab36_nothing_turns_the_text_around() {
        assert_eq!(visible("invoice\u{202e}gpj.exe"), "invoice\u{fffd}gpj.exe");
        assert_eq!(visible("a\0b\u{1b}[31m\u{7f}\u{9b}"), "a␀b␛[31m␡\u{fffd}");
        assert_eq!(visible("Ås, Bodø\r\nלום\tok"), "Ås, Bodø\r\nלום\tok".replace("\r\n", "\n"));
    }

    #[test]
    fn escaped_json_means_the_same() {
        let value = "a\u{202e}b\u{7f}\u{2028}c\n\"ø\"";
        let json = escaped(&serde_json::to_string_pretty(&[value]).unwrap());
        assert!(json.contains("\\u202e") && !json.contains('\u{202e}'), "{json}");
        assert_eq!(serde_json::from_str::<[String; 1]>(&json).unwrap(), [value]);
        let mut streamed = Vec::new();
        serde_json::to_writer_pretty(Escaping(&mut streamed), &[value]).unwrap();
        assert_eq!(String::from_utf8(streamed).unwrap(), json);
        Escaping(Vec::new()).write_all(b"\xff").unwrap_err();
    }
}
