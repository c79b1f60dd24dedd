//! One program for each target; which one, its name says.
#![no_main]

use libfuzzer_sys::fuzz_target;

const NAME: &str = env!("CARGO_BIN_NAME");

fuzz_target!(
    init: habeas_fuzz::begin(NAME),
    |bytes: &[u8]| habeas_fuzz::run(NAME, bytes)
);
