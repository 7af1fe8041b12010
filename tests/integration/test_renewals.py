"""A policy is continued once, by whoever asks first; what became of ending ones, to whom it is told."""

import datetime
import unittest
import uuid

import access
import harness
from stacklib import agency
from test_writes import at_once


def setUpModule():
    global place, people, agent, admin
    place = harness.installation
    people = {role: place.sign_in(role) for role in access.ROLES}
    agent, admin = people["agent"], people["admin"]


def in_days(days):
    return (agency.today() + datetime.timedelta(days=days)).isoformat()


def kopecks(money):
    return int(money["amount"].replace(".", ""))


def given_policy(days=20, **more):
    insurer = admin.post("/insurers", {"name": f"СК {uuid.uuid4().hex[:8]}"}).json
    premium = {"amount": "90000.00", "currency": "RUB"}
    body = {"deal_id": agent.create_deal()["id"], "insurer_id": insurer["id"], "product": "kasko",
            "number": uuid.uuid4().hex[:12], "effective_from": in_days(days - 364),
            "effective_to": in_days(days), "premium": premium, "payment_route": "gross",
            "instalments": [{"due_on": in_days(days - 364), "amount": premium}], **more}
    made = agent.post("/policies", body)
    assert made.status == 201, made
    policy = made.json
    done = agent.post(f"/policies/{policy['id']}/activate", {"version": policy["version"]})
    assert done.status == 200, done
    return done.json


class Renewing(unittest.TestCase):
    def test_it_needs_no_version_and_makes_one_draft(self):
        policy = given_policy()
        answers = at_once(6, lambda _: agent.post(f"/policies/{policy['id']}/renew", {}))
        self.assertEqual(sorted(a.status for a in answers), [201] + [409] * 5, answers)
        refused = next(a for a in answers if a.status == 409)
        self.assertEqual(refused.json["code"], "policy_already_renewed")
        drafts = agent.get("/policies", filter=f'predecessor_id = "{policy["id"]}"').json
        self.assertEqual(drafts["total_size"], 1)

    def test_a_version_that_is_given_is_checked(self):
        policy = given_policy()
        stale = agent.post(f"/policies/{policy['id']}/renew", {"version": 1})
        self.assertEqual(stale.status, 412, stale)

    def test_a_batch_is_returned_as_a_whole(self):
        policies = [given_policy(), given_policy()]
        made = agent.post("/policies/batch", {
            "action": "renew", "items": [{"id": policy["id"]} for policy in policies]}).json
        back = agent.post("/policies/batch", {"action": "discard_renewal", "items": made["undo"]})
        self.assertEqual([one["ok"] for one in back.json["results"]], [True, True], back)
        for policy in policies:
            now = agent.get(f"/policies/{policy['id']}").json
            self.assertEqual(now["renewal_state"], "upcoming")

    def test_a_commission_rate_of_five_decimals_names_its_field(self):
        policy = given_policy()
        answer = agent.patch(f"/policies/{policy['id']}", {"commission_rate": "18.12345"},
                             agent.get(f"/policies/{policy['id']}").json["version"])
        self.assertEqual(answer.status, 400, answer)
        self.assertEqual(answer.json["errors"][0]["field"], "commission_rate")


class Report(unittest.TestCase):
    def rows(self, who, deal_id):
        answer = who.get("/reports/renewals", filter=f'deal_id = "{deal_id}"')
        self.assertEqual(answer.status, 200, answer)
        return answer.json.get("rows", [])

    def test_agents_see_what_they_lead_and_the_others_by_their_role(self):
        policy = given_policy(days=-3)
        stranger = next(person for person in (place.sign_in("agent", index) for index in (0, 1))
                        if person.id != agent.id)
        agent.post(f"/deals/{policy['deal_id']}/members",
                   {"user_id": stranger.id, "function": "participant"})
        seen = {role: len(self.rows(people[role], policy["deal_id"]))
                for role in ("agent", "finance", "head", "admin")}
        self.assertEqual(seen, {"agent": 1, "finance": 1, "head": 1, "admin": 1})
        self.assertEqual(self.rows(stranger, policy["deal_id"]), [])
        self.assertEqual(people["executor"].get("/reports/renewals").status, 403)

    def test_its_figures_are_those_of_the_list_behind_them(self):
        year = {"from": in_days(-200), "to": in_days(100)}
        total = admin.get("/reports/renewals", **year).json["totals"][0]
        within = f'effective_to >= "{year["from"]}" AND effective_to <= "{year["to"]}"'
        for figure, condition in (
                ("renewed", "renewal_state = renewed"),
                ("lapsed", "renewal_state != (renewed OR ended) AND effective_to < today()"),
                ("open", "renewal_state != (renewed OR ended) AND effective_to >= today()")):
            behind = admin.get("/policies", filter=f"{within} AND status != draft AND {condition}")
            self.assertEqual(behind.json["total_size"], total.get(figure, 0), figure)

    def test_the_policies_it_counts_add_up_to_it(self):
        year = {"from": in_days(-200), "to": in_days(100)}
        for role in ("agent", "finance", "head", "admin"):
            who = people[role]
            total = who.get("/reports/renewals", **year).json["totals"][0]
            path = "/reports/renewals/policies"
            listed = who.all_pages(path, "policies", **year)
            grouped = who.get(path, group_by="outcome", page_size=1, **year).json["groups"]
            with self.subTest(role=role):
                self.assertEqual(len({row["id"] for row in listed}), total["ending"])
                self.assertEqual(len(listed), total["ending"])
                for outcome in ("renewed", "lapsed", "open"):
                    rows = [row for row in listed if row["outcome"] == outcome]
                    self.assertEqual(len(rows), total.get(outcome, 0), outcome)
                    group = [one["count"] for one in grouped if one["value"] == outcome]
                    self.assertEqual(sum(group), len(rows), outcome)
                for figure, outcome, field in (("premium_renewed", "renewed", "premium"),
                                               ("premium_lapsed", "lapsed", "premium"),
                                               ("premium_now", "renewed", "premium_now")):
                    added = sum(kopecks(row[field]) for row in listed if row["outcome"] == outcome)
                    self.assertEqual(added, kopecks(total[figure]), figure)
        self.assertEqual(people["executor"].get("/reports/renewals/policies").status, 403)
