"""A private RabbitMQ node with a user for each service, limited to the service's own queues."""

import base64
import hashlib
import json
import re
import shutil
from pathlib import Path

from .layout import HOST, RABBITMQ_DIST_PORT, RABBITMQ_EPMD_PORT, RABBITMQ_PLAIN_PORT, ROOT
from .layout import SERVICES, StackError, clean_environment, write_private
from .process import Process, accepts, wait_until

# The wrapper in /usr/sbin wants to become user rabbitmq; the server itself does not care.
SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")

SETTINGS = """\
listeners.tcp.1 = {host}:{plain_port}
listeners.ssl.1 = {host}:{port}
ssl_options.cacertfile = {authority}
ssl_options.certfile = {certificate}
ssl_options.keyfile = {certificate}
ssl_options.versions.1 = tlsv1.3
ssl_options.verify = verify_peer
ssl_options.fail_if_no_peer_cert = true
load_definitions = {folder}/definitions.json
log.console = true
log.console.level = warning
log.file = false
consumer_timeout = 3600000
disk_free_limit.absolute = 200MB
raft.wal_max_size_bytes = {wal_bytes}
"""

# Quorum queues give back what was consumed only when the log they share is full (docs/one-host.md).
WAL_BYTES = 64_000_000

# Certificates that were replaced are shown after so many milliseconds.
ERLANG_ARGUMENTS = (
    "-kernel inet_dist_use_interface {127,0,0,1} -ssl ssl_pem_cache_clean 5000"
)

# A queue that the contract declares (proto/bordero/queues.proto).
QUEUE = re.compile(r"option \(bordero\.queue\) = \{(.*?)\};", re.DOTALL)

SUPERUSER = "admin"
# Each test claims one of these for itself (platform/testing).
TEST_VHOSTS = tuple(f"t{number}" for number in range(48))


