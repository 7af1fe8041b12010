"""Requests that follow from the contract: a record of the resource in the path, its version, and a body
of required fields, flags and words."""

import uuid
from datetime import timedelta

import access
from stacklib import agency

# Any of these in a request can be changed without asking what it is about. The last two say why
# something else changes.
FREE_WORDS = ("notes", "description", "subject", "title", "name", "full_name", "text", "comments",
              "program", "short_name", "reason", "note")


def day(offset):
    return (agency.today() + timedelta(offset)).isoformat()


def word():
    return uuid.uuid4().hex[:12]


class Derived:
    """Of who has people, `records` of each resource and the OpenAPI `document`."""

    def knows(self, method, path):
        if method + " " + path in self.table():
            return True
        operation, start = self.document["paths"]["/api/v1" + path][method.lower()], path.split("/")
        try:
            self.body_of(method, operation)
        except KeyError:
            return False
        return len(start) > 2 and path.count("{") == 1 and start[1] in self.records()

    def derived(self, method, path):
        operation = self.document["paths"]["/api/v1" + path][method.lower()]
        record = self.records()[path.split("/")[1]]()
        start, end = path.index("{"), path.index("}")
        headers = {p["name"] for p in operation["parameters"] if p["in"] == "header"}
        version = record["version"] if "If-Match" in headers else None
        return (self.who_may(operation), path[:start] + record["id"] + path[end + 1:],
                self.body_of(method, operation), version)

    def who_may(self, operation):
        never = access.NEVER[operation["x-permission"]]
        people = {"agent": self.agent, "finance": self.finance, "admin": self.admin}
        return next(person for role, person in people.items() if role not in never)

    def body_of(self, method, operation):
        if "requestBody" not in operation:
            return None if method == "DELETE" else {}
        name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        schema = self.document["components"]["schemas"][name.rsplit("/", 1)[1]]
        fields = schema.get("properties", {})
        words = [field for field in FREE_WORDS if field in fields]
        flags = [field for field, of in fields.items() if of.get("type") == "boolean"]
        told = words[:1] or flags if method == "PATCH" else words + flags
        wanted = {*schema.get("required", []), *told} - {"version"}
        return {field: self.value_of(fields[field]) for field in wanted}

    def value_of(self, field):
        """KeyError: what this is about cannot be guessed."""
        if "enum" in field:
            return field["enum"][0]
        kind = field["type"] if isinstance(field["type"], str) else field["type"][0]
        kind += ":" + field.get("format", "")
        return {"string:": word(), "string:date": day(5), "boolean:": True,
                "integer:": field.get("minimum", 1)}[kind]
