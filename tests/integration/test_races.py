"""Two at once over money, policies, deals and tasks: exactly one wins, the other is told why."""

import unittest
import uuid

import harness
import samples
from test_writes import at_once


def setUpModule():
    global made, agent, admin, finance, others
    made = samples.Samples(harness.installation)
    agent, admin, finance = made.agent, made.admin, made.finance
    others = [finance, harness.installation.sign_in("finance"), admin]


class Races(unittest.TestCase):
    def one_wins(self, answers, losers=(409, 412)):
        good = [answer for answer in answers if answer.status in (200, 201)]
        self.assertEqual(len(good), 1, answers)
        self.assertTrue(all(a.status in losers for a in answers if a is not good[0]), answers)
        return good[0].json


class Money(Races):
    def step(self, person, payment, status, **more):
        return person.post(f"/payments/{payment['id']}/transition",
                           {"status": status, "version": payment["version"], **more})

    def versions(self, payment):
        return agent.get(f"/payments/{payment['id']}/versions").json["versions"]

    def test_of_confirmations_at_once_one_counts(self):
        payment = made.payment("expected")
        won = self.one_wins(at_once(6, lambda i: self.step(
            others[i % 3], payment, "received", actual_date=samples.day(0))))
        self.assertEqual(won["version"], payment["version"] + 1)
        self.assertEqual(len(self.versions(payment)), won["version"])

    def test_forward_and_back_at_once(self):
        payment = made.payment("expected")
        won = self.one_wins(at_once(6, lambda i: self.step(
            others[i % 3], payment, "received", actual_date=samples.day(0)) if i % 2 else self.step(
            others[i % 3], payment, "planned", note="ещё не пришло")))
        self.assertEqual(agent.get(f"/payments/{payment['id']}").json["status"], won["status"])

    def test_voided_or_received_never_both(self):
        payment = made.payment("expected")
        self.one_wins(at_once(6, lambda i: self.step(
            finance, payment, "received", actual_date=samples.day(0)) if i % 2 else finance.post(
            f"/payments/{payment['id']}/void", {"version": payment["version"], "reason": "ошибка"})))
        now = agent.get(f"/payments/{payment['id']}").json
        self.assertNotEqual(now["status"] == "received", now.get("voided", False), now)

    def test_batches_over_the_same_payments_move_each_once(self):
        payments = [made.payment("expected") for _ in range(5)]
        items = [{"id": p["id"], "version": p["version"]} for p in payments]
        answers = at_once(4, lambda i: others[i % 3].post("/payments/batch", {
            "status": "received", "actual_date": samples.day(0),
            "items": items if i % 2 else items[::-1]}))
        self.assertEqual({a.status for a in answers}, {200}, answers)
        results = [result for answer in answers for result in answer.json["results"]]
        for payment in payments:
            of_it = [r for r in results if r["id"] == payment["id"]]
            self.assertEqual(sum(bool(r.get("ok")) for r in of_it), 1, of_it)
            self.assertTrue(all(r.get("ok") or r["error"] for r in of_it), of_it)
            self.assertEqual(len(self.versions(payment)), payment["version"] + 1)

    def test_a_batch_repeated_at_once_with_its_key_has_one_effect(self):
        payments = [made.payment("expected") for _ in range(3)]
        body = {"status": "received", "actual_date": samples.day(0),
                "items": [{"id": p["id"], "version": p["version"]} for p in payments]}
        key = str(uuid.uuid4())
        answers = at_once(6, lambda _: finance.post("/payments/batch", body, key))
        good = [answer for answer in answers if answer.status == 200]
        self.assertTrue(all(a.status in (200, 409) for a in answers), answers)
        self.assertEqual(len({answer.text for answer in good}), 1, answers)
        self.assertTrue(all(r["ok"] for r in good[0].json["results"]), good[0])

    def test_a_schedule_never_drops_what_is_received(self):
        for _ in range(4):
            policy = made.policy(parts=2)
            premium = harness.eventually(lambda p=policy: next(iter(agent.get(
                "/payments", filter=f'policy_id = "{p["id"]}" AND type = "client_premium"',
                order_by="planned_date desc").json["payments"]), None))
            expected = self.step(finance, premium, "expected").json
            whole = {"instalments": [{**policy["instalments"][0], "amount": policy["premium"]}]}
            for line in whole["instalments"]:
                line.pop("number", None)
            edited, received = at_once(2, lambda i, p=policy, e=expected, w=whole: self.step(
                finance, e, "received", actual_date=samples.day(0)) if i else agent.patch(
                f"/policies/{p['id']}", w, p["version"]))
            self.assertLess(max(edited.status, received.status), 500, (edited, received))
            self.adds_up(policy)

    def adds_up(self, policy):
        """What is not voided of the premiums is the schedule, or the received part more than it."""
        def settled():
            whole = agent.get(f"/policies/{policy['id']}").json
            payments = agent.get("/payments", page_size=200, filter=(
                f'policy_id = "{policy["id"]}" AND type = "client_premium"')).json["payments"]
            left = {p["instalment_id"] for p in payments if not p.get("voided")}
            received = {p["instalment_id"] for p in payments if p["status"] == "received"}
            return left == {line["id"] for line in whole["instalments"]} | received

        harness.eventually(settled)


