//! Files that people hand in: which kinds are taken, and whether the bytes are what the name says. Nothing is ever unpacked or shown.

/// The largest file, in bytes.
pub const LARGEST: usize = 10 << 20;
/// The most files of one form.
pub const MOST: usize = 20;
/// What all files of one form come to at most, in bytes.
pub const ALL_TOGETHER: usize = 25 << 20;

/// A file as somebody sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// The field of the form.
    pub field: String,
    /// As its sender called it.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Upload {
    /// Its name without a path and without letters that mean something to a computer. An error is the code of what is wrong with it.
    pub fn accept(&self) -> Result<String, &'static str> {
        let name = clean(&self.name);
        let kind = name.rsplit_once('.').and_then(|(stem, kind)| (!stem.is_empty()).then(|| kind.to_lowercase()));
        let agrees = KINDS.iter().find(|(known, _)| Some(*known) == kind.as_deref()).map(|(_, agrees)| agrees).ok_or("file-kind")?;
        if self.bytes.len() > LARGEST {
            return Err("file-too-large");
        }
        if self.bytes.is_empty() || !agrees(&self.bytes) { Err("file-disagrees") } else { Ok(name) }
    }
}

/// What is wrong with the files of a form as a whole.
pub fn too_much(files: &[Upload]) -> Option<&'static str> {
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    (files.len() > MOST || bytes > ALL_TOGETHER).then_some("files-too-many")
}

type Agrees = fn(&[u8]) -> bool;

/// Where a format has an end, nothing may follow it: else the file would be another kind of file, too.
const KINDS: [(&str, Agrees); 10] = [
    ("pdf", |bytes| bytes.starts_with(b"%PDF-") && holds(tail(bytes, 1024), b"%%EOF") && !is_zip_at_the_end(bytes)),
    ("png", |bytes| bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.ends_with(b"IEND\xae\x42\x60\x82")),
    ("jpg", is_jpeg),
    ("jpeg", is_jpeg),
    ("csv", is_text),
    ("txt", is_text),
    ("json", |bytes| serde_json::from_slice::<serde_json::Value>(bytes).is_ok()),
    ("eml", |bytes| is_text(bytes) && begins_with_a_header(bytes)),
    ("docx", |bytes| is_office(bytes, b"word/")),
    ("xlsx", |bytes| is_office(bytes, b"xl/")),
];

fn is_jpeg(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xd8\xff") && bytes.ends_with(b"\xff\xd9")
}

/// Words, and not the beginning of a page that a browser would run.
fn is_text(bytes: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(bytes) else { return false };
    let start: String = text.trim_start_matches('\u{feff}').trim_start().chars().take(20).collect::<String>().to_lowercase();
    let is_page = ["<!doctype", "<html", "<svg", "<script", "<?xml", "%pdf-"].iter().any(|page| start.starts_with(page));
    !is_page && !text.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t' | '\u{c}'))
}

