"""What a live server ought to show, held against what it does.

In go a site's folder and the server that serves it; the answer is whether what is served equals a
clean build of a copy of that folder, or, where such a build fails, whether browsers are told the
same errors while the last good pages stay. A check waits until it holds; how long that took from
the last of what was done to the files is noted for the summary of the run, and fails nothing.
"""

import http.client
import json
import os
import re
import shutil
import threading
import time
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from briefgen.build.options import BuildOptions
from briefgen.build.pipeline import build
from briefgen.model.dates import Day
from briefgen.model.diagnostics import Level

WITHIN = 120
"""Seconds that a change may take to be seen: far above what it does, for machines that are busy."""

WAITED = {}
"""By test, the seconds after which each of its checks held."""

MANIFEST = ".briefgen-manifest.json"
_SCRIPT = re.compile(rb'<script src="/_briefgen/reload\.js\?[^>]*></script>')


def wait_until(is_so, said, seconds=WITHIN, pause=0.05):
    """Ask until it is so; `said()` tells what there was instead."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, said()
        time.sleep(pause)


def socket_address(url, page="/"):
    """The address of the socket that a page of the server opens."""
    return f"ws://{urlsplit(url).netloc}/_briefgen/socket?page={quote(page, safe='')}"


def tree(folder):
    """The files of a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


class Clean:
    """A clean build of a copy of a site as it lies there now."""

    def __init__(self, folder, scratch):
        shutil.rmtree(scratch, ignore_errors=True)
        leave = shutil.ignore_patterns(".git", ".briefgen", "site")
        # Without what is neither a file, a folder nor a link, which can't be copied.
        shutil.copytree(folder, scratch / "copy", symlinks=True, ignore=leave)
        options = BuildOptions(
            root=scratch / "copy",
            output=scratch / "site",
            as_of=Day(datetime.now(UTC).date().isoformat()),
            is_lasting=False,
            search=False,
            jobs=1,
        )
        result = build(options)
        self.errors = sorted(
            (one.place.path, one.code) for one in result.diagnostics if one.level is Level.ERROR
        )
        self.files = tree(scratch / "site") if result.ok else None


def places(problems):
    """The errors that browsers are told, as path and code."""
    return sorted((re.sub(r"(:\d+)*$", "", one["place"]), one["code"]) for one in problems)


class OpenPage:
    """A page that stays open, and the times at which it was told of other errors than before."""

    def __init__(self, url):
        self._url = url
        self._told = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        try:
            with connect(socket_address(self._url), proxy=None) as socket:
                for message in socket:
                    found = places(json.loads(message)["problems"])
                    if not self._told or self._told[-1][1] != found:
                        self._told.append((time.time(), found))
        except (OSError, WebSocketException):
            pass  # the server has ended

    def since(self, problems, seconds=30):
        """The time since which it is told of these errors."""
        wait_until(
            lambda: self._told and self._told[-1][1] == problems,
            lambda: f"an open page is told {self._told[-1:]}, not {problems}",
            seconds,
        )
        return self._told[-1][0]


def note(began, *held):
    """Note for the running test how long after a time something held, which it does since others."""
    test, _, phase = os.environ["PYTEST_CURRENT_TEST"].rpartition(" ")
    if phase != "(setup)":
        WAITED.setdefault(test, []).append(max(0.0, *(time - began for time in held)))


class Witness:
    """Says whether what a server shows is what a clean build makes."""

    def __init__(self, folder, server, temporary, scratch):
        self._folder = folder
        self._server = server
        self._temporary = temporary
        self._scratch = scratch
        self._last_good = {}
        self._page = OpenPage(server.url)

    @property
    def served(self):
        """The folder that the server serves."""
        (private,) = self._temporary.glob("briefgen-serve-*")
        return private / "site"

    def told(self, page="/"):
        """What a page is told as its socket opens."""
        with connect(socket_address(self._server.url, page), proxy=None) as socket:
            return json.loads(socket.recv())

    def problems(self):
        """The errors that browsers are told, as path and code."""
        return places(self.told()["problems"])

    def sees_a_clean_build(self):
        """Fail unless the server comes to show what a clean build makes of the site."""
        began = time.time()
        clean = Clean(self._folder, self._scratch)
        assert clean.errors == [], clean.errors
        manifest = clean.files[MANIFEST]
        wait_until(
            lambda: (self.served / MANIFEST).read_bytes() == manifest and not self.problems(),
            lambda: f"{self._difference(clean.files)}\n{self.problems()}\n{self._server.said}",
        )
        note(began, self._page.since([]), (self.served / MANIFEST).stat().st_ctime)
        assert self._difference(clean.files) == ""
        self._is_answered(clean.files)
        self._last_good = clean.files

    def sees_the_errors(self, *codes):
        """Fail unless the server tells a clean build's errors, these among them, and keeps its pages."""
        began = time.time()
        clean = Clean(self._folder, self._scratch)
        assert set(codes) <= {code for _, code in clean.errors}, clean.errors
        wait_until(
            lambda: self.problems() == clean.errors,
            lambda: f"{clean.errors}, not {self.problems()}\n{self._server.said}",
        )
        note(began, self._page.since(clean.errors))
        assert self._difference(self._last_good) == ""
        self._is_answered(self._last_good)

    def _difference(self, files):
        served = tree(self.served)
        names = [
            name for name in served.keys() | files.keys() if served.get(name) != files.get(name)
        ]
        return ", ".join(sorted(names)[:10])

    def _is_answered(self, files):
        """Fail unless the server answers with these files over HTTP, and with nothing but them."""
        connection = http.client.HTTPConnection(urlsplit(self._server.url).netloc, timeout=WITHIN)
        for path in sorted(files):
            connection.request("GET", "/" + quote(path))
            answer = connection.getresponse()
            body = _SCRIPT.sub(b"", answer.read())
            assert (answer.status, body) == (200, files[path]), path
        connection.close()
