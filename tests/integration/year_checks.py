"""The system's answers beside the book's, record by record and to the kopeck."""

import json
from collections import Counter
from datetime import timedelta

import harness
from year_money import COMMISSION, PREMIUM, kopecks, plan_fact

KEPT_DAYS = 55  # The clock forgets what it told after 60 days; the audit log does not.
GROUPS = {
    "month": lambda payment: payment.planned.strftime("%Y-%m"),
    "insurer_id": lambda payment: payment.policy.insurer,
    "lead_agent_id": lambda payment: payment.policy.deal.lead,
    "product": lambda payment: payment.policy.product,
}
TASK_SUBJECT = {"payment_due": "payment_id", "payment_overdue": "payment_id",
                "renewal_ahead": "policy_id", "policy_ended": "policy_id",
                "amendment_due": "policy_id", "deal_calculation": "deal_id",
                "deal_issuance": "deal_id"}


def absent_and_extra(wanted, found):
    return {"missing": sorted(map(str, wanted - found)), "extra": sorted(map(str, found - wanted))}


class Checks:
    def __init__(self, world, book):
        self.world, self.book = world, book
        self.admin, self.people = world.admin, world.people

    def agree(self, what, wanted, ask):
        """Waits until both say the same; else shows the difference."""
        seen = [None]

        def same():
            seen[0] = ask()
            return seen[0] == wanted

        try:
            harness.eventually(same, 60)
        except AssertionError:
            difference = absent_and_extra(set(wanted), set(seen[0]))
            raise AssertionError(f"{self.book.today}, {what}: "
                                 f"{json.dumps(difference, ensure_ascii=False, indent=1)}") from None

    def records(self):
        self.payments()
        self.quotes_and_policies()
        self.tasks()
        self.deals()

    def payments(self):
        book = self.book

        def key(policy, instalment, kind, planned, amount, status, voided, record=None):
            return (policy, instalment or record, kind, str(planned), amount, status, voided)

        wanted = {key(p.policy.id, p.instalment, p.type, p.planned, p.amount, p.status, p.voided,
                      p.id) for p in book.payments}
        listed = []

        def ask():
            listed[:] = self.admin.all_pages("/payments", "payments")
            return {key(p["policy_id"], p.get("instalment_id"), p["type"], p["planned_date"],
                        kopecks(p["amount"]), p["status"], p.get("voided", False), p["id"])
                    for p in listed}

        self.agree("payments", wanted, ask)
        ids = {(p["policy_id"], p.get("instalment_id"), p["type"], p.get("voided", False)): p["id"]
               for p in listed}
        waits = {p["id"]: p.get("waiting_on") for p in listed}
        overdue = {p["id"] for p in listed if p.get("overdue")}
        for payment in book.payments:
            payment.id = payment.id or ids[payment.policy.id, payment.instalment, payment.type,
                                           payment.voided]
            if payment.open:
                assert waits[payment.id] == payment.waits_for(), (book.today, payment)
            assert (payment.id in overdue) == payment.overdue(book.today), (book.today, payment)

    def quotes_and_policies(self):
        book = self.book
        self.agree("quotes", {(q.id, q.status) for q in book.quotes}, lambda: {
            (q["id"], q["status"]) for q in self.admin.all_pages("/calculations", "calculations")})
        self.agree("policies", {(p.id, p.status, p.successor.id if p.successor else None)
                                for p in book.policies}, lambda: {
            (p["id"], p["status"], p.get("successor_id"))
            for p in self.admin.all_pages("/policies", "policies")})

    def tasks(self):
        book = self.book
        wanted = {(t.rule, t.subject, t.assignee, str(t.due), t.lines, t.high)
                  for t in book.tasks if t.open}
        listed = []

        def ask():
            listed[:] = self.admin.all_pages("/tasks", "tasks", filter="open = true")
            return {(task.get("rule"), self.subject(task), task["assignee_id"], task.get("due_on"),
                     len(task.get("description", "").splitlines()) if task.get("rule") else 0,
                     task["priority"] == "high") for task in listed}

        self.agree("open tasks", wanted, ask)
        assert len(listed) == len(wanted), "a task was made twice"
        ids = {(task.get("rule"), self.subject(task)): task["id"] for task in listed}
        for task in book.tasks:
            if task.open:
                task.id = task.id or ids[task.rule, task.subject]

    def subject(self, task):
        return task[TASK_SUBJECT[task["rule"]]] if task.get("rule") else task["id"]

    def deals(self):
        book = self.book
        allowed = {deal.id: (deal.status, *book.deadline(deal)) for deal in book.deals}

        def ask():
            wrong = {}
            for deal in self.admin.all_pages("/deals", "deals"):
                status, day, reasons = allowed[deal["id"]]
                if status == "closed":
                    day, reasons = None, set()
                said = deal.get("deadline") or {}
                found = (said.get("reason"), said.get("subject"), said.get("waiting_on"))
                good = deal["status"] == status and said.get("date") == (day and str(day))
                if not good or (day and found not in reasons):
                    wrong[deal["id"]] = (deal["status"], said, allowed[deal["id"]])
            return wrong

        try:
            harness.eventually(lambda: not ask(), 60)
        except AssertionError:
            raise AssertionError(f"{book.today}, deadlines: {ask()}") from None

    def fired(self):
        """Everything that the clock told so far, and nothing else."""
        book = self.book
        self.tasks()  # Those of the day get their ids: they may be reminded of at once.
        since = book.today - timedelta(KEPT_DAYS)
        wanted = {key for key in book.fired if key[2] + timedelta(key[3]) > since}
        later = {("task_due", task.id, due, 0) for task, due, _ in book.lagging}
        self.agree("reminders", wanted, lambda: {
            key for key in self.world.fired()
            if key[2] + timedelta(key[3]) > since and (key in book.fired or key not in later)})

    def sums(self):
        """Plan against fact in every grouping, for those who see all and for each agent."""
        book = self.book
        period = {"from": str(book.today - timedelta(500)), "to": str(book.today + timedelta(900))}
        for name, person in self.people.items():
            role = book.roles[person.id]
            if role == "executor" or name in book.gone:
                continue
            mine = [p for p in book.payments
                    if role != "agent" or person.id in p.policy.deal.team()]
            for group, value in GROUPS.items():
                wanted = plan_fact(mine, book.today, value)
                report = person.get("/payments/plan_fact", group_by=group, **period).json
                found = {row["value"]: self._row(row) for row in report.get("rows", [])}
                assert found == wanted, (book.today, name, group, found, wanted)
            whole = plan_fact(mine, book.today, lambda _: "all")
            total = {"all": self._row(row) for row in report.get("totals", [])}
            assert total == whole, (book.today, name, total, whole)
            self._lists(person, mine)

    def _row(self, row):
        cells = {cell["type"]: [kopecks(cell.get(column)) for column in
                                ("planned", "received", "overdue", "paid_out")]
                 for cell in row["types"]}
        return cells, kopecks(row.get("kept_planned")), kopecks(row.get("kept"))

    def _lists(self, person, mine):
        answer = person.get("/payments", group_by="status", filter="voided = false").json
        found = {group["value"]: (group["count"], kopecks(group["sums"][0]["amount"]))
                 for group in answer.get("groups", [])}
        wanted = {}
        for payment in mine:
            if not payment.voided:
                count, total = wanted.get(payment.status, (0, 0))
                wanted[payment.status] = (count + 1, total + payment.amount)
        assert found == wanted, (self.book.today, found, wanted)

    def explanations(self):
        """Why this amount: each planned commission names its rule, version and rate."""
        for payment in self.book.payments:
            said = self.admin.get(f"/payments/{payment.id}/explanation").json
            assert kopecks(said["amount"]) == payment.amount, said
            rule = payment.policy.terms.rule if payment.policy.terms else None
            if payment.type == PREMIUM:
                assert said["source"] == "schedule", said
            elif payment.type == COMMISSION and rule:
                basis = said["basis"]
                assert (basis["rule_id"], basis["rule_version"]) == (rule.id, rule.version), said
                assert (basis.get("rate_percent"), kopecks(basis.get("fixed_amount"))) == (
                    rule.rate, rule.fixed or 0), said

    def clients(self):
        """A client is active since the first policy that was; each has one deal here."""
        insured = {p.deal.client for p in self.book.policies if p.activated_on}
        wanted = {(deal.client, "active" if deal.client in insured else "potential")
                  for deal in self.book.deals}
        self.agree("clients", wanted, lambda: {
            (client["id"], client["status"])
            for client in self.admin.all_pages("/clients", "clients")})

    def policies_chain(self):
        for policy in self.book.policies:
            chain = [policy]
            while chain[0].predecessor:
                chain.insert(0, chain[0].predecessor)
            while chain[-1].successor:
                chain.append(chain[-1].successor)
            said = self.admin.get(f"/policies/{policy.id}/chain").json["policies"]
            assert [p["id"] for p in said] == [p.id for p in chain], said
        groups = self.admin.get("/policies", group_by="status").json.get("groups", [])
        assert {g["value"]: g["count"] for g in groups} == dict(
            Counter(p.status for p in self.book.policies)), groups
