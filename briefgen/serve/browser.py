"""Opens a browser at an address, without waiting for it.

Which browser that is, the system knows, or the variable BROWSER says. Some are a program that ends
when its window is closed, and all of them ask for a page first, which must be served meanwhile.
"""

from __future__ import annotations

import threading
import webbrowser
from collections.abc import Callable


def open_browser(url: str, on_failure: Callable[[], None]) -> None:
    """Open a browser, in a thread that does not keep the program from ending.

    `on_failure` is called there where the system has none, or it fails.
    """

    def work() -> None:
        try:
            is_open = webbrowser.open(url)
        except (webbrowser.Error, OSError):
            is_open = False
        if not is_open:
            on_failure()

    threading.Thread(target=work, name="briefgen-browser", daemon=True).start()
