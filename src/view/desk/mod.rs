//! Pages for staff: dense, ordered by the legal deadline, no names in lists.

pub mod access;
pub mod by_hand;
pub mod case;
pub mod change;
pub mod document;
pub mod erasures;
pub mod eyes;
pub mod hold;
pub mod hold_import;
pub mod incident;
pub mod intake;
pub mod invitation;
pub mod load;
pub mod masked;
pub mod moving;
pub mod notice;
pub mod people;
pub mod person;
pub mod plan;
pub mod queue;
pub mod rules;
pub mod sign_in;
pub mod step;
pub mod system;
pub mod task;
pub mod workflow;
