"""The credentials of each service on the stores, used beyond its job: all of it is refused."""

import os
import socket
import ssl
import subprocess
import unittest

import amqp
import harness

from stacklib import rabbitmq
from stacklib.layout import HOST, SERVICES, clean_environment

NAMES = [service.name for service in SERVICES]


def setUpModule():
    global place, stores, certificates, secret
    place = harness.installation
    stores = place.stack.stores
    certificates = place.stack.certificates
    secret = place.stack.layout.secret


def other_than(name):
    return next(other for other in NAMES if other not in (name, "gateway"))


class Database(unittest.TestCase):
    def sql(self, role, statement, service=None, database=None, who=None, **changed):
        """What psql says over TLS with the password of `role` and the certificate of `who`."""
        service = service or next(s for s in SERVICES if s.name == role)
        store = stores[service.instance]
        password = f"{service.name}.pg" + ("_owner" if role.endswith("_owner") else "")
        certificate = str(certificates.file(who or service.name))
        environment = clean_environment(
            PGPASSWORD=secret(password), PGSSLROOTCERT=str(certificates.authority),
            PGSSLCERT=certificate, PGSSLKEY=certificate, PGSSLMODE="verify-full",
            PGCONNECT_TIMEOUT="10",
        )
        environment.update(changed)
        command = ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", HOST, "-p", str(store.port),
                   "-U", role, "-d", database or service.name, "-c", statement]
        done = subprocess.run(command, check=False, capture_output=True, text=True,
                              env=environment)
        return done.stdout.strip() if done.returncode == 0 else done.stderr

    def databases(self):
        return [service for service in SERVICES if service.instance]

    def test_its_own_rows_over_tls(self):
        for service in self.databases():
            with self.subTest(service=service.name):
                version = "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
                self.assertEqual(self.sql(service.name, version), "TLSv1.3")

    def test_no_other_database(self):
        for service in self.databases():
            for other in ("postgres", "template1", *(s.name for s in self.databases())):
                if other == service.name:
                    continue
                with self.subTest(service=service.name, database=other):
                    said = self.sql(service.name, "SELECT 1", database=other)
                    self.assertRegex(said, "permission denied|no pg_hba.conf entry|does not exist")

    def test_no_change_of_the_schema(self):
        for service in self.databases():
            table = self.sql(service.name, "SELECT min(tablename) FROM pg_tables "
                             "WHERE schemaname = 'public' AND tablename <> 'schema_migrations'")
            for statement in ("CREATE TABLE mine (id int)", f"DROP TABLE {table}",
                              f"ALTER TABLE {table} ADD COLUMN mine int", f"TRUNCATE {table}",
                              f"CREATE TRIGGER mine BEFORE INSERT ON {table} EXECUTE FUNCTION "
                              "suppress_redundant_updates_trigger()", "CREATE SCHEMA mine",
                              "CREATE ROLE mine", "SET ROLE postgres",
                              f"SET ROLE {service.name}_owner", "COPY (SELECT 1) TO '/tmp/mine'",
                              "SELECT pg_read_file('/etc/passwd')"):
                with self.subTest(service=service.name, statement=statement):
                    self.assertRegex(self.sql(service.name, statement),
                                     "permission denied|must be owner|must be superuser")

    def test_a_password_is_no_use_without_its_certificate(self):
        for service in self.databases():
            refused = "authentication failed|no pg_hba.conf entry|certificate"
            with self.subTest(service=service.name, who="another's certificate"):
                said = self.sql(service.name, "SELECT 1", who=other_than(service.name))
                self.assertRegex(said, refused)
            with self.subTest(service=service.name, who="no certificate"):
                said = self.sql(service.name, "SELECT 1", PGSSLCERT="/nowhere",
                                PGSSLKEY="/nowhere")
                self.assertRegex(said, refused)
            with self.subTest(service=service.name, who="no TLS"):
                said = self.sql(service.name, "SELECT 1", PGSSLMODE="disable")
                self.assertRegex(said, "no pg_hba.conf entry")


# Beyond the job of everybody.
NOBODYS = (
    ("FLUSHALL",), ("FLUSHDB",), ("KEYS", "*"), ("SCAN", "0"), ("CONFIG", "GET", "requirepass"),
    ("CONFIG", "SET", "maxmemory", "1"), ("ACL", "LIST"), ("ACL", "WHOAMI"), ("MONITOR",),
    ("CLIENT", "LIST"), ("SHUTDOWN",), ("REPLICAOF", "NO", "ONE"),
    ("SUBSCRIBE", "mine"), ("PUBLISH", "mine", "1"), ("RENAME", "session:x", "session:y"),
    ("MIGRATE", "h", "1", "k", "0", "1"), ("FUNCTION", "LIST"), ("SCRIPT", "FLUSH"),
    ("GET", "anything"), ("SET", "anything", "1"), ("DEL", "anything"),
)
# Beyond the job of one: its own commands with others' keys.
OTHERS = {
    "gateway": [("SET", "epoch:x", "9"), ("SET", "acl:x", "9"), ("GET", "left:x"),
                ("GET", "auth:failures:x"), ("DEL", "session:x"),
                ("EVAL", "return redis.call('SET', KEYS[1], '9')", "1", "epoch:x")],
    "auth": [("SET", "acl:x", "9"), ("GET", "left:x"), ("INCR", "acl:x")],
    "crm": [("SADD", "session:x", "y"), ("INCR", "epoch:x"), ("GET", "session:x"),
            ("SET", "acl:x", "9")],
    "payments": [("SADD", "left:x", "y"), ("GET", "session:x"), ("SMEMBERS", "acl:x")],
    "tasks": [("SREM", "left:x", "y"), ("GET", "session:x"), ("INCR", "acl:x")],
    "notifications": [("EXPIRE", "left:x", "1"), ("GET", "session:x"), ("SMEMBERS", "acl:x")],
}


