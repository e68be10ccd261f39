//! Connectors against real databases: files in temporary folders, and the servers of the test run.

mod capable;
mod changing;
mod erasing;
mod fields;
mod finding;
mod foreign_keys;
mod hostile;
pub(super) mod house;
mod leave;
mod masking;
mod neighbours;
mod nested;
mod odd;
mod paging;
mod people;
mod residue;
mod residue_server;
mod reused;
mod scanning;
mod server;
mod trouble;
