"""The column of a template's fault is that of the name in the tag, not of words around it."""

import pytest

from briefgen.build.template_faults import template_finding
from briefgen.render.faults import TemplateFault

NOTHING = "'titel' is undefined"
GONE = "there is no template `gone.html`. Did you mean `page.html`?"
CASES = {
    "in a tag": ("<p>{{ titel }}", NOTHING, "titel }}"),
    "in words before it": ("<p class=titel>titel {{ titel }}", NOTHING, "titel }}"),
    "in words behind it": ("{% if titel %}titel{% endif %}", NOTHING, "titel %}"),
    "in a tag of several lines": ("  titel }} or", NOTHING, "titel }}"),
    "in a tag that goes on": ("titel {{ titel", NOTHING, "titel"),
    "a name that is suggested": ("page.html {% include name %} page.html", GONE, None),
    "a name that is both": ("{% include ['page.html', 'gone.html'] %}", GONE, "gone.html"),
    "part of another name": ("{{ titels }}", NOTHING, None),
}


@pytest.mark.parametrize(("line", "message", "at"), CASES.values(), ids=CASES)
def test_column(tmp_path, line, message, at):
    (tmp_path / "page.html").write_text(f"first\n{line}\n")
    one = template_finding(TemplateFault("page.html", 2, message), [tmp_path], tmp_path)
    assert one.place.column == (line.rindex(at) + 1 if at else 0)
