//! What the pages of a right's own questions show of the organisation: never a table's name, never a field that only machines read.

use habeas_core::law::{
    ask::{Asked, Correction, RestrictionGround},
    change::Stop,
    lang::Lang,
    map::{Collection, DataType, Field, System},
    recipient::Recipient,
    right::Right,
};

use super::{
    holding::address,
    request::{kinds, to_tick},
};
use crate::{
    render::{said::Said, words},
    view::{
        desk::intake::Correctable,
        look::Look,
        portal::{
            check::{CorrectionLine, FileTo},
            correct::{Correct, FieldChoice, WhichKind, Words},
            details::{Against, Consents, FileReceiver, Object, Restrict, SendFile},
            request::{ScopeChoice, ScopeKind},
        },
    },
};

impl ScopeChoice {
    /// What a list of kinds says: none at all means everything.
    pub const fn of(kinds: Option<&Vec<String>>) -> Self {
        if kinds.is_some() { Self::Choose } else { Self::Everything }
    }
}

impl Restrict {
    /// The grounds and the kinds.
    pub fn load(look: &Look, ground: Option<RestrictionGround>, chosen: Option<&Vec<String>>, back: &'static str) -> Self {
        let ticked = chosen.map(Vec::as_slice).unwrap_or_default();
        Self { grounds: RestrictionGround::ALL, ground, scope: ScopeChoice::of(chosen), kinds: to_tick(kinds(look), ticked), back }
    }
}

impl Object {
    /// What the person may say no to beside advertising (Art. 21(1)), and what was answered so far.
    pub fn load(look: &Look, against: Option<Against>, why: String, chosen: &[String], back: &'static str) -> Self {
        Self { against, why, kinds: Self::kinds(look, chosen), back }
    }

    /// Uses that rest on a weighing of interests, to be ticked, each with what it is for.
    pub fn kinds(look: &Look, ticked: &[String]) -> Vec<ScopeKind> {
        let objectionable = || kinds(look).filter(|(_, collection)| Stop::Objection.touches(collection));
        let with_purpose =
            |(kind, (_, collection)): (ScopeKind, (&System, &Collection))| ScopeKind { purpose: Some(collection.purpose.clone()), ..kind };
        to_tick(objectionable(), ticked).into_iter().zip(objectionable()).map(with_purpose).collect()
    }
}

impl SendFile {
    /// Who takes files; nobody: nothing to choose.
    pub fn load(look: &Look, chosen: &str) -> Option<Self> {
        let receiver =
            |recipient: &Recipient| FileReceiver { id: recipient.id.clone(), name: recipient.name.clone(), chosen: recipient.id == chosen };
        let receivers: Vec<_> = look.organisation.receivers().map(receiver).collect();
        let me = !receivers.iter().any(|receiver| receiver.chosen);
        (!receivers.is_empty()).then_some(Self { me, receivers, back: "/request/check" })
    }
}

impl FileTo {
    /// Where the file goes that is asked for; `None`: it is no file, or there is nobody else.
    pub fn of(look: &Look, right: Right, asked: &Asked) -> Option<Self> {
        let mut takes = look.organisation.receivers().peekable();
        takes.peek().filter(|_| right == Right::Portability)?;
        let chosen = takes.find(|recipient| matches!(asked, Asked::Transmission { to } if *to == recipient.id));
        Some(chosen.map_or(Self::Person, |recipient| Self::Other { name: recipient.name.clone() }))
    }
}

impl Consents {
    /// What rests on consent.
    pub fn load(look: &Look, chosen: Option<&Vec<String>>, back: &'static str) -> Self {
        let ticked = chosen.map(Vec::as_slice).unwrap_or_default();
        Self { scope: ScopeChoice::of(chosen), kinds: Self::kinds(look, ticked), back }
    }

    /// What rests on consent, to be ticked: whole kinds, and by its own name a mere tick among what rests on something else.
    pub fn kinds(look: &Look, ticked: &[String]) -> Vec<ScopeKind> {
        let consented = || kinds(look).filter(|(_, collection)| Stop::Consent.touches(collection));
        let mut to_tick = to_tick(consented(), ticked);
        for (kind, (_, collection)) in to_tick.iter_mut().zip(consented()).filter(|(_, (_, collection))| !collection.is_consented()) {
            if let Some(field) = collection.fields.iter().find(|field| field.marketing) {
                kind.label = field.label.clone();
            }
        }
        to_tick
    }
}

impl WhichKind {
    /// Kinds of which something can be corrected.
    pub fn load(look: &Look, back: &'static str) -> Self {
        Self { kinds: to_tick(correctable(look), &[]), back }
    }
}

impl Correct {
    /// A kind's pieces; no such kind, or nothing in it to correct: nothing.
    pub fn load(look: &Look, kind: &str, words: Words, back: &'static str) -> Option<Self> {
        let (_, collection) = correctable(look).find(|(system, collection)| address(system, collection) == kind)?;
        let has_days = collection.fields.iter().any(|field| field.is_correctable() && field.data == DataType::Date);
        Some(Self { kind: collection.label.clone(), fields: fields(collection), has_days, words, back })
    }
}

impl Correctable {
    /// Everything that can be corrected, kind by kind.
    pub fn all(look: &Look) -> Vec<Self> {
        let whole = |(system, collection): (&System, &Collection)| {
            let named = |field: FieldChoice| FieldChoice { name: format!("{}.{}", address(system, collection), field.name), ..field };
            Self { label: collection.label.clone(), fields: fields(collection).into_iter().map(named).collect() }
        };
        correctable(look).map(whole).collect()
    }
}

fn correctable(look: &Look) -> impl Iterator<Item = (&System, &Collection)> {
    kinds(look).filter(|(_, collection)| collection.fields.iter().any(Field::is_correctable))
}

fn fields(collection: &Collection) -> Vec<FieldChoice> {
    let choice = |field: &Field| FieldChoice { name: field.name.clone(), label: field.label.clone() };
    collection.fields.iter().filter(|field| field.is_correctable()).map(choice).collect()
}

impl Words {
    /// A correction as it is typed in a language.
    pub fn of(look: &Look, lang: Lang, correction: &Correction) -> Self {
        let data = correction.data(look.organisation.systems()).unwrap_or_default();
        let typed = |text: &str| match Said::of(data, text) {
            Said::Day(day) => words::typed_day(lang, day),
            Said::Moment(moment) => words::typed_moment(lang, moment, &look.organisation.zone()),
            Said::Words(_) | Said::Answer(_) | Said::Number(_) | Said::Meaning(_) => text.to_owned(),
        };
        Self {
            field: correction.field.clone(),
            now: correction.now.as_deref().map(typed).unwrap_or_default(),
            should: typed(&correction.should),
            why: correction.why.clone().unwrap_or_default(),
        }
    }
}

impl CorrectionLine {
    /// A correction in the words of the person; nothing where the data map does not have the field.
    pub fn load(look: &Look, correction: &Correction) -> Option<Self> {
        let (_, collection) = kinds(look).find(|(system, collection)| address(system, collection) == correction.kind)?;
        let field = collection.field(&correction.field)?;
        Some(Self {
            kind: collection.label.clone(),
            field: field.label.clone(),
            now: correction.now.as_deref().map(|now| Said::of(field.data, now)),
            should: Said::of(field.data, &correction.should),
            why: correction.why.clone(),
        })
    }
}
