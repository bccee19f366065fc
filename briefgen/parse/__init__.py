"""Parse: Markdown or raw text becomes Prose, footnote definitions and raw references."""
