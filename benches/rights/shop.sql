-- A shop that also runs a visa agency: `psql --set customers=1000 --file shop.sql`. Every value follows from the number of its row, so that
-- every load is the same. Per customer one or two addresses, ten orders with two lines, an invoice and a payment each, two messages and,
-- for every other one, a newsletter, both found by the address alone, twenty sign-ins, and for one in twenty a passport scan of 50,000 bytes
-- that no compression makes smaller.
\set ON_ERROR_STOP on
SET synchronous_commit = off;

-- A number below `most`, scattered but always the same for a row and a purpose.
CREATE FUNCTION scattered(number bigint, purpose int, most int) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (abs(hashint8(number * 64 + purpose)::bigint) % most)::int;

CREATE TABLE customers (
  id bigint PRIMARY KEY, number text NOT NULL UNIQUE, email text NOT NULL UNIQUE, full_name text, phone text, date_of_birth date,
  nationality char(2), marketing_opt_in boolean NOT NULL, loyalty_tier text NOT NULL, created_at timestamptz NOT NULL);
CREATE TABLE addresses (
  id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, kind text NOT NULL, recipient text, street text, postcode text,
  city text, country char(2) NOT NULL);
CREATE TABLE orders (
  id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, address_id bigint NOT NULL REFERENCES addresses,
  status text NOT NULL, placed_at timestamptz NOT NULL, total_cents bigint NOT NULL, client_ip text, gift_note text);
CREATE TABLE order_items (
  id bigint PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders, sku text NOT NULL, title text NOT NULL, quantity int NOT NULL,
  price_cents bigint NOT NULL);
CREATE TABLE invoices (
  id bigint PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders, number text NOT NULL UNIQUE, billing_name text NOT NULL,
  billing_email text NOT NULL, issued_at timestamptz NOT NULL, total_cents bigint NOT NULL, vat_cents bigint NOT NULL);
CREATE TABLE payments (
  id bigint PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders, method text NOT NULL, holder_name text, iban text, card_last4 text,
  paid_at timestamptz NOT NULL, total_cents bigint NOT NULL);
CREATE TABLE support_messages (
  id bigint PRIMARY KEY, customer_email text, subject text, body text, sent_at timestamptz NOT NULL);
CREATE TABLE newsletter_subscriptions (
  id bigint PRIMARY KEY, email text, list_name text NOT NULL, subscribed_at timestamptz NOT NULL, signup_ip text);
CREATE TABLE login_events (
  id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, at timestamptz NOT NULL, ip text, user_agent text,
  succeeded boolean NOT NULL);
CREATE TABLE passport_documents (
  id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, passport_no text, issued_by char(2) NOT NULL,
  expires_on date NOT NULL, scan bytea);

INSERT INTO customers
SELECT c, c::text, 'c' || c || '@customers.example', 'Customer Number ' || c, '+47' || (40000000 + c), date '1950-06-01' + scattered(c, 1, 20000),
  (ARRAY['NO', 'NL', 'DE', 'SE', 'DK', 'BE'])[1 + scattered(c, 2, 6)], scattered(c, 3, 2) = 0,
  (ARRAY['plain', 'silver', 'gold'])[1 + scattered(c, 4, 3)], timestamptz '2019-03-01 00:00Z' + scattered(c, 5, 2000) * interval '1 day'
FROM generate_series(1, :customers) AS c;

INSERT INTO addresses
SELECT 2 * id - 1 + extra, id, (ARRAY['home', 'work'])[1 + extra], full_name, 'Long Street ' || scattered(id + extra, 6, 200),
  lpad(scattered(id + extra, 7, 9999)::text, 4, '0'), (ARRAY['Oslo', 'Bergen', 'Utrecht', 'Gent'])[1 + scattered(id, 8, 4)], nationality
FROM customers, generate_series(0, 1) AS extra WHERE extra = 0 OR id % 2 = 0;

