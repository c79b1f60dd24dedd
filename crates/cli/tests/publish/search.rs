//! Every byte of a publication, its archives unpacked and its PDFs read, and a search that finds a
//! name however it is written.

use crate::stage::Stage;
use aho_corasick::AhoCorasick;
use std::{
    fs,
    io::{Cursor, Read as _, Write as _},
    path::Path,
    process::Stdio,
};

/// All files, those inside others after `!/`, with the words that they have when folded.
pub struct Haystack(Vec<(String, Vec<u8>, String)>);

/// Lower-case ASCII words, one space between them.
pub fn fold(text: &str) -> String {
    let plain = any_ascii::any_ascii(text).to_lowercase();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The words between the marks of a page, which may stand between two words of a name.
fn without_marks(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for letter in text.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => out.push(letter),
            _ => {}
        }
        if letter == '<' {
            out.push(' ');
        }
    }
    out
}

impl Haystack {
    pub fn of(folder: &Path, stage: &Stage) -> Haystack {
        let mut all = Haystack(Vec::new());
        all.walk(folder, folder, stage);
        assert!(all.0.len() > 60, "{} files", all.0.len());
        all
    }

    fn walk(&mut self, folder: &Path, root: &Path, stage: &Stage) {
        for found in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = found.path();
            if path.is_dir() {
                self.walk(&path, root, stage);
                continue;
            }
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            self.take(name, fs::read(path).unwrap(), stage);
        }
    }

    fn take(&mut self, name: String, bytes: Vec<u8>, stage: &Stage) {
        if name.ends_with(".zip") || name.ends_with(".xlsx") {
            let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
            for nth in 0..archive.len() {
                let mut file = archive.by_index(nth).unwrap();
                let inner = format!("{name}!/{}", file.name().unwrap());
                let mut inside = Vec::new();
                file.read_to_end(&mut inside).unwrap();
                drop(file);
                self.take(inner, inside, stage);
            }
        }
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        // A PDF is read as the program itself reads one. The one in the archive is the same.
        let pdf = name.ends_with(".pdf") && !name.contains("!/");
        if pdf {
            text = read(&bytes, stage);
        }
        let mut words = format!(" {}  {} ", fold(&text), fold(&without_marks(&text)));
        if pdf {
            words.retain(|letter| letter != ' ');
        }
        self.0.push((name, bytes, words));
    }

    /// Files with this part in their path.
    pub fn named(&self, part: &str) -> Vec<(String, &[u8])> {
        let found = self.0.iter().filter(|(name, ..)| name.contains(part));
        found.map(|(name, bytes, _)| (name.clone(), bytes.as_slice())).collect()
    }

    /// The files in which one of these names stands, however it is written.
    pub fn with(&self, names: &[&str]) -> Vec<&str> {
        let raw = AhoCorasick::new(names.iter().flat_map(|name| forms(name))).unwrap();
        // As words, and run together: a PDF has letters, of which its reader makes words.
        let words = |name: &&str| [format!(" {} ", fold(name)), fold(name).replace(' ', "")];
        let folded = AhoCorasick::new(names.iter().flat_map(words)).unwrap();
        let has = |bytes: &[u8], words: &str| raw.is_match(bytes) || folded.is_match(words);
        let found = self.0.iter().filter(|(_, bytes, words)| has(bytes, words));
        found.map(|(path, ..)| path.as_str()).collect()
    }
}

/// The name as UTF-8 in three cases, as ASCII, as UTF-16 of both orders, and escaped as JSON, HTML
/// and addresses do.
fn forms(name: &str) -> Vec<Vec<u8>> {
    let plain = any_ascii::any_ascii(name);
    let mut forms: Vec<Vec<u8>> = Vec::new();
    for form in [name, &name.to_uppercase(), &name.to_lowercase(), &plain, &plain.to_uppercase()] {
        forms.push(form.as_bytes().to_vec());
        forms.push(form.encode_utf16().flat_map(u16::to_le_bytes).collect());
        forms.push(form.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    if name != plain {
        let escaped = |of: &dyn Fn(char) -> String| {
            let letter = |c: char| if c.is_ascii() { c.to_string() } else { of(c) };
            name.chars().map(letter).collect::<String>().into_bytes()
        };
        forms.push(escaped(&|c| format!("\\u{:04x}", c as u32)));
        forms.push(escaped(&|c| format!("&#{};", c as u32)));
        forms.push(escaped(&|c| format!("&#x{:x};", c as u32)));
        forms.push(escaped(&|c| {
            let mut buffer = [0; 4];
            c.encode_utf8(&mut buffer).bytes().map(|byte| format!("%{byte:02X}")).collect()
        }));
    }
    forms
}

/// The text of a PDF.
fn read(bytes: &[u8], stage: &Stage) -> String {
    let mut command = stage.command(&["--version"], &[]);
    let program = command.get_program().to_owned();
    command = std::process::Command::new(program);
    let mut child =
        command.arg("pdf-pages").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    let said = child.wait_with_output().unwrap();
    assert!(said.status.success());
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let pieces = said.split("\"text\":\"").skip(1).filter_map(|rest| rest.split('"').next());
    pieces.collect::<Vec<_>>().join(" ")
}
