"""Build: the whole flow, and what makes it incremental and parallel."""
