//! Pictures as people send them: which are taken, and how they become pictures of our own. Everything but the pixels is left behind.

use std::io::Cursor;

use habeas_core::{crypto::hash::Hash, law::document::Area};
use image::{
    DynamicImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits, RgbImage, codecs::jpeg::JpegEncoder,
    imageops::FilterType,
};

/// Why a picture is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Pictures of documents are not taken here.
    #[error("pictures of documents are not taken")]
    NotTaken,
    /// It is no JPEG and no PNG, or something else as well.
    #[error("the file is no JPEG and no PNG, or something else as well")]
    Kind,
    /// Too many bytes or too many pixels.
    #[error("the picture is too large")]
    TooLarge,
    /// It cannot be opened to the end.
    #[error("the picture cannot be opened")]
    Broken,
    /// There is nothing on it.
    #[error("there is nothing on the picture")]
    Blank,
}

impl Unfit {
    /// Text `problem-{code}`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotTaken => "document-not-taken",
            Self::Kind => "document-kind-wrong",
            Self::TooLarge => "document-too-large",
            Self::Broken => "document-broken",
            Self::Blank => "document-blank",
        }
    }
}

/// How many pixels a picture may say it has, before any is made room for.
const PIXELS: u64 = 50_000_000;
/// How long its longer side is afterwards.
const LONGEST: u32 = 2_000;
/// How small a picture may be on which anybody could recognise anything.
const SHORTEST: u32 = 100;
/// How much brightness must vary, as the root of its variance in steps of 256: the noise of a camera in the dark stays below.
const CONTRAST: f64 = 6.0;
const QUALITY: u8 = 85;
/// How many quarter turns there are.
pub(super) const TURNS: usize = 4;

const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF];
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// What other programs would take a file for.
const OTHERS: [&[u8]; 9] = [b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"<svg", b"<html", b"<script", b"<?php", b"GIF8"];
/// Where readers of other kinds still look for a beginning.
const BEGINNING: usize = 1_024;

/// Which of the two kinds it is, and nothing else besides.
pub(super) fn kind(bytes: &[u8]) -> Result<ImageFormat, Unfit> {
    let (format, end) = if bytes.starts_with(JPEG) {
        (ImageFormat::Jpeg, jpeg_end(bytes).ok_or(Unfit::Broken)?)
    } else if bytes.starts_with(PNG) {
        (ImageFormat::Png, png_end(bytes).ok_or(Unfit::Broken)?)
    } else {
        return Err(Unfit::Kind);
    };
    let (beginning, rest) = (bytes.get(..BEGINNING.min(end)).unwrap_or_default(), bytes.get(end..).unwrap_or_default());
    // Telephones write a film behind a picture; that is left behind. A page or an archive is nobody's mistake.
    let holds = |part: &[u8]| OTHERS.iter().any(|other| part.windows(other.len()).any(|here| here.eq_ignore_ascii_case(other)));
    if holds(beginning) || holds(rest) { Err(Unfit::Kind) } else { Ok(format) }
}

/// Where a PNG ends: behind the chunk that says so.
fn png_end(bytes: &[u8]) -> Option<usize> {
    let mut at = PNG.len();
    loop {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?);
        let name = bytes.get(at + 4..at + 8)?;
        at = at.checked_add(12)?.checked_add(usize::try_from(length).ok()?)?;
        if at > bytes.len() {
            return None;
        }
        if name == b"IEND" {
            return Some(at);
        }
    }
}

/// Where a JPEG ends: behind its last marker, which no length and no data can hide.
fn jpeg_end(bytes: &[u8]) -> Option<usize> {
    const START_OF_SCAN: u8 = 0xDA;
    const END: u8 = 0xD9;
    let mut at = 2;
    loop {
        let marker = bytes.get(at..at + 2)?;
        match *marker {
            [0xFF, END] => return Some(at + 2),
            // A filler before a marker, and markers without a length.
            [0xFF, 0xFF] => at += 1,
            [0xFF, 0x01 | 0xD0..=0xD8] => at += 2,
            [0xFF, name] => {
                let length = u16::from_be_bytes(bytes.get(at + 2..at + 4)?.try_into().ok()?);
                at += 2 + usize::from(length);
                if name == START_OF_SCAN {
                    let data = bytes.get(at..)?;
                    at += data.windows(2).position(|pair| matches!(pair, [0xFF, next] if !matches!(next, 0x00 | 0xFF | 0xD0..=0xD7)))?;
                }
            }
            _ => return None,
        }
    }
}

