"""An installation with much data, its people signed in, and what each of them may read."""

import json
import os
import subprocess
import urllib.request

from benchlib.paths import list_paths
from stacklib import agency
from stacklib.app import App
from stacklib.layout import StackError, write_private
from stacklib.process import wait_until
from stacklib.stack import Stack

AGENTS = 8
IDS_OF_AN_AGENT = 2000
DEALS_OF_AN_AGENT = 500
SERVICE_DATABASES = ("crm", "payments", "tasks")
RATE = "100000"

# Every protection is on; only the limits are beyond what one machine can send.
SETTINGS = {
    "BORDERO_GATEWAY_USER_RATE": RATE,
    "BORDERO_GATEWAY_USER_BURST": RATE,
    "BORDERO_GATEWAY_ADDRESS_RATE": RATE,
    "BORDERO_LOG_LEVEL": "warn",
    # Reminders are measured by themselves: otherwise the day's are told while something else is.
    "BORDERO_REMINDERS_AT": "23:59",
}


class Installation:
    def __init__(self, name, clients, deals, binary=None):
        # The proportions of the large set: two policies and four tasks for three deals.
        policies, tasks = deals * 2 // 3, deals * 4 // 3
        self.size = {"clients": clients, "deals": deals, "policies": policies, "tasks": tasks}
        self.stack = Stack(name)
        self.app = App(self.stack, binary.resolve()) if binary else App(self.stack)
        self.people = []
        self.reads = 0

    def prepare(self):
        """Seeds once; later runs with the same size use what is there."""
        os.environ.update(SETTINGS)
        mark = self.stack.layout.path / "size.json"
        if not mark.exists() or json.loads(mark.read_text()) != self.size:
            self.app.stop()
            self.stack.destroy()
            self.stack.layout.folder()
        self.stack.up()
        self.app.command("migrate")
        if mark.exists():
            return
        users = ["--users-file", self.app.users_file]
        sizes = [word for name, count in self.size.items() for word in (f"--{name}", str(count))]
        self.app.command("seed", "--size", "large", *users, *sizes)
        write_private(mark, json.dumps(self.size))

    def start(self, mode, settings=None):
        os.environ.update({**SETTINGS, **(settings or {})})
        self.app.start(mode)
        if not self.people:
            agents = [self._person(user) for user in self._users("agent")]
            self.people = [agent for agent in agents if agent["ids"]][:AGENTS]
            self._prepare_pgbench()

    def signed_in(self, role):
        return self._person(self._users(role)[0])

    def forget_todays_reminders(self):
        """So that the clock has the same day's work again."""
        todays = f"DELETE FROM fired_reminders WHERE fires_on >= '{agency.today()}'"
        for database in SERVICE_DATABASES:
            self.query(todays, database)

    def client(self):
        """For the database of clients and deals, with the rights of its service."""
        return self.stack.stores["pg-main"].client("crm", "crm", "crm.pg")

    def query(self, sql, database="crm"):
        done = subprocess.run(
            ["psql", "-X", "-At", "-v", "ON_ERROR_STOP=1"], input=sql, check=False,
            capture_output=True, text=True, env=self.stack.stores["pg-main"].client(database),
        )
        if done.returncode != 0:
            raise StackError(f"psql: {done.stderr}")
        return done.stdout.splitlines()

    def pids(self):
        """Process ids by name: the application's and the stores'."""
        found = {process.name: process.pid for process in self.app.processes()}
        found.update((name, store.process.pid) for name, store in self.stack.stores.items())
        return found

    def _users(self, role):
        return [u for u in json.loads(self.app.users_file.read_text()) if u["role"] == role]

    def _person(self, user):
        body = {"email": user["email"], "password": user["password"], "issue_token": True}
        request = urllib.request.Request(
            f"{self.stack.base_url}/api/v1/auth/login", json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            login = json.load(answer)
        ids = self.query(
            f"SELECT client_id FROM client_access WHERE user_id = '{login['user']['id']}' "
            f"ORDER BY hashtext(client_id::text) LIMIT {IDS_OF_AN_AGENT}"
        )
        deals = self.query(
            f"SELECT deal_id FROM deal_access WHERE user_id = '{login['user']['id']}' "
            f"AND status <> 'closed' ORDER BY hashtext(deal_id::text) LIMIT {DEALS_OF_AN_AGENT}"
        )
        person = {"token": login["session_token"], "id": login["user"]["id"], "ids": ids}
        return {**person, "deals": deals, "paths": list_paths(person["id"], agency.today())}

    def _prepare_pgbench(self):
        """pgbench has numbers for variables, so the same records get numbers."""
        rows = [
            f"({number}, '{person['id']}', '{client}')"
            for number, (person, client) in enumerate(
                ((person, client) for person in self.people for client in person["ids"]), 1
            )
        ]
        self.query(
            "DROP TABLE IF EXISTS bench_reads;"
            "CREATE TABLE bench_reads (n int PRIMARY KEY, user_id uuid, client_id uuid);"
            f"INSERT INTO bench_reads VALUES {', '.join(rows)};"
            "GRANT SELECT ON bench_reads TO crm; ANALYZE bench_reads"
        )
        self.reads = len(rows)


def settle(installation):
    """Waits until what earlier requests left behind is worked off."""
    for database in (*SERVICE_DATABASES, "notifications"):
        wait_until(
            lambda: installation.query("SELECT count(*) FROM outbox", database) == ["0"], 300, 0.2
        )
