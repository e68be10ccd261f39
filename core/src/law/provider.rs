//! Who vouches for people at other places: an eID, a customer account (`identity: providers:` of `organisation.yaml`), and what its
//! words are worth here. How it is asked stands elsewhere; nothing in this file has heard of a token.

mod staff;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    connection::{Secret, http::is_loopback, secret},
    folder::{
        Mention, Name,
        node::{At, Entry, Node},
        problem::Findings,
    },
    lang::Text,
    tier::Tier,
};
pub use staff::{Grants, Known, ROLES};

/// Somebody else who vouches for people, by `OpenID` Connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// The organisation's short name for it; stands in addresses and in the log.
    pub id: String,
    /// What people call it.
    pub label: Text,
    /// Who it says it is, letter by letter: `https://login.example.no/realms/customers`.
    pub issuer: String,
    /// Whether it lies in a network of our own.
    pub private: bool,
    /// The file of the certificates that it is believed by, in the house's folder; `None`: those of the public web.
    pub ca: Option<String>,
    /// Who we are there.
    pub client_id: String,
    /// How we prove that.
    pub client: Client,
    /// What it is asked for beyond who the person is; as little as there is.
    pub scopes: Vec<String>,
    /// What its words about how sure it is are worth.
    pub levels: Levels,
    /// For whom it vouches.
    pub serves: Serves,
}

/// For whom a provider vouches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Serves {
    /// People who ask: claims that name them, by the identity kinds of the data map.
    People(BTreeMap<String, String>),
    /// Those who work here; and the roles that a claim gives. At tier 2 or more it has asked for a second factor.
    Staff(Option<Grants>),
}

impl Provider {
    /// Whether it vouches for people who ask.
    pub const fn is_for_people(&self) -> bool {
        matches!(self.serves, Serves::People(_))
    }

    /// Claims that are of use here beside who somebody is.
    pub fn claims(&self) -> Vec<&str> {
        match &self.serves {
            Serves::People(identifiers) => identifiers.keys().map(String::as_str).collect(),
            Serves::Staff(grants) => grants.iter().map(|grants| grants.claim.as_str()).collect(),
        }
    }
}

/// How we prove to a provider that it is us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Client {
    /// A password between us and it.
    Secret(Secret),
    /// A key that never leaves us (`private_key_jwt`, RFC 7523).
    Key {
        /// Where it is: PKCS #8 as PEM.
        at: Secret,
        /// What it signs with.
        alg: Alg,
        /// Its name at the provider, where it knows several.
        kid: Option<String>,
    },
}

/// What a key of ours signs with. No RSA: its private half leaks by the time it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alg {
    /// ECDSA over P-256.
    Es256,
    /// Ed25519.
    EdDsa,
}

impl Alg {
    const WORDS: [(&'static str, Self); 2] = [("ES256", Self::Es256), ("EdDSA", Self::EdDsa)];

    /// Its name in JOSE (RFC 7518, 8037).
    pub const fn name(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::EdDsa => "EdDSA",
        }
    }
}

/// What a provider's words are worth. What it does not say is the lowest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Levels {
    acr: BTreeMap<String, Tier>,
    amr: BTreeMap<String, Tier>,
}

impl Levels {
    /// How sure it is, by its class (`acr`) and its methods (`amr`); the stronger of the two.
    pub fn tier<'a>(&self, acr: Option<&str>, amr: impl IntoIterator<Item = &'a str>) -> Tier {
        let by_class = acr.and_then(|acr| self.acr.get(acr));
        let by_method = amr.into_iter().filter_map(|amr| self.amr.get(amr));
        by_class.into_iter().chain(by_method).copied().max().unwrap_or(Tier::Mailbox)
    }

    /// The classes that are enough for a tier, the weakest first: more than is needed is not asked for.
    pub fn classes(&self, least: Tier) -> Vec<&str> {
        let mut enough: Vec<_> = self.acr.iter().filter(|(_, tier)| **tier >= least).collect();
        enough.sort_by_key(|(_, tier)| **tier);
        enough.into_iter().map(|(acr, _)| acr.as_str()).collect()
    }

    /// The highest tier that it can come to.
    pub fn best(&self) -> Tier {
        self.acr.values().chain(self.amr.values()).copied().max().unwrap_or(Tier::Mailbox)
    }
}

