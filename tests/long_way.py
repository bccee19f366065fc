"""Markdown to Prose by markdown-it alone, which briefgen's short cuts are held against."""

from briefgen.parse.markdown import take_footnotes
from briefgen.parse.walk import Walk


def the_long_way(parser, source):
    """The Prose of a source, every token of it made by markdown-it."""
    env = {}
    tokens, _ = take_footnotes(parser.md.parse(source, env))
    return Walk(lambda some, index: parser.md.html(some, index, env), 1, 10**9).run(tokens)
