"""What a template uses, told from its source."""

import pytest
from jinja2 import Environment

from briefgen.render.uses import uses_of

ALL = (None,)


def uses(source):
    return uses_of(source, Environment(extensions=["jinja2.ext.i18n"]))


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ("Extras, and {{ site.title }}", ()),
        ("{{ site.extra.colour }}{{ site['title'] }}", ("colour",)),
        ("{{ site.extra['colour'] }}{% if site.extra.line.top %}x{% endif %}", ("colour", "line")),
        ("{{ page.extra.colour }}{{ page.title }}", ()),
        ("{# extra #}{{ page.title }}", ALL),
        ("{{ site.extra }}", ALL),
        ("{{ site.extra[page.title] }}", ALL),
        ("{{ site.extra|length }}", ALL),
        ("{{ site }}", ALL),
        ("{{ site['ex' ~ 'tra'].colour }}", ALL),
        ("{% set s = site %}{{ s.title }}", ALL),
        ("{% macro m(s) %}{{ s.title }}{% endmacro %}{{ m(site) }}", ALL),
        ("{{ page.site.title }}", ALL),
        ("{{ page['site'].title }}", ALL),
        ("{{ page[page.kind] }}", ALL),
        ("{{ page|attr(page.kind) }}", ALL),
        ("{{ [page]|map(attribute=page.kind)|first }}", ALL),
        ("{{ [page]|map(attribute='title')|first }}", ()),
        ("{{ [page]|map(attribute='site.extra')|first }}", ALL),
        (
            "{% set KIND = {'a': 1} %}{{ KIND[page.kind] }}{{ page.title[-1] }}{{ page.nav[:2] }}",
            (),
        ),
    ],
)
def test_keys_of_extra(source, keys):
    assert uses(source).extra == keys


@pytest.mark.parametrize(
    ("source", "labels"),
    [
        ("{{ _('Notes') }}{{ gettext('By %(name)s', name=page.title) }}", ("By %(name)s", "Notes")),
        ("{{ pgettext('month', 'May') }}{{ npgettext('x', 'day', 'days', 2) }}", ("May", "day")),
        ("{{ ngettext('%(num)d day', '%(num)d days', 2) }}", ("%(num)d day",)),
        ("{% trans %}Notes{% endtrans %}", ("Notes",)),
        ("{{ _(page.title) }}{{ _('Notes') }}", ("Notes", None)),
        ("{% set say = _ %}{{ say('Notes') }}", ALL),
        ("{{ page.title }}", ()),
    ],
)
def test_labels(source, labels):
    assert uses(source).labels == labels
