"""A whole stack: starts, stops and describes its stores."""

import fcntl
import json
import os
import shutil
import threading
from contextlib import contextmanager

from .certificates import OPERATOR, Certificates
from .layout import DURABLE, HOST, HTTP_PORT, ROOT, SERVICES, Layout, StackError, write_private
from .postgres import Postgres
from .process import private, require_free_port
from .rabbitmq import RabbitMq
from .redis import Redis
from .settings import environment_text
from .supervisor import Supervisor

STORES = ("pg-main", "pg-audit", "redis", "rabbitmq")
TEST_STORES = ("pg-main", "redis", "rabbitmq")
# What stays true of a store while it is stopped and started.
LASTING = ("name", "kind", "address", "database")


class Stack:
    def __init__(self, name):
        self.layout = Layout(name)
        self.throwaway = name not in DURABLE
        self._make_folders()
        self.supervisor = Supervisor(self.layout)

    def _make_folders(self):
        """What the stores need before they start; made again after destroy()."""
        self.layout.folder()
        self.certificates = Certificates(self.layout)
        common = (self.layout, self.certificates)
        self.stores = {
            "pg-main": Postgres(*common, "pg-main", self.throwaway),
            "pg-audit": Postgres(*common, "pg-audit", self.throwaway),
            "redis": Redis(*common, self.throwaway),
            "rabbitmq": RabbitMq(*common, self.throwaway),
        }

    def up(self, names=STORES):
        """Starts the stores that do not run as they should; says which those were."""
        self._make_folders()
        with self._locked():
            stores = [self.stores[name] for name in names]
            if self.certificates.ensure():
                self._reread_certificates()
            late = [store for store in stores if not _runs_as_specified(store)]
            for store in late:
                store.stop()
            for store in late:
                for port, what in store.ports.items():
                    require_free_port(port, what)
            _all_at_once(late, lambda store: store.start())
            self._describe()
            return [store.name for store in late]

    def renew(self):
        """Makes all certificates anew; whatever runs goes on and shows them from then on."""
        self._make_folders()
        with self._locked():
            made = self.certificates.renew()
            self._reread_certificates()
            return made

    def _reread_certificates(self):
        for store in self.stores.values():
            if store.process.pid is not None:
                store.reread_certificates()

    def down(self):
        with self._locked():
            running = [store for store in self.stores.values() if store.process.read()]
            _all_at_once(running, lambda store: store.stop())
            return [store.name for store in running]

    def hold(self):
        """Marks the stack as used until this process, or what it becomes, has ended."""
        descriptor = os.open(self.layout.path / ".users", os.O_RDWR | os.O_CREAT, 0o600)
        os.set_inheritable(descriptor, True)
        fcntl.flock(descriptor, fcntl.LOCK_SH)

    def down_if_unused(self):
        with open(self.layout.path / ".users", "w", opener=private) as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return []
            return self.down()

    def destroy(self):
        self.supervisor.stop()
        self.down()
        shutil.rmtree(self.layout.path)

    def info(self):
        return [
            {
                "name": store.name,
                "kind": store.kind,
                "address": f"{HOST}:{store.port}",
                "database": database,
                "pid": store.process.pid,
                **self.supervisor.history(store.process.record),
            }
            for store in self.stores.values()
            for database in (store.databases or [None])
        ]

    def test_addresses(self):
        """What C++ tests need: every right, without TLS so that they may cut in, and over it."""
        main, redis, rabbitmq = (self.stores[name] for name in ("pg-main", "redis", "rabbitmq"))
        main_tls = main.dsn("postgres", "pg-main.postgres", "postgres", tls=True)
        return {
            "BORDERO_TEST_PG": main.plain_superuser_dsn(),
            "BORDERO_TEST_REDIS": redis.plain_superuser_url(),
            "BORDERO_TEST_AMQP": rabbitmq.url("admin"),
            "BORDERO_TEST_TLS": str(self.certificates.folder),
            "BORDERO_TEST_PG_TLS": main_tls,
            "BORDERO_TEST_REDIS_TLS": redis.url("admin", tls=True),
            "BORDERO_TEST_REDIS_LOCAL": redis.url("admin"),
            "BORDERO_TEST_AMQP_TLS": rabbitmq.url("admin", tls=True),
        }

    def secrets(self):
        """What tests and tools of this clone need to enter the stores with every right."""
        return {
            "pg-main": self.stores["pg-main"].superuser_dsn(),
            "pg-audit": self.stores["pg-audit"].superuser_dsn(),
            "redis": self.stores["redis"].url("admin"),
            "rabbitmq": self.stores["rabbitmq"].url("admin"),
        }

    @property
    def base_url(self):
        return f"http://{HOST}:{self.layout.port(HTTP_PORT)}"

    def _describe(self):
        write_private(self.layout.path / "env", environment_text(self))
        write_private(self.layout.chosen_base, str(self.layout.port_base))
        description = {
            "name": self.layout.name,
            "base_url": self.base_url,
            "stores": [{key: store[key] for key in LASTING} for store in self.info()],
            "superuser": self.secrets(),
            "certificates": self.certificates.settings(OPERATOR),
            "environment": str(self.layout.path / "env"),
            "services": [service.name for service in SERVICES],
            "root": str(ROOT),
        }
        write_private(self.layout.path / "stack.json", json.dumps(description, indent=2) + "\n")

    @contextmanager
    def _locked(self):
        with open(self.layout.path / ".lock", "w", opener=private) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _runs_as_specified(store):
    return store.process.pid is not None and store.process.spec == store.spec() and store.ready()


def _all_at_once(stores, action):
    failures = []

    def run(store):
        try:
            action(store)
        except (StackError, OSError) as error:
            failures.append(str(error))

    threads = [threading.Thread(target=run, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise StackError("\n".join(failures))
