//! How an organisation's theme reaches its pages: one small stylesheet after our own, and its logo. Letters stay plain.

use std::fmt::Write as _;

use habeas_core::law::theme::{Accent, Theme};

/// A theme with the picture that it names.
#[derive(Debug, Clone, Default)]
pub struct Dress {
    /// What is set.
    pub theme: Theme,
    /// `svg` or `png`, and the file.
    pub logo: Option<(&'static str, Vec<u8>)>,
}

impl Dress {
    /// One to be looked at.
    pub fn sample() -> Self {
        const LOGO: &[u8] = br##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle cx="32" cy="32" r="30" fill="#7a1fa2"/><path d="M18 34l10 10 18-24" fill="none" stroke="#fff" stroke-width="7"/></svg>"##;
        let read = |text: &str| habeas_core::law::theme::Colour::parse(text);
        let accent = read("#7a1fa2").and_then(|light| Ok(Accent { light, dark: read("#d9a3ee")? })).ok();
        let theme =
            Theme { name: Some("Nordlys".to_owned()), accent, radius: Some(12), font: Some("Verdana, sans-serif".to_owned()), logo: None };
        Self { theme, logo: Some(("svg", LOGO.to_vec())) }
    }

    /// The stylesheet. Every value was read from a closed form, so that nothing in it can say more than it says here.
    pub fn sheet(&self) -> String {
        let mut css = String::new();
        if let Some(Accent { light, dark }) = self.theme.accent {
            let tokens =
                |accent: habeas_core::law::theme::Colour| format!(":root {{ --accent: {accent}; --on-accent: {}; }}", accent.ink());
            let _ = writeln!(css, "{}\n@media (prefers-color-scheme: dark) {{ {} }}", tokens(light), tokens(dark));
        }
        if let Some(radius) = self.theme.radius {
            let _ = writeln!(
                css,
                "input, select, textarea, button, .button, .choice, .card, .record, .panel, .totals div {{ border-radius: {radius}px; }}"
            );
        }
        if let Some(font) = &self.theme.font {
            let _ = writeln!(css, "html {{ font-family: {font}; }}");
        }
        if self.logo.is_some() {
            css.push_str(
                ".brand { align-items: center; }\n.brand img { height: 2.25rem; width: auto; max-width: 12rem; object-fit: contain; }\n",
            );
        }
        css
    }
}

#[cfg(test)]
mod tests {
    use super::Dress;

    #[test]
    fn a_sheet_says_what_is_set_and_nothing_else() {
        let sheet = Dress::sample().sheet();
        assert!(sheet.starts_with(":root { --accent: #7a1fa2; --on-accent: #ffffff; }\n@media (prefers-color-scheme: dark) { :root { --accent: #d9a3ee; --on-accent: #000000; } }"), "{sheet}");
        assert!(sheet.contains("border-radius: 12px") && sheet.contains("font-family: Verdana, sans-serif"), "{sheet}");
        assert!(!sheet.contains("url(") && sheet.len() < 1024, "{sheet}");
        assert_eq!(Dress::default().sheet(), "");
    }
}
