//! The organisation that answers: who it is, whom to ask, its authority, its clock's calendar (Art. 13(1)(a)–(b), 12(4)).

use super::{
    accessibility::{self, Accessibility},
    fee::Fee,
    floor::{Floor, Floors, Stake},
    folder::{
        self, Mention, Name, Parsed, Problem,
        node::{Entry, Node},
        problem::Findings,
    },
    lang::{Lang, Text},
    numbers,
    provider::{self, Provider},
    retention::{Standing, YearEnd, period},
    right::Right,
    theme::{self, Theme},
    tier::Tier,
};

/// The controller.
#[derive(Debug, Clone)]
pub struct Organisation {
    /// Its short name in files and addresses.
    pub key: String,
    /// Its legal name.
    pub name: String,
    /// How a person reaches it.
    pub contact: Contact,
    /// Its data protection officer, if it has one (Art. 37).
    pub dpo: Option<Officer>,
    /// Where a person may complain (Art. 77).
    pub authority: Authority,
    /// Languages it answers in, the first by default.
    pub languages: Vec<Lang>,
    /// IANA name of the zone its days are counted in.
    pub time_zone: String,
    /// Which holidays its clock knows.
    pub calendar: String,
    /// Last day of its fiscal year.
    pub fiscal_year_end: YearEnd,
    /// What it is, where a statute binds only some.
    pub standing: Vec<Standing>,
    /// `system.collection.field` that says when the relationship with a person ended.
    pub relationship_ends: Option<String>,
    /// How long after an erasure the backups still hold the data.
    pub backup_rotation: jiff::Span,
    /// Who can use its portal, and who supervises that.
    pub accessibility: Option<Accessibility>,
    /// What a further copy of the same data within a year costs, where somebody decides that it does; `None`: nothing, ever.
    pub copy_fee: Option<Fee>,
    /// What a person proves about herself in the portal.
    pub identity: Identity,
    /// Identity kinds that are channels: every address found in them gets the erasure notice.
    pub notify: Vec<String>,
    /// How many requests there must be at least before their numbers are told to anybody who asks; `None`: nobody is told any.
    pub numbers: Option<usize>,
    /// How its pages look.
    pub theme: Option<Theme>,
}

/// How a person reaches the organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: Option<String>,
    /// Postal address.
    pub post: String,
    /// When somebody answers.
    pub hours: Option<Text>,
}

/// The data protection officer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
}

/// A supervisory authority. Every refusal names it with its address (Art. 12(4)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// Name.
    pub name: String,
    /// Web address.
    pub url: String,
    /// Postal address.
    pub post: String,
    /// Telephone number.
    pub phone: Option<String>,
}

/// What a person proves about herself in the portal, and how sure the organisation wants to be. Nobody is searched by any other kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The kind proven by a code sent to it.
    pub email: String,
    /// Kinds that only the person and the organisation know.
    pub second_items: Vec<String>,
    /// How sure, by right and by what is at stake.
    pub floors: Floors,
    /// Who else vouches for people, and for those who work here.
    pub providers: Vec<Provider>,
    /// Whether the last resort is a picture of a shielded document that the officer looks at (EDPB 01/2022 §74–79).
    pub documents: bool,
}

impl Identity {
    /// Every kind.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.email.as_str()).chain(self.second_items.iter().map(String::as_str))
    }

    /// Who vouches under a short name.
    pub fn provider(&self, id: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.id == id)
    }
}

/// Reads `organisation.yaml`.
pub fn parse(file: &str, text: &str) -> Result<Parsed<Organisation>, Vec<Problem>> {
    folder::parse(file, text, organisation)
}

