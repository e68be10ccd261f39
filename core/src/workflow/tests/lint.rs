//! The linter: shipped files are clean, every seeded fault is found, and what is clean holds in the engine.

mod around;
mod lawful;
mod pages;
mod seeded;
mod sound;

use std::sync::LazyLock;

use super::fixture::catalogue;
use crate::workflow::{Catalogue, Diagnostic, load};

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(catalogue);

/// What the linter has to say about a text.
fn problems(text: &str) -> Vec<Diagnostic> {
    problems_of("w.yaml", text)
}

fn problems_of(file: &str, text: &str) -> Vec<Diagnostic> {
    load(file, text, &CATALOGUE).err().unwrap_or_default()
}
