"""A year of an agency, led day by day from one seed; book and system agree at each stop."""

import random
from datetime import timedelta

from year_acts import Acts
from year_checks import Checks
from year_model import Book
from year_money import COMMISSION, DISCOUNT, FEE, PREMIUM
from year_world import World

PRODUCTS = ("kasko", "osago", "property", "liability")
LENGTHS = (45, 60, 75, 90, 120, 150, 180, 240)  # Days; whole years have tests of their own.


class Year:
    """`days` long; `deals` begin within its first two thirds."""

    def __init__(self, mode, days, deals, seed, steps):
        self.dice, self.days, self.steps = random.Random(seed), days, steps
        self.world = World(mode, "year")
        self.first = self.world.today + timedelta(1)
        self.staff()
        self.book = Book(self.first, {p.id: p.user["role"] for p in self.world.people.values()})
        self.book.gone = set()
        self.acts, self.checks = Acts(self.world, self.book), Checks(self.world, self.book)
        self.diary, self.wishes, self.numbers = [], {}, 0
        self.visited = 0
        self.write_diary(deals)

    def staff(self):
        world = self.world
        world.admin.user["role"] = "admin"
        for name, role in (("anna", "agent"), ("boris", "agent"), ("lev", "agent"),
                           ("irina", "executor"), ("pavel", "executor"), ("olga", "finance"),
                           ("fedor", "finance"), ("head", "head")):
            world.hire(name, role).user["role"] = role
        self.people = world.people

    # The diary: (day, order, act), written before the year begins; acts find things as they are.

    def on(self, day, act, *arguments):
        self.diary.append((day, len(self.diary), act, arguments))

    def write_diary(self, deals):
        self.on(0, self.begin_agency)
        for index in range(deals):
            begins = 0 if index < 3 else self.dice.randrange(self.days * 2 // 3)
            self.on(begins, self.begin_deal, index)
        self.on(self.days // 2, self.change_rules)
        self.on(self.days * 2 // 5, self.member_leaves)
        self.on(self.days * 3 // 5, self.agent_leaves)

    def begin_agency(self):
        made = [self.world.admin.post("/insurers", {"name": name}).json
                for name in ("Альфа", "Вектор", "Гамма")]
        self.insurers = [insurer["id"] for insurer in made]
        first, second, _ = self.insurers
        start, turn = self.first - timedelta(30), self.first + timedelta(self.days // 3)
        rule = self.acts.add_rule
        rule(None, None, "any", start, rate="9.875", payout_days=10)
        rule(first, None, "any", start, rate="12.3456", payout_days=15)
        rule(first, "kasko", "any", start, rate="17.5", payout_days=20)
        rule(first, "kasko", "renewal", start, rate="11.25", payout_days=5)
        rule(None, "osago", "any", start, turn, rate="6.6667")
        rule(None, "osago", "any", turn + timedelta(1), rate="4.1")
        rule(second, None, "new", start, fixed=300_001, payout_days=7)

    def change_rules(self):
        old = next(r for r in self.book.rules if (r.insurer, r.product, r.kind) == (
            self.insurers[0], "kasko", "any"))
        self.acts.change_rate(old, "16.1234")

    def after(self, days, act, *arguments):
        self.on((self.book.today - self.first).days + days, act, *arguments)

    def begin_deal(self, index):
        agents = [n for n in ("anna", "boris", "lev") if n not in self.book.gone]
        lead = self.people[agents[index % len(agents)]]
        controller = self.people[self.dice.choice(("olga", "fedor"))] if index % 3 else None
        review = self.book.today + timedelta(self.dice.randint(5, 40))
        deal = self.acts.open_deal(lead, f"Сделка {index}", controller, review)
        if index == 0:
            self.shared = deal
            member = self.people["boris"]
            self.world.people["anna"].post(f"/deals/{deal.id}/members",
                                           {"user_id": member.id, "function": "participant"})
            deal.members.add(member.id)
            self.acts.assign(lead, deal, member, "Собрать документы",
                             self.book.today + timedelta(self.days), days=(2,))
        self.after(1, self.calculate, deal)

    def calculate(self, deal):
        self.acts.calculate(deal, self.people[self.dice.choice(("irina", "pavel"))])
        self.acts.assign(self.acts.lead_of(deal), deal, self.acts.lead_of(deal), "Позвонить",
                         self.book.today + timedelta(self.dice.randint(3, 12)), days=(1, 3))
        self.after(self.dice.randint(1, 3), self.quote, deal)

    def quote(self, deal):
        product, quotes = self.dice.choice(PRODUCTS), []
        for number, insurer in enumerate(self.dice.sample(self.insurers, 3)):
            until = self.book.today + timedelta(self.dice.randint(9, 25))
            premium = self.dice.randint(400_000, 20_000_000)
            quotes.append(self.acts.quote(deal, insurer, product, premium, until, number < 2))
        self.after(1, self.offer, deal, quotes)

    def offer(self, deal, quotes):
        self.acts.offer(deal, quotes[:2])
        if self.dice.random() < 0.15:
            self.after(3, self.refused, deal)
        else:
            self.after(self.dice.randint(1, 4), self.choose, deal, quotes)

    def refused(self, deal):
        self.acts.close_deal(deal, "клиент передумал")

    def choose(self, deal, quotes):
        if self.dice.random() < 0.5:
            self.acts.decline(quotes[1])
        self.acts.choose(deal, quotes[0])
        self.after(self.dice.randint(1, 3), self.issue, deal, quotes[0])

    def next_number(self):
        self.numbers += 1
        return f"П-{self.numbers:05d}"

    def issue(self, deal, quote):
        start = self.book.today + timedelta(self.dice.randint(1, 10))
        end = start + timedelta(self.dice.choice(LENGTHS))
        count = self.dice.randint(1, 4)
        dues = sorted(self.dice.sample(range(0, (end - start).days - 10), count))
        cuts = sorted(self.dice.sample(range(1, quote.premium), count - 1))
        amounts = [b - a for a, b in zip([0, *cuts], [*cuts, quote.premium])]
        parts = [(start + timedelta(due), amount) for due, amount in zip(dues, amounts)]
        own_rate = self.dice.choice((None, None, None, "14.5005"))
        route = self.dice.choice(("direct", "gross", "net"))
        policy = self.acts.issue(deal, quote, self.next_number(), start, end, route, parts, own_rate)
        self.live(policy)
        if self.dice.random() < 0.4:
            planned = self.book.today + timedelta(self.dice.randint(4, 30))
            self.after(1, self.acts.promise, policy, DISCOUNT, self.dice.randint(1, 99_999), planned)
            payee = self.people["irina"]
            self.after(2, self.acts.promise, policy, FEE, self.dice.randint(1, 99_999),
                       planned + timedelta(3), payee)

    def live(self, policy):
        """What becomes of a policy in force."""
        until_end = (policy.end - self.book.today).days
        fate = self.dice.random()
        if fate < 0.6:
            self.after(until_end - self.dice.randint(3, 25), self.renew, policy)
        elif fate < 0.8:
            self.after(until_end + 5, self.lapse, policy)
        elif fate < 0.9:
            self.after(until_end // 2, self.end_early, policy)
        if self.dice.random() < 0.4:
            self.after(5, self.amend, policy, self.dice.randint(6, 20))
        if self.dice.random() < 0.4:
            self.after(4, self.reschedule, policy)

    def renew(self, policy):
        if policy.in_force and not policy.successor and policy.deal.status != "closed":
            successor = self.acts.renew(policy, self.next_number())
            self.after(self.dice.randint(1, 2), self.confirm_renewal, successor)

    def confirm_renewal(self, successor):
        self.acts.confirm_renewal(successor)
        self.live(successor)

    def lapse(self, policy):
        if policy.in_force and policy.unrenewed:
            self.acts.close_policy(policy, "не продлён", policy.end)
            deal = policy.deal
            if not any(p.in_force for p in self.book.policies if p.deal is deal):
                self.after(2, self.refused, deal)

    def end_early(self, policy):
        if policy.in_force and policy.unrenewed and self.book.today < policy.end:
            self.acts.close_policy(policy, "продан автомобиль", self.book.today)

    def amend(self, policy, days):
        if policy.in_force:
            due = self.book.today + timedelta(days)
            amendment = self.acts.amend(policy, due, self.acts.lead_of(policy.deal))
            if self.dice.random() < 0.6:
                self.after(days - 3, self.acts.amended, amendment)

    def reschedule(self, policy):
        """The last unpaid instalment is split in two and grows by a few kopecks."""
        unpaid = {p.instalment for p in self.book.payments
                  if p.policy is policy and p.type == PREMIUM and p.open}
        line = max(policy.instalments, key=lambda one: one[1])
        if not policy.in_force or line[0] not in unpaid or policy.successor:
            return
        rest = [(due, amount) for _, due, amount in policy.instalments if due != line[1]]
        half = line[2] // 2
        self.acts.reschedule(policy, [*rest, (line[1], half),
                                      (line[1] + timedelta(7), line[2] - half + 7)])

    def member_leaves(self):
        boris = self.people["boris"]
        self.acts.leave(self.shared, boris)
        assert boris.get(f"/deals/{self.shared.id}").status == 404

    def agent_leaves(self):
        self.book.gone.add("lev")
        self.acts.dismiss(self.people["lev"], self.people["anna"])

    # A day.

    def day(self, today):
        """The morning's acts at eight, what the clock says at nine, and whether all agree."""
        book, yesterday = self.book, today - timedelta(1)
        caught_up = book.today >= yesterday
        self.world.set_clock(today, 8)
        book.begin(today)
        if not caught_up:
            book.fire(yesterday)
        self.checks.fired()
        self.checks.quotes_and_policies()
        self.run_diary((today - self.first).days)
        self.world.settle()
        self.checks.payments()
        self.checks.tasks()
        self.pay_day()
        self.work_day()
        self.world.settle()
        self.checks.payments()
        self.checks.tasks()
        self.world.set_clock(today, 9, 1)
        book.fire(today)
        self.checks.fired()
        self.checks.records()
        self.visited += 1

    def run_diary(self, day):
        while True:
            due = min((entry for entry in self.diary if entry[0] <= day), default=None,
                      key=lambda entry: entry[:2])
            if due is None:
                return
            self.diary.remove(due)
            due[2](*due[3])

    def wish(self, payment):
        """How late it will come, in days; None: never."""
        return self.wishes.setdefault(payment.id, self.dice.choice((-2, 0, 0, 1, 3, 7, None)))

    def pay_day(self):
        olga, today, bulk = self.people["olga"], self.book.today, []
        for payment in self.book.payments:
            late = self.wish(payment)
            if payment.voided or late is None or payment.policy.status == "draft":
                continue
            if payment.status == "planned" and today >= payment.planned - timedelta(3):
                lead = self.acts.lead_of(payment.policy.deal)
                if payment.type in (PREMIUM, COMMISSION) or payment.policy.deal.status != "closed":
                    self.acts.pay(lead, payment, "expected")
            elif payment.status == "expected" and today >= payment.planned + timedelta(late):
                bulk.append(payment)
            elif payment.status == "received" and today >= payment.planned + timedelta(late + 2):
                self.acts.pay(olga, payment, "paid_out")
        if len(bulk) > 2:
            self.acts.confirm_many(self.people["fedor"], bulk)
        else:
            for payment in bulk:
                self.acts.pay(olga, payment, "received")

    def work_day(self):
        """People finish some of what they have; nothing of the last day that was looked at."""
        for task in self.book.tasks:
            old = (self.book.today - task.known_on).days > max(self.steps)
            if task.open and old and self.dice.random() < 0.25:
                self.acts.finish(task)
