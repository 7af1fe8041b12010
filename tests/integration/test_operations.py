"""Every operation that changes something, from the OpenAPI document: repeats, versions, races.

An operation for which `samples` neither has nor derives a request fails the suite: a new endpoint
cannot be forgotten.
"""

import unittest
import uuid

import harness
import samples
from derived import FREE_WORDS
from test_writes import at_once

# Asked by POST for the size of what they send; they change nothing and repeat as they like.
QUESTIONS = ("/calculations/compare", "/commission_rules/preview", "/tasks/parse")
# Whether a job still runs when it is cancelled is its worker's affair: the service's tests hold it.
UNSTEADY = ("/jobs/{job_id}/cancel",)
AT_ONCE = 6


def setUpModule():
    global made, operations
    made = samples.Samples(harness.installation)
    document = made.agent.get("/openapi.json").json
    operations = []
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            headers = {p["name"] for p in operation.get("parameters", []) if p["in"] == "header"}
            if "Idempotency-Key" in headers and not path.endswith(QUESTIONS + UNSTEADY):
                operations.append((method.upper(), path.removeprefix("/api/v1"),
                                   "If-Match" in headers))


def send(request, key=None, version="as told"):
    person, path, body, own_version = request[1:]
    version = own_version if version == "as told" else version
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return person.call(request[0], path, body, headers, key=key or str(uuid.uuid4()))


def done(answer):
    return answer.status in (200, 201, 204)


class EveryOperation(unittest.TestCase):
    def each(self, check, versioned=False):
        for method, path, has_version in operations:
            if has_version or not versioned:
                with self.subTest(operation=f"{method} {path}"):
                    check((method, *made.of(method, path)))

    def test_each_has_a_sample(self):
        unknown = [f"{method} {path}" for method, path, _ in operations
                   if not made.knows(method, path)]
        self.assertEqual(unknown, [])

    def test_the_same_key_again_gives_the_same_answer_and_no_other_effect(self):
        def check(request):
            key = str(uuid.uuid4())
            first, again = send(request, key), send(request, key)
            self.assertTrue(done(first), first)
            self.assertEqual((again.status, again.text), (first.status, first.text))
            self.assertEqual(again.headers.get("Idempotency-Replayed"), "true")

        self.each(check)

    def test_the_same_key_with_other_words_is_refused(self):
        seen = []

        def check(request):
            method, person, path, body, version = request
            free = [name for name in FREE_WORDS if name in (body or {})]
            if free:
                key = str(uuid.uuid4())
                self.assertTrue(done(send(request, key)))
                answer = send((method, person, path, {**body, free[0]: "другое"}, version), key)
                self.assertEqual(answer.status, 422, answer)
                seen.append(path)

        self.each(check)
        self.assertGreater(len(seen), 25)

    def test_many_at_once_with_one_key_have_one_answer(self):
        def check(request):
            key = str(uuid.uuid4())
            answers = at_once(AT_ONCE, lambda _: send(request, key))
            self.assertTrue(all(done(a) or a.status == 409 for a in answers), answers)
            self.assertEqual(len({a.text for a in answers if done(a)}), 1, answers)

        self.each(check)

    def test_of_many_with_one_version_one_wins(self):
        def check(request):
            answers = at_once(AT_ONCE, lambda _: send(request))
            self.assertEqual(sum(map(done, answers)), 1, answers)
            self.assertTrue(all(done(a) or a.status in (409, 412) for a in answers), answers)

        self.each(check, versioned=True)

    def test_a_stale_version_is_told_the_current_one(self):
        def check(request):
            answer = send(request, version=request[4] + 7)
            self.assertEqual(answer.status, 412, answer)
            self.assertEqual(answer.json["current_version"], request[4])
            self.assertTrue(done(send(request)), "a refusal changed nothing")

        self.each(check, versioned=True)

    def test_a_change_without_a_version_is_refused(self):
        def check(request):
            if not request[2].endswith("/renew"):  # A second renewal is refused anyway.
                answer = send(request, version=None)
                self.assertEqual(answer.status, 428, answer)

        self.each(check, versioned=True)
