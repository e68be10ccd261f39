"""Rows of somebody else's database, over the foreign keys that the database itself declares. Knows nothing of habeas."""

import datetime
import itertools
import re


class Database:
    """One of three databases, asked through the driver that Python has for it."""

    def __init__(self, kind, connection):
        self.kind, self.connection = kind, connection
        self.mark = "?" if kind == "sqlite" else "%s"
        self.columns, self.keys, self.foreign = {}, {}, []
        getattr(self, "_" + kind)()

    def run(self, sql, values=()):
        cursor = self.connection.cursor()
        if values:
            cursor.execute(sql, values)
        else:
            cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []

    def quoted(self, name):
        return f"`{name}`" if self.kind == "mariadb" else f'"{name}"'

    def _postgres(self):
        for table, name, null, default, typed, length, identity in self.run(
            """SELECT c.table_name, column_name, is_nullable, column_default, udt_name, character_maximum_length, is_identity
               FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
               WHERE c.table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY c.table_name, ordinal_position"""
        ):
            made = identity == "YES" or (default or "").startswith("nextval")
            self.columns.setdefault(table, {})[name] = (typed, length, null == "YES", made)
        for name, child, parent, here, there in self.run(
            """SELECT k.oid, c.relname, p.relname, a.attname, b.attname FROM pg_constraint k
               JOIN pg_class c ON c.oid = conrelid JOIN pg_class p ON p.oid = confrelid
               CROSS JOIN LATERAL unnest(conkey, confkey) AS u(x, y)
               JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = x JOIN pg_attribute b ON b.attrelid = p.oid AND b.attnum = y
               WHERE contype = 'f' ORDER BY 1"""
        ):
            self._pair(name, child, parent, here, there)
        for table, name in self.run(
            """SELECT c.relname, a.attname FROM pg_index i JOIN pg_class c ON c.oid = indrelid JOIN pg_attribute a ON a.attrelid = c.oid
               AND a.attnum = ANY(indkey) JOIN pg_namespace n ON n.oid = relnamespace WHERE indisprimary AND nspname = 'public'"""
        ):
            self.keys.setdefault(table, []).append(name)

    def _mariadb(self):
        for table, name, null, default, typed, length, extra in self.run(
            """SELECT TABLE_NAME, COLUMN_NAME, IS_NULLABLE, COLUMN_DEFAULT, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, EXTRA
               FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = database() ORDER BY TABLE_NAME, ORDINAL_POSITION"""
        ):
            self.columns.setdefault(table, {})[name] = (typed, length, null == "YES", "auto_increment" in extra)
        for name, child, parent, here, there in self.run(
            """SELECT concat(TABLE_NAME, CONSTRAINT_NAME), TABLE_NAME, REFERENCED_TABLE_NAME, COLUMN_NAME, REFERENCED_COLUMN_NAME
               FROM information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = database() AND REFERENCED_TABLE_NAME IS NOT NULL ORDER BY 1"""
        ):
            self._pair(name, child, parent, here, there)
        for table, name in self.run(
            "SELECT TABLE_NAME, COLUMN_NAME FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = database() AND INDEX_NAME = 'PRIMARY'"
        ):
            self.keys.setdefault(table, []).append(name)

    def _sqlite(self):
        for (table,) in self.run("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"):
            for _, name, typed, required, _, key in self.run(f'PRAGMA table_info("{table}")'):
                length = re.search(r"\((\d+)\)", typed)
                made = bool(key) and typed.lower() == "integer"
                self.columns.setdefault(table, {})[name] = (typed.lower(), length and int(length[1]), not required, made)
                if key:
                    self.keys.setdefault(table, []).append(name)
            for number, _, parent, here, there, *_ in self.run(f'PRAGMA foreign_key_list("{table}")'):
                self._pair((table, number), table, parent, here, there)

    def _pair(self, name, child, parent, here, there):
        known = next((key for key in self.foreign if key[0] == name), None)
        if known:
            known[3].append((here, there))
        else:
            self.foreign.append((name, child, parent, [(here, there)]))

    def rows(self, table, where="1 = 1", values=()):
        names = list(self.columns[table])
        found = self.run(f"SELECT {', '.join(map(self.quoted, names))} FROM {self.quoted(table)} WHERE {where}", values)
        return [dict(zip(names, row)) for row in found]

    def everything(self):
        """Every row of every table, as text that tells any change."""
        return {table: sorted(repr(sorted(row.items())) for row in self.rows(table)) for table in self.columns}

    def orphans(self):
        """Rows that refer to nothing."""
        bad = []
        for _, child, parent, pairs in self.foreign:
            on = " AND ".join(f"p.{self.quoted(there)} = c.{self.quoted(here)}" for here, there in pairs)
            full = " AND ".join(f"c.{self.quoted(here)} IS NOT NULL" for here, _ in pairs)
            sql = f"SELECT count(*) FROM {self.quoted(child)} c WHERE {full} AND NOT EXISTS (SELECT 1 FROM {self.quoted(parent)} p WHERE {on})"
            count = self.run(sql)[0][0]
            if count:
                bad.append(f"{count} rows of {child} refer to no row of {parent}")
        return bad

    def reached(self, root, person, up, not_followed=()):
        """Rows that belong to a person: down every foreign key, and up to the tables that are named."""
        found, todo = {}, [(root, person)]
        while todo:
            table, row = todo.pop()
            identity = repr(sorted(row.items()))
            if identity in found.setdefault(table, {}):
                continue
            found[table][identity] = row
            for _, child, parent, pairs in self.foreign:
                if child == parent or (child, pairs[0][0]) in not_followed:
                    continue
                if parent == table and parent not in up:
                    where = " AND ".join(f"{self.quoted(here)} = {self.mark}" for here, _ in pairs)
                    todo += [(child, row) for row in self.rows(child, where, [row[there] for _, there in pairs])]
                if child == table and parent in up and all(row[here] is not None for here, _ in pairs):
                    where = " AND ".join(f"{self.quoted(there)} = {self.mark}" for _, there in pairs)
                    todo += [(parent, row) for row in self.rows(parent, where, [row[here] for here, _ in pairs])]
        return found


