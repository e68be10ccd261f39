//! What is guessed, measured: names with labels that we gave before looking, and whole databases.

mod maps;
mod names;
mod values;