fn organisation(entry: &mut Entry<'_>, mentions: &mut Vec<Mention>, findings: &mut Findings<'_>) -> Option<Organisation> {
    let key = entry.text("organisation", findings);
    let name = entry.text("name", findings);
    let contact = entry.required("contact", findings).and_then(|node| contact(node, findings));
    let dpo = entry.optional("dpo").map(|node| officer(node, findings));
    let authority = entry.required("authority", findings).and_then(|node| authority(node, findings));
    let languages = entry.required("languages", findings).map(|node| languages(node, findings));
    let time_zone = entry.text("time-zone", findings);
    let calendar = entry.text("calendar", findings);
    let fiscal_year_end =
        entry.required("fiscal-year-end", findings).and_then(|node| node.parsed("bad-year-end", YearEnd::parse, findings));
    let standing = entry.optional("is").map(|node| node.items(findings)).unwrap_or_default();
    let standing = standing.iter().filter_map(|node| node.one_of(&Standing::WORDS, findings)).collect();
    let relationship_ends = entry.optional("relationship-ends").and_then(|node| {
        let field = node.text(findings)?.to_owned();
        mentions.push(Mention { name: Name::Field(field.clone()), place: findings.place(node.at) });
        Some(field)
    });
    let backup_rotation = entry.required("backups", findings).and_then(|node| rotation(node, findings));
    let accessibility = entry.optional("accessibility").and_then(|node| accessibility::read(node, findings));
    let copy_fee = entry.optional("copy-fee").and_then(|node| node.parsed("bad-fee", Fee::parse, findings));
    let notify = kinds(entry.texts("notify", findings), mentions, findings);
    let identity = entry.required("identity", findings).and_then(|node| identity(node, &notify, mentions, findings));
    let theme = entry.optional("theme").and_then(|node| theme::read(node, findings));
    let numbers = entry.optional("numbers").and_then(|node| public_numbers(node, findings));
    Some(Organisation {
        key: key?,
        name: name?,
        contact: contact?,
        dpo: dpo.flatten(),
        authority: authority?,
        languages: languages?,
        time_zone: time_zone?,
        calendar: calendar?,
        fiscal_year_end: fiscal_year_end?,
        standing,
        relationship_ends,
        backup_rotation: backup_rotation?,
        accessibility,
        copy_fee,
        identity: identity?,
        notify,
        numbers,
        theme,
    })
}

fn contact(node: &Node, findings: &mut Findings<'_>) -> Option<Contact> {
    let mut entry = Entry::open(node, findings)?;
    let email = entry.text("email", findings);
    let phone = entry.optional("phone").and_then(|node| node.text(findings)).map(str::to_owned);
    let post = entry.text("post", findings);
    let hours = entry.optional("hours").and_then(|node| node.words(findings));
    entry.close(findings);
    Some(Contact { email: email?, phone, post: post?, hours })
}

/// Whether numbers are public, and from how many requests on.
fn public_numbers(node: &Node, findings: &mut Findings<'_>) -> Option<usize> {
    let mut entry = Entry::open(node, findings)?;
    let public = entry.flag("public", findings);
    let at_least = entry.optional("at-least").and_then(|node| Some((node.at, node.count(findings)?)));
    entry.close(findings);
    let least = at_least.map_or(numbers::LEAST, |(_, count)| count);
    if let Some((at, count)) = at_least.filter(|_| least < numbers::LEAST) {
        let message = format!("numbers of {count} requests would show single people");
        findings.problem(at, "too-few", message, Some(format!("write {} or more", numbers::LEAST)));
    }
    public.then_some(least)
}

fn officer(node: &Node, findings: &mut Findings<'_>) -> Option<Officer> {
    let mut entry = Entry::open(node, findings)?;
    let [name, email] = ["name", "email"].map(|key| entry.text(key, findings));
    entry.close(findings);
    Some(Officer { name: name?, email: email? })
}

fn authority(node: &Node, findings: &mut Findings<'_>) -> Option<Authority> {
    let mut entry = Entry::open(node, findings)?;
    let [name, url, post] = ["name", "url", "post"].map(|key| entry.text(key, findings));
    let phone = entry.optional("phone").and_then(|node| node.text(findings)).map(str::to_owned);
    entry.close(findings);
    Some(Authority { name: name?, url: url?, post: post?, phone })
}

fn languages(node: &Node, findings: &mut Findings<'_>) -> Vec<Lang> {
    let words = Lang::ALL.map(|lang| (lang.code(), lang));
    let languages: Vec<Lang> = node.items(findings).iter().filter_map(|item| item.one_of(&words, findings)).collect();
    if languages.is_empty() {
        findings.problem(node.at, "no-language", "no language is named", Some("name at least one of `nb`, `nl`, `en`".to_owned()));
    }
    languages
}

fn rotation(node: &Node, findings: &mut Findings<'_>) -> Option<jiff::Span> {
    let mut entry = Entry::open(node, findings)?;
    let rotation = entry.required("rotation", findings).and_then(|node| node.parsed("bad-period", period, findings));
    entry.close(findings);
    rotation
}

