//! The tree as files that anybody may fetch and cache (C2SP `tlog-tiles`): hashes, never an entry.

use super::Log;
use crate::Error;
use std::{fs, path::Path};
use tlog_tiles::tile::Tile;

/// Height of a tile: 256 hashes (C2SP `tlog-tiles`).
const HEIGHT: u8 = 8;

/// Writes `checkpoint` and `tile/LEVEL/INDEX` under a folder; tells how many tiles. Entry bundles,
/// which that layout has as well, are never written.
pub fn export(log: &Log, folder: &Path) -> Result<usize, Error> {
    let note = log.last().ok_or(Error::NoCheckpoint)??;
    let tiles = Tile::new_tiles(HEIGHT, 0, note.size());
    let write = |path: &Path, bytes: &[u8]| {
        let shelf = path.parent().unwrap_or(folder);
        fs::create_dir_all(shelf)
            .and_then(|()| fs::write(path, bytes))
            .map_err(|why| Error::disk("write", path, why))
    };
    for tile in &tiles {
        let bytes = tile.read_data(log.tree()).map_err(|_| Error::Note)?;
        // That path bears the height as well, which is always 8 here.
        let path = tile.path().replacen("tile/8/", "tile/", 1);
        write(&folder.join(path), &bytes)?;
    }
    write(&folder.join("checkpoint"), note.to_string().as_bytes())?; // Last: what it signs is there.
    Ok(tiles.len())
}
