//! The trees of the shipped definitions with a few cuts in each: most of them reach the compiler, many the proofs.
#![no_main]

use habeas_fuzz::{TREES, cut, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, Vec<(u16, u8, u16)>)| {
    let (which, edits) = input;
    let mut tree = TREES[usize::from(which) % TREES.len()].clone();
    cut(&mut tree, edits.get(..6).unwrap_or(&edits));
    read(&tree.to_string());
});
