//! A small organisation for the tests of this room: a shop, its accounts, its dossiers, and one customer with a cancelled, invoiced order.

use std::{collections::BTreeMap, sync::LazyLock};

use jiff::civil::{Date, date};

use super::{
    folder::{File, Files, Folder, Problem, read},
    hold::{Basis, Hold, Scope, Whose},
    mask::Secrets,
    record::{Record, Value},
};

pub(crate) const ORGANISATION: &str = r#"organisation: visum
name: Visum AS
contact: {email: post@visum.example, phone: "98478887", post: "Postboks 1, 0217 Oslo", hours: {nb: 9–15, nl: 9–15, en: 9–15}}
dpo: {name: Ola, email: dpo@visum.example}
authority: {name: Datatilsynet, url: "https://www.datatilsynet.no", post: "Postboks 458 Sentrum, 0105 Oslo", phone: "22 39 69 00"}
languages: [nb, nl, en]
time-zone: Europe/Oslo
calendar: NO
fiscal-year-end: "12-31"
relationship-ends: shop.customers.ended_on
backups: {rotation: P30D}
identity: {email: email, second-items: [customer_number]}
notify: [email]
"#;

pub(crate) const RECIPIENTS: &str = "recipients:
  - {id: hosting, name: Vert AS, role: processor, country: NO, about: {nb: a, nl: b, en: c}, notify: true}
";

pub(crate) const SHOP: &str = "habeas:
  label: {nb: Nettbutikken, nl: De webwinkel, en: The web shop}
  connection: {type: sqlite, path: systems/shop.db}
dataset:
  - fides_key: shop
    name: Web shop
    description: For colleagues
    collections:
      - name: customers
        habeas:
          label: {nb: Kunde, nl: Klant, en: Customer}
          purpose: {nb: a, nl: b, en: c}
          legal-basis: Art. 6(1)(b)
          source: {nb: a, nl: b, en: c}
          recipients: [hosting]
        fields:
          - {name: id, fides_meta: {primary_key: true, data_type: integer}, habeas: {technical: true}}
          - {name: number, fides_meta: {identity: customer_number}, habeas: {label: {nb: a, nl: b, en: c}}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}, habeas: {label: {nb: a, nl: b, en: c}}}
          - {name: ended_on, habeas: {label: {nb: a, nl: b, en: c}}}
      - name: orders
        habeas:
          label: {nb: Bestilling, nl: Bestelling, en: Order}
          purpose: {nb: a, nl: b, en: c}
          legal-basis: Art. 6(1)(b)
          source: {nb: a, nl: b, en: c}
        fields:
          - {name: id, fides_meta: {primary_key: true}, habeas: {technical: true}}
          - name: customer_id
            fides_meta: {references: [{dataset: shop, field: customers.id, direction: from}]}
            habeas: {technical: true}
          - {name: status, habeas: {label: {nb: a, nl: b, en: c}}}
          - {name: cancelled_on, habeas: {label: {nb: a, nl: b, en: c}}}
          - {name: log, habeas: {label: {nb: a, nl: b, en: c}}}
";

pub(crate) const ACCOUNTING: &str = "habeas:
  label: {nb: Regnskapet, nl: De boekhouding, en: The accounts}
  connection: {type: sqlite, path: systems/accounting.db}
dataset:
  - fides_key: accounting
    collections:
      - name: customers
        habeas: &kind
          label: {nb: a, nl: b, en: c}
          purpose: {nb: a, nl: b, en: c}
          legal-basis: Art. 6(1)(c)
          source: {nb: a, nl: b, en: c}
        fields:
          - name: number
            fides_meta: {primary_key: true, references: [{dataset: shop, field: customers.number, direction: from}]}
            habeas: {label: {nb: a, nl: b, en: c}}
          - {name: name, data_categories: [user.name], habeas: {label: {nb: a, nl: b, en: c}}}
          - {name: account, data_categories: [user.financial.bank_account], habeas: {label: {nb: a, nl: b, en: c}}}
      - name: invoices
        habeas: *kind
        fields:
          - {name: id, fides_meta: {primary_key: true}, habeas: {technical: true}}
          - name: customer
            fides_meta: {references: [{dataset: accounting, field: customers.number, direction: from}]}
            habeas: {technical: true}
          - name: order_id
            fides_meta: {references: [{dataset: shop, field: orders.id, direction: from}]}
            habeas: {technical: true}
          - {name: issued_on, habeas: {label: {nb: a, nl: b, en: c}}}
          - {name: amount, habeas: {label: {nb: a, nl: b, en: c}}}
          - {name: note, habeas: {label: {nb: a, nl: b, en: c}}}
      - name: lines
        habeas: *kind
        fields:
          - {name: id, fides_meta: {primary_key: true}, habeas: {technical: true}}
          - name: invoice_id
            fides_meta: {references: [{dataset: accounting, field: invoices.id, direction: from}]}
            habeas: {technical: true}
          - {name: amount, habeas: {label: {nb: a, nl: b, en: c}}}
";

pub(crate) const DOSSIERS: &str = "habeas:
  label: {nb: Arkivet, nl: Het archief, en: The archive}
  connection: {type: sqlite, path: systems/dossiers.db}
dataset:
  - fides_key: dossiers
    collections:
      - name: passports
        habeas:
          label: {nb: Pass, nl: Paspoort, en: Passport}
          purpose: {nb: a, nl: b, en: c}
          legal-basis: Art. 6(1)(b)
          source: {nb: a, nl: b, en: c}
        data_categories: [user.government_id]
        fields:
          - {name: id, fides_meta: {primary_key: true}, habeas: {technical: true}}
          - name: order_id
            fides_meta: {references: [{dataset: shop, field: orders.id, direction: from}]}
            habeas: {technical: true}
          - {name: number, habeas: {label: {nb: a, nl: b, en: c}}}
