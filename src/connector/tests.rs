//! Connectors against real `SQLite` files in temporary folders.

mod changing;
mod erasing;
mod finding;
mod foreign_keys;
mod house;
mod neighbours;
mod people;
mod residue;
mod reused;
mod trouble;
