//! What people answer, read into values: each reading says in a sentence what is wrong and how it is written. Writes nothing.

use habeas_core::law::{
    calendar::Calendar,
    connection,
    identifier::Identifier,
    lang::Lang,
    map::{Connection, Secret},
};
use jiff::{civil::Time, tz::TimeZone};

use super::super::map::address::{self, Besides};

/// What is answered where there is nothing.
pub(super) const NONE: &str = "-";

/// A name on one line.
pub(super) fn line(text: &str) -> Result<String, String> {
    match text {
        "" => Err("this needs an answer".to_owned()),
        text if text.chars().any(char::is_control) => Err("write it on one line".to_owned()),
        text if text.chars().count() > 200 => Err("200 characters at most".to_owned()),
        text => Ok(text.to_owned()),
    }
}

/// Something that may be missing.
pub(super) fn perhaps<T>(text: &str, read: impl FnOnce(&str) -> Result<T, String>) -> Result<Option<T>, String> {
    if text == NONE { Ok(None) } else { read(text).map(Some) }
}

/// A mailbox.
pub(super) fn email(text: &str) -> Result<String, String> {
    let read =
        Identifier::parse("email", text).map_err(|_| format!("`{text}` is no e-mail address: write one such as post@example.org"))?;
    drop(read);
    line(text)
}

/// A telephone number as people write it.
pub(super) fn phone(text: &str) -> Result<String, String> {
    let plain = text.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, ' ' | '+' | '-' | '(' | ')'));
    let long = text.chars().filter(char::is_ascii_digit).count() >= 3;
    if plain && long { line(text) } else { Err(format!("`{text}` is no telephone number: write one such as +47 22 00 00 00")) }
}

/// A country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Country([u8; 2]);

impl Country {
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let upper = text.to_ascii_uppercase();
        let [first, second] = upper.as_bytes() else { return Err(Self::wrong(text)) };
        let letters = [*first, *second];
        if letters.iter().all(u8::is_ascii_uppercase) { Ok(Self(letters)) } else { Err(Self::wrong(text)) }
    }

    fn wrong(text: &str) -> String {
        format!("`{text}` is no country: write its two letters, such as NO, NL or SE")
    }

    pub(super) fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The holidays its deadlines know; `none` where only weekends are known.
    pub(super) fn calendar(self) -> &'static str {
        Calendar::names().find(|name| *name == self.code()).unwrap_or("none")
    }
}

/// A supervisory authority: one that is known, or one that is described.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Authority {
    pub(super) name: String,
    pub(super) url: String,
    pub(super) post: String,
    pub(super) phone: Option<String>,
}

/// The authorities that a short word stands for, and of which country each is.
pub(super) const AUTHORITIES: [(&str, &str, [&str; 4]); 2] = [
    ("datatilsynet", "NO", ["Datatilsynet", "https://www.datatilsynet.no", "Postboks 458 Sentrum, 0105 Oslo", "22 39 69 00"]),
    (
        "ap",
        "NL",
        ["Autoriteit Persoonsgegevens", "https://autoriteitpersoonsgegevens.nl", "Postbus 93374, 2509 AJ Den Haag", "088 1805 250"],
    ),
];

impl Authority {
    pub(super) fn read(text: &str) -> Result<Self, String> {
        if let Some((_, _, [name, url, post, phone])) = AUTHORITIES.iter().find(|(word, ..)| *word == text.to_lowercase()) {
            let [name, url, post] = [name, url, post].map(|text| (*text).to_owned());
            return Ok(Self { name, url, post, phone: Some((*phone).to_owned()) });
        }
        let parts: Vec<&str> = text.split(';').map(str::trim).collect();
        let wrong = || {
            format!(
                "`{text}` is no authority known here: write `datatilsynet`, `ap`, or NAME; https://ADDRESS; POSTAL ADDRESS; TELEPHONE, with \
                 semicolons between (the telephone may be left out)"
            )
        };
        let (name, url, post, phone) = match parts.as_slice() {
            [name, url, post] => (name, url, post, None),
            [name, url, post, phone] => (name, url, post, Some(self::phone(phone)?)),
            _ => return Err(wrong()),
        };
        if name.is_empty() || post.is_empty() || !url.starts_with("https://") {
            return Err(wrong());
        }
        Ok(Self { name: line(name)?, url: line(url)?, post: line(post)?, phone })
    }
}

