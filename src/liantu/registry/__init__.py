"""The enterprise registry in columns."""