/// What a browser must bring back from a provider: made when it is sent there, kept in its session, used once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// Which provider.
    pub provider: String,
    /// Comes back in the address.
    pub state: String,
    /// Comes back in what the provider signs.
    pub nonce: String,
    /// Shown to the provider with the code, so that a stolen code is worth nothing (RFC 7636).
    pub verifier: String,
    /// When the browser was sent.
    pub at: Timestamp,
    /// How sure the provider was asked to be.
    pub least: Tier,
    /// Whether the person was to sign in once more, though the provider still knows her.
    #[serde(default)]
    pub again: bool,
}

/// Where a browser is signed in, too: what is needed to sign out there, and to be signed out from there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// Which provider.
    pub provider: String,
    /// Who it says it is.
    pub issuer: String,
    /// Whom it knows there.
    pub subject: String,
    /// Its name for the session, where it says one.
    pub sid: Option<String>,
    /// What it signed: the hint by which it knows its own word again.
    pub hint: String,
}

/// Reads the providers. `email`: the identity kind that is the mailbox; `needed`: the lowest tier that anything asks for.
pub(super) fn read(
    node: &Node,
    email: Option<&str>,
    needed: Tier,
    mentions: &mut Vec<Mention>,
    findings: &mut Findings<'_>,
) -> Vec<Provider> {
    let mut providers: Vec<Provider> = Vec::new();
    for item in node.items(findings) {
        let Some(provider) = provider(item, needed, mentions, findings) else { continue };
        if providers.iter().any(|other| other.id == provider.id) {
            let help = Some("give each provider an `id` of its own".to_owned());
            findings.problem(item.at, "twice", format!("another provider is called `{}`", provider.id), help);
        }
        if let Serves::People(identifiers) = &provider.serves {
            known(&provider, identifiers, email, item.at, findings);
        }
        providers.push(provider);
    }
    providers
}

/// Whether a provider leads to anybody whom the organisation knows, and as surely as it says.
fn known(provider: &Provider, identifiers: &BTreeMap<String, String>, email: Option<&str>, at: At, findings: &mut Findings<'_>) {
    if identifiers.is_empty() {
        let help = "name in `identifiers` the claim that holds the customer number, or `email`".to_owned();
        let message = format!("`{}` vouches for nobody the organisation knows: no claim names an identity of the data map", provider.id);
        findings.problem(at, "vouches-for-nobody", message, Some(help));
    }
    let only_email = identifiers.values().all(|kind| Some(kind.as_str()) == email);
    if only_email && provider.levels.best() > Tier::TwoChannels {
        let help = "map a claim that only this person has, such as a customer number; or set the level to 2".to_owned();
        let message = format!("`{}` vouches for a mailbox only, which is worth 2 at most, whatever its levels say", provider.id);
        findings.warning(at, "level-unreachable", message, Some(help));
    }
}

fn provider(node: &Node, needed: Tier, mentions: &mut Vec<Mention>, findings: &mut Findings<'_>) -> Option<Provider> {
    let mut entry = Entry::open(node, findings)?;
    let id = entry.required("id", findings).and_then(|node| node.parsed("bad-id", id, findings));
    let for_staff = entry.optional("for").map_or(Some(false), |node| node.one_of(&[("people", false), ("staff", true)], findings));
    let label = entry.words("label", findings);
    let issuer = entry.required("issuer", findings).and_then(|node| node.parsed("bad-issuer", issuer, findings));
    let private = entry.flag("private", findings);
    let ca = entry.optional("ca").and_then(|node| node.text(findings)).map(str::to_owned);
    let client_id = entry.text("client-id", findings);
    let client = client(&mut entry, findings);
    let scopes = scopes(entry.texts("scopes", findings), findings);
    let (levels, serves) = if for_staff? {
        // Whoever proves no second factor there proves one here.
        let said = entry.optional("levels").map_or(Some(Levels::default()), |node| levels(node, Tier::TwoChannels, findings));
        let grants = entry.optional("roles").map(|node| staff::grants(node, findings));
        (said, grants.map_or(Some(Serves::Staff(None)), |grants| grants.map(|grants| Serves::Staff(Some(grants)))))
    } else {
        let said = entry.required("levels", findings).and_then(|node| levels(node, needed, findings));
        let identifiers = entry.required("identifiers", findings).map(|node| identifiers(node, mentions, findings));
        (said, identifiers.map(Serves::People))
    };
    entry.close(findings);
    Some(Provider {
        id: id?,
        label: label?,
        issuer: issuer?,
        private,
        ca,
        client_id: client_id?,
        client: client?,
        scopes,
        levels: levels?,
        serves: serves?,
    })
}

