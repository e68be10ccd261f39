//! What people do to a house who mean no good: one story each, under its number in `docs/security/abuse.md`. What a connector, a package or
//! a single function must withstand stands beside it, under its number, too.

mod advisories;
mod breaker;
mod canaries;
mod enumeration;
mod flood;
mod impersonation;
mod links;
mod listed;
mod takeover;
mod told;
mod uploads;
