//! Named places where a test lets the process die, as by `kill -9`, or lets the code there panic. A release knows none of them.
//!
//! `HABEAS_CRASH_AT=after-claim:system.erase,before-commit:FireTimer` dies at the first of these that is reached and names it;
//! `panic-in-transition:HB-7F3K-2QXM` panics every time it comes there.

/// Dies or panics here if the environment says so.
#[cfg(debug_assertions)]
#[allow(clippy::print_stderr, reason = "the last words of a process that a test kills, and the fault it plants")]
pub fn point(place: &str, what: &str) {
    use std::sync::LazyLock;
    static WANTED: LazyLock<Vec<String>> = LazyLock::new(crate::config::crash_points);
    if WANTED.is_empty() {
        return;
    }
    let here = format!("{place}:{what}");
    if WANTED.contains(&here) {
        assert!(!place.starts_with("panic-"), "a test lets this place panic");
        eprintln!("died at {here}");
        std::process::abort();
    }
}

/// Costs nothing.
#[cfg(not(debug_assertions))]
#[inline(always)]
pub const fn point(_place: &str, _what: &str) {}
