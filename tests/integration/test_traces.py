"""One trace crosses gateway, service, outbox and consumer."""

import os
import unittest

import harness
from otlp_sink import Sink


class Traces(unittest.TestCase):
    def test_a_request_and_all_that_follows_from_it_are_one_trace(self):
        place = harness.installation
        sink = Sink()
        self.addCleanup(sink.close)
        self.addCleanup(place.app.start, place.mode)
        self.addCleanup(os.environ.pop, "BORDERO_OTLP_ENDPOINT")
        os.environ["BORDERO_OTLP_ENDPOINT"] = sink.endpoint
        place.app.start(place.mode)
        agent = place.sign_in("agent")

        body = {"type": "company", "full_name": "ООО «След»"}
        answer = agent.post("/clients", body)
        self.assertEqual(answer.status, 201, answer)

        def whole():
            roots = [s["trace"] for s in sink.spans if s["name"] == "POST /api/v1/clients"]
            mine = [span for span in sink.spans if span["trace"] in roots]
            service = any("ClientService/CreateClient" in span["name"] for span in mine)
            event = sum("crm.client.created" in span["name"] for span in mine) >= 2
            return mine if service and event else None

        mine = harness.eventually(whole, 20)
        known = {span["id"] for span in mine} | {""}
        self.assertEqual([s for s in mine if s["parent"] not in known], [], "no span is orphaned")
        if place.mode == "services":
            self.assertTrue({"gateway", "crm", "audit"} <= {span["service"] for span in mine}, mine)
