//! What a person calls tables and columns that are hers only because of where they stand, and what a table is there for.

use super::words::{readable, singular, words};

/// What the rows of a table are about: decides purpose, legal ground and category of what has none of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Who somebody is.
    Person,
    /// Where somebody lives or gets things.
    Address,
    /// What somebody ordered.
    Order,
    /// What somebody paid, or owes.
    Payment,
    /// What somebody wrote or was told.
    Message,
    /// What somebody did, as a machine noted it.
    Trace,
    /// What somebody is sent for advertising.
    Advertising,
    /// Somebody's papers and pictures.
    Document,
    /// Somebody's account, roles and settings.
    Account,
    /// Anything else.
    Other,
}

/// A text in nb, nl and en.
pub type Words = [&'static str; 3];

/// Where the data come from, unless somebody knows better.
pub const SOURCE: Words = ["Deg selv", "Uzelf", "You"];

type Named = (&'static [&'static str], Theme, Words);

/// Tables by a word of their name, the more telling first.
const TABLES: [Named; 22] = [
    (&["newsletter", "mailing", "nyhetsbrev", "nieuwsbrief", "campaign"], Theme::Advertising, ["Nyhetsbrev", "Nieuwsbrief", "Newsletter"]),
    (
        &["invoiceline", "orderline", "lineitem", "orderitem", "ordredetail", "ordrelinje", "orderregel"],
        Theme::Order,
        ["Bestilte varer", "Bestelde artikelen", "Items you ordered"],
    ),
    (&["invoice", "faktura", "factuur", "bill"], Theme::Payment, ["Fakturaer", "Facturen", "Invoices"]),
    (
        &["payment", "transaction", "betaling", "refund", "charge", "bankcard", "card", "transaksjon", "transactie"],
        Theme::Payment,
        ["Betalinger", "Betalingen", "Payments"],
    ),
    (&["address", "adresse", "adres"], Theme::Address, ["Adresser", "Adressen", "Addresses"]),
    (&["basket", "cart", "wishlist", "handlekurv", "winkelwagen", "quote"], Theme::Order, ["Handlekurv", "Winkelwagen", "Basket"]),
    (&["shipment", "shipping", "delivery", "levering", "zending"], Theme::Order, ["Leveringer", "Leveringen", "Deliveries"]),
    (
        &["order", "purchase", "booking", "reservation", "bestilling", "bestelling", "ordre", "boeking", "sale", "kjop"],
        Theme::Order,
        ["Bestillinger", "Bestellingen", "Orders"],
    ),
    (
        &["subscription", "abonnement", "membership", "medlemskap", "contract", "kontrakt"],
        Theme::Order,
        ["Abonnementer", "Abonnementen", "Subscriptions"],
    ),
    (
        &["message", "mail", "melding", "bericht", "chat", "ticket", "sms", "notification", "varsel", "conversation", "enquiry"],
        Theme::Message,
        ["Meldinger", "Berichten", "Messages"],
    ),
    (
        &["review", "rating", "comment", "post", "vote", "omtale", "beoordeling", "feedback", "kommentar"],
        Theme::Message,
        ["Innlegg og vurderinger", "Bijdragen en beoordelingen", "Posts and reviews"],
    ),
    (
        &["log", "audit", "history", "event", "visit", "session", "activity", "logg", "search", "view", "cache"],
        Theme::Trace,
        ["Bruksspor", "Gebruikssporen", "Traces of use"],
    ),
    (
        &["document", "file", "attachment", "upload", "passport", "photo", "picture", "dokument", "vedlegg", "bijlage"],
        Theme::Document,
        ["Dokumenter", "Documenten", "Documents"],
    ),
    (
        &["permission", "role", "group", "setting", "preference", "token", "login", "credential", "account", "konto", "device", "social"],
        Theme::Account,
        ["Konto og tilganger", "Account en rechten", "Account and access"],
    ),
    (&["customer", "client", "kunde", "klant", "buyer"], Theme::Person, ["Kundeopplysninger", "Klantgegevens", "Customer details"]),
    (
        &["user", "member", "bruker", "gebruiker", "medlem", "lid", "profile", "profil", "profiel", "identity"],
        Theme::Person,
        ["Brukeropplysninger", "Gebruikersgegevens", "User details"],
    ),
    (
        &["employee", "staff", "ansatt", "medewerker", "personeel"],
        Theme::Person,
        ["Ansattopplysninger", "Personeelsgegevens", "Employee details"],
    ),
    (&["contact", "kontakt", "lead", "recipient", "relatie"], Theme::Person, ["Kontakter", "Contacten", "Contacts"]),
    (
        &["person", "patient", "student", "guest", "passenger", "applicant", "candidate", "subscriber", "participant", "citizen"],
        Theme::Person,
        ["Personopplysninger", "Persoonsgegevens", "Personal details"],
    ),
    (
        &["voucher", "coupon", "discount", "loyalty", "rabatt", "korting", "point"],
        Theme::Order,
        ["Rabatter og poeng", "Kortingen en punten", "Discounts and points"],
    ),
    (
        &["alert", "reminder", "wish", "favourite", "favorite"],
        Theme::Account,
        ["Ønsker og varsler", "Wensen en meldingen", "Wishes and alerts"],
    ),
    (&["line", "item", "detail"], Theme::Order, ["Detaljer", "Details", "Details"]),
];