fn begins_with_a_header(bytes: &[u8]) -> bool {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let name = first.split(|byte| *byte == b':').next().unwrap_or_default();
    name.len() < first.len() && !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

/// A ZIP from its first byte to its last, with the names of the format in it. It is not opened: what it would unpack to is nobody's matter.
fn is_office(bytes: &[u8], folder: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") && is_zip_at_the_end(bytes) && holds(bytes, b"[Content_Types].xml") && holds(bytes, folder)
}

fn is_zip_at_the_end(bytes: &[u8]) -> bool {
    tail(bytes, 22).starts_with(b"PK\x05\x06")
}

fn tail(bytes: &[u8], length: usize) -> &[u8] {
    bytes.get(bytes.len().saturating_sub(length)..).unwrap_or_default()
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |letter: char| if letter.is_alphanumeric() || matches!(letter, ' ' | '.' | '-' | '_') { letter } else { '_' };
    let plain: String = last.trim().chars().map(plain).collect();
    let plain = plain.trim_start_matches('.');
    let (stem, kind) = plain.rsplit_once('.').unwrap_or((plain, ""));
    let stem: String = stem.chars().take(80).collect();
    if kind.is_empty() { stem } else { format!("{stem}.{}", kind.to_lowercase()) }
}

#[cfg(test)]
mod tests {
    use super::{ALL_TOGETHER, LARGEST, MOST, Upload, too_much};

    fn upload(name: &str, bytes: &[u8]) -> Upload {
        Upload { field: "evidence".into(), name: name.into(), bytes: bytes.to_vec() }
    }

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n....IEND\xae\x42\x60\x82";

    fn office(folder: &str) -> Vec<u8> {
        let end = [b"PK\x05\x06".as_slice(), &[0; 18]].concat();
        [b"PK\x03\x04[Content_Types].xml".as_slice(), folder.as_bytes(), &end].concat()
    }

    #[test]
    fn what_a_file_is_called_is_what_it_is() {
        for (name, bytes) in [
            ("a.png", PNG.to_vec()),
            ("A.JPG", b"\xff\xd8\xff..\xff\xd9".to_vec()),
            ("a.pdf", b"%PDF-1.7 x %%EOF\n".to_vec()),
            ("a.csv", "navn;sum\nKåre;=1+1\n".into()),
            ("a.json", b"[1]".to_vec()),
            ("a.eml", b"From: kari\n\nHei".to_vec()),
            ("a.docx", office("word/document.xml")),
            ("a.xlsx", office("xl/workbook.xml")),
        ] {
            assert_eq!(
                upload(name, &bytes).accept(),
                Ok(name.to_lowercase().replace("a.", if name.starts_with('A') { "A." } else { "a." }))
            );
        }
        for (name, bytes, code) in [
            ("a.exe", PNG.to_vec(), "file-kind"),
            ("a", PNG.to_vec(), "file-kind"),
            (".png", PNG.to_vec(), "file-kind"),
            ("a.svg", b"<svg/>".to_vec(), "file-kind"),
            ("a.pdf", PNG.to_vec(), "file-disagrees"),
            ("a.txt", PNG.to_vec(), "file-disagrees"),
            ("a.txt", b"<!DOCTYPE html><script>".to_vec(), "file-disagrees"),
            ("a.png", [PNG, &office("word/")].concat(), "file-disagrees"),
            ("a.pdf", [b"%PDF-1.7 %%EOF".as_slice(), &office("xl/")].concat(), "file-disagrees"),
            ("a.xlsx", office("word/document.xml"), "file-disagrees"),
            ("a.json", b"{".to_vec(), "file-disagrees"),
            ("a.eml", b"no header".to_vec(), "file-disagrees"),
            ("a.csv", Vec::new(), "file-disagrees"),
            ("a.txt", vec![b'a'; LARGEST + 1], "file-too-large"),
        ] {
            assert_eq!(upload(name, &bytes).accept(), Err(code), "{name}");
        }
    }

    #[test]
    fn a_name_leads_nowhere() {
        for (name, cleaned) in [
            ("../../etc/passwd.txt", "passwd.txt"),
            ("C:\\Users\\kari\\Brev til Kåre.TXT", "Brev til Kåre.txt"),
            ("a\u{202e}b\0<c>.txt", "a_b__c_.txt"),
            ("...a.txt", "a.txt"),
        ] {
            assert_eq!(upload(name, b"x").accept().as_deref(), Ok(cleaned));
        }
    }

    #[test]
    fn a_form_holds_so_many_files_and_no_more() {
        assert_eq!(too_much(&vec![upload("a.txt", b"x"); MOST]), None);
        assert_eq!(too_much(&vec![upload("a.txt", b"x"); MOST + 1]), Some("files-too-many"));
        assert_eq!(too_much(&[upload("a.txt", &vec![0; ALL_TOGETHER + 1])]), Some("files-too-many"));
    }
}