/// A picture of our own: pixels.
pub(super) struct Picture {
    pixels: RgbImage,
    /// Of the pixels as they were sent.
    pub(super) print: String,
}

/// What a reader is given.
pub(super) struct Gray {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl Gray {
    /// As a portable graymap.
    pub(super) fn pgm(&self) -> Vec<u8> {
        let mut pgm = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        pgm.extend(&self.pixels);
        pgm
    }
}

/// Opens a picture, turns it the way it was held and brings it down to a size of ours.
pub(super) fn open(format: ImageFormat, bytes: &[u8]) -> Result<Picture, Unfit> {
    let size = ImageReader::with_format(Cursor::new(bytes), format).into_dimensions().map_err(|error| match error {
        ImageError::Limits(_) => Unfit::TooLarge,
        _ => Unfit::Broken,
    })?;
    if u64::from(size.0) * u64::from(size.1) > PIXELS {
        return Err(Unfit::TooLarge);
    }
    if size.0.min(size.1) < SHORTEST {
        return Err(Unfit::Blank);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(512 << 20);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Unfit::Broken)?;
    let held = decoder.orientation().map_err(|_| Unfit::Broken)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| Unfit::Broken)?;
    picture.apply_orientation(held);
    let whole = picture.to_rgb8();
    let print = print(&whole);
    let picture = if whole.width().max(whole.height()) > LONGEST {
        DynamicImage::ImageRgb8(whole).resize(LONGEST, LONGEST, FilterType::Triangle)
    } else {
        DynamicImage::ImageRgb8(whole)
    };
    if is_blank(&picture) { Err(Unfit::Blank) } else { Ok(Picture { pixels: picture.into_rgb8(), print }) }
}

fn print(picture: &RgbImage) -> String {
    let size = [picture.width().to_be_bytes(), picture.height().to_be_bytes()].concat();
    Hash::of(&[&size, picture.as_raw().as_slice()].concat()).to_string()
}

/// Whether brightness hardly varies: white, black, a finger on the lens.
fn is_blank(picture: &DynamicImage) -> bool {
    let small = picture.thumbnail(64, 64).into_luma8();
    let count = f64::from(small.width() * small.height());
    let values = || small.pixels().map(|pixel| f64::from(pixel.0[0]));
    let mean = values().sum::<f64>() / count;
    (values().map(|value| (value - mean).powi(2)).sum::<f64>() / count).sqrt() < CONTRAST
}

impl Picture {
    /// What is read.
    pub(super) fn gray(&self) -> Gray {
        let gray = image::imageops::grayscale(&self.pixels);
        Gray { width: gray.width(), height: gray.height(), pixels: gray.into_raw() }
    }

    /// Puts black in the place of areas, with a margin: what was there is nowhere any more.
    pub(super) fn cover(&mut self, areas: &[Area]) {
        let (width, height) = self.pixels.dimensions();
        for area in areas {
            let margin = area.height / 4 + 2;
            let (right, bottom) = (area.left.saturating_add(area.width), area.top.saturating_add(area.height));
            for y in area.top.saturating_sub(margin)..bottom.saturating_add(margin).min(height) {
                for x in area.left.saturating_sub(margin)..right.saturating_add(margin).min(width) {
                    self.pixels.put_pixel(x, y, image::Rgb([0, 0, 0]));
                }
            }
        }
    }

    /// A quarter of a turn.
    pub(super) fn turn(self) -> Self {
        Self { pixels: image::imageops::rotate90(&self.pixels), print: self.print }
    }

