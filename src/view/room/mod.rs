//! Pages for the supervisory authority: to verify, not to trust. No names, only references and pseudonyms.

pub mod case;
pub mod cases;
mod load;
