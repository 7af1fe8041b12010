"""An agency's book by domain.md, led beside the system: records, deadlines, reminders, tasks."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from year_money import PREMIUM, follow_schedule, terms_of

CATCH_UP_DAYS = 7
NOTICE_DAYS = 30


@dataclass
class Deal:
    id: str
    lead: str
    client: str
    title: str
    executor: str | None = None
    controller: str | None = None
    members: set = field(default_factory=set)
    status: str = "draft"
    review: date | None = None
    issued_at: int = -1  # The step of the story at which it last entered issuance.

    def team(self):
        return {self.lead, self.executor, self.controller, *self.members} - {None}


@dataclass
class Quote:
    id: str
    deal: Deal
    valid_until: date
    insurer: str
    product: str
    premium: int
    status: str = "draft"


@dataclass
class Policy:
    id: str
    deal: Deal
    insurer: str
    product: str
    start: date
    end: date
    route: str
    instalments: list  # (id, due date, kopecks)
    own_rate: str | None = None
    number: str = ""
    status: str = "draft"
    predecessor: object = None
    successor: object = None
    activated_on: date | None = None
    activated_at: int = -1
    terms: object = None
    closed_early: date | None = None

    @property
    def in_force(self):
        return self.status in ("active", "renewal_pending")

    @property
    def unrenewed(self):
        return self.in_force and not (self.successor and self.successor.status != "draft")


@dataclass
class Amendment:
    id: str
    policy: Policy
    due: date
    handler: str
    known_on: date
    status: str = "planned"


@dataclass
class Task:
    rule: str | None  # None: a person's.
    subject: str  # The id of what the rule is about, or of the task itself.
    deal: Deal
    assignee: str
    due: date
    known_on: date
    author: str | None = None
    days: tuple = ()  # Its own reminders.
    lines: int = 0
    high: bool = False
    id: str | None = None
    status: str = "new"

    @property
    def open(self):
        return self.status in ("new", "in_progress")


class Book:
    def __init__(self, today, roles):
        self.today, self.roles, self.step = today, roles, 0
        self.deals, self.quotes, self.policies, self.amendments = [], [], [], []
        self.payments, self.tasks, self.rules = [], [], []
        self.fired = {}  # (rule, subject, on, offset) → who was told
        self.lagging = []  # Of tasks made by the day's reminders: told with the next day's at last.

    # What the clock changes by itself when a day begins.

    def begin(self, day):
        self.today = day
        for quote in self.quotes:
            if quote.status in ("draft", "ready") and quote.valid_until < day:
                quote.status = "expired"
        for policy in self.policies:
            near = policy.end - timedelta(NOTICE_DAYS) <= day
            if policy.status == "active" and near and policy.unrenewed:
                policy.status = "renewal_pending"
            if policy.in_force and not policy.unrenewed and policy.end < day:
                policy.status = "closed"

    # What follows from what people do.

    def activated(self, policy):
        policy.status, policy.activated_on, policy.activated_at = "active", self.today, self.step
        policy.terms = terms_of(policy, self.rules)
        self.payments += follow_schedule(policy, self.payments, self.today)
        self.begin(self.today)

    def rescheduled(self, policy):
        self.payments += follow_schedule(policy, self.payments, self.today)

    def money_moved(self, deal):
        """A received premium of a policy that was activated since issuance makes a deal active."""
        if deal.status in ("active", "closed"):
            return
        for payment in self.payments:
            policy = payment.policy
            if (policy.deal is deal and payment.type == PREMIUM and not payment.voided
                    and not payment.open and policy.in_force
                    and policy.activated_at > deal.issued_at):
                deal.status = "active"

    def make_task(self, rule, subject, deal, assignee, due, line=True):
        if deal.status == "closed":
            return
        for task in self.tasks:
            if task.open and (task.rule, task.subject) == (rule, subject):
                task.lines, task.high = task.lines + line, True
                return
        self.tasks.append(Task(rule, subject, deal, assignee, due, self.today,
                               high=rule == "policy_ended"))

    def close_deal(self, deal):
        deal.status = "closed"
        for task in self.tasks:
            if task.deal is deal and task.open:
                task.status = "cancelled"

    def leave(self, deal, user):
        deal.members.discard(user)
        if user not in deal.team():
            self.pass_on(user, lambda task: task.deal is deal)

    def pass_on(self, user, which):
        for task in self.tasks:
            if task.open and task.assignee == user and which(task):
                task.assignee = task.deal.lead

    # Reminders: (rule, subject, on, offset, known on, who, task).

    def _subjects(self):
        for payment in self.payments:
            if payment.open:
                deal = payment.policy.deal
                told = {deal.lead, deal.controller} - {None}
                doer = deal.controller or deal.lead
                yield from self._of("payment_due", payment, payment.planned, (-14, -3, 0), told, doer)
                yield from self._of("payment_overdue", payment, payment.planned, (1, 5), told,
                                    deal.lead)
        for policy in self.policies:
            if policy.unrenewed:
                deal = policy.deal
                yield from self._of("renewal_ahead", policy, policy.end, (-30, -7), {deal.lead},
                                    deal.lead)
                yield from self._of("policy_ended", policy, policy.end, (0, 3),
                                    {deal.lead, deal.executor} - {None}, deal.lead)
        for amendment in self.amendments:
            deal = amendment.policy.deal
            if amendment.status == "planned" and amendment.policy.status != "closed":
                yield from self._of("amendment_due", amendment, amendment.due, (-5,),
                                    {deal.lead, deal.executor} - {None}, amendment.handler)
        for deal in self.deals:
            if deal.review and deal.status != "closed":
                yield from self._of("deal_review", deal, deal.review, (0,), {deal.lead}, None)
        for task in self.tasks:
            if task.open:
                author = task.author or task.deal.lead
                days = {0, *(-day for day in task.days)}
                yield from self._of("task_due", task, task.due, sorted(days), {task.assignee}, None)
                yield from self._of("task_overdue", task, task.due, (1,), {author}, None)

    def _of(self, rule, record, on, offsets, told, doer):
        known = getattr(record, "known_on", None) or getattr(record, "activated_on", None)
        for offset in offsets:
            yield rule, record, on, offset, known, told, doer

    def fire(self, last):
        """Nine o'clock of the last day: what is due on it, and what a week before it was missed."""
        for task, due, told in self.lagging:
            if task.open and task.due == due:
                self.fired["task_due", task.id, due, 0] = told
        self.lagging, made = [], len(self.tasks)
        for rule, record, on, offset, known, told, doer in list(self._subjects()):
            fires = on + timedelta(offset)
            key = (rule, record.id, on, offset)
            too_late = fires < self.today - timedelta(CATCH_UP_DAYS)
            if fires > last or too_late or (known and fires < known) or key in self.fired:
                continue
            self.fired[key] = told
            if doer:
                amendment = isinstance(record, Amendment)
                policy = record if isinstance(record, Policy) else record.policy
                subject = policy.id if amendment else record.id
                self.make_task(rule, subject, policy.deal, doer, max(on, fires))
        for task in self.tasks[made:]:
            if task.due == last == self.today:
                self.lagging.append((task, task.due, {task.assignee}))

    # The deadline: the earliest of all sources, with who may be named for it.

    def deadline(self, deal):
        sources = []
        if deal.review:
            sources.append((deal.review, "next_review", deal.id, "agent"))
        for policy in self.policies:
            if policy.deal is deal and policy.unrenewed:
                sources.append((policy.end, "policy_end", policy.id, "agent"))
        for payment in self.payments:
            if payment.policy.deal is deal and payment.open:
                sources.append((payment.planned, "payment", payment.id, payment.waits_for()))
        for task in self.tasks:
            if task.deal is deal and task.open:
                role = self.roles[task.assignee]
                whose = role if role in ("executor", "finance") else "agent"
                sources.append((task.due, "task", task.id, whose))
        for quote in self.quotes:
            if quote.deal is deal and quote.status == "ready":
                whose = "client" if deal.status == "client_decision" else "agent"
                sources.append((quote.valid_until, "quote", quote.id, whose))
        first = min((source[0] for source in sources), default=None)
        return first, {source[1:] for source in sources if source[0] == first}
