//! Any text at all.
#![no_main]

use habeas_core::table;
use habeas_fuzz::{read, sound};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    read(text);
    table::parse("fuzz.yaml", text).err().iter().flatten().for_each(sound);
    if let Err(wrong) = table::Guard::parse(text) {
        assert!(wrong.at <= text.chars().count() && !wrong.message.is_empty());
    }
});
