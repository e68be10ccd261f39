-- The web shop of the demonstration: shaped like WooCommerce with a visa plug-in.
-- Dates are `YYYY-MM-DD`, times are UTC in RFC 3339, amounts are øre.

CREATE TABLE customers (
  id                    INTEGER PRIMARY KEY,
  customer_number       TEXT NOT NULL UNIQUE,
  email                 TEXT NOT NULL UNIQUE,
  first_name            TEXT NOT NULL,
  last_name             TEXT NOT NULL,
  phone                 TEXT,
  birth_date            TEXT,
  marketing_consent     INTEGER NOT NULL CHECK (marketing_consent IN (0, 1)),
  relationship_ended_on TEXT,
  created_at            TEXT NOT NULL,
  restricted            INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1))
) STRICT;

-- No cascade: whoever deletes a customer must have dealt with the addresses first.
CREATE TABLE addresses (
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers (id),
  kind        TEXT NOT NULL CHECK (kind IN ('billing', 'delivery')),
  recipient   TEXT NOT NULL,
  street      TEXT NOT NULL,
  postcode    TEXT NOT NULL,
  city        TEXT NOT NULL,
  country     TEXT NOT NULL CHECK (length(country) = 2),
  restricted  INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1)),
  UNIQUE (customer_id, kind)
) STRICT;

-- An order outlives its customer, as in WooCommerce: it becomes a guest's order.
CREATE TABLE orders (
  id             INTEGER PRIMARY KEY,
  order_number   TEXT NOT NULL UNIQUE,
  customer_id    INTEGER REFERENCES customers (id) ON DELETE SET NULL,
  service        TEXT NOT NULL,
  destination    TEXT NOT NULL,
  status         TEXT NOT NULL CHECK (status IN ('placed', 'delivered', 'cancelled')),
  placed_at      TEXT NOT NULL,
  cancelled_on   TEXT,
  total_ore      INTEGER NOT NULL CHECK (total_ore >= 0),
  invoice_number TEXT UNIQUE,
  note           TEXT NOT NULL DEFAULT '',
  client_ip      TEXT,
  restricted     INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1)),
  CHECK ((status = 'cancelled') = (cancelled_on IS NOT NULL))
) STRICT;

CREATE INDEX orders_customer ON orders (customer_id);

-- Keyed by address: people subscribe without being customers.
CREATE TABLE newsletter_subscriptions (
  id            INTEGER PRIMARY KEY,
  email         TEXT NOT NULL UNIQUE,
  subscribed_at TEXT NOT NULL,
  -- What was said yes to, where, and until when: proof of consent (Art. 7(1)).
  consent_text  TEXT NOT NULL,
  channel       TEXT NOT NULL CHECK (channel IN ('checkout', 'website', 'telephone')),
  withdrawn_at  TEXT,
  signup_ip     TEXT,
  restricted    INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1))
) STRICT;
