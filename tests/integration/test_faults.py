"""Processes killed, broker and cache gone, under writes: nothing acknowledged is lost, nothing doubled."""

import os
import random
import signal
import unittest

import harness
import writers
from writers import Writers


def setUpModule():
    global place, admin
    place = harness.installation
    admin = place.sign_in("admin")


class Faults(unittest.TestCase):
    def check_whole(self, made):
        self.assertEqual(made.faults, [])
        self.assertEqual(made.unknown, set())
        for kind in writers.ALL:
            self.assertGreater(made.count(kind), 5, "the load was too small to prove anything")
            self.check_kind(kind, made.acknowledged[kind])
        self.check_followers(made)
        self.assertTrue(admin.get("/audit/verify").json["ok"])

    def check_kind(self, kind, acknowledged):
        """Each stands once where it belongs, and once in the audit log."""
        stored = {}
        for identity, name in place.rows(kind.database, kind.stored):
            stored.setdefault(name, []).append(identity)
        for name, identity in acknowledged.items():
            self.assertEqual(stored.get(name), [identity], name)
        harness.eventually(
            lambda: place.rows(kind.database, "SELECT count(*) FROM outbox") == [["0"]], 60)
        self.each_once("audit", "SELECT entity_id, count(*) FROM entries "
                       f"WHERE action = '{kind.event}' GROUP BY entity_id", acknowledged)

    def check_followers(self, made):
        """Who follows tells and copies each once: the inbox, the deal's payments."""
        self.each_once("notifications", "SELECT subject_id, count(*) FROM notifications "
                       "WHERE kind = 'task_assigned' GROUP BY subject_id",
                       made.acknowledged[writers.TASKS])
        self.each_once("crm", "SELECT payment_id, count(*) FROM policy_payments GROUP BY payment_id",
                       made.acknowledged[writers.PAYMENTS])
        for service in ("crm", "audit", "payments", "tasks", "notifications"):
            self.assertEqual(place.app.said("parked", "list", service), [], "nothing is set aside")

    def each_once(self, database, sql, acknowledged):
        wanted = set(acknowledged.values())

        def all_there():
            counts = {identity: int(count) for identity, count in place.rows(database, sql)}
            self.assertEqual({c for i, c in counts.items() if i in wanted} - {1}, set())
            return wanted <= set(counts)

        harness.eventually(all_there, 60)

    def test_every_process_killed_at_random_moments(self):
        dice = random.Random(7)
        with Writers(place) as made:
            for process in place.app.processes():
                for _ in range(2):
                    made.ending.wait(dice.uniform(0.5, 1.5))
                    self.kill_and_revive(process)
            made.ending.wait(2)
        self.check_whole(made)

    def kill_and_revive(self, process):
        name = process.name
        os.kill(process.pid, signal.SIGKILL)
        harness.eventually(lambda: process.pid is None)
        process.start([place.app.binary, name], place.app._spec(name),
                      place.app._environment(name), cwd=harness.ROOT)
        place.app._wait_ready(name, 20)

    def test_the_broker_goes_and_comes_back(self):
        self.store_goes_and_comes_back("rabbitmq", must_serve=True)

    def test_the_cache_goes_and_comes_back(self):
        self.store_goes_and_comes_back("redis", must_serve=True)

    def test_the_database_goes_and_comes_back(self):
        self.store_goes_and_comes_back("pg-main", must_serve=False)

    def store_goes_and_comes_back(self, name, must_serve):
        store = place.stack.stores[name]
        with Writers(place) as made:
            made.ending.wait(1.5)
            store.process.stop(how=signal.SIGKILL if name != "pg-main" else signal.SIGQUIT)
            before = made.count()
            made.ending.wait(4)
            if must_serve:
                self.assertGreater(made.count(), before, f"writes go on without {name}")
            place.stack.up()
            harness.eventually(lambda: made.count() > before, 30)
            made.ending.wait(1.5)
        self.check_whole(made)

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
