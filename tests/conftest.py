"""What all tests share."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import settings

PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT.parent / "shared"


@pytest.fixture(scope="session")
def shared():
    """The folder of other people's test data, where this checkout has one beside it."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not there: it holds data that the project does not carry")
    return SHARED


@pytest.fixture(scope="session")
def commonmark(shared):
    """The examples of the CommonMark specification."""
    return json.loads((shared / "conformance" / "commonmark.json").read_text(encoding="utf-8"))


def pytest_addoption(parser):
    parser.addoption(
        "--update-expected",
        action="store_true",
        help="write what is there into the files of expected output, instead of comparing",
    )


@pytest.fixture
def is_as_expected(request):
    """Compare a text with a file of expected output, or write the file where that is asked for.

    A file that is missing is written too, but never in CI, where it is a file that was forgotten.
    """

    def compare(text, file):
        is_new = not file.exists() and not os.environ.get("CI")
        if is_new or request.config.getoption("--update-expected"):
            file.write_text(text, encoding="utf-8")
        assert file.exists(), f"there is no {file.name}: write it with --update-expected"
        assert text == file.read_text(encoding="utf-8")

    return compare


settings.register_profile("fast", max_examples=60, deadline=None)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("BRIEFGEN_PROPERTIES", "fast"))
