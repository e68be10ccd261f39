"""A demo to attack, and a proxy between it and whoever attacks: it signs in, keeps the session, puts the right token into forms, counts what
is asked, and remembers every answer of 500 and above. Used by the scripts beside it; a scanner then needs to know nothing of this house."""

import argparse
import base64
import collections
import glob
import hashlib
import hmac
import http.client
import http.server
import os
import pathlib
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
# A scanner that follows these ends its own session, or moves the clock from under it. Tests ask for them (tests/it/faces/permit.txt).
LEFT_ALONE = re.compile(r"^/demo\b|/sign-out$|/sessions/end(-others)?$|/people/[a-z]+/(disable|end-sessions)$|/desk/access/(remove|password)$")
# Who has shown a mailbox and names another one is somebody else from there on: visitors ask here.
ANOTHER = re.compile(r"^/\w\w/(find|request/who)$")
# How long a second factor counts for grave things, less a little.
FRESH = 240


def options(what, **more):
    """What every script is told."""
    given = argparse.ArgumentParser(description=what)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    given.add_argument("--habeas", default=os.environ.get("HABEAS_BIN", target / "debug" / "habeas"), help="the program (or HABEAS_BIN)")
    given.add_argument("--tools", type=pathlib.Path, help="where tools are kept between runs; a temporary folder if left out")
    given.add_argument("--keep", type=pathlib.Path, help="where the reports of the tools go")
    for name, (default, text) in more.items():
        given.add_argument(f"--{name}", default=default, type=type(default), help=text)
    return given.parse_args()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Scratch:
    """A folder for this run, and one for tools."""

    def __init__(self, given):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="habeas-scan-"))
        self.tools = given.tools or self.folder / "tools"
        self.kept = given.keep
        self.tools.mkdir(parents=True, exist_ok=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def python(self, name, package):
        """A Python tool in a virtual environment of its own: in one, they break each other."""
        venv = self.tools / package.replace("==", "-")
        if not (venv / "done").exists():
            subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=True)
            subprocess.run([venv / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", package], check=True)
            (venv / "done").touch()
        return venv / "bin" / name

    def keep(self, file):
        if self.kept:
            self.kept.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, self.kept)


class Demo:
    """`habeas demo` in a folder of its own on a free port, with requests in every state that a scanner reaches by itself."""

    def __init__(self, scratch, habeas):
        self.habeas, self.folder, self.port = str(habeas), scratch.folder / "demo", free_port()
        self.log = open(scratch.folder / "demo.log", "w+")
        command = [self.habeas, "demo", "--dir", self.folder, "--port", str(self.port), "--customers", "50"]
        self.process = subprocess.Popen(command, stdout=self.log, stderr=subprocess.STDOUT, cwd=scratch.folder)
        for _ in range(240):
            if self.process.poll() is not None:
                sys.exit(f"the demo has ended:\n{self.said()}")
            if self.answers():
                break
            time.sleep(0.25)
        secrets = re.findall(r"^ +(\w+)@\S+ +(.+?) +TOTP ([A-Z2-7]+)", self.said(), re.MULTILINE)
        self.staff = {name: (password, secret) for name, password, secret in secrets}
        self.cases = self.fill()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)

    def said(self):
        self.log.flush()
        return pathlib.Path(self.log.name).read_text()

    def answers(self):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            connection.request("GET", "/en/")
            return connection.getresponse().status == 200
        except OSError:
            return False

    def run(self, *arguments):
        command = [self.habeas, *arguments, "--house", self.folder]
        return subprocess.run(command, check=True, capture_output=True, text=True, cwd=self.folder).stdout.strip()

    def fill(self):
        def opened(right, customer, *more):
            mailbox = {1: "kari.nordmann", 2: "solveig.brekkestol", 3: "jonas.aasmundtveit"}[customer]
            return self.run("case", "open", right, "--email", f"{mailbox}@post.example", "--item", f"K-10000{customer}", "--lang", "en", *more)

        cases = [
            opened("access", 2),
            opened("erasure", 2),
            opened("rectification", 2, "--correct", "shop.addresses.street=Storgata 1"),
            opened("restriction", 3, "--ground", "contested"),
            opened("objection", 3, "--objection", "marketing"),
            opened("portability", 1),
        ]
        review = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 90 * 86400))
        hold = ["--case", cases[3], "--basis", "legal-claim", "--matter", "26-1", "--review", review, "--as", "kari"]
        self.run("hold", "place", *hold)
        return cases


