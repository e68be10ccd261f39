-- The help desk of the demonstration: mail, telephone and chat. It knows addresses and numbers, not customers.
-- Times are UTC in RFC 3339.

-- `order_number` is filled in once the order has been invoiced: from then on the enquiry may be evidence.
CREATE TABLE enquiries (
  id           INTEGER PRIMARY KEY,
  email        TEXT NOT NULL,
  order_number TEXT,
  subject      TEXT NOT NULL,
  channel      TEXT NOT NULL CHECK (channel IN ('mail', 'form')),
  opened_at    TEXT NOT NULL,
  restricted   INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1))
) STRICT;

CREATE INDEX enquiries_email ON enquiries (email);
CREATE INDEX enquiries_order ON enquiries (order_number);

-- `order_number` repeats the enquiry's: each message is filed under its order.
CREATE TABLE messages (
  id           INTEGER PRIMARY KEY,
  enquiry_id   INTEGER NOT NULL REFERENCES enquiries (id),
  order_number TEXT,
  sender       TEXT NOT NULL,
  body         TEXT NOT NULL,
  sent_at      TEXT NOT NULL,
  restricted   INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1))
) STRICT;

CREATE INDEX messages_enquiry ON messages (enquiry_id);

CREATE TABLE calls (
  id      INTEGER PRIMARY KEY,
  phone   TEXT NOT NULL,
  at      TEXT NOT NULL,
  summary TEXT
) STRICT;

CREATE INDEX calls_phone ON calls (phone);

CREATE TABLE chats (
  id         INTEGER PRIMARY KEY,
  email      TEXT NOT NULL,
  name       TEXT NOT NULL,
  started_at TEXT NOT NULL,
  transcript TEXT NOT NULL,
  restricted INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1))
) STRICT;

CREATE INDEX chats_email ON chats (email);
