//! What each face shows: plain structs with ready values, each a `render::Page`. No queries behind their fields.

pub mod demo;
pub mod desk;
pub mod gallery;
pub mod gate;
pub mod health;
pub mod journal;
pub mod key;
pub(crate) mod letters;
mod lifting;
pub mod lint;
pub mod look;
pub mod notice;
pub mod portal;
pub mod ready;
pub mod register;
pub mod room;
mod sample;
pub mod shipped;
pub mod wrong;

#[cfg(test)]
mod tests;
