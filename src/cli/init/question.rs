//! The questions: what each asks, what is usual, and what reads its answer.

use std::collections::BTreeMap;

use habeas_core::law::map::Connection;

use super::answer::{self, AUTHORITIES, Authority, Country, NONE, Somebody};

/// What was answered so far, by the question's key: as it was written, and known to be readable.
#[derive(Debug, Default, Clone)]
pub(super) struct Given(BTreeMap<&'static str, String>);

impl Given {
    pub(super) fn set(&mut self, key: &'static str, text: String) {
        self.0.insert(key, text);
    }

    pub(super) fn get(&self, key: &str) -> &str {
        self.0.get(key).map_or(NONE, String::as_str)
    }

    fn country(&self) -> String {
        self.get("country").to_uppercase()
    }

    /// Whether the first system is a database behind a server.
    fn asks_a_server(&self) -> bool {
        matches!(answer::database(self.get("database")), Ok(Some(Connection::Postgres(_) | Connection::Mariadb(_))))
    }
}

/// One question.
pub(super) struct Question {
    /// In `--answers` and `--set`.
    pub(super) key: &'static str,
    /// What is asked.
    pub(super) ask: &'static str,
    /// How the answer is written.
    pub(super) how: &'static str,
    /// What an empty answer stands for; nothing where there has to be one.
    pub(super) usual: fn(&Given) -> Option<String>,
    /// Says what is wrong with an answer.
    pub(super) check: fn(&str, &Given) -> Result<(), String>,
    /// Whether it is asked at all.
    pub(super) asked: fn(&Given) -> bool,
}

const NEEDED: fn(&Given) -> Option<String> = |_| None;
const OPTIONAL: fn(&Given) -> Option<String> = |_| Some(NONE.to_owned());
const ALWAYS: fn(&Given) -> bool = |_| true;

/// Where the questions about the first system begin and end: they are asked again when its database does not answer.
pub(super) const SYSTEM: std::ops::Range<usize> = 11..14;

/// Every question, in order.
pub(super) const QUESTIONS: [Question; 17] = [
    Question {
        key: "name",
        ask: "What is your organisation called?",
        how: "its legal name, such as Shop AS",
        usual: NEEDED,
        check: |text, _| answer::line(text).map(drop),
        asked: ALWAYS,
    },
    Question {
        key: "country",
        ask: "Whose holidays count?",
        how: "two letters, such as NO or NL",
        usual: |_| Some("NO".to_owned()),
        check: |text, _| Country::read(text).map(drop),
        asked: ALWAYS,
    },
    Question {
        key: "email",
        ask: "Which e-mail address do people write to?",
        how: "such as privacy@example.org",
        usual: NEEDED,
        check: |text, _| answer::email(text).map(drop),
        asked: ALWAYS,
    },
    Question {
        key: "phone",
        ask: "Which telephone number do they call?",
        how: "or - for none",
        usual: OPTIONAL,
        check: |text, _| answer::perhaps(text, answer::phone).map(drop),
        asked: ALWAYS,
    },
    Question {
        key: "hours",
        ask: "When is the telephone answered?",
        how: "such as mon-fri 9-15, or - for no word about it",
        usual: |_| Some("mon-fri 9-15".to_owned()),
        check: |text, _| answer::perhaps(text, answer::hours).map(drop),
        asked: |given| given.get("phone") != NONE,
    },
    Question {
        key: "post",
        ask: "What is your postal address?",
        how: "on one line, such as Street 1, 0001 Oslo",
        usual: NEEDED,
        check: |text, _| answer::line(text).map(drop),
        asked: ALWAYS,
    },
    Question {
        key: "dpo",
        ask: "Who is your data protection officer?",
        how: "Name <address>, or - where you need none (Art. 37)",
        usual: OPTIONAL,
        check: |text, _| answer::perhaps(text, Somebody::read).map(drop),
        asked: ALWAYS,
    },
    Question {
        key: "authority",
        ask: "Where can people complain?",
        how: "datatilsynet, ap, or NAME; https://ADDRESS; POSTAL ADDRESS; TELEPHONE",
        usual: |given| AUTHORITIES.iter().find(|(_, country, _)| *country == given.country()).map(|(word, ..)| (*word).to_owned()),
        check: |text, _| Authority::read(text).map(drop),
        asked: ALWAYS,
    },
    Question {
        key: "languages",
        ask: "Which languages do you answer in?",
        how: "some of nb, nl, en; the first one is the usual",
        usual: |given| Some(if given.country() == "NL" { "nl, en" } else { "nb, en" }.to_owned()),
        check: |text, _| answer::languages(text).map(drop),
        asked: ALWAYS,
    },
    Question {
        key: "time-zone",
        ask: "In which time zone do your days begin?",
        how: "such as Europe/Oslo",
        usual: |given| match given.country().as_str() {
            "NO" => Some("Europe/Oslo".to_owned()),
            "NL" => Some("Europe/Amsterdam".to_owned()),
            _ => None,
        },
        check: |text, _| answer::zone(text).map(drop),
        asked: ALWAYS,
    },
    Question {
        key: "url",
        ask: "At which address do people reach the portal?",
        how: "such as https://privacy.example.org; http only on this machine",
        usual: |_| Some("http://localhost:8000".to_owned()),
        check: |text, _| answer::url(text).map(drop),
        asked: ALWAYS,
    },
    Question {
        key: "database",
        ask: "Where is the first database with people in it?",
        how: "postgres://USER@HOST/DATABASE, mariadb://…, a SQLite file, or - for a system that somebody looks through by hand",
        usual: OPTIONAL,
        check: |text, _| answer::database(text).map(drop),
        asked: ALWAYS,
    },
    Question {
        key: "password",
        ask: "Where is its password?",
        how: "env:NAME or file:PATH (a file that only you can read); - where it needs none",
        usual: OPTIONAL,
        check: |text, _| answer::perhaps(text, answer::secret).map(drop),
        asked: Given::asks_a_server,
    },
    Question {
        key: "system",
        ask: "What do people call that system?",
        how: "as your customers would say it, such as Web shop",
        usual: NEEDED,
        check: |text, _| answer::line(text).map(drop),
        asked: ALWAYS,
    },
    Question {
        key: "administrator",
        ask: "Who gives others access?",
        how: "Name <address>; an administrator sees no case",
        usual: NEEDED,
        check: |text, _| Somebody::read(text).map(drop),
        asked: ALWAYS,
    },
    Question {
        key: "handler",
        ask: "Who handles requests?",
        how: "Name <address>; also answers for the first system",
        usual: NEEDED,
        check: |text, given| apart(text, given, "administrator", "handles requests"),
        asked: ALWAYS,
    },
    Question {
        key: "approver",
        ask: "Who approves what is erased or refused?",
        how: "Name <address>; a second person, so that four eyes see it",
        usual: |given| Somebody::read(given.get("dpo")).ok().map(|_| given.get("dpo").to_owned()),
        check: |text, given| {
            apart(text, given, "administrator", "approves")?;
            apart(text, given, "handler", "approves")
        },
        asked: ALWAYS,
    },
];

fn apart(text: &str, given: &Given, key: &str, does: &str) -> Result<(), String> {
    let (this, other) = (Somebody::read(text)?, Somebody::read(given.get(key)));
    match other {
        Ok(other) if this.is(&other) => {
            Err(format!("`{}` is named already: whoever {does} is somebody else, with another address", this.email))
        }
        _ => Ok(()),
    }
}
