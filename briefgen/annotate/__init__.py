"""Annotate: spans are found in Prose: mentions, the words of quotes, sentences."""
