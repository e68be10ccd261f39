//! Recipients: who else gets data about people, named (Art. 15(1)(c)), and told of erasures and corrections (Art. 19).

use std::collections::BTreeSet;

use url::Url;

use super::{
    connection::http::address,
    folder::{
        self, Mention, Name, Parsed, Problem,
        node::{Any, Entry, Node},
        problem::Findings,
    },
    lang::Text,
    letter::Because,
    notice::Why,
    record::Record,
};

/// One recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// What the data map calls it.
    pub id: String,
    /// Its name, as the person reads it: the same in every language. What has to be translated only describes it, and stands here for
    /// one that `named_in` names or that cannot be named at all.
    pub name: Text,
    /// The field (`system.collection.field`) of the log of transfers that says which one it was, person by person.
    pub named_in: Option<String>,
    /// Why it cannot be named or told (Art. 19).
    pub impossible: Option<Impossible>,
    /// What it is to us.
    pub role: Role,
    /// ISO 3166-1 code of the country the data goes to.
    pub country: String,
    /// What protects data outside the EEA (Art. 15(2), 46); always there for such a country.
    pub safeguards: Option<Text>,
    /// What it gets and why.
    pub about: Text,
    /// Whether a mail may tell it of erasures, corrections and pauses. Where not, a member of staff does: nobody is left untold (Art. 19).
    pub notify: bool,
    /// Where a person's own file may be sent directly, if she asks (Art. 20(2)).
    pub takes_files: Option<Url>,
    /// Where the mail goes; absent: by hand.
    pub email: Option<String>,
}

/// Why a recipient cannot be named or told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impossible {
    /// Which of the reasons that count.
    pub why: Why,
    /// In words.
    pub because: Because,
}

impl Recipient {
    /// Where a notice can be mailed to.
    pub fn address(&self) -> Option<&str> {
        self.email.as_deref().filter(|_| self.notify)
    }

    /// What it is called in the eyes of a person: whom the log of transfers names in what was found of her, else its own name.
    pub fn called(&self, found: &[Record]) -> Text {
        let log = self.named_in.as_deref().and_then(|address| address.rsplit_once('.'));
        let names: BTreeSet<String> = log.map_or_else(BTreeSet::new, |(kind, field)| {
            let here = found.iter().filter(|record| record.address() == kind);
            here.map(|record| record.value(field).to_text().trim().to_owned()).filter(|name| !name.is_empty()).collect()
        });
        if names.is_empty() {
            return self.name.clone();
        }
        Text::same(&names.into_iter().collect::<Vec<_>>().join(", "))
    }

    /// Why it is only described to this person and not named.
    pub fn nameless(&self, found: &[Record]) -> Option<Text> {
        let impossible = self.impossible.as_ref().filter(|_| !self.called(found).is_same());
        impossible.map(|impossible| impossible.because.clone().into())
    }
}

/// A kind went to somebody of whom the person could not be told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("recipient `{0}` cannot be named: give it a `name` in recipients.yaml, or say why it is `impossible` (Art. 15(1)(c))")]
pub struct Nameless(pub String);

/// Recipients by their keys, each of them: a list that leaves one out is none.
pub fn named<'r>(ids: &[String], known: &'r [Recipient]) -> Result<Vec<&'r Recipient>, Nameless> {
    ids.iter().map(|id| known.iter().find(|recipient| recipient.id == *id).ok_or_else(|| Nameless(id.clone()))).collect()
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
    folder::parse(file, text, |entry, mentions, findings| {
        let items = entry.required("recipients", findings)?.items(findings);
        let mut recipients: Vec<Recipient> = Vec::with_capacity(items.len());
        for item in items {
            let Some(recipient) = recipient(item, mentions, findings) else { continue };
            if recipients.iter().any(|known| known.id == recipient.id) {
                findings.problem(item.at, "twice", format!("recipient `{}` is there twice", recipient.id), None);
            }
            recipients.push(recipient);
        }
        Some(recipients)
    })
}

fn recipient(node: &Node, mentions: &mut Vec<Mention>, findings: &mut Findings<'_>) -> Option<Recipient> {
    const ROLES: [(&str, Role); 3] = [("processor", Role::Processor), ("controller", Role::Controller), ("authority", Role::Authority)];
    let mut entry = Entry::open(node, findings)?;
    let id = entry.text("id", findings);
    let named_in = entry.optional("named-in");
    let impossible = entry.optional("impossible");
    let name = name(&mut entry, named_in.is_some() || impossible.is_some(), findings);
    let named_in = named_in.and_then(|node| Some((node.at, node.text(findings)?.to_owned())));
    mentions.extend(named_in.iter().map(|(at, address)| Mention { name: Name::Field(address.clone()), place: findings.place(*at) }));
    let impossible = impossible.and_then(|node| self::impossible(node, findings));
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
    let named_in = named_in.map(|(_, address)| address);
    let (name, role, country, about) = (name?, role?, country?, about?);
    Some(Recipient { id: id?, name, named_in, impossible, role, country, safeguards, about, notify, takes_files, email })
}

