//! An organisation's logo: read from its folder and looked at. Only shapes get in: nothing that runs, moves or fetches.

use habeas_core::law::{folder::Problem, theme};

use super::Source;

/// The largest file.
const LARGEST: usize = 64 * 1024;
/// What a picture's side may be, in pixels.
const SIDES: std::ops::RangeInclusive<u32> = 16..=2048;
/// So many times as wide as high, at most.
const WIDEST: f64 = 8.0;

/// Elements that only draw.
const DRAWING: [&str; 24] = [
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "title",
    "desc",
    "defs",
    "use",
    "symbol",
    "lineargradient",
    "radialgradient",
    "stop",
    "clippath",
    "mask",
    "pattern",
    "style",
    "marker",
];

/// A picture that may stand on every page.
#[derive(Debug, Clone)]
pub struct Logo {
    /// `svg` or `png`.
    pub ending: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Reads the logo that the theme names.
pub(super) fn read(source: &Source, named: &theme::Logo) -> Result<Logo, Box<Problem>> {
    let missing = || Box::new(named.problem(format!("there is no file `{}`", named.file), "put it beside organisation.yaml"));
    let bytes = source.bytes(&named.file).ok_or_else(missing)?;
    if bytes.len() > LARGEST {
        let message = format!("`{}` has {} KiB, and each page carries it", named.file, bytes.len().div_ceil(1024));
        return Err(Box::new(named.problem(message, "64 KiB at most: make it smaller or draw it as SVG")));
    }
    let ending = if named.file.rsplit_once('.').is_some_and(|(_, ending)| ending == "svg") { "svg" } else { "png" };
    let looked = if ending == "svg" { svg(&bytes) } else { png(&bytes) };
    looked.map_err(|wrong| Box::new(named.problem(format!("`{}` {wrong}", named.file), "export it as plain SVG or as PNG")))?;
    Ok(Logo { ending, bytes })
}

fn png(bytes: &[u8]) -> Result<(), String> {
    let side = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let is_png = bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.get(12..16) == Some(b"IHDR");
    let (Some(width), Some(height), true) = (side(16), side(20), is_png) else { return Err("is no PNG".to_owned()) };
    if !SIDES.contains(&width) || !SIDES.contains(&height) {
        return Err(format!("is {width} × {height} pixels: each side may have {} to {}", SIDES.start(), SIDES.end()));
    }
    shape(f64::from(width), f64::from(height))
}

fn shape(width: f64, height: f64) -> Result<(), String> {
    let fits = width > 0.0 && height > 0.0 && width / height <= WIDEST && height / width <= WIDEST;
    fits.then_some(()).ok_or_else(|| format!("is {width} × {height}: at most {WIDEST} times as wide as high"))
}

fn svg(bytes: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "is not UTF-8".to_owned())?.to_lowercase();
    for (sign, what) in [
        ("<!doctype", "a document type"),
        ("<!entity", "an entity"),
        ("<![cdata[", "a raw section"),
        ("@import", "an import"),
        ("<?xml-stylesheet", "a stylesheet"),
    ] {
        if text.contains(sign) {
            return Err(format!("holds {what}"));
        }
    }
    for tag in text.split('<').skip(1) {
        if tag.starts_with(['?', '!']) {
            continue;
        }
        // A `>` may stand inside of a value: what is looked at goes on to the next tag.
        let name = tag.trim_start_matches('/').split([' ', '\t', '\r', '\n', '/', '>']).next().unwrap_or_default();
        if !DRAWING.contains(&name) {
            return Err(format!("holds `<{name}>`, which does more than draw"));
        }
        attributes(tag)?;
    }
    if elsewhere(&text, "url(") {
        return Err("fetches something (`url(`)".to_owned());
    }
    let (_, rest) = text.split_once("<svg").ok_or("is no SVG")?;
    let (head, _) = rest.split_once('>').ok_or("is no whole SVG")?;
    let (width, height) = size(head).ok_or("says no size: give it a `viewBox`")?;
    shape(width, height)
}

