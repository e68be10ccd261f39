//! What the catalogue promises of a letter stands in it, in every language: a definition is proven on that promise.

use habeas_core::law::lang::Lang;

use super::{WHILE_KEPT, has_parts};

use crate::{
    action::catalogue::catalogue,
    render::{letter::LetterKind, mail::Mail, pages::Renderer},
    view::{gallery::organisation, letters::facts},
};

fn renderer() -> Renderer {
    Renderer::new(None, &jiff::tz::TimeZone::get("Europe/Oslo").unwrap()).unwrap()
}

fn written(renderer: &Renderer, kind: LetterKind, lang: Lang, facts: &serde_json::Value) -> Mail {
    renderer.letter(kind, lang, &organisation(), facts).unwrap()
}

#[test]
fn letters_have_every_part_that_the_catalogue_declares() {
    let (renderer, letters) = (renderer(), catalogue().letters);
    assert!(letters.len() >= 19);
    for (name, declared) in &letters {
        let kind = match name.as_str() {
            "receipt" => LetterKind::Received,
            "extension" => LetterKind::Longer,
            "access-ready" | "access-partly" => LetterKind::Ready,
            "refusal" => LetterKind::Refused,
            other => LetterKind::from_name(other).unwrap_or_else(|| panic!("nobody wrote `{other}`")),
        };
        let mut facts = facts(kind);
        if kind == LetterKind::Ready {
            facts["withheld"] = (name == "access-partly").into();
        }
        for lang in Lang::ALL {
            let mail = written(&renderer, kind, lang, &facts);
            let lacking: Vec<_> = declared.sections.iter().filter(|section| !mail.sections.contains(section)).collect();
            assert!(lacking.is_empty(), "`{name}` in {} lacks {lacking:?}:\n{}", lang.code(), mail.text);
        }
    }
}

#[test]
fn a_letter_says_every_part_that_it_lacks() {
    let mut mail = written(&renderer(), LetterKind::Refused, Lang::Nb, &facts(LetterKind::Refused));
    mail.sections.retain(|section| section != "complaint" && section != "ground");
    let owed = catalogue().letters["refusal"].sections.clone();
    let refused = has_parts("refusal", &mail, owed.iter().map(String::as_str)).unwrap_err();
    assert!(refused.to_string().ends_with("letter `refusal` lacks `complaint`, `ground`"), "{refused}");
}

/// Art. 12(4), (5), 17(3), 19: what went, what is kept and why, what is done with it meanwhile and then, who was told, the backups,
/// reasons, complaint and court, whom to ask, and that it costs nothing.
#[test]
fn a_partly_refused_erasure_is_told_in_all_its_parts() {
    let renderer = renderer();
    let some_kept = facts(LetterKind::ErasureDone);
    let mut nothing_kept = some_kept.clone();
    nothing_kept["kept"] = serde_json::json!([]);
    for lang in Lang::ALL {
        let has = |facts| has_parts("erasure-done", &written(&renderer, LetterKind::ErasureDone, lang, facts), WHILE_KEPT.into_iter());
        has(&some_kept).unwrap();
        assert!(has(&nothing_kept).is_err(), "nothing is kept, so nothing is said of what is done with it");
    }
}

/// Nothing kept, nothing refused, nobody told, nothing left out: a part that has little to say still says so.
#[test]
fn letters_have_every_part_also_where_there_is_little_to_say() {
    let (renderer, letters) = (renderer(), catalogue().letters);
    let lists = ["deleted", "kept", "told", "refused", "corrected", "left_out"];
    for (kind, declared) in LetterKind::ALL.into_iter().filter_map(|kind| Some((kind, letters.get(kind.name())?))) {
        let mut facts = facts(kind);
        for list in lists {
            if facts.get(list).is_some() {
                facts[list] = serde_json::json!([]);
            }
        }
        let mail = written(&renderer, kind, Lang::Nb, &facts);
        let lacking: Vec<_> = declared.sections.iter().filter(|section| !mail.sections.contains(section)).collect();
        assert!(lacking.is_empty(), "{kind:?} lacks {lacking:?}:\n{}", mail.text);
    }
}
