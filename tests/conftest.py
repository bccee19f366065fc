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


settings.register_profile("fast", max_examples=60, deadline=None)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("BRIEFGEN_PROPERTIES", "fast"))
