"""A private PostgreSQL 15 instance with a database and two roles for each of its services."""

import hashlib
import os
import shutil
import signal
import subprocess
from pathlib import Path
from urllib.parse import quote

from .layout import HOST, SERVICES, StackError, clean_environment, write_private
from .process import Process, wait_until

BIN = Path("/usr/lib/postgresql/15/bin")

SETTINGS = """\
listen_addresses = '{host}'
port = {port}
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
ssl = on
ssl_cert_file = 'server.pem'
ssl_key_file = 'server.pem'
ssl_ca_file = 'authority.pem'
ssl_min_protocol_version = 'TLSv1.3'
max_connections = 300
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 8MB
maintenance_work_mem = 256MB
max_wal_size = 2GB
# There is no standby, so what is loaded into new files need not be written twice.
wal_level = minimal
max_wal_senders = 0
jit = off
password_encryption = scram-sha-256
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %q%u@%d xid=%x '
log_lock_waits = on
log_temp_files = 10MB
# Statements are logged without their values: those are people's data.
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_error_verbosity = terse
"""

# Audit's records are never changed, so anything that holds a transaction open there is a fault.
AUDIT_SETTINGS = """\
log_min_duration_statement = 1000
log_autovacuum_min_duration = 1000
idle_in_transaction_session_timeout = 60s
"""

# Tests lose nothing when the machine does; a killed process still loses nothing.
THROWAWAY_SETTINGS = """\
fsync = off
full_page_writes = off
"""

# Through the socket whoever has the password; from elsewhere a service with its certificate as well
# as its password. An owner's password goes with any certificate of ours: migrations are a command.
ACCESS = "local all all scram-sha-256\n"
SERVICE_ACCESS = """\
hostssl {name} {name} 127.0.0.1/32 scram-sha-256 clientcert=verify-full
hostssl {name} {name}_owner 127.0.0.1/32 scram-sha-256 clientcert=verify-ca
"""
PLAIN_ACCESS = "host all all 127.0.0.1/32 scram-sha-256\n"

ROLES = """\
SET log_min_duration_statement = -1;
SET log_min_error_statement = panic;
SELECT format('CREATE ROLE %I', role) FROM unnest(ARRAY['{name}_owner', '{name}']) AS role
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) \\gexec
ALTER ROLE {name}_owner LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB PASSWORD '{owner_password}';
ALTER ROLE {name} LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB PASSWORD '{password}';
SELECT 'CREATE DATABASE {name} OWNER {name}_owner'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{name}') \\gexec
REVOKE ALL ON DATABASE {name} FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE {name} TO {name};
"""

PRIVILEGES = """\
\\connect {name}
GRANT USAGE ON SCHEMA public TO {name};
ALTER DEFAULT PRIVILEGES FOR ROLE {name}_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {name};
ALTER DEFAULT PRIVILEGES FOR ROLE {name}_owner IN SCHEMA public
  GRANT USAGE ON SEQUENCES TO {name};
"""

# Nobody has anything to do in the databases that come with an instance.
CLOSED = "REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;\n"

# Audit samples long transactions of its instance, its own owner's included.
SAMPLING = "GRANT pg_read_all_stats TO audit;\n"