class Session:
    """A browser that is somebody: `kari` or another colleague, a `subject`, an `applicant` in the middle of a request, or a `visitor`."""

    def __init__(self, demo, who):
        self.demo, self.who = demo, who
        self.lock = threading.RLock()
        # Portal and desk have cookies and tokens of their own.
        self.cookies, self.tokens, self.token, self.last_code, self.signed_in_at = {}, set(), {}, "", 0.0
        self.home = f"localhost:{demo.port}"

    def send(self, method, path, headers, body):
        """Sends as whoever this is, and learns cookies and the token from what comes back."""
        connection = http.client.HTTPConnection("127.0.0.1", self.demo.port, timeout=60)
        with self.lock:
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {**headers, "Host": self.home, **({"Cookie": cookie} if cookie else {}), "Connection": "close"}
        if method not in ("GET", "HEAD"):
            headers["Origin"] = f"http://{self.home}"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        with self.lock:
            for set_cookie in answer.headers.get_all("Set-Cookie") or []:
                name, value = set_cookie.split(";")[0].split("=", 1)
                self.cookies[name] = value
            if found := re.search(rb'name="csrf" value="([^"]+)"', content):
                self.token[face(path)] = found[1].decode()
                self.tokens.add(found[1])
        connection.close()
        return answer, content

    def form(self, path, **fields):
        body = urllib.parse.urlencode({"csrf": self.token.get(face(path), ""), **fields})
        return self.send("POST", path, {"Content-Type": "application/x-www-form-urlencoded"}, body)[0]

    def sign_in(self):
        """Signs in, where there is anybody to be."""
        with self.lock:
            if self.who == "visitor" or time.time() - self.signed_in_at < 5:
                return
            self.cookies = {}
            if self.who == "subject":
                self.prove_mailbox("solveig.brekkestol@post.example", "/en/find")
            elif self.who == "applicant":
                self.begin_request()
            else:
                self.show_factors()
            self.signed_in_at = time.time()

    def show_factors(self):
        password, secret = self.demo.staff[self.who]
        self.send("GET", "/en/desk/sign-in", {}, None)
        self.form("/en/desk/sign-in", email=f"{self.who}@visumexpress.example", password=password)
        while (code := totp(secret)) == self.last_code: # good once
            time.sleep(1)
        self.last_code = code
        self.send("GET", "/en/desk/totp", {}, None)
        answer = self.form("/en/desk/totp", code=code)
        if answer.status != 303:
            sys.exit(f"`{self.who}` cannot sign in: {answer.status}")

    def begin_request(self):
        self.send("GET", "/en/", {}, None)
        self.form("/en/", right="rectification")
        self.prove_mailbox("kari.nordmann@post.example", "/en/request/who")
        self.send("GET", "/en/request/second-item", {}, None)
        self.form("/en/request/second-item", kind="customer_number", number="K-100001")

    def prove_mailbox(self, email, page):
        before = set(self.mails())
        self.send("GET", page, {}, None)
        self.form(page, email=email)
        for _ in range(120):
            for mail in set(self.mails()) - before:
                text = pathlib.Path(mail).read_text()
                if email in text and (code := re.search(r"^Subject: .* (\d{6})", text, re.MULTILINE)):
                    self.send("GET", "/en/request/code", {}, None)
                    self.form("/en/request/code", code=code[1])
                    return
            time.sleep(0.25)
        sys.exit("no code came by mail")

    def mails(self):
        return glob.glob(str(self.demo.folder / "mail" / "*.eml"))

    def is_out(self, answer):
        to = answer.headers.get("Location", "")
        return self.who in (*self.demo.staff, "subject") and answer.status == 303 and re.search(r"/(desk|room)/sign-in|/expired|/en/find$", to)

    def leaves_alone(self, method, path):
        """Whether this is kept from the house."""
        return LEFT_ALONE.search(path) or method == "POST" and self.who in ("applicant", "subject") and ANOTHER.search(path)

    def is_stale(self):
        """What is grave asks for the second factor again: whoever has just signed in has given it."""
        return self.who in self.demo.staff and time.time() - self.signed_in_at > FRESH


