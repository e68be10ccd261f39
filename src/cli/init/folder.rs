//! What a new house's folder says, file by file: plain texts that `habeas check` reads and a person can go on with.

use std::fmt::Write as _;

use habeas_core::law::{
    guess::{
        Proposal,
        yaml::{self, quoted, words},
    },
    lang::Lang,
    map::{Connection, Secret},
};

use super::{
    answer::{self, Authority, Country, Somebody, short},
    question::Given,
};

/// Everything that was answered, as values.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) name: String,
    country: Country,
    email: String,
    phone: Option<String>,
    hours: Option<[String; 3]>,
    post: String,
    officer: Option<Somebody>,
    authority: Authority,
    languages: Vec<Lang>,
    zone: String,
    pub(super) url: String,
    pub(super) system: String,
    pub(super) administrator: Somebody,
    pub(super) handler: Somebody,
    pub(super) approver: Somebody,
}

impl Draft {
    pub(super) fn of(given: &Given) -> Result<Self, String> {
        Ok(Self {
            name: answer::line(given.get("name"))?,
            country: Country::read(given.get("country"))?,
            email: answer::email(given.get("email"))?,
            phone: answer::perhaps(given.get("phone"), answer::phone)?,
            hours: answer::perhaps(given.get("hours"), answer::hours)?,
            post: answer::line(given.get("post"))?,
            officer: answer::perhaps(given.get("dpo"), Somebody::read)?,
            authority: Authority::read(given.get("authority"))?,
            languages: answer::languages(given.get("languages"))?,
            zone: answer::zone(given.get("time-zone"))?,
            url: answer::url(given.get("url"))?,
            system: answer::line(given.get("system"))?,
            administrator: Somebody::read(given.get("administrator"))?,
            handler: Somebody::read(given.get("handler"))?,
            approver: Somebody::read(given.get("approver"))?,
        })
    }

    /// What only weekends are known of.
    pub(super) fn caution(&self) -> Option<String> {
        (self.country.calendar() == "none").then(|| {
            format!(
                "no holidays of {} are known here: deadlines move for weekends only, which is never too late for anybody",
                self.country.code()
            )
        })
    }
}

/// The first system.
#[derive(Debug)]
pub(super) enum First {
    /// A database that answered, with the map that was proposed for it.
    Found(Box<(Connection, Proposal, String)>),
    /// One that somebody looks through.
    ByHand(String),
}

impl First {
    pub(super) fn by_hand(name: &str) -> Self {
        Self::ByHand(short(name, "files"))
    }

    /// Its name in files, rules and the log.
    pub(super) fn key(&self) -> &str {
        match self {
            Self::Found(found) => &found.1.system,
            Self::ByHand(key) => key,
        }
    }

    /// By what people are found beside their address.
    fn second_items(&self) -> Vec<&'static str> {
        match self {
            Self::Found(found) => found.1.identities().into_iter().skip(1).collect(),
            Self::ByHand(_) => vec!["customer_number"],
        }
    }

    fn map(&self, name: &str) -> String {
        match self {
            Self::Found(found) => yaml::write_named(&found.1, name, &found.0, &found.2),
            Self::ByHand(key) => BY_HAND.replace("{key}", key).replace("{label}", &same(name)),
        }
    }

    /// Where its password is looked for.
    pub(super) fn secret(&self) -> Option<&Secret> {
        match self {
            Self::Found(found) => match &found.0 {
                Connection::Postgres(server) | Connection::Mariadb(server) => server.password.as_ref(),
                _ => None,
            },
            Self::ByHand(_) => None,
        }
    }
}

/// Every file: where it stands in the house, and what it says.
pub(super) fn files(draft: &Draft, first: &First) -> Vec<(String, String)> {
    vec![
        ("Rocket.toml".to_owned(), settings(draft)),
        ("organisation/README.md".to_owned(), README.to_owned()),
        ("organisation/organisation.yaml".to_owned(), organisation(draft, first)),
        ("organisation/recipients.yaml".to_owned(), RECIPIENTS.to_owned()),
        ("organisation/retention.yaml".to_owned(), RETENTION.to_owned()),
        (format!("organisation/systems/{}.yaml", first.key()), first.map(&draft.system)),
        ("organisation/workflows/README.md".to_owned(), WORKFLOWS.to_owned()),
    ]
}

