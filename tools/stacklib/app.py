"""The application's processes: one for everything, or one for each service."""

import hashlib
import json
import os
import re
import subprocess
import urllib.error
import urllib.request

from . import settings
from .layout import HOST, HTTP_PORT, ROOT, SERVICES, TOOL_VARIABLES, StackError, write_private
from .layout import clean_environment
from .process import Process, listens, private, require_free_port, wait_until

# The gateway comes last, so that it finds the others.
MODES = {
    "all": ("all",),
    "services": (*(s.name for s in SERVICES if s.name != "gateway"), "gateway"),
}
# These take over from those they replace, which finish what they have under way.
ACCEPT_SIDE_BY_SIDE = ("all", "gateway")
ADMIN = "BORDERO_ADMIN_ADDRESS"
SECRET = re.compile(r"BORDERO_([A-Z]+)_(PG_DSN|PG_MIGRATE_DSN|REDIS_URL|AMQP_URL|\w+_FILE)")


class App:
    """The processes of `bordero` that belong to one stack."""

    def __init__(self, stack, binary=ROOT / "build" / "release" / "bordero"):
        self.stack = stack
        self.layout = stack.layout
        self.binary = binary
        self.users_file = self.layout.path / "users.json"
        self.mode_file = self.layout.path / "mode"

    @property
    def mode(self):
        try:
            return self.mode_file.read_text()
        except OSError:
            return None

    def processes(self):
        return [self._process(name) for name in MODES.get(self.mode, ())]

    def running(self, mode):
        """Whether exactly this binary, with these settings and web files, runs already."""
        return self.mode == mode and not self._late(mode)

    def _late(self, mode):
        """Which processes do not run, or with another binary, other settings or web files."""
        return [
            name for name, process in zip(MODES[mode], map(self._process, MODES[mode]))
            if process.pid is None or process.spec != self._spec(name)
        ]

    def start(self, mode, ready_s=60):
        self.stop()
        self._start(mode, MODES[mode])
        for name in MODES[mode]:
            self._wait_ready(name, ready_s)

    def update(self, mode, ready_s=60):
        """Replaces, one after the other, the processes that are not as they should be."""
        if self.mode != mode:
            return self.start(mode, ready_s)
        for name in self._late(mode):
            if name in ACCEPT_SIDE_BY_SIDE and self._process(name).pid is not None:
                self._take_over(name, ready_s)
                continue
            self._process(name).stop()
            self._start(mode, [name])
            self._wait_ready(name, ready_s)

    def _take_over(self, name, ready_s):
        """Both accept at one address until the new process is ready; then the old one ends."""
        process, former = self._process(name), self._process(f"{name}.former")
        usual, spare = (settings.admin_address(self.layout, name, spare) for spare in (False, True))
        admin = usual if self.admin_of(name) == spare else spare
        require_free_port(_port(admin), f"{name}, admin")
        former.stop()  # Of a run that was killed.
        process.pass_on(former, stopping=True)
        try:
            self._launch(name, {ADMIN: admin})
            self._wait_ready(name, ready_s)
        except StackError:
            process.stop()
            former.pass_on(process)
            raise
        former.stop()

    def _start(self, mode, names):
        for name in names:
            for port, what in self._ports(name):
                require_free_port(port, what)
        write_private(self.mode_file, mode)
        for name in names:
            self._launch(name)

    def _launch(self, name, also=None):
        command = [self.binary, name.replace("_", "-")]
        environment = {**self._environment(name), **(also or {})}
        self._process(name).start(command, self._spec(name), environment, cwd=ROOT)

    def admin_of(self, name):
        """Where the running process answers /metrics and /readyz."""
        environment = self._process(name).read().get("environment", {})
        return environment.get(ADMIN) or settings.admin_address(self.layout, name)

    def stop(self):
        stopped = [process.name for process in self.processes() if process.pid is not None]
        for process in reversed(self.processes()):
            self._process(f"{process.name}.former").stop()
            process.stop()
        self.mode_file.unlink(missing_ok=True)
        return stopped

    def command(self, *arguments, check=True):
        """Runs `bordero` to its end, with every setting of the stack, and returns what it says."""
        done = subprocess.run(
            [self.binary, *arguments], check=False, capture_output=True, text=True, cwd=ROOT,
            env=self._environment(None), umask=0o077,
        )
        with open(self.layout.folder("logs") / "commands.log", "a", opener=private) as log:
            log.write(f"$ bordero {' '.join(map(str, arguments))}\n{done.stderr}")
        if check and done.returncode != 0:
            said = "\n".join((done.stdout + done.stderr).splitlines()[-20:])
            raise StackError(f"bordero {arguments[0]} ended with {done.returncode}:\n{said}")
        return done.stdout

    def said(self, *arguments):
        """What a command says to a person; its log shares the standard output."""
        lines = self.command(*arguments).splitlines()
        return [line for line in lines if not line.startswith("{")]

    def describe(self):
        """What `make info` prints."""
        stack = self.stack
        return {
            "base_url": stack.base_url,
            "mode": self.mode,
            "supervisor": stack.supervisor.process.pid,
            "processes": [self._describe_process(process) for process in self.processes()],
            "stores": stack.info(),
            "users_file": str(self.users_file) if self.users_file.exists() else None,
            "credentials": {
                "settings": str(self.layout.path / "env"),
                "superusers": str(self.layout.path / "stack.json"),
                "certificates": str(self.stack.certificates.folder),
            },
            "logs": str(self.layout.path / "logs"),
        }

    def _describe_process(self, process):
        name = process.name
        admin = self.admin_of(name)
        addresses = self._addresses(name)
        history = self.stack.supervisor.history(process.record)
        return {"name": name, "pid": process.pid, "addresses": addresses, "admin": admin, **history}

    def _addresses(self, name):
        """Where a process serves, besides its admin address."""
        if name in ("all", "gateway"):
            return [f"{HOST}:{self.layout.port(HTTP_PORT)}"]
        return [settings.rpc_address(self.layout, s) for s in SERVICES if s.name == name]

    def _process(self, name):
        pids, logs = self.layout.folder("pids"), self.layout.folder("logs")
        return Process(name, pids / f"bordero-{name}", logs / f"{name}.log")

    def _environment(self, name):
        """All settings; what serves does without owners' rights and others' secrets. Services in
        processes of their own talk TLS; one process of all, and commands, use this machine's
        sockets."""
        apart = name not in (None, "all")
        values = settings.environment(self.stack, tls=apart)
        values.update(
            (key, value) for key, value in os.environ.items()
            if key.startswith("BORDERO_") and key not in TOOL_VARIABLES
        )
        if name is not None:
            values[ADMIN] = settings.admin_address(self.layout, name)
            values = {k: v for k, v in values.items() if "_PG_MIGRATE_DSN" not in k}
        if apart:
            values = {key: value for key, value in values.items() if _may_know(name, key)}
            values.update(self.stack.certificates.settings(name))
        return {**clean_environment(), **values}

    def _spec(self, name):
        values = {k: v for k, v in self._environment(name).items() if k.startswith("BORDERO_")}
        stat = self.binary.stat()
        web = ROOT / "build" / "web" / "sources"
        parts = [values, stat.st_mtime_ns, stat.st_size]
        if name in ("all", "gateway"):
            parts.append(web.exists() and web.read_text())
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def _ports(self, name):
        yield _port(settings.admin_address(self.layout, name)), f"{name}, admin"
        for address in self._addresses(name):
            yield _port(address), name

    def _wait_ready(self, name, wait_s):
        process = self._process(name)
        address = self.admin_of(name)
        answer = ["nothing"]

        def ready_or_dead():
            answer[0] = _get(f"http://{address}/readyz")
            ports = [_port(address) for address in self._addresses(name)]
            if answer[0] is True and not all(listens(process.pid, port) for port in ports):
                answer[0] = "it does not accept connections yet"
            return answer[0] is True or process.pid is None

        in_time = wait_until(ready_or_dead, wait_s)
        if answer[0] is not True:
            what = "is not ready" if in_time or process.pid else "ended"
            raise StackError(
                f"bordero {name} {what} ({answer[0]}); the end of {process.log}:\n"
                f"{process.last_lines()}"
            )


def _may_know(name, key):
    secret = SECRET.fullmatch(key)
    owner = secret.group(1).lower() if secret else name
    return owner in (name, "test")  # The tests' clock is everybody's.


def _port(address):
    return int(address.rpartition(":")[2])


def _get(url):
    """True when the address answers 200, else what it said."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            answer.read()
            return True
    except urllib.error.HTTPError as error:
        return f"{error.code} {error.read(500).decode(errors='replace')}"
    except OSError as error:
        return str(error)
