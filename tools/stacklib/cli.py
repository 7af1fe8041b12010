"""How every Python tool here ends: with a sentence when a person has to put something right."""

import os
import sys

from .layout import StackError, no_right


def run(tool, main):
    try:
        main(sys.argv[1:])
        sys.stdout.flush()
    except StackError as error:
        sys.exit(f"{tool}: {error}")
    except PermissionError as error:
        sys.exit(f"{tool}: {no_right(error)}")
    except BrokenPipeError:
        os._exit(0)  # The reader, `head` for one, has what it wanted.
    except KeyboardInterrupt:
        sys.exit(130)
