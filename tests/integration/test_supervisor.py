"""What ends though nobody stopped it runs again; what loops waits longer, and both are shown."""

import os
import signal
import subprocess
import unittest

from harness import eventually, installation
from stacklib.app import App
from stacklib.layout import ROOT
from stacklib.process import Process
from stacklib.stack import Stack

STORE = "redis"


class OfTheInstallation(unittest.TestCase):
    def setUp(self):
        self.place = installation
        self.place.stack.supervisor.start()
        self.addCleanup(self.place.stack.supervisor.stop)

    def pids(self):
        stores = [store.process for store in self.place.stack.stores.values()]
        return {process.name: process.pid for process in [*self.place.app.processes(), *stores]}

    def shown(self, name):
        info = self.place.app.describe()
        return next(one for one in [*info["processes"], *info["stores"]] if one["name"] == name)

    def kill(self, name):
        """As a crash does; says who ran before."""
        before = self.pids()
        os.kill(before[name], signal.SIGKILL)
        eventually(lambda: self.pids()[name] not in (None, before[name]), 60)
        return before

    def test_a_killed_service_comes_back_and_the_others_stay(self):
        victim = "tasks" if self.place.mode == "services" else "all"
        before = self.kill(victim)

        after = self.pids()
        self.assertEqual({k: v for k, v in after.items() if k != victim},
                         {k: v for k, v in before.items() if k != victim})
        eventually(self.works, 60)
        shown = self.shown(victim)
        self.assertEqual(shown["restarts"], 1, shown)
        self.assertTrue(shown["last_exit"]["at"] and shown["since"], shown)
        # Killed again it was a child of the supervisor, which then knows how it ended.
        self.kill(victim)
        eventually(self.works, 60)
        self.assertEqual(self.shown(victim)["last_exit"]["how"], "signal SIGKILL")

    def test_a_killed_store_comes_back_with_what_it_held(self):
        self.kill(STORE)

        eventually(self.works, 60)
        self.assertEqual(self.shown(STORE)["restarts"], 1)

    def test_the_next_supervisor_goes_on_where_a_killed_one_ended(self):
        os.kill(self.place.stack.supervisor.process.pid, signal.SIGKILL)
        eventually(lambda: self.place.stack.supervisor.process.pid is None)
        before = self.pids()
        self.place.stack.supervisor.start()

        self.assertEqual(self.pids(), before)
        self.kill(STORE)
        eventually(self.works, 60)

    def test_only_what_changed_is_replaced(self):
        if self.place.mode != "services":
            self.skipTest("one process is all that there is")
        before = self.pids()
        name = "BORDERO_NOTIFICATIONS_REDIS_URL"
        os.environ[name] = self.place.app._environment("notifications")[name] + "?"
        self.addCleanup(self.place.app.update, "services")
        self.addCleanup(os.environ.pop, name)
        self.place.app.update("services")

        changed = {who for who, pid in self.pids().items() if pid != before[who]}
        self.assertEqual(changed, {"notifications"})

    def works(self):
        try:
            admin = self.place.sign_in("admin")
            return self.place.whole() and admin.get("/users").status == 200
        except (OSError, AssertionError):
            return False


class OfAStackOfItsOwn(unittest.TestCase):
    def setUp(self):
        self.stack = Stack("it-supervisor")
        self.app = App(self.stack)
        self.addCleanup(self.stack.destroy)
        self.stack.supervisor.start()
        folder = self.stack.layout.folder("pids")
        self.looping = Process("looping", folder / "looping", self.stack.layout.path / "loop.log")

    def shown(self):
        return self.stack.supervisor.history(self.looping.record)

    def test_a_crash_loop_waits_longer_each_time_and_is_shown(self):
        self.looping.start(["/bin/sh", "-c", "exit 3"])

        shown = eventually(lambda: self.shown()["restarts"] >= 3 and self.shown(), 60)
        self.assertEqual(shown["last_exit"]["how"], "exit code 3")
        eventually(lambda: self.shown()["next_try"])
        said = (self.stack.layout.path / "logs" / "supervisor.log").read_text()
        self.assertIn("looping ended: exit code 3", said)
        self.looping.stop()
        eventually(lambda: self.shown()["restarts"] == 0)
        self.assertFalse(self.looping.record.exists())

    def test_what_cannot_be_started_is_shown_too(self):
        self.looping.start(["/does/not/exist"])

        how = eventually(lambda: (self.shown()["last_exit"] or {}).get("how"))
        self.assertIn("cannot be started", how)

    def test_what_a_tool_stops_stays_stopped_and_nothing_is_left(self):
        self.stack.up(["redis"])
        self.looping.start(["sleep", "600"])
        pids = [self.stack.stores["redis"].process.pid, self.looping.pid,
                self.stack.supervisor.process.pid]
        self.looping.stop()
        tool = subprocess.run([ROOT / "tools" / "stack", "down", "it-supervisor"], check=True,
                              capture_output=True, text=True)
        self.assertIn("redis", tool.stdout)
        self.stack.supervisor.stop()

        alive = [pid for pid in pids if os.path.exists(f"/proc/{pid}/cwd")]
        self.assertEqual(alive, [])


