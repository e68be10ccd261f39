//! Small pictures, drawn from a number: a passport photograph and a passport's page, as valid PNG files.
//!
//! Uncompressed inside, so that writing one needs no library and a search through the bytes finds its comment.

use super::pick::{About, pick};

const PHOTO: (u32, u32) = (70, 90);
const PAGE: (u32, u32) = (125, 88);

/// Background, skin, hair, cloth, paper, print.
type Palette = [[u8; 3]; 6];

/// A portrait. The comment stands in the file in plain text.
pub(super) fn portrait(row: u32, comment: &str) -> Vec<u8> {
    png(PHOTO, &palette(row), comment, |x, y| face(i64::from(x), i64::from(y)))
}

/// A passport's page with the portrait, lines of print and the machine-readable zone.
pub(super) fn passport_page(row: u32, comment: &str) -> Vec<u8> {
    png(PAGE, &palette(row), comment, |x, y| {
        let (column, line) = (x / 4, y / 8);
        match (x, y) {
            (6..=40, 14..=58) => face(i64::from(x - 6) * 2, i64::from(y - 14) * 2),
            (48..=116, 14..=58) if y % 8 < 3 && column % 9 < 3 + pick(row.wrapping_add(line), About::Minute, 6) => 5,
            (6..=118, 68..=80) if y % 7 < 4 && pick(row.wrapping_mul(64).wrapping_add(line * 32 + column), About::Second, 4) > 0 => 5,
            _ => 4,
        }
    })
}

fn palette(row: u32) -> Palette {
    let hair = [[61, 43, 31], [26, 22, 20], [196, 160, 92], [122, 74, 38], [150, 150, 150]];
    let cloth = [[38, 70, 110], [110, 42, 48], [44, 88, 60], [70, 70, 78]];
    let of = |list: &[[u8; 3]], about| super::pick::one_of(list, row, about);
    [[226, 230, 234], [224, 184, 156], of(&hair, About::Hair), of(&cloth, About::Cloth), [240, 236, 222], [64, 64, 72]]
}

/// A head and shoulders in a field of 70 by 90.
fn face(x: i64, y: i64) -> u8 {
    let within = |cx: i64, cy: i64, rx: i64, ry: i64| ((x - cx) * ry).pow(2) + ((y - cy) * rx).pow(2) <= (rx * ry).pow(2);
    let eye = within(28, 38, 2, 1) || within(42, 38, 2, 1);
    let mouth = within(35, 52, 6, 1);
    if eye || mouth {
        5
    } else if within(35, 42, 15, 20) && y > 28 {
        1
    } else if within(35, 36, 18, 22) {
        2
    } else if within(35, 96, 32, 30) {
        3
    } else {
        0
    }
}

fn png((width, height): (u32, u32), palette: &Palette, comment: &str, colour: impl Fn(u32, u32) -> u8) -> Vec<u8> {
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    // Eight bits per pixel, palette, no interlace.
    header.extend([8, 3, 0, 0, 0]);
    // Every line begins with its filter: none.
    let pixels: Vec<u8> =
        (0..height).flat_map(|y| std::iter::once(0).chain((0..width).map(move |x| (x, y)).map(|(x, y)| colour(x, y)))).collect();
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, *b"IHDR", &header);
    chunk(&mut file, *b"PLTE", palette.as_flattened());
    chunk(&mut file, *b"tEXt", &[b"Comment\0", comment.as_bytes()].concat());
    chunk(&mut file, *b"IDAT", &stored(&pixels));
    chunk(&mut file, *b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, kind: [u8; 4], content: &[u8]) {
    file.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes());
    file.extend(kind);
    file.extend(content);
    let checksum = crc32(kind.iter().chain(content));
    file.extend(checksum.to_be_bytes());
}

/// A zlib stream of stored blocks (RFC 1950, RFC 1951 §3.2.4).
fn stored(content: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let mut blocks = content.chunks(usize::from(u16::MAX)).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        stream.push(u8::from(blocks.peek().is_none()));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    stream.extend(adler32(content).to_be_bytes());
    stream
}

fn adler32(content: &[u8]) -> u32 {
    let (low, high) = content.iter().fold((1, 0), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    (high << 16) | low
}

fn crc32<'a>(content: impl Iterator<Item = &'a u8>) -> u32 {
    !content.fold(u32::MAX, |crc, byte| {
        let index = usize::from(crc.to_le_bytes()[0] ^ byte);
        CRC.get(index).copied().unwrap_or_default() ^ (crc >> 8)
    })
}

const CRC: [u32; 256] = crc_table();

#[allow(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "evaluated by the compiler, over fixed bounds")]
const fn crc_table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let mut crc = index as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
            bit += 1;
        }
        table[index] = crc;
        index += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::{adler32, crc32, passport_page, portrait};

    #[test]
    fn checksums_agree_with_the_published_ones() {
        assert_eq!(crc32(b"123456789".iter()), 0xCBF4_3926);
        assert_eq!(adler32(b"Wikipedia"), 0x11E6_0398);
    }

    #[test]
    fn pictures_carry_their_comment_and_differ() {
        let (one, other) = (portrait(1, "K-100001"), portrait(2, "K-100002"));
        assert!(one.starts_with(b"\x89PNG\r\n\x1a\n") && one.ends_with(b"IEND\xae\x42\x60\x82"));
        assert!(one.windows(8).any(|bytes| bytes == b"K-100001"));
        assert_ne!(one, other);
        assert_ne!(passport_page(1, ""), passport_page(2, ""));
        assert_eq!(portrait(1, "K-100001"), one);
    }
}
