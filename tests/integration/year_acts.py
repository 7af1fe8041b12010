"""What people of the agency do: each act asks the API and enters in the book what must follow."""

from datetime import timedelta

import harness
from year_model import Amendment, Deal, Policy, Quote, Task
from year_money import Payment, Rule, kopecks, money


def ok(answer, status=200):
    assert answer.status == status, answer
    return answer.json


class Acts:
    def __init__(self, world, book):
        self.world, self.book = world, book
        self.people, self.admin = world.people, world.admin
        self.by_id = {person.id: person for person in self.people.values()}

    @property
    def today(self):
        return self.book.today

    def move(self, person, path, **body):
        """One step of a record, from the version that it has now."""
        version = ok(person.get(path))["version"]
        return person.post(f"{path}/transition", {**body, "version": version})

    def change(self, person, path, **body):
        return ok(person.patch(path, body, ok(person.get(path))["version"]))

    # Rules and deals.

    def add_rule(self, insurer, product, kind, valid_from, valid_to=None, rate=None, fixed=None,
                 payout_days=0):
        asked = {"insurer_id": insurer, "product": product, "kind": kind, "rate_percent": rate,
                 "fixed_amount": money(fixed) if fixed else None, "payout_days": payout_days,
                 "valid_from": valid_from.isoformat(),
                 "valid_to": valid_to.isoformat() if valid_to else None}
        made = ok(self.admin.post("/commission_rules",
                                  {k: v for k, v in asked.items() if v is not None}), 201)
        self.book.rules.append(Rule(made["id"], 1, insurer, product, kind, rate, fixed, valid_from,
                                    valid_to, payout_days))

    def change_rate(self, old, rate):
        self.change(self.admin, f"/commission_rules/{old.id}", rate_percent=rate)
        self.book.rules.remove(old)
        self.book.rules.append(Rule(old.id, old.version + 1, old.insurer, old.product, old.kind,
                                    rate, None, old.valid_from, old.valid_to, old.payout_days))

    def open_deal(self, lead, title, controller, review):
        client = lead.create_client(full_name=f"Клиент {title}")
        asked = {"finance_controller_id": controller.id} if controller else {}
        made = lead.create_deal(client["id"], title=title, next_review_at=review.isoformat(),
                                objects=[{"kind": "other", "title": title}], **asked)
        deal = Deal(made["id"], lead.id, client["id"], title,
                    controller=controller.id if controller else None, review=review)
        self.book.deals.append(deal)
        return deal

    def lead_of(self, deal):
        return self.by_id[deal.lead]

    def calculate(self, deal, executor):
        ok(self.move(self.lead_of(deal), f"/deals/{deal.id}", status="calculation",
                     executor_id=executor.id))
        deal.status, deal.executor = "calculation", executor.id
        self.book.make_task("deal_calculation", deal.id, deal, executor.id,
                            self.today + timedelta(2))

    def quote(self, deal, insurer, product, premium, valid_until, ready):
        executor = self.by_id[deal.executor]
        made = ok(executor.post("/calculations", {
            "deal_id": deal.id, "insurer_id": insurer, "product": product,
            "premium": money(premium), "coverage_sum": money(premium * 20),
            "valid_until": valid_until.isoformat()}), 201)
        quote = Quote(made["id"], deal, valid_until, insurer, product, premium)
        self.book.quotes.append(quote)
        if ready:
            ok(self.move(executor, f"/calculations/{quote.id}", status="ready"))
            quote.status = "ready"
        return quote

    def decline(self, quote):
        ok(self.move(self.lead_of(quote.deal), f"/calculations/{quote.id}", status="declined"))
        quote.status = "declined"

    def offer(self, deal, quotes):
        lead = self.lead_of(deal)
        made = ok(lead.post(f"/deals/{deal.id}/offers",
                            {"calculation_ids": [quote.id for quote in quotes]}), 201)
        assert made["offered_on"] == self.today.isoformat(), made
        ok(self.move(lead, f"/deals/{deal.id}", status="client_decision"))
        deal.status = "client_decision"
        return made

    def choose(self, deal, quote):
        ok(self.move(self.lead_of(deal), f"/deals/{deal.id}", status="issuance",
                     calculation_id=quote.id))
        quote.status = "chosen"
        self.book.step += 1
        deal.status, deal.issued_at = "issuance", self.book.step
        self.book.make_task("deal_issuance", deal.id, deal, deal.executor, self.today + timedelta(1))

    def review_later(self, deal, day):
        self.change(self.lead_of(deal), f"/deals/{deal.id}", next_review_at=day.isoformat())
        deal.review = day

    def close_deal(self, deal, reason):
        ok(self.move(self.lead_of(deal), f"/deals/{deal.id}", status="closed", reason=reason))
        self.book.close_deal(deal)

    # Policies.

    def issue(self, deal, quote, number, start, end, route, parts, own_rate=None):
        body = {"deal_id": deal.id, "calculation_id": quote.id, "number": number,
                "effective_from": start.isoformat(), "effective_to": end.isoformat(),
                "payment_route": route, "instalments": [
                    {"due_on": due.isoformat(), "amount": money(amount)} for due, amount in parts]}
        if own_rate:
            body["commission_rate"] = own_rate
        made = ok(self.by_id[deal.executor].post("/policies", body), 201)
        assert kopecks(made["premium"]) == quote.premium, made
        policy = Policy(made["id"], deal, quote.insurer, quote.product, start, end, route,
                        self._lines(made, parts), own_rate, number)
        self.book.policies.append(policy)
        self.activate(policy, made["version"], self.by_id[deal.executor])
        return policy

    def _lines(self, answer, parts):
        ids = {line["due_on"]: line["id"] for line in answer["instalments"]}
        assert len(ids) == len(parts), answer
        return [(ids[due.isoformat()], due, amount) for due, amount in parts]

    def activate(self, policy, version, person):
        ok(person.post(f"/policies/{policy.id}/activate", {"version": version}))
        self.book.step += 1
        self.book.activated(policy)

    def reschedule(self, policy, parts):
        """The whole schedule again; instalments of a day that it had keep their ids."""
        answer = self.change(self.lead_of(policy.deal), f"/policies/{policy.id}", instalments=[
            {"due_on": due.isoformat(), "amount": money(amount)} for due, amount in parts],
            premium=money(sum(amount for _, amount in parts)))
        policy.instalments = self._lines(answer, parts)
        self.book.rescheduled(policy)

    def renew(self, policy, number):
        """The draft continues dates and values; with its number it comes into force."""
        lead = self.lead_of(policy.deal)
        version = ok(lead.get(f"/policies/{policy.id}"))["version"]
        draft = ok(lead.post(f"/policies/{policy.id}/renew", {"version": version}), 201)
        assert draft["predecessor_id"] == policy.id and draft["is_renewal"], draft
        start = policy.end + timedelta(1)
        end = start + (policy.end - policy.start)
        shift = start - policy.start
        parts = [(due + shift, amount) for _, due, amount in policy.instalments]
        assert (draft["effective_from"], draft["effective_to"]) == (
            start.isoformat(), end.isoformat()), draft
        assert draft["instalments"] and [
            (line["due_on"], kopecks(line["amount"])) for line in draft["instalments"]] == [
                (due.isoformat(), amount) for due, amount in parts], draft
        successor = Policy(draft["id"], policy.deal, policy.insurer, policy.product, start, end,
                           policy.route, self._lines(draft, parts), policy.own_rate, number,
                           predecessor=policy)
        policy.successor = successor
        self.book.policies.append(successor)
        return successor

    def confirm_renewal(self, successor):
        lead = self.lead_of(successor.deal)
        answer = self.change(lead, f"/policies/{successor.id}", number=successor.number)
        self.activate(successor, answer["version"], lead)

    def close_policy(self, policy, reason, closed_on):
        lead = self.lead_of(policy.deal)
        version = ok(lead.get(f"/policies/{policy.id}"))["version"]
        ok(lead.post(f"/policies/{policy.id}/close", {
            "version": version, "reason": reason, "closed_on": closed_on.isoformat()}))
        policy.status = "closed"
        policy.closed_early = closed_on if closed_on < policy.end else None
        self.book.rescheduled(policy)

    def amend(self, policy, due, handler):
        made = ok(self.lead_of(policy.deal).post(f"/policies/{policy.id}/amendments", {
            "description": "Новый водитель", "due_on": due.isoformat(), "handler_id": handler.id}),
            201)
        amendment = Amendment(made["id"], policy, due, handler.id, self.today)
        self.book.amendments.append(amendment)
        return amendment

    def amended(self, amendment):
        path = f"/policies/{amendment.policy.id}/amendments"
        lead = self.lead_of(amendment.policy.deal)
        version = next(a["version"] for a in ok(lead.get(path))["amendments"]
                       if a["id"] == amendment.id)
        ok(lead.patch(f"{path}/{amendment.id}", {"status": "done"}, version))
        amendment.status = "done"

    # Money and tasks.

    def pay(self, person, payment, status, note=None):
        body = {"status": status}
        if status == "received":
            body["actual_date"] = self.today.isoformat()
        if note:
            body["note"] = note
        ok(self.move(person, f"/payments/{payment.id}", **body))
        payment.status = status
        self.book.money_moved(payment.policy.deal)

    def confirm_many(self, person, payments):
        items = [{"id": p.id, "version": ok(person.get(f"/payments/{p.id}"))["version"]}
                 for p in payments]
        results = ok(person.post("/payments/batch", {
            "status": "received", "actual_date": self.today.isoformat(), "items": items}))["results"]
        assert all(result["ok"] for result in results) and len(results) == len(items), results
        for payment in payments:
            payment.status = "received"
            self.book.money_moved(payment.policy.deal)

    def promise(self, policy, kind, amount, planned, payee=None):
        """A discount or a fee out of the commission."""
        body = {"policy_id": policy.id, "type": kind, "amount": money(amount),
                "planned_date": planned.isoformat()}
        if payee:
            body["payee_user_id"] = payee.id
        made = ok(self.lead_of(policy.deal).post("/payments", body), 201)
        self.book.payments.append(Payment(policy, kind, planned, amount, self.today, id=made["id"],
                                          payee=payee.id if payee else None))

    def postpone(self, payment, day):
        self.change(self.lead_of(payment.policy.deal), f"/payments/{payment.id}",
                    planned_date=day.isoformat())
        payment.planned, payment.known_on = day, self.today

    def assign(self, author, deal, assignee, subject, due, days=()):
        made = ok(author.post("/tasks", {
            "subject": subject, "deal_id": deal.id, "assignee_id": assignee.id,
            "due_on": due.isoformat(), "reminders": [{"days": day} for day in days]}), 201)
        self.book.tasks.append(Task(None, made["id"], deal, assignee.id, due, self.today, author.id,
                                    tuple(days), id=made["id"]))

    def finish(self, task):
        doer = self.by_id[task.assignee]
        ok(self.move(doer, f"/tasks/{task.id}", status="in_progress"))
        ok(self.move(doer, f"/tasks/{task.id}", status="done", comment="Сделано"))
        task.status = "done"

    def leave(self, deal, member):
        lead = self.lead_of(deal)
        ok(lead.delete(f"/deals/{deal.id}/members/{member.id}"))
        self.book.leave(deal, member.id)

    def dismiss(self, person, successor):
        """Blocked: deals and tasks pass to the successor."""
        ok(self.admin.post(f"/users/{person.id}/block",
                           {"successor_id": successor.id, "reason": "уволился"}))
        book = self.book
        for deal in book.deals:
            deal.members.discard(person.id)
            if deal.lead == person.id and deal.status != "closed":
                deal.lead = successor.id
        for task in book.tasks:
            if task.open and task.assignee == person.id:
                task.assignee = successor.id if successor.id in task.deal.team() else task.deal.lead

        def passed_on():
            deals = {d["id"]: d for d in self.admin.all_pages("/deals", "deals")}
            return all(deals[d.id]["lead_agent_id"] == d.lead for d in book.deals)

        harness.eventually(passed_on, 60)
