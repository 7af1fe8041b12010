"""What more data costs: the lists of a working day on a small set and on the large one."""

import statistics
import time
import urllib.request
from urllib.parse import urlencode

from stacklib import agency

from .installation import SERVICE_DATABASES, settle

WARM_UP_S = 3
REPORT_TURNS = 5
CLOCK_LIMIT_S = 300
RESTS_S = 10


def measure_growth(large, small, kinds, run_once, options):
    """p99 of each kind on both sets; their runs take turns, so that both meet the same machine."""
    found = {}
    for kind in kinds:
        times = {large: [], small: []}
        for _ in range(options.rounds):
            for installation, p99 in times.items():
                installation.start("all")
                run_once(installation, kind, WARM_UP_S)
                p99.append(run_once(installation, kind, options.seconds)["p99_us"])
                installation.app.stop()
        found[kind] = {
            "small_p99_us": statistics.median(times[small]),
            "p99_us": statistics.median(times[large]),
        }
    return found


def measure_reports(installation):
    """Seconds of each report over a year, for who sees all money and for one agent."""
    year = agency.today().year
    installation.start("all")
    found = {}
    for role in ("finance", "agent"):
        person = installation.signed_in(role)
        for group in ("month", "insurer_id", "product", "lead_agent_id"):
            query = {"group_by": group, "from": f"{year}-01-01", "to": f"{year}-12-31"}
            path = f"/api/v1/payments/plan_fact?{urlencode(query)}"
            turns = [_seconds(installation, person, path) for _ in range(REPORT_TURNS)]
            found[f"plan_fact by {group}, {role}"] = statistics.median(turns)
    installation.app.stop()
    return found


def _seconds(installation, person, path):
    request = urllib.request.Request(
        installation.stack.base_url + path, headers={"Authorization": f"Bearer {person['token']}"}
    )
    began = time.monotonic()
    with urllib.request.urlopen(request, timeout=60) as answer:
        answer.read()
    return time.monotonic() - began


def measure_clock(installation, kind, run_once, options):
    """A day's reminders: how long the clock takes, and what a list's p99 is meanwhile."""
    calm, busy, took, events = [], [], [], 0
    for _ in range(options.rounds):
        installation.forget_todays_reminders()
        installation.start("all")
        # Both turns begin with a start, as the clock does: without what only warms one of them.
        calm.append(run_once(installation, kind, options.seconds)["p99_us"])
        installation.app.stop()
        installation.start("all", {"BORDERO_REMINDERS_AT": "00:00"})
        began = time.monotonic()
        busy.append(run_once(installation, kind, options.seconds, settled=False)["p99_us"])
        events, seconds = _wait_for_clock(installation, began)
        took.append(seconds)
        settle(installation)
        installation.app.stop()
    return {
        "events": events,
        "seconds": statistics.median(took),
        "calm_p99_us": statistics.median(calm),
        "busy_p99_us": statistics.median(busy),
    }


def _wait_for_clock(installation, began):
    """How many reminders of today there are once their number rests, and the seconds until then."""
    today = f"SELECT count(*) FROM fired_reminders WHERE fires_on >= '{agency.today()}'"
    count, since = -1, began
    while time.monotonic() - since < RESTS_S and time.monotonic() - began < CLOCK_LIMIT_S:
        now = sum(int(installation.query(today, database)[0]) for database in SERVICE_DATABASES)
        if now != count:
            count, since = now, time.monotonic()
        time.sleep(0.5)
    return count, since - began