fn identity(node: &Node, notify: &[String], mentions: &mut Vec<Mention>, findings: &mut Findings<'_>) -> Option<Identity> {
    let mut entry = Entry::open(node, findings)?;
    let email = entry.required("email", findings).and_then(|node| Some((node.at, node.text(findings)?.to_owned())));
    let second_items = kinds(entry.texts("second-items", findings), mentions, findings);
    let floors_node = entry.optional("floors");
    let set: Vec<Floor> = floors_node.map(|node| floors(node, findings)).unwrap_or_default();
    let highest = set.iter().map(|floor| floor.tier).max();
    let channels = notify.iter().cloned().chain(email.iter().map(|(_, kind)| kind.clone())).collect();
    let floors = Floors::new(set, channels);
    let email_kind = email.as_ref().map(|(_, kind)| kind.as_str());
    let providers = entry.optional("providers").map(|node| provider::read(node, email_kind, floors.least(), mentions, findings));
    let documents = entry.flag("documents", findings);
    entry.close(findings);
    let providers = providers.unwrap_or_default();
    // The officer may look at a document in every house.
    let reached = providers
        .iter()
        .filter(|provider| provider.is_for_people())
        .map(|provider| provider.levels.best())
        .max()
        .unwrap_or(Tier::Mailbox)
        .max(Tier::Substantial);
    if let Some(node) = floors_node.filter(|_| highest > Some(reached)) {
        let help = "add a provider whose `levels` reach it, or lower the floor: otherwise nobody could ever get an answer".to_owned();
        let message = format!("tier {} is asked for, and nobody here can show it", highest.map_or(0, Tier::number));
        findings.problem(node.at, "floor-unreachable", message, Some(help));
    }
    let email = kinds(email.into_iter().collect(), mentions, findings).pop()?;
    Some(Identity { email, second_items, floors, providers, documents })
}

fn floors(node: &Node, findings: &mut Findings<'_>) -> Vec<Floor> {
    let mut set: Vec<Floor> = Vec::new();
    for item in node.items(findings) {
        let Some(floor) = floor(item, findings) else { continue };
        if set.iter().any(|other| (other.right, other.data) == (floor.right, floor.data)) {
            findings.problem(item.at, "twice", "another floor is set for the same right and data", Some("leave one of them".to_owned()));
        }
        set.push(floor);
    }
    set
}

/// A floor. Lower than ours needs a reason; higher asks people for more than we find necessary, and that is said (EDPB 01/2022 §73).
fn floor(node: &Node, findings: &mut Findings<'_>) -> Option<Floor> {
    let mut entry = Entry::open(node, findings)?;
    let rights = Right::ALL.map(|right| (right.name(), right));
    let right = entry.optional("right").map(|node| node.one_of(&rights, findings));
    let data = entry.required("data", findings).and_then(|node| node.one_of(&Stake::WORDS, findings));
    let tier = entry.required("tier", findings).and_then(|node| tier(node, findings));
    let reason = entry.optional("reason").and_then(|node| node.text(findings)).map(str::to_owned);
    entry.close(findings);
    let floor = Floor { right: right.map_or(Some(None), |right| right.map(Some))?, data: data?, tier: tier?, reason };
    let said = floor.reason.as_ref().is_some_and(|reason| !reason.trim().is_empty());
    if floor.is_lower() && !said {
        let help = "say why in `reason`: it goes into the log and into the bundle for the authority; or raise the tier".to_owned();
        findings.problem(node.at, "floor-unexplained", "less proof is asked for than habeas would, without a reason", Some(help));
    }
    if floor.is_higher() {
        let help = "leave the floor out unless a wrong answer would do more harm here than usual".to_owned();
        let message =
            "more proof is asked for than habeas would: asking for too much is as wrong as asking for too little (EDPB 01/2022 §73)";
        findings.warning(node.at, "floor-high", message, Some(help));
    }
    Some(floor)
}

/// A tier by its number. None asks for less than a second item: what the mailbox alone is enough for asks no floor at all.
fn tier(node: &Node, findings: &mut Findings<'_>) -> Option<Tier> {
    let count = node.count(findings)?;
    let tier = u8::try_from(count).ok().and_then(Tier::from_number).filter(|tier| *tier > Tier::Mailbox);
    if tier.is_none() {
        let help =
            "write 1 (second item or account), 2 (two channels, TOTP, passkey), 3 (eID substantial, document) or 4 (eID high)".to_owned();
        findings.problem(node.at, "bad-tier", format!("`{count}` is no tier that data may be shown at"), Some(help));
    }
    tier
}

