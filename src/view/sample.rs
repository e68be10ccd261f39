//! Invented people, dates and kinds of data for `samples()`. Nobody here exists.

use habeas_core::law::{
    lang::Text,
    letter::Because,
    notice::{How, Notice, Sent, Told, Why},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::portal::held::Keep;
use crate::render::texts::Message;

/// A reference as cases carry it.
pub(crate) const REFERENCE: &str = "HB-7F3K-2Q";
/// A SHA-256 as files carry it.
pub(crate) const HASH: &str = "9f3c41aa77d0e5b1c2a94e6f0d8b7a3512ce4490bb6f1d2e8a7c5b3f9016d4e2";

/// The day the sample case is due.
pub(crate) const DUE: Date = jiff::civil::date(2026, 12, 18);
/// The day by which the person answers a question of ours.
pub(crate) const ANSWER_BY: Date = jiff::civil::date(2026, 12, 2);
/// The day up to which invoices are kept.
pub(crate) const KEPT: Date = jiff::civil::date(2031, 12, 31);

pub(crate) fn text(nb: &str, nl: &str, en: &str) -> Text {
    Text { nb: nb.to_owned(), nl: nl.to_owned(), en: en.to_owned() }
}

/// A moment of 2026, in UTC.
pub(crate) fn at(month: i8, day: i8, hour: i8, minute: i8) -> Timestamp {
    let local = jiff::civil::date(2026, month, day).at(hour, minute, 0, 0);
    TimeZone::UTC.to_timestamp(local).unwrap_or_default()
}

pub(crate) fn shop() -> Text {
    text("Nettbutikken", "De webwinkel", "The web shop")
}

pub(crate) fn accounting() -> Text {
    text("Regnskapet", "De boekhouding", "Accounting")
}

pub(crate) fn helpdesk() -> Text {
    text("Kundeservice", "De klantenservice", "Customer service")
}

pub(crate) fn dossiers() -> Text {
    text("Visumsakene", "De visumdossiers", "Visa files")
}

pub(crate) fn invoices() -> Text {
    text("Fakturaer", "Facturen", "Invoices")
}

pub(crate) fn orders() -> Text {
    text("Bestillinger", "Bestellingen", "Orders")
}

pub(crate) fn passport() -> Text {
    text("Pass og bilde", "Paspoort en foto", "Passport and photo")
}

pub(crate) fn enquiries() -> Text {
    text("Samtaler og e-poster", "Gesprekken en e-mails", "Calls and emails")
}

/// Another company, which takes files.
pub(crate) fn reisefly() -> Text {
    Text::same("Reisefly AS")
}

/// What a person is asked who wants the same copy again.
pub(crate) fn fee_question() -> Message {
    let reason = text("Ingenting er endret siden da.", "Er is sindsdien niets veranderd.", "Nothing has changed since then.");
    Message::new("question-fee").with("fee", "NOK 150").with("reason", reason)
}

/// What somebody is asked who acts for another.
pub(crate) fn authority_question() -> Message {
    let reason = text("Vi trenger å se fullmakten.", "Wij moeten de volmacht zien.", "We need to see the mandate.");
    Message::new("question-authority").with("reason", reason)
}

pub(crate) fn bookkeeping() -> Text {
    text(
        "Loven sier at fakturaer skal tas vare på i fem år etter at regnskapsåret er slutt.",
        "De wet zegt dat facturen vijf jaar na het boekjaar bewaard moeten blijven.",
        "The law says that invoices must be kept for five years after the financial year ends.",
    )
}

/// What a person is asked.
pub(crate) fn question() -> Text {
    text("Hvilket av de to kundenumrene er ditt?", "Welk van de twee klantnummers is van u?", "Which of the two customer numbers is yours?")
}

/// Why a case takes longer.
pub(crate) fn longer() -> Text {
    text(
        "Vi må hente noe fra et arkiv på papir.",
        "Wij moeten iets uit een papieren archief halen.",
        "We have to fetch something from an archive on paper.",
    )
}

/// Kept for the bookkeeping act.
pub(crate) fn kept() -> Keep {
    let because = text(
        "Loven krever at vi tar vare på fakturaer.",
        "De wet verplicht ons facturen te bewaren.",
        "The law requires us to keep invoices.",
    );
    Keep::Until { on: KEPT, because, law: "bokføringsloven § 13, Art. 17(3)(b)".to_owned() }
}

/// Why a no to advertising outlives an erasure.
pub(crate) fn silence() -> Text {
    text(
        "Uten dette kunne noen skrive til deg igjen.",
        "Zonder dit zou iemand u opnieuw kunnen aanschrijven.",
        "Without this somebody could write to you again.",
    )
}

/// Recipients, one in each state.
pub(crate) fn told() -> Vec<Told> {
    let (answered_at, mailed) = (at(11, 27, 9, 0), Sent { at: at(11, 24, 10, 0), how: How::Mail });
    let told = |recipient: &str, name, notice| Told { recipient: recipient.to_owned(), name, notice };
    let named = |recipient: &str, name: &str, notice| told(recipient, Text::same(name), notice);
    let said = |words: Text| Because::try_from(words).ok();
    let own_law = said(text(
        "Vår egen lov sier at vi må ta vare på søknaden.",
        "Onze eigen wet verplicht ons de aanvraag te bewaren.",
        "Our own law says that we must keep the application.",
    ));
    let coded = said(text("Vi har bare koder.", "Wij hebben alleen codes.", "We have nothing but codes."));
    let unknown =
        said(text("Bare kundenummeret ble vist frem.", "Alleen het klantnummer werd getoond.", "Only the customer number was shown."));
    let partners = text("Samarbeidspartnerne våre", "Onze samenwerkingspartners", "Our partners");
    let impossible = |sent, why, because| Some(Notice::Impossible { sent, at: answered_at, why, because: because? });
    let acknowledged = Notice::Acknowledged { sent: mailed, at: answered_at, by: "Siri Moe".to_owned() };
    let refused = own_law.map(|reason| Notice::Refused { sent: mailed, at: answered_at, reason });
    let all = [
        Some(named("microsoft", "Microsoft 365 (Outlook)", Notice::Sent(mailed))),
        Some(named("ice", "Ice", Notice::Sent(Sent { at: at(11, 25, 9, 0), how: How::ByHand }))),
        Some(named("webhuset", "Webhuset AS", acknowledged)),
        refused.map(|notice| named("embassy", "Kenyas ambassade i Stockholm", notice)),
        impossible(Some(mailed), Why::NotIdentifiable, coded).map(|notice| named("google", "Google Ads", notice)),
        impossible(None, Why::NotRecorded, unknown).map(|notice| told("partners", partners, notice)),
    ];
    all.into_iter().flatten().collect()
}