    /// As a file of our own, in which there is nothing but the picture.
    pub(super) fn jpeg(&self) -> Result<Vec<u8>, Unfit> {
        let mut file = Vec::new();
        JpegEncoder::new_with_quality(&mut file, QUALITY).encode_image(&self.pixels).map_err(|_| Unfit::Broken)?;
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use habeas_core::law::document::Area;
    use image::{ImageFormat, Rgb, RgbImage};

    use super::{Picture, Unfit, kind, open};

    /// Bright above, dark below, with a corner of another colour, so that a turn can be seen.
    fn drawn(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| match (x, y) {
            (0..40, 0..40) => Rgb([220, 30, 30]),
            _ if y < height / 2 => Rgb([230, 230, 220]),
            _ => Rgb([40, 40, 60]),
        })
    }

    fn file(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        picture.write_to(&mut file, format).unwrap();
        file.into_inner()
    }

    fn taken(bytes: &[u8]) -> Result<Picture, Unfit> {
        open(kind(bytes)?, bytes)
    }

    fn unfit(bytes: &[u8]) -> Unfit {
        taken(bytes).map(|_| ()).unwrap_err()
    }

    /// A JPEG with a segment behind its first marker.
    fn with_segment(jpeg: &[u8], name: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&jpeg[..2], &[0xFF, name], &length, content, &jpeg[2..]].concat()
    }

    /// What a telephone writes: held on its side, and where.
    fn exif() -> Vec<u8> {
        let entry = |tag: u16, kind: u16, value: u32| {
            [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &1_u32.to_le_bytes(), &value.to_le_bytes()].concat()
        };
        let directory = [&2_u16.to_le_bytes()[..], &entry(0x0112, 3, 6), &entry(0x8825, 4, 38), &0_u32.to_le_bytes()].concat();
        [b"Exif\0\0II*\0\x08\0\0\0", directory.as_slice(), b"GPSLatitude 59.9139 N"].concat()
    }

    fn holds(bytes: &[u8], part: &[u8]) -> bool {
        bytes.windows(part.len()).any(|here| here == part)
    }

    #[test]
    fn ab39_where_and_how_a_picture_was_taken_stays_behind() {
        let (whole, jpeg) = (drawn(300, 200), file(&drawn(300, 200), ImageFormat::Jpeg));
        let sent = [with_segment(&jpeg, 0xE1, &exif()), b"ftypmp42 a film of two seconds".to_vec()].concat();
        assert!(holds(&sent, b"GPSLatitude") && holds(&sent, b"ftyp"));
        let picture = taken(&sent).unwrap();
        assert_eq!(picture.pixels.dimensions(), (200, 300), "it stands as it was held");
        assert!(picture.pixels.get_pixel(190, 10).0[0] > 150, "what was left above is right above now");
        let ours = picture.jpeg().unwrap();
        for left in [&b"Exif"[..], b"GPSLatitude", b"ftyp", b"II*\0"] {
            assert!(!holds(&ours, left), "{left:?}");
        }
        assert!(taken(&ours).is_ok() && ours.ends_with(&[0xFF, 0xD9]), "nothing stands behind the end");
        let png = file(&whole, ImageFormat::Png);
        assert_eq!(taken(&png).unwrap().print, taken(&png).unwrap().print);
        assert_ne!(taken(&png).unwrap().print, picture.print);
    }

    #[test]
    fn the_same_picture_is_known_whatever_its_file_says() {
        let jpeg = file(&drawn(300, 200), ImageFormat::Jpeg);
        let commented = with_segment(&jpeg, 0xFE, b"another comment");
        assert_ne!(jpeg, commented);
        assert_eq!(taken(&jpeg).unwrap().print, taken(&commented).unwrap().print);
    }

    #[test]
    fn ab39_only_two_kinds_are_taken_and_nothing_that_is_another_besides() {
        let (jpeg, png) = (file(&drawn(200, 200), ImageFormat::Jpeg), file(&drawn(200, 200), ImageFormat::Png));
        assert!(taken(&jpeg).is_ok() && taken(&png).is_ok());
        let alone: [&[u8]; 6] =
            [b"", b"%PDF-1.7\n", b"GIF89a\x01\0\x01\0", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", b"RIFF\0\0\0\0WEBP", b"BM"];
        for other in alone {
            assert_eq!(unfit(other), Unfit::Kind, "{other:?}");
            for picture in [&jpeg, &png] {
                if other.len() > 4 && !other.starts_with(b"RIFF") {
                    assert_eq!(unfit(&[picture.as_slice(), other].concat()), Unfit::Kind, "{other:?} behind a picture");
                }
            }
        }
        assert_eq!(unfit(&with_segment(&jpeg, 0xFE, b"%PDF-1.4")), Unfit::Kind, "a page in a comment");
        assert_eq!(unfit(&[jpeg.as_slice(), b"PK\x03\x04 and so on"].concat()), Unfit::Kind, "an archive behind a picture");
    }

    /// A PNG that says it is so large, and has nothing.
    fn claiming(width: u32, height: u32) -> Vec<u8> {
        let mut png = file(&drawn(100, 100), ImageFormat::Png);
        png[16..20].copy_from_slice(&width.to_be_bytes());
        png[20..24].copy_from_slice(&height.to_be_bytes());
        let crc = crc32(&png[12..29]);
        png[29..33].copy_from_slice(&crc.to_be_bytes());
        png
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
        })
    }

    #[test]
    fn ab39_a_picture_that_swells_is_turned_away_before_there_is_room_for_it() {
        assert_eq!(unfit(&claiming(50_000, 50_000)), Unfit::TooLarge);
        assert!(matches!(unfit(&claiming(u32::MAX >> 1, 2)), Unfit::TooLarge | Unfit::Broken));
        assert_eq!(unfit(&claiming(7_000, 7_000)), Unfit::Broken, "it claims what it does not have");
    }

    #[test]
    fn ab39_half_a_picture_is_none() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png] {
            let whole = file(&drawn(200, 200), format);
            for part in [4, 20, whole.len() / 2, whole.len() - 1] {
                assert!(matches!(unfit(&whole[..part]), Unfit::Broken | Unfit::Kind), "{format:?}, {part} bytes");
            }
        }
    }

    #[test]
    fn a_picture_of_nothing_is_blank() {
        let flat = |value: u8| file(&RgbImage::from_pixel(300, 200, Rgb([value; 3])), ImageFormat::Png);
        for value in [0, 128, 255] {
            assert_eq!(unfit(&flat(value)), Unfit::Blank, "{value}");
        }
        let noisy = RgbImage::from_fn(300, 200, |x, y| Rgb([u8::try_from((x * 7 + y * 13) % 9).unwrap(); 3]));
        assert_eq!(unfit(&file(&noisy, ImageFormat::Png)), Unfit::Blank, "a camera in the dark");
        assert_eq!(unfit(&file(&drawn(60, 60), ImageFormat::Png)), Unfit::Blank, "too small to see anything");
    }

    #[test]
    fn what_is_covered_is_nowhere_any_more() {
        let mut picture = taken(&file(&drawn(300, 200), ImageFormat::Png)).unwrap();
        picture.cover(&[Area { left: 5, top: 5, width: 30, height: 20 }, Area { left: 290, top: 195, width: u32::MAX, height: 40 }]);
        for (x, y) in [(5, 5), (34, 24), (0, 0), (299, 199)] {
            assert_eq!(picture.pixels.get_pixel(x, y).0, [0, 0, 0], "{x}, {y}");
        }
        assert_ne!(picture.pixels.get_pixel(60, 60).0, [0, 0, 0]);
        assert_eq!(
            taken(&file(&drawn(4_000, 1_000), ImageFormat::Jpeg)).unwrap().pixels.dimensions(),
            (2_000, 500),
            "brought down to a size"
        );
    }
}