/// Identity kinds: each must be the `identity` of some field.
fn kinds(said: Vec<((usize, usize), String)>, mentions: &mut Vec<Mention>, findings: &Findings<'_>) -> Vec<String> {
    mentions.extend(said.iter().map(|(at, kind)| Mention { name: Name::Identity(kind.clone()), place: findings.place(*at) }));
    said.into_iter().map(|(_, kind)| kind).collect()
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::law::{fixture::ORGANISATION, floor::Stake, lang::Lang, right::Right, tier::Tier};

    #[test]
    fn an_organisation_is_read_whole() {
        let parsed = parse("organisation.yaml", ORGANISATION).unwrap();
        let it = parsed.value;
        assert_eq!((it.name.as_str(), it.languages.as_slice(), it.calendar.as_str()), ("Visum AS", Lang::ALL.as_slice(), "NO"));
        assert_eq!((it.backup_rotation.get_days(), it.notify.as_slice()), (30, ["email".to_owned()].as_slice()));
        assert_eq!(it.contact.phone.as_deref(), Some("98478887"));
        assert_eq!(parsed.mentions.len(), 4, "where the relationship ends, two identities, one channel");
    }

    /// A refusal names the authority with its address (Art. 12(4)); a house that cannot say it does not open.
    #[test]
    fn an_authority_has_an_address() {
        for without in [
            ORGANISATION.replace(r#", post: "Postboks 458 Sentrum, 0105 Oslo""#, ""),
            ORGANISATION.replace("Postboks 458 Sentrum, 0105 Oslo", " "),
        ] {
            let problems = parse("organisation.yaml", &without).unwrap_err();
            assert_eq!(problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [5], "{problems:?}");
        }
    }

    #[test]
    fn numbers_are_public_only_where_that_is_said() {
        let with = |said: &str| parse("organisation.yaml", &format!("{ORGANISATION}\nnumbers: {said}\n"));
        assert_eq!(parse("organisation.yaml", ORGANISATION).unwrap().value.numbers, None);
        assert_eq!(with("{public: true}").unwrap().value.numbers, Some(5));
        assert_eq!(with("{public: true, at-least: 20}").unwrap().value.numbers, Some(20));
        assert_eq!(with("{public: false, at-least: 20}").unwrap().value.numbers, None);
        let told = with("{public: true, at-least: 2}").unwrap_err();
        assert_eq!(told.iter().map(|it| it.code).collect::<Vec<_>>(), ["too-few"]);
    }

    #[test]
    fn floors_are_set_with_a_reason_and_too_high_ones_are_told() {
        let with = |floors: &str| {
            let said = ORGANISATION.lines().find(|line| line.starts_with("identity:")).unwrap();
            let said_too = said.replacen('}', &format!(", floors: [{floors}]}}"), 1);
            parse("organisation.yaml", &ORGANISATION.replace(said, &said_too))
        };
        let lowered = with("{right: access, data: high-risk, tier: 2, reason: No eID abroad.}").unwrap();
        assert_eq!(lowered.value.identity.floors.of(Right::Access, Stake::HighRisk), Tier::TwoChannels);
        assert!(lowered.warnings.is_empty());
        let raised = with("{data: ordinary, tier: 3}").unwrap();
        assert_eq!(raised.value.identity.floors.of(Right::Portability, Stake::Ordinary), Tier::Substantial);
        assert_eq!(raised.warnings.iter().map(|it| it.code).collect::<Vec<_>>(), ["floor-high"]);
        let never = with("{data: high-risk, tier: 4}").unwrap_err();
        assert_eq!(never.iter().map(|it| it.code).collect::<Vec<_>>(), ["floor-unreachable"]);
        let wrong =
            with("{data: high-risk, tier: 2}, {data: contact, tier: 0, reason: x}, {data: ordinary, tier: 1}, {data: ordinary, tier: 1}");
        let told: Vec<_> = wrong.unwrap_err().iter().map(|problem| problem.code).collect();
        assert_eq!(told, ["floor-unexplained", "bad-tier", "twice"]);
    }

    #[test]
    fn a_norwegian_country_is_no_language_and_a_number_is_no_telephone() {
        let bad = ORGANISATION
            .replace("languages: [nb, ", "languages: [no, ")
            .replace("\"98478887\"", "98478887")
            .replace("12-31", "31-12")
            .replace("P30D", "PT30H")
            .replace("time-zone", "timezone");
        let problems = parse("organisation.yaml", &bad).unwrap_err();
        let told: Vec<_> = problems.iter().map(|problem| (problem.line, problem.code)).collect();
        let expected =
            [(1, "missing-key"), (3, "not-a-text"), (6, "unknown-word"), (7, "unknown-key"), (9, "bad-year-end"), (11, "bad-period")];
        assert_eq!(told, expected);
        assert_eq!(problems[2].help.as_deref(), Some("did you mean `nb`?"));
        assert_eq!(problems[3].help.as_deref(), Some("did you mean `time-zone`?"));
    }
}
