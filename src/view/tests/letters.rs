//! Letters: every kind in every language, short, discreet, and complete where the law says what must be in them.

use habeas_core::law::lang::Lang;

use super::{reading::lix, renderer};
use crate::{
    render::{letter::LetterKind, mail::Mail},
    view::{
        gallery::organisation,
        letters::{URL, facts},
        sample,
    },
};

fn letter(kind: LetterKind, lang: Lang) -> Mail {
    renderer().letter(kind, lang, &organisation(), &facts(kind)).unwrap()
}

fn all() -> impl Iterator<Item = (LetterKind, Lang, Mail)> {
    let renderer = renderer();
    let kinds = LetterKind::ALL.into_iter().flat_map(|kind| Lang::ALL.map(|lang| (kind, lang)));
    kinds.map(move |(kind, lang)| (kind, lang, renderer.letter(kind, lang, &organisation(), &facts(kind)).unwrap()))
}

/// Letters whose content the law lays down; the others stay under 120 words.
fn is_legal(kind: LetterKind) -> bool {
    matches!(
        kind,
        LetterKind::ErasureDone | LetterKind::Refused | LetterKind::NothingHeld | LetterKind::RecipientNotice | LetterKind::Longer
    )
}

#[test]
fn letters_are_short_signed_and_twins() {
    for (kind, lang, mail) in all() {
        let words = mail.text.split_whitespace().count();
        assert!(is_legal(kind) || words <= 120, "{kind:?} in {}: {words} words", lang.code());
        assert!(mail.text.contains("post@visumexpress.example"), "{kind:?} says nobody to write to");
        let has_link = mail.text.contains(URL);
        assert_eq!(has_link, mail.html.contains(&format!("href=\"{URL}\"")), "{kind:?}: the twins differ\n{}", mail.html);
        assert!(mail.text.matches("https://personvern").count() <= 1, "{kind:?} has more than one link");
    }
}

/// Lock screens show subjects; a right in one can out a person.
#[test]
fn subjects_never_name_the_right() {
    for (kind, _, mail) in all().filter(|(kind, ..)| !matches!(kind, LetterKind::RestGone | LetterKind::RecipientNotice)) {
        let subject = mail.subject.to_lowercase();
        for word in ["slett", "verwijder", "delet", "eras", "innsyn", "inzage", "access"] {
            assert!(!subject.contains(word), "{kind:?}: {subject}");
        }
    }
}

/// Art. 12(4): reasons, complaint to a named authority, court; with no fee (Art. 12(5)).
#[test]
fn answers_that_keep_or_refuse_tell_reasons_complaint_and_court() {
    for lang in Lang::ALL {
        for kind in [LetterKind::ErasureDone, LetterKind::Refused] {
            let text = letter(kind, lang).text;
            let reason = sample::bookkeeping();
            let court = ["retten", "rechter", "court"][lang as usize];
            let free = ["koster deg ingenting", "kost u niets", "costs you nothing"][lang as usize];
            for needed in [reason.get(lang), "Datatilsynet", "Postboks 458 Sentrum, 0105 Oslo", court, free] {
                assert!(text.contains(needed), "{kind:?} in {} lacks `{needed}`:\n{text}", lang.code());
            }
        }
    }
}

