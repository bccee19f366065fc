"""Serve: build in a loop, shown in the browser."""
