"""What the hostile tests share."""

from __future__ import annotations

import pytest
from hostile_pages import of_markdown, vocabulary_of
from site_tester import PROJECT, SiteTest


@pytest.fixture(scope="session")
def vocabulary(tmp_path_factory):
    """The elements and attributes that the theme gives to a page."""
    site = SiteTest(tmp_path_factory.mktemp("demonstration"))
    for name in ("briefgen.yml", "content", "seeds"):
        site.copy(PROJECT / name, name)
    return vocabulary_of(site.built(jobs=1).output) | of_markdown()
