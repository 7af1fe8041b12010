"""A new agency's installation under a clock that the story leads, with people to act in it."""

import os
import signal
import time
import uuid
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone

import harness

ZONE = timezone(timedelta(hours=3))  # Europe/Moscow, the agency's.
REMINDERS = ("crm", "payments", "tasks")
LOOKS_EVERY_S = 0.1  # How often a process looks at the clock's file.
COPIES = ("payments", "tasks", "notifications")


class World:
    def __init__(self, mode, name):
        self.place = harness.Installation(mode, keep=os.environ.get("KEEP") == "1", empty=name)
        self.clock_file = self.place.stack.layout.folder() / "clock"
        os.environ["BORDERO_TEST_CLOCK_FILE"] = str(self.clock_file)
        self.set_shift(0)
        self.place.__enter__()
        self.people = {}
        self.admin = self._accept("admin@localhost", self._first_link())
        self.people["admin"] = self.admin
        self.today = date.fromisoformat(self.admin.get("/auth/session").json["today"])

    def close(self):
        os.environ.pop("BORDERO_TEST_CLOCK_FILE")
        self.place.__exit__()

    def _first_link(self):
        said = "".join(self.place.app.said("first-admin"))
        return said.partition("#")[2].split()[0]

    def _accept(self, email, token):
        person = harness.Person(self.place, {"email": email})
        password = f"долгий пароль {uuid.uuid4().hex}"
        answer = person.post("/auth/invitations/accept", {"token": token, "password": password})
        assert answer.status == 204, answer
        person.login(password)
        return person

    def hire(self, name, role):
        made = self.admin.post("/users", {"email": f"{name}@example.com", "role": role,
                                          "full_name": f"Сотрудник {name}"})
        assert made.status == 201, made
        self.people[name] = self._accept(f"{name}@example.com",
                                         made.json["link"].partition("#")[2])
        return self.people[name]

    # The clock.

    def set_shift(self, seconds):
        """The processes stand until each is due to look: none acts on the old day after another
        has begun the new one."""
        self.shift = int(seconds)
        with self.held():
            draft = self.clock_file.with_name("clock.new")
            draft.write_text(f"{self.shift}\n")
            draft.replace(self.clock_file)
            time.sleep(2 * LOOKS_EVERY_S)

    @contextmanager
    def held(self):
        running = [process.pid for process in self.place.app.processes()]
        for pid in running:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in running:
                os.kill(pid, signal.SIGCONT)

    def set_clock(self, day, hour, minute=0):
        wanted = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)
        self.set_shift(wanted.timestamp() - time.time() + 1)
        self.today = day
        if self.place.app.mode:
            self.follow()

    def follow(self):
        """Waits until the clock is seen."""
        harness.eventually(lambda: self.admin.get("/auth/session").json.get("today")
                           == self.today.isoformat(), 30)

    def stop(self):
        self.mode = self.place.app.mode
        self.place.app.stop()

    def start(self):
        self.place.app.start(self.mode)
        self.follow()

    # What the stores say.

    def fired(self):
        """Every reminder that was told, as (rule, subject, on, offset)."""
        return {(rule, subject, date.fromisoformat(on), int(offset))
                for service in REMINDERS for rule, subject, on, offset in self.place.rows(
                    service, "SELECT rule, subject_id, base_on, offset_days FROM fired_reminders")}

    def settle(self):
        """Waits until every event has left and every copy of the deals is as new as the deals."""
        asked = "SELECT (SELECT count(*) FROM outbox), (SELECT md5(string_agg(" \
                "id::text || version, ',' ORDER BY id)) FROM deals)"

        def same():
            answers = {tuple(self.place.rows(service, asked)[0]) for service in ("crm", *COPIES)}
            return len(answers) == 1 and answers.pop()[0] == "0"

        harness.eventually(same, 60)
