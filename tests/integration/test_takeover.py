"""Who talks to Bordero while `make run` replaces the process that they talk to notices nothing."""

import http.client
import os
import threading
import time
import unittest

import harness

KEPT_PAUSES_S = (0, 0.05, 0.3)  # Between the requests of a connection.
NEW_PAUSE_S = 0.01


def setUpModule():
    global place
    place = harness.installation


class Client(threading.Thread):
    """Asks again and again, by one connection or a new one each time, as browsers do."""

    def __init__(self, token, pause_s, keeps):
        super().__init__(daemon=True)
        self.headers = {"Authorization": f"Bearer {token}"}
        self.pause_s = pause_s
        self.keeps = keeps
        self.asked = 0
        self.failures = []
        self.over = threading.Event()

    def run(self):
        connection = None
        while not self.over.wait(self.pause_s):
            connection = connection or http.client.HTTPConnection(place.address, timeout=20)
            self.asked += 1
            try:
                connection.request("GET", "/api/v1/auth/session", headers=self.headers)
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    self.failures.append(answer.status)
            except (OSError, http.client.HTTPException) as error:
                self.failures.append(repr(error))
                connection.close()
            if not self.keeps:
                connection.close()
                connection = None


class TakeOver(unittest.TestCase):
    name = "BORDERO_GATEWAY_USER_BURST"

    def setUp(self):
        self.front = "gateway" if place.mode == "services" else "all"
        before = os.environ[self.name]
        self.addCleanup(place.app.update, place.mode)
        self.addCleanup(os.environ.__setitem__, self.name, before)

    def clients(self):
        token = place.sign_in("agent").token
        clients = [Client(token, pause_s, True) for pause_s in KEPT_PAUSES_S]
        clients += [Client(token, NEW_PAUSE_S, False) for _ in range(2)]
        for client in clients:
            client.start()
            self.addCleanup(client.over.set)
        return clients

    def replace(self):
        before = place.process(self.front).pid
        os.environ[self.name] = str(int(os.environ[self.name]) - 1)
        place.app.update(place.mode)
        self.assertNotEqual(place.process(self.front).pid, before)
        self.assertFalse(os.path.exists(f"/proc/{before}/exe"))

    def test_nobody_is_refused_or_cut_off(self):
        clients = self.clients()
        for _ in range(3):
            asked = sum(client.asked for client in clients)
            harness.eventually(lambda: sum(client.asked for client in clients) > asked + 50)
            self.replace()
        time.sleep(0.5)  # Whoever is to fail fails now.
        for client in clients:
            client.over.set()
        for client in clients:
            client.join(30)

        failures = [failure for client in clients for failure in client.failures]
        asked = sum(client.asked for client in clients)
        self.assertEqual(failures, [], f"of {asked}")
        self.assertTrue(all(client.asked for client in clients))

    def test_a_process_that_does_not_start_leaves_the_old_one(self):
        before = place.process(self.front).pid
        os.environ[self.name] = "many"
        with self.assertRaises(harness.StackError):
            place.app.update(place.mode)

        self.assertEqual(place.process(self.front).pid, before)
        self.assertEqual(place.sign_in("agent").get("/auth/session").status, 200)
