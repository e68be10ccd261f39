//! The words of the language as schemas: names, periods, marks, texts. Each refuses what the reader refuses.
#![expect(dead_code, reason = "only the shape of these types is used")]

use schemars::JsonSchema;

use crate::source::reader::BOOLEAN_WORDS;

const NAME: &str = "[a-z][a-z0-9-]*";
const DOTTED: &str = r"[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)*";
const PERIOD: &str = "P(?:[0-9]{1,4}[YMWD]|T[0-9]{1,4}[HM])";

/// No word that some YAML readers take for a boolean.
fn no_boolean() -> String {
    format!("(?!(?:{})(?![a-z0-9.-]))", BOOLEAN_WORDS.join("|"))
}

/// A name that is no boolean to anybody.
pub(super) fn name() -> String {
    format!("^{}{NAME}$", no_boolean())
}

fn dotted() -> String {
    format!("^{}{DOTTED}$", no_boolean())
}

fn period() -> String {
    format!("^{PERIOD}$")
}

fn mark() -> String {
    format!("^(?:goal|due)(?: - {PERIOD})?$")
}

/// `item in list`, the list one of `lists`.
pub(super) fn loop_over(lists: &str) -> String {
    format!("^{}{NAME} in {}(?:{lists})$", no_boolean(), no_boolean())
}

macro_rules! words {
    ($($(#[$doc:meta])+ $name:ident: $pattern:expr;)+) => {$(
        $(#[$doc])+
        #[derive(JsonSchema)]
        #[schemars(extend("pattern" = $pattern))]
        pub(super) struct $name(String);
    )+};
}

words! {
    /// A name: lower-case letters, digits and hyphens, a letter first.
    Name: name();
    /// An action of the house, such as `letter.send`.
    Action: dotted();
    /// A decision of the house, made by rules.
    Decision: name();
    /// A form that somebody fills in.
    Form: name();
    /// A letter to the person.
    Letter: name();
    /// Somebody who works here, by role, or `subject`: the person whose case it is.
    Role: name();
    /// A fact that something before has proven, such as `identity.verified`.
    Fact: dotted();
    /// A list of the case, such as `case.systems`.
    List: dotted();
    /// What one item is called, and the list: `system in case.systems`.
    Loop: loop_over(DOTTED);
    /// One number and one unit: `P14D` is 14 days, `P1M` a month, `P5Y` five years, `PT72H` 72 hours, `PT5M` five minutes.
    Period: period();
    /// A mark of the clock: `goal`, `due`, or a period before one of them: `due - P7D`.
    Mark: mark();
}

/// Any text.
#[derive(JsonSchema)]
#[schemars(extend("type" = ["string", "number"]))]
pub(super) struct Text(String);

/// A whole number of at least 1.
#[derive(JsonSchema)]
#[schemars(extend("minimum" = 1, "maximum" = u32::MAX))]
pub(super) struct Count(u32);