def face(path):
    return "desk" if re.match(r"/\w\w/(desk|room)\b", path) else "portal"


def totp(secret):
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


class Proxy:
    """What a scanner attacks."""

    def __init__(self, demo, who):
        self.demo, self.session = demo, Session(demo, who)
        self.count, self.statuses, self.broken, self.paths = 0, collections.Counter(), [], set()
        self.lock = threading.Lock()
        handler = type("Handler", (Handler,), {"proxy": self})
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        self.session.sign_in()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()

    def ask(self, method, path, headers, body):
        session = self.session
        if session.leaves_alone(method, path.split("?")[0]):
            return None
        if session.is_stale():
            session.sign_in()
        answer, content = session.send(method, path, headers, self.right_token(path, body))
        if session.is_out(answer):
            session.sign_in()
            answer, content = session.send(method, path, headers, self.right_token(path, body))
        if method == "POST" and answer.headers.get("Set-Cookie"):
            # A new session has a new token, and a scanner may see no page of it.
            session.send("GET", "/en/desk/" if face(path) == "desk" else "/en/find", {}, None)
        with self.lock:
            self.count += 1
            self.statuses[answer.status] += 1
            self.paths.add((method, path.split("?")[0]))
            if answer.status >= 500:
                self.broken.append(f"{answer.status} {method} {path} {(body or b'')[:300]!r}")
        return answer, content

    def right_token(self, path, body):
        """A token of this house is replaced by the one that is right now; one that the scanner made up stays wrong."""
        right = self.session.token.get(face(path))
        if body and right:
            # A visitor's is longer than that of a session.
            body = re.sub(rb"[0-9a-f]{64}|[a-z2-7]{52}", lambda token: right.encode() if token[0] in self.session.tokens else token[0], body)
        return body

    def report(self, what):
        statuses = ", ".join(f"{number} of {status}" for status, number in sorted(self.statuses.items()))
        print(f"{what} as {self.session.who}: {self.count} requests ({statuses})")
        for line in self.broken[:20]:
            print(f"  {line}")

    def crawl(self):
        """Every page in English that links lead to, and every form on them, as `(method, path, body)`."""
        seen, queue, forms = set(), seeds(self.demo.cases), {}
        while queue:
            path = queue.pop(0)
            if path in seen or LEFT_ALONE.search(path.split("?")[0]):
                continue
            seen.add(path)
            asked = self.ask("GET", path, {}, None)
            if not asked:
                continue
            answer, content = asked
            text = content.decode(errors="replace")
            if to := answer.headers.get("Location"):
                queue.append(urllib.parse.urljoin(path, to))
            queue += [link for link in links(path, text) if link not in seen]
            for method, action, fields in forms_of(path, text):
                forms.setdefault((method, action.split("?")[0], tuple(sorted(name for name, _ in fields))), (method, action, fields))
            # One page of a kind is enough of lists that go on for ever.
            if len(seen) > 400:
                break
        return seen, list(forms.values())