class Postgres:
    kind = "postgresql"

    def __init__(self, layout, certificates, name, throwaway):
        self.layout = layout
        self.certificates = certificates
        self.sockets = layout.socket_folder(name)
        self.name = name
        self.port = layout.store_port(name)
        self.ports = {self.port: name}
        self.data = layout.path / name
        self.services = [service for service in SERVICES if service.instance == name]
        self.databases = [service.name for service in self.services]
        self.settings = SETTINGS.format(host=HOST, port=self.port, sockets=self.sockets)
        self.access = ACCESS
        for service in self.services:
            self.access += SERVICE_ACCESS.format(name=service.name)
        if layout.plain:
            self.access += PLAIN_ACCESS
        if "audit" in self.databases:
            self.settings += AUDIT_SETTINGS
        self.throwaway = throwaway
        if throwaway:
            self.settings += THROWAWAY_SETTINGS
        self.process = Process(
            name, layout.folder("pids") / name, layout.folder("logs") / f"{name}.log"
        )

    def dsn(self, user, secret, database, tls=False):
        """Through the socket, or over TLS from elsewhere."""
        host = HOST if tls else quote(str(self.sockets), safe="")
        tail = "?sslmode=verify-full" if tls else ""
        password = self.layout.secret(secret)
        return f"postgresql://{user}:{password}@{host}:{self.port}/{database}{tail}"

    def superuser_dsn(self):
        return self.dsn("postgres", f"{self.name}.postgres", "postgres")

    def client(self, database="postgres", user="postgres", secret=None):
        """The environment of psql and its like: whoever lists processes sees command lines."""
        return clean_environment(
            PGHOST=str(self.sockets), PGPORT=str(self.port), PGUSER=user, PGDATABASE=database,
            PGPASSWORD=self.layout.secret(secret or f"{self.name}.postgres"),
        )

    def plain_superuser_dsn(self):
        password = self.layout.secret(f"{self.name}.postgres")
        return f"postgresql://postgres:{password}@{HOST}:{self.port}/postgres?sslmode=disable"

    def spec(self):
        parts = self.settings + self.access + self._provisioning()
        return hashlib.sha256(parts.encode()).hexdigest()

    def start(self):
        self._create_folder()
        prefix = self._as_server_user()
        if not (self.data / "PG_VERSION").exists():
            self._initialise(prefix)
        _write_as_server_user(self.data / "postgresql.conf", self.settings)
        _write_as_server_user(self.data / "pg_hba.conf", self.access)
        self._copy_certificates()
        self._forget_dead_postmaster()
        command = [*prefix, str(BIN / "postgres"), "-D", str(self.data)]
        # After a crash the old instance's children may hold its memory for a moment.
        for _ in range(20):
            self.process.start(command, self.spec(), cwd="/")
            if wait_until(lambda: self.ready() or self.process.pid is None, 60):
                if self.process.pid is not None:
                    self._provision()
                    return
            if "pre-existing shared memory block" not in self.process.last_lines():
                break
            wait_until(lambda: False, 0.25)
        raise StackError(f"{self.name} does not start:\n{self.process.last_lines()}")

    def ready(self):
        command = [BIN / "pg_isready", "-q", "-h", self.sockets, "-p", str(self.port), "-t", "2"]
        return subprocess.run(command, check=False, env=clean_environment()).returncode == 0

    def reread_certificates(self):
        self._copy_certificates()
        self.process.tell(signal.SIGHUP)

    def _copy_certificates(self):
        """Its own copies, since the server may be another user."""
        for name, source in (("authority.pem", self.certificates.authority),
                             ("server.pem", self.certificates.file(self.name))):
            _write_as_server_user(self.data / name, source.read_text())

    def stop(self):
        # SIGINT is the fast shutdown: sessions are ended, data are safe.
        return self.process.stop(signal.SIGINT)

    def _create_folder(self):
        if not (BIN / "postgres").exists():
            raise StackError("PostgreSQL 15 is not installed: run tools/install")
        self.layout.folder(self.name)
        if os.getuid() == 0:
            shutil.chown(self.data, "postgres", "postgres")
            shutil.chown(self.sockets, "postgres", "postgres")

    def _as_server_user(self):
        """PostgreSQL refuses to run as root; other users run it as themselves."""
        if os.getuid() != 0:
            return []
        become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        # A clone under a closed folder such as /root is reached with one capability and no other.
        capabilities = ("dac_read_search", "dac_override")
        for prefix in (become, *(become + _with_capability(name) for name in capabilities)):
            # `test -x` would not do: it disregards capabilities.
            probe = subprocess.run(
                [*prefix, "env", "-C", self.data, "true"], check=False, stderr=subprocess.DEVNULL
            )
            if probe.returncode == 0:
                return prefix
        raise StackError(
            f"user postgres cannot reach {self.data}: put the clone in a folder that others may "
            "enter (chmod o+x on each folder above it), or run as a normal user"
        )

    def _initialise(self, prefix):
        password_file = self.layout.path / f".{self.name}.password"
        _write_as_server_user(password_file, self.layout.secret(f"{self.name}.postgres"))
        command = [*prefix, BIN / "initdb", "-D", self.data, "-U", "postgres", "--data-checksums"]
        command += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"]
        command += ["--auth=scram-sha-256", f"--pwfile={password_file}"]
        if self.throwaway:
            command.append("--no-sync")
        try:
            done = subprocess.run(
                command, check=False, capture_output=True, text=True, cwd="/",
                env=clean_environment(),
            )
        finally:
            password_file.unlink()
        if done.returncode != 0:
            raise StackError(f"{self.name} cannot be created:\n{done.stderr}")

    def _forget_dead_postmaster(self):
        """A number in postmaster.pid may by now belong to somebody else."""
        lock = self.data / "postmaster.pid"
        try:
            pid = lock.read_text().splitlines()[0]
            if os.readlink(f"/proc/{pid}/cwd") == str(self.data):
                raise StackError(
                    f"{self.name} is already run by process {pid}, which this tool did not start; "
                    f"stop it: kill -INT {pid}"
                )
        except FileNotFoundError:
            pass
        lock.unlink(missing_ok=True)

    def _provisioning(self):
        sql = CLOSED
        for service in self.services:
            sql += ROLES.format(
                name=service.name,
                owner_password=self.layout.secret(f"{service.name}.pg_owner"),
                password=self.layout.secret(f"{service.name}.pg"),
            )
        if "audit" in self.databases:
            sql += SAMPLING
        return sql + "".join(PRIVILEGES.format(name=name) for name in self.databases)

    def _provision(self):
        done = subprocess.run(
            ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1"], input=self._provisioning(), check=False,
            capture_output=True, text=True, env=self.client(),
        )
        if done.returncode != 0:
            raise StackError(f"{self.name} cannot be prepared:\n{done.stderr}")


def _with_capability(name):
    return [f"--{which}=-all,+{name}" for which in ("inh-caps", "ambient-caps", "bounding-set")]


def _write_as_server_user(path, text):
    write_private(path, text)
    if os.getuid() == 0:
        shutil.chown(path, "postgres", "postgres")
