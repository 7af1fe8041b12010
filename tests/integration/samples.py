"""A working request for each operation of the OpenAPI document that takes an Idempotency-Key.

Most follow from the contract (`derived`). Only what needs more than that stands in a table.
"""

import harness
from derived import Derived, day, word

RUB = {"currency": "RUB"}


class Samples(Derived):
    """Each method named by `of` makes what it needs and answers (person, path, body, version)."""

    def __init__(self, place):
        self.agent, self.admin = place.sign_in("agent"), place.sign_in("admin")
        self.finance, self.executor = place.sign_in("finance"), place.sign_in("executor")
        self.colleague = place.sign_in("agent", 1)
        self.insurer = self.made(self.admin, "/insurers", name=f"Страховщик {word()}")
        self.payments, self.notifications = [], []
        self.document = self.agent.get("/openapi.json").json

    def made(self, person, path, **body):
        answer = person.post(path, body)
        assert answer.status in (200, 201), answer
        return answer.json

    # What the requests are about.

    def deal(self, **fields):
        return self.agent.create_deal(executor_id=self.executor.id, **fields)

    def calculation(self, deal=None, status="draft"):
        deal = deal or self.deal()
        quote = self.made(self.agent, "/calculations", deal_id=deal["id"], product="kasko",
                          insurer_id=self.insurer["id"], valid_until=day(20),
                          premium={"amount": "9000.01", **RUB},
                          coverage_sum={"amount": "90000", **RUB})
        for step in ("ready", "chosen")[:("draft", "ready", "chosen").index(status)]:
            quote = self.made(self.agent, f"/calculations/{quote['id']}/transition", status=step,
                              version=quote["version"])
        return quote

    def policy_body(self, parts=1, deal=None):
        return {"deal_id": (deal or self.deal())["id"], "insurer_id": self.insurer["id"],
                "product": "kasko", "number": word(), "effective_from": day(1),
                "effective_to": day(365), "premium": {"amount": f"{100 * parts}.00", **RUB},
                "commission_rate": "12.5", "payment_route": "direct", "instalments": [
                    {"due_on": day(1 + i), "amount": {"amount": "100.00", **RUB}}
                    for i in range(parts)]}

    def policy(self, active=True, parts=1):
        policy = self.made(self.agent, "/policies", **self.policy_body(parts))
        if active:
            policy = self.made(self.agent, f"/policies/{policy['id']}/activate",
                               version=policy["version"])
        return policy

    def payment(self, status="planned"):
        if not self.payments:
            policy = self.policy(parts=40)
            self.payments = harness.eventually(
                lambda: (found := self.agent.all_pages(
                    "/payments", "payments", filter=f'policy_id = "{policy["id"]}"'))
                and len(found) == 80 and found)
        payment = self.payments.pop()
        for step in ("expected", "received")[:("planned", "expected", "received").index(status)]:
            more = {"actual_date": day(0)} if step == "received" else {}
            payment = self.made(self.finance, f"/payments/{payment['id']}/transition", status=step,
                                version=payment["version"], **more)
        return payment

    def task(self):
        return self.made(self.agent, "/tasks", subject=f"Задача {word()}", due_on=day(3))

    def notification(self):
        if not self.notifications:
            for _ in range(10):
                self.made(self.admin, "/tasks", subject="Задача", assignee_id=self.agent.id)
            self.notifications = harness.eventually(lambda: (found := self.agent.get(
                "/notifications", view="unread", page_size=100).json["notifications"])
                and len(found) >= 10 and found)
        return self.notifications.pop()

    def template(self):
        return self.made(self.agent, "/task_templates", name=word(), subject="Рассчитать")

    def view(self):
        return self.made(self.agent, "/views", resource="deals", name=word())

    def rule(self):
        return self.made(self.admin, "/commission_rules", **self.rule_body())

    def rule_body(self):
        return {"insurer_id": self.insurer["id"], "rate_percent": "7.5", "valid_from": day(0),
                "notes": word()}

    def user(self):
        return self.made(self.admin, "/users", email=f"{word()}@example.com",
                         full_name="Новиков Пётр", role="agent")["user"]

    # A request for each operation.

    def of(self, method, path):
        known = self.table().get(method + " " + path)
        return known() if known else self.derived(method, path)

    def records(self):
        """One record of each resource, made by who may change it."""
        return {"deals": self.deal, "clients": self.agent.create_client, "policies": self.policy,
                "calculations": self.calculation, "payments": self.payment, "tasks": self.task,
                "task_templates": self.template, "views": self.view, "users": self.user,
                "commission_rules": self.rule, "insurers": lambda: self.made(
                    self.admin, "/insurers", name=f"Страховщик {word()}")}

    def change(self, person, kind, record, **body):
        return person, f"/{kind}/{record['id']}", body, record["version"]

    def step(self, person, kind, record, action, **body):
        return person, f"/{kind}/{record['id']}/{action}", body, record["version"]

    def plain(self, person, path, **body):
        return person, path, body, None

    def table(self):
        return {**self.people_and_settings(), **self.deals(), **self.policies(), **self.money(),
                **self.tasks()}

    def people_and_settings(self):
        agent, admin = self.agent, self.admin
        return {
            "POST /users/{user_id}/unblock": self.unblock,
            "PATCH /preferences": lambda: self.plain(agent, "/preferences", theme="dark"),
            "POST /views": lambda: self.plain(agent, "/views", resource="deals", name=word()),
            "POST /notifications/mark_read": lambda: self.plain(
                agent, "/notifications/mark_read", ids=[self.notification()["id"]]),
            "POST /notifications/{notification_id}/unread": lambda: self.plain(
                agent, f"/notifications/{self.notification()['id']}/unread"),
            "POST /notifications/{notification_id}/later": lambda: self.plain(
                agent, f"/notifications/{self.notification()['id']}/later",
                until=day(2) + "T09:00:00Z"),
            "PATCH /settings": lambda: (admin, "/settings", {"name": f"Агентство {word()}"},
                                        admin.get("/settings").json["version"]),
            "PATCH /notification_settings": lambda: self.plain(
                agent, "/notification_settings", digest=True, digest_at="08:30"),
            "POST /exports": lambda: self.plain(
                agent, "/exports", list="insurers", format="csv", title=word()),
            "POST /insurers": lambda: self.plain(admin, "/insurers", name=f"Страховщик {word()}"),
            "PATCH /insurers/{insurer_id}": lambda: self.change(
                admin, "insurers", self.made(admin, "/insurers", name=word()), short_name=word()),
        }

    def unblock(self):
        user = self.user()
        self.made(self.admin, f"/users/{user['id']}/block", reason="проверка")
        return self.plain(self.admin, f"/users/{user['id']}/unblock")

    def deals(self):
        agent, client = self.agent, self.agent.create_client
        return {
            "POST /clients": lambda: self.plain(agent, "/clients", type="company", full_name=word()),
            "POST /clients/{client_id}/restore": self.restore,
            "POST /clients/batch": lambda: self.plain(
                agent, "/clients/batch", items=[{"id": client()["id"], "segment": word()}]),
            "POST /clients/{client_id}/distinct": lambda: self.plain(
                agent, f"/clients/{client()['id']}/distinct", other_id=client()["id"]),
            "POST /deals": lambda: self.plain(
                agent, "/deals", client_id=client()["id"], title=word()),
            "POST /deals/{deal_id}/transition": lambda: self.step(
                agent, "deals", self.deal(), "transition", status="closed", reason=word()),
            "POST /deals/batch": lambda: self.plain(
                agent, "/deals/batch", items=[{"id": self.deal()["id"], "title": word()}]),
            "POST /deals/{deal_id}/continue": self.continued,
            "POST /deals/{deal_id}/members": lambda: self.plain(
                agent, f"/deals/{self.deal()['id']}/members", user_id=self.colleague.id,
                function="participant"),
            "DELETE /deals/{deal_id}/members/{user_id}": self.removal,
            "PATCH /deals/{deal_id}/journal/{entry_id}": self.edit_entry,
            "POST /calculations": lambda: self.plain(
                agent, "/calculations", deal_id=self.deal()["id"], product="kasko",
                insurer_id=self.insurer["id"], comments=word()),
            "POST /calculations/{calculation_id}/transition": lambda: self.step(
                agent, "calculations", self.calculation(), "transition", status="ready"),
            "POST /deals/{deal_id}/offers": self.offer,
        }

    def restore(self):
        client = self.agent.create_client()
        archived = self.made(self.agent, f"/clients/{client['id']}/archive",
                             version=client["version"])
        return self.step(self.agent, "clients", archived, "restore")

    def continued(self):
        deal = self.deal()
        self.made(self.agent, f"/deals/{deal['id']}/transition", status="closed", reason="ошибка",
                  version=deal["version"])
        return self.plain(self.agent, f"/deals/{deal['id']}/continue", title=word())

    def removal(self):
        deal = self.deal()
        path = f"/deals/{deal['id']}/members"
        self.made(self.agent, path, user_id=self.colleague.id, function="participant")
        return self.agent, f"{path}/{self.colleague.id}", None, None

    def edit_entry(self):
        path = f"/deals/{self.deal()['id']}/journal"
        entry = self.made(self.agent, path, text="раз")
        return self.agent, f"{path}/{entry['id']}", {"text": word()}, entry["version"]

    def offer(self):
        quote = self.calculation(status="ready")
        return self.plain(self.agent, f"/deals/{quote['deal_id']}/offers",
                          calculation_ids=[quote["id"]])

    def policies(self):
        agent = self.agent
        return {
            "POST /policies": lambda: (agent, "/policies", self.policy_body(), None),
            "PATCH /policies/{policy_id}": lambda: self.change(
                agent, "policies", self.policy(active=False), program=word()),
            "POST /policies/{policy_id}/activate": lambda: self.step(
                agent, "policies", self.policy(active=False), "activate"),
            "POST /policies/{policy_id}/transition": lambda: self.step(
                agent, "policies", self.policy(), "transition", status="renewal_pending"),
            "POST /policies/{policy_id}/renewal_deal": lambda: self.plain(
                agent, f"/policies/{self.policy()['id']}/renewal_deal", title=word()),
            "POST /policies/batch": lambda: self.plain(
                agent, "/policies/batch", action="renew", items=[{"id": self.policy()["id"]}]),
            "POST /policies/{policy_id}/amendments": lambda: self.plain(
                agent, f"/policies/{self.policy()['id']}/amendments", description=word(),
                due_on=day(9)),
            "PATCH /policies/{policy_id}/amendments/{amendment_id}": self.amend,
        }

    def amend(self):
        path = f"/policies/{self.policy()['id']}/amendments"
        made = self.made(self.agent, path, description="Новый водитель", due_on=day(9))
        return self.agent, f"{path}/{made['id']}", {"description": word()}, made["version"]

    def money(self):
        agent, finance, admin = self.agent, self.finance, self.admin
        return {
            "POST /commission_rules": lambda: (admin, "/commission_rules", self.rule_body(), None),
            "POST /payments": lambda: self.plain(
                agent, "/payments", policy_id=self.payment()["policy_id"], type="client_discount",
                planned_date=day(5), amount={"amount": "10.01", **RUB}, notes=word()),
            "POST /payments/{payment_id}/transition": lambda: self.step(
                finance, "payments", self.payment("expected"), "transition", status="received",
                actual_date=day(0), note=word()),
            "POST /payments/batch": self.batch_of_payments,
        }

    def batch_of_payments(self):
        payments = [self.payment("expected") for _ in range(2)]
        return self.plain(self.finance, "/payments/batch", status="received", actual_date=day(0),
                          note=word(), items=[{"id": p["id"], "version": p["version"]}
                                              for p in payments])

    def tasks(self):
        agent = self.agent
        return {
            "POST /tasks": lambda: self.plain(agent, "/tasks", subject=word()),
            "POST /tasks/{task_id}/transition": lambda: self.step(
                agent, "tasks", self.task(), "transition", status="cancelled", reason=word()),
            "POST /tasks/batch": lambda: self.plain(
                agent, "/tasks/batch", postpone_days=2, items=[{"id": self.task()["id"]}]),
            "POST /task_templates": lambda: self.plain(
                agent, "/task_templates", name=word(), subject=word()),
        }