class Policies(Races):
    def test_of_renewals_at_once_one_draft_is_made(self):
        policy = made.policy()
        version = {"version": policy["version"]}
        won = self.one_wins(at_once(6, lambda _: agent.post(
            f"/policies/{policy['id']}/renew", version)))
        chain = agent.get(f"/policies/{policy['id']}/chain").json["policies"]
        self.assertEqual([p["id"] for p in chain], [policy["id"], won["id"]])

    def test_of_activations_at_once_one_plans_payments(self):
        policy = made.policy(active=False, parts=3)
        self.one_wins(at_once(6, lambda _: agent.post(f"/policies/{policy['id']}/activate",
                                                      {"version": policy["version"]})))
        count = lambda: agent.get(  # noqa: E731
            "/payments", filter=f'policy_id = "{policy["id"]}"').json["total_size"]
        harness.eventually(lambda: count() == 6)

    def test_a_number_of_an_insurer_is_taken_once(self):
        number = uuid.uuid4().hex
        drafts = [made.made(agent, "/policies", **{**made.policy_body(), "number": number})
                  for _ in range(4)]
        self.one_wins(at_once(4, lambda i: agent.post(
            f"/policies/{drafts[i]['id']}/activate", {"version": drafts[i]["version"]})),
            losers=(409,))

    def test_closed_or_renewed_but_never_half(self):
        policy = made.policy()
        version = {"version": policy["version"]}
        closed, renewed = at_once(2, lambda i: agent.post(
            f"/policies/{policy['id']}/renew", version) if i else agent.post(
            f"/policies/{policy['id']}/close", {**version, "reason": "продан"}))
        self.assertTrue({closed.status, renewed.status} <= {200, 201, 409, 412}, (closed, renewed))
        now = agent.get(f"/policies/{policy['id']}").json
        self.assertEqual(now["status"] == "closed", closed.status == 200)
        self.assertEqual("successor_id" in now, renewed.status == 201)


class DealsAndTasks(Races):
    def test_steps_of_a_deal_at_once_make_one_task(self):
        deal = agent.create_deal()
        self.one_wins(at_once(6, lambda _: agent.post(f"/deals/{deal['id']}/transition", {
            "status": "calculation", "version": deal["version"],
            "executor_id": made.executor.id})))
        tasks = lambda: agent.get(  # noqa: E731
            "/tasks", filter=f'deal_id = "{deal["id"]}"').json["tasks"]
        harness.eventually(tasks)
        self.assertEqual([task["rule"] for task in tasks()], ["deal_calculation"])

    def test_start_and_cancel_at_once(self):
        task = made.task()
        path, version = f"/tasks/{task['id']}/transition", task["version"]
        won = self.one_wins(at_once(6, lambda i: agent.post(path, {
            "status": "in_progress", "version": version} if i % 2 else {
            "status": "cancelled", "version": version, "reason": "не нужно"})))
        self.assertEqual(agent.get(f"/tasks/{task['id']}").json["status"], won["status"])

    def test_a_closed_deal_keeps_no_open_task(self):
        deal = made.deal()
        made.made(agent, "/tasks", subject="до закрытия", deal_id=deal["id"])
        answers = at_once(6, lambda i: agent.post("/tasks", {
            "subject": f"задача {i}", "deal_id": deal["id"]}) if i else agent.post(
            f"/deals/{deal['id']}/transition",
            {"status": "closed", "version": deal["version"], "reason": "раздумал"}))
        self.assertTrue(all(a.status in (200, 201, 409) for a in answers), answers)
        harness.eventually(lambda: agent.get("/tasks", filter=(
            f'deal_id = "{deal["id"]}" AND open = true')).json["total_size"] == 0)

    def test_a_batch_and_a_single_step_leave_one_history(self):
        task = made.task()
        item = {"id": task["id"], "version": task["version"]}
        single, batch = at_once(2, lambda i: agent.post(
            "/tasks/batch", {"items": [item], "priority": "high"}) if i else agent.patch(
            f"/tasks/{task['id']}", {"priority": "low"}, task["version"]))
        self.assertIn(single.status, (200, 412), single)
        self.assertEqual(batch.status, 200, batch)
        both = bool(batch.json["results"][0].get("ok")) + (single.status == 200)
        self.assertEqual(both, 1, (single, batch))
        self.assertEqual(agent.get(f"/tasks/{task['id']}").json["version"], task["version"] + 1)
