"""What services do unasked: one shape in all that have a database, those of tomorrow included."""

import unittest

import harness
from harness import eventually
from stacklib.layout import SERVICES


def with_table(table):
    """The databases that have it, found by asking every service of the stack."""
    place = harness.installation
    found = [service.name for service in SERVICES if service.instance and place.rows(
        service.name, f"SELECT 1 FROM pg_tables WHERE tablename = '{table}'")]
    assert found, table
    return found


class Background(unittest.TestCase):
    def each(self, names, check):
        for name in names:
            with self.subTest(service=name):
                check(name)

    def test_old_work_is_forgotten_wherever_it_is_kept(self):
        place = harness.installation
        old = {
            "inbox": "INSERT INTO inbox VALUES (gen_random_uuid(), now() - interval '91 days')",
            "idempotency_keys": "INSERT INTO idempotency_keys VALUES "
                                "('old', 'r', 'k', 'd', '', 't', now() - interval '3 days')",
        }
        kept = {"inbox": "applied_at < now() - interval '90 days'",
                "idempotency_keys": "created_at < now() - interval '48 hours'"}
        for table, insert in old.items():
            def check(name, table=table, insert=insert):
                place.rows(name, insert)
                place.rows(name, "UPDATE background_jobs SET asked_at = now() "
                                 "WHERE name = 'forget_old_work'")
                eventually(lambda: place.rows(
                    name, f"SELECT count(*) FROM {table} WHERE {kept[table]}") == [["0"]])
            names = with_table(table)
            self.assertGreaterEqual(len(names), 6)
            self.each(names, check)

    def test_an_admin_sees_the_jobs_of_every_service_and_nobody_else_does(self):
        place = harness.installation
        answer = place.sign_in("admin").get("/background_jobs")

        self.assertEqual(answer.status, 200)
        jobs = answer.json["background_jobs"]
        self.assertEqual({job["service"] for job in jobs}, set(with_table("background_jobs")))
        self.assertLessEqual({"forget_old_work", "compare_copies", "hand_over_deals"},
                             {job["name"] for job in jobs})
        self.assertEqual(place.sign_in("head").get("/background_jobs").status, 403)

    def test_reconciliation_on_demand_mends_what_a_copy_has_wrong(self):
        place = harness.installation
        copies = with_table("client_names")
        agent = place.sign_in("agent")
        deal = agent.create_deal()
        wrong = f"UPDATE deals SET client_name = 'Старое имя' WHERE id = '{deal['id']}'"
        right = f"SELECT client_name <> 'Старое имя' FROM deals WHERE id = '{deal['id']}'"
        for name in copies:
            eventually(lambda name=name: place.rows(name, right) == [["t"]])
            place.rows(name, wrong)

        place.app.command("reconcile")

        self.each(copies, lambda name: self.assertEqual(place.rows(name, right), [["t"]]))


if __name__ == "__main__":
    unittest.main()
