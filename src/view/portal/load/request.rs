//! What the pages of a new request show of the organisation: its kinds of data, what must stay, which numbers count.

use habeas_core::law::{
    lang::Text,
    map::{Collection, System},
    retention::Foreseen,
};

use super::holding::address;
use crate::{
    store::{StoreError, session},
    view::{
        look::Look,
        portal::request::{Code, ItemKind, Scope, ScopeChoice, ScopeKind, SecondItem, Stays},
    },
};

impl Code {
    /// The page for the newest code of a session.
    pub async fn load(look: &Look, session: &str, email: &str, sent_again: bool) -> Result<Option<Self>, StoreError> {
        let code = session::latest_code(&look.store, session, &look.keys.blind("email", email)).await?;
        let page = |code: session::Code| Self {
            address: masked(email),
            valid_until: code.ends_at,
            number: code.number(&look.keys),
            sent_again,
            code: String::new(),
        };
        Ok(code.map(page))
    }
}

/// Enough for the owner to recognise it, too little for somebody who looks over a shoulder.
pub(super) fn masked(email: &str) -> String {
    match email.split_once('@') {
        Some((name, host)) => format!("{}•••@{host}", name.chars().next().unwrap_or('•')),
        None => "•••".to_owned(),
    }
}

impl ItemKind {
    const ALL: [Self; 2] = [Self::CustomerNumber, Self::OrderNumber];

    /// The identity kind in the data map.
    pub const fn identity(self) -> &'static str {
        match self {
            Self::CustomerNumber => "customer_number",
            Self::OrderNumber => "order_number",
        }
    }

    /// The numbers that count here.
    pub fn here(look: &Look) -> Vec<Self> {
        let kinds = &look.organisation.about().identity.second_items;
        kinds.iter().filter_map(|kind| Self::from_name(kind)).collect()
    }

    /// Reads what the page posts, `customer-number`, or the data map's `customer_number`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.identity() == name.replace('-', "_"))
    }
}

impl SecondItem {
    /// The numbers that count here.
    pub fn load(look: &Look, chosen: Option<ItemKind>, number: String, back: &'static str) -> Self {
        Self { kinds: ItemKind::here(look), chosen, number, back }
    }
}

impl Scope {
    /// Every kind there may be, and what stays whatever is chosen.
    pub fn load(look: &Look, scope: ScopeChoice, chosen: &[String], back: &'static str) -> Self {
        Self { scope, kinds: Self::to_tick(look, chosen), stays: Stays::load(look, None), back }
    }

    /// Every kind there may be, to be ticked.
    pub fn to_tick(look: &Look, chosen: &[String]) -> Vec<ScopeKind> {
        to_tick(kinds(look), chosen)
    }

    /// The kinds among these addresses that there are.
    pub fn known(look: &Look, chosen: &[String]) -> Vec<String> {
        kinds(look).map(|(system, collection)| address(system, collection)).filter(|id| chosen.contains(id)).collect()
    }

    /// What the person calls these kinds.
    pub fn labels(look: &Look, chosen: &[String]) -> Vec<Text> {
        let named = kinds(look).filter(|(system, collection)| chosen.contains(&address(system, collection)));
        named.map(|(_, collection)| collection.label.clone()).collect()
    }
}

/// Kinds to tick.
pub(super) fn to_tick<'a>(kinds: impl Iterator<Item = (&'a System, &'a Collection)>, chosen: &[String]) -> Vec<ScopeKind> {
    let kind = |(system, collection): (&System, &Collection)| {
        let id = address(system, collection);
        ScopeKind { chosen: chosen.contains(&id), label: collection.label.clone(), purpose: None, id }
    };
    kinds.map(kind).collect()
}

/// Every kind there may be.
pub(super) fn kinds(look: &Look) -> impl Iterator<Item = (&System, &Collection)> {
    look.organisation.systems().iter().flat_map(|system| system.collections.iter().map(move |collection| (system, collection)))
}

impl Stays {
    /// What the rules may keep of these kinds, or of all; nothing is read for it.
    pub fn load(look: &Look, chosen: Option<&[String]>) -> Vec<Self> {
        let asked: Vec<String> = kinds(look)
            .map(|(system, collection)| address(system, collection))
            .filter(|id| chosen.is_none_or(|chosen| chosen.contains(id)))
            .collect();
        let rules = look.organisation.rules();
        let line = |foreseen: Foreseen<'_>| {
            let rule = rules.rule(foreseen.rule)?;
            let named =
                |(system, collection): &(&System, &Collection)| foreseen.collections.contains(&address(system, collection).as_str());
            Some(Self {
                kinds: kinds(look).filter(named).map(|(_, collection)| collection.label.clone()).collect(),
                because: rule.because.clone(),
                law: [Some(rule.law.clone()), rule.ground.clone()].into_iter().flatten().collect::<Vec<_>>().join(", "),
                in_part: foreseen.in_part,
                until: foreseen.until,
            })
        };
        rules.foresee(&asked, look.today()).into_iter().filter_map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{ItemKind, masked};

    #[test]
    fn an_address_is_recognised_by_its_owner_only() {
        assert_eq!(masked("kari.nordmann@example.no"), "k•••@example.no");
        assert_eq!(masked("øyvind@example.no"), "ø•••@example.no");
        assert_eq!(masked("nothing"), "•••");
    }

    #[test]
    fn a_number_is_named_alike_on_the_page_and_in_the_map() {
        assert_eq!(ItemKind::from_name("customer-number"), Some(ItemKind::CustomerNumber));
        assert_eq!(ItemKind::from_name("order_number"), Some(ItemKind::OrderNumber));
        assert_eq!(ItemKind::from_name("national_number"), None);
    }
}
