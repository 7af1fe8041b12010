"""Processes that outlive the tool that starts them, known by pid and start time."""

import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from .layout import HOST, StackError, clean_environment, write_private

# Of the processes that this run of the tool started, so that their exit is seen at once.
_children = {}


def _start_ticks(pid):
    """When the kernel started the process; tells a reused pid from ours. None when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else int(fields[19])


class Process:
    """A process with a record of what it was started with."""

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
        pid = record.get("pid")
        if pid is None:
            return None
        if pid in _children:  # Its first thread may end before those that hold its ports.
            return pid if _children[pid].poll() is None else None
        return pid if _start_ticks(pid) == record["start_ticks"] else None

    @property
    def spec(self):
        return self.read().get("spec")

    def start(self, command, spec="", environment=None, cwd=None):
        with open(self.log, "ab", opener=private) as log:
            child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment or clean_environment(),
                cwd=cwd,
                start_new_session=True,
                umask=0o077,
            )
        _children[child.pid] = child
        record = {"pid": child.pid, "start_ticks": _start_ticks(child.pid), "spec": spec}
        write_private(self.record, json.dumps(record))

    def tell(self, how):
        pid = self.pid
        if pid is not None:
            _send(pid, how)

    def stop(self, how=signal.SIGTERM, wait_s=30):
        """Asks the process to end, then insists. Returns whether it was running."""
        pid = self.pid
        if pid is not None:
            _send(pid, how)
            if not wait_until(lambda: self.pid is None, wait_s):
                _send(pid, signal.SIGKILL)
                wait_until(lambda: self.pid is None, 10)
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


def _port_owner(port):
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if int(fields[1].rpartition(":")[2], 16) == port and fields[3] == "0A":
                inodes.add(f"socket:[{fields[9]}]")
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if any(os.readlink(fd) in inodes for fd in (folder / "fd").iterdir()):
                return f"process {folder.name} ({(folder / 'comm').read_text().strip()})"
        except OSError:
            continue
    return "another user's process"
