//! Sealing, hashing, signing and logging. Keys and randomness come in as arguments; never heard of cases, files or people.

pub mod blind;
pub mod checkpoint;
pub mod hash;
pub mod leaf;
pub mod proof;
pub mod seal;
pub mod sign;
pub mod tree;
