//! Pages of `habeas demo`: where to begin, the mail that was caught, the clock. Their addresses carry no language.

pub mod clock;
pub mod landing;
pub mod mail;
