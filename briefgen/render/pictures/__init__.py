"""Pictures: from plain values to places on a picture, which a template writes out as inline SVG.

In: treaties, dates, counts. Out: views whose x is a per cent of the picture's width, as text, and
whose y the template counts in rows, so that a picture stretches while its lettering stays as it
is. Nothing here knows a colour, a word of the interface, or the day of the build.
"""
