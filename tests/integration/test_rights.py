"""Who may do what: every route of the OpenAPI document, every role, every relation to a record."""

import unittest
import uuid

import access
import harness

NOBODYS_ID = "018f0000-0000-7000-8000-000000000000"


def setUpModule():
    global place, people, anybody
    place = harness.installation
    people = {role: place.sign_in(role) for role in access.ROLES}
    anybody = harness.Person(place, {})


def operations():
    document = anybody.get("/openapi.json").json
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method in ("get", "post", "patch", "delete"):
                yield method.upper(), path.removeprefix("/api/v1"), operation


def filled(path):
    while "{" in path:
        start, end = path.index("{"), path.index("}")
        value = "deal" if path[start + 1:end] == "entity_type" else NOBODYS_ID
        path = path[:start] + value + path[end + 1:]
    return path


class EveryRoute(unittest.TestCase):
    def test_without_a_session_only_public_routes_answer(self):
        seen = 0
        for method, path, operation in operations():
            seen += 1
            if operation["x-permission"] == "public":
                continue
            body = {} if method in ("POST", "PATCH") else None
            answer = anybody.call(method, filled(path), body)
            self.assertEqual(answer.status, 401, f"{method} {path}: {answer}")
        self.assertGreater(seen, 35)

    def test_a_role_that_may_never_is_refused_before_anything_is_read(self):
        for method, path, operation in operations():
            permission = operation["x-permission"]
            self.assertIn(permission, access.NEVER, f"{method} {path} has a permission that the "
                          "second table of rights does not know")
            for role in access.NEVER[permission]:
                body = {} if method in ("POST", "PATCH") else None
                answer = people[role].call(method, filled(path), body, {"If-Match": '"1"'})
                self.assertEqual(answer.status, 403, f"{role} {method} {path}: {answer}")

    def test_nothing_undeclared_is_reachable(self):
        for path in ("/nothing", "/deals/1/2/3/4", "/auth", "/bordero.crm.v1.DealService/GetDeal"):
            self.assertEqual(people["admin"].get(path).status, 404, path)
        self.assertEqual(people["admin"].call("DELETE", "/deals").status, 405)


class OneDeal(unittest.TestCase):
    """A deal of one agent, seen by everybody."""

    @classmethod
    def setUpClass(cls):
        cls.lead = people["agent"]
        cls.member = place.sign_in("agent", 1)
        cls.stranger = place.sign_in("agent", 2)
        cls.executor = people["executor"]
        cls.other_executor = place.sign_in("executor", 1)
        cls.client = cls.lead.create_client()
        cls.deal = cls.lead.create_deal(cls.client["id"], executor_id=cls.executor.id)
        answer = cls.lead.post(f"/deals/{cls.deal['id']}/members",
                               {"user_id": cls.member.id, "function": "participant"})
        assert answer.status == 200, answer
        cls.cases = [
            ("agent", "lead", cls.lead), ("agent", "member", cls.member),
            ("agent", "none", cls.stranger), ("executor", "member", cls.executor),
            ("executor", "none", cls.other_executor), ("finance", "none", people["finance"]),
            ("head", "none", people["head"]), ("admin", "none", people["admin"]),
        ]

    def each(self, expected, ask):
        for role, relation, person in self.cases:
            with self.subTest(role=role, relation=relation):
                answer = ask(person)
                wanted = expected(role, relation)
                good = answer.status in (200, 201) if wanted == 200 else answer.status == wanted
                self.assertTrue(good, f"wanted {wanted}, got {answer}")

    def version(self):
        return self.lead.get(f"/deals/{self.deal['id']}").json["version"]

    def test_reading(self):
        for tail in ("", "/journal", "/timeline"):
            self.each(access.read_deal, lambda p, t=tail: p.get(f"/deals/{self.deal['id']}{t}"))
        self.each(access.read_client, lambda p: p.get(f"/clients/{self.client['id']}"))
        self.each(access.read_deal, lambda p: p.get(f"/audit/history/deal/{self.deal['id']}"))

    def test_writing(self):
        self.each(access.write_deal, lambda p: p.patch(
            f"/deals/{self.deal['id']}", {"description": uuid.uuid4().hex}, self.version()))
        self.each(access.write_journal, lambda p: p.post(
            f"/deals/{self.deal['id']}/journal", {"text": "заметка"}))

        def rename(person):
            version = self.lead.get(f"/clients/{self.client['id']}").json["version"]
            return person.patch(f"/clients/{self.client['id']}", {"notes": uuid.uuid4().hex},
                                version)

        self.each(access.write_client, rename)

    def test_changing_the_team(self):
        newcomer = place.sign_in("agent", 3)
        members = f"/deals/{self.deal['id']}/members"

        def join(person):
            answer = person.post(members, {"user_id": newcomer.id, "function": "participant"})
            self.lead.delete(f"{members}/{newcomer.id}")
            return answer

        self.each(access.change_team, join)

    def test_lists_and_search_show_just_what_a_single_read_shows(self):
        for role, relation, person in self.cases:
            with self.subTest(role=role, relation=relation):
                visible = access.sees_deal(role, relation)
                by_filter = person.get("/deals", filter=f'number = "{self.deal["number"]}"').json
                found = person.get("/search", q=self.client["full_name"]).json["results"]
                clients = person.get("/clients", q=self.client["full_name"]).json["clients"]
                self.assertEqual(len(by_filter["deals"]), int(visible))
                self.assertEqual(by_filter["total_size"], int(visible))
                self.assertEqual(self.client["id"] in {hit["id"] for hit in found}, visible)
                self.assertEqual(self.client["id"] in {c["id"] for c in clients}, visible)

    def test_buttons_say_what_the_server_would(self):
        for role, relation, person in self.cases:
            if not access.sees_deal(role, relation):
                continue
            with self.subTest(role=role, relation=relation):
                deal = person.get(f"/deals/{self.deal['id']}").json
                can = {item["action"]: item["allowed"] for item in deal["can"]}
                self.assertEqual(can["update"], access.write_deal(role, relation) == 200)
                self.assertEqual(can["team"], access.change_team(role, relation) == 200)


