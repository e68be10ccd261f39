//! What people see: pages, letters, texts, the stylesheet. Knows `law`'s words, never a row, a request or a clock.

pub mod assets;
pub mod frame;
mod functions;
pub mod letter;
pub mod mail;
pub mod pages;
pub mod qr;
pub mod said;
pub mod texts;
pub mod theme;
pub mod words;