#[test]
fn an_erasure_letter_reads_like_this() {
    let mail = letter(LetterKind::ErasureDone, Lang::Nb);
    assert_eq!(mail.subject, "Vi har svart på saken din HB-7F3K-2Q");
    insta::assert_snapshot!(mail.text, @r"
    Vi har slettet det vi kan. Noe må vi beholde litt til.

    Dette har vi slettet:
    - Bestillinger (7), Nettbutikken, 24. november 2026

    Her gjorde en medarbeider jobben for hånd, og bekreftet det:
    - Kundeservice

    Sikkerhetskopiene våre er også tomme for det senest 24. desember 2026.

    Dette må vi beholde litt til:
    - Fakturaer. Loven sier at fakturaer skal tas vare på i fem år etter at regnskapsåret er slutt. Vi beholder det til og med 31. desember 2031. (bokføringsloven § 13, Art. 17(3)(b))
    - Pass og bilde. Loven sier at fakturaer skal tas vare på i fem år etter at regnskapsåret er slutt. Vi ser på det igjen 20. mai 2027. (Art. 17(3)(e))

    Vi bruker det bare til det loven krever, og til ikke noe annet.

    Når tiden er ute, sletter vi det av oss selv. Da får du en e-post.

    Vi beholder e-postadressen din, låst og gjort om til en kode, og dagen da reklamen stoppet: 20. november 2026. Vi bruker det bare til å la deg være i fred. Uten dette kunne noen skrive til deg igjen. Det slettes når du sier at du vil ha reklame igjen. (Art. 21(3), Art. 17(3)(b))

    Disse har vi sagt fra til:
    - Microsoft 365 (Outlook): Fikk beskjed på e-post 24. november 2026. Har ikke svart ennå.
    - Ice: Fikk beskjed av en av oss 25. november 2026.
    - Webhuset AS: Har gjort det samme. Det sa Siri Moe 27. november 2026.
    - Kenyas ambassade i Stockholm: Svarte 27. november 2026 at de ikke gjør det samme: Vår egen lov sier at vi må ta vare på søknaden.
    - Google Ads: Fikk beskjed 24. november 2026, og kan ikke gjøre det samme. De kan ikke lenger se hvem opplysningene gjelder. Vi har bare koder.
    - Samarbeidspartnerne våre: Det var ikke mulig å gi beskjed. Ingen har skrevet ned hvem det var. Bare kundenummeret ble vist frem.

    Hele svaret står her:

    https://personvern.visumexpress.example/l/9f3c41aa77d0e5b1

    Er du uenig? Be oss se på det igjen: skriv til post@visumexpress.example og oppgi HB-7F3K-2Q.

    Du kan klage til Datatilsynet. Du trenger ikke spørre oss først.
    Datatilsynet, Postboks 458 Sentrum, 0105 Oslo, 22 39 69 00, https://www.datatilsynet.no
    Du kan også ta saken til retten.

    Dette koster deg ingenting.

    Hilsen Visumexpress AS
    Du kan svare på denne e-posten, skrive til post@visumexpress.example eller ringe 98 47 88 87.
    ");
}

/// What surrounds the words is none: addresses, what the organisation is called, and the letters' links.
fn words_of(mail: &Mail) -> String {
    let said = |line: &&str| !line.contains('@') && !line.contains("://") && !line.contains("Postboks");
    let lines: Vec<&str> = mail.text.lines().filter(said).map(|line| line.trim_start_matches("- ").trim_end_matches(['.', ':'])).collect();
    format!("{}.", lines.join(".\n"))
}

#[test]
fn letters_are_easy_to_read() {
    for lang in [Lang::Nb, Lang::Nl] {
        let mut scores: Vec<(u32, LetterKind)> =
            all().filter(|(_, of, _)| *of == lang).map(|(kind, _, mail)| (lix(&words_of(&mail)), kind)).collect();
        scores.sort_by_key(|(score, _)| *score);
        let (median, worst) = (scores[scores.len() / 2].0, scores.last().unwrap());
        println!("{}: median LIX {median}, worst {worst:?}", lang.code());
        assert!(median <= 30, "{}: the median is LIX {median}: {scores:?}", lang.code());
        assert!(worst.0 <= 40, "{}: {worst:?}", lang.code());
    }
}

#[test]
fn the_code_stands_alone_on_its_line() {
    let mail = letter(LetterKind::Code, Lang::Nl);
    assert_eq!(mail.subject, "Uw code is 493 027");
    assert!(mail.text.lines().any(|line| line == "493 027"));
    assert!(mail.text.contains("De code werkt tot 14.32 uur."), "{}", mail.text);
}

/// The worker keeps facts as JSON; the structs and the samples must tell the same story.
#[test]
fn facts_survive_being_stored() {
    use crate::render::letter;
    fn same<T: serde::Serialize + serde::de::DeserializeOwned>(kind: LetterKind) {
        let facts = facts(kind);
        let read: T = serde_json::from_value(facts.clone()).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), facts, "{kind:?}");
    }
    for kind in LetterKind::ALL {
        assert_eq!(LetterKind::from_name(kind.name()), Some(kind));
        match kind {
            LetterKind::Code => same::<letter::Code>(kind),
            LetterKind::CaseLinks => same::<letter::CaseLinks>(kind),
            LetterKind::Received => same::<letter::Received>(kind),
            LetterKind::ProofWanted => same::<letter::ProofWanted>(kind),
            LetterKind::PackageReminder => same::<letter::PackageReminder>(kind),
            LetterKind::PackageFetched => same::<letter::PackageFetched>(kind),
            LetterKind::Question => same::<letter::Question>(kind),
            LetterKind::Longer => same::<letter::Longer>(kind),
            LetterKind::Ready => same::<letter::Ready>(kind),
            LetterKind::ErasureNotice => same::<letter::ErasureNotice>(kind),
            LetterKind::ErasureDone => same::<letter::ErasureDone>(kind),
            LetterKind::NothingHeld => same::<letter::NothingHeld>(kind),
            LetterKind::Refused | LetterKind::ObjectionOverridden => same::<letter::Refused>(kind),
            LetterKind::WithdrawalConfirmed => same::<letter::WithdrawalConfirmed>(kind),
            LetterKind::RestGone => same::<letter::RestGone>(kind),
            LetterKind::RecipientNotice => same::<letter::RecipientNotice>(kind),
            LetterKind::PortabilityReady => same::<letter::PortabilityReady>(kind),
            LetterKind::RectificationDone => same::<letter::RectificationDone>(kind),
            LetterKind::FeeNotice => same::<letter::FeeNotice>(kind),
            LetterKind::MessageWaits | LetterKind::DocumentGone => same::<letter::MessageWaits>(kind),
            LetterKind::AskedForYou => same::<letter::AskedForYou>(kind),
            LetterKind::LiftNotice => same::<letter::LiftNotice>(kind),
            LetterKind::RestrictionStays => same::<letter::RestrictionStays>(kind),
            LetterKind::RestrictionDone
            | LetterKind::RestrictionLifted
            | LetterKind::ObjectionUpheld
            | LetterKind::MarketingStopped
            | LetterKind::ConsentStopped => same::<letter::Changed>(kind),
            LetterKind::Drift => same::<letter::Drift>(kind),
            LetterKind::ErasuresStopped => same::<letter::ErasuresStopped>(kind),
            LetterKind::HoldReview => same::<letter::HoldReview>(kind),
            LetterKind::Invitation => same::<letter::Invitation>(kind),
            LetterKind::AccountChanged => same::<letter::AccountChanged>(kind),
        }
    }
}
