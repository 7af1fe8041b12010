"""The agency's own clock, as the application has it: its day begins at its midnight."""

import os
from datetime import datetime
from zoneinfo import ZoneInfo

TIME_ZONE = ZoneInfo(os.environ.get("BORDERO_TIME_ZONE") or "Europe/Moscow")


def today():
    return datetime.now(TIME_ZONE).date()