/// What a table is called and about; its own words where no entry knows it.
pub fn table(name: &str) -> (Theme, [String; 3], bool) {
    let words: Vec<String> = words(name).iter().map(|word| singular(word)).collect();
    let joined = words.concat();
    let ends = |word: &str, entry: &&str| word == *entry || (entry.len() > 4 && (word.ends_with(*entry) || word.starts_with(*entry)));
    let by_all = TABLES.iter().find(|(entries, ..)| entries.iter().any(|entry| entry.len() > 6 && joined.ends_with(entry)));
    let mut by_word =
        words.iter().rev().filter_map(|word| TABLES.iter().find(|(entries, ..)| entries.iter().any(|entry| ends(word, entry))));
    match by_all.or_else(|| by_word.next()) {
        Some((_, theme, label)) => (*theme, label.map(str::to_owned), true),
        None => (Theme::Other, [(); 3].map(|()| readable(name)), false),
    }
}

/// Columns that many tables have, by the end of their name.
const COLUMNS: [(&[&str], Words); 38] = [
    (
        &[
            "created",
            "createdat",
            "createdon",
            "datecreated",
            "opprettet",
            "aangemaakt",
            "registered",
            "joined",
            "datejoined",
            "signupdate",
            "createdtime",
            "datesubmitted",
        ],
        ["Opprettet", "Aangemaakt", "Created"],
    ),
    (
        &[
            "updated",
            "updatedat",
            "modified",
            "modifiedat",
            "changed",
            "changedat",
            "lastmodified",
            "dateupdated",
            "endret",
            "gewijzigd",
            "lastupdated",
        ],
        ["Endret", "Gewijzigd", "Changed"],
    ),
    (&["deleted", "deletedat", "del", "isdeleted", "slettet", "verwijderd"], ["Slettet", "Verwijderd", "Deleted"]),
    (&["lastlogin", "lastseen", "lastactive", "sistinnlogget"], ["Sist pålogget", "Laatst ingelogd", "Last signed in"]),
    (&["failedlogin", "failedlogincounter", "loginattempts"], ["Feilede pålogginger", "Mislukte aanmeldingen", "Failed sign-ins"]),
    (&["status", "state", "isactive", "active", "enabled", "aktiv", "actief"], ["Status", "Status", "Status"]),
    (&["type", "kind", "category", "slag", "soort"], ["Slag", "Soort", "Kind"]),
    (
        &[
            "total",
            "amount",
            "sum",
            "price",
            "belop",
            "bedrag",
            "cost",
            "subtotal",
            "totalincltax",
            "totalexcltax",
            "balance",
            "unitprice",
            "pris",
            "prijs",
        ],
        ["Beløp", "Bedrag", "Amount"],
    ),
    (&["currency", "valuta"], ["Valuta", "Valuta", "Currency"]),
    (&["quantity", "qty", "antall", "aantal", "count"], ["Antall", "Aantal", "Quantity"]),
    (&["tax", "vat", "mva", "btw"], ["Avgift", "Belasting", "Tax"]),
    (
        &["orderdate", "placedat", "dateplaced", "bestilt", "besteld", "purchasedat", "orderedat", "bestildato"],
        ["Bestilt", "Besteld op", "Ordered"],
    ),
    (&["invoicedate", "fakturadato", "factuurdatum"], ["Fakturadato", "Factuurdatum", "Invoice date"]),
    (&["invoicenumber", "invoiceno", "fakturanummer", "factuurnummer", "fakturanr"], ["Fakturanummer", "Factuurnummer", "Invoice number"]),
    (&["duedate", "forfall", "forfallsdato", "vervaldatum"], ["Forfall", "Vervaldatum", "Due"]),
    (&["paidat", "paidon", "paid", "betalt", "betaald"], ["Betalt", "Betaald", "Paid"]),
    (&["date", "dato", "datum", "time", "timestamp", "actiontime", "eventdate"], ["Dato", "Datum", "Date"]),
    (&["startdate", "validfrom", "startdato", "startdatum", "starttime"], ["Fra", "Vanaf", "From"]),
    (
        &["enddate", "validto", "expires", "expiresat", "expirydate", "sluttdato", "einddatum", "validuntil", "expiry"],
        ["Til", "Tot", "Until"],
    ),
    (&["sentat", "senton", "datesent", "sendt", "verzonden"], ["Sendt", "Verzonden", "Sent"]),
    (&["readat", "dateread"], ["Lest", "Gelezen", "Read"]),
    (&["cancelledat", "cancelledon", "cancelled", "avbestilt", "geannuleerd"], ["Avbestilt", "Geannuleerd", "Cancelled"]),
    (&["title", "tittel", "titel", "heading"], ["Tittel", "Titel", "Title"]),
    (&["subject", "emne", "onderwerp"], ["Emne", "Onderwerp", "Subject"]),
    (&["description", "beskrivelse", "omschrijving", "beschrijving"], ["Beskrivelse", "Beschrijving", "Description"]),
    (
        &["product", "productname", "service", "tjeneste", "dienst", "article", "vare", "artikel", "sku", "upc", "partnersku"],
        ["Vare eller tjeneste", "Artikel of dienst", "Item or service"],
    ),
    (&["number", "nummer", "nr", "reference", "ref", "code", "kode"], ["Nummer", "Nummer", "Number"]),
    (&["rating", "score", "stars", "karakter", "cijfer"], ["Vurdering", "Beoordeling", "Rating"]),
    (&["url", "link", "path", "website"], ["Lenke", "Link", "Link"]),
    (
        &["data", "payload", "content", "vars", "preferences", "settings", "innhold", "inhoud", "metadata", "extradata", "config"],
        ["Innhold", "Inhoud", "Content"],
    ),
    (&["primary", "isprimary", "isdefault", "default", "standard"], ["Hovedvalg", "Standaard", "Default"]),
    (&["verified", "isverified", "confirmed", "emailverified"], ["Bekreftet", "Bevestigd", "Confirmed"]),
    (&["isstaff", "isadmin", "issuperuser", "role", "rolle", "rol"], ["Tilgang", "Rechten", "Access"]),
    (&["query", "searchterm", "keywords", "words"], ["Søkeord", "Zoekwoorden", "Search words"]),
    (&["attempts", "numorders", "visits", "views", "numviews", "hits", "numtimes"], ["Antall ganger", "Aantal keer", "Number of times"]),
    (&["mailbox", "folder", "mappe", "map"], ["Mappe", "Map", "Folder"]),
    (&["flags", "valid", "ishtml", "htmlsignature"], ["Merking", "Markering", "Flags"]),
    (&["vcard"], ["Visittkort", "Visitekaartje", "Business card"]),
];

