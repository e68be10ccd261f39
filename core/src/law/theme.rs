//! How an organisation's pages look like its own: logo, name, accent, corners, font, and nothing else. An accent that cannot be read is
//! refused (WCAG 2.2, 1.4.3): the contrast of colours is computed here, for the folder and for the tests of the stylesheet.

use std::fmt;

use super::folder::{
    Place, Problem,
    node::{Entry, Node},
    problem::Findings,
};

/// Text wants so much, and so does an accent, which buttons are made of.
pub const LEAST: f64 = 4.5;

/// What an accent stands on, by day and by night: page and panels, as the stylesheet has them.
pub const GROUNDS: [(Mode, [Colour; 2]); 2] = [
    (Mode::Light, [Colour([0xff, 0xff, 0xff]), Colour([0xf4, 0xf5, 0xf7])]),
    (Mode::Dark, [Colour([0x14, 0x17, 0x1c]), Colour([0x1e, 0x23, 0x2a])]),
];

/// What may be written on an accent.
const INKS: [Colour; 2] = [Colour([0xff, 0xff, 0xff]), Colour([0; 3])];

/// The largest corner, in pixels.
const ROUNDEST: usize = 16;

/// By day or by night.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Mode {
    /// Its key.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// What stands behind an accent.
    fn grounds(self) -> [Colour; 2] {
        let [(_, light), (_, dark)] = GROUNDS;
        if self == Self::Light { light } else { dark }
    }

    /// Where more contrast lies.
    const fn away(self) -> Colour {
        match self {
            Self::Light => Colour([0; 3]),
            Self::Dark => Colour([0xff; 3]),
        }
    }
}

