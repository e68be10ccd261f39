"""Serves an access and an erasure request in databases whose schemas nobody here made. Run by `scripts/third-party-schemas`."""

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from rows import Database, Filler

HERE = Path(__file__).parent
ORGANISATION = """organisation: shop
name: Shop AS
contact: {{email: privacy@shop.example, post: "Street 1, 0001 Oslo"}}
dpo: {{name: Ida Ombud, email: dpo@shop.example}}
authority: {{name: Datatilsynet, url: "https://www.datatilsynet.no", post: "Postboks 458 Sentrum, 0105 Oslo"}}
languages: [nb, nl, en]
time-zone: Europe/Oslo
calendar: "NO"
fiscal-year-end: "12-31"
backups: {{rotation: P30D}}
identity: {{email: email, second-items: [{item}]}}
notify: [email]
"""
RETENTION = """language: habeas.retention/1
default:
  result: erase
  because: {nb: Ingen regel sier at vi må beholde dette., nl: Geen regel zegt dat wij dit moeten bewaren., en: No rule says that we must keep this.}
except: []
"""


class Case:
    """One schema: how its database is reached, who is in it, and what is the person's."""

    def __init__(self, folder, name, address, database, root, up=(), not_followed=(), item=None, expected=0):
        self.folder, self.name, self.address, self.db = Path(folder) / name, name, address, database
        self.root, self.up, self.not_followed, self.item, self.expected = root, set(up), set(not_followed), item, expected

    def habeas(self, *words, code=0, text=None):
        print("   $ habeas", *[str(word) for word in words])
        env = {**os.environ, "HABEAS_HOUSE": str(self.folder / "house"), "HABEAS_ORGANISATION": str(self.folder)}
        done = subprocess.run([os.environ["HABEAS_BIN"], *map(str, words)], capture_output=True, text=True, env=env, input=text)
        if code is not None and done.returncode != code:
            sys.exit(f"{self.name}: habeas {' '.join(map(str, words))} ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def map(self):
        """The proposed map, with the few edits that a person would make."""
        (self.folder / "systems").mkdir(parents=True)
        (self.folder / "house").mkdir()
        text = self.habeas("map", "scan", self.address, "--key", self.name)
        (self.folder / "systems" / f"{self.name}.yaml").write_text(text)
        item = self.item[0] if self.item else ""
        (self.folder / "organisation.yaml").write_text(ORGANISATION.format(item=item))
        (self.folder / "recipients.yaml").write_text("recipients: []\n")
        (self.folder / "retention.yaml").write_text(RETENTION)
        (self.folder / "house" / "Rocket.toml").write_text("[default.habeas]\ndemo = true\n")
        patch = HERE / f"{self.name}.patch"
        edits = 0
        if patch.exists():
            subprocess.run(["patch", "--quiet", "-p1", "-i", str(patch)], cwd=self.folder, check=True)
            edits = len([line for line in patch.read_text().splitlines() if re.match(r"[+-](?![+-])", line)])
        for handle, role in [("kari", "case-handler"), ("per", "privacy-lead"), ("ida", "dpo"), ("ola", "system-owner")]:
            words = ["user", "add", handle, "--email", f"{handle}@shop.example", "--name", handle.title(), "--role", role]
            self.habeas(*words, *(["--system", self.name] if role == "system-owner" else []), text=f"{handle} tries four other words\n")
        self.habeas("check", "--live")
        told = json.loads(self.habeas("map", "diff", "--json", code=None))
        print(f"   {text.count('- name: ')} names mapped, {edits} lines edited by hand, {len(told)} differences:", [each["words"] for each in told])
        if any(each["problem"] != "new-table" for each in told):
            sys.exit(f"{self.name}: a map that was just proposed differs from its database: {told}")

    def ask(self, right, email, item):
        words = ["case", "open", right, "--email", email, "--lang", "en"]
        case = self.habeas(*words, *(["--item", item] if item else [])).strip()
        for _ in range(20):
            self.habeas("work", "--until-idle")
            shown = json.loads(self.habeas("case", "show", case, "--json"))
            if shown["incidents"]:
                sys.exit(f"{self.name}: {right} met an incident: {shown['incidents']}\n{self.habeas('case', 'incidents', case)}")
            if shown["phase"] not in ("open", "running", "waiting"):
                return case, shown
            for task in json.loads(self.habeas("task", "list", "--case", case, "--json")):
                self.answer(case, task)
        sys.exit(f"{self.name}: {right} did not end: {shown}")

    def answer(self, case, task):
        step = task["step"]
        answers = {
            "assess": ["--outcome", "go-on", "--as", "kari"],
            "review": ["--outcome", "release", "--as", "kari"],
            "check-identity": ["--outcome", "accepted", "--reason", "Called back on the number on file", "--as", "kari"],
            "check-identity-strong": ["--outcome", "accepted", "--reason", "Seen in a video call, document covered", "--as", "ida"],
            "propose": ["--outcome", "erase", "--as", "kari"],
            "approve": ["--outcome", "approved", "--plan", task.get("plan"), "--as", "per"],
        }
        if step == "cooling-off":
            self.habeas("work", "--until-idle", "--advance", "PT73H")
        elif step in answers:
            self.habeas("task", "do", f"{case}/{step}", *answers[step])
        else:
            sys.exit(f"{self.name}: nobody knows how to answer {task}")

    def access(self, email, item, expected):
        """The package holds every row that the schema's own foreign keys reach, and no other."""
        case, _ = self.ask("access", email, item)
        file = self.habeas("export", case, "--to", self.folder / "out").strip()
        self.habeas("verify", file)
        found = {}
        with zipfile.ZipFile(file) as package:
            for name in package.namelist():
                if "/data/" in name and name.endswith(".json") and not name.endswith(("/dictionary.json", "/schema.json")):
                    read = json.loads(package.read(name))
                    found[read["kind"].removeprefix(f"{self.name}-")] = read["count"]
        wanted = {re.sub(r"[^a-z0-9]+", "-", table.lower()): len(rows) for table, rows in expected.items() if rows}
        if found != wanted:
            differ = {key: (found.get(key, 0), wanted.get(key, 0)) for key in {*found, *wanted} if found.get(key) != wanted.get(key)}
            sys.exit(f"{self.name}: the package differs from what SQL counts (table: package, SQL): {differ}")
        print(f"   access: {sum(found.values())} rows of {len(found)} tables, as SQL counts them")

    def erase(self, email, item, expected):
        """What is hers is gone, and everything else is as it was."""
        before = self.db.everything()
        self.db.connection.commit()
        self.ask("erasure", email, item)
        after = self.db.everything()
        hers = {table: set(rows) for table, rows in expected.items()}
        for table, rows in before.items():
            wanted = [row for row in rows if row not in hers.get(table, ())]
            if after[table] != wanted:
                missing, more = [row for row in wanted if row not in after[table]], [row for row in after[table] if row not in wanted]
                sys.exit(f"{self.name}.{table}: {len(missing)} rows of others changed or gone {missing[:2]}, {len(more)} rows still there {more[:2]}")
        orphans = self.db.orphans()
        if orphans:
            sys.exit(f"{self.name}: {orphans}")
        if self.db.kind == "sqlite" and self.db.run("PRAGMA foreign_key_check"):
            sys.exit(f"{self.name}: foreign keys point nowhere")
        others = sum(map(len, after.values()))
        print(f"   erasure: {sum(map(len, hers.values()))} rows gone, {others} rows of others as they were, every foreign key holds")

    def run(self, people):
        print(f"=== {self.name}: {len(self.db.columns)} tables, {len(self.db.foreign)} foreign keys")
        self.map()
        (email, item, person), *_ = people
        expected = self.db.reached(self.root, person, self.up, self.not_followed)
        self.db.connection.commit()
        if sum(map(len, expected.values())) < self.expected:
            sys.exit(f"{self.name}: only {sum(map(len, expected.values()))} rows to find: is the database filled?")
        self.access(email, item, expected)
        self.erase(email, item, expected)


def fill(database, root, up, people):
    filler = Filler(database, root, set(up))
    made = []
    for email, given, item in people:
        hers = filler.person(email, given)
        made.append((email, item(hers) if item else None, hers[root][0]))
    database.connection.commit()
    return made


def oscar(folder):
    import psycopg2

    address = os.environ["OSCAR"]
    database = Database("postgres", psycopg2.connect(address))
    up = ["order_billingaddress", "order_shippingaddress"]
    given = lambda name: {"username": name, "email": f"{name}@example.no", "first_name": name.title(), "last_name": "Nordmann"}
    number = lambda hers: hers["order_order"][0]["number"]
    people = fill(database, "auth_user", up, [(f"{name}@example.no", given(name), number) for name in ["kari", "ola", "per"]])
    Case(folder, "oscar", address, database, "auth_user", up, item=("order_number",), expected=60).run(people)


def roundcube(folder):
    import pymysql

    address = os.environ["ROUNDCUBE"]
    host, port, name = re.match(r"mysql://habeas@(.*):(\d+)/(.*)", address).groups()
    connection = pymysql.connect(host=host, port=int(port), user="habeas", database=name, charset="utf8mb4")
    connection.cursor().execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
    database = Database("mariadb", connection)
    given = lambda name: {"username": f"{name}@example.no", "mail_host": "localhost"}
    item = lambda hers: str(hers["users"][0]["user_id"])
    people = fill(database, "users", [], [(f"{name}@example.no", given(name), item) for name in ["kari", "ola", "per"]])
    Case(folder, "roundcube", address, database, "users", item=("user_number",), expected=20).run(people)


def chinook(folder):
    import sqlite3

    address = os.environ["CHINOOK"]
    database = Database("sqlite", sqlite3.connect(address))
    # The sample's own people: 59 customers with their invoices.
    row = database.rows("chinook_customer", "id = ?", [5])[0]
    people = [(row["email"], str(row["id"]), row)]
    Case(folder, "chinook", address, database, "chinook_customer", item=("customer_number",), expected=40).run(people)


if __name__ == "__main__":
    for schema in sys.argv[2:]:
        {"oscar": oscar, "roundcube": roundcube, "chinook": chinook}[schema](sys.argv[1])