/// What a column is called; its own words where no entry knows it.
pub fn column(name: &str) -> ([String; 3], bool) {
    let words = words(name);
    let found = (0..words.len()).find_map(|start| {
        let joined = words.get(start..).unwrap_or_default().concat();
        COLUMNS.iter().find(|(names, _)| names.contains(&joined.as_str()))
    });
    found.map_or_else(|| ([(); 3].map(|()| readable(name)), false), |(_, label)| (label.map(str::to_owned), true))
}

impl Theme {
    /// Whether a row that a row of hers refers to is probably about nobody else: an address is, a supplier is not.
    pub const fn is_of_one_person(self) -> bool {
        matches!(self, Self::Person | Self::Address | Self::Payment | Self::Document)
    }

    /// What the data are for, in words that a lawyer must read.
    pub const fn purpose(self) -> Words {
        match self {
            Self::Person | Self::Account => {
                ["For å ha deg som kunde eller bruker.", "Om u als klant of gebruiker te hebben.", "To have you as a customer or user."]
            }
            Self::Address | Self::Order => ["For å levere det du bestiller.", "Om te leveren wat u bestelt.", "To deliver what you order."],
            Self::Payment => [
                "For å ta betalt og føre regnskap.",
                "Om betalingen te verwerken en de boekhouding te voeren.",
                "To take payment and keep our accounts.",
            ],
            Self::Message => ["For å svare deg.", "Om u te antwoorden.", "To answer you."],
            Self::Trace => [
                "For å holde tjenesten sikker og i gang.",
                "Om de dienst veilig en werkend te houden.",
                "To keep the service safe and running.",
            ],
            Self::Advertising => {
                ["For å sende deg nyheter og tilbud.", "Om u nieuws en aanbiedingen te sturen.", "To send you news and offers."]
            }
            Self::Document => ["For å kunne utføre det du ber om.", "Om te kunnen doen wat u vraagt.", "To be able to do what you ask."],
            Self::Other => ["For å gi deg tjenesten.", "Om u de dienst te leveren.", "To provide the service to you."],
        }
    }

    /// The ground of Art. 6(1) that such data usually rest on.
    pub const fn legal_basis(self) -> &'static str {
        match self {
            Self::Advertising => "Art. 6(1)(a)",
            Self::Payment => "Art. 6(1)(c)",
            Self::Trace => "Art. 6(1)(f)",
            Self::Person | Self::Address | Self::Order | Self::Message | Self::Document | Self::Account | Self::Other => "Art. 6(1)(b)",
        }
    }

    /// The category of a column that has none of its own.
    pub const fn category(self) -> &'static str {
        match self {
            Self::Person | Self::Account | Self::Other => "user.account",
            Self::Address => "user.contact.address",
            Self::Order => "user.behavior.purchase_history",
            Self::Payment => "user.payment",
            Self::Message | Self::Document => "user.content.private",
            Self::Trace => "user.behavior",
            Self::Advertising => "user.privacy_preferences",
        }
    }
}