/// A colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    /// Reads `#0b5c4a`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no colour: write six hex digits, such as \"#0b5c4a\", in quotes");
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let number = u32::from_str_radix(digits.ok_or_else(wrong)?, 16).map_err(|_| wrong())?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self([red, green, blue]))
    }

    /// How well two colours can be told apart: 1 (not at all) to 21 (black on white).
    pub fn ratio(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn luminance(self) -> f64 {
        let channel = |byte: u8| {
            let share = f64::from(byte) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(channel);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The least that it has against what it stands on.
    pub fn least_on(self, mode: Mode) -> f64 {
        mode.grounds().into_iter().map(|ground| self.ratio(ground)).fold(f64::INFINITY, f64::min)
    }

    /// The nearest colour of the same hue that has at least so much.
    fn until(self, mode: Mode, least: f64) -> Self {
        (0..=64).map(|step| self.mixed(mode.away(), step)).find(|colour| colour.least_on(mode) >= least).unwrap_or_else(|| mode.away())
    }

    /// So many sixty-fourths of another colour.
    fn mixed(self, other: Self, step: u16) -> Self {
        let mix = |one: u8, other: u8| (u16::from(one) * (64 - step) + u16::from(other) * step) / 64;
        let ([red, green, blue], [more_red, more_green, more_blue]) = (self.0, other.0);
        Self([mix(red, more_red), mix(green, more_green), mix(blue, more_blue)].map(|channel| u8::try_from(channel).unwrap_or(u8::MAX)))
    }

    /// What is written on it: white or black, whichever is read better.
    #[must_use]
    pub fn ink(self) -> Self {
        let [white, black] = INKS;
        if self.ratio(white) >= self.ratio(black) { white } else { black }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(out, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// The accent by day and by night, each readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent {
    /// By day.
    pub light: Colour,
    /// By night.
    pub dark: Colour,
}

impl Accent {
    /// One for both: by night as much lighter as it must be, and a little more.
    fn of(light: Colour) -> Self {
        Self { light, dark: light.until(Mode::Dark, 7.0) }
    }
}

/// A picture beside the name.
#[derive(Debug, Clone)]
pub struct Logo {
    /// A file of the folder, SVG or PNG.
    pub file: String,
    place: Place,
}

impl Logo {
    /// What is wrong with the file, told where it is named.
    pub fn problem(&self, message: String, help: &str) -> Problem {
        self.place.problem("bad-logo", message, Some(help.to_owned()))
    }
}

/// What an organisation may change.
#[derive(Debug, Clone, Default)]
pub struct Theme {
    /// What heads each page instead of the legal name.
    pub name: Option<String>,
    /// A picture beside it.
    pub logo: Option<Logo>,
    /// What buttons, lines and choices are made of.
    pub accent: Option<Accent>,
    /// How round corners are, in pixels.
    pub radius: Option<usize>,
    /// Fonts on the reader's own machine, the first one that is there; as CSS takes them.
    pub font: Option<String>,
}

/// Reads `theme`.
pub(super) fn read(node: &Node, findings: &mut Findings<'_>) -> Option<Theme> {
    let mut entry = Entry::open(node, findings)?;
    let name = entry.optional("name").and_then(|node| node.text(findings)).map(str::to_owned);
    let logo = entry.optional("logo").and_then(|node| logo(node, findings));
    let accent = entry.optional("accent").and_then(|node| accent(node, findings));
    let radius = entry.optional("radius").and_then(|node| Some((node.at, node.count(findings)?)));
    let font = entry.optional("font").and_then(|node| node.parsed("bad-font", font, findings));
    entry.close(findings);
    if let Some((at, radius)) = radius.filter(|(_, radius)| *radius > ROUNDEST) {
        findings.problem(
            at,
            "bad-radius",
            format!("corners of {radius} pixels are rounder than a field"),
            Some(format!("write 0 to {ROUNDEST}")),
        );
    }
    Some(Theme { name, logo, accent, radius: radius.map(|(_, radius)| radius), font })
}

fn logo(node: &Node, findings: &mut Findings<'_>) -> Option<Logo> {
    let file = node.text(findings)?;
    let ending = file.rsplit_once('.').map(|(_, ending)| ending);
    if file.contains(['/', '\\']) || !matches!(ending, Some("svg" | "png")) {
        findings.problem(node.at, "bad-logo", format!("`{file}` is no logo"), Some("name an .svg or .png file beside this one".to_owned()));
        return None;
    }
    Some(Logo { file: file.to_owned(), place: findings.place(node.at) })
}

/// One colour for both modes, or `{light, dark}`.
fn accent(node: &Node, findings: &mut Findings<'_>) -> Option<Accent> {
    if node.is_text() {
        return readable(node, Mode::Light, findings).map(Accent::of);
    }
    let mut entry = Entry::open(node, findings)?;
    let light = entry.required("light", findings).and_then(|node| readable(node, Mode::Light, findings));
    let dark = entry.optional("dark").map(|node| readable(node, Mode::Dark, findings));
    entry.close(findings);
    let light = light?;
    Some(Accent { light, dark: dark.unwrap_or_else(|| Some(Accent::of(light).dark))? })
}

/// A colour that can be told from what it stands on.
fn readable(node: &Node, mode: Mode, findings: &mut Findings<'_>) -> Option<Colour> {
    let colour = node.parsed("bad-colour", Colour::parse, findings)?;
    let ratio = colour.least_on(mode);
    if ratio >= LEAST {
        return Some(colour);
    }
    let message =
        format!("an accent of {colour} has {:.2}:1 in {} mode, and wants {LEAST}:1", (ratio * 100.0).floor() / 100.0, mode.name());
    findings.problem(node.at, "accent-unreadable", message, Some(format!("`\"{}\"` would pass", colour.until(mode, LEAST))));
    None
}

/// A list of fonts, each in quotes but those that every browser knows.
fn font(text: &str) -> Result<String, String> {
    const KNOWN: [&str; 8] = ["system-ui", "ui-sans-serif", "ui-serif", "ui-rounded", "sans-serif", "serif", "monospace", "ui-monospace"];
    let mut stack = Vec::new();
    for name in text.split(',').map(|name| name.trim().trim_matches(['"', '\''])) {
        let plain = !name.is_empty() && name.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, ' ' | '-'));
        if !plain {
            return Err(format!(
                "`{text}` is no list of fonts: write names such as Verdana, Noto Sans, with commas between; none is fetched"
            ));
        }
        stack.push(if KNOWN.contains(&name) { name.to_owned() } else { format!("\"{name}\"") });
    }
    if stack.last().is_none_or(|last| last.starts_with('"')) {
        stack.push("sans-serif".to_owned());
    }
    Ok(stack.join(", "))
}

#[cfg(test)]
mod tests {
    use super::{Accent, Colour, LEAST, Mode};
    use crate::law::{fixture::ORGANISATION, folder::Problem, organisation};

    fn read(theme: &str) -> Result<super::Theme, Vec<Problem>> {
        let text = format!("{ORGANISATION}theme: {theme}\n");
        organisation::parse("organisation.yaml", &text).map(|parsed| parsed.value.theme.unwrap())
    }

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    #[test]
    fn black_on_white_is_twenty_one_to_one() {
        assert!((colour("#000000").ratio(colour("#ffffff")) - 21.0).abs() < 0.01);
        assert_eq!((colour("#0b5c4a").ink(), colour("#5fd0b0").ink()), (colour("#ffffff"), colour("#000000")));
    }

    #[test]
    fn a_theme_is_read_whole() {
        let theme =
            read(r##"{name: Visum, logo: logo.svg, accent: {light: "#7a1fa2", dark: "#e1b3f5"}, radius: 0, font: "Verdana, Noto Sans"}"##)
                .unwrap();
        assert_eq!(theme.accent, Some(Accent { light: colour("#7a1fa2"), dark: colour("#e1b3f5") }));
        assert_eq!((theme.radius, theme.logo.unwrap().file.as_str()), (Some(0), "logo.svg"));
        assert_eq!(theme.font.as_deref(), Some("\"Verdana\", \"Noto Sans\", sans-serif"));
    }

    #[test]
    fn one_accent_is_derived_for_the_night() {
        for light in ["#0b5c4a", "#000000", "#7a1fa2", "#b00020", "#0000ee"] {
            let accent = read(&format!("{{accent: \"{light}\"}}")).unwrap().accent.unwrap();
            assert!(accent.dark.least_on(Mode::Dark) >= 7.0, "{light}: {}", accent.dark);
            for colour in [accent.light, accent.dark] {
                assert!(colour.ratio(colour.ink()) >= LEAST, "{colour}");
            }
        }
    }

    #[test]
    fn an_accent_that_cannot_be_read_is_refused_with_what_would_pass() {
        let told = read(r##"{accent: "#8fd14f"}"##).unwrap_err().remove(0);
        assert_eq!((told.line, told.column, told.code), (14, 17, "accent-unreadable"));
        assert!(told.message.contains("has 1.6") && told.message.contains(":1 in light mode, and wants 4.5:1"), "{}", told.message);
        let help = told.help.unwrap();
        let passes = help.split('"').nth(1).unwrap();
        assert!(read(&format!("{{accent: \"{passes}\"}}")).is_ok(), "{help}");
        let told = read(r##"{accent: {light: "#0b5c4a", dark: "#0b5c4a"}}"##).unwrap_err().remove(0);
        assert!(told.message.contains("in dark mode") && told.column == 42, "{told}");
        let passes = told.help.unwrap().split('"').nth(1).unwrap().to_owned();
        assert!(colour(&passes).least_on(Mode::Dark) >= LEAST);
    }

    #[test]
    fn nothing_else_can_be_said() {
        for (theme, code) in [
            ("{background: \"#000000\"}", "unknown-key"),
            ("{accent: red}", "bad-colour"),
            ("{radius: 40}", "bad-radius"),
            ("{logo: ../secret.svg}", "bad-logo"),
            ("{logo: logo.gif}", "bad-logo"),
            ("{font: \"x; } body { display: none\"}", "bad-font"),
            ("{font: \"url(https://fonts.example)\"}", "bad-font"),
        ] {
            let told: Vec<_> = read(theme).unwrap_err().iter().map(|it| it.code).collect();
            assert_eq!(told, [code], "{theme}");
        }
    }
}
