"""Leaving a deal ends access everywhere for the next request, also while the broker is down."""

import signal
import unittest
import uuid

import harness
import samples
import test_story
from stacklib import agency

PLACES = ("deal", "deals", "search", "calculations", "policies", "policy", "payments", "payment",
          "versions", "plan_fact", "sums", "task", "tasks", "tasks_found", "notifications",
          "unread", "history", "groups")


def setUpModule():
    global place, made, lead
    place = harness.installation
    made = samples.Samples(place)
    lead = made.agent


class Leaving(unittest.TestCase):
    def setUp(self):
        """A member with something of the deal in each service, in nobody else's way."""
        self.member = newcomer()
        self.words = "Отъезд" + uuid.uuid4().hex[:10]
        self.deal = lead.create_deal(title=self.words, executor_id=made.executor.id)
        self.join()
        made.calculation(self.deal)
        body = made.policy_body(parts=3, deal=self.deal)
        self.policy = made.made(lead, "/policies", **body)
        self.policy = made.made(lead, f"/policies/{self.policy['id']}/activate",
                                version=self.policy["version"])
        harness.eventually(lambda: self.own_payments(lead))
        self.payment = self.own_payments(lead)[0]
        self.task = self.give_task()
        self.sees_everything()

    def sees_everything(self):
        everything = dict.fromkeys(PLACES, True)
        if not harness.wait_until(lambda: self.seen(self.member) == everything, 15):
            self.assertEqual(self.seen(self.member), everything)

    def join(self):
        body = {"user_id": self.member.id, "function": "participant"}
        path = f"/deals/{self.deal['id']}/members"
        harness.eventually(lambda: lead.post(path, body).status == 200)  # CRM hears of newcomers.

    def give_task(self):
        body = {"subject": self.words, "deal_id": self.deal["id"], "assignee_id": self.member.id}
        self.heard_by("tasks")  # What is given before a leave is heard of goes to the lead.
        answer = lead.post("/tasks", body)
        self.assertEqual(answer.status, 201, answer)
        return answer.json

    def heard_by(self, service):
        """Waits until the service's copy of the deal is as new as the deal."""
        asked = f"SELECT version FROM deals WHERE id = '{self.deal['id']}'"
        harness.eventually(lambda: place.rows(service, asked) == place.rows("crm", asked))

    def own_payments(self, person):
        return person.get("/payments", filter=f'deal_id = "{self.deal["id"]}"').json["payments"]

    def leave(self):
        path = f"/deals/{self.deal['id']}/members/{self.member.id}"
        self.assertEqual(lead.delete(path).status, 200)

    def seen(self, person):
        """Where the person still meets the deal; they have no other."""
        deal, year = self.deal["id"], agency.today().year
        answers = {
            "deal": person.get(f"/deals/{deal}").status == 200,
            "deals": person.get("/deals").json["total_size"] > 0,
            "groups": bool(person.get("/deals", group_by="status").json.get("groups")),
            "search": self.found(person, "deal"),
            "tasks_found": self.found(person, "task"),
            "calculations": bool(person.get("/calculations").json["calculations"]),
            "policies": person.get("/policies").json["total_size"] > 0,
            "policy": person.get(f"/policies/{self.policy['id']}").status == 200,
            "payments": person.get("/payments").json["total_size"] > 0,
            "payment": person.get(f"/payments/{self.payment['id']}").status == 200,
            "versions": person.get(f"/payments/{self.payment['id']}/versions").status == 200,
            "sums": bool(person.get("/payments", group_by="status").json.get("groups")),
            "plan_fact": bool(person.get("/payments/plan_fact", **{
                "from": f"{year}-01-01", "to": f"{year + 2}-01-01"}).json.get("rows")),
            "task": person.get(f"/tasks/{self.task['id']}").status == 200,
            "tasks": person.get("/tasks").json["total_size"] > 0,
            "notifications": bool(person.get("/notifications").json["notifications"]),
            "unread": person.get("/notifications/counts").json.get("unread", 0) > 0,
            "history": person.get(f"/audit/history/payment/{self.payment['id']}").status == 200,
        }
        return answers

    def found(self, person, kind):
        results = person.get("/search", q=self.words).json["results"]
        return kind in {result["kind"] for result in results}

    def test_the_next_request_sees_nothing(self):
        self.leave()
        self.assertEqual(self.seen(self.member), dict.fromkeys(PLACES, False))
        self.nothing_can_be_changed()
        harness.eventually(lambda: lead.get(f"/tasks/{self.task['id']}").json["assignee_id"]
                           == lead.id)
        self.assertEqual(self.seen(self.member), dict.fromkeys(PLACES, False))

    def nothing_can_be_changed(self):
        payment, task = f"/payments/{self.payment['id']}", f"/tasks/{self.task['id']}"
        version = self.payment["version"]
        for answer in (
                self.member.post(f"{payment}/transition", {"status": "expected",
                                                           "version": version}),
                self.member.post(f"{payment}/void", {"version": version, "reason": "ошибка"}),
                self.member.patch(payment, {"notes": "?"}, version),
                self.member.post("/payments", {
                    "policy_id": self.policy["id"], "type": "client_discount",
                    "planned_date": samples.day(3), "amount": {"amount": "1.00",
                                                               "currency": "RUB"}}),
                self.member.post(f"{task}/transition", {"status": "in_progress", "version": 1}),
                self.member.post(f"/policies/{self.policy['id']}/renew",
                                 {"version": self.policy["version"]}),
                self.member.post("/tasks", {"subject": "?", "deal_id": self.deal["id"]})):
            self.assertIn(answer.status, (400, 404), answer)
        batch = self.member.post("/payments/batch", {
            "status": "expected", "items": [{"id": self.payment["id"], "version": version}]})
        self.assertFalse(batch.json["results"][0].get("ok", False), batch)

    def test_also_while_the_broker_is_down_and_after(self):
        broker = place.stack.stores["rabbitmq"].process
        broker.stop(how=signal.SIGKILL)
        try:
            self.leave()
            self.assertEqual(self.seen(self.member), dict.fromkeys(PLACES, False))
            self.nothing_can_be_changed()
        finally:
            place.stack.up()
            harness.eventually(place.whole, 60)
        harness.eventually(lambda: lead.get(f"/tasks/{self.task['id']}").json["assignee_id"]
                           == lead.id, 60)
        self.assertEqual(self.seen(self.member), dict.fromkeys(PLACES, False))

    def test_who_comes_back_sees_it_again(self):
        self.leave()
        self.join()
        self.task = self.give_task()
        self.sees_everything()

    def test_the_stream_of_who_left_is_silent_about_it(self):
        streams = [test_story.Listener(person) for person in (self.member, lead)]
        self.leave()
        self.heard_by("payments")  # Which says itself who is told of its events.
        left = len(streams[0].changes)
        note = lead.post(f"/deals/{self.deal['id']}/journal", {"text": "без него"}).json
        moved = lead.post(f"/payments/{self.payment['id']}/transition", {
            "status": "expected", "version": self.payment["version"]})
        self.assertEqual(moved.status, 200, moved)
        for record in (note["id"], self.payment["id"]):
            harness.eventually(lambda r=record: streams[1].about(r))
            self.assertEqual([c for c in streams[0].changes[left:] if c.get("id") == record], [])


def newcomer():
    test_story.place = place
    return test_story.new_user(made.admin, "agent")
