"""A Prose composed without layers is markdown-it's own rendering, byte for byte."""

from long_way import the_long_way

from briefgen.parse.markdown import MarkdownParser
from briefgen.render.compose import compose


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


def test_the_short_cut_gives_the_same_prose(commonmark):
    for own_syntax in (False, True):
        parser = MarkdownParser(own_syntax=own_syntax)
        differing = [
            example["example"]
            for example in commonmark
            if parser.parse(example["markdown"]).prose != the_long_way(parser, example["markdown"])
        ]
        assert differing == []