/// When somebody answers, in every language.
pub(super) fn hours(text: &str) -> Result<[String; 3], String> {
    const DAYS: [(&str, [&str; 3]); 7] = [
        ("mon", ["mandag", "maandag", "Monday"]),
        ("tue", ["tirsdag", "dinsdag", "Tuesday"]),
        ("wed", ["onsdag", "woensdag", "Wednesday"]),
        ("thu", ["torsdag", "donderdag", "Thursday"]),
        ("fri", ["fredag", "vrijdag", "Friday"]),
        ("sat", ["lørdag", "zaterdag", "Saturday"]),
        ("sun", ["søndag", "zondag", "Sunday"]),
    ];
    let wrong = || format!("`{text}` is not read here: write days and times, such as mon-fri 9-15 or mon-thu 8:30-16:00");
    let lower = text.to_lowercase();
    let (days, times) = lower.split_once(' ').ok_or_else(wrong)?;
    let day = |name: &str| DAYS.iter().find(|(short, _)| *short == name).map(|(_, words)| words).ok_or_else(wrong);
    let time = |text: &str| {
        let (hour, minute) = text.trim().split_once(':').unwrap_or((text.trim(), "0"));
        let time = Time::new(hour.parse().map_err(|_| wrong())?, minute.parse().map_err(|_| wrong())?, 0, 0);
        time.map_err(|_| wrong())
    };
    let (from, to) = times.split_once('-').ok_or_else(wrong)?;
    let (from, to) = (time(from)?, time(to)?);
    if from >= to {
        return Err(format!("`{text}` ends before it begins: write the earlier time first"));
    }
    let days = match days.split_once('-') {
        Some((first, last)) => {
            let (first, last) = (day(first)?, day(last)?);
            [
                format!("{} til {}", first[0], last[0]),
                format!("{} tot en met {}", first[1], last[1]),
                format!("{} to {}", first[2], last[2]),
            ]
        }
        None => day(days)?.map(str::to_owned),
    };
    let [nb, nl, en] = days.map(|days| capital(&days));
    let span = format!("{}–{}", from.strftime("%-H:%M"), to.strftime("%-H:%M"));
    Ok([format!("{nb} kl. {span}"), format!("{nl}, {span} uur"), format!("{en}, {span}")])
}

fn capital(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default()
}

/// Languages, the first by default.
pub(super) fn languages(text: &str) -> Result<Vec<Lang>, String> {
    let mut languages = Vec::new();
    for code in text.split([',', ' ']).filter(|code| !code.is_empty()) {
        let lang = Lang::from_code(&code.to_lowercase())
            .ok_or_else(|| format!("`{code}` is no language here: write nb, nl or en, the first one being the usual"))?;
        if !languages.contains(&lang) {
            languages.push(lang);
        }
    }
    if languages.is_empty() { Err("write at least one of nb, nl and en".to_owned()) } else { Ok(languages) }
}

/// A time zone of the database.
pub(super) fn zone(text: &str) -> Result<String, String> {
    TimeZone::get(text).map_err(|_| format!("`{text}` is no time zone: write one such as Europe/Oslo or Europe/Amsterdam"))?;
    line(text)
}

/// How people reach the portal.
pub(super) fn url(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let (scheme, host) = text.split_once("://").unwrap_or_default();
    let named = !host.is_empty() && host.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | ':'));
    let own = matches!(host.split(':').next(), Some("localhost" | "127.0.0.1"));
    match scheme {
        "https" if named => Ok(text.to_owned()),
        "http" if named && own => Ok(text.to_owned()),
        "http" if named => Err(format!("what people write would cross the network in the clear: write https://{host}")),
        _ => Err(format!("`{text}` is no address: write one such as https://privacy.example.org, without a path")),
    }
}

/// The database of the first system; nothing where a person looks.
pub(super) fn database(text: &str) -> Result<Option<Connection>, String> {
    perhaps(text, |text| address::parse(text, Besides::default()).map_err(|told| told.replace("--password ", "")))
}

/// Where a password is. The password itself is refused, and not repeated.
pub(super) fn secret(text: &str) -> Result<Secret, String> {
    let secret = connection::secret(text)
        .map_err(|_| "the password itself is never written here: write env:NAME or file:PATH for where it is".to_owned())?;
    match secret {
        Secret::Env(_) => Ok(secret),
        Secret::File(path) => {
            // A house looks for it from its own folder, so it is named from everywhere.
            let found = std::path::Path::new(&path).canonicalize().map_err(|_| format!("there is no file `{path}`"))?;
            found.to_str().map(|path| Secret::File(path.to_owned())).ok_or_else(|| format!("the path of `{path}` is not text"))
        }
    }
}

/// Somebody who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Somebody {
    pub(super) name: String,
    pub(super) email: String,
}

