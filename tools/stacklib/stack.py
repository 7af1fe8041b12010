"""A whole stack: starts, stops and describes its stores."""

import fcntl
import json
import os
import shutil
import threading
from contextlib import contextmanager

from .layout import DURABLE, HOST, HTTP_PORT, ROOT, SERVICES, Layout, StackError, write_private
from .postgres import Postgres
from .process import require_free_port
from .rabbitmq import RabbitMq
from .redis import Redis
from .settings import environment_text

STORES = ("pg-main", "pg-audit", "redis", "rabbitmq")
TEST_STORES = ("pg-main", "redis", "rabbitmq")


class Stack:
    def __init__(self, name):
        self.layout = Layout(name)
        self.throwaway = name not in DURABLE
        self._make_folders()

    def _make_folders(self):
        """What the stores need before they start; made again after destroy()."""
        self.layout.folder()
        self.stores = {
            "pg-main": Postgres(self.layout, "pg-main", self.throwaway),
            "pg-audit": Postgres(self.layout, "pg-audit", self.throwaway),
            "redis": Redis(self.layout, self.throwaway),
            "rabbitmq": RabbitMq(self.layout, self.throwaway),
        }

    def up(self, names=STORES):
        """Starts the stores that do not run as they should; says which those were."""
        self._make_folders()
        with self._locked():
            stores = [self.stores[name] for name in names]
            late = [store for store in stores if not _runs_as_specified(store)]
            for store in late:
                store.stop()
            for store in late:
                for port, what in store.ports.items():
                    require_free_port(port, what)
            _all_at_once(late, lambda store: store.start())
            self._describe()
            return [store.name for store in late]

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
        with open(self.layout.path / ".users", "w", encoding="utf-8") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return []
            return self.down()

    def destroy(self):
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
            }
            for store in self.stores.values()
            for database in (store.databases or [None])
        ]

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
            "stores": [{k: v for k, v in store.items() if k != "pid"} for store in self.info()],
            "superuser": self.secrets(),
            "environment": str(self.layout.path / "env"),
            "services": [service.name for service in SERVICES],
            "root": str(ROOT),
        }
        write_private(self.layout.path / "stack.json", json.dumps(description, indent=2) + "\n")

    @contextmanager
    def _locked(self):
        with open(self.layout.path / ".lock", "w", encoding="utf-8") as lock:
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
