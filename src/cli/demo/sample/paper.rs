//! One-page documents as valid PDF files: certificates that customers hand in.

use std::fmt::Write as _;

/// A page with these lines of text. Letters beyond Latin-1 become `?`.
pub(super) fn pdf(lines: &[String]) -> Vec<u8> {
    let shown: Vec<_> = lines.iter().map(|line| [b"(", latin_1(line).as_slice(), b") Tj T*\n"].concat()).collect();
    let content = [b"BT /F1 14 Tf 18 TL 72 760 Td\n".as_slice(), &shown.concat(), b"ET\n"].concat();
    let stream = [format!("<< /Length {} >>\nstream\n", content.len()).as_bytes(), &content, b"endstream"].concat();
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>".to_vec(),
        stream,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    assembled(&objects)
}

/// Objects, the table of where each begins, and the trailer.
fn assembled(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(objects) {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        file.extend([format!("{number} 0 obj\n").as_bytes(), object, b"\nendobj\n"].concat());
    }
    let start = file.len();
    file.extend(table.as_bytes());
    file.extend(format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).as_bytes());
    file
}

fn latin_1(line: &str) -> Vec<u8> {
    let escaped = |letter: char| matches!(letter, '(' | ')' | '\\').then_some(b'\\');
    line.chars().flat_map(|letter| escaped(letter).into_iter().chain([u8::try_from(letter).unwrap_or(b'?')])).collect()
}

#[cfg(test)]
mod tests {
    use super::pdf;

    #[test]
    fn the_table_points_at_the_objects() {
        let file = pdf(&["Fødselsattest (kopi)".to_owned(), "Łukasz".to_owned()]);
        let text: String = file.iter().map(|byte| char::from(*byte)).collect();
        assert!(text.contains("(Fødselsattest \\(kopi\\)) Tj") && text.contains("(?ukasz) Tj"));
        let start: usize = text.lines().rev().nth(1).unwrap().parse().unwrap();
        assert!(text[start..].starts_with("xref") || file[start..].starts_with(b"xref"));
        for (number, line) in (1..=5).zip(text.lines().skip_while(|line| *line != "xref").skip(3)) {
            let at: usize = line[..10].parse().unwrap();
            assert!(file[at..].starts_with(format!("{number} 0 obj").as_bytes()), "object {number}");
        }
    }
}
