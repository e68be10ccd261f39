//! Squares that a camera reads, drawn as SVG: dark on white also where the page is dark, with the quiet zone the standard asks for.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

/// Modules of white around the code (ISO/IEC 18004).
const QUIET: i32 = 4;

/// A text as a picture. `None`: it is too long for any code. `label` says what it is to whoever cannot see it.
pub fn svg(text: &str, label: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let size = code.size() + 2 * QUIET;
    let mut path = String::new();
    // Whole runs of dark modules, so that the page stays light.
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            if run > 0 {
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += i32::try_from(run).unwrap_or(0) + 1;
        }
    }
    let label = label.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" width=\"240\" height=\"240\" role=\"img\" \
         aria-label=\"{label}\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::svg;

    #[test]
    fn a_code_has_its_three_corners_and_escapes_its_label() {
        let drawn = svg("otpauth://totp/x?secret=A4DQ", "the \"code\" <b>").unwrap();
        assert!(drawn.contains("aria-label=\"the &quot;code&quot; &lt;b>\""), "{drawn}");
        // The finder pattern's upper left corner, behind the quiet zone.
        assert!(drawn.contains("\"M4 4h7v1h-7zM"), "{drawn}");
        assert!(drawn.contains("M4 5h1v1h-1zM10 5h1v1h-1z"), "{drawn}");
        assert!(!drawn.contains("M0 4h"), "nothing in the quiet zone");
        assert_eq!(svg(&"x".repeat(10_000), "too long"), None);
    }
}
