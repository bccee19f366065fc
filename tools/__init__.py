"""What the project's makers run; no part of the package."""
