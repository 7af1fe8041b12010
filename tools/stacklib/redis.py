"""A private Redis with a user for each service, limited to the service's own keys."""

import hashlib
import shutil
import socket

from .layout import HOST, SERVICES, StackError, write_private
from .process import Process, wait_until

SETTINGS = """\
bind {host}
port {port}
dir {folder}
aclfile {folder}/users.acl
daemonize no
appendonly yes
appendfsync {fsync}
save ""
maxclients 2000
"""

# Sessions, their epochs, rights and rates are read by Gateway and written by Auth; the versions of
# rights are raised by CRM, which notes who just left a deal for those that keep a copy of deals.
SHARED_KEYS = {
    "gateway": ("session", "epoch", "acl", "rate"),
    "auth": ("session", "epoch", "acl", "rate"),
    "crm": ("acl", "left"),
    "payments": ("left",),
    "tasks": ("left",),
    "notifications": ("left",),
}
SUPERUSER = "admin"


class Redis:
    name = "redis"
    kind = "redis"
    databases = ()

    def __init__(self, layout, throwaway):
        self.layout = layout
        self.port = layout.store_port(self.name)
        self.ports = {self.port: self.name}
        self.folder = layout.folder(self.name)
        self.settings = SETTINGS.format(
            host=HOST, port=self.port, folder=f'"{self.folder}"',
            fsync="no" if throwaway else "everysec",
        ).replace('"/users.acl', '/users.acl"')
        self.process = Process(
            self.name, layout.folder("pids") / self.name, layout.folder("logs") / "redis.log"
        )

    def url(self, user):
        return f"redis://{user}:{self.layout.secret(f'{user}.redis')}@{HOST}:{self.port}/0"

    def spec(self):
        return hashlib.sha256((self.settings + self._users()).encode()).hexdigest()

    def start(self):
        if shutil.which("redis-server") is None:
            raise StackError("Redis is not installed: run tools/install")
        write_private(self.folder / "redis.conf", self.settings)
        write_private(self.folder / "users.acl", self._users())
        self.process.start(["redis-server", self.folder / "redis.conf"], self.spec())
        wait_until(lambda: self.ready() or self.process.pid is None, 60)
        if self.process.pid is None or not self.ready():
            raise StackError(f"redis does not start:\n{self.process.last_lines()}")

    def ready(self):
        try:
            with socket.create_connection((HOST, self.port), timeout=2) as link:
                password = self.layout.secret(f"{SUPERUSER}.redis")
                link.sendall(f"AUTH {SUPERUSER} {password}\r\nPING\r\n".encode())
                answer = b""
                while answer.count(b"\r\n") < 2:
                    more = link.recv(256)
                    if not more:
                        return False
                    answer += more
                return answer == b"+OK\r\n+PONG\r\n"
        except OSError:
            return False

    def stop(self):
        return self.process.stop()

    def _users(self):
        lines = ["user default off", self._user(SUPERUSER, "~* &* +@all")]
        for service in SERVICES:
            if not service.redis:
                continue
            names = (service.name, *SHARED_KEYS.get(service.name, ()))
            keys = " ".join(f"~{name}:* &{name}:*" for name in names)
            lines.append(self._user(service.name, f"{keys} +@all -@admin -@dangerous +info"))
        return "\n".join(lines) + "\n"

    def _user(self, name, rights):
        digest = hashlib.sha256(self.layout.secret(f"{name}.redis").encode()).hexdigest()
        return f"user {name} on #{digest} resetchannels {rights}"
