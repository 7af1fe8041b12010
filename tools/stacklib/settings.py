"""The settings that a stack gives to the application."""

import shlex

from .layout import ADMIN_PORTS, HOST, HTTP_PORT, ROOT, RPC_PORTS, SERVICES, SPARE_ADMIN_PORTS

# A restart by hand waits for nobody; in production a load balancer needs the pause.
SHUTDOWN_PAUSE_MS = "100"
DOORS = ("telegram", "drive")


def admin_address(layout, process, spare=False):
    """Where a process answers /metrics and /readyz; `all` stands in for the first service."""
    names = [service.name for service in SERVICES]
    index = 0 if process == "all" else names.index(process)
    return f"{HOST}:{layout.port((SPARE_ADMIN_PORTS if spare else ADMIN_PORTS) + index)}"


def rpc_address(layout, service):
    return f"{HOST}:{layout.port(RPC_PORTS + SERVICES.index(service))}"


def environment(stack, tls=False):
    """For processes on this machine through its sockets, or for those that are apart, over TLS."""
    layout = stack.layout
    make_door_secrets(layout)
    values = {
        "BORDERO_ADMIN_ADDRESS": admin_address(layout, "all"),
        "BORDERO_SHUTDOWN_PAUSE_MS": SHUTDOWN_PAUSE_MS,
        "BORDERO_GATEWAY_HTTP_ADDRESS": f"{HOST}:{layout.port(HTTP_PORT)}",
        "BORDERO_GATEWAY_PUBLIC_URL": stack.base_url,
        "BORDERO_GATEWAY_WEB_ROOT": str(ROOT / "web" / "dist"),
        "BORDERO_GATEWAY_DOOR_SECRETS": str(layout.folder("secrets", "doors")),
        "BORDERO_AUTH_PUBLIC_URL": stack.base_url,
    }
    for service in SERVICES:
        values.update(_service_settings(stack, service, tls))
    return values


def _service_settings(stack, service, tls):
    name = service.name
    values = {"AMQP_URL": stack.stores["rabbitmq"].url(name, tls)}
    if service.redis:
        values["REDIS_URL"] = stack.stores["redis"].url(name, tls)
    if service.instance:
        postgres = stack.stores[service.instance]
        values["PG_DSN"] = postgres.dsn(name, f"{name}.pg", name, tls)
        values["PG_MIGRATE_DSN"] = postgres.dsn(f"{name}_owner", f"{name}.pg_owner", name, tls)
    if service.rpc:
        values["RPC_ADDRESS"] = rpc_address(stack.layout, service)
    for key in service.keys:
        values[key] = str(stack.layout.secret_file(f"{name}.{key.lower()}"))
    return {f"BORDERO_{name.upper()}_{key}": value for key, value in values.items()}


def make_door_secrets(layout):
    """What senders from outside prove themselves by; their services read the same files."""
    layout.folder("secrets", "doors")
    for door in DOORS:
        layout.secret_file(f"doors/{door}")


def environment_text(stack):
    lines = (f"{key}={shlex.quote(value)}" for key, value in sorted(environment(stack).items()))
    return "\n".join(lines) + "\n"