fn organisation(draft: &Draft, first: &First) -> String {
    let mut out = String::from("# Who answers for the data, to whom people can complain, and by which calendar the law is counted.\n");
    let mut line = |text: String| {
        let _ = writeln!(out, "{text}");
    };
    line(format!("organisation: {}", quoted(&short(&draft.name, "organisation"))));
    line(format!("name: {}", quoted(&draft.name)));
    line("contact:".to_owned());
    line(format!("  email: {}", quoted(&draft.email)));
    if let Some(phone) = &draft.phone {
        line(format!("  phone: {}", quoted(phone)));
    }
    line(format!("  post: {}", quoted(&draft.post)));
    if let Some(hours) = &draft.hours {
        line(format!("  hours: {}", words(hours)));
    }
    match &draft.officer {
        Some(officer) => line(format!("dpo: {{name: {}, email: {}}}", quoted(&officer.name), quoted(&officer.email))),
        None => line("# dpo: {name: …, email: …}   # your data protection officer, if Art. 37 asks for one".to_owned()),
    }
    line("authority:".to_owned());
    let Authority { name, url, post, phone } = &draft.authority;
    line(format!("  name: {}\n  url: {}\n  post: {}", quoted(name), quoted(url), quoted(post)));
    if let Some(phone) = phone {
        line(format!("  phone: {}", quoted(phone)));
    }
    line(format!("languages: [{}]", draft.languages.iter().map(|lang| lang.code()).collect::<Vec<_>>().join(", ")));
    line(format!("time-zone: {}", draft.zone));
    line(format!("calendar: {}   # the country, in quotes: older YAML readers take NO for a boolean", quoted(draft.country.calendar())));
    line("fiscal-year-end: \"12-31\"   # look at this: the last day of your fiscal year".to_owned());
    line("backups: {rotation: P30D}    # look at this: how long after an erasure your backups still hold the data".to_owned());
    line("# People are found by a code sent to `email`, and by what else only they and you know.".to_owned());
    line(format!("identity: {{email: email, second-items: [{}]}}", first.second_items().join(", ")));
    line("notify: [email]".to_owned());
    line("# numbers: {public: true}    # tells anybody how you answer, never about fewer than five people together".to_owned());
    line("# theme: {logo: logo.svg, accent: \"#0b5c4a\", radius: 4, font: Verdana}".to_owned());
    out
}

fn settings(draft: &Draft) -> String {
    let port = draft.url.strip_prefix("http://").and_then(|host| host.split_once(':')).map_or("8000", |(_, port)| port);
    format!(
        "# Settings of this house; what else there is stands in the README of habeas. `HABEAS_*` and `ROCKET_*` variables are stronger.\n\n\
         [default]\naddress = \"127.0.0.1\"   # a reverse proxy with TLS stands in front\nport = {port}\n\n\
         [default.habeas]\norganisation = \"organisation\"   # beside this file\nurl = {}\n\
         # smtp = \"smtps://user@mail.example.org\"   # without it, mail goes to the folder `mail`; a password: HABEAS_SMTP_FILE\n",
        quoted(&draft.url)
    )
}

fn same(name: &str) -> String {
    words(&[name, name, name])
}

const README: &str = "# This folder is your organisation

| file | says |
|---|---|
| `organisation.yaml` | who you are, whom people ask, where they complain |
| `systems/*.yaml` | one file per system: how it is reached, which data it holds and what for |
| `retention.yaml` | what the law makes you keep, and until when. Nothing is kept that no rule names |
| `recipients.yaml` | who has got data from you |
| `workflows/*.yaml` | only where you work otherwise than habeas does |
| `texts/*.ftl` | only where your words are other words |

`habeas check` reads all of it and says what is wrong, with line and column. Keep it in version control: no secret stands in it.
";

