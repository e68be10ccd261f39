//! `JUnit`'s XML, as build servers read it.

use std::fmt::Write as _;

/// One scenario: file, title, and what went wrong.
pub(super) struct Case<'a> {
    pub(super) file: &'a str,
    pub(super) title: &'a str,
    pub(super) failure: Option<&'a str>,
}

pub(super) fn xml(cases: &[Case<'_>]) -> String {
    let failed = cases.iter().filter(|case| case.failure.is_some()).count();
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let total = cases.len();
    let _ = writeln!(text, "<testsuites tests=\"{total}\" failures=\"{failed}\">");
    let _ =
        writeln!(text, "  <testsuite name=\"habeas workflow test\" tests=\"{total}\" failures=\"{failed}\" errors=\"0\" skipped=\"0\">");
    for case in cases {
        let (class, name) = (escaped(case.file), escaped(case.title));
        let _ = match case.failure {
            None => writeln!(text, "    <testcase classname=\"{class}\" name=\"{name}\"/>"),
            Some(failure) => writeln!(
                text,
                "    <testcase classname=\"{class}\" name=\"{name}\"><failure message=\"{}\">{}</failure></testcase>",
                escaped(failure.lines().next().unwrap_or_default()),
                escaped(failure)
            ),
        };
    }
    text.push_str("  </testsuite>\n</testsuites>\n");
    text
}

/// Safe between tags and in quotes; what XML cannot carry at all becomes a question mark.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\t' => safe.push(sign),
            sign if sign.is_control() || matches!(sign, '\u{fffe}' | '\u{ffff}') => safe.push('?'),
            sign => safe.push(sign),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_title_or_failure_breaks_the_xml() {
        let text = xml(&[
            Case { file: "a.yaml", title: "\"<Ola> & Kari\"\u{1}", failure: Some("expected: a < b\nfound: &") },
            Case { file: "a.yaml", title: "fine", failure: None },
        ]);
        assert!(text.contains("tests=\"2\" failures=\"1\""));
        assert!(text.contains(
            "name=\"&quot;&lt;Ola&gt; &amp; Kari&quot;?\"><failure message=\"expected: a &lt; b\">expected: a &lt; b\nfound: &amp;<"
        ));
        assert_eq!(text.matches('<').count(), text.matches('>').count());
    }
}
