//! Any text at all, to everything that reads a text of an organisation.
#![no_main]

use habeas_core::{law, table, workflow::scenario};
use habeas_fuzz::{read, told};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    read(text);
    if let Err(problems) = table::parse("fuzz.yaml", text) {
        told(text, &problems);
    }
    if let Err(problems) = scenario::read("fuzz.yaml", text) {
        told(text, &problems);
    }
    if let Err(wrong) = table::Guard::parse(text) {
        assert!(wrong.at <= text.chars().count() && !wrong.message.is_empty());
    }
    if let Err(problems) = law::fideslang::parse("fuzz.yaml", text) {
        assert!(
            !problems.is_empty() && problems.iter().all(|problem| problem.line >= 1 && problem.column >= 1 && !problem.message.is_empty())
        );
    }
});
