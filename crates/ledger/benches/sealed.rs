//! Replay of a million claims into the present, sealed and not: `cargo bench -p habeas-ledger
//! --bench sealed`.
#![allow(clippy::unwrap_used, reason = "a bench says with a panic that it failed")]

use habeas_ledger::{
    KnownBy, Ledger,
    seal::{Cost, Credential},
};
use habeas_model::{Claim, ClaimId, Entry, Read};
use std::path::Path;

/// As in the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CLAIMS: u64 = 1_000_000;

fn main() {
    for how in ["plain", "sealed"] {
        let folder = tempfile::tempdir().unwrap();
        let ledger = filled(folder.path(), how == "sealed");
        let _ = std::fs::write("/proc/self/clear_refs", "5"); // The peak is counted anew (proc(5)).
        for _ in 0..3 {
            let (wall, cpu) = (std::time::Instant::now(), cpu());
            let present = ledger.present(KnownBy::Now).unwrap();
            assert_eq!(present.claims.len() as u64, CLAIMS);
            let (wall, cpu) = (wall.elapsed().as_secs_f64(), self::cpu() - cpu);
            println!("replay of {CLAIMS} claims, {how}: {wall:.2} s wall, {cpu:.2} s of processor");
        }
        // VmHWM: the most memory that this process had since.
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        status.lines().filter(|line| line.starts_with("VmHWM")).for_each(|line| println!("{line}"));
    }
}

/// Processor seconds of this process, user and system, in hundredths (proc(5)).
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// A claim as the ledger of format 1 has it: a real one, of an invented country.
fn pattern() -> Claim {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/ledgers/v1");
    let copy = tempfile::tempdir().unwrap();
    std::fs::copy(kept.join("ledger.sqlite"), copy.path().join("ledger.sqlite")).unwrap();
    let present = Ledger::open(copy.path()).unwrap().present(KnownBy::Now).unwrap();
    present.claims.into_iter().next().unwrap().it
}

fn filled(folder: &Path, sealed: bool) -> Ledger {
    let key = Credential::KeyFile(habeas_ledger::seal::cipher::fresh());
    let ledger = match sealed {
        true => Ledger::create_sealed(folder, "bench", &key, Cost::LEAST).unwrap(),
        false => Ledger::create(folder).unwrap(),
    };
    let (pattern, mut writer) = (pattern(), ledger.writer().unwrap());
    for first in (0..CLAIMS).step_by(50_000) {
        let claim = |nth: u64| {
            let id = ClaimId::from_bits(nth.wrapping_mul(0x9E37_79B9_7F4A_7C15));
            Entry::Claim(Box::new(Claim { id, ..pattern.clone() }))
        };
        let batch: Vec<Entry> = (first..first + 50_000).map(claim).collect();
        let _ = writer.append("habeas/bench", 1, &batch).unwrap();
    }
    let read = Read {
        blob: pattern.span.blob,
        reader: "habeas/bench".to_owned(),
        settings: pattern.span.blob,
        claims: CLAIMS as u32,
        mentions: 0,
        problems: Vec::new(),
        second: None,
        captured: Vec::new(),
    };
    let _ = writer.append("habeas/bench", 1, &[Entry::Read(read)]).unwrap();
    ledger
}
