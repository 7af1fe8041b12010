"""Lists as files: what is in them, who may have them, and that they end with their session."""

import csv
import http.client
import io
import unittest

import harness
import workbook


def setUpModule():
    global place
    place = harness.installation


def download(person, job):
    connection = http.client.HTTPConnection(place.address, timeout=60)
    try:
        connection.request("GET", f"/api/v1/jobs/{job['id']}/file",
                           headers={"Authorization": f"Bearer {person.token}"})
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def ended(person, job):
    """The job once it has come to its end."""

    def state():
        now = person.get(f"/jobs/{job['id']}").json
        return now if now["status"] not in ("queued", "running") else None

    return harness.eventually(state, 90)


class Exports(unittest.TestCase):
    def export(self, person, **asked):
        started = person.post("/exports", asked)
        self.assertEqual(started.status, 201, started)
        self.assertEqual(started.headers["Location"], f"/api/v1/jobs/{started.json['id']}")
        done = ended(person, started.json)
        self.assertEqual(done["status"], "done", done)
        return done

    def rows(self, person, **asked):
        job = self.export(person, format="csv", **asked)
        answer, body = download(person, job)
        self.assertEqual(answer.status, 200)
        self.assertEqual(int(answer.headers["Content-Length"]), len(body))
        self.assertEqual(len(body), job["file_size"])
        text = body.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))

    def test_everybody_gets_just_the_rows_of_their_own_list(self):
        lists = {"deals": "deals", "clients": "clients", "policies": "policies",
                 "payments": "payments", "tasks": "tasks"}
        for role in ("agent", "executor", "finance", "head"):
            person = place.sign_in(role)
            for name, key in lists.items():
                with self.subTest(role=role, list=name):
                    seen = {row["id"] for row in person.all_pages(f"/{name}", key)}
                    exported = self.rows(person, list=name, columns=[{"field": "id"}])
                    self.assertEqual(len(exported), len(seen))
                    self.assertEqual({row["id"] for row in exported}, seen)

    def test_the_report_of_renewals_is_exported_policy_by_policy(self):
        period = {"from": "2025-12-01", "to": "2026-12-31"}
        parameters = [{"name": name, "value": day} for name, day in period.items()]
        path = "reports/renewals/policies"
        for role in ("agent", "finance", "head"):
            person = place.sign_in(role)
            listed = person.all_pages(f"/{path}", "policies", order_by="effective_to", **period)
            with self.subTest(role=role):
                exported = self.rows(person, list=path, order_by="effective_to",
                                     parameters=parameters,
                                     columns=[{"field": "id"}, {"field": "outcome"}])
                self.assertEqual([(row["id"], row["outcome"]) for row in exported],
                                 [(row["id"], row["outcome"]) for row in listed])
                self.assertEqual(len(exported),
                                 person.get("/reports/renewals", **period).json["totals"][0]["ending"])
        asked = place.sign_in("executor").post("/exports", {"list": path, "format": "csv"})
        self.assertEqual(asked.status, 403, asked)

    def test_chosen_rows_are_exported_as_far_as_one_sees_them(self):
        lists = {"deals": "deals", "clients": "clients", "policies": "policies",
                 "payments": "payments", "tasks": "tasks"}
        agent, head = place.sign_in("agent"), place.sign_in("head")
        for name, key in lists.items():
            own = {row["id"] for row in agent.all_pages(f"/{name}", key)}
            everything = [row["id"] for row in head.all_pages(f"/{name}", key)]
            chosen = everything[::-1][:90] + [one for one in everything if one in own][:90]
            with self.subTest(list=name):
                for person, seen in ((agent, own), (head, set(everything))):
                    exported = self.rows(person, list=name, ids=chosen, columns=[{"field": "id"}])
                    expected = list(dict.fromkeys(one for one in chosen if one in seen))
                    self.assertEqual([row["id"] for row in exported], expected)

    def test_every_list_finds_its_records_by_their_ids(self):
        admin = place.sign_in("admin")
        lists = {"deals": "deals", "users": "users", "insurers": "insurers",
                 "commission_rules": "commission_rules", "audit/entries": "entries"}
        for name, key in lists.items():
            with self.subTest(list=name):
                row = admin.get(f"/{name}", page_size=2).json[key][-1]
                found = admin.get(f"/{name}", filter=f"id = ({row['id']})").json[key]
                self.assertEqual([one["id"] for one in found], [row["id"]])

    def test_a_workbook_has_the_filter_the_order_the_heads_and_the_types(self):
        head = place.sign_in("head")
        asked = {"filter": 'status != "planned"', "order_by": "planned_date"}
        listed = head.all_pages("/payments", "payments", **asked)
        job = self.export(head, list="payments", format="xlsx", title="Платежи", **asked, columns=[
            {"field": "number", "title": "Номер"}, {"field": "amount", "title": "Сумма"},
            {"field": "planned_date", "title": "План"}])

        answer, body = download(head, job)
        rows = workbook.read_sheet(io.BytesIO(body))

        self.assertIn("filename*=UTF-8''", answer.headers["Content-Disposition"])
        self.assertEqual(rows[0], ["Номер", "Сумма", "План", "Валюта"])
        self.assertEqual(len(rows) - 1, len(listed))
        for row, payment in zip(rows[1:], listed):
            money = payment["amount"]
            self.assertEqual(row[0], payment["number"])
            self.assertEqual(f"{row[1]:.2f}", money["amount"])
            self.assertEqual(row[2].date().isoformat(), payment["planned_date"])
            self.assertEqual(row[3], money["currency"])

    def test_the_audit_log_knows_what_was_exported(self):
        agent = place.sign_in("agent")
        admin = place.sign_in("admin")
        job = self.export(agent, list="deals", format="csv", filter='status = "draft"')

        def entry():
            found = admin.get("/audit/entries", filter=f'entity_id = "{job["id"]}"').json["entries"]
            return [e for e in found if e["action"] == "notifications.job.finished"] or None

        told = harness.eventually(entry, 30)[0]
        self.assertEqual(told["actor_id"], agent.id)
        self.assertEqual(told["after"]["filter"], 'status = "draft"')
        self.assertEqual(told["after"].get("rows_done", 0), job.get("rows_done", 0))

    def test_jobs_and_files_of_others_are_not_found(self):
        agent = place.sign_in("agent")
        job = self.export(agent, list="deals", format="csv")
        for other in (place.sign_in("agent", 1), place.sign_in("admin")):
            self.assertEqual(other.get(f"/jobs/{job['id']}").status, 404)
            self.assertEqual(other.post(f"/jobs/{job['id']}/cancel").status, 404)
            self.assertEqual(download(other, job)[0].status, 404)
            listed = other.get("/jobs").json["jobs"]
            self.assertNotIn(job["id"], {one["id"] for one in listed})

    def test_what_a_role_may_not_list_it_may_not_export(self):
        agent = place.sign_in("agent")
        answer = agent.post("/exports", {"list": "audit/entries", "format": "csv"})
        self.assertEqual((answer.status, answer.code), (403, "role_not_allowed"), answer)
        head = place.sign_in("head")
        self.assertTrue(self.rows(head, list="audit/entries", columns=[{"field": "id"}]))

    def test_bad_questions_are_refused_by_name(self):
        agent = place.sign_in("agent")
        for field, asked in {
            "list": {"list": "nothing"},
            "format": {"format": "doc"},
            "filter": {"filter": "nothing = 1"},
            "order_by": {"order_by": "nothing"},
            "columns[0].field": {"columns": [{"field": "nothing"}]},
            "parameters[0].name": {"parameters": [{"name": "nothing", "value": "1"}]},
            "q": {"list": "payments", "q": "ромашка"},
        }.items():
            with self.subTest(field=field):
                answer = agent.post("/exports", {"list": "deals", "format": "csv", **asked})
                self.assertEqual(answer.status, 400, answer)
                self.assertIn(field, {error["field"] for error in answer.json["errors"]})

    def test_a_file_made_before_somebody_left_a_deal_is_no_longer_theirs(self):
        lead, member = place.sign_in("agent"), place.sign_in("agent", 1)
        client = lead.create_client()
        deal = lead.create_deal(client["id"])
        members = f"/deals/{deal['id']}/members"
        joined = lead.post(members, {"user_id": member.id, "function": "participant"})
        self.assertEqual(joined.status, 200, joined)
        asked = {"list": "deals", "format": "csv", "filter": f'number = "{deal["number"]}"'}
        job = harness.eventually(lambda: self.one_row(member, asked), 30)
        self.assertEqual(download(member, job)[0].status, 200)

        lead.delete(f"{members}/{member.id}")

        self.assertEqual(download(member, job)[0].status, 409)
        self.assertEqual(member.get(f"/jobs/{job['id']}").json["can"][0]["reason"],
                         "rights_changed")

    def one_row(self, person, asked):
        job = self.export(person, **asked)
        return job if job.get("rows_done") == 1 else None

    def test_a_session_takes_its_exports_with_it(self):
        agent = place.sign_in("agent", 2)
        started = agent.post("/exports", {"list": "deals", "format": "csv"}).json
        agent.post("/auth/logout")
        again = place.sign_in("agent", 2)

        job = ended(again, started)

        # Unless it was faster than the logout.
        self.assertIn((job["status"], job.get("error")),
                      {("failed", "session_ended"), ("done", None)})
