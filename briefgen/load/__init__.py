"""The load room: from the site's files to typed values.

In: the site's folder. Out: raw text, front matter and data as values of the model, and what is
wrong with them, each with its line and column. It reads files (`text.py` and `scan.py` alone touch
the disk), raises nothing for what an author can mend, and never writes, parses Markdown or looks
at two files together.
"""
