-- The accounts of the demonstration: shaped like PowerOffice Go.
-- Dates are `YYYY-MM-DD`, amounts are øre.

CREATE TABLE customers (
  id              INTEGER PRIMARY KEY,
  customer_number TEXT NOT NULL UNIQUE,
  name            TEXT NOT NULL,
  address         TEXT NOT NULL,
  postcode        TEXT NOT NULL,
  city            TEXT NOT NULL,
  email           TEXT,
  phone           TEXT,
  restricted      INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1))
) STRICT;

-- A national number is asked for only where credit is given.
CREATE TABLE credit_checks (
  id              INTEGER PRIMARY KEY,
  customer_number TEXT NOT NULL REFERENCES customers (customer_number),
  national_number TEXT NOT NULL,
  rating          TEXT NOT NULL CHECK (rating IN ('A', 'B', 'C')),
  checked_on      TEXT NOT NULL,
  restricted      INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1))
) STRICT;

CREATE INDEX credit_checks_customer ON credit_checks (customer_number);

CREATE TABLE bank_accounts (
  id              INTEGER PRIMARY KEY,
  customer_number TEXT NOT NULL REFERENCES customers (customer_number),
  account_number  TEXT NOT NULL CHECK (length(account_number) = 11),
  last_used_on    TEXT,
  restricted      INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1))
) STRICT;

CREATE INDEX bank_accounts_customer ON bank_accounts (customer_number);

CREATE TABLE invoices (
  number             TEXT NOT NULL PRIMARY KEY,
  kid                TEXT NOT NULL UNIQUE,
  customer_number    TEXT NOT NULL REFERENCES customers (customer_number),
  order_number       TEXT NOT NULL,
  issued_on          TEXT NOT NULL,
  due_on             TEXT NOT NULL CHECK (due_on >= issued_on),
  total_ore          INTEGER NOT NULL CHECK (total_ore > 0),
  vat_ore            INTEGER NOT NULL CHECK (vat_ore BETWEEN 0 AND total_ore),
  status             TEXT NOT NULL CHECK (status IN ('paid', 'open', 'written-off')),
  billing_name       TEXT NOT NULL,
  billing_address    TEXT NOT NULL,
  billing_email      TEXT,
  efaktura_reference TEXT,
  restricted         INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1))
) STRICT;

CREATE INDEX invoices_customer ON invoices (customer_number);
CREATE INDEX invoices_order ON invoices (order_number);

CREATE TABLE invoice_lines (
  id             INTEGER PRIMARY KEY,
  invoice_number TEXT NOT NULL REFERENCES invoices (number),
  text           TEXT NOT NULL,
  amount_ore     INTEGER NOT NULL,
  vat_ore        INTEGER NOT NULL,
  restricted     INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1))
) STRICT;

CREATE INDEX invoice_lines_invoice ON invoice_lines (invoice_number);

CREATE TABLE payments (
  id         INTEGER PRIMARY KEY,
  kid        TEXT NOT NULL REFERENCES invoices (kid),
  paid_on    TEXT NOT NULL,
  amount_ore INTEGER NOT NULL CHECK (amount_ore > 0),
  method     TEXT NOT NULL CHECK (method IN ('bank', 'card', 'vipps')),
  restricted INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1))
) STRICT;

CREATE INDEX payments_kid ON payments (kid);

-- Letters and mails filed with an invoice because they explain it, such as an agreed reduction.
CREATE TABLE invoice_notes (
  id             INTEGER PRIMARY KEY,
  invoice_number TEXT NOT NULL REFERENCES invoices (number),
  noted_on       TEXT NOT NULL,
  text           TEXT NOT NULL,
  restricted     INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1))
) STRICT;

CREATE INDEX invoice_notes_invoice ON invoice_notes (invoice_number);
