"""A running installation, and people who use its HTTP API as programs do."""

import http.client
import json
import os
import shutil
import subprocess
import time
import uuid
from pathlib import Path
from urllib.parse import quote, urlencode

from stacklib.app import App
from stacklib.layout import ROOT, StackError
from stacklib.process import wait_until
from stacklib.stack import Stack

BINARY = Path(os.environ.get("BORDERO_BINARY") or ROOT / "build" / "dev" / "bordero")
installation = None  # Set by the runner before tests are loaded.

# Tests ask much and at once; limits have tests of their own.
SETTINGS = {
    "BORDERO_GATEWAY_USER_RATE": "100000",
    "BORDERO_GATEWAY_USER_BURST": "100000",
    "BORDERO_GATEWAY_ADDRESS_RATE": "100000",
    "BORDERO_SHUTDOWN_PAUSE_MS": "0",
    "BORDERO_LOG_LEVEL": "info",
}


class Installation:
    """With demo data; an `empty` one has its first administrator alone, as a new agency has."""

    def __init__(self, mode, keep=False, empty=None):
        self.mode = mode
        self.keep = keep
        self.empty = empty is not None
        self.users = []
        self.stack = Stack(f"{empty or 'it'}-{mode}")
        self.app = App(self.stack, BINARY)

    def __enter__(self):
        os.environ.pop("BORDERO_BINARY", None)
        os.environ.update(SETTINGS)
        self.stack.up()
        self.app.command("migrate")
        if self.empty:
            self.app.start(self.mode)
            return self
        self.app.command("seed", "--users-file", self.app.users_file)
        self.app.start(self.mode)
        self.users = json.loads(self.app.users_file.read_text())
        return self

    def __exit__(self, *_):
        if self.keep:
            return
        self.app.stop()
        self.stack.down()
        shutil.rmtree(self.stack.layout.path, ignore_errors=True)

    @property
    def address(self):
        return self.stack.base_url.removeprefix("http://")

    def user(self, role, index=0):
        return [user for user in self.users if user["role"] == role][index]

    def sign_in(self, role, index=0):
        user = self.user(role, index)
        person = Person(self, user)
        person.login(user["password"])
        return person

    def whole(self):
        """Whether every process has all that it talks to, brokers and caches included."""
        def down(process):
            where = self.app.admin_of(process.name)
            connection = http.client.HTTPConnection(where, timeout=5)
            try:
                connection.request("GET", "/readyz")
                said = json.loads(connection.getresponse().read())
            finally:
                connection.close()
            return [one["name"] for one in said["dependencies"] if not one["up"]]

        return not any(down(process) for process in self.app.processes())

    def process(self, name):
        return next(p for p in self.app.processes() if p.name == name)

    def rows(self, database, sql):
        """One statement's rows, straight from the store, as the superuser sees them."""
        store = self.stack.stores["pg-audit" if database == "audit" else "pg-main"]
        done = subprocess.run(["psql", "-XAtq", "-F", "\t", "-c", sql], check=True,
                              capture_output=True, text=True, env=store.client(database))
        return [line.split("\t") for line in done.stdout.splitlines()]


class Answer:
    def __init__(self, status, headers, text):
        self.status = status
        self.headers = headers
        self.text = text

    @property
    def json(self):
        return json.loads(self.text) if self.text else {}

    @property
    def code(self):
        return self.json.get("code")

    def __repr__(self):
        return f"{self.status} {self.text[:300]}"


class Person:
    """Somebody signed in with a bearer token; one connection, made again when it breaks."""

    def __init__(self, where, user):
        self.where = where
        self.user = user
        self.id = user.get("id")
        self.token = None

    def login(self, password):
        body = {"email": self.user["email"], "password": password, "issue_token": True}
        answer = self.call("POST", "/auth/login", body)
        assert answer.status == 200, answer
        self.token = answer.json["session_token"]
        self.id = answer.json["user"]["id"]

    def call(self, method, path, body=None, headers=None, timeout=20, key=None):
        connection = http.client.HTTPConnection(self.where.address, timeout=timeout)
        sent = {"Accept": "application/json", **(headers or {})}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        if body is not None:
            sent["Content-Type"] = "application/json"
        if key:
            sent["Idempotency-Key"] = key
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body)
        try:
            connection.request(method, "/api/v1" + path, data, sent)
            got = connection.getresponse()
            return Answer(got.status, got.headers, got.read().decode())
        finally:
            connection.close()

    def get(self, path, **query):
        return self.call("GET", path + ("?" + urlencode(query) if query else ""))

    def post(self, path, body=None, key=None):
        return self.call("POST", path, body or {}, key=key)

    def patch(self, path, body, version):
        return self.call("PATCH", path, body, {"If-Match": f'"{version}"'})

    def delete(self, path):
        return self.call("DELETE", path)

    def create_client(self, **fields):
        body = {"type": "individual", "full_name": f"Проверкин {uuid.uuid4().hex[:8]}", **fields}
        answer = self.post("/clients", body)
        assert answer.status == 201, answer
        return answer.json

    def create_deal(self, client_id=None, **fields):
        client_id = client_id or self.create_client()["id"]
        answer = self.post("/deals", {"client_id": client_id, "title": "КАСКО", **fields})
        assert answer.status == 201, answer
        return answer.json

    def all_pages(self, path, name, **query):
        rows, token = [], ""
        while True:
            answer = self.get(path, **query, page_size=200, page_token=token)
            assert answer.status == 200, answer
            rows += answer.json[name]
            token = answer.json.get("next_page_token", "")
            if not token:
                return rows


def eventually(check, limit_s=15):
    """Waits until the check gives something true; says what it gave last."""
    last = [None]

    def once():
        last[0] = check()
        return bool(last[0])

    assert wait_until(once, limit_s), f"never became true: {last[0]!r}"
    return last[0]


def now():
    return time.monotonic()


__all__ = ["Answer", "Installation", "Person", "StackError", "eventually", "installation", "now",
           "quote"]