class Filler:
    """Makes rows of people in every table that a foreign key leads down to."""

    def __init__(self, database, root, up):
        self.db, self.root, self.up = database, root, up
        self.shared, self.count = {}, itertools.count(1)

    def person(self, email, given):
        hers = {self.root: [self._insert(self.root, {}, email, given, 0)]}
        for table in self._order():
            for turn in range(2):
                row = self._insert(table, hers, email, {}, turn)
                if row:
                    hers.setdefault(table, []).append(row)
        return hers

    def _order(self):
        """Tables below the root, each after those that it refers to, as far as there are no circles."""
        below = {self.root}
        while more := {child for _, child, parent, _ in self.db.foreign if parent in below} - below:
            below |= more
        order, rest = [], sorted(below - {self.root})
        while rest:
            ready = [t for t in rest if not any(c == t and p in rest and p != t for _, c, p, _ in self.db.foreign)] or rest[:1]
            order, rest = order + ready, [table for table in rest if table not in ready]
        return order

    def _insert(self, table, hers, email, given, turn):
        values = dict(given)
        for _, child, parent, pairs in self.db.foreign:
            if child != table or any(here in values for here, _ in pairs):
                continue
            row = self._parent(table, parent, hers, email, turn)
            values.update({here: row and row[there] for here, there in pairs})
        for name, (typed, length, null, made) in self.db.columns[table].items():
            if name not in values and not made:
                values[name] = self._value(name, typed, length, email, turn)
        names = ", ".join(map(self.db.quoted, values))
        marks = ", ".join(self.db.mark for _ in values)
        self.db.run("SAVEPOINT row_of_somebody")
        try:
            key = self.db.keys[table]
            sql = f"INSERT INTO {self.db.quoted(table)} ({names}) VALUES ({marks})"
            self.db.run(sql, list(values.values()))
        except Exception as error:  # a second row where only one may be
            if "nique" in str(error) or "uplicate" in str(error):
                self.db.run("ROLLBACK TO SAVEPOINT row_of_somebody")
                return None
            raise
        where = " AND ".join(f"{self.db.quoted(name)} = {self.db.mark}" for name in key if name in values)
        if where:
            return self.db.rows(table, where, [values[name] for name in key if name in values])[-1]
        newest = f"{self.db.quoted(key[0])} = (SELECT max({self.db.quoted(key[0])}) FROM {self.db.quoted(table)})"
        return self.db.rows(table, newest)[0]

    def _parent(self, table, parent, hers, email, turn):
        if parent == table:
            return None
        if hers.get(parent):
            return hers[parent][turn % len(hers[parent])]
        if parent in self.up:
            return self._insert(parent, hers, email, {}, turn)
        if (parent, turn) not in self.shared:
            self.shared[parent, turn] = None  # a circle ends here
            self.shared[parent, turn] = self._insert(parent, {}, "nobody@shop.example", {}, turn) or self.shared[parent, 0]
        return self.shared[parent, turn]

    def _value(self, name, typed, length, email, turn):
        number = next(self.count)
        kind = typed.split("(")[0]
        if "email" in name.lower() and kind in ("varchar", "text"):
            return email if turn == 0 else f"{turn}.{email}"
        if kind in ("int2", "int4", "int8", "int", "integer", "bigint", "smallint", "tinyint", "bigserial", "smallint unsigned", "integer unsigned"):
            return number % 100 + 1
        if kind in ("numeric", "decimal", "float8", "double", "real"):
            return number % 100
        if kind in ("bool", "boolean"):
            return bool(number % 2)
        if kind in ("date",):
            return datetime.date(2021, 1 + number % 12, 1 + number % 28)
        if kind in ("timestamptz", "timestamp", "datetime"):
            return datetime.datetime(2021, 1 + number % 12, 1 + number % 28, 12, 0, 0)
        if kind in ("jsonb", "json"):
            return "{}"
        if kind in ("bytea", "blob", "longblob"):
            return b"x"
        if kind in ("uuid",):
            return f"00000000-0000-4000-8000-{number:012d}"
        if kind in ("inet",):
            return "192.0.2.7"
        text = f"{name} {number}"
        return text[-length:] if length else text
