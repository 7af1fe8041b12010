"""Just enough of AMQP 0-9-1 to try what a service's password lets one do."""

import socket
import ssl
import struct

FRAME_END = b"\xce"
METHOD, HEADER, BODY, HEARTBEAT = 1, 2, 3, 8
CHANNEL_CLOSE, CONNECTION_CLOSE = (20, 40), (10, 50)


def short_text(text):
    return bytes([len(text)]) + text.encode()


def long_text(data):
    return struct.pack(">I", len(data)) + data


NO_TABLE = long_text(b"")


class Refused(Exception):
    """The broker closed the channel or the connection; `code` is its reason, 403 for no right."""

    def __init__(self, code, text):
        super().__init__(f"{code} {text}")
        self.code = code


class Connection:
    """One connection with one channel; after a refusal it is of no use."""

    def __init__(self, host, port, user, password, context=None):
        link = socket.create_connection((host, port), timeout=15)
        self.link = context.wrap_socket(link, server_hostname=host) if context else link
        self.link.sendall(b"AMQP\x00\x00\x09\x01")
        self._expect((10, 10))
        secret = long_text(f"\0{user}\0{password}".encode())
        self._call((10, 11), NO_TABLE + short_text("PLAIN") + secret + short_text("en_US"), 0)
        limits = self._expect((10, 30))
        self._call((10, 31), limits[:6] + b"\0\0", 0)
        self._call((10, 40), short_text("/") + short_text("") + b"\0", 0)
        self._expect((10, 41))
        self._ask((20, 10), short_text(""))
        self._ask((85, 10), b"\0")  # Publishes are confirmed.

    def close(self):
        self.link.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def declare_queue(self, name):
        self._ask((50, 10), b"\0\0" + short_text(name) + b"\x02" + NO_TABLE)

    def delete_queue(self, name):
        self._ask((50, 40), b"\0\0" + short_text(name) + b"\0")

    def purge_queue(self, name):
        self._ask((50, 30), b"\0\0" + short_text(name) + b"\0")

    def bind(self, queue, exchange, key):
        names = short_text(queue) + short_text(exchange) + short_text(key)
        self._ask((50, 20), b"\0\0" + names + b"\0" + NO_TABLE)

    def declare_exchange(self, name):
        self._ask((40, 10), b"\0\0" + short_text(name) + short_text("fanout") + b"\x02" + NO_TABLE)

    def delete_exchange(self, name):
        self._ask((40, 20), b"\0\0" + short_text(name) + b"\0")

    def get(self, queue):
        self._ask((60, 70), b"\0\0" + short_text(queue) + b"\0")

    def publish(self, exchange, key, body=b"{}"):
        self._call((60, 40), b"\0\0" + short_text(exchange) + short_text(key) + b"\0")
        self._send(HEADER, struct.pack(">HHQH", 60, 0, len(body), 0))
        self._send(BODY, body)
        self._expect((60, 80))

    def _ask(self, method, arguments):
        self._call(method, arguments)
        return self._expect(None)

    def _call(self, method, arguments, channel=1):
        self._send(METHOD, struct.pack(">HH", *method) + arguments, channel)

    def _send(self, kind, payload, channel=1):
        head = struct.pack(">BHI", kind, channel, len(payload))
        self.link.sendall(head + payload + FRAME_END)

    def _expect(self, method):
        """The arguments of the next method, of this one if it is named."""
        while True:
            kind, _, size = struct.unpack(">BHI", self._read(7))
            payload = self._read(size + 1)[:-1]
            if kind != METHOD:
                continue
            got = struct.unpack(">HH", payload[:4])
            if got in (CHANNEL_CLOSE, CONNECTION_CLOSE):
                code, length = struct.unpack(">HB", payload[4:7])
                raise Refused(code, payload[7:7 + length].decode())
            if method is None or got == method:
                return payload[4:]

    def _read(self, size):
        data = b""
        while len(data) < size:
            more = self.link.recv(size - len(data))
            if not more:
                raise Refused(0, "the broker hung up")
            data += more
        return data


def context_of(certificates, name):
    """Who `name` is by its certificate, believing nobody but the stack's authority."""
    context = ssl.create_default_context(cafile=certificates.authority)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(certificates.file(name))
    return context
