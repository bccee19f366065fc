"""Measures how long an author waits: from a save to the new text painted in a browser's page.

In: the benchmarks' harness (its corpus, its peers and their servers) and a Chromium that the
machine has. Out: for each peer the median over the edits, in milliseconds. Run by
`make bench-serve`. A page notes by itself when it has painted a new text, by the clock that the
save is timed with, so what the driver of the browser takes is no part of the figure.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tools.screenshots import browser_program

WATCH = """
(() => {
  const said = /amended passage number (\\d+)/;
  const look = () => {
    const found = document.body && said.exec(document.body.textContent);
    if (found && window.seen !== found[1]) {
      window.seen = found[1];
      requestAnimationFrame(() => setTimeout(() => {
        window.painted = { number: found[1], at: performance.timeOrigin + performance.now() };
      }));
    }
    requestAnimationFrame(look);
  };
  look();
})();
"""
"""Looks at every frame for the newest edit, and notes when the frame after it was painted."""


def edits(page: Page, edit: Any, count: int, pause: float) -> list[float]:
    """Save `count` times, `pause` seconds apart; return the waits in milliseconds."""
    waits = []
    for _ in range(count):
        time.sleep(pause)
        start = time.time() * 1000
        edit.apply()
        page.wait_for_function(
            "number => window.painted && window.painted.number === number",
            arg=str(edit.count),
            timeout=120_000,
        )
        waits.append(page.evaluate("window.painted.at") - start)
    return waits


def measure(harness: Any, peer: Any, options: argparse.Namespace, work: Path) -> list[float]:
    """Start a peer's server on its project, open the page of a briefing and edit it."""
    from serve_latency import free_port, wait_for  # type: ignore[import-not-found]  # noqa: PLC0415

    corpus, site = harness.prepare(peer, options.briefings, work, 1, 900)
    edit = harness.Edit(peer, site, corpus)
    port = free_port()
    command = next(iter(peer.servers(site, port).values()))
    environment = {**os.environ, **peer.environment}
    with (work / f"{peer.name}.log").open("wb") as log:
        child = subprocess.Popen(  # noqa: S603 - the harness names it
            command, cwd=site, stdout=log, stderr=log, env=environment, start_new_session=True
        )
    try:
        if wait_for(port, edit.address, "</html>", 600, child) is None:
            sys.exit(f"{peer.name}: the server did not start; see {work / peer.name}.log")
        with sync_playwright() as playwright:
            arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
            program = browser_program()
            browser = playwright.chromium.launch(executable_path=program, args=arguments)
            page = browser.new_page()
            page.add_init_script(WATCH)
            page.goto(f"http://127.0.0.1:{port}{edit.address}")
            found = edits(page, edit, options.edits, options.pause)
            browser.close()
            return found
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def main() -> None:
    """Measure the peers that are installed, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--harness", type=Path, required=True, help="the folder of run.py")
    parser.add_argument("--tools", type=Path, required=True, help="where the peers are installed")
    parser.add_argument("--peers", default="briefgen,hugo")
    parser.add_argument("--briefings", type=int, default=1000)
    parser.add_argument("--edits", type=int, default=20)
    parser.add_argument("--pause", type=float, default=2.0, help="seconds between edits")
    parser.add_argument("--work", type=Path, help="scratch folder, kept; default: a temporary one")
    options = parser.parse_args()
    sys.path.insert(0, str(options.harness.resolve()))
    import harness  # type: ignore[import-not-found]  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="briefgen-bench-") as scratch:
        work = (options.work or Path(scratch)).resolve()
        for name in options.peers.split(","):
            peer = harness.load(name, options.tools.resolve())
            if not peer.version():
                sys.stdout.write(f"{name}: not installed in {options.tools}, left out\n")
                continue
            waits = measure(harness, peer, options, work)
            listed = ", ".join(f"{wait:.0f}" for wait in waits)
            sys.stdout.write(
                f"{name} {peer.version()}, {options.briefings} briefings: median "
                f"{statistics.median(waits):.0f} ms from save to screen ({listed})\n"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main()
