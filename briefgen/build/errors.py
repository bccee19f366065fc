"""What stops a run: not a fault of the content, but nothing can be built."""

from __future__ import annotations


class BuildStop(Exception):  # noqa: N818 (it says what happens, not that something is wrong)
    """A run that can't go on. `exit_code` is the process's: 2 for usage and configuration."""

    def __init__(self, message: str, exit_code: int = 2) -> None:
        """Make it with a message for the author."""
        super().__init__(message)
        self.message = message
        self.exit_code = exit_code
