"""Runs Lighthouse on a briefing of the demonstration site. Run by `make lighthouse`.

In: the demonstration site, Node, a Chromium that the machine has, and the Lighthouse that
`make lighthouse` has npm install. Out: the scores of each run, on standard output; exit code 1
where accessibility, best practices or SEO are below 100 or performance is below 98, in the median.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
from http import HTTPStatus
from pathlib import Path

from tools.screenshots import PROJECT, Quiet, browser_program, serving

PROGRAM = PROJECT / ".briefgen/audit/node_modules/.bin/lighthouse"
BRIEFING = "briefings/first-call/"
RUNS = 5
LEAST = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 98}
"""The least median of each category, of 100."""


class Compressed(Quiet):
    """Serves text as web servers do: compressed, over connections that stay open."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # noqa: N802 - as http.server names it
        """Answer with a file, or that there is none."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        body = gzip.compress(path.read_bytes())
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{self.guess_type(path)}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def scores(address: str) -> dict[str, int]:
    """The score of each category in one run, and what cost points."""
    # Chromium's sandbox refuses to run for root, as in a container.
    flags = "--headless=new --disable-gpu" + (" --no-sandbox" if os.geteuid() == 0 else "")
    ended = subprocess.run(  # noqa: S603
        [
            str(PROGRAM), address, "--quiet", "--output=json", f"--chrome-flags={flags}",
            f"--only-categories={','.join(LEAST)}",
        ],
        capture_output=True, text=True, check=False,
        env=os.environ | {"CHROME_PATH": browser_program()},
    )  # fmt: skip
    if ended.returncode:
        sys.exit(f"Lighthouse ended with {ended.returncode}: {ended.stderr[-2000:]}")
    report = json.loads(ended.stdout)
    for name, category in report["categories"].items():
        for part in category["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                said = audit.get("displayValue", "")
                sys.stdout.write(f"  {name}: {audit['title']} {said} ({audit['score']})\n")
    return {name: round(one["score"] * 100) for name, one in report["categories"].items()}


def main() -> None:
    """Run it as often as it takes for a median, and compare."""
    if shutil.which("node") is None or not PROGRAM.exists():
        sys.exit("Lighthouse is not installed: run `make lighthouse`, which needs Node and npm.")
    with serving(Compressed) as address:
        runs = []
        for _ in range(RUNS):
            runs.append(scores(address + BRIEFING))
            sys.stdout.write(f"{runs[-1]}\n")
            sys.stdout.flush()
    medians = {name: statistics.median(run[name] for run in runs) for name in LEAST}
    sys.stdout.write(f"medians of {RUNS}: {medians}\n")
    low = [name for name, least in LEAST.items() if medians[name] < least]
    if low:
        sys.exit(f"Too low: {', '.join(low)}")


if __name__ == "__main__":
    main()
