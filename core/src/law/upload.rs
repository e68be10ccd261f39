//! Files that people hand in: which kinds are taken, and whether the bytes are what the name says. Nothing is ever unpacked or shown.

/// The largest file, in bytes.
pub const LARGEST: usize = 10 << 20;
/// The most files of one form.
pub const MOST: usize = 20;
/// What all files of one form come to at most, in bytes.
pub const ALL_TOGETHER: usize = 25 << 20;

/// What the members of a document come to at most, unpacked, in bytes.
const SWOLLEN: u64 = 100 << 20;
/// Members that may swell again.
const ARCHIVES: [&str; 7] = [".zip", ".gz", ".7z", ".rar", ".tar", ".bz2", ".xz"];

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
        if self.bytes.is_empty() || !agrees(&self.bytes) {
            return Err("file-disagrees");
        }
        if kind.is_some_and(|kind| ["docx", "xlsx"].contains(&kind.as_str())) && swells(&self.bytes) {
            Err("file-swells")
        } else {
            Ok(name)
        }
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

/// Whether a ZIP would come to more than anybody writes, or holds another archive that might. Nothing is unpacked: its list of members
/// says so, and who opens it goes by that list. A list that cannot be read is not believed.
fn swells(bytes: &[u8]) -> bool {
    let end = tail(bytes, 22);
    let (Some(members), Some(start)) = (number::<2>(end, 10), number::<4>(end, 16)) else { return true };
    let (mut rest, mut whole) = (usize::try_from(start).ok().and_then(|start| bytes.get(start..)).unwrap_or_default(), 0);
    for _ in 0..members {
        let lengths = [number::<2>(rest, 28), number::<2>(rest, 30), number::<2>(rest, 32)];
        let (true, Some(size), [Some(name), Some(extra), Some(comment)]) =
            (rest.starts_with(b"PK\x01\x02"), number::<4>(rest, 24), lengths)
        else {
            return true;
        };
        let length = |length: u64| usize::try_from(length).unwrap_or(usize::MAX);
        let Some(name) = rest.get(46..46 + length(name)) else { return true };
        let name = name.to_ascii_lowercase();
        whole += size;
        if whole > SWOLLEN || ARCHIVES.iter().any(|kind| name.ends_with(kind.as_bytes())) {
            return true;
        }
        rest = rest.get(46 + name.len() + length(extra + comment)..).unwrap_or_default();
    }
    false
}

/// A number of a ZIP, the lowest byte first.
fn number<const BYTES: usize>(bytes: &[u8], at: usize) -> Option<u64> {
    let bytes = bytes.get(at..at + BYTES)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
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

    /// An office file with members that say they have this size.
    fn listing(members: &[(&str, u32)]) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04[Content_Types].xml word/".to_vec();
        let start = u32::try_from(bytes.len()).unwrap();
        for (name, size) in members {
            let length = u16::try_from(name.len()).unwrap().to_le_bytes();
            let parts = [b"PK\x01\x02".as_slice(), &[0; 20], &size.to_le_bytes(), &length, &[0; 16], name.as_bytes()];
            bytes.extend(parts.concat());
        }
        let count = u16::try_from(members.len()).unwrap().to_le_bytes();
        bytes.extend([b"PK\x05\x06".as_slice(), &[0; 6], &count, &[0; 4], &start.to_le_bytes(), &[0; 2]].concat());
        bytes
    }

    #[test]
    fn a_document_that_swells_is_not_taken() {
        let accept = |bytes: &[u8]| upload("a.docx", bytes).accept();
        assert!(accept(&listing(&[("word/document.xml", 50 << 20), ("word/media/a.png", 50 << 20)])).is_ok());
        assert!(accept(&listing(&[("word/embeddings/a.xlsx", 1)])).is_ok());
        for members in [
            &[("word/document.xml", 101 << 20)][..],
            &[("word/document.xml", 60 << 20), ("word/b.xml", 60 << 20)],
            &[("word/document.xml", u32::MAX)],
            &[("word/document.xml", 1), ("word/embeddings/A.ZIP", 1)],
        ] {
            assert_eq!(accept(&listing(members)), Err("file-swells"), "{members:?}");
        }
        let mut lost = listing(&[("word/document.xml", 1)]);
        let at = lost.len() - 6;
        lost[at] += 1;
        assert_eq!(accept(&lost), Err("file-swells"), "its list is not where it says");
        for end in 23..lost.len() {
            let _ = accept(&lost[end - 22..]);
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