/// A short name that fits into an address.
fn id(text: &str) -> Result<String, String> {
    let fits = text.len() <= 40 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    // These are pages beside it.
    let taken = ["back", "stopped"].contains(&text);
    if fits && !taken { Ok(text.to_owned()) } else { Err(format!("`{text}` is no short name: write small letters, digits and `-`")) }
}

/// Kept as written: what a provider signs must say the same, letter by letter.
fn issuer(text: &str) -> Result<String, String> {
    let url = Url::parse(text).map_err(|_| format!("`{text}` is not an address: write it as the provider does, with `https://`"))?;
    if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(&url)) {
        return Err("who vouches would be asked in the clear: write `https`".to_owned());
    }
    let plain = url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    if plain { Ok(text.to_owned()) } else { Err("an issuer has no user, no `?` and no `#`: write it as the provider does".to_owned()) }
}

fn client(entry: &mut Entry<'_>, findings: &mut Findings<'_>) -> Option<Client> {
    let password = entry.optional("secret");
    let key = entry.optional("private-key");
    match (password, key) {
        (Some(node), None) => node.parsed("bad-secret", secret, findings).map(Client::Secret),
        (None, Some(node)) => {
            let mut entry = Entry::open(node, findings)?;
            let at = entry.required("key", findings).and_then(|node| node.parsed("bad-secret", secret, findings));
            let alg = entry.required("alg", findings).and_then(|node| node.one_of(&Alg::WORDS, findings));
            let kid = entry.optional("kid").and_then(|node| node.text(findings)).map(str::to_owned);
            entry.close(findings);
            Some(Client::Key { at: at?, alg: alg?, kid })
        }
        _ => {
            let help = "write `secret: env:NAME`, or `private-key: {key: file:PATH, alg: ES256}`".to_owned();
            findings.problem(entry.at, "unproven-client", "habeas must prove to the provider that it is habeas, in one way", Some(help));
            None
        }
    }
}

/// `openid` goes without saying. One that outlives the sign-in is never needed.
fn scopes(said: Vec<(At, String)>, findings: &mut Findings<'_>) -> Vec<String> {
    for (at, scope) in &said {
        if scope == "offline_access" {
            let help = Some("leave it out: habeas asks once, while the person is there".to_owned());
            findings.problem(*at, "scope-too-wide", "`offline_access` would let habeas ask about people who are not there", help);
        } else if scope.contains(char::is_whitespace) {
            findings.problem(*at, "bad-scope", format!("`{scope}` is no scope"), Some("write each scope as an item of its own".to_owned()));
        }
    }
    said.into_iter().map(|(_, scope)| scope).filter(|scope| scope != "openid").collect()
}

fn levels(node: &Node, needed: Tier, findings: &mut Findings<'_>) -> Option<Levels> {
    let mut entry = Entry::open(node, findings)?;
    let (at_class, at_method) = (entry.optional("acr"), entry.optional("amr"));
    entry.close(findings);
    let acr = at_class.map(|node| table(node, Tier::High, findings)).unwrap_or_default();
    let amr = at_method.map(|node| table(node, Tier::TwoChannels, findings)).unwrap_or_default();
    let levels = Levels { acr, amr };
    if levels.best() < needed {
        let help = format!("map an `acr` value to {} or more, or leave the provider out", needed.number());
        findings.warning(node.at, "level-unneeded", "nothing asks for so little: this provider never helps anybody", Some(help));
    }
    Some(levels)
}

/// A provider's words and the tier that each is worth.
fn table(node: &Node, most: Tier, findings: &mut Findings<'_>) -> BTreeMap<String, Tier> {
    let mut table = BTreeMap::new();
    for (_, word, node) in node.pairs(findings) {
        let Some(count) = node.count(findings) else { continue };
        let tier = u8::try_from(count).ok().and_then(Tier::from_number).filter(|tier| (Tier::SecondItem..=most).contains(tier));
        let Some(tier) = tier else {
            let (message, help) = if (3..=4).contains(&count) {
                (format!("`{word}` says how somebody signed in and not who she is: it is worth 2 at most"), "map an `acr` value to 3 or 4")
            } else {
                (
                    format!("`{count}` is no tier that anything needs"),
                    "write 1 (account), 2 (and a second factor), 3 (eID substantial) or 4 (eID high)",
                )
            };
            findings.problem(node.at, "bad-tier", message, Some(help.to_owned()));
            continue;
        };
        table.insert(word.to_owned(), tier);
    }
    table
}

