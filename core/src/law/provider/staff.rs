//! A provider for those who work here: when it has asked for a second factor, and which roles a claim of it gives.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    super::folder::{
        node::{Entry, Node},
        problem::Findings,
    },
    Elsewhere,
};

/// Roles that a claim may give. The authority's reader is invited by name.
pub const ROLES: [&str; 5] = ["case-handler", "privacy-lead", "dpo", "system-owner", ADMINISTRATOR];
const ADMINISTRATOR: &str = "administrator";

/// Which roles a claim gives, value by value. What it gives it also takes away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grants {
    /// The claim, such as `groups`.
    pub claim: String,
    by_value: BTreeMap<String, Vec<&'static str>>,
}

impl Grants {
    /// The roles that these values give.
    pub fn roles<'a>(&self, values: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'static str> {
        values.into_iter().filter_map(|value| self.by_value.get(value)).flatten().copied().collect()
    }
}

/// What a provider says about somebody who works here, checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Whom it knows, and in which session there.
    pub elsewhere: Elsewhere,
    /// When they signed in there.
    pub at: Timestamp,
    /// Whether a second factor was asked for there.
    pub is_strong: bool,
    /// Roles that a claim gives; `None`: no claim has a say in it.
    pub roles: Option<BTreeSet<String>>,
}

/// Reads `roles: {claim: groups, grants: {VALUE: [ROLE]}}`.
pub(super) fn grants(node: &Node, findings: &mut Findings<'_>) -> Option<Grants> {
    let mut entry = Entry::open(node, findings)?;
    let claim = entry.text("claim", findings);
    let by_value = entry.required("grants", findings).map(|node| by_value(node, findings));
    entry.close(findings);
    Some(Grants { claim: claim?, by_value: by_value? })
}

fn by_value(node: &Node, findings: &mut Findings<'_>) -> BTreeMap<String, Vec<&'static str>> {
    let words = ROLES.map(|role| (role, role));
    let mut by_value = BTreeMap::new();
    for (at, value, node) in node.pairs(findings) {
        let (mut roles, items): (Vec<&'static str>, _) = (Vec::new(), node.items(findings));
        for item in items {
            let Some(role) = item.one_of(&words, findings) else { continue };
            if roles.contains(&role) {
                let help = Some("leave one of them".to_owned());
                findings.problem(item.at, "twice", format!("`{value}` gives `{role}` already"), help);
            }
            if role == ADMINISTRATOR {
                let help = Some("invite administrators by name, unless the same people look after both".to_owned());
                let message = format!("whoever puts people into `{value}` decides who manages people here");
                findings.warning(item.at, "administrator-by-claim", message, help);
            }
            roles.push(role);
        }
        if items.is_empty() {
            let help = Some("name a role, such as `[case-handler]`, or leave the value out".to_owned());
            findings.problem(at, "gives-nothing", format!("`{value}` gives no role"), help);
        }
        by_value.insert(value.to_owned(), roles);
    }
    by_value
}

#[cfg(test)]
mod tests {
    use super::super::{Provider, Serves};
    use crate::law::{fixture::ORGANISATION, organisation, tier::Tier};

    const PROVIDER: &str = "
    - id: work
      for: staff
      label: {nb: Jobb, nl: Werk, en: Work}
      issuer: https://login.example
      ca: tls/work.pem
      client-id: habeas-desk
      secret: env:WORK_SECRET
      levels: {acr: {phr: 2}, amr: {mfa: 2}}
      roles:
        claim: groups
        grants:
          handlers: [case-handler]
          leads: [case-handler, privacy-lead]
";

    type Told = Vec<(usize, usize, &'static str)>;

    fn read(provider: &str) -> Result<(Vec<Provider>, Told), Told> {
        let identity = "identity: {email: email, second-items: [customer_number]}";
        let more = format!("identity:\n  email: email\n  second-items: [customer_number]\n  providers:{provider}");
        let folder = ORGANISATION.replace(identity, more.trim_end());
        let told = |problems: &[crate::law::folder::Problem]| problems.iter().map(|it| (it.line, it.column, it.code)).collect();
        match organisation::parse("organisation.yaml", &folder) {
            Ok(parsed) => Ok((parsed.value.identity.providers, told(&parsed.warnings))),
            Err(problems) => Err(told(&problems)),
        }
    }

    fn changed(old: &str, new: &str) -> String {
        let changed = PROVIDER.replace(old, new);
        assert_ne!(changed, PROVIDER, "{old}");
        changed
    }

    #[test]
    fn a_provider_for_staff_is_read_whole() {
        let (mut providers, warnings) = read(PROVIDER).unwrap();
        let it = providers.remove(0);
        assert!(warnings.is_empty(), "{warnings:?}");
        assert_eq!((it.ca.as_deref(), it.levels.tier(None, ["pwd", "mfa"])), (Some("tls/work.pem"), Tier::TwoChannels));
        let Serves::Staff(Some(grants)) = &it.serves else { panic!("{it:?}") };
        assert_eq!(grants.claim, "groups");
        assert_eq!(grants.roles(["leads", "handlers", "unheard-of"]).into_iter().collect::<Vec<_>>(), ["case-handler", "privacy-lead"]);
        assert!(grants.roles([]).is_empty() && grants.roles(["administrator"]).is_empty(), "a role is never given by its own name");
    }

    #[test]
    fn a_provider_for_staff_needs_neither_levels_nor_roles() {
        let (mut bare, _) = read(PROVIDER.split_once("      levels").unwrap().0).unwrap();
        let it = bare.remove(0);
        assert_eq!((it.serves, it.levels.best()), (Serves::Staff(None), Tier::Mailbox), "then the house's own factor is asked for");
    }

    #[test]
    fn a_mapping_that_is_wrong_is_told_with_its_place() {
        assert_eq!(read(&changed("handlers: [case-handler]", "handlers: [handler]")).unwrap_err(), [(27, 22, "unknown-word")]);
        assert_eq!(read(&changed("[case-handler, privacy-lead]", "[dpo, dpo]")).unwrap_err(), [(28, 24, "twice")]);
        assert_eq!(read(&changed("[case-handler, privacy-lead]", "[]")).unwrap_err(), [(28, 11, "gives-nothing")]);
        assert_eq!(read(&changed("leads: ", "handlers: ")).unwrap_err(), [(28, 11, "twice")]);
        assert_eq!(read(&changed("[case-handler]", "[authority]")).unwrap_err(), [(27, 22, "unknown-word")]);
        assert_eq!(read(&changed("        claim: groups\n", "")).unwrap_err(), [(25, 9, "missing-key")]);
        assert_eq!(read(&changed("for: staff", "for: everybody")).unwrap_err()[0], (17, 12, "unknown-word"));
        let for_people = changed("      roles:", "      identifiers: {sub: email}\n      roles:");
        assert_eq!(read(&for_people).unwrap_err(), [(24, 7, "unknown-key")]);
    }

    #[test]
    fn administrators_by_claim_are_warned_about() {
        let (_, warnings) = read(&changed("handlers: [case-handler]", "handlers: [administrator]")).unwrap();
        assert_eq!(warnings, [(27, 22, "administrator-by-claim")]);
        let (_, warnings) = read(&changed("{acr: {phr: 2}, amr: {mfa: 2}}", "{acr: {low: 1}}")).unwrap();
        assert_eq!(warnings, [(23, 15, "level-unneeded")]);
    }
}
