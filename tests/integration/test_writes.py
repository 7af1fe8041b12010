"""Repeats, races, stale versions and bad input: refused clearly, applied once, never a 5xx."""

import http.client
import random
import threading
import unittest
import uuid

import harness


def setUpModule():
    global place, agent, admin
    place = harness.installation
    agent = place.sign_in("agent")
    admin = place.sign_in("admin")


def at_once(count, work):
    """Runs `work(i)` in threads that start together; gives the results in order."""
    results, gate = [None] * count, threading.Barrier(count)

    def one(i):
        gate.wait()
        results[i] = work(i)

    threads = [threading.Thread(target=one, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


class Idempotency(unittest.TestCase):
    def body(self):
        return {"type": "company", "full_name": f"ООО «Вектор {uuid.uuid4().hex[:8]}»"}

    def count(self, name):
        return agent.get("/clients", filter=f'full_name = "{name}"').json["total_size"]

    def test_the_same_key_again_gives_the_same_answer(self):
        body, key = self.body(), str(uuid.uuid4())
        first = agent.post("/clients", body, key)
        again = agent.post("/clients", body, key)
        self.assertEqual((first.status, again.status), (201, 201))
        self.assertEqual(first.json["id"], again.json["id"])
        self.assertEqual(again.headers.get("Idempotency-Replayed"), "true")
        self.assertEqual(self.count(body["full_name"]), 1)

    def test_the_same_key_with_another_body_is_refused(self):
        key = str(uuid.uuid4())
        self.assertEqual(agent.post("/clients", self.body(), key).status, 201)
        self.assertEqual(agent.post("/clients", self.body(), key).status, 422)

    def test_the_same_key_of_another_person_is_another_key(self):
        body, key = self.body(), str(uuid.uuid4())
        first = agent.post("/clients", body, key)
        second = admin.post("/clients", body, key)
        self.assertNotEqual(first.json["id"], second.json["id"])

    def test_many_at_once_have_one_effect(self):
        body, key = self.body(), str(uuid.uuid4())
        answers = at_once(16, lambda _: agent.post("/clients", body, key))
        self.assertTrue({a.status for a in answers} <= {201, 409}, answers)
        self.assertEqual(len({a.json["id"] for a in answers if a.status == 201}), 1)
        self.assertEqual(self.count(body["full_name"]), 1)

    def test_a_repeat_is_never_stale(self):
        deal, key = agent.create_deal(), str(uuid.uuid4())
        body = {"status": "closed", "reason": "передумал", "version": deal["version"]}
        first = agent.post(f"/deals/{deal['id']}/transition", body, key)
        again = agent.post(f"/deals/{deal['id']}/transition", body, key)
        self.assertEqual((first.status, again.status), (200, 200), again)

    def test_a_refusal_is_not_kept(self):
        deal, key = agent.create_deal(), str(uuid.uuid4())
        path = f"/deals/{deal['id']}/transition"
        self.assertEqual(agent.post(path, {"status": "closed", "version": 1}, key).status, 400)
        body = {"status": "closed", "version": deal["version"], "reason": "ошибка"}
        self.assertEqual(agent.post(path, body, key).status, 200)

    def test_a_kept_answer_is_not_shown_to_somebody_who_left(self):
        member, deal = place.sign_in("agent", 1), agent.create_deal()
        agent.post(f"/deals/{deal['id']}/members", {"user_id": member.id, "function": "participant"})
        key, path = str(uuid.uuid4()), f"/deals/{deal['id']}/journal"
        self.assertEqual(member.post(path, {"text": "раз"}, key).status, 201)
        agent.delete(f"/deals/{deal['id']}/members/{member.id}")
        self.assertEqual(member.post(path, {"text": "раз"}, key).status, 404)


class Versions(unittest.TestCase):
    def test_a_change_without_a_version_is_refused(self):
        deal = agent.create_deal()
        answer = agent.call("PATCH", f"/deals/{deal['id']}", {"title": "Новое"})
        self.assertEqual(answer.status, 428, answer)

    def test_of_many_at_once_one_wins(self):
        deal = agent.create_deal()
        answers = at_once(8, lambda i: agent.patch(
            f"/deals/{deal['id']}", {"title": f"Вариант {i}"}, deal["version"]))
        self.assertEqual(sorted(a.status for a in answers), [200] + [412] * 7, answers)
        self.assertEqual(agent.get(f"/deals/{deal['id']}").json["version"], deal["version"] + 1)

    def test_a_stale_one_is_told_the_current_version(self):
        deal = agent.create_deal()
        agent.patch(f"/deals/{deal['id']}", {"title": "Новее"}, deal["version"])
        answer = agent.patch(f"/deals/{deal['id']}", {"title": "Поздно"}, deal["version"])
        self.assertEqual(answer.status, 412)
        self.assertEqual(answer.json["current_version"], deal["version"] + 1)

    def test_null_clears_and_absent_stays(self):
        client = agent.create_client(notes="заметка", segment="VIP")
        answer = agent.patch(f"/clients/{client['id']}", {"notes": None}, client["version"])
        self.assertEqual(answer.status, 200, answer)
        self.assertNotIn("notes", answer.json)
        self.assertEqual(answer.json["segment"], "VIP")

    def test_concurrent_transitions_have_one_winner(self):
        deal = agent.create_deal()
        body = {"status": "closed", "reason": "раздумал", "version": deal["version"]}
        answers = at_once(8, lambda _: agent.post(f"/deals/{deal['id']}/transition", body))
        self.assertEqual([a.status for a in answers].count(200), 1, answers)


class Transitions(unittest.TestCase):
    def move(self, deal, status, **more):
        return agent.post(f"/deals/{deal['id']}/transition",
                          {"status": status, "version": deal["version"], **more})

    def test_an_illegal_one_lists_what_is_allowed(self):
        deal = agent.create_deal(executor_id=place.sign_in("executor").id)
        answer = self.move(deal, "issuance")
        self.assertEqual(answer.status, 409, answer)
        self.assertEqual(answer.json["allowed"], ["calculation", "closed"])

    def test_active_is_entered_by_the_system_alone(self):
        self.assertEqual(self.move(agent.create_deal(), "active").status, 409)

    def test_calculation_needs_an_executor(self):
        answer = self.move(agent.create_deal(), "calculation")
        self.assertEqual(answer.status, 409, answer)

    def test_closed_is_final_and_continues_as_a_new_deal(self):
        deal = agent.create_deal(objects=[{"kind": "other", "title": "Склад"}])
        closed = self.move(deal, "closed", reason="нет ответа").json
        self.assertEqual(self.move(closed, "draft").status, 409)
        answer = agent.post(f"/deals/{deal['id']}/continue")
        self.assertEqual(answer.status, 201, answer)
        self.assertEqual(answer.json["objects"][0]["title"], "Склад")
        self.assertEqual(answer.json["continued_from_id"], deal["id"])


class BadInput(unittest.TestCase):
    def refused(self, answer, field=None):
        self.assertEqual(answer.status, 400, answer)
        self.assertEqual(answer.headers.get("Content-Type"), "application/problem+json")
        if field:
            self.assertIn(field, [fault["field"] for fault in answer.json["errors"]], answer)

    def test_fields_that_clients_never_set_are_named(self):
        base = {"type": "individual", "full_name": "Кто-то"}
        for field in ("id", "status", "created_at", "version", "owner_name", "colour"):
            self.refused(agent.post("/clients", {**base, field: "x"}), field)

    def test_wrong_types_and_values_are_named(self):
        base = {"type": "individual", "full_name": "Кто-то"}
        self.refused(agent.post("/clients", {**base, "full_name": 7}), "full_name")
        self.refused(agent.post("/clients", {**base, "type": "robot"}), "type")
        self.refused(agent.post("/clients", {**base, "birth_date": "31.12.1990"}), "birth_date")
        self.refused(agent.post("/clients", {**base, "notes": "x" * 5001}), "notes")
        self.refused(agent.post("/clients", {**base, "full_name": "   "}), "full_name")

    def test_what_is_not_json_is_refused(self):
        for body in (b"", b"{", b"[]", b'{"a":1,"a":2}', b"{'a':1}", b'{"full_name":"\xff"}',
                     b'{"full_name":"\\ud800"}', b'{"full_name":"a\\u0000b","type":"company"}',
                     b"[" * 5000, b'{"type":' + b"[" * 40 + b"]" * 40 + b"}", b"NaN", b"null"):
            with self.subTest(body=body[:40]):
                self.refused(agent.call("POST", "/clients", body))

    def test_another_content_type_is_refused(self):
        answer = agent.call("POST", "/clients", b"<a/>", {"Content-Type": "text/xml"})
        self.assertIn(answer.status, (400, 415), answer)

    def test_lists_refuse_what_they_do_not_know(self):
        for query in ({"filter": "colour = 1"}, {"filter": "status ="}, {"order_by": "colour"},
                      {"page_size": "1000"}, {"page_size": "x"}, {"page_token": "zzz"},
                      {"filter": 'status = "robot"'}, {"nonsense": "1"}, {"group_by": "colour"}):
            with self.subTest(query=query):
                self.refused(agent.get("/deals", **query))

    def test_no_id_is_a_5xx(self):
        for record in ("1", "null", "018f0000-0000-7000-8000-000000000000", "%00", "..%2f", "'",
                       "x" * 300):
            for path in ("/deals/", "/clients/", "/insurers/", "/users/"):
                answer = admin.get(path + record)
                self.assertIn(answer.status, (400, 404), f"{path}{record[:40]}: {answer}")
            self.assertLess(admin.get("/audit/history/deal/" + record).status, 500)

    def test_nothing_random_is_a_5xx(self):
        dice = random.Random(20261123)
        document = admin.get("/openapi.json").json
        values = [None, 0, -1, 1e300, "", "x", "😀" * 50, [], {}, [[]], {"a": {"b": 1}}, True,
                  "2026-02-30", "'; DROP TABLE deals; --", "\u202e", "9" * 400]
        asked = 0
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                ends_access = "/auth/" in path or path.endswith("block")
                if "requestBody" not in operation or ends_access:
                    continue
                schema = operation["requestBody"]["content"]["application/json"]["schema"]
                while "$ref" in schema:
                    schema = document["components"]["schemas"][schema["$ref"].split("/")[-1]]
                names = list(schema.get("properties", {})) or ["x"]
                for _ in range(25):
                    body = {name: dice.choice(values) for name in names if dice.random() < 0.6}
                    target = path.removeprefix("/api/v1")
                    while "{" in target:
                        start, end = target.index("{"), target.index("}")
                        target = target[:start] + str(uuid.uuid4()) + target[end + 1:]
                    answer = admin.call(method.upper(), target, body, {"If-Match": '"1"'})
                    asked += 1
                    self.assertLess(answer.status, 500, f"{method} {path} {body}: {answer}")
        self.assertGreater(asked, 200)


class Edge(unittest.TestCase):
    def test_security_headers_stand_on_every_answer(self):
        for path in ("/", "/api/v1/deals", "/api/v1/openapi.json", "/nothing/here"):
            connection = http.client.HTTPConnection(place.address, timeout=10)
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            self.assertIn("default-src 'none'", headers["content-security-policy"], path)
            self.assertEqual(headers["x-content-type-options"], "nosniff")
            self.assertEqual(headers["referrer-policy"], "no-referrer")
            self.assertNotIn("server", headers)
            connection.close()

    def test_a_cookie_session_needs_its_csrf_token(self):
        user = place.user("agent")
        anybody = harness.Person(place, user)
        login = anybody.call("POST", "/auth/login",
                             {"email": user["email"], "password": user["password"]},
                             {"Sec-Fetch-Site": "same-origin"})
        self.assertEqual(login.status, 200, login)
        self.assertNotIn("session_token", login.json)
        cookies = [value.partition(";")[0] for name, value in login.headers.items()
                   if name.lower() == "set-cookie"]
        cookie = {"Cookie": "; ".join(cookies)}
        body = {"type": "company", "full_name": "ООО «Проверка»"}
        same = {**cookie, "Sec-Fetch-Site": "same-origin"}
        token = {"X-CSRF-Token": login.json["csrf_token"]}
        self.assertEqual(anybody.call("POST", "/clients", body, same).status, 403)
        self.assertEqual(anybody.call("POST", "/clients", body, {**cookie, **token}).status, 403)
        cross = {**cookie, **token, "Sec-Fetch-Site": "cross-site"}
        self.assertEqual(anybody.call("POST", "/clients", body, cross).status, 403)
        self.assertEqual(anybody.call("POST", "/clients", body, {**same, **token}).status, 201)
        both = {**same, **token, "Authorization": f"Bearer {agent.token}"}
        self.assertIn(anybody.call("POST", "/clients", body, both).status, (400, 401))
