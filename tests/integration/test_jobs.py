"""A process that is killed in the middle of a job: another goes on, and the job is done once."""

import http.client
import os
import signal
import subprocess
import unittest

import harness

HOLDERS = ("FROM pg_locks WHERE granted AND mode = 'AccessExclusiveLock' "
           "AND relation = 'job_parts'::regclass")


def setUpModule():
    global place
    place = harness.installation


class Jobs(unittest.TestCase):
    def process(self):
        return next(p for p in place.app.processes() if p.name in ("notifications", "all"))

    def column(self, job, column):
        return place.rows("notifications", f"SELECT {column} FROM jobs WHERE id = '{job}'")[0][0]

    def hold_parts(self):
        """Nobody gets on with a file until they are let go."""
        holder = subprocess.Popen(
            ["psql", "-XAtq", "-c",
             "BEGIN; LOCK TABLE job_parts IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(120)"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=place.stack.stores["pg-main"].client("notifications"))
        self.addCleanup(holder.wait)
        self.addCleanup(self.let_go)
        harness.eventually(lambda: place.rows(
            "notifications", f"SELECT count(*) {HOLDERS}") == [["1"]])

    def let_go(self):
        # The end of psql alone would not wake its backend.
        place.rows("notifications", f"SELECT pg_terminate_backend(pid) {HOLDERS}")

    def revive(self, process):
        name = process.name
        harness.eventually(lambda: process.pid is None)
        process.start([place.app.binary, name], place.app._spec(name),
                      place.app._environment(name), cwd=harness.ROOT)
        place.app._wait_ready(name, 30)

    def test_another_process_goes_on_after_a_kill(self):
        agent = place.sign_in("agent")
        wanted = {row["id"] for row in agent.all_pages("/deals", "deals")}
        self.hold_parts()
        job = agent.post("/exports", {"list": "deals", "format": "csv",
                                      "columns": [{"field": "id"}]}).json["id"]
        harness.eventually(lambda: self.column(job, "status") == "running")
        process = self.process()

        os.kill(process.pid, signal.SIGKILL)
        self.revive(process)
        self.let_go()
        place.rows("notifications", "UPDATE jobs SET lease_until = now() "
                   "WHERE lease_until IS NOT NULL")

        harness.eventually(lambda: self.column(job, "status") == "done", 90)
        self.assertEqual(self.column(job, "attempt"), "2", "the one that died was counted")
        done = agent.get(f"/jobs/{job}").json
        self.assertEqual((done["kind"], done["steps_done"], done["steps_total"]), ("export", 2, 2))
        self.assertEqual(done["rows_done"], len(wanted))
        connection = http.client.HTTPConnection(place.address, timeout=60)
        connection.request("GET", f"/api/v1/jobs/{job}/file",
                           headers={"Authorization": f"Bearer {agent.token}"})
        lines = connection.getresponse().read().decode("utf-8-sig").split()
        connection.close()
        self.assertEqual(set(lines[1:]), wanted)
        harness.eventually(lambda: place.rows(
            "audit", "SELECT count(*) FROM entries WHERE entity_id = "
            f"'{job}' AND action = 'notifications.job.finished'") == [["1"]], 60)
