"""What the screens of a working day ask for."""

from datetime import timedelta
from urllib.parse import urlencode


def list_paths(person_id, today):
    """What the screens of a working day ask for, by kind; `agent_day` sends the page's in turn."""
    soon, week = today + timedelta(days=30), today + timedelta(days=7)
    in_force = '(status = "active" OR status = "renewal_pending")'
    waited = 'voided = false AND (status = "planned" OR status = "expected")'
    return {
        "renewals": [
            _path("policies", f'{in_force} AND effective_to >= "{today}" AND '
                              f'effective_to <= "{soon}"', "effective_to", 50),
        ],
        "agent_day": [
            _path("deals", f'member_id = "{person_id}" AND status != "closed" AND '
                           'deadline_on >= "2000-01-01"', "deadline_on", 200),
            _path("tasks", f'assignee_id = "{person_id}" AND open = true', "due", 200),
            _path("payments", f'lead_agent_id = "{person_id}" AND type = "client_premium" AND '
                              f'{waited} AND planned_date <= "{week}"', "planned_date", 200),
        ],
        "list_payments": [_path("payments", waited, "planned_date", 50)],
        "list_tasks": [_path("tasks", "open = true", "due", 50)],
    }


def _path(resource, condition, order, size):
    query = {"filter": condition, "order_by": order, "page_size": size}
    return f"/api/v1/{resource}?{urlencode(query)}"
