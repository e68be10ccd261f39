//! The program `tesseract` as a reader of pictures: gets a bitmap, says which words stand where. Whatever it says or does not say, nothing
//! is believed but that something is legible there.

use std::{
    io::{self, Read as _, Write as _},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use habeas_core::law::document::{Area, Word};
use tokio::{task::spawn_blocking, time::timeout};

use super::picture::Gray;

/// A reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    program: PathBuf,
    patience: Duration,
}

/// How long it may read one picture.
const PATIENCE: Duration = Duration::from_secs(25);
/// How much it may say.
const LONGEST: u64 = 1 << 20;
/// The level of a word in its table; page, block, paragraph and line stand above.
const WORD: &str = "5";

impl Reader {
    /// A program by its path.
    pub const fn new(program: PathBuf) -> Self {
        Self { program, patience: PATIENCE }
    }

    /// The words of a picture, line by line; none where the program fails.
    pub(super) async fn read(&self, picture: &Gray) -> Vec<Word> {
        match self.ask(picture).await {
            Ok(table) => words(&table),
            Err(error) => {
                tracing::error!(%error, "the reader of documents does not work");
                Vec::new()
            }
        }
    }

    /// Nothing of this process is handed on: no variable, no file, no place. One that takes too long is ended.
    async fn ask(&self, picture: &Gray) -> io::Result<String> {
        let child = Command::new(&self.program)
            .args(["stdin", "stdout", "--psm", "11", "tsv"])
            .env_clear()
            .env("OMP_THREAD_LIMIT", "1")
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut running = Running(child);
        let (stdin, stdout) = (running.0.stdin.take(), running.0.stdout.take());
        let bitmap = picture.pgm();
        // One that has read enough may close the door before everything is said to it.
        spawn_blocking(move || stdin.map(|mut stdin| stdin.write_all(&bitmap)));
        let take = spawn_blocking(move || {
            let mut said = Vec::new();
            stdout.map_or(Ok(0), |stdout| stdout.take(LONGEST).read_to_end(&mut said)).map(|_| said)
        });
        let said = timeout(self.patience, take).await.map_err(|_| io::ErrorKind::TimedOut)?;
        let said = said.map_err(io::Error::other)??;
        if said.is_empty() { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(String::from_utf8_lossy(&said).into_owned()) }
    }
}

/// A program that ends with whoever asked it.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Either fails only where it has ended already.
        let _ = self.0.kill().and_then(|()| self.0.wait());
    }
}

/// The words of its table (`level page block paragraph line word left top width height confidence text`).
fn words(table: &str) -> Vec<Word> {
    let mut lines: Vec<[u32; 4]> = Vec::new();
    let mut found = Vec::new();
    for row in table.lines() {
        let columns: Vec<&str> = row.splitn(12, '\t').collect();
        let Ok([level, page, block, paragraph, line, _, left, top, width, height, _, text]) = <[&str; 12]>::try_from(columns) else {
            continue;
        };
        let number = |text: &str| text.parse::<u32>().ok();
        let place = [page, block, paragraph, line].map(|part| number(part).unwrap_or_default());
        let sizes = [left, top, width, height].map(number);
        let (WORD, [Some(left), Some(top), Some(width), Some(height)], false) = (level, sizes, text.trim().is_empty()) else { continue };
        let area = Area { left, top, width, height };
        if lines.last() != Some(&place) {
            lines.push(place);
        }
        found.push(Word { line: u32::try_from(lines.len()).unwrap_or(u32::MAX), text: text.trim().to_owned(), area });
    }
    found
}

#[cfg(test)]
mod tests {
    use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _, path::PathBuf, time::Duration};

    use habeas_core::law::document::Area;

    use super::{Reader, words};
    use crate::upload::picture;

    const TABLE: &str = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext
1\t1\t0\t0\t0\t0\t0\t0\t1000\t700\t-1\t
5\t1\t1\t1\t1\t1\t43\t30\t118\t22\t96.1\tUTOPIA
5\t1\t1\t1\t1\t2\t201\t30\t164\t22\t96.1\t PASSPORT
5\t1\t2\t1\t1\t1\t342\t113\t68\t18\t90\tName
5\t1\t2\t1\t2\t1\t342\t-3\t68\t18\t90\tnowhere
5\t1\t2\t1\t3\t1\t342\t13\t68\t18\t90\t
5\t1";

    #[test]
    fn a_table_is_read_line_by_line_and_what_is_odd_is_left_out() {
        let read = words(TABLE);
        assert_eq!(
            read.iter().map(|word| (word.line, word.text.as_str())).collect::<Vec<_>>(),
            [(1, "UTOPIA"), (1, "PASSPORT"), (2, "Name")]
        );
        assert_eq!(read[0].area, Area { left: 43, top: 30, width: 118, height: 22 });
        assert_eq!(words("\t\t\t\n\u{0}"), []);
    }

    fn program(script: &str) -> (tempfile::TempDir, Reader) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("reader");
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o700).open(&path).unwrap();
        write!(file, "#!/bin/sh\n{script}\n").unwrap();
        drop(file);
        (folder, Reader::new(path))
    }

    fn page() -> picture::Gray {
        let page = include_bytes!("../../tests/it/faces/document/utopia.png");
        picture::open(picture::kind(page).unwrap(), page).unwrap().gray()
    }

    #[tokio::test]
    async fn a_reader_gets_a_bitmap_and_nothing_of_ours() {
        let word = |text: &str| format!("5\\t1\\t1\\t1\\t1\\t1\\t1\\t1\\t1\\t1\\t90\\t{text}\\n");
        let (_folder, reader) = program(&format!(
            "head=$(/usr/bin/head -c 2); /bin/cat >/dev/null; printf '{}{}' \"$head\" \"$(/usr/bin/env | /usr/bin/grep -cv '^_=\\|^PWD=\\|^SHLVL=\\|^OLDPWD=\\|^PATH=')\"",
            word("%s"),
            word("%s")
        ));
        let read = reader.read(&page()).await;
        assert_eq!(
            read.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(),
            ["P5", "1"],
            "one variable, and it is the limit of threads"
        );
        for broken in ["exit 1", "exec /nowhere", "/bin/kill -9 $$"] {
            let (_folder, reader) = program(broken);
            assert_eq!(reader.read(&page()).await, [], "{broken}");
        }
        assert_eq!(Reader::new(PathBuf::from("/nowhere")).read(&page()).await, []);
    }

    #[tokio::test]
    async fn a_reader_that_takes_too_long_is_ended() {
        let folder = tempfile::tempdir().unwrap();
        let pid = folder.path().join("pid");
        let (_folder, reader) = program(&format!("echo $$ > {}; exec /bin/sleep 600", pid.display()));
        assert_eq!(Reader { patience: Duration::from_secs(2), ..reader }.read(&page()).await, []);
        let pid = std::fs::read_to_string(pid).unwrap();
        assert!(!std::path::Path::new("/proc").join(pid.trim()).exists(), "it is gone");
    }
}