class Cache(unittest.TestCase):
    def services(self):
        return [service.name for service in SERVICES if service.redis]

    def say(self, name, *words, who=None):
        context = amqp.context_of(certificates, who or name)
        raw = socket.create_connection((HOST, stores["redis"].port), timeout=10)
        with context.wrap_socket(raw, server_hostname=HOST) as link:
            for command in (("AUTH", name, secret(f"{name}.redis")), words):
                parts = [f"${len(word.encode())}\r\n{word}\r\n" for word in command]
                link.sendall(f"*{len(command)}\r\n{''.join(parts)}".encode())
                answer = link.recv(4096).decode(errors="replace")
            return answer

    def test_its_own_keys(self):
        self.assertRegex(self.say("gateway", "GET", "session:x"), r"^\$")
        self.assertRegex(self.say("auth", "INCR", "auth:failures:x"), r"^:")
        self.assertRegex(self.say("tasks", "SMEMBERS", "left:x"), r"^\*0")

    def test_nobody_rules_the_store_or_looks_around(self):
        for name in self.services():
            for words in NOBODYS:
                with self.subTest(service=name, words=words):
                    self.assertTrue(self.say(name, *words).startswith("-NOPERM"))

    def test_nobody_touches_others_keys(self):
        self.assertEqual(sorted(OTHERS), sorted(self.services()))
        for name, attempts in OTHERS.items():
            for words in attempts:
                with self.subTest(service=name, words=words):
                    self.assertTrue(self.say(name, *words).startswith("-NOPERM"))

    def test_without_a_certificate_nobody_is_heard(self):
        context = ssl.create_default_context(cafile=certificates.authority)
        raw = socket.create_connection((HOST, stores["redis"].port), timeout=10)
        with self.assertRaises(OSError):
            with context.wrap_socket(raw, server_hostname=HOST) as link:
                link.sendall(b"PING\r\n")
                if not link.recv(64):
                    raise OSError("hung up")


class Broker(unittest.TestCase):
    def as_service(self, name):
        return amqp.Connection(HOST, stores["rabbitmq"].port, name, secret(f"{name}.amqp"),
                               amqp.context_of(certificates, name))

    def refused(self, name, attempt, *arguments):
        with self.subTest(service=name, attempt=attempt, arguments=arguments):
            with self.as_service(name) as connection:
                with self.assertRaises(amqp.Refused) as caught:
                    getattr(connection, attempt)(*arguments)
                self.assertEqual(caught.exception.code, 403)

    def test_its_own_queue(self):
        with self.as_service("tasks") as connection:
            connection.declare_queue("tasks.tried")
            connection.publish("bordero.events", "tasks.thing.tried")
            connection.delete_queue("tasks.tried")

    def test_others_queues_are_closed(self):
        for name in NAMES:
            other = other_than(name)
            for attempt in ("get", "purge_queue", "delete_queue", "declare_queue"):
                for queue in (f"{other}.events", f"{other}.dead", f"{other}.commands"):
                    self.refused(name, attempt, queue)
            self.refused(name, "bind", f"{other}.events", "bordero.events", "#")
            self.refused(name, "declare_exchange", f"{other}.commands.in")
            self.refused(name, "delete_exchange", f"{other}.replay")

    def test_nobody_speaks_for_another(self):
        for name in NAMES:
            other = other_than(name)
            self.refused(name, "publish", "bordero.events", f"{other}.deal.created")
            self.refused(name, "publish", f"{other}.replay", "")
            self.refused(name, "publish", f"{other}.dead", "")

    def test_nobody_gives_orders_to_a_queue_that_is_not_its_own(self):
        for name in NAMES:
            for other in NAMES:
                self.refused(name, "publish", "", f"{other}.commands")
                if other != name and name not in rabbitmq.senders().get(f"{other}.commands", ()):
                    self.refused(name, "publish", f"{other}.commands.in", "")

    def test_without_a_certificate_nobody_is_heard(self):
        context = ssl.create_default_context(cafile=certificates.authority)
        with self.assertRaises((OSError, amqp.Refused)):
            amqp.Connection(HOST, stores["rabbitmq"].port, "crm", secret("crm.amqp"), context)


class Files(unittest.TestCase):
    def test_nobody_else_reads_what_stores_and_services_keep(self):
        root = place.stack.layout.path
        for folder, _, files in os.walk(root):
            inside = folder != str(root) and os.stat(folder).st_mode & 0o077 == 0
            if inside or folder == str(root / "sockets"):
                continue
            for name in files:
                path = os.path.join(folder, name)
                self.assertEqual(os.stat(path).st_mode & 0o077, 0, path)


if __name__ == "__main__":
    unittest.main()
