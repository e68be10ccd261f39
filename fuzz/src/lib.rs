//! What both targets ask of the engine: words and a place for everything that is wrong.

use habeas_core::workflow::{
    Catalogue, Diagnostic,
    catalogue::{Action, Effect, Form, Terms, set},
    compile, parse,
};

/// Reads and compiles; stops the run at a complaint without words or place.
pub fn read(text: &str) {
    let told = match parse("fuzz.yaml", text) {
        Ok(definition) => compile(&definition, &catalogue()).err().unwrap_or_default(),
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a word");
            problems
        }
    };
    told.iter().for_each(sound);
}

/// Whether a complaint says something and names a place.
pub fn sound(problem: &Diagnostic) {
    assert!(problem.line >= 1 && problem.column >= 1 && !problem.message.is_empty(), "{problem}");
}

/// Enough of a catalogue for a definition to compile.
fn catalogue() -> Catalogue {
    Catalogue {
        actions: [
            ("letter.send".to_owned(), Action::new(Effect::External).ends(["sent"]).takes(["letter"])),
            ("system.erase".to_owned(), Action::new(Effect::Irreversible).ends(["erased", "failed"]).facts(|terms| terms.needs(["a.b"]))),
        ]
        .into(),
        decisions: [("erasure-holds".to_owned(), Terms::new(["decided"]).grants(["a.b"]))].into(),
        forms: [
            ("identity-check".to_owned(), Form::staff(["accepted", "not-enough"])),
            ("plan-approval".to_owned(), Form::staff(["approved", "sent-back"]).four_eyes()),
            ("erasure-request".to_owned(), Form::subject(["submitted"])),
        ]
        .into(),
        letters: [("receipt".to_owned(), Terms::default())].into(),
        roles: set(["case-handler", "dpo"]),
        lists: set(["case.systems"]),
        ..Catalogue::default()
    }
}
