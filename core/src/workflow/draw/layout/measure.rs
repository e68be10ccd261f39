//! How wide text is, without a font: rather too wide than too narrow, so that words stay inside their boxes.

/// The name of a step or stage.
pub(in super::super) const NAME_SIZE: i32 = 15;
/// What stands below a name.
pub(in super::super) const SMALL_SIZE: i32 = 12;
/// Words on lines.
pub(super) const LABEL_SIZE: i32 = 12;
/// The most room for words on a line that leaves a box sideways.
pub(super) const LABEL_LARGEST: i32 = 176;

/// How wide text is at most, in a sans-serif font of that size.
pub(super) fn width(text: &str, size: i32) -> i32 {
    let tenths: i32 = text.chars().map(|sign| sign_width(sign) * size).sum();
    tenths / 100 + 1
}

/// Hundredths of the font's size.
const fn sign_width(sign: char) -> i32 {
    match sign {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | '\'' | '|' | ' ' => 32,
        'f' | 'r' | 't' | '-' | '·' => 42,
        'm' | 'w' | 'M' | 'W' => 90,
        'A'..='Z' | '≤' | '>' | '×' => 70,
        '\u{0}'..='\u{24ff}' => 58,
        _ => 100,
    }
}

/// The text, shortened where it would be wider.
pub(in super::super) fn fitted(text: &str, size: i32, room: i32) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut short = String::new();
    for sign in text.chars() {
        short.push(sign);
        if width(&short, size) + size > room {
            short.pop();
            break;
        }
    }
    format!("{}…", short.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{fitted, width};

    #[test]
    fn what_is_too_wide_is_shortened_to_the_room() {
        assert_eq!(fitted("sure", 12, 60), "sure");
        let long = fitted("not-a-request, unfounded, nothing", 12, 100);
        assert!(long.ends_with('…') && width(&long, 12) <= 101 && long.starts_with("not-a-req"), "{long}");
    }
}
