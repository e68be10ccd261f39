-- The dossiers of the demonstration: what an application for a visa needs, and nothing that the shop already knows.
-- Dates are `YYYY-MM-DD`; photographs and scans are PNG, certificates PDF.

CREATE TABLE people (
  id                  INTEGER PRIMARY KEY,
  customer_number     TEXT NOT NULL UNIQUE,
  email               TEXT NOT NULL,
  name                TEXT NOT NULL,
  status              TEXT NOT NULL CHECK (status IN ('open', 'closed', 'cancelled')),
  passport_number     TEXT UNIQUE,
  passport_expires_on TEXT,
  nationality         TEXT,
  national_number     TEXT,
  residence_permit    TEXT,
  photo               BLOB,
  passport_scan       BLOB,
  restricted          INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1)),
  CHECK ((passport_number IS NULL) = (passport_expires_on IS NULL))
) STRICT;

CREATE INDEX people_email ON people (email);

CREATE TABLE family_members (
  id              INTEGER PRIMARY KEY,
  person_id       INTEGER NOT NULL REFERENCES people (id),
  relation        TEXT NOT NULL CHECK (relation IN ('spouse', 'child', 'parent')),
  name            TEXT NOT NULL,
  birth_date      TEXT,
  passport_number TEXT,
  restricted      INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1))
) STRICT;

CREATE INDEX family_members_person ON family_members (person_id);

CREATE TABLE employers (
  id             INTEGER PRIMARY KEY,
  person_id      INTEGER NOT NULL REFERENCES people (id),
  name           TEXT NOT NULL,
  workplace      TEXT,
  job_title      TEXT,
  contact_person TEXT,
  restricted     INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1))
) STRICT;

CREATE INDEX employers_person ON employers (person_id);

CREATE TABLE certificates (
  id        INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES people (id),
  kind      TEXT NOT NULL CHECK (kind IN ('birth', 'residence', 'registration')),
  document  BLOB NOT NULL,
  restricted INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1))
) STRICT;

CREATE INDEX certificates_person ON certificates (person_id);

CREATE TABLE visa_applications (
  id                INTEGER PRIMARY KEY,
  person_id         INTEGER NOT NULL REFERENCES people (id),
  order_number      TEXT NOT NULL UNIQUE,
  recipient         TEXT NOT NULL,
  country           TEXT NOT NULL CHECK (length(country) = 2),
  submitted_on      TEXT,
  decision          TEXT NOT NULL CHECK (decision IN ('pending', 'granted', 'refused', 'withdrawn')),
  decided_on        TEXT,
  insurance_company TEXT,
  insurance_policy  TEXT,
  restricted        INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1)),
  CHECK ((decision = 'pending') = (decided_on IS NULL))
) STRICT;

CREATE INDEX visa_applications_person ON visa_applications (person_id);

-- Whoever asks for a quote need not be a customer.
CREATE TABLE quotes (
  id          INTEGER PRIMARY KEY,
  email       TEXT NOT NULL,
  name        TEXT,
  status      TEXT NOT NULL CHECK (status IN ('unanswered', 'accepted', 'declined')),
  sent_on     TEXT NOT NULL,
  answered_on TEXT,
  text        TEXT NOT NULL,
  restricted  INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1)),
  CHECK ((status = 'unanswered') = (answered_on IS NULL))
) STRICT;

CREATE INDEX quotes_email ON quotes (email);

CREATE TABLE cancelled_orders (
  id           INTEGER PRIMARY KEY,
  person_id    INTEGER REFERENCES people (id),
  order_number TEXT NOT NULL UNIQUE,
  cancelled_on TEXT NOT NULL,
  contents     TEXT NOT NULL,
  restricted   INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1))
) STRICT;

CREATE INDEX cancelled_orders_person ON cancelled_orders (person_id);
