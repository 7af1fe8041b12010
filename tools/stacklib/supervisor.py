"""Starts again what ended though nobody stopped it: one such process for each stack of `make run`.

What should run is what has a record in the stack's folder of pids; tools write and remove those.
So a supervisor that is itself killed loses nothing: the next one reads them again.
"""

import hashlib
import json
import os
import signal
import sys
import time
from datetime import datetime
from pathlib import Path

from .layout import ROOT, clean_environment, write_private
from .process import Process, exit_of, lives, reap, records_locked, spawn, wait_until

STEP_S = 0.2
CALM_S = 60  # Whatever ran for so long begins anew with the shortest pause.
LONGEST_PAUSE_S = 60


class Supervisor:
    """How tools reach it."""

    def __init__(self, layout):
        self.folder = layout.folder("pids")
        self.report = layout.path / "supervisor.json"
        self.process = Process(
            "supervisor", layout.path / "supervisor.pid", layout.folder("logs") / "supervisor.log"
        )
        self.name = layout.name

    def start(self):
        """Runs with the code as it is now; what it looks after goes on meanwhile."""
        code = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
        spec = hashlib.sha256(code).hexdigest()
        if self.process.pid is not None and self.process.spec == spec:
            return
        self.process.stop()
        command = [sys.executable, ROOT / "tools" / "stack", "supervise", self.name]
        self.process.start(command, spec, clean_environment())

    def stop(self):
        return self.process.stop()

    def history(self, record):
        """What `make info` says of a process: how often it was started again, and why."""
        try:
            known = json.loads(self.report.read_text()).get(record.name, {})
        except (OSError, ValueError):
            known = {}
        since = Process(record.name, record, "").read().get("since")
        return {
            "since": since and _moment(since),
            "restarts": known.get("restarts", 0),
            "last_exit": known.get("last_exit"),
            "next_try": known.get("next_try"),
        }


class Watch:
    """What the supervisor knows of one record."""

    def __init__(self):
        self.restarts = 0
        self.failures = 0  # In a row, each soon after a start.
        self.due = None
        self.last_exit = None

    def ended(self, record, why):
        """The first start after a calm time is at once; each further one waits twice as long."""
        calm = time.time() - record.get("since", 0) > CALM_S
        self.failures = 1 if calm else self.failures + 1
        pause = 0 if self.failures == 1 else min(2 ** (self.failures - 2), LONGEST_PAUSE_S)
        self.due = time.time() + pause
        self.last_exit = {"at": _moment(time.time()), "how": why}

    def report(self):
        waits = self.due is not None and self.due > time.time()
        return {
            "restarts": self.restarts,
            "last_exit": self.last_exit,
            "next_try": _moment(self.due) if waits else None,
        }


class Loop:
    def __init__(self, layout):
        self.folder = layout.folder("pids")
        self.path = layout.path / "supervisor.json"
        self.watches = {}
        self.said = None
        self.ends = False

    def run(self):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, self._end)
        # The stack may be removed as a whole; then there is nothing left to look after.
        while not self.ends and self.folder.exists():
            with records_locked(self.folder):
                self._look()
            reap()
            wait_until(lambda: self.ends, STEP_S)

    def _end(self, *_):
        self.ends = True

    def _look(self):
        records = [path for path in sorted(self.folder.iterdir()) if not _is_draft(path)]
        for gone in self.watches.keys() - {path.name for path in records}:
            del self.watches[gone]
        for path in records:
            self._look_at(path, self.watches.setdefault(path.name, Watch()))
        report = {name: watch.report() for name, watch in self.watches.items()}
        if report != self.said:
            write_private(self.path, json.dumps(report, indent=2) + "\n")
            self.said = report

    def _look_at(self, path, watch):
        record = Process(path.name, path, "").read()
        if record.get("stopping") or "command" not in record:
            return
        if "pid" not in record:  # Somebody wants it to be started; what was before is over.
            watch = self.watches[path.name] = Watch()
            self._spawn(path, watch, record)
        elif lives(record):
            return
        elif watch.due is None:
            watch.ended(record, _words(exit_of(record)))
            _say(f"{path.name} ended: {watch.last_exit['how']}")
        elif watch.due <= time.time():
            watch.restarts += 1
            self._spawn(path, watch, record)

    def _spawn(self, path, watch, record):
        watch.due = None
        try:
            write_private(path, json.dumps(spawn(record)))
            _say(f"{path.name} started")
        except OSError as error:
            now = {"since": time.time(), "pid": None}
            write_private(path, json.dumps({**record, **now}))
            watch.ended(now, f"cannot be started: {error}")
            _say(f"{path.name} {watch.last_exit['how']}")


def _is_draft(path):
    return path.name.startswith(".") or path.suffix == ".new"


def _words(code):
    if code is None:
        return "unknown, it was started by another process"
    if code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"


def _moment(seconds):
    return datetime.fromtimestamp(seconds).astimezone().isoformat(timespec="seconds")


def _say(text):
    print(f"{_moment(time.time())} {text}", flush=True)


def supervise(layout):
    os.chdir("/")
    Loop(layout).run()
