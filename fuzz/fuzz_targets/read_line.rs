//! Any bytes as a line of NDJSON.
#![no_main]

mod sound;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    sound::check(bytes, frisk_ingest::read_line);
});
