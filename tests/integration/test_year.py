"""An agency's year under a shifted clock: every sum and reminder beside an independent model."""

import json
import unittest
from collections import Counter
from datetime import timedelta

import harness
from year_story import Year as Story


class Year(unittest.TestCase):
    DAYS, DEALS, SEED, STEPS = 365, 12, 20261123, (1, 2, 3, 4, 5)

    def test_the_book_and_the_system_agree_all_along(self):
        print(f"seed {self.SEED}", flush=True)
        self.story = Story(harness.installation.mode, self.DAYS, self.DEALS, self.SEED, self.STEPS)
        self.addCleanup(self.story.world.close)
        self.lead()
        self.look_back()

    def lead(self):
        story, day = self.story, 0
        stop, restart, back = (self.DAYS * part // 10 for part in (3, 5, 7))
        while day < self.DAYS:
            story.day(story.first + timedelta(day))
            if day >= restart:
                restart = self.DAYS
                self.restart()
            if day >= back:
                back = self.DAYS
                self.hour_back()
            if day >= stop:
                stop = self.DAYS
                day += 3
                self.stop_until(story.first + timedelta(day))
            if story.visited % 10 == 0:
                story.checks.sums()
            day += story.dice.choice(self.STEPS)

    def restart(self):
        self.story.world.stop()
        self.story.world.start()
        self.story.checks.fired()
        self.story.checks.records()

    def stop_until(self, day):
        """Three days without the system; on the fourth morning it tells what it missed."""
        story = self.story
        story.world.stop()
        story.world.set_clock(day, 9, 30)
        story.world.start()
        story.book.begin(day)
        story.book.fire(day)
        story.checks.fired()
        story.checks.records()

    def hour_back(self):
        world = self.story.world
        world.set_clock(world.today, 8, 1)
        self.story.checks.fired()
        world.set_clock(world.today, 9, 2)
        self.story.checks.fired()
        self.story.checks.records()

    def look_back(self):
        story = self.story
        story.world.settle()
        story.checks.sums()
        story.checks.explanations()
        story.checks.policies_chain()
        story.checks.clients()
        self.everything_told_once()
        self.everybody_was_told()
        self.audit_holds()
        told = Counter(key[0] for key in story.book.fired)
        print(f"{story.visited} days, {len(story.book.policies)} policies, "
              f"{len(story.book.payments)} payments, {len(story.book.tasks)} tasks, "
              f"reminders {dict(told)}", flush=True)
        self.assertGreater(len(told), 6, "the story has all kinds of reminders")

    def everything_told_once(self):
        """The audit log has each reminder of the book exactly once."""
        wanted = Counter(key[1] for key in self.story.book.fired)

        def found():
            entries = []
            for service in ("crm", "payments", "tasks"):
                entries += self.story.world.admin.all_pages(
                    "/audit/entries", "entries", filter=f'action = "{service}.reminder.due"')
            return Counter(entry["entity_id"] for entry in entries)

        harness.eventually(lambda: found() == wanted, 60)

    def everybody_was_told(self):
        """Each reminder came once to each whom it names and who sees the deal still."""
        book = self.story.book
        deals = {deal.id: deal for deal in book.deals}
        for name, person in self.story.people.items():
            if name in book.gone:
                continue
            notes = [n for n in person.all_pages("/notifications", "notifications")
                     if n["kind"] == "reminder"]
            told = Counter((n["details"]["rule"], n["subject_id"], n["details"]["on"],
                            n["details"].get("offset_days", 0)) for n in notes)
            wanted = Counter((rule, subject, str(on), offset)
                             for (rule, subject, on, offset), who in book.fired.items()
                             if person.id in who)
            sees_all = book.roles[person.id] in ("admin", "head", "finance")
            hidden = {n["deal_id"] for n in notes
                      if not sees_all and person.id not in deals[n["deal_id"]].team()}
            self.assertEqual(hidden, set(), "notifications of deals that one left")
            self.assertEqual(told - wanted, Counter(), name)
            if name not in ("boris",):
                self.assertEqual(wanted - told, Counter(), name)

    def audit_holds(self):
        world = self.story.world
        verdict = world.admin.get("/audit/verify").json
        self.assertTrue(verdict["ok"], verdict)
        out = world.place.stack.layout.folder() / "audit.jsonl"
        world.place.app.command("audit", "export", "--out", out)
        key = "".join(world.place.app.said("audit", "public-key")).strip()
        world.place.app.command("audit", "verify", "--file", out, "--public-key", key)
        first = json.loads(out.read_text().splitlines()[0])
        self.assertTrue(first)
