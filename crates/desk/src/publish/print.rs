//! A page as PDF, or a drawing as PNG, made by the Chromium that is installed; without one there is
//! neither.
//!
//! The page is one file that asks nothing of anybody, the browser gets a profile of its own in a
//! folder that is removed, and no host has an address for it (invariant 14). What the browser
//! writes of itself and of the hour is written over, so that the same page gives the same bytes.

use crate::Error;
use jiff::Timestamp;
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Commands that a Chromium is known by.
const BROWSERS: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
/// So long may it take.
const WALL: Duration = Duration::from_secs(120);

/// The page printed; none where no browser is installed.
pub fn pdf(page: &str, at: Timestamp) -> Result<Option<Vec<u8>>, Error> {
    let to = |to: &Path| vec![format!("--print-to-pdf={}", to.display())];
    let printed = printed(["page.html", "page.pdf"], page, to)?;
    Ok(printed.map(|mut bytes| {
        settled(&mut bytes, at);
        bytes
    }))
}

/// A drawing of so many pixels as PNG, twice as fine; none where no browser is installed.
pub fn png(svg: &str, [width, height]: [u32; 2]) -> Result<Option<Vec<u8>>, Error> {
    printed(["page.svg", "page.png"], svg, |to| {
        vec![
            format!("--screenshot={}", to.display()),
            format!("--window-size={width},{height}"),
            "--force-device-scale-factor=2".to_owned(),
            "--hide-scrollbars".to_owned(),
        ]
    })
}

/// What the browser makes of a page, by the arguments that tell it where to write; it goes by how
/// the names of the two files end.
fn printed(
    [from, to]: [&str; 2],
    page: &str,
    arguments: impl FnOnce(&Path) -> Vec<String>,
) -> Result<Option<Vec<u8>>, Error> {
    let Some(browser) = browser() else { return Ok(None) };
    let place = Place::new()?;
    let (from, to) = (place.0.join(from), place.0.join(to));
    fs::write(&from, page).map_err(|why| Error::writing(&from, why))?;
    let failed = |why: String| Error::Printing { browser: browser.clone(), why };
    let mut command = Command::new(&browser);
    command.args(["--headless", "--disable-gpu", "--no-pdf-header-footer", "--no-first-run"]);
    command.args(["--disable-background-networking", "--disable-component-update"]);
    command.args(["--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND"]);
    // Chromium starts as root only without its sandbox; the page is our own and has no script.
    #[cfg(unix)]
    if rustix::process::geteuid().is_root() {
        command.arg("--no-sandbox");
    }
    command.arg(format!("--user-data-dir={}", place.0.join("profile").display()));
    command.args(arguments(&to));
    command.arg(format!("file://{}", from.display()));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|why| failed(why.to_string()))?;
    let end = Instant::now() + WALL;
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => break,
            Ok(Some(status)) => return Err(failed(format!("it gave up ({status})"))),
            Ok(None) if Instant::now() < end => thread::sleep(Duration::from_millis(20)),
            _ => {
                // It is ours, and is waited for, so that nothing of it is left.
                let _ = child.kill();
                let _ = child.wait();
                return Err(failed(format!("it took more than {} seconds", WALL.as_secs())));
            }
        }
    }
    fs::read(&to).map(Some).map_err(|why| Error::reading(&to, why))
}

/// The browser: the one that `HABEAS_CHROMIUM` names (an empty name: none), else the first on the
/// path.
fn browser() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("HABEAS_CHROMIUM") {
        return Some(PathBuf::from(named)).filter(|path| path.is_file());
    }
    let paths = std::env::var_os("PATH")?;
    let all: Vec<PathBuf> = std::env::split_paths(&paths).collect();
    let found = BROWSERS.iter().flat_map(|name| all.iter().map(move |path| path.join(name)));
    found.into_iter().find(|path| path.is_file())
}

/// A folder of ours beside others' temporary files, removed when it is done with.
struct Place(PathBuf);

impl Place {
    fn new() -> Result<Place, Error> {
        let all = std::env::temp_dir();
        for nth in 0..1_000_u32 {
            let path = all.join(format!("habeas-print-{}-{nth}", std::process::id()));
            if Place::make(&path).is_ok() {
                return Ok(Place(path));
            }
        }
        let why = std::io::Error::other("no name for a folder is free");
        Err(Error::writing(&all, why))
    }

    /// Makes it for us alone; one that is there is somebody else's.
    fn make(path: &Path) -> std::io::Result<()> {
        let mut maker = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut maker, 0o700);
        maker.create(path)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0); // A folder in the way of nobody.
    }
}

/// Writes over what tells the hour and the machine, byte for byte, so that every offset stays true.
fn settled(bytes: &mut [u8], at: Timestamp) {
    let at = at.strftime("D:%Y%m%d%H%M%S+00'00'").to_string();
    for (key, said) in [("/CreationDate (", &*at), ("/ModDate (", &*at), ("/Creator (", "Habeas")] {
        let Some(start) = find(bytes, key.as_bytes()).map(|found| found + key.len()) else {
            continue;
        };
        let Some(length) = closing(&bytes[start..]) else { continue };
        let words = said.bytes().chain(std::iter::repeat(b' '));
        bytes[start..start + length].iter_mut().zip(words).for_each(|(byte, new)| *byte = new);
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// Where a string of a PDF ends: at the bracket that no backslash stands before.
fn closing(bytes: &[u8]) -> Option<usize> {
    let mut escaped = false;
    bytes.iter().position(|byte| {
        let ends = *byte == b')' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hour_and_machine_are_written_over() {
        let at: Timestamp = "2026-02-14T12:00:00Z".parse().unwrap();
        let said = b"<</Creator (Mozilla \\(X11\\) x)/CreationDate (D:20990101000000+00'00')>>";
        let mut bytes = said.to_vec();
        settled(&mut bytes, at);
        let told = String::from_utf8(bytes).unwrap();
        assert_eq!(told.len(), said.len());
        assert!(told.starts_with("<</Creator (Habeas           )"), "{told}");
        assert!(told.ends_with("/CreationDate (D:20260214120000+00'00')>>"), "{told}");
    }
}
