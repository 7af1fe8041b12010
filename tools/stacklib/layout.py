"""Where a stack keeps its files, which ports it takes and which services it serves."""

import os
import pwd
import secrets
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"

# Below the ephemeral ports, so that no outgoing connection can ever sit on a store's port.
PORT_BASES = {
    "dev": 24300,
    "test": 24400,
    "e2e": 24500,
    "bench": 24600,
    "bench-small": 24700,
    "it-all": 24800,
    "it-services": 24900,
}
PORT_BASES_OTHERS = range(25000, 32000, 100)
# Stacks that keep what they acknowledged even when the machine stops; the others are for tests.
DURABLE = ("dev", "bench", "bench-small")

# Settings of these tools; the application refuses settings that it does not know.
TOOL_VARIABLES = (
    "BORDERO_PORT_BASE",
    "BORDERO_BINARY",
    "BORDERO_TEST_PG",
    "BORDERO_TEST_REDIS",
    "BORDERO_TEST_AMQP",
    "BORDERO_TEST_TLS",
    "BORDERO_TEST_PG_TLS",
    "BORDERO_TEST_REDIS_TLS",
    "BORDERO_TEST_AMQP_TLS",
    "BORDERO_TEST_REDIS_LOCAL",
)
# This one alone listens without TLS on loopback too: its tests break connections in the middle.
PLAIN_STACK = "test"
# The kernel takes longer paths of sockets for a fault; a name under the folder comes after it.
LONGEST_SOCKET_FOLDER = 85
# Of the folders on the way to the data of PostgreSQL, another user when root runs the tools: may be
# gone through, not looked into. Everything else is closed.
WAY = 0o711 if os.getuid() == 0 else 0o700


class StackError(Exception):
    """Something a person has to put right; the text says what."""


@dataclass(frozen=True)
class Service:
    """What one service needs from the stores."""

    name: str
    instance: str = ""  # The PostgreSQL instance with its database.
    redis: bool = False
    rpc: bool = True
    keys: tuple = ()  # Settings that name files with 32 random bytes.


SERVICES = (
    Service("gateway", redis=True, rpc=False),
    Service("auth", instance="pg-main", redis=True, keys=("PEPPER_FILE", "SEAL_KEY_FILE")),
    Service("crm", instance="pg-main", redis=True),
    Service("audit", instance="pg-audit", keys=("SIGNING_KEY_FILE",)),
    Service("payments", instance="pg-main", redis=True),
    Service("tasks", instance="pg-main", redis=True),
    Service("notifications", instance="pg-main", redis=True),
)

STORE_PORTS = {"pg-main": 1, "pg-audit": 2, "redis": 10, "rabbitmq": 20}
REDIS_PLAIN_PORT = 11
RABBITMQ_DIST_PORT = 21
RABBITMQ_EPMD_PORT = 22
RABBITMQ_PLAIN_PORT = 23
HTTP_PORT = 80
RPC_PORTS = 50
ADMIN_PORTS = 60
SPARE_ADMIN_PORTS = 70  # While one process takes over from another, both have one.


class Layout:
    """One stack: its folder, ports and secrets."""

    def __init__(self, name):
        if not name.replace("-", "").replace("_", "").isalnum():
            raise StackError(f"a stack is named by letters, digits, '-' and '_', not '{name}'")
        self.name = name
        self.path = ROOT / ".run" / name
        self.chosen_base = self.path / "port_base"
        self.port_base = _port_base(name, self.chosen_base)

    def port(self, offset):
        return self.port_base + offset

    def store_port(self, store):
        return self.port(STORE_PORTS[store])

    @property
    def plain(self):
        return self.name == PLAIN_STACK

    def folder(self, *parts):
        """A folder that nobody else may look into; the stack's own only leads to the others."""
        path = self.path.joinpath(*parts)
        try:
            _closed_folder(ROOT / ".run", WAY)
            _closed_folder(self.path, WAY)
            for depth in range(len(parts)):
                _closed_folder(self.path.joinpath(*parts[:depth + 1]), 0o700)
        except PermissionError as error:
            raise StackError(no_right(error)) from error
        return path

    def socket_folder(self, store):
        """Where a store's socket lies, nearer to the root when the clone lies too deep."""
        folder = self.path / "sockets"
        if len(os.fsencode(folder / store)) > LONGEST_SOCKET_FOLDER:
            mark = zlib.crc32(os.fsencode(self.path))
            folder = Path(tempfile.gettempdir()) / f"bordero-{os.getuid()}-{mark:08x}"
        _closed_folder(folder, WAY)
        if folder.stat().st_uid != os.getuid():
            raise StackError(f"{folder} belongs to another user")
        _closed_folder(folder / store, 0o700)
        return folder / store

    def secret_file(self, name):
        """A file with 32 random bytes as 64 hex digits, made at the first need."""
        path = self.folder("secrets") / name
        if not path.exists():
            write_private(path, secrets.token_hex(32))
        return path

    def secret(self, name):
        return self.secret_file(name).read_text()


def _port_base(name, chosen):
    """The first port of a stack; a choice by BORDERO_PORT_BASE holds until another is made."""
    own = PORT_BASES.get(name)
    if own is None:
        own = PORT_BASES_OTHERS[zlib.crc32(name.encode()) % len(PORT_BASES_OTHERS)]
    text = os.environ.get("BORDERO_PORT_BASE")
    if text is None:
        return int(chosen.read_text()) if chosen.exists() else own
    if not text.isdigit() or not 1024 <= int(text) <= 55000:
        raise StackError(f"BORDERO_PORT_BASE is a port from 1024 to 55000, not '{text}'")
    # The stacks of one clone move together and still do not meet.
    return int(text) + own - PORT_BASES["dev"]


def _closed_folder(path, mode):
    path.mkdir(mode=mode, exist_ok=True)
    if path.stat().st_mode & 0o777 != mode:
        path.chmod(mode)


def write_private(path, text):
    """Writes a file that nobody else may read, whole or not at all."""
    draft = path.with_name(path.name + ".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)


def no_right(error):
    return (
        f"{error.filename} may not be opened by user {pwd.getpwuid(os.getuid()).pw_name}; if "
        f"another user made {ROOT / '.run'}, work as that user, or remove it as that user"
    )


def clean_environment(**extra):
    """The environment of a child: without settings of the tools or of the application."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("BORDERO_")}
    return {**kept, "LC_ALL": "C.UTF-8", "PATH": kept.get("PATH", "") + ":/usr/sbin:/sbin", **extra}
