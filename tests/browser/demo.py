"""The demonstration site for a browser: its pages, and a server for a folder of them."""

import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from site_tester import PROJECT, SiteTest

BRIEFING = "briefings/first-call/"
PAGES = (
    "",
    "briefings/",
    BRIEFING,
    "briefings/suspension/",
    "briefings/expiry/",
    "briefings/expiry-ru/",
    "glossary/",
    "entities/joe-biden/",
    "treaties/",
    "treaties/new-start/",
    "treaties/open-skies/",
    "sources/",
    "sources/tass-extension-law/",
    "topics/",
    "topics/arms-control/",
    "timeline/",
    "annotations/",
    "methodology/",
    "search/",
    "404.html",
)
"""One page or more of each kind, the fullest of the site."""

PHONE, TABLET, DESK = 360, 768, 1440  # CSS pixels
HEIGHT = 900  # CSS pixels, of every window
SCHEMES = ("light", "dark")


def demo_site(folder):
    """The sources of the demonstration site in a folder, not built yet."""
    site = SiteTest(folder)
    for name in ("briefgen.yml", "content", "seeds"):
        site.copy(PROJECT / name, name)
    return site


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and writes nothing to the terminal."""

    def log_message(self, *_):
        pass


@contextmanager
def serving(folder, handler=Quiet):
    """The address of a folder on a server of its own."""
    answer = partial(handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), answer) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()