";

pub(crate) const RETENTION: &str = "language: habeas.retention/1
default: {result: erase, because: {nb: a, nl: b, en: No rule requires us to keep it}}
except:
  - id: NO-BOK-5
    kind: must-keep
    covers: [accounting.invoices, accounting.lines, accounting.customers]
    kernel: [issued_on, amount, name]
    keep: P5Y
    from: {field: accounting.invoices.issued_on, adjust: fiscal-year-end}
    law: bokføringsloven § 13
    ground: Art. 17(3)(b)
    because: {nb: a, nl: b, en: The bookkeeping act asks for it}
    source: lovdata.no
    checked-on: 2026-11-20
  - id: NO-FOR-3
    kind: may-keep
    covers: [shop.orders.log]
    keep: P3Y
    from: {field: shop.orders.cancelled_on}
    law: foreldelsesloven § 2
    ground: Art. 17(3)(e)
    because: {nb: a, nl: b, en: A claim can still be made}
    source: lovdata.no
    checked-on: 2026-11-20
  - id: POL-60D
    kind: maximum
    covers: [shop.orders, dossiers.passports]
    keep: P60D
    from: {field: shop.orders.cancelled_on}
    law: the privacy policy
    because: {nb: a, nl: b, en: We promised it}
    source: the privacy policy
    checked-on: 2026-11-20
";

pub(crate) const CASE: &str = "HB-1";

/// The files above, with some replaced, read.
pub(crate) fn read_with(replaced: &[(&str, &str)]) -> Result<Folder, Vec<Problem>> {
    let text = |name: &str, text: &'static str| {
        replaced.iter().find(|(file, _)| *file == name).map_or(text.to_owned(), |(_, new)| (*new).to_owned())
    };
    let [organisation, retention, recipients] =
        [("organisation.yaml", ORGANISATION), ("retention.yaml", RETENTION), ("recipients.yaml", RECIPIENTS)].map(|(n, t)| (n, text(n, t)));
    let systems = [("accounting.yaml", ACCOUNTING), ("dossiers.yaml", DOSSIERS), ("shop.yaml", SHOP)].map(|(n, t)| (n, text(n, t)));
    let file = |(name, text): &(&'static str, String)| File { name, text: Box::leak(text.clone().into_boxed_str()) };
    let systems = systems.each_ref().map(file);
    read(Files { organisation: file(&organisation), retention: file(&retention), recipients: file(&recipients), systems: &systems })
}

/// The whole folder.
pub(crate) fn folder() -> Folder {
    static FOLDER: LazyLock<Folder> = LazyLock::new(|| {
        read_with(&[]).unwrap_or_else(|problems| panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
    });
    FOLDER.clone()
}

/// A record: the first value is its key.
pub(crate) fn record(address: &str, values: &[(&str, &str)]) -> Record {
    let (system, collection) = address.split_once('.').unwrap();
    let value = |text: &str| if text.is_empty() { Value::Null } else { Value::Text(text.to_owned()) };
    let values: Vec<_> = values.iter().map(|(name, text)| ((*name).to_owned(), value(text))).collect();
    Record {
        system: system.to_owned(),
        collection: collection.to_owned(),
        key: BTreeMap::from([values[0].clone()]),
        values: values.into_iter().collect(),
    }
}

/// Kari: a cancelled order with an invoice, and an older invoice.
pub(crate) fn kari() -> Vec<Record> {
    vec![
        record("shop.customers", &[("id", "7"), ("number", "K7"), ("email", "kari@example.no"), ("ended_on", "2026-03-14")]),
        record(
            "shop.orders",
            &[("id", "70"), ("customer_id", "7"), ("status", "cancelled"), ("cancelled_on", "2026-03-14"), ("log", "called")],
        ),
        record("dossiers.passports", &[("id", "1"), ("order_id", "70"), ("number", "N123")]),
        record("accounting.customers", &[("number", "K7"), ("name", "Kari"), ("account", "1234")]),
        record(
            "accounting.invoices",
            &[("id", "700"), ("customer", "K7"), ("order_id", "70"), ("issued_on", "2026-03-14"), ("amount", "100"), ("note", "x")],
        ),
        record(
            "accounting.invoices",
            &[("id", "600"), ("customer", "K7"), ("order_id", ""), ("issued_on", "2020-03-14"), ("amount", "9"), ("note", "y")],
        ),
        record("accounting.lines", &[("id", "1"), ("invoice_id", "700"), ("amount", "100")]),
        record("accounting.lines", &[("id", "2"), ("invoice_id", "600"), ("amount", "9")]),
    ]
}

/// The day the tests stand on.
pub(crate) const TODAY: Date = date(2026, 4, 1);

/// Kari, in the case.
pub(crate) const WHOSE: Whose<'static> = Whose { subjects: &[], case: CASE };

/// What masks are made with.
pub(crate) static SECRETS: Secrets = Secrets::new([1; 32], [2; 32], [3; 32]);

/// A hold over some collections.
pub(crate) fn hold(id: &str, collections: &[&str]) -> Hold {
    Hold {
        id: id.to_owned(),
        scope: Scope { collections: collections.iter().map(|it| (*it).to_owned()).collect(), ..Scope::default() },
        basis: Basis::LegalClaim,
        matter: "26-1234".to_owned(),
        owner: "dpo".to_owned(),
        opened_on: date(2026, 3, 1),
        review_on: date(2026, 8, 1),
        released_on: None,
    }
}
