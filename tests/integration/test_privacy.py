"""Nothing that an installation holds may be learned by another user of the machine."""

import os
import subprocess
import unittest
import uuid

import harness
import overheard


def setUpModule():
    global place, secrets
    place = harness.installation
    secrets = overheard.secrets_of(place.stack)


class OnTheDisk(unittest.TestCase):
    def test_no_file_is_open_to_others(self):
        place.sign_in("agent").create_deal()  # Now the broker's log holds a client's name.

        self.assertEqual(overheard.open_to_others(place.stack.layout.path), [])

    def test_another_folder_would_be_found(self):
        folder = place.stack.layout.folder("open")
        (folder / "file").touch(mode=0o640)
        self.addCleanup(os.rmdir, folder)
        self.addCleanup((folder / "file").unlink)

        self.assertEqual(overheard.open_to_others(folder), ["-rw-r----- file"])


class OfCommandLines(unittest.TestCase):
    def test_none_of_what_runs_tells_a_secret(self):
        self.assertGreater(len(secrets), 20)
        self.assertEqual(overheard.secret_words(secrets), set())

    def test_one_would_be_found(self):
        known = uuid.uuid4().hex.encode()
        teller = subprocess.Popen(["sh", "-c", "read x", known.decode()], stdin=subprocess.PIPE)
        self.addCleanup(teller.communicate, b"\n")
        told = harness.eventually(lambda: overheard.secret_words([known]))

        self.assertEqual(told, {"sh -c read x ***"})
