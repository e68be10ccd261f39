//! Values that are files: a photo, a recording, a scan. The type is read from the bytes, never from what somebody called them.

use habeas_core::law::record::Value;

use super::Kind;

/// A file value and the name it gets in the package.
pub(super) struct Attachment<'a> {
    pub(super) path: String,
    pub(super) bytes: &'a [u8],
    pub(super) shape: Shape,
}

/// How a browser may show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Image,
    Audio,
    /// Only ever a link. Markup (SVG, HTML) is among these: it could act.
    File,
}

/// The files of one row.
pub(super) fn attachments<'a>(kind: &'a Kind, row: usize, values: &'a [Value]) -> impl Iterator<Item = Attachment<'a>> {
    kind.fields.iter().zip(values).filter_map(move |(field, value)| attachment(kind, row, &field.name, value))
}

/// The file behind one value, if it is one; `row` counts from 0.
pub(super) fn attachment<'a>(kind: &Kind, row: usize, field: &str, value: &'a Value) -> Option<Attachment<'a>> {
    let Value::Bytes(bytes) = value else { return None };
    let (extension, shape) = sniff(bytes);
    let path = format!("files/{}-{:03}-{}.{extension}", kind.slug, row + 1, plain(field));
    Some(Attachment { path, bytes, shape })
}

/// A column name in file-name letters; what does not fit is spelt as its number, so that two names never become one.
fn plain(name: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c.to_string() } else { format!("-{:x}", u32::from(c)) };
    name.chars().map(letter).collect()
}

fn sniff(bytes: &[u8]) -> (&'static str, Shape) {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => ("jpg", Shape::Image),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => ("png", Shape::Image),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => ("gif", Shape::Image),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => ("webp", Shape::Image),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => ("wav", Shape::Audio),
        [b'I', b'D', b'3', ..] | [0xff, 0xfb | 0xf3 | 0xf2, ..] => ("mp3", Shape::Audio),
        [b'O', b'g', b'g', b'S', ..] => ("ogg", Shape::Audio),
        [b'f', b'L', b'a', b'C', ..] => ("flac", Shape::Audio),
        [_, _, _, _, b'f', b't', b'y', b'p', b'M', b'4', b'A', ..] => ("m4a", Shape::Audio),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => ("mp4", Shape::File),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => ("tif", Shape::File),
        [b'%', b'P', b'D', b'F', b'-', ..] => ("pdf", Shape::File),
        [b'P', b'K', 3, 4, ..] => ("zip", Shape::File),
        _ => ("bin", Shape::File),
    }
}

#[cfg(test)]
mod tests {
    use super::{Shape, plain, sniff};

    #[test]
    fn bytes_tell_what_they_are() {
        let table: [(&[u8], &str, Shape); 8] = [
            (b"\xff\xd8\xff\xe0..", "jpg", Shape::Image),
            (b"\x89PNG\r\n\x1a\n", "png", Shape::Image),
            (b"RIFF\0\0\0\0WEBPVP8 ", "webp", Shape::Image),
            (b"ID3\x04", "mp3", Shape::Audio),
            (b"%PDF-1.7", "pdf", Shape::File),
            (b"<svg onload=alert(1)>", "bin", Shape::File),
            (b"<html>", "bin", Shape::File),
            (b"", "bin", Shape::File),
        ];
        for (bytes, extension, shape) in table {
            assert_eq!(sniff(bytes), (extension, shape));
        }
    }

    #[test]
    fn column_names_become_distinct_file_names() {
        assert_eq!(plain("photo_1"), "photo_1");
        assert_eq!(plain("../x y"), "-2e-2e-2fx-20y");
        assert_ne!(plain("a b"), plain("a_b"));
    }
}
