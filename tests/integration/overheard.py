"""What every local user may learn: command lines of whatever runs, and files that are not closed."""

import os
import stat
import threading
from contextlib import contextmanager
from pathlib import Path

from stacklib.layout import WAY

STEP_S = 0.25


def secrets_of(stack):
    """Passwords, keys and tokens of this stack, as bytes."""
    folder = stack.layout.folder("secrets")
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def command_lines():
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            yield (folder / "cmdline").read_bytes()
        except OSError:
            continue  # It has ended meanwhile.


def secret_words(secrets):
    """The command lines that hold one, with stars in its place."""
    found = set()
    for line in command_lines():
        told = line
        for secret in secrets:
            told = told.replace(secret, b"***")
        if told != line:
            found.add(told.replace(b"\0", b" ").decode(errors="replace").strip())
    return found


@contextmanager
def listening(stack):
    """Looks at all command lines again and again; what was found is there at the end."""
    secrets, heard, over = secrets_of(stack), set(), threading.Event()

    def listen():
        while not over.wait(STEP_S):
            heard.update(secret_words(secrets))

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        yield heard
    finally:
        over.set()
        listener.join()


def open_to_others(top):
    """Files and folders below that others may read, write or look into.

    The folders on the way to another user's data may be gone through (layout.WAY).
    """
    way = {top, top / "sockets"}
    found = []
    for folder, _, files in os.walk(top):
        for path in [Path(folder), *(Path(folder, name) for name in files)]:
            try:
                mode = path.lstat().st_mode
            except FileNotFoundError:
                continue
            allowed = WAY if path in way else 0o700
            if not stat.S_ISLNK(mode) and stat.S_IMODE(mode) & 0o077 & ~allowed:
                found.append(f"{stat.filemode(mode)} {path.relative_to(top)}")
    return found