def addresses():
    """Every address of the house, as the permit table of the tests lists them."""
    table = (ROOT / "tests/it/faces/permit.txt").read_text()
    return sorted(set(re.findall(r"^(GET|POST) +(/\S+)", table, re.MULTILINE)))


def seeds(cases):
    """Where a crawl begins: every page there is, with likely names in its address."""
    likely = {"reference": cases[0], "kind": "shop.orders", "place": "0", "field": "number", "key": "shop", "name": "erasure", "file": "bundle"}
    likely |= {"id": "1", "provider": "bankid", "token": "mfrggzdfmztwq2lk", "index": "00000000-" + "0" * 64}
    pages = [path.replace("/nb", "/en", 1) for method, path in addresses() if method == "GET"]
    return [re.sub(r"<(\w+)>", lambda part: likely.get(part[1], "1"), page) for page in pages]


def links(path, text):
    for href in re.findall(r'href="([^"#]+)', text):
        to = urllib.parse.urljoin(path, href.replace("&amp;", "&"))
        if to.startswith("/en/"):
            yield to


def forms_of(path, text):
    for tag, inside in re.findall(r"<form\b([^>]*)>(.*?)</form>", text, re.DOTALL):
        attribute = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        fields = []
        for kind, field in re.findall(r"<(input|textarea|select|button)\b([^>]*)", inside):
            of = dict(re.findall(r'(\w+)="([^"]*)"', field))
            if "name" in of and of["name"] not in [name for name, _ in fields]:
                choice = of.get("type") == "file"
                fields.append((of["name"], "a" if choice else of.get("value") or "1"))
        method = attribute.get("method", "get").upper()
        yield method, urllib.parse.urljoin(path, attribute.get("action") or path), fields


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    proxy = None

    def handle_any(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if length else None
        kept = ("content-type", "accept", "accept-language", "user-agent", "authorization", "if-none-match", "range", "referer")
        headers = {name: value for name, value in self.headers.items() if name.lower() in kept}
        path = urllib.parse.urlsplit(self.path)
        path = path.path + (f"?{path.query}" if path.query else "")
        try:
            asked = self.proxy.ask(self.command, path or "/", headers, body)
        except (OSError, http.client.HTTPException, ValueError, UnicodeError):
            # The scanner wrote something that is no request, or the house cut it off.
            self.send_error(400)
            return
        if asked is None:
            self.send_error(404)
            return
        answer, content = asked
        try:
            self.answer(answer, content)
        except OSError: # The scanner has hung up.
            self.close_connection = True

    def answer(self, answer, content):
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def __getattr__(self, name):
        """Whatever the method."""
        if name.startswith("do_"):
            return self.handle_any
        raise AttributeError(name)

    def log_message(self, *_):
        pass


def reached(proxies):
    """How many of the addresses of the permit table were asked for, and which were not."""
    wanted = addresses()
    asked = {(method, path) for proxy in proxies for method, path in proxy.paths}
    missing = []
    for method, address in wanted:
        if LEFT_ALONE.search(address):
            continue
        pattern = re.compile("^" + re.sub(r"<[^>]+>", "[^/]+", re.escape(address).replace("/nb", "/en", 1)).replace("\\", "") + "/?$")
        if not any(method == how and pattern.match(path) for how, path in asked):
            missing.append(f"{method} {address}")
    print(f"reached {len(wanted) - len(missing)} of {len(wanted)} addresses of the house")
    return missing


def finish(findings, proxies):
    """Ends with a list of what was found, or in peace."""
    broken = [line for proxy in proxies for line in proxy.broken]
    for line in [*findings, *broken]:
        print(f"FOUND {line}")
    requests = sum(proxy.count for proxy in proxies)
    print(f"{requests} requests, {len(findings)} findings, {len(broken)} answers of 500 and above")
    if requests == 0:
        sys.exit("nothing was asked: that is no success")
    sys.exit(1 if findings or broken else 0)