impl Somebody {
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not read here: write a name and an address, such as Vera Vik <vera@example.org>");
        let (name, rest) = text.split_once('<').ok_or_else(wrong)?;
        let address = rest.trim().strip_suffix('>').ok_or_else(wrong)?;
        let name = name.trim();
        if name.is_empty() { Err(wrong()) } else { Ok(Self { name: line(name)?, email: email(address.trim())? }) }
    }

    /// Whether that is the same mailbox.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.email.to_lowercase() == other.email.to_lowercase()
    }
}

/// A short name of ASCII letters, digits and hyphens for what is called something.
pub(super) fn short(name: &str, or: &str) -> String {
    let mut short = String::new();
    for sign in name.chars().flat_map(char::to_lowercase) {
        match sign {
            'a'..='z' | '0'..='9' => short.push(sign),
            'æ' => short.push_str("ae"),
            'ø' | 'ö' => short.push('o'),
            'å' | 'ä' | 'á' | 'à' => short.push('a'),
            'é' | 'è' | 'ë' => short.push('e'),
            'ü' => short.push('u'),
            _ if short.ends_with('-') || short.is_empty() => {}
            _ => short.push('-'),
        }
    }
    let short = short.trim_end_matches('-');
    if short.starts_with(|sign: char| sign.is_ascii_lowercase()) { short.to_owned() } else { or.to_owned() }
}

#[cfg(test)]
mod tests {
    use habeas_core::law::{lang::Lang, map::Secret};

    use super::{Authority, Country, Somebody, database, email, hours, languages, phone, secret, short, url, zone};

    #[test]
    fn hours_are_said_in_every_language() {
        let [nb, nl, en] = hours("mon-fri 9-15:30").unwrap();
        assert_eq!(nb, "Mandag til fredag kl. 9:00–15:30");
        assert_eq!(nl, "Maandag tot en met vrijdag, 9:00–15:30 uur");
        assert_eq!(en, "Monday to Friday, 9:00–15:30");
        assert_eq!(hours("Wed 10-12").unwrap()[1], "Woensdag, 10:00–12:00 uur");
        for wrong in ["always", "mon-fri", "mon-fri 9", "man-fre 9-15", "mon-fri 25-26"] {
            assert!(hours(wrong).unwrap_err().contains("mon-fri 9-15"), "{wrong}");
        }
        assert!(hours("mon 15-9").unwrap_err().contains("earlier time first"));
    }

    #[test]
    fn authorities_are_known_or_described() {
        assert_eq!(Authority::read("AP").unwrap().name, "Autoriteit Persoonsgegevens");
        let own = Authority::read("IMY; https://www.imy.se; Box 8114, 104 20 Stockholm").unwrap();
        assert_eq!((own.post.as_str(), own.phone), ("Box 8114, 104 20 Stockholm", None));
        for wrong in ["imy", "IMY; www.imy.se; Box 8114", "; https://x.se; Box"] {
            assert!(Authority::read(wrong).unwrap_err().contains("NAME; https://ADDRESS"), "{wrong}");
        }
    }

    #[test]
    fn what_is_wrong_says_what_to_write() {
        assert_eq!(Country::read("no").unwrap().calendar(), "NO");
        assert_eq!(Country::read("SE").unwrap().calendar(), "none");
        assert!(Country::read("Norge").unwrap_err().contains("two letters"));
        assert!(email("vera").unwrap_err().contains("post@example.org"));
        assert!(phone("ring us").unwrap_err().contains("+47"));
        assert_eq!(languages("nl, en").unwrap(), [Lang::Nl, Lang::En]);
        assert!(languages("no").unwrap_err().contains("nb, nl or en"));
        assert!(zone("Oslo").unwrap_err().contains("Europe/Oslo"));
        assert_eq!(url("https://privacy.example.org/").unwrap(), "https://privacy.example.org");
        assert!(url("http://privacy.example.org").unwrap_err().contains("https://privacy.example.org"));
        assert!(url("privacy.example.org").is_err() && url("https://example.org/privacy").is_err());
        assert!(database("postgres://me:hunter2@db/shop").is_err_and(|told| !told.contains("hunter2")));
        assert_eq!(database("-"), Ok(None));
        assert!(secret("hunter2").is_err_and(|told| told.contains("env:NAME") && !told.contains("hunter2")));
        assert_eq!(secret("env:SHOP").unwrap(), Secret::Env("SHOP".to_owned()));
        assert!(Somebody::read("vera@example.org").unwrap_err().contains("Vera Vik <vera@example.org>"));
    }

    #[test]
    fn short_names_are_plain() {
        assert_eq!(short("Øst & Vest Båtutleie AS", "x"), "ost-vest-batutleie-as");
        assert_eq!(short("4 hjul", "organisation"), "organisation");
    }
}
