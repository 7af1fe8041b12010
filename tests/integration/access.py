"""access.md once more, written apart from the services' policy table, for comparison with it.

Each rule answers what the API must say to a role about one deal or client:
200 (may), 403 (may see, may not do; or the role may never), 404 (may not see).
"""

ROLES = ("agent", "executor", "finance", "head", "admin")
SEES_ALL = {"finance", "head", "admin"}


def sees_deal(role, relation):
    return role in SEES_ALL or relation in ("lead", "member")


def sees_client(role, relation):
    return role in SEES_ALL or relation in ("lead", "member", "owner")


def read_deal(role, relation):
    return 200 if sees_deal(role, relation) else 404


def write_deal(role, relation):
    if role in ("finance", "head"):
        return 403
    return 200 if sees_deal(role, relation) else 404


def change_team(role, relation):
    if role == "admin":
        return 200
    if role != "agent":
        return 403
    return {"lead": 200, "member": 403}.get(relation, 404)


def write_journal(role, relation):
    if role == "head":
        return 403
    return 200 if sees_deal(role, relation) else 404


def read_client(role, relation):
    return 200 if sees_client(role, relation) else 404


def write_client(role, relation):
    if role in ("finance", "head"):
        return 403
    return 200 if sees_client(role, relation) else 404


def sees_task(role, relation):
    """A deal's task that the lead gave to the executor; it is not about a payment."""
    return role in ("head", "admin") or relation == "lead" or (role, relation) == ("executor",
                                                                                  "member")


def read_task(role, relation):
    return 200 if sees_task(role, relation) else 404


def change_task(role, relation):
    if not sees_task(role, relation):
        return 404
    return 200 if role == "admin" or relation == "lead" else 403


def create(role):
    return 201 if role in ("agent", "admin") else 403


# What a role may never do, by the permission that the OpenAPI document names.
NEVER = {
    "clients.read": set(),
    "clients.write": {"finance", "head"},
    "clients.create": {"executor", "finance", "head"},
    "deals.read": set(),
    "deals.write": {"finance", "head"},
    "deals.create": {"executor", "finance", "head"},
    "deals.team": {"executor", "finance", "head"},
    "journal.write": {"head"},
    "policies.read": set(),
    "policies.write": {"finance", "head"},
    "insurers.read": set(),
    "insurers.write": {"agent", "executor", "finance", "head"},
    "tasks.read": set(),
    "tasks.write": set(),
    "payments.read": set(),
    "payments.write": {"head"},
    "payments.confirm": {"agent", "executor", "head"},
    "reports.renewals": {"executor"},
    "reports.money": {"executor"},
    "commission_rules.read": set(),
    "commission_rules.write": {"agent", "executor", "finance", "head"},
    "users.list": set(),
    "users.read": {"agent", "executor", "finance", "head"},
    "users.write": {"agent", "executor", "finance", "head"},
    "settings.write": {"agent", "executor", "finance", "head"},
    "reminders.read": {"agent", "executor", "finance"},
    "audit.read": {"agent", "executor", "finance"},
    "background_jobs.read": {"agent", "executor", "finance", "head"},
    "session": set(),
    "public": set(),
}
