//! Recipients: who else gets data about people, named (Art. 15(1)(c)), and told of erasures and corrections (Art. 19).

use url::Url;

use super::{
    connection::http::address,
    folder::{
        self, Parsed, Problem,
        node::{Entry, Node},
        problem::Findings,
    },
    lang::Text,
};

/// One recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// What the data map calls it.
    pub id: String,
    /// Its name, as the person reads it.
    pub name: String,
    /// What it is to us.
    pub role: Role,
    /// ISO 3166-1 code of the country the data goes to.
    pub country: String,
    /// What protects data outside the EEA (Art. 15(2), 46); always there for such a country.
    pub safeguards: Option<Text>,
    /// What it gets and why.
    pub about: Text,
    /// Whether it is told of erasures and corrections (Art. 19).
    pub notify: bool,
    /// Where a person's own file may be sent directly, if she asks (Art. 20(2)).
    pub takes_files: Option<Url>,
    /// Where the notice goes; absent: by hand.
    pub email: Option<String>,
}

/// What a recipient is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Acts on our instructions (Art. 28).
    Processor,
    /// Decides for itself.
    Controller,
    /// A public authority.
    Authority,
}

/// The European Economic Area: no further safeguard is asked for there (Art. 44).
const EEA: [&str; 30] = [
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT",
    "RO", "SK", "SI", "ES", "SE", "IS", "LI", "NO",
];

/// Reads `recipients.yaml`.
pub fn parse(file: &str, text: &str) -> Result<Parsed<Vec<Recipient>>, Vec<Problem>> {
    folder::parse(file, text, |entry, _, findings| {
        let items = entry.required("recipients", findings)?.items(findings);
        let mut recipients: Vec<Recipient> = Vec::with_capacity(items.len());
        for item in items {
            let Some(recipient) = recipient(item, findings) else { continue };
            if recipients.iter().any(|known| known.id == recipient.id) {
                findings.problem(item.at, "twice", format!("recipient `{}` is there twice", recipient.id), None);
            }
            recipients.push(recipient);
        }
        Some(recipients)
    })
}

fn recipient(node: &Node, findings: &mut Findings<'_>) -> Option<Recipient> {
    const ROLES: [(&str, Role); 3] = [("processor", Role::Processor), ("controller", Role::Controller), ("authority", Role::Authority)];
    let mut entry = Entry::open(node, findings)?;
    let id = entry.text("id", findings);
    let name = entry.text("name", findings);
    let role = entry.required("role", findings).and_then(|node| node.one_of(&ROLES, findings));
    let country = entry.required("country", findings).and_then(|node| node.parsed("bad-country", country, findings));
    let safeguards = entry.optional("safeguards").and_then(|node| node.words(findings));
    let about = entry.words("about", findings);
    let notify = entry.flag("notify", findings);
    let email = entry.optional("email").and_then(|node| node.text(findings)).map(str::to_owned);
    let takes_files = entry.optional("takes-files").and_then(|node| node.parsed("bad-address", address, findings));
    if let Some(country) = country.as_ref().filter(|country| safeguards.is_none() && !EEA.contains(&country.as_str())) {
        let message = format!("`safeguards` is missing: `{country}` is outside the EEA (Art. 15(2))");
        findings.problem(entry.at, "missing-safeguards", message, Some("say what protects the data there".to_owned()));
    }
    entry.close(findings);
    Some(Recipient { id: id?, name: name?, role: role?, country: country?, safeguards, about: about?, notify, takes_files, email })
}

fn country(code: &str) -> Result<String, String> {
    if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Ok(code.to_owned());
    }
    Err(format!("`{code}` is not a country code of two capital letters"))
}

#[cfg(test)]
mod tests {
    use super::{Role, parse};

    #[test]
    fn a_recipient_outside_the_eea_needs_safeguards() {
        let text = "recipients:
  - {id: hosting, name: Vert AS, role: processor, country: NO, about: {nb: a, nl: b, en: c}, notify: true, email: p@vert.example}
  - {id: embassy, name: Embassy, role: controller, country: KH, about: {nb: a, nl: b, en: c}}
  - {id: hosting, name: Other, role: helper, country: no, about: {nb: a, nl: b, en: c}}
";
        let problems = parse("recipients.yaml", text).unwrap_err();
        let codes: Vec<_> = problems.iter().map(|problem| (problem.line, problem.code)).collect();
        assert_eq!(codes, [(3, "missing-safeguards"), (4, "unknown-word"), (4, "bad-country")]);

        let taking = text.lines().take(2).collect::<Vec<_>>().join("\n").replace("notify: true", "takes-files: ADDRESS");
        let take = |address: &str| parse("recipients.yaml", &taking.replace("ADDRESS", address));
        assert!(take("https://vert.example/files").unwrap().value[0].takes_files.is_some());
        for bad in ["http://vert.example/files", "https://me:secret@vert.example/", "ftp://vert.example", "files"] {
            assert_eq!(take(bad).unwrap_err()[0].code, "bad-address", "{bad}");
        }
        let good = text.lines().take(2).collect::<Vec<_>>().join("\n");
        let recipients = parse("recipients.yaml", &good).unwrap().value;
        assert_eq!((recipients[0].role, recipients[0].notify), (Role::Processor, true));
    }
}
