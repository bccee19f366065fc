"""What is wrong with a template, without the library that templates are made with."""

from __future__ import annotations


class TemplateFault(Exception):  # noqa: N818 (a fault in the site's files, not a bug of ours)
    """What is wrong with a template. `line` is 1-based, 0 where there is none to point at.

    `page` is the path of the page that was being rendered, where one was.
    """

    def __init__(self, template: str, line: int, message: str, page: str | None = None) -> None:
        super().__init__(f"{template}:{line}: {message}" if line else f"{template}: {message}")
        self.template = template
        self.line = line
        self.message = message
        self.page = page
