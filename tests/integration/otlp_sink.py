"""A stand-in for Tempo: takes OTLP over HTTP and keeps each span's trace, parent, name and service."""

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def fields(data):
    """The fields of one protobuf message: (number, value) with bytes for nested ones."""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(data):
        tag = varint()
        kind = tag & 7
        if kind == 0:
            value = varint()
        else:
            size = varint() if kind == 2 else {1: 8, 5: 4}[kind]
            value, at = data[at : at + size], at + size
        yield tag >> 3, value


def inside(data, *path):
    if not path:
        yield data
        return
    for number, value in fields(data):
        if number == path[0]:
            yield from inside(value, *path[1:])


def service_of(resource_spans):
    for attribute in inside(resource_spans, 1, 1):
        pair = dict(fields(attribute))
        if pair[1] == b"service.name":
            return dict(fields(pair[2]))[1].decode()
    return ""


class Sink:
    def __init__(self):
        self.spans = []
        sink = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                sink.take(body)
                self.send_response(200)
                self.send_header("Content-Type", "application/x-protobuf")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.endpoint = f"http://127.0.0.1:{self.server.server_port}/v1/traces"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self, body):
        for resource_spans in inside(body, 1):
            service = service_of(resource_spans)
            for span in inside(resource_spans, 2, 2):
                got = dict(fields(span))
                self.spans.append({
                    "trace": got[1].hex(),
                    "id": got[2].hex(),
                    "parent": got.get(4, b"").hex(),
                    "name": got[5].decode(),
                    "service": service,
                })

    def close(self):
        self.server.shutdown()
