"""A Prose composed without layers is markdown-it's own rendering, byte for byte."""

from briefgen.parse.markdown import MarkdownParser
from briefgen.parse.quick import parse_quick
from briefgen.render.compose import compose


def shown(tokens):
    """Tokens as plain data, without inline text that is empty: it shows nothing."""
    rows = [token.as_dict() for token in tokens]
    for row in rows:
        row["children"] = [
            child for child in row["children"] or [] if child["type"] != "text" or child["content"]
        ]
    return rows


def test_all_examples_round_trip(commonmark):
    parser = MarkdownParser(own_syntax=False)
    differing = [
        example["example"]
        for example in commonmark
        if "".join(compose(parser.parse(example["markdown"]).prose))
        != parser.md.render(example["markdown"])
    ]
    assert len(commonmark) == 655
    assert differing == []


def test_the_short_cut_gives_the_same_tokens(commonmark):
    for own_syntax in (False, True):
        md = MarkdownParser(own_syntax=own_syntax).md
        differing = [
            example["example"]
            for example in commonmark
            if shown(parse_quick(md, example["markdown"], {}))
            != shown(md.parse(example["markdown"], {}))
        ]
        assert differing == []
