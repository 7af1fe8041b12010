"""The money of domain.md, counted apart from the services: kopecks, fractions, no floats."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

PREMIUM, COMMISSION = "client_premium", "commission_income"
DISCOUNT, FEE = "client_discount", "executor_fee"


def text(kopecks):
    return f"{kopecks // 100}.{kopecks % 100:02d}"


def money(kopecks):
    return {"amount": text(kopecks), "currency": "RUB"}


def kopecks(money_or_none):
    whole, _, part = ((money_or_none or {}).get("amount") or "0").partition(".")
    sign = -1 if whole.startswith("-") else 1
    return int(whole) * 100 + sign * int(part.ljust(2, "0") or 0)


def half_up(amount):
    return int(amount + Fraction(1, 2))


@dataclass
class Rule:
    """One version of a commission rule; what is None is open."""

    id: str
    version: int
    insurer: str | None
    product: str | None
    kind: str  # new, renewal, any
    rate: str | None  # Percent…
    fixed: int | None  # …or kopecks of the whole policy.
    valid_from: date
    valid_to: date | None
    payout_days: int

    def fits(self, policy):
        kind = "renewal" if policy.predecessor else "new"
        return (self.insurer in (None, policy.insurer) and self.product in (None, policy.product)
                and self.kind in ("any", kind) and self.valid_from <= policy.start
                and (self.valid_to is None or policy.start <= self.valid_to))

    def weight(self):
        return (self.insurer is not None, self.product is not None, self.kind != "any")


@dataclass
class Terms:
    """How a policy's commission is counted; kept as it was when the policy became active."""

    rate: str | None
    fixed: int | None
    payout_days: int
    rule: Rule | None = None

    def of(self, amount, premium):
        if self.fixed is not None:
            return Fraction(self.fixed * amount, premium)
        return amount * Fraction(self.rate) / 100


def terms_of(policy, rules):
    fitting = [rule for rule in rules if rule.fits(policy)]
    winner = max(fitting, key=Rule.weight, default=None)
    delay = winner.payout_days if winner else 0
    if policy.own_rate is not None:
        return Terms(policy.own_rate, None, delay)
    return Terms(winner.rate, winner.fixed, delay, winner) if winner else None


def shares(terms, amounts):
    """Each instalment's commission: half-up to the kopeck, the last one takes the remainder."""
    premium = sum(amounts)
    whole = half_up(terms.of(premium, premium))
    parts = [half_up(terms.of(amount, premium)) for amount in amounts[:-1]]
    return [*parts, whole - sum(parts)]


@dataclass
class Payment:
    policy: object
    type: str
    planned: date
    amount: int
    known_on: date  # When the planned date became known.
    instalment: str | None = None
    payee: str | None = None
    id: str | None = None
    status: str = "planned"
    voided: bool = False
    computed: tuple = ()  # By the schedule, as it was last.

    @property
    def open(self):
        return not self.voided and self.status in ("planned", "expected")

    def overdue(self, today):
        return self.open and self.planned < today

    def waits_for(self):
        if self.status == "expected":
            return "finance"
        by_client = self.type == PREMIUM or (self.type == COMMISSION and self.policy.route == "net")
        return "client" if by_client else "insurer" if self.type == COMMISSION else "agent"


def wanted(policy):
    """What the schedule asks for: {(instalment, type): (planned date, amount)}."""
    lines = sorted(policy.instalments, key=lambda line: line[1])
    parts = shares(policy.terms, [line[2] for line in lines]) if policy.terms else [0] * len(lines)
    asked = {}
    for (instalment, due, amount), share in zip(lines, parts):
        if policy.closed_early and due > policy.closed_early:
            continue
        asked[instalment, PREMIUM] = (due, amount)
        if share:
            delay = timedelta(policy.terms.payout_days)
            asked[instalment, COMMISSION] = (due + delay, share)
    return asked


def follow_schedule(policy, payments, today):
    """Plans what is missing, moves what differs, voids what will not come; received ones stay."""
    asked = wanted(policy)
    mine = {(p.instalment, p.type): p for p in payments if p.policy is policy and p.instalment
            and not p.voided}
    paid = {p.instalment for p in mine.values() if p.type == PREMIUM and not p.open}
    for key, payment in mine.items():
        if not payment.open:
            continue
        if key in asked:
            (planned, amount), (old_planned, old_amount) = asked[key], payment.computed
            if amount != old_amount:
                payment.amount = amount
            if planned != old_planned:  # Else a date set by hand stays.
                payment.planned, payment.known_on = planned, today
            payment.computed = asked[key]
        elif payment.instalment not in paid:
            payment.voided = True
    return [Payment(policy, kind, planned, amount, today, instalment, computed=(planned, amount))
            for (instalment, kind), (planned, amount) in asked.items()
            if (instalment, kind) not in mine]


def plan_fact(payments, today, group):
    """{group: {type: [planned, received, overdue, paid out]}} with what the agency keeps."""
    rows = {}
    for payment in payments:
        if payment.voided:
            continue
        cells = rows.setdefault(group(payment), {})
        sums = cells.setdefault(payment.type, [0, 0, 0, 0])
        sums[0] += payment.amount
        sums[1] += payment.amount * (payment.status in ("received", "paid_out"))
        sums[2] += payment.amount * payment.overdue(today)
        sums[3] += payment.amount * (payment.status == "paid_out")
    return {value: (cells, kept(cells, 0), kept(cells, 1)) for value, cells in rows.items()}


def kept(cells, column):
    of = lambda kind: cells.get(kind, [0] * 4)[column]  # noqa: E731
    return of(COMMISSION) - of(DISCOUNT) - of(FEE)
