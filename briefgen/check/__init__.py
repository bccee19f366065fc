"""Check: rules over the linked site, each finding with its code and its place."""
