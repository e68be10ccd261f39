//! Pages for the person. No script, one thing per page.

pub mod access;
pub mod acting;
pub mod amend;
pub mod case;
pub mod cases;
pub mod check;
pub mod correct;
pub mod correction;
pub mod details;
pub mod document;
pub mod download;
pub mod evidence;
pub mod held;
pub mod kind;
mod load;
pub mod messages;
pub mod notice;
pub mod numbers;
pub mod outcome;
pub mod prove;
pub mod record;
pub mod request;
pub mod start;
pub mod statement;
pub mod stop;
pub mod support;
pub mod vouch;
