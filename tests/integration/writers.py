"""People who write without pause while things break, and what must be there afterwards."""

import http.client
import random
import threading
import uuid
from datetime import timedelta

import harness
from stacklib import agency

RUB = {"currency": "RUB"}


def day(offset):
    return (agency.today() + timedelta(offset)).isoformat()


class Kind:
    """Something that people make: its request, where it is stored under its name, what is told."""

    def __init__(self, path, body, database, table, column, event):
        self.path, self.body = path, body
        self.database, self.event = database, event
        self.stored = f"SELECT id, {column} FROM {table} WHERE {column} LIKE 'Стойкий %'"


CLIENTS = Kind("/clients", lambda person, name: {"type": "individual", "full_name": name},
               "crm", "clients", "full_name", "crm.client.created")
TASKS = Kind("/tasks", lambda person, name: {"subject": name, "assignee_id": person.helper,
                                             "due_on": day(9)},
             "tasks", "tasks", "subject", "tasks.task.created")
PAYMENTS = Kind("/payments", lambda person, name: {
    "policy_id": person.policy, "type": "client_discount", "planned_date": day(30), "notes": name,
    "amount": {"amount": "1.01", **RUB}}, "payments", "payments", "notes",
    "payments.payment.planned")
ALL = (CLIENTS, TASKS, PAYMENTS)


def prepare(person, helper):
    """A policy to write payments of, and a colleague to give tasks to."""
    person.helper = helper.id
    insurer = person.get("/insurers").json["insurers"][0]
    deal = person.create_deal()
    made = person.post("/policies", {
        "deal_id": deal["id"], "insurer_id": insurer["id"], "product": insurer["products"][0],
        "number": uuid.uuid4().hex, "effective_from": day(0), "effective_to": day(364),
        "premium": {"amount": "100.00", **RUB}, "payment_route": "direct",
        "instalments": [{"due_on": day(0), "amount": {"amount": "100.00", **RUB}}]})
    assert made.status == 201, made
    person.policy = made.json["id"]
    active = person.post(f"/policies/{person.policy}/activate", {"version": made.json["version"]})
    assert active.status == 200, active
    harness.eventually(lambda: person.get(
        "/payments", filter=f'policy_id = "{person.policy}"').json["payments"])


class Writers:
    """Agents who make things of all kinds, repeating with the same key until they know."""

    def __init__(self, place, count=4):
        self.acknowledged = {kind: {} for kind in ALL}
        self.unknown, self.faults = set(), []
        self.ending = threading.Event()
        helper = place.sign_in("executor")
        self.people = [place.sign_in("agent", i) for i in range(count)]
        for person in self.people:
            prepare(person, helper)
        self.threads = [threading.Thread(target=self._write, args=(person, i))
                        for i, person in enumerate(self.people)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        for thread in self.threads:
            thread.join()

    def count(self, kind=None):
        return sum(len(made) for of, made in self.acknowledged.items() if kind in (None, of))

    def _write(self, person, seed):
        dice = random.Random(seed)
        while not self.ending.is_set():
            self._until_known(person, dice.choice(ALL), f"Стойкий {uuid.uuid4().hex}")

    def _until_known(self, person, kind, name):
        body, key = kind.body(person, name), str(uuid.uuid4())
        give_up = harness.now() + 60
        while harness.now() < give_up:
            try:
                answer = person.call("POST", kind.path, body, key=key, timeout=10)
            except (OSError, http.client.HTTPException):
                self.ending.wait(0.1)
                continue
            if answer.status == 201:
                self.acknowledged[kind][name] = answer.json["id"]
                return
            if answer.status not in (409, 429, 503):
                self.faults.append(f"{kind.path} {name}: {answer}")
                return
            self.ending.wait(0.1)
        self.unknown.add(name)
