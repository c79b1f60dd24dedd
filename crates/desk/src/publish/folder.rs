//! A publication in a folder. Only a folder that is empty, or that has a publication and nothing in
//! its place that is not ours, is written to.

use super::Made;
use crate::{Error, ask::board::replace};
use habeas_model::{Digest, memory::Published};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The file by which a folder is known to be ours: what stands in it, by path and SHA-256 (of two,
/// where a writing was cut off: as it was and as it was to be).
const MARK: &str = "publication.json";

#[derive(Default, Serialize, Deserialize)]
struct Mark {
    what: String,
    files: BTreeMap<String, Vec<Digest>>,
}

const WHAT: &str = "habeas publication 1";

/// What may be written over: each path with the bytes that it may have now. What somebody else put
/// or changed there stays, and is a refusal.
pub fn ours(made: &Made, folder: &Path) -> Result<BTreeMap<String, Vec<Digest>>, Error> {
    let before = mark(folder)?;
    let mut both = before.files;
    for (name, digests) in digests(made) {
        both.entry(name).or_default().extend(digests);
    }
    for (name, digests) in &both {
        let path = folder.join(name);
        match fs::read(&path) {
            Ok(bytes) if !digests.contains(&Digest::of(&bytes)) => {
                return Err(Error::NotOurs(path));
            }
            Err(why) if why.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::reading(&path, why));
            }
            _ => {}
        }
    }
    Ok(both)
}

fn digests(made: &Made) -> BTreeMap<String, Vec<Digest>> {
    let of = |(name, bytes): &(String, Vec<u8>)| (name.clone(), vec![Digest::of(bytes)]);
    made.files.iter().map(of).collect()
}

/// Writes the files, and names them. What an older publication left there goes.
pub fn write(made: &Made, folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let (both, files) = (ours(made, folder)?, digests(made));
    let gone = both.keys().filter(|name| !files.contains_key(*name));
    let gone: Vec<PathBuf> = gone.map(|name| folder.join(name)).collect();
    // The mark comes first and last: a writing that was cut off is known to be ours, too.
    keep(folder, both)?;
    for path in gone.into_iter().filter(|path| path.is_file()) {
        fs::remove_file(&path).map_err(|why| Error::writing(&path, why))?;
    }
    let mut written = Vec::new();
    for (name, bytes) in &made.files {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(|why| Error::writing(parent, why))?;
        replace(&path, bytes)?;
        written.push(path);
    }
    keep(folder, files)?;
    Ok(written)
}

fn keep(folder: &Path, files: BTreeMap<String, Vec<Digest>>) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(|why| Error::writing(folder, why))?;
    let mark = Mark { what: WHAT.to_owned(), files };
    let said = serde_json::to_string_pretty(&mark).expect("a mark has a JSON form");
    replace(&folder.join(MARK), format!("{said}\n").as_bytes())
}

/// What an older publication left in the folder; a folder with anything else and no mark is not
/// ours.
fn mark(folder: &Path) -> Result<Mark, Error> {
    let path = folder.join(MARK);
    match fs::read(&path) {
        Ok(said) => {
            let mark = serde_json::from_slice(&said).ok();
            let ours = |mark: &Mark| mark.what == WHAT && mark.files.keys().all(|n| is_inside(n));
            mark.filter(ours).ok_or(Error::NotOurs(path))
        }
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => {
            let empty = match fs::read_dir(folder) {
                Ok(mut there) => there.next().is_none(),
                Err(why) => why.kind() == std::io::ErrorKind::NotFound,
            };
            let not_ours = || Error::NotOurs(folder.to_owned());
            empty.then(Mark::default).ok_or_else(not_ours)
        }
        Err(why) => Err(Error::reading(&path, why)),
    }
}

/// Whether a path stays in its folder.
fn is_inside(name: &str) -> bool {
    let plain = |part| matches!(part, std::path::Component::Normal(_));
    !name.contains('\\') && Path::new(name).components().all(plain)
}

/// The bytes of a file of a publication in this folder; none where it has no such file. What is not
/// as it was published is a failure.
pub fn read(folder: &Path, of: &Published, name: &str) -> Result<Option<Vec<u8>>, Error> {
    let Some(file) = of.files.iter().find(|file| file.name == name && is_inside(name)) else {
        return Ok(None);
    };
    let path = folder.join(name);
    let bytes = fs::read(&path).map_err(|why| Error::reading(&path, why))?;
    match Digest::of(&bytes) == file.digest {
        true => Ok(Some(bytes)),
        false => Err(Error::NotOurs(path)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::Pdf;

    fn made(files: &[(&str, &str)]) -> Made {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
        Made { files: files.collect(), pdf: Pdf::NoBrowser, feed: String::new() }
    }

    #[test]
    fn only_what_is_ours_is_written_over() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("out");
        let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        write(&made(&[("index.html", "one"), ("en/a.html", "a")]), &folder).unwrap();
        write(&made(&[("index.html", "two")]), &folder).unwrap();
        assert_eq!(text("index.html"), "two");
        assert!(!folder.join("en/a.html").exists());
        // Somebody's own file beside ours stays, and in the place of ours it stops us.
        fs::write(folder.join("CNAME"), "x").unwrap();
        write(&made(&[("index.html", "three"), ("b.html", "b")]), &folder).unwrap();
        assert_eq!(text("CNAME"), "x");
        fs::write(folder.join("b.html"), "theirs").unwrap();
        let refused = write(&made(&[("index.html", "four"), ("b.html", "c")]), &folder);
        assert!(matches!(refused, Err(Error::NotOurs(path)) if path.ends_with("b.html")));
        assert_eq!((text("index.html"), text("b.html")), ("three".into(), "theirs".into()));
        let other = root.path().join("other");
        fs::create_dir(&other).unwrap();
        fs::write(other.join("thesis.txt"), "x").unwrap();
        assert!(matches!(write(&made(&[("a", "b")]), &other), Err(Error::NotOurs(_))));
        fs::write(other.join(MARK), "{\"what\":\"habeas publication 1\",\"files\":{\"../x\":\"")
            .unwrap();
        assert!(matches!(write(&made(&[("a", "b")]), &other), Err(Error::NotOurs(_))));
    }
}