/// What runs or leads away stands in attributes.
fn attributes(tag: &str) -> Result<(), String> {
    for (before, _) in tag.match_indices('=').filter_map(|(at, _)| tag.split_at_checked(at)) {
        let name = before.trim_end().rsplit([' ', '\t', '\r', '\n', '/', '"', '\'']).next().unwrap_or_default();
        let local = name.rsplit(':').next().unwrap_or_default();
        if local.starts_with("on") {
            return Err(format!("holds `{name}`, which runs something"));
        }
        let value = tag.get(before.len() + 1..).unwrap_or_default().trim_start().trim_start_matches(['"', '\'']);
        if matches!(local, "href" | "src") && !value.trim_start().starts_with('#') {
            return Err(format!("leads elsewhere (`{name}`)"));
        }
    }
    Ok(())
}

/// Whether something leads to anywhere but into the picture itself.
fn elsewhere(text: &str, sign: &str) -> bool {
    text.split(sign).skip(1).any(|rest| !rest.trim_start().trim_start_matches(['"', '\'']).starts_with('#'))
}

fn size(head: &str) -> Option<(f64, f64)> {
    let attribute = |name: &str| {
        let (_, rest) = head.split_once(&format!(" {name}="))?;
        rest.trim_start_matches(['"', '\'']).split(['"', '\'']).next()
    };
    if let Some(view) = attribute("viewbox") {
        let sides: Vec<f64> = view.split([' ', ',']).filter(|side| !side.is_empty()).filter_map(|side| side.parse().ok()).collect();
        return match sides.as_slice() {
            [_, _, width, height] => Some((*width, *height)),
            _ => None,
        };
    }
    let side = |name| attribute(name)?.trim_end_matches("px").parse::<f64>().ok();
    side("width").zip(side("height"))
}

#[cfg(test)]
mod tests {
    use super::{png, svg};

    const HEAD: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 32">"#;

    #[test]
    fn shapes_get_in() {
        let plain = format!(
            r##"<?xml version="1.0"?><!-- made by hand -->{HEAD}<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs><path fill="url(#a)" d="M0 0h9"/><use href="#a"/></svg>"##
        );
        assert_eq!(svg(plain.as_bytes()), Ok(()));
        assert_eq!(svg(br#"<svg xmlns="http://www.w3.org/2000/svg" width="64px" height="32"><g/></svg>"#), Ok(()));
        assert_eq!(svg(include_bytes!("../../assets/icon.svg")), Ok(()));
    }

    #[test]
    fn whatever_runs_moves_or_fetches_stays_out() {
        for (inside, why) in [
            ("<script>alert(1)</script>", "<script>"),
            ("<SCRIPT/>", "<script>"),
            ("<svg:script/>", "<svg:script>"),
            ("<path onload=\"alert(1)\"/>", "onload"),
            ("<path d='>' onload='alert(1)'/>", "onload"),
            ("<path d='M0'\nonclick = 'x'/>", "onclick"),
            ("<foreignObject><p/></foreignObject>", "<foreignobject>"),
            ("<a href=\"#x\"/>", "<a>"),
            ("<use href=\"https://elsewhere.example/x.svg#a\"/>", "leads elsewhere"),
            ("<use xlink:href='javascript:alert(1)'/>", "leads elsewhere"),
            ("<image href=\"data:image/png;base64,AA\"/>", "<image>"),
            ("<animate attributeName=\"href\"/>", "<animate>"),
            ("<path fill=\"url(https://elsewhere.example)\"/>", "url("),
            ("<style>@import 'x.css';</style>", "an import"),
            ("<style><![CDATA[*{}]]></style>", "a raw section"),
        ] {
            let told = svg(format!("{HEAD}{inside}</svg>").as_bytes()).unwrap_err();
            assert!(told.contains(why), "{inside}: {told}");
        }
        assert!(svg(br#"<!DOCTYPE svg [<!ENTITY x "y">]><svg viewBox="0 0 1 1"/>"#).is_err());
        assert!(svg(br#"<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>"#).unwrap_err().contains("viewBox"));
        assert!(svg(br#"<svg viewBox="0 0 900 10"/>"#).unwrap_err().contains("times as wide"));
        assert!(svg(&[0xff, 0xfe]).is_err() && svg(b"hello").is_err());
    }

    #[test]
    fn a_png_has_its_size() {
        let made =
            |width: u32, height: u32| [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &width.to_be_bytes(), &height.to_be_bytes()].concat();
        assert_eq!(png(&made(240, 64)), Ok(()));
        assert!(png(&made(4000, 64)).unwrap_err().contains("4000 × 64"));
        assert!(png(&made(8, 8)).is_err() && png(b"GIF89a").is_err() && png(&made(240, 64)[..18]).is_err());
    }
}
