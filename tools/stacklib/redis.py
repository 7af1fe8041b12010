"""A private Redis with a user for each service, limited to the service's own keys."""

import hashlib
import shutil
import socket
from urllib.parse import quote

from .layout import HOST, REDIS_PLAIN_PORT, SERVICES, StackError, write_private
from .process import Process, wait_until

SETTINGS = """\
bind {host}
port {plain_port}
tls-port {port}
tls-cert-file "{certificate}"
tls-key-file "{certificate}"
tls-ca-cert-file "{authority}"
tls-auth-clients yes
tls-protocols "TLSv1.3"
unixsocket "{socket}"
unixsocketperm 700
dir {folder}
aclfile {folder}/users.acl
daemonize no
appendonly yes
appendfsync {fsync}
save ""
maxclients 2000
"""

# What each service does, and with which keys: nothing else is let through. A script's keys count as
# read and written. Sessions are confirmed by Gateway and ended by Auth, which raises epochs; the
# versions of rights are raised by CRM, which notes who just left a deal for those that keep a copy
# of deals.
RIGHTS = {
    "gateway": "%RW~session:* %R~epoch:* %R~acl:* +get +set +eval",
    "auth": "%RW~auth:* %RW~session:* %RW~epoch:* %R~acl:* "
            "+get +set +eval +incr +expire +pttl +del",
    "crm": "%RW~acl:* %RW~left:* +incr +sadd +srem +expire +smembers",
    "payments": "%R~left:* +smembers",
    "tasks": "%R~left:* +smembers",
    "notifications": "%R~left:* +smembers",
}
# How a connection begins, and how its health is asked.
GREETING = "+select +info +ping"
SUPERUSER = "admin"


class Redis:
    name = "redis"
    kind = "redis"
    databases = ()

    def __init__(self, layout, certificates, throwaway):
        self.layout = layout
        self.port = layout.store_port(self.name)
        self.plain_port = layout.port(REDIS_PLAIN_PORT) if layout.plain else 0
        self.ports = {self.port: self.name}
        if self.plain_port:
            self.ports[self.plain_port] = "redis, without TLS"
        self.folder = layout.folder(self.name)
        self.socket = layout.socket_folder(self.name) / "redis.sock"
        self.certificate = certificates.file(self.name)
        self.settings = SETTINGS.format(
            host=HOST, port=self.port, plain_port=self.plain_port, socket=self.socket,
            certificate=self.certificate, authority=certificates.authority,
            folder=f'"{self.folder}"', fsync="no" if throwaway else "everysec",
        ).replace('"/users.acl', '/users.acl"')
        self.process = Process(
            self.name, layout.folder("pids") / self.name, layout.folder("logs") / "redis.log"
        )

    def url(self, user, tls=False):
        """Through the socket, or over TLS from elsewhere."""
        scheme = "rediss" if tls else "redis+unix"
        place = f"{HOST}:{self.port}" if tls else quote(str(self.socket), safe="")
        return f"{scheme}://{user}:{self.layout.secret(f'{user}.redis')}@{place}/0"

    def plain_superuser_url(self):
        password = self.layout.secret(f"{SUPERUSER}.redis")
        return f"redis://{SUPERUSER}:{password}@{HOST}:{self.plain_port}/0"

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
            return self._say("PING") == b"+OK\r\n+PONG\r\n"
        except OSError:
            return False

    def reread_certificates(self):
        # Set to what it is, the file is read again.
        self._say(f'CONFIG SET tls-cert-file "{self.certificate}"')

    def _say(self, command):
        """What the server says to the superuser's password and one command with a short answer."""
        with socket.socket(socket.AF_UNIX) as link:
            link.settimeout(2)
            link.connect(str(self.socket))
            password = self.layout.secret(f"{SUPERUSER}.redis")
            link.sendall(f"AUTH {SUPERUSER} {password}\r\n{command}\r\n".encode())
            answer = b""
            while answer.count(b"\r\n") < 2:
                more = link.recv(256)
                if not more:
                    break
                answer += more
            return answer

    def stop(self):
        return self.process.stop()

    def _users(self):
        lines = ["user default off", self._user(SUPERUSER, "~* &* +@all")]
        for service in SERVICES:
            if not service.redis:
                continue
            lines.append(self._user(service.name, f"{RIGHTS[service.name]} {GREETING}"))
        return "\n".join(lines) + "\n"

    def _user(self, name, rights):
        digest = hashlib.sha256(self.layout.secret(f"{name}.redis").encode()).hexdigest()
        return f"user {name} on #{digest} resetchannels {rights}"
