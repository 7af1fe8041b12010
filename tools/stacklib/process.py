"""Processes that outlive the tool that starts them, known by pid and start time."""

import fcntl
import json
import os
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from .layout import HOST, StackError, clean_environment, write_private

# Of the processes that this run of the tool started, so that their exit is seen at once.
_children = {}


def _start_ticks(pid):
    """When the kernel started the process; tells a reused pid from ours. None when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        # Its first thread may end before those that hold its ports.
        ended = fields[0] in "ZX" and len(os.listdir(f"/proc/{pid}/task")) <= 1
    except OSError:
        return None
    return None if ended else int(fields[19])


def lives(record):
    """Whether the process that a record names is still that process."""
    pid = record.get("pid")
    if pid is None:
        return False
    if pid in _children:
        return _children[pid].poll() is None
    return _start_ticks(pid) == record["start_ticks"]


def exit_of(record):
    """How a process ended, as far as it was started from here: a code, or a signal below zero."""
    child = _children.get(record.get("pid"))
    return child.poll() if child else None


def reap():
    """Lets those go that were started from here and have ended, wanted or not."""
    for child in _children.values():
        child.poll()


def spawn(wanted):
    """Starts what a record wants, and says the record of what runs then."""
    with open(wanted["log"], "ab", opener=private) as log:
        child = subprocess.Popen(
            wanted["command"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=wanted["environment"],
            cwd=wanted["cwd"],
            start_new_session=True,
            umask=0o077,
        )
    _children[child.pid] = child
    ticks = _start_ticks(child.pid)
    return {**wanted, "pid": child.pid, "start_ticks": ticks, "since": time.time()}


@contextmanager
def records_locked(folder):
    """Whoever changes a record holds this: a tool, or the supervisor of the stack."""
    with open(folder / ".records", "w", opener=private) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class Process:
    """A process with a record of what it was started with.

    While a supervisor runs for the stack, it starts what new records want, and what ended later.
    """

    def __init__(self, name, record, log):
        self.name = name
        self.record = record
        self.log = log

    def read(self):
        try:
            return json.loads(self.record.read_text())
        except (OSError, ValueError):
            return {}

    @property
    def pid(self):
        """The pid while the process lives, else None."""
        record = self.read()
        return record["pid"] if lives(record) else None

    @property
    def spec(self):
        return self.read().get("spec")

    def start(self, command, spec="", environment=None, cwd=None):
        wanted = {
            "command": [str(word) for word in command],
            "environment": environment or clean_environment(),
            "cwd": cwd and str(cwd),
            "log": str(self.log),
            "spec": spec,
        }
        if self._supervised():
            self._write(wanted)
            if wait_until(lambda: "pid" in self.read(), 30):
                return
            self.stop()
        self._write(spawn(wanted))

    def pass_on(self, other, **marks):
        """Makes what runs known by another record; marked as stopping, nobody starts it again."""
        with records_locked(self.record.parent):
            record = {k: v for k, v in self.read().items() if k != "stopping"}
            write_private(other.record, json.dumps({**record, **marks}))
            self.record.unlink(missing_ok=True)

    def _write(self, record):
        with records_locked(self.record.parent):
            write_private(self.record, json.dumps(record))

    def _supervised(self):
        """The supervisor's own record stands beside the folder of those that it looks after."""
        own = Process("supervisor", self.record.parent.parent / "supervisor.pid", self.log)
        return self.record != own.record and own.pid is not None

    def tell(self, how):
        pid = self.pid
        if pid is not None:
            _send(pid, how)

    def stop(self, how=signal.SIGTERM, wait_s=30):
        """Asks the process to end, then insists. Returns whether it was running."""
        with records_locked(self.record.parent):
            record = self.read()
            if record:  # Nobody starts it again from here on.
                write_private(self.record, json.dumps({**record, "stopping": True}))
        pid = record["pid"] if lives(record) else None
        if pid is not None:
            _send(pid, how)
            if not wait_until(lambda: not lives(record), wait_s):
                _send(pid, signal.SIGKILL)
                wait_until(lambda: not lives(record), 10)
        self.record.unlink(missing_ok=True)
        return pid is not None

    def last_lines(self, count=15):
        try:
            lines = self.log.read_text(errors="replace").splitlines()
        except OSError:
            return ""
        return "\n".join("  " + line for line in lines[-count:])


def private(path, flags):
    return os.open(path, flags, 0o600)


def _send(pid, how):
    try:
        os.kill(pid, how)
    except ProcessLookupError:
        pass
    except PermissionError as error:
        raise StackError(f"process {pid} belongs to another user; stop it as that user") from error


def wait_until(condition, wait_s, step_s=0.05):
    """Polls until the condition holds or the time is over; says which."""
    deadline = time.monotonic() + wait_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(step_s)
    return True


def accepts(port):
    try:
        socket.create_connection((HOST, port), timeout=1).close()
        return True
    except OSError:
        return False


def require_free_port(port, what):
    """Says who sits on a port before a store stumbles over it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            return
        except OSError:
            pass
    raise StackError(
        f"port {port} ({what}) is taken by {_port_owner(port)}; stop it or set BORDERO_PORT_BASE"
    )


def listens(pid, port):
    """Whether this process, and not another beside it, accepts connections there."""
    return _holds(Path(f"/proc/{pid}"), _listening(port))


def _listening(port):
    """The sockets that accept connections to a port, as the kernel names them."""
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if int(fields[1].rpartition(":")[2], 16) == port and fields[3] == "0A":
                inodes.add(f"socket:[{fields[9]}]")
    return inodes


def _holds(process, inodes):
    try:
        return any(os.readlink(fd) in inodes for fd in (process / "fd").iterdir())
    except OSError:
        return False


def _port_owner(port):
    inodes = _listening(port)
    for folder in Path("/proc").glob("[0-9]*"):
        if _holds(folder, inodes):
            return f"process {folder.name} ({(folder / 'comm').read_text().strip()})"
    return "another user's process"
