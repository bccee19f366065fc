"""`python -m briefgen`: the same as the command `briefgen`."""

from __future__ import annotations

import sys

from briefgen.cli.main import program

if __name__ == "__main__":  # a worker that is spawned imports this file too
    sys.exit(program())