/// A name is written once. Words in three languages only describe somebody: "our partners" names nobody (C-154/21).
fn name(entry: &mut Entry<'_>, may_describe: bool, findings: &mut Findings<'_>) -> Option<Text> {
    let node = entry.required("name", findings)?;
    if let Any::Map(_) = node.any() {
        let words = node.words(findings)?;
        if !may_describe {
            let message = "this describes a recipient and does not name it (Art. 15(1)(c))".to_owned();
            let help = "write its name, once; or say why that is `impossible`, or which field of the data map it is `named-in`";
            findings.problem(node.at, "nameless", message, Some(help.to_owned()));
        }
        return Some(words);
    }
    Some(Text::same(node.text(findings)?))
}

fn impossible(node: &Node, findings: &mut Findings<'_>) -> Option<Impossible> {
    let mut entry = Entry::open(node, findings)?;
    let reasons = Why::ALL.map(|why| (why.name(), why));
    let why = entry.required("why", findings).and_then(|node| node.one_of(&reasons, findings));
    let because = entry.words("because", findings).and_then(|words| Because::try_from(words).ok());
    entry.close(findings);
    Some(Impossible { why: why?, because: because? })
}

fn country(code: &str) -> Result<String, String> {
    if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Ok(code.to_owned());
    }
    Err(format!("`{code}` is not a country code of two capital letters"))
}

#[cfg(test)]
mod tests {
    use super::{Nameless, Role, named, parse};
    use crate::law::{
        lang::Lang,
        record::{Key, Record, Value},
    };

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

    const REST: &str = "role: controller, country: NO, about: {nb: a, nl: b, en: c}";

    #[test]
    fn words_in_three_languages_name_nobody_unless_that_is_impossible() {
        let read = |rest: &str| parse("recipients.yaml", &format!("recipients:\n  - {{id: partners, {REST}{rest}}}\n"));
        let codes = |rest: &str| read(rest).unwrap_err().into_iter().map(|problem| problem.code).collect::<Vec<_>>();
        let described = ", name: {nb: Partnerne, nl: De partners, en: The partners}";
        assert_eq!(codes(""), ["missing-key"]);
        assert_eq!(codes(described), ["nameless"]);
        assert_eq!(codes(&format!("{described}, impossible: {{why: secret, because: {{nb: a, nl: b, en: c}}}}")), ["unknown-word"]);
        assert_eq!(codes(&format!("{described}, impossible: {{why: gone}}")), ["missing-key"], "words are owed, too");
        let partners =
            &read(&format!("{described}, impossible: {{why: not-recorded, because: {{nb: a, nl: b, en: c}}}}")).unwrap().value[0];
        assert_eq!(partners.called(&[]).get(Lang::En), "The partners");
    }

    #[test]
    fn the_log_of_transfers_names_whom_the_map_can_only_describe() {
        let text =
            format!("recipients:\n  - {{id: embassy, {REST}, name: {{nb: a, nl: b, en: An embassy}}, named-in: dossiers.sent.to}}\n");
        let parsed = parse("recipients.yaml", &text).unwrap();
        assert_eq!(parsed.mentions.len(), 1, "the field is looked up in the map");
        let sent = |kind: &str, to: &str| Record {
            system: "dossiers".to_owned(),
            collection: kind.to_owned(),
            key: Key::new(),
            values: [("to".to_owned(), Value::Text(to.to_owned()))].into(),
        };
        let found = [sent("sent", "Kenyas ambassade"), sent("other", "Nobody"), sent("sent", "Ghanas ambassade"), sent("sent", " ")];
        assert_eq!(parsed.value[0].called(&found).get(Lang::Nl), "Ghanas ambassade, Kenyas ambassade");
        assert_eq!(parsed.value[0].called(&[]).get(Lang::En), "An embassy");
    }

    #[test]
    fn a_list_that_leaves_a_recipient_out_is_none() {
        let text = format!("recipients:\n  - {{id: hosting, name: Vert AS, {REST}}}\n");
        let known = parse("recipients.yaml", &text).unwrap().value;
        assert_eq!(named(&["hosting".to_owned()], &known).unwrap().len(), 1);
        assert_eq!(named(&["hosting".to_owned(), "gone".to_owned()], &known).unwrap_err(), Nameless("gone".to_owned()));
    }
}
