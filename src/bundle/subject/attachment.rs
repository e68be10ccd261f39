//! Values that are files: a photo, a recording, a scan. The type is read from the bytes, never from what somebody called them.

use habeas_core::law::record::Value;

use super::{Kind, readable};

/// A file value and the name it gets in the package.
pub(super) struct Attachment<'a> {
    pub(super) path: String,
    pub(super) bytes: &'a [u8],
    pub(super) shape: Shape,
    /// The place of its field, from 0.
    pub(super) place: usize,
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
    values.iter().enumerate().filter_map(move |(place, value)| attachment(kind, row, place, value))
}

/// The file behind one value, if it is one; `row` and the `place` of its field count from 0.
pub(super) fn attachment<'a>(kind: &Kind, row: usize, place: usize, value: &'a Value) -> Option<Attachment<'a>> {
    let Value::Bytes(bytes) = value else { return None };
    let (extension, shape) = sniff(bytes);
    let path = format!("files/{}-{:03}-{}.{extension}", kind.name, row + 1, called(kind, place));
    Some(Attachment { path, bytes, shape, place })
}

/// What a field is called in file names: by its label, and where an earlier one has the same, by its place, too.
fn called(kind: &Kind, place: usize) -> String {
    let label = |place: usize| kind.fields.get(place).map(|field| readable(&field.label)).unwrap_or_default();
    let own = label(place);
    if (0..place).any(|earlier| label(earlier) == own) { format!("{own}-field-{}", place + 1) } else { own }
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
    use super::{Shape, sniff};

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
}