def all_deals_with_teams():
    """Lists leave the teams out; the administrator reads each deal."""
    for deal in people["admin"].all_pages("/deals", "deals"):
        whole = people["admin"].get(f"/deals/{deal['id']}").json
        yield whole, {member["user_id"] for member in whole["members"]}


class OneTask(OneDeal):
    """A task of that deal, given by its lead to its executor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subject = "задача " + uuid.uuid4().hex
        answer = cls.lead.post("/tasks", {"subject": cls.subject, "deal_id": cls.deal["id"],
                                          "assignee_id": cls.executor.id})
        assert answer.status == 201, answer
        cls.task = answer.json

    # The deal itself is looked at by the class above.
    test_reading = test_writing = test_changing_the_team = None
    test_lists_and_search_show_just_what_a_single_read_shows = None
    test_buttons_say_what_the_server_would = None

    def test_reading_a_task(self):
        path = f"/tasks/{self.task['id']}"
        for tail in ("", "/history"):
            self.each(access.read_task, lambda p, t=tail: p.get(path + t))
        self.each(access.read_task, lambda p: p.get(f"/audit/history/task/{self.task['id']}"))

    def test_changing_a_task(self):
        path = f"/tasks/{self.task['id']}"

        def describe(person):
            version = self.lead.get(path).json["version"]
            return person.patch(path, {"description": uuid.uuid4().hex}, version)

        self.each(access.change_task, describe)

    def test_lists_and_search_of_tasks_agree_with_a_single_read(self):
        for role, relation, person in self.cases:
            with self.subTest(role=role, relation=relation):
                visible = access.sees_task(role, relation)
                listed = person.get("/tasks", filter=f'deal_id = "{self.deal["id"]}"').json
                found = person.get("/search", q=self.subject).json["results"]
                mine = {task["id"] for task in listed["tasks"]}
                self.assertEqual(self.task["id"] in mine, visible)
                self.assertEqual(self.task["id"] in {hit["id"] for hit in found}, visible)
                if not visible:
                    continue
                task = person.get(f"/tasks/{self.task['id']}").json
                can = {item["action"]: item["allowed"] for item in task["can"]}
                self.assertEqual(can["update"], access.change_task(role, relation) == 200)


class WholeLists(unittest.TestCase):
    def test_every_deal_of_a_list_can_be_read_and_no_other(self):
        teams = {deal["id"]: team for deal, team in all_deals_with_teams()}
        for role, person in people.items():
            with self.subTest(role=role):
                mine = {deal["id"] for deal in person.all_pages("/deals", "deals")}
                expected = {
                    deal for deal, team in teams.items()
                    if role in access.SEES_ALL or person.id in team
                }
                self.assertEqual(mine, expected)

    def test_every_client_of_a_list_is_owned_or_has_a_visible_deal(self):
        clients = people["admin"].all_pages("/clients", "clients")
        deals = list(all_deals_with_teams())
        for role, person in people.items():
            with self.subTest(role=role):
                through = {
                    deal["client_id"] for deal, team in deals
                    if role in access.SEES_ALL or person.id in team
                }
                expected = {
                    c["id"] for c in clients
                    if role in access.SEES_ALL or c["id"] in through or c["owner_id"] == person.id
                }
                self.assertEqual({c["id"] for c in person.all_pages("/clients", "clients")},
                                 expected)
