"""Processes killed, broker and cache gone, under writes: nothing acknowledged is lost, nothing doubled."""

import http.client
import os
import random
import signal
import threading
import unittest
import uuid

import harness


def setUpModule():
    global place, admin
    place = harness.installation
    admin = place.sign_in("admin")


class Writers:
    """Agents who create clients without pause, repeating with the same key until they know."""

    def __init__(self, count=4):
        self.acknowledged, self.unknown, self.faults = {}, set(), []
        self.ending = threading.Event()
        self.people = [place.sign_in("agent", i) for i in range(count)]
        self.threads = [threading.Thread(target=self._write, args=(p,)) for p in self.people]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        for thread in self.threads:
            thread.join()

    def _write(self, person):
        while not self.ending.is_set():
            name = f"Стойкий {uuid.uuid4().hex}"
            self._until_known(person, name)

    def _until_known(self, person, name):
        body, key = {"type": "individual", "full_name": name}, str(uuid.uuid4())
        give_up = harness.now() + 60
        while harness.now() < give_up:
            try:
                answer = person.call("POST", "/clients", body, key=key, timeout=10)
            except (OSError, http.client.HTTPException):
                self.ending.wait(0.1)
                continue
            if answer.status == 201:
                self.acknowledged[name] = answer.json["id"]
                return
            if answer.status not in (409, 429, 503):
                self.faults.append(f"{name}: {answer}")
                return
            self.ending.wait(0.1)
        self.unknown.add(name)


def database(name):
    """One statement's rows, straight from the store, as the superuser sees them."""
    import subprocess

    def ask(sql, database):
        dsn = place.stack.secrets()[name]
        base, _, query = dsn.partition("?")
        target = base.rsplit("/", 1)[0] + "/" + database + ("?" + query if query else "")
        done = subprocess.run(["psql", "-XAtq", "-F", "\t", target, "-c", sql], check=True,
                              capture_output=True, text=True)
        return [line.split("\t") for line in done.stdout.splitlines()]

    return ask


crm = lambda sql: database("pg-main")(sql, "crm")  # noqa: E731
audit = lambda sql: database("pg-audit")(sql, "audit")  # noqa: E731


class Faults(unittest.TestCase):
    def check_whole(self, writers):
        self.assertEqual(writers.faults, [])
        self.assertEqual(writers.unknown, set())
        self.assertGreater(len(writers.acknowledged), 20, "the load was too small to prove anything")
        stored = {}
        for identity, name in crm("SELECT id, full_name FROM clients "
                                  "WHERE full_name LIKE 'Стойкий %'"):
            stored.setdefault(name, []).append(identity)
        for name, identity in writers.acknowledged.items():
            self.assertEqual(stored.get(name), [identity], name)
        harness.eventually(lambda: crm("SELECT count(*) FROM outbox") == [["0"]], 60)
        wanted = set(writers.acknowledged.values())

        def all_audited():
            rows = audit("SELECT entity_id, count(*) FROM entries "
                         "WHERE action = 'crm.client.created' GROUP BY entity_id")
            counts = {identity: int(count) for identity, count in rows}
            self.assertEqual({c for i, c in counts.items() if i in wanted} - {1}, set())
            return wanted <= set(counts)

        harness.eventually(all_audited, 60)
        self.assertTrue(admin.get("/audit/verify").json["ok"])

    def test_every_process_killed_at_random_moments(self):
        dice = random.Random(7)
        with Writers() as writers:
            for process in place.app.processes():
                for _ in range(2):
                    writers.ending.wait(dice.uniform(0.5, 1.5))
                    self.kill_and_revive(process)
            writers.ending.wait(2)
        self.check_whole(writers)

    def kill_and_revive(self, process):
        name = process.name
        os.kill(process.pid, signal.SIGKILL)
        harness.eventually(lambda: process.pid is None)
        died = harness.now()
        process.start([place.app.binary, name], place.app._spec(name),
                      place.app._environment(name), cwd=harness.ROOT)
        place.app._wait_ready(name, 20)
        self.assertLess(harness.now() - died, 10, f"{name} serves again within 10 s")

    def test_the_broker_goes_and_comes_back(self):
        self.store_goes_and_comes_back("rabbitmq", must_serve=True)

    def test_the_cache_goes_and_comes_back(self):
        self.store_goes_and_comes_back("redis", must_serve=True)

    def test_the_database_goes_and_comes_back(self):
        self.store_goes_and_comes_back("pg-main", must_serve=False)

    def store_goes_and_comes_back(self, name, must_serve):
        store = place.stack.stores[name]
        with Writers() as writers:
            writers.ending.wait(1.5)
            store.process.stop(how=signal.SIGKILL if name != "pg-main" else signal.SIGQUIT)
            before = len(writers.acknowledged)
            writers.ending.wait(4)
            if must_serve:
                self.assertGreater(len(writers.acknowledged), before, f"writes go on without {name}")
            place.stack.up()
            harness.eventually(lambda: len(writers.acknowledged) > before, 30)
            writers.ending.wait(1.5)
        self.check_whole(writers)

    def test_a_block_stands_when_the_cache_is_gone(self):
        from test_story import new_user
        import test_story
        test_story.place = place
        victim = new_user(admin, "agent")
        place.stack.stores["redis"].process.stop(how=signal.SIGKILL)
        try:
            answer = admin.post(f"/users/{victim.id}/block", {"reason": "проверка"})
            self.assertEqual(answer.status, 200, answer)
            self.assertEqual(victim.get("/deals").status, 401)
        finally:
            place.stack.up()
        self.assertEqual(victim.get("/deals").status, 401)