fn identifiers(node: &Node, mentions: &mut Vec<Mention>, findings: &mut Findings<'_>) -> BTreeMap<String, String> {
    let mut identifiers: BTreeMap<String, String> = BTreeMap::new();
    for (at, claim, node) in node.pairs(findings) {
        let Some(kind) = node.text(findings) else { continue };
        mentions.push(Mention { name: Name::Identity(kind.to_owned()), place: findings.place(node.at) });
        if claim == "sub" {
            let help = Some("let the provider give out a customer number as a claim of its own".to_owned());
            findings.warning(at, "subject-as-identity", "`sub` names a person at the provider, and seldom in anybody else's files", help);
        }
        if identifiers.values().any(|other| other == kind) {
            findings.problem(node.at, "twice", format!("another claim is `{kind}` already"), Some("leave one of them".to_owned()));
        }
        identifiers.insert(claim.to_owned(), kind.to_owned());
    }
    identifiers
}

#[cfg(test)]
mod tests {
    use super::{Alg, Client, Provider, Serves};
    use crate::law::{
        connection::Secret,
        fixture::{self, ORGANISATION},
        organisation,
        tier::Tier,
    };

    const PROVIDER: &str = "
    - id: eid
      label: {nb: eID, nl: eID, en: eID}
      issuer: https://eid.example
      client-id: habeas
      secret: env:EID_SECRET
      scopes: [openid, profile]
      levels: {acr: {low: 1, substantial: 3, high: 4}, amr: {otp: 2}}
      identifiers: {customer_no: customer_number, email: email}
";

    fn folder(provider: &str) -> String {
        let identity = "identity: {email: email, second-items: [customer_number]}";
        let more = format!("identity:\n  email: email\n  second-items: [customer_number]\n  providers:{provider}");
        let folder = ORGANISATION.replace(identity, more.trim_end());
        assert_ne!(folder, ORGANISATION);
        folder
    }

    fn read(provider: &str) -> Result<Vec<Provider>, Vec<(usize, usize, &'static str)>> {
        let parsed = organisation::parse("organisation.yaml", &folder(provider));
        parsed.map(|parsed| parsed.value.identity.providers).map_err(|problems| {
            let told = |problem: &crate::law::folder::Problem| {
                assert!(problem.help.is_some() || problem.code.starts_with("bad-") || problem.code == "missing-key", "{problem}");
                (problem.line, problem.column, problem.code)
            };
            problems.iter().map(told).collect()
        })
    }

