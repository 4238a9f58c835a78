"""Bytes to clean text that still points at the original."""
