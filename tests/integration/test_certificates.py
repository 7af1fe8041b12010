"""Services in processes of their own: who they are to each other, and certificates that change."""

import socket
import ssl
import unittest

import amqp
import harness

from stacklib import settings
from stacklib.layout import HOST, SERVICES


def setUpModule():
    global place, stack
    place = harness.installation
    stack = place.stack
    if place.mode != "services":
        raise unittest.SkipTest("one process of all has nobody to prove itself to")


def rpc_ports():
    for service in SERVICES:
        if service.rpc:
            address = settings.rpc_address(stack.layout, service)
            yield service.name, int(address.rpartition(":")[2])


def certificate_at(port, context, name):
    """What the server shows, as DER."""
    with socket.create_connection((HOST, port), timeout=10) as raw:
        with context.wrap_socket(raw, server_hostname=name) as link:
            return link.getpeercert(binary_form=True)


def answers(port, context, name):
    """Whether a client is heard; TLS 1.3 tells a client of its refusal at its first read alone."""
    try:
        with socket.create_connection((HOST, port), timeout=10) as raw:
            with context.wrap_socket(raw, server_hostname=name) as link:
                link.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0")
                return bool(link.recv(64))
    except OSError:
        return False


class Doors(unittest.TestCase):
    def test_each_service_is_who_its_certificate_names(self):
        context = amqp.context_of(stack.certificates, "operator")
        context.set_alpn_protocols(["h2"])
        for name, port in rpc_ports():
            with self.subTest(service=name):
                self.assertTrue(answers(port, context, name))
                with self.assertRaises(ssl.SSLCertVerificationError):
                    certificate_at(port, context, "gateway")

    def test_nobody_without_a_certificate_or_with_an_older_protocol(self):
        for name, port in rpc_ports():
            with self.subTest(service=name):
                nameless = ssl.create_default_context(cafile=stack.certificates.authority)
                nameless.set_alpn_protocols(["h2"])
                self.assertFalse(answers(port, nameless, name))
                old = amqp.context_of(stack.certificates, "operator")
                old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_2
                self.assertFalse(answers(port, old, name))


class Renewal(unittest.TestCase):
    def test_replaced_certificates_are_shown_and_nobody_restarts(self):
        context = amqp.context_of(stack.certificates, "operator")
        context.set_alpn_protocols(["h2"])
        ports = [*rpc_ports(), ("redis", stack.stores["redis"].port),
                 ("rabbitmq", stack.stores["rabbitmq"].port)]
        before = {name: certificate_at(port, context, name) for name, port in ports}
        pids = [process.pid for process in place.app.processes()]
        agent = place.sign_in("agent")

        stack.renew()

        context = amqp.context_of(stack.certificates, "operator")
        context.set_alpn_protocols(["h2"])
        for name, port in ports:
            with self.subTest(name=name):
                harness.eventually(
                    lambda n=name, p=port: certificate_at(p, context, n) != before[n], 60)
        # Every connection to the database is made anew, with the new certificates on both sides.
        place.rows("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                   "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()")
        harness.eventually(lambda: agent.get("/deals").status == 200, 30)
        harness.eventually(place.whole, 30)
        deal = agent.create_deal()
        self.assertEqual(agent.get(f"/deals/{deal['id']}").status, 200)
        self.assertEqual([process.pid for process in place.app.processes()], pids)


if __name__ == "__main__":
    unittest.main()