    fn codes(old: &str, new: &str) -> Vec<&'static str> {
        let changed = PROVIDER.replace(old, new);
        assert_ne!(changed, PROVIDER, "{old}");
        read(&changed).unwrap_err().into_iter().map(|(_, _, code)| code).collect()
    }

    fn warned(old: &str, new: &str) -> Vec<&'static str> {
        let parsed = organisation::parse("organisation.yaml", &folder(&PROVIDER.replace(old, new))).unwrap();
        parsed.warnings.iter().map(|warning| warning.code).collect()
    }

    #[test]
    fn a_provider_is_read_whole() {
        let it = read(PROVIDER).unwrap().remove(0);
        assert_eq!((it.id.as_str(), it.issuer.as_str(), it.private), ("eid", "https://eid.example", false));
        assert_eq!(it.client, Client::Secret(Secret::Env("EID_SECRET".into())));
        assert_eq!(it.scopes, ["profile"], "`openid` goes without saying");
        let Serves::People(identifiers) = &it.serves else { panic!("{it:?}") };
        assert_eq!((identifiers["customer_no"].as_str(), it.claims()), ("customer_number", vec!["customer_no", "email"]));
        assert!(warned("", "").is_empty());
    }

    #[test]
    fn a_key_of_ours_signs_with_a_curve() {
        let key = PROVIDER.replace("secret: env:EID_SECRET", "private-key: {key: file:keys/eid.pem, alg: ES256, kid: one}");
        let expected = Client::Key { at: Secret::File("keys/eid.pem".into()), alg: Alg::Es256, kid: Some("one".into()) };
        assert_eq!(read(&key).unwrap()[0].client, expected);
        assert_eq!(codes("secret: env:EID_SECRET", "private-key: {key: file:keys/eid.pem, alg: RS256}"), ["unknown-word"]);
    }

    /// AB-06 and ASVS 6.8.4: absent is the lowest.
    #[test]
    fn what_is_not_said_is_the_lowest() {
        let levels = read(PROVIDER).unwrap().remove(0).levels;
        assert_eq!(levels.tier(None, []), Tier::Mailbox);
        assert_eq!(levels.tier(Some("unheard-of"), ["pwd"]), Tier::Mailbox);
        assert_eq!(levels.tier(Some("low"), []), Tier::SecondItem);
        assert_eq!(levels.tier(Some("low"), ["pwd", "otp"]), Tier::TwoChannels);
        assert_eq!(levels.tier(Some("high"), ["pwd"]), Tier::High);
        assert_eq!(levels.classes(Tier::TwoChannels), ["substantial", "high"], "the weakest that is enough comes first");
        assert!(levels.classes(Tier::Mailbox).contains(&"low"));
    }

    #[test]
    fn everything_wrong_is_told_at_once_with_its_place() {
        let bad = "
    - id: My eID
      label: {nb: eID, nl: eID}
      issuer: http://eid.example
      client-id: habeas
      scopes: [offline_access]
      levels: {acr: {high: 5}, amr: {otp: 3}}
      identifiers: {a: email, b: email}
      secrets: x
";
        let told = read(bad).unwrap_err();
        let expected = [
            (16, 7, "unproven-client"),
            (16, 11, "bad-id"),
            (17, 14, "missing-key"),
            (18, 15, "bad-issuer"),
            (20, 16, "scope-too-wide"),
            (21, 28, "bad-tier"),
            (21, 43, "bad-tier"),
            (22, 34, "twice"),
            (23, 7, "unknown-key"),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn an_issuer_is_reached_safely_or_on_this_machine() {
        for bad in
            ["http://eid.example", "http://localhost.eid.example", "ftp://eid.example", "https://me@eid.example", "https://eid.example/?a"]
        {
            assert_eq!(codes("https://eid.example", bad), ["bad-issuer"], "{bad}");
        }
        let local = PROVIDER.replace("https://eid.example", "http://127.0.0.1:9000");
        assert_eq!(read(&local).unwrap()[0].issuer, "http://127.0.0.1:9000");
    }

    #[test]
    fn a_secret_never_stands_in_the_folder_and_one_is_enough() {
        assert_eq!(codes("env:EID_SECRET", "hunter2"), ["bad-secret"]);
        assert_eq!(codes("secret: env:EID_SECRET", "secret: env:A\n      private-key: {key: env:B, alg: EdDSA}"), ["unproven-client"]);
    }

    #[test]
    fn two_providers_have_two_names_and_each_vouches_for_somebody() {
        assert_eq!(read(&PROVIDER.repeat(2).replace("\n\n", "\n")).unwrap_err().len(), 1);
        assert_eq!(codes("{customer_no: customer_number, email: email}", "{}"), ["vouches-for-nobody"]);
    }

    #[test]
    fn a_level_that_nobody_needs_or_reaches_is_told() {
        assert_eq!(warned("{acr: {low: 1, substantial: 3, high: 4}, amr: {otp: 2}}", "{}"), ["level-unneeded"]);
        assert_eq!(warned("customer_no: customer_number, ", ""), ["level-unreachable"]);
        assert_eq!(warned("customer_no: customer_number", "sub: customer_number"), ["subject-as-identity"]);
    }

    #[test]
    fn an_identity_that_no_field_has_is_unknown() {
        let unknown = folder(&PROVIDER.replace("customer_no: customer_number", "customer_no: client_number"));
        let problems = fixture::read_with(&[("organisation.yaml", &unknown)]).unwrap_err();
        assert_eq!(problems.iter().map(|problem| (problem.line, problem.code)).collect::<Vec<_>>(), [(23, "unknown-name")]);
    }
}