const RECIPIENTS: &str =
    "# Who has got data from you (Art. 15(1)(c)), and how they are told of erasures and corrections (Art. 19). For example:
#   - id: bookkeeper
#     name: Bookkeeping AS
#     role: processor
#     country: \"NO\"
#     about: {nb: Fører regnskapet for oss., nl: Voert onze boekhouding., en: Keeps our accounts.}
#     notify: true
#     email: privacy@bookkeeping.example
# Then name it in the map: `recipients: [bookkeeper]`.
recipients: []
";

const RETENTION: &str =
    "# What you keep, why and until when: the one place that says so. What no rule names is erased when its person asks for it, so
# write down what the law makes you keep BEFORE you approve the first plan. For example, with the names of your own map:
#   - id: NO-BOK-5
#     kind: must-keep
#     covers: [SYSTEM.invoices]
#     keep: P5Y
#     from: {field: SYSTEM.invoices.issued_on, adjust: fiscal-year-end}
#     law: bokføringsloven § 13          # in the Netherlands: P7Y, adjust: calendar-year-end, AWR art. 52 lid 4
#     ground: Art. 17(3)(b)
#     because: {nb: Loven krever det., nl: De wet verplicht dat., en: The law requires it.}
#     source: where you read it
#     checked-on: 2026-01-31
language: habeas.retention/1

default:
  result: erase
  because:
    nb: Ingen regel sier at vi må beholde dette.
    nl: Geen regel zegt dat wij dit moeten bewaren.
    en: No rule says that we must keep this.

except: []
";

const WORKFLOWS: &str = "# Workflows of your own

Empty: the workflows that habeas carries are in force, and go on being mended with it. A file here takes the place of the one of the same
name. `habeas workflow lint` proves that it still answers everybody in time; the scenarios beside it are played by `habeas workflow test`.
";

/// A system that somebody looks through: mails, paper, a page without an interface.
const BY_HAND: &str = "# A system without an interface: its owner looks through it, hands in what she found, and signs for what she changed or erased.
habeas:
  label: {label}  # look at this
  connection:
    type: manual
    steps:
      find:
        - {nb: Søk etter adressen og navnet, nl: Zoek op het adres en de naam, en: Search for the address and the name}
      correct:
        - {nb: Rett opplysningen, nl: Verbeter het gegeven, en: Correct the information}
      restrict:
        - {nb: Merk at opplysningen ikke skal brukes, nl: Geef aan dat het gegeven niet gebruikt mag worden, en: Mark that it must not be used}
      erase:
        - {nb: Slett opplysningen for godt, nl: Verwijder het gegeven voorgoed, en: Delete the information for good}
      verify:
        - {nb: Søk en gang til, nl: Zoek nog eens, en: Search once more}
dataset:
  - fides_key: {key}
    collections:
      - name: people
        habeas:
          label: {nb: Opplysninger om deg, nl: Gegevens over u, en: Information about you}
          purpose: {nb: For å svare deg og levere det du bestiller., nl: Om u te antwoorden en te leveren wat u bestelt., en: To answer you and deliver what you order.}  # look at this
          legal-basis: Art. 6(1)(b)  # look at this
          source: {nb: Deg selv., nl: Uzelf., en: You.}  # look at this
        fields:
          - name: number
            data_categories: [user.unique_id]
            fides_meta: {primary_key: true, identity: customer_number, data_type: string}
            habeas: {label: {nb: Kundenummer, nl: Klantnummer, en: Customer number}}
          - name: email
            data_categories: [user.contact.email]
            fides_meta: {identity: email, data_type: string}
            habeas: {label: {nb: E-postadresse, nl: E-mailadres, en: Email address}}
          - name: name
            data_categories: [user.name]
            fides_meta: {data_type: string}
            habeas: {label: {nb: Navn, nl: Naam, en: Name}}
          - name: notes
            data_categories: [user.content.private]
            fides_meta: {data_type: string}
            habeas: {label: {nb: Det vi har skrevet ned, nl: Wat wij hebben opgeschreven, en: What we have written down}}
";
