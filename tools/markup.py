"""Runs the Nu HTML checker over the pages and styles of a built site. Run by `make markup`.

In: the demonstration site, Java, and the checker that `make markup` has npm install. Out: the
errors that it finds, each with file, line and column, on standard error; exit code 1 if there is
one.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tools.screenshots import PROJECT, SITE

JAR = PROJECT / ".briefgen/audit/node_modules/vnu-jar/build/dist/vnu.jar"
SKIPPED = "pagefind"
"""The folder of what is not briefgen's: Pagefind's own scripts and styles."""


def missing() -> str:
    """What the checker lacks to run, and what to do; empty where nothing."""
    if shutil.which("java") is None:
        return "the Nu HTML checker needs Java, which is not installed"
    if not JAR.is_file():
        return "the Nu HTML checker is not installed: run `make markup` once, which needs npm"
    return ""


def documents(site: Path) -> list[str]:
    """The pages and styles of a built site, sorted."""
    found = [*site.rglob("*.html"), *site.rglob("*.css")]
    return sorted(str(path) for path in found if path.relative_to(site).parts[0] != SKIPPED)


def errors(paths: list[str]) -> list[str]:
    """The errors in documents, in the format of GNU tools. Warnings are left out."""
    options = ["--also-check-css", "--errors-only", "--format", "gnu"]
    ended = subprocess.run(  # noqa: S603
        ["java", "-jar", str(JAR), *options, *paths],  # noqa: S607 - found on the PATH above
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = ended.stderr.splitlines()
    if ended.returncode and not lines:
        return [f"the checker ended with {ended.returncode} and said nothing"]
    return lines if ended.returncode else []


def main() -> None:
    """Check the demonstration site."""
    if lacking := missing():
        sys.exit(lacking)
    paths = documents(SITE)
    if not paths:
        sys.exit("The demonstration site is not built: run `make site`.")
    found = errors(paths)
    if found:
        sys.exit("\n".join(found))
    sys.stdout.write(f"Nu HTML checker: {len(paths)} pages and styles, 0 errors\n")


if __name__ == "__main__":
    main()
