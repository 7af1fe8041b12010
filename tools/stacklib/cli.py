"""How every Python tool here ends: with a sentence when a person has to put something right."""

import sys

from .layout import StackError, no_right


def run(tool, main):
    try:
        main(sys.argv[1:])
    except StackError as error:
        sys.exit(f"{tool}: {error}")
    except PermissionError as error:
        sys.exit(f"{tool}: {no_right(error)}")
    except KeyboardInterrupt:
        sys.exit(130)
