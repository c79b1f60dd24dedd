//! Gzip: one file, packed, often in many members.

use super::Part;
use crate::{Error, open::Opening};
use flate2::bufread::MultiGzDecoder;
use std::io::Read as _;

/// The first bytes of what is inside.
pub fn head(bytes: &[u8]) -> Vec<u8> {
    let mut head = Vec::new();
    // What cannot be unpacked is told of when it is opened.
    let _ = MultiGzDecoder::new(bytes).take(8).read_to_end(&mut head);
    head
}

/// Opens the file inside; its name is that of the container without `.gz`.
pub fn open(opening: &mut Opening<'_>, part: &Part<'_>, depth: u32) -> Result<(), Error> {
    let name = part.name.strip_suffix(".gz").unwrap_or(&part.name).to_owned();
    let mut unpacked = Vec::new();
    let packed = part.bytes.len() as u64;
    let stream = MultiGzDecoder::new(part.bytes.as_ref());
    unpack(stream, packed, opening, part, &mut unpacked)?;
    let inner = part.inside("gunzip", &name, unpacked.into());
    opening.inner(&inner, depth)
}

/// Unpacks a stream within the limits on all that is unpacked, on one part, and on the ratio.
pub fn unpack(
    stream: impl std::io::Read,
    packed: u64,
    opening: &mut Opening<'_>,
    part: &Part<'_>,
    unpacked: &mut Vec<u8>,
) -> Result<(), Error> {
    let limits = &opening.asked.limits;
    let most = opening.left.min(limits.part);
    // A page of one letter packs well without being a bomb: the first MiB is free.
    let ratio = packed.saturating_mul(limits.ratio).max(1 << 20);
    let place = opening.place(part);
    let got = stream.take(most.min(ratio) + 1).read_to_end(unpacked);
    if unpacked.len() as u64 > most.min(ratio) {
        let (name, limit) = (opening.asked.name.clone(), most.min(ratio));
        return Err(Error::Bomb { name, part: part.path.clone(), limit });
    }
    opening.left -= unpacked.len() as u64;
    got.map(|_| ()).map_err(|e| Error::Broken { name: place, format: "gzip", why: e.to_string() })
}

/// What is inside, for following an address.
pub fn part(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut unpacked = Vec::new();
    MultiGzDecoder::new(bytes).read_to_end(&mut unpacked).ok()?;
    Some(unpacked)
}