class RabbitMq:
    name = "rabbitmq"
    kind = "rabbitmq"
    databases = ()

    def __init__(self, layout, certificates, throwaway):
        self.layout = layout
        self.port = layout.store_port(self.name)
        self.plain_port = layout.port(RABBITMQ_PLAIN_PORT)
        self.dist_port = layout.port(RABBITMQ_DIST_PORT)
        self.epmd_port = layout.port(RABBITMQ_EPMD_PORT)
        self.ports = {
            self.port: self.name,
            self.plain_port: "rabbitmq, without TLS",
            self.dist_port: "rabbitmq, between nodes",
            self.epmd_port: "rabbitmq, epmd",
        }
        self.folder = layout.folder(self.name)
        self.settings = SETTINGS.format(
            host=HOST, port=self.port, plain_port=self.plain_port, folder=self.folder,
            wal_bytes=WAL_BYTES,
            authority=certificates.authority, certificate=certificates.file(self.name),
        )
        self.test_vhosts = TEST_VHOSTS if throwaway else ()
        pids, logs = layout.folder("pids"), layout.folder("logs")
        self.process = Process(self.name, pids / self.name, logs / "rabbitmq.log")
        self.epmd = Process("epmd", pids / "epmd", logs / "epmd.log")

    def url(self, user, tls=False):
        """On loopback as it is, or over TLS from elsewhere."""
        scheme, port = ("amqps", self.port) if tls else ("amqp", self.plain_port)
        return f"{scheme}://{user}:{self.layout.secret(f'{user}.amqp')}@{HOST}:{port}/%2F"

    def spec(self):
        return hashlib.sha256((self.settings + self._definitions()).encode()).hexdigest()

    def start(self):
        if not SERVER.exists():
            raise StackError("RabbitMQ is not installed: run tools/install")
        write_private(self.folder / "rabbitmq.conf", self.settings)
        write_private(self.folder / "definitions.json", self._definitions())
        write_private(self.folder / "plugins", "[].\n")
        write_private(self.folder / "env.conf", "")
        environment = self._environment()
        if self.epmd.pid is None:
            epmd = [shutil.which("epmd"), "-address", HOST, "-port", str(self.epmd_port)]
            self.epmd.start(epmd, environment=environment)
            wait_until(lambda: accepts(self.epmd_port), 10)
        if self.layout.name == "test":
            # A queue that is deleted while it still recovers leaves the broker unable to serve
            # queues of that kind (3.10: rabbit_fifo_dlx_sup is gone), and no test needs old ones.
            shutil.rmtree(self.folder / "mnesia", ignore_errors=True)
        self.process.start([SERVER], self.spec(), environment, cwd=self.folder)
        wait_until(lambda: self.ready() or self.process.pid is None, 90, step_s=0.1)
        if self.process.pid is None or not self.ready():
            raise StackError(f"rabbitmq does not start:\n{self.process.last_lines()}")

    def ready(self):
        # The broker listens once everything else is done.
        return accepts(self.port) and accepts(self.plain_port)

    def reread_certificates(self):
        """It forgets what it read of them every few seconds (ssl_pem_cache_clean)."""

    def stop(self):
        stopped = self.process.stop()
        self.epmd.stop()
        return stopped

    def _environment(self):
        folder = str(self.folder)
        return clean_environment(
            HOME=folder,  # The cookie of this node alone lies there.
            RABBITMQ_NODENAME=f"bordero_{self.layout.name.replace('-', '_')}@localhost",
            RABBITMQ_MNESIA_BASE=f"{folder}/mnesia",
            RABBITMQ_LOG_BASE=str(self.layout.path / "logs"),
            RABBITMQ_CONFIG_FILE=f"{folder}/rabbitmq.conf",
            RABBITMQ_CONF_ENV_FILE=f"{folder}/env.conf",
            RABBITMQ_ENABLED_PLUGINS_FILE=f"{folder}/plugins",
            RABBITMQ_GENERATED_CONFIG_DIR=f"{folder}/config",
            RABBITMQ_DIST_PORT=str(self.dist_port),
            RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=ERLANG_ARGUMENTS,
            ERL_EPMD_PORT=str(self.epmd_port),
            ERL_EPMD_ADDRESS=HOST,
            # Without a shell in between, the process that we know is the broker itself.
            RUNNING_UNDER_SYSTEMD="true",
        )

    def _definitions(self):
        names = [SUPERUSER, *(service.name for service in SERVICES)]
        return json.dumps({
            "rabbit_version": "3.10.8",
            "vhosts": [{"name": name} for name in ("/", *self.test_vhosts)],
            "users": [self._user(name) for name in names],
            "permissions": [
                *(_permission(name, "/") for name in names),
                *(_permission(SUPERUSER, vhost) for vhost in self.test_vhosts),
            ],
            "topic_permissions": [_topics(service.name) for service in SERVICES],
        })

    def _user(self, name):
        password = self.layout.secret(f"{name}.amqp").encode()
        # The salt is fixed, so that the same definitions give the same text at every start.
        salt = hashlib.sha256(name.encode()).digest()[:4]
        digest = hashlib.sha256(salt + password).digest()
        return {
            "name": name,
            "password_hash": base64.b64encode(salt + digest).decode(),
            "hashing_algorithm": "rabbit_password_hashing_sha256",
            "tags": "administrator" if name == SUPERUSER else "",
        }


def senders():
    """Who may put something into which further queue: the contract says so."""
    found = {}
    for proto in sorted((ROOT / "proto").rglob("*.proto")):
        for body in QUEUE.findall(proto.read_text(encoding="utf-8")):
            queue = re.search(r'name: "([^"]+)"', body).group(1)
            lists = re.findall(r'senders: (\[[^]]*\]|"[^"]+")', body)
            found[queue] = re.findall(r'"([^"]+)"', " ".join(lists))
    return found


def _permission(name, vhost):
    """Its own, what happens to all, and the exchanges in front of queues that it sends to."""
    if name == SUPERUSER:
        return {"user": name, "vhost": vhost, "configure": ".*", "write": ".*", "read": ".*"}
    own = rf"{name}\..*|bordero\.events"
    inlets = [rf"|{re.escape(queue)}\.in" for queue, names in senders().items() if name in names]
    sent = f"^({own}{''.join(inlets)})$"
    return {"user": name, "vhost": vhost, "configure": sent, "write": sent, "read": f"^({own})$"}


def _topics(name):
    """A service tells what happened to it, and hears what happened to all."""
    return {"user": name, "vhost": "/", "exchange": "bordero.events",
            "write": rf"^{name}\..*$", "read": ".*"}
