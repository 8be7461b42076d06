//! Any bytes as a document; the seeds are JSON.
#![no_main]

mod sound;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    sound::check(bytes, |document| frisk_ingest::read(document, None));
});