INSERT INTO orders
SELECT 10 * c - n, c, 2 * c - 1, (ARRAY['paid', 'sent', 'delivered', 'returned'])[1 + scattered(10 * c - n, 9, 4)],
  timestamptz '2021-01-01 00:00Z' + scattered(10 * c - n, 10, 1500) * interval '1 day', 500 + scattered(10 * c - n, 11, 50000),
  '198.51.100.' || scattered(10 * c - n, 12, 256), CASE WHEN n = 3 THEN 'Happy birthday from customer ' || c END
FROM generate_series(1, :customers) AS c, generate_series(0, 9) AS n;

INSERT INTO order_items
SELECT 2 * id - n, id, 'SKU-' || scattered(2 * id - n, 13, 5000), 'Travel plug, model ' || scattered(2 * id - n, 14, 400),
  1 + scattered(2 * id - n, 15, 3), 250 + scattered(2 * id - n, 16, 20000)
FROM orders, generate_series(0, 1) AS n;

INSERT INTO invoices
SELECT o.id, o.id, 'F' || lpad(o.id::text, 10, '0'), full_name, email, placed_at, total_cents, total_cents / 5
FROM orders AS o JOIN customers AS c ON c.id = customer_id;

INSERT INTO payments
SELECT o.id, o.id, CASE WHEN o.id % 3 = 0 THEN 'transfer' ELSE 'card' END, full_name,
  CASE WHEN o.id % 3 = 0 THEN 'NO93' || lpad(c.id::text, 11, '8') END, CASE WHEN o.id % 3 > 0 THEN lpad((c.id % 10000)::text, 4, '0') END,
  placed_at + interval '5 minutes', total_cents
FROM orders AS o JOIN customers AS c ON c.id = customer_id;

INSERT INTO support_messages
SELECT 2 * id - n, email, 'Question ' || (2 - n) || ' about my visa',
  'Hello, this is ' || full_name || '. ' || repeat('Has the copy of my passport arrived, and when do I hear from you? ', 4 + scattered(id, 17, 5)),
  timestamptz '2022-06-01 08:00Z' + scattered(2 * id - n, 18, 1000) * interval '1 hour'
FROM customers, generate_series(0, 1) AS n;

INSERT INTO newsletter_subscriptions
SELECT id, email, 'monthly offers', created_at, '203.0.113.' || scattered(id, 19, 256) FROM customers WHERE id % 2 = 1;

INSERT INTO login_events
SELECT 20 * c - n, c, timestamptz '2023-01-01 00:00Z' + scattered(20 * c - n, 20, 700000) * interval '1 minute',
  '198.51.100.' || scattered(20 * c - n, 21, 256),
  'Mozilla/5.0 (X11; Linux x86_64; rv:' || (90 + scattered(c, 22, 40)) || '.0) Gecko/20100101 Firefox/' || (90 + scattered(c, 22, 40)) || '.0',
  scattered(20 * c - n, 23, 10) > 0
FROM generate_series(1, :customers) AS c, generate_series(0, 19) AS n;

CREATE TEMPORARY TABLE scans AS
SELECT s, substring(string_agg(sha256(convert_to(s || ' ' || part, 'UTF8')), NULL ORDER BY part) FOR 50000) AS bytes
FROM generate_series(0, 63) AS s, generate_series(1, 1563) AS part GROUP BY s;
INSERT INTO passport_documents
SELECT id, id, 'P' || lpad((id * 7919 % 100000000)::text, 8, '0'), nationality, date '2027-01-01' + scattered(id, 24, 3000), bytes
FROM customers JOIN scans ON s = id / 20 % 64 WHERE id % 20 = 0;

CREATE INDEX ON addresses (customer_id);
CREATE INDEX ON orders (customer_id);
CREATE INDEX ON orders (address_id);
CREATE INDEX ON order_items (order_id);
CREATE INDEX ON invoices (order_id);
CREATE INDEX ON payments (order_id);
CREATE INDEX ON support_messages (customer_email);
CREATE INDEX ON newsletter_subscriptions (email);
CREATE INDEX ON login_events (customer_id);
CREATE INDEX ON passport_documents (customer_id);
VACUUM ANALYZE;
